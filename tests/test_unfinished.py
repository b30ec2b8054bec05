"""Files under way: what a killed process leaves is removed, and never what is in use or somebody else's."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from strategy import backup, config, database, startup, unfinished
from strategy.config import Settings
from tests.databases import NOW, a_plan, adopt, newest

HOLDS = """
import sys
from pathlib import Path
from strategy import unfinished
with unfinished.draft(Path(sys.argv[1])) as draft:
    for ending in ("", "-journal"):
        draft.with_name(draft.name + ending).write_bytes(b"halv")
    print(draft, flush=True)
    sys.stdin.read()
"""
COPIES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from strategy import backup
while True:
    if sys.argv[1] == "restore":
        backup.restore(Path(sys.argv[2]), sys.argv[3], datetime.now(UTC), Path(sys.argv[4]))
    else:
        backup.take(sys.argv[3], Path(sys.argv[4]), datetime.now(UTC))
"""


@contextmanager
def running(program: str, *args: object) -> Iterator[subprocess.Popen[str]]:
    """Another process, killed in the end."""
    words = [sys.executable, "-c", program, *map(str, args)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def hidden(*folders: Path) -> list[Path]:
    return [file for folder in folders if folder.is_dir() for file in folder.iterdir() if file.name[0] == "."]


def test_what_a_killed_process_left_goes_and_what_a_living_one_writes_stays(tmp_path: Path):
    with running(HOLDS, tmp_path) as process:
        draft = Path(process.stdout.readline().strip())
        assert unfinished.clear(tmp_path) == ()
        with unfinished.draft(tmp_path) as mine:
            mine.touch()
            assert draft.read_bytes() == b"halv"
        assert len(hidden(tmp_path)) == 3
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert len(hidden(tmp_path)) == 3
        assert unfinished.clear(tmp_path) == (draft,)
    assert hidden(tmp_path) == []


def test_one_who_is_cleared_away_before_the_lock_is_taken_takes_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Between making the file of the lock and locking it, somebody else clears."""
    taken = unfinished._take

    def cleared_first(handle: int) -> bool:
        monkeypatch.setattr(unfinished, "_take", taken)
        assert len(unfinished.clear(tmp_path)) == 1
        return taken(handle)

    with unfinished._held(tmp_path):
        assert len(hidden(tmp_path)) == 1
    monkeypatch.setattr(unfinished, "_take", cleared_first)
    with unfinished._held(tmp_path) as stem:
        assert [file.name for file in hidden(tmp_path)] == [f"{stem}.lock"]
        assert unfinished.clear(tmp_path) == ()


@pytest.mark.parametrize("work", ["take", "restore"])
def test_a_killed_backup_or_restore_leaves_nothing_after_the_next_start(
    fresh_sqlite, tmp_path: Path, work: str
):
    """Killed when a hidden file is seen, five times; then the program starts."""
    settings = prepared(fresh_sqlite(), tmp_path)
    good = backup.take(settings.database_url, tmp_path / "god", NOW)
    folders = (settings.data_dir, settings.backups)
    for _n in range(5):
        with running(COPIES, work, good, settings.database_url, settings.backups) as process:
            while not [file for file in hidden(*folders) if file.suffix == ".part"]:
                assert process.poll() is None
            os.kill(process.pid, signal.SIGKILL)
    startup._opened.clear()
    opened = startup.open_database(settings, NOW)
    assert hidden(*folders) == []
    assert newest(opened) == 1
    assert {backup.check(each.file) for each in backup.listed(settings.backups)} <= {1}
    opened.close()


def prepared(url: str, folder: Path) -> Settings:
    """A data folder with the small plan in its database."""
    data = folder / "data"
    data.mkdir()
    shutil.copy(database.connect(url).file or "", data / "strategy.db")
    settings = config.settings({"STRATEGY_DATA_DIR": str(data)})
    adopt(database.prepare(settings.database_url), a_plan())
    return settings


def test_what_was_left_before_there_were_locks_goes_when_it_is_old_and_ours(fresh_sqlite, tmp_path: Path):
    settings = prepared(fresh_sqlite(), tmp_path)
    settings.backups.mkdir()
    ours = [settings.backups / ".0123456789abcdef.part", settings.data_dir / ".strategy.db.1a2b3c4d"]
    young, text = settings.backups / ".fedcba9876543210.part", settings.data_dir / ".notat.db.1a2b3c4d"
    others = settings.backups / ".min-egen.part"
    for file in (*ours, young, others):
        with closing(sqlite3.connect(file)) as shell:
            shell.execute("CREATE TABLE change (id)")
    text.write_text("ikke en database")
    for file in (*ours, text, others):
        os.utime(file, (time.time() - 4000, time.time() - 4000))
    startup.clear(settings)
    assert sorted(hidden(settings.backups, settings.data_dir)) == sorted([young, text, others])
