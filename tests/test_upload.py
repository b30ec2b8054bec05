"""A file from a phone, through the real server and a real Chromium: seen small, taken away as it is."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from strategy.attachments import LIMIT
from tests.servers import Server, Starter, Tab
from tests.test_hostile_files import PDF, phone_photo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(serve_on: Starter, example_file: Path) -> Server:
    """A server on an example of its own."""
    return serve_on(example_file)


def test_a_photo_from_a_phone_is_seen_small_and_taken_away_without_where_it_was_taken(
    server: Server, tab: Callable[..., Tab]
) -> None:
    seen = tab(390)
    seen.open(server.url + "/tiltak?t=1.2.1&del=notater")
    seen.page.get_by_text("Legg ved en fil eller et bilde").click()
    chosen = seen.page.locator("input[type=file]")
    chosen.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": phone_photo()})
    seen.page.get_by_label("Hva fila er (kan stå tomt)").fill("Bilde av salen")
    seen.page.get_by_role("button", name="Legg ved fila").click()
    picture = seen.page.get_by_alt_text("Bilde av salen")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.complete && [each.naturalWidth, each.naturalHeight]") == [30, 60]
    with seen.page.expect_download() as taken:
        seen.page.get_by_role("button", name="Last ned").click()
    assert taken.value.suggested_filename == "Bilde av salen.jpg"
    with Image.open(io.BytesIO(Path(taken.value.path()).read_bytes())) as kept:
        assert (kept.size, dict(kept.getexif())) == ((30, 60), {})
    assert seen.errors == []


def test_25_mb_exactly_passes_the_server_and_a_byte_more_is_told_before_it_is_sent(
    server: Server, tab: Callable[..., Tab], tmp_path: Path
) -> None:
    most = tmp_path / "Stort.pdf"
    most.write_bytes(PDF.replace(b"1 0", b"\0" * (LIMIT - len(PDF) + 3)))
    seen = tab(1200)
    seen.open(server.url + "/tiltak?t=1.1.1&del=notater")
    seen.page.get_by_text("Legg ved en fil eller et bilde").click()
    chosen = seen.page.locator("input[type=file]")
    with seen.page.expect_response(lambda each: "upload_file" in each.url and each.request.method == "PUT"):
        chosen.set_input_files(most)
    seen.settled()
    seen.page.get_by_role("button", name="Legg ved fila").click()
    seen.page.get_by_text("PDF, 25 MB").wait_for()
    most.write_bytes(most.read_bytes() + b"\n")
    chosen.set_input_files(most)
    seen.page.get_by_text("Fila kan være på høyst 25.0MB.").wait_for()
