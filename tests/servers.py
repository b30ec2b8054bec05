"""The real app for tests: its server on a free port, a Chromium to drive it, the databases it opens."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from strategy import config, startup

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the lightest first
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
expect.set_options(timeout=30_000)  # a slow machine is not a failure
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


FINISHED = """() =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && document.getAnimations().every(
        each => each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)"""
"""Whether all is drawn and at rest; what turns for ever is no matter."""


@dataclass
class Server:
    """One `streamlit run app.py` on one data folder; `start` again after `kill` finds the same data."""

    folder: Path
    database_url: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={
                    **os.environ,
                    "STRATEGY_DATABASE_URL": self.database_url,
                    "STRATEGY_DATA_DIR": str(self.folder),
                },
            )
        _wait(self.url + "/_stcore/health")

    def half_written(self) -> int:
        """How many forms somebody has begun on and not saved."""
        with closing(sqlite3.connect(self.folder / "strategy.db")) as connection:
            return int(connection.execute("SELECT count(*) FROM scratch").fetchone()[0])

    def kill(self) -> None:
        """End it with SIGKILL, as a power cut would."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


Starter = Callable[[Path | None], Server]


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A database that holds the example, made once for all workers; copy it before writing."""
    whole = tmp_path_factory.getbasetemp()
    folder = (whole if worker_id == "master" else whole.parent) / "example"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            startup.open_example(config.settings({"STRATEGY_DATA_DIR": str(folder)})).close()
            (folder / "made").touch()
    return folder / "example.db"


@pytest.fixture(scope="session")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the real plan and nothing more; copy it before writing."""
    folder = tmp_path_factory.mktemp("real")
    settings = config.settings({"STRATEGY_DATA_DIR": str(folder)})
    startup.open_database(settings, datetime(2026, 11, 23, 8, tzinfo=UTC)).close()
    return folder / "strategy.db"


@pytest.fixture(scope="session")
def serve_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts a server that many tests share, on a copy of a database file or on an empty folder."""
    with _starting(tmp_path_factory) as start:
        yield start


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts a server for one test, and ends it: each that is left takes its share of a small machine."""
    with _starting(tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="session")
def example_server(serve_on: Starter, example_file: Path) -> Server:
    """One server on the example for the tests that write nothing, or nothing the others look at."""
    return serve_on(example_file)


@contextmanager
def _starting(folders: pytest.TempPathFactory) -> Iterator[Starter]:
    started: list[Server] = []

    def start(file: Path | None) -> Server:
        folder = folders.mktemp("server")
        if file:
            shutil.copy(file, folder / "strategy.db")
        server = Server(folder, config.sqlite_url(folder / "strategy.db"))
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none the test is skipped, in CI it fails."""
    if not CHROMIUM:
        missing = "Chromium is not installed (Debian: apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@dataclass
class Tab:
    """One browser tab with everything it complained of."""

    page: Page
    errors: list[str]

    def open(self, address: str) -> None:
        """Go to an address and wait until the page has drawn itself."""
        self.page.goto(address)
        self.settled()

    def settled(self) -> None:
        """Wait until the script has finished, the heading stands there, and nothing moves under the mouse."""
        self.page.wait_for_selector("h1", timeout=30_000)
        self.page.wait_for_function(FINISHED, timeout=30_000)

    @property
    def focus(self) -> str:
        """The label of what is in focus, empty where it has none."""
        return str(self.page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))

    @property
    def text(self) -> str:
        return self.page.inner_text("[data-testid=stMain]")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Opens tabs of a given width and colour scheme."""
    contexts = []

    def make(width: int = 1400, scheme: Literal["light", "dark"] = "light") -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="nb-NO"
        )
        contexts.append(context)
        opened = Tab(context.new_page(), [])

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error":
                opened.errors.append(message.text)

        opened.page.on("console", heard)
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        return opened

    yield make
    for context in contexts:
        context.close()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")
