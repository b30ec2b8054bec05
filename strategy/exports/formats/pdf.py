"""A report as a tagged PDF that a screen reader can read: PDF/UA-1, held to it by typst itself.

What is said goes in as data and never as typst's own language, so no text can do anything but stand there.
The same outline gives the same bytes. How it looks is in `report.typ`.
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final, assert_never

import typst

from strategy.drawings import Story
from strategy.exports import boxes, strips
from strategy.exports.formats import pictures
from strategy.exports.outline import (
    Bullets,
    Contents,
    Facts,
    Heading,
    Line,
    Numbered,
    Outline,
    PageBreak,
    Paragraph,
    Picture,
    Printed,
    Run,
    Shares,
    Style,
    Table,
    plain,
    printable,
)
from strategy.i18n import _
from strategy.palette import PRINTED
from strategy.terms import MARKS

STANDARD: Final = "ua-1"

_TEMPLATE = Path(__file__).with_name("report.typ")
_MAIN, _SAID = "report.typ", "report.json"
_LONGEST, _PIECE = 30, 10
"""A word longer than the one may be broken after each of the other, so that it cannot run off the page."""

_LONG_CELL = 500
"""How much a cell may say before its row may be broken over two pages."""

_KNOWN = re.compile(
    "[\\s\u0021-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u2193"
    "\u2200-\u22ff\u25a0-\u25cf]"
)
"""What the typefaces that come with typst surely have; all else may need a box."""


def render(outline: Outline) -> bytes:
    """Write `outline` as a PDF file."""
    writer = _Writer(outline)
    said = json.dumps(writer.document(), ensure_ascii=False)
    moment = datetime.combine(outline.made_on, time(), UTC)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in {_MAIN: _TEMPLATE.read_bytes(), _SAID: said.encode(), **writer.pictures}.items():
            (place / name).write_bytes(content)
        made = typst.compile(
            place / _MAIN,
            font_paths=_fonts(place, said),
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=int(moment.timestamp()),
        )
    return bytes(made)


def _fonts(place: Path, said: str) -> typst.Fonts:
    """The typefaces that come with typst, and boxes for the characters that may be in none of them.

    A character may be drawn as those it is put together of, so they have a box too.
    """
    odd = "".join(sorted(set(_KNOWN.sub("", said + unicodedata.normalize("NFKD", said)))))
    if not odd:
        return _own_fonts()
    (place / "boxes.ttf").write_bytes(boxes.typeface(odd))
    return typst.Fonts(include_system_fonts=False, font_paths=[place])


@cache
def _own_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


class _Writer:
    """Turns blocks into plain values; keeps the pictures, which go in as files."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.anchors = {heading.anchor: f"h{n}" for n, heading in enumerate(outline.headings)}
        self.pictures: dict[str, bytes] = {}

    def document(self) -> dict[str, Any]:
        outline = self.outline
        language, _dash, region = outline.language.partition("-")
        head = {
            name: printable(getattr(outline, name)) for name in ("title", "organisation", "running", "mark")
        }
        return head | {
            "language": language,
            "region": region,
            "cover": outline.cover,
            "made": [outline.made_on.year, outline.made_on.month, outline.made_on.day],
            "page": _("Side "),
            "of": _(" av "),
            "table": _("Tabell"),
            "figure": _("Figur"),
            "look": _LOOK,
            "blocks": list(self._blocks()),
        }

    def _blocks(self) -> Iterator[dict[str, Any]]:
        """Every block; those of a resolution that follow each other stand in one frame."""
        for framed, blocks in groupby(self.outline.printed, _is_resolution):
            found = [self._block(block) for block in blocks]
            yield from [{"kind": "frame", "blocks": found}] if framed else found

    def _block(self, block: Printed) -> dict[str, Any]:
        match block:
            case Heading():
                said = {"level": block.level, "text": _atoms(block.text)}
                return {"kind": "heading", "anchor": self.anchors[block.anchor], **said}
            case Paragraph():
                return {"kind": "paragraph", "style": block.style, "runs": self._runs(block.runs)}
            case Bullets():
                return {"kind": "bullets", "items": [self._runs(item) for item in block.items]}
            case Numbered():
                items = [self._runs(item) for item in block.items]
                return {"kind": "numbered", "first": block.first, "items": items}
            case Facts():
                rows = [[_atoms(name), self._runs(said)] for name, said in block.rows]
                return {"kind": "facts", "rows": rows}
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Contents():
                return {"kind": "contents", "title": _atoms(block.title), "depth": block.depth}
            case PageBreak():
                return {"kind": "page"}
            case _:
                assert_never(block)

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [[self._runs(cell) for cell in row] for row in table.rows]
        header = [_atoms(text) for text in table.header]
        keep = all(len(plain(cell)) < _LONG_CELL for row in table.rows for cell in row)
        said = {"caption": _atoms(table.caption), "header": header, "rows": rows, "keep": keep}
        return {"kind": "table", "widths": table.widths, **said}

    def _picture(self, picture: Picture) -> dict[str, Any]:
        said = {"caption": _atoms(picture.caption), "alt": printable(picture.alt)}
        if isinstance(picture.chart, Shares):
            return {"kind": "shares", "rows": _shares(picture.chart), **said}
        drawn = pictures.png(picture.chart)
        name = self._file(drawn, "png")
        width = int.from_bytes(drawn[16:20]) / (pictures.WIDTH * pictures.SCALE)  # of the text's, as in Word
        return {"kind": "picture", "file": name, "width": width, **said}

    def _file(self, content: bytes, ending: str) -> str:
        name = f"{len(self.pictures)}.{ending}"
        self.pictures[name] = content
        return name

    def _runs(self, line: Line) -> list[dict[str, Any]]:
        return [self._run(run) for run in line]

    def _run(self, run: Run) -> dict[str, Any]:
        if isinstance(run.value, Story):
            file = self._file(pictures.strip(run.value).encode(), "svg")
            return {"file": file, "alt": printable(strips.alt(run))}
        return {
            "text": _atoms(run.text),
            "strong": run.strong,
            "mark": run.assessment or "",
            "to": self.anchors.get(run.to, ""),
        }


_LOOK = {
    "ink": PRINTED.ink,
    "accent": PRINTED.accent,
    "quiet": PRINTED.muted,
    "hairline": PRINTED.line,
    "paper": PRINTED.ground,
    "marks": {mark.value: colour for mark, colour in PRINTED.marks.items()},
    "shapes": MARKS,
}


def _is_resolution(block: Printed) -> bool:
    return isinstance(block, Paragraph | Numbered) and block.style is Style.RESOLUTION


def _shares(chart: Shares) -> list[dict[str, Any]]:
    """Each bar by its name, its parts with their colours, and how much shorter it is than the longest."""
    most = max((sum(count for _mark, count in counts) for _name, counts in chart.rows), default=0)
    return [
        {
            "name": _atoms(name),
            "rest": most - sum(count for _mark, count in counts),
            "parts": [
                {"count": count, "label": f"{mark.mark} {count}", "fill": fill, "ink": ink}
                for mark, count in counts
                for fill, ink in [pictures.FILL[mark]]
                if count
            ],
        }
        for name, counts in chart.rows
    ]


def _atoms(text: str) -> list[str]:
    """The text in pieces: `\\n` and `\\t` alone, and an empty one where a word too long may be broken."""
    pieces = re.split(r"([\n\t])", printable(text).replace("\r\n", "\n").replace("\r", "\n"))
    return list(chain.from_iterable(_broken(piece) for piece in pieces if piece))


def _broken(text: str) -> Iterator[str]:
    end = 0
    for word in re.finditer(rf"\S{{{_LONGEST},}}", text):
        yield from filter(None, [text[end : word.start()]])
        parts = re.findall(rf".{{1,{_PIECE}}}", word.group())
        yield from chain.from_iterable((part, "") for part in parts[:-1])
        yield parts[-1]
        end = word.end()
    yield from filter(None, [text[end:]])
