"""A meeting that is called off, and a case taken off an agenda: what waits goes on, and all can be undone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from strategy import changes, history, record, tables
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.terms import ItemState, MeetingState
from tests.board import (
    DAY,
    LATER,
    MEETING,
    SEATS,
    add_case,
    ask,
    called,
    closed,
    decide,
    plan_meeting,
    seat_board,
    under_way,
    vote,
)
from tests.databases import PLAN, by, newest, present, verify, version_of


def cancel(database: Database, key: str = MEETING, reason: str = "Sykdom", base: int | None = None) -> Any:
    with database.writing() as session:
        at = version_of(session, tables.Meeting, key) if base is None else base
        wanted = record.Wanted("meeting", key, at, retired=True, reason=reason)
        return record.cancel(by(session), wanted)


def take_out(database: Database, key: str = "sak-1", base: int | None = None) -> record.Saved:
    with database.writing() as session:
        at = version_of(session, tables.AgendaItem, key) if base is None else base
        return record.retire_item(by(session), key, at)


def undo(database: Database) -> None:
    with database.writing() as session:
        record.undo(by(session), changes.newest(session))


def refused(sentence: str, write: Callable[[], Any]) -> None:
    with pytest.raises(BadInput) as refusal:
        write()
    assert sentence in str(refusal.value)


def test_what_waits_goes_on_to_the_next_meeting_and_what_every_meeting_has_falls_away(planned: Database):
    called(planned)
    add_case(planned, number=41)
    ask(planned)
    ask(planned, "sporsmal-2")
    with planned.writing() as session:
        record.standard_agenda(by(session), MEETING)
        record.answer(by(session), "sporsmal-2", 1, answer="I mars")
        found = record.cancelling(session, PLAN, MEETING)
    usual = {case.key for case in present(planned).items_of(MEETING)} - {"sak-1"}
    assert (found.to, found.moved, found.questions, found.refusal) == (LATER, ("sak-1",), ("sporsmal-1",), "")
    assert {*found.dropped} == usual
    assert len(usual) == 6

    cancel(planned)
    plan = present(planned)
    assert [meeting.key for meeting in plan.meetings] == [LATER]
    assert [(item.key, item.number, item.state) for item in plan.items] == [("sak-1", 41, ItemState.OPEN)]
    assert [question.meeting for question in plan.questions] == [LATER, MEETING]
    assert [(m.key, m.version) for m in plan.cancelled] == [(MEETING, 3)]
    with planned.reading() as session:
        assert history.trail(session, PLAN, "meeting", MEETING, newest(planned))[-1].reason == "Sykdom"
    assert verify(planned) == newest(planned)


def test_a_meeting_called_off_by_mistake_comes_back_with_all_it_had(planned: Database):
    called(planned)
    ask(planned)
    before = present(planned)
    cancel(planned)
    assert present(planned).flat != before.flat
    undo(planned)
    assert present(planned).flat == before.flat
    assert present(planned).cancelled == ()


def test_a_second_click_changes_nothing_and_a_later_one_finds_no_meeting(planned: Database):
    called(planned)
    cancel(planned, base=2)
    last = newest(planned)
    assert cancel(planned, base=2).again
    assert newest(planned) == last
    with pytest.raises(NotFound):
        cancel(planned, base=3)


def test_a_meeting_is_not_called_off_without_a_reason(planned: Database):
    called(planned)
    refused("Skriv hvorfor", lambda: cancel(planned, reason=" "))


def test_a_meeting_with_cases_of_its_own_is_called_off_when_they_have_somewhere_to_go(planned: Database):
    seat_board(planned)
    plan_meeting(planned)
    add_case(planned)
    refused("Sett opp neste møte først", lambda: cancel(planned))
    take_out(planned)
    cancel(planned)
    assert present(planned).meetings == ()


@pytest.mark.parametrize("done", ["treated", "decided", "opened"])
def test_a_meeting_that_has_done_something_is_closed_and_not_called_off(planned: Database, done: str):
    under_way(planned)
    if done == "treated":
        add_case(planned, state=ItemState.TREATED)
    elif done == "decided":
        decide(planned)
    else:
        for seat in SEATS:
            vote(planned, "1", seat, 5)
        with planned.writing() as session:
            record.open_confidence(by(session), MEETING)
    refused("alt behandlet noe", lambda: cancel(planned))


def test_a_closed_meeting_is_not_called_off_and_keeps_its_cases(planned: Database):
    closed(planned)
    refused("avsluttet", lambda: cancel(planned))
    refused("avsluttet", lambda: take_out(planned))


def test_votes_that_were_not_opened_go_with_the_meeting(planned: Database):
    under_way(planned)
    vote(planned, "1", "verv-1", 5)
    cancel(planned)
    with planned.reading() as session:
        assert record.voted(session, PLAN, MEETING) == {}


def test_a_meeting_called_off_can_be_set_up_anew_under_its_number(planned: Database):
    called(planned)
    cancel(planned)
    plan_meeting(planned, base_version=0, held_on=date(2026, 12, 7))
    plan = present(planned)
    assert (plan.meeting(MEETING).held_on, plan.meeting(MEETING).state) == (
        date(2026, 12, 7), MeetingState.DRAFT,
    )  # fmt: skip
    assert plan.cancelled == ()
    assert plan.meeting(MEETING).held_on != DAY


def test_a_case_taken_off_the_agenda_is_gone_keeps_its_number_and_can_come_back(planned: Database):
    called(planned)
    add_case(planned, number=41)
    before = present(planned)
    take_out(planned, base=2)
    assert take_out(planned, base=2).again
    assert present(planned).items == ()
    with planned.reading() as session:
        assert record.case_number(session, PLAN, DAY.year) == 42
        assert history.agenda(session, PLAN, MEETING, newest(planned)) == ()
    undo(planned)
    assert present(planned).flat == before.flat


def test_a_case_that_is_treated_or_decided_stays_on_the_agenda(planned: Database):
    under_way(planned)
    decide(planned)
    refused("behandlet", lambda: take_out(planned))
    add_case(planned, "sak-2", state=ItemState.TREATED)
    refused("behandlet", lambda: take_out(planned, "sak-2"))
