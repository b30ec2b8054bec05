"""What every part measures on: the enlarged plans and the servers started beside each other."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench.growth import SIZES, Enlarged, enlarged
from bench.server import ROOT, Server

_REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured; with `each_page_alone` every page has a load of its own, else all share one."""

    rounds: int
    starts: int
    reruns: int
    visits: int
    repeats: int
    sizes: tuple[int, ...]
    each_page_alone: bool


FULL = Extent(rounds=60, starts=7, reruns=3, visits=7, repeats=12, sizes=SIZES, each_page_alone=True)
SHARED = replace(FULL, reruns=8, each_page_alone=False)
QUICK = Extent(rounds=12, starts=2, reruns=1, visits=3, repeats=4, sizes=SIZES[:2], each_page_alone=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """The running servers: an empty page, a usual one, ours on the example, and ours on the largest plan."""

    folder: Path
    port: int
    extent: Extent
    chance: random.Random
    plans: tuple[Enlarged, ...]
    empty: Server
    usual: Server
    ours: Server
    enlarged: Server

    @property
    def side_by_side(self) -> tuple[Server, Server, Server]:
        return self.empty, self.usual, self.ours

    def another(self) -> tuple[Server, Server, Server]:
        """The same three once more, not started."""
        folder = self.folder / "another"
        return _three(folder, self.port + 4, self.plans[0].url)


@contextmanager
def staged(folder: Path, port: int, extent: Extent, seed: int) -> Iterator[Stage]:
    """Make what is missing of the databases in `folder`, start the servers, and stop them at the end."""
    plans = tuple(enlarged(folder, size) for size in extent.sizes)
    with ExitStack() as stack:
        three = _three(folder, port, plans[0].url)
        servers = (*three, _ours(folder, port + 3, plans[-1].url, "enlarged"))
        yield Stage(
            folder, port, extent, random.Random(seed), plans, *(stack.enter_context(s) for s in servers)
        )


def _three(folder: Path, port: int, url: str) -> tuple[Server, Server, Server]:
    return (
        Server("empty", _REFERENCE / "empty.py", port, folder, {}, defaults=True),
        Server(
            "usual", _REFERENCE / "usual.py", port + 1, folder, {"STRATEGY_DATABASE_URL": url}, defaults=True
        ),
        _ours(folder, port + 2, url, "ours"),
    )


def _ours(folder: Path, port: int, url: str, name: str) -> Server:
    """The real program on a database, with a data folder of its own."""
    given = {"STRATEGY_DATABASE_URL": url, "STRATEGY_DATA_DIR": str(folder / name / "data")}
    return Server(name, ROOT / "app.py", port, folder, given, defaults=False)
