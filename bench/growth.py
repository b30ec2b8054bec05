"""How the work grows with the plan: the example, and the same with ten and a hundred times as many measures.

Every twin of a measure has sixty reports or more, so that the largest is 2,000 measures × 60 versions.
"""

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.samples import Sample
from bench.server import ROOT
from strategy import (
    changes,
    config,
    database,
    desk,
    document,
    drawings,
    example,
    exports,
    history,
    record,
    searching,
    since,
    snapshot,
    sync,
)
from strategy.access import LOCAL
from strategy.database import Database
from strategy.palette import LIGHT
from strategy.snapshot import Flat
from strategy.terms import Via

SIZES = (1, 10, 100)
VERSIONS = 60
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAN = ROOT / "strategy.yaml"
WORD = "Word export"
_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Enlarged:
    """An example database `size` times the plan, and its plan written as text."""

    size: int
    database: Database
    strategy: str
    as_of: int
    text: bytes

    @property
    def url(self) -> str:
        return self.database.url


def enlarged(folder: Path, size: int) -> Enlarged:
    """The example with `size` times its measures, made where the folder has none; 100 takes two minutes."""
    file = folder / f"times-{size}.db"
    opened = database.prepare(config.sqlite_url(file))
    with opened.reading() as session:
        as_of = changes.newest(session)
    if not as_of:
        with opened.writing() as session:
            as_of = example.fill(session, copies=size, versions=VERSIONS if size > 1 else 0)
    with opened.reading() as session:
        (strategy,) = snapshot.strategies(session, as_of)
        shown = snapshot.load(session, strategy, as_of)
    return Enlarged(size, opened, strategy, as_of, document.write(shown.flat, strategy).encode())


def measured(
    plans: Sequence[Enlarged], folder: Path, repeats: int, chance: random.Random
) -> dict[str, dict[int, Sample]]:
    """Seconds by operation and size. Small plans are measured more often; the order is new in each round."""
    found: dict[str, dict[int, list[float]]] = {name: {} for name in OPERATIONS}
    for turn in range(repeats):
        jobs = [(name, plan) for name in OPERATIONS for plan in plans if turn < _times(repeats, plan.size)]
        chance.shuffle(jobs)
        for name, plan in jobs:
            found[name].setdefault(plan.size, []).append(OPERATIONS[name](plan, folder))
    return {name: {size: Sample(tuple(v)) for size, v in sizes.items()} for name, sizes in found.items()}


def real_plan(folder: Path, repeats: int) -> tuple[Sample, Sample]:
    """Seconds to load `strategy.yaml` into an empty database: the work alone, and as a command of its own."""
    work = [_apply(lambda: sync.read(PLAN), folder) for _ in range(repeats)]
    return Sample(tuple(work)), Sample(tuple(_command(folder) for _ in range(max(1, repeats // 3))))


def strips(plan: Enlarged, repeats: int) -> Sample:
    """Milliseconds for a strip, from the snapshot and reports to SVG: those of all measures, shared out."""
    with plan.database.reading() as session:
        shown = snapshot.load(session, plan.strategy, plan.as_of)
        keys = [measure.key for measure in shown.measures]
        said = history.reports(session, plan.strategy, keys, plan.as_of)

    def drawn() -> None:
        for story in drawings.stories(shown, keys, said, NOW.date()):
            drawings.strip(story, LIGHT)

    return Sample(tuple(seconds(drawn) * 1000 / len(keys) for _turn in range(repeats)))


SEARCHES = (
    "okte midler", "vedtak kulturarena", "36/2026", "sykdom", "og", "ing", "2026", "rapport",
    "styret ber departementet",
)  # fmt: skip
"""What is searched for: what is rare and what is everywhere, one word and three."""


def searches(plan: Enlarged, repeats: int) -> Sample:
    """Milliseconds for a search, until its first page of hits can be shown; the index is there."""
    with plan.database.reading() as session:
        index = searching.read(session, snapshot.load(session, plan.strategy, plan.as_of))

    def shown(asked: str) -> None:
        found = index.find(asked)
        for entry in found.entries[:20]:
            searching.hit(entry, index.plan, found.words)

    asked = (asked for _turn in range(repeats) for asked in SEARCHES)
    return Sample(tuple(seconds(partial(shown, each)) * 1000 for each in asked))


def _times(repeats: int, size: int) -> int:
    return max(2, repeats // 4) if size > 10 else repeats


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes, with nothing left over for the collector from before."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _read(plan: Enlarged) -> Flat:
    """The text without its limit of one megabyte, which is there to be refused, not to be measured."""
    found, problems = document.read(plan.text, limit=len(plan.text))
    if found is None:
        raise ValueError(f"{plan.size} × the plan is refused: {problems[:3]}")
    return document.things(found)


def _check(plan: Enlarged, _folder: Path) -> float:
    return seconds(partial(_read, plan))


def _apply(read: Callable[[], Flat], folder: Path) -> float:
    """Read, check, compare and load into an empty database, up to the end of the commit."""
    file = folder / "applied.db"
    file.unlink(missing_ok=True)
    opened = database.prepare(config.sqlite_url(file))

    def work() -> None:
        changeset = sync.diff(None, read())
        with opened.writing() as session:
            sync.apply(record.By(session, LOCAL, changeset.strategy, NOW, Via.YAML), changeset)

    took = seconds(work)
    opened.close()
    return took


def _load(plan: Enlarged, _folder: Path) -> float:
    with plan.database.reading() as session:
        return seconds(lambda: snapshot.load(session, plan.strategy, plan.as_of))


def _account(plan: Enlarged, _folder: Path) -> float:
    """What the board is told has happened in the same sixty days."""
    then, today = example.DEMO_DAY - _BACK, example.DEMO_DAY
    with plan.database.reading() as session:
        after = snapshot.load(session, plan.strategy, plan.as_of)
        before = snapshot.load(session, plan.strategy, changes.newest_on(session, then))
    return seconds(lambda: since.account(before, then, after, today))


def _queue(plan: Enlarged, _folder: Path) -> float:
    """What is to be reported, most urgent first."""
    with plan.database.reading() as session:
        shown = snapshot.load(session, plan.strategy, plan.as_of)
    return seconds(lambda: desk.queue(shown, example.DEMO_DAY))


def _index(plan: Enlarged, _folder: Path) -> float:
    """What the first search after a change waits for."""
    with plan.database.reading() as session:
        shown = snapshot.load(session, plan.strategy, plan.as_of)
        return seconds(lambda: searching.read(session, shown))


def _word(plan: Enlarged, _folder: Path) -> float:
    day = example.DEMO_DAY
    with plan.database.reading() as session:
        return seconds(lambda: exports.annual_report(session, plan.strategy, day.year - 1, day))


def _command(folder: Path) -> float:
    file = folder / "command.db"
    file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "strategy", "apply", str(PLAN), "--database", config.sqlite_url(file)]
    return seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))


OPERATIONS: dict[str, Callable[[Enlarged, Path], float]] = {
    "check": _check,
    "apply to an empty database": lambda plan, folder: _apply(partial(_read, plan), folder),
    "snapshot.load": _load,
    "since.account": _account,
    "desk.queue": _queue,
    "searching.read": _index,
    WORD: _word,
}
