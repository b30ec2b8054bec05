"""Take a backup that is known to be whole, restore one, and keep a sensible number of them.

A backup is one SQLite file from either database, and restores to either: from SQLite the file's own pages,
from PostgreSQL all rows.
"""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from strategy import attachments, changes, config, database, dates, integrity, texts, unfinished
from strategy.database import Database
from strategy.errors import NotFound, Refusal, Tampered, Unavailable
from strategy.i18n import _
from strategy.tables import Base

DAILY, WEEKLY, MONTHLY = 7, 4, 12
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"strategi-(\d{4}-\d\d-\d\dT\d{6}Z)\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the backup folder; `taken_at` is aware UTC, from its name."""

    file: Path
    taken_at: datetime


def take(url: str, folder: Path, now: datetime) -> Path:
    """Write a backup into `folder` and return it; nothing unchecked stands under its final name.

    Raises `Unavailable` or `Tampered` where the database is not whole, or the folder cannot be written.
    """
    with explained(), _draft(folder) as draft, _draft(folder) as tried:
        _copy(source := database.connect(url), draft)
        _carry(draft, source.files, files(folder))
        shutil.copyfile(draft, tried)  # a look brings what it looks at to the newest schema
        _check(tried)
        return unfinished.finish(draft, _free(folder, "strategi", now))


def files(folder: Path) -> Path:
    """Where the files lie that the backups in `folder` name: each once, however many backups name it."""
    return folder / "filer"


def named(file: Path) -> frozenset[str]:
    """The files that some version of a row in a SQLite file names."""
    with closing(_opened(file)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone():
            return frozenset()
        found = connection.execute("SELECT DISTINCT sha256 FROM attachment").fetchall()
    return frozenset(name for (name,) in found if isinstance(name, str) and attachments.is_name(name))


def lacking(file: Path, folder: Path) -> int:
    """How many of the files a backup names are not whole in `folder`."""
    return sum(not attachments.is_whole(folder, name) for name in named(file))


def stamp(file: Path) -> changes.Stamp:
    """How far a backup goes, with the fingerprint to note beside it."""
    with closing(_opened(file)) as connection:
        newest = connection.execute("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1").fetchone()
    number, found = newest or (0, "")
    return changes.Stamp(number, changes.fingerprint(found))


def check(file: Path) -> int:
    """The newest change id in a backup that is whole.

    Raises `NotFound`; `Unavailable` where the file is torn, no backup or from a newer version; `Tampered`.
    """
    with explained(), _draft(Path(tempfile.gettempdir())) as draft:
        return _checked_copy(file, draft)


def restore(file: Path, url: str, now: datetime, folder: Path | None = None) -> Path | None:
    """Put a backup in the place of the database at `url`, all or nothing; return what keeps what stood there.

    That is a backup in `folder` (beside `file` if not given), a damaged file renamed where it was, or None
    where there was nothing. Others at work wait, and then see the restored database. Raises as `check`.
    """
    there = database.connect(url)
    with explained(), _draft(there.file.parent if there.file else Path(tempfile.gettempdir())) as draft:
        _checked_copy(file, draft)
        _mend(draft)
        _carry(draft, files(file.parent), there.files)
        if there.file and (not _has_content(there.file) or _is_damaged(there.file)):
            there.close()
            return _replace_file(there.file, draft, now, "skadet")
        database.prepare(url)
        if there.file and _is_rebuilt(there):
            there.close()
            return _replace_file(there.file, draft, now, "endret")
        with there.writing() as session:
            kept = _keep(there, folder or file.parent, now) if changes.newest(session) else None
            _replace_rows(draft, session)
            changes.verify(session)
        return kept


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in `folder`, newest first; other files are not looked at."""
    files = folder.iterdir() if folder.is_dir() else ()
    named = ((file, _NAME.fullmatch(file.name)) for file in files)
    found = (
        Backup(file, datetime.strptime(hit[1], _STAMP).replace(tzinfo=UTC)) for file, hit in named if hit
    )
    return tuple(sorted(found, key=lambda backup: backup.taken_at, reverse=True))


def way_back(folder: Path) -> str:
    """Which backup to restore where the database is damaged: the newest that is whole."""
    good = next((each for each in listed(folder) if _is_good(each.file, each.file.stat().st_mtime_ns)), None)
    if not good:
        return _("Det er ingen hel sikkerhetskopi i {folder}. Se etter en på et annet sted.").format(
            folder=folder
        )
    form = _("Siste gode sikkerhetskopi er fra {when}. Legg den tilbake med: restore {file}")
    return form.format(when=dates.clock(good.taken_at), file=good.file)


@lru_cache(maxsize=64)
def _is_good(file: Path, _written: int) -> bool:
    try:
        check(file)
    except Refusal:
        return False
    return True


def prune(folder: Path) -> tuple[Path, ...]:
    """Remove all but the newest of each of the last 7 days, 4 weeks and 12 months that have any.

    All of the last day stay: each was taken before something was loaded, migrated or restored. Return what
    was removed.
    """
    found = listed(folder)
    kept = {backup.file for backup in found if found[0].taken_at - backup.taken_at < timedelta(days=1)}
    kept |= {
        backup.file
        for form, count in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY))
        for backup in islice(_newest_of_each(found, form), count)
    }
    gone = tuple(backup.file for backup in found if backup.file not in kept)
    for file in gone:
        file.unlink()
    if gone:
        _drop_files(folder)
    return gone


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the disk says into a refusal the user can act on: raises `Unavailable`."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = texts.why(error) if isinstance(error, OSError) else error
        raise Unavailable(
            _("Sikkerhetskopien kunne ikke lages eller leses: {why}. Ingenting er endret.").format(why=why)
        ) from error


def _carry(backup: Path, source: Path, target: Path) -> None:
    """Copy the files a backup names, but for those that are gone or altered; these `lacking` counts."""
    for name in named(backup):
        if not attachments.is_whole(target, name) and attachments.is_whole(source, name):
            attachments.put(target, attachments.content(source, name))


def _drop_files(folder: Path) -> None:
    """Remove the files no backup in `folder` names any more; none of them where one backup cannot be read."""
    try:
        kept = frozenset().union(*map(named, folder.glob("*.db")))
    except sqlite3.DatabaseError:
        return
    there = files(folder).iterdir() if files(folder).is_dir() else ()
    for file in there:
        if attachments.is_name(file.name) and file.name not in kept:
            file.unlink()


def _newest_of_each(found: Iterable[Backup], form: str) -> Iterator[Backup]:
    seen = set()
    for backup in found:
        period = backup.taken_at.strftime(form)
        if period not in seen:
            seen.add(period)
            yield backup


def _checked_copy(file: Path, draft: Path) -> int:
    """Copy a backup, bring the copy to the newest schema, and look at every row of it."""
    if not file.is_file():
        raise NotFound(_("Fant ikke sikkerhetskopien {file}.").format(file=file.name))
    said = _("Sikkerhetskopien {file} er skadet eller ufullstendig, og er ikke brukt. Velg en annen.")
    torn = Unavailable(said.format(file=file.name))
    if _is_damaged(file) or _is_cut(file):
        raise torn
    with closing(_opened(file)) as source, closing(sqlite3.connect(draft)) as target:
        if not source.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise torn
        source.backup(target)
    return _check(draft)


def _check(draft: Path) -> int:
    url = config.sqlite_url(draft)
    try:
        with database.prepare(url).reading() as session:
            if session.connection().exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Unavailable(
                    _("Databasen henger ikke sammen: rader viser til endringer som ikke finnes.")
                )
            return changes.verify(session)
    finally:
        database.connect(url).close()


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _is_damaged(file: Path) -> bool:
    try:
        with closing(_opened(file)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:  # busy or not readable, which says nothing of its content
        return False
    except sqlite3.DatabaseError:
        return True


def _is_cut(file: Path) -> bool:
    """Whether the file is shorter than it says it is; what is cut off may be only empty pages."""
    with closing(_opened(file)) as connection:
        (pages,), (size,) = (connection.execute(f"PRAGMA page_{of}").fetchone() for of in ("count", "size"))
    return bool(file.stat().st_size < pages * size)


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _is_rebuilt(there: Database) -> bool:
    with there.reader.connect() as connection:
        return bool(integrity.differences(connection))


def _mend(draft: Path) -> None:
    """Move the rows of a backup whose tables or guards are not as they should be into such as are."""
    rebuilt = database.connect(config.sqlite_url(draft))
    if not _is_rebuilt(rebuilt):
        rebuilt.close()
        return
    with _draft(draft.parent) as whole:
        made = database.prepare(config.sqlite_url(whole))
        with rebuilt.reader.connect() as there, made.writer.begin() as target:
            _copy_rows(there, target)
        for each in (rebuilt, made):
            each.close()
        whole.replace(draft)


def _keep(there: Database, folder: Path, now: datetime) -> Path:
    """Back up what is about to be replaced; one whose chain does not hold is kept as it is, renamed."""
    try:
        return take(there.url, folder, now)
    except Tampered:
        with _draft(folder) as draft:
            _copy(there, draft)
            return unfinished.finish(draft, _free(folder, "endret", now))


def _copy(source: Database, draft: Path) -> None:
    if source.file:
        with closing(source.reader.raw_connection()) as held, closing(sqlite3.connect(draft)) as here:
            held.driver_connection.backup(here)  # type: ignore[union-attr]
        return
    copy = database.connect(config.sqlite_url(draft))
    with source.reader.connect() as there:
        database.migrate(copy.url, to=database.revision(there) or "head")
        with copy.writer.begin() as target:
            _copy_as_they_are(there, target)
    copy.close()


def _copy_as_they_are(source: sa.Connection, target: sa.Connection) -> None:
    """Copy the rows of tables that may be of an older version than the program's."""
    here, there = sa.MetaData(), sa.MetaData()
    here.reflect(target)
    there.reflect(source, only=lambda name, _metadata: name in here.tables)
    for table in here.sorted_tables:
        if table.name != "alembic_version":
            _copy_table(source, there.tables[table.name], target, table)


def _replace_file(file: Path, draft: Path, now: datetime, why: str) -> Path | None:
    kept = (
        unfinished.finish(file, _free(file.parent, f"{file.stem}-{why}", now)) if _has_content(file) else None
    )
    for ending in unfinished.ENDINGS[1:]:
        file.with_name(file.name + ending).unlink(missing_ok=True)
    unfinished.finish(draft, file)
    return kept


def _replace_rows(draft: Path, session: Session) -> None:
    """Replace all rows; the triggers that guard history rest meanwhile, inside the caller's transaction."""
    here, copy = session.connection(), database.connect(config.sqlite_url(draft))
    with _unguarded(here), copy.reader.connect() as there:
        for table in reversed(Base.metadata.sorted_tables):
            here.execute(sa.delete(table))
        _copy_rows(there, here)
    copy.close()


@contextmanager
def _unguarded(connection: sa.Connection) -> Iterator[None]:
    names = [table.name for table in Base.metadata.sorted_tables]
    if connection.dialect.name == "sqlite":
        said = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(said).all()
        down = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
        up = [sql for _name, sql in triggers]
    else:
        down, up = (
            [f'ALTER TABLE "{name}" {verb} TRIGGER USER' for name in names] for verb in ("DISABLE", "ENABLE")
        )
    for statement in down:
        connection.exec_driver_sql(statement)
    yield
    for statement in up:
        connection.exec_driver_sql(statement)


def _copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    for table in Base.metadata.sorted_tables:
        _copy_table(source, table, target, table)


def _copy_table(source: sa.Connection, there: sa.Table, target: sa.Connection, here: sa.Table) -> None:
    with source.execute(sa.select(there).execution_options(yield_per=1000)) as found:
        for part in found.mappings().partitions():
            target.execute(sa.insert(here), [dict(row) for row in part])


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A temporary name in `folder`, gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with unfinished.draft(folder) as draft:
        yield draft


def _free(folder: Path, name: str, now: datetime) -> Path:
    """A name nobody has; two backups in one second must not overwrite each other."""
    while (file := folder / f"{name}-{now.astimezone(UTC).strftime(_STAMP)}.db").exists():
        now += timedelta(seconds=1)
    return file
