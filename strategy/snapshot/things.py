"""What is in a plan as of one change: goals, measures, indicators, roles, and what is said of them.

Each is the thing as it is declared in `things`, with what belongs to it and how it came to stand there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from strategy import dates, things
from strategy.terms import Phase
from strategy.things import Target


@dataclass(frozen=True, kw_only=True)
class Told:
    """When something was said and by whom; where it was undone and said again, the first time."""

    recorded_at: datetime
    actor: str = ""

    @property
    def recorded_on(self) -> date:
        return dates.oslo_day(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Told, things.StatusReport):
    """The newest status report of a measure, subgoal or goal; `version` is how many there have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment(Told, things.Attainment):
    """What came of a year, as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue(Told, things.IndicatorValue):
    """A measured value as it stands."""

    @property
    def measured_on(self) -> date:
        """The last day of the period it holds for."""
        return dates.period_end(self.period)

    @property
    def begins_on(self) -> date:
        """The first day of that period."""
        return dates.period_start(self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(things.Indicator):
    """`targets` and `values` are in order of time."""

    targets: tuple[Target, ...] = ()
    values: tuple[IndicatorValue, ...] = ()

    @property
    def fitting(self) -> tuple[IndicatorValue, ...]:
        """The values for periods of the kind it is measured by; no other is in its series."""
        return tuple(value for value in self.values if self.takes(value.period))

    @property
    def history(self) -> tuple[IndicatorValue, ...]:
        """Whole years before the series begins: shown, never compared with it."""
        periods = [value.period for value in self.fitting]
        return tuple(value for value in self.values if self.is_history(value.period, periods))

    @property
    def misfits(self) -> tuple[IndicatorValue, ...]:
        """Values for periods of another kind, from before such were refused."""
        there = (*self.fitting, *self.history)
        return tuple(value for value in self.values if value not in there)

    def value_in(self, period: str) -> IndicatorValue | None:
        """What is entered for a period."""
        return next((value for value in self.values if value.period == period), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(things.Responsibility):
    """`title` is the role's."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(things.Milestone):
    """`entered` has the years it has been in the action plan of, each with the day it came there first."""

    entered: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(things.Measure):
    """`due_moves` counts how many times its deadline has been moved later, `was_due` are those it had before.

    `closed_on` is the day the reports began to say that it is completed, or dropped; None while it is open.
    Of promises, `answered_in` and `settled_in` are the newest changes that told what became of one and that
    settled one, 0 where none has; `promised` is how many times in a row the newest is made.
    """

    retired: bool = False
    due_moves: int = 0
    was_due: tuple[date, ...] = ()
    closed_on: date | None = None
    answered_in: int = 0
    settled_in: int = 0
    promised: int = 0
    report: Report | None = None
    milestones: tuple[Milestone, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def phase(self) -> Phase | None:
        return self.report.phase if self.report else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgoal(things.Subgoal):
    """A subgoal with its measures, the newest report on itself, and what came of each year."""

    report: Report | None = None
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    attainments: tuple[Attainment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(things.Goal):
    """A main goal with its subgoals, the newest report on itself, and what came of each year."""

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
        found = list(self.indicators)
        for subgoal in self.subgoals:
            found += subgoal.indicators
            for measure in subgoal.measures:
                found += measure.indicators
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(things.Strategy):
    """The adopted document but for its goals."""

    @property
    def period(self) -> dates.Period:
        return dates.Period(self.start, self.end + timedelta(days=1))
