"""A measure as a row: its report's phase and assessment, who answers for it, its deadline and its tags."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from strategy import people, record, things
from strategy.exports import measure as exports_measure
from strategy.i18n import _, mark
from strategy.record import Wanted
from strategy.snapshot import Report, Snapshot
from strategy.ui.sheets import words
from strategy.ui.sheets.columns import column, days, edited, meant, shown, with_the_rest
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows
from strategy.ui.view import view

REPORTED = edited("status_report")
"""The columns that together are a report."""

FRAME = edited("measure")
"""Those of the measure's own frame."""


def columns(plan: Snapshot) -> dict[str, Any]:
    """How each column is edited; the browser's own checks are a help, not a guard."""
    config, tags = st.column_config, sorted({tag for each in plan.taggings for tag in each.tags})
    at_deviation = _("Må fylles ut når vurderingen er et avvik.")
    found = {
        "key": config.TextColumn(_("Nr."), width=56, pinned=True),
        "name": config.TextColumn(_("Tiltak"), width=230),
        "phase": column("status_report", "phase", width=120),
        "assessment": column("status_report", "assessment", width=150),
        "done": column("status_report", "done", width=280),
        "cause": column("status_report", "cause", _("Årsak (ved avvik)"), width=240, help=at_deviation),
        "remedy": column(
            "status_report", "remedy", _("Slik rettes det opp (ved avvik)"), width=260, help=at_deviation
        ),
        "people": config.MultiselectColumn(
            _("Ansvarlig"), options=[person.title for person in plan.people], width=210
        ),
        "due": column("measure", "due", width=100),
        "tags": config.MultiselectColumn(_("Stikkord"), options=tags, accept_new_options=True, width=160),
        "promised": config.TextColumn(_("Sist lovet"), width=180),
        "promise": column("status_report", "promise", width=120),
    }
    return with_the_rest("measure", with_the_rest("status_report", found))


def _cells(plan: Snapshot, key: str) -> Cells:
    measure = plan.measure(key)
    report = measure.report
    held = people.responsible_for(measure, view().today)
    return {
        "key": measure.key,
        "name": measure.name,
        **{name: _said(report, name) for name in REPORTED},
        "promised": exports_measure.promised(report),
        "people": [r.title or r.person for r in held if not r.proposal],
        **{name: shown(getattr(measure, name)) for name in FRAME},
        "tags": list(plan.tags_of(measure.key)),
    }


def _title(plan: Snapshot, key: str) -> str:
    return f"{key} {plan.measure(key).name}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    measure = plan.measure(key)
    if said := _meant("status_report", REPORTED, typed):
        yield Wanted("status_report", key, measure.report.version if measure.report else 0, said)
    if framed := _meant("measure", FRAME, typed):
        yield Wanted("measure", key, measure.version, framed)
    if "people" in typed:
        titles = {person.title: person.key for person in plan.people}
        chosen = [titles.get(title, title) for title in typed["people"] or ()]
        yield from record.answering(measure, chosen, view().today)
    if "tags" in typed:
        version = plan.versions.get(("tagging", key), 0)
        yield Wanted("tagging", key, version, {"tags": list(typed["tags"] or ())})


def _meant(kind: str, names: tuple[str, ...], typed: Cells) -> Cells:
    return {name: meant(kind, name, typed[name]) for name in names if name in typed}


def _said(report: Report | None, name: str) -> Any:
    """What a cell of the report has; what is said anew each time is empty."""
    if report is None or things.shapes("status_report")[name].anew:
        return _unsaid(name)
    return shown(getattr(report, name))


def _unsaid(name: str) -> str | None:
    return "" if things.holds("status_report", name) is str else None


def _lists(plan: Snapshot) -> words.Lists:
    return {**words.terms("status_report", *REPORTED), "people": words.roles(plan)}


MEASURES = Rows(
    "table",
    _cells,
    _title,
    _wanted,
    days=days("measure"),
    lists=_lists,
    instead={"responsibility": ("people", mark("ansvarlig"))},
)
