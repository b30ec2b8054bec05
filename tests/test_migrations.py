"""The schema: from empty to the newest on both databases, as the tables say, history guarded."""

import re
import sqlite3
import threading
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from strategy import changes, database, integrity, snapshot, tables
from strategy.database import Database, prepare
from strategy.errors import Unavailable
from strategy.terms import Via
from tests.databases import KINDS, NOW, SECRETARY, a_plan, a_row, adopt, newest, verify

Address = str
DATA = Path(__file__).parent / "data"


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, tmp_path) -> Address:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mappe' / 'plan.db'}"
    url = request.getfixturevalue("fresh_postgresql")()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url


def differences(db: Database) -> list[object]:
    with db.reader.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        return list(compare_metadata(context, tables.Base.metadata))


def test_from_empty_to_the_newest(bare: Address):
    db = prepare(bare)
    with db.reader.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == database.head()
    adopt(db, a_plan())
    assert verify(db) == 1
    db.close()


def test_the_migrated_schema_is_what_the_tables_say(database: Database):
    assert differences(database) == []


def test_a_table_that_lacks_a_column_would_be_seen(fresh_sqlite):
    db = prepare(fresh_sqlite())
    with db.writer.begin() as connection:
        connection.exec_driver_sql('ALTER TABLE person DROP COLUMN "order"')
    assert differences(db)
    db.close()


def test_preparing_again_changes_nothing(planned: Database):
    assert prepare(planned.url) is planned
    assert newest(planned) == 1


def test_every_table_of_history_is_guarded(database: Database):
    """A new table without its triggers makes this red."""
    said = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if database.file
        else "SELECT event_object_table, event_manipulation FROM information_schema.triggers"
    )
    with database.reader.connect() as connection:
        found = {(table, verb.rsplit("_")[-1].upper()) for table, verb in connection.exec_driver_sql(said)}
    history = {"change", *tables.VERSIONED}
    verbs = ("UPDATE", "DELETE", *(["REPLACE"] if database.file else []))
    assert found == {(table, verb) for table in history for verb in verbs}
    assert {table.name for table in tables.Base.metadata.sorted_tables} >= history


def test_postgresql_guards_against_truncate_too(fresh_postgresql):
    db = prepare(fresh_postgresql())
    with db.reader.connect() as connection:
        said = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE (tgtype & 32) > 0 AND NOT tgisinternal"
        found = {name.strip('"') for (name,) in connection.exec_driver_sql(said)}
    assert found == {"change", *tables.VERSIONED}
    db.close()


def test_every_constraint_and_index_has_a_name(database: Database):
    """A nameless constraint cannot be changed by a later migration."""
    inspector = sa.inspect(database.reader)
    for table in tables.Base.metadata.sorted_tables:
        assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for key in inspector.get_foreign_keys(table.name):
            assert key["name"] == f"fk_{table.name}_change_id_change"
        for index in inspector.get_indexes(table.name):
            assert index["name"] == f"ix_{table.name}_change_id"


@pytest.mark.parametrize(
    ("revision", "said"),
    [("9999", r"nyere versjon av programmet\. Oppdater"), ("0001", r"prøveversjon fra før .* lag en ny av")],
)
def test_a_database_of_another_version_is_refused_with_a_sentence(
    revision: str, said: str, fresh_sqlite, fresh_postgresql
):
    for make in (fresh_sqlite, fresh_postgresql):
        db = prepare(make())
        adopt(db, a_plan())
        with db.writer.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
        with pytest.raises(Unavailable, match=said):
            prepare(db.url)
        assert newest(db) == 1
        db.close()


def test_the_first_release_has_the_schema_of_the_newest_database_before_it(tmp_path):
    """Table by table, column by column, trigger by trigger as two migrations made it until then."""
    db = database.connect(f"sqlite:///{tmp_path / 'plan.db'}")
    upgrade(db, "0002")
    with db.reader.connect() as connection:
        made = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")
        told = "\n".join(re.sub(r"\s+", "", "|".join(map(str, row))) for row in made)
    db.close()
    assert (told.count("\n"), sha256(told.encode()).hexdigest()) == (
        147, "a8bc31fe2430a80669b45d9397fbf4ed0705fcbbd3c86f4662f3439b94e2e098",
    )  # fmt: skip


def test_answers_on_confidence_from_the_first_release_are_kept(bare: Address):
    db = database.connect(bare)
    if db.file:
        db.file.parent.mkdir()
    upgrade(db, "0002")
    with db.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO ballot VALUES ('plan', 'mote-1', '1', 'verv-1', 7)")
    prepare(bare)
    with db.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT seat, lock, sealed FROM ballot").all() == [
            ("verv-1", "", "7")
        ]
    assert differences(db) == []
    db.close()


def upgrade(db: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with db.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_another_program_cannot_replace_a_row_of_history(fresh_sqlite):
    """With its own settings, not ours: SQLite's REPLACE passes the triggers that refuse to delete."""
    db = prepare(fresh_sqlite())
    rows = [a_row(table, "ny") for table in tables.VERSIONED.values()]
    with db.writing() as session:
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=NOW)
    db.close()
    with closing(sqlite3.connect(db.file or "")) as shell:
        assert shell.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        for table in ("change", *tables.VERSIONED):
            for verb in ("INSERT OR REPLACE", "REPLACE"):
                with pytest.raises(sqlite3.IntegrityError, match="history is never altered"):
                    shell.execute(f'{verb} INTO "{table}" SELECT * FROM "{table}"')
            with pytest.raises(sqlite3.IntegrityError, match="history is never altered"):
                shell.execute(f'UPDATE OR REPLACE "{table}" SET rowid = rowid')


def test_another_programs_file_is_refused_and_not_a_byte_of_it_changed(tmp_path):
    for number, said in enumerate(("", "PRAGMA application_id = 77;", "CREATE TABLE alembic_version (x);")):
        file = tmp_path / f"{number}.db"
        with closing(sqlite3.connect(file)) as shell:
            shell.executescript(f"{said} CREATE TABLE bilder (id); CREATE TABLE change (id);")
        before = file.read_bytes()
        with pytest.raises(Unavailable, match="laget av et annet program, og er ikke rørt"):
            prepare(f"sqlite:///{file}")
        assert file.read_bytes() == before
        assert [path.name for path in tmp_path.glob(f"{number}.db*")] == [file.name]
        database.connect(f"sqlite:///{file}").close()


def test_our_own_file_says_so_and_one_from_before_is_known_by_its_tables(tmp_path):
    db = database.connect(f"sqlite:///{tmp_path / 'plan.db'}")
    upgrade(db, "0002")
    assert whose(db) == 0
    prepare(db.url)
    assert whose(db) == database.APPLICATION
    db.close()


def whose(db: Database) -> int:
    with db.reader.connect() as connection:
        return connection.exec_driver_sql("PRAGMA application_id").scalar_one()


def test_two_programs_that_start_at_once_migrate_once(bare: Address):
    db, start, failed = database.connect(bare), threading.Barrier(2), []

    def begin() -> None:
        start.wait()
        try:
            prepare(bare)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    adopt(db, a_plan())
    db.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare: Address):
    db = database.connect(bare)
    if db.file:
        db.file.parent.mkdir()
    with db.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE target (mine TEXT)")  # the last table of the first migration
    with pytest.raises(Unavailable):
        prepare(bare)
    assert set(sa.inspect(db.reader).get_table_names()) <= {"target", "alembic_version"}
    db.close()


def test_a_database_of_the_first_trial_opens_and_its_history_is_whole(tmp_path):
    """Made by the program as it was on 30 November 2026: a plan with weights, a report and a value."""
    file = tmp_path / "plan.db"
    with closing(sqlite3.connect(file)) as shell:
        shell.executescript((DATA / "first-trial.sql").read_text("utf-8"))
    db = prepare(f"sqlite:///{file}")
    with db.reading() as session:
        assert verify(db) == newest(db) == 3
        assert changes.hash_of(session, 3).startswith("b5b195fe5e146c79")
        plan = snapshot.load(session, "liten", 3)
        assert integrity.differences(session.connection()) == ()
    measure = plan.measure("1.1.1")
    assert measure.report
    assert (measure.report.done, measure.due) == ("Kurset er holdt", date(2026, 6, 30))
    assert [value.value for value in measure.indicators[0].values] == [3]
    db.close()
