"""What is copied once a year: the meetings, the milestones that recur, and the targets, to one year."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from strategy import dates, indicators, meetings, record, texts
from strategy.i18n import _, mark, plural
from strategy.snapshot import Indicator, Measure, Meeting, Milestone, Snapshot, Target
from strategy.terms import Term

T = TypeVar("T", Meeting, Milestone, Target)

NOVEMBER = 11
"""From this month on it is the next year that is made ready."""


class Part(Term):
    """What is copied, in the order it is shown."""

    MEETINGS = "moter", mark("Møter")
    MILESTONES = "milepaeler", mark("Milepæler")
    TARGETS = "maltall", mark("Måltall")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One thing as it would be; `key` is what it is picked by, a milestone's that of the one it repeats.

    What is `usual` is copied unless somebody says no, all else only where somebody says so.
    """

    key: str
    thing: T
    usual: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """All that can be copied to a year, from the plan it was read in."""

    plan: Snapshot
    year: int
    meetings: tuple[Row[Meeting], ...]
    milestones: tuple[Row[Milestone], ...]
    targets: tuple[Row[Target], ...]

    @property
    def parts(self) -> Mapping[Part, tuple[Row[Meeting] | Row[Milestone] | Row[Target], ...]]:
        return {Part.MEETINGS: self.meetings, Part.MILESTONES: self.milestones, Part.TARGETS: self.targets}

    @property
    def is_empty(self) -> bool:
        return not any(self.parts.values())


def usual(today: date) -> int:
    """The year to make ready: the next from November on, else this one."""
    return today.year + (today.month >= NOVEMBER)


def offer(plan: Snapshot, year: int, called_off: Collection[str] = ()) -> Offer:
    """What there is to copy to a year; no meeting that has been `called_off` in it, by their keys."""
    return Offer(
        plan,
        year,
        tuple(_meetings(plan, year, called_off)),
        tuple(sorted(_milestones(plan, year), key=lambda row: not row.usual)),
        tuple(_targets(plan, year)),
    )


def wanted(by: record.By, found: Offer, picked: Collection[str]) -> tuple[record.Wanted, ...]:
    """The edits that copy what is picked, by the keys of its rows; what has come there since is left out."""
    held = (_meeting(row.thing) for row in found.meetings if row.key in picked)
    steps = {row.key for row in found.milestones if row.key in picked}
    aims = (row.thing for row in found.targets if row.key in picked)
    return (
        *held,
        *record.copying(by.session, by.strategy, found.year - 1, found.year, steps),
        *(record.aim(found.plan.indicator(aim.indicator), aim.value, aim.due) for aim in aims),
    )


def counted(part: Part, count: int) -> str:
    """«7 møter»."""
    match part:
        case Part.MEETINGS:
            return plural("ett møte", "{n} møter", count)
        case Part.MILESTONES:
            return plural("én milepæl", "{n} milepæler", count)
        case Part.TARGETS:
            return plural("ett måltall", "{n} måltall", count)


def why_nothing(plan: Snapshot, year: int, part: Part) -> str:
    """Why there is nothing of a kind to copy: there was none before, or the year has its own."""
    return _(_WHY[part][_is_before(plan, year, part)]).format(before=year - 1, year=year)


_WHY = {
    Part.MEETINGS: (
        mark("Ingen styremøter er ført før {year}."),
        mark("Alle styremøtene fra sist er lagt inn i {year}, eller avlyst der."),
    ),
    Part.MILESTONES: (
        mark("Ingen milepæler står i handlingsplanen for {before}."),
        mark("Alle fra {before} står i {year} også, eller hører til tiltak som er avsluttet."),
    ),
    Part.TARGETS: (
        mark("Ingen vedtatte indikatorer har måltall for {before}."),
        mark("Alle indikatorene med måltall for {before} har et for {year} eller senere."),
    ),
}
"""Why there is nothing to copy, where there was nothing before, and where there was."""


def _is_before(plan: Snapshot, year: int, part: Part) -> bool:
    """Whether there was anything of the kind to copy from."""
    match part:
        case Part.MEETINGS:
            return bool(meetings.of_newest_year(plan, before=year))
        case Part.MILESTONES:
            return any(step.year == year - 1 for each in plan.measures for step in each.milestones)
        case Part.TARGETS:
            return any(_last_in(indicator, year - 1) for indicator in plan.indicators)


def is_awaited(plan: Snapshot, today: date) -> bool:
    """Whether it is January, the board met last year, and no meeting is set this year."""
    met = {each.held_on.year for each in plan.meetings}
    return today.month == 1 and today.year not in met and today.year - 1 in met


def is_unplanned(plan: Snapshot, year: int) -> bool:
    """Whether a year has no milestones and the year before it had."""
    planned = {step.year for measure in plan.measures for step in measure.milestones}
    return year not in planned and year - 1 in planned


def _meetings(plan: Snapshot, year: int, called_off: Collection[str]) -> Iterator[Row[Meeting]]:
    """Those of the newest year before that have no counterpart: by number and period, or on the same day."""
    held = meetings.of_newest_year(plan, before=year)
    there = {each.key for each in plan.meetings} | {*called_off}
    days = {each.held_on for each in plan.meetings}
    for each in meetings.a_year_on(held, year - held[0].held_on.year) if held else ():
        key = record.meeting_key(each.period, each.number)
        if key not in there and each.held_on not in days:
            yield Row(key, replace(each, key=key))


def _milestones(plan: Snapshot, year: int) -> Iterator[Row[Milestone]]:
    """Last year's; usual are those whose name has stood in the measure's plan of two years or more."""
    for step in record.copyable(plan, year - 1, year):
        later = replace(step, due=dates.years_on(step.due, 1), year=year)
        yield Row(step.key, later, _recurs(plan.measure(step.measure), step, year))


def _recurs(measure: Measure, step: Milestone, year: int) -> bool:
    title = texts.folded(step.title)
    years = {each.year for each in measure.milestones if texts.folded(each.title) == title}
    return sum(each < year for each in years) > 1


def _targets(plan: Snapshot, year: int) -> Iterator[Row[Target]]:
    """The last of last year's, a year later, where nothing is aimed at in the year or after it."""
    for indicator in plan.indicators:
        last = _last_in(indicator, year - 1)
        if last and last == indicators.targets(indicator)[-1]:
            due = dates.years_on(last.due, 1)
            key = f"{indicator.key}@{due}"
            yield Row(key, replace(last, key=key, due=due))


def _last_in(indicator: Indicator, year: int) -> Target | None:
    """The last target that counts and is due in a year."""
    found = [each for each in indicators.targets(indicator) if each.due.year == year]
    return found[-1] if found else None


def _meeting(each: Meeting) -> record.Wanted:
    said = ("number", "period", "held_on", "starts", "place")
    return record.Wanted("meeting", each.key, 0, {name: getattr(each, name) for name in said})
