"""The app on the example and on the real plan, and the addresses of all its pages, to walk through."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from playwright.sync_api import Browser, sync_playwright

from bench.server import ROOT, Server
from strategy import config, startup
from tests.addresses import ADDRESSES, IN_MEETINGS, MORE
from tests.servers import CHROMIUM, QUIET

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
DATA = ("example", "real")
DAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def _addresses(data: str) -> tuple[str, ...]:
    """The pages there are: the real plan has no meeting yet."""
    return (*ADDRESSES, *MORE, *(IN_MEETINGS if data == "example" else ()))


def walk(data: Sequence[str], asked: Sequence[str], port: int) -> Iterator[tuple[Browser, Server, str, str]]:
    """Each address on each data, those `asked` or all, with a Chromium and the server it is on."""
    with tempfile.TemporaryDirectory(prefix="pages-") as made, ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for number, name in enumerate(data):
            server = stack.enter_context(_serving(name, Path(made), port + number))
            for address in asked or _addresses(name):
                print(f"{name} {address} …", file=sys.stderr)
                yield browser, server, name, address


@contextmanager
def _serving(data: str, made: Path, port: int) -> Iterator[Server]:
    """The app on a database of its own, the example or the real plan with nothing said about it."""
    folder = made / data
    folder.mkdir()
    settings = config.settings({"STRATEGY_DATA_DIR": str(folder)})
    if data == "example":
        startup.open_example(settings).close()
        shutil.move(folder / "example.db", folder / "strategy.db")
    else:
        startup.open_database(settings, DAY).close()
    given = {
        "STRATEGY_DATABASE_URL": config.sqlite_url(folder / "strategy.db"),
        "STRATEGY_DATA_DIR": str(folder),
    }
    with Server(data, ROOT / "app.py", port, folder, given, defaults=False) as server:
        yield server
