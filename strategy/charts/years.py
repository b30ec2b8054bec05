"""Milestones by the action plan they were entered in: the years side by side, and one year as a bar."""

from collections.abc import Sequence
from datetime import date

from strategy import progress
from strategy.charts.figure import ACCENT, HIDDEN, Chart, figure, legend, names
from strategy.i18n import _
from strategy.palette import DARK, LIGHT, MIDDLE
from strategy.progress import Progress
from strategy.terms import Assessment

_ROW = 52
_BAR = 12
_ABOVE = (_BAR / 2 + 1) / _ROW


def years(found: Sequence[Progress], today: date) -> Chart | None:
    """A bar for each year: reached, over the deadline, and the rest; None where nothing is planned."""
    told = [each for each in found if each.all]
    if not told:
        return None
    late = MIDDLE.marks[Assessment.MAJOR_DEVIATION]
    parts = (
        (_("Nådd"), [len(each.reached) for each in told], ACCENT),
        (_("Nådd etter årets slutt"), [len(each.later) for each in told], MIDDLE.muted),
        (_("Over frist"), [len(each.late) for each in told], late),
        (_("Står igjen"), [len(each.coming) + len(each.let_go) for each in told], MIDDLE.track),
    )
    traces = [
        *(_part(word, counts, colour) for word, counts, colour in parts if any(counts)),
        names(0, [_named(each, today) for each in told], above=_ABOVE),
    ]
    drawn = figure(
        traces, _ROW * len(told) + 44, barmode="stack", showlegend=True, legend=legend(),
        margin={"l": 0, "r": 0, "t": 36, "b": 4, "pad": 0},
        xaxis=HIDDEN | {"range": [0, max(len(each.all) for each in told)]},
        yaxis=HIDDEN | {"range": [len(told) - 0.7, -0.7]},
    )  # fmt: skip
    header = (_("År"), *(word for word, _counts, _colour in parts), _("I alt"))
    rows = zip(*(counts for _word, counts, _colour in parts), strict=True)
    table = tuple(
        (str(each.year), *map(str, counts), str(len(each.all)))
        for each, counts in zip(told, rows, strict=True)
    )
    said = _("Milepæler nådd, år for år: {years}.")
    return Chart(drawn, said.format(years=progress.side_by_side(told, today)), (header, table))


def milestone_bar_svg(reached: int, planned: int, of: int, *, dark: bool = False) -> str:
    """A bar filled by the reached of so many, with a mark at what was planned by now, as an SVG picture.

    Nothing in it but rectangles: `st.image` shows it without loading plotly. It scales with its column.
    """
    colours, unit = DARK if dark else LIGHT, 400 / of
    at = min(397.0, planned * unit)
    parts = [
        _rect(0, 6, 400, 10, colours.track),
        _rect(0, 6, reached * unit, 10, colours.accent),
        _rect(at - 2, 0, 7, 22, colours.ground),  # keeps the mark apart from a bar of nearly its own colour
        _rect(at, 0, 3, 22, colours.ink),
    ]
    box = 'width="400" height="22" viewBox="0 0 400 22"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _part(word: str, counts: list[int], colour: str) -> dict[str, object]:
    return {
        "type": "bar", "orientation": "h", "y": list(range(len(counts))), "x": [n or None for n in counts],
        "width": _BAR / _ROW, "name": word, "marker": {"color": colour},
        "hovertemplate": f"{word}: %{{x}}<extra></extra>",
    }  # fmt: skip


def _named(found: Progress, today: date) -> str:
    return progress.side_by_side([found], today)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'
