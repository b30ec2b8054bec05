"""Plans made of plain values for tests: builders with sensible defaults, and hypothesis strategies.

Parents may be left out: `a_goal` and `a_subgoal` put their own key into their children.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from strategy.snapshot import (
    Goal,
    Indicator,
    IndicatorValue,
    Measure,
    Milestone,
    Person,
    Report,
    Responsibility,
    Snapshot,
    Strategy,
    Subgoal,
    Target,
)
from strategy.terms import Assessment, Controllability, Direction, Frequency, Kind, Part, Phase, Quality

TODAY = date(2026, 11, 23)
START, END = date(2024, 1, 1), date(2028, 12, 31)


def given(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hypothesis' own, without a clock: a busy machine makes no property untrue."""
    unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: unhurried(hypothesis_given(*drawn)(test))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def noon(day: date) -> datetime:
    """An aware moment that is the same day in Norway."""
    return datetime.combine(day, time(12), UTC)


def a_report(
    phase: Phase | None = Phase.IN_PROGRESS,
    assessment: Assessment = Assessment.ON_TRACK,
    *,
    days: int = 10,
    **more: Any,
) -> Report:
    """A report given `days` before TODAY."""
    fields: dict[str, Any] = {
        "key": "1.1.1", "version": 1, "change_id": 1, "recorded_at": noon(days_ago(days)),
        "actor": "sekretariatet", "phase": phase, "assessment": assessment, "estimate": None,
        "done": "", "cause": "", "remedy": "", "next_step": "", "next_due": None,
    }  # fmt: skip
    return Report(**fields | more)


def a_milestone(due: date = TODAY, done_on: date | None = None, **more: Any) -> Milestone:
    fields: dict[str, Any] = {
        "key": "steg", "version": 1, "change_id": 1, "measure": "1.1.1", "title": "Steg", "due": due,
        "done_on": done_on, "evidence": "", "year": due.year, "weight": Decimal(1),
    }  # fmt: skip
    return Milestone(**fields | more)


def a_responsibility(person: str = "sekretar", **more: Any) -> Responsibility:
    """An adopted responsible without a beginning or an end."""
    fields: dict[str, Any] = {
        "key": f"1.1.1@{person}", "version": 1, "change_id": 1, "measure": "1.1.1", "person": person,
        "part": Part.RESPONSIBLE, "since": None, "until": None, "order": 0, "proposal": False,
        "title": person.capitalize(),
    }  # fmt: skip
    return Responsibility(**fields | more)


def a_person(key: str = "sekretar", **more: Any) -> Person:
    fields: dict[str, Any] = {
        "key": key, "version": 1, "change_id": 1, "title": key.capitalize(), "order": 0, "proposal": False,
    }  # fmt: skip
    return Person(**fields | more)


def a_value(period: str, value: Any = None, **more: Any) -> IndicatorValue:
    fields: dict[str, Any] = {
        "key": f"medlemmer@{period}", "version": 1, "change_id": 1, "recorded_at": noon(TODAY),
        "period": period, "indicator": "medlemmer", "value": _decimal(value), "text": "",
        "comment": "", "source": "",
        "quality": Quality.FINAL,
    }  # fmt: skip
    return IndicatorValue(**fields | more)


def a_target(due: date, value: Any, *, example: bool = False) -> Target:
    return Target(
        key=f"medlemmer@{due}", version=1, change_id=1, indicator="medlemmer", due=due,
        value=Decimal(str(value)),
        example=example,
    )  # fmt: skip


def an_indicator(
    *,
    values: Sequence[tuple[str, Any] | IndicatorValue] = (),
    targets: Sequence[tuple[date, Any] | Target] = (),
    baseline: Any = None,
    **more: Any,
) -> Indicator:
    """An adopted indicator that should go up; values as (period, number), targets as (due, number).

    A baseline is dated START unless `baseline_on` says otherwise.
    """
    fields: dict[str, Any] = {
        "key": "medlemmer", "version": 1, "change_id": 1, "belongs_to": "1.1.1", "name": "Medlemmer",
        "unit": "antall", "direction": Direction.UP, "controllability": Controllability.HIGH,
        "frequency": Frequency.EXTERNAL, "method": "", "source": "", "baseline": _decimal(baseline),
        "baseline_on": None if baseline is None else START, "band": None, "order": 0, "proposal": False,
        "targets": tuple(t if isinstance(t, Target) else a_target(*t) for t in targets),
        "values": tuple(v if isinstance(v, IndicatorValue) else a_value(*v) for v in values),
    }  # fmt: skip
    return Indicator(**fields | more)


def a_measure(
    key: str = "1.1.1", *, phase: Phase | None = None, assessment: Assessment | None = None, **more: Any
) -> Measure:
    """A limited measure; `phase` or `assessment` alone give it a fresh report."""
    if phase is not None or assessment is not None:
        fresh = a_report(phase or Phase.IN_PROGRESS, assessment or Assessment.ON_TRACK, key=key)
        more = {"report": fresh} | more
    fields: dict[str, Any] = {
        "key": key, "version": 1, "change_id": 1, "retired": False, "subgoal": key.rpartition(".")[0],
        "text": f"Tiltak {key}", "name": f"Tiltak {key}", "order": 0, "weight": Decimal(1),
        "kind": Kind.LIMITED, "start": None, "due": None, "decided_by": "",
    }  # fmt: skip
    return Measure(**fields | more)


def a_subgoal(*measures: Measure, key: str = "1.1", **more: Any) -> Subgoal:
    fields: dict[str, Any] = {
        "key": key, "version": 1, "change_id": 1, "goal": key.rpartition(".")[0], "printed": key,
        "text": f"Delmål {key}", "order": 0, "weight": Decimal(1),
        "measures": tuple(replace(measure, subgoal=key) for measure in measures),
    }  # fmt: skip
    return Subgoal(**fields | more)


def a_goal(*subgoals: Subgoal, key: str = "1", **more: Any) -> Goal:
    fields: dict[str, Any] = {
        "key": key, "version": 1, "change_id": 1, "printed": key, "text": f"Hovedmål {key}",
        "name": f"Hovedmål {key}", "order": 0, "weight": Decimal(1),
        "subgoals": tuple(replace(subgoal, goal=key) for subgoal in subgoals),
    }  # fmt: skip
    return Goal(**fields | more)


def a_strategy(**more: Any) -> Strategy:
    fields: dict[str, Any] = {
        "key": "noku-2024-2028", "version": 1, "change_id": 1, "organisation": "Norsk kulturforum",
        "title": "Strategi 2024–2028", "name": "Strategi", "start": START, "end": END, "vision": "",
        "sections": (), "headings": (), "notes": (),
    }  # fmt: skip
    return Strategy(**fields | more)


def a_snapshot(*goals: Goal, **more: Any) -> Snapshot:
    fields: dict[str, Any] = {
        "change_id": 1, "recorded_at": noon(TODAY), "example": False, "strategy": a_strategy(),
        "goals": goals, "people": (), "retired": (),
    }  # fmt: skip
    return Snapshot(**fields | more)


def a_plan_of(*measures: Measure, **more: Any) -> Snapshot:
    """A plan of one goal with one subgoal that holds `measures`."""
    return a_snapshot(a_goal(a_subgoal(*measures)), **more)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


days = st.dates(START, END)
weights = st.decimals("0.1", 10, places=1)
shares_of_hundred = st.integers(0, 100)
numbers = st.decimals(-100, 100, places=1)

PERIODS = tuple(f"{year}{part}" for year in range(2022, 2029) for part in ("", "-H1"))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    return a_report(
        draw(st.sampled_from(Phase)), draw(st.sampled_from(Assessment)), days=draw(st.integers(0, 400)),
        estimate=draw(st.none() | shares_of_hundred), done=draw(st.sampled_from(["", "Gjort"])),
        next_due=draw(st.none() | days),
    )  # fmt: skip


@st.composite
def milestones(draw: st.DrawFn) -> Milestone:
    due = draw(days)
    return a_milestone(due, draw(st.none() | days), weight=draw(weights), key=f"m{draw(st.integers(0, 999))}")


@st.composite
def responsibilities(draw: st.DrawFn) -> Responsibility:
    return a_responsibility(
        draw(st.sampled_from(["leder", "sekretar", "radgiver"])), part=draw(st.sampled_from(Part)),
        proposal=draw(st.booleans()), since=draw(st.none() | days), until=draw(st.none() | days),
    )  # fmt: skip


@st.composite
def indicators(draw: st.DrawFn, /, **more: Any) -> Indicator:
    """Any indicator, with values by year and half-year and targets of which some are examples."""
    periods = draw(st.lists(st.sampled_from(PERIODS), unique=True, max_size=6))
    dues = draw(st.lists(days, unique=True, max_size=3))
    fields = {
        "values": [
            a_value(period, None if quality is Quality.NOT_MEASURED else draw(numbers), quality=quality)
            for period in periods
            if (quality := draw(st.sampled_from(Quality)))
        ],
        "targets": [a_target(due, draw(numbers), example=draw(st.booleans())) for due in sorted(dues)],
        "direction": draw(st.sampled_from(Direction)),
        "controllability": draw(st.sampled_from(Controllability)),
        "frequency": draw(st.sampled_from(Frequency)),
        "unit": draw(st.sampled_from(["antall", "%", "kr"])),
        "baseline": draw(st.none() | numbers),
        "baseline_on": draw(st.none() | days),
        "band": draw(st.none() | numbers),
        "proposal": draw(st.booleans()),
    }
    return an_indicator(**fields | more)


@st.composite
def measures(draw: st.DrawFn, key: str = "1.1.1") -> Measure:
    return a_measure(
        key, weight=draw(weights), kind=draw(st.sampled_from(Kind)), due=draw(st.none() | days),
        due_moves=draw(st.integers(0, 4)), report=draw(st.none() | reports()),
        milestones=tuple(draw(st.lists(milestones(), max_size=2))),
        responsibilities=tuple(draw(st.lists(responsibilities(), max_size=2))),
        indicators=tuple(draw(st.lists(indicators(), max_size=1))),
    )  # fmt: skip


@st.composite
def subgoals(draw: st.DrawFn, key: str = "1.1") -> Subgoal:
    of = [draw(measures(f"{key}.{n + 1}")) for n in range(draw(st.integers(0, 2)))]
    return a_subgoal(*of, key=key, weight=draw(weights))


@st.composite
def goals(draw: st.DrawFn, key: str = "1") -> Goal:
    of = [draw(subgoals(f"{key}.{n + 1}")) for n in range(draw(st.integers(0, 2)))]
    return a_goal(*of, key=key, weight=draw(weights), report=draw(st.none() | reports()))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    people = tuple(a_person(key) for key in ("leder", "sekretar", "radgiver"))
    return a_snapshot(*(draw(goals(str(n + 1))) for n in range(draw(st.integers(0, 2)))), people=people)
