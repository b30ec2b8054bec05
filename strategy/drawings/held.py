"""What one role answers for: a cell for each measure in the colour of its mark, the mark in it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from strategy.drawings import svg
from strategy.drawings.strip import edge
from strategy.palette import Palette
from strategy.terms import Assessment

HEIGHT = 20
MOST, FEWEST = 24, 6
"""So many cells have a mark each; and as wide as if there were so many is a cell at the most."""

_GAP, _MARK = 0.4, 5


def held(marks: Sequence[Assessment], proposed: int, most: int, of: Palette, width: int | None = None) -> str:
    """`marks` in the order they stand, then empty cells for what is only proposed.

    `most` is how many the role with the most has, so that all roles are on one scale.
    """
    each = (100 - 2 * svg.INSET) / max(most, FEWEST)
    runs = _runs(marks) if most > MOST else [(mark, 1) for mark in marks]
    parts, signs, n = list[str](), list[str](), 0
    for mark, count in [*runs, *[(None, 1)] * proposed]:
        x, wide = svg.INSET + each * n + _GAP * (most <= MOST), each * count - 2 * _GAP * (most <= MOST)
        fill = of.marks[mark] if mark else "none"
        parts.append(svg.rect(x, 0, wide, HEIGHT, fill, "" if mark else edge(of)))
        if mark:
            signs.append(svg.placed(mark.value, round(x + wide / 2, 2)))
        n += count
    drawn = svg.defining(svg.within(of.ground, signs), _SIGNS)
    return svg.picture([*parts, drawn], HEIGHT, width)


def _runs(marks: Sequence[Assessment]) -> Iterator[tuple[Assessment, int]]:
    """Those of one mark together."""
    for mark, same in groupby(marks):
        yield mark, len(list(same))


_SIGNS = {each.value: svg.at(HEIGHT / 2, svg.mark(each, _MARK)) for each in Assessment}
