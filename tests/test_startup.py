"""What happens when the program opens its databases."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from strategy import backup, changes, config, database, document, history, snapshot, startup, sync, tables
from strategy.config import Settings
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.terms import Via
from tests.databases import NOW, Maker, a_plan, adopt, newest, present

EARLY = date(2024, 6, 20)
"""A day early in the story: quick to tell."""


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    plan = document.write(a_plan(), "plan")
    (tmp_path / "plan.yaml").write_text(plan, "utf-8")
    found = config.settings(
        {"STRATEGY_DATA_DIR": str(tmp_path / "data"), "STRATEGY_FILE": str(tmp_path / "plan.yaml")}
    )
    yield found
    for url in (found.database_url, found.example_url):
        database.connect(url).close()


def test_the_first_start_loads_the_file_as_one_change(settings: Settings):
    opened = startup.open_database(settings, NOW)
    with opened.reading() as session:
        (change,) = history.log(session, "plan", 1)
    assert (change.actor, change.via, change.reason) == ("programmet", Via.YAML, "Første innlasting")
    assert present(opened).measure("1.1.1").name == "Skrive høringssvar"


def test_a_later_edit_of_the_file_is_not_applied(settings: Settings):
    startup.open_database(settings, NOW)
    settings.strategy_file.write_text(
        document.write(a_plan(without=["1.1.2", "1.1.2@nestleder"]), "plan"), "utf-8"
    )
    startup._opened.clear()
    assert newest(startup.open_database(settings, NOW)) == 1


def test_a_plan_that_has_not_begun_is_loaded_and_its_file_is_kept(settings: Settings):
    wanted = a_plan(changed={"plan": {"start": date(2026, 11, 24)}})
    text = "# Neste periode\n" + document.write(wanted, "plan")
    settings.strategy_file.write_text(text, "utf-8")
    opened = startup.open_database(settings, NOW)
    with opened.reading() as session:
        assert sync.written(session, present(opened)) == text


def test_a_broken_file_is_refused_with_every_problem_and_can_be_mended(settings: Settings):
    whole = settings.strategy_file.read_text("utf-8")
    settings.strategy_file.write_text(whole.replace("vision:", "visjon:").replace("kind:", "slag:"), "utf-8")
    with pytest.raises(BadInput) as refused:
        startup.open_database(settings, NOW)
    assert str(refused.value).count("\n") >= 1
    assert newest(database.connect(settings.database_url)) == 0
    settings.strategy_file.write_text(whole, "utf-8")
    assert newest(startup.open_database(settings, NOW)) == 1


def test_a_database_of_an_older_version_is_backed_up_as_it_was_before_it_is_migrated(
    fresh_sqlite, fresh_postgresql, settings: Settings
):
    for make in (fresh_sqlite, fresh_postgresql):
        older = replace(settings, database_url=as_of_the_first_release(make()))
        kept = startup.prepare(older, NOW)
        assert kept
        with closing(sqlite3.connect(kept)) as shell:
            assert shell.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
            assert shell.execute("SELECT seat, value FROM ballot").fetchall() == [("verv-1", 7)]
        assert backup.check(kept) == newest(database.connect(older.database_url)) == 1
        assert startup.prepare(older, NOW) is None
        database.connect(older.database_url).close()


SINCE_THEN = (
    ("indicator", "covers"), ("status_report", "promise"), ("draft", "promise"), ("measure", "succeeds"),
    ("decision", "votes_abstaining"), ("decision", "casting_vote"), ("board", "quorum"),
    ("explanation", "unexplained"), ("measure", "merged_from"), ("board", "mail_text"),
)  # fmt: skip
"""The columns that the later migrations add."""
TABLES_SINCE_THEN = {"plan_file", "attachment"}


def as_of_the_first_release(url: str) -> str:
    """The small plan and an answer on confidence, in the schema of the first release."""
    opened = database.prepare(url)
    adopt(opened, a_plan())
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ballot")
        names = ("strategy", "meeting", "goal", "seat")
        columns = ", ".join(f"{name} VARCHAR NOT NULL" for name in names)
        connection.exec_driver_sql(
            f"CREATE TABLE ballot ({columns}, value INTEGER NOT NULL, "
            f"CONSTRAINT pk_ballot PRIMARY KEY ({', '.join(names)}))"
        )
        connection.exec_driver_sql("INSERT INTO ballot VALUES ('plan', 'mote-1', '1', 'verv-1', 7)")
        for table in TABLES_SINCE_THEN:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for table, column in SINCE_THEN:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        if opened.file:
            connection.exec_driver_sql("PRAGMA application_id = 0")
            for table in {"change", *tables.VERSIONED} - TABLES_SINCE_THEN:
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_replace")
    opened.close()
    return url


def test_many_who_come_at_once_load_it_once(settings: Settings):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _n: startup.open_database(settings, NOW), range(16)))
    assert [newest(opened) for opened in found] == [1]


def test_two_programs_that_come_at_once_load_it_once(fresh: Maker, settings: Settings):
    opened = fresh()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _n: startup.load_first(opened, settings.strategy_file, NOW), range(4)))
    assert sorted(done) == [False, False, False, True]
    assert newest(opened) == 1


def test_a_file_that_was_removed_under_way_is_made_anew(settings: Settings):
    opened = startup.open_database(settings, NOW)
    adopt(opened, a_plan(without=["1.2.1"]), now=NOW)
    assert opened.file
    opened.file.unlink()
    assert newest(startup.open_database(settings, NOW)) == 1


def test_the_example_is_made_where_it_is_missing_and_only_then(settings: Settings):
    assert startup.make_example(database.connect(settings.example_url), EARLY)
    opened = startup.open_example(settings)
    made = _identity(opened)
    assert _example(opened)
    startup._opened.clear()
    assert _identity(startup.open_example(settings)) == made
    assert sorted(os.listdir(settings.data_dir)) in (["example.db"], ["example.db", "example.db-journal"])


def test_an_older_story_is_told_anew(settings: Settings):
    opened = database.connect(settings.example_url)
    startup.make_example(opened, EARLY)
    made = _identity(opened)
    _execute(opened, "PRAGMA user_version = 7")
    assert startup.make_example(opened, None)
    assert _identity(opened) != made
    assert not startup.make_example(opened)


def test_an_example_that_cannot_be_told_leaves_nothing(settings: Settings):
    opened = database.connect(settings.example_url)
    with pytest.raises(BadInput, match="senere"):
        startup.make_example(opened, date(2020, 1, 1))
    assert os.listdir(settings.data_dir) == []


def test_an_example_never_goes_into_own_data(planned: Database):
    with pytest.raises(BadInput, match="egne data"):
        startup.make_example(planned)
    assert newest(planned) == 1


def test_an_example_never_goes_into_a_file_of_another_kind(settings: Settings, tmp_path: Path):
    for name, content in (("tekst.db", b"dette er en tekst"), ("fremmed.db", None)):
        file = tmp_path / name
        if content:
            file.write_bytes(content)
        else:
            _connect(file, "CREATE TABLE bilder (id)")
        before = file.read_bytes()
        with pytest.raises(BadInput, match="ikke en eksempeldatabase"):
            startup.make_example(database.connect(config.sqlite_url(file)), EARLY)
        assert file.read_bytes() == before


def test_an_example_goes_into_postgresql_too(fresh_postgresql: Callable[[], str]):
    opened = database.connect(fresh_postgresql())
    assert startup.make_example(opened, EARLY)
    assert _example(opened)
    assert not startup.make_example(opened)
    opened.close()


def _example(opened: Database) -> bool:
    with opened.reading() as session:
        last = changes.newest(session)
        (key,) = snapshot.strategies(session, last)
        return snapshot.load(session, key, last).example


def _identity(opened: Database) -> tuple[int, int]:
    if not opened.file:
        raise NotFound
    found = opened.file.stat()
    return found.st_ino, found.st_mtime_ns


def _execute(opened: Database, statement: str) -> None:
    opened.close()
    assert opened.file
    _connect(opened.file, statement)


def _connect(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()
