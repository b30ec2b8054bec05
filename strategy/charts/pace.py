"""Progress against time: a bar for each main goal, and a mark where time is."""

from datetime import date

from strategy import dates, progress
from strategy.charts.figure import ACCENT, HIDDEN, Chart, figure, names, shown, upright
from strategy.i18n import _
from strategy.palette import DARK, LIGHT, MIDDLE
from strategy.snapshot import Goal, Snapshot

_ROW = 52
_BAR = 12
_ABOVE = (_BAR / 2 + 1) / _ROW


def pace(snapshot: Snapshot, today: date) -> Chart | None:
    """The progress of every main goal with a line where time is; None where there are no goals."""
    if not snapshot.goals:
        return None
    period = snapshot.strategy.period
    elapsed = period.elapsed(today)
    rows = [_row(goal, period, today) for goal in snapshot.goals]
    shares = [progress.of_goal(goal, today).share for goal in snapshot.goals]
    y = list(range(len(rows)))
    bar = {"type": "bar", "orientation": "h", "y": y, "width": _BAR / _ROW}
    hover = [f"%{{hovertext}}<br>{share} · {standing}<extra></extra>" for _n, share, standing, _r in rows]
    done = [None if share is None else round(share * 100, 1) for share in shares]
    traces = [
        {**bar, "x": [100] * len(y), "marker": {"color": MIDDLE.track}, "hoverinfo": "skip"},
        {**bar, "x": done, "marker": {"color": ACCENT}, "hovertemplate": hover,
         "hovertext": [shown(row[0]) for row in rows]},
        names(0, [row[0] for row in rows], above=_ABOVE),
        names(100, [row[1] for row in rows], above=_ABOVE, side="left"),
    ]  # fmt: skip
    time = _("{share} av tiden er gått").format(share=dates.percent(elapsed))
    is_late = elapsed > 0.5
    drawn = figure(
        traces,
        _ROW * len(rows) + 32,
        margin={"l": 0, "r": 0, "t": 0, "b": 24, "pad": 0},
        barmode="overlay",
        xaxis=HIDDEN | {"range": [0, 100]},
        yaxis=HIDDEN | {"range": [len(rows) - 0.7, -0.7]},
        shapes=[upright(round(elapsed * 100, 1), row, 0.2) for row in y],
        annotations=[{
            "x": elapsed * 100, "y": 0, "yref": "paper", "text": time, "showarrow": False,
            "xanchor": "right" if is_late else "left", "yanchor": "top", "xshift": 1 if is_late else -1,
        }],
    )  # fmt: skip
    return Chart(drawn, _finding(rows, elapsed), (_header(), tuple(rows)))


def goal_bar_svg(share: float | None, elapsed: float, *, dark: bool = False) -> str:
    """A bar filled to `share` with a mark at `elapsed`, both 0 to 1, as an SVG picture; unknown is empty.

    Nothing in it but rectangles: `st.image` shows it without loading plotly. It scales with its column.
    """
    of = DARK if dark else LIGHT
    at = min(1.0, max(0.0, elapsed)) * 397
    parts = [
        _rect(0, 6, 400, 10, of.track),
        _rect(0, 6, 400 * min(1.0, max(0.0, share or 0)), 10, of.accent),
        _rect(at - 2, 0, 7, 22, of.ground),  # keeps the mark apart from a bar of nearly its own colour
        _rect(at, 0, 3, 22, of.ink),
    ]
    box = 'width="400" height="22" viewBox="0 0 400 22"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _row(goal: Goal, period: dates.Period, today: date) -> tuple[str, str, str, str]:
    done = progress.of_goal(goal, today)
    against = progress.pace(done, period, today)
    name = _("{n} {name}").format(n=goal.key, name=goal.name)
    return name, done.text, against.sentence if against else "–", done.coverage


def _header() -> tuple[str, ...]:
    return _("Hovedmål"), _("Framdrift"), _("Mot tiden"), _("Grunnlag")


def _finding(rows: list[tuple[str, str, str, str]], elapsed: float) -> str:
    said = [
        _("hovedmål {name}: {share}, {standing}").format(name=name, share=share, standing=standing)
        if standing != "–"
        else _("hovedmål {name}: framdrift ikke kjent").format(name=name)
        for name, share, standing, _rests_on in rows
    ]
    return _("{share} av tiden er gått; {goals}.").format(share=dates.percent(elapsed), goals="; ".join(said))


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'
