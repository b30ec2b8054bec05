"""The same document on the page and in a file: every value of it stands in both, in the same order."""

import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import docx as word
import pytest
from docx.text.paragraph import Paragraph as Printed
from streamlit.testing.v1 import AppTest

from strategy import changes, config, current, exports, history, since, snapshot, tables
from strategy.database import Database, connect
from strategy.drawings import Story
from strategy.exports.board import paper, protocol, since_last, slides
from strategy.exports.outline import (
    Block,
    Contents,
    Entries,
    Heading,
    Outline,
    Picture,
    Run,
    Table,
    capital,
    printed,
)
from strategy.terms import ItemContent, ItemState, MeetingState, Via
from strategy.ui import document
from tests.board import LATER, MEETING, SEATS, add_case, decide, plan_meeting, seat_board, take, vote
from tests.databases import NOW, PLAN, SECRETARY, newest_row

NOKU = "noku-2024-2028"
HELD, NEXT = "mote-2026-2", "mote-2026-3"

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


def pictured_on_screen(at: AppTest) -> str:
    """What the pictures on the page say to whoever cannot see them, from top to bottom."""
    return _bare(" ".join(each.alt for image in at.get("image") for each in image.proto.imgs))


def on_paper(made: bytes) -> list[str]:
    """Every paragraph and cell of a Word file, in order."""
    found = word.Document(io.BytesIO(made)).element.body.iter()
    return [_bare(Printed(each, None).text) for each in found if each.tag.endswith("}p")]  # type: ignore[arg-type]


def pictured_on_paper(made: bytes) -> str:
    """What the pictures in a Word file say to whoever cannot see them, in order."""
    found = word.Document(io.BytesIO(made)).element.body.iter()
    return _bare(" ".join(each.get("descr", "") for each in found if each.tag.endswith("}docPr")))


def _bare(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def values(blocks: Iterable[Block]) -> Iterator[str]:
    """The words for each value that stands on paper, line by line."""
    for block in printed(blocks):
        match block:
            case Heading():
                yield block.text
            case Picture() | Table():
                yield block.caption
        for run in _runs(block):
            yield from () if isinstance(run.value, Story) else run.text.split("\n")


def drawn(blocks: Iterable[Block]) -> Iterator[str]:
    """The same as the page has room for it: the first entries, line by line; no dash for an empty cell."""
    for block in blocks:
        for entry in block.entries[: document.ENTRIES] if isinstance(block, Entries) else ():
            for told in (entry.name, entry.moved, *map(capital, entry.told)):
                yield from (run.text for run in told)
            yield entry.why
        if isinstance(block, Table) and _has_strips(block):
            yield from (each for each in values([block]) if each != "–")
        elif not isinstance(block, Entries):
            yield from values([block])


def pictured(blocks: Iterable[Block]) -> Iterator[str]:
    """What each picture and each strip says to whoever cannot see it."""
    for block in printed(blocks):
        if isinstance(block, Picture):
            yield block.alt
        yield from (run.text for run in _runs(block) if isinstance(run.value, Story))


def _runs(block: object) -> Iterator[Run]:
    """The runs of a paragraph, a list, facts with their names, or a table with its header over them."""
    yield from getattr(block, "runs", ())
    for item in getattr(block, "items", ()):
        yield from item
    if isinstance(block, Table) and not _has_strips(block):
        yield from map(Run, block.header)
    for row in getattr(block, "rows", ()):
        for cell in row:
            yield from [Run(cell)] if isinstance(cell, str) else cell


def _has_strips(table: Table) -> bool:
    """Whether it is drawn row by row on the page, with a strip below each."""
    return any(isinstance(run.value, Story) for row in table.rows for cell in row for run in cell)


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
    shown = on_screen(at.run())
    said = [each for each in drawn(blocks) if each != "Eksempeldata – oppdiktet"]
    assert len([each for each in said if each]) > 60
    stand_in_order(map(str.casefold, said), shown.casefold())


def papers(url: str, strategy: str, meeting: str, case: str = "") -> tuple[tuple[Block, ...], bytes]:
    """What the papers say, cover and contents aside, or one case of them below its heading; and the file."""
    with connect(url).reading() as session:
        today = current.today(snapshot.load(session, strategy, changes.newest(session)))
        sitting = exports.sitting(session, strategy, meeting, today)
        if case:
            made = exports.case_paper(session, strategy, meeting, case, "docx", today)
            return paper.case(sitting, case).blocks[1:], made
        made = exports.board_paper(session, strategy, meeting, "docx", today)
        blocks = paper.papers(sitting).blocks
    contents = next(at for at, block in enumerate(blocks) if isinstance(block, Contents))
    return blocks[contents + 1 :], made


def stand_in_both(blocks: tuple[Block, ...], made: bytes, at: AppTest) -> None:
    """Every value in the blocks, and what each picture says, stands in the file and on the page."""
    stand_in_order(values(blocks), " ".join(on_paper(made)))
    stand_in_order(drawn(blocks), on_screen(at))
    stand_in_order(pictured(blocks), pictured_on_paper(made))
    stand_in_order(pictured(blocks), pictured_on_screen(at))


@pytest.mark.parametrize("meeting", [NEXT, HELD])
def test_all_the_papers_on_one_page_are_those_in_the_file(page: Opener, example: str, meeting: str) -> None:
    blocks, made = papers(example, NOKU, meeting)
    at = page(example, "meetings", m=meeting, fane="saker", sak="alle")

    assert len(list(values(blocks))) > 1000
    assert len(list(pictured(blocks))) > 20
    stand_in_both(blocks, made, at)
    heads = {head for b in blocks if isinstance(b, Table) and _has_strips(b) for head in b.header}
    assert "Forløp 2024–2028" in heads & {*on_paper(made)}
    assert "Forløp 2024–2028" in pictured_on_screen(at)


def test_each_case_on_its_page_is_the_one_in_its_file(page: Opener, example: str) -> None:
    with connect(example).reading() as session:
        cases = snapshot.load(session, NOKU, changes.newest(session)).items_of(NEXT)
    made_from_data = (ItemContent.STATUS, ItemContent.FOLLOW_UP)
    told = [case for case in cases if case.content in made_from_data or case.measures]

    assert len(told) > 3
    for case in told:
        blocks, made = papers(example, NOKU, NEXT, case.key)
        at = page(example, "meetings", m=NEXT, fane="saker", sak=case.key)
        stand_in_both(blocks, made, at)


def test_the_papers_tell_alike_how_sure_the_board_was_and_what_it_decided_never_how_it_voted(
    page: Opener, planned: Database
) -> None:
    """How a case was voted on is in the minutes; the papers after it follow up what came of it.

    So odd votes cannot come into them. The answers that can are how sure the board was of each goal.
    """
    odd: dict[str, dict[str, int | None]] = {
        "vedtak-1": {"votes_for": None, "votes_against": 2},
        "vedtak-2": {"votes_for": 0, "votes_against": 0},
        "vedtak-3": {"votes_for": 3, "votes_against": 4},
    }
    seat_board(planned)
    plan_meeting(planned, present=SEATS)
    plan_meeting(planned, LATER)
    add_case(planned)
    add_case(planned, "sak-2", meeting=LATER, title="Status", content=ItemContent.STATUS)
    add_case(planned, "sak-3", meeting=LATER, title="Oppfølging", content=ItemContent.FOLLOW_UP)
    take(planned, MeetingState.CALLED, MeetingState.UNDER_WAY)
    for key in odd:
        decide(planned, key, text=f"Slik lyder {key}.", responsible="verv-1")
    for goal in ("1", "2"):
        for seat, answer in zip(SEATS, (0, 3, 10), strict=True):
            vote(planned, goal, seat, answer)
    with planned.writing() as session:  # as they could be written before votes had to add up
        rows = [
            tables.Decision(**newest_row(session, tables.Decision, key) | {"version": 2} | votes)
            for key, votes in odd.items()
        ]
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=NOW)
    blocks, made = papers(planned.url, PLAN, LATER)
    at = page(planned.url, "meetings", m=LATER, fane="saker", sak="alle")

    stand_in_both(blocks, made, at)
    for text in (on_screen(at), " ".join(on_paper(made))):
        assert text.count("median 3, fra 0 til 10 (3 svar). Svarene spriker.") == 2
        assert all(text.count(f"Slik lyder {key}.") == 1 for key in odd)
        assert not re.search(r"stemte|Ingen stemmer|[Ee]nstemmig|Vedtatt med", text)


def test_two_long_lists_under_one_heading_are_turned_each_for_itself() -> None:
    def long_lists() -> None:
        from strategy.exports.outline import Entries, Entry, Heading, line
        from strategy.ui import document

        lists = [Entries(tuple(Entry(line(f"{name}{n}")) for n in range(12))) for name in ("Mål", "Løfte")]
        document.draw([Heading(1, "Endret", "endret"), *lists], below=1)

    at = AppTest.from_function(long_lists)
    at.query_params["endret-2"] = "2"
    shown = on_screen(at.run())

    assert not at.exception
    stand_in_order(["Mål0", "Mål7", "Løfte8", "Løfte11"], shown)
    assert "Mål8" not in shown
    assert "Løfte7" not in shown
