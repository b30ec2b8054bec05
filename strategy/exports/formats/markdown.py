"""A report as text with simple marks, for mail and for whoever keeps notes in text."""

import re
from collections.abc import Iterator
from typing import assert_never

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
)


def render(outline: Outline) -> bytes:
    """Write `outline` as Markdown; a picture is its finding in words, and there are no contents or pages."""
    blocks = filter(None, map(_block, outline.printed))
    return ("\n\n".join(blocks) + "\n").encode()


def _block(block: Printed) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_escaped(block.text)}"
        case Paragraph(style=Style.TITLE):
            return f"# {_line(block.runs)}"
        case Paragraph():
            return _line(block.runs)
        case Bullets():
            return "\n".join(f"- {_line(item)}" for item in block.items)
        case Numbered():
            return "\n".join(
                f"{number}. {_line(item)}" for number, item in enumerate(block.items, block.first)
            )
        case Facts():
            return "\n".join(f"- {_escaped(name)}: {_line(said)}" for name, said in block.rows)
        case Table():
            return "\n".join(_rows(block))
        case Picture():
            return _escaped(block.alt)
        case PageBreak() | Contents():
            return ""
        case _:
            assert_never(block)


def _rows(table: Table) -> Iterator[str]:
    header = [_escaped(text) for text in table.header]
    rows = ([_line(cell) for cell in row] for row in table.rows)
    for cells in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    said = _escaped(run.text)
    inner = said.strip()
    return said.replace(inner, f"**{inner}**") if run.strong and inner else said


def _escaped(text: str) -> str:
    r"""The text on one line, so that nothing in it is a mark: `*` as `\*`."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", re.sub(r"\s*\n\s*", " ", text))
