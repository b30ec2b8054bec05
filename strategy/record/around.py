"""What a rule may look at: the things as they stand, in the database or in a snapshot."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, things
from strategy.record import saving
from strategy.record.by import By
from strategy.record.wanted import Ident, Values
from strategy.snapshot import Snapshot, load
from strategy.tables import VERSIONED, Ballot


class Around(Protocol):
    """The things that stand, as those of `things`, on a day nothing measured or reached can be after.

    `wanted` is what is said of each thing in the same change.
    """

    wanted: Mapping[Ident, Values]

    @property
    def today(self) -> date: ...

    @property
    def snapshot(self) -> Snapshot:
        """The whole of what stands."""

    def thing(self, kind: str, key: str) -> Any:
        """The thing as it stands; None where it is not there, or was taken out."""

    def all(self, kind: str, **equal: Any) -> tuple[Any, ...]:
        """Every thing of a kind that stands, where its fields are `equal`."""

    def highest_number(self, year: int) -> int:
        """The highest number a case of the year has had, also one taken out; 0 where there is none."""

    def is_voted(self, meeting: str) -> bool:
        """Whether somebody has answered on confidence in a meeting, and it has not been opened."""

    def begun(self, ident: Ident, version: int) -> Values | None:
        """What an edit of a thing at a version began with, None for nothing; empty where not known."""


class Planned:
    """What stands in a snapshot; `base` is the `flat` of the one the edits were made on."""

    def __init__(self, snapshot: Snapshot, today: date, base: Mapping[Ident, Values]) -> None:
        self.snapshot, self.today, self.base = snapshot, today, base
        self.wanted: Mapping[Ident, Values] = {}

    def thing(self, kind: str, key: str) -> Any:
        return self.snapshot.things.get((kind, key))

    def all(self, kind: str, **equal: Any) -> tuple[Any, ...]:
        found = (thing for (of, _key), thing in self.snapshot.things.items() if of == kind)
        return tuple(t for t in found if all(getattr(t, name) == value for name, value in equal.items()))

    def highest_number(self, year: int) -> int:
        return max((case.number or 0 for case in self.all("agenda_item", year=year)), default=0)

    def is_voted(self, _meeting: str) -> bool:
        return False  # no snapshot shows who has voted

    def begun(self, ident: Ident, version: int) -> Values | None:
        return self.base.get(ident, {}) if version else None


class Stored:
    """What stands in the database, within one write, where each thing is read once."""

    def __init__(self, session: Session, strategy: str, today: date = date.max) -> None:
        self.session, self.strategy, self.today = session, strategy, today
        self.wanted: Mapping[Ident, Values] = {}
        self._read: dict[Ident, Values | None] = {}

    @classmethod
    def of(cls, by: By) -> "Stored":
        """What stands for whoever writes."""
        return cls(by.session, by.strategy, by.today)

    @cached_property
    def snapshot(self) -> Snapshot:
        return load(self.session, self.strategy, changes.newest(self.session))

    def newest(self, kind: str, key: str) -> Values | None:
        """The newest version of a thing, also of one that was taken out."""
        if (kind, key) not in self._read:
            self._read[kind, key] = saving.current(self.session, VERSIONED[kind], self.strategy, key)
        return self._read[kind, key]

    def thing(self, kind: str, key: str) -> Any:
        row = self.newest(kind, key)
        return made(kind, row) if row and not row["retired"] else None

    def all(self, kind: str, **equal: Any) -> tuple[Any, ...]:
        found = saving.all_live(self.session, VERSIONED[kind], self.strategy, **equal)
        return tuple(made(kind, row) for row in found)

    def highest_number(self, year: int) -> int:
        t = VERSIONED["agenda_item"].__table__.c
        last = sa.select(sa.func.max(t.number)).where(t.strategy == self.strategy, t.year == year)
        return self.session.execute(last).scalar() or 0

    def is_voted(self, meeting: str) -> bool:
        t = Ballot.__table__.c
        mine = sa.select(t.goal).where(t.strategy == self.strategy, t.meeting == meeting).limit(1)
        return self.session.execute(mine).first() is not None

    def begun(self, ident: Ident, version: int) -> Values | None:
        t: sa.Table = VERSIONED[ident[0]].__table__
        mine = (t.c.strategy == self.strategy) & (t.c.key == ident[1]) & (t.c.version == version)
        row = self.session.execute(sa.select(t).where(mine)).mappings().first() if version else None
        if row is None:
            return {} if version else None
        return None if row["retired"] else values_of(ident[0], made(ident[0], dict(row)))


def made(kind: str, values: Values) -> Any:
    """The thing that says this."""
    of, lists = cast(Any, things.KINDS[kind].of), things.lists(kind)
    names = ("key", "version", "change_id", *things.shapes(kind))
    return of(**{n: tuple(values[n]) if n in lists else values[n] for n in names if n in values})


def values_of(kind: str, thing: Any) -> dict[str, Any]:
    """A thing as plain values, as in `Snapshot.flat`."""
    found = {name: getattr(thing, name) for name in things.shapes(kind)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
