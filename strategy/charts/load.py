"""Who answers for how much, and how it goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from strategy import progress
from strategy.charts.figure import CLEAR, HIDDEN, INK, Chart, figure, legend, names
from strategy.i18n import _, plural
from strategy.palette import MIDDLE
from strategy.people import Load
from strategy.terms import Assessment

_ROW = 48
_BAR = 18
_TEXT = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none"}


def load(loads: Sequence[Load], today: date) -> Chart | None:
    """A bar for each role, in parts by what its measures show; what is only proposed is an empty frame after.

    Roles with nothing are left out; None where there are none left.
    """
    rows = sorted((x for x in loads if x.responsible or x.proposed), key=lambda x: -len(x.responsible))
    if not rows:
        return None
    counts = [progress.counts(row.responsible, today) for row in rows]
    y = list(range(len(rows)))
    traces = [
        *(_part(y, [c.of(a) or None for c in counts], a) for a in Assessment),
        _proposed(y, [len(row.proposed) or None for row in rows]),
        names(0, [_title(row) for row in rows], above=(_BAR / 2 + 1) / _ROW),
    ]
    drawn = figure(
        [trace for trace in traces if trace.get("type") != "bar" or any(trace["x"])],
        _ROW * len(rows) + 44,
        barmode="stack",
        margin={"l": 0, "r": 0, "t": 36, "b": 4, "pad": 0},
        showlegend=True,
        legend=legend(),
        xaxis=HIDDEN | {"rangemode": "tozero"},
        yaxis=HIDDEN | {"range": [len(rows) - 0.7, -0.7]},
    )  # fmt: skip
    header = (_("Rolle"), *(a.shown_as for a in Assessment), _("Ansvarlig for"), _("Foreslått for"))
    table = tuple(
        (row.person.title, *(str(c.of(a)) for a in Assessment), str(c.total), str(len(row.proposed)))
        for row, c in zip(rows, counts, strict=True)
    )
    return Chart(drawn, _finding(rows, counts), (header, table))


def _part(y: list[int], found: list[int | None], assessment: Assessment) -> dict[str, Any]:
    word = assessment.shown_as
    return {
        "type": "bar", "orientation": "h", "y": y, "x": found, "width": _BAR / _ROW,
        "name": f"{assessment.mark} {word}", "marker": {"color": MIDDLE.marks[assessment]},
        "text": [f"{assessment.mark} {n}" if n else "" for n in found],
        **_TEXT, "textfont": {"color": "#ffffff", "size": 12},
        "hovertemplate": f"{word}: %{{x}}<extra></extra>",
    }  # fmt: skip


def _proposed(y: list[int], found: list[int | None]) -> dict[str, Any]:
    word = _("Bare foreslått, teller ikke")
    return {
        "type": "bar", "orientation": "h", "y": y, "x": found, "width": _BAR / _ROW, "name": word,
        "marker": {"color": CLEAR, "line": {"color": MIDDLE.muted, "width": 1}},
        "text": [str(n) if n else "" for n in found], **_TEXT, "textfont": {"color": INK, "size": 12},
        "hovertemplate": f"{word}: %{{x}}<extra></extra>",
    }  # fmt: skip


def _title(row: Load) -> str:
    return _("{title} (forslag)").format(title=row.person.title) if row.person.proposal else row.person.title


def _finding(rows: list[Load], counts: list[progress.Counts]) -> str:
    most, shown = rows[0], counts[0]
    if not shown.total:
        proposed = sum(len(row.proposed) for row in rows)
        form = "Ingen har et vedtatt ansvar ennå; det er foreslått ansvar for {n} tiltak."
        return plural(form, form, proposed)
    form = plural(
        "{title} har flest tiltak: {n} ({what}).", "{title} har flest tiltak: {n} ({what}).", shown.total
    )
    return form.format(title=most.person.title, what=shown.sentence)
