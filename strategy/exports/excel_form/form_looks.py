"""How the update form looks and what its cells take: grey what is locked, white what is to be filled in."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from strategy.exports.excel_form import form_words
from strategy.palette import PRINTED
from strategy.snapshot import Report
from strategy.terms import Assessment, Term
from strategy.workbook.form import Column, Entry

INK, QUIET, ACCENT = PRINTED.ink, PRINTED.muted, PRINTED.accent
PAPER, LINE, MARKS = PRINTED.ground, PRINTED.line, PRINTED.marks
LINE_HEIGHT = 13.5
HIGHEST = 409.0


class Page(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are as high as they were made, and grow with what is typed in them.

    `said` is all the texts that were written in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def _write_string(self, row: int, column: int, text: str, look: Any = None) -> int:
        self.said.append(text)
        return int(super()._write_string(row, column, text, look))

    def _write_rich_string(self, row: int, column: int, *parts: Any) -> int:
        self.said.append("".join(part for part in parts if isinstance(part, str)))
        return int(super()._write_rich_string(row, column, *parts))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        kept = [each for each in attributes if tag != "row" or each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)


class Formats:
    """How cells look: grey what is locked, white what is to be filled in."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "Calibri", "font_size": 10, "font_color": INK}
        grid = {**font, "border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}
        self._add = book.add_format
        self.plain = self._add(font)
        self.strong = self._add({**font, "bold": True})
        self.text = self._add({"num_format": "@"})
        self.title = self._add({**font, "font_name": "Cambria", "font_size": 16, "bold": True})
        self.heading = self._add(
            {**font, "font_name": "Cambria", "font_size": 12, "bold": True, "font_color": ACCENT}
        )
        self.note = self._add({**font, "font_color": QUIET})
        self.example = self._add({**font, "bold": True, "font_color": MARKS[Assessment.SOME_DEVIATION]})
        self.number = self._add({**font, "valign": "top", "align": "right"})
        self.prose = self._add({**font, "valign": "top", "text_wrap": True})
        self.shown = self._add({**grid, "bg_color": PAPER, "num_format": "@"})
        self.free = self._add({**grid, "locked": False, "num_format": "@"})
        self._shown_day = self._add({**grid, "bg_color": PAPER, "num_format": "dd.mm.yyyy", "align": "left"})
        self._cells = {
            entry: self._add({**grid, "locked": False, "num_format": style, **more})
            for entry, style, more in (
                (Entry.TEXT, "@", {}),
                (Entry.TERM, "@", {}),
                (Entry.DAY, "dd.mm.yyyy", {"align": "left"}),
                (Entry.PERCENT, "0", {}),
                (Entry.NUMBER, "General", {}),
            )
        }
        head = {**grid, "bold": True, "valign": "vcenter"}
        self._locked_head = self._add({**head, "bg_color": LINE})
        self._open_head = self._add({**head, "bg_color": ACCENT, "font_color": "#FFFFFF"})
        self._marks = {
            mark: self._add(
                {**font, "bold": True, "font_color": MARKS[mark], "valign": "top", "align": "right"}
            )
            for mark in Assessment
        }

    def header(self, shape: Column) -> Any:
        return self._open_head if shape.editable else self._locked_head

    def cell(self, shape: Column) -> Any:
        if shape.editable:
            return self._cells[shape.entry]
        return self._shown_day if shape.field == "due" else self.shown

    def marks(self, term: Term) -> Any:
        return self._marks[term] if isinstance(term, Assessment) else self.plain


def rule(shape: Column) -> dict[str, Any] | None:
    """What may be written in a column; others than lists only warn, so that nothing typed is lost."""
    if shape.terms:
        return {
            "validate": "list",
            "source": [term.word for term in shape.terms],
            "error_title": shape.header,
            "error_message": form_words.CHOOSE,
        }
    if shape.entry is Entry.DAY:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2100, 12, 31),
            "error_title": shape.header,
            "error_message": form_words.DAY,
        }
    if shape.entry is Entry.PERCENT:
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": 100,
            "error_title": shape.header,
            "error_message": form_words.PERCENT,
        }
    return None


def fits(number: int | Decimal) -> bool:
    """Whether Excel, which keeps fifteen figures, keeps the number."""
    return Decimal(f"{float(number):.15g}") == number


def height(cells: Iterable[tuple[str, int]]) -> float:
    """How high a row must be for wrapped texts in columns of these widths, as near as can be guessed."""
    lines = (
        sum(max(1, -(-len(part) * 11 // (width * 10))) for part in text.split("\n")) for text, width in cells
    )
    return min(HIGHEST, LINE_HEIGHT * max(lines, default=1) + 3)


def said(value: Any) -> str:
    """What a cell shows, as far as its height goes."""
    if isinstance(value, Report):
        return "\n\n"
    return value.word if isinstance(value, Term) else str(value or "")
