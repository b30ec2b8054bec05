"""The same document on the page and in a file: every value of it stands in both, in the same order."""

import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import docx as word
import pytest
from docx.text.paragraph import Paragraph as Printed
from streamlit.testing.v1 import AppTest

from strategy import changes, config, current, exports, history, since, snapshot, tables
from strategy.database import Database, connect
from strategy.exports.board import protocol, since_last, slides
from strategy.exports.outline import Block, Entries, Heading, Outline, Picture, printed
from strategy.terms import ItemState, MeetingState, Via
from strategy.ui import document
from tests.board import MEETING, add_case, decide, plan_meeting, seat_board, take
from tests.databases import NOW, PLAN, SECRETARY, newest_row

NOKU = "noku-2024-2028"
HELD = "mote-2026-2"

Opener = Callable[..., AppTest]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens a page on a database at an address."""

    def open_page(url: str, name: str, **address: str) -> AppTest:
        monkeypatch.setenv("STRATEGY_DATABASE_URL", url)
        at = AppTest.from_file("../pages/frame.py", default_timeout=60).run()
        for each, value in address.items():
            at.query_params[each] = value
        found = at.switch_page(f"{name}.py").run()
        assert not found.exception
        return found

    return open_page


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> str:
    """The address of a copy of the example."""
    shutil.copy(example_file, tmp_path / "strategy.db")
    return config.sqlite_url(tmp_path / "strategy.db")


def on_screen(at: AppTest) -> str:
    """What is read on the page from top to bottom, without the marks of markdown."""
    said = (_shown(element) for element in at.main)
    return _bare(
        " ".join(re.sub(r"(?m)^(> |#+ |- )|\*\*|~~|:\w+(-badge)?\[|\\|[\]|]", "", each) for each in said)
    )


def _shown(element: object) -> str:
    label = getattr(getattr(element, "proto", None), "label", "")
    value = getattr(element, "value", "")
    return f"{label} {value}" if isinstance(value, str) else label


def on_paper(made: bytes) -> list[str]:
    """Every paragraph and cell of a Word file, in order."""
    body = word.Document(io.BytesIO(made)).element.body
    return [_bare(Printed(each, None).text) for each in body.iter() if each.tag.endswith("}p")]  # type: ignore[arg-type]


def _bare(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def values(blocks: Iterable[Block]) -> Iterator[str]:
    """The words for each value that stands on paper."""
    for block in printed(blocks):
        match block:
            case Heading():
                yield block.text
            case Picture():
                yield block.caption
            case _:
                for runs in _lines(block):
                    yield from (run.text for run in runs)


def _lines(block: object) -> Iterator[Iterable[Any]]:
    """The lines of a paragraph, a list, facts or a table."""
    if runs := getattr(block, "runs", ()):
        yield runs
    yield from getattr(block, "items", ())
    for row in getattr(block, "rows", ()):
        yield from ((row[1],) if isinstance(row[0], str) else row) if len(row) else ()


def stand_in_order(said: Iterable[str], text: str) -> None:
    """Each of the words is in the text after the one before it."""
    at = 0
    for each in filter(None, map(_bare, said)):
        found = text.find(each, at)
        assert found >= 0, (
            f"«{each}» does not follow «{text[max(0, at - 80) : at]}» in «{text[at : at + 400]}»"
        )
        at = found + len(each)


def minutes(url: str, strategy: str, meeting: str) -> tuple[Outline, bytes]:
    with connect(url).reading() as session:
        made = exports.minutes(session, strategy, meeting, "docx")
        return protocol.outline(exports.sitting(session, strategy, meeting)), made


def test_the_minutes_on_the_page_are_those_in_the_file(page: Opener, example: str) -> None:
    outline, made = minutes(example, NOKU, HELD)
    shown = on_screen(page(example, "meetings", m=HELD, fane="protokoll"))
    said = list(values(outline.blocks))

    assert len(said) > 60
    stand_in_order(said, shown)
    stand_in_order(said, " ".join(on_paper(made)))
    stand_in_order(on_paper(made), shown)


@pytest.mark.parametrize(
    ("ayes", "noes", "said", "never"),
    [
        (None, 2, "2 stemte mot.", "0 mot 2"),
        (0, 0, "Ingen stemmer er ført.", "Enstemmig"),
        (3, 4, "3 stemte for, 4 mot.", "Vedtatt med"),
    ],
)
def test_odd_votes_are_told_alike_on_every_page_and_in_the_file(
    page: Opener, planned: Database, ayes: int | None, noes: int, said: str, never: str
) -> None:
    seat_board(planned)
    plan_meeting(planned, present=["verv-1"])
    add_case(planned, withheld="Lov om noe § 1", proposal="Fristen flyttes til 2027.")
    take(planned, MeetingState.CALLED, MeetingState.UNDER_WAY)
    decide(planned, responsible="verv-1")
    with planned.writing() as session:  # as it could be written before votes had to add up
        odd = {"version": 2, "votes_for": ayes, "votes_against": noes}
        row = tables.Decision(**newest_row(session, tables.Decision, "vedtak-1") | odd)
        changes.append(session, SECRETARY, [row], via=Via.PAGE, reason="", now=NOW)
    add_case(planned, state=ItemState.TREATED)
    outline, made = minutes(planned.url, PLAN, MEETING)

    shown = on_screen(page(planned.url, "meetings", m=MEETING, fane="protokoll"))
    stand_in_order(values(outline.blocks), shown)
    assert "Lov om noe § 1" in shown
    decided = on_screen(page(planned.url, "meetings", m=MEETING, fane="vedtak"))
    wall = on_screen(page(planned.url, "present", m=MEETING, n="99"))
    for text in (shown, decided, wall, " ".join(on_paper(made))):
        assert said in text
        assert never not in text


def test_every_slide_on_the_wall_is_the_outline_drawn(page: Opener, example: str) -> None:
    with connect(example).reading() as session:
        deck = slides.deck(exports.sitting(session, NOKU, HELD))

    assert len(deck) > 6
    for number, slide in enumerate(deck, 1):
        shown = on_screen(page(example, "present", m=HELD, n=str(number)))
        stand_in_order([slide.title, *values(slide.blocks), *values(slide.beside)], shown)


def test_what_has_happened_is_told_alike_on_the_page_and_in_the_file(page: Opener, example: str) -> None:
    with connect(example).reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
        today = current.today(plan)
        ends = history.span(session, plan, today)
        before, after = (snapshot.load(session, NOKU, each.change) for each in ends)
        made = exports.since_last(session, plan, today, form="docx")
    found = since.account(before, ends[0].day, after, ends[1].day)
    blocks = since_last.outline(plan, ends, found).blocks
    stand_in_order(values(blocks), " ".join(on_paper(made)))

    at = page(example, "since")
    at.session_state["alt"] = True
    shown = on_screen(at.run()).casefold()
    first = [Entries(b.entries[: document.ENTRIES]) if isinstance(b, Entries) else b for b in blocks]
    said = [each.strip(" .,:·→").casefold() for each in values(first) if each != "Eksempeldata – oppdiktet"]
    assert len([each for each in said if each]) > 60
    stand_in_order(said, shown)
