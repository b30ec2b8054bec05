"""What has moved since last: marks on the steps from best to worst, and a deadline to a new day."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from strategy.drawings import svg
from strategy.drawings.lifeline import arc
from strategy.drawings.story import Story
from strategy.drawings.strip import Lanes, Scale, edge, flags, scale, shapes
from strategy.palette import Palette
from strategy.terms import Assessment

COLUMN = 34
"""Pixels for each measure of a ladder; in a narrow column there is room for half of it."""

MOST = 40
"""So many measures stand on a ladder."""

SLIP = 28
_LANES = Lanes(top=17, band=8, pole=12, decided=0, steps=0, sign=1.2)
_PEAK, _STEP, _APART, _EDGE = 2, 21, 6, 9
_MARK, _GHOST, _TIP = 6.5, 4.5, 3.5

THIN = 0.55
"""How strong a mark is where it was."""


def ladder(steps: Sequence[tuple[Assessment, Assessment]], of: Palette, width: int | None = None) -> str:
    """A column for each measure: where its mark was, thin, an arrow, and where it is, in full."""
    each = 100 / max(1, len(steps))
    ground = [svg.across(0, 100, _level(level), of.line, 1) for level in Assessment]
    drawn: dict[str, list[str]] = {}
    for n, (before, after) in enumerate(steps):
        x = round(each * (n + 0.5), 2)
        if before is not after:
            drawn.setdefault(svg.mix(of.marks[before], of.ground, THIN), []).append(
                svg.placed(f"was-{before.value}", x)
            )
            tone = of.marks[after] if before.is_judged and after.is_judged else of.muted
            drawn.setdefault(tone, []).append(svg.placed(_way(before, after), x))
        drawn.setdefault(of.marks[after], []).append(svg.placed(f"is-{after.value}", x))
    body = "".join(svg.within(colour, same) for colour, same in drawn.items())
    return svg.picture([*ground, svg.defining(body, _SHAPES)], ladder_height(), width)


def ladder_height() -> int:
    """In pixels: a step for each assessment, the last of them apart."""
    return _level(list(Assessment)[-1]) + _EDGE


def slip(told: Story, since: date, of: Palette, width: int | None = None) -> str:
    """A deadline on its way: strong is how it was moved from the day it was `since` last, thin before."""
    on, days = scale(told.period), told.deadlines
    new = max((n for n, day in enumerate(days[:-1]) if day == since), default=0)
    parts = [
        *_ground(on, told.today, of),
        *(_hop(on.at(was), on.at(now), of, is_new=n >= new) for n, (was, now) in enumerate(pairwise(days))),
        *flags(told, on, of),
    ]
    return svg.picture([svg.defining("".join(parts), shapes(on.wide, _LANES))], SLIP, width)


def _level(assessment: Assessment) -> int:
    """How far down a mark stands: from the best to the worst, and lower what is not judged."""
    return _EDGE + _STEP * list(Assessment).index(assessment) + (0 if assessment.is_judged else _APART)


def _way(before: Assessment, after: Assessment) -> str:
    return f"from-{before.value}-to-{after.value}"


def _arrow(before: Assessment, after: Assessment) -> str:
    """From one mark to another, clear of both."""
    down = 1 if _level(after) > _level(before) else -1
    start, end = _level(before) + (_GHOST + 1.5) * down, _level(after) - (_MARK + 1.5) * down
    tip = f"M-{_TIP:g} {end - _TIP * down:g}L0 {end:g}L{_TIP:g} {end - _TIP * down:g}"
    return f'<path d="M0 {start:g}V{end:g}{tip}" fill="none" stroke="currentColor" stroke-width="2"/>'


_SHAPES = {
    **{f"was-{each.value}": svg.at(_level(each), svg.mark(each, _GHOST)) for each in Assessment},
    **{f"is-{each.value}": svg.at(_level(each), svg.mark(each, _MARK)) for each in Assessment},
    **{_way(a, b): _arrow(a, b) for a in Assessment for b in Assessment if a is not b},
}


def _ground(on: Scale, today: date, of: Palette) -> Iterator[str]:
    """The line of time, where each year begins, and today."""
    yield svg.across(svg.INSET, 100 - svg.INSET, _LANES.foot + 1, of.line, 1)
    for quarter, x in zip(on.quarters, on.starts, strict=True):
        if quarter.start.month == 1 and x > svg.INSET:
            yield svg.upright(round(x - 0.7, 2), 0, SLIP, of.line, 1)
    yield svg.upright(on.at(today), 0, SLIP, of.ink, 1.5)


def _hop(start: float, end: float, of: Palette, *, is_new: bool) -> str:
    tone, thick = (of.ink, 2.5) if is_new else (edge(of), 1.5)
    return svg.line(arc(start, end, _LANES.pole, _PEAK), SLIP, tone, thick)
