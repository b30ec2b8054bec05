"""What can be searched: every thing with words in it, the names it is known by, and its day."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from strategy import dates, indicators, things, wording
from strategy.errors import NotFound
from strategy.snapshot import Comment, Report, Snapshot
from strategy.terms import MeetingState

_MEASURES = 2
"""How many of the measures a decision is about are named beside it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a search may find: `title` is its own name where `is_named`, else of what it is said of.

    `about` is what more it is known by, and `back` how many newer there are of it in its thread.
    """

    kind: str
    thing: Any
    day: date
    title: str
    about: str = ""
    is_named: bool = False
    back: int = 0

    @property
    def fields(self) -> dict[str, Any]:
        """All the thing says, by field."""
        return {name: getattr(self.thing, name) for name in things.shapes(self.kind)}


@dataclass(frozen=True, slots=True)
class Known:
    """How the things of a kind are known; their day is that of their change unless it is told here."""

    title: Callable[[Any, Snapshot], str]
    about: Callable[[Any, Snapshot], str] = lambda _thing, _plan: ""
    is_named: bool = False
    day: Callable[[Any, Snapshot], date] | None = None


def entries(
    plan: Snapshot, reports: Mapping[str, Sequence[Report]], moments: Mapping[int, datetime]
) -> tuple[Entry, ...]:
    """Every thing in a plan that has words, with `reports` by what they are on, oldest first.

    `moments` has when each change was made. The newest comes first, and of one day what came last.
    """
    days = {change: dates.oslo_day(moment) for change, moment in moments.items()}
    found = [*_standing(plan, days), *_reported(plan, reports, days)]
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.thing.change_id), reverse=True))


def of_key(found: Iterable[Entry], key: str) -> tuple[Entry, ...]:
    """The things with one key, as a measure and then every report on it, oldest first."""
    order = list(things.KINDS)
    mine = (entry for entry in found if entry.thing.key == key)
    return tuple(sorted(mine, key=lambda entry: (order.index(entry.kind), entry.thing.version)))


def said(kind: str, thing: Any, titles: Mapping[str, str]) -> dict[str, str]:
    """What is written in a thing, by field; a role or a seat on a line by its title."""
    found = {name: value for name in things.worded(kind) if (value := getattr(thing, name))}
    return {
        name: titles.get(value, value) if isinstance(value, str) else wording.said(value)
        for name, value in found.items()
    }


def titles(plan: Snapshot) -> dict[str, str]:
    """What the roles and the seats of a plan are called, by key."""
    people = {each.key: each.title for each in plan.people}
    return people | {each.key: each.title for each in plan.seats}


def _standing(plan: Snapshot, days: Mapping[int, date]) -> Iterator[Entry]:
    """All that stands, also the measures taken out of the plan; of reports there are more."""
    retired = ((("measure", each.key), each) for each in plan.retired)
    drafts = {each.key for each in plan.meetings if each.state is MeetingState.DRAFT}
    for (kind, _key), thing in (*plan.things.items(), *retired):
        if is_sought(kind) and kind in KNOWN and _is_to_be_read(kind, thing, drafts):
            known = KNOWN[kind]
            day = known.day(thing, plan) if known.day else days[thing.change_id]
            names = known.title(thing, plan), known.about(thing, plan)
            yield Entry(kind, thing, day, *names, known.is_named, _newer(thing, plan))


def is_sought(kind: str) -> bool:
    """Whether there is anything to find in the things of a kind."""
    return things.KINDS[kind].sought and bool(things.worded(kind)) and kind not in things.KEPT


def _reported(
    plan: Snapshot, reports: Mapping[str, Sequence[Report]], days: Mapping[int, date]
) -> Iterator[Entry]:
    """Every report there has been."""
    for key, thread in reports.items():
        title = wording.called(key, plan)
        for back, report in enumerate(reversed(thread)):
            yield Entry("status_report", report, days[report.change_id], title, back=back)


def _is_to_be_read(kind: str, thing: Any, drafts: Container[str]) -> bool:
    """Whether there is something in it for a reader.

    An explanation is the secretariat's alone until the papers of its meeting go out.
    """
    if kind == "explanation" and thing.meeting in drafts:
        return False
    has_words = any(getattr(thing, name) for name in things.worded(kind))
    return has_words or getattr(thing, "value", None) is not None


def _newer(thing: Any, plan: Snapshot) -> int:
    """How many comments on the same thing came after a comment."""
    if not isinstance(thing, Comment):
        return 0
    return [each.key for each in reversed(plan.comments_on(thing.thing))].index(thing.key)


def _title(thing: Any, _plan: Snapshot) -> str:
    return str(thing.title)


def _itself(thing: Any, plan: Snapshot) -> str:
    return wording.called(thing.key, plan)


def _of(field: str) -> Callable[[Any, Snapshot], str]:
    """The name of the thing a field has the key of."""
    return lambda thing, plan: wording.called(getattr(thing, field), plan)


def _meeting(thing: Any, plan: Snapshot) -> str:
    """«Styremøte nr. 3, 23.11.2026»."""
    return f"{things.KINDS['meeting'].label} {wording.called(thing.meeting, plan)}"


def _made(thing: Any, plan: Snapshot) -> str:
    """The meeting of a case or a decision, and the first of the measures it is about."""
    named = [wording.called(key, plan) for key in thing.measures[:_MEASURES]]
    return " · ".join((_meeting(thing, plan), *named))


def _case(key: str, plan: Snapshot) -> str:
    """«Sak 36/2026 Handlingsplan 2027»."""
    with suppress(NotFound):
        item = plan.item(key)
        number = f"{item.number}/{item.year} " if item.number else ""
        return f"{things.KINDS['agenda_item'].label} {number}{item.title}"
    return key


def _value(thing: Any, plan: Snapshot) -> str:
    """«Høringssvar 2026: 12»."""
    indicator = plan.indicator(thing.indicator)
    named = f"{indicator.name} {dates.period_label(thing.period)}"
    return named if thing.value is None else f"{named}: {indicators.amount(indicator, thing.value)}"


def _held_on(thing: Any, plan: Snapshot) -> date:
    """The day of its meeting."""
    return plan.meeting(thing.meeting).held_on


KNOWN: Mapping[str, Known] = {
    "strategy": Known(_title, lambda thing, _plan: str(thing.organisation), is_named=True),
    "goal": Known(_itself, is_named=True),
    "subgoal": Known(_itself, _of("goal"), is_named=True),
    "measure": Known(_itself, _of("subgoal"), is_named=True),
    "person": Known(_title, is_named=True),
    "indicator": Known(_itself, _of("belongs_to"), is_named=True),
    "indicator_value": Known(_value, day=lambda thing, _plan: thing.measured_on),
    "milestone": Known(
        _title, _of("measure"), is_named=True, day=lambda thing, _plan: thing.done_on or thing.due
    ),
    "attainment": Known(lambda thing, plan: f"{wording.called(thing.belongs_to, plan)} {thing.year}"),
    "tagging": Known(_itself),
    "link": Known(_title, _of("thing"), is_named=True),
    "attachment": Known(_title, _of("thing"), is_named=True),
    "comment": Known(_of("thing")),
    "seat": Known(_title, is_named=True),
    "meeting": Known(
        lambda thing, plan: f"{things.KINDS['meeting'].label} {wording.called(thing.key, plan)}",
        is_named=True,
        day=lambda thing, _plan: thing.held_on,
    ),
    "agenda_item": Known(lambda thing, plan: _case(thing.key, plan), _made, is_named=True, day=_held_on),
    "decision": Known(lambda thing, plan: _case(thing.item, plan), _made, day=_held_on),
    "authority": Known(_of("thing")),
    "question": Known(_of("measure"), _meeting),
    "explanation": Known(_of("thing"), _meeting),
}
"""Every kind with words in it but the reports, which are known by what they are on."""
