"""Days on a line: the wheel of a year, and the milestones of an action plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from strategy import dates, progress, wheel
from strategy.charts.figure import FLAT, HIDDEN, INK, Chart, figure, names, shown
from strategy.i18n import _, plural
from strategy.palette import MIDDLE
from strategy.snapshot import Measure, Milestone
from strategy.terms import Assessment
from strategy.wheel import Event, Kind

_ROW = 44
_ABOVE = 7 / _ROW
_NAMED = 6
_DAYS_APART = 60
"""With more days than this in a row they are gathered week by week: else they would lie on each other."""


def year_wheel(events: Sequence[Event], year: int, today: date) -> Chart | None:
    """The year as a line for each kind of event, with a mark where today is; None where nothing happens."""
    kinds = [kind for kind in Kind if any(event.kind is kind for event in events)]
    if not kinds:
        return None
    rows = [[event for event in events if event.kind is kind] for kind in kinds]
    traces = [
        *(_marks(row, n, kind, today) for n, (kind, row) in enumerate(zip(kinds, rows, strict=True))),
        names(f"{year}-01-01", [f"{kind.mark} {kind.label}" for kind in kinds], above=_ABOVE),
    ]
    header = (_("Når"), _("Slag"), _("Hva"), _("Gjelder"), _("Status"))
    table = tuple((e.when, e.kind.label, e.title, e.note, _standing(e, today)) for e in events)
    return Chart(_drawn(traces, len(kinds), year, today), _finding(events, year, today), (header, table))


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
    finding = plan_sentence([step for _m, steps in rows for step in steps], today)
    return Chart(_drawn(traces, len(rows), year, today), finding, (header, table))


def plan_sentence(steps: Iterable[Milestone], today: date) -> str:
    """«5 av 8 milepæler er nådd, 1 er over frist.»"""
    said = list(steps)
    done = sum(progress.is_done(step, today) for step in said)
    late = sum(not progress.is_done(step, today) and step.due < today for step in said)
    form = plural("{done} av {n} milepæl er nådd", "{done} av {n} milepæler er nådd", len(said))
    tail = plural(", {n} er over frist", ", {n} er over frist", late) if late else ""
    return form.format(done=done) + tail + "."


def _drawn(traces: list[dict[str, Any]], count: int, year: int, today: date) -> Any:
    return figure(
        traces,
        _ROW * count + 40,
        margin={"l": 6, "r": 10, "t": 14, "b": 24, "pad": 0},
        xaxis=FLAT | {"type": "date", "range": [f"{year - 1}-12-28", f"{year + 1}-01-03"], "dtick": "M1",
                      "tick0": f"{year}-01-01", "tickformat": "%b", "ticklabelmode": "period",
                      "tickfont": {"color": INK, "size": 11}, "showgrid": True, "gridcolor": MIDDLE.line},
        yaxis=HIDDEN | {"range": [count - 0.6, -0.75]},
        **_now(year, today),
    )  # fmt: skip


def _now(year: int, today: date) -> dict[str, Any]:
    """A line where today is, and its word."""
    if today.year != year:
        return {}
    at = today.isoformat()
    late = today.month > 6
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": INK, "width": 2}}  # fmt: skip
    word = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "text": _("i dag"), "showarrow": False,
            "xanchor": "right" if late else "left", "font": {"size": 12}}  # fmt: skip
    return {"shapes": [line], "annotations": [word]}


def _marks(events: list[Event], row: int, kind: Kind, today: date) -> dict[str, Any]:
    """One mark a day, or a week where the days are many; `!` stands over what is late."""
    days = {event.day for event in events}
    gathered: dict[date, list[Event]] = {}
    for event in events:
        day = event.day + timedelta(days=14 if event.whole_month else 0)
        monday = day - timedelta(days=day.weekday())
        gathered.setdefault(monday if len(days) > _DAYS_APART else day, []).append(event)
    return _dots(
        row, list(gathered), [kind.shape] * len(gathered),
        [any(event.is_late(today) for event in on) for on in gathered.values()],
        [all(event.done or event.day < today for event in on) for on in gathered.values()],
        [_hover(on, today) for on in gathered.values()],
    )  # fmt: skip


def _steps(steps: list[Milestone], row: int, today: date) -> dict[str, Any]:
    """Reached filled, the others open; `!` stands over what is late."""
    done = [progress.is_done(step, today) for step in steps]
    return _dots(
        row, [step.due for step in steps], ["circle" if reached else "circle-open" for reached in done],
        [not reached and step.due < today for step, reached in zip(steps, done, strict=True)],
        [False] * len(steps),
        [shown(f"{dates.day(step.due)} · {step.title} · {_reached(step, today)}") for step in steps],
    )  # fmt: skip


def _dots(
    row: int, days: list[date], symbols: list[str], late: list[bool], faded: list[bool], hover: list[str]
) -> dict[str, Any]:
    colours = [
        MIDDLE.marks[Assessment.MAJOR_DEVIATION] if over else MIDDLE.muted if gone else MIDDLE.accent
        for over, gone in zip(late, faded, strict=True)
    ]
    return {
        "type": "scatter", "mode": "markers+text", "x": [day.isoformat() for day in days],
        "y": [row + 0.22] * len(days), "text": ["<b>!</b>" if over else "" for over in late],
        "textposition": "middle right", "textfont": {"color": INK, "size": 13}, "cliponaxis": False,
        "marker": {"symbol": symbols, "size": 11, "color": colours, "line": {"width": 2, "color": colours}},
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _hover(events: list[Event], today: date) -> str:
    said = [f"{e.when} · {e.title}{_tail(_standing(e, today))}" for e in events[:_NAMED]]
    if len(events) > _NAMED:
        said.append(_("og {n} til").format(n=len(events) - _NAMED))
    return "<br>".join(map(shown, said))


def _tail(text: str) -> str:
    return f" · {text}" if text else ""


def _standing(event: Event, today: date) -> str:
    if event.is_late(today):
        return _("over frist")
    if event.kind in wheel.OWED and event.done:
        return _("gjort")
    return ""


def _reached(step: Milestone, today: date) -> str:
    if progress.is_done(step, today) and step.done_on:
        return _("nådd {day}").format(day=dates.day(step.done_on))
    return _("over frist") if step.due < today else _("ikke nådd")


def _finding(events: Sequence[Event], year: int, today: date) -> str:
    counted = Counter(event.kind for event in events)
    what = ", ".join(f"{kind.label.lower()} {counted[kind]}" for kind in Kind if counted[kind])
    late = sum(event.is_late(today) for event in events)
    tail = plural(" {n} er over frist.", " {n} er over frist.", late) if late else ""
    return _("Året {year}: {what}.").format(year=year, what=what) + tail
