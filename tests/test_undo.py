"""Undoing: every kind of change can be taken back, and what later things stand on cannot."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy import changes, history, record, since, tables, things
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.record.undo import REFERS
from strategy.terms import Assessment, DecisionState, MeetingState, Phase, Via
from tests.databases import (
    NOW,
    PLAN,
    SECRETARY,
    Maker,
    a_plan,
    a_row,
    acts,
    adopt,
    by,
    differing,
    moments,
    newest,
    perform,
    present,
    say,
    take_out,
    verify,
    want,
    with_a_plan,
)
from tests.test_record import DOORS, with_a_board

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)


def undo(database: Database, change: int | None = None) -> record.Saved:
    with database.writing() as session:
        number = changes.newest(session) if change is None else change
        return record.undo(by(session, LATER), number)


def refusal(database: Database, change: int) -> str:
    """Why it is refused; the preview and the undoing must agree, and nothing is written."""
    before = newest(database)
    with database.reading() as session:
        preview = record.undo_preview(session, PLAN, change)
    with pytest.raises(BadInput) as refused:
        undo(database, change)
    assert str(refused.value) == preview.refusal
    assert newest(database) == before
    return preview.refusal


def write(database: Database, do: Callable[..., Any], *args: Any, **said: Any) -> Any:
    with database.writing() as session:
        return do(by(session), *args, **said)


def append(database: Database, *rows: tables.Versioned, via: Via = Via.PAGE) -> int:
    with database.writing() as session:
        return changes.append(session, SECRETARY, rows, via=via, reason="", now=NOW).id


@pytest.fixture
def boarded(fresh_in_sqlite: Maker) -> Database:
    return fresh_in_sqlite(with_a_board)


NEVER = {
    "mail": "e-post",
    "open_confidence": "tillit",
    "corrected": "låst",
    "access_link out": "trukket tilbake",
}
"""The doors whose changes stand, and why."""


def test_an_undoing_is_known_by_what_it_wrote_and_not_by_its_words(planned: Database):
    """Words can be translated, redacted, or happen to end in a number."""
    say(planned, done="Først")
    said, undone = newest(planned), undo(planned).change_id
    with planned.writing() as session:
        changes.append(
            session, SECRETARY,
            [a_row(tables.VERSIONED["status_report"], "1.1.2", assessment=Assessment.ON_TRACK)],
            via=Via.PAGE, reason=f"Angret endring {said}", now=LATER,
        )  # fmt: skip
    assert f"allerede angret, i endring {undone}" in refusal(planned, said)
    undo(planned, undone)
    again = newest(planned)
    assert f"allerede angret, i endring {again}" in refusal(planned, undone)
    say(planned, done="Siden")
    assert "er endret senere" in refusal(planned, again)


def test_an_undoing_told_in_another_language_is_an_undoing(planned: Database):
    say(planned, done="Først")
    said = newest(planned)
    taken_out = a_row(tables.VERSIONED["status_report"], "1.1.1", version=2, retired=True)
    with planned.writing() as session:
        reason = f"Change {said} undone"
        undone = changes.append(session, SECRETARY, [taken_out], via=Via.UNDO, reason=reason, now=LATER)
    assert f"allerede angret, i endring {undone.id}" in refusal(planned, said)


NO_CHANGE = ("contact", "vote", "drop_confidence")


@pytest.mark.parametrize("door", set(DOORS) - set(NO_CHANGE))
def test_what_any_door_wrote_can_be_undone_and_the_undoing_too(boarded: Database, door: str):
    before = present(boarded)
    with boarded.writing() as session:
        DOORS[door](by(session))
    after, last = present(boarded), newest(boarded)
    if door in NEVER:
        assert NEVER[door] in refusal(boarded, last).casefold()
        return
    with boarded.reading() as session:
        preview = record.undo_preview(session, PLAN, last)
    undo(boarded)
    undone = present(boarded)
    assert undone.flat == before.flat
    assert {(e.kind, e.key) for e in preview.edits} >= {(e.kind, e.key) for e in differing(after, undone)}
    if door != "access_link":
        undo(boarded)
        assert present(boarded).flat == after.flat
    assert verify(boarded) == newest(boarded)
    with boarded.reading() as session:
        logged = history.log(session, PLAN, last + 1, limit=1)[0]
    assert (logged.via, logged.reason) == (Via.UNDO, f"Angret endring {last}")


BESIDE = sorted(set(tables.VERSIONED) - {"strategy", "mail", "confidence", *things.KEPT})


@pytest.mark.parametrize("kind", BESIDE)
def test_every_kind_of_row_can_be_undone(planned: Database, kind: str):
    """Added, changed and taken out; a link that was withdrawn is the one thing that stays so."""
    said = {"period": "2025"} if kind == "indicator_value" else {}
    before, table = present(planned).flat, tables.VERSIONED[kind]
    append(planned, a_row(table, "rad-1", **said))
    added = present(planned).flat
    undo(planned)
    assert present(planned).flat == before
    if kind == "access_link":
        assert "trukket tilbake" in refusal(planned, newest(planned))
        return
    undo(planned)
    assert present(planned).flat == added
    append(planned, a_row(table, "rad-1", version=4, retired=True, **said))
    undo(planned)
    assert present(planned).flat == added
    verify(planned)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(done=st.lists(acts, min_size=1, max_size=6))
def test_undoing_right_after_a_change_gives_the_earlier_snapshot(fresh_in_sqlite, done):
    database, clock = fresh_in_sqlite(with_a_plan), moments()
    for act in done:
        before = present(database)
        perform(database, act, next(clock))
        if newest(database) == before.change_id:
            continue
        with database.reading() as session:
            refused = record.undo_preview(session, PLAN, newest(database)).refusal
        if refused:
            assert act.name in ("board", "confidence", "undo"), refused
            continue
        undo(database)
        after = present(database)
        assert after.flat == before.flat
        assert [(m.key, m.due_moves, m.report and m.report.recorded_at) for m in after.measures] == [
            (m.key, m.due_moves, m.report and m.report.recorded_at) for m in before.measures
        ]
        undo(database)
    assert verify(database) == newest(database)


def test_a_report_that_comes_back_is_as_old_as_it_was_and_the_other_leaves_the_thread(planned: Database):
    early = NOW - timedelta(days=200)
    say(planned, done="Den gamle", now=early)
    say(planned, done="Den feile")
    undo(planned)
    report = present(planned).measure("1.1.1").report
    assert report
    assert (report.done, report.recorded_at, report.version) == ("Den gamle", early, 3)
    with planned.reading() as session:
        thread = history.reports(session, PLAN, ["1.1.1"], newest(planned))["1.1.1"]
    assert [r.done for r in thread] == ["Den gamle"]
    say(planned, done="Den rette")
    with planned.reading() as session:
        thread = history.reports(session, PLAN, ["1.1.1"], newest(planned))["1.1.1"]
    assert [r.done for r in thread] == ["Den gamle", "Den rette"]


def test_the_only_report_undone_leaves_the_measure_unreported_and_open_for_a_new_one(planned: Database):
    say(planned, done="Feil tiltak")
    undo(planned)
    assert present(planned).measure("1.1.1").report is None
    with planned.reading() as session:
        assert history.reports(session, PLAN, ["1.1.1"], newest(planned)) == {}
    say(planned, base_version=0, done="Rett")  # a form that saw nothing there
    report = present(planned).measure("1.1.1").report
    assert report
    assert (report.done, report.version) == ("Rett", 3)


def test_a_deadline_moved_by_mistake_and_undone_is_not_counted_as_moved(planned: Database):
    adopt(planned, a_plan(changed={"1.1.1": {"due": date(2027, 12, 31)}}))
    before = present(planned).measure("1.1.1").was_due
    assert present(planned).measure("1.1.1").due_moves == len(before) == 1
    undo(planned)
    assert present(planned).measure("1.1.1").due_moves == 0
    assert present(planned).measure("1.1.1").was_due == ()
    undo(planned)
    assert present(planned).measure("1.1.1").due_moves == 1
    assert present(planned).measure("1.1.1").was_due == before


def test_the_first_load_is_never_undone_from_under_what_stands_on_it(planned: Database):
    say(planned)
    assert refusal(planned, 1) == "Endring 2 bygger på det som ville blitt tatt ut. Angre den først."


def test_a_change_that_is_not_there_is_not_found(planned: Database):
    for number in (0, 2, 99):
        with pytest.raises(NotFound, match="finnes ikke"):
            undo(planned, number)


def test_what_was_changed_later_must_be_undone_first(planned: Database):
    say(planned, done="En")
    say(planned, done="To")
    assert "endret senere, i endring 3" in refusal(planned, 2)
    undo(planned, 3)
    assert "endret senere, i endring 3" in refusal(planned, 2)
    assert "allerede angret, i endring 4" in refusal(planned, 3)


def test_other_changes_in_between_do_not_matter(planned: Database):
    say(planned, "1.1.1", done="En")
    say(planned, "1.2.1", done="To")
    undo(planned, 2)
    found = present(planned)
    assert found.measure("1.1.1").report is None
    assert found.measure("1.2.1").report


def test_what_others_have_built_on_is_not_taken_out(planned: Database):
    adopt(planned, a_plan(without=["2.1.1"]))
    adopt(planned, a_plan())
    say(planned, "2.1.1", done="Begynt")
    assert "Endring 4 bygger på" in refusal(planned, 3)
    write(planned, want, "person", "ny", 0, title="Ny rolle")
    write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Spør", mentions=["ny"])
    assert "Endring 6 bygger på" in refusal(planned, 5)


def test_nothing_comes_back_to_what_is_gone(planned: Database):
    write(planned, record.milestone, "2.1.1-m1", 0, measure="2.1.1", title="Steg", due=TODAY)
    write(planned, take_out, "milestone", "2.1.1-m1", 1)
    adopt(planned, a_plan(without=["2.1.1"]))
    assert "tatt ut i endring 4" in refusal(planned, 3)


@pytest.mark.parametrize(("kind", "said"), [("mail", "e-post"), ("confidence", "tillit")])
def test_sent_mails_and_opened_confidence_are_never_undone(planned: Database, kind: str, said: str):
    change = append(planned, a_row(tables.VERSIONED[kind], "rad-1"))
    assert said in refusal(planned, change).casefold()


@pytest.mark.parametrize("state", MeetingState)
def test_a_meeting_is_undone_only_until_it_is_closed(planned: Database, state: MeetingState):
    append(planned, a_row(tables.Meeting, "mote-2026-1", state=MeetingState.UNDER_WAY))
    item = append(planned, a_row(tables.AgendaItem, "sak-1", meeting="mote-2026-1", measures=[]))
    append(planned, a_row(tables.Meeting, "mote-2026-1", version=2, state=state))
    if state.is_locked:
        assert "låst" in refusal(planned, item)
        assert "låst" in refusal(planned, item + 1)
    else:
        undo(planned, item)


def test_what_came_of_a_decision_is_undone_also_after_the_meeting(planned: Database):
    append(planned, a_row(tables.Meeting, "mote-2026-1", state=MeetingState.APPROVED))
    said = {"meeting": "mote-2026-1", "measures": [], "outcome": "", "state": DecisionState.OPEN}
    append(planned, a_row(tables.Decision, "vedtak-1", **said))
    done = said | {"state": DecisionState.DONE, "outcome": "Gjort"}
    append(planned, a_row(tables.Decision, "vedtak-1", version=2, **done))
    undo(planned)
    assert present(planned).decision("vedtak-1").state is DecisionState.OPEN
    assert "låst" in refusal(planned, 3)


def test_a_meeting_somebody_has_voted_in_does_not_go_away(planned: Database):
    append(planned, a_row(tables.Meeting, "mote-2026-1", state=MeetingState.UNDER_WAY))
    with planned.writing() as session:
        session.add(
            tables.Ballot(strategy=PLAN, meeting="mote-2026-1", goal="1", seat="leder", lock="", sealed="7")
        )
    assert "tillitsspørsmålet" in refusal(planned, 2)


def test_an_undone_report_is_no_news_and_gives_the_phase_back(planned: Database):
    say(planned, phase=Phase.IN_PROGRESS, assessment=Assessment.ON_TRACK)
    before = present(planned)
    say(planned, phase=Phase.COMPLETED, assessment=Assessment.ON_TRACK)
    undo(planned)

    assert since.account(before, TODAY, present(planned), TODAY).lines == ()


def test_every_field_that_names_another_thing_is_known_to_the_undoing():
    """A new field with such a name must be added to what an undoing looks for."""
    named = {name for table in tables.VERSIONED.values() for name in tables.fields_of(table)}
    keys = {
        *tables.VERSIONED,
        "measures",
        "mentions",
        "item",
        "belongs_to",
        "thing",
        "present",
        "absent",
        "chair",
    }
    assert named & keys - {"comment", "explanation"} == set(REFERS)
