"""Milestones of a whole year: to another year's action plan, and last year's once more."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlmodel import Session

from strategy import changes, dates, progress, snapshot, tables, texts
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.reports import milestone_key
from strategy.record.saving import check_year, live
from strategy.record.wanted import Wanted
from strategy.snapshot import Measure, Milestone, Snapshot


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
    for step in copyable(snapshot.load(session, strategy, changes.newest(session)), year, into):
        if step.done_on is None if keys is None else step.key in keys:
            key = milestone_key(session, strategy, step.measure, [each.key for each in found])
            found.append(_again(key, step, into))
    return tuple(found)


def copyable(plan: Snapshot, year: int, into: int) -> tuple[Milestone, ...]:
    """A year's milestones that another year's plan lacks, by their name in the measure.

    None of a measure that is completed or dropped.
    """
    found = filter(progress.is_open, plan.measures)
    return tuple(step for measure in found for step in _lacking(measure, year, into))


def _lacking(measure: Measure, year: int, into: int) -> Iterator[Milestone]:
    there = {texts.folded(step.title) for step in measure.milestones if step.year == into}
    for step in measure.milestones:
        if step.year == year and texts.folded(step.title) not in there:
            yield step


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


def _again(key: str, step: Milestone, year: int) -> Wanted:
    said = {"title": step.title, "order": step.order, "year": year}
    return Wanted("milestone", key, 0, {**said, "due": _years_later(step.due, year - step.year)})


def _years_later(day: date, years: int) -> date:
    check_year(day.year + years)
    return dates.years_on(day, years)
