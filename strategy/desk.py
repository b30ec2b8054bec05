"""What the secretariat should ask about this week: late, contradictory, silent or due, most urgent first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from strategy import contradictions, dates, meetings, people, progress
from strategy.i18n import _, mark
from strategy.meetings import Awaited
from strategy.snapshot import Goal, Measure, Report, Snapshot, Subgoal
from strategy.terms import Term

REST = timedelta(days=7)
"""What was reported this recently is not asked about again."""

AHEAD = timedelta(days=14)
"""How long before a day something is due it is asked about."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """`icon` by the name Streamlit has for it."""

    icon: str


class Why(Term):
    """Why something is in the queue, the most urgent first."""

    LATE = "late", mark("Har noe over frist"), _Sign("schedule")
    CONTRADICTORY = "contradictory", mark("Stemmer ikke"), _Sign("compare_arrows")
    SILENT = "silent", mark("Ikke oppdatert"), _Sign("volume_off")
    DUE = "due", mark("Snart frist"), _Sign("event_upcoming")

    icon: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure, subgoal or goal to report on: its most urgent reason, and every reason in words."""

    key: str
    why: Why
    days: int
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return " · ".join(self.reasons)


def queue(snapshot: Snapshot, today: date) -> tuple[Asked, ...]:
    """Everything to report on, most urgent first; what was reported the last seven days rests."""
    clashes: defaultdict[str, list[str]] = defaultdict(list)
    for clash in contradictions.of_plan(snapshot, today):
        clashes[clash.key].append(clash.sentence.rstrip("."))
    awaited = meetings.awaited(snapshot, today)
    soon = awaited if awaited and awaited.due <= today + AHEAD else None
    found = []
    for thing in (*snapshot.measures, *snapshot.aims):
        if thing.report and thing.report.recorded_on > today - REST:
            continue
        reasons = sorted(_reasons(thing, clashes[thing.key], soon, today), key=_urgency)
        if reasons:
            (why, days, _said), *_rest = reasons
            found.append(Asked(thing.key, why, days, tuple(dict.fromkeys(said for _w, _d, said in reasons))))
    return tuple(sorted(found, key=lambda asked: _urgency((asked.why, asked.days, ""))))


def counted(asked: Iterable[Asked]) -> dict[Why, int]:
    """How many there are of each kind, those with none left out."""
    kinds = [each.why for each in asked]
    return {why: kinds.count(why) for why in Why if why in kinds}


_Reason = tuple[Why, int, str]
"""Why, for how many days (negative: in so many), and in words."""


def _urgency(reason: _Reason) -> tuple[int, int]:
    why, days, _said = reason
    return list(Why).index(why), -days


def _reasons(
    thing: Measure | Subgoal | Goal, clashes: list[str], awaited: Awaited | None, today: date
) -> Iterator[_Reason]:
    yield from ((Why.CONTRADICTORY, 0, said) for said in clashes)
    if not isinstance(thing, Measure) or not progress.is_open(thing):
        return
    yield from _of_deadlines(thing, today)
    yield from _of_silence(thing.report, today)
    if awaited and awaited.lacks(thing.report):
        said = _("Rapport til styremøtet {day}, senest {due}").format(
            day=dates.day(awaited.meeting.held_on), due=dates.day(awaited.due)
        )
        yield Why.DUE, (today - awaited.due).days, said


def _of_deadlines(measure: Measure, today: date) -> Iterator[_Reason]:
    for deadline in people.deadlines(measure, today):
        days = (today - deadline.day).days
        if days > 0:
            said = _("{what}: over frist siden {day}")
        elif -days <= AHEAD.days:
            said = _("{what}: frist {day}")
        else:
            continue
        why = Why.LATE if days > 0 else Why.DUE
        yield why, days, said.format(what=deadline.text.rstrip("."), day=dates.day(deadline.day))


def _of_silence(report: Report | None, today: date) -> Iterator[_Reason]:
    if report is None:
        yield Why.SILENT, progress.STALE_AFTER, _("Ingen har rapportert ennå")
    elif progress.is_stale(report, today):
        age = progress.age(report, today)
        yield Why.SILENT, age, _("Ikke oppdatert på {n} dager").format(n=age)
