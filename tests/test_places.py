"""The places of the app: few in the menu, all within two presses, and the one that is shown is marked."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from bench.server import Server
from strategy.ui import places
from tests.addresses import ADDRESSES, MORE
from tests.servers import Tab
from tests.test_pages import app, go

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]
MOST = 15


def test_the_menu_has_few_places_and_every_page_is_in_it_or_beside_one_that_is(app: Opener) -> None:
    at = go(app("example"), "overview")
    known = at.session_state["pages"]
    in_menu = {address for address, page in known.items() if page.visibility == "visible"}

    assert len(in_menu) <= MOST
    beside = {address for place in places.BESIDE if next(iter(place)) in in_menu for address in place}
    assert set(known) - in_menu - beside == {
        "presentasjon",
        "overlevering",
    }  # from a meeting, and from a role


def test_every_address_there_has_been_is_a_page_of_its_own_still(app: Opener) -> None:
    at = go(app("example"), "overview")
    asked = {address.split("?")[0].strip("/") for address in (*ADDRESSES, *MORE)}

    assert asked <= set(at.session_state["pages"])


def test_the_page_is_marked_among_those_beside_it_and_its_group_in_the_menu(
    tab: Callable[..., Tab], example_server: Server
) -> None:
    seen = tab()
    seen.open(example_server.url + "/tabell")
    page = seen.page
    marked = page.locator("[aria-current=page]")

    expect(page.get_by_test_id("stTopNavSection").and_(marked)).to_have_text(re.compile("^Sekretariatet"))
    expect(page.locator(".st-key-steder a").and_(marked)).to_have_text("Tabell")
    page.get_by_role("link", name="Målinger", exact=True).click()
    expect(page.locator(".st-key-steder a").and_(marked)).to_have_text("Målinger")
    page.get_by_test_id("stTopNavSection").filter(has_text="Styret").click()
    page.get_by_test_id("stTopNavPopover").get_by_text("Styremøter").click()
    expect(page.get_by_test_id("stTopNavSection").and_(marked)).to_have_text(re.compile("^Styret"))
