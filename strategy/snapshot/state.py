"""The whole as of one change: frozen, with an index of everything by its key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from strategy.errors import NotFound
from strategy.i18n import _
from strategy.snapshot.board import USUAL, Authority, Comment, Draft, Explanation, Mail, Question
from strategy.snapshot.things import Goal, Indicator, Measure, Report, Strategy, Subgoal
from strategy.things import (
    AccessLink,
    AgendaItem,
    Attachment,
    Board,
    Confidence,
    Decision,
    Link,
    Meeting,
    Person,
    Seat,
    Tagging,
    shapes,
)

T = TypeVar("T")

Flat = dict[tuple[str, str], dict[str, Any]]
"""A state as plain values: (kind, key) → the thing's own fields, as in `things`."""

BESIDE: Mapping[str, tuple[type, str]] = {
    "seat": (Seat, "seats"),
    "meeting": (Meeting, "meetings"),
    "agenda_item": (AgendaItem, "items"),
    "decision": (Decision, "decisions"),
    "authority": (Authority, "authorities"),
    "question": (Question, "questions"),
    "explanation": (Explanation, "explanations"),
    "confidence": (Confidence, "confidences"),
    "tagging": (Tagging, "taggings"),
    "link": (Link, "links"),
    "attachment": (Attachment, "attachments"),
    "comment": (Comment, "comments"),
    "draft": (Draft, "drafts"),
    "access_link": (AccessLink, "access_links"),
    "mail": (Mail, "mails"),
}
"""What stands beside the plan: kind → its class here, and its field in `Snapshot`."""


@dataclass(frozen=True)
class Snapshot:
    """Everything as of change `change_id`; `retired` are measures that left, with their last report.

    `cancelled` are meetings that were taken out, as they stood, at the version that took them out.
    Meetings stand in the order they are held, their cases in the agenda's, all else in the order it came.
    """

    change_id: int
    recorded_at: datetime
    example: bool
    strategy: Strategy
    goals: tuple[Goal, ...]
    people: tuple[Person, ...]
    retired: tuple[Measure, ...]
    board: Board = USUAL
    seats: tuple[Seat, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    authorities: tuple[Authority, ...] = ()
    questions: tuple[Question, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    confidences: tuple[Confidence, ...] = ()
    taggings: tuple[Tagging, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    comments: tuple[Comment, ...] = ()
    drafts: tuple[Draft, ...] = ()
    access_links: tuple[AccessLink, ...] = ()
    mails: tuple[Mail, ...] = ()
    cancelled: tuple[Meeting, ...] = ()

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for goal in self.goals for measure in goal.measures)

    @cached_property
    def aims(self) -> tuple[Goal | Subgoal, ...]:
        """Every goal followed by its subgoals."""
        found: list[Goal | Subgoal] = []
        for goal in self.goals:
            found += [goal, *goal.subgoals]
        return tuple(found)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for goal in self.goals for indicator in goal.all_indicators)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The newest report of each measure, oldest first."""
        return tuple(sorted((m.report for m in self.measures if m.report), key=lambda r: r.change_id))

    def goal(self, key: str) -> Goal:
        return _find(self._goals, key)

    def subgoal(self, key: str) -> Subgoal:
        return _find(self._subgoals, key)

    def measure(self, key: str) -> Measure:
        """The measure, retired or not. Raises `NotFound`."""
        return _find(self._measures, key)

    def indicator(self, key: str) -> Indicator:
        return _find(self._indicators, key)

    def person(self, key: str) -> Person:
        return _find(self._people, key)

    def meeting(self, key: str) -> Meeting:
        return _find(self._meetings, key)

    def item(self, key: str) -> AgendaItem:
        return _find(self._items, key)

    def decision(self, key: str) -> Decision:
        return _find(self._decisions, key)

    def seat(self, key: str) -> Seat:
        return _find(self._seats, key)

    def items_of(self, meeting: str) -> tuple[AgendaItem, ...]:
        """The agenda of a meeting, in its order."""
        return tuple(item for item in self.items if item.meeting == meeting)

    def authorities_of(self, thing: str) -> tuple[Authority, ...]:
        """The decision thread of a thing, oldest first."""
        return self._authorities.get(thing, ())

    def is_adopted(self, thing: str) -> bool:
        """Whether all that was changed in the text and frame of a thing names what decided it."""
        return all(authority.is_settled for authority in self.authorities_of(thing))

    def links_of(self, thing: str) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.thing == thing)

    def attachments_of(self, thing: str) -> tuple[Attachment, ...]:
        return self._attachments.get(thing, ())

    def comments_on(self, thing: str) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.comments if comment.thing == thing)

    def tags_of(self, measure: str) -> tuple[str, ...]:
        return self._tags.get(measure, ())

    def heir_of(self, measure: str) -> Measure | None:
        """The measure one that is out of the plan was merged with."""
        return next((each for each in self.measures if each.merged_from == measure), None)

    def goal_of(self, measure: Measure) -> Goal:
        return self.goal(self.subgoal(measure.subgoal).goal)

    @cached_property
    def _goals(self) -> dict[str, Goal]:
        return {goal.key: goal for goal in self.goals}

    @cached_property
    def _subgoals(self) -> dict[str, Subgoal]:
        return {subgoal.key: subgoal for goal in self.goals for subgoal in goal.subgoals}

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.key: measure for measure in (*self.retired, *self.measures)}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.key: indicator for indicator in self.indicators}

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.key: person for person in self.people}

    @cached_property
    def _meetings(self) -> dict[str, Meeting]:
        return {meeting.key: meeting for meeting in self.meetings}

    @cached_property
    def _items(self) -> dict[str, AgendaItem]:
        return {item.key: item for item in self.items}

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        return {decision.key: decision for decision in self.decisions}

    @cached_property
    def _seats(self) -> dict[str, Seat]:
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def _authorities(self) -> dict[str, tuple[Authority, ...]]:
        found: dict[str, tuple[Authority, ...]] = {}
        for authority in self.authorities:
            found[authority.thing] = (*found.get(authority.thing, ()), authority)
        return found

    @cached_property
    def _attachments(self) -> dict[str, tuple[Attachment, ...]]:
        found: dict[str, tuple[Attachment, ...]] = {}
        for attachment in self.attachments:
            found[attachment.thing] = (*found.get(attachment.thing, ()), attachment)
        return found

    @cached_property
    def _tags(self) -> dict[str, tuple[str, ...]]:
        return {tagging.key: tagging.tags for tagging in self.taggings}

    @cached_property
    def things(self) -> dict[tuple[str, str], Any]:
        """Every live thing by its kind and key."""
        return {(kind, thing.key): thing for kind, thing in self._things()}

    @cached_property
    def flat(self) -> Flat:
        """Every live thing as plain values; what two snapshots are compared by.

        The values of an indicator that has left are out with it, and back when it is.
        """
        return {ident: self.values(ident) for ident in self.things}

    def values(self, ident: tuple[str, str]) -> dict[str, Any]:
        """One thing of `things` as in `flat`."""
        kind, thing = ident[0], self.things[ident]
        values = {name: getattr(thing, name) for name in shapes(kind)}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}

    @cached_property
    def versions(self) -> dict[tuple[str, str], int]:
        """The version of every live thing: what a form is opened with."""
        return {ident: thing.version for ident, thing in self.things.items()}

    def _things(self) -> Iterator[tuple[str, Any]]:
        yield "strategy", self.strategy
        yield from (("person", person) for person in self.people)
        for goal in self.goals:
            yield "goal", goal
            yield from _said_of(goal)
            for subgoal in goal.subgoals:
                yield "subgoal", subgoal
                yield from _said_of(subgoal)
        for measure in self.measures:
            yield "measure", measure
            yield from (("responsibility", r) for r in measure.responsibilities)
        for measure in (*self.measures, *self.retired):
            yield from (("milestone", m) for m in measure.milestones)
            yield from _said_of(measure)
        if self.board.version:
            yield "board", self.board
        for kind, (_of, name) in BESIDE.items():
            yield from ((kind, thing) for thing in getattr(self, name))


def _find(index: Mapping[str, T], key: str) -> T:
    try:
        return index[key]
    except KeyError:
        raise NotFound(_("Fant ikke «{key}» i planen.").format(key=key)) from None


def _said_of(thing: Goal | Subgoal | Measure) -> Iterator[tuple[str, Any]]:
    if thing.report:
        yield "status_report", thing.report
    for indicator in thing.indicators:
        yield "indicator", indicator
        yield from (("target", target) for target in indicator.targets)
        yield from (("indicator_value", value) for value in indicator.values)
    yield from (("attainment", a) for a in getattr(thing, "attainments", ()))
