"""The page where the form goes out and comes back, in a browser."""

import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl

from tests.servers import Server, Tab


def rows(server: Server, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(server.folder / "strategy.db")) as connection:
        return connection.execute(question).fetchall()


def test_a_form_goes_out_and_its_words_and_conflicts_are_chosen_before_it_is_saved(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab], tmp_path: Path
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/excel")
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Last ned skjemaet").click()
    file = tmp_path / "skjema.xlsx"
    download.value.save_as(file)
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Last ned ett skjema for hver rolle").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len(archive.namelist()) > 1
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    key = book["Tiltak"]["A4"].value
    book["Tiltak"]["G4"].value, book["Tiltak"]["L4"].value = "Ferdig", "Skrevet i skjemaet"
    book.save(file)
    report_from_elsewhere(opened, str(key))
    ((before,),) = rows(opened, "SELECT max(id) FROM change")

    seen.open(opened.url + "/excel")
    seen.page.set_input_files("input[type=file]", str(file))
    seen.page.get_by_role("heading", name="To valg gjenstår før lagring").wait_for(timeout=30_000)
    assert "Sagt et annet sted" in seen.text
    assert not seen.page.get_by_role("button", name="Lagre").count()
    seen.page.get_by_role("combobox", name="«Ferdig» betyr").click()
    seen.page.get_by_role("option", name="Fullført").click()
    seen.page.get_by_role("heading", name="Ett valg gjenstår før lagring").wait_for(timeout=30_000)
    seen.page.get_by_role("radio", name="Skjemaet").or_(
        seen.page.get_by_role("button", name="Skjemaet", exact=True)
    ).first.click()
    seen.page.get_by_role("heading", name="To endringer i én rad").wait_for(timeout=30_000)
    assert rows(opened, "SELECT max(id) FROM change") == [(before,)]
    seen.page.get_by_role("button", name="Lagre 2 endringer").click()
    seen.page.get_by_text("2 endringer fra skjemaet").first.wait_for(timeout=30_000)

    newest = f"SELECT phase, next_step FROM status_report WHERE key = '{key}' ORDER BY version DESC LIMIT 1"
    assert rows(opened, newest) == [("completed", "Skrevet i skjemaet")]
    assert rows(opened, "SELECT id, via FROM change ORDER BY id DESC LIMIT 1") == [(before + 1, "excel")]
    assert not seen.errors


def report_from_elsewhere(server: Server, key: str) -> None:
    """Somebody changes the next step while the form is out."""
    from strategy import cli

    said = ("--phase", "in_progress", "--assessment", "on_track", "--next", "Sagt et annet sted")
    assert cli.run(["report", key, *said, "--done", "Nytt", "--database", server.database_url]) == 0
