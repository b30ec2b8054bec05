"""A report as a Word file that a secretary can edit: real styles, fields, captions, links, nothing by hand.

The same outline gives the same bytes.
"""

import io
import itertools
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, assert_never

from docx.shared import Emu

from strategy.drawings import Story
from strategy.exports import strips
from strategy.exports.formats import columns, pictures, template
from strategy.exports.formats.wordml import Element, element, field, field_around, paragraph, row, texts
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
    Style,
    Table,
    printable,
)
from strategy.i18n import _

_EMU_PER_TWENTIETH = 635
_CLOSE = dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
"""A picture's distance to the text; LibreOffice moves it aside where none is said."""


def render(outline: Outline, look: Path = template.TEMPLATE) -> bytes:
    """Write `outline` as a docx file that looks as the template `look`."""
    document = template.opened(outline, look)
    section = document.element.body.sectPr
    for block in _Writer(document, outline).blocks():
        section.addprevious(block)
    return template.save(document, outline.made_on)


class _Writer:
    """Turns blocks into Word's elements; counts what must be numbered through the document."""

    def __init__(self, document: Any, outline: Outline) -> None:
        self.document, self.outline = document, outline
        self.width = template.text_width(document)
        self.bookmarks = {h.anchor: f"_Toc{n:06}" for n, h in enumerate(outline.headings, 1)}
        self.numbers = itertools.count(1)
        self.tables, self.figures = itertools.count(1), itertools.count(1)

    def blocks(self) -> Iterator[Element]:
        before: Printed | None = None
        for block, following in itertools.pairwise((*self.outline.printed, None)):
            if block is not None:
                yield from self._block(block, before, following)
            before = block

    def _block(self, block: Printed, before: Printed | None, following: Printed | None) -> Iterator[Element]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                style = template.OF_PARAGRAPH[block.style]
                kept = _leads_on(block, before, following)
                yield paragraph(template.KEPT.get(style, style) if kept else style, self._runs(block.runs))
            case Bullets():
                yield from (paragraph(template.BULLET, self._runs(item)) for item in block.items)
            case Numbered():
                yield from self._numbered(block)
            case Facts():
                yield from (self._fact(name, said) for name, said in block.rows)
            case Table():
                yield self._caption(_("Tabell"), "Tabell", self.tables, block.caption)
                yield self._table(block)
            case Picture():
                yield self._caption(_("Figur"), "Figur", self.figures, block.caption)
                yield paragraph(template.FIGURE, [element("r", element("drawing", self._inline(block)))])
            case Contents():
                yield self._contents(block)
            case PageBreak():
                if not _begins_a_page(following):
                    yield paragraph(template.NORMAL, [element("r", element("br", type="page"))])
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> Element:
        number = str(next(self.numbers))
        return paragraph(
            f"heading {heading.level}",
            [
                element("bookmarkStart", id=number, name=self.bookmarks[heading.anchor]),
                *texts(heading.text),
                element("bookmarkEnd", id=number),
            ],
        )

    def _numbered(self, block: Numbered) -> Iterator[Element]:
        """Each list counts for itself, so each has a number of its own in `numbering`."""
        style = template.POINT if block.style is Style.RESOLUTION else template.NUMBERED
        number = template.new_list(self.document, block.first)
        own = element("numPr", element("ilvl", val="0"), element("numId", val=number))
        for item in block.items:
            point = paragraph(style, self._runs(item))
            point[0].append(deepcopy(own))
            yield point

    def _fact(self, name: str, said: Line) -> Element:
        return paragraph(template.FACT, [*texts(f"{name}:\t", template.STRONG), *self._runs(said)])

    def _runs(self, line: Line) -> Iterator[Element]:
        for run in line:
            if run.to in self.bookmarks:
                yield element(
                    "hyperlink",
                    *texts(run.text, template.REFERENCE),
                    anchor=self.bookmarks[run.to],
                    history="1",
                )
            elif isinstance(run.value, Story):
                wide = Emu(columns.STRIP * _EMU_PER_TWENTIETH)
                drawn = self._drawn(pictures.strip_png(run.value), wide, _("Forløp"), strips.alt(run))
                yield element("r", element("drawing", drawn))
            else:
                yield from texts(run.text, _character(run))

    def _caption(self, word: str, sequence: str, numbers: Iterator[int], text: str) -> Element:
        """«Tabell 3. …», with a number that Word keeps right when a table is moved."""
        number = field(f"SEQ {sequence} \\* ARABIC", str(next(numbers)), template.STRONG)
        return paragraph(
            template.CAPTION,
            [*texts(f"{word} ", template.STRONG), *number, *texts(". ", template.STRONG), *texts(text)],
        )

    def _table(self, table: Table) -> Element:
        room = self.width // _EMU_PER_TWENTIETH
        widths, tight = columns.fitted(table, room), columns.is_tight(table, room)
        head = [texts(text) for text in table.header]
        rows = ([self._runs(cell) for cell in cells] for cells in table.rows)
        return element(
            "tbl",
            element(
                "tblPr",
                element("tblStyle", val=template.TABLE),
                element("tblW", w=str(sum(widths)), type="dxa"),
                element("tblLayout", type="fixed"),
                element(
                    "tblLook",
                    val="0020",
                    firstRow="1",
                    lastRow="0",
                    firstColumn="0",
                    lastColumn="0",
                    noHBand="1",
                    noVBand="1",
                ),
                element("tblCaption", val=printable(table.caption)),
            ),
            element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
            row(head, widths, template.TIGHT_HEAD if tight else template.TABLE_HEAD, header=True),
            *(row(cells, widths, template.TIGHT_TEXT if tight else template.TABLE_TEXT) for cells in rows),
        )

    def _inline(self, picture: Picture) -> Element:
        drawn = pictures.png(picture.chart)
        _reference, image = self.document.part.get_or_add_image(io.BytesIO(drawn))
        width = image.px_width * self.width // (pictures.WIDTH * pictures.SCALE)
        return self._drawn(drawn, Emu(width), picture.caption, picture.alt)

    def _drawn(self, png: bytes, width: Emu, name: str, alt: str) -> Element:
        inline = self.document.part.new_pic_inline(io.BytesIO(png), width=width)
        named = {"name": printable(name), "descr": printable(alt)}
        inline.attrib.update(_CLOSE)
        inline.docPr.attrib.update({**named, "id": str(next(self.numbers))})
        return inline

    def _contents(self, contents: Contents) -> Element:
        """Word's own table of contents, filled in, so that it is right also before anybody updates it."""
        shown = [h for h in self.outline.headings if h.level <= contents.depth]
        entries = [self._entry(heading) for heading in shown]
        code = f'TOC \\o "1-{contents.depth}" \\h \\z \\u'
        begin, end = field_around(code)
        kind = element("docPartGallery", val="Table of Contents")
        for number, run in enumerate(begin):
            entries[0].insert(1 + number, run)
        return element(
            "sdt",
            element("sdtPr", element("docPartObj", kind, element("docPartUnique"))),
            element(
                "sdtContent",
                paragraph(template.CONTENTS, texts(contents.title)),
                *entries,
                paragraph(template.NORMAL, end),
            ),
        )

    def _entry(self, heading: Heading) -> Element:
        text = texts(heading.text)
        link = element("hyperlink", *text, anchor=self.bookmarks[heading.anchor], history="1")
        return paragraph(f"toc {heading.level}", [link])


def _leads_on(block: Paragraph, before: Printed | None, following: Printed | None) -> bool:
    """Whether it is nothing without what follows: a line in bold, a resolution with how it was voted.

    And what stands alone between a heading and the one below it.
    """
    if isinstance(before, Heading) and isinstance(following, Heading):
        return following.level > before.level
    if isinstance(following, Heading | PageBreak | None):
        return False
    if block.style is Style.RESOLUTION:
        return isinstance(following, Paragraph)
    return block.style is Style.BODY and all(run.strong for run in block.runs)


def _begins_a_page(block: Printed | None) -> bool:
    """Whether its own style begins a new page."""
    return isinstance(block, Contents) or (isinstance(block, Heading) and block.level == 1)


def _character(run: Run) -> str:
    if run.assessment:
        return template.OF_ASSESSMENT[run.assessment]
    return template.STRONG if run.strong else ""
