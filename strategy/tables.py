"""The tables: changes, and versioned rows that are only ever inserted.

No `from __future__ import annotations` here: it breaks SQLModel. A registry of our own, because Streamlit
reloads modules and the default registry would refuse the second definition.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from strategy import terms

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """An aware UTC moment, stored as fixed-width ISO text so that both databases sort and hash it alike."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class Number(sa.types.TypeDecorator[Decimal]):
    """An exact decimal, stored as text: SQLite has none of its own, and a float would not hash alike."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class Term(sa.types.TypeDecorator[terms.Term]):
    """A member of one of the closed lists in `terms`, stored as its value."""

    impl = sa.String(24)
    cache_ok = True

    def __init__(self, of: type[terms.Term]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: terms.Term | None, dialect: Any) -> str | None:
        return None if value is None else str(self.of(value))

    def process_result_value(self, value: str | None, dialect: Any) -> terms.Term | None:
        return None if value is None else self.of(value)


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Every table of the program, and nothing else's."""


class Change(Base, table=True):
    """One write, like a commit; `id` is the only order that counts, clocks drift."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: dt.datetime = Field(sa_type=Moment)
    actor: str
    via: terms.Via = Field(sa_type=Term(terms.Via))
    reason: str = ""
    prev_hash: str
    hash: str


class Versioned(Base):
    """One version of one thing. (strategy, key, version) is the primary key, and the only lock there is."""

    title_field: ClassVar[str] = "title"

    strategy: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    retired: bool = False


def _term(of: type[terms.Term], **more: Any) -> Any:
    return Field(sa_type=Term(of), **more)


def _number(**more: Any) -> Any:
    return Field(sa_type=Number, **more)


def _json() -> Any:
    return Field(default_factory=list, sa_type=sa.JSON)


class Strategy(Versioned, table=True):
    """The adopted document but for its goals; `sections` are `{key, heading, text, points}`."""

    organisation: str
    title: str
    name: str
    start: dt.date
    end: dt.date
    vision: str
    sections: list[dict[str, Any]] = _json()
    headings: list[str] = _json()
    notes: list[dict[str, Any]] = _json()


class Goal(Versioned, table=True):
    """A main goal (hovedmål)."""

    title_field = "name"

    printed: str
    text: str
    name: str
    order: int
    weight: Decimal = _number(default=Decimal(1))


class Subgoal(Versioned, table=True):
    """A subgoal (delmål) under a goal."""

    title_field = "text"

    goal: str
    printed: str
    text: str
    order: int
    weight: Decimal = _number(default=Decimal(1))


class Measure(Versioned, table=True):
    """A measure (tiltak) under a subgoal; `name` is our short name, never adopted text."""

    title_field = "name"

    subgoal: str
    text: str
    name: str
    order: int
    weight: Decimal = _number(default=Decimal(1))
    kind: terms.Kind = _term(terms.Kind, default=terms.Kind.LIMITED)
    start: dt.date | None = None
    due: dt.date | None = None
    decided_by: str = ""


class Person(Versioned, table=True):
    """A role that answers for measures. Names and e-mails are not here and never will be."""

    title: str
    order: int
    proposal: bool = False


class Responsibility(Versioned, table=True):
    """Who does what for a measure; key is `measure@person`."""

    title_field = "person"

    measure: str
    person: str
    part: terms.Part = _term(terms.Part)
    since: dt.date | None = None
    until: dt.date | None = None
    order: int = 0
    proposal: bool = False


class Indicator(Versioned, table=True):
    """Something measured for a goal, subgoal or measure; `belongs_to` is that thing's key."""

    title_field = "name"

    belongs_to: str
    name: str
    unit: str
    direction: terms.Direction = _term(terms.Direction)
    controllability: terms.Controllability = _term(terms.Controllability)
    frequency: terms.Frequency = _term(terms.Frequency)
    method: str = ""
    source: str = ""
    baseline: Decimal | None = _number(default=None)
    baseline_on: dt.date | None = None
    band: Decimal | None = _number(default=None)
    order: int = 0
    proposal: bool = False


class Target(Versioned, table=True):
    """What an indicator should be on a day; key is `indicator@date`. Examples never count."""

    title_field = "indicator"

    indicator: str
    due: dt.date
    value: Decimal = _number()
    example: bool = False


class IndicatorValue(Versioned, table=True):
    """A measured number or text for a period; key is `indicator@period`."""

    __tablename__ = "indicator_value"
    title_field = "indicator"

    indicator: str
    period: str
    value: Decimal | None = _number(default=None)
    text: str = ""
    comment: str = ""
    source: str = ""
    quality: terms.Quality = _term(terms.Quality, default=terms.Quality.FINAL)


class Milestone(Versioned, table=True):
    """A step on the way in a measure, in the action plan of one year."""

    measure: str
    title: str
    due: dt.date
    done_on: dt.date | None = None
    evidence: str = ""
    year: int
    weight: Decimal = _number(default=Decimal(1))


class StatusReport(Versioned, table=True):
    """What was said of a measure, subgoal or goal; key is that thing's key, each report is its next version.

    Goals and subgoals have an assessment and texts, no phase. `estimate` is the reporter's per cent, 0–100.
    """

    __tablename__ = "status_report"
    title_field = "key"

    phase: terms.Phase | None = _term(terms.Phase, default=None)
    assessment: terms.Assessment = _term(terms.Assessment)
    estimate: int | None = None
    done: str = ""
    cause: str = ""
    remedy: str = ""
    next_step: str = ""
    next_due: dt.date | None = None


class Attainment(Versioned, table=True):
    """What came of a goal or subgoal in a year, for the annual report; key is `thing@year`."""

    title_field = "belongs_to"

    belongs_to: str
    year: int
    reached: terms.Reached | None = _term(terms.Reached, default=None)
    reason: str = ""
    narrative: str = ""
    lesson: str = ""


VERSIONED: dict[str, type[Versioned]] = {
    str(table.__tablename__): table
    for table in (
        Strategy, Goal, Subgoal, Measure, Person, Responsibility, Indicator, Target,
        IndicatorValue, Milestone, StatusReport, Attainment,
    )
}  # fmt: skip
"""Every kind of thing that can change, by table name, parents before children."""


def fields_of(table: type[Versioned]) -> tuple[str, ...]:
    """The names of the fields that say something of the thing, beyond its identity and version."""
    return tuple(name for name in table.model_fields if name not in IDENTITY)


IDENTITY = ("strategy", "key", "version", "change_id", "retired")
