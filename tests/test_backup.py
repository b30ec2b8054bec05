"""Backups are whole, restore to what they were taken of, and never replace anything by something torn."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from strategy import backup, config, current, database, tables
from strategy.database import Database, connect, prepare
from strategy.errors import NotFound, Tampered, Unavailable
from tests.databases import NOW, a_plan, adopt, newest, present, say, verify

LATER = NOW + timedelta(hours=3)


def newest_hash(db: Database) -> str:
    with db.reading() as session:
        hashes = sa.select(col(tables.Change.hash)).order_by(col(tables.Change.id).desc())
        return session.execute(hashes).scalars().first() or ""


def test_a_restored_backup_is_what_was_taken(planned: Database, tmp_path: Path):
    say(planned, done="Før sikkerhetskopien – æøå")
    before, said = present(planned), newest_hash(planned)
    file = backup.take(planned.url, tmp_path / "kopier", NOW)
    say(planned, done="Etter sikkerhetskopien")
    kept = backup.restore(file, planned.url, LATER)
    assert newest_hash(planned) == said
    assert present(planned) == before
    assert verify(planned) == 2
    assert kept
    assert backup.check(kept) == 3


def test_the_database_works_on_and_guards_its_history_after_a_restore(planned: Database, tmp_path: Path):
    backup.restore(backup.take(planned.url, tmp_path, NOW), planned.url, LATER)
    say(planned, done="Videre")
    assert verify(planned) == 2
    refused = pytest.raises(sa.exc.DBAPIError, match="history is never altered")
    with planned.writer.connect() as connection, refused:
        connection.exec_driver_sql("UPDATE change SET actor = 'noen'")


def test_a_backup_from_either_database_restores_to_the_other(fresh_sqlite, fresh_postgresql, tmp_path: Path):
    for source, target in ((fresh_sqlite, fresh_postgresql), (fresh_postgresql, fresh_sqlite)):
        here, there = prepare(source()), prepare(target())
        adopt(here, a_plan())
        say(here, done="Flyttes")
        assert backup.restore(backup.take(here.url, tmp_path, NOW), there.url, LATER) is None
        assert newest_hash(there) == newest_hash(here)
        assert present(there).flat == present(here).flat
        assert verify(there) == 2
        here.close()
        there.close()


def test_a_backup_makes_a_database_where_there_is_none(planned: Database, tmp_path: Path):
    file = backup.take(planned.url, tmp_path, NOW)
    url = config.sqlite_url(tmp_path / "ny mappe med å" / "plan.db")
    assert backup.restore(file, url, LATER) is None
    restored = prepare(url)
    assert newest_hash(restored) == newest_hash(planned)
    restored.close()


@pytest.mark.parametrize(
    "content", [b"", b"dette er ingen database" * 99, "torn"], ids=["tom", "annet", "avkuttet"]
)
def test_a_damaged_database_is_replaced_and_kept_aside(fresh_sqlite, tmp_path: Path, content: bytes | str):
    whole = prepare(fresh_sqlite())
    adopt(whole, a_plan())
    file = backup.take(whole.url, tmp_path / "kopier", NOW)
    said = newest_hash(whole)
    whole.close()
    assert whole.file
    damage = whole.file.read_bytes()[:50_000] if isinstance(content, str) else content
    whole.file.write_bytes(damage)
    kept = backup.restore(file, whole.url, LATER)
    assert newest_hash(whole) == said
    assert (kept.read_bytes() if kept else b"") == damage


def test_a_tampered_database_can_be_replaced_and_is_kept_as_it_was(planned: Database, tmp_path: Path):
    file = backup.take(planned.url, tmp_path, NOW)
    with planned.writer.begin() as connection, backup._unguarded(connection):
        connection.exec_driver_sql("UPDATE change SET reason = 'noe annet'")
    with pytest.raises(Tampered):
        backup.take(planned.url, tmp_path, LATER)
    kept = backup.restore(file, planned.url, LATER)
    assert verify(planned) == 1
    assert kept
    assert kept.name.startswith("endret-")
    with pytest.raises(Tampered):
        backup.check(kept)


def no_backup(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as shell:
        shell.execute("CREATE TABLE noe (annet)")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as shell:
        shell.execute("UPDATE alembic_version SET version_num = '9999'")
        shell.commit()


def tampered(file: Path) -> None:
    with closing(sqlite3.connect(file)) as shell:
        shell.execute("DROP TRIGGER person_no_update")
        shell.execute("UPDATE person SET title = title || '.'")
        shell.commit()


@pytest.mark.parametrize(
    ("spoil", "refusal", "sentence"),
    [
        (lambda file: file.write_bytes(b""), Unavailable, "skadet eller ufullstendig"),
        (lambda file: file.write_bytes(b"PK\x03\x04" * 5000), Unavailable, "skadet eller ufullstendig"),
        (lambda file: file.write_bytes(file.read_bytes()[:-4096]), Unavailable, "skadet eller ufullstendig"),
        (lambda file: file.write_bytes(file.read_bytes()[:100]), Unavailable, "skadet eller ufullstendig"),
        (no_backup, Unavailable, "skadet eller ufullstendig"),
        (newer, Unavailable, "nyere versjon"),
        (tampered, Tampered, "Endring 1 er endret"),
        (lambda file: file.unlink(), NotFound, "Fant ikke sikkerhetskopien"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_replaced(
    planned: Database, tmp_path: Path, spoil, refusal, sentence: str
):
    file = backup.take(planned.url, tmp_path, NOW)
    say(planned, done="Skal stå")
    before = newest_hash(planned)
    spoil(file)
    with pytest.raises(refusal, match=sentence):
        backup.restore(file, planned.url, LATER)
    assert newest_hash(planned) == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.floats(0, 1, exclude_max=True))
def test_a_backup_torn_anywhere_is_refused(fresh_sqlite, tmp_path: Path, at: float):
    url, torn = fresh_sqlite(), tmp_path / "torn.db"
    database_ = prepare(url)
    adopt(database_, a_plan())
    content = backup.take(url, tmp_path / "hele", NOW).read_bytes()
    database_.close()
    torn.write_bytes(content[: int(at * len(content))])
    with pytest.raises(Unavailable):
        backup.check(torn)


def test_backups_taken_while_others_write_are_whole(planned: Database, tmp_path: Path):
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            say(planned, done="Om og om igjen")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [backup.take(planned.url, tmp_path, NOW + timedelta(minutes=n)) for n in range(12)]
    finally:
        stop.set()
        writer.join()
    held = [backup.check(file) for file in files]
    assert held == sorted(held)
    assert held[0] < held[-1] <= newest(planned)


def test_a_save_during_a_restore_waits_and_is_not_lost_unseen(planned: Database, tmp_path: Path):
    """What was saved before it is in the backup it leaves; what comes after stands on the restored plan."""
    file = backup.take(planned.url, tmp_path, NOW)
    saved, go = [], threading.Event()

    def write() -> None:
        go.set()
        for _n in range(15):
            saved.append(say(planned, done="Samtidig"))

    writer = threading.Thread(target=write)
    writer.start()
    go.wait()
    kept = backup.restore(file, planned.url, LATER)
    writer.join()
    assert kept
    assert backup.check(kept) + verify(planned) == 15 + 2


def test_a_program_that_runs_shows_what_was_restored_by_another(planned: Database, tmp_path: Path):
    """What is remembered is remembered by the hash of the newest change, which is another one now."""
    before = current.plan(planned)
    file = backup.take(planned.url, tmp_path, NOW)
    say(planned, done="Skal bort")
    assert current.plan(planned).measure("1.1.1").report
    words = [sys.executable, "-m", "strategy", "restore", str(file), "--database", planned.url]
    done = subprocess.run(words, env={**os.environ, "STRATEGY_DATA_DIR": str(tmp_path)}, check=False)
    assert done.returncode == 0
    assert current.plan(planned) == before
    say(planned, done="Videre")
    assert verify(planned) == 2


def test_backups_of_the_last_day_stay(tmp_path: Path):
    """Each was taken before something: the one from before the load an hour ago is the one to go back to."""
    for hour in (0, 3, 22, 26):
        (tmp_path / f"strategi-{(NOW + timedelta(hours=hour)).strftime(backup._STAMP)}.db").touch()
    assert [file.name for file in backup.prune(tmp_path)] == [f"strategi-{NOW.strftime(backup._STAMP)}.db"]


def test_a_folder_that_cannot_be_written_is_said_so(planned: Database, tmp_path: Path):
    (tmp_path / "fil").write_text("ikke en mappe")
    with pytest.raises(Unavailable, match="Sikkerhetskopien kunne ikke lages"):
        backup.take(planned.url, tmp_path / "fil", NOW)


def test_two_backups_in_one_second_do_not_overwrite_each_other(planned: Database, tmp_path: Path):
    first = backup.take(planned.url, tmp_path, NOW)
    say(planned, done="Mer")
    assert [backup.check(file) for file in (first, backup.take(planned.url, tmp_path, NOW))] == [1, 2]


def test_backups_are_listed_newest_first_and_other_files_left_alone(planned: Database, tmp_path: Path):
    (tmp_path / "notat.txt").write_text("mitt")
    files = [backup.take(planned.url, tmp_path, NOW + timedelta(days=n)) for n in (2, 0, 1)]
    assert [b.file for b in backup.listed(tmp_path)] == [files[0], files[2], files[1]]
    assert backup.listed(tmp_path)[0].taken_at == NOW + timedelta(days=2)
    assert backup.listed(tmp_path / "finnes ikke") == ()


def test_daily_weekly_and_monthly_backups_are_kept(tmp_path: Path):
    """A backup every night for two years, pruned every night, as it will be."""
    start = datetime(2024, 1, 1, 2, tzinfo=UTC)
    for night in range(731):
        stamp = (start + timedelta(days=night)).strftime(backup._STAMP)
        (tmp_path / f"strategi-{stamp}.db").touch()
        backup.prune(tmp_path)
    days = [b.taken_at.date() for b in backup.listed(tmp_path)]
    last = (start + timedelta(days=730)).date()
    assert days[:7] == [last - timedelta(days=n) for n in range(7)]
    assert sum(last - day < timedelta(days=28) for day in days) <= 7 + 4
    assert {(day.year, day.month) for day in days} == {(2025, month) for month in range(1, 13)} | {
        (2024, 12)
    } - {(2024, 12)}
    assert len(days) <= 7 + 4 + 12


def test_pruning_an_empty_folder_removes_nothing(tmp_path: Path):
    (tmp_path / "notat.txt").write_text("mitt")
    assert backup.prune(tmp_path) == ()
    assert backup.prune(tmp_path / "finnes ikke") == ()


def test_a_backup_leaves_no_connection_behind(planned: Database, tmp_path: Path):
    backup.take(planned.url, tmp_path, NOW)
    assert connect(planned.url) is planned
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.name.startswith("strategi-")) == [".db"]
    assert database.head()
