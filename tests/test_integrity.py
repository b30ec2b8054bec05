"""What `verify` sees of what is done behind the program's back, and what it does not: as the table says."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from strategy import backup, changes, database, integrity, record, tables
from strategy.database import Database
from strategy.errors import BadInput, Refusal, Tampered
from strategy.integrity import Printed
from strategy.terms import Assessment
from tests.databases import NOW, a_plan, adopt, by, newest, present, say

Shell = sqlite3.Connection
SEEN, ON_PAPER, UNSEEN, REFUSED = "yes", "with a paper", "no", "refused at start"
LAST = 6
"""How many changes there are in what is altered."""


def all_rows(shell: Shell, statement: str, **said: Any) -> None:
    """Do it to every table of versioned rows."""
    for table in tables.VERSIONED:
        shell.execute(statement.format(table=table), said)


def rechain(shell: Shell) -> None:
    """Make the whole chain anew, as the program would: there is no secret in it."""
    shell.commit()
    engine = sa.create_engine("sqlite://", creator=lambda: shell, poolclass=StaticPool)
    with Session(engine) as session:
        digests, before = changes._row_digests(session), changes.GENESIS
        columns = [column.name for column in tables.Change.__table__.columns]
        named = ", ".join(columns)
        for row in shell.execute(f"SELECT {named} FROM change ORDER BY id").fetchall():
            change = {**dict(zip(columns, row, strict=True)), "prev_hash": before}
            made = changes._link(change, sorted(digests.get(change["id"], [])))
            shell.execute(
                "UPDATE change SET prev_hash = ?, hash = ? WHERE id = ?", (before, made, change["id"])
            )
            before = made
        shell.commit()  # else it is rolled back with the session


def cut(shell: Shell, after: int) -> None:
    all_rows(shell, 'DELETE FROM "{table}" WHERE change_id > :after', after=after)
    shell.execute("DELETE FROM change WHERE id > ?", (after,))


def forge(shell: Shell) -> None:
    """A change of one's own in the middle, and the chain made anew."""
    all_rows(shell, 'UPDATE "{table}" SET change_id = change_id + 1 WHERE change_id >= 4')
    shell.execute("UPDATE change SET id = -id WHERE id >= 4")
    shell.execute("UPDATE change SET id = 1 - id WHERE id < 0")
    shell.execute(
        "INSERT INTO change SELECT 4, recorded_at, actor, via, 'forfalsket', '', '' FROM change WHERE id = 3"
    )
    rechain(shell)


def swap(shell: Shell) -> None:
    """Two whole changes change places."""
    for old, new in ((3, -1), (4, 3), (-1, 4)):
        all_rows(shell, 'UPDATE "{table}" SET change_id = :new WHERE change_id = :old', old=old, new=new)


def sql(*statements: str) -> Callable[[Shell], None]:
    def run(shell: Shell) -> None:
        for statement in statements:
            shell.execute(statement)

    return run


def remade(statement: str) -> Callable[[Shell], None]:
    def run(shell: Shell) -> None:
        shell.execute(statement)
        rechain(shell)

    return run


def unguard(shell: Shell) -> list[str]:
    found = shell.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in found:
        shell.execute(f'DROP TRIGGER "{name}"')
    return [said for _name, said in found]


def viewed(table: str) -> Callable[[Shell], None]:
    return sql(f"ALTER TABLE {table} RENAME TO other", f"CREATE VIEW {table} AS SELECT * FROM other")


TEXT = "UPDATE status_report SET done = 'løgn' WHERE version = 1 AND key = '1.1.1'"
ALTERATIONS: dict[str, tuple[Callable[[Shell], Any], str]] = {
    "one text altered": (sql(TEXT), SEEN),
    "an assessment altered": (sql("UPDATE status_report SET assessment = 'on_track'"), SEEN),
    "the reason of a change altered": (sql("UPDATE change SET reason = 'x' WHERE id = 3"), SEEN),
    "who made a change altered": (sql("UPDATE change SET actor = 'en annen' WHERE id = 3"), SEEN),
    "the time of a change altered": (
        sql("UPDATE change SET recorded_at = replace(recorded_at, '2026', '2025') WHERE id = 3"), SEEN,
    ),
    "a row moved to another change": (
        sql("UPDATE status_report SET change_id = 4 WHERE change_id = 3"), SEEN,
    ),
    "two texts swapped": (
        sql("UPDATE status_report SET done = iif(done = 'En', 'To', 'En') WHERE done IN ('En', 'To')"), SEEN,
    ),
    "two whole changes swapped": (swap, SEEN),
    "a row removed": (sql("DELETE FROM status_report WHERE change_id = 3"), SEEN),
    "a row added to an old change": (
        sql("INSERT INTO tagging SELECT strategy, '1.1.2', 1, 2, 0, tags FROM tagging"), SEEN,
    ),
    "a row retired": (sql("UPDATE goal SET retired = 1 WHERE key = '1'"), SEEN),
    "a row moved to another plan": (sql("UPDATE goal SET strategy = 'x' WHERE key = '1'"), SEEN),
    "an empty field filled": (sql("UPDATE status_report SET estimate = 5 WHERE change_id = 3"), SEEN),
    "a number written another way": (sql("UPDATE target SET value = '12.50'"), SEEN),
    "JSON spaced another way": (sql("UPDATE tagging SET tags = replace(tags, ', ', ',')"), SEEN),
    "a text made bytes": (sql("UPDATE status_report SET done = CAST(done AS BLOB)"), SEEN),
    "the newest change cut off": (lambda shell: cut(shell, LAST - 1), ON_PAPER),
    "the newest changes cut off": (lambda shell: cut(shell, 2), ON_PAPER),
    "a text altered and the whole chain made anew": (remade(TEXT), ON_PAPER),
    "the newest change altered and its hash made anew": (
        remade(f"UPDATE change SET reason = 'x' WHERE id = {LAST}"), ON_PAPER,
    ),
    "a change forged in the middle and the chain made anew": (forge, ON_PAPER),
    "every trigger gone": (unguard, SEEN),
    "a trigger added": (
        sql("CREATE TRIGGER zz AFTER INSERT ON comment BEGIN DELETE FROM contact; END"), SEEN,
    ),
    "a trigger altered": (
        sql("DROP TRIGGER goal_no_update",
            "CREATE TRIGGER goal_no_update BEFORE UPDATE ON goal BEGIN SELECT 1; END"), SEEN,
    ),
    "a table of the plan replaced by a view": (viewed("measure"), SEEN),
    "a table of what is said replaced by a view": (viewed("status_report"), SEEN),
    "a table added": (sql("CREATE TABLE x (y)"), SEEN),
    "the number of the schema altered": (sql("UPDATE alembic_version SET version_num = '0001'"), REFUSED),
    "a name or an address altered": (
        sql("INSERT INTO contact VALUES ('plan', 'fag', 'Angriper', 'a@evil.invalid')"), UNSEEN,
    ),
    "an answer on confidence put in": (
        sql("INSERT INTO ballot VALUES ('plan', 'mote-2026-1', '1', 'verv-1', '', '0')"), UNSEEN,
    ),
    "a half-written text put in": (
        sql("INSERT INTO scratch VALUES ('plan', 'a', 'b', '{}', '2026-01-01T00:00:00+00:00')"), UNSEEN,
    ),
    "the key links are signed with replaced": (sql("INSERT INTO secret VALUES ('links', 'kjent')"), UNSEEN),
}  # fmt: skip


GUARDS = [ALTERATIONS[name][0] for name in ("a trigger added", "a trigger altered")]
"""What is done to the guards themselves."""


@pytest.fixture(scope="module")
def whole(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six changes, to be altered."""
    file = tmp_path_factory.mktemp("whole") / "plan.db"
    file.write_bytes(sqlite_template.read_bytes())
    here = database.connect(f"sqlite:///{file}")
    adopt(here, a_plan(), reason="Første")
    with here.writing() as session:
        record.save_one(by(session), record.Wanted("tagging", "1.1.1", 0, {"tags": ["kultur", "media"]}))
    for number, done in enumerate(("En", "To", "Tre", "Fire")):
        said: dict[str, Any] = {"assessment": Assessment.MAJOR_DEVIATION, "cause": "Syk", "remedy": "Vikar"}
        say(here, base_version=number, done=done, **said)
    assert newest(here) == LAST
    here.close()
    return file


@pytest.fixture
def here(whole: Path, tmp_path: Path) -> Any:
    file = tmp_path / "plan.db"
    file.write_bytes(whole.read_bytes())
    found = database.connect(f"sqlite:///{file}")
    yield found
    found.close()


def altered(there: Database, alter: Callable[[Shell], Any]) -> None:
    """Do it with the guards of history laid down meanwhile, and put back as far as they were."""
    with closing(sqlite3.connect(there.file or "")) as shell:
        guards = unguard(shell)
        if alter is not unguard:
            if alter in GUARDS:
                sql(*guards)(shell)
                guards = []
            alter(shell)
            views = {name for (name,) in shell.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
            sql(*(said for said in guards if said.split(" ON ")[1].split()[0] not in views))(shell)
        shell.commit()


def checked(there: Database, against: Printed | None = None) -> changes.Stamp:
    with there.reading() as session:
        return integrity.verify(session, against)


def papers(there: Database) -> list[Printed]:
    """What was printed after each change."""
    with there.reading() as session:
        stamps = [changes.stamp(session, n) for n in range(1, LAST + 1)]
    return [Printed(stamp.change, stamp.fingerprint) for stamp in stamps]


@pytest.mark.parametrize("name", ALTERATIONS)
def test_each_alteration_is_seen_or_not_as_the_table_says(here: Database, name: str):
    alter, verdict = ALTERATIONS[name]
    printed = papers(here)
    here.close()
    altered(here, alter)
    if verdict == REFUSED:
        with pytest.raises(Refusal):
            database.prepare(here.url)
    elif verdict == SEEN:
        with pytest.raises(Tampered):
            checked(here)
    else:
        checked(here)
        if verdict == ON_PAPER:
            with pytest.raises(Tampered):
                checked(here, printed[-1])
            assert any(holds(here, paper) for paper in printed[:2]) or "chain" in name
        else:
            assert all(holds(here, paper) for paper in printed)


def holds(there: Database, paper: Printed) -> bool:
    try:
        checked(there, paper)
    except Tampered:
        return False
    return True


def test_the_table_in_the_documentation_has_each_of_them_with_its_verdict():
    text = (Path(__file__).parent.parent / "docs" / "reliability.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([^|]+) \| (yes|with a paper|no|refused at start) \| [^|]+ \|$", text, re.MULTILINE
    )
    assert dict(rows) == {name: verdict for name, (_alter, verdict) in ALTERATIONS.items()}


def test_what_is_not_altered_holds_against_every_paper(database: Database):
    adopt(database, a_plan())
    say(database, done="Mer")
    with database.reading() as session:
        one, whole = changes.stamp(session, 1), changes.hash_of(session, 1)
    assert checked(database).change == 2
    for typed in (one.fingerprint, whole):
        assert checked(database, Printed(1, typed)).change == 2
    wrong = one.fingerprint[:-1] + ("0" if one.fingerprint[-1] != "0" else "1")
    with pytest.raises(Tampered, match="endring 1 er ikke den som ble skrevet ut") as refused:
        checked(database, Printed(1, wrong))
    assert refused.value.change == 1


@pytest.mark.parametrize(
    "text", ["", "886", "886:", "x:0000", f"1:{'a' * 19}", f"1:{'a' * 21}", f"1:{'g' * 20}"]
)
def test_what_is_no_fingerprint_is_not_taken_for_one(text: str):
    with pytest.raises(BadInput):
        integrity.printed(text)


@pytest.mark.parametrize(
    "said",
    [
        "DROP TRIGGER goal_is_history ON goal",
        "ALTER TABLE goal DISABLE TRIGGER goal_is_history",
        "CREATE OR REPLACE FUNCTION refuse_to_alter_history() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER zz AFTER INSERT ON goal EXECUTE FUNCTION refuse_to_alter_history()",
        "CREATE RULE zz AS ON INSERT TO comment DO ALSO DELETE FROM contact",
        "ALTER TABLE tagging RENAME TO other; CREATE VIEW tagging AS SELECT * FROM other",
    ],
)
def test_what_guards_the_history_in_postgresql_is_looked_at(fresh_postgresql, said: str):
    there = database.prepare(fresh_postgresql())
    adopt(there, a_plan())
    assert checked(there).change == 1
    with there.writer.begin() as connection:
        connection.exec_driver_sql(said)
    with pytest.raises(Tampered, match="bygd om utenom programmet"):
        checked(there)
    there.close()


@pytest.mark.parametrize(
    "name", ["every trigger gone", "a trigger added", "a table of the plan replaced by a view"]
)
def test_a_backup_of_a_database_that_was_rebuilt_puts_the_guards_back(
    here: Database, tmp_path: Path, name: str
):
    before = present(here)
    here.close()
    altered(here, ALTERATIONS[name][0])
    copy = backup.take(here.url, tmp_path / "kopier", NOW)
    kept = backup.restore(copy, here.url, NOW)
    assert checked(here).change == LAST
    assert present(here) == before
    assert kept
    assert "-endret-" in kept.name
