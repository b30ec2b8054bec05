"""What the figures say, in three ways that must agree: the drawing, the sentence and the table."""

import importlib.util
import json
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import plotly.io as pio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy import charts, dates
from strategy.charts import Chart
from strategy.charts import figure as common
from strategy.snapshot import Indicator
from strategy.terms import Direction, Quality
from tests.plans import (
    END,
    START,
    TODAY,
    a_target,
    a_value,
    an_indicator,
)

PERIOD = dates.Period(START, END + timedelta(days=1))
THREE_KB = 3072


def drawn(chart: Chart | None) -> dict[str, Any]:
    """The figure as it is sent to the browser."""
    assert chart is not None
    found: dict[str, Any] = json.loads(chart.figure.to_json())
    return found


def traces(chart: Chart | None, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in drawn(chart)["data"] if trace["type"] == kind]


def shown(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


def measured(**more: Any) -> Indicator:
    """Three values on their way from 8 to 20."""
    usual: dict[str, Any] = {"targets": [(END, 20)], "baseline": 8}
    usual["values"] = [("2023", 8), ("2024", 10), ("2025", 12)]
    return an_indicator(**usual | more)


# --- an indicator over time


def test_the_trend_says_the_newest_value_the_target_and_the_forecast():
    chart = shown(charts.indicator_trend(measured(), PERIOD, TODAY))
    assert chart.alt.startswith("Medlemmer: Sist målt 12")
    assert "målet er 20 i 2028" in chart.alt
    assert "31.12.2028: 18" in chart.alt


def test_the_trend_draws_what_its_table_says():
    chart = charts.indicator_trend(measured(), PERIOD, TODAY)
    line = next(trace for trace in traces(chart, "scatter") if trace["mode"] == "lines+markers+text")
    assert line["y"] == [8, 10, 12]
    assert line["x"] == ["2023-12-31", "2024-12-31", "2025-12-31"]
    assert line["text"] == ["", "", "12"]
    rows = shown(chart).table[1]
    assert [row[1] for row in rows] == ["8", "10", "12", "–", "–"]
    assert [row[2] for row in rows[:3]] == ["–", "10,4", "12,8"]
    assert rows[3] == ("31.12.2028", "–", "20", "Mål")


def test_the_expected_line_goes_from_the_baseline_to_the_target():
    chart = charts.indicator_trend(measured(), PERIOD, TODAY)
    dotted = next(trace for trace in traces(chart, "scatter") if trace["line"].get("dash") == "dot")
    assert (dotted["y"][0], dotted["y"][-1]) == (8, 20)
    assert dotted["text"][-1].strip() == "mål 2028: 20"


@pytest.mark.parametrize(
    ("last", "aim", "side"),
    [(12, 9, "top left"), (12, 40, "bottom right"), (7, 5, "top right"), (7, 40, "bottom left")],
)
def test_the_newest_value_stands_clear_of_both_lines(last: int, aim: int, side: str):
    values = [("2024", 10), ("2025", last)]
    chart = charts.indicator_trend(measured(values=values, targets=[(END, aim)], baseline=aim), PERIOD, TODAY)
    line = next(trace for trace in traces(chart, "scatter") if trace["mode"] == "lines+markers+text")
    assert line["textposition"] == side


def test_a_proposal_has_no_line_no_forecast_and_says_what_it_is():
    chart = shown(charts.indicator_trend(measured(proposal=True), PERIOD, TODAY))
    assert "Forslag, ikke vedtatt." in chart.alt
    assert len(drawn(chart)["data"]) == 1
    assert [row[2] for row in chart.table[1]] == ["–"] * 3


def test_an_example_target_is_not_drawn():
    chart = charts.indicator_trend(measured(targets=[a_target(END, 987654, example=True)]), PERIOD, TODAY)
    assert "987654" not in json.dumps(drawn(chart)) + shown(chart).alt


def test_a_held_level_goes_straight_through_the_period():
    held = measured(direction=Direction.HOLD, targets=[], baseline=10)
    dotted = [
        t
        for t in traces(charts.indicator_trend(held, PERIOD, TODAY), "scatter")
        if t["line"].get("dash") == "dot"
    ]
    assert [trace["y"] for trace in dotted] == [[10, 10]]


def test_a_preliminary_value_is_an_open_ring_and_marked_in_the_table():
    values = [a_value("2025", 12), a_value("2026", 7, quality=Quality.PRELIMINARY)]
    chart = charts.indicator_trend(measured(values=values), PERIOD, TODAY)
    ring = next(trace for trace in traces(chart, "scatter") if trace["mode"] == "markers")
    assert (ring["y"], ring["marker"]["symbol"]) == ([7], "circle-open")
    assert ("2026", "7", "15,2", "Foreløpig") in shown(chart).table[1]


@pytest.mark.parametrize(
    "indicator",
    [
        an_indicator(),
        an_indicator(targets=[(END, 20)], baseline=8),
        an_indicator(values=[a_value("2025", text="Bedre")]),
        an_indicator(values=[("2025", 1)], direction=Direction.YES_NO),
        an_indicator(values=[("2027", 1)]),
    ],
)
def test_no_measured_number_has_no_trend(indicator: Indicator):
    assert charts.indicator_trend(indicator, PERIOD, TODAY) is None


@given(
    st.lists(st.decimals(-1000, 1000, places=1), min_size=1, max_size=6),
    st.sampled_from(Direction), st.none() | st.decimals(-1000, 1000, places=1), st.booleans(),
)  # fmt: skip
def test_any_series_can_be_drawn(
    numbers: list[Decimal], direction: Direction, aim: Decimal | None, proposal: bool
):
    values = [(str(2025 - n), number) for n, number in enumerate(numbers)]
    targets = [] if aim is None else [(END, aim)]
    indicator = an_indicator(
        values=values, targets=targets, direction=direction, proposal=proposal, baseline=1
    )
    chart = charts.indicator_trend(indicator, PERIOD, TODAY)
    assert (chart is None) is (direction is Direction.YES_NO)
    assert chart is None or len(chart.figure.to_json()) < THREE_KB


# --- every figure


def every_chart() -> list[Chart]:
    return [
        shown(charts.indicator_trend(measured(), PERIOD, TODAY)),
    ]


def texts(node: Any) -> list[str]:
    """Every text in a figure."""
    if isinstance(node, str):
        return [node]
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [text for each in inner for text in texts(each)]


def test_what_a_user_has_written_is_shown_and_never_a_link():
    link = "<a href='https://evil.example'>x & y</a>"
    drawings = [
        charts.indicator_trend(measured(unit=link), PERIOD, TODAY),
    ]
    for chart in drawings:
        found = texts(drawn(chart))
        assert not [text for text in found if "<a" in text or "x & y" in text]
        assert [text for text in found if "&lt;a href='https://evil.example'&gt;x &amp; y&lt;/a&gt;" in text]


def test_a_figure_is_small_and_carries_no_template():
    import streamlit

    assert streamlit.__version__
    assert pio.templates.default == "streamlit"  # 5 kB in every figure that does not say otherwise
    for chart in every_chart():
        assert len(json.dumps(drawn(chart)["layout"]["template"])) < 60
        assert len(chart.figure.to_json()) < THREE_KB


def test_a_figure_stands_on_any_ground_and_cannot_be_dragged_away():
    for chart in every_chart():
        layout = drawn(chart)["layout"]
        assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
        assert layout["dragmode"] is False
        assert layout["xaxis"]["fixedrange"]
        assert layout["yaxis"]["fixedrange"]
        assert layout["separators"] == ",\u00a0"


def test_every_table_is_texts_as_wide_as_its_header():
    for chart in every_chart():
        header, rows = chart.table
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        assert all(isinstance(cell, str) and cell for row in (header, *rows) for cell in row[:3])


def test_every_finding_is_a_sentence():
    for chart in every_chart():
        assert chart.alt[0].isupper() or chart.alt[0].isdigit()
        assert chart.alt.endswith(".")


def test_plotly_speaks_norwegian_without_buttons():
    words = charts.CONFIG["locales"][charts.CONFIG["locale"]]["format"]
    assert words["months"][4] == "mai"
    assert (words["decimal"], words["thousands"]) == (",", "\u00a0")
    assert len(words["months"]) == len(words["shortMonths"]) == 12
    assert len(words["days"]) == len(words["shortDays"]) == 7
    assert charts.CONFIG["displayModeBar"] is False


@cache
def streamlit_plotly() -> str:
    spec = importlib.util.find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    (file,) = (Path(spec.origin).parent / "static" / "static" / "js").glob("PlotlyChart.*.js")
    return file.read_text("utf-8")


@pytest.mark.parametrize("stand_in", [common.INK, common.ACCENT])
def test_streamlit_still_puts_its_own_colours_in(stand_in: str):
    assert f"`{stand_in}`" in streamlit_plotly()
