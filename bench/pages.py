"""The app on the example and on the real plan, and the addresses of all its pages, to walk through."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from bench.server import ROOT, Server
from strategy import config, startup
from tests.addresses import ADDRESSES, IN_MEETINGS, MORE

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
DATA = ("example", "real")
DAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def addresses(data: str) -> tuple[str, ...]:
    """The pages there are: the real plan has no meeting yet."""
    return (*ADDRESSES, *MORE, *(IN_MEETINGS if data == "example" else ()))


@contextmanager
def serving(data: str, made: Path, port: int) -> Iterator[Server]:
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
