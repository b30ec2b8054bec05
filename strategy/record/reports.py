"""What is said of how it goes: reports, measured values, milestones, and what came of a year."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from strategy import tables
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record.by import By
from strategy.record.merging import UNCHOSEN, Choices
from strategy.record.rules.rule import whole
from strategy.record.saving import Saved, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one


def report(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Say where a measure, subgoal or goal stands; what is left out is said to be nothing.

    Two reports at once are two statements: the second is a `Conflict` as a whole, whatever each says.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    return save_one(by, Wanted("status_report", key, base_version, whole("status_report", fields), anew=True))


def value(
    by: By,
    indicator: str,
    period: str,
    base_version: int,
    *,
    choices: Choices = UNCHOSEN,
    sure: bool = False,
    **fields: Any,
) -> Saved:
    """Enter or correct what an indicator was in a period (`2026`, `2026-H1`, `2026-Q3`, `2026-06`, a day).

    What is left out is said to be nothing; a yes/no indicator takes 1 or 0. A form that was opened on
    an older version is merged with what was saved since, by `choices` where they clash. Raises as `report`,
    and `Doubtful` for a number that looks wrong, unless whoever enters it is `sure`.
    """
    said = whole("indicator_value", fields)
    wanted = Wanted("indicator_value", f"{indicator}@{period}", base_version, said, sure=sure)
    return save_one(by, wanted, choices=choices)


def milestone(
    by: By,
    key: str,
    base_version: int,
    *,
    measure: str,
    choices: Choices = UNCHOSEN,
    sure: bool = False,
    **fields: Any,
) -> Saved:
    """Add or change a milestone of a measure; a new one takes its key from `milestone_key`.

    What is left out stays as it is; merged as `value`. Raises as `report`, and `Doubtful` for one that says
    the same as another of its year, unless whoever adds it is `sure`.
    """
    if key.rpartition("-")[0] != measure:
        raise BadInput(_("Milepælen «{key}» hører til et annet tiltak.").format(key=key), _("Milepæl"))
    return save_one(by, Wanted("milestone", key, base_version, fields, sure=sure), choices=choices)


def milestone_key(session: Session, strategy: str, measure: str, taken: Collection[str] = ()) -> str:
    """A key for the measure's next milestone after those `taken`; also retired ones keep theirs."""
    return next_key(session, tables.Milestone, strategy, f"{measure}-m", taken)


def attainment(
    by: By, belongs_to: str, year: int, base_version: int, *, choices: Choices = UNCHOSEN, **fields: Any
) -> Saved:
    """Say what came of a goal or subgoal in a year, for the annual report.

    Merged as `value`. Raises as `report`.
    """
    wanted = Wanted("attainment", f"{belongs_to}@{year}", base_version, whole("attainment", fields))
    return save_one(by, wanted, choices=choices)
