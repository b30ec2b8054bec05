"""Every page's first screen at four widths, light and dark, on the wall and on paper, in one contact sheet.

    python -m bench.pictures [ADDRESS …] [--data example real] [--out FOLDER]

A sheet per page, with its pictures side by side, and `index.html` with all of them, to be looked at one by
one: what is the one thing it says, what is late, who answers, what next?
"""

import argparse
import io
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from bench.pages import DATA, SCHEMES, Scheme, walk
from bench.server import ROOT
from tests.servers import Tab

SCREENS = ((1400, 900), (1024, 768), (768, 1024), (360, 740))
WALL, PAPER = (1920, 1080), (794, 1123)  # A4 at 96 dots an inch
DRAWN = """() => !document.querySelector('[data-testid=stSkeleton]')
    && [...document.images].every(each => each.complete)"""
HIGH, GAP = 620, 8
"""How high a picture is in a sheet, and what is between two."""


def main() -> None:
    """Take the pictures that were asked for, and say where they are."""
    given = _arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    sheets = []
    for browser, server, data, address in walk(given.data, given.addresses, given.port):
        name = f"{data}{re.sub('[^a-z0-9.]+', '-', address) if address != '/' else '-oversikt'}.png"
        rows = [list(_row(browser, server.url + address, scheme)) for scheme in SCHEMES]
        _sheet(rows).save(given.out / name)
        sheets.append((f"{data} {address}", name))
    said = "".join(f"<h2>{escape(title)}</h2><img src='{name}' alt=''>" for title, name in sheets)
    page = f"<!doctype html><meta charset='utf-8'><style>img {{ max-width: 100% }}</style>{said}"
    (given.out / "index.html").write_text(page, encoding="utf-8")
    print(f"{len(sheets)} pages: {given.out / 'index.html'}")


def _row(browser: Browser, address: str, scheme: Scheme) -> Iterator[Image.Image]:
    """The first screen in every size, in the light theme also on paper."""
    sizes = (WALL,) if "/presentasjon" in address else SCREENS
    for size in (*sizes, *([PAPER] if scheme == SCHEMES[0] else [])):
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        with browser.new_context(viewport=viewport, color_scheme=scheme, locale="nb-NO") as context:
            tab = Tab(context.new_page(), [])
            tab.open(address)
            if size == PAPER:
                tab.page.emulate_media(media="print")
            tab.page.wait_for_function(DRAWN)
            taken = Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")
            yield taken.resize((taken.width * HIGH // taken.height, HIGH))


def _sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """The rows one below the other."""
    width = max(sum(each.width + GAP for each in row) for row in rows)
    sheet = Image.new("RGB", (width, len(rows) * (HIGH + GAP)), "#888888")
    for number, row in enumerate(rows):
        x = 0
        for each in row:
            sheet.paste(each, (x, number * (HIGH + GAP)))
            x += each.width + GAP
    return sheet


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("addresses", nargs="*", help="only these, as /tiltak; all of them otherwise")
    parser.add_argument("--data", nargs="+", choices=DATA, default=DATA)
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "pictures")
    parser.add_argument("--port", type=int, default=8795, help="the first of two free ports")
    return parser.parse_args()


if __name__ == "__main__":
    main()
