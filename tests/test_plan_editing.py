"""The plan edited in the app: the change the file would make, refused for the same reasons."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import document, record, sync
from strategy.access import LOCAL
from strategy.changes import Action
from strategy.database import Database
from strategy.errors import BadInput, Conflict
from strategy.record import THEIRS
from strategy.snapshot import Flat
from strategy.terms import Effect, Via
from tests.databases import NOW, PLAN, a_plan, by, load, newest, present, verify
from tests.test_pages import app, go, here, press, words
from tests.test_sheets import ground, plan
from tests.test_sheets import newest as newest_there

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]

A_YEAR: sync.Edited = {
    ("measure", "1.1.3"): {"subgoal": "1.1", "name": "Ny", "text": "Et nytt tiltak", "due": date(2028, 6, 1)},
    ("measure", "1.1.1"): {"text": "Skrive bedre høringssvar"},
    ("subgoal", "1.2"): {"text": "Hørt av flere"},
    ("measure", "1.2.1"): {"subgoal": "2.1"},
    ("measure", "1.1.2"): None,
    ("measure", "2.1.1"): {"merged_from": "1.1.2"},
    ("indicator", "svar"): {"name": "Høringssvar i året"},
}
"""A new measure, two texts reworded, one moved, two merged, so that one is out, an indicator renamed."""


def edit(database: Database, edits: sync.Edited, base: int = 0, **choices: str) -> Any:
    now = present(database)
    changeset = sync.edited(present(database, base) if base else now, now, edits, choices)
    with database.writing() as session:
        return sync.apply(by(session), changeset, grounds=record.Grounds(note="Årsmøtet, sak 9"))


def in_file() -> Flat:
    """The same, as whoever writes the file would say it."""
    changed: dict[str, dict[str, Any]] = {
        "1.1.1": {"text": "Skrive bedre høringssvar"}, "1.2": {"text": "Hørt av flere"},
        "1.2.1": {"subgoal": "2.1", "order": 2}, "svar": {"name": "Høringssvar i året"},
        "2.1.1": {"merged_from": "1.1.2"},
    }  # fmt: skip
    wanted = dict(a_plan(changed=changed, without=["1.1.2", "1.1.2@nestleder"]))
    new: dict[str, Any] = {**wanted["measure", "1.1.1"], "name": "Ny", "text": "Et nytt tiltak"}
    wanted["measure", "1.1.3"] = new | {"due": date(2028, 6, 1), "order": 2}
    return document.things(_read(document.write(wanted, PLAN)))


def _read(text: str) -> document.Document:
    found, problems = document.read(text.encode())
    assert found, problems
    return found


def test_a_year_s_change_in_the_app_is_the_change_the_file_would_make(planned: Database) -> None:
    now = present(planned)
    mine, theirs = sync.edited(now, now, A_YEAR), sync.diff(now, in_file())

    assert mine.edits == theirs.edits
    assert {each.action for each in mine.edits} == {Action.ADDED, Action.CHANGED, Action.RETIRED}
    edit(planned, A_YEAR)
    with planned.reading() as session:
        assert document.things(_read(sync.written(session, present(planned)))) == in_file()
    assert verify(planned)


def test_it_is_undone_as_one_change_and_the_plan_is_as_it_was(planned: Database) -> None:
    before = present(planned).flat
    edit(planned, A_YEAR)
    with planned.writing() as session:
        record.undo(by(session, via=Via.UNDO), newest(planned))

    assert sync.diff(present(planned), {i: f for i, f in before.items() if i[0] in sync.PLAN}).is_empty


def test_what_the_file_said_is_not_taken_for_the_file_s_again(planned: Database) -> None:
    """An old file that is loaded after an edit in the app takes nothing back."""
    edit(planned, A_YEAR)
    assert load(planned, sync.PlanFile("", a_plan())) is None


def test_what_goes_out_takes_along_what_hangs_on_it(planned: Database) -> None:
    now = present(planned)
    gone = {(e.kind, e.key) for e in sync.edited(now, now, {("subgoal", "1.1"): None}).of(Action.RETIRED)}
    assert gone - {("subgoal", "1.1")} == {
        ("measure", "1.1.1"), ("measure", "1.1.2"), ("responsibility", "1.1.1@fag"),
        ("responsibility", "1.1.1@leder"), ("responsibility", "1.1.2@nestleder"), ("indicator", "svar"),
        ("target", "svar@2026-12-31"),
    }  # fmt: skip
    edit(planned, {("subgoal", "1.1"): None})

    assert {measure.key for measure in present(planned).measures} == {"1.2.1", "2.1.1"}


@pytest.mark.parametrize(
    ("edits", "field"),
    [
        ({("measure", "1.1.1"): {"due": date(2031, 1, 1)}}, "due"),
        ({("measure", "1.1.1"): {"start": date(2028, 1, 1)}}, "due"),
        ({("measure", "1.1.1"): {"text": ""}}, "text"),
        ({("measure", "1.1.1"): {"name": "x" * 3000}}, "name"),
        ({("goal", "1"): {"text": "a\x00b"}}, "text"),
        ({("measure", "1.1.1"): {"merged_from": "1.2.1"}}, "merged_from"),
        (
            {("target", "svar@2027-12-31"): {"indicator": "svar", "due": date(2027, 12, 31), "value": 1}},
            "value",
        ),
    ],
)
def test_it_is_refused_with_its_field_and_nothing_is_written(
    planned: Database, edits: Mapping[Any, Any], field: str
) -> None:
    before = newest(planned)
    with pytest.raises(BadInput) as refused:
        edit(planned, edits)

    assert refused.value.field == field
    assert newest(planned) == before


def test_two_who_edit_the_same_text_choose_and_what_only_one_has_changed_stands(planned: Database) -> None:
    base = newest(planned)
    edit(planned, {("measure", "1.1.1"): {"text": "Først"}, ("goal", "2"): {"name": "Deres"}})
    now = present(planned)
    mine: sync.Edited = {("measure", "1.1.1"): {"text": "Sist"}, ("goal", "1"): {"name": "Mitt"}}
    found = sync.edited(present(planned, base), now, mine)

    (clash,) = found.waiting
    assert (clash.base, clash.theirs, clash.ours) == ("Vi skal skrive høringssvar", "Først", "Sist")
    with planned.writing() as session, pytest.raises(BadInput):
        sync.apply(by(session), found)
    edit(planned, mine, base, **{clash.name: THEIRS})
    now = present(planned)
    assert now.measure("1.1.1").text == "Først"
    assert [goal.name for goal in now.goals] == ["Mitt", "Deres"]


def test_what_is_saved_meanwhile_is_not_overwritten_unseen(planned: Database) -> None:
    now = present(planned)
    shown = sync.edited(now, now, {("goal", "1"): {"name": "Mitt"}})
    edit(planned, {("goal", "1"): {"name": "Deres"}})
    with planned.writing() as session, pytest.raises(Conflict):
        sync.apply(by(session), shown)


def test_a_new_thing_never_takes_over_the_history_of_one_that_was(planned: Database) -> None:
    edit(planned, {("measure", "1.1.2"): None, ("indicator", "vedtak"): None})
    with planned.reading() as session:
        assert sync.free_key(session, PLAN, "measure", "1.1") == "1.1.3"
        assert sync.free_key(session, PLAN, "measure", "1.1", ["1.1.3"]) == "1.1.4"
        assert sync.free_key(session, PLAN, "subgoal", "2") == "2.2"
        assert sync.free_key(session, PLAN, "goal", "") == "3"
        assert sync.free_key(session, PLAN, "indicator", "1.2.1") == "1.2.1a"


def opened(app: Opener, **address: str) -> AppTest:
    return go(app("real", address), "plan")


def write(at: AppTest, label: str, text: str) -> None:
    next(box for box in (*at.text_area, *at.text_input) if box.label.lower() == label).set_value(text).run()


def test_many_edits_are_seen_and_saved_as_one_change_with_what_they_rest_on(app: Opener) -> None:
    at = opened(app, hva="measure", n="1.1.1")
    before = newest_there()
    write(at, "tekst", "En ny ordlyd")
    press(at, "Endre")
    at.query_params["n"] = "ny"
    at.run()
    next(box for box in at.selectbox if box.label.lower() == "delmål").set_value("1.1").run()
    write(at, "tekst", "Et nytt tiltak")
    write(at, "kortnavn", "Nytt")
    press(at, "Legg til")
    assert newest_there() == before
    press(at, "Lagre 2 endringer")
    assert "Vedtatt tekst, frister og hvilke tiltak som finnes" in words(at)
    ground(at, "Årsmøtet, sak 9")
    press(at, "Lagre 2 endringer")

    now = plan()
    assert now.change_id == before + 1
    assert now.measure("1.1.1").text == "En ny ordlyd"
    assert [(m.name, m.text) for m in now.measures if m.key == "1.1.2"] == [("Nytt", "Et nytt tiltak")]
    assert [a.effect for a in now.authorities_of("1.1.1")] == [Effect.AMENDED]
    assert "Lagret" in words(at)
    assert not [b for b in at.button if b.label.startswith("Lagre")]


def test_a_day_outside_the_period_is_refused_at_its_field(app: Opener) -> None:
    at = opened(app, hva="measure", n="1.1.1")
    next(box for box in at.date_input if box.label.lower() == "frist").set_value(date(2040, 1, 1)).run()
    press(at, "Endre")

    assert "Ikke tatt med." in words(at)
    assert "utenfor strategiperioden" in words(at)
    assert not [b for b in at.button if b.label.startswith("Lagre")]


def test_an_edit_is_taken_back_alone_and_all_are_given_up(app: Opener) -> None:
    at = opened(app, hva="measure", n="1.1.1")
    press(at, "Ta ut av planen")
    assert "Dette blir endret" in words(at)
    press(at, "Ta tilbake")
    assert "Dette blir endret" not in words(at)
    at.query_params["n"] = "1.1.1"
    at.run()
    write(at, "kortnavn", "Annet")
    press(at, "Endre")
    press(at, "Forkast alt")

    assert "Dette blir endret" not in words(at)
    assert next(b for b in at.text_input if b.label.lower() == "kortnavn").value != "Annet"


def test_what_goes_out_with_another_is_not_offered_any_more(app: Opener) -> None:
    at = opened(app, hva="subgoal", n="1.1")
    press(at, "Ta ut av planen")
    at.query_params["hva"] = "measure"
    at.run()
    (offered,) = (box.options for box in at.selectbox if box.label == "Hvilket")

    assert not [name for name in offered if name.startswith("1.1.")]
    assert [name for name in offered if name.startswith("1.2.")]


def test_two_are_merged_and_each_names_the_other_with_a_history_of_its_own(app: Opener) -> None:
    at = opened(app, hva="measure", n="1.1.1")
    next(box for box in at.selectbox if box.label == "Slå sammen med").set_value("1.2.1").run()
    press(at, "Slå sammen")
    ground(at, "Årsmøtet, sak 9")
    press(at, "Lagre ")

    assert plan().measure("1.2.1").merged_from == "1.1.1"
    assert [measure.key for measure in plan().retired] == ["1.1.1"]
    for shown, said in (("1.1.1", "Slått sammen med"), ("1.2.1", "Har tatt opp i seg")):
        page = another(t=shown)
        assert said in words(page)
        assert any("t=1." in link.proto.query_string for link in page.get("page_link"))


def another(**address: str) -> AppTest:
    """Another tab at a measure, on the database as it is."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    for name, value in address.items():
        at.query_params[name] = value
    return go(at, "measures")


def test_nothing_can_be_edited_in_the_past(app: Opener) -> None:
    at = go(app("example", {"per": "2026-01-15", "hva": "measure", "n": "1.1.1"}), "plan")

    assert "Gå tilbake til i dag for å endre." in words(at)
    assert not at.text_area


def test_what_is_edited_and_not_saved_is_there_in_another_session_until_it_is_given_up(app: Opener) -> None:
    at = opened(app, hva="measure", n="1.1.1")
    write(at, "tekst", "En ny ordlyd")
    next(box for box in at.date_input if box.label.lower() == "frist").set_value(date(2028, 6, 1)).run()
    press(at, "Endre")
    at.query_params["hva"], at.query_params["n"] = "indicator", "1.1.1a"
    at.run()
    press(at, "Ta ut av planen")
    before = newest_there()

    again = elsewhere()
    assert "Det du rettet sist og ikke lagret, er her ennå." in words(again)
    assert "Dette blir endret" in words(again)
    ground(again, "Årsmøtet, sak 9")
    press(again, "Lagre ")
    assert newest_there() == before + 1
    now = plan()
    assert (now.measure("1.1.1").text, now.measure("1.1.1").due) == ("En ny ordlyd", date(2028, 6, 1))
    assert "1.1.1a" not in {each.key for each in now.indicators}
    assert "er her ennå" not in words(elsewhere())


@pytest.mark.parametrize(
    "left",
    [
        {},
        {"base": 10**6, "edits": [["measure", "1.1.1", {"text": "Ny"}]]},
        {"base": 1, "edits": [["measure", "1.1.1", {"due": "snart"}]]},
        {"base": 1, "edits": [["measure", "1.1.1", {"ukjent": 1}]]},
        {"base": 1, "edits": [["ukjent", "1", {}]]},
        {"base": 1, "edits": 7},
    ],
)
def test_what_cannot_be_read_of_what_was_left_stands_in_nobodys_way(app: Opener, left: Any) -> None:
    at = opened(app)
    with here().writing() as session:
        record.scratch.keep(record.By(session, LOCAL, plan().strategy.key, NOW), "plan", left)
    at = elsewhere()
    assert not at.exception
    assert "er her ennå" not in words(at)
    assert "Dette blir endret" not in words(at)


def elsewhere() -> AppTest:
    """The page of the plan in another session of the same person."""
    return go(AppTest.from_file("../pages/frame.py", default_timeout=60), "plan")
