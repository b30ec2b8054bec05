"""Still charts as PNG, for files and pages that cannot run a chart: no browser and no network.

Drawn by vl-convert, which brings its own font and is imported only when a picture is made.
"""

import textwrap
from functools import lru_cache
from itertools import pairwise
from typing import Any, assert_never

from strategy import dates, drawings
from strategy.drawings import Story
from strategy.exports.outline import Bar, Chart, Point, Shares, Trend, Trends
from strategy.palette import LIGHT, PAPER
from strategy.terms import Assessment

WIDTH = 620
"""How wide a picture is, in the units of its own type sizes; it is drawn `SCALE` times as fine."""

SCALE = 2

STRIP, STRIP_SCALE = 200, 3
"""How wide a strip is drawn, and how many times as fine where it is not SVG."""

FONT = "Liberation Sans"
INK, ACCENT, QUIET, HAIRLINE = LIGHT.ink, LIGHT.accent, LIGHT.muted, LIGHT.line

FILL = {each: (each.colours.bar, each.colours.in_bar) for each in Assessment}
"""Ground and text of each mark; told apart in grey too, and the shape stands in every part."""

NORWEGIAN = {
    "decimal": ",",
    "thousands": dates.HARD_SPACE,
    "grouping": [3],
    "currency": ["", dates.HARD_SPACE + "kr"],
    "minus": dates.MINUS,
}
_TITLE_WIDTH, _FINDING_WIDTH = 40, 48
_PANEL = {"width": 258, "height": 104}


@lru_cache(maxsize=32)
def png(chart: Chart) -> bytes:
    """Draw `chart`; the same chart gives the same bytes, the second time at once."""
    import vl_convert

    if isinstance(chart, Bar):
        drawn = drawings.bar(chart.reached, chart.planned, chart.all, PAPER, width=WIDTH)
        return bytes(vl_convert.svg_to_png(drawn, scale=SCALE))
    return bytes(
        vl_convert.vegalite_to_png(
            spec(chart), scale=SCALE, allowed_base_urls=[], format_locale=NORWEGIAN, show_warnings=False
        )
    )


@lru_cache(maxsize=4096)
def strip(story: Story) -> str:
    """A measure's strip as SVG, `STRIP` wide."""
    return drawings.strip(story, PAPER, STRIP)


@lru_cache(maxsize=4096)
def strip_png(story: Story) -> bytes:
    """The same for files that cannot hold SVG, `STRIP_SCALE` times as fine."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(strip(story), scale=STRIP_SCALE))


def spec(chart: Trends | Shares) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with its numbers in it."""
    match chart:
        case Trends():
            drawn = {
                "columns": 2,
                "spacing": {"row": 12, "column": 30},
                "concat": [_trend(trend, chart) for trend in chart.trends],
            }
        case Shares():
            drawn = _shares(chart)
        case _:
            assert_never(chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "#ffffff",
        "padding": 2,
        "config": _CONFIG,
        **drawn,
    }


_CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "group",
        "fontSize": 12,
        "fontWeight": "bold",
        "color": INK,
        "offset": 8,
        "subtitleFontSize": 11,
        "subtitleColor": QUIET,
        "subtitlePadding": 4,
    },
    "axis": {
        "labelFontSize": 10.5,
        "labelColor": QUIET,
        "domainColor": HAIRLINE,
        "gridColor": HAIRLINE,
        "tickColor": HAIRLINE,
        "title": None,
    },
    "text": {"fontSize": 11.5},
}


def _trend(trend: Trend, chart: Trends) -> dict[str, Any]:
    title = textwrap.wrap(trend.title, _TITLE_WIDTH) or [""]
    padded = [*[""] * (2 - len(title)), *title]  # so that charts side by side begin at the same height
    return {
        **_PANEL,
        "title": {"text": padded, "subtitle": _lines(trend.finding, _FINDING_WIDTH)},
        "layer": [*_expected(trend, chart), *_measured(trend, chart)],
    }


def _lines(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width)]


def _expected(trend: Trend, chart: Trends) -> list[dict[str, Any]]:
    if not trend.expected:
        return []
    data = {"values": _rows(trend.expected)}
    place = _place(trend, chart)
    line = {
        "type": "line",
        "color": QUIET,
        "strokeDash": [4, 3],
        "strokeWidth": 1.4,
        "interpolate": "step-before" if trend.steps else "linear",
    }
    end = {"values": _rows(trend.expected[-1:], trend.aim)}
    return [
        {"data": data, "mark": line, "encoding": place},
        {"data": end, "mark": _label(QUIET, above=not _ends_higher(trend)), "encoding": {**place, **_TEXT}},
    ]


def _measured(trend: Trend, chart: Trends) -> list[dict[str, Any]]:
    if not trend.values:
        return []
    data = {"values": _rows(trend.values)}
    place = _place(trend, chart)
    end = {"values": _rows(trend.values[-1:], trend.latest)}
    above = _latest_above(trend)
    label = {**_label(ACCENT, above=above), **_beside(trend, above=above)}
    return [
        {"data": data, "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.4}, "encoding": place},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "color": ACCENT, "size": 34, "opacity": 1},
            "encoding": place,
        },
        {"data": end, "mark": {**label, "fontWeight": "bold"}, "encoding": {**place, **_TEXT}},
    ]


def _place(trend: Trend, chart: Trends) -> dict[str, Any]:
    """Both axes: each year's name in the middle of its year, and no more than whole numbers need."""
    years = range(chart.first, chart.last + 1)
    numbers = [point.value for point in (*trend.values, *trend.expected)]
    whole = {"tickMinStep": 1} if all(number == int(number) for number in numbers) else {}
    ends = [_floor(trend, numbers), max(numbers) + _span(numbers) * 0.18]
    return {
        "x": {
            "field": "x",
            "type": "quantitative",
            "scale": {"domain": [chart.first, chart.last + 1], "nice": False, "zero": False},
            "axis": {
                "values": [year + 0.5 for year in years],
                "labelExpr": "'' + floor(datum.value)",
                "grid": False,
                "ticks": False,
                "labelPadding": 5,
            },
        },
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": ends, "nice": False, "zero": False},
            "axis": {"tickCount": 4, "format": ",~f", "labelPadding": 6, **_BARE, **whole},
        },
    }


def _floor(trend: Trend, numbers: list[float]) -> float:
    """Where the axis begins: at zero where that is near, and lower where a label hangs below the line."""
    least, span = min(numbers), _span(numbers)
    if any(value < least + span * 0.2 for value in _labelled_below(trend)):
        return least - span * 0.4
    return 0 if 0 <= least < span * 0.18 else least - span * 0.18


def _span(numbers: list[float]) -> float:
    return max(numbers) - min(numbers) or abs(numbers[0]) * 0.5 or 5


def _labelled_below(trend: Trend) -> list[float]:
    """The ends that have their label below them."""
    ends = ((trend.expected[-1:], not _ends_higher(trend)), (trend.values[-1:], _latest_above(trend)))
    return [point.value for points, above in ends for point in points if not above]


_BARE = {"domain": False, "ticks": False}
_TEXT: dict[str, Any] = {"text": {"field": "label"}}


def _label(colour: str, *, above: bool) -> dict[str, Any]:
    return {
        "type": "text",
        "color": colour,
        "align": "right",
        "dx": 4,
        "dy": -9 if above else 10,
        "baseline": "bottom" if above else "top",
        "clip": False,
    }


def _latest_above(trend: Trend) -> bool:
    """Whether the newest number has its label above it: on the side where the dashed line is not."""
    if not trend.values or not trend.expected:
        return bool(trend.values) and _rises(trend)
    last, aim = trend.values[-1], trend.expected[-1]
    if _years(aim) - _years(last) < 1:
        return _ends_higher(trend)
    return last.value >= _expected_at(trend, last)


def _expected_at(trend: Trend, point: Point) -> float:
    """What was expected on the day of a point."""
    first, *_more = trend.expected
    for before, after in pairwise(trend.expected):
        if before.day <= point.day <= after.day and before.day < after.day:
            gone = (_years(point) - _years(before)) / (_years(after) - _years(before))
            return after.value if trend.steps else before.value + gone * (after.value - before.value)
    return first.value if point.day < first.day else trend.expected[-1].value


def _beside(trend: Trend, *, above: bool) -> dict[str, Any]:
    """Below a line that rises, the label stands to the right of it."""
    return {} if above or not _rises(trend) else {"align": "left", "dx": 2}


def _ends_higher(trend: Trend) -> bool:
    """Whether what is measured ends above the line where it does, so that the two labels keep apart."""
    if not trend.values or not trend.expected:
        return False
    return trend.values[-1].value > trend.expected[-1].value


def _rises(trend: Trend) -> bool:
    """Whether the last step goes up, so that there is room above its end."""
    return trend.values[-1].value >= trend.values[-2:][0].value


def _rows(points: tuple[Point, ...], label: str = "") -> list[dict[str, Any]]:
    return [{"x": _years(point), "y": point.value, "label": label} for point in points]


def _years(point: Point) -> float:
    """The end of the day as a number of years: free of time zones, which a browser's dates are not."""
    year = dates.year(point.day.year)
    return point.day.year + year.elapsed(point.day)


def _shares(chart: Shares) -> dict[str, Any]:
    """A bar for each row, its name above it."""
    rows = [{"row": number, "name": name} for number, (name, _counts) in enumerate(chart.rows)]
    parts = [
        {"row": row, "order": order, "count": count, "mark": mark.value, "label": f"{mark.mark} {count}"}
        for row, (_name, counts) in enumerate(chart.rows)
        for order, (mark, count) in enumerate(counts)
        if count
    ]
    band = {"paddingInner": 0.54, "paddingOuter": 0.3}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": band}
    x = {"field": "count", "type": "quantitative", "stack": "zero", "axis": None}
    place = {"y": y, "x": x, "order": {"field": "order"}}
    label = {"type": "text", "fontSize": 13}
    name = {"type": "text", "fontSize": 12.5, "align": "left", "dy": -21, "color": INK}
    return {
        "width": WIDTH - 10,
        "height": {"step": 54},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {
                "data": {"values": parts},
                "layer": [
                    {
                        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 2},
                        "encoding": {**place, "color": _coloured(0)},
                    },
                    {
                        "mark": label,
                        "encoding": {
                            **place,
                            "x": {**x, "bandPosition": 0.5},
                            "color": _coloured(1),
                            **_TEXT,
                        },
                    },
                ],
                "resolve": {"scale": {"color": "independent"}},
            },
            {
                "data": {"values": rows},
                "mark": name,
                "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "name"}},
            },
        ],
    }


def _coloured(which: int) -> dict[str, Any]:
    """The ground (0) or the text (1) of each mark."""
    scale = {"domain": list(FILL), "range": [pair[which] for pair in FILL.values()]}
    return {"field": "mark", "type": "nominal", "scale": scale, "legend": None}
