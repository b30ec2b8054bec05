"""Changes: append one, chain them by hash, find the one that was altered."""

import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from strategy import dates
from strategy.access import Actor
from strategy.errors import Tampered
from strategy.i18n import _
from strategy.tables import IDENTITY, VERSIONED, Change, Moment, Number, Term, Versioned
from strategy.terms import Via

GENESIS = "0" * 64
_SHORT, _GROUP = 20, 4
"""How much of a hash a person is asked to compare: 80 bits, in groups of four letters."""

T = TypeVar("T")


class Action(StrEnum):
    """What happened to a thing between two states."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing before and after; an added or retired one lists all its fields against None."""

    kind: str
    key: str
    action: Action
    fields: tuple[FieldChange, ...]

    def field(self, name: str) -> FieldChange | None:
        """The change of one field, if it changed."""
        return next((change for change in self.fields if change.field == name), None)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A change and the fingerprint of all that was written up to it, to print and compare with later."""

    change: int
    fingerprint: str

    @property
    def sentence(self) -> str:
        """«Historikken til og med endring 886 har fingeravtrykket …»."""
        form = _("Historikken til og med endring {n} har fingeravtrykket {fingerprint}.")
        return form.format(n=self.change, fingerprint=self.fingerprint)


def edit_between(
    kind: str, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Edit | None:
    """Compare two states of one thing; None where they are equal."""
    if before == after:
        return None
    action = Action.ADDED if before is None else Action.RETIRED if after is None else Action.CHANGED
    names = (after if before is None else before) or {}
    old, new = before or {}, after or {}
    fields = (FieldChange(name, old.get(name), new.get(name)) for name in names)
    shown = (f for f in fields if action is not Action.CHANGED or f.before != f.after)
    return Edit(kind, key, action, tuple(shown))


def standing(versions: Sequence[T], via: Callable[[T], Via]) -> list[T]:
    """Those of a thing's versions, oldest first and from its first, that no undoing has taken back.

    An undoing takes back the version before it, and so says what the one before that says.
    """
    found, at = [], len(versions) - 1
    while at >= 0:
        undone = via(versions[at]) is Via.UNDO
        found += [] if undone else [versions[at]]
        at -= 2 if undone else 1
    return found[::-1]


def newest(session: Session) -> int:
    """The id of the newest change; 0 in an empty database."""
    return session.execute(sa.select(sa.func.max(_CHANGE.c.id))).scalar() or 0


def hash_of(session: Session, number: int) -> str:
    """The hash of a change, which stands for all up to it; empty where there is no such change."""
    return session.execute(sa.select(_CHANGE.c.hash).where(_CHANGE.c.id == number)).scalar() or ""


def stamp(session: Session, number: int) -> Stamp:
    """The fingerprint of the history up to a change."""
    return Stamp(number, fingerprint(hash_of(session, number)))


def fingerprint(hash: str) -> str:
    """A hash as it is printed and typed: `3f2a-9c10-77be-01d4-88aa`."""
    return "-".join(hash[at : at + _GROUP] for at in range(0, min(len(hash), _SHORT), _GROUP))


def is_of(fingerprint: str, hash: str) -> bool:
    """Whether a fingerprint, as printed or whole, is that of a hash; one cut shorter is that of none."""
    typed = re.sub(r"[\s-]", "", fingerprint).lower()
    return len(typed) in (_SHORT, len(GENESIS)) and hash.startswith(typed)


def newest_on(session: Session, day: date) -> int:
    """The id of the newest change recorded on or before `day` in Norway; 0 where there is none."""
    until = dates.end_of_day(day)
    return (
        session.execute(sa.select(sa.func.max(_CHANGE.c.id)).where(_CHANGE.c.recorded_at < until)).scalar()
        or 0
    )


def moments(session: Session, as_of: int) -> dict[int, datetime]:
    """When each change up to `as_of` was recorded."""
    found = sa.select(_CHANGE.c.id, _CHANGE.c.recorded_at).where(_CHANGE.c.id <= as_of)
    return dict(session.execute(found).all())


def append(
    session: Session, actor: Actor, rows: Sequence[Versioned], *, via: Via, reason: str, now: datetime
) -> Change:
    """Insert `rows` as one new change and return it; the caller's transaction must be a writing one.

    Each row carries its strategy, key and version; its `change_id` is set here.
    """
    last = newest(session)
    number, before = last + 1, hash_of(session, last) or GENESIS
    for row in rows:
        row.change_id = number
    digests = sorted(_digest_of(type(row).__table__, row.model_dump()) for row in rows)
    change = Change(
        id=number, recorded_at=now, actor=actor.name, via=via, reason=reason, prev_hash=before, hash=""
    )
    change.hash = _link(_bound(_CHANGE, change.model_dump()), digests)
    session.execute(sa.insert(_CHANGE).values(change.model_dump()))
    for table, values in _grouped(rows).items():
        session.execute(sa.insert(table), values)
    return change


def verify(session: Session) -> int:
    """Walk the whole chain and return the number of changes.

    Raises `Tampered` with the first change that does not hold: altered, missing, or with rows altered, added
    or removed. The newest changes can be cut off unseen by whoever owns the file: compare `newest` with a
    paper or a backup.
    """
    with _bytes_readable(session):
        digests = _row_digests(session)
        before = GENESIS
        number = 0
        columns = _CHANGE.c.keys()
        for raw in session.execute(_raw(_CHANGE).order_by(sa.text("id"))):
            number += 1
            change = dict(zip(columns, raw, strict=True))
            if change["id"] != number:
                raise Tampered(_("Endring {n} mangler i databasen.").format(n=number), number)
            if change["prev_hash"] != before or change["hash"] != _link(
                change, sorted(digests.pop(number, []))
            ):
                raise Tampered(_("Endring {n} er endret utenom programmet.").format(n=number), number)
            before = change["hash"]
    if digests:
        stray = min(digests, key=str)
        raise Tampered(_("Det er lagt inn rader for endring {n}, som ikke finnes.").format(n=stray), stray)
    return number


_CHANGE: sa.Table = Change.__table__


def _grouped(rows: Iterable[Versioned]) -> dict[sa.Table, list[dict[str, Any]]]:
    groups: dict[sa.Table, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[type(row).__table__].append(row.model_dump())
    return groups


def _link(change: Mapping[str, Any], digests: list[str]) -> str:
    said = [change[name] for name in ("id", "recorded_at", "via", "prev_hash")]
    return _sha([*said, _sha(change["actor"]), _sha(change["reason"]), digests])


def _digest_of(table: sa.Table, values: Mapping[str, Any]) -> str:
    return _digest(table, _bound(table, values))


def _digest(table: sa.Table, stored: Mapping[str, Any]) -> str:
    """Hash one row, without its empty columns and in order of name: a later migration can then add some."""
    said = sorted(
        (c.name, _canonical(c, stored[c.name])) for c in table.columns if stored[c.name] is not None
    )
    return _sha([table.name, said])


def _bound(table: sa.Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they will stand in the database."""
    return {
        c.name: c.type.process_bind_param(values[c.name], None)
        if isinstance(c.type, Moment | Number | Term)
        else values[c.name]
        for c in table.columns
    }


def _canonical(column: sa.Column[Any], value: Any) -> Any:
    """One stored value, alike from both databases; free text as its digest, so that it can be redacted."""
    if isinstance(column.type, sa.JSON):
        return _sha(_parsed(value) if isinstance(value, str) else value)
    if isinstance(column.type, sa.Boolean):
        return bool(value) if value in (0, 1) else value  # SQLite lets 2 in, and reads it as true
    if isinstance(column.type, sa.Date):
        return value.isoformat() if isinstance(value, date) else value
    if isinstance(value, str) and column.name not in IDENTITY:
        return _sha(value)
    return value


def _parsed(text: str) -> Any:
    """The JSON, which must stand exactly as the program writes it."""
    value = json.loads(text)
    return value if json.dumps(value) == text else text


def _sha(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _row_digests(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for kind in VERSIONED.values():
        table: sa.Table = kind.__table__
        names = table.c.keys()
        for raw in session.execute(_raw(table)):
            stored = dict(zip(names, raw, strict=True))
            try:
                found[stored["change_id"]].append(_digest(table, stored))
            except (ValueError, RecursionError):  # JSON that is no longer JSON
                found[stored["change_id"]].append("")
    return found


def _raw(table: sa.Table) -> sa.Select[Any]:
    """Select every column as stored, past the types that would refuse an altered value."""
    columns: list[sa.ColumnClause[Any]] = [sa.literal_column(f'"{c.name}"') for c in table.columns]
    return sa.select(*columns).select_from(table)


class _bytes_readable:
    """Let SQLite hand out text that is no longer UTF-8, instead of failing before the change can be named."""

    def __init__(self, session: Session) -> None:
        self.connection = session.connection().connection.driver_connection

    def __enter__(self) -> None:
        if isinstance(self.connection, sqlite3.Connection):
            self.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

    def __exit__(self, *_exc: object) -> None:
        if isinstance(self.connection, sqlite3.Connection):
            self.connection.text_factory = str
