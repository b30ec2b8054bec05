"""The app as people meet it: a real server, a real Chromium, three databases, three widths."""

import io
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from strategy import changes, config, database, record, snapshot
from strategy.access import LOCAL
from strategy.terms import Assessment, Phase
from strategy.ui.markdown import JOINER
from tests import axe
from tests.addresses import ADDRESSES, MORE
from tests.servers import Server, Starter, Tab

pytestmark = pytest.mark.browser

WIDER = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return main.scrollWidth - main.clientWidth;
}"""
SHARE = """([pick, framed]) => [...document.querySelectorAll('[data-testid=stMain] ' + pick)].filter(
    each => !framed || getComputedStyle(each).borderTopWidth !== '0px' && each.querySelector('img')
).reduce((sum, each) => {
    const box = each.getBoundingClientRect(), {innerWidth: wide, innerHeight: high} = window;
    const across = Math.max(0, Math.min(box.right, wide) - Math.max(box.left, 0));
    return sum + across * Math.max(0, Math.min(box.bottom, high) - Math.max(box.top, 0)) / (wide * high);
}, 0)"""
"""How much of the window is covered by what is picked; `framed`: only by cards with pictures in them."""
ALL_DRAWN = """least => {
    const all = [...document.querySelectorAll('[data-testid=stMain] img')];
    const waits = document.querySelector('[data-testid=stMain] [data-testid^=stSkeleton]');
    return !waits && all.length >= least && all.every(each => each.complete && each.clientHeight);
}"""
CONNECTION = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
HEADINGS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => each.tagName)"
HOSTILE = (
    "<img src=x onerror=alert(1)>", "![x](http://example.invalid/x.png)", "[x](http://example.invalid/)",
    ":red[x]", ":material/home:", "$x$ $$y$$", "# h", "- a", "1. x", "> q", "a | b", "~~x~~ `k` **x** _y_",
    "C:\\temp\\ny", "&lt;b&gt;", "<!-- x -->", "[^1]",
)  # fmt: skip
WRITTEN = (
    "/", "/hovedmal-1", "/tiltak?t=1.2.2", "/tiltak?t=1.2.2&del=Milepæler", "/oppdatering?t=1.2.2",
    "/oppdatering?t=1.2.2&hva=maling",
)  # fmt: skip
NOKU = "noku-2024-2028"
IN_VIEW = (
    "each => { const box = each.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
)
NEXT_UP = "[class*=st-key-round-] button *"
CUT = "found => found.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"


@pytest.mark.parametrize("which", ["empty", "real"])
def test_every_page_opens_without_error_and_nothing_goes_sideways_at_any_width(
    serve_on: Starter, real_file: Path, tab: Callable[..., Tab], which: str
) -> None:
    server, seen = serve_on(real_file if which == "real" else None), tab(1400)
    for address in ADDRESSES:
        opens(server, seen, address)


def test_every_page_of_the_example_opens_and_axe_finds_nothing_on_a_phone_with_all_opened(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(1400)
    for address in (*ADDRESSES, *MORE):
        opens(example_server, seen, address)
        seen.page.set_viewport_size({"width": 320, "height": 900})
        axe.open_all(seen)
        assert axe.violations(seen.page) == [], address


def opens(server: Server, seen: Tab, address: str) -> None:
    """Open a page: no error, its headings in order, and nothing goes sideways."""
    seen.open(server.url + address)
    assert not seen.errors, (address, seen.errors)
    assert not seen.page.locator("[data-testid=stException]").count(), address
    assert headings(seen) == sorted_without_a_gap(headings(seen)), address
    fits(seen, address)


def fits(seen: Tab, address: str) -> None:
    """Nothing goes sideways at any width."""
    for width in (1400, 768, 360):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.wait_for_timeout(50)
        with suppress(TooLate):  # a grid follows the window a little later than the page
            seen.page.wait_for_function(f"() => ({WIDER})() <= 0", timeout=5_000)
        assert seen.page.evaluate(WIDER) <= 0, (address, width)


@pytest.mark.parametrize("address", ["/indikatorer?i=1.1.1a", "/styremoter"])
def test_the_charts_in_cards_are_wide_enough_to_read_on_a_tablet(
    example_server: Server, tab: Callable[..., Tab], address: str
) -> None:
    seen = tab(768)
    seen.open(example_server.url + address)
    charts = seen.page.locator("[data-testid=stPlotlyChart]")
    charts.first.wait_for()

    widths = charts.evaluate_all("all => all.map(each => each.clientWidth)")
    assert widths
    assert min(widths) >= 260, widths


DRAWN, ROWS = ["img", False], ["[data-testid=stVerticalBlock]", True]
PICTURED = [
    *(
        (address, ((DRAWN, 0.12), (ROWS, 0.40)))
        for address in ("/", "/hovedmal-1", "/hovedmal-2", "/hovedmal-3")
    ),
    *((address, ((DRAWN, 0.08),)) for address in ("/tiltak?t=1.2.2", "/tiltak?t=2.2.2", "/indikatorer")),
    ("/siden-sist", ((DRAWN, 0.10),)),
]
"""How much of a tablet's first screen is at the least drawn, and is rows with their strips."""


@pytest.mark.parametrize(("address", "shares"), PICTURED)
def test_on_a_tablet_the_first_screen_is_a_picture_that_waits_for_nothing(
    example_server: Server, tab: Callable[..., Tab], address: str, shares: tuple[tuple[Any, float], ...]
) -> None:
    seen = tab(1024)
    seen.page.set_viewport_size({"width": 1024, "height": 768})
    seen.open(example_server.url + address)
    for picked, least in shares:
        with suppress(TooLate):  # what is drawn comes a little later than the page
            seen.page.wait_for_function(f"said => ({SHARE})(said) >= {least}", arg=picked, timeout=9_000)
        assert seen.page.evaluate(SHARE, picked) >= least
    assert not seen.page.locator("[data-testid=stPlotlyChart]").count()


def test_the_bars_of_the_cards_stand_level_where_a_name_takes_two_lines(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(1024)
    seen.open(example_server.url + "/")
    seen.page.wait_for_function(ALL_DRAWN, arg=11)
    names = seen.page.locator("[class*=st-key-named-] a p")
    heights = names.evaluate_all("all => all.map(each => each.clientHeight)")
    bars = names.evaluate_all(
        "all => all.map(each => each.closest('[data-testid=stColumn]').querySelector('img')"
        ".getBoundingClientRect().top)"
    )
    assert len(set(heights)) == 2, heights
    assert len(bars) == 3
    assert max(bars) - min(bars) < 1, bars


@pytest.mark.parametrize("address", ["/", "/hovedmal-1", "/tiltak?t=1.2.2", "/indikatorer"])
def test_on_paper_every_picture_is_there_and_within_the_sheet(
    example_server: Server, tab: Callable[..., Tab], address: str
) -> None:
    seen = tab(794)  # A4 at 96 dots an inch
    seen.open(example_server.url + address)
    drawn = seen.page.locator("[data-testid=stMain] [data-testid=stImage] img")
    seen.page.wait_for_function(ALL_DRAWN, arg=6)  # the first stands there before the others
    on_screen = drawn.count()
    seen.page.emulate_media(media="print")
    places = drawn.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(b => [b.width, b.right])"
    )
    assert len(places) == on_screen >= 6
    assert min(width for width, _right in places) >= 100
    assert max(right for _width, right in places) <= 794
    assert (
        drawn.first.evaluate("each => getComputedStyle(each.closest('[data-testid=stImage]')).breakInside")
        == "avoid"
    )


def test_on_paper_what_opens_in_a_column_is_printed_over_nothing_beside_or_below_it(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(794)
    seen.open(example_server.url + "/hovedmal-1")
    seen.page.locator("[data-testid=stExpander]").first.wait_for()
    seen.page.emulate_media(media="print")
    rows = seen.page.locator("[data-testid=stHorizontalBlock]:has([data-testid=stExpander])").evaluate_all(
        """all => all.map(row => [...row.children].map(each => each.getBoundingClientRect())
            .map(box => [box.top, box.bottom]))"""
    )
    assert rows
    for columns in rows:
        for (_top, bottom), (following, _bottom) in pairwise(columns):
            assert bottom <= following


@pytest.mark.parametrize("width", [1400, 768, 360])
def test_pictures_are_wide_enough_to_read_and_no_stop_for_tab(
    example_server: Server, tab: Callable[..., Tab], width: int
) -> None:
    seen = tab(width)
    for address, least in (("/", 160), ("/hovedmal-1", 100)):
        seen.open(example_server.url + address)
        seen.page.wait_for_function(ALL_DRAWN, arg=11)
        drawn = seen.page.locator("[data-testid=stMain] [data-testid=stImage] img")
        widths = drawn.evaluate_all("all => all.map(each => each.clientWidth)")
        assert len(widths) > 10
        assert min(widths) >= least, (address, widths)
        assert not seen.page.get_by_role("button", name=re.compile("Fullskjerm")).count()
        assert drawn.evaluate_all("all => all.every(each => each.alt)")


@pytest.fixture(scope="module")
def hostile_file(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with markup, links and a very long word in everything that can be written."""
    file = tmp_path_factory.mktemp("hostile") / "strategy.db"
    shutil.copy(example_file, file)
    opened = database.connect(config.sqlite_url(file))
    said, word, now = "\n".join(HOSTILE), "W" * 3990, datetime(2026, 11, 23, 12, tzinfo=UTC)
    about: dict[str, Any] = {
        "assessment": Assessment.MAJOR_DEVIATION,
        "cause": said,
        "remedy": word,
        "done": said,
    }
    with opened.writing() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
        measure, goal = plan.measure("1.2.2"), plan.goal("1")
        assert measure.report
        assert goal.report
        record.report(
            record.By(session, LOCAL, NOKU, now),
            "1.2.2",
            measure.report.version,
            phase=Phase.IN_PROGRESS,
            **about,
        )
        record.report(record.By(session, LOCAL, NOKU, now), "1", goal.report.version, **about)
        record.milestone(
            record.By(session, LOCAL, NOKU, now),
            record.milestone_key(session, NOKU, "1.2.2"), 0, measure="1.2.2",
            title=HOSTILE[0], due=date(2026, 2, 1), evidence=said)  # fmt: skip
        record.value(
            record.By(session, LOCAL, NOKU, now),
            measure.indicators[0].key,
            "2024",
            0,
            text=said,
            comment=word,
        )
        record.attainment(
            record.By(session, LOCAL, NOKU, now), "1", 2025, 1, reason=said, narrative=said, lesson=word
        )
    opened.close()
    return file


def test_axe_finds_what_is_wrong(example_server: Server, tab: Callable[..., Tab]) -> None:
    seen = tab(320)
    seen.open(example_server.url + "/om")
    seen.page.evaluate(
        """document.querySelector('[data-testid=stApp]').insertAdjacentHTML('beforeend', `
        <div style="position:fixed;z-index:9999999;top:200px;left:40px;width:200px;background:#666">
        <ul><div>a</div></ul><button style="width:9px;height:9px;padding:0">b</button>
        <button style="width:9px;height:9px;padding:0">c</button>
        <img src="x"><p style="color:#777">lite lesbart</p></div>`)"""
    )
    found = {each.rule for each in axe.violations(seen.page)}
    assert found == {"list", "target-size", "image-alt", "color-contrast"}


def test_a_saved_report_is_everywhere_and_survives_the_server_being_killed_at_that_moment(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    said = "Vi holdt et møte om kulturarenaer i dag."
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.2.2")
    seen.page.get_by_label("Dette er gjort").fill(said)
    seen.page.get_by_label("Dette er gjort").press("Tab")
    seen.page.get_by_role("button", name=re.compile("Lagre rapporten")).click()
    seen.page.get_by_text(re.compile(r"Lagret \d")).first.wait_for(timeout=20_000)
    opened.kill()

    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM status_report WHERE done = ?", (said,)).fetchone()
    assert count == 1
    opened.start()
    for address, expected in {
        "/": "Det er ikke funnet rom",
        "/hovedmal-1": "Økte midler til kulturarenaer",
        "/tiltak?t=1.2.2": said,
        "/endringslogg": "Ny rapport på 1.2.2",
    }.items():
        seen.open(opened.url + address)
        seen.page.get_by_text(expected).first.wait_for(timeout=20_000)
    assert said in text_of(word_file(opened, seen))


@pytest.mark.parametrize("last", ["in the choice", "in the text"])
def test_ctrl_enter_after_a_choice_with_the_mouse_saves_what_is_seen_chosen(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab], last: str
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.2.2")
    page = seen.page
    judged = page.get_by_role("radiogroup", name="Vurdering")
    judged.get_by_text("▲ Noe avvik").click()
    page.get_by_label("Årsak").fill("Sykdom")
    page.get_by_label("Slik rettes det opp").fill("Vikar")
    page.get_by_label("Dette er gjort").click()
    page.keyboard.type("Skrevet mellom to valg.")
    judged.get_by_text("■ Vesentlig avvik").click()
    expect(judged.get_by_role("radio", name="■ Vesentlig avvik")).to_be_checked()
    if last == "in the text":
        page.get_by_label("Dette er gjort").click()
    page.keyboard.press("Control+Enter")
    page.get_by_text(re.compile(r"Lagret \d")).first.wait_for(timeout=20_000)

    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        asked = "SELECT assessment, cause FROM status_report WHERE done = 'Skrevet mellom to valg.'"
        assert connection.execute(asked).fetchall() == [("major_deviation", "Sykdom")]


def test_what_was_typed_is_still_there_when_the_server_comes_back(
    serve: Callable[..., Server], real_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(real_file)
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.1.1")
    box = seen.page.get_by_label("Dette er gjort")
    box.fill("Halvferdig tekst")
    box.press("Tab")
    while not opened.half_written():
        seen.page.wait_for_timeout(50)
    opened.kill()
    seen.page.wait_for_function(f"() => {CONNECTION} !== 'CONNECTED'")
    opened.start()
    seen.page.wait_for_function(f"() => {CONNECTION} === 'CONNECTED'", timeout=30_000)
    seen.settled()

    expect(seen.page.get_by_label("Dette er gjort")).to_have_value("Halvferdig tekst")


def test_a_filter_stands_in_the_address_and_the_link_opens_the_same_view(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab()
    seen.open(example_server.url + "/tiltak")
    seen.page.get_by_test_id("stButtonGroup").get_by_text("Vesentlig avvik").click()
    seen.page.wait_for_url("**vis=**")
    seen.page.get_by_text(re.compile(r"^3 tiltak$")).wait_for()
    seen.settled()
    other = tab()
    other.open(seen.page.url)
    other.page.get_by_text(re.compile(r"^3 tiltak$")).wait_for()
    for opened in (seen, other):
        opened.page.get_by_role("link", name="3.3.1").wait_for()
    shown = seen.text

    assert other.text.partition("3 tiltak")[2] == shown.partition("3 tiltak")[2]
    assert "Økte midler til kulturarenaer" in shown
    assert "Kompetansetiltak året rundt" not in shown


def test_another_day_is_chosen_followed_from_page_to_page_and_left_again(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab()
    seen.open(example_server.url + "/")
    seen.page.get_by_role("button", name="Se planen slik den sto").click()
    typed = seen.page.get_by_role("textbox", name="Ved slutten av dagen")
    typed.fill("31.02.2026")
    typed.press("Enter")
    seen.page.get_by_text("31.02.2026").last.wait_for()
    typed.fill("14.02.2026")
    typed.press("Enter")
    seen.page.get_by_text("slik den sto 14. februar 2026").wait_for()
    seen.page.keyboard.press("Escape")
    seen.settled()
    seen.page.get_by_role("link", name="1 Styrke kulturpolitikken").first.click()
    seen.page.wait_for_url("**/hovedmal-1?per=2026-02-14")
    seen.page.get_by_role("button", name="Tilbake til i dag").click()
    seen.page.get_by_text("per 23.11.2026").wait_for()

    assert "per" not in seen.page.url.partition("?")[2]


def test_what_comes_next_at_the_desk_is_named_in_full_at_every_width(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    for width in (360, 768, 1400):
        seen = tab(width)
        seen.open(example_server.url + "/oppdatering")
        seen.page.locator(NEXT_UP).first.wait_for()
        assert seen.page.locator(NEXT_UP).evaluate_all(CUT) == [], width


def test_a_save_is_told_where_the_eye_is_and_the_focus_is_at_the_first_field(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab(360)
    seen.open(opened.url + "/oppdatering?t=2.3.1")
    seen.page.get_by_label("Dette er gjort").focus()
    seen.page.keyboard.type("Skrevet uten mus.")
    seen.page.keyboard.press("Tab")
    button = seen.page.get_by_role("button", name="Lagre rapporten")
    button.focus()
    seen.page.keyboard.press("Enter")
    told = seen.page.get_by_test_id("stToast").get_by_text(re.compile(r"Lagret \d.*2\.3\.1"))
    told.wait_for()
    seen.settled()

    assert seen.page.evaluate(IN_VIEW, told.element_handle())
    assert seen.page.get_by_role("status").get_by_text("Lagret").count()
    assert seen.focus == "Dette er gjort"
    button.focus()
    seen.page.keyboard.press("Enter")
    seen.page.get_by_text("Skriv hva som er gjort").wait_for()
    assert "2.3.1" in seen.page.get_by_label(re.compile("Hva vil du rapportere")).input_value()


def test_what_people_wrote_stands_letter_by_letter_asks_nobody_and_keeps_its_place(
    serve: Callable[..., Server], hostile_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(hostile_file)
    seen = tab(360)
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    for address in WRITTEN:
        seen.open(opened.url + address)
        seen.page.wait_for_timeout(300)
        said = seen.text.replace(JOINER, "")
        assert [text for text in HOSTILE if text not in said] == [], address
        assert seen.page.evaluate(WIDER) <= 0, address
        assert not seen.page.locator("[data-testid=stMain] :is(.katex, del, code, h4)").count(), address
    assert not [url for url in asked if not url.startswith((opened.url, "data:", "blob:"))]
    assert not seen.errors


def headings(seen: Tab) -> list[int]:
    """The levels of the page's headings, in order."""
    return [int(tag[1]) for tag in seen.page.evaluate(HEADINGS)]


def sorted_without_a_gap(levels: list[int]) -> list[int]:
    """The same levels if there is one h1, first, and none is skipped on the way down; otherwise nothing."""
    steps = pairwise(levels)
    return levels if levels[:1] == [1] and levels.count(1) == 1 and all(b - a <= 1 for a, b in steps) else []


def word_file(opened: Server, seen: Tab) -> "docx.document.Document":
    """The annual report as a visitor downloads it."""
    seen.open(opened.url + "/rapporter")
    with seen.page.expect_download(timeout=30_000) as download:
        seen.page.get_by_role("button", name=re.compile("Årsmeldingen som Word")).click()
    return docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))


def text_of(document: "docx.document.Document") -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
CUT_OFF = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(each => {
    const {overflowX, overflowY} = getComputedStyle(each)
    const hides = [overflowX, overflowY].some(how => ['hidden', 'clip'].includes(how))
    return hides && each.clientHeight && each.innerText && each.offsetParent
        && (each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 2)
}).map(each => each.innerText)"""


@pytest.mark.parametrize("address", ["/oppdatering?t=1.2.1", "/arshjul", "/styremoter?m=mote-2026-3"])
def test_text_set_wider_is_cut_nowhere(example_server: Server, tab: Callable[..., Tab], address: str) -> None:
    """The distances of WCAG 1.4.12."""
    seen = tab(320)
    seen.open(example_server.url + address)
    expect(seen.page.get_by_role("radio").first).to_be_visible()
    seen.page.add_style_tag(content=SPACED)
    assert seen.page.evaluate(CUT_OFF) == []
    assert seen.page.evaluate(WIDER) <= 0


HIGHLIGHT = """() => {
    const probe = document.body.appendChild(document.createElement('div'))
    probe.style.cssText = 'forced-color-adjust: none; background: Highlight'
    const found = getComputedStyle(probe).backgroundColor
    probe.remove()
    return found
}"""
RADIO, PILL = "[data-testid=stRadioOption]:has-text('{}') > div > div", "button:has-text('{}')"
CHOICES = """all => all.map(each =>
    [each.closest('label, button').innerText.trim(), each.checked ?? each.ariaChecked === 'true'])"""


@pytest.mark.parametrize(("group", "part"), [("Vurdering", RADIO), ("Hva vil du skrive?", PILL)])
def test_what_is_chosen_can_be_told_where_colours_are_forced(
    example_server: Server, tab: Callable[..., Tab], group: str, part: str
) -> None:
    seen = tab(1280)
    seen.page.emulate_media(forced_colors="active")
    seen.open(example_server.url + "/oppdatering?t=1.2.1")
    choices = seen.page.get_by_role("radiogroup", name=group)
    expect(choices).to_be_visible()
    ground = "each => getComputedStyle(each).backgroundColor"
    names = choices.get_by_role("radio").evaluate_all(CHOICES)
    looks = {chosen: choices.locator(part.format(name)).first.evaluate(ground) for name, chosen in names}
    assert looks[True] == seen.page.evaluate(HIGHLIGHT) != looks[False]
