"""How sure the board has been of a goal, meeting by meeting: the middle answer and the ends."""

from collections.abc import Sequence
from typing import Any

from strategy import dates
from strategy.charts.figure import ACCENT, FLAT, INK, Chart, figure
from strategy.i18n import _
from strategy.meetings import Belief
from strategy.palette import MIDDLE

_HEIGHT = 190


def confidence(answered: Sequence[Belief], name: str) -> Chart | None:
    """The median and the ends of the answers in each meeting; None where none have been opened."""
    if not answered:
        return None
    x = list(range(len(answered)))
    middle = [each.median for each in answered]
    said = [*[""] * (len(x) - 1), dates.number(answered[-1].median)]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [n, n],
            "y": [each.low, each.high],
            "hoverinfo": "skip",
            "line": {"color": MIDDLE.muted, "width": 8},
            "opacity": 0.45,
        }
        for n, each in zip(x, answered, strict=True)
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "x": x,
            "y": middle,
            "text": said,
            "textposition": "middle right",
            "textfont": {"size": 13, "color": INK},
            "cliponaxis": False,
            "line": {"color": ACCENT, "width": 3},
            "marker": {"size": 9},
            "hovertext": [_sentence(each) for each in answered],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )
    drawn = figure(
        traces,
        _HEIGHT,
        margin={"l": 28, "r": 28, "t": 8, "b": 26, "pad": 4},
        xaxis=FLAT
        | {
            "tickvals": x,
            "ticktext": [_when(each) for each in answered],
            "range": [-0.4, max(1, len(x) - 1) + 0.4],
        },
        yaxis=FLAT
        | {"range": [-0.5, 10.5], "tickvals": [0, 5, 10], "showgrid": True, "gridcolor": MIDDLE.line},
    )
    header = (_("Møte"), _("Median"), _("Laveste"), _("Høyeste"), _("Antall svar"))
    rows = tuple(
        (_when(each), dates.number(each.median), str(each.low), str(each.high), str(each.n))
        for each in answered
    )
    finding = _("{name}: {sentence}").format(name=name, sentence=_sentence(answered[-1]))
    return Chart(drawn, finding, (header, rows))


def _when(each: Belief) -> str:
    return dates.day(each.meeting.held_on)


def _sentence(each: Belief) -> str:
    return f"{_when(each)}: {each.sentence}"
