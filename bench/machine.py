"""Where and with what it was measured."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version

from bench.browser import CHROMIUM
from bench.server import ROOT

_PACKAGES = ("streamlit", "plotly", "pandas", "sqlalchemy", "sqlmodel", "uvloop", "python-docx")


def load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def described(seed: int, load_before: str, *, quick: bool) -> list[str]:
    """One line each: when and which commit, the machine and its load, the versions."""
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    how = "quick" if quick else "full"
    load = f"load average {load_before} before, {load_average()} after"
    where = f"{platform.system()} {platform.release()}"
    return [
        f"{moment}, commit {_said('git', 'rev-parse', '--short', 'HEAD')}, {how} run, seed {seed}",
        f"{os.cpu_count()} × {_processor()}, {_gigabytes()} GB, {where}, {load}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        _said(str(CHROMIUM), "--version"),
    ]


def _processor() -> str:
    with open("/proc/cpuinfo") as lines:
        return next(
            (line.split(":")[1].strip() for line in lines if line.startswith("model name")),
            platform.machine(),
        )


def _gigabytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30


def _said(*command: str) -> str:
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"
