"""What is pasted in a table in a browser: all of it reaches us, and what nobody knows is asked about."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.servers import Server, Tab

pytestmark = pytest.mark.browser

HEAD, ROW, IN_CELL = 35, 15, 8


def paste(seen: Tab, across: int, text: str) -> None:
    """Paste from the first row of the grid, in the column that is so many pixels from its left edge."""
    page = seen.page
    grid = page.get_by_test_id("stDataFrame")
    page.set_viewport_size({"width": 1400, "height": 2400})  # the whole grid, without scrolling
    grid.wait_for()
    page.get_by_test_id("glide-cell-1-0").wait_for(state="attached")
    seen.settled()
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + across + IN_CELL, box["y"] + HEAD + ROW)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def test_words_no_list_has_are_asked_about_and_those_it_has_are_known_in_any_case(
    serve: Callable[..., Server], real_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(real_file)
    seen = tab()
    seen.open(opened.url + "/tabell")
    paste(seen, 56 + 230, "Ferdig\ti rute\tSjefen\npågår\tGrønn\tgeneralsekretær")
    for word in ("Ferdig", "Sjefen", "Grønn"):
        seen.page.get_by_text(f"«{word}» er ikke et ord for").wait_for(timeout=20_000)
    seen.settled()

    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        (kept,) = connection.execute("SELECT fields FROM scratch WHERE form = 'table'").fetchone()
    assert list(json.loads(kept)["rows"].values()) == [
        {"phase": "Ferdig", "assessment": "i rute", "people": ["Sjefen"]},
        {"phase": "pågår", "assessment": "Grønn", "people": ["generalsekretær"]},
    ]
    assert not seen.page.get_by_text("«generalsekretær» er ikke").count()
    assert not seen.errors


def test_yes_is_a_tick(serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/handlingsplan?ar=2026")
    paste(seen, 0, "ja")
    expect(seen.page.get_by_role("button", name="Flytt de valgte til 2027")).to_be_enabled(timeout=20_000)
    assert not seen.errors
