"""Milestones of a whole year: to another year's action plan, and last year's once more."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session

from strategy import changes, dates, snapshot, tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.reports import milestone_key
from strategy.record.saving import Saved, check_year, live, responsible, save_many
from strategy.record.wanted import Wanted
from strategy.record.writing import save
from strategy.snapshot import Measure, Milestone
from strategy.terms import Via


def move_milestones(
    session: Session, actor: Actor, strategy: str, versions: Mapping[str, int], year: int, *,
    reason: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved | None:  # fmt: skip
    """Move milestones to the action plan of `year`, each with the version it was seen in, as one change.

    The deadline goes as many years as the milestone does; it keeps its key, so that the move stands in its
    history. Raises as `save`, and `BadInput` for one that is reached.
    """
    check_year(year)
    wanted = []
    for key, version in versions.items():
        step = live(session, tables.Milestone, strategy, key)
        if not step:
            raise NotFound(_("Fant ikke milepælen. Kanskje er den allerede tatt ut."))
        if step["done_on"]:
            said = _("«{title}» er nådd og blir stående i sitt år.")
            raise BadInput(said.format(title=step["title"]), _("Milepæl"))
        due = _years_later(step["due"], year - step["year"])
        wanted.append(Wanted("milestone", key, version, {"year": year, "due": due}))
    return save(session, actor, strategy, wanted, reason=reason, now=now, via=via)


def copy_year(
    session: Session, actor: Actor, strategy: str, year: int, into: int, *,
    keys: Collection[str] | None = None, reason: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved | None:  # fmt: skip
    """Put a year's milestones once more into another year's plan, as one change; None where there are none.

    Those with the given `keys`, or all that were not reached; the new ones have their deadline moved alike.
    Where the measure has one of that name in `into` already it is left, so that a second time adds nothing.
    Raises `NotAllowed`, and `BadInput` for what is no year.
    """
    check_year(into)
    plan = snapshot.load(session, strategy, changes.newest(session))
    rows: list[tables.Versioned] = []
    for measure in plan.measures:
        if copied := _copied(measure, year, into, keys):
            require(actor, Verb.REPORT, responsible(session, strategy, measure.key, dates.oslo_day(now)))
            head, _m, first = milestone_key(session, strategy, measure.key).rpartition("m")
            rows += [_again(strategy, f"{head}m{int(first) + n}", s, into) for n, s in enumerate(copied)]
    reason = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    return save_many(session, actor, rows, reason=reason, now=now, via=via)


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


def _again(strategy: str, key: str, step: Milestone, year: int) -> tables.Milestone:
    return tables.Milestone(
        strategy=strategy, key=key, version=1, change_id=0, measure=step.measure, title=step.title,
        due=_years_later(step.due, year - step.year), year=year, weight=step.weight, order=step.order,
    )  # fmt: skip


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a leap day."""
    year = day.year + years
    check_year(year)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap and years % 4 else day.day)
