"""A milestone as a row: its number, title, deadline, and when and how it was reached."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from strategy.errors import NotFound
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Milestone, Snapshot
from strategy.ui.sheets.columns import column, days, edited, meant, shown, with_the_rest
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows

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
    fields = {name: meant(_KIND, name, cell) for name, cell in typed.items() if name != "pick"}
    if fields:
        yield Wanted(_KIND, key, _step(plan, key).version, fields)


def _step(plan: Snapshot, key: str) -> Milestone:
    for measure in plan.measures:
        for step in measure.milestones:
            if step.key == key:
                return step
    raise NotFound(_("Fant ikke milepælen. Kanskje er den tatt ut."))


MILESTONES = Rows("milestones", _cells, _title, _wanted, days=days(_KIND))
