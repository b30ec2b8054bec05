"""What every figure has in common: its words and numbers, a bare layout, plotly in Norwegian."""

import html
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from strategy import dates

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A figure; `alt` is its finding in a sentence, `table` its numbers as (header, rows) of texts."""

    figure: go.Figure
    alt: str
    table: Table


CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "doubleClick": False,
    "responsive": True,
    "scrollZoom": False,
    "showTips": False,
    "locale": "nb",
    "locales": {
        "nb": {
            "dictionary": {},
            "format": {
                "days": ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
                "shortDays": ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
                "months": [
                    "januar",
                    "februar",
                    "mars",
                    "april",
                    "mai",
                    "juni",
                    "juli",
                    "august",
                    "september",
                    "oktober",
                    "november",
                    "desember",
                ],
                "shortMonths": [
                    "jan",
                    "feb",
                    "mar",
                    "apr",
                    "mai",
                    "jun",
                    "jul",
                    "aug",
                    "sep",
                    "okt",
                    "nov",
                    "des",
                ],
                "date": "%d.%m.%Y",
                "decimal": ",",
                "thousands": dates.HARD_SPACE,
            },
        }
    },
}
"""What `st.plotly_chart` is told beside the figure; plotly knows no Norwegian of its own."""

INK, ACCENT = "#000037", "#000001"
"""Streamlit 1.67 puts the theme's text and first chart colour in for these two, in light and in dark."""

HIDDEN: dict[str, Any] = {"visible": False, "fixedrange": True}
FLAT: dict[str, Any] = {
    "fixedrange": True,
    "showgrid": False,
    "zeroline": False,
    "showline": False,
    "ticks": "",
    "tickfont": {"color": INK},
}
CLEAR = "rgba(0,0,0,0)"


def figure(traces: list[dict[str, Any]], height: int, **layout: Any) -> go.Figure:
    """A figure with nothing on it but `traces`; `height` in pixels, the width is the page's."""
    said = {
        "template": go.layout.Template(),  # else Streamlit's own, 5 kB in every figure
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "separators": f",{dates.HARD_SPACE}",
        "dragmode": False,
        "showlegend": False,
        "font": {"color": INK, "size": 13},
    }
    return go.Figure(data=traces, layout=said | layout)


def shown(text: str) -> str:
    """`text` as plotly shows it letter by letter: raw, «<a href=…>» would be a link in the figure.

    For every label, tick, hover and annotation with words somebody has written.
    """
    return html.escape(text, quote=False)


def names(x: Any, texts: list[str], *, above: float, side: str = "right") -> dict[str, Any]:
    """Texts over rows 0, 1, 2 …, `above` the middle of each in shares of a row; they begin (or end) at `x`.

    Over the rows, not beside them: there is room for a long name on a phone too.
    """
    return {
        "type": "scatter",
        "mode": "text",
        "text": [shown(text) for text in texts],
        "textposition": f"top {side}",
        "cliponaxis": False,
        "x": [x] * len(texts),
        "y": [round(n - above, 2) for n in range(len(texts))],
        "hoverinfo": "skip",
        "showlegend": False,
    }


def legend() -> dict[str, Any]:
    """A legend over the figure that wraps on a phone and cannot be clicked."""
    return {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "yanchor": "bottom",
        "yref": "paper",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
    }


def upright(x: float, row: int, half: float) -> dict[str, Any]:
    """A short line across one row, `half` of a row up and down, as a layout shape."""
    line = {"color": INK, "width": 3}
    return {"type": "line", "x0": x, "x1": x, "y0": row - half, "y1": row + half, "line": line}
