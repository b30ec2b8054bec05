"""An indicator on the period's own line of time: what was measured, where it should be, and where it is."""

from collections.abc import Sequence
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


def has_trend(indicator: Indicator, today: date) -> bool:
    """Whether there are numbers to draw; a yes or a no is told in words."""
    return indicator.direction is not Direction.YES_NO and bool(indicators.series(indicator, today))


def trend(
    indicator: Indicator, period: dates.Period, today: date, of: Palette, width: int | None = None
) -> str:
    """The values as a line to the newest one's mark; dotted the line it should follow, to its target."""
    values = [
        (v.measured_on, float(v.value)) for v in indicators.series(indicator, today) if v.value is not None
    ]
    aims = [(day, float(value)) for day, value in indicators.path(indicator, period)]
    frame = _frame(period, [*values, *aims])
    parts = [
        svg.across(0, 100, _FOOT, of.line, 1),
        *(_year(frame, number, of) for number in range(period.start.year, period.until.year + 1)),
        svg.upright(frame.x(today), 3, _FOOT, edge_of_now(of), 1),
        *_target(frame, aims, of),
        *_measured(frame, values, of),
    ]
    found = indicators.mark(indicator, today)
    day, value = values[-1]
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
    """A line through points in per cent and pixels: stretched with its column, its weight not."""
    path = " ".join(f"{frame.x(day):g},{frame.y(value):g}" for day, value in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<svg width="100%" height="{HEIGHT}" viewBox="0 0 100 {HEIGHT}" preserveAspectRatio="none">'
        f'<polyline points="{path}" fill="none" stroke="{tone}" stroke-width="{thick:g}"{dashed} '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
    )
