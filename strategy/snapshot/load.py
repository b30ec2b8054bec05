"""Read the state as of one change: the only reader of the tables' state."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise, takewhile
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables, texts
from strategy.errors import NotFound
from strategy.i18n import _
from strategy.snapshot.state import BESIDE, Snapshot
from strategy.snapshot.things import (
    Attainment,
    Goal,
    Indicator,
    IndicatorValue,
    Measure,
    Milestone,
    Report,
    Responsibility,
    Strategy,
    Subgoal,
    Told,
)
from strategy.terms import Settlement, Via
from strategy.things import Board, Meeting, Person, Target, Thing, lists, shapes

Values = dict[str, Any]
"""One thing as it is stored, by field, with its key, version and change."""


@dataclass(frozen=True, slots=True)
class Period:
    """One of the strategies in a database, and the days it is in force; `end` is the last of them."""

    key: str
    name: str
    start: date
    end: date


def periods(session: Session, as_of: int) -> tuple[Period, ...]:
    """The strategies there are as of a change, by the start of their period."""
    names = [*Period.__dataclass_fields__, "retired"]
    rows = _state(session, tables.VERSIONED["strategy"], None, as_of, names)
    found = (Period(row.key, row.name, row.start, row.end) for row in rows if not row.retired)
    return tuple(sorted(found, key=lambda period: (period.start, texts.natural(period.key))))


def strategies(session: Session, as_of: int) -> tuple[str, ...]:
    """The keys of `periods`."""
    return tuple(period.key for period in periods(session, as_of))


def usual(found: Sequence[Period], day: date) -> str:
    """The one in force on a day, else the next to begin, else the last that ended; empty where none is."""
    in_force = [each for each in found if each.start <= day <= each.end]
    ahead = [each for each in found if each.start > day]
    ended = sorted(found, key=lambda each: each.end)
    return next((each.key for each in (*in_force[::-1], *ahead, *ended[::-1])), "")


def load(session: Session, strategy: str, as_of: int) -> Snapshot:
    """Return the state as of change `as_of`. Raises `NotFound` where the strategy was not there then."""
    read = _Reader(session, strategy, as_of)
    found = read.live("strategy", Strategy)
    if not found:
        raise NotFound(_("Planen «{key}» fantes ikke da.").format(key=strategy))
    people = _ordered(read.live("person", Person))
    measures = _measures(read, people)
    live = _by(measures, "subgoal", lambda measure: not measure.retired)
    subgoals = _by(
        (
            Subgoal(**row, **read.aim(row["key"]), measures=_ordered(live[row["key"]]))
            for row in read.rows("subgoal")
        ),
        "goal",
    )
    goals = (
        Goal(**row, **read.aim(key := row["key"]), subgoals=_ordered(subgoals[key]))
        for row in read.rows("goal")
    )
    beside: Values = {name: _in_order(read.live(kind, of)) for kind, (of, name) in BESIDE.items()}
    beside["cancelled"] = _cancelled(read, beside["meetings"])
    return Snapshot(
        as_of,
        *_recorded(session, as_of),
        found[0],
        _ordered(goals),
        people,
        _ordered(m for m in measures if m.retired),
        *read.live("board", Board),
        **beside,
    )


class _Reader:
    """Reads each table once, as of one change, and groups what belongs to something else."""

    def __init__(self, session: Session, strategy: str, as_of: int) -> None:
        self.session, self.strategy, self.as_of = session, strategy, as_of
        undoings = sa.select(_CHANGE.c.id).where(_CHANGE.c.via == Via.UNDO, _CHANGE.c.id <= as_of).limit(1)
        self.has_undone = session.execute(undoings).first() is not None
        self.reports = {report.key: report for report in self.live("status_report", Report)}
        attainments = sorted(
            self.live("attainment", Attainment), key=lambda a: (a.year, texts.natural(a.key))
        )
        self.attainments = _by(attainments, "belongs_to")
        targets = _by(sorted(self.live("target", Target), key=lambda t: (t.due, t.key)), "indicator")
        measured = sorted(self.live("indicator_value", IndicatorValue), key=lambda v: (v.measured_on, v.key))
        values = _by(measured, "indicator")
        indicators = (
            Indicator(**row, targets=targets[key := row["key"]], values=values[key])
            for row in self.rows("indicator")
        )
        self.indicators = _by(_ordered(indicators), "belongs_to")

    def aim(self, key: str) -> Values:
        """What belongs to a goal or a subgoal alike."""
        return {
            "report": self.reports.get(key),
            "indicators": self.indicators[key],
            "attainments": self.attainments[key],
        }

    def rows(self, kind: str, of: type = Thing, *, retired: bool = False) -> list[Values]:
        """The stored fields of each thing by name, and for what is `Told` when and by whom."""
        table, told = tables.VERSIONED[kind], ("recorded_at", "actor") if issubclass(of, Told) else ()
        names = ["key", "version", "change_id", *shapes(kind), *told, "retired"]
        rows = _state(self.session, table, self.strategy, self.as_of, names)
        kept = names if of is Measure else names[:-1]
        found = [dict(zip(kept, row, strict=False)) for row in rows if retired or not row.retired]
        if self.has_undone and told:
            self._first_said(table, found)
        for name in lists(kind):
            for row in found:
                row[name] = tuple(row[name])
        return found

    def live(self, kind: str, of: Any) -> list[Any]:
        return [of(**row) for row in self.rows(kind, of)]

    def _first_said(self, table: type[tables.Versioned], rows: list[Values]) -> None:
        """Let each row have who said it and when, also where an undoing has said it again since."""
        moved = ("change_id", "recorded_at", "actor")
        first = {key: said[-1] for key, said in self._undone(table, *moved).items() if said}
        for row in rows:
            if said := first.get(row["key"]):
                row.update({name: getattr(said, name) for name in moved})

    def _undone(self, table: type[tables.Versioned], *names: str) -> dict[str, list[Any]]:
        """The versions that stand of each thing some undoing has touched, oldest first."""
        t: sa.Table = table.__table__
        source = t.join(_CHANGE, _CHANGE.c.id == t.c.change_id)
        touched = sa.select(t.c.key).select_from(source).where(self._mine(t), _CHANGE.c.via == Via.UNDO)
        return self._standing(table, touched, *names)

    def _mine(self, table: sa.Table) -> sa.ColumnElement[bool]:
        return (table.c.strategy == self.strategy) & (table.c.change_id <= self.as_of)

    def _standing(self, table: type[tables.Versioned], keys: Any, *names: str) -> dict[str, list[Any]]:
        """The versions that stand of each thing with one of these keys, oldest first."""
        t: sa.Table = table.__table__
        source = t.join(_CHANGE, _CHANGE.c.id == t.c.change_id)
        columns = [
            t.c[name] if name in t.c else _CHANGE.c[name] for name in ("key", "retired", "via", *names)
        ]
        rows = (
            sa.select(*columns)
            .select_from(source)
            .where(self._mine(t), t.c.key.in_(keys))
            .order_by(t.c.version)
        )
        by_key: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self.session.execute(rows):
            by_key[row.key].append(row)
        return {key: changes.standing(found, lambda row: row.via) for key, found in by_key.items()}

    def deadlines(self) -> dict[str, list[date]]:
        """The deadlines each measure that moved one has had, oldest first, but for what was undone."""
        m = tables.Measure.__table__.c
        before = sa.func.lag(m.due, type_=m.due.type).over(partition_by=m.key, order_by=m.version)
        steps = (
            sa.select(m.key, m.version, m.due, before.label("before"))
            .where(m.strategy == self.strategy, m.change_id <= self.as_of, ~m.retired, m.due.is_not(None))
            .subquery()
        )
        moved = sa.select(steps.c.key, steps.c.before, steps.c.due).where(steps.c.due != steps.c.before)
        found: dict[str, list[date]] = {}
        for key, was, due in self.session.execute(moved.order_by(steps.c.key, steps.c.version)):
            found.setdefault(key, [was]).append(due)
        if self.has_undone:
            for key, rows in self._undone(tables.Measure, "due").items():
                days = [row.due for row in rows if row.due and not row.retired]
                found[key] = [day for day, _same in groupby(days)]
        return found

    def closed_on(self) -> dict[str, date]:
        """The day the reports on what is completed or dropped began to say so."""
        closed = [key for key, report in self.reports.items() if report.phase and not report.phase.is_open]
        found = self._standing(tables.StatusReport, closed, "phase", "recorded_at") if closed else {}
        return {key: dates.oslo_day(_began(said).recorded_at) for key, said in found.items()}

    def promises(self) -> dict[str, Values]:
        """What `Measure` knows of the promises of each measure whose reports have answered one."""
        t: sa.Table = tables.StatusReport.__table__
        answered = sa.select(t.c.key).where(self._mine(t), t.c.promise.is_not(None))
        found = self._standing(tables.StatusReport, answered, "change_id", "promise", "next_due")
        return {key: _promises([row for row in said if not row.retired]) for key, said in found.items()}

    def entered(self) -> dict[str, dict[int, date]]:
        """The years each milestone has been in the action plan of, each with the day it came there first."""
        t: sa.Table = tables.Milestone.__table__
        first = (
            sa.select(t.c.key, t.c.year, sa.func.min(t.c.change_id).label("first"))
            .where(self._mine(t), ~t.c.retired)
            .group_by(t.c.key, t.c.year)
            .subquery()
        )
        rows = sa.select(first.c.key, first.c.year, _CHANGE.c.recorded_at).join(
            _CHANGE, _CHANGE.c.id == first.c.first
        )
        found: dict[str, dict[int, date]] = {}
        for key, year, moment in self.session.execute(rows.order_by(first.c.first)):
            found.setdefault(key, {})[year] = dates.oslo_day(moment)
        if self.has_undone:
            for key, versions in self._undone(tables.Milestone, "year", "recorded_at").items():
                there = [row for row in versions if not row.retired]
                found[key] = {row.year: dates.oslo_day(row.recorded_at) for row in reversed(there)}
        return found


def _measures(read: _Reader, people: tuple[Person, ...]) -> list[Measure]:
    titles = {person.key: person.title for person in people}
    entered = read.entered()
    steps = (Milestone(**row, entered=tuple(entered[row["key"]].items())) for row in read.rows("milestone"))
    milestones = _by(sorted(steps, key=lambda m: (m.due, texts.natural(m.key))), "measure")
    held = (
        Responsibility(**row, title=titles.get(row["person"]) or row["person"])
        for row in read.rows("responsibility")
    )
    promises = read.promises()
    responsible, closed = _by(_ordered(held), "measure"), read.closed_on()
    moved = {key: _moved(days) for key, days in read.deadlines().items()}
    return [
        Measure(
            **row,
            **promises.get(row["key"], {}),
            **moved.get(row["key"], {}),
            closed_on=closed.get(row["key"]),
            report=read.reports.get(row["key"]),
            milestones=milestones[row["key"]],
            responsibilities=responsible[row["key"]],
            indicators=read.indicators[row["key"]],
        )
        for row in read.rows("measure", Measure, retired=True)
    ]


def _moved(deadlines: list[date]) -> Values:
    later = sum(after > before for before, after in pairwise(deadlines))
    return {"due_moves": later, "was_due": tuple(deadlines[:-1])}


def _promises(said: list[Any]) -> Values:
    answers = [(row.change_id, row.promise) for row in said if row.promise]
    again = list(takewhile(lambda row: row.promise is Settlement.NOT_YET, reversed(said)))
    return {
        "answered_in": max((change for change, _answer in answers), default=0),
        "settled_in": max((change for change, answer in answers if answer.is_settled), default=0),
        "promised": len(again) + 1 if said and said[-1].next_due else 0,
    }


def _began(said: list[Any]) -> Any:
    """The first of the newest reports in a row that say the same phase."""
    newest = said[-1].phase
    return list(takewhile(lambda row: row.phase is newest, reversed(said)))[-1]


def _cancelled(read: _Reader, held: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """The meetings that are no longer among those to be held."""
    keys = {meeting.key for meeting in held}
    found = (Meeting(**row) for row in read.rows("meeting", retired=True))
    return _in_order(meeting for meeting in found if meeting.key not in keys)


def _state(
    session: Session, table: type[tables.Versioned], strategy: str | None, as_of: int, names: list[str]
) -> list[Any]:
    """For every key the highest version with `change_id <= as_of`."""
    t: sa.Table = table.__table__
    mine = [t.c.change_id <= as_of, *([] if strategy is None else [t.c.strategy == strategy])]
    top = (
        sa.select(t.c.strategy, t.c.key, sa.func.max(t.c.version).label("version"))
        .where(*mine)
        .group_by(t.c.strategy, t.c.key)
        .subquery()
    )
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
    return tuple(sorted(things, key=lambda thing: (thing.order, texts.natural(thing.key))))


def _in_order(things: Iterable[Any]) -> tuple[Any, ...]:
    """Meetings by day, what has an order by that, all else as it came."""
    return tuple(
        sorted(
            things,
            key=lambda t: (
                getattr(t, "held_on", date.min),
                getattr(t, "order", 0),
                _came(t),
                texts.natural(t.key),
            ),
        )
    )


def _came(thing: Any) -> int:
    """The number at the end of a key that was counted up; what has none came with its change."""
    tail = thing.key.rpartition("-")[2]
    return int(tail) if tail.isdecimal() and tail.isascii() else int(thing.change_id)


_CHANGE: sa.Table = tables.Change.__table__
