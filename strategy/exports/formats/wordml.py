"""The elements of a Word document, as python-docx has no words for them: paragraphs, runs, fields, rows.

A style is said by its name; `template.save` puts the key in its place that the template knows it by.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import etree

from strategy.exports.outline import printable

Element = Any
"""lxml's element; it has no type of its own that a checker knows."""

_NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def qualified(name: str) -> str:
    """The name as lxml writes it, in the namespace of WordprocessingML."""
    return f"{{{_NAMESPACES['w']}}}{name}"


def element(name: str, /, *inside: Element, **attributes: str) -> Element:
    """An element of WordprocessingML; its attributes are in the same namespace."""
    made = etree.Element(
        qualified(name), {qualified(key): value for key, value in attributes.items()}, _NAMESPACES
    )
    made.extend(inside)
    return made


def paragraph(style: str, runs: Iterable[Element]) -> Element:
    """A paragraph that has its looks from `style` alone."""
    return element("p", element("pPr", element("pStyle", val=style)), *runs)


def texts(text: str, style: str = "") -> list[Element]:
    """One run; a line end and a tab become Word's own."""
    pieces: list[Element] = [element("rPr", element("rStyle", val=style))] if style else []
    for piece in re.split(r"([\n\t])", printable(text)):
        if piece in ("\n", "\t"):
            pieces.append(element("br" if piece == "\n" else "tab"))
        elif piece:
            pieces.append(_spaced("t", piece))
    return [element("r", *pieces)]


def row(
    cells: Iterable[Iterable[Element]], widths: list[int], style: str, *, header: bool = False
) -> Element:
    """A row of a table that no page parts; a header stands on top of every page."""
    rules = element("trPr", element("cantSplit"), *([element("tblHeader")] if header else []))
    filled = (
        element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), paragraph(style, runs))
        for runs, width in zip(cells, widths, strict=True)
    )
    return element("tr", rules, *filled)


def field(code: str, shown: str, style: str = "") -> list[Element]:
    """A field with the value it has until Word counts again."""
    begin, end = field_around(code)
    return [*begin, *texts(shown, style), *end]


def field_around(code: str) -> tuple[list[Element], list[Element]]:
    """The runs before and after what a field shows."""
    begin = [
        element("fldChar", fldCharType="begin"),
        _spaced("instrText", f" {code} "),
        element("fldChar", fldCharType="separate"),
    ]
    return [element("r", piece) for piece in begin], [element("r", element("fldChar", fldCharType="end"))]


def _spaced(name: str, text: str) -> Element:
    made = element(name)
    made.text = text
    made.set(_XML_SPACE, "preserve")
    return made
