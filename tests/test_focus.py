"""By keyboard alone: Tab goes through the page and is always seen, and what opens is left again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import focus
from tests.servers import Server, Tab

pytestmark = pytest.mark.browser

WALKED = (
    (1280, "/"), (1280, "/oppdatering?t=1.2.2"), (1280, "/styremoter?m=mote-2026-3&fane=vedtak"),
    (360, "/hovedmal-1"), (360, "/tabell"), (360, "/styremoter?m=mote-2026-3&fane=tillit"),
    (360, "/innstillinger"),
)  # fmt: skip
DAY = "Se planen slik den sto"
IN_DIALOG = "document.activeElement.closest('[role=dialog]') !== null"
WIDE = """() => [...document.querySelectorAll('[data-testid=stMarkdownContainer]:has(> table)')]
    .filter(each => each.clientWidth)
    .map(each => [each.scrollWidth > each.clientWidth, each.tabIndex, each.ariaLabel])"""


@pytest.mark.parametrize(("width", "address"), WALKED)
def test_tab_stops_only_where_it_is_seen_and_comes_round(
    example_server: Server, tab: Callable[..., Tab], width: int, address: str
) -> None:
    seen = tab(width)
    seen.open(example_server.url + address)
    found = focus.stops(seen)

    assert len(found) > 8
    assert [fault for stop in found for fault in stop.faults] == []


def test_a_stop_that_is_off_the_screen_covered_or_without_a_frame_is_a_fault(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/om")
    seen.page.evaluate(
        """() => document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforebegin', `
        <style>.put { position: fixed; top: 800px; z-index: 9999999 }</style>
        <button class="put" style="left:-300px">ute</button>
        <button class="put" style="left:200px;outline:none !important;box-shadow:none">usett</button>
        <button class="put" style="left:20px">under</button>
        <div class="put" style="left:10px;width:90px;height:90px"></div>`)"""
    )
    found = focus.faults(seen)
    assert {each.partition(" ")[2] for each in found} == {
        "ute: off the screen", "usett: not seen", "under: covered",
    }  # fmt: skip


def test_what_opens_has_the_focus_and_escape_gives_it_back(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/")
    button = seen.page.get_by_role("button", name=DAY)
    button.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("dialog", name=DAY)).to_be_focused()
    seen.page.get_by_role("dialog").get_by_role("textbox").wait_for()
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate(IN_DIALOG)
    assert focus.stop(seen).faults == []
    seen.page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(seen.page.get_by_role("dialog")).to_have_count(0)


def test_a_refused_field_is_marked_has_the_focus_and_says_why_until_it_is_mended(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/oppdatering?t=1.2.1")
    done, keys = seen.page.get_by_label("Dette er gjort"), seen.page.keyboard
    seen.page.get_by_role("button", name="Lagre", exact=False).first.focus()
    keys.press("Enter")
    expect(done).to_be_focused()
    expect(done).to_have_attribute("aria-invalid", "true")
    expect(done).to_have_accessible_description(re.compile("Skriv hva som er gjort"))

    keys.type("Ett møte")
    seen.page.get_by_role("radio", name="Noe avvik").focus()
    keys.press("Space")
    expect(seen.page.get_by_label("Årsak")).to_be_visible()
    seen.settled()
    keys.press("Control+Enter")
    why = seen.page.get_by_label("Årsak")
    expect(why).to_be_focused()
    expect(why).to_have_accessible_description(re.compile("må ha en årsak"))
    expect(done).not_to_have_attribute("aria-invalid", "true")
    keys.type("Sykdom")
    keys.press("Control+Enter")
    remedy = seen.page.get_by_label("Slik rettes det opp")
    expect(remedy).to_be_focused()
    expect(remedy).to_have_attribute("aria-invalid", "true")
    expect(why).not_to_have_attribute("aria-invalid", "true")


def test_a_number_that_cannot_be_read_is_marked_too(example_server: Server, tab: Callable[..., Tab]) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/oppdatering?t=1.2.2&hva=maling")
    value = seen.page.get_by_label("Verdi", exact=False).first
    value.fill("mange")
    value.press("Tab")
    seen.settled()
    seen.page.get_by_role("button", name="Lagre målingen").press("Enter")
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_be_focused()
    expect(value).to_have_accessible_description(re.compile("Ikke lagret"))


def test_the_parts_of_a_date_are_named_in_norwegian(example_server: Server, tab: Callable[..., Tab]) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/oppdatering?t=1.2.2")
    for part in ("dag", "måned", "år"):
        expect(seen.page.get_by_role("spinbutton", name=f"{part}, Neste steg")).to_be_visible()


def test_a_link_leads_to_the_heading_of_its_page(example_server: Server, tab: Callable[..., Tab]) -> None:
    seen = tab(1280)
    seen.open(example_server.url + "/")
    seen.page.get_by_test_id("stMain").get_by_role("link", name="1.2.2").first.press("Enter")
    seen.page.wait_for_url("**t=1.2.2")
    expect(seen.page.locator("h1")).to_be_focused()
    assert focus.stop(seen).faults == []


def test_the_menu_of_a_phone_has_a_name_traps_nothing_and_is_left_with_escape(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(360)
    seen.open(example_server.url + "/om")
    button = seen.page.get_by_role("button", name="Vis menyen")
    menu = seen.page.get_by_role("navigation", name="Sider")
    expect(menu).to_be_hidden()
    button.press("Enter")
    expect(menu.get_by_role("link", name="Oversikt")).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    seen.page.keyboard.press("Enter")
    menu.get_by_role("link").last.focus()
    seen.page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    assert focus.stop(seen).faults == []


def test_a_table_wider_than_its_place_and_no_other_can_be_moved_by_the_keys(
    example_server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(320)
    seen.open(example_server.url + "/styremoter")
    seen.page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(e => e.click())")
    seen.page.wait_for_function(f"() => ({WIDE})().some(([wide]) => wide)")
    seen.page.wait_for_function(f"() => ({WIDE})().every(([wide, stop]) => wide === (stop === 0))")
    assert {name for wide, _stop, name in seen.page.evaluate(WIDE) if wide} == {"Tabell"}


def test_each_page_has_a_title_of_its_own(example_server: Server, tab: Callable[..., Tab]) -> None:
    seen = tab(1280)
    titles = []
    for address in (
        "/", "/tiltak?t=1.2.1", "/tiltak?t=1.2.2", "/ansvarlige?p=generalsekretaer", "/innstillinger"
    ):  # fmt: skip
        seen.open(example_server.url + address)
        seen.page.wait_for_function("document.title.includes('Norsk kulturforum')")
        titles.append(seen.page.title())
    assert len({*titles}) == 5
    assert titles[2].startswith("Tiltak 1.2.2")
    assert titles[4] == "Innstillinger – Ingenting galt er funnet – Norsk kulturforum"
