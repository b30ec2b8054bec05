"""How one write is done: read what stands, check the version the form was opened with, append one change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables, texts, things
from strategy.errors import BadInput, Conflict, NotFound
from strategy.i18n import _
from strategy.record.by import By
from strategy.terms import Part

T = TypeVar("T", bound=tables.Versioned)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save became; `again` where the very same stood there already, as after a second click.

    `left_out` says what was said and does not belong there, in sentences.
    """

    key: str
    version: int
    change_id: int
    recorded_at: datetime
    again: bool = False
    left_out: tuple[str, ...] = ()


def save(by: By, row: tables.Versioned) -> Saved:
    """Write one row as one change, unless it stands there already.

    Something new (version 1) may take the place of what was retired.
    """
    if standing := _standing(by.session, row):
        moment = recorded_at(by.session, standing["change_id"])
        return Saved(row.key, standing["version"], standing["change_id"], moment, again=True)
    change = changes.append(by.session, by.actor, [row], via=by.via, reason="", now=by.now)
    return Saved(row.key, row.version, change.id, by.now)


def save_many(by: By, rows: Sequence[tables.Versioned]) -> Saved | None:
    """Write those of the rows that do not stand there already as one change; None where all of them do.

    All or nothing. Raises `Conflict` at the first row somebody else has saved since.
    """
    fresh = [row for row in rows if not _standing(by.session, row)]
    if not fresh:
        return None
    change = changes.append(by.session, by.actor, fresh, via=by.via, reason="", now=by.now)
    return Saved(fresh[0].key, fresh[0].version, change.id, by.now)


def next_key(
    session: Session,
    table: type[tables.Versioned],
    strategy: str,
    prefix: str,
    taken: Collection[str] = (),
) -> str:
    """The prefix with the next free number, after those `taken`; also what is retired keeps its own."""
    t = table.__table__.c
    mine = (t.strategy == strategy) & t.key.startswith(prefix, autoescape=True)
    count = session.execute(sa.select(sa.func.count(t.key.distinct())).where(mine)).scalar_one()
    return f"{prefix}{count + 1 + sum(key.startswith(prefix) for key in taken)}"


def _standing(session: Session, row: tables.Versioned) -> Mapping[str, Any] | None:
    """What stands there, where it is the same. Raises `Conflict` where the form is of another version."""
    table = type(row)
    standing = current(session, table, row.strategy, row.key)
    version = standing["version"] if standing else 0
    same = standing is not None and _said(table, standing) == _said(table, row.model_dump())
    if standing and same:
        return standing
    if standing and standing["retired"] and row.version == 1:  # to whoever saw nothing there, it is new
        row.version = version + 1
    if version != row.version - 1:
        raise conflict(row.key, standing)
    return None


def conflict(key: str, standing: Mapping[str, Any] | None, clashes: Sequence[Any] = ()) -> Conflict:
    """Somebody else has saved since the form was opened; both texts are to be seen."""
    said = _(
        "Noen andre har lagret siden du åpnet dette. Din tekst er ikke lagret ennå; se på begge og velg."
    )
    version = standing["version"] if standing else 0
    return Conflict(said, key, version, dict(standing or {}), tuple(clashes))


@cache
def _newest(table: type[tables.Versioned]) -> sa.Select[Any]:
    """The newest version of the thing `named`; made once, as every write asks for several."""
    t: sa.Table = table.__table__
    mine = (t.c.strategy == sa.bindparam("of")) & (t.c.key == sa.bindparam("named"))
    return sa.select(t).where(mine).order_by(t.c.version.desc()).limit(1)


def _said(table: type[tables.Versioned], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in (*tables.fields_of(table), "retired")}


def current(
    session: Session, table: type[tables.Versioned], strategy: str, key: str
) -> Mapping[str, Any] | None:
    """The newest version of a thing, retired or not."""
    found = session.execute(_newest(table), {"of": strategy, "named": key}).mappings().first()
    return dict(found) if found else None


def live(
    session: Session, table: type[tables.Versioned], strategy: str, key: str
) -> Mapping[str, Any] | None:
    """The newest version of a thing that is not retired."""
    standing = current(session, table, strategy, key)
    return standing if standing and not standing["retired"] else None


def all_live(
    session: Session, table: type[tables.Versioned], strategy: str, **equal: Any
) -> list[dict[str, Any]]:
    """Every thing of a kind that is not retired, where its fields are `equal`, in the order of keys."""
    t: sa.Table = table.__table__
    mine = t.c.strategy == strategy
    top = (
        sa.select(t.c.key, sa.func.max(t.c.version).label("version")).where(mine).group_by(t.c.key).subquery()
    )
    newest = t.join(top, (t.c.key == top.c.key) & (t.c.version == top.c.version))
    wanted = [mine, ~t.c.retired, *(t.c[name] == value for name, value in equal.items())]
    rows = session.execute(sa.select(t).select_from(newest).where(*wanted).order_by(t.c.key)).mappings()
    return [dict(row) for row in rows]


def drafted(
    table: type[T],
    strategy: str,
    key: str,
    base_version: int,
    *,
    standing: Mapping[str, Any] | None,
    said: Mapping[str, Any],
) -> T:
    """A row that says `said`, its texts cleaned, on top of what stands; the rest stays as it is.

    Raises `NotFound` where it has been taken out, `BadInput` for a text that cannot be used.
    """
    if standing and standing["retired"]:
        raise NotFound(_("Fant ikke «{key}». Kanskje er det tatt ut siden du åpnet siden.").format(key=key))
    kept = {name: standing[name] for name in tables.fields_of(table)} if standing else {}
    fresh = {name: cleaned(table, name, value) for name, value in said.items()}
    return table(strategy=strategy, key=key, version=base_version + 1, change_id=0, **{**kept, **fresh})


def cleaned(table: type[tables.Versioned], name: str, value: Any) -> Any:
    """A value as it is kept: a text cleaned as its field is declared. Raises `BadInput`."""
    shape = things.shapes(str(table.__tablename__))[name]
    if isinstance(value, str) and shape.limit:
        return texts.clean(value, shape.limit, shape.refused, one_line=shape.one_line)
    return list(value) if isinstance(value, tuple | list | set | frozenset) else value


def responsible(session: Session, strategy: str, measure: str, today: date) -> frozenset[str]:
    """Who may report on a measure without being the secretariat: who answers for it today, by adoption."""
    held = _held(session, strategy, measure, today)
    return frozenset(row["person"] for row in held if row["part"] is Part.RESPONSIBLE and not row["proposal"])


def senders(session: Session, strategy: str, measure: str, today: date) -> frozenset[str]:
    """Who may send in a draft on a measure: those who answer for it or contribute, also by a proposal."""
    return frozenset(row["person"] for row in _held(session, strategy, measure, today) if row["part"].reports)


def _held(session: Session, strategy: str, measure: str, today: date) -> Iterator[Mapping[str, Any]]:
    """Each responsibility for a measure that holds today."""
    t = tables.Responsibility.__table__.c
    people = session.execute(
        sa.select(t.person).distinct().where(t.strategy == strategy, t.measure == measure)
    ).scalars()
    held = (live(session, tables.Responsibility, strategy, f"{measure}@{person}") for person in people)
    return (row for row in held if row and dates.holds(row["since"], row["until"], today))


def recorded_at(session: Session, change_id: int) -> datetime:
    """When a change was recorded."""
    t = tables.Change.__table__.c
    moment: datetime = session.execute(sa.select(t.recorded_at).where(t.id == change_id)).scalar_one()
    return moment


def check_number(number: Decimal | None, field: str) -> None:
    """Raise `BadInput` for a number no file or database can keep."""
    if number is None:
        return
    if not number.is_finite() or abs(number) >= 10**15 or number != round(number, 9):
        raise BadInput(_("Tallet er for stort eller har for mange desimaler."), field)


def check_year(year: int) -> None:
    """Raise `BadInput` for what is no year of ours."""
    if not 1900 <= year <= 2200:
        raise BadInput(_("«{year}» er ikke et årstall. Skriv for eksempel 2026.").format(year=year), _("År"))
