"""The update form as an Excel workbook: filled in offline, read back by `strategy.workbook`."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from strategy import dates
from strategy.errors import NotFound
from strategy.exports.excel_form import form_looks, form_rows, form_words
from strategy.exports.excel_form.form_rows import Form, Row
from strategy.i18n import SOURCE_LANGUAGE, _, speaking
from strategy.snapshot import Report, Snapshot
from strategy.terms import Assessment, Direction, Phase, Term
from strategy.workbook import form, glimpses
from strategy.workbook.form import Column, Sheet

SPARE = 10
"""Empty rows for measurements of other periods."""

TITLE_ROW, NOTE_ROW, HEADER_ROW, FIRST_ROW = range(4)
MOST_LISTED = 255
"""Characters a list of choices can have in Excel."""


def made(snapshot: Snapshot, today: date, hash_: str, person: str = "") -> bytes:
    """The update form for one role, or for all, as an xlsx file.

    `hash_` is that of the snapshot's newest change. Raises `NotFound` for a role that is not in the plan.
    """
    with speaking(SOURCE_LANGUAGE):
        return _Writer(form_rows.gathered(snapshot, today, hash_, person)).bytes()


def packed(snapshot: Snapshot, today: date, hash_: str) -> bytes:
    """The form of each role that answers for something, under the role's key, in a zip file.

    Raises `NotFound` where nobody does.
    """
    roles = form_rows.answering(snapshot, today)
    if not roles:
        raise NotFound(_("Ingen roller har ansvar for noe ennå, så det er ingen skjemaer å lage."))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # an xlsx file is packed already
        for person in roles:
            name = zipfile.ZipInfo(f"oppdatering-{person}-{today}.xlsx", (*today.timetuple()[:3], 0, 0, 0))
            archive.writestr(name, made(snapshot, today, hash_, person))
    return file.getvalue()


class _Writer:
    """Writes one form, sheet by sheet."""

    def __init__(self, wanted: Form) -> None:
        self.form = wanted
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd.mm.yyyy",
            },
        )
        self.formats = form_looks.Formats(self.book)
        self.example = wanted.plan.snapshot.example

    def bytes(self) -> bytes:
        strategy = self.form.plan.snapshot.strategy
        self.book.set_properties(
            {
                "title": f"Oppdatering – {strategy.name}",
                "author": strategy.organisation,
                "comments": form_words.EXAMPLE if self.example else "",
                "created": self.form.plan.snapshot.recorded_at.replace(tzinfo=None),
            }
        )
        self._guide()
        rows = {sheet.kind: self.form.rows(sheet) for sheet in form.SHEETS}
        for sheet in form.SHEETS:
            self._sheet(sheet, rows[sheet.kind])
        self._marker(rows)
        self.book.close()
        return self.file.getvalue()

    def _guide(self) -> None:
        page, formats = self._page(form.GUIDE, landscape=False), self.formats
        page.hide_gridlines(2)
        page.set_column(0, 0, 5)
        page.set_column(1, 1, 88)
        strategy = self.form.plan.snapshot.strategy
        page.set_row(0, 30)
        page.write_string(0, 0, "Slik oppdaterer du handlingsplanen", formats.title)
        page.write_string(1, 0, f"{strategy.organisation} · {strategy.name} · {self._when()}", formats.note)
        self._mark(page, 2)
        line = 4
        for heading, sentences in form_words.GUIDE:
            page.write_string(line, 0, heading, formats.heading)
            for number, sentence in enumerate(sentences, 1):
                page.set_row(line + number, form_looks.height([(sentence, 105)]))
                page.write_string(line + number, 0, f"{number}.", formats.number)
                page.write_string(line + number, 1, sentence, formats.prose)
            line += len(sentences) + 2
        page.write_string(line, 0, "Ordene i listene", formats.heading)
        for number, term in enumerate((*Assessment, *Phase), 1):
            words = [formats.strong, term.word, formats.plain, f" – {term.meaning}"]
            page.write_rich_string(line + number, 1, *words, formats.prose)
            if isinstance(term, Assessment):
                page.write_string(line + number, 0, term.mark, formats.marks(term))

    def _sheet(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        page = self._page(sheet.name)
        self._heading(page, sheet, len(rows))
        for number, (_key, cells) in enumerate(rows, FIRST_ROW):
            for column, shape in enumerate(sheet.columns):
                self._cell(page, number, column, shape, cells)
            said = ((form_looks.said(cells[shape.field]), shape.width) for shape in sheet.columns)
            page.set_row(number, form_looks.height(said))
        end = FIRST_ROW + len(rows)
        if sheet.kind == form.VALUE and self.form.indicators:
            end = self._spare(page, sheet, end)
        self._rules(page, sheet, rows, end)
        page.freeze_panes(FIRST_ROW, 2)
        page.repeat_rows(HEADER_ROW)
        if sheet.kind == form.REPORT:  # too wide for one page
            page.repeat_columns(0, 1)
            page.fit_to_pages(2, 0)
        page.print_area(0, 0, max(HEADER_ROW, end - 1), len(sheet.columns) - 1)

    def _rules(self, page: Any, sheet: Sheet, rows: Sequence[Row], end: int) -> None:
        """The lists to choose from, and what else a cell takes."""
        page.autofilter(HEADER_ROW, 0, max(HEADER_ROW, end - 1), len(sheet.columns) - 1)
        for column, shape in enumerate(sheet.columns):
            if end > FIRST_ROW and (rule := form_looks.rule(shape)):
                page.data_validation(FIRST_ROW, column, end - 1, column, rule)
        if sheet.kind == form.VALUE:
            column = sheet.place("value")
            for number, (key, _cells) in enumerate(rows, FIRST_ROW):
                if self._asks_yes_or_no(key):
                    yes_or_no = {"validate": "list", "source": list(form.YES_NO)}
                    page.data_validation(number, column, number, column, yes_or_no)

    def _heading(self, page: Any, sheet: Sheet, count: int) -> None:
        strategy = self.form.plan.snapshot.strategy
        page.set_row(TITLE_ROW, 26)
        page.write_string(TITLE_ROW, 0, f"{sheet.name} – {self.form.whose}", self.formats.title)
        said = (
            *([form_words.EXAMPLE] if self.example else []),
            strategy.name,
            self._when(),
            "Skriv i de hvite cellene." if count else form_words.EMPTY[sheet.kind],
        )
        look = self.formats.example if self.example else self.formats.note
        page.write_string(NOTE_ROW, 0, " · ".join(said), look)
        page.set_row(HEADER_ROW, 30)
        for column, shape in enumerate(sheet.columns):
            page.set_column(column, column, shape.width)
            page.write_string(HEADER_ROW, column, shape.header, self.formats.header(shape))
            if shape.hint:
                page.write_comment(HEADER_ROW, column, shape.hint, {"x_scale": 1.5, "y_scale": 1.1})

    def _cell(self, page: Any, row: int, column: int, shape: Column, cells: dict[str, Any]) -> None:
        value, look = cells[shape.field], self.formats.cell(shape)
        if isinstance(value, Report):
            self._last(page, row, column, value)
        elif value is None or value == "":
            page.write_blank(row, column, None, look)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, look)
        elif isinstance(value, Term):
            page.write_string(row, column, value.word, look)
        elif shape.field == "value" and self._asks_yes_or_no(cells["key"]):
            page.write_string(row, column, self._yes_or_no(value), look)
        elif isinstance(value, int | Decimal) and form_looks.fits(value):
            page.write_number(row, column, value, look)
        else:
            page.write_string(row, column, str(value), look)

    def _last(self, page: Any, row: int, column: int, report: Report) -> None:
        """What the last report said: phase, mark and day, the mark in its colour."""
        phase = f"{report.phase.word}\n" if report.phase else ""
        mark = f"{report.assessment.mark} {report.assessment.word}"
        parts = [self.formats.plain, phase] if phase else []
        parts += [self.formats.marks(report.assessment), mark]
        parts += [self.formats.plain, f"\n{dates.day(report.recorded_on)}"]
        page.write_rich_string(row, column, *parts, self.formats.shown)

    def _spare(self, page: Any, sheet: Sheet, row: int) -> int:
        """Empty rows where a measurement of another period can be written; returns the row below."""
        end, free = row + SPARE, (sheet.place("key"), sheet.place("period"))
        for number in range(row, end):
            for column, shape in enumerate(sheet.columns):
                look = self.formats.free if column in free else self.formats.cell(shape)
                page.write_blank(number, column, None, look)
        keys = [indicator.key for indicator in self.form.indicators]
        rule = {"validate": "list", "source": keys} if len(",".join(keys)) <= MOST_LISTED else _ANYTHING
        page.data_validation(row, free[0], end - 1, free[0], rule | form_words.OTHER_PERIOD)
        page.data_validation(row, free[1], end - 1, free[1], _ANYTHING | form_words.PERIOD)
        return end

    def _marker(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """The hidden sheet: what the form is of, the version of each of its things, and what it says."""
        said = [text for page in self.book.worksheets() for text in page.said]
        things = [(kind, key) for kind, found in rows.items() for key, _cells in found]
        told = {(kind, key): self._told(kind, cells) for kind, found in rows.items() for key, cells in found}
        snapshot = self.form.plan.snapshot
        page = self._page(form.MARKER)
        head = (form.FORMAT, snapshot.strategy.key, str(snapshot.change_id), self.form.hash, self.form.person)
        for column, text in enumerate(head):
            page.write_string(0, column, text, self.formats.text)
        self._mark(page, 0, len(head))
        packed = (*form.packed(self._versions(things)), *glimpses.packed(told, said))
        for number, (kind, lines) in enumerate(packed, 1):
            page.write_string(number, 0, kind, self.formats.text)
            page.write_string(number, 1, lines, self.formats.text)
        page.very_hidden()

    def _told(self, kind: str, cells: Mapping[str, Any]) -> list[str]:
        """What the cells of a row show."""
        asks = kind == form.VALUE and self._asks_yes_or_no(cells["key"])
        words = {**cells, "value": self._yes_or_no(cells["value"])} if asks else cells
        return [glimpses.shown(words[column.field]) for column in form.SHEET_OF[kind].columns]

    def _yes_or_no(self, value: Any) -> str:
        return "" if value is None else form.YES_NO[not value]

    def _versions(self, things: Sequence[tuple[str, str]]) -> form.Versions:
        found = {thing: self.form.plan.standing(*thing) for thing in things}
        return {thing: standing.version if standing else 0 for thing, standing in found.items()}

    def _page(self, name: str, *, landscape: bool = True) -> Any:
        page = self.book.add_worksheet(name, form_looks.Page)
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        if landscape:
            page.set_landscape()
        page.set_footer(f"&L&8{form_words.EXAMPLE if self.example else ''}&C&8&A&R&8Side &P av &N")
        return page

    def _mark(self, page: Any, row: int, column: int = 0) -> None:
        if self.example:
            page.write_string(row, column, form_words.EXAMPLE, self.formats.example)

    def _asks_yes_or_no(self, key: str) -> bool:
        return bool(self.form.plan.indicator(key).direction is Direction.YES_NO)

    def _when(self) -> str:
        return f"slik planen sto {dates.day(self.form.today)}"


_ANYTHING: dict[str, Any] = {"validate": "any"}
