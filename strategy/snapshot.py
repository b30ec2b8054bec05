"""The plan and all that is said of it as of one change: frozen, and the only reader of the tables' state."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from strategy import dates, tables
from strategy.errors import NotFound
from strategy.i18n import _
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
    Via,
)  # fmt: skip

T = TypeVar("T")

Flat = dict[tuple[str, str], dict[str, Any]]
"""A state as plain values: (kind, key) → the thing's own fields, as in `tables`."""


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


@dataclass(frozen=True)
class Snapshot:
    """Everything as of change `change_id`; `retired` are measures that left, with their last report."""

    change_id: int
    recorded_at: datetime
    example: bool
    strategy: Strategy
    goals: tuple[Goal, ...]
    people: tuple[Person, ...]
    retired: tuple[Measure, ...]

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
    def flat(self) -> Flat:
        """Every live thing as plain values; what two snapshots are compared by."""
        found: Flat = {}
        for kind, thing in self._things():
            names = _FIELDS[kind]
            values = {name: getattr(thing, name) for name in names}
            found[kind, thing.key] = {n: list(v) if isinstance(v, tuple) else v for n, v in values.items()}
        return found

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


def strategies(session: Session, as_of: int) -> tuple[str, ...]:
    """The keys of the strategies there are as of a change, by the start of their period."""
    rows = _state(session, tables.Strategy, None, as_of, ["key", "start", "retired"])
    return tuple(
        key for key, _start, retired in sorted(rows, key=lambda row: (row[1], row[0])) if not retired
    )


def load(session: Session, strategy: str, as_of: int) -> Snapshot:
    """Return the state as of change `as_of`. Raises `NotFound` where the strategy was not there then."""
    read = _Reader(session, strategy, as_of)
    found = read.live(tables.Strategy, Strategy)
    if not found:
        raise NotFound(_("Planen «{key}» fantes ikke da.").format(key=strategy))
    people = _ordered(read.live(tables.Person, Person))
    measures = _measures(read, people)
    live = _by(measures, "subgoal", lambda m: not m.retired)
    subgoals = _by((
        Subgoal(*row, read.reports.get(row[0]), _ordered(live[row[0]]), read.indicators[row[0]],
                read.attainments[row[0]])
        for row in read.rows(tables.Subgoal, Subgoal)
    ), "goal")  # fmt: skip
    goals = (
        Goal(
            *row,
            read.reports.get(row[0]),
            _ordered(subgoals[row[0]]),
            read.indicators[row[0]],
            read.attainments[row[0]],
        )
        for row in read.rows(tables.Goal, Goal)
    )
    return Snapshot(as_of, *_recorded(session, as_of), found[0], _ordered(goals), people,
                    _ordered(m for m in measures if m.retired))  # fmt: skip


class _Reader:
    """Reads each table once, as of one change, and groups what belongs to something else."""

    def __init__(self, session: Session, strategy: str, as_of: int) -> None:
        self.session, self.strategy, self.as_of = session, strategy, as_of
        self.reports = {report.key: report for report in self.live(tables.StatusReport, Report)}
        self.attainments = _by(
            sorted(self.live(tables.Attainment, Attainment), key=lambda a: (a.year, a.key)), "belongs_to"
        )
        targets = _by(sorted(self.live(tables.Target, Target), key=lambda t: (t.due, t.key)), "indicator")
        values = _by(
            sorted(self.live(tables.IndicatorValue, IndicatorValue), key=lambda v: (v.measured_on, v.key)),
            "indicator",
        )
        self.indicators = _by(sorted((
            Indicator(*row, targets[row[0]], values[row[0]]) for row in self.rows(tables.Indicator, Indicator)
        ), key=lambda i: (i.order, i.key)), "belongs_to")  # fmt: skip

    def rows(self, table: type[tables.Versioned], of: type, *, retired: bool = False) -> list[Any]:
        """The stored columns of each thing, in the order of the dataclass `of`; retired where asked for."""
        names = [field.name for field in fields(of) if field.name in _stored(table)]
        rows = _state(self.session, table, self.strategy, self.as_of, [*names, "retired"])
        return [tuple(row[:-1]) for row in rows if retired or not row[-1]]

    def live(self, table: type[tables.Versioned], of: Any) -> list[Any]:
        return [of(*row) for row in self.rows(table, of)]

    def due_moves(self) -> dict[str, int]:
        """How many times each measure's deadline was moved later."""
        m = tables.Measure.__table__.c  # type: ignore[attr-defined]
        before = sa.func.lag(m.due).over(partition_by=m.key, order_by=m.version)
        steps = sa.select(m.key, m.due, before.label("before")).where(
            m.strategy == self.strategy, m.change_id <= self.as_of, ~m.retired
        ).subquery()  # fmt: skip
        moved = (
            sa.select(steps.c.key, sa.func.count()).where(steps.c.due > steps.c.before).group_by(steps.c.key)
        )
        return dict(self.session.execute(moved).all())


def _measures(read: _Reader, people: tuple[Person, ...]) -> list[Measure]:
    titles = {person.key: person.title for person in people}
    milestones = _by(sorted(read.live(tables.Milestone, Milestone), key=lambda m: (m.due, m.key)), "measure")
    responsible = _by(sorted((
        Responsibility(*row, titles.get(row[4], row[4]))
        for row in read.rows(tables.Responsibility, Responsibility)
    ), key=lambda r: (r.order, r.key)), "measure")  # fmt: skip
    moves = read.due_moves()
    return [
        Measure(*row, moves.get(key := row[0], 0), read.reports.get(key), milestones[key], responsible[key],
                read.indicators[key])
        for row in read.rows(tables.Measure, Measure, retired=True)
    ]  # fmt: skip


def _state(
    session: Session, table: type[tables.Versioned], strategy: str | None, as_of: int, names: list[str]
) -> list[Any]:
    """For every key the highest version with `change_id <= as_of`."""
    t: sa.Table = table.__table__  # type: ignore[attr-defined]
    mine = [t.c.change_id <= as_of, *([] if strategy is None else [t.c.strategy == strategy])]
    top = sa.select(t.c.strategy, t.c.key, sa.func.max(t.c.version).label("version")).where(*mine).group_by(
        t.c.strategy, t.c.key
    ).subquery()  # fmt: skip
    same = (t.c.strategy == top.c.strategy) & (t.c.key == top.c.key) & (t.c.version == top.c.version)
    source = t.join(top, same)
    if {"recorded_at", "actor"} & set(names):
        source = source.join(_CHANGE, _CHANGE.c.id == t.c.change_id)
    columns = [t.c[name] if name in t.c else _CHANGE.c[name] for name in names]
    return list(session.execute(sa.select(*columns).select_from(source)))


def _recorded(session: Session, as_of: int) -> tuple[datetime, bool]:
    """When change `as_of` was recorded, and whether the database holds the made-up example."""
    moment = session.execute(sa.select(_CHANGE.c.recorded_at).where(_CHANGE.c.id == as_of)).scalar()
    if moment is None:
        raise NotFound(_("Endring {n} finnes ikke.").format(n=as_of))
    via = session.execute(sa.select(_CHANGE.c.via).where(_CHANGE.c.id == 1)).scalar()
    return moment, via is Via.EXAMPLE


def _by(things: Iterable[Any], name: str, keep: Any = None) -> defaultdict[str, tuple[Any, ...]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for thing in things:
        if keep is None or keep(thing):
            groups[getattr(thing, name)].append(thing)
    return defaultdict(tuple, {key: tuple(group) for key, group in groups.items()})


def _ordered(things: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(things, key=lambda thing: (thing.order, thing.key)))


def _stored(table: type[tables.Versioned]) -> set[str]:
    return {*table.model_fields, "recorded_at", "actor"}


_CHANGE: sa.Table = tables.Change.__table__  # type: ignore[attr-defined]
_FIELDS = {kind: tables.fields_of(table) for kind, table in tables.VERSIONED.items()}
