"""The board's papers, the workbook that comes back, and the page behind a link."""

import time
import urllib.request
from datetime import timedelta

from bench.growth import Enlarged, seconds
from bench.samples import Sample
from bench.server import Server
from strategy import current, database, exports, links, people, record, workbook
from strategy.access import LOCAL

ANSWERS = 50
"""How many times the page behind a link is asked for."""


def papers(plan: Enlarged, repeats: int) -> Sample:
    """Seconds to make all the papers of the example's next meeting as one PDF."""
    with plan.database.reading() as session:
        meeting = current.plan(plan.database).meetings
        key = next(each.key for each in reversed(meeting) if each.as_of is not None)
        return Sample(
            tuple(
                seconds(lambda: exports.board_paper(session, plan.strategy, key, "pdf"))
                for _turn in range(repeats)
            )
        )


def preview(plan: Enlarged, repeats: int) -> Sample:
    """Seconds from the bytes of a form for the whole plan until what it would change is known."""
    shown = current.plan(plan.database)
    today = current.today(shown)
    with plan.database.reading() as session:
        form = exports.update_form(session, shown, today)
        return Sample(
            tuple(
                seconds(lambda: workbook.previewed(session, workbook.read(form), shown, today))
                for _turn in range(repeats)
            )
        )


def update_page(plan: Enlarged, server: Server) -> tuple[Sample, int]:
    """Milliseconds and bytes of the page behind a link, for the role with most to answer for."""
    opened = database.connect(plan.url)
    shown = current.plan(opened)
    today = current.today(shown)
    load = max(people.load(shown, today), key=lambda each: len(each.responsible))
    with opened.writing() as session:
        saved = record.access_link(
            record.By(session, LOCAL, plan.strategy, current.now(shown)),
            load.person.key, expires_on=today + timedelta(days=9))  # fmt: skip
        token = links.token(record.signing_key(session), saved.key)
    found = [_asked(f"{server.url}/oppdater/{token}") for _turn in range(ANSWERS)]
    return Sample(tuple(took for took, _size in found[1:])), found[0][1]


def _asked(url: str) -> tuple[float, int]:
    started = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        size = len(answer.read())
    return (time.perf_counter() - started) * 1000, size
