"""An indicator on the period's own line of time: what was measured, where it should be, and where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from strategy import dates, indicators
from strategy.drawings import svg
from strategy.palette import Palette
from strategy.snapshot import Indicator
from strategy.terms import Direction

HEIGHT = 64
_FOOT = HEIGHT - 4
_TOP, _ROOM = 7, HEIGHT - 20

SHADE = 0.12
"""How strong the good side is: no status colour, and quiet enough for lines to be seen on it."""

_Points = list[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From days and numbers to places in the picture."""

    period: dates.Period
    low: float
    high: float

    def x(self, day: date) -> float:
        """In per cent; what is from before the period stands at its beginning."""
        return round(5.5 + 89 * self.period.share(day), 2)

    def y(self, value: float) -> float:
        return round(_TOP + _ROOM * (1 - (value - self.low) / (self.high - self.low)), 2)

    def within(self, value: float) -> float:
        """The same, kept over the foot and under the top."""
        return min(_FOOT, max(_TOP - 4, self.y(value)))


def has_trend(indicator: Indicator, today: date) -> bool:
    """Whether there are numbers to draw; a yes or a no is told in words."""
    return indicator.direction is not Direction.YES_NO and bool(indicators.series(indicator, today))


def trend(
    indicator: Indicator, period: dates.Period, today: date, of: Palette, width: int | None = None
) -> str:
    """The values as a line to the newest one's mark; dotted the line it should follow, to its target.

    Shaded is the side of it where it is good to be; in the colour of its mark how far it is from there.
    """
    values = [
        (v.measured_on, float(v.value)) for v in indicators.series(indicator, today) if v.value is not None
    ]
    aims = [(day, float(value)) for day, value in indicators.path(indicator, period)]
    near = _near(indicator, today)
    frame = _frame(period, [*values, *((day, value + each) for day, value in aims for each in (-near, near))])
    found, (day, value) = indicators.mark(indicator, today), values[-1]
    parts = [
        *_good(indicator.direction, frame, aims, near, of),
        svg.across(0, 100, _FOOT, of.line, 1),
        *(_year(frame, number, of) for number in range(period.start.year, period.until.year + 1)),
        svg.upright(frame.x(today), 3, _FOOT, edge_of_now(of), 1),
        *_target(frame, aims, of),
        *_measured(frame, values, of),
        *_missing(indicator, frame, day, value, of.marks[found] if found.is_deviation else ""),
    ]
    place = f'x="{frame.x(day):g}%" y="{frame.y(value):g}" overflow="visible"'
    parts.append(svg.within(of.marks[found], [f"<svg {place}>{_halo(of)}{svg.mark(found, 5)}</svg>"]))
    return svg.picture(parts, HEIGHT, width)


def edge_of_now(of: Palette) -> str:
    """The line of today, quieter than what is measured."""
    return svg.mix(of.ink, of.ground, 0.5)


def _frame(period: dates.Period, points: Sequence[tuple[date, float]]) -> _Frame:
    numbers = [value for _day, value in points]
    low, high = min(numbers), max(numbers)
    room = (high - low) or max(1.0, abs(high) * 0.2)
    return _Frame(period, low - room * 0.1, high + room * 0.1)


def _near(indicator: Indicator, today: date) -> float:
    """How far from a level that is to be held it is still good to be."""
    level = indicators.expected(indicator, today) if indicator.direction is Direction.HOLD else None
    return 0.0 if level is None else float(indicators.band(indicator, level))


def _good(way: Direction, frame: _Frame, aims: _Points, near: float, of: Palette) -> Iterator[str]:
    """The side of the line, or the band round a level, where it is good to be."""
    tone = svg.mix(of.accent, of.ground, SHADE)
    if way is Direction.HOLD and aims:
        sides = ([(day, value + each) for day, value in aims] for each in (near, -near))
        over, under = ([(frame.x(day), frame.y(value)) for day, value in side] for side in sides)
        yield svg.area([*over, *reversed(under)], HEIGHT, tone)
    elif aims and way in (Direction.UP, Direction.DOWN):
        edge = [(frame.x(day), frame.y(value)) for day, value in aims]
        begins = edge[0][0] if len(edge) > 1 else frame.x(frame.period.start)
        ends = frame.x(frame.period.until)
        far = float(_TOP - 4 if way is Direction.UP else _FOOT)
        corners = [(begins, far), (begins, edge[0][1]), *edge, (ends, edge[-1][1]), (ends, far)]
        yield svg.area(corners, HEIGHT, tone)


def _missing(indicator: Indicator, frame: _Frame, day: date, value: float, tone: str) -> Iterator[str]:
    """From a deviating value to where it should be."""
    wanted = indicators.expected(indicator, day)
    if tone and wanted is not None:
        top, foot = sorted((frame.y(value), frame.within(float(wanted))))
        yield svg.upright(frame.x(day), top, foot, tone, 2.5)


def _year(frame: _Frame, number: int, of: Palette) -> str:
    return svg.upright(frame.x(date(number, 1, 1)), _FOOT - 3, _FOOT, of.line, 1)


def _target(frame: _Frame, aims: _Points, of: Palette) -> list[str]:
    if not aims:
        return []
    day, value = aims[-1]
    ring = (
        f'<circle cx="{frame.x(day):g}%" cy="{frame.y(value):g}" r="3.4" fill="{of.ground}" '
        f'stroke="{of.muted}" stroke-width="1.5"/>'
    )
    return [_line(frame, aims, of.muted, 1.25, "3 3"), ring]


def _measured(frame: _Frame, values: _Points, of: Palette) -> list[str]:
    dots = "".join(f'<circle cx="{frame.x(d):g}%" cy="{frame.y(v):g}" r="2"/>' for d, v in values[:-1])
    return [_line(frame, values, of.accent, 2), f'<g fill="{of.accent}">{dots}</g>']


def _halo(of: Palette) -> str:
    return f'<circle r="6.5" fill="{of.ground}"/>'


def _line(frame: _Frame, points: _Points, tone: str, thick: float, dash: str = "") -> str:
    return svg.line(((frame.x(day), frame.y(value)) for day, value in points), HEIGHT, tone, thick, dash)
