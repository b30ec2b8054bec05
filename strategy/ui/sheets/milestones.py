"""A milestone as a row: its number, title, deadline, and when and how it was reached."""

from collections.abc import Collection, Iterator
from typing import Any

import streamlit as st

from strategy import record
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Milestone, Snapshot
from strategy.ui.sheets.columns import column, days, edited, meant, shown, with_the_rest
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, text

_KIND = "milestone"


def columns() -> dict[str, Any]:
    """How each column is edited; the browser's own checks are a help, not a guard."""
    config = st.column_config
    found = {
        "pick": config.CheckboxColumn(_("Velg"), width=65),
        "measure": config.TextColumn(_("Tiltak"), width=75),
        "title": column(_KIND, "title", width="large"),
        "order": column(_KIND, "order", _("Nr."), width=60),
        "due": column(_KIND, "due", width="small"),
        "done_on": column(_KIND, "done_on", width="small"),
        "evidence": column(_KIND, "evidence", width="large"),
    }
    return with_the_rest(_KIND, found)


def _cells(plan: Snapshot, key: str) -> Cells:
    step = _step(plan, key)
    return {"pick": False, "measure": step.measure} | {
        name: shown(getattr(step, name)) for name in edited(_KIND)
    }


def _title(plan: Snapshot, key: str) -> str:
    step = _step(plan, key)
    return f"{step.measure} {step.title}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    step, fields = _step(plan, key), _fields(typed)
    if "measure" in typed and text(typed["measure"]) != step.measure:
        raise BadInput(_("En milepæl blir ved tiltaket sitt. Skriv den nye i en ny rad."), _("Tiltak"))
    if fields:
        yield Wanted(_KIND, key, step.version, fields)


def _added(by: record.By, plan: Snapshot, typed: Cells, taken: Collection[str]) -> Iterator[Wanted]:
    measure = _measure(plan, text(typed.get("measure")))
    key = record.milestone_key(by.session, by.strategy, measure, taken)
    yield Wanted(_KIND, key, 0, {"title": ""} | _fields(typed))


def _measure(plan: Snapshot, said: str) -> str:
    """The measure a row is of, by its number, also with its name behind it. Raises `BadInput`."""
    number = said.partition(" ")[0].rstrip(".")
    if number in {measure.key for measure in plan.measures}:
        return number
    form = _("Fant ikke tiltaket «{said}». Skriv nummeret det har i planen.")
    raise BadInput(form.format(said=said) if said else _("Skriv nummeret på tiltaket."), _("Tiltak"))


def _fields(typed: Cells) -> dict[str, Any]:
    return {name: meant(_KIND, name, cell) for name, cell in typed.items() if name in edited(_KIND)}


def _step(plan: Snapshot, key: str) -> Milestone:
    for measure in plan.measures:
        for step in measure.milestones:
            if step.key == key:
                return step
    raise NotFound(_("Fant ikke milepælen. Kanskje er den tatt ut."))


MILESTONES = Rows("milestones", _cells, _title, _wanted, days=days(_KIND), added=_added)
