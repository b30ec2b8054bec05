"""What is pasted in a table in a browser: all of it reaches us, and what nobody knows is asked about."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

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


def kept(opened: Server) -> dict[str, dict[str, Any]]:
    """What is typed in the table and not saved, by row."""
    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        (fields,) = connection.execute("SELECT fields FROM scratch WHERE form = 'table'").fetchone()
    rows: dict[str, dict[str, Any]] = json.loads(fields)["rows"]
    return rows


def test_words_no_list_has_are_asked_about_and_those_it_has_are_known_in_any_case(
    serve: Callable[..., Server], real_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(real_file)
    seen = tab()
    seen.open(opened.url + "/tabell")
    paste(seen, 56 + 230, "Ferdig\ti rute\tA\tB\tC\tSjefen\npågår\tGrønn\tA\tB\tC\tgeneralsekretær")
    for word in ("Ferdig", "Sjefen", "Grønn"):
        seen.page.get_by_text(f"«{word}» er ikke et ord for").wait_for(timeout=20_000)
    seen.settled()

    texts = {"done": "A", "cause": "B", "remedy": "C"}
    assert list(kept(opened).values()) == [
        {"phase": "Ferdig", "assessment": "i rute", **texts, "people": ["Sjefen"]},
        {"phase": "pågår", "assessment": "Grønn", **texts, "people": ["generalsekretær"]},
    ]
    assert not seen.page.get_by_text("«generalsekretær» er ikke").count()
    assert not seen.errors


def test_whole_rows_are_pasted_from_the_number_on_and_what_is_locked_stands(
    serve: Callable[..., Server], real_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(real_file)
    seen = tab()
    seen.open(opened.url + "/tabell")
    said = "Pågår\tNoe avvik\tTo møter\tSykdom\tVikar\tGeneralsekretær\t31.12.2026"
    paste(seen, 0, f"1.1.1\tEt annet navn\t{said}\n1.2.1\tEnda et\t{said}")
    seen.page.get_by_text("→ To møter").first.wait_for(timeout=20_000)
    seen.settled()

    assert list(kept(opened).values()) == 2 * [{
        "phase": "Pågår", "assessment": "Noe avvik", "done": "To møter", "cause": "Sykdom", "remedy": "Vikar",
        "people": ["Generalsekretær"], "due": "31.12.2026",
    }]  # fmt: skip
    assert not seen.errors


def test_yes_is_a_tick(serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/handlingsplan?ar=2026")
    paste(seen, 0, "ja")
    expect(seen.page.get_by_role("button", name="Flytt de valgte til 2027")).to_be_enabled(timeout=20_000)
    assert not seen.errors
