"""What somebody has written where the form does not read: told cell by cell, lest it be taken for nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from strategy import texts
from strategy.i18n import _
from strategy.workbook import form, glimpses
from strategy.workbook.form import Sheet
from strategy.workbook.glimpses import Seen
from strategy.workbook.grid import Grid, Problem, as_grid, letters, name_of, row_of, shown

MOST_SHOWN = 200
"""Characters of a text that is told."""


def in_sheet(sheet: Sheet, grid: Grid, header: int, seen: Seen) -> Iterator[Problem]:
    """What is written in a sheet of the form outside the cells that are read."""
    fields = _fields(sheet, grid[header])
    for number, row in grid.items():
        for column, cell in row.items():
            place, text = f"{sheet.name}!{letters(column)}{number}", shown(cell)
            if not text.strip():
                continue
            if (column not in fields) if number > header else not seen.knows(text):
                yield Problem(place, _outside(text))
        if number > header:
            yield from _locked(sheet, fields, number, row, seen)


def _locked(
    sheet: Sheet, fields: Mapping[int, str], number: int, row: Mapping[int, Any], seen: Seen
) -> Iterator[Problem]:
    """The cells of a row that are there to be read only, and do not say what they said."""
    key = _key(fields, row)
    for column, field in fields.items():
        if field == "key" or sheet.column(field).editable:
            continue
        text = shown(row[column]) if column in row else ""
        stood = seen.stood(sheet.kind, key, field, text)
        if stood or (stood is None and (field == "period" or not text.strip() or seen.knows(text))):
            continue
        said = (
            _("cellen er låst, og «{text}» er ikke lest.")
            if text.strip()
            else _("cellen er låst, og at den er tømt, er ikke lest.")
        )
        yield Problem(f"{sheet.name}!{letters(column)}{number}", said.format(text=_short(text)))


def in_others(found: Mapping[str, Any], seen: Seen) -> Iterator[Problem]:
    """What is written in sheets the form does not have, or has for a guide, but not what a copy repeats."""
    title, grid = found["title"], as_grid(found)
    is_guide = texts.folded(title.strip()) == texts.folded(form.GUIDE)
    copied, header = (None, 0) if is_guide else _copied(grid)
    fields = _fields(copied, grid[header]) if copied else {}
    said = _("«{text}» står på et ark som ikke leses, og er ikke lest.")
    for number, row in grid.items():
        key = _key(fields, row)
        for column, cell in row.items():
            text, stood = shown(cell), None
            if copied and number > header and column in fields:
                stood = seen.stood(copied.kind, key, fields[column], text)
            if stood is None:
                stood = bool(is_guide or copied) and seen.knows(text)
            if text.strip() and not stood:
                yield Problem(f"{title}!{letters(column)}{number}", said.format(text=_short(text)))
    if found["more"]:
        yield Problem(title, _("arket er for stort til å bli sett gjennom, og er ikke lest."))


def _copied(grid: Grid) -> tuple[Sheet | None, int]:
    """The sheet of the form that a sheet is a copy of, if it is one, and the row of its headers."""
    for number in sorted(grid)[:50]:
        for sheet in form.SHEETS:
            if len(_fields(sheet, grid[number])) == len(sheet.columns):
                return sheet, number
    return None, 0


def comments(title: str, found: Mapping[str, Any]) -> Iterator[Problem]:
    """The comments on the cells of a sheet, but for the form's own hints."""
    hints = {glimpses.of(column.hint) for sheet in form.SHEETS for column in sheet.columns}
    for address, text in found["comments"]:
        if text.strip() and glimpses.of(text) not in hints:
            said = _("merknaden «{text}» er ikke lest.").format(text=_short(text))
            yield Problem(f"{title}!{address}", said)


def struck(title: str, found: Mapping[str, Any], header: int) -> Iterator[Problem]:
    """The texts somebody has struck through, which are read as they stand."""
    for address in found["struck"]:
        if row_of(address) > header:
            yield Problem(
                f"{title}!{address}", _("teksten er strøket over. Streken er ikke lest, teksten er.")
            )


def _fields(sheet: Sheet, headers: Mapping[int, Any]) -> Mapping[int, str]:
    """The field of each column, as its header says."""
    named = {texts.folded(column.header): column.field for column in sheet.columns}
    return {column: named[name] for column, cell in headers.items() if (name := name_of(cell)) in named}


def _key(fields: Mapping[int, str], row: Mapping[int, Any]) -> str:
    return next(
        (shown(row[column]).strip() for column, name in fields.items() if name == "key" and column in row), ""
    )


def _outside(text: str) -> str:
    return _("«{text}» står utenfor cellene som fylles ut, og er ikke lest.").format(text=_short(text))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 1] + "…"
