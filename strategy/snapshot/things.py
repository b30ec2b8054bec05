"""What is in a plan as of one change: goals, measures, indicators, roles, and what is said of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from strategy import dates
from strategy.terms import (
    Assessment,
    Controllability,
    Direction,
    Frequency,
    Kind,
    Part,
    Phase,
    Quality,
    Reached,
)


@dataclass(frozen=True, slots=True)
class Report:
    """The newest status report of a measure, subgoal or goal; `version` is how many there have been."""

    key: str
    version: int
    change_id: int
    recorded_at: datetime
    actor: str
    phase: Phase | None
    assessment: Assessment
    estimate: int | None
    done: str
    cause: str
    remedy: str
    next_step: str
    next_due: date | None

    @property
    def recorded_on(self) -> date:
        return dates.oslo_day(self.recorded_at)


@dataclass(frozen=True, slots=True)
class Milestone:
    key: str
    version: int
    change_id: int
    measure: str
    title: str
    due: date
    done_on: date | None
    evidence: str
    year: int
    weight: Decimal
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    key: str
    version: int
    change_id: int
    indicator: str
    due: date
    value: Decimal
    example: bool


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    key: str
    version: int
    change_id: int
    recorded_at: datetime
    indicator: str
    period: str
    value: Decimal | None
    text: str
    comment: str
    source: str
    quality: Quality

    @property
    def measured_on(self) -> date:
        """The last day of the period it holds for."""
        return dates.period_end(self.period)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`targets` and `values` are in order of time; `belongs_to` is a goal's, subgoal's or measure's key."""

    key: str
    version: int
    change_id: int
    belongs_to: str
    name: str
    unit: str
    direction: Direction
    controllability: Controllability
    frequency: Frequency
    method: str
    source: str
    baseline: Decimal | None
    baseline_on: date | None
    band: Decimal | None
    order: int
    proposal: bool
    targets: tuple[Target, ...] = ()
    values: tuple[IndicatorValue, ...] = ()

    def value_in(self, period: str) -> IndicatorValue | None:
        """What is entered for a period."""
        return next((value for value in self.values if value.period == period), None)


@dataclass(frozen=True, slots=True)
class Person:
    """A role, never a name."""

    key: str
    version: int
    change_id: int
    title: str
    order: int
    proposal: bool


@dataclass(frozen=True, slots=True)
class Responsibility:
    key: str
    version: int
    change_id: int
    measure: str
    person: str
    part: Part
    since: date | None
    until: date | None
    order: int
    proposal: bool
    title: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on `day`; `until` itself is not."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Attainment:
    key: str
    version: int
    change_id: int
    belongs_to: str
    year: int
    reached: Reached | None
    reason: str
    narrative: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Measure:
    """`due_moves` counts how many times its deadline has been moved later."""

    key: str
    version: int
    change_id: int
    retired: bool
    subgoal: str
    text: str
    name: str
    order: int
    weight: Decimal
    kind: Kind
    start: date | None
    due: date | None
    decided_by: str
    due_moves: int = 0
    report: Report | None = None
    milestones: tuple[Milestone, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def phase(self) -> Phase | None:
        return self.report.phase if self.report else None


@dataclass(frozen=True, slots=True)
class Subgoal:
    key: str
    version: int
    change_id: int
    goal: str
    printed: str
    text: str
    order: int
    weight: Decimal
    report: Report | None = None
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    attainments: tuple[Attainment, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    key: str
    version: int
    change_id: int
    printed: str
    text: str
    name: str
    order: int
    weight: Decimal
    report: Report | None = None
    subgoals: tuple[Subgoal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    attainments: tuple[Attainment, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for subgoal in self.subgoals for measure in subgoal.measures)

    @property
    def all_indicators(self) -> tuple[Indicator, ...]:
        """Its own, its subgoals' and its measures' indicators, in the plan's order."""
        return (
            *self.indicators,
            *(
                i
                for s in self.subgoals
                for i in (*s.indicators, *(i for m in s.measures for i in m.indicators))
            ),
        )


@dataclass(frozen=True, slots=True)
class Strategy:
    """`end` is the last day of the period. The shapes of `sections`, `headings`, `notes` are in `tables`."""

    key: str
    version: int
    change_id: int
    organisation: str
    title: str
    name: str
    start: date
    end: date
    vision: str
    sections: tuple[dict[str, Any], ...]
    headings: tuple[str, ...]
    notes: tuple[dict[str, Any], ...]

    @property
    def period(self) -> dates.Period:
        return dates.Period(self.start, self.end + timedelta(days=1))
