"""Whether the history is the one that was written: its chain, the tables and guards round it, and a paper.

What this sees and what it cannot see is told in `docs/reliability.md`, alteration by alteration.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from strategy import attachments, changes, database, tables
from strategy.changes import Stamp
from strategy.database import Database
from strategy.errors import BadInput, Damaged, Refusal, Tampered
from strategy.i18n import _, mark, plural
from strategy.tables import VERSIONED, Base

_FUNCTION = "refuse_to_alter_history"
_WORDS = {
    "table": mark("tabellen"),
    "trigger": mark("sperren"),
    "index": mark("indeksen"),
    "view": mark("visningen"),
    "function": mark("funksjonen"),
    "rule": mark("regelen"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paper says of the history up to a change; the fingerprint as it was printed, or whole."""

    change: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What a check found whole: all up to `newest`, so many files, and a paper where there was one."""

    newest: Stamp
    files: int
    against: Printed | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """How much is whole, with the fingerprint to note; and that the paper holds."""
        n = self.newest.change
        all_of_it = plural("Den ene endringen er hel.", "Alle {n} endringer er hele og i rekkefølge.", n)
        files = plural("{n} fil er som den ble lagt ved.", "{n} filer er som de ble lagt ved.", self.files)
        said = [all_of_it, self.newest.sentence, *([files] if self.files else [])]
        if self.against:
            same = _("Historikken til og med endring {n} er den som ble skrevet ut.")
            said.append(same.format(n=self.against.change))
        return tuple(said)


def printed(text: str) -> Printed:
    """Read `886:3f2a-9c10-77be-01d4-88aa`. Raises `BadInput`."""
    found = re.fullmatch(r"\s*(\d{1,9})\s*:\s*([0-9a-fA-F][0-9a-fA-F\s-]*)", text)
    if not found or len(re.sub(r"[\s-]", "", found[2])) not in (20, 64):
        said = _(
            "Skriv nummeret på endringen, kolon og hele fingeravtrykket, som 886:3f2a-9c10-77be-01d4-88aa."
        )
        raise BadInput(said, _("Fingeravtrykk"))
    return Printed(int(found[1]), found[2])


def whole(session: Session, folder: Path, against: Printed | None = None) -> Whole:
    """Look at all there is: the history, what guards it, a paper, and the files. Raises `Tampered`."""
    return Whole(verify(session, against), check_files(session, folder), against)


def verify(session: Session, against: Printed | None = None) -> Stamp:
    """Walk the whole history, look at what guards it, and compare with a paper where there is one.

    Return the newest change with its fingerprint. Raises `Tampered`, with the change at fault, or 0 where
    the fault is in the tables or their guards.
    """
    newest = changes.verify(session)
    if found := differences(session.connection()):
        said = _(
            "Databasen er bygd om utenom programmet: {what}. Endringene er som de ble skrevet. Ta en "
            "sikkerhetskopi og legg den tilbake, så er tabeller og sperrer som de skal."
        )
        raise Tampered(said.format(what="; ".join(found)), 0)
    if against:
        _compare(session, newest, against)
    return changes.stamp(session, newest)


def check_files(session: Session, folder: Path) -> int:
    """Look at every file some version of a row names; return how many there are.

    Raises `Tampered`, with the first change at fault, where one is gone or not as it was kept.
    """
    t = tables.Attachment.__table__.c
    first = sa.select(t.sha256, sa.func.min(t.title), sa.func.min(t.change_id)).group_by(t.sha256)
    named = session.execute(first.order_by(sa.func.min(t.change_id))).all()
    if gone := [row for row in named if not attachments.is_whole(folder, row[0])]:
        said = _(
            "Filer som er lagt ved, er borte eller endret i mappa {folder}: {names}. Hent dem fra en "
            "sikkerhetskopi."
        )
        names = ", ".join(f"«{title}»" for _name, title, _change in gone)
        raise Tampered(said.format(folder=folder.name, names=names), gone[0][2])
    return len(named)


def damage(there: Database) -> Damaged | None:
    """What is wrong with a database, to be asked when something went wrong for no other reason."""
    try:
        with there.reading() as session:
            changes.verify(session)
    except Tampered as found:
        said = _("Databasen er skadet eller endret utenom programmet. {found}")
        return Damaged(said.format(found=found))
    except Damaged as found:
        return found
    except Refusal:
        return None
    return None


def differences(connection: sa.Connection) -> tuple[str, ...]:
    """How the tables and the guards of history differ from what the migrations make, in words."""
    sqlite = connection.dialect.name == "sqlite"
    wanted = database.schema() if sqlite else _wanted()
    found = database.schema_of(connection) if sqlite else frozenset(_found(connection))
    version = () if database.revision(connection) == database.head() else (_("versjonsnummeret er endret"),)
    return (*_told(_by_name(wanted), _by_name(found)), *version)


def _by_name(schema: frozenset[tuple[str, str, str]]) -> Mapping[tuple[str, str], str]:
    return {(kind, name): sql for kind, name, sql in schema}


def _told(wanted: Mapping[tuple[str, str], str], found: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for kind, name in sorted({*wanted, *found}):
        if (kind, name) not in found:
            form = _("{kind} {name} mangler")
        elif (kind, name) not in wanted:
            form = _("{kind} {name} er lagt til")
        elif wanted[kind, name] != found[kind, name]:
            form = _("{kind} {name} er endret")
        else:
            continue
        yield form.format(kind=_(_WORDS[kind]), name=name)


def _compare(session: Session, newest: int, paper: Printed) -> None:
    n = paper.change
    if not 1 <= n <= newest:
        said = _(
            "Endring {n} finnes ikke i databasen; den nyeste er {newest}. Noe som ble skrevet ut, er borte."
        )
        raise Tampered(said.format(n=n, newest=newest), n)
    if not changes.is_of(paper.fingerprint, changes.hash_of(session, n)):
        said = _(
            "Historikken til og med endring {n} er ikke den som ble skrevet ut: fingeravtrykket er nå "
            "{fingerprint}."
        )
        raise Tampered(said.format(n=n, fingerprint=changes.stamp(session, n).fingerprint), n)


def _wanted() -> frozenset[tuple[str, str, str]]:
    """What PostgreSQL says of our tables and their guards, as the migrations make them."""
    history = ("change", *VERSIONED)
    tables = {("table", table.name, "") for table in Base.metadata.sorted_tables}
    guards = {("trigger", f"{name}.{name}_is_history", f"O 58 {_FUNCTION}") for name in history}
    refuses = "BEGIN RAISE EXCEPTION 'history is never altered'; END"
    return frozenset({*tables, *guards, ("function", _FUNCTION, refuses)})


def _found(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    """Every table, view, trigger and rule of ours, and the function behind the triggers."""
    ours = {"ours": [table.name for table in Base.metadata.sorted_tables], "name": _FUNCTION}
    for kind, name, said in connection.execute(sa.text(_CATALOG), ours):
        yield kind, name, said.strip()


_CATALOG = """
WITH ours AS (
    SELECT oid, relname, relkind FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind <> 'i' AND relname = ANY(:ours)
)
SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'view' END, relname::text, '' FROM ours
UNION ALL
SELECT 'trigger', ours.relname || '.' || t.tgname,
    t.tgenabled::text || ' ' || t.tgtype::text || ' ' || p.proname
FROM pg_trigger t JOIN ours ON ours.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', ours.relname || '.' || r.rulename, ''
FROM pg_rewrite r JOIN ours ON ours.oid = r.ev_class WHERE ours.relkind = 'r'
UNION ALL
SELECT 'function', proname::text, prosrc FROM pg_proc
WHERE proname = :name AND pronamespace = current_schema()::regnamespace
"""
