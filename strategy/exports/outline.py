"""The outline of a report: what it says and in what order, whatever kind of file it becomes.

Nothing here knows Word, PDF or slides, and a renderer knows nothing of goals or measures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from strategy.drawings import Story
from strategy.terms import Assessment
from strategy.values import Mark, Phrase, Source, Value, phrase, words


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
    """One value in a line, with its source where it has one; `to` links to the heading of that anchor.

    A story is drawn as a strip, and is its sentence where nothing can be drawn.
    """

    value: Value | Story
    strong: bool = False
    to: str = ""
    source: Source | None = None

    @property
    def text(self) -> str:
        return self.value.sentence if isinstance(self.value, Story) else words(self.value)

    @property
    def assessment(self) -> Assessment | None:
        """The one whose colour it has."""
        return self.value.assessment if isinstance(self.value, Mark) else None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1–3 and never skips one; `anchor` is its own in the report, `source` what it is about."""

    level: int
    text: str
    anchor: str
    source: Source | None = None


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
class Entry:
    """One thing that something is said of: how its mark moved, what else is `told`, and `why`."""

    name: Line
    moved: Line = ()
    told: tuple[Line, ...] = ()
    why: str = ""

    @property
    def line(self) -> Line:
        """All of it on one line: «1.2.1 Høringer: ● I rute → ▲ Noe avvik. Frist flyttet … Årsaken.»"""
        told = [run for each in self.told for run in (Run(" · "), *each)][1:]
        end = plain(tuple(told))
        stops = [Run(". ")] if self.moved else []
        runs = (*_named(self.name), *self.moved, *stops, *capital(tuple(told)))
        stop = "" if not told or end.endswith((".", ".»", "!", "?")) else "."
        rest = stop + (" " if told and self.why else "") + self.why
        return (*runs, *([Run(rest)] if rest else []))


@dataclass(frozen=True, slots=True)
class Entries:
    """Thing by thing; printed as a list."""

    entries: tuple[Entry, ...]


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


@dataclass(frozen=True, slots=True)
class Bar:
    """A year's milestones: how many are reached, how many were planned by now, and how many there are."""

    reached: int
    planned: int
    all: int


Chart = Trends | Shares | Bar


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


Printed = Heading | Paragraph | Bullets | Numbered | Facts | Table | Picture | PageBreak | Contents
"""What stands on paper: one below the other."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks side by side where there is room, on paper one below the other; `widths` are shares of it."""

    columns: tuple[tuple["Block", ...], ...]
    widths: tuple[int, ...]


Block = Printed | Entries | Beside


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
    def printed(self) -> tuple[Printed, ...]:
        """The blocks as they stand on paper."""
        return tuple(printed(self.blocks))

    @property
    def headings(self) -> Iterator[Heading]:
        return (block for block in self.printed if isinstance(block, Heading))


def printed(blocks: Iterable[Block]) -> Iterator[Printed]:
    """Blocks as they stand on paper: entries as a list, columns one below the other."""
    for block in blocks:
        if isinstance(block, Entries):
            yield Bullets(tuple(entry.line for entry in block.entries))
        elif isinstance(block, Beside):
            yield from printed(each for column in block.columns for each in column)
        else:
            yield block


def printable(text: str) -> str:
    """The text with what no file can hold shown as `\ufffd`; the cleaner lets none of it in."""
    return _UNPRINTABLE.sub("\ufffd", text)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(line: Line) -> str:
    """The text of a line, bare."""
    return "".join(run.text for run in line)


def capital(line: Line) -> Line:
    """The line with its first letter large, as a sentence begins."""
    first, *rest = line or (Run(""),)
    if not isinstance(first.value, str):
        return line
    return (replace(first, value=first.value[:1].upper() + first.value[1:]), *rest) if line else ()


def body(*runs: Run | Value | Phrase | Line, style: Style = Style.BODY) -> Paragraph:
    """A paragraph of runs; a bare value is a run, a phrase one for each of its values."""
    return Paragraph(line(*runs), style)


def line(*runs: Run | Value | Phrase | Line, source: Source | None = None) -> Line:
    """A line of runs, as `body` takes them; those that are no runs yet have the `source`."""
    return tuple(each for run in runs for each in _runs(run, source))


def said(form: str, /, **values: Value | Phrase) -> Line:
    """The sentence `form` as a line, each of its values in its place."""
    return line(phrase(form, **values))


def listed(level: int, title: str, anchor: str, lines: Iterable[Line], none: str) -> Iterator[Block]:
    """A heading over what there is, or over the sentence that there is nothing."""
    items = tuple(lines)
    yield Heading(level, title, anchor)
    yield Bullets(items) if items else body(none)


def _named(name: Line) -> Line:
    """A name with the colon after it."""
    return (*name[:-1], replace(name[-1], value=f"{name[-1].text}: ")) if name else ()


def _runs(said: Run | Value | Phrase | Line, source: Source | None) -> Iterator[Run]:
    for each in said if isinstance(said, tuple) else (said,):
        yield each if isinstance(each, Run) else Run(each, source=source)
