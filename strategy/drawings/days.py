"""The days of a month in a row: what is on them, and which are gone."""

from collections.abc import Collection
from datetime import date, timedelta

from strategy.dates import Period
from strategy.drawings import svg
from strategy.drawings.strip import edge
from strategy.palette import Palette
from strategy.terms import Assessment

HEIGHT = 16
_EACH = (100 - 2 * svg.INSET) / 31


def month(
    shown: Period,
    named: Collection[date],
    meetings: Collection[date],
    today: date,
    of: Palette,
    width: int | None = None,
    *,
    late: Collection[date] = (),
) -> str:
    """A cell for each day of `shown`, filled where something is named, tall where the board meets.

    Where something is `late`, it is crossed out in red.
    """
    red, parts, crosses = of.marks[Assessment.MAJOR_DEVIATION], list[str](), list[str]()
    for n in range((shown.until - shown.start).days):
        day = shown.start + timedelta(days=n)
        x, wide = svg.INSET + _EACH * n + 0.25, _EACH - 0.5
        if day in late:
            crosses.append(svg.placed("late", round(x + wide / 2, 2)))
        elif day in meetings:
            parts.append(svg.rect(x, 0, wide, HEIGHT, of.accent))
        elif day in named:
            parts.append(svg.rect(x, 4, wide, HEIGHT - 8, of.muted))
        elif day >= today:
            parts.append(svg.rect(x, 4, wide, HEIGHT - 8, "none", edge(of)))
        else:
            parts.append(svg.rect(x, 4, wide, HEIGHT - 8, svg.mix(of.track, of.ground, 0.6)))
    drawn = svg.defining(svg.within(red, crosses), {"late": svg.at(HEIGHT / 2, svg.cross(2, 1.8))})
    return svg.picture([*parts, drawn], HEIGHT, width)
