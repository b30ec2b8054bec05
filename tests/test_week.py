"""The secretary's week by keyboard: where the focus is after each step, and what is seen there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import focus
from tests.servers import Server, Starter, Tab
from tests.test_keys import stored, tab_to

pytestmark = pytest.mark.browser

SAVED = re.compile(r"Lagret \d")
AT_ONCE = 3_000
"""Milliseconds; what is told goes away by itself after ten seconds."""
LOOSE = "e => !e.matches('h1, h2, h3, h4, a, button, input, textarea, summary, canvas, pre')"


@pytest.fixture(scope="module")
def desk(serve_on: Starter, example_file: Path) -> Server:
    """A server the whole week is worked on; no day needs what another has left."""
    return serve_on(example_file)


@pytest.fixture
def seen(tab: Callable[..., Tab]) -> Tab:
    opened = tab(1280)
    opened.page.set_viewport_size({"width": 1280, "height": 800})
    return opened


def saved(seen: Tab) -> None:
    """Wait until it is told that something was saved, and all is drawn."""
    seen.page.get_by_test_id("stAlert").get_by_text(SAVED).wait_for(timeout=20_000)
    seen.settled()


def in_sight(page: Page, what: Locator) -> bool:
    """Whether all of it is on the screen, below the bar at the top."""
    box = what.bounding_box()
    size = page.viewport_size
    assert box
    assert size
    return box["y"] >= 50 and box["y"] + box["height"] <= size["height"]


def test_a_page_chosen_in_the_menu_begins_at_its_heading(example_server: Server, seen: Tab) -> None:
    seen.open(example_server.url + "/")
    keys = seen.page.keyboard
    tab_to(seen, "Sekretariatet")
    keys.press("Enter")
    expect(seen.page.get_by_role("menuitem", name="Oppdatering")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    seen.page.wait_for_url("**/rapporter")
    expect(seen.page.locator("h1")).to_be_focused()
    keys.press("Tab")
    assert focus.stop(seen).faults == []


def test_monday_each_report_says_what_it_is_about_and_a_refusal_is_read_at_its_field(
    desk: Server, seen: Tab
) -> None:
    seen.open(desk.url + "/oppdatering")
    page, keys = seen.page, seen.page.keyboard
    done = page.get_by_label("Dette er gjort")
    tab_to(seen, "Dette er gjort")
    keys.type("Ett møte.")
    page.get_by_label("Neste steg", exact=True).focus()  # far down: the next begins above the screen
    keys.press("Control+Enter")
    saved(seen)
    expect(done).to_be_focused()
    name = page.locator("h2").first
    expect(done).to_have_accessible_description(name.inner_text())
    assert in_sight(page, name)
    assert in_sight(page, done)

    expect(page.get_by_test_id("stToast")).to_be_visible()
    keys.type("Enda ett.")
    page.get_by_role("radio", name="Noe avvik").focus()
    keys.press("Space")
    page.get_by_label("Årsak").fill("")
    keys.press("Control+Enter")
    why = page.get_by_label("Årsak")
    expect(why).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=AT_ONCE)  # no «saved» beside «not saved»
    beside = page.locator("[data-why]")
    expect(beside).to_have_attribute("data-why", re.compile("Ikke lagret.*må ha en årsak"))
    assert in_sight(page, beside)
    drawn = "e => getComputedStyle(e, '::after').content"
    assert "må ha en årsak" in beside.evaluate(drawn)
    why.fill("Sykdom")
    keys.press("Control+Enter")
    expect(beside.filter(has=why)).to_have_count(0)


def test_monday_what_was_told_does_not_stand_over_what_has_the_focus(desk: Server, seen: Tab) -> None:
    seen.open(desk.url + "/oppdatering?t=1.2.1")
    tab_to(seen, "Dette er gjort")
    seen.page.keyboard.type("Tre svar.")
    seen.page.keyboard.press("Control+Enter")
    saved(seen)
    expect(seen.page.get_by_test_id("stToast")).to_be_visible()
    seen.page.get_by_role("button", name="Se planen slik den sto").focus()
    expect(seen.page.get_by_test_id("stToast")).to_have_count(0, timeout=AT_ONCE)
    assert focus.stop(seen).faults == []


def test_tuesday_the_table_has_the_focus_again_when_it_is_saved(desk: Server, seen: Tab) -> None:
    seen.open(desk.url + "/tabell")
    keys, grid = seen.page.keyboard, seen.page.locator("canvas").first
    cell = seen.page.locator("td:focus")
    seen.page.locator("#glide-cell-2-1").wait_for(state="attached")
    grid.focus()
    for key, at in (
        ("Control+Home", "0-0"),
        ("ArrowDown", "0-1"),
        ("ArrowRight", "1-1"),
        ("ArrowRight", "2-1"),
    ):
        keys.press(key)
        expect(cell).to_have_id(f"glide-cell-{at}")
    keys.press("Enter")
    expect(seen.page.locator("input:focus")).to_have_count(1)
    keys.type("Satt")
    keys.press("Enter")
    why = seen.page.get_by_label("Hvorfor endres dette?", exact=False)
    why.focus()
    keys.type("Gjennomgang")
    keys.press("Control+Enter")
    saved(seen)
    expect(seen.page.locator("canvas:focus, canvas td:focus")).to_have_count(1)


def test_wednesday_a_day_that_is_typed_is_saved_by_ctrl_enter_too(desk: Server, seen: Tab) -> None:
    seen.open(desk.url + "/oppdatering?t=1.2.2&hva=milepael&m=1.2.2-m2")
    seen.page.get_by_role("spinbutton", name="dag, Frist").focus()
    seen.page.keyboard.type("18032027", delay=20)
    seen.page.keyboard.press("Control+Enter")
    saved(seen)
    asked = "SELECT due FROM milestone WHERE key = '1.2.2-m2' ORDER BY version DESC LIMIT 1"
    assert stored(desk, asked) == [("2027-03-18",)]


def test_friday_a_link_is_asked_for_made_and_its_address_is_where_the_focus_is(
    desk: Server, seen: Tab
) -> None:
    seen.open(desk.url + "/innsendt?fane=Lenker")
    keys = seen.page.keyboard
    seen.page.get_by_role("button", name="Lag lenke").press("Enter")
    role = seen.page.get_by_label("Rolle", exact=True)
    expect(role).to_be_focused()
    expect(role).to_have_attribute("aria-invalid", "true")
    keys.type("Rådgiver komp")
    keys.press("Enter")
    seen.settled()
    keys.press("Control+Enter")
    saved(seen)
    expect(seen.page.locator("pre", has_text="/oppdater/")).to_be_focused()
    assert in_sight(seen.page, seen.page.locator("pre:focus"))


def test_friday_a_change_is_undone_and_the_focus_stays_at_its_line_of_the_log(
    desk: Server, seen: Tab
) -> None:
    seen.open(desk.url + "/endringslogg")
    line = seen.page.locator("summary", has_text="Ny rapport").first
    number = line.inner_text().partition(" ")[0].strip()
    line.press("Enter")
    seen.page.get_by_role("button", name="Angre endringen …").press("Enter")
    again = seen.page.get_by_role("button", name=re.compile(r"Angre endring \d"))
    again.wait_for()
    seen.settled()
    expect(seen.page.locator("summary:focus")).to_contain_text("Ny rapport")
    tab_to(seen, "Angre endring ")
    seen.page.keyboard.press("Enter")
    saved(seen)
    assert number
    expect(seen.page.locator("summary:focus")).to_contain_text("Ny rapport")
    assert not seen.page.locator(":focus").evaluate(LOOSE)


def test_a_field_the_link_page_asks_for_is_seen_with_its_name(desk: Server, seen: Tab) -> None:
    seen.open(desk.url + "/innsendt?fane=Lenker")
    page = seen.page
    page.get_by_role("button", name="Vis adressen").first.press("Enter")
    address = page.locator("pre").first.inner_text()
    page.goto(desk.url + "/oppdater/" + address.rpartition("/oppdater/")[2] + "?t=1.4.1")
    page.locator("textarea[name=done]").fill("")
    send = page.locator("button[type=submit]")
    send.focus()
    send.evaluate("e => e.scrollIntoView({block: 'start'})")
    page.keyboard.press("Enter")
    name = page.locator("fieldset:focus-within legend, label:focus-within > .label")
    name.wait_for()
    assert in_sight(page, name)
