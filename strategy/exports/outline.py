"""The outline of a report: what it says and in what order, whatever kind of file it becomes.

Nothing here knows Word, PDF or slides, and a renderer knows nothing of goals or measures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from strategy.terms import Assessment


class Style(StrEnum):
    """What a paragraph is, never how it looks."""

    BODY = "body"
    LEAD = "lead"
    ADOPTED = "adopted"
    STATUS = "status"
    DEVIATION = "deviation"
    NOTE = "note"
    ORGANISATION = "organisation"
    TITLE = "title"
    SUBTITLE = "subtitle"
    DATE = "date"
    VISION = "vision"
    MARK = "mark"
    RESOLUTION = "resolution"
    CORRECTION = "correction"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; `assessment` gives it that one's colour, `to` links to the heading of that anchor."""

    text: str
    strong: bool = False
    assessment: Assessment | None = None
    to: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1–3 and never skips one; `anchor` is its own in the report."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Line
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list that counts from `first`; in the style of a resolution where these are its points."""

    items: tuple[Line, ...]
    style: Style = Style.BODY
    first: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are, as at the head of a letter: «Møtedato: 23.11.2026»."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the page's width; every row has as many cells as `header`."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A number on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator over time: `values` as measured, `expected` the line they should follow.

    `steps` says that the expected level jumps between its points. `latest` and `aim` are the ends of the two
    lines as they are read.
    """

    title: str
    finding: str
    values: tuple[Point, ...]
    expected: tuple[Point, ...]
    latest: str
    aim: str
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Trends:
    """Small charts side by side on one axis of years, `first` and `last` included."""

    trends: tuple[Trend, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shares:
    """How many measures have each mark, row by row; each row's counts are in the order of `Counts.rows`."""

    rows: tuple[tuple[str, tuple[tuple[Assessment, int], ...]], ...]


Chart = Trends | Shares


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; `alt` states the finding for whoever cannot see it."""

    chart: Chart
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, of headings down to `depth`."""

    title: str
    depth: int = 2


Block = Heading | Paragraph | Bullets | Numbered | Facts | Table | Picture | PageBreak | Contents


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report; its first page is a bare cover, up to the first page break, unless it has none.

    `running` and `mark` stand at the top of every other page.
    """

    title: str
    organisation: str
    subject: str
    language: str
    made_on: date
    running: str
    mark: str
    blocks: tuple[Block, ...]
    cover: bool = True

    @property
    def headings(self) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading))


def printable(text: str) -> str:
    """The text with what no file can hold shown as `\ufffd`; the cleaner lets none of it in."""
    return _UNPRINTABLE.sub("\ufffd", text)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(line: Line) -> str:
    """The text of a line, bare."""
    return "".join(run.text for run in line)


def body(*runs: Run | str, style: Style = Style.BODY) -> Paragraph:
    """A paragraph of runs; a bare text is a run."""
    return Paragraph(line(*runs), style)


def line(*runs: Run | str) -> Line:
    """A line of runs; a bare text is a run."""
    return tuple(Run(run) if isinstance(run, str) else run for run in runs)


def listed(level: int, title: str, anchor: str, lines: Iterable[Line], none: str) -> Iterator[Block]:
    """A heading over what there is, or over the sentence that there is nothing."""
    items = tuple(lines)
    yield Heading(level, title, anchor)
    yield Bullets(items) if items else body(none)
