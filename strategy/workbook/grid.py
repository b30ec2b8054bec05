"""The cells of a sheet by row and column, each with its address, as its reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from strategy import dates, texts
from strategy.workbook import form


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `place` is as «Tiltak!F7», a sheet's name, or empty for the whole file."""

    place: str
    message: str
    is_bound: bool = False
    """Whether nothing of the form can be taken as long as it stands."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Where it comes when all are told from the first sheet's top to the last one's end."""
        sheet, _mark, cell = self.place.rpartition("!") if "!" in self.place else (self.place, "", "")
        name = cell.rstrip("0123456789")
        number = form.SHEET_NAMES.index(sheet) if sheet in form.SHEET_NAMES else -1
        return number, int(cell[len(name) :] or 0), len(name), name


@dataclass(frozen=True, slots=True)
class Cell:
    """`begins` is the day its workbook counts days from."""

    kind: str
    text: str
    percent: bool
    begins: date


Grid = Mapping[int, Mapping[int, Cell]]


def as_grid(found: Mapping[str, Any]) -> Grid:
    """The cells of a sheet, as `cells.read` gives them."""
    grid: dict[int, dict[int, Cell]] = {}
    begins = date.fromisoformat(found["begins"])
    for row, column, kind, text, percent in found["cells"]:
        grid.setdefault(row, {})[column] = Cell(kind, text, percent, begins)
    return grid


def shown(cell: Cell) -> str:
    """A cell as its reader sees it, near enough to be read as text."""
    if cell.kind == "d":
        return dates.day(date.fromisoformat(cell.text))
    if cell.kind == "n":
        return cell.text.replace(".", ",")
    return cell.text


def name_of(cell: Cell) -> str:
    """A header as it is compared."""
    return texts.folded(" ".join(cell.text.split())) if cell.kind == "t" else ""


def letters(column: int) -> str:
    """The letters Excel has for a column, from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def row_of(address: str) -> int:
    """The number of the row an address is in."""
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
