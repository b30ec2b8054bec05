"""The mouse and then the keys, in every form with choices: what is saved is what is seen chosen."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from strategy import changes, config, database, record, snapshot
from strategy.access import LOCAL
from tests.servers import Server, Tab

pytestmark = pytest.mark.browser

NOKU, MEETING = "noku-2024-2028", "mote-2026-3"
SAVED = re.compile(r"Lagret \d")


def choices(page: Page | Locator, name: str) -> Locator:
    """The choices under a label."""
    return page.get_by_role("radiogroup", name=name)


def tab_to(seen: Tab, label: str) -> None:
    """Go by the keyboard to what is called so."""
    for _step in range(40):
        if seen.focus.startswith(label) or seen.page.evaluate(
            "label => document.activeElement.innerText?.startsWith(label)", label
        ):
            return
        seen.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {label}")


def stored(opened: Server, asked: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        return connection.execute(asked).fetchall()


@pytest.mark.parametrize("last", ["in the choice", "in the text"])
def test_a_report_sent_in_is_accepted_as_it_is_seen(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab], last: str
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/innsendt")
    page = seen.page
    judged = choices(page, "Vurdering").first
    judged.get_by_text("▲ Noe avvik").click()
    expect(page.get_by_label("Årsak")).to_have_count(2)  # another report sent in has one already
    page.get_by_label("Årsak").first.fill("Sykdom")
    page.get_by_label("Slik rettes det opp").first.fill("Vikar")
    page.get_by_label("Dette er gjort").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" Rettet av oss.")
    judged.get_by_text("■ Vesentlig avvik").click()
    expect(judged.get_by_role("radio", name="■ Vesentlig avvik")).to_be_checked()
    if last == "in the text":
        page.get_by_label("Dette er gjort").first.click()
    page.keyboard.press("Control+Enter")
    seen.settled()
    expect(judged.get_by_role("radio", name="■ Vesentlig avvik")).to_be_checked()
    tab_to(seen, "Godta rapporten")
    page.keyboard.press("Enter")
    page.get_by_text(SAVED).first.wait_for(timeout=20_000)

    asked = "SELECT key, assessment, cause FROM status_report WHERE done LIKE '%Rettet av oss.%'"
    assert stored(opened, asked) == [("1.4.1", "major_deviation", "Sykdom")]
    assert not seen.errors


def test_the_answers_on_confidence_are_saved_as_they_are_seen(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + f"/styremoter?m={MEETING}&fane=tillit")
    page = seen.page
    page.get_by_label("Jeg svarer som").click()
    page.get_by_role("option").first.click()
    for goal, first, last in (("1", "2", "9"), ("2", "8", "4"), ("3", "0", "7")):
        group = choices(page, goal)
        group.get_by_text(first, exact=True).click()
        group.get_by_text(last, exact=True).click()
        expect(group.get_by_role("radio", name=last, exact=True)).to_be_checked()
    page.keyboard.press("Control+Enter")
    page.get_by_text(SAVED).first.wait_for(timeout=20_000)
    seen.settled()

    assert answers_opened(opened) == {"1": (1, 1, 9), "2": (1, 1, 4), "3": (1, 1, 7)}
    assert not seen.errors


def answers_opened(opened: Server) -> dict[str, tuple[int, ...]]:
    """All answers by goal, once two more have answered 1 to everything and they are opened."""
    base = database.connect(config.sqlite_url(opened.folder / "strategy.db"))
    with base.writing() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
        given = record.voted(session, NOKU, MEETING)
        others = [s.key for s in plan.seats if not s.deputy and s.key not in given["1"]][:2]
        for seat in others:
            for goal in given:
                record.vote(record.By(session, LOCAL, NOKU, plan.recorded_at), MEETING, goal, seat, 1)
        record.open_confidence(record.By(session, LOCAL, NOKU, plan.recorded_at), MEETING)
        plan = snapshot.load(session, NOKU, changes.newest(session))
    base.close()
    return {each.goal: each.answers for each in plan.confidences if each.meeting == MEETING}


def test_a_value_is_entered_by_keyboard_alone_from_the_period_to_the_save_and_the_next_can_begin(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.2.2&hva=maling")
    keys = seen.page.keyboard
    for year, number in (("2024", "417"), ("2025", "418")):
        if year == "2024":
            tab_to(seen, "Periode")
        expect(seen.page.get_by_label("Periode", exact=True)).to_be_focused()
        keys.press("Control+A")
        keys.type(year)
        keys.press("Enter")
        tab_to(seen, "Verdi")
        keys.press("Control+A")
        keys.type(number)
        tab_to(seen, "Lagre målingen")
        keys.press("Enter")
        told = seen.page.get_by_test_id("stAlert").get_by_text(re.compile(rf"Lagret \d.*{year}"))
        asked = seen.page.get_by_text("trykker du en gang til")
        told.or_(asked).first.wait_for(timeout=20_000)
        if asked.count():
            keys.press("Enter")
        told.first.wait_for(timeout=20_000)
        seen.settled()

    asked_for = "SELECT key, value FROM indicator_value WHERE value IN ('417', '418') ORDER BY key"
    assert [(key.rpartition("@")[2], value) for key, value in stored(opened, asked_for)] == [
        ("2024", "417"), ("2025", "418")
    ]  # fmt: skip
    expect(seen.page.get_by_label("Periode", exact=True)).to_be_focused()
    assert not seen.errors
