"""The chain of changes: what it appends, and that it names whatever was altered behind the program's back."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from strategy import changes, record, tables, things
from strategy.access import Actor, Role
from strategy.changes import Action, FieldChange, edit_between
from strategy.database import Database, prepare
from strategy.errors import Conflict, Tampered
from strategy.snapshot.state import BESIDE
from strategy.terms import Assessment, Reached, Via
from tests.databases import (  # fmt: skip
    NOW,
    PLAN,
    SECRETARY,
    a_plan,
    a_row,
    adopt,
    by,
    days,
    moments,
    newest,
    numbers,
    say,
    take_out,
    verify,
    words,
)

EVERY_TABLE = ("change", *tables.VERSIONED)

LAST = 16
"""The newest change in `filled`."""


def filled(database: Database) -> Database:
    """At least two rows of every kind, over a dozen changes."""
    moment = moments()
    adopt(database, a_plan(), now=next(moment), reason="Vedtatt")
    for number in range(3):
        say(database, done=f"Høringssvar nummer {number}", now=next(moment))
    say(
        database,
        "1.1.2",
        assessment=Assessment.MAJOR_DEVIATION,
        cause="Sykdom",
        remedy="Vikar",
        now=next(moment),
    )
    with database.writing() as session:
        for period in ("2024", "2025"):
            record.value(by(session, next(moment)), "svar", period, 0, value=Decimal(2), text="Økte")
        for n in (1, 2):
            record.milestone(by(session, next(moment)), f"1.1.1-m{n}", 0, measure="1.1.1", title=f"Steg {n}",
                             due=NOW.date())  # fmt: skip
        for year in (2024, 2025):
            record.attainment(by(session, next(moment)), "1", year, 0, reached=Reached.PARTLY,
                              reason="Delvis", narrative="Vi ble hørt")  # fmt: skip
        take_out(by(session, next(moment)), "milestone", "1.1.1-m2", 1)
    wanted = a_plan(
        without=["2.1.1"],
        changed={
            "1.1.1": {"subgoal": "2.1"},
            PLAN: {"vision": "En ny visjon"},
            "svar@2026-12-31": {"example": True},
        },
    )
    adopt(database, wanted, now=next(moment))
    adopt(database, a_plan(), now=next(moment))
    beside = [table for kind, table in tables.VERSIONED.items() if kind in {*BESIDE, "board", *things.KEPT}]
    with database.writing() as session:
        for n in (1, 2):
            rows = [a_row(table, f"rad-{n}") for table in beside]
            changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=next(moment))
    return database


@pytest.fixture(scope="session")
def whole(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A filled SQLite database file that verifies, its triggers dropped, as whoever owns the file can."""
    file = tmp_path_factory.mktemp("whole") / "whole.db"
    file.write_bytes(sqlite_template.read_bytes())
    database = filled(prepare(f"sqlite:///{file}"))
    assert verify(database) == newest(database) == LAST
    database.close()
    with closing(sqlite3.connect(file)) as shell:
        for (name,) in shell.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            shell.execute(f"DROP TRIGGER {name}")
    return file.read_bytes()


@pytest.fixture(scope="session")
def tampered(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Callable[[sqlite3.Connection], Any]], int]]:
    """Does something to the file behind the program's back and gives the change `verify` names, or 0."""
    file = tmp_path_factory.mktemp("tampered") / "plan.db"
    database = prepare(_written(file, whole))

    def named(alter: Callable[[sqlite3.Connection], Any]) -> int:
        database.close()
        file.write_bytes(whole)
        with closing(sqlite3.connect(file)) as shell:
            alter(shell)
            shell.commit()
        try:
            verify(database)
        except Tampered as found:
            return found.change
        return 0

    yield named
    database.close()


def _written(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    return f"sqlite:///{file}"


def _rows(shell: sqlite3.Connection, table: str) -> list[int]:
    return [row for (row,) in shell.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid')]


def _change_of(shell: sqlite3.Connection, table: str, row: int) -> int:
    column = "id" if table == "change" else "change_id"
    (change,) = shell.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,)).fetchone()
    return int(change)


def _columns() -> list[tuple[str, str]]:
    return [
        (table, column.name) for table in EVERY_TABLE for column in tables.Base.metadata.tables[table].columns
    ]


def test_an_unaltered_database_verifies(tampered):
    assert tampered(lambda _shell: None) == 0


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    where=st.sampled_from([c for c in _columns() if c != ("change", "id")]),
    at=st.integers(0, 10**6),
    mask=st.integers(1, 255),
    row=st.integers(0, 99),
)
def test_one_altered_byte_anywhere_is_found_and_its_change_named(
    tampered, where, at: int, mask: int, row: int
):
    (table, column), touched = where, set()

    def flip(shell: sqlite3.Connection) -> None:
        rows = _rows(shell, table)
        chosen = rows[row % len(rows)]
        stored, kind = _bytes_of(shell, table, column, chosen)
        assume(stored)
        altered = bytearray(stored)
        altered[at % len(altered)] ^= mask
        value = f"CAST(? AS {'TEXT' if kind == 'text' else 'NUMERIC'})"
        touched.add(_change_of(shell, table, chosen))
        try:
            shell.execute(
                f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid = ?', (bytes(altered), chosen)
            )
        except sqlite3.IntegrityError:
            assume(False)  # it met another row's key
        assume(_bytes_of(shell, table, column, chosen)[0] != stored)  # 1 can be written in many ways
        touched.add(_change_of(shell, table, chosen))

    assert tampered(flip) == min(change for change in touched if change > 0)


def _bytes_of(shell: sqlite3.Connection, table: str, column: str, row: int) -> tuple[bytes, str]:
    said = f'SELECT CAST("{column}" AS BLOB), typeof("{column}") FROM "{table}" WHERE rowid = ?'
    stored, kind = shell.execute(said, (row,)).fetchone()
    return stored, kind


@pytest.mark.parametrize(("table", "column"), _columns())
def test_every_column_of_every_table_counts(tampered, table: str, column: str):
    """Each column alone is given another value in one row, and the row's change is named."""
    wanted = []

    def alter(shell: sqlite3.Connection) -> None:
        row = _rows(shell, table)[-1]
        wanted.append(_change_of(shell, table, row))
        value = {"id": 999, "change_id": 999, "version": 77, "retired": 2}.get(column, "annet")
        shell.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))

    assert tampered(alter) == wanted[0]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    where=st.sampled_from([c for c in _columns() if c != ("change", "id")]),
    value=st.sampled_from([b"\xff\xfe", b"\x00", 1.5, float("inf"), -(2**63)]),
)
def test_a_value_of_a_foreign_type_is_found_and_not_stumbled_on(tampered, where, value: Any):
    (table, column), wanted = where, []

    def alter(shell: sqlite3.Connection) -> None:
        row = _rows(shell, table)[0]
        wanted.append(_change_of(shell, table, row))
        shell.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))

    assert tampered(alter) == wanted[0]


def test_text_that_is_no_longer_utf8_is_found(tampered):
    def alter(shell: sqlite3.Connection) -> None:
        shell.execute(
            "UPDATE status_report SET done = CAST(x'48F8' AS TEXT) WHERE key = '1.1.1' AND version = 2"
        )

    assert tampered(alter) == 3


@pytest.mark.parametrize(
    "value",
    [
        '[{"key": "om",  "heading": "Om oss", "text": "Vi er.", "points": []}]',
        "[",
        "[]",
        "[" * 99_999,
        "null",
    ],
)
def test_json_must_stand_as_it_was_written(tampered, value: str):
    assert tampered(lambda shell: shell.execute("UPDATE strategy SET sections = ?", (value,))) == 1


def test_json_with_a_name_twice_is_found(tampered):
    def alter(shell: sqlite3.Connection) -> None:
        shell.execute(
            """UPDATE strategy SET sections = replace(sections, '{"key"', '{"text": "skjult", "key"')"""
        )

    assert tampered(alter) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.sampled_from(EVERY_TABLE), row=st.integers(0, 99))
def test_a_removed_row_is_found_and_its_change_named(tampered, table: str, row: int):
    wanted = []

    def alter(shell: sqlite3.Connection) -> None:
        rows = _rows(shell, table)
        chosen = rows[row % len(rows)]
        wanted.append(_change_of(shell, table, chosen))
        assume((table, wanted[0]) != ("change", LAST))  # cut off at the end: see the next test but two
        shell.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (chosen,))

    assert tampered(alter) == wanted[0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.sampled_from(tuple(tables.VERSIONED)), change=st.integers(1, 16), row=st.integers(0, 99))
def test_a_stray_row_is_found_and_its_change_named(tampered, table: str, change: int, row: int):
    def alter(shell: sqlite3.Connection) -> None:
        rows = _rows(shell, table)
        names = [column.name for column in tables.Base.metadata.tables[table].columns]
        said = ", ".join({"version": "99", "change_id": str(change)}.get(name, f'"{name}"') for name in names)
        into = ", ".join(f'"{name}"' for name in names)
        shell.execute(
            f'INSERT INTO "{table}" ({into}) SELECT {said} FROM "{table}" WHERE rowid = ?',
            (rows[row % len(rows)],),
        )

    assert tampered(alter) == change


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.sampled_from(EVERY_TABLE), i=st.integers(0, 99), j=st.integers(0, 99))
def test_a_swapped_pair_is_found_and_the_first_change_named(tampered, table: str, i: int, j: int):
    """Everything but the identity of two rows changes place."""
    wanted = []

    def alter(shell: sqlite3.Connection) -> None:
        rows = _rows(shell, table)
        one, two = rows[i % len(rows)], rows[j % len(rows)]
        identity = {"id"} if table == "change" else {"strategy", "key", "version"}
        names = [c.name for c in tables.Base.metadata.tables[table].columns if c.name not in identity]
        said = ", ".join(f'"{name}"' for name in names)
        a, b = (
            shell.execute(f'SELECT {said} FROM "{table}" WHERE rowid = ?', (row,)).fetchone()
            for row in (one, two)
        )
        assume(a != b)
        wanted.append(min(_change_of(shell, table, one), _change_of(shell, table, two)))
        put = ", ".join(f'"{name}" = ?' for name in names)
        shell.execute(f'UPDATE "{table}" SET {put} WHERE rowid = ?', (*b, one))
        shell.execute(f'UPDATE "{table}" SET {put} WHERE rowid = ?', (*a, two))

    assert tampered(alter) == wanted[0]


def test_cutting_off_the_newest_changes_is_the_one_thing_it_cannot_see(tampered):
    """Known and documented: the newest change id and hash must be held against a paper or a backup."""

    def alter(shell: sqlite3.Connection) -> None:
        for table in tables.VERSIONED:
            shell.execute(f'DELETE FROM "{table}" WHERE change_id = {LAST}')
        shell.execute(f"DELETE FROM change WHERE id = {LAST}")

    assert tampered(alter) == 0


def test_the_sentence_names_the_change(tampered, tmp_path: Path, whole: bytes):
    database = prepare(_written(tmp_path / "other.db", whole))
    with closing(sqlite3.connect(tmp_path / "other.db")) as shell:
        shell.execute("UPDATE change SET reason = 'Vedtatt!' WHERE id = 1")
        shell.commit()
    with pytest.raises(Tampered, match=r"^Endring 1 er endret utenom programmet\.$"):
        verify(database)
    database.close()


def test_both_databases_verify_what_they_hold(database):
    assert verify(filled(database)) == newest(database) == LAST


def test_both_databases_chain_alike(fresh_sqlite, fresh_postgresql):
    """The very same doings give the very same hash, so a backup from one verifies in the other."""
    hashes = []
    for url in (fresh_sqlite(), fresh_postgresql()):
        database = filled(prepare(url))
        with database.reading() as session:
            hashes.append(
                session.execute(sa.select(col(tables.Change.hash)).order_by(col(tables.Change.id)))
                .scalars()
                .all()
            )
        database.close()
    assert hashes[0] == hashes[1]


def test_an_altered_row_is_found_on_postgresql_too(fresh_postgresql):
    database = filled(prepare(fresh_postgresql()))
    with database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE status_report DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE status_report SET done = done || '.' WHERE version = 2")
    with pytest.raises(Tampered) as found:
        verify(database)
    assert found.value.change == 3
    database.close()


def test_the_database_itself_refuses_to_alter_history(database):
    filled(database)
    verbs = ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"] + (
        [] if database.file else ["TRUNCATE {0} CASCADE"]
    )
    for table in EVERY_TABLE:
        for verb in verbs:
            statement = verb.format(table, "actor" if table == "change" else "key")
            refused = pytest.raises(sa.exc.DBAPIError, match="history is never altered")
            with database.writer.connect() as connection, refused:
                connection.exec_driver_sql(statement)
    assert verify(database) == LAST


def test_replacing_a_row_is_altering_it(planned):
    if planned.file is None:
        pytest.skip("only SQLite has REPLACE")
    with (
        planned.writer.connect() as connection,
        pytest.raises(sa.exc.DBAPIError, match="history is never altered"),
    ):
        connection.exec_driver_sql("REPLACE INTO person SELECT * FROM person")


def test_a_taken_version_is_a_conflict(planned):
    row: dict[str, Any] = {
        "strategy": PLAN,
        "key": "ny",
        "version": 1,
        "change_id": 0,
        "title": "Ny rolle",
        "order": 9,
    }
    for expected in (None, Conflict):
        if expected is None:
            with planned.writing() as session:
                changes.append(session, SECRETARY, [tables.Person(**row)], via=Via.PAGE, reason="", now=NOW)
            continue
        with pytest.raises(expected), planned.writing() as session:
            changes.append(session, SECRETARY, [tables.Person(**row)], via=Via.PAGE, reason="", now=NOW)
    assert verify(planned) == 2


def test_nothing_of_a_failed_write_is_left(planned):
    rows = [
        tables.Person(strategy=PLAN, key=key, version=1, change_id=0, title="x", order=1)
        for key in ("ny", "fag")
    ]
    with pytest.raises(Conflict), planned.writing() as session:
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=NOW)
    with planned.reading() as session:
        assert (
            session.execute(sa.select(col(tables.Person.key)).where(col(tables.Person.key) == "ny")).all()
            == []
        )
    assert verify(planned) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    title=words,
    actor=words,
    reason=words,
    weight=numbers,
    due=days,
    points=st.lists(st.dictionaries(words, words)),
)
def test_whatever_is_appended_verifies(planned, title, actor, reason, weight, due, points):
    row = tables.Milestone(
        strategy=PLAN, key=f"m{newest(planned)}", version=1, change_id=0, measure="1.1.1", title=title,
        due=due, year=2026, weight=weight,
    )  # fmt: skip
    with planned.writing() as session:
        version = session.execute(sa.select(sa.func.max(tables.Strategy.version))).scalar_one()
        said = {**a_plan()["strategy", PLAN], "sections": points}
        plan = tables.Strategy(strategy=PLAN, key=PLAN, version=version + 1, change_id=0, **said)
        who = Actor(actor, Role.SECRETARIAT)
        changes.append(session, who, [row, plan], via=Via.CLI, reason=reason, now=NOW)
    assert verify(planned) == newest(planned)


def test_a_later_migration_may_add_an_empty_column_without_breaking_the_chain():
    """The digest of a row leaves out its empty columns, and does not depend on their order."""
    then = sa.Table("thing", sa.MetaData(), sa.Column("b", sa.String), sa.Column("a", sa.String))
    now = sa.Table("thing", sa.MetaData(), *(sa.Column(name, sa.String) for name in ("a", "b", "c")))
    assert changes._digest(then, {"a": "1", "b": "2"}) == changes._digest(
        now, {"a": "1", "b": "2", "c": None}
    )
    assert changes._digest(now, {"a": "1", "b": "2", "c": ""}) != changes._digest(
        now, {"a": "1", "b": "2", "c": None}
    )


def test_an_edit_tells_what_happened():
    old, new = {"a": 1, "b": 2}, {"a": 1, "b": 3}
    assert edit_between("goal", "1", old, dict(old)) is None
    changed = edit_between("goal", "1", old, new)
    assert changed
    assert (changed.action, changed.fields) == (Action.CHANGED, (FieldChange("b", 2, 3),))
    assert changed.field("b") == FieldChange("b", 2, 3)
    assert changed.field("a") is None
    added, retired = edit_between("goal", "1", None, new), edit_between("goal", "1", old, None)
    assert added
    assert retired
    assert (added.action, added.fields) == (
        Action.ADDED,
        (FieldChange("a", None, 1), FieldChange("b", None, 3)),
    )
    assert (retired.action, retired.fields) == (
        Action.RETIRED, (FieldChange("a", 1, None), FieldChange("b", 2, None)),
    )  # fmt: skip


def test_the_canonical_form_is_plain_json():
    assert changes._sha({"b": "ø", "a": [1, None, True]}) == changes._sha(
        json.loads('{"a":[1,null,true],"b":"ø"}')
    )
