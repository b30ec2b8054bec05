"""Opening, reading and writing: what is certain is said to be certain, nothing fails without a sentence."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from strategy import database as module
from strategy import snapshot, tables
from strategy.database import Database, connect, prepare, wal_is_safe
from strategy.errors import Conflict, Unavailable, Uncertain
from strategy.terms import Assessment, Via
from tests.databases import NOW, PLAN, a_plan, adopt, newest, present, say, verify

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_used_only_where_sqlite_has_the_fix(version: tuple[int, int, int], safe: bool):
    assert wal_is_safe(version) is safe


def test_sqlite_is_opened_as_the_recipe_says(fresh_sqlite):
    db = prepare(fresh_sqlite())
    journal = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate"
    with db.writer.connect() as connection:
        asked = (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "query_only",
            "recursive_triggers",
        )
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == [journal, 2, 1, 0, 0, 1]
    with db.reader.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
    db.close()


def test_who_only_reads_can_write_nothing(planned: Database):
    with pytest.raises(Unavailable, match=r"kan bare leses|svarer ikke"), planned.reading() as session:
        session.execute(
            sa.insert(tables.Change).values(
                id=2, recorded_at=NOW, actor="", via="page", prev_hash="", hash=""
            )
        )
    assert newest(planned) == 1


def test_a_reader_sees_one_moment_while_others_write(planned: Database):
    """The writer waits its turn on SQLite and goes on at once on PostgreSQL; the reader never notices."""
    with planned.reading() as session:
        before = snapshot.load(session, PLAN, 1)
        writer = threading.Thread(target=say, args=(planned,), kwargs={"done": "imens"})
        writer.start()
        if not planned.file:
            writer.join()
        assert session.execute(sa.select(sa.func.max(tables.Change.id))).scalar() == 1
        assert snapshot.load(session, PLAN, 1) == before
    writer.join()
    assert newest(planned) == 2


def test_nothing_is_written_when_the_block_fails(planned: Database):
    row = {
        "id": 2,
        "recorded_at": NOW,
        "actor": "",
        "via": Via.PAGE,
        "reason": "",
        "prev_hash": "",
        "hash": "",
    }
    with suppress(ZeroDivisionError), planned.writing() as session:
        session.execute(sa.insert(tables.Change).values(**row))
        raise ZeroDivisionError
    assert newest(planned) == 1
    say(planned, done="og så videre")
    assert verify(planned) == 2


def test_change_ids_are_in_the_order_of_commits(planned: Database):
    """A later id is never to be seen before an earlier one."""
    seen: list[list[int]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            with planned.reading() as session:
                seen.append(
                    list(
                        session.execute(
                            sa.select(col(tables.Change.id)).order_by(col(tables.Change.id))
                        ).scalars()
                    )
                )

    looking = threading.Thread(target=look)
    looking.start()
    writers = [
        threading.Thread(target=lambda key=key: [say(planned, key, n) for n in range(6)])
        for key in ("1.1.1", "1.2.1")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    looking.join()
    assert newest(planned) == 13
    assert all(ids == list(range(1, len(ids) + 1)) for ids in seen)
    assert [len(ids) for ids in seen] == sorted(len(ids) for ids in seen)


def test_a_busy_database_says_so_and_saves_nothing(planned: Database, monkeypatch: pytest.MonkeyPatch):
    """Another thread of the program holds the turn longer than anybody waits."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with planned.writing(), pytest.raises(Unavailable, match=r"opptatt\. Ingenting er lagret\. Prøv igjen"):
        say_in_thread(planned)
    assert newest(planned) == 1


def say_in_thread(planned: Database) -> None:
    raised: list[Exception] = []

    def save() -> None:
        try:
            say(planned, done="x")
        except Unavailable as error:
            raised.append(error)

    thread = threading.Thread(target=save)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def test_a_database_held_by_another_process_says_so(fresh_sqlite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    assert db.file
    with closing(sqlite3.connect(db.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="opptatt"):
            say(db, base_version=0)
        other.execute("ROLLBACK")
    assert say(db, done="nå").version == 1
    db.close()


def test_a_reader_who_keeps_a_save_from_ending_makes_it_refused_not_uncertain(
    fresh_sqlite, monkeypatch: pytest.MonkeyPatch
):
    """In a rollback journal the commit waits for every reader; when it gives up, nothing was saved."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    if wal_is_safe(sqlite3.sqlite_version_info):
        pytest.skip("in WAL a commit waits for nobody")
    assert db.file
    with closing(sqlite3.connect(db.file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM change").fetchall()
        with pytest.raises(Unavailable, match=r"opptatt\. Ingenting er lagret"):
            say(db, base_version=0)
        other.execute("ROLLBACK")
    assert newest(db) == 1
    db.close()


def test_a_full_disk_is_said_to_be_full_and_nothing_is_lost(fresh_sqlite):
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    with db.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(db.writer, "checkout", fill)
    with pytest.raises(Unavailable, match=r"Disken er full\. Ingenting er lagret"):
        say(db, assessment=Assessment.SOME_DEVIATION, done="x" * 4000, cause="y" * 4000, remedy="z" * 4000)
    assert newest(db) == verify(db) == 1
    sa.event.remove(db.writer, "checkout", fill)
    db.close()
    say(db, done="x" * 4000)
    assert newest(db) == verify(db) == 2
    db.close()


SAVE = """
import json, sys
from strategy.database import prepare
from strategy.errors import Refusal
from tests.databases import say
db = prepare(sys.argv[1])
for number in range(3):
    try:
        said = say(db, "1.1.1", base_version=None, done=f"lagring {number}").change_id
    except Refusal as error:
        said = type(error).__name__
    print(json.dumps([number, said]), flush=True)
"""


@pytest.fixture
def faulty() -> Callable[[Database, str], list[tuple[int, str | int]]]:
    """Saves three times in a process whose system calls fail as told; what it said of each."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: failing disks are not tried")

    def run(db: Database, fault: str) -> list[tuple[int, str | int]]:
        assert db.file
        traced = [
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-P",
            str(db.file),
            "-P",
            f"{db.file}-journal",
            "-e",
            fault,
        ]
        done = subprocess.run(
            [*traced, sys.executable, "-c", SAVE, db.url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if "ptrace" in done.stderr and not done.stdout:
            pytest.skip("strace may not trace here: failing disks are not tried")
        assert done.returncode == 0, done.stderr
        return [tuple(json.loads(line)) for line in done.stdout.splitlines()]

    return run


@pytest.mark.parametrize(
    "call", ["fdatasync:error=EIO", "pwrite64:error=EIO", "pwrite64:error=ENOSPC", "ftruncate:error=EIO"]
)
@pytest.mark.parametrize("nth", [1, 4])
def test_a_failing_disk_never_makes_the_program_say_what_is_not_so(fresh_sqlite, faulty, call: str, nth: int):
    """Said to be saved: it is there. Said to be not saved: it is not. Else it says that it does not know."""
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    db.close()
    told = faulty(db, f"inject={call}:when={nth}")
    assert verify(db) == newest(db)
    there = said_in(db)
    for number, said in told:
        if said == "Unavailable":
            assert f"lagring {number}" not in there
        elif said != "Uncertain":
            assert f"lagring {number}" in there
    assert any(isinstance(said, int) for _number, said in told)
    db.close()


def said_in(db: Database) -> list[str]:
    with db.reading() as session:
        return list(session.execute(sa.select(col(tables.StatusReport.done))).scalars())


def test_a_commit_that_fails_is_uncertain(fresh_sqlite, faulty):
    """The first sync of a save is the commit's: nobody can know what reached the disk."""
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    db.close()
    told = faulty(db, "inject=fdatasync,fsync:error=EIO:when=1")
    assert told[0] == (0, "Uncertain")
    assert verify(db) == newest(db)
    db.close()


def test_an_uncertain_save_asks_for_a_look_and_claims_nothing(fresh_sqlite):
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())

    def break_off(_connection: object) -> None:
        raise sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))

    sa.event.listen(db.writer, "commit", break_off)
    with pytest.raises(Uncertain, match="Last siden på nytt og se") as refused:
        say(db, done="kanskje")
    assert "ikke lagret" not in str(refused.value).lower()
    sa.event.remove(db.writer, "commit", break_off)
    db.close()


def damaged_page(content: bytes) -> bytes:
    return content[:4096] + b"\xa5" * 4096 + content[8192:]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda _content: b"", "er tom"),
        (lambda _content: b"Dette er et brev.\n" * 500, "skadet"),
        (lambda content: content[:5000], "skadet"),
        (lambda content: content[: len(content) // 2], "skadet"),
        (damaged_page, "skadet"),
        (lambda content: b"\x00" * len(content), "skadet"),
    ],
    ids=["emptied", "a letter", "cut", "half", "a page", "zeroes"],
)
def test_a_damaged_file_is_refused_with_a_sentence(fresh_sqlite, spoil, sentence: str):
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    db.close()
    assert db.file
    db.file.write_bytes(spoil(db.file.read_bytes()))
    with pytest.raises(Unavailable, match=sentence):
        prepare(db.url)
    db.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.floats(0, 1, exclude_max=True), size=st.integers(1, 64), byte=st.integers(0, 255))
def test_damage_anywhere_gives_the_plan_or_a_sentence_and_never_a_traceback(
    fresh_sqlite, at, size: int, byte: int
):
    db = prepare(fresh_sqlite())
    adopt(db, a_plan())
    db.close()
    assert db.file
    content = bytearray(db.file.read_bytes())
    start = int(at * len(content))
    content[start : start + size] = bytes([byte]) * len(content[start : start + size])
    db.file.write_bytes(content)
    with suppress(Unavailable):
        prepare(db.url)
    db.close()


@pytest.mark.parametrize(
    "url", ["tull", "sqlit:///x.db", "", "mongodb://x/y", "postgresql+psycopg2cffi://x/y"]
)
def test_an_address_that_cannot_be_used_says_how_to_write_one(url: str):
    with pytest.raises(Unavailable, match="Databaseadressen kan ikke brukes"):
        connect(url)


def test_a_server_that_does_not_answer_is_said_so(tmp_path: Path):
    with pytest.raises(Unavailable, match="svarer ikke"):
        prepare(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")


def test_a_folder_that_is_not_there_is_made(tmp_path: Path):
    db = prepare(f"sqlite:///{tmp_path / 'a' / 'b' / 'plan.db'}")
    adopt(db, a_plan())
    assert present(db).change_id == 1
    db.close()


def test_one_process_has_one_database_for_an_address(planned: Database):
    assert connect(planned.url) is planned


def test_a_row_of_no_change_is_refused(planned: Database):
    row = {"strategy": PLAN, "key": "x", "version": 1, "change_id": 99, "title": "x", "order": 1}
    with pytest.raises(Conflict), planned.writing() as session:
        session.execute(sa.insert(tables.Person).values(**row, retired=False, proposal=False))
