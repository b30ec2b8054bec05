"""Every field of every kind of thing, wherever a field has to be known: what is forgotten is seen here.

Nothing in this file names a field: it walks the declarations in `things`.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from strategy import changes, document, history, record, since, sync, tables, things, update_page, wording
from strategy.cli import output
from strategy.database import Database
from strategy.record.authority import needs_grounds
from strategy.record.undo import REFERS
from strategy.terms import Assessment, Direction, Term, Via
from strategy.things import Telling, Where
from strategy.ui.sheets.columns import shown
from strategy.workbook import form
from tests.databases import (
    NOW,
    PLAN,
    SECRETARY,
    Maker,
    a_plan,
    a_row,
    adopt,
    by,
    newest,
    present,
    verify,
    with_a_plan,
)
from tests.plans import TODAY, a_goal, a_measure, a_snapshot, a_strategy, a_subgoal, days_ago
from tests.test_pages import app, go, words
from tests.test_sheets import grid, type_in
from tests.test_workbook import at, blank, filled, previewed, shelf

__all__ = ["app", "blank", "shelf"]  # fixtures

FIELDS = [(kind, name) for kind in things.KINDS for name in things.shapes(kind)]
PLAN_KINDS = ("strategy", "goal", "subgoal", "measure")
SAME_IN_BOTH = {"start", "status"}
"""The words that are spelt as the fields they are of."""

Opener = Callable[..., AppTest]


def edited(place: Where) -> pytest.MarkDecorator:
    """Every field that may be edited in a place."""
    found = [(kind, name) for kind in things.KINDS for name in things.edited(kind, place)]
    return pytest.mark.parametrize(("kind", "name"), found)


every_field = pytest.mark.parametrize(("kind", "name"), FIELDS)


def two_values(kind: str, name: str) -> tuple[Any, Any]:
    """Two values a field may have."""
    plain = things.holds(kind, name)
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
    assert name in tables.VERSIONED[kind].__table__.c


@every_field
def test_only_a_text_has_a_limit_and_the_plan_file_says_what_its_fields_are_for(kind: str, name: str):
    shape = things.shapes(kind)[name]
    assert not shape.limit or things.holds(kind, name) is str or things.types(kind)[name] == tuple[str, ...]
    assert bool(shape.description) is (Where.FILE in shape.where)


@every_field
def test_a_change_of_it_is_found_and_told(kind: str, name: str):
    before, after = two_values(kind, name)
    edit = changes.edit_between(kind, "1.1.1", {name: before}, {name: after})
    assert edit
    assert [(c.field, c.before, c.after) for c in edit.fields] == [(name, before, after)]
    told = "\n".join(output.steps([edit]))
    assert things.KINDS[kind].label in told
    assert f"{wording.field(kind, name)}: " in told
    assert wording.said(before) != wording.said(after)


@pytest.mark.parametrize(("kind", "name"), [each for each in FIELDS if each[0] in PLAN_KINDS])
def test_what_is_new_in_the_plan_is_news_unless_it_is_declared_quiet(kind: str, name: str):
    first, second = two_values(kind, name)
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


@pytest.mark.parametrize(("kind", "name"), [each for each in FIELDS if each[0] in PLAN_KINDS])
def test_a_change_of_adopted_text_or_of_a_deadline_needs_grounds_and_no_other_does(kind: str, name: str):
    before, after = two_values(kind, name)
    edit = changes.edit_between(kind, "x", {name: before}, {name: after})
    assert edit
    adopted = things.shapes(kind)[name].adopted or (kind, name) == ("measure", "due")
    assert bool(needs_grounds([edit])) is adopted


def another(kind: str, name: str, value: Any) -> Any:
    """A value near the one that stands, and fit to stand in its place."""
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, list):
        return [*value, *_LISTED[name]]
    return _FIT.get((kind, name)) or next(each for each in two_values(kind, name) if each != value)


_FIT: Mapping[tuple[str, str], Any] = {
    ("responsibility", "person"): "nestleder", ("indicator", "direction"): Direction.HOLD,
    ("target", "value"): Decimal("13.5"),
}  # fmt: skip
"""What others than the two values fit what else is said."""

_LISTED: Mapping[str, list[Any]] = {
    "sections": [{"key": "mer", "heading": "Mer", "text": "", "points": []}], "headings": ["Mer"],
    "notes": [{"about": "", "text": "Vår"}],
}  # fmt: skip


@pytest.fixture
def plan(fresh_in_sqlite: Maker) -> Database:
    return fresh_in_sqlite(with_a_plan)


OF_THE_FILE = [
    (kind, name)
    for kind in sync.PLAN
    for name, shape in things.shapes(kind).items()
    if Where.FILE in shape.where or name in _LISTED
]


@pytest.mark.parametrize(("kind", "name"), OF_THE_FILE)
def test_the_plan_file_says_it_loads_it_logs_it_and_it_can_be_undone(plan: Database, kind: str, name: str):
    wanted, before = a_plan(), present(plan).flat
    ident = next(ident for ident in wanted if ident[0] == kind)
    fields = wanted.pop(ident) if name in ("person", "due") and "@" in ident[1] else wanted[ident]
    fields[name] = another(kind, name, fields[name])
    if ident not in wanted:  # its key is made of the field
        ident = (kind, f"{ident[1].partition('@')[0]}@{fields[name]}")
        wanted[ident] = fields
    read, problems = document.read(document.write(wanted, PLAN).encode())
    assert not problems
    assert read
    assert document.things(read)[ident][name] == fields[name]

    adopt(plan, wanted, reason="Vedtatt")

    assert present(plan).flat[ident][name] == fields[name]
    with plan.reading() as session:
        logged = history.edits(session, PLAN, newest(plan))
    told = [wording.field(edit.kind, change.field) for edit in logged for change in edit.fields]
    assert wording.field(kind, name) in told
    with plan.writing() as session:
        record.undo(by(session), newest(plan))
    assert present(plan).flat == before
    assert verify(plan) == newest(plan)


UNDONE = sorted(set(things.KINDS) - {"strategy", "mail", "confidence", *things.KEPT})


@pytest.mark.parametrize("kind", UNDONE)
def test_every_field_of_a_row_is_stored_logged_and_undone(plan: Database, kind: str):
    """But for what holds the key of another thing: taking that back has rules of its own, in test_undo."""
    usual = {"period": "2025"} if kind == "indicator_value" else {}
    usual |= {"measure": "1.1.1"} if "measure" in things.shapes(kind) else {}
    there = {"as_of": 1} if "as_of" in things.shapes(kind) else {}
    row = a_row(tables.VERSIONED[kind], "rad-1", **usual, **there)
    _append(plan, row)
    for name in sorted(set(things.shapes(kind)) - set(REFERS) - set(usual)):
        before = present(plan).flat
        stands = before.get((kind, "rad-1"), {}).get(name, getattr(row, name))
        after = next(each for each in two_values(kind, name) if _plainly(each) != stands)
        _append(plan, row.model_copy(update={"version": _version(plan, kind) + 1, name: _plainly(after)}))
        with plan.reading() as session:
            (edit,) = history.edits(session, PLAN, newest(plan))
            assert [change.field for change in edit.fields] == [name]
            refusal = record.undo_preview(session, PLAN, newest(plan)).refusal
        assert not refusal
        with plan.writing() as session:
            record.undo(by(session), newest(plan))
        assert present(plan).flat == before


def _plainly(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _append(database: Database, row: Any) -> None:
    with database.writing() as session:
        changes.append(session, SECRETARY, [row], via=Via.PAGE, reason="", now=NOW)


def _version(database: Database, kind: str) -> int:
    with database.reading() as session:
        return len(history.trail(session, PLAN, kind, "rad-1", newest(database)))


def test_the_excel_form_has_a_column_for_each_of_its_fields_and_no_other():
    declared = {kind: set(things.edited(kind, Where.EXCEL)) for kind in things.KINDS}
    columns = {kind: {column.field for column in sheet.editable} for kind, sheet in form.SHEET_OF.items()}
    assert {kind: names for kind, names in declared.items() if names} == columns


IN_EXCEL = {"status_report": "1.1.1", "milestone": "1.1.1-m1", "indicator_value": "svar@2026"}
WRITTEN: Mapping[type, tuple[Any, Any]] = {
    str: ("Noe nytt", "Noe nytt"), int: (90, 90), Decimal: (7.25, Decimal("7.25")),
    date: (at(2026, 11, 20), date(2026, 11, 20)),
}  # fmt: skip


@edited(Where.EXCEL)
def test_the_excel_form_goes_round_with_it(shelf: Database, blank: bytes, kind: str, name: str):
    sheet, key, of = form.SHEET_OF[kind], IN_EXCEL[kind], things.holds(kind, name)
    if issubclass(of, Term):
        term = next(term for term in reversed(of) if term != present(shelf).flat[kind, key][name])
        written, meant = term.word, term
    else:
        written, meant = WRITTEN[of]
    cells = {(sheet.name, key, sheet.column(name).header): written}
    if name in ("cause", "remedy"):  # they belong to a deviation, and are left out of all else
        cells[sheet.name, key, sheet.column("assessment").header] = Assessment.SOME_DEVIATION.word
    raw = filled(blank, cells)
    found = [(c.kind, c.key, c.field, c.after) for c in previewed(shelf, raw).changes]
    assert (kind, key, name, meant) in found
    header = {cell.value for cell in openpyxl.load_workbook(io.BytesIO(blank))[sheet.name][3]}
    assert {column.header for column in sheet.columns} <= header


TABLES = {
    "status_report": "table", "measure": "table", "tagging": "table", "milestone": "action",
    "indicator_value": "values",
}  # fmt: skip
BY_BOXES = {("indicator_value", "quality"): ("so_far", False)}
TYPED: Mapping[Any, Any] = {str: "Noe nytt", date: "20.11.2026", int: 5, Decimal: "7,5"}


@edited(Where.TABLE)
def test_a_table_has_a_column_for_it_and_tells_what_is_typed_there(app: Opener, kind: str, name: str):
    page = go(app("example"), TABLES[kind])
    column, cell = BY_BOXES.get((kind, name)) or (name, _typed(kind, name))
    assert column in page.session_state[f"sheet:{grid(page).split(':')[1]}"].frame[0]
    told = words(type_in(page, {0: {column: cell}}))
    assert wording.field(kind, name) in told[told.index("Dette blir endret") :]


def _typed(kind: str, name: str) -> Any:
    of = things.holds(kind, name)
    if get_origin(of) is tuple:
        return ["ny"]
    return shown(list(of)[-2]) if issubclass(of, Term) else TYPED[of]


def test_the_page_behind_a_link_asks_for_each_of_its_fields():
    template = Path(update_page.__file__).with_name("templates").joinpath("update.html").read_text("utf-8")
    for name in things.edited("status_report", Where.LINK):
        assert f'name="{name}"' in template
    assert all(not things.edited(kind, Where.LINK) for kind in things.KINDS if kind != "status_report")
