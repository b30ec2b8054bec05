"""What a year came to: the facts an annual report is written from, taken from snapshots and reports only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from strategy import dates, progress
from strategy.exports.annual import done
from strategy.exports.annual.done import Done
from strategy.history import Recount
from strategy.snapshot import (
    Attainment,
    Goal,
    Indicator,
    IndicatorValue,
    Measure,
    Report,
    Snapshot,
    Subgoal,
)
from strategy.terms import Phase

Reports = Mapping[str, tuple[Report, ...]]


@dataclass(frozen=True, slots=True)
class Reworded:
    """An adopted text that was changed in the year."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Year:
    """The year `number` as it stood on its last day, or on `made_on` where it is not over.

    `end` is the plan on that day and `before` on the last day of the year before, None where there was none.
    `entered` is the plan on `made_on`: what came of a year is written, and its last numbers are entered, when
    it is over. `reports` holds every report by the key of what it is on, oldest first, and
    `recounts` the measured numbers that were corrected.
    """

    number: int
    made_on: date
    end: Snapshot
    before: Snapshot | None
    entered: Snapshot
    reports: Reports
    recounts: tuple[Recount, ...] = ()

    @cached_property
    def day(self) -> date:
        """The day the report holds for."""
        return min(self.last, self.made_on)

    @property
    def last(self) -> date:
        return date(self.number, 12, 31)

    @property
    def is_over(self) -> bool:
        return self.made_on >= self.last

    def said(self, key: str) -> tuple[Report, ...]:
        """The reports on `key` recorded in the year, oldest first."""
        begun, end = self._begun, self.end.change_id
        return tuple(r for r in self.reports.get(key, ()) if r.recorded_at >= begun and r.change_id <= end)

    def last_said(self, key: str) -> Report | None:
        """The newest report on `key` from before the year."""
        earlier = [r for r in self.reports.get(key, ()) if r.recorded_at < self._begun]
        return earlier[-1] if earlier else None

    def done(self, measure: Measure) -> tuple[Done, ...]:
        """What was done in the year, by day, each fact told once and as it was corrected since."""
        reached = [m for m in measure.milestones if m.done_on and self._within(m.done_on)]
        mine = {indicator.key for indicator in self._indicators_on(measure)}
        return done.told(self.said(measure.key), reached, [r for r in self.recounts if r.indicator in mine])

    def is_reported(self, measure: Measure) -> bool:
        return bool(self.said(measure.key))

    def attainment(self, thing: Goal | Subgoal) -> Attainment | None:
        """What was written of the year, also after it was over."""
        return self._attainments.get(thing.key)

    def indicator(self, found: Indicator) -> Indicator:
        """`found` as it was defined on the last day, with the values entered since."""
        return replace(found, values=self._values.get(found.key, found.values))

    @property
    def subgoals(self) -> tuple[Subgoal, ...]:
        return tuple(subgoal for goal in self.end.goals for subgoal in goal.subgoals)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(map(self.indicator, self.end.indicators))

    @property
    def completed(self) -> tuple[Measure, ...]:
        """Measures first reported completed in the year and completed at its end."""
        return tuple(m for m in self.end.measures if self._became(m, Phase.COMPLETED))

    @property
    def dropped(self) -> tuple[Measure, ...]:
        """Measures given up in the year and still in the plan."""
        return tuple(m for m in self.end.measures if self._became(m, Phase.DROPPED))

    @property
    def added(self) -> tuple[Measure, ...]:
        """Measures that came into the plan in the year; none where there was no plan before."""
        if self.before is None:
            return ()
        return tuple(m for m in self.end.measures if m.key not in self._before)

    @property
    def retired(self) -> tuple[Measure, ...]:
        """Measures that left the plan in the year."""
        return tuple(m for m in self.end.retired if m.key in self._before)

    @cached_property
    def deviating(self) -> tuple[Measure, ...]:
        """Measures that show a deviation on the last day, the worst first."""
        return progress.deviating(self.end.measures, self.day)

    @property
    def recovered(self) -> tuple[tuple[Measure, Report], ...]:
        """Measures back on track or completed, with the last report of deviation in the year."""
        found = ((m, self._last_deviation(m)) for m in self.end.measures if self._is_well(m))
        return tuple((m, report) for m, report in found if report)

    @property
    def postponed(self) -> tuple[tuple[Measure, Measure], ...]:
        """Measures whose deadline is another than a year ago, as they were and as they are."""
        pairs = ((self._before.get(m.key), m) for m in self.end.measures)
        return tuple((old, new) for old, new in pairs if old and old.due and old.due != new.due)

    @property
    def reworded(self) -> tuple[Reworded, ...]:
        """Adopted texts of goals, subgoals and measures that changed, in the plan's order."""
        if self.before is None:
            return ()
        old = dict(_texts(self.before))
        return tuple(
            Reworded(key, old[key], text) for key, text in _texts(self.end) if key in old and old[key] != text
        )

    @property
    def aimed_anew(self) -> tuple[tuple[Indicator, Indicator], ...]:
        """Indicators of both ends, as they were a year ago and as they are."""
        old = {i.key: i for i in self.before.indicators} if self.before else {}
        return tuple((old[i.key], i) for i in self.end.indicators if i.key in old)

    @property
    def silent(self) -> tuple[Measure, ...]:
        """Measures nobody has said anything of in the year, but for those completed or dropped before it."""
        return tuple(
            m
            for m in self.end.measures
            if not self.is_reported(m) and not (m.report and not progress.is_open(m))
        )

    @cached_property
    def _begun(self) -> datetime:
        return dates.end_of_day(date(self.number - 1, 12, 31))

    @cached_property
    def _before(self) -> dict[str, Measure]:
        return {m.key: m for m in self.before.measures} if self.before else {}

    @cached_property
    def _attainments(self) -> dict[str, Attainment]:
        written = (a for aim in self.entered.aims for a in aim.attainments)
        return {a.belongs_to: a for a in written if a.year == self.number}

    @cached_property
    def _values(self) -> dict[str, tuple[IndicatorValue, ...]]:
        return {i.key: i.values for i in self.entered.indicators}

    def _indicators_on(self, measure: Measure) -> Iterator[Indicator]:
        """The indicators of a measure, and of its subgoal and goal."""
        yield from measure.indicators
        for goal in self.end.goals:
            for subgoal in goal.subgoals:
                if subgoal.key == measure.subgoal:
                    yield from (*subgoal.indicators, *goal.indicators)

    def _within(self, day: date) -> bool:
        return date(self.number, 1, 1) <= day <= self.day

    def _became(self, measure: Measure, phase: Phase) -> bool:
        if measure.phase is not phase:
            return False
        run = []
        for report in reversed(self.reports.get(measure.key, ())):
            if report.change_id <= self.end.change_id:
                if report.phase is not phase:
                    break
                run.append(report)
        return bool(run) and self._within(run[-1].recorded_on)

    def _is_well(self, measure: Measure) -> bool:
        return progress.mark_of(measure.report, self.day).assessment.is_on_track

    def _last_deviation(self, measure: Measure) -> Report | None:
        return next((r for r in reversed(self.said(measure.key)) if r.assessment.is_deviation), None)


def _texts(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "vision", snapshot.strategy.vision
    for goal in snapshot.goals:
        yield goal.key, goal.text
        for subgoal in goal.subgoals:
            yield subgoal.key, subgoal.text
            yield from ((measure.key, measure.text) for measure in subgoal.measures)
