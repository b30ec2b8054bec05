"""Text that people have written, as blocks: its paragraphs, its lists by «- », its points by «1. »."""

import re
from collections.abc import Iterator
from itertools import groupby

from strategy.exports.outline import Block, Bullets, Line, Numbered, Paragraph, Style, line

_BULLET = re.compile(r"[-–•*]\s+(.+)")
_POINT = re.compile(r"(\d{1,3})[.)]\s+(.+)")


def blocks(text: str, style: Style = Style.BODY) -> Iterator[Block]:
    """`text` in `style`; lines that begin alike make one list, an empty line ends what stands above it."""
    for part in re.split(r"\n\s*\n", text.strip()):
        for kind, lines in groupby(filter(None, map(str.strip, part.split("\n"))), _kind):
            yield from _of(kind, tuple(lines), style)


def _kind(written: str) -> str:
    if _POINT.fullmatch(written):
        return "point"
    return "bullet" if _BULLET.fullmatch(written) else "line"


def _of(kind: str, lines: tuple[str, ...], style: Style) -> Iterator[Block]:
    if kind == "bullet":
        yield Bullets(tuple(_matched(_BULLET, written, 1) for written in lines))
    elif kind == "point" and _counts_up(lines):
        first = int(_POINT.fullmatch(lines[0]).group(1))  # type: ignore[union-attr]
        yield Numbered(tuple(_matched(_POINT, written, 2) for written in lines), style, first)
    else:
        yield Paragraph(line("\n".join(lines)), style)


def _counts_up(lines: tuple[str, ...]) -> bool:
    """Whether the numbers follow each other; a list would make others of those that do not."""
    numbers = [int(_POINT.fullmatch(written).group(1)) for written in lines]  # type: ignore[union-attr]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _matched(form: re.Pattern[str], written: str, group: int) -> Line:
    found = form.fullmatch(written)
    return line(found.group(group) if found else written)
