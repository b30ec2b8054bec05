"""Runs of pages: one at a time in turn between servers, and many sessions at once on one server."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar

import websockets

from bench.samples import Sample
from bench.server import Server
from bench.session import Page, Run, Tab

K = TypeVar("K", bound=Hashable)

THINK_SECONDS = 5.0
WARM_RUNS = 3

PAGES = (
    Page(), Page("hovedmal-1"), Page("hovedmal-2"), Page("hovedmal-3"), Page("tiltak"),
    Page("tiltak", "t=1.2.1"), Page("indikatorer"), Page("ansvarlige"), Page("oppdatering"),
    Page("rapporter"), Page("planen"), Page("endringslogg"), Page("om"), Page("siden-sist"), Page("arshjul"),
    Page("styremoter"), Page("styremoter", "m=mote-2026-3"), Page("presentasjon", "m=mote-2026-3"),
    Page("oppdatering", "t=1.2.1"), Page("innsendt"), Page("tabell"), Page("handlingsplan"), Page("malinger"),
    Page("excel"), Page("mangler"), Page("sok", "q=okte+midler"),
)  # fmt: skip
"""Every page of the program."""


@dataclass(slots=True)
class Load:
    """What many sessions at once met: milliseconds by page, what went wrong, and the server's memory."""

    server: str
    sessions: int
    milliseconds: dict[Page, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    megabytes_before: float = 0.0
    megabytes: float = 0.0

    def of(self, page: Page) -> Sample:
        return Sample(tuple(self.milliseconds[page]))


async def in_turn(
    tabs: Mapping[K, Tab], rounds: int, chance: random.Random
) -> tuple[dict[K, list[Run]], list[str]]:
    """Run each open tab once a round, in a new order each round, so that noise hits all alike.

    Returns the runs by tab and all that went wrong. The first rounds warm up and are not counted.
    """
    found: dict[K, list[Run]] = defaultdict(list)
    faults: list[str] = []
    async with AsyncExitStack() as stack:
        opened = [(name, await stack.enter_async_context(tab)) for name, tab in tabs.items()]
        for number in range(WARM_RUNS + rounds):
            chance.shuffle(opened)
            for name, tab in opened:
                run = await tab.run()
                faults += [f"{tab.page.address}: {fault}" for fault in run.faults]
                if number >= WARM_RUNS:
                    found[name].append(run)
    return found, faults


async def at_once(server: Server, pages: Sequence[Page], sessions: int, reruns: int) -> Load:
    """Open `sessions` tabs spread evenly over one think time; each runs its page again after each think time.

    Session number i is on page i modulo their number. Memory is read while all of them are open.
    """
    load = Load(server.name, sessions, megabytes_before=server.megabytes())
    done, leave = [asyncio.Event() for _ in range(sessions)], asyncio.Event()

    async def one(number: int) -> None:
        page = pages[number % len(pages)]
        await asyncio.sleep(THINK_SECONDS * number / sessions)
        try:
            async with Tab(server.url, page) as tab:
                load.faults += (await tab.run()).faults
                for _ in range(reruns):
                    await asyncio.sleep(THINK_SECONDS)
                    run = await tab.run()
                    load.milliseconds[page].append(run.milliseconds)
                    load.faults += run.faults
                done[number].set()
                await leave.wait()
        except (TimeoutError, OSError, websockets.WebSocketException) as error:
            load.faults.append(f"{page.address}: {error!r}")
        finally:
            done[number].set()

    async with asyncio.TaskGroup() as group:
        for number in range(sessions):
            group.create_task(one(number))
        await asyncio.gather(*(event.wait() for event in done))
        load.megabytes = server.megabytes()
        leave.set()
    return load
