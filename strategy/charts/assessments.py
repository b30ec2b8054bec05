"""Assessment over time: a measure to a row, a quarter to a column, the mark that was in force at its end."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from strategy import dates, progress
from strategy.charts.figure import FLAT, HIDDEN, Chart, figure, legend, names
from strategy.i18n import _, plural
from strategy.palette import MIDDLE
from strategy.progress import Shown
from strategy.snapshot import Measure, Report
from strategy.terms import Assessment, Phase

_ROW = 36
_CELL = 16


def assessment_over_time(
    measures: Sequence[Measure], reports: Mapping[str, Sequence[Report]], period: dates.Period, today: date
) -> Chart | None:
    """The mark of each of `measures` at the end of every quarter so far; None where nothing is reported.

    `reports` are all reports on them, oldest first, as `history.reports` gives them. A quarter still running
    is shown as of `today`. At most 25 rows can be read: page longer lists.
    """
    quarters = _so_far(period, today)
    cells = [[_at(reports.get(m.key, ()), _last(quarter, today)) for quarter in quarters] for m in measures]
    if not any(shown.reported for row in cells for shown in row):
        return None
    edges = [quarters[0].start.isoformat(), *(quarter.until.isoformat() for quarter in quarters)]
    titles = [_title(m, row) for m, row in zip(measures, cells, strict=True)]
    drawn = figure(
        [_cells(edges, cells), names(edges[0], titles, above=(_CELL / 2 + 1) / _ROW), *_keys(cells)],
        _ROW * len(measures) + 62,
        margin={"l": 0, "r": 0, "t": 36, "b": 22, "pad": 0},
        showlegend=True,
        legend=legend(),
        xaxis=FLAT | {"type": "date", "range": [edges[0], edges[-1]], "dtick": "M12", "tickformat": "%Y",
                      "tick0": f"{period.start.year}-01-01", "ticklabelmode": "period"},
        yaxis=HIDDEN | {"range": [len(measures) - 0.7, -0.75]},
    )  # fmt: skip
    header = (_("Tiltak"), *map(dates.quarter_label, quarters))
    rows = tuple((f"{m.key} {m.name}", *map(_said, row)) for m, row in zip(measures, cells, strict=True))
    return Chart(drawn, _finding(cells, _last(quarters[-1], today)), (header, rows))


def _so_far(period: dates.Period, today: date) -> list[dates.Period]:
    return [quarter for quarter in dates.quarters(period) if quarter.start <= today]


def _last(quarter: dates.Period, today: date) -> date:
    return min(quarter.until - timedelta(days=1), today)


def _at(reports: Sequence[Report], day: date) -> Shown:
    said = [report for report in reports if report.recorded_on <= day]
    return progress.mark_of(said[-1] if said else None, day)


def _title(measure: Measure, row: list[Shown]) -> str:
    name = f"{measure.key} {measure.name}"
    return name if any(shown.reported for shown in row) else _("{name} – ikke rapportert").format(name=name)


def _cells(edges: list[str], cells: list[list[Shown]]) -> dict[str, Any]:
    order = list(Assessment)
    steps = [[place / len(order), MIDDLE.marks[a]] for n, a in enumerate(order) for place in (n, n + 1)]
    return {
        "type": "heatmap", "x": edges, "zmin": 0, "zmax": len(order), "colorscale": steps, "showscale": False,
        "z": [[order.index(s.assessment) + 0.5 if s.reported else None for s in row] for row in cells],
        "text": [[s.symbol if s.reported else "" for s in row] for row in cells],
        "texttemplate": "%{text}", "textfont": {"color": "#ffffff", "size": 11}, "hoverongaps": False,
        "hovertemplate": "%{x|%q. kv. %Y}: %{text}<extra></extra>", "xgap": 3, "ygap": _ROW - _CELL,
    }  # fmt: skip


def _keys(cells: list[list[Shown]]) -> list[dict[str, Any]]:
    """What the shapes mean, as a legend: traces without points for the marks that are there."""
    there = {shown.assessment for row in cells for shown in row if shown.reported}
    return [
        {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": each.shown_as,
         "marker": {"symbol": each.shape, "color": MIDDLE.marks[each], "size": 10}}
        for each in Assessment if each in there
    ]  # fmt: skip


def _said(shown: Shown) -> str:
    return f"{shown.symbol} {shown.word}" if shown.reported else shown.word


def _finding(cells: list[list[Shown]], day: date) -> str:
    counted = [row for row in cells if row[-1].phase is not Phase.DROPPED]
    form = plural(
        "{green} av {n} tiltak er i rute {day}", "{green} av {n} tiltak er i rute {day}", len(counted)
    )
    said = form.format(green=_green(counted, -1), day=dates.day(day))
    if len(cells[0]) > 1:
        said += _(", mot {was} ved utgangen av kvartalet før").format(was=_green(counted, -2))
    return said + "."


def _green(cells: list[list[Shown]], column: int) -> int:
    return sum(row[column].assessment.is_on_track for row in cells)
