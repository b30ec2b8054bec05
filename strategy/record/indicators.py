"""What is proposed becomes adopted, on the grounds that are given: an indicator, and what it should be."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from strategy import tables
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.authority import Grounds, authority
from strategy.record.saving import Saved, all_live, check_number, current, live, save
from strategy.terms import Effect, Via
from strategy.things.plan import no_way


def adopt_indicator(
    session: Session, actor: Actor, strategy: str, indicator: str, base_version: int, *,
    grounds: Grounds, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Make a proposed indicator an adopted one, with what permits it in the same change.

    Raises `NotFound`, `NotAllowed`, `Conflict`, and `BadInput` where no grounds are given.
    """
    require(actor, Verb.PLAN)
    standing = live(session, tables.Indicator, strategy, indicator)
    if not standing:
        raise NotFound(_("Fant ikke indikatoren «{key}» i planen.").format(key=indicator))
    row = tables.Indicator(**{**standing, "version": base_version + 1, "proposal": False})
    granted = authority(session, strategy, "indicator", indicator, Effect.ADOPTED, grounds)
    return save(session, actor, row, beside=[granted], now=now, via=via)


def target(
    session: Session, actor: Actor, strategy: str, indicator: str, due: date, base_version: int, *,
    value: Decimal, grounds: Grounds, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Set what an indicator should be on a day: a new target, a proposed one adopted, or another number.

    Raises as `adopt_indicator`.
    """
    require(actor, Verb.PLAN)
    measured = live(session, tables.Indicator, strategy, indicator)
    if not measured:
        raise NotFound(_("Fant ikke indikatoren «{key}» i planen.").format(key=indicator))
    check_number(value, _("Mål"))
    if not 1900 <= due.year <= 2200:
        raise BadInput(_("Datoen kan ikke brukes."), _("Innen"))
    _check_way(measured, all_live(session, tables.Target, strategy, indicator=indicator), due, value)
    row = tables.Target(
        strategy=strategy, key=f"{indicator}@{due.isoformat()}", version=base_version + 1, change_id=0,
        indicator=indicator, due=due, value=value, example=False,
    )  # fmt: skip
    standing = current(session, tables.Target, strategy, row.key)
    counted = standing is not None and not standing["retired"] and not standing["example"]
    effect = Effect.AMENDED if counted else Effect.ADOPTED
    granted = authority(session, strategy, "target", row.key, effect, grounds)
    return save(session, actor, row, beside=[granted], now=now, via=via)


def _check_way(
    measured: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], due: date, value: Decimal
) -> None:
    """Raise `BadInput` where the last of the targets would be no better than the baseline."""
    counted = {target["due"]: target["value"] for target in targets if not target["example"]}
    last = max((counted | {due: value}).items())[1]
    direction, baseline = measured["direction"], measured["baseline"]
    if baseline is not None and not direction.leads(baseline, last):
        raise BadInput(no_way(direction, baseline, last), _("Mål"))
