"""Open the databases the program runs on: the organisation's own, filled once from its file, and the example.

Cheap once they are open; a file that was removed, restored or remade since is opened anew.
"""

import logging
import os
import tempfile
import threading
import zlib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from sqlmodel import Session

from strategy import backup, changes, config, database, example, record, sync, tables, unfinished
from strategy.access import Actor, Role
from strategy.config import Settings
from strategy.database import Database
from strategy.errors import BadInput, Unavailable
from strategy.i18n import _
from strategy.terms import Via

PROGRAM = Actor("programmet", Role.SECRETARIAT)

logger = logging.getLogger("strategy")

_opened: dict[str, tuple[int, int]] = {}
_opening = threading.Lock()


def open_database(settings: Settings, now: datetime) -> Database:
    """The organisation's own database: made, migrated, and filled from the strategy file where it is empty.

    Later edits of the file are never loaded here. Raises `BadInput` with every problem in the file, and
    `Unavailable`; then nothing is loaded.
    """
    opened = database.connect(settings.database_url)
    with _opening:
        if not _is_open(opened):
            opened.close()
            clear(settings)
            prepare(settings, now)
            load_first(opened, settings.strategy_file, now)
            _seal(opened)
            _opened[opened.url] = _identity(opened)
    return opened


def prepare(settings: Settings, now: datetime) -> Path | None:
    """Bring the database to this version; return the backup taken first of one that was of an older.

    Raises as `database.prepare` and `backup.take`.
    """
    url = settings.database_url
    kept = backup.take(url, settings.backups, now) if database.is_behind(url) else None
    database.prepare(url)
    if kept:
        logger.warning("The database was of an older version. A backup from before: %s", kept)
    return kept


def clear(settings: Settings) -> None:
    """Remove the whole copies that killed backups, restores and first starts left under way."""
    opened = database.connect(settings.database_url)
    beside = [opened.file.parent] if opened.file else []
    own = {settings.data_dir, settings.backups, opened.files, backup.files(settings.backups), *beside}
    for folder in (*own, Path(tempfile.gettempdir())):
        for left in unfinished.clear(folder, older=folder in own):
            logger.warning("Removed what a process that was killed left under way: %s", left)


def load_first(opened: Database, path: Path, now: datetime) -> bool:
    """Load the plan in `path` as the first change of an empty database, and tell whether that was needed.

    Raises `BadInput` with every problem in the file.
    """
    with opened.reading() as session:
        if changes.newest(session):
            return False
    file = sync.opened(path)
    with opened.writing() as session:
        if changes.newest(session):  # another process came first
            return False
        changeset = sync.compared(session, file)
        by = record.By(session, PROGRAM, changeset.strategy, now, Via.YAML)
        sync.apply(by, changeset, reason=_("Første innlasting"))
    return True


def _seal(opened: Database) -> None:
    """Seal the answers on confidence that were given before they were sealed."""
    with opened.reading() as session:
        if not record.has_unsealed(session):
            return
    with opened.writing() as session:
        record.seal_older(session)


def open_example(settings: Settings) -> Database:
    """The example database, made where it is missing and made anew where it tells an older story."""
    opened = database.connect(settings.example_url)
    with _opening:
        if not _is_open(opened):
            make_example(opened)
            _opened[opened.url] = _identity(opened)
    return opened


def make_example(target: Database, until: date | None = None) -> bool:
    """Fill `target` with the made-up story, to `until` or to its own day, and tell whether that was needed.

    A file is made under another name and renamed when whole: nobody meets half a story. An older story is
    replaced, and so is any where `until` is given. Raises `BadInput` where `target` holds anything else.
    """
    told = _told(target)
    if told and (target.file is None or (told == _story() and until is None)):
        return False
    if target.file is None:
        _fill(target, until)
    else:
        _make_file(target, target.file, until)
    return True


def _make_file(target: Database, file: Path, until: date | None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with unfinished.draft(file.parent) as temporary:
        made = database.prepare(config.sqlite_url(temporary))
        try:
            _fill(made, until)
            made.close()
            target.close()
            os.replace(temporary, file)
        finally:
            made.close()


def _fill(made: Database, until: date | None) -> None:
    with made.writing() as session:
        if not example.fill(session, until or example.DEMO_DAY):
            raise BadInput(_("Eksempelet begynner senere. Velg en senere dag."))
        if made.file:
            session.connection().exec_driver_sql(f"PRAGMA user_version={_story()}")


def _told(target: Database) -> int:
    """The number of the story in `target`, 0 for none. Raises `BadInput` where there is anything else."""
    if target.file is None:
        database.prepare(target.url)
    elif not target.file.exists():
        return 0
    try:
        with target.reading() as session:
            first = session.get(tables.Change, 1)
            number = _number(session) if target.file else 1
    except Unavailable:
        said = _("{file} er ikke en eksempeldatabase. Flytt fila, eller velg et annet sted.")
        raise BadInput(said.format(file=target.file)) from None
    if first and first.via is not Via.EXAMPLE:
        raise BadInput(
            _("Databasen inneholder egne data. Eksempeldata lages bare i en database for seg selv.")
        )
    return number if first else 0


def _number(session: Session) -> int:
    return int(session.connection().exec_driver_sql("PRAGMA user_version").scalar_one())


@cache
def _story() -> int:
    """A number of its own for each story and database schema; it stands in SQLite's `user_version`."""
    number = zlib.crc32(database.head().encode())
    told = (*Path(example.__file__).parent.glob("*.py"), *example.DATA.glob("*.yaml"))
    for file in sorted(told):
        number = zlib.crc32(file.read_bytes(), number)
    return number >> 1 or 1  # SQLite keeps it signed, in four bytes


def _is_open(opened: Database) -> bool:
    """Whether this process has opened that very file."""
    return opened.url in _opened and _opened[opened.url] == _identity(opened)


def _identity(opened: Database) -> tuple[int, int]:
    if opened.file is None:
        return 0, 0
    try:
        found = opened.file.stat()
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino
