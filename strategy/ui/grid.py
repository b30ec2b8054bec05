"""Many measures in one table: what stands in each cell, what was typed there, and what that comes to.

The editor is never trusted. It is given plain values and gives back which cells were typed in; those are kept
here under the measure's key, over every filter and page, and weighed against the plan by `record.previewed`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from strategy import people, record
from strategy.errors import Refusal
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Assessment, Phase
from strategy.ui.markdown import plain
from strategy.ui.view import at, view

Cells = dict[str, Any]
"""What is in one row, or typed in it, by column."""

REPORTED: tuple[str, ...] = ("phase", "assessment", "cause", "remedy")
"""The columns that together are a report."""

FORM = "table"
_STATE = "table"


@dataclass
class Typed:
    """What is typed and not saved: by measure, on top of the plan as of change `base`.

    `above` holds the versions somebody else has saved since that are to be written over, now that they were
    seen. `shown` are the measures in the editor just now, in its order, and `frame` what it was given;
    `turn` counts the saves.
    """

    whose: tuple[str, str]
    base: int
    cells: dict[str, Cells] = field(default_factory=dict)
    above: dict[tuple[str, str], int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    frame: list[Cells] = field(default_factory=list)
    drawn: int = 0
    kept: dict[str, Cells] = field(default_factory=dict)
    found_again: int = 0
    turn: int = 0

    @property
    def editor(self) -> str:
        """The editor's key: a new one for each set of rows it is given."""
        return f"table:{self.drawn}"


def typed() -> Typed:
    """What this session has typed; what the same person left elsewhere, the first time."""
    seen = view()
    whose = (seen.database.url, seen.strategy)
    now: Typed | None = st.session_state.get(_STATE)
    if now is None or now.whose != whose:
        now = st.session_state[_STATE] = _left(whose)
    _take_in(now)
    if not now.cells and now.base != seen.snapshot.change_id:
        now.base, now.above, now.shown = seen.snapshot.change_id, {}, ()
    return now


def show(now: Typed, keys: Sequence[str], columns: Mapping[str, Any], alt: str) -> None:
    """Draw the editor for these measures, and take in what has been typed in it."""
    if tuple(keys) != now.shown:
        plan = at(now.base)
        now.shown, now.drawn = tuple(keys), now.drawn + 1
        now.frame = [_row_with(plan, plan.measure(key), now.cells.get(key, {})) for key in keys]
    st.data_editor(
        now.frame, key=now.editor, hide_index=True, num_rows="fixed", column_config=dict(columns), alt=alt,
        disabled=["key", "name"], height="content", column_order=list(columns), placeholder="–",
    )  # fmt: skip
    _take_in(now)
    _keep(now)


def row(plan: Snapshot, measure: Measure, today: date) -> Cells:
    """What stands in the cells of one measure, as the editor shows it."""
    report = measure.report
    held = people.responsible_for(measure, today)
    return {
        "key": measure.key,
        "name": measure.name,
        "phase": report.phase.label if report and report.phase else None,
        "assessment": said_assessment(report.assessment) if report else None,
        "cause": report.cause if report else "",
        "remedy": report.remedy if report else "",
        "people": [r.title or r.person for r in held if not r.proposal],
        "due": measure.due,
        "tags": list(plan.tags_of(measure.key)),
    }


def _row_with(plan: Snapshot, measure: Measure, cells: Cells) -> Cells:
    """A row with what is typed in it, for the editor to begin with."""
    over = {name: _read_day(value) if name == "due" else value for name, value in cells.items()}
    return row(plan, measure, view().today) | over


def said_assessment(assessment: Assessment) -> str:
    """«● I rute»."""
    return f"{assessment.mark} {assessment.label}"


def wanted(now: Typed) -> tuple[Wanted, ...]:
    """The edits the typed cells come to, on the versions they were typed on."""
    plan = at(now.base)
    found = (w for key, cells in now.cells.items() for w in _of_row(plan, plan.measure(key), cells))
    return tuple(_on_top(each, now.above) for each in found)


def answering(now: Typed) -> dict[str, tuple[list[str], list[str]]]:
    """Who answers for the measures where that is typed, before and after."""
    plan, today = at(now.base), view().today
    typed = {key: cells["people"] for key, cells in now.cells.items() if "people" in cells}
    return {key: (row(plan, plan.measure(key), today)["people"], list(to or ())) for key, to in typed.items()}


def drop(now: Typed, collision: record.Collision) -> None:
    """Let what somebody else saved stand."""
    others = {"measure": ("due",), "responsibility": ("people",), "tagging": ("tags",)}
    names = others.get(collision.kind, REPORTED)
    key = collision.key.partition("@")[0]
    now.cells[key] = {name: value for name, value in now.cells[key].items() if name not in names}
    if not now.cells[key]:
        del now.cells[key]
    now.shown = ()


def insist(now: Typed, collision: record.Collision) -> None:
    """Write over what somebody else saved, now that both have been seen."""
    now.above[collision.kind, collision.key] = collision.version


def clear() -> None:
    """Forget what is typed, after a save or when it is given up; the next run begins anew."""
    now: Typed = st.session_state[_STATE]
    now.cells, now.above, now.shown, now.found_again = {}, {}, (), 0
    now.turn += 1
    _keep(now)


def _of_row(plan: Snapshot, measure: Measure, cells: Cells) -> Iterator[Wanted]:
    fields = {name: _read_term(name, cells[name]) for name in REPORTED if name in cells}
    if fields:
        yield Wanted("status_report", measure.key, measure.report.version if measure.report else 0, fields)
    if "due" in cells:
        yield Wanted("measure", measure.key, measure.version, {"due": _read_day(cells["due"])})
    if "people" in cells:
        titles = {person.title: person.key for person in plan.people}
        chosen = [titles.get(title, title) for title in cells["people"] or ()]
        yield from record.answering(measure, chosen, view().today)
    if "tags" in cells:
        version = plan.versions.get(("tagging", measure.key), 0)
        yield Wanted("tagging", measure.key, version, {"tags": list(cells["tags"] or ())})


def _read_term(name: str, value: Any) -> Any:
    """The phase or assessment with these words; a text as it is. What is neither is left to be refused."""
    if name == "phase":
        return {phase.label: phase for phase in Phase}.get(value, value)
    if name == "assessment":
        return {said_assessment(each): each for each in Assessment}.get(value, value)
    return "" if value is None else value


def _read_day(value: Any) -> Any:
    with suppress(TypeError, ValueError):
        return date.fromisoformat(value[:10])
    return value


def _on_top(wanted: Wanted, above: Mapping[tuple[str, str], int]) -> Wanted:
    version = above.get(wanted.ident, wanted.base_version)
    return Wanted(wanted.kind, wanted.key, version, wanted.fields)


def _take_in(now: Typed) -> None:
    """Move what was typed in the editor under the keys of its rows; a row that is not there is left out."""
    state = st.session_state.get(now.editor) or {}
    for number, cells in (state.get("edited_rows") or {}).items():
        if 0 <= int(number) < len(now.shown):
            now.cells.setdefault(now.shown[int(number)], {}).update(cells)


def _left(whose: tuple[str, str]) -> Typed:
    """What this person typed and did not save, where the measures are still there."""
    seen = view()
    with seen.database.reading() as session:
        there = record.scratch.kept(session, seen.actor, seen.strategy).get(FORM)
    if not there:
        return Typed(whose, seen.snapshot.change_id)
    try:
        plan = at(there.fields["base"])
    except (Refusal, KeyError):
        return Typed(whose, seen.snapshot.change_id)
    known = {measure.key for measure in plan.measures}
    cells = {key: dict(typed) for key, typed in there.fields["cells"].items() if key in known}
    return Typed(whose, plan.change_id, cells, kept=_copy(cells), found_again=len(cells))


def _keep(now: Typed) -> None:
    """Keep what is typed under the writer's name, where it has changed."""
    if now.cells == now.kept:
        return
    seen = view()
    try:
        with seen.database.writing() as session:
            if now.cells:
                fields = {"base": now.base, "cells": now.cells}
                record.scratch.keep(session, seen.actor, seen.strategy, FORM, fields, seen.now())
            else:
                record.scratch.drop(session, seen.actor, seen.strategy, FORM)
    except Refusal as refusal:
        st.warning(plain(_("Kladden er ikke tatt vare på. {why}").format(why=refusal)))
        return
    now.kept = _copy(now.cells)


def _copy(cells: Mapping[str, Cells]) -> dict[str, Cells]:
    return {key: dict(row) for key, row in cells.items()}
