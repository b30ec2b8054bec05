"""Nothing saved is lost: the short run of `make torture`, with its controls, in processes of their own."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench import edits, torture

ROOT = Path(__file__).parent.parent
SHORT = ["--kills", "10", "--saves", "48", "--backups", "4", "--edits", "14", "--rounds", "1"]

Figures = Callable[[str], dict[str, Any]]


@pytest.fixture
def short_run() -> Figures:
    """The result of each proof by name, on SQLite; `make torture` has the long run on PostgreSQL too."""
    return lambda name: proved()[name]


@cache
def proved() -> dict[str, Any]:
    """Run once, in whatever order its tests come."""
    command = [sys.executable, "-m", "bench.torture", *SHORT, "--database", "sqlite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize(
    "name", ["kill", "threads", "processes", "rows-apart", "backup", "restore-kill", "edits"]
)
def test_nothing_is_lost_torn_or_refused(short_run: Figures, name: str):
    assert short_run(name)["failures"] == 0, short_run(name)


@pytest.mark.parametrize("name", ["kill-control", "unchecked-control", "deferred-control"])
def test_each_proof_goes_red_when_the_safety_is_taken_away(short_run: Figures, name: str):
    figure = short_run(name)["figure"]
    assert figure["lost"] + figure.get("locked", 0) > 0


def test_the_kills_met_something_to_lose(short_run: Figures):
    assert short_run("kill")["figure"]["acknowledged"] > 8


def test_every_road_was_walked(short_run: Figures):
    assert set(short_run("edits")["figure"]) >= {road.__name__ for road in edits.ROADS}


def test_every_proof_has_its_line(short_run: Figures):
    for name in torture.PROOFS:
        assert short_run(name)["id"] == name
