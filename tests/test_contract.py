"""Every field of every kind of thing is known wherever things are told; what is forgotten is red here."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from strategy import document, since, tables, things, wording
from strategy.changes import edit_between
from strategy.i18n import _
from strategy.record.authority import needs_grounds
from strategy.terms import Kind
from strategy.things import Telling, Where
from tests.plans import TODAY, a_goal, a_measure, a_snapshot, a_strategy, a_subgoal

EVERY = [(kind, name) for kind in things.KINDS for name in things.shapes(kind)]
PLAN = [(kind, name) for kind, name in EVERY if kind in ("strategy", "goal", "subgoal", "measure")]
OTHER: dict[str, Any] = {
    "str": "Noe annet", "int": 7, "Decimal": Decimal(3), "date": date(2025, 3, 1), "Kind": Kind.CONTINUOUS,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_field_has_a_word_and_a_column(kind: str, name: str):
    shape = things.shapes(kind)[name]
    assert shape.word
    assert wording.field(name) == shape.label == _(shape.word)
    assert shape.refused[0].isupper()
    assert name in tables.VERSIONED[kind].__table__.c


def test_the_plan_file_has_the_fields_that_may_be_edited_in_it_and_says_what_they_are_for():
    groups = {"goal": "Goal", "subgoal": "Subgoal", "measure": "Measure", "person": "Person",
              "indicator": "Indicator", "target": "Target", "strategy": "Strategy"}  # fmt: skip
    schema = document.json_schema()["$defs"]
    for kind, group in groups.items():
        told = {name: field.get("description") for name, field in schema[group]["properties"].items()}
        for name in things.edited(kind, Where.FILE):
            assert told[name] == things.shapes(kind)[name].description, (kind, name)


def _whole(kind: str, /, **changed: Any) -> Any:
    """A small plan in which one thing of the kind is as it is changed."""
    measure, start = a_measure(due=TODAY + timedelta(days=300)), a_strategy()
    subgoal = a_subgoal(measure)
    goal = a_goal(subgoal, a_subgoal(key="1.2"))
    if kind == "measure":
        moved = replace(measure, **changed)
        there = (moved,) if moved.subgoal == "1.2" else ()
        goal = a_goal(a_subgoal(*(() if there else (moved,))), a_subgoal(*there, key="1.2"))
    elif kind == "subgoal":
        goal = a_goal(replace(subgoal, **changed), a_subgoal(key="1.2"))
    elif kind == "goal":
        goal = replace(goal, **changed)
    else:
        start = replace(start, **changed)
    return a_snapshot(goal, strategy=start)


def _another(kind: str, name: str) -> Any:
    if (kind, name) == ("measure", "subgoal"):
        return "1.2"
    hint = str(things.types(kind)[name])
    if "tuple" in hint:
        return ("Noe annet",)
    return next(value for word, value in OTHER.items() if word in hint)


@pytest.mark.parametrize(("kind", "name"), PLAN)
def test_since_last_tells_what_it_is_declared_to_tell(kind: str, name: str):
    before, after = _whole(kind), _whole(kind, **{name: _another(kind, name)})
    found = since.account(before, TODAY, after, TODAY)
    told = bool(found.whole or found.groups)
    assert told is (things.shapes(kind)[name].telling is not Telling.QUIET)


@pytest.mark.parametrize(("kind", "name"), PLAN)
def test_a_change_of_adopted_text_or_of_a_deadline_needs_grounds_and_no_other_does(kind: str, name: str):
    edit = edit_between(kind, "x", {name: None}, {name: _another(kind, name)})
    assert edit is not None
    adopted = things.shapes(kind)[name].adopted or (kind, name) == ("measure", "due")
    assert bool(needs_grounds([edit])) is adopted
