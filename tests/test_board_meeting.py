"""A whole board meeting in a real Chromium on the example, as the chair and the secretary go through it."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest
import sqlalchemy as sa
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import ViewportSize

from strategy import changes, checks, database, progress, snapshot, tables
from strategy.snapshot import Snapshot
from strategy.terms import DecisionState, ItemState, MeetingState
from tests import axe
from tests.addresses import IN_MEETINGS
from tests.servers import Server, Tab
from tests.test_browser import WIDER

pytestmark = pytest.mark.browser

NOKU = "noku-2024-2028"
KEY = "mote-2026-3"
ASKED = "Hva gjør vi hvis den nye planen heller ikke holder?"
TREATED = "Styret drøftet saken og hadde ingen merknader."
WALL: ViewportSize = {"width": 1920, "height": 1080}
TABLET: ViewportSize = {"width": 1024, "height": 768}
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"

SAVED = """before => [...document.querySelectorAll('[data-testid=stAlert]')]
    .map(each => each.innerText)
    .some(said => said.includes('Lagret') && !(before && said.includes(before)))"""
"""Whether it is told that something else was saved than before."""


def test_the_chair_goes_through_a_whole_meeting_and_all_that_was_saved_is_there(
    serve: Callable[[Path | None], Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    server = serve(example_file)
    seen = tab()
    papers(server, seen)
    since_last(server, seen)
    question(server, seen)
    begun(server, seen)
    confidence(server, seen)
    server.kill()
    server.start()
    assert plan(server).questions[-1].text == ASKED
    assert [c.answers for c in believed(server)] == [(3, 5, 8)] * 3
    assert plan(server).meeting(KEY).state is MeetingState.UNDER_WAY
    presentation(server, tab())
    seen, wall = tab(), tab()
    wall.open(f"{server.url}/presentasjon?m={KEY}&n=99")
    wall.page.get_by_text("Ingen vedtak er gjort ennå").wait_for()
    decisions(server, seen)
    wall.page.get_by_text(re.compile(r"^Styret har gjort (ett|\d+) vedtak")).wait_for()  # by itself
    minutes(server, seen)
    assert not seen.errors


def test_axe_finds_nothing_in_any_part_of_a_meeting_and_nothing_goes_sideways(
    serve: Callable[[Path | None], Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    server, seen = serve(example_file), tab(1280)
    for address in IN_MEETINGS:
        seen.open(server.url + address)
        for width in (1024, 360):
            seen.page.set_viewport_size({"width": width, "height": 900})
            seen.page.wait_for_timeout(50)
            assert seen.page.evaluate(WIDER) <= 0, (address, width)
        seen.page.set_viewport_size({"width": 320, "height": 900})
        axe.open_all(seen)
        assert axe.violations(seen.page) == [], address
        seen.page.set_viewport_size({"width": 1280, "height": 900})
    assert not seen.errors


def papers(server: Server, seen: Tab) -> None:
    """The chair finds the meeting and its papers: nothing is written by reading them."""
    before = newest(server)
    seen.open(server.url + "/styremoter")
    assert "Styremøte nr. 3 er i dag, 23. november 2026" in seen.text
    seen.page.get_by_role("link", name="Gå til styremøte nr. 3").click()
    seen.page.get_by_text("Styret er innkalt til 23. november 2026").wait_for()
    seen.page.wait_for_url(f"**m={KEY}**")  # a link to the page one is on stands in the address
    told = text_of_pdf(downloaded(seen, "Papirene som PDF"))
    assert "Forslag til vedtak" in told
    for case in plan(server).items_of(KEY):
        assert f"{case.number}/{case.year}" in told
        assert f"Sak {case.number}/{case.year}" in seen.text
    assert newest(server) == before


def since_last(server: Server, seen: Tab) -> None:
    """What has happened since the meeting before, and what was promised and not done."""
    part(seen, "Siden sist")
    seen.page.get_by_text("Dette har skjedd").wait_for()
    said = seen.text
    moved = plan(server).measure("1.2.2")
    assert "siden styremøte 2" in said or "fra styremøte 2 til styremøte 3" in said
    assert moved.name in said


def question(server: Server, seen: Tab) -> None:
    """The deputy leader asks about a measure."""
    part(seen, "Spørsmål")
    seen.page.get_by_text("Still et spørsmål").click()
    pick(seen, "Tiltak", "2.4.1")
    seen.page.get_by_label("Spørsmål", exact=True).fill(ASKED)
    seen.page.keyboard.press("Tab")
    pick(seen, "Hvem spør", "Nestleder")
    save(seen, "Send spørsmålet")
    seen.page.get_by_text(ASKED).first.wait_for()
    asked = plan(server).questions[-1]
    assert (asked.text, asked.measure, asked.meeting) == (ASKED, "2.4.1", KEY)
    assert plan(server).seat(asked.asked_by).title == "Nestleder"


def begun(server: Server, seen: Tab) -> None:
    """The meeting begins; it is written who is there."""
    save(seen, "Start møtet")
    seen.page.get_by_text("Møtet er i gang: ingen av").wait_for()
    part(seen, "Protokoll")
    save(seen, "Lagre oppmøtet")
    meeting = plan(server).meeting(KEY)
    assert meeting.state is MeetingState.UNDER_WAY
    assert meeting.chair in meeting.present
    assert "Til stede: Styreleder; Nestleder" in seen.text


def confidence(server: Server, seen: Tab) -> None:
    """Two answer in secret; the chair opens; then the middle and the ends stand there."""
    part(seen, "Tillit")
    for seat, value in (("Styreleder", 8), ("Nestleder", 3), ("Styremedlem", 5)):
        pick(seen, "Jeg svarer som", seat)
        goals = seen.page.get_by_role("radiogroup").filter(has_text="10")
        for n in range(3):
            goals.nth(n).get_by_text(str(value), exact=True).click()
            settled(seen)
        save(seen, "Lagre svarene")
        seen.page.get_by_text(re.compile(f"Har svart: .*{seat}")).wait_for()
        assert "median" not in seen.text
    with database.connect(server.database_url).reading() as session:
        assert len(session.execute(sa.select(tables.Ballot.sealed)).scalars().all()) == 9  # type: ignore[call-overload]
    assert not believed(server)
    save(seen, "Åpne svarene nå")
    seen.page.get_by_text("median 5, fra 3 til 8 (3 svar)").first.wait_for()


def presentation(server: Server, seen: Tab) -> None:
    """On the wall and on a tablet: by key and by touch, to a measure and back to the same slide."""
    seen.page.set_viewport_size(WALL)
    seen.open(f"{server.url}/presentasjon?m={KEY}")
    meeting = plan(server).meeting(KEY)
    assert meeting.as_of
    assert meeting.reported_on
    frozen = plan(server, meeting.as_of)
    assert checks.headline(frozen, meeting.reported_on) in seen.text
    assert size_of_title(seen) >= 50
    for slide in ("2 av", "3 av"):
        seen.page.keyboard.press("ArrowRight")
        seen.page.get_by_text(slide).wait_for()
    seen.open(f"{server.url}/presentasjon?m={KEY}")
    seen.page.get_by_role("link", name=re.compile("^Hovedmål 1")).click()
    seen.page.get_by_text("6 av").wait_for()
    goal = frozen.goals[0]
    assert goal.name in seen.text
    assert progress.now(goal.measures, meeting.reported_on).sentence in seen.text
    pick(seen, "Gå til", "2.4.1")
    seen.page.get_by_text(ASKED).wait_for()
    seen.page.keyboard.press("Escape")
    seen.page.get_by_text("6 av").wait_for()
    assert "n=6" in seen.page.url
    seen.page.set_viewport_size(TABLET)
    seen.page.get_by_role("button", name="Neste").click()
    seen.page.get_by_text("7 av").wait_for()
    assert seen.page.evaluate(SIDEWAYS) <= 0
    assert not seen.errors


def decisions(server: Server, seen: Tab) -> None:
    """The first case is treated in words, the rest as proposed."""
    seen.open(f"{server.url}/styremoter?m={KEY}&fane=vedtak")
    first = plan(server).items_of(KEY)[0]
    seen.page.get_by_label(re.compile("^Behandling")).fill(TREATED)
    seen.page.keyboard.press("Tab")
    settled(seen)
    seen.page.get_by_role("button", name="Bruk forslaget som vedtak").click()
    settled(seen)
    save(seen, "Lagre behandling og vedtak")
    saved = plan(server).item(first.key)
    assert (saved.discussion, saved.state) == (TREATED, ItemState.TREATED)
    (made,) = (d for d in plan(server).decisions if d.item == first.key)
    assert (made.text, made.state) == (first.proposal, DecisionState.DONE)
    seen.page.get_by_text("Vedta flere saker som foreslått").click()
    box = seen.page.get_by_role("combobox", name="Saker", exact=True)
    box.wait_for()
    seen.page.wait_for_timeout(500)  # a run that ends after the list is opened closes it
    seen.settled()
    box.click()
    seen.page.get_by_role("option", name="Velg alle").click()
    seen.page.keyboard.press("Escape")
    settled(seen)
    save(seen, "Vedta som foreslått")
    seen.page.get_by_text("Møtet er i gang: ti av ti saker er behandlet").wait_for()
    assert {case.state for case in plan(server).items_of(KEY)} == {ItemState.TREATED}


def minutes(server: Server, seen: Tab) -> None:
    """The meeting is closed, and its minutes are written already."""
    save(seen, "Avslutt møtet")
    seen.page.get_by_text("er avsluttet. Protokollen er ikke godkjent ennå.").wait_for()
    assert plan(server).meeting(KEY).state is MeetingState.CLOSED
    part(seen, "Protokoll")
    seen.page.get_by_text(TREATED).first.wait_for()
    told = text_of_word(downloaded(seen, "Protokollen som Word"))
    for decision in plan(server).decisions:
        if decision.meeting == KEY:
            assert decision.text.split("\n")[0].lstrip("1. ") in told
    assert TREATED in told
    assert "Styreleder" in text_of_pdf(downloaded(seen, "Protokollen som PDF"))


def part(seen: Tab, name: str) -> None:
    """Go to a part of the meeting's page."""
    seen.page.get_by_role("radio", name=re.compile(f"^{name}")).or_(
        seen.page.get_by_test_id("stButtonGroup").first.get_by_text(re.compile(f"^{name}"))
    ).first.click()
    settled(seen)


def pick(seen: Tab, label: str, option: str) -> None:
    """Choose in a drop-down by what one types in it."""
    box = seen.page.get_by_role("combobox", name=re.compile(f"{label}$")).first
    wanted = seen.page.get_by_role("option", name=re.compile(f"^{re.escape(option)}")).first
    for left in reversed(range(5)):  # a run that ends meanwhile draws the box anew, empty
        box.click()
        box.fill(option)
        try:
            wanted.click(timeout=5_000 if left else 30_000)
            break
        except TooLate:
            if not left:
                raise
    settled(seen)


def save(seen: Tab, button: str) -> None:
    """Press a button and wait until it is told that it was saved."""
    said = seen.page.get_by_test_id("stAlert").get_by_text(re.compile("^Lagret"))
    before = said.first.inner_text() if said.count() else ""
    pressed = seen.page.get_by_role("button", name=re.compile(f"^{button}|{button}$")).first
    for patience in (10_000, 10_000, 30_000):  # a press while the page is drawn anew can be lost
        try:
            pressed.click(timeout=patience)
            seen.page.wait_for_function(SAVED, arg=before, timeout=patience)
            break
        except TooLate:
            if seen.page.evaluate(SAVED, before):
                break
    assert seen.page.evaluate(SAVED, before), button
    settled(seen)


def settled(seen: Tab) -> None:
    """Wait until what was just done has begun to be answered, and is."""
    seen.page.wait_for_timeout(150)
    seen.settled()


def downloaded(seen: Tab, button: str) -> bytes:
    with seen.page.expect_download(timeout=60_000) as download:
        seen.page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def text_of_pdf(content: bytes) -> str:
    said = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", said)


def text_of_word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def size_of_title(seen: Tab) -> float:
    """The height of the headline's type in pixels."""
    size: str = seen.page.locator("h1").evaluate("each => getComputedStyle(each).fontSize")
    return float(size.removesuffix("px"))


def newest(server: Server) -> int:
    with database.connect(server.database_url).reading() as session:
        return changes.newest(session)


def plan(server: Server, as_of: int = 0) -> Snapshot:
    with database.connect(server.database_url).reading() as session:
        return snapshot.load(session, NOKU, as_of or changes.newest(session))


def believed(server: Server) -> list[snapshot.Confidence]:
    return [each for each in plan(server).confidences if each.meeting == KEY]
