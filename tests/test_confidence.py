"""How sure the board is: nobody sees an answer before all are opened, and then not who gave it."""

import pytest
import sqlalchemy as sa

from strategy import history, meetings, record, tables
from strategy.access import Actor
from strategy.database import Database
from strategy.errors import BadInput, NotAllowed, NotFound, Refusal
from strategy.terms import ItemState, MeetingState
from tests.board import MEETING, SEATS, add_case, called, plan_meeting, take, under_way, vote
from tests.databases import CHAIR, MEMBER, NOW, PLAN, READER, RESPONSIBLE, SECRETARY, newest, present, verify


def test_nothing_is_written_before_the_last_of_those_present_has_answered(planned: Database):
    under_way(planned)
    before = newest(planned)
    given = [(goal, seat) for seat in SEATS for goal in ("1", "2")]
    for number, (goal, seat) in enumerate(given[:-1]):
        assert vote(planned, goal, seat, number) is None
    assert newest(planned) == before
    assert present(planned).confidences == ()
    saved = vote(planned, *given[-1], 9)
    assert saved
    assert (newest(planned), saved.change_id) == (before + 1, before + 1)
    one, two = meetings.confidence(present(planned), MEETING)
    assert (one.goal, one.answers, two.answers) == ("1", (0, 2, 4), (1, 3, 9))
    assert (one.n, one.median, one.low, one.high, one.spread) == (3, 2.0, 0, 4, 4)
    assert meetings.trend(present(planned), present(planned).goal("1")) == (one,)
    assert votes(planned) == []
    assert verify(planned) == newest(planned)


def votes(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.execute(sa.select(tables.Ballot.__table__.c.value)).scalars())


def who_voted(database: Database) -> dict[str, frozenset[str]]:
    with database.reading() as session:
        return dict(record.voted(session, PLAN, MEETING))


def test_it_is_told_who_has_answered_and_never_what(planned: Database):
    called(planned)
    vote(planned, "1", "verv-2", 8, actor=MEMBER)
    vote(planned, "1", "verv-1", 3, actor=CHAIR)
    assert who_voted(planned) == {"1": frozenset({"verv-1", "verv-2"})}


def test_an_answer_can_be_changed_until_it_is_opened(planned: Database):
    called(planned)
    vote(planned, "1", "verv-2", 8, actor=MEMBER)
    vote(planned, "1", "verv-2", 2, actor=MEMBER)
    assert votes(planned) == [2]
    with planned.writing() as session:
        record.open_confidence(session, SECRETARY, PLAN, MEETING, now=NOW)
    for write in (lambda: vote(planned, "1", "verv-2", 9), lambda: opened(planned)):
        with pytest.raises(BadInput, match="åpnet, og kan ikke endres"):
            write()
    assert present(planned).confidences[0].answers == (2,)


def opened(database: Database, actor: Actor = SECRETARY) -> record.Saved:
    with database.writing() as session:
        return record.open_confidence(session, actor, PLAN, MEETING, now=NOW)


def test_the_chair_opens_and_another_member_does_not(planned: Database):
    under_way(planned)
    with pytest.raises(BadInput, match="Ingen har svart"):
        opened(planned, CHAIR)
    vote(planned, "2", "verv-2", 8, actor=MEMBER)
    for who in (MEMBER, RESPONSIBLE, READER):
        with pytest.raises(NotAllowed):
            opened(planned, who)
    assert votes(planned) == [8]
    opened(planned, CHAIR)
    assert [belief.goal for belief in meetings.confidence(present(planned), MEETING)] == ["2"]


@pytest.mark.parametrize(
    ("goal", "seat", "value", "actor", "refusal"),
    [
        ("1", "verv-1", 11, CHAIR, BadInput),
        ("1", "verv-1", -1, CHAIR, BadInput),
        ("1", "verv-1", True, CHAIR, BadInput),
        ("1", "verv-2", 5, CHAIR, NotAllowed),
        ("9", "verv-1", 5, CHAIR, NotFound),
        ("1", "verv-9", 5, SECRETARY, NotFound),
        ("1", "verv-4", 5, SECRETARY, BadInput),
        ("1", "fag", 5, RESPONSIBLE, NotAllowed),
        ("1", "fag", 5, READER, NotAllowed),
    ],
)
def test_an_answer_that_cannot_be_used_is_not_kept(
    planned: Database, goal: str, seat: str, value: int, actor: Actor, refusal: type[Refusal]
):
    called(planned)
    with pytest.raises(refusal):
        vote(planned, goal, seat, value, actor=actor)
    assert votes(planned) == []


def test_who_is_absent_does_not_answer_and_a_deputy_who_meets_does(planned: Database):
    called(planned)
    plan_meeting(planned, present=["verv-1", "verv-2", "verv-4"], absent=["verv-3"])
    with pytest.raises(BadInput, match="forfall"):
        vote(planned, "1", "verv-3", 5)
    vote(planned, "1", "verv-4", 5)


def test_a_meeting_takes_answers_from_it_is_called_until_it_is_closed(planned: Database):
    called(planned)
    take(planned, MeetingState.DRAFT)
    with pytest.raises(BadInput, match="ikke innkalt"):
        vote(planned, "1", "verv-1", 5)
    add_case(planned, state=ItemState.TREATED)
    take(planned, MeetingState.CALLED, MeetingState.UNDER_WAY, MeetingState.CLOSED)
    with pytest.raises(BadInput, match="avsluttet"):
        vote(planned, "1", "verv-1", 5)


def test_before_the_meeting_begins_nothing_opens_by_itself(planned: Database):
    called(planned)
    plan_meeting(planned, present=["verv-1"])
    assert vote(planned, "1", "verv-1", 5) is None
    assert vote(planned, "2", "verv-1", 5) is None
    take(planned, MeetingState.UNDER_WAY)
    assert vote(planned, "2", "verv-1", 6)


def test_no_row_of_the_history_and_no_line_of_the_log_holds_a_vote(planned: Database):
    under_way(planned)
    before = present(planned).flat
    with planned.reading() as session:
        log = history.log(session, PLAN, newest(planned))
    vote(planned, "1", "verv-1", 7, actor=CHAIR)
    assert present(planned).flat == before
    with planned.reading() as session:
        assert history.log(session, PLAN, newest(planned)) == log
