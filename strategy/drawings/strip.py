"""A measure's whole life in a strip, a quarter to a cell: what was is muted, what comes is empty."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from strategy import dates
from strategy.drawings import svg
from strategy.drawings.story import Story
from strategy.palette import Palette
from strategy.terms import Assessment

HEIGHT, AXIS = 27, 17
_FREE = 2 * svg.INSET
_GAP, _YEAR, _CROSS = 0.6, 0.8, 2.2
"""Per cent between two cells, more where a year ends, and at the least between two that are late."""

MUTED, TINT = 0.34, 0.16
"""How strong a past quarter is: one on track, and one with a mark in it, which must be seen on it."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """How far down each part of a story is drawn, in pixels, and how large its signs are.

    `top` and `band` are of the quarters; flags stand on them from `pole`.
    """

    top: float
    band: float
    pole: float
    decided: float
    steps: float
    sign: float = 1

    @property
    def foot(self) -> float:
        return self.top + self.band

    @property
    def middle(self) -> float:
        return self.top + self.band / 2


STRIP = Lanes(top=8, band=11, pole=1, decided=3.5, steps=23.5)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where each quarter of a period begins, and how wide they are, in per cent."""

    quarters: tuple[dates.Period, ...]
    starts: tuple[float, ...]
    wide: float

    def at(self, day: date) -> float:
        """Where a day is; one outside the period stands at its end."""
        if day < self.quarters[0].start:
            return self.starts[0]
        for quarter, start in zip(self.quarters, self.starts, strict=True):
            if day < quarter.until:
                return round(start + self.wide * quarter.share(day), 2)
        return round(self.starts[-1] + self.wide, 2)


@lru_cache(maxsize=64)
def scale(period: dates.Period) -> Scale:
    """The same for all strips of a period, and for the years over them."""
    quarters = tuple(dates.quarters(period))
    ends = [n for n, quarter in enumerate(quarters) if n and quarter.start.month == 1]
    step = (100 - _FREE + _GAP - _YEAR * len(ends)) / len(quarters)
    starts = tuple(
        round(svg.INSET + n * step + _YEAR * sum(end <= n for end in ends), 2) for n in range(len(quarters))
    )
    return Scale(quarters, starts, step - _GAP)


def strip(told: Story, of: Palette, width: int | None = None) -> str:
    """The story in the colours of a theme, or of paper."""
    on = scale(told.period)
    parts = [
        svg.upright(on.at(told.today), 3, STRIP.foot + 4, of.ink, 1.5),
        *cells(told, on, of, STRIP),
        *signs(told, on, of),
        *_deadline(told, on, of),
    ]
    return svg.picture([svg.defining("".join(parts), shapes(on.wide, STRIP))], HEIGHT, width)


def axis(period: dates.Period, today: date, of: Palette, width: int | None = None) -> str:
    """The years over a column of strips, this one strong, and where today is."""
    on = scale(period)
    return svg.picture([named(on, today, of), svg.upright(on.at(today), 13, AXIS, of.ink, 1.5)], AXIS, width)


def named(on: Scale, today: date, of: Palette) -> str:
    """Each year over its first quarter."""
    said = (
        (x, str(quarter.start.year), quarter.start.year == today.year)
        for quarter, x in zip(on.quarters, on.starts, strict=True)
        if quarter.start.month == 1 or quarter is on.quarters[0]
    )
    return svg.names(said, of.ink, of.muted)


@lru_cache(maxsize=64)
def shapes(wide: float, on: Lanes) -> Mapping[str, str]:
    """What is drawn many times: cells, marks, ticks and flags, each at its height."""
    cell = f'y="{on.top:g}" width="{wide:.2f}%" height="{on.band:g}" rx="1.5"'
    frame = f'y="{on.top + 0.5:g}" width="{wide:.2f}%" height="{on.band - 1:g}" rx="1.5" fill="none"'
    r = 3 * on.sign
    return {
        "full": f'<rect {cell} fill="currentColor"/>',
        **dict.fromkeys(("empty", "rim"), f'<rect {frame} stroke="currentColor"/>'),
        **{each.value: svg.at(on.middle, svg.mark(each, r)) for each in Assessment},
        "reached": svg.at(on.steps, _tick(on.sign, 2)),
        "coming": svg.at(on.steps, _tick(on.sign, 1.25)),
        "late": svg.at(on.steps, svg.cross(2.3 * on.sign, 1.6 * on.sign)),
        "left": svg.at(on.steps, svg.cross(1.8 * on.sign, 1)),
        "decided": svg.at(on.decided, svg.solid("diamond", r)),
        "due": _flag(on, 1, 2, "currentColor"),
        "due-back": _flag(on, -1, 2, "currentColor"),
        "was": _flag(on, 1, 1, "none"),
        "was-back": _flag(on, -1, 1, "none"),
    }


def _tick(sign: float, thick: float) -> str:
    high = 2.5 * sign
    return f'<path d="M0 -{high:g}v{2 * high:g}" stroke="currentColor" stroke-width="{thick * sign:g}"/>'


def _flag(on: Lanes, side: int, thick: float, pennant: str) -> str:
    pole = f'<path d="M0 {on.pole:g}V{on.foot + 1:g}" stroke="currentColor" stroke-width="{thick:g}"/>'
    point = f"{7 * side * on.sign:g} {on.pole + 3 * on.sign:g}"
    cloth = f"M0 {on.pole:g}L{point}L0 {on.pole + 6 * on.sign:g}Z"
    return f'{pole}<path d="{cloth}" stroke="currentColor" fill="{pennant}"/>'


def cells(told: Story, on: Scale, of: Palette, lanes: Lanes) -> Iterator[str]:
    """The quarters, those of one colour together, and the marks of what was not on track, and of now.

    What was dropped is struck out.
    """
    boxes: dict[str, list[str]] = {}
    marks: dict[str, list[str]] = {}
    last = told.ends or (None if told.is_overdue else told.due)
    for quarter, x, mark in zip(on.quarters, on.starts, _padded(told.marks, len(on.starts)), strict=True):
        is_now = told.today in quarter
        if told.ends and quarter.start > told.ends:
            break
        if quarter.start > told.today:
            if last is None or quarter.start <= last:
                boxes.setdefault(edge(of), []).append(svg.placed("empty", x))
        elif mark is None:
            boxes.setdefault(svg.mix(of.track, of.ground, 0.75), []).append(svg.placed("full", x))
            boxes.setdefault(svg.mix(of.muted, of.ground, 0.25), []).append(svg.placed("rim", x))
        else:
            tone = of.marks[mark]
            thin = svg.mix(tone, of.ground, MUTED if mark.is_on_track else TINT)
            boxes.setdefault(tone if is_now else thin, []).append(svg.placed("full", x))
            if is_now or not mark.is_on_track:
                sign = svg.placed(mark.value, round(x + on.wide / 2, 2))
                marks.setdefault(of.ground if is_now else tone, []).append(sign)
    yield from (svg.within(colour, same) for found in (boxes, marks) for colour, same in found.items())
    if told.is_dropped and told.ends:
        yield svg.across(on.starts[0], on.at(told.ends), lanes.middle, of.muted, 1)


def _padded(marks: Sequence[Assessment | None], length: int) -> list[Assessment | None]:
    return [*marks, *[None] * (length - len(marks))]


def signs(told: Story, on: Scale, of: Palette) -> Iterator[str]:
    """Each milestone once, and what the board has decided, in the lanes of their shapes."""
    serious = of.marks[Assessment.MAJOR_DEVIATION]
    for name, days, colour in (
        ("coming", told.coming, of.muted),
        ("reached", told.reached, of.ink),
        ("left", told.left, of.muted),
    ):
        yield svg.within(colour, (svg.placed(name, on.at(day)) for day in days))
    yield svg.within(serious, (svg.placed("late", x) for x in _apart(map(on.at, told.late))))
    yield svg.within(of.accent, (svg.placed("decided", on.at(day)) for day in told.decisions))


def _apart(places: Iterable[float]) -> Iterator[float]:
    """Those in the same weeks beside each other, so that they can be counted."""
    last = -_CROSS
    for x in sorted(places):
        last = min(max(x, last + _CROSS), 100 - svg.INSET)
        yield round(last, 2)


def _deadline(told: Story, on: Scale, of: Palette) -> Iterator[str]:
    """The flags, with the way the deadline came."""
    if told.flies and told.moved:
        x = [on.at(day) for day in told.deadlines]
        yield svg.across(min(x), max(x), STRIP.pole, of.muted, 1, "1.5 2")
    yield from flags(told, on, of)


def flags(told: Story, on: Scale, of: Palette) -> Iterator[str]:
    """A flag on the deadline, red when it has passed; empty ones where it was."""
    if not told.flies:
        return
    *before, x = (on.at(day) for day in told.deadlines)
    yield svg.within(of.muted, (svg.placed(_way("was", was), was) for was in before))
    tone = of.marks[Assessment.MAJOR_DEVIATION] if told.is_overdue else of.ink
    yield svg.within(tone, [svg.placed(_way("due", x), x)])


def _way(name: str, x: float) -> str:
    """Near the right edge a flag flies to the left."""
    return f"{name}-back" if x > 96 else name


def edge(of: Palette) -> str:
    """The outline of what is still empty."""
    return svg.mix(of.muted, of.ground, 0.45)
