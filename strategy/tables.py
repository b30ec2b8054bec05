"""The tables: changes, versioned rows that are only ever inserted, and four small ones that are no history.

Those of versioned things are made from their declarations in `things`. There is no `from __future__ import
annotations` here: it breaks SQLModel. The registry is our own, because Streamlit reloads modules and the
default one would refuse the second definition.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from strategy import terms, things
from strategy.errors import Damaged
from strategy.i18n import _

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def unreadable() -> Damaged:
    """What is stored is nothing the program writes, as after a fault on the disk."""
    return Damaged(_("Databasen er skadet: noe som er lagret i den, kan ikke leses."))


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """An aware UTC moment, stored as fixed-width ISO text so that both databases sort and hash it alike."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        try:
            return None if value is None else dt.datetime.fromisoformat(value)
        except (ValueError, TypeError):
            raise unreadable() from None


class Number(sa.types.TypeDecorator[Decimal]):
    """An exact decimal, stored as text: SQLite has none of its own, and a float would not hash alike."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        try:
            return None if value is None else Decimal(value)
        except (ArithmeticError, ValueError, TypeError):
            raise unreadable() from None


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
        try:
            return None if value is None else self.of(value)
        except ValueError:
            raise unreadable() from None


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Every table of the program, and nothing else's."""

    __table__: ClassVar[sa.Table]


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

    strategy: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    retired: bool = False


IDENTITY = ("strategy", "key", "version", "change_id", "retired")
LEFT_OVER = "weight"
"""A column from when progress was a mean: nothing reads it, but the digests of the rows have it."""


def fields_of(table: type[Versioned]) -> tuple[str, ...]:
    """The names of the fields that say something of the thing, beyond its identity and version."""
    return tuple(name for name in table.model_fields if name not in (*IDENTITY, LEFT_OVER))


class Contact(Base, table=True):
    """Who holds a role or a seat now: the only place with names and addresses, and no part of the history."""

    strategy: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    name: str = ""
    email: str = ""


class Ballot(Base, table=True):
    """One seat's confidence in one goal, until it is opened; then only the answers stand, without who.

    `sealed` is read by the key that `lock` names, which is not in the database; with no lock it stands as it
    was written before answers were sealed.
    """

    strategy: str = Field(primary_key=True)
    meeting: str = Field(primary_key=True)
    goal: str = Field(primary_key=True)
    seat: str = Field(primary_key=True)
    lock: str
    sealed: str


class Scratch(Base, table=True):
    """What somebody has half written, by form; it is offered again and is no part of the history."""

    strategy: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    saved_at: dt.datetime = Field(sa_type=Moment)


class Secret(Base, table=True):
    """A random key the program signs with; made when it is first needed."""

    name: str = Field(primary_key=True)
    value: str


_WEIGHED = ("goal", "subgoal", "measure", "milestone")
"""The kinds whose rows have the column that is left over."""


def _made(kind: str) -> type[Any]:
    """The table of a kind of thing: a column for each of its fields, of the type it is annotated with."""
    of = things.KINDS[kind].of
    columns = {name: _column(kind, name) for name in things.types(kind)}
    many = things.lists(kind)
    hints = {name: list[Any] if name in many else hint for name, hint in things.types(kind).items()}
    if kind in _WEIGHED:
        columns, hints = (
            columns | {LEFT_OVER: Field(Decimal(1), sa_type=Number)},
            hints | {LEFT_OVER: Decimal},
        )
    make: Any = type(Versioned)
    body = {"__module__": __name__, "__doc__": of.__doc__, "__tablename__": kind, "__annotations__": hints}
    table: type[Any] = make(of.__name__, (Versioned,), {**body, **columns}, table=True)
    return table


def _column(kind: str, name: str) -> Any:
    """A column that holds what is annotated; a list is stored as JSON, whatever it is a list of."""
    plain, defaults = things.holds(kind, name), things.defaults(kind)
    if name in things.lists(kind):
        return Field(default_factory=lambda: list(defaults.get(name, ())), sa_type=sa.JSON)
    more = {"default": defaults[name]} if name in defaults else {}
    if plain is Decimal:
        return Field(sa_type=Number, **more)
    if isinstance(plain, type) and issubclass(plain, terms.Term):
        return Field(sa_type=Term(plain), **more)
    return Field(**more)


VERSIONED: dict[str, type[Versioned]] = {kind: _made(kind) for kind in things.KINDS}
"""Every kind of thing that can change, by table name, parents before children."""


def __getattr__(name: str) -> Any:
    """The table of a versioned thing by the name of its class."""
    for table in VERSIONED.values():
        if table.__name__ == name:
            return table
    raise AttributeError(name)
