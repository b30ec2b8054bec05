"""An indicator over time: what was measured, the line it should follow, and where it is heading."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from strategy import dates, indicators
from strategy.charts.figure import ACCENT, CLEAR, FLAT, INK, Chart, figure, shown
from strategy.i18n import _
from strategy.indicators import Forecast
from strategy.palette import MIDDLE
from strategy.snapshot import Indicator
from strategy.terms import Direction, Quality

_HEIGHT = 190
_LABEL = {"size": 12, "color": INK}


def indicator_trend(indicator: Indicator, period: dates.Period, today: date) -> Chart | None:
    """The values with their expected line and forecast; None where no number is measured, or for yes and no.

    A proposal has no line and no forecast: nobody has adopted where it should go.
    """
    measured = indicators.series(indicator, today)
    if not measured or indicator.direction is Direction.YES_NO:
        return None
    last = date.fromordinal(period.until.toordinal() - 1)
    ahead = indicators.forecast(indicator, last, today)
    line = [(day, float(value)) for day, value in indicators.path(indicator, period)]
    traces = [*_fan(indicator, ahead, today), *_line(indicator, line), _values(indicator, today)]
    if running := indicators.so_far(indicator, today):
        traces.append(
            _dots([(running.measured_on, float(running.value or 0))], "circle-open", _("foreløpig"))
        )
    beside = indicators.apart(indicator)
    if beside:
        traces.append(
            _dots([(v.measured_on, float(v.value or 0)) for v in beside], "diamond-open", _("for seg"))
        )
    first = min(
        [measured[0].measured_on, *(v.measured_on for v in beside), period.start, *(day for day, _y in line)]
    )
    drawn = figure(
        traces,
        _HEIGHT,
        margin={"l": 44, "r": 12 + 7 * len(_aim(indicator)), "t": 22, "b": 26, "pad": 4},
        xaxis=FLAT
        | {
            "type": "date",
            "range": [_iso(first, -60), _iso(last, 30)],
            "dtick": "M12",
            "tick0": f"{first.year}-01-01",
            "tickformat": "%Y",
            "ticklabelmode": "period",
        },
        yaxis=FLAT | {"showgrid": True, "gridcolor": MIDDLE.line, "nticks": 4, "tickformat": ",~f"},
    )
    finding = _("{name}: {sentence}").format(
        name=indicator.name, sentence=indicators.sentence(indicator, today, last)
    )
    header = (_("Når"), _("Målt"), _("Ventet"), _("Merknad"))
    return Chart(drawn, finding, (header, tuple(_rows(indicator, today, ahead))))


def _values(indicator: Indicator, today: date) -> dict[str, Any]:
    series = indicators.series(indicator, today)
    points = [(v.measured_on, float(v.value)) for v in series if v.value is not None]
    said = [shown(indicators.said(indicator, v)) for v in series if v.value is not None]
    return {
        **_xy(points),
        "mode": "lines+markers+text",
        "line": {"color": ACCENT, "width": 3},
        "marker": {"size": 8},
        "text": [*[""] * (len(said) - 1), said[-1]],
        "textposition": _side(indicator, points),
        "textfont": _LABEL,
        "cliponaxis": False,
        "hovertext": said,
        "hovertemplate": "%{x|%d.%m.%Y}: %{hovertext}<extra></extra>",
    }


def _side(indicator: Indicator, points: list[tuple[date, float]]) -> str:
    """Where there is room for the newest value: away from its own line and from the expected one."""
    day, value = points[-1]
    wanted = indicators.expected(indicator, day)
    below = wanted is not None and value < wanted
    if len(points) == 1:
        return "bottom center" if below else "top center"
    falls = value < points[-2][1]
    return f"{'bottom' if below else 'top'} {'left' if falls is below else 'right'}"


def _line(indicator: Indicator, line: list[tuple[date, float]]) -> list[dict[str, Any]]:
    """The expected line, with the last target by name where it ends."""
    if not line:
        return []
    said = [*[""] * (len(line) - 1), shown(_aim(indicator))]
    return [
        {
            **_xy(line),
            "mode": "lines+text",
            "text": said,
            "line": {"color": MIDDLE.muted, "width": 2, "dash": "dot"},
            "textposition": "middle right",
            "textfont": _LABEL,
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]


def _aim(indicator: Indicator) -> str:
    aims = indicators.targets(indicator)
    if not aims:
        return ""
    return dates.HARD_SPACE + indicators.aim(indicator, aims[-1])


def _fan(indicator: Indicator, ahead: Forecast | None, today: date) -> Iterator[dict[str, Any]]:
    """Where the newest value is heading: the middle as dashes, the spread as a faint wedge."""
    newest = indicators.series(indicator, today)[-1]
    if ahead is None or newest.value is None:
        return
    start = (newest.measured_on, float(newest.value))
    low, value, high = float(ahead.low), float(ahead.value), float(ahead.high)
    corners = [start, (ahead.end, high), (ahead.end, low), start]
    yield {
        **_xy(corners),
        "mode": "lines",
        "line": {"color": CLEAR},
        "fill": "toself",
        "fillcolor": MIDDLE.track,
        "hoverinfo": "skip",
    }
    yield {
        **_xy([start, (ahead.end, value)]),
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"color": ACCENT, "width": 2, "dash": "dash"},
    }


def _dots(points: list[tuple[date, float]], symbol: str, word: str) -> dict[str, Any]:
    return {
        **_xy(points),
        "mode": "markers",
        "marker": {"symbol": symbol, "size": 9, "color": ACCENT},
        "hovertemplate": f"%{{x|%d.%m.%Y}}: %{{y}} ({word})<extra></extra>",
    }


def _xy(points: list[tuple[date, float]]) -> dict[str, Any]:
    return {"type": "scatter", "x": [day.isoformat() for day, _y in points], "y": [y for _day, y in points]}


def _rows(indicator: Indicator, today: date, ahead: Forecast | None) -> Iterator[tuple[str, ...]]:
    running = indicators.so_far(indicator, today)
    for value in (*indicators.series(indicator, today), *([running] if running else [])):
        wanted = indicators.expected(indicator, value.measured_on)
        is_final = value.quality is Quality.FINAL
        yield (
            dates.period_label(value.period),
            indicators.said(indicator, value),
            "–" if wanted is None else indicators.amount(indicator, round(wanted, 1)),
            value.comment or ("" if is_final else value.quality.label),
        )
    for value in indicators.apart(indicator):
        word = _("Før serien begynner") if value in indicator.history else _("En annen slags periode")
        yield dates.period_label(value.period), indicators.said(indicator, value), "–", word
    for gap in (v for v in indicator.values if v.quality is Quality.NOT_MEASURED):
        yield dates.period_label(gap.period), _("Ikke målt"), "–", gap.comment
    for target in indicators.targets(indicator):
        yield dates.day(target.due), "–", indicators.amount(indicator, target.value), _("Mål")
    if ahead:
        yield dates.day(ahead.end), "–", "–", ahead.sentence


def _iso(day: date, more: int) -> str:
    return date.fromordinal(day.toordinal() + more).isoformat()
