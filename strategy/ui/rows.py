"""Measures as rows with their strips; where there are many, under their subgoals until one is opened."""

from collections.abc import Mapping, Sequence

import streamlit as st

from strategy.i18n import _
from strategy.snapshot import Goal, Measure, Subgoal
from strategy.terms import Assessment
from strategy.ui import findings, pictures
from strategy.ui.markdown import plain
from strategy.ui.parts import paged, symbols

MOST = 15
"""So many measures of a goal stand in rows."""


def of_goal(goal: Goal, before: Mapping[str, Assessment]) -> None:
    """The measures in short under the years, or the subgoals of a large goal."""
    pictures.years()
    if len(goal.measures) <= MOST:
        _rows(goal.measures, before)
        return
    for subgoal in goal.subgoals:
        _folded(subgoal, before)


def by_subgoal(goal: Goal, before: Mapping[str, Assessment]) -> None:
    """Each subgoal in its adopted words with its own count, and under it its measures in full."""
    pictures.years()
    for subgoal in goal.subgoals:
        if len(goal.measures) > MOST:
            _folded(subgoal, before, in_full=True)
        else:
            st.markdown(f":small[:gray[{_titled(subgoal)}]]")
            _rows(subgoal.measures, before, in_full=True)


def of_measures(measures: Sequence[Measure], *, in_full: bool = False) -> None:
    """Some measures under the years, and nothing where there are none."""
    if measures:
        pictures.years()
        _rows(measures, {}, in_full=in_full)


def _titled(subgoal: Subgoal) -> str:
    said = f"**{plain(subgoal.key)}** {plain(subgoal.text)}"
    if subgoal.printed != subgoal.key:
        said += " " + _("(trykt som {printed} i vedtatt dokument)").format(printed=plain(subgoal.printed))
    if not subgoal.measures:
        return f"{said} · {_('ingen tiltak')}"
    found, _counts = findings.of_subgoal(subgoal)
    return f"{said} · **{plain(found.text)}**" if found.all else said


def _folded(subgoal: Subgoal, before: Mapping[str, Assessment], *, in_full: bool = False) -> None:
    """A subgoal with its counts; its rows when it is opened."""
    said = f"{_titled(subgoal)}  \n{symbols(findings.of_subgoal(subgoal)[1])}"
    with st.expander(said, key=f"delmal-{subgoal.key}", on_change="rerun", type="compact") as opened:
        if opened.open:
            _rows(paged(subgoal.measures, MOST, f"side-{subgoal.key}"), before, in_full=in_full)


def _rows(measures: Sequence[Measure], before: Mapping[str, Assessment], *, in_full: bool = False) -> None:
    for row in pictures.rows(measures):
        pictures.row(row, before, in_full=in_full)
