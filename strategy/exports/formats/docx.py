"""A report as a Word file that a secretary can edit: real styles, fields, captions, links, nothing by hand.

The same outline gives the same bytes.
"""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, assert_never

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.shared import Emu
from lxml import etree

from strategy.exports import styles
from strategy.exports.formats import columns, pictures
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

Element = Any
"""lxml's element; it has no type of its own that a checker knows."""

_EMU_PER_TWENTIETH = 635
_CLOSE = dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
"""A picture's distance to the text; LibreOffice moves it aside where none is said."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(outline: Outline) -> bytes:
    """Write `outline` as a docx file."""
    document = Document()
    _dress(document, outline)
    section = document.element.body.sectPr
    for block in _Writer(document.part, outline).blocks():
        section.addprevious(block)
    return _packed(document, outline.made_on)


class _Writer:
    """Turns blocks into Word's elements; counts what must be numbered through the document."""

    def __init__(self, part: Any, outline: Outline) -> None:
        self.part, self.outline = part, outline
        self.bookmarks = {h.anchor: f"_Toc{n:06}" for n, h in enumerate(outline.headings, 1)}
        self.numbers = itertools.count(1)
        self.tables, self.figures = itertools.count(1), itertools.count(1)
        self.lists = itertools.count(styles.FIRST_COUNTED)

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
                style = styles.OF_PARAGRAPH[block.style]
                kept = _leads_on(block, before, following)
                yield _paragraph(styles.KEPT.get(style, style) if kept else style, self._runs(block.runs))
            case Bullets():
                yield from (_paragraph(styles.BULLET, self._runs(item)) for item in block.items)
            case Numbered():
                yield from self._numbered(block)
            case Facts():
                yield from (self._fact(name, said) for name, said in block.rows)
            case Table():
                yield self._caption(_("Tabell"), "Tabell", self.tables, block.caption)
                yield self._table(block)
            case Picture():
                yield self._caption(_("Figur"), "Figur", self.figures, block.caption)
                yield _paragraph(styles.FIGURE, [_w("r", _w("drawing", self._inline(block)))])
            case Contents():
                yield self._contents(block)
            case PageBreak():
                if not _begins_a_page(following):
                    yield _paragraph("Normal", [_w("r", _w("br", type="page"))])
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> Element:
        number = str(next(self.numbers))
        return _paragraph(
            f"Heading{heading.level}",
            [
                _w("bookmarkStart", id=number, name=self.bookmarks[heading.anchor]),
                *_texts(heading.text),
                _w("bookmarkEnd", id=number),
            ],
        )

    def _numbered(self, block: Numbered) -> Iterator[Element]:
        """Each list counts for itself, so each has a number of its own in `numbering`."""
        style = styles.POINT if block.style is Style.RESOLUTION else styles.NUMBERED
        own = _w("numPr", _w("ilvl", val="0"), _w("numId", val=str(next(self.lists))))
        for item in block.items:
            paragraph = _paragraph(style, self._runs(item))
            paragraph[0].append(deepcopy(own))
            yield paragraph

    def _fact(self, name: str, said: Line) -> Element:
        return _paragraph(styles.FACT, [*_texts(f"{name}:\t", styles.STRONG), *self._runs(said)])

    def _runs(self, line: Line) -> Iterator[Element]:
        for run in line:
            if run.to in self.bookmarks:
                yield _w(
                    "hyperlink",
                    *_texts(run.text, styles.REFERENCE),
                    anchor=self.bookmarks[run.to],
                    history="1",
                )
            else:
                yield from _texts(run.text, _character(run))

    def _caption(self, word: str, sequence: str, numbers: Iterator[int], text: str) -> Element:
        """«Tabell 3. …», with a number that Word keeps right when a table is moved."""
        number = _field(f"SEQ {sequence} \\* ARABIC", str(next(numbers)), styles.STRONG)
        return _paragraph(
            styles.CAPTION,
            [*_texts(f"{word} ", styles.STRONG), *number, *_texts(". ", styles.STRONG), *_texts(text)],
        )

    def _table(self, table: Table) -> Element:
        widths = columns.fitted(table, styles.TEXT_WIDTH)
        tight = columns.is_tight(table, styles.TEXT_WIDTH)
        head = [_texts(text) for text in table.header]
        rows = ([self._runs(cell) for cell in row] for row in table.rows)
        return _w(
            "tbl",
            _w(
                "tblPr",
                _w("tblStyle", val=styles.TABLE),
                _w("tblW", w=str(sum(widths)), type="dxa"),
                _w("tblLayout", type="fixed"),
                _w("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0",
                   noHBand="1", noVBand="1"),
                _w("tblCaption", val=printable(table.caption)),
            ),
            _w("tblGrid", *(_w("gridCol", w=str(width)) for width in widths)),
            _row(head, widths, styles.TIGHT_HEAD if tight else styles.TABLE_HEAD, header=True),
            *(_row(row, widths, styles.TIGHT_TEXT if tight else styles.TABLE_TEXT) for row in rows),
        )  # fmt: skip

    def _inline(self, picture: Picture) -> Element:
        drawn = pictures.png(picture.chart)
        _reference, image = self.part.get_or_add_image(io.BytesIO(drawn))
        width = image.px_width * styles.TEXT_WIDTH * _EMU_PER_TWENTIETH // (pictures.WIDTH * pictures.SCALE)
        inline = self.part.new_pic_inline(io.BytesIO(drawn), width=Emu(width))
        named = {"name": printable(picture.caption), "descr": printable(picture.alt)}
        inline.attrib.update(_CLOSE)
        inline.docPr.attrib.update({**named, "id": str(next(self.numbers))})
        return inline

    def _contents(self, contents: Contents) -> Element:
        """Word's own table of contents, filled in, so that it is right also before anybody updates it."""
        shown = [h for h in self.outline.headings if h.level <= contents.depth]
        entries = [self._entry(heading) for heading in shown]
        code = f'TOC \\o "1-{contents.depth}" \\h \\z \\u'
        begin, end = _field_around(code)
        for number, run in enumerate(begin):
            entries[0].insert(1 + number, run)
        return _w(
            "sdt",
            _w("sdtPr", _w("docPartObj", _w("docPartGallery", val="Table of Contents"), _w("docPartUnique"))),
            _w(
                "sdtContent",
                _paragraph(styles.CONTENTS, _texts(contents.title)),
                *entries,
                _paragraph("Normal", end),
            ),
        )

    def _entry(self, heading: Heading) -> Element:
        text = _texts(heading.text)
        link = _w("hyperlink", *text, anchor=self.bookmarks[heading.anchor], history="1")
        return _paragraph(f"TOC{heading.level}", [link])


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


def _row(
    cells: Iterable[Iterable[Element]], widths: list[int], style: str, *, header: bool = False
) -> Element:
    rules = _w("trPr", _w("cantSplit"), *([_w("tblHeader")] if header else []))
    filled = (
        _w("tc", _w("tcPr", _w("tcW", w=str(width), type="dxa")), _paragraph(style, runs))
        for runs, width in zip(cells, widths, strict=True)
    )
    return _w("tr", rules, *filled)


def _paragraph(style: str, runs: Iterable[Element]) -> Element:
    return _w("p", _w("pPr", _w("pStyle", val=style)), *runs)


def _texts(text: str, style: str = "") -> list[Element]:
    """One run; a line end and a tab become Word's own."""
    pieces: list[Element] = [_w("rPr", _w("rStyle", val=style))] if style else []
    for piece in re.split(r"([\n\t])", printable(text)):
        if piece in ("\n", "\t"):
            pieces.append(_w("br" if piece == "\n" else "tab"))
        elif piece:
            said = _w("t")
            said.text = piece
            said.set(_XML_SPACE, "preserve")
            pieces.append(said)
    return [_w("r", *pieces)]


def _character(run: Run) -> str:
    if run.assessment:
        return styles.OF_ASSESSMENT[run.assessment]
    return styles.STRONG if run.strong else ""


def _field(code: str, shown: str, style: str = "") -> list[Element]:
    """A field with the value it has until Word counts again."""
    begin, end = _field_around(code)
    return [*begin, *_texts(shown, style), *end]


def _field_around(code: str) -> tuple[list[Element], list[Element]]:
    instruction = _w("instrText")
    instruction.text = f" {code} "
    instruction.set(_XML_SPACE, "preserve")
    begin = [_w("fldChar", fldCharType="begin"), instruction, _w("fldChar", fldCharType="separate")]
    return [_w("r", piece) for piece in begin], [_w("r", _w("fldChar", fldCharType="end"))]


def _w(name: str, /, *inside: Element, **attributes: str) -> Element:
    """An element of WordprocessingML; its attributes are in the same namespace."""
    element = etree.Element(
        _qualified(name), {_qualified(key): value for key, value in attributes.items()}, _NAMESPACES
    )
    element.extend(inside)
    return element


_NAMESPACES = {"w": styles.NAMESPACE}


@cache
def _qualified(name: str) -> str:
    return f"{{{styles.NAMESPACE}}}{name}"


def _dress(document: Any, outline: Outline) -> None:
    """Put our styles, settings, page and running lines in place of the template's."""
    part = document.part
    _replace(part.part_related_by(RELATION.STYLES), styles.styles(outline.language))
    counted = [block.first for block in outline.printed if isinstance(block, Numbered)]
    _replace(part.part_related_by(RELATION.NUMBERING), styles.numbering(counted))
    _replace(part.part_related_by(RELATION.SETTINGS), styles.settings(outline.language))
    part.part_related_by(RELATION.FONT_TABLE)._blob = styles.fonts().encode()
    _drop(part.rels, RELATION.CUSTOM_XML, "stylesWithEffects")
    _drop(part.package.rels, RELATION.THUMBNAIL)
    _set_properties(document.core_properties, outline)
    _set_page(document.sections[0], outline)


def _replace(part: Any, xml: str) -> None:
    part._element = parse_xml(xml.encode())


def _drop(relations: Any, *kinds: str) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(kinds)]:
        del relations[key]


def _set_properties(properties: Any, outline: Outline) -> None:
    moment = datetime.combine(outline.made_on, time(), UTC).replace(
        tzinfo=None
    )  # python-docx wants it bare, and UTC
    properties.title, properties.subject = outline.title, outline.subject
    properties.author = properties.last_modified_by = outline.organisation
    properties.language, properties.keywords = outline.language, outline.mark
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = moment


def _set_page(section: Any, outline: Outline) -> None:
    section.page_width, section.page_height = (Emu(side * _EMU_PER_TWENTIETH) for side in styles.PAGE)
    section.left_margin = section.right_margin = Emu(styles.MARGIN * _EMU_PER_TWENTIETH)
    section.top_margin = section.bottom_margin = Emu(1361 * _EMU_PER_TWENTIETH)
    section.header_distance = section.footer_distance = Emu(680 * _EMU_PER_TWENTIETH)
    section.different_first_page_header_footer = outline.cover
    running = f"{outline.running}\t{outline.mark}" if outline.mark else outline.running
    _fill(section.header, "Header", _texts(running))
    page = [*_texts(_("Side ")), *_field("PAGE", "1"), *_texts(_(" av ")), *_field("NUMPAGES", "1")]
    _fill(section.footer, "Footer", page)


def _fill(margin: Any, style: str, runs: list[Element]) -> None:
    margin.is_linked_to_previous = False
    paragraph = margin.paragraphs[0]._p
    paragraph.getparent().replace(paragraph, _paragraph(style, runs))


def _packed(document: Any, made_on: date) -> bytes:
    """The file, with every moment in it set to the day the report was made on."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    moment = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            kept = zipfile.ZipInfo(entry.filename, moment)
            kept.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(kept, before.read(entry))
    return packed.getvalue()
