"""Days on a line: the milestones of an action plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from strategy import dates, progress
from strategy.charts.figure import FLAT, HIDDEN, INK, Chart, figure, names, shown
from strategy.i18n import _
from strategy.palette import MIDDLE
from strategy.snapshot import Measure, Milestone
from strategy.terms import Assessment

_ROW = 44
_ABOVE = 7 / _ROW


def action_plan(measures: Sequence[Measure], year: int, today: date) -> Chart | None:
    """The milestones of a year's action plan, a line for each measure; None where there are none."""
    rows = [(m, steps) for m in measures if (steps := [s for s in m.milestones if s.year == year])]
    if not rows:
        return None
    traces = [
        *(_steps(steps, n, today) for n, (_measure, steps) in enumerate(rows)),
        names(f"{year}-01-01", [f"{m.key} {m.name}" for m, _steps in rows], above=_ABOVE),
    ]
    header = (_("Tiltak"), _("Milepæl"), _("Frist"), _("Status"))
    table = tuple((m.key, s.title, dates.day(s.due), _reached(s, today)) for m, steps in rows for s in steps)
    finding = progress.of_year(measures, year, today).sentence
    return Chart(_drawn(traces, len(rows), year, today), finding, (header, table))


def _drawn(traces: list[dict[str, Any]], count: int, year: int, today: date) -> Any:
    return figure(
        traces,
        _ROW * count + 40,
        margin={"l": 6, "r": 10, "t": 14, "b": 24, "pad": 0},
        xaxis=FLAT
        | {
            "type": "date",
            "range": [f"{year - 1}-12-28", f"{year + 1}-01-03"],
            "dtick": "M1",
            "tick0": f"{year}-01-01",
            "tickformat": "%b",
            "ticklabelmode": "period",
            "tickfont": {"color": INK, "size": 11},
            "showgrid": True,
            "gridcolor": MIDDLE.line,
        },
        yaxis=HIDDEN | {"range": [count - 0.6, -0.75]},
        **_now(year, today),
    )


def _now(year: int, today: date) -> dict[str, Any]:
    """A line where today is, and its word."""
    if today.year != year:
        return {}
    at = today.isoformat()
    late = today.month > 6
    line = {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": INK, "width": 2},
    }
    word = {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": _("i dag"),
        "showarrow": False,
        "xanchor": "right" if late else "left",
        "font": {"size": 12},
    }
    return {"shapes": [line], "annotations": [word]}


def _steps(steps: list[Milestone], row: int, today: date) -> dict[str, Any]:
    """Reached filled, the others open; `!` stands over what is late."""
    done = [progress.is_done(step, today) for step in steps]
    late = [not reached and step.due < today for step, reached in zip(steps, done, strict=True)]
    colours = [MIDDLE.marks[Assessment.MAJOR_DEVIATION] if over else MIDDLE.accent for over in late]
    symbols = ["circle" if reached else "circle-open" for reached in done]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [step.due.isoformat() for step in steps],
        "y": [row + 0.22] * len(steps),
        "text": ["<b>!</b>" if over else "" for over in late],
        "textposition": "middle right",
        "textfont": {"color": INK, "size": 13},
        "cliponaxis": False,
        "marker": {"symbol": symbols, "size": 11, "color": colours, "line": {"width": 2, "color": colours}},
        "hovertext": [shown(f"{dates.day(s.due)} · {s.title} · {_reached(s, today)}") for s in steps],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _reached(step: Milestone, today: date) -> str:
    if progress.is_done(step, today) and step.done_on:
        return _("nådd {day}").format(day=dates.day(step.done_on))
    return _("over frist") if step.due < today else _("ikke nådd")
