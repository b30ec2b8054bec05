"""What a filled-in form says: its cells as values, and all that cannot be used, each with its address."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from strategy import dates, texts
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.terms import Term
from strategy.things import shapes
from strategy.workbook import cells, form, glimpses, unread, words
from strategy.workbook.form import Column, Entry, Sheet
from strategy.workbook.glimpses import Seen
from strategy.workbook.grid import Cell, Grid, Problem, as_grid, letters, name_of, row_of, shown


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is in no list; somebody has to say which one of the list it stands for."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One row of the form: its thing, the row it stands in, and what is written, by field.

    A value is what `tables` keeps, or a `Word` nobody knows. A field at fault is not there.
    """

    kind: str
    key: str
    row: int
    places: Mapping[str, str]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marker:
    """What the hidden sheet says the form was made from; `versions` is by kind and key."""

    strategy: str
    change: int
    hash: str
    person: str
    versions: form.Versions
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that has come back. Where there are problems nothing of it can be saved.

    `unread` is what is written where it is not read. `remarks` says of cells that are read, by their places,
    what makes them easy to overlook.
    """

    marker: Marker | None
    rows: tuple[Written, ...]
    problems: tuple[Problem, ...]
    unread: tuple[Problem, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)


REFUSALS: Mapping[str, str] = {
    "empty": mark("Fila er tom. Velg skjemaet slik det ble lagret."),
    "big": mark("Fila er større enn 2 MB. Lim teksten inn i et nytt skjema, uten bilder og vedlegg."),
    "xls": mark("Fila er lagret i det gamle formatet .xls. Velg «Lagre som» og Excel-arbeidsbok (.xlsx)."),
    "xlsb": mark("Fila er lagret som binær arbeidsbok. Velg «Lagre som» og Excel-arbeidsbok (.xlsx)."),
    "ods": mark("Fila er lagret som ODF-regneark. Velg «Lagre som» og Excel 2007–365 (.xlsx)."),
    "numbers": mark("Fila er lagret i Numbers. Velg «Eksporter til» og Excel (.xlsx)."),
    "word": mark("Fila er et Word-dokument. Velg skjemaet, som er en Excel-arbeidsbok (.xlsx)."),
    "powerpoint": mark("Fila er en PowerPoint-fil. Velg skjemaet, som er en Excel-arbeidsbok (.xlsx)."),
    "text": mark("Fila er ren tekst, som CSV, og ikke en Excel-arbeidsbok (.xlsx). Velg skjemaet."),
    "encrypted": mark("Fila er beskyttet med passord. Åpne den, ta bort passordet og lagre på nytt."),
    "macros": mark("Fila har makroer. Velg «Lagre som» og Excel-arbeidsbok uten makroer (.xlsx)."),
    "outside": mark("Fila henter tall fra andre filer. Lim dem inn som verdier, fjern koblingene og lagre."),
    "heavy": mark("Fila er for stor eller for tung å lese. Lim teksten inn i et nytt skjema."),
    "unreadable": mark(
        "Fila kan ikke leses som en Excel-arbeidsbok. Åpne den, velg «Lagre som» og Excel-arbeidsbok (.xlsx)."
    ),
}


def read(raw: bytes) -> Filled:
    """Read a file somebody says is a filled-in form; whatever it is, the answer is values and problems."""
    try:
        found = cells.read(raw, [*form.SHEET_NAMES, form.MARKER])
    except cells.Refused as refused:
        return Filled(None, (), (Problem("", _(REFUSALS[refused.args[0]])),))
    return read_cells(found)


def read_cells(found: Mapping[str, Any]) -> Filled:
    """What the cells of a workbook, as `cells.read` gives them, say."""
    marker, problems = _marker(found.get(form.MARKER))
    if marker is None:
        return Filled(None, (), tuple(problems))
    rows: list[Written] = []
    missed: list[Problem] = []
    remarks: dict[str, str] = {}
    for sheet in form.SHEETS:
        reader = _Reader(sheet, problems)
        if sheet.name in found:
            rows += reader.rows(found[sheet.name])
            missed += reader.unread(found[sheet.name], marker.seen)
            remarks |= reader.remarks(found[sheet.name])
        else:
            said = _("arket «{name}» mangler. Gi det tilbake navnet sitt, eller hent et nytt skjema.")
            problems.append(Problem(sheet.name, said.format(name=sheet.name)))
    for other in found[""]:
        missed += [*unread.in_others(other, marker.seen), *unread.comments(other["title"], other)]
    return Filled(marker, tuple(rows), tuple(problems), tuple(sorted(missed, key=lambda p: p.order)), remarks)


def _marker(found: Mapping[str, Any] | None) -> tuple[Marker | None, list[Problem]]:
    """What the form was made from; None where the file is no form, or of another shape."""
    if found is None:
        said = _("Fila er ikke et skjema herfra, eller det skjulte arket er borte. Hent et nytt skjema.")
        return None, [Problem("", said)]
    rows: dict[int, dict[int, str]] = {}
    for row, column, _kind, text, _percent in found["cells"]:
        rows.setdefault(row, {})[column] = text
    head = rows.pop(1, {})
    if head.get(1) != form.FORMAT:
        said = _("Skjemaet er laget av en annen utgave av løsningen. Hent et nytt skjema.")
        return None, [Problem("", said)]
    try:
        told = [(row[1], row[2]) for row in rows.values()]
        versions, seen = form.unpacked(told), glimpses.unpacked(told)
        return Marker(head[2], int(head[3]), head[4], head.get(5, ""), versions, seen), []
    except (KeyError, ValueError):
        return None, [Problem(form.MARKER, _("det skjulte arket er endret. Hent et nytt skjema."))]


@dataclass(frozen=True, slots=True)
class PerCent:
    """A number that is shown or written in per cent, whatever its unit is."""

    number: Decimal


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, problems: list[Problem]) -> None:
        self.sheet, self.problems = sheet, problems
        self.columns: dict[str, int] = {}
        self.grid: Grid = {}
        self.header = 0

    def rows(self, found: Mapping[str, Any]) -> list[Written]:
        grid = self.grid = as_grid(found)
        header = self.header = self._header(grid)
        if not header:
            return []
        self._merged(found["merged"], header)
        rows = [
            written
            for number in sorted(grid)
            if number > header
            for written in [self._row(number, grid[number])]
            if written
        ]
        self._twice(rows)
        return rows

    def unread(self, found: Mapping[str, Any], seen: Seen) -> Iterator[Problem]:
        """What is written in the sheet where it is not read."""
        yield from unread.comments(self.sheet.name, found)
        if self.header:
            yield from unread.struck(self.sheet.name, found, self.header)
            yield from unread.in_sheet(self.sheet, self.grid, self.header, seen)

    def remarks(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Each cell in a hidden row or column, with what is said where it says something new."""
        rows, columns = map(set, found["hidden"])
        for column in self.columns.values():
            for number in self.grid:
                if number in rows or column in columns:
                    said = _("raden er skjult") if number in rows else _("kolonnen er skjult")
                    place = f"{self.sheet.name}!{letters(column)}{number}"
                    yield place, _("{what} i fila, og endringen der er tatt med.").format(what=said)

    def _header(self, grid: Grid) -> int:
        """The row the headers stand in, 0 where it is not found; notes where each column is now."""
        wanted = {texts.folded(shape.header): shape for shape in self._needed()}
        best, most = 0, 0
        for number in sorted(grid)[:50]:
            hits = sum(name_of(cell) in wanted for cell in grid[number].values())
            best, most = (number, hits) if hits > most else (best, most)
        if most < 2:
            said = _("fant ikke raden med overskrifter. Legg den tilbake, eller hent et nytt skjema.")
            self._say("", said)
            return 0
        for column, cell in grid[best].items():
            shape = wanted.get(name_of(cell))
            if shape and shape.field in self.columns:
                said = _("overskriften «{name}» står to ganger. Slett den ene kolonnen.")
                place = f"{self.sheet.name}!{letters(column)}{best}"
                self.problems.append(Problem(place, said.format(name=shape.header), is_bound=True))
            elif shape:
                self.columns[shape.field] = column
        for shape in wanted.values():
            if shape.field not in self.columns:
                said = _("kolonnen «{name}» mangler. Legg den tilbake, eller hent et nytt skjema.")
                self._say("", said.format(name=shape.header))
        return best if "key" in self.columns else 0

    def _needed(self) -> Iterator[Column]:
        for shape in self.sheet.columns:
            if shape.editable or shape.field in ("key", "period"):
                yield shape

    def _merged(self, ranges: Sequence[str], header: int) -> None:
        """Cells that were made one: what was in the others is gone."""
        for each in ranges:
            first, _colon, last = each.partition(":")
            if row_of(last) >= header:
                said = _("cellene {range} er slått sammen. Del dem igjen, og fyll ut hver for seg.")
                said = said.format(range=each)
                self.problems.append(Problem(f"{self.sheet.name}!{first}", said, is_bound=True))

    def _row(self, number: int, row: Mapping[int, Cell]) -> Written | None:
        places = {
            field: f"{self.sheet.name}!{letters(column)}{number}" for field, column in self.columns.items()
        }
        said = {field: row[column] for field, column in self.columns.items() if column in row}
        written = {field: cell for field, cell in said.items() if cell.kind != "t" or cell.text.strip()}
        shapes = [shape for shape in self.sheet.editable if shape.field in self.columns]
        try:
            key = self._key(number, written)
        except BadInput as refusal:
            self.problems.append(Problem(places.get("period", places["key"]), str(refusal)))
            return None
        if not key:
            if any(shape.field in written for shape in shapes):
                self._say(
                    f"{letters(self.columns['key'])}{number}",
                    _("nøkkelen mangler, så det som står på raden, hører ikke til noe. Skriv den inn igjen."),
                )
            return None
        values = {}
        for shape in shapes:
            try:
                values[shape.field] = self._value(shape, written.get(shape.field))
            except BadInput as refusal:
                self.problems.append(Problem(places[shape.field], str(refusal)))
        return Written(self.sheet.kind, key, number, places, values)

    def _value(self, shape: Column, cell: Cell | None) -> Any:
        """What a cell says, if its field can hold it. Raises `BadInput`."""
        value = _value(shape, cell)
        if shape.entry is Entry.TEXT and (wrong := shapes(self.sheet.kind)[shape.field].flaw(value)):
            raise BadInput(wrong)
        return texts.normal(value) if shape.entry is Entry.TEXT else value

    def _key(self, number: int, row: Mapping[str, Cell]) -> str:
        """The key of the row's thing; that of a value is put together where it was written by hand.

        Raises `BadInput` for its period.
        """
        cell = row.get("key")
        if cell is None:
            return ""
        if cell.kind in "fe":
            place = f"{letters(self.columns['key'])}{number}"
            self._say(place, _("nøkkelen er en formel. Skriv den inn igjen."))
            return ""
        key = cell.text.strip()
        if self.sheet.kind != form.VALUE or "@" in key:
            return key
        period = row.get("period")
        if period is None:
            raise BadInput(_("perioden mangler. Skriv for eksempel 2026, 1. halvår 2026 eller en dato."))
        return f"{key}@{dates.parse_period(shown(period))}"

    def _twice(self, rows: Sequence[Written]) -> None:
        times = Counter(row.key for row in rows)
        for row in rows:
            if times[row.key] > 1:
                said = _("«{key}» står flere ganger. La bare én av radene stå.").format(key=row.key)
                self.problems.append(Problem(row.places["key"], said))

    def _say(self, cell: str, message: str) -> None:
        self.problems.append(Problem(f"{self.sheet.name}!{cell}" if cell else self.sheet.name, message))


def _value(shape: Column, cell: Cell | None) -> Any:
    """What a cell says, as `tables` keeps it. Raises `BadInput` with what it wants."""
    if cell and cell.kind == "f":
        raise BadInput(_("cellen har en formel. Skriv {what} i stedet.").format(what=_wants(shape)))
    if cell and cell.kind == "e":
        raise BadInput(
            _("cellen viser en feil ({error}). Skriv {what} i stedet.").format(
                error=cell.text[:20], what=_wants(shape)
            )
        )
    if cell is None:
        return "" if shape.entry is Entry.TEXT else None
    return _READ[shape.entry](shape, cell)


def _text(_shape: Column, cell: Cell) -> str:
    return shown(cell).replace("_x000D_\n", "\n").replace("_x000D_", "\n")


def _term(shape: Column, cell: Cell) -> Term | Word | None:
    text = words.bare(shown(cell))
    if term := words.term_of(text, shape.terms or ()):
        return term
    if len(text) > 60:
        said = _("«{text}…» er ikke i lista. Velg {what}.")
        raise BadInput(said.format(text=text[:40], what=_wants(shape)))
    return Word(text)


def _day(shape: Column, cell: Cell) -> date:
    if cell.kind == "d":
        found = date.fromisoformat(cell.text)
    elif cell.kind == "n" and cell.text.isdecimal() and 30_000 <= int(cell.text) <= 80_000:
        found = cell.begins + timedelta(days=int(cell.text))  # a date that lost its format
    else:
        found = dates.parse_day(shown(cell))
    if not 2000 <= found.year <= 2100:
        raise BadInput(
            _("{day} er ikke en dato som kan brukes. Skriv {what}.").format(
                day=dates.day(found), what=_wants(shape)
            )
        )
    return found


def _number(shape: Column, cell: Cell) -> Decimal | bool | PerCent:
    """A number, in per cent or not, or yes or no."""
    if cell.kind == "d":
        raise BadInput(_("cellen er en dato. Skriv {what}, med komma.").format(what=_wants(shape)))
    if cell.kind == "b":
        return cell.text == "1"
    if cell.kind == "n":
        found = Decimal(cell.text)
        return PerCent(found * 100) if cell.percent else found
    text = texts.normal(cell.text)
    answers = {texts.folded(word): not number for number, word in enumerate(form.YES_NO)}
    if texts.folded(text) in answers:
        return answers[texts.folded(text)]
    number = dates.parse_number(text.removesuffix("%"))
    return PerCent(number) if text.endswith("%") else number


def _per_cent(shape: Column, cell: Cell) -> int:
    found = _number(shape, cell)
    found = found.number if isinstance(found, PerCent) else found
    if isinstance(found, bool) or found != found.to_integral_value():
        raise BadInput(
            _("{number} kan ikke brukes. Skriv {what}.").format(number=shown(cell)[:20], what=_wants(shape))
        )
    return int(found)


_READ: Mapping[Entry, Callable[[Column, Cell], Any]] = {
    Entry.TEXT: _text,
    Entry.TERM: _term,
    Entry.DAY: _day,
    Entry.NUMBER: _number,
    Entry.PERCENT: _per_cent,
}


def _wants(shape: Column) -> str:
    """What a cell in the column takes, as the end of a sentence."""
    if shape.terms:
        return _("ett av ordene {words}").format(words=", ".join(term.word for term in shape.terms))
    return _(_WANTS[shape.entry])


_WANTS = {
    Entry.TEXT: mark("teksten"),
    Entry.DAY: mark("en dato, som 23.11.2026"),
    Entry.NUMBER: mark("et tall, som 1234,5"),
    Entry.PERCENT: mark("et helt tall fra 0 til 100"),
}
