"""Milestones of a whole year: to another year's action plan, and last year's once more."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session

from strategy import changes, snapshot, tables, texts
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.reports import milestone_key
from strategy.record.saving import check_year, live
from strategy.record.wanted import Wanted
from strategy.snapshot import Measure, Milestone


def moving(session: Session, strategy: str, versions: Mapping[str, int], year: int) -> tuple[Wanted, ...]:
    """The edits that move milestones to the action plan of `year`, each from the version it was seen in.

    The deadline goes as many years as the milestone does; it keeps its key, so that the move stands in its
    history. Raises `NotFound`, and `BadInput` for one that is reached and for what is no year.
    """
    check_year(year)
    return tuple(_moved(session, strategy, key, version, year) for key, version in versions.items())


def copying(
    session: Session, strategy: str, year: int, into: int, keys: Collection[str] | None = None
) -> tuple[Wanted, ...]:
    """The edits that put a year's milestones once more into another year's plan.

    Those with the given `keys`, or all that were not reached; the new ones have their deadline moved alike.
    Where the measure has one of that name in `into` already it is left, so that a second time adds nothing.
    Raises `BadInput` for what is no year.
    """
    check_year(into)
    found = list[Wanted]()
    for measure in snapshot.load(session, strategy, changes.newest(session)).measures:
        if copied := _copied(measure, year, into, keys):
            head, _m, first = milestone_key(session, strategy, measure.key).rpartition("m")
            found += (_again(f"{head}m{int(first) + n}", step, into) for n, step in enumerate(copied))
    return tuple(found)


def _moved(session: Session, strategy: str, key: str, version: int, year: int) -> Wanted:
    step = live(session, tables.Milestone, strategy, key)
    if not step:
        raise NotFound(_("Fant ikke milepælen. Kanskje er den allerede tatt ut."))
    if step["done_on"]:
        said = _("«{title}» er nådd og blir stående i sitt år.")
        raise BadInput(said.format(title=step["title"]), _("Milepæl"))
    return Wanted(
        "milestone", key, version, {"year": year, "due": _years_later(step["due"], year - step["year"])}
    )


def _copied(measure: Measure, year: int, into: int, keys: Collection[str] | None) -> list[Milestone]:
    """What is copied of a measure; nothing of one that is completed or dropped."""
    if measure.phase is not None and not measure.phase.is_open:
        return []
    there = {texts.folded(step.title) for step in measure.milestones if step.year == into}
    return [
        step
        for step in measure.milestones
        if step.year == year
        and texts.folded(step.title) not in there
        and (step.done_on is None if keys is None else step.key in keys)
    ]


def _again(key: str, step: Milestone, year: int) -> Wanted:
    said = {"title": step.title, "order": step.order, "year": year}
    return Wanted("milestone", key, 0, {**said, "due": _years_later(step.due, year - step.year)})


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a leap day."""
    year = day.year + years
    check_year(year)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap and years % 4 else day.day)
