"""The plan file knows what it said last: what only it changes is done, what only the app changes stands."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlmodel import col

from strategy import document, history, record, snapshot, sync, tables
from strategy.changes import Action
from strategy.database import Database
from strategy.errors import BadInput
from strategy.record import OURS, THEIRS, UNCHOSEN
from strategy.snapshot import Flat
from strategy.sync.merging import with_file
from tests.databases import (
    PLAN,
    a_file,
    a_plan,
    by,
    load,
    newest,
    plans,
    present,
    take_out,
    verify,
    want,
)  # fmt: skip

_PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TEXT = {"1.1.1": {"text": "Vi skal skrive gode høringssvar"}}
COMMENTED = "# Sekretariatets egen fil\n" + document.write(a_plan(), PLAN)


@pytest.fixture
def loaded(database: Database) -> Database:
    """A database whose plan came from a file its author has written in."""
    load(database, a_file(a_plan(), COMMENTED))
    return database


def compared(database: Database, file: sync.PlanFile, **choices: str) -> sync.Changeset:
    with database.reading() as session:
        return sync.compared(session, file, choices)


def touched(changeset: sync.Changeset) -> list[tuple[str, str, Action]]:
    return [(edit.kind, edit.key, edit.action) for edit in changeset.edits]


def adopt_a_role(database: Database, title: str = "Rådgiver") -> None:
    with database.writing() as session:
        version = present(database).person("fag").version
        want(by(session), "person", "fag", version, title=title)


def work_in_the_app(database: Database) -> None:
    """A role is renamed, another comes, a third goes; an answer is adopted, and a deadline is moved."""
    adopt_a_role(database)
    with database.writing() as session:
        want(by(session), "person", "ny", 0, title="Ny rolle")
        want(by(session), "responsibility", "2.1.1@ny", 0)
        wanted = record.Wanted("measure", "1.2.1", 1, {"due": date(2027, 3, 1), "name": "Medier"})
        record.save(by(session), [wanted], grounds=record.Grounds(note="Styret"))


def test_an_untouched_file_changes_nothing_whatever_was_adopted_in_the_app(loaded: Database):
    file = a_file(a_plan(), COMMENTED)
    assert compared(loaded, file).is_empty
    work_in_the_app(loaded)
    before = newest(loaded)
    found = compared(loaded, file)
    assert (found.edits, found.clashes, found.is_empty) == ((), (), True)
    assert load(loaded, file) is None
    assert newest(loaded) == before


def test_a_file_that_adopts_who_answers_adopts_the_role_and_then_changes_nothing(database: Database):
    first = a_plan(changed={"nestleder": {"proposal": True}, "leder": {"proposal": True}})
    load(database, a_file(first))
    seen = present(database)
    assert [seen.person(key).proposal for key in ("leder", "nestleder")] == [False, True]
    assert compared(database, a_file(first)).is_empty
    adopts = {**first, ("responsibility", "1.1.2@nestleder"): {
        **first["responsibility", "1.1.2@nestleder"], "proposal": False}}  # fmt: skip
    found = compared(database, a_file(adopts))
    assert touched(found) == [
        ("person", "nestleder", Action.CHANGED), ("responsibility", "1.1.2@nestleder", Action.CHANGED)
    ]  # fmt: skip
    load(database, a_file(adopts))
    assert compared(database, a_file(adopts)).is_empty


def test_an_undone_load_is_not_done_again_by_the_same_file(loaded: Database):
    file = a_file(a_plan(changed=TEXT))
    load(loaded, file)
    with loaded.writing() as session:
        record.undo(by(session), newest(loaded))
    assert compared(loaded, file).is_empty
    assert present(loaded).measure("1.1.1").text == "Vi skal skrive høringssvar"


def test_what_only_the_file_changed_is_done_and_what_only_the_app_changed_stands(loaded: Database):
    work_in_the_app(loaded)
    file = a_file(a_plan(changed=TEXT, without=["2.1.1", "2.1.1@fag"]))
    found = compared(loaded, file)
    assert not found.clashes
    assert touched(found) == [
        ("measure", "1.1.1", Action.CHANGED), ("measure", "2.1.1", Action.RETIRED),
        ("responsibility", "2.1.1@ny", Action.RETIRED),
    ]  # fmt: skip
    load(loaded, file)
    seen = present(loaded)
    assert seen.measure("1.1.1").text == TEXT["1.1.1"]["text"]
    assert (seen.person("fag").title, seen.person("ny").title) == ("Rådgiver", "Ny rolle")
    assert (seen.measure("1.2.1").due, seen.measure("1.2.1").name) == (date(2027, 3, 1), "Medier")


def test_both_may_change_each_its_field_of_the_same_thing(loaded: Database):
    adopt_a_role(loaded)
    wanted = a_plan(changed={"fag": {"proposal": True}})
    load(loaded, a_file(wanted))
    person = present(loaded).person("fag")
    assert (person.title, person.proposal) == ("Rådgiver", True)


@pytest.mark.parametrize(("side", "stands"), [(OURS, "Seniorrådgiver"), (THEIRS, "Rådgiver")])
def test_what_both_have_changed_waits_for_a_choice_and_is_asked_once(
    loaded: Database, side: str, stands: str
):
    adopt_a_role(loaded)
    file = a_file(a_plan(changed={"fag": {"title": "Seniorrådgiver"}}))
    (clash,) = compared(loaded, file).waiting
    assert (clash.kind, clash.key, clash.field) == ("person", "fag", "title")
    assert (clash.base, clash.theirs, clash.ours) == ("Fagansvarlig", "Rådgiver", "Seniorrådgiver")
    with pytest.raises(BadInput, match="Velg hva som skal stå"):
        load(loaded, file)
    load(loaded, file, every=side)
    assert present(loaded).person("fag").title == stands
    assert compared(loaded, file).is_empty


def test_what_the_file_takes_out_and_the_app_has_changed_is_asked_about(loaded: Database):
    work_in_the_app(loaded)
    file = a_file(a_plan(without=["1.2.1"]))
    (clash,) = compared(loaded, file).waiting
    assert (clash.key, clash.field, clash.ours) == ("1.2.1", "", None)
    load(loaded, file, every=THEIRS)
    assert present(loaded).measure("1.2.1").name == "Medier"


def test_a_measure_that_stays_keeps_what_it_hangs_on(loaded: Database):
    """The file takes out a subgoal with its measure; the app's change of the measure is chosen."""
    work_in_the_app(loaded)
    load(loaded, a_file(a_plan(without=["1.2", "1.2.1"])), every=THEIRS)
    assert present(loaded).goal_of(present(loaded).measure("1.2.1")).key == "1"


def test_what_hangs_on_something_the_app_took_out_brings_it_back(loaded: Database):
    """An undoing took a subgoal out; the same file now has a measure under it."""
    wanted = a_plan()
    wanted["subgoal", "2.2"] = {**wanted["subgoal", "2.1"], "text": "Nytt delmål", "order": 2}
    load(loaded, a_file(wanted))
    with loaded.writing() as session:
        record.undo(by(session), newest(loaded))
    wanted["measure", "2.2.1"] = {**wanted["measure", "2.1.1"], "subgoal": "2.2", "name": "Nytt"}
    load(loaded, a_file(wanted))
    seen = present(loaded)
    assert [m.key for m in seen.subgoal("2.2").measures] == ["2.2.1"]


def test_new_things_in_the_file_come_after_those_the_app_added(loaded: Database):
    work_in_the_app(loaded)
    wanted = a_plan()
    last = max(fields["order"] for (kind, _key), fields in wanted.items() if kind == "person")
    wanted["person", "zz"] = {"title": "Fra fila", "order": last + 1, "proposal": False}
    found = compared(loaded, a_file(wanted))
    assert touched(found) == [("person", "zz", Action.ADDED)]
    load(loaded, a_file(wanted))
    assert [person.key for person in present(loaded).people][-2:] == ["ny", "zz"]


def test_the_file_moves_what_it_moves_beside_what_the_app_added(loaded: Database):
    work_in_the_app(loaded)
    wanted = a_plan()
    people = [ident for ident in wanted if ident[0] == "person"]
    for number, ident in enumerate(reversed(people), 1):
        wanted[ident]["order"] = number
    load(loaded, a_file(wanted))
    assert [p.key for p in present(loaded).people] == [*(key for _kind, key in reversed(people)), "ny"]


def test_what_the_app_took_out_stays_out_when_the_file_adds_something_above_it(loaded: Database):
    with loaded.writing() as session:
        take_out(by(session), "responsibility", "1.1.2@nestleder", 1)
        take_out(by(session), "person", "nestleder", 1)
    wanted = a_plan()
    for (kind, _key), fields in wanted.items():
        if kind == "person":
            fields["order"] += 1
    wanted["person", "forst"] = {"title": "Først", "order": 1, "proposal": False}
    found = compared(loaded, a_file(wanted))
    assert not found.clashes
    load(loaded, a_file(wanted))
    first, *others = (person.key for person in present(loaded).people)
    assert first == "forst"
    assert "nestleder" not in others


def test_other_comments_alone_are_kept_and_change_nothing_in_the_plan(loaded: Database):
    again = COMMENTED.replace("egen fil", "egen fil, rettet")
    change = load(loaded, a_file(a_plan(), again))
    assert change.reason == "Planfila er lest inn. Planen er som før."
    assert exported(loaded) == again
    with loaded.reading() as session:
        assert "ingenting å angre" in record.undo_preview(session, PLAN, change.id).refusal
    assert load(loaded, a_file(a_plan(), again)) is None


def exported(database: Database) -> str:
    with database.reading() as session:
        return sync.written(session, snapshot.load(session, PLAN, newest(database)))


def test_an_unchanged_plan_is_exported_as_the_file_it_came_from_to_the_byte(database: Database):
    odd = "\ufeff" + COMMENTED.replace("\n", "\r\n") + "# Til slutt\r\n"
    load(database, a_file(a_plan(), odd))
    assert exported(database) == odd


def test_after_a_change_in_the_app_just_those_lines_differ(loaded: Database):
    adopt_a_role(loaded)
    before, after = COMMENTED.splitlines(), exported(loaded).splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ('    title: "Fagansvarlig"', '    title: "Rådgiver"')
    ]


def test_the_exported_plan_changes_nothing_when_it_is_loaded(loaded: Database):
    work_in_the_app(loaded)
    with loaded.writing() as session:
        take_out(by(session), "responsibility", "1.1.2@nestleder", 1)
        take_out(by(session), "person", "nestleder", 1)
    text = exported(loaded)
    assert text.startswith("# Sekretariatets egen fil\n")
    plan, problems = document.read(text.encode())
    assert not problems
    assert plan
    found = compared(loaded, sync.PlanFile(text, document.things(plan)))
    assert (found.edits, found.clashes) == ((), ())


def test_the_text_is_history_like_the_rest(loaded: Database):
    work_in_the_app(loaded)
    load(loaded, a_file(a_plan(changed=TEXT)))
    assert verify(loaded) == newest(loaded)
    with loaded.reading() as session:
        rows = (
            session.execute(sa.select(tables.PlanFile).order_by(col(tables.PlanFile.version))).scalars().all()
        )
        told = history.edits(session, PLAN, 1)
    assert [(row.version, row.change_id) for row in rows] == [(1, 1), (2, newest(loaded))]
    assert rows[0].text == COMMENTED
    assert "plan_file" not in {edit.kind for edit in told}


def test_a_database_from_before_takes_the_plan_after_its_newest_file_as_what_the_file_said(planned: Database):
    """Its plan was loaded by a version that kept no text."""
    file = a_file(a_plan())
    assert compared(planned, file).is_empty
    work_in_the_app(planned)
    assert compared(planned, file).is_empty
    assert exported(planned).startswith("# yaml-language-server")
    found = compared(planned, a_file(a_plan(changed=TEXT | {"fag": {"title": "Seniorrådgiver"}})))
    assert touched(found) == [("measure", "1.1.1", Action.CHANGED)]
    assert [clash.key for clash in found.waiting] == ["fag"]


def test_a_text_that_is_no_plan_by_newer_rules_leaves_the_plan_after_it_as_what_it_said(database: Database):
    load(database, a_file(a_plan(), "ukjent: 1\n"))
    assert compared(database, a_file(a_plan())).edits == ()
    assert exported(database).startswith("# yaml-language-server")


@_PROPERTY
@given(base=plans(), wanted=plans())
def test_where_the_app_has_changed_nothing_the_plan_becomes_the_file(base: Flat, wanted: Flat):
    assert with_file(base, base, wanted, {}, UNCHOSEN) == (wanted, ())


@_PROPERTY
@given(base=plans(), theirs=plans())
def test_where_the_file_has_changed_nothing_the_plan_stands(base: Flat, theirs: Flat):
    assert with_file(base, theirs, base, {}, UNCHOSEN) == (theirs, ())


@_PROPERTY
@given(base=plans(), theirs=plans(), wanted=plans())
def test_whatever_both_have_changed_nothing_is_left_hanging(base: Flat, theirs: Flat, wanted: Flat):
    for side in (THEIRS, OURS):
        _target, clashes = with_file(base, theirs, wanted, {}, UNCHOSEN)
        choices = {clash.name: side for clash in clashes}
        target, _clashes = with_file(base, theirs, wanted, {}, choices)
        assert dangling(target) == []


def dangling(flat: Flat) -> list[Any]:
    above = {"subgoal": ("goal",), "measure": ("subgoal",), "responsibility": ("measure", "person")}
    return [
        ident
        for ident, fields in flat.items()
        for kind in above.get(ident[0], ())
        if (kind, fields[kind]) not in flat
    ]
