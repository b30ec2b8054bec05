"""The plan as text against the plan in the database: what is shown is what is done."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from strategy import changes, history, record, snapshot, sync, tables
from strategy.access import Actor
from strategy.changes import Action, Edit
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed
from strategy.snapshot import Flat
from strategy.terms import Part, Via
from tests.databases import (
    NOW,
    PLAN,
    READER,
    RESPONSIBLE,
    Maker,
    a_file,
    a_plan,
    adopt,
    by,
    compared,
    differing,
    newest,
    plans,
    present,
    say,
    take_out,
    verify,
    with_a_plan,
)

REAL = Path(__file__).parent.parent / "strategy.yaml"
_PROPERTY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def difference(database: Database, wanted: Flat) -> sync.Changeset:
    with database.reading() as session:
        return compared(session, wanted)


def plan_of(database: Database) -> Flat:
    return {ident: fields for ident, fields in present(database).flat.items() if ident[0] in sync.PLAN}


def retire_milestone(database: Database, key: str) -> record.Saved:
    with database.writing() as session:
        return take_out(by(session), "milestone", key, 1)


@_PROPERTY
@given(first=plans(), second=plans())
def test_after_a_load_the_plan_is_what_was_asked_for(fresh_in_sqlite: Maker, first: Flat, second: Flat):
    database = fresh_in_sqlite()
    for wanted in (first, second):
        adopt(database, wanted)
        assert difference(database, wanted).is_empty
        assert plan_of(database) == wanted
    assert verify(database) == newest(database)


def name_of(edit: Edit) -> tuple[str, str, Action]:
    return edit.kind, edit.key, edit.action


def but_grounds(edits: Iterable[Edit]) -> list[Edit]:
    return [edit for edit in edits if edit.kind != "authority"]


@_PROPERTY
@given(first=plans(), second=plans())
def test_a_load_does_exactly_what_was_shown(fresh_in_sqlite: Maker, first: Flat, second: Flat):
    database = fresh_in_sqlite()
    adopt(database, first)
    before, shown = present(database), difference(database, second)
    change = adopt(database, second)
    did = but_grounds(differing(before, present(database)))
    assert sorted(did, key=name_of) == sorted(shown.edits, key=name_of)
    assert (change is None) == shown.is_empty
    if change:
        with database.reading() as session:
            written = but_grounds(history.edits(session, PLAN, change.id))
        assert sorted(map(name_of, written)) == sorted(map(name_of, shown.edits))


def test_the_same_file_again_changes_nothing(planned: Database):
    before = newest(planned)
    assert difference(planned, a_plan()).is_empty
    assert adopt(planned, a_plan()) is None
    assert newest(planned) == before


def test_the_first_load_adds_everything(database: Database):
    shown = difference(database, a_plan())
    assert shown.base == 0
    assert len(shown.of(Action.ADDED)) == len(shown.edits) == len(a_plan())
    change = adopt(database, a_plan(), reason="Vedtatt av landsmøtet")
    assert change
    assert (change.id, change.actor, change.via, change.reason) == (
        1, "sekretariatet", Via.YAML, "Vedtatt av landsmøtet",
    )  # fmt: skip


def test_edits_are_shown_from_the_top_of_the_plan_down(database: Database):
    wanted = a_plan()
    wanted["measure", "1.1.10"] = {**wanted["measure", "1.1.2"], "order": 10}
    shown = difference(database, wanted).edits
    assert list(dict.fromkeys(edit.kind for edit in shown)) == list(sync.PLAN)
    assert [e.key for e in shown if e.kind == "measure"] == ["1.1.1", "1.1.2", "1.1.10", "1.2.1", "2.1.1"]


def test_a_changed_text_is_one_edit_of_one_field(planned: Database):
    (edit,) = difference(planned, a_plan(changed={"1.1.1": {"text": "Vi skal skrive mer"}})).edits
    assert (edit.kind, edit.key, edit.action) == ("measure", "1.1.1", Action.CHANGED)
    (field,) = edit.fields
    assert (field.field, field.before, field.after) == (
        "text", "Vi skal skrive høringssvar", "Vi skal skrive mer",
    )  # fmt: skip


def test_one_decimal_written_in_two_ways_is_no_change(planned: Database):
    assert difference(planned, a_plan(changed={"svar": {"baseline": Decimal("3.000")}})).is_empty


def test_what_leaves_the_file_is_retired_and_its_history_stays(planned: Database):
    say(planned, "2.1.1", done="Første kurs")
    adopt(planned, a_plan(without=["2.1.1"]))
    say(planned, "1.1.1", done="Videre")
    with planned.reading() as session:
        rows = (
            session.execute(sa.select(tables.Measure).where(col(tables.Measure.key) == "2.1.1"))
            .scalars()
            .all()
        )
        trail = history.trail(session, PLAN, "status_report", "2.1.1", newest(planned))
    assert [(row.version, row.retired, row.text) for row in sorted(rows, key=lambda r: r.version)] == [
        (1, False, "Vi skal holde kurs"),
        (2, True, "Vi skal holde kurs"),
    ]
    assert [version.fields["done"] for version in trail] == ["Første kurs"]
    assert present(planned, 2).measure("2.1.1").retired is False


def test_a_key_that_comes_back_goes_on_where_it_left(planned: Database):
    say(planned, "2.1.1", done="Første kurs")
    adopt(planned, a_plan(without=["2.1.1"]))
    adopt(planned, a_plan())
    measure = present(planned).measure("2.1.1")
    assert (measure.version, measure.retired) == (3, False)
    assert measure.report
    assert measure.report.done == "Første kurs"
    assert say(planned, "2.1.1", done="Andre kurs").version == 2


def test_a_measure_that_moves_keeps_its_key_its_reports_and_its_history(planned: Database):
    say(planned, done="Før flytting")
    with planned.writing() as session:
        record.milestone(by(session), "1.1.1-m1", 0, measure="1.1.1", title="Steg",
                         due=NOW.date())  # fmt: skip
        record.value(by(session), "svar", "2025", 0, value=Decimal(7))
    (edit,) = difference(planned, a_plan(changed={"1.1.1": {"subgoal": "2.1"}})).edits
    assert edit.action is Action.CHANGED
    adopt(planned, a_plan(changed={"1.1.1": {"subgoal": "2.1"}}))
    seen = present(planned)
    measure = seen.measure("1.1.1")
    assert seen.goal_of(measure).key == "2"
    assert measure.report
    assert measure.report.done == "Før flytting"
    assert [m.title for m in measure.milestones] == ["Steg"]
    assert [v.value for v in seen.indicator("svar").values] == [7]
    assert measure in seen.goal("2").measures
    with planned.reading() as session:
        trail = history.trail(session, PLAN, "measure", "1.1.1", newest(planned))
    assert [v.fields["subgoal"] for v in trail] == ["1.1", "2.1"]


@_PROPERTY
@given(wanted=plans())
def test_a_load_never_touches_what_people_reported(fresh_in_sqlite: Maker, wanted: Flat):
    database = fresh_in_sqlite(with_a_plan)
    say(database, "1.2.1", done="Sagt")
    with database.writing() as session:
        record.milestone(by(session), "1.2.1-m1", 0, measure="1.2.1", title="Steg",
                         due=NOW.date())  # fmt: skip
    said = ("status_report", "indicator_value", "milestone", "attainment")
    before = {ident: fields for ident, fields in present(database).flat.items() if ident[0] in said}
    adopt(database, wanted)
    assert {ident: fields for ident, fields in present(database).flat.items() if ident[0] in said} == before


def test_a_plan_changed_since_the_comparison_is_a_conflict(planned: Database):
    shown = difference(planned, a_plan(changed={"1.1.1": {"text": "min"}}))
    adopt(planned, a_plan(changed={"1.2.1": {"text": "din"}}))
    with pytest.raises(Conflict, match="Sammenlign på nytt"), planned.writing() as session:
        sync.apply(by(session, via=Via.YAML), shown)
    assert present(planned).measure("1.1.1").text != "min"


def test_a_file_of_another_strategy_is_never_compared_with_this_one(planned: Database):
    with pytest.raises(BadInput, match="Fila er planen «neste», ikke «plan»"):
        sync.diff(present(planned), a_plan("neste"))


def test_an_empty_database_may_load_its_first_plan(database: Database):
    file = a_file(a_plan())
    with database.writing() as session:
        first = sync.compared(session, file)
        assert len(first.of(Action.ADDED)) == len(first.edits) == len(a_plan())
        sync.apply(by(session, via=Via.YAML), first)
    with database.reading() as session:
        assert sync.compared(session, file).is_empty


def test_two_first_loads_are_a_conflict(database: Database):
    shown = difference(database, a_plan())
    adopt(database, a_plan())
    with pytest.raises(Conflict), database.writing() as session:
        sync.apply(by(session, via=Via.YAML), shown)
    assert newest(database) == 1


def test_a_report_given_since_the_comparison_is_no_conflict(planned: Database):
    shown = difference(planned, a_plan(changed={"1.1.1": {"text": "min"}}))
    say(planned, done="imens")
    with planned.writing() as session:
        assert sync.apply(by(session, via=Via.YAML), shown)
    report = present(planned).measure("1.1.1").report
    assert report
    assert report.done == "imens"


def test_another_strategy_loaded_since_is_no_conflict(planned: Database):
    shown = difference(planned, a_plan(changed={"1.1.1": {"text": "min"}}))
    adopt(planned, a_plan("neste"))
    with planned.writing() as session:
        assert sync.apply(by(session, via=Via.YAML), shown)


@pytest.mark.parametrize("actor", [READER, RESPONSIBLE])
def test_only_the_secretariat_loads_a_plan(planned: Database, actor: Actor):
    with pytest.raises(NotAllowed):
        adopt(planned, a_plan(without=["2.1.1"]), actor=actor)
    with pytest.raises(NotAllowed):
        adopt(planned, a_plan(), actor=actor)
    assert newest(planned) == 1


def test_the_reason_is_cleaned_like_any_text(planned: Database):
    with pytest.raises(BadInput, match="Begrunnelse"):
        adopt(planned, a_plan(without=["2.1.1"]), reason="a\x00b")
    change = adopt(planned, a_plan(without=["2.1.1"]), reason=" Vedtak 7/26\r\n")
    assert change
    assert change.reason == "Vedtak 7/26"


@given(before=st.text(), after=st.text())
def test_the_words_of_a_change_rebuild_both_texts(before: str, after: str):
    pairs = list(sync.words(before, after))
    assert "".join(text for mark, text in pairs if mark in " -") == before
    assert "".join(text for mark, text in pairs if mark in " +") == after
    assert all(text for _mark, text in pairs)


def test_the_words_of_a_change_leave_the_rest_alone():
    assert list(sync.words("vi skal gi råd", "vi skal gi gode råd")) == [
        (" ", "vi skal gi "), ("+", "gode "), (" ", "råd"),
    ]  # fmt: skip
    assert list(sync.words("likt", "likt")) == [(" ", "likt")]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path):
    with pytest.raises(BadInput, match=r"Kan ikke lese borte\.yaml: den finnes ikke\."):
        sync.read(tmp_path / "borte.yaml")


def test_a_file_with_mistakes_is_refused_with_all_of_them(tmp_path: Path):
    (tmp_path / "feil.yaml").write_text("strategi: nei\nukjent: 1\n")
    with pytest.raises(BadInput) as refused:
        sync.read(tmp_path / "feil.yaml")
    assert len(str(refused.value).splitlines()) >= 2


def test_the_real_plan_loads_once_and_is_then_the_same(database: Database):
    wanted = sync.read(REAL)
    (key,) = (key for kind, key in wanted if kind == "strategy")
    adopt(database, wanted)
    seen = present(database, strategy=key)
    assert (len(seen.goals), sum(len(g.subgoals) for g in seen.goals), len(seen.measures)) == (3, 12, 20)
    assert adopt(database, wanted) is None
    assert newest(database) == verify(database) == 1
    assert seen.retired == ()


def test_in_the_real_plan_every_responsible_role_is_a_proposal_until_it_is_adopted(database: Database):
    """Nothing is invented: the document names nobody."""
    wanted = sync.read(REAL)
    assert all(fields["proposal"] for (kind, _key), fields in wanted.items() if kind == "responsibility")
    assert all(fields["due"] is None for (kind, _key), fields in wanted.items() if kind == "measure")


def test_a_measure_of_the_real_plan_can_be_moved_and_taken_back(database: Database):
    wanted = sync.read(REAL)
    (key,) = (key for kind, key in wanted if kind == "strategy")
    adopt(database, wanted)
    measure = next(key for kind, key in wanted if kind == "measure")
    moved = {ident: dict(fields) for ident, fields in wanted.items()}
    moved["measure", measure]["subgoal"] = next(k for kind, k in reversed(wanted) if kind == "subgoal")
    assert adopt(database, moved)
    assert present(database, strategy=key).measure(measure).version == 2
    assert adopt(database, wanted)
    with database.reading() as session:
        now = snapshot.load(session, key, changes.newest(session))
        then = snapshot.load(session, key, 1)
    assert differing(then, now) == ()


def test_a_responsibility_can_change_hands_from_a_day(planned: Database):
    day = NOW.date() + timedelta(days=30)
    wanted = a_plan(changed={"1.1.1@fag": {"until": day}})
    wanted["responsibility", "1.1.1@nestleder"] = {
        "measure": "1.1.1", "person": "nestleder", "part": Part.RESPONSIBLE, "since": day, "until": None,
        "order": 1, "proposal": False,
    }  # fmt: skip
    adopt(planned, wanted)
    held = present(planned).measure("1.1.1").responsibilities
    responsible = [r for r in held if r.part is Part.RESPONSIBLE]
    assert [r.person for r in responsible if r.holds(day - timedelta(days=1))] == ["fag"]
    assert [r.person for r in responsible if r.holds(day)] == ["nestleder"]
    assert [r.person for r in responsible if r.holds(date(2020, 1, 1))] == ["fag"]


def test_a_document_says_what_it_asks_for_in_the_tables_own_words():
    """Each thing of the text has exactly the fields of its table."""
    for (kind, _key), fields in sync.read(REAL).items():
        assert set(fields) == set(tables.fields_of(tables.VERSIONED[kind]))
    assert set(sync.PLAN) < set(tables.VERSIONED)
