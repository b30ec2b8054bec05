"""Every field of every kind of thing, wherever a field has to be known: what is forgotten is seen here.

Nothing in this file names a field: it walks the declarations in `things`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin

import pytest

from strategy import changes, since, things, wording
from strategy.cli import output
from strategy.terms import Term
from strategy.things import Telling, Where
from tests.plans import TODAY, a_goal, a_measure, a_snapshot, a_strategy, a_subgoal, days_ago

FIELDS = [(kind, name) for kind in things.KINDS for name in things.shapes(kind)]
PLAN_KINDS = ("strategy", "goal", "subgoal", "measure")
SAME_IN_BOTH = {"start", "status"}
"""The words that are spelt as the fields they are of."""

every_field = pytest.mark.parametrize(("kind", "name"), FIELDS)


def values(kind: str, name: str) -> tuple[Any, Any]:
    """Two values a field may have."""
    hint = things.types(kind)[name]
    held = [part for part in get_args(hint) if part is not type(None)]
    plain = held[0] if isinstance(hint, UnionType) else hint
    if get_origin(plain) is tuple:
        return (), _list(get_args(plain)[0])
    if issubclass(plain, Term):
        first, second, *_more = plain
        return first, second
    return _PAIRS[plain]


_PAIRS: Mapping[type, tuple[Any, Any]] = {
    str: ("noe", "noe annet"), bool: (False, True), int: (1, 2), Decimal: (Decimal(1), Decimal("2.5")),
    date: (date(2026, 1, 1), date(2026, 1, 2)),
}  # fmt: skip


def _list(of: Any) -> tuple[Any, ...]:
    return ({"key": "om", "text": "Noe"},) if get_origin(of) is dict else ({int: 3}.get(of, "noe"),)


@every_field
def test_it_has_a_word_a_reader_knows(kind: str, name: str):
    word = wording.field(kind, name)
    assert word
    assert "_" not in word
    assert word != name or name in SAME_IN_BOTH
    assert things.shapes(kind)[name].refused[:1].isupper()


@every_field
def test_only_a_text_has_a_limit_and_the_plan_file_says_what_its_fields_are_for(kind: str, name: str):
    shape = things.shapes(kind)[name]
    assert not shape.limit or things.types(kind)[name] in (str, tuple[str, ...])
    assert bool(shape.description) is (Where.FILE in shape.where)


@every_field
def test_a_change_of_it_is_found_and_told(kind: str, name: str):
    before, after = values(kind, name)
    edit = changes.edit_between(kind, "1.1.1", {name: before}, {name: after})
    assert edit
    assert [(c.field, c.before, c.after) for c in edit.fields] == [(name, before, after)]
    told = "\n".join(output.steps([edit]))
    assert things.KINDS[kind].label in told
    assert f"{wording.field(kind, name)}: " in told
    assert wording.said(before) != wording.said(after)


@pytest.mark.parametrize(("kind", "name"), [each for each in FIELDS if each[0] in PLAN_KINDS])
def test_what_is_new_in_the_plan_is_news_unless_it_is_declared_quiet(kind: str, name: str):
    first, second = values(kind, name)
    if kind == "measure" and name == "subgoal":
        first, second = "1.1", "1.2"
    if kind == "subgoal" and name == "goal":
        first, second = "1", "2"
    before, after = (_plan(kind, {name: value}) for value in (first, second))
    account = since.account(before, days_ago(40), after, TODAY)
    told = [*account.whole, *(fact for line in account.lines for fact in line.facts)]
    assert bool(told) is (things.shapes(kind)[name].telling is not Telling.QUIET)


def _plan(kind: str, fields: dict[str, Any]) -> Any:
    """Two goals, two subgoals and one measure, one of each kind with these fields."""

    def given(of: str) -> dict[str, Any]:
        return fields if of == kind else {}

    measure = replace(a_measure(), **given("measure"))
    subgoals = [a_subgoal(key="1.1"), a_subgoal(key="1.2")]
    subgoals[0] = replace(subgoals[0], **given("subgoal"))
    subgoals = [replace(s, measures=(measure,) if s.key == measure.subgoal else ()) for s in subgoals]
    goals = [a_goal(key="1"), a_goal(key="2")]
    goals[0] = replace(goals[0], **given("goal"))
    goals = [replace(g, subgoals=tuple(s for s in subgoals if s.goal == g.key)) for g in goals]
    return a_snapshot(*goals, strategy=replace(a_strategy(), **given("strategy")))
