"""How wide the columns of a table are where nobody breaks words: none narrower than its longest word."""

import re
from collections.abc import Iterable

from strategy.drawings import Story
from strategy.exports.outline import Line, Run, Table
from strategy.terms import MARKS

_PLAIN, _STRONG = 118, 133
"""How wide a letter is in a table, in twentieths of a point: of the widest typeface ours is replaced by."""

_SHARE = (
    dict.fromkeys("ijl.,:;()", 0.55)
    | dict.fromkeys("frt", 0.7)
    | dict.fromkeys("mwMWæÆ%", 1.5)
    | dict.fromkeys("0123456789", 1.05)
)
"""The letters that take less or more than the others."""

_TIGHT = 17 / 19
"""How much smaller the letters are in a table that is short of room."""

STRIP = 2300
"""How wide a strip is in a table."""

_MARGINS = 190
_BREAKS = re.compile(rf"(?<![{MARKS}])[ \n\t]+|[-–]")  # not at a hard space, nor between a mark and its word


def is_tight(table: Table, width: int) -> bool:
    """Whether the words of a table need smaller letters to stand whole."""
    return sum(_least(table)) > width


def fitted(table: Table, width: int) -> list[int]:
    """Widths that come to `width` at most: the table's own shares, but none below its longest word.

    Where not even the words have room, the columns with the longest give way.
    """
    size = _TIGHT if is_tight(table, width) else 1
    least = _levelled(_least(table, size), width)
    held: set[int] = set()
    while True:
        left = width - sum(least[column] for column in held)
        shares = sum(share for column, share in enumerate(table.widths) if column not in held)
        found = [
            least[column] if column in held else left * share // shares
            for column, share in enumerate(table.widths)
        ]
        narrow = {column for column, each in enumerate(found) if each < least[column]}
        if not narrow:
            return found
        held |= narrow


def _levelled(least: list[int], width: int) -> list[int]:
    """No more than `width` in all, taken from the widest."""
    left = width
    for number, each in enumerate(sorted(least)):
        level = left // (len(least) - number)
        if each > level:
            return [min(one, level) for one in least]
        left -= each
    return least


def _least(table: Table, size: float = 1) -> list[int]:
    """What each column needs: a strip its own room, whatever the `size` of the letters."""
    columns = zip(table.header, *table.rows, strict=True)
    return [
        max(int(_longest(((Run(head, strong=True),), *cells)) * size), _drawn(cells)) + _MARGINS
        for head, *cells in columns
    ]


def _drawn(cells: Iterable[Line]) -> int:
    return STRIP if any(isinstance(run.value, Story) for line in cells for run in line) else 0


def _longest(cells: Iterable[Line]) -> float:
    """How much room the longest word takes."""
    said = (run for line in cells for run in line if not isinstance(run.value, Story))
    return max(
        (
            sum(_SHARE.get(letter, 1) for letter in word) * _letter(run)
            for run in said
            for word in _BREAKS.split(run.text)
        ),
        default=0,
    )


def _letter(run: Run) -> int:
    return _STRONG if run.strong or run.assessment else _PLAIN
