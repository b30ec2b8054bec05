"""A measure as a row: its report's phase and assessment, who answers for it, its deadline and its tags."""

from collections.abc import Iterator
from typing import Any

from strategy import people, record
from strategy.i18n import _, mark
from strategy.record import Wanted
from strategy.snapshot import Snapshot
from strategy.terms import Assessment, Phase
from strategy.ui.sheets.sheet import Cells, Rows, read_day
from strategy.ui.view import view

REPORTED = ("phase", "assessment", "cause", "remedy")
"""The columns that together are a report."""


def _cells(plan: Snapshot, key: str) -> Cells:
    measure = plan.measure(key)
    report = measure.report
    held = people.responsible_for(measure, view().today)
    return {
        "key": measure.key,
        "name": measure.name,
        "phase": report.phase.label if report and report.phase else None,
        "assessment": report.assessment.marked if report else None,
        "cause": report.cause if report else "",
        "remedy": report.remedy if report else "",
        "people": [r.title or r.person for r in held if not r.proposal],
        "due": measure.due,
        "tags": list(plan.tags_of(measure.key)),
    }


def _title(plan: Snapshot, key: str) -> str:
    return f"{key} {plan.measure(key).name}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    measure = plan.measure(key)
    fields = {name: _read_term(name, typed[name]) for name in REPORTED if name in typed}
    if fields:
        yield Wanted("status_report", key, measure.report.version if measure.report else 0, fields)
    if "due" in typed:
        yield Wanted("measure", key, measure.version, {"due": read_day(typed["due"], _("frist"))})
    if "people" in typed:
        titles = {person.title: person.key for person in plan.people}
        chosen = [titles.get(title, title) for title in typed["people"] or ()]
        yield from record.answering(measure, chosen, view().today)
    if "tags" in typed:
        version = plan.versions.get(("tagging", key), 0)
        yield Wanted("tagging", key, version, {"tags": list(typed["tags"] or ())})


def _read_term(name: str, value: Any) -> Any:
    """The phase or assessment with these words; a text as it is. What is neither is left to be refused."""
    if name == "phase":
        return {phase.label: phase for phase in Phase}.get(value, value)
    if name == "assessment":
        return {each.marked: each for each in Assessment}.get(value, value)
    return "" if value is None else value


MEASURES = Rows(
    "table", _cells, _title, _wanted, days=("due",), instead={"responsibility": ("people", mark("ansvarlig"))}
)
