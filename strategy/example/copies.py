"""Copies of every measure and of all that hangs on it, for measuring how the program grows.

Twins are not played: the rows of each day are copied with other keys and appended as a few large changes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, tables
from strategy.access import Actor, Role
from strategy.example.story import SECRETARY, Event, Told
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Via

KINDS = ("measure", "responsibility", "indicator", "target", "indicator_value", "milestone", "status_report")

_NAMED = ("key", "measure", "belongs_to", "indicator")
_TWIN = re.compile(r"\d\.\d\.\d\.\d")
_MEASURE = len("1.2.1")

_Row = tuple[type[tables.Versioned], dict[str, Any]]


class Twins:
    """How many there shall be of each measure, and how many times each of its reports is told."""

    def __init__(self, copies: int, versions: int, told: Iterable[Event]) -> None:
        reports = Counter(event.thing[0] for event in told if event.told is Told.REPORTED)
        self.numbers = range(2, copies + 1)
        self.times = {key: max(1, -(-versions // count)) for key, count in reports.items()}

    def append(self, session: Session, before: int, now: datetime) -> None:
        """Copy what was written after change `before`; a report told again comes in a later change."""
        if not self.numbers:
            return
        rows = list(_written(session, before))
        for turn in range(max((self._times(*row) for row in rows), default=0)):
            copied = [copy for row in rows for copy in self._copies(*row, turn)]
            actor = Actor(SECRETARY, Role.SECRETARIAT)
            changes.append(session, actor, copied, via=Via.EXAMPLE, reason="Kopier til måling", now=now)

    def _times(self, table: type[tables.Versioned], row: Mapping[str, Any]) -> int:
        return self.times[row["key"]] if table is tables.StatusReport else 1

    def _copies(
        self, table: type[tables.Versioned], row: dict[str, Any], turn: int
    ) -> Iterator[tables.Versioned]:
        times = self._times(table, row)
        if turn >= times:
            return
        version = (row["version"] - 1) * times + turn + 1
        for number in self.numbers:
            keys = {name: twin(row[name], number) for name in _NAMED if name in row}
            yield table(**{**row, **keys, "version": version})


def twin(key: str, number: int) -> str:
    """`1.2.1` as `1.2.1.7`, and alike in `1.2.1@person`, `1.2.1-m2`, `1.2.1a` and `1.2.1a@2026`."""
    return f"{key[:_MEASURE]}.{number}{key[_MEASURE:]}"


def without_twins(whole: Snapshot) -> Snapshot:
    """The plan the story edits: no file is written for the twins."""
    goals = (
        replace(goal, subgoals=tuple(replace(s, measures=_originals(s.measures)) for s in goal.subgoals))
        for goal in whole.goals
    )
    return replace(whole, goals=tuple(goals), retired=_originals(whole.retired))


def _originals(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(measure for measure in measures if not _TWIN.match(measure.key))


def _written(session: Session, before: int) -> Iterator[_Row]:
    for kind in KINDS:
        table = tables.VERSIONED[kind]
        t: sa.Table = table.__table__
        for row in session.execute(sa.select(t).where(t.c.change_id > before)).mappings().all():
            if _is_of_measure(kind, row["key"]):
                yield table, dict(row)


def _is_of_measure(kind: str, key: str) -> bool:
    """Whether the row belongs to a measure; goals and subgoals have no twins."""
    return kind != "status_report" or len(key) == _MEASURE
