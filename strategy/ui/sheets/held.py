"""Who is proposed for what, as rows to adopt: all of them, those of a goal, or one by one."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from strategy.errors import NotFound
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Measure, Responsibility, Snapshot
from strategy.terms import Part
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows
from strategy.ui.view import view

_KIND = "responsibility"


def proposed(plan: Snapshot) -> dict[str, Responsibility]:
    """Every proposal that stands, those who are to answer before the others of a measure."""
    found = [
        (f"{measure.key}@{each.person}", each)
        for measure in plan.measures
        for each in sorted(measure.responsibilities, key=lambda r: (list(Part).index(r.part), r.order))
        if each.proposal and each.part is not Part.REVIEWER and each.until is None
    ]
    return dict(found)


def columns() -> dict[str, Any]:
    """How each column is shown; only the box is edited."""
    config = st.column_config
    return {
        "adopted": config.CheckboxColumn(_("Vedta"), width=70),
        "measure": config.TextColumn(_("Tiltak"), width="large"),
        "role": config.TextColumn(_("Rolle"), width="medium"),
        "part": config.TextColumn(_("Oppgave"), width="small"),
    }


def _cells(plan: Snapshot, key: str) -> Cells:
    measure, held = _found(plan, key)
    return {
        "adopted": False,
        "measure": f"{measure.key} {measure.name}",
        "role": held.title or held.person,
        "part": held.part.label,
    }


def _title(plan: Snapshot, key: str) -> str:
    measure, held = _found(plan, key)
    return f"{measure.key} {held.title or held.person}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    _measure, held = _found(plan, key)
    if typed.get("adopted"):
        yield Wanted(_KIND, key, held.version, {"proposal": False, "since": held.since or view().today})


def _found(plan: Snapshot, key: str) -> tuple[Measure, Responsibility]:
    measure = plan.measure(key.partition("@")[0])
    person = key.partition("@")[2]
    held = next((each for each in measure.responsibilities if each.person == person), None)
    if held is None:
        raise NotFound(_("Fant ikke forslaget. Kanskje er det tatt ut."))
    return measure, held


HELD = Rows("held", _cells, _title, _wanted)
