"""What was looked at and half written when the server was started anew, or the tab was closed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.servers import Server, Tab

pytestmark = pytest.mark.browser

CONNECTION = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
GONE = "Det du så på, er borte"


def restarted(opened: Server, seen: Tab) -> None:
    """Start the server anew, and wait until the tab has found it again."""
    opened.kill()
    seen.page.wait_for_function(f"() => {CONNECTION} !== 'CONNECTED'")
    opened.start()
    seen.page.wait_for_function(f"() => {CONNECTION} === 'CONNECTED'", timeout=30_000)
    seen.settled()


def test_a_preview_is_there_again_or_says_that_it_is_gone(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab], tmp_path: Path
) -> None:
    opened = serve(example_file)
    seen = tab()
    page = seen.page
    seen.open(opened.url + "/excel")
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned skjemaet").click()
    form, plan = tmp_path / "skjema.xlsx", tmp_path / "plan.yaml"
    download.value.save_as(form)
    page.set_input_files("input[type=file]", str(form))
    page.get_by_role("heading", name="Skjemaet endrer ingenting").wait_for(timeout=60_000)
    restarted(opened, seen)
    page.get_by_role("button", name="Velg en annen fil").click()
    page.get_by_text(GONE).wait_for()
    page.set_input_files("input[type=file]", str(form))
    page.get_by_role("heading", name="Skjemaet endrer ingenting").wait_for(timeout=60_000)
    assert not page.get_by_text(GONE).count()

    seen.open(opened.url + "/planen?del=tekst")
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned planen som fil").click()
    download.value.save_as(plan)
    plan.write_text(plan.read_text("utf-8").replace("Norsk kulturforum", "Norsk Kulturforum", 1), "utf-8")
    page.set_input_files("input[type=file]", str(plan))
    page.get_by_role("button", name="Les inn endringene").wait_for(timeout=60_000)
    restarted(opened, seen)
    page.get_by_role("button", name="Les inn endringene").click()
    page.get_by_text(GONE).wait_for()

    seen.open(opened.url + "/endringslogg")
    page.locator("summary").filter(has_text=re.compile(r"\d+ · ")).first.click()
    page.get_by_role("button", name="Angre endringen …").wait_for()
    seen.settled()  # it moves while what is above it unfolds
    page.get_by_role("button", name="Angre endringen …").click()
    page.get_by_text("Dette blir endret når du angrer").wait_for()
    restarted(opened, seen)
    page.get_by_role("button", name=re.compile(r"Angre endring \d")).click()
    page.get_by_text(re.compile(r"endring \d+ er angret")).first.wait_for(timeout=20_000)


HIDDEN = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_what_is_typed_is_kept_when_one_goes_to_another_tab_and_the_cursor_is_there_when_one_comes_back(
    serve: Callable[..., Server], real_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(real_file)
    seen, other = tab(), tab()
    seen.open(opened.url + "/oppdatering?t=1.1.1")
    box = seen.page.get_by_label("Dette er gjort")
    box.click()
    seen.page.keyboard.type("Midt i en setning")
    seen.page.evaluate(HIDDEN, True)
    expect(box).not_to_be_focused()
    for _try in range(200):
        if opened.half_written():
            break
        seen.page.wait_for_timeout(50)
    other.open(opened.url + "/oppdatering?t=1.1.1")
    expect(other.page.get_by_label("Dette er gjort")).to_have_value("Midt i en setning", timeout=20_000)
    seen.page.evaluate(HIDDEN, False)
    expect(box).to_be_focused()
    assert not seen.errors
