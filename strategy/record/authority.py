"""What permits a change of adopted text, a deadline or a thing's existence, written in that same change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from strategy import tables, texts
from strategy.access import Verb, require
from strategy.changes import Action, Edit
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.by import By
from strategy.record.saving import Saved, drafted, live, save
from strategy.terms import Effect
from strategy.things import shapes

KINDS = ("strategy", "goal", "subgoal", "measure")
AIMS = ("indicator", "target")
"""What a plan proposes, and is adopted or changed here, never without saying where that was decided."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """One of: a board's decision, the correction of a slip, or in `note` where else it was decided.

    A reason is none of them: what names no decision stands as changed without one.
    """

    decision: str = ""
    correction: bool = False
    note: str = ""

    @property
    def given(self) -> bool:
        return bool(self.decision or self.correction or self.note.strip())


NONE = Grounds()


def needs_grounds(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that need grounds; the first load of a plan needs none."""
    found = tuple(edits)
    if any(edit.kind == "strategy" and edit.action is Action.ADDED for edit in found):
        return ()
    return tuple(edit for edit in found if edit.kind in KINDS and _is_adopted(edit))


def check_grounds(edits: Iterable[Edit], grounds: Grounds) -> None:
    """Raise `BadInput` where `edits` need grounds and none are given: a person at a page must say."""
    if needs_grounds(edits) and not grounds.given:
        raise BadInput(
            _(
                "Vedtatt tekst, frister og hvilke tiltak som finnes, endres bare etter vedtak. "
                "Velg vedtaket, si at det er en skrivefeil, eller skriv hvor det er bestemt."
            ),
            _("Grunnlag"),
        )


def authorities(
    session: Session, strategy: str, edits: Sequence[Edit], grounds: Grounds = NONE, *, aims: bool = False
) -> list[tables.Authority]:
    """The rows that say what permits each of `edits` that needs it, to be written beside them.

    With `aims` also of those. Raises `BadInput` for a decision that is not there, for a slip that adds or
    takes out, and for an aim without grounds.
    """
    adopted = tuple(edit for edit in edits if aims and edit.kind in AIMS)
    if adopted and not Grounds(grounds.decision, note=grounds.note).given:
        raise BadInput(_("Velg vedtaket, eller skriv hvor det er bestemt."), _("Grunnlag"))
    needing = (*needs_grounds(edits), *adopted)
    if not needing:
        return []
    note = texts.clean(grounds.note, texts.PARAGRAPH, _("Grunnlag"))
    _check_decision(session, strategy, grounds.decision)
    numbers = _counted(session, strategy)
    return [
        tables.Authority(
            strategy=strategy,
            key=f"{edit.key}@vedtak-{numbers.get(edit.key, 0) + 1}",
            version=1,
            change_id=0,
            kind=edit.kind,
            thing=edit.key,
            effect=_effect(edit, correction=grounds.correction),
            decision=grounds.decision,
            note=note,
        )
        for edit in needing
    ]


def ground(by: By, key: str, base_version: int, *, decision: str = "", note: str = "") -> Saved:
    """Say afterwards what permitted a change: a decision, or in words where it was decided.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `Conflict`.
    """
    require(by.actor, Verb.PLAN)
    standing = live(by.session, tables.Authority, by.strategy, key)
    if not standing:
        raise NotFound(_("Fant ikke endringen det skal vises vedtak for."))
    if not Grounds(decision, note=note).given:
        raise BadInput(_("Velg vedtaket, eller skriv hvor det er bestemt."), _("Vedtak"))
    _check_decision(by.session, by.strategy, decision)
    row = drafted(
        tables.Authority,
        by.strategy,
        key,
        base_version,
        standing=standing,
        said={"decision": decision, "note": note},
    )
    return save(by, row)


def _is_adopted(edit: Edit) -> bool:
    if edit.action is not Action.CHANGED:
        return True
    return _rewritten(edit) or (edit.kind == "measure" and edit.field("due") is not None)


def _rewritten(edit: Edit) -> bool:
    return any(shapes(edit.kind)[change.field].adopted for change in edit.fields)


def _effect(edit: Edit, *, correction: bool) -> Effect:
    if correction and edit.action is not Action.CHANGED:
        raise BadInput(
            _(
                "Det som legges til i planen eller tas ut av den, er ingen skrivefeil. "
                "Velg vedtaket, eller skriv hvor det er bestemt."
            ),
            _("Grunnlag"),
        )
    if correction:
        return Effect.CORRECTED
    if edit.action is not Action.CHANGED:
        return Effect.ADOPTED if edit.action is Action.ADDED else Effect.DROPPED
    if edit.field("proposal") or edit.field("example"):
        return Effect.ADOPTED
    due = edit.field("due")
    later = due and due.before and due.after and due.after > due.before
    return Effect.POSTPONED if later and not _rewritten(edit) else Effect.AMENDED


def _check_decision(session: Session, strategy: str, decision: str) -> None:
    if decision and not live(session, tables.Decision, strategy, decision):
        raise BadInput(
            _("Fant ikke vedtaket «{key}». Velg et vedtak som er ført i et styremøte.").format(key=decision),
            _("Vedtak"),
        )


def _counted(session: Session, strategy: str) -> Mapping[str, int]:
    """How many authorities each thing has had."""
    t = tables.Authority.__table__.c
    counted = sa.select(t.thing, sa.func.count(t.key.distinct())).where(t.strategy == strategy)
    return dict(session.execute(counted.group_by(t.thing)).all())
