"""A measure's milestones of one year, on a line of its twelve months."""

from collections.abc import Iterator
from datetime import date

from strategy import dates
from strategy.drawings import svg
from strategy.drawings.strip import edge
from strategy.palette import Palette
from strategy.progress import Progress
from strategy.terms import Assessment

HEIGHT, AXIS = 20, 17
_EACH = (100 - 2 * svg.INSET) / 12
_TOP, _HIGH = 6, 8


def plan(found: Progress, today: date, of: Palette, width: int | None = None) -> str:
    """Each on its own day: reached is a heavy stroke, late a red cross, what comes a thin one; and today."""
    days = {
        "reached": (of.ink, (*found.reached, *found.later)),
        "coming": (of.muted, found.coming),
        "left": (of.muted, found.let_go),
        "late": (of.marks[Assessment.MAJOR_DEVIATION], found.late),
    }
    year = dates.year(found.year)
    signs = [
        svg.within(tone, (svg.placed(name, _at(year, step.due)) for step in steps))
        for name, (tone, steps) in days.items()
    ]
    parts = [*_months(year, today, of), svg.defining("".join(signs), _SIGNS), *_now(year, today, of)]
    return svg.picture(parts, HEIGHT, width)


def months(number: int, today: date, of: Palette, width: int | None = None) -> str:
    """The months over a column of plans, this one strong."""
    year, this = dates.year(number), (today.year, today.month)
    said = (
        (round(svg.INSET + n * _EACH, 2), dates.month(n + 1)[:3], this == (number, n + 1)) for n in range(12)
    )
    named = svg.names(said, of.ink, of.muted)
    return svg.picture([named, *_now(year, today, of, top=13, foot=AXIS)], AXIS, width)


_SIGNS = {
    "reached": svg.at(HEIGHT / 2, '<path d="M0 -7v14" stroke="currentColor" stroke-width="3"/>'),
    "coming": svg.at(HEIGHT / 2, '<path d="M0 -5v10" stroke="currentColor" stroke-width="2"/>'),
    "left": svg.at(HEIGHT / 2, svg.cross(2.5, 1)),
    "late": svg.at(HEIGHT / 2, svg.cross(3.5, 2.2)),
}


def _at(year: dates.Period, day: date) -> float:
    """Where a day is; one outside the year stands at its end."""
    return round(svg.INSET + (100 - 2 * svg.INSET) * year.share(day), 2)


def _months(year: dates.Period, today: date, of: Palette) -> Iterator[str]:
    """A cell for each month: filled where it is gone, open where it comes."""
    for n in range(12):
        is_gone = date(year.start.year, n + 1, 1) <= today
        fill, rim = (svg.mix(of.track, of.ground, 0.75), "") if is_gone else ("none", edge(of))
        yield svg.rect(svg.INSET + n * _EACH + 0.2, _TOP, _EACH - 0.4, _HIGH, fill, rim)


def _now(year: dates.Period, today: date, of: Palette, *, top: float = 0, foot: float = HEIGHT) -> list[str]:
    if today not in year:
        return []
    return [svg.upright(_at(year, today), top, foot, of.ink, 1.5)]
