"""The board's meetings in one snapshot: which is next, and what is decided, asked, believed and undone."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from strategy import dates
from strategy.errors import NotFound
from strategy.i18n import _, plural
from strategy.snapshot import (
    AgendaItem,
    Authority,
    Confidence,
    Decision,
    Goal,
    Meeting,
    Question,
    Report,
    Snapshot,
)
from strategy.terms import DecisionState, Effect, ItemState, MeetingState

_SUMMER = 7
"""The month from which a meeting is in the board's next period: the landsmøte elects it in June."""

_YEARS = re.compile(r"\d{4}–\d{4}")


@dataclass(frozen=True, slots=True)
class Grounded:
    """One change of a thing with what permitted it; `note` stands alone where no decision was named."""

    authority: Authority
    decision: Decision | None
    item: AgendaItem | None
    meeting: Meeting | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """The next meeting that has not got its numbers: when reports are due, and what they are newer than."""

    meeting: Meeting
    due: date
    since: date

    def lacks(self, report: Report | None) -> bool:
        """Whether the board has heard all that is reported already, or nothing is."""
        return report is None or report.recorded_on <= self.since


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions for one meeting, in the order they were asked."""

    open: tuple[Question, ...]
    answered: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """How sure the board is of one goal in one meeting: of `n` answers the middle one and the ends."""

    meeting: Meeting
    goal: str
    answers: tuple[int, ...]

    @property
    def n(self) -> int:
        return len(self.answers)

    @property
    def median(self) -> float:
        return float(median(self.answers))

    @property
    def low(self) -> int:
        return self.answers[0]

    @property
    def high(self) -> int:
        return self.answers[-1]

    @property
    def spread(self) -> int:
        return self.high - self.low

    @property
    def sentence(self) -> str:
        """`median 7, fra 5 til 9 (5 svar). Svarene spriker.`, never who gave which."""
        said = plural(
            "median {median}, fra {low} til {high} ({n} svar)",
            "median {median}, fra {low} til {high} ({n} svar)",
            self.n,
        ).format(median=dates.number(self.median), low=self.low, high=self.high)
        return said + (_(". Svarene spriker.") if self.spread >= WIDE else "")


WIDE = 5
"""From this many steps between the ends, the board does not see it alike."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Every seat of the board in one meeting; `unsaid` are those nobody has written anything of."""

    present: tuple[str, ...]
    deputies: tuple[str, ...]
    absent: tuple[str, ...]
    unsaid: tuple[str, ...]


def attendance(snapshot: Snapshot, meeting: Meeting) -> Attendance:
    """Who met, who met as deputy, who did not, and of whom nothing is said; a deputy may stay away."""
    deputies = {seat.key for seat in snapshot.seats if seat.deputy}
    said = {*meeting.present, *meeting.absent, *deputies}
    return Attendance(
        tuple(key for key in meeting.present if key not in deputies),
        tuple(key for key in meeting.present if key in deputies),
        meeting.absent,
        tuple(s.key for s in snapshot.seats if s.holds(meeting.held_on) and s.key not in said),
    )


def upcoming(snapshot: Snapshot, day: date) -> Meeting | None:
    """The next meeting, also one on `day` itself, as long as it is not closed."""
    return next((meeting for meeting in snapshot.meetings if is_to_come(meeting, day)), None)


def is_to_come(meeting: Meeting, day: date) -> bool:
    """Whether it has not been as of `day`; one on the day itself is to come until it is closed."""
    return meeting.held_on >= day and not meeting.state.is_locked


def latest(snapshot: Snapshot, day: date) -> Meeting | None:
    """The last meeting that was held as of `day`; one that day counts when it is closed."""
    held = (m for m in snapshot.meetings if m.held_on <= day and _was_held(m, day))
    return max(held, key=lambda m: (m.held_on, m.number), default=None)


def before(snapshot: Snapshot, meeting: Meeting) -> Meeting | None:
    """The meeting before another, in any period."""
    return max(
        (m for m in snapshot.meetings if m.held_on < meeting.held_on), key=lambda m: m.held_on, default=None
    )


def after(snapshot: Snapshot, meeting: Meeting) -> Meeting | None:
    """The next meeting after another that takes cases."""
    later = (m for m in snapshot.meetings if m.held_on > meeting.held_on and not m.state.is_locked)
    return next(later, None)


def reports_due(snapshot: Snapshot, meeting: Meeting) -> date:
    """The last day for reports to a meeting, in the days the secretariat has set."""
    return meeting.held_on - timedelta(days=snapshot.board.updates_days)


def awaited(snapshot: Snapshot, day: date) -> Awaited | None:
    """What the next meeting waits for; a called one has its numbers, so reports are for the one after."""
    drafted = (m for m in snapshot.meetings if m.held_on >= day and m.state is MeetingState.DRAFT)
    meeting = next(drafted, None)
    if meeting is None:
        return None
    earlier = before(snapshot, meeting)
    since = (earlier.reported_on or earlier.held_on) if earlier else snapshot.strategy.start
    return Awaited(meeting, reports_due(snapshot, meeting), since)


def open_decisions(snapshot: Snapshot) -> tuple[Decision, ...]:
    """What is decided and not closed, for every agenda: by deadline, those without one last."""
    found = (d for d in snapshot.decisions if d.state.is_open)
    return tuple(sorted(found, key=lambda d: (d.due or date.max, _number(d.key))))


def is_followed_up(decision: Decision) -> bool:
    """«Fulgt opp»: whether a decision is closed by what was done, and not without following up."""
    return decision.state is DecisionState.DONE


def is_late(decision: Decision, today: date) -> bool:
    """Whether a decision is open after its deadline."""
    return decision.state.is_open and decision.due is not None and decision.due < today


def every(weeks: int, start: date, count: int) -> tuple[date, ...]:
    """`count` days with so many weeks between them, from `start` on."""
    return tuple(start + timedelta(weeks=weeks * n) for n in range(count))


def period_of(snapshot: Snapshot, day: date) -> str:
    """The board's period a new meeting on a day is in: «2026–2027», from one summer to the next.

    Where the board names its periods in another way, it is the newest there is.
    """
    newest = snapshot.meetings[-1].period if snapshot.meetings else ""
    first = day.year - (day.month < _SUMMER)
    return newest if newest and not _YEARS.fullmatch(newest) else f"{first}–{first + 1}"


def next_number(snapshot: Snapshot, period: str) -> int:
    """The number after the last of a period."""
    return max((each.number for each in snapshot.meetings if each.period == period), default=0) + 1


def of_newest_year(snapshot: Snapshot, before: int = date.max.year) -> tuple[Meeting, ...]:
    """The meetings of the newest year that has any, of those before another."""
    found = [each for each in snapshot.meetings if each.held_on.year < before]
    year = max((each.held_on.year for each in found), default=0)
    return tuple(each for each in found if each.held_on.year == year)


def a_year_on(held: Iterable[Meeting], years: int = 1) -> tuple[Meeting, ...]:
    """The meetings as they would be a year later, or more: on the same weekday, in as much later a period."""
    return tuple(
        replace(each, held_on=_same_weekday(each.held_on, years), period=_later(each.period, years))
        for each in held
    )


def _same_weekday(day: date, years: int) -> date:
    """The same day of the week in that year, as near to the same date as can be."""
    aimed = dates.years_on(day, years)
    off = (day.weekday() - aimed.weekday() + 3) % 7 - 3
    nearest = aimed + timedelta(days=off)
    return nearest if nearest.year == aimed.year else nearest + timedelta(weeks=1 if off < 0 else -1)


def _later(period: str, years: int) -> str:
    """«2026–2027» a year after «2025–2026»."""
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + years), period)


def unfinished(snapshot: Snapshot) -> tuple[AgendaItem, ...]:
    """The cases of closed meetings that have not been moved to another, in the order of the meetings."""
    closed = {m.key: m.held_on for m in snapshot.meetings if m.state.is_locked}
    left = (i for i in snapshot.items if i.meeting in closed and i.state is not ItemState.TREATED)
    return tuple(sorted(left, key=lambda i: (closed[i.meeting], i.order)))


def thread(snapshot: Snapshot, key: str) -> tuple[Grounded, ...]:
    """What has permitted each change of a thing, oldest first."""
    return tuple(_grounded(snapshot, authority) for authority in snapshot.authorities_of(key))


def without(authority: Authority) -> str:
    """«Endret uten vedtak»: what was done, where nothing that decided it is named."""
    if authority.effect is Effect.ADOPTED:
        return _("Lagt til uten vedtak")
    return _("{effect} uten vedtak").format(effect=authority.effect.label)


def decisions_on(snapshot: Snapshot, measure: str) -> tuple[Decision, ...]:
    """What the board has decided about a measure, oldest first, whether it changed the plan or not."""
    return tuple(decision for decision in snapshot.decisions if measure in decision.measures)


def decisions_on_goal(snapshot: Snapshot, goal: Goal) -> tuple[Decision, ...]:
    """What the board has decided about any of the goal's measures, newest first."""
    mine = {measure.key for measure in goal.measures}
    found = [decision for decision in snapshot.decisions if mine.intersection(decision.measures)]
    return tuple(sorted(found, key=lambda d: snapshot.meeting(d.meeting).held_on, reverse=True))


def decisions_in(snapshot: Snapshot, item: str) -> tuple[Decision, ...]:
    """What was decided in a case."""
    return tuple(decision for decision in snapshot.decisions if decision.item == item)


def case(snapshot: Snapshot, decision: Decision) -> AgendaItem | None:
    """The case a decision was made in, if it is there still."""
    return next((item for item in snapshot.items if item.key == decision.item), None)


def questions(snapshot: Snapshot, meeting: str) -> Questions:
    """What has been asked for a meeting; the answered ones have left its agenda."""
    mine = [question for question in snapshot.questions if question.meeting == meeting]
    return Questions(tuple(q for q in mine if not q.answer), tuple(q for q in mine if q.answer))


def questions_on(snapshot: Snapshot, measure: str) -> tuple[Question, ...]:
    """Every question on a measure, oldest first."""
    return tuple(question for question in snapshot.questions if question.measure == measure)


def confidence(snapshot: Snapshot, meeting: str) -> tuple[Belief, ...]:
    """How sure the board was of each goal in a meeting, in the order of the goals; empty until opened."""
    found = {c.goal: c for c in snapshot.confidences if c.meeting == meeting}
    return tuple(_belief(snapshot, found[goal.key]) for goal in snapshot.goals if goal.key in found)


def last_confidence(snapshot: Snapshot) -> tuple[Belief, ...]:
    """How sure the board was of each goal the last time its answers were opened."""
    asked = {c.meeting for c in snapshot.confidences}
    held = [meeting for meeting in snapshot.meetings if meeting.key in asked]
    return confidence(snapshot, held[-1].key) if held else ()


def trend(snapshot: Snapshot, goal: Goal) -> tuple[Belief, ...]:
    """How sure the board has been of a goal, meeting by meeting."""
    found = (_belief(snapshot, c) for c in snapshot.confidences if c.goal == goal.key)
    return tuple(sorted(found, key=lambda belief: belief.meeting.held_on))


def who(snapshot: Snapshot, key: str, later: Snapshot | None = None) -> str:
    """The title of a role or seat by its key; words that are no key stand as they are.

    `later` is asked for those `snapshot` does not know.
    """
    for plan in filter(None, (snapshot, later)):
        for find in (plan.person, plan.seat):
            with suppress(NotFound):
                return find(key).title
    return key


def titles(snapshot: Snapshot, keys: Iterable[str], later: Snapshot | None = None) -> tuple[str, ...]:
    """The titles of seats, in the order they sit."""
    order = {seat.key: number for number, seat in enumerate(snapshot.seats)}
    seated = sorted(keys, key=lambda key: order.get(key, len(order)))
    return tuple(who(snapshot, key, later) for key in seated)


def named(snapshot: Snapshot, keys: Iterable[str], later: Snapshot | None = None) -> str:
    """The titles of seats on one line; a title may have a comma in it, so they are parted by semicolons."""
    return "; ".join(titles(snapshot, keys, later))


def _was_held(meeting: Meeting, day: date) -> bool:
    begun = meeting.state is MeetingState.UNDER_WAY and meeting.held_on < day
    return meeting.state.is_locked or begun


def _grounded(snapshot: Snapshot, authority: Authority) -> Grounded:
    decision = item = meeting = None
    with suppress(NotFound):
        decision = snapshot.decision(authority.decision)
        meeting = snapshot.meeting(decision.meeting)
        item = snapshot.item(decision.item)
    return Grounded(authority, decision, item, meeting)


def _belief(snapshot: Snapshot, found: Confidence) -> Belief:
    return Belief(snapshot.meeting(found.meeting), found.goal, found.answers)


def _number(key: str) -> tuple[int, str]:
    tail = key.rpartition("-")[2]
    return (int(tail) if tail.isdecimal() else 0, key)
