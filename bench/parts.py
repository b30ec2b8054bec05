"""The parts of the table, each measured on the same stage; `docs/performance.md` says how to read them."""

import asyncio
from collections.abc import Callable, Sequence

from bench import browser, desk, growth, runs, table
from bench.runs import PAGES, Load
from bench.samples import Sample, pooled
from bench.server import Server
from bench.session import Page, Tab
from bench.stage import Stage
from bench.table import Row, Section, number, times

OVERVIEW = PAGES[0]
NEWS = Page("siden-sist")
GOALS = PAGES[1:4]
PICTURED = (OVERVIEW, *GOALS)
"""The pages with a strip for every measure."""

REFERENCES_EVERY = 6
"""Under load the references are measured again before every sixth page of ours."""

_SIDE_BY_SIDE = ("empty", "usual", "ours", "÷ empty", "÷ usual")


def cold_start(stage: Stage) -> Section:
    """From the command until the health address answers, and until a first visitor's page has run."""
    healthy: dict[str, list[float]] = {server.name: [] for server in stage.side_by_side}
    finished: dict[str, list[float]] = {server.name: [] for server in stage.side_by_side}
    for _turn in range(stage.extent.starts):
        for server in stage.chance.sample(stage.another(), 3):
            try:
                seconds = server.start()
                healthy[server.name].append(seconds)
                finished[server.name].append(seconds + asyncio.run(_first_run(server)) / 1000)
            finally:
                server.stop()
    return Section(
        "Cold start, s",
        _SIDE_BY_SIDE,
        (
            _compared("until health answers 200", [Sample(tuple(v)) for v in healthy.values()], 2),
            _compared("until the first page has run", [Sample(tuple(v)) for v in finished.values()], 2),
        ),
    )


def memory(stage: Stage) -> Section:
    """PSS before anybody came but one, and with a hundred sessions; ours spread over all its pages."""
    loads = []
    for server in stage.side_by_side:
        asyncio.run(_first_run(server))
        pages = PAGES if server is stage.ours else (OVERVIEW,)
        loads.append(asyncio.run(runs.at_once(server, pages, 100, stage.extent.reruns)))
    before = [Sample((load.megabytes_before,)) for load in loads]
    during = [Sample((load.megabytes,)) for load in loads]
    each = [Sample(((load.megabytes - load.megabytes_before) / load.sessions,)) for load in loads]
    most = ("< 400 MB", during[-1].p50 < 400)
    rows = (
        _compared("after one visit", before),
        _compared("with 100 sessions", during, target=most),
        _compared("per session", each, 2),
        _all_pages(loads),
        _faults(loads),
    )
    return Section("Memory (PSS), MB", _SIDE_BY_SIDE, rows)


def one_session(stage: Stage) -> Section:
    """One visitor, one run after the other; every page of every server in turn."""
    tabs = {("empty", OVERVIEW): Tab(stage.empty.url), ("usual", OVERVIEW): Tab(stage.usual.url)}
    tabs |= {("ours", page): Tab(stage.ours.url, page) for page in PAGES}
    found, faults = asyncio.run(runs.in_turn(tabs, stage.extent.rounds, stage.chance))
    samples = {name: Sample(tuple(run.milliseconds for run in answered)) for name, answered in found.items()}
    references = [samples["empty", OVERVIEW], samples["usual", OVERVIEW]]
    rows = [_page_row(page, [*references, samples["ours", page]]) for page in PAGES]
    rows.append(Row(table.ERRORS, ("", "", str(len(faults))), "0", not faults))
    for fault in sorted(set(faults)):
        print(fault)
    return Section("A page's run, 1 session, p50 ms", _SIDE_BY_SIDE, tuple(rows))


def many_sessions(stage: Stage) -> tuple[Section, ...]:
    """Twenty-five and a hundred visitors who think for five seconds between runs."""
    return tuple(_crowd(stage, sessions) for sessions in (25, 100))


def enlarged(stage: Stage) -> Section:
    """Every page on the largest plan beside itself on the example."""
    tabs = {
        (server.name, page): Tab(server.url, page)
        for server in (stage.ours, stage.enlarged)
        for page in PAGES
    }
    found, faults = asyncio.run(runs.in_turn(tabs, stage.extent.rounds // 2, stage.chance))
    rows = []
    for page in PAGES:
        small, large = (
            Sample(tuple(run.milliseconds for run in found[server.name, page]))
            for server in (stage.ours, stage.enlarged)
        )
        ratio = large.p50 / small.p50
        kilobytes = found[stage.enlarged.name, page][-1].bytes / 1024
        cells = (number(small.p50), number(large.p50), number(large.p95), f"{kilobytes:.0f} kB", times(ratio))
        rows.append(Row(page.address, cells, *table.limit(ratio, 3, "3 ×")))
    news, front = (
        Sample(tuple(run.milliseconds for run in found[stage.enlarged.name, page])).p50
        for page in (NEWS, OVERVIEW)
    )
    cells = (number(front), number(news), "", "", times(news / front))
    rows.append(Row("Siden sist beside Oversikt, both enlarged", cells, *table.limit(news / front, 3, "3 ×")))
    rows.append(Row(table.ERRORS, ("", str(len(faults))), "0", not faults))
    for fault in sorted(set(faults)):
        print(fault)
    size = stage.plans[-1].size
    heads = ("1 ×", f"{size} ×", f"{size} ×, p95", "sent", "÷ 1 ×")
    return Section(f"A page's run at {size} × the plan, p50 ms", heads, tuple(rows))


def in_chromium(stage: Stage) -> Section:
    """What a visitor with Chromium waits for and downloads, the first time and the next."""
    addresses = {server.name: server.url for server in stage.side_by_side}
    addresses["goal"] = stage.ours.url + GOALS[0].address
    visits: dict[str, list[tuple[browser.Visit, browser.Visit]]] = {name: [] for name in addresses}
    with browser.chromium() as driver:
        for _turn in range(stage.extent.visits):
            for name in stage.chance.sample(list(addresses), len(addresses)):
                visits[name].append(browser.cold_and_warm(driver, addresses[name]))
    rows = []
    for shown, name in (("Oversikt", stage.ours.name), ("a goal", "goal")):
        for place, when in enumerate(("cold", "warm")):
            names = (stage.empty.name, stage.usual.name, name)
            rows += _visit_rows(f"{shown}, {when}", [[both[place] for both in visits[n]] for n in names])
    return Section("Oversikt and a goal in Chromium", _SIDE_BY_SIDE, tuple(rows))


def _visit_rows(what: str, visits: Sequence[Sequence[browser.Visit]]) -> list[Row]:
    first = [Sample(tuple(visit.first for visit in these)) for these in visits]
    whole = [Sample(tuple(visit.whole for visit in these)) for these in visits]
    sent = [Sample(tuple(visit.bytes / 1e6 for visit in these)) for these in visits]
    most = table.limit(whole[2].p50 / whole[0].p50, 1.6, "1.6 × empty")
    return [
        _compared(f"{what}: first content, ms", first, 0),
        _compared(f"{what}: all drawn, ms", whole, 0, most),
        _compared(f"{what}: received, MB", sent, 2, ("≤ 2.5 MB", sent[2].p50 <= 2.5)),
    ]


def work(stage: Stage) -> Section:
    """What grows with the plan, in this process; and the real plan against its targets."""
    found = growth.measured(stage.plans, stage.folder, stage.extent.repeats, stage.chance)
    rows = [_growth_row(name, sizes) for name, sizes in found.items()]
    alone, command = growth.real_plan(stage.folder, stage.extent.repeats)
    strip = growth.strips(stage.plans[0], stage.extent.repeats).p50
    rows.append(_search_row(stage))
    rows.append(Row("a strip, ms", (number(strip, 3),), "< 1 ms", strip < 1))
    rows.append(Row("apply strategy.yaml", (number(alone.p50, 3),), "< 0.5 s", alone.p50 < 0.5))
    rows.append(Row("… as a command, with its process", (number(command.p50, 3),)))
    return Section("Work, s", ("1 ×", "10 ×", "100 ×", "10 × ÷ 1 ×", "100 × ÷ 1 ×"), tuple(rows))


def board_and_desk(stage: Stage) -> Section:
    """The papers of a meeting, a workbook of the largest plan, and the page behind a link."""
    papers = desk.papers(stage.plans[0], stage.extent.repeats).p50
    preview = desk.preview(stage.plans[-1], max(2, stage.extent.repeats // 4)).p50
    page, size = desk.update_page(stage.plans[0], stage.ours)
    rows = (
        Row("all papers of a meeting as PDF, s", (number(papers, 3),), "< 3 s", papers < 3),
        Row(
            f"preview of a workbook, {stage.plans[-1].size} ×, s", (number(preview, 3),), "< 3 s", preview < 3
        ),
        Row("the page behind a link, ms", (number(page.p50),), "< 20 ms", page.p50 < 20),
        Row("the page behind a link, kB", (number(size / 1000),), "< 30 kB", size < 30_000),
    )
    return Section("The board and the desk", ("1 ×",), rows)


PARTS: dict[str, Callable[[Stage], Section | tuple[Section, ...]]] = {
    "memory": memory,
    "one": one_session,
    "many": many_sessions,
    "enlarged": enlarged,
    "chromium": in_chromium,
    "start": cold_start,
    "work": work,
    "desk": board_and_desk,
}
"""In the order they are measured; memory first, while no session has been on the servers."""


async def _first_run(server: Server) -> float:
    async with Tab(server.url) as tab:
        return (await tab.run()).milliseconds


def _crowd(stage: Stage, sessions: int) -> Section:
    """One load for each page of ours, the references in between; or one for all pages where time is short."""
    groups: Sequence[Sequence[Page]] = [[page] for page in PAGES] if stage.extent.each_page_alone else [PAGES]
    loads: dict[str, list[Load]] = {server.name: [] for server in stage.side_by_side}
    for place, pages in enumerate(groups):
        servers = stage.side_by_side if place % REFERENCES_EVERY == 0 else (stage.ours,)
        for server in servers:
            shown = pages if server is stage.ours else (OVERVIEW,)
            loads[server.name].append(asyncio.run(runs.at_once(server, shown, sessions, stage.extent.reruns)))
    references = [pooled([load.of(OVERVIEW) for load in loads[name]]) for name in ("empty", "usual")]
    ours = {page: load.of(page) for load in loads["ours"] for page in load.milliseconds}
    rows = [_load_row(page, [*references, ours[page]], sessions) for page in PAGES if page in ours]
    rows.append(_faults([load for these in loads.values() for load in these]))
    title = f"A page's run, {sessions} sessions, p50 / p95 ms"
    return Section(title, ("empty", "usual", "ours", "p95 ÷ empty", "p95 ÷ usual"), tuple(rows))


def _compared(
    what: str, three: Sequence[Sample], digits: int = 1, target: tuple[str, bool | None] = ("", None)
) -> Row:
    """Medians of empty, usual and ours, and ours as a share of the others."""
    empty, usual, ours = (sample.p50 for sample in three)
    ratios = (times(ours / reference) if reference > 0 else "" for reference in (empty, usual))
    return Row(what, (*(number(value, digits) for value in (empty, usual, ours)), *ratios), *target)


def _page_row(page: Page, three: Sequence[Sample]) -> Row:
    empty, usual, ours = (sample.p50 for sample in three)
    most = 0.6 if page in PICTURED else 0.5
    reached = ours <= most * empty and ours <= usual / 5
    return _compared(page.address, three, target=(f"≤ {most:.2f} and ≤ 0.20", reached))


def _load_row(page: Page, three: Sequence[Sample], sessions: int) -> Row:
    """With 100 sessions the target is the issue's; with 25 it is one second (L-1 in the measuring plan)."""
    empty, usual, ours = three
    of_usual = ours.p95 / usual.p95
    cells = (
        *(f"{number(s.p50, 0)} / {number(s.p95, 0)}" for s in three),
        times(ours.p95 / empty.p95),
        f"{of_usual:.3f} ×",
    )
    target = (
        table.limit(of_usual, 1 / 20, "1/20 × usual") if sessions == 100 else ("p95 < 1 s", ours.p95 < 1000)
    )
    return Row(page.address, cells, *target)


def _all_pages(loads: Sequence[Load]) -> Row:
    """How the runs went while memory was measured: all pages of ours at once."""
    three = [
        Sample(tuple(value for values in load.milliseconds.values() for value in values)) for load in loads
    ]
    row = _load_row(OVERVIEW, three, loads[-1].sessions)
    return Row("runs meanwhile, all pages, p50 / p95 ms", row.cells, row.target, row.reached)


def _faults(loads: Sequence[Load]) -> Row:
    """Errors of each server; only ours must have none."""
    by_server: dict[str, int] = {}
    for load in loads:
        by_server[load.server] = by_server.get(load.server, 0) + len(load.faults)
    for fault in sorted({fault for load in loads for fault in load.faults}):
        print(fault)
    return Row(table.ERRORS, tuple(map(str, by_server.values())), "0", by_server["ours"] == 0)


def _search_row(stage: Stage) -> Row:
    """A search in the largest plan beside one in the example."""
    small, large = (growth.searches(plan, stage.extent.repeats) for plan in (stage.plans[0], stage.plans[-1]))
    cells = (number(small.p50), "", number(large.p50), "", times(large.p50 / small.p50))
    return Row("a search with its first hits, ms", cells, "< 50 ms", large.p50 < 50)


def _growth_row(name: str, sizes: dict[int, Sample]) -> Row:
    known = {size: sizes[size].p50 for size in growth.SIZES if size in sizes}
    cells = [number(known[size], 3) if size in known else "" for size in growth.SIZES]
    cells += [times(known[size] / known[1]) if size in known else "" for size in growth.SIZES[1:]]
    target = ("1 ×: < 2 s", known[1] < 2) if name == growth.WORD else ("", None)
    return Row(name, tuple(cells), *target)
