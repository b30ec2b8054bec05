"""The one table: rows with a target and whether it was reached, as text and as markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

COLUMNS = 8
ERRORS = "errors"
REACHED = {None: "", True: "ok", False: "miss"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: at most five cells under the section's columns, its target, and whether it was reached."""

    what: str
    cells: tuple[str, ...]
    target: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that share their columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def limit(ratio: float, most: float, said: str) -> tuple[str, bool]:
    """A target as it is printed, and whether `ratio` is within it."""
    return f"≤ {said}", ratio <= most


def number(value: float, digits: int = 1) -> str:
    """A figure with as many decimals as it deserves."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{digits}f}"


def times(value: float) -> str:
    return f"{value:.2f} ×"


def plain(sections: Sequence[Section]) -> str:
    """The table for a terminal, columns aligned."""
    lines = [line for section in sections for line in _lines(section)]
    widths = [max(len(line[column]) for line in lines) for column in range(COLUMNS)]
    said = []
    for section in sections:
        head, *rows = (_aligned(line, widths) for line in _lines(section))
        said += ["", head, "─" * len(head.rstrip()), *rows]
    return "\n".join(line.rstrip() for line in said)


def markdown(sections: Sequence[Section]) -> str:
    """The same table for a document; each section's heads stand as a bold row."""
    lines = []
    for section in sections:
        head, *rows = _lines(section)
        lines += [tuple(f"**{cell}**" if cell else "" for cell in head), *rows]
    rule = "|" + "---|" + "---:|" * 5 + "---:|---|"
    return "\n".join([_cells([""] * COLUMNS), rule, *map(_cells, lines)])


def summary(sections: Sequence[Section]) -> str:
    """How many targets were reached, and the names of those that were not."""
    aimed = [(section, row) for section in sections for row in section.rows if row.reached is not None]
    missed = [f"{section.title}: {row.what}" for section, row in aimed if not row.reached]
    said = f"{len(aimed) - len(missed)} of {len(aimed)} targets reached"
    return said + (". Missed: " + "; ".join(missed) if missed else "") + "."


def without_errors(sections: Sequence[Section]) -> bool:
    """Whether no page said anything was wrong while it was measured."""
    return all(row.reached for section in sections for row in section.rows if row.what == ERRORS)


def _lines(section: Section) -> list[tuple[str, ...]]:
    head = (section.title, *_five(section.columns), "target", "")
    return [head, *((r.what, *_five(r.cells), r.target, REACHED[r.reached]) for r in section.rows)]


def _five(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(cell or "" for _place, cell in zip_longest(range(5), cells))


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *middle, last = zip(line, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(text.rjust(width) for text, width in middle), last[0]])


def _cells(line: Sequence[str]) -> str:
    return "| " + " | ".join(line) + " |"
