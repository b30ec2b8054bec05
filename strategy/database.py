"""Open the database: engines, pragmas, transactions, migration to the newest schema.

SQLite recipe and its measurements: `docs/reliability.md`. Writers begin IMMEDIATE, so two of them wait for
each other; on PostgreSQL one advisory lock does the same. The order of change ids is thereby the order of
commits.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from strategy import config, unfinished
from strategy.errors import Conflict, Damaged, Unavailable, Uncertain
from strategy.i18n import _
from strategy.tables import unreadable

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10
APPLICATION = 0x4E4F4B55  # "NOKU": whose file it is
_WRITER_LOCK = APPLICATION  # any number, the same in every process
_SAFE_BACKPORTS = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the fix for the WAL-reset bug (https://sqlite.org/wal.html#walresetbug)."""
    return version >= (3, 51, 3) or version >= _SAFE_BACKPORTS.get(version[:2], (9, 9, 9))


@dataclass(frozen=True, slots=True)
class Database:
    """One database, with an engine that can only read and one that writes."""

    url: str
    reader: sa.Engine
    writer: sa.Engine
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one moment and can write nothing."""
        with _translated(), Session(self.reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that no other writer runs beside; committed at the end, rolled back on any error.

        Raises `Conflict` when a version was taken, `Unavailable` when the database is busy or full before the
        commit, `Uncertain` when the commit itself failed: then only a new look tells whether it was saved.
        """
        with _translated(), self._in_turn(), Session(self.writer, expire_on_commit=False) as session:
            _wait_for_turn(session.connection())
            yield session
            session.flush()
            _commit(session)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Queue the threads of this process: SQLite's own waiting is unfair, and starved one in 480 saves."""
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise _unavailable("busy")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Let go of every connection."""
        self.reader.dispose()
        self.writer.dispose()

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None on another database."""
        url = sa.make_url(self.url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def kind(self) -> str:
        """The product as its makers write it."""
        return "SQLite" if self.file else "PostgreSQL"

    @property
    def files(self) -> Path:
        """The folder with what is attached: beside the SQLite file, else in the data folder."""
        beside = self.file.with_suffix("") if self.file else config.settings().data_dir / "strategy"
        return beside.with_name(f"{beside.name}-filer")


@cache
def connect(url: str) -> Database:
    """Return the one `Database` of this process for `url`; nothing is opened before it is used."""
    try:
        return Database(url, _engine(url, write=False), _engine(url, write=True))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError):
        raise Unavailable(
            _("Databaseadressen kan ikke brukes. Skriv sqlite:///sti/til/fil.db eller postgresql+psycopg://…")
        ) from None


def prepare(url: str) -> Database:
    """Make the folder and the schema where they are missing, and check a database that is there.

    Raises `Unavailable` where the file is damaged or emptied, is no database, or is another program's or a
    newer version's.
    """
    database = connect(url)
    if (file := database.file) and file.parent != Path():
        file.parent.mkdir(parents=True, exist_ok=True)
    with _translated():
        if file and not file.exists():
            _make(file)
        elif file and file.is_file() and not file.stat().st_size:
            _refuse_emptied(database)
        with database.reader.connect() as connection:
            _check_whole(connection)
            _check_ours(connection)
            state = revision(connection)
        if state != head():
            migrate(url, state)
    return database


def size(session: Session) -> int:
    """How many bytes the database takes; of SQLite its pages, without what is written to a journal."""
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    is_file = session.connection().dialect.name == "sqlite"
    asked = pages if is_file else "SELECT pg_database_size(current_database())"
    return int(session.connection().exec_driver_sql(asked).scalar_one())


_migrating = threading.Lock()  # alembic keeps what it is doing in a global


def head() -> str:
    """The newest schema revision this program knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def is_behind(url: str) -> bool:
    """Whether there is a database of an older version at `url`, which `prepare` would migrate."""
    database = connect(url)
    if database.file and not (database.file.is_file() and database.file.stat().st_size):
        return False
    with _translated(), database.reader.connect() as connection:
        _check_ours(connection)
        return revision(connection) in _known() - {head()}


def revision(connection: sa.Connection) -> str | None:
    """The revision the schema of a database is at; None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def migrate(url: str, state: str | None = None, to: str = "head") -> None:
    """Bring the schema to `head`, or as far as is asked.

    Raises `Unavailable` when the database is at a revision not known here.
    """
    known = _known()
    if state is not None and state not in known:
        raise Unavailable(_unknown(older=state < min(known)))
    with connect(url).writer.begin() as connection:
        _wait_for_turn(connection)
        _upgrade(connection, to)


def _upgrade(connection: sa.Connection, to: str = "head") -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with _migrating:
        command.upgrade(config, to)


@cache
def schema() -> frozenset[tuple[str, str, str]]:
    """Kind, name and SQL of all that the migrations make in a SQLite file."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        _upgrade(connection)
        return schema_of(connection)


def schema_of(connection: sa.Connection) -> frozenset[tuple[str, str, str]]:
    """Kind, name and SQL of all there is in a SQLite file, but for what SQLite keeps for itself.

    The SQL is on one line: where SQLite breaks it depends on whether a column was there from the first.
    """
    said = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite$_%' ESCAPE '$'"
    found = connection.exec_driver_sql(said)
    return frozenset((kind, name, " ".join((sql or "").split())) for kind, name, sql in found)


def _unknown(*, older: bool) -> str:
    if older:
        return _(
            "Databasen er laget av en prøveversjon fra før første utgave, og kan ikke åpnes. "
            "Flytt den, og lag en ny av planfila."
        )
    return _("Databasen er laget av en nyere versjon av programmet. Oppdater programmet og prøv igjen.")


def _engine(url: str, *, write: bool) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            parsed,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            pool_size=8,
            max_overflow=32,
            json_deserializer=_parsed,
        )
        sa.event.listen(engine, "connect", _sqlite_connected(write=write))
        sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN"))
        return engine
    isolation = "READ COMMITTED" if write else "REPEATABLE READ"
    engine = sa.create_engine(
        parsed, pool_size=8, max_overflow=32, pool_pre_ping=True, isolation_level=isolation
    )
    if not write:
        sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("SET TRANSACTION READ ONLY"))
    return engine


def _parsed(text: str | bytes) -> Any:
    """JSON as the program stores it: a list or an object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(found, list | dict):
        raise unreadable()
    return found


def _sqlite_connected(*, write: bool) -> Callable[[Any, Any], None]:
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    pragmas = [
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "recursive_triggers=ON",
        *([f"journal_mode={journal}", "synchronous=FULL"] if write else ["query_only=ON"]),
    ]

    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the default mode loses updates
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return connected


def _wait_for_turn(connection: sa.Connection) -> None:
    """Let one writer in at a time; SQLite has done it when it began IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))


def _make(file: Path) -> None:
    """Make a file with the schema in it under another name, and name it when whole.

    Nobody meets a file of no bytes, and of two programs that start at once one comes first.
    """
    with unfinished.draft(file.parent) as temporary:
        made = connect(f"sqlite:///{temporary}")
        try:
            migrate(made.url)
            made.close()
            _name(temporary, file)
        finally:
            made.close()


def _name(temporary: Path, file: Path) -> None:
    """Give a whole file its name, unless another came first."""
    with suppress(FileExistsError):
        try:
            os.link(temporary, file)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if not file.exists():
                temporary.rename(file)


def _refuse_emptied(database: Database) -> None:
    """Raise `Unavailable` for a file of no bytes, unless another process is about to fill it.

    A plan that was lost to a bad copy or a full disk must not become a new, empty plan in silence.
    """
    with database.writer.begin() as connection:
        if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            raise Unavailable(
                _(
                    "Databasefila er tom. Hent tilbake siste sikkerhetskopi, "
                    "eller slett fila og begynn på nytt."
                )
            )


def _check_whole(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise Damaged(
            _("Databasefila er skadet. Hent tilbake siste sikkerhetskopi: se «Gjenopprette» i README.")
        )


def _check_ours(connection: sa.Connection) -> None:
    """Raise `Unavailable` for another program's SQLite file, which is only looked at.

    Ours says so by its `application_id`; those from before that are known by their tables.
    """
    if connection.dialect.name != "sqlite":
        return
    made_by = connection.exec_driver_sql("PRAGMA application_id").scalar()
    there = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    older = not made_by and (not there or there >= {"alembic_version", "change", "status_report"})
    if made_by != APPLICATION and not older:
        raise Unavailable(
            _(
                "Databasefila er laget av et annet program, og er ikke rørt. "
                "Velg en annen fil, eller et navn som ikke er i bruk."
            )
        )


def _commit(session: Session) -> None:
    try:
        session.commit()
    except sa.exc.OperationalError as error:
        session.invalidate()  # else the pool takes the connection back with its transaction and locks
        if any(certain in str(error.orig).lower() for certain in ("locked", "busy", "disk is full")):
            raise  # SQLite says these before the point of no return
        raise Uncertain(
            _("Lagringen ble avbrutt av en feil på disken. Last siden på nytt og se om endringen er der.")
        ) from error


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the driver's errors into refusals the user can act on."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise Conflict(
            _("Noen andre lagret det samme samtidig. Se på begge før du lagrer igjen."), "", 0, {}
        ) from error
    except sa.exc.DBAPIError as error:
        raise _unavailable(str(error.orig).lower()) from error
    except UnicodeDecodeError as error:  # SQLite hands out a damaged page as text
        raise _unavailable("could not decode") from error
    except sa.exc.TimeoutError as error:
        raise _unavailable("busy") from error


def _unavailable(said: str) -> Unavailable:
    if any(damage in said for damage in _DAMAGE):
        return Damaged(
            _("Databasefila er skadet. Hent tilbake siste sikkerhetskopi: se «Gjenopprette» i README.")
        )
    return Unavailable(_reason(said))


_DAMAGE = ("not a database", "malformed", "could not decode")


def _reason(said: str) -> str:
    if "locked" in said or "busy" in said:
        return _("Databasen er opptatt. Ingenting er lagret. Prøv igjen om litt.")
    if "disk is full" in said or "no space left" in said:
        return _("Disken er full. Ingenting er lagret. Frigjør plass og prøv igjen.")
    if "readonly" in said:
        return _(
            "Databasen kan bare leses. Ingenting er lagret. Gi programmet skrivetilgang til fila og mappa."
        )
    return _("Databasen svarer ikke. Ingenting er lagret. Sjekk at den er i gang, og at adressen er riktig.")
