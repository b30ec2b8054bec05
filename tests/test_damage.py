"""A stored row that cannot be read: a damaged database with the way back, and never an unexpected error."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from strategy import (
    backup,
    changes,
    cli,
    config,
    current,
    database,
    history,
    integrity,
    record,
    startup,
    tables,
)
from strategy.database import Database
from strategy.errors import Damaged
from tests.databases import NOW, PLAN, by
from tests.test_record import with_a_board

KIND = ("measure", "kind", "'treat/d'")
ORDER = ("goal", "order", "CASE key WHEN '1' THEN 'abc' ELSE \"order\" END")
TAGS = ("tagging", "tags", "'[halv'")
DAY = ("meeting", "held_on", "'2026-99-99'")
VIA = ("change", "via", "'pag/'")


@pytest.fixture(scope="module")
def good(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with something of everything, and a backup of it."""
    data = tmp_path_factory.mktemp("data")
    file = data / "strategy.db"
    file.write_bytes(sqlite_template.read_bytes())
    here = database.connect(config.sqlite_url(file))
    with_a_board(here)
    with here.writing() as session:
        record.save_one(by(session), record.Wanted("tagging", "1.1.1", 0, {"tags": ["kultur"]}))
    backup.take(here.url, data / "backup", NOW)
    here.close()
    return data


@pytest.fixture
def here(good: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A copy to be damaged, as the program's own data."""
    (data / "backup").mkdir()
    (copy,) = (good / "backup").glob("*.db")
    (data / "backup" / copy.name).write_bytes(copy.read_bytes())
    (data / "strategy.db").write_bytes((good / "strategy.db").read_bytes())
    monkeypatch.delenv("STRATEGY_DATABASE_URL", raising=False)
    found = database.connect(config.settings().database_url)
    yield found
    found.close()


def damage(there: Database, table: str, column: str, value: str) -> int:
    """Write something no column of that type holds, past the guards; how many rows it met."""
    there.close()
    forget()
    with closing(sqlite3.connect(there.file or "")) as shell:
        guards = shell.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            shell.execute(f'DROP TRIGGER "{name}"')
        met = shell.execute(f'UPDATE "{table}" SET "{column}" = {value}').rowcount
        for _name, said in guards:
            shell.execute(said)
        shell.commit()
    return met


def forget() -> None:
    """Let nothing be remembered of a database that is altered under way."""
    for remembered in (current.loaded, current._periods):
        remembered.cache_clear()
    startup._opened.clear()


def bad(column: "sa.Column[Any]") -> str:
    """What no column of the type holds."""
    if isinstance(column.type, sa.JSON):
        return "'[halv'"
    return "X'fffe'" if isinstance(column.type, sa.String) else "'treat/d'"


COLUMNS = [
    (name, column.name, bad(column))
    for name in ("change", *tables.VERSIONED)
    for column in tables.Base.metadata.tables[name].columns
    if column.name not in ("id", "strategy", "key", "version", "change_id")
]


def test_whatever_is_damaged_is_read_or_told_as_damage(good: Path, fresh_sqlite):
    """Every column of every table, by what loads the plan and the log; nothing of it is called whole."""
    here = database.connect(fresh_sqlite())
    with (
        closing(sqlite3.connect(good / "strategy.db")) as shell,
        closing(sqlite3.connect(here.file or "")) as copy,
    ):
        shell.backup(copy)
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f'DROP TRIGGER "{name}"')
    whole, told = here.file.read_bytes(), 0
    for table, column, value in COLUMNS:
        here.close()
        forget()
        here.file.write_bytes(whole)
        with closing(sqlite3.connect(here.file or "")) as shell:
            met = shell.execute(f'UPDATE "{table}" SET "{column}" = {value}').rowcount
            shell.commit()
        if met and is_told(here):
            told += 1
        elif met:
            assert integrity.damage(here), (table, column)
    assert told > 40


def test_what_is_whole_is_not_called_damaged(here: Database):
    assert integrity.damage(here) is None


def is_told(there: Database) -> bool:
    """Whether reading it says that it is damaged; anything but that, and it being read, is a fault."""
    try:
        shown = current.plan(there)
        with there.reading() as session:
            history.log(session, PLAN, shown.change_id, limit=100)
    except Damaged:
        return True
    except (
        TypeError,
        ValueError,
        AttributeError,
    ):  # as on a page: the frame asks further
        return False
    return False


@pytest.mark.parametrize("where", [KIND, ORDER, TAGS, DAY], ids=lambda where: where[1])
@pytest.mark.parametrize("command", [("export", "yaml"), ("meetings",)])
def test_a_command_names_the_damage_and_the_last_good_backup(
    here: Database, capsys: pytest.CaptureFixture[str], where: tuple[str, str, str], command: tuple[str, ...]
):
    assert damage(here, *where)
    assert cli.run(command) == 1
    said = capsys.readouterr().err
    assert "skadet" in said
    assert "Siste gode sikkerhetskopi er fra" in said
    (copy,) = backup.listed(config.settings().backups)
    assert str(copy.file) in said
    assert "Noe uventet" not in said


PAGES = {"overview.py": KIND, "goal.py": ORDER, "measures.py": TAGS, "meetings.py": DAY, "log.py": VIA}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_the_damage_and_the_last_good_backup(here: Database, page: str):
    assert damage(here, *PAGES[page])
    at = AppTest.from_file("../pages/frame.py", default_timeout=60).run()
    if not at.error:
        at = at.switch_page(page).run()
    assert not at.exception
    (said,) = [error.value.replace("\\", "") for error in at.error]
    (copy,) = backup.listed(config.settings().backups)
    assert "skadet" in said
    assert copy.file.name in said


def test_a_backup_that_is_damaged_too_is_not_the_way_back(here: Database):
    folder = config.settings().backups
    (good,) = backup.listed(folder)
    (folder / "strategi-2026-11-29T110000Z.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert good.file.name in backup.way_back(folder)
    good.file.unlink()
    assert "ingen hel sikkerhetskopi" in backup.way_back(folder)


def test_the_way_back_leads_back(here: Database):
    assert damage(here, *KIND)
    with pytest.raises(Damaged):
        current.plan(here)
    (copy,) = backup.listed(config.settings().backups)
    backup.restore(copy.file, here.url, NOW, config.settings().backups)
    with here.reading() as session:
        assert changes.verify(session) == current.plan(here).change_id
