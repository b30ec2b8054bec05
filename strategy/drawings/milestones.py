"""A year's milestones as a bar with one block each, and the years side by side."""

from collections.abc import Sequence

from strategy.drawings import svg
from strategy.drawings.strip import edge
from strategy.palette import Palette
from strategy.progress import Progress
from strategy.terms import Assessment

MOST = 60
"""So many milestones have a block each; above it the bar is whole."""

YEARS = 14


def bar(
    reached: int, planned: int, every: int, of: Palette, *, height: int = 18, width: int | None = None
) -> str:
    """Reached of all, then what was planned by now and is not, then the rest; a line where now is."""
    each = (100 - 2 * svg.INSET) / every if every else 0.0
    at = round(svg.INSET + each * planned, 2)
    blocks = _blocks if every <= MOST else _whole
    parts = [
        *blocks(reached, planned, every, each, of, height - 8),
        *([] if planned == every else _now(at, height, of)),
    ]
    late = {"late": svg.at(height / 2, svg.cross(2.4, 1.6))}
    return svg.picture([svg.defining("".join(parts), late)], height, width)


def years(found: Sequence[Progress], of: Palette, width: int | None = None) -> str:
    """Each year as a bar of the same length: how much of it was reached, and in this one where now is."""
    wide, parts = 100 / max(1, len(found)), list[str]()
    for n, each in enumerate(found):
        x, full, every = wide * n, wide - 2.5, max(1, len(each.all))
        filled = of.accent if each.has_begun and not each.is_over else svg.mix(of.accent, of.ground, 0.6)
        parts.append(svg.rect(x, 3, full, 8, of.track if each.has_begun else "none", edge(of)))
        parts.append(svg.rect(x, 3, full * len(each.reached) / every, 8, filled))
        if each.late and not each.is_over:
            parts.append(svg.upright(round(x + full * len(each.planned) / every, 2), 0, YEARS, of.ink, 2))
    return svg.picture(parts, YEARS, width)


def _blocks(reached: int, planned: int, every: int, each: float, of: Palette, high: int) -> list[str]:
    gap, red = min(0.5, each / 8), of.marks[Assessment.MAJOR_DEVIATION]
    parts = []
    for n in range(every):
        x, wide = svg.INSET + each * n + gap, each - 2 * gap
        if n < reached:
            parts.append(svg.rect(x, 4, wide, high, of.accent))
        elif n < planned:
            parts.append(svg.rect(x, 4, wide, high, svg.mix(red, of.ground, 0.16), red))
            parts.append(svg.within(red, [svg.placed("late", round(x + wide / 2, 2))]))
        else:
            parts.append(svg.rect(x, 4, wide, high, "none", edge(of)))
    return parts


def _whole(reached: int, planned: int, every: int, each: float, of: Palette, high: int) -> list[str]:
    red = of.marks[Assessment.MAJOR_DEVIATION]
    return [
        svg.rect(svg.INSET, 4, each * every, high, "none", edge(of)),
        svg.rect(svg.INSET + each * reached, 4, each * (planned - reached), high, red),
        svg.rect(svg.INSET, 4, each * reached, high, of.accent),
    ]


def _now(at: float, height: int, of: Palette) -> list[str]:
    """A line with air round it, so that it is apart from a block of nearly its own colour."""
    return [svg.upright(at, 0, height, of.ground, 5), svg.upright(at, 0, height, of.ink, 2)]
