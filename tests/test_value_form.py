"""The form for a measured value, by keyboard alone in a browser."""

from collections.abc import Callable
from pathlib import Path

from tests.servers import Server, Tab


def test_the_period_and_then_the_value_are_typed_without_a_mouse_and_the_digits_stay(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.2.2&hva=maling")
    seen.page.get_by_label("Periode", exact=True).focus()
    keys = seen.page.keyboard
    keys.type("2024")
    keys.press("Enter")
    seen.settled()
    for _step in range(10):
        keys.press("Tab")
        if seen.focus.startswith("Verdi"):
            break
    assert seen.focus.startswith("Verdi")
    keys.type("417")
    seen.settled()
    keys.press("Tab")
    seen.settled()
    assert seen.page.get_by_label("Verdi").first.input_value().endswith("417")
    seen.page.get_by_text("2024", exact=False).first.wait_for()
    assert not seen.errors
