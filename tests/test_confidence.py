"""How sure the board is: nobody sees an answer before all are opened, and then not who gave it."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from strategy import backup, config, database, history, meetings, record, sealing, startup, tables
from strategy.access import Actor
from strategy.database import Database
from strategy.errors import BadInput, NotAllowed, NotFound, Refusal, Unavailable
from strategy.terms import ItemState, MeetingState
from tests.board import MEETING, SEATS, add_case, called, plan_meeting, take, under_way, vote
from tests.databases import (
    CHAIR,
    MEMBER,
    NOW,
    PLAN,
    READER,
    RESPONSIBLE,
    SECRETARY,
    a_plan,
    adopt,
    by,
    newest,
    present,
    verify,
)


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


def votes(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.execute(sa.select(tables.Ballot.__table__.c.sealed)).scalars())


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
    assert len(votes(planned)) == 1
    vote(planned, "1", "verv-1", 9)
    vote(planned, "1", "verv-3", 0)
    with planned.writing() as session:
        record.open_confidence(by(session), MEETING)
    for write in (lambda: vote(planned, "1", "verv-2", 9), lambda: opened(planned)):
        with pytest.raises(BadInput, match="åpnet, og kan ikke endres"):
            write()
    assert present(planned).confidences[0].answers == (0, 2, 9)


def opened(database: Database, actor: Actor = SECRETARY) -> record.Saved:
    with database.writing() as session:
        return record.open_confidence(by(session, actor=actor), MEETING)


def test_the_chair_opens_and_another_member_does_not(planned: Database):
    under_way(planned)
    with pytest.raises(BadInput, match="Ingen har svart"):
        opened(planned, CHAIR)
    for seat in SEATS:
        vote(planned, "2", seat, 8)
    for who in (MEMBER, RESPONSIBLE, READER):
        with pytest.raises(NotAllowed):
            opened(planned, who)
    assert len(votes(planned)) == 3
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
    plan_meeting(planned, present=SEATS)
    for seat in SEATS:
        assert vote(planned, "1", seat, 5) is None
        assert vote(planned, "2", seat, 5) is None
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


@pytest.fixture
def key_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the key is in a test of its own; it is not there yet."""
    file = tmp_path / "nokler" / "key"
    file.parent.mkdir()
    monkeypatch.setenv("STRATEGY_KEY_FILE", str(file))
    return file


@pytest.mark.parametrize("given", [1, 2])
def test_fewer_than_three_answers_to_a_goal_are_not_opened(planned: Database, given: int):
    """Not by the chair, and not by themselves where no more are present."""
    called(planned)
    plan_meeting(planned, present=SEATS[:given])
    take(planned, MeetingState.UNDER_WAY)
    for seat in SEATS[:given]:
        assert vote(planned, "1", seat, 9) is None
        assert vote(planned, "2", seat, 9) is None
    with pytest.raises(BadInput, match=f"minst 3 har svart.* Så langt har {given} svart"):
        opened(planned)
    assert present(planned).confidences == ()


def test_a_goal_two_have_answered_keeps_the_others_closed(planned: Database):
    under_way(planned)
    for seat in SEATS:
        vote(planned, "1", seat, 9)
    for seat in SEATS[:2]:
        vote(planned, "2", seat, 9)
    with pytest.raises(BadInput, match="Så langt har 2 svart"):
        opened(planned)


def test_answers_too_few_to_open_can_be_thrown_away_so_that_the_meeting_can_end(planned: Database):
    under_way(planned)
    vote(planned, "1", "verv-2", 3)
    add_case(planned, state=ItemState.TREATED)
    with pytest.raises(NotAllowed), planned.writing() as session:
        record.drop_confidence(by(session, actor=MEMBER), MEETING)
    with planned.writing() as session:
        assert record.drop_confidence(by(session, actor=CHAIR), MEETING) == 1
    take(planned, MeetingState.CLOSED)
    assert present(planned).confidences == ()


def test_no_copy_of_the_database_tells_an_answer_from_another(planned: Database, tmp_path: Path):
    """All that is there of the eleven answers is as long, and no two are alike."""
    under_way(planned)
    sealed = []
    for value in (*range(11), 5, 5, 5):
        vote(planned, "1", "verv-1", value)
        sealed += votes(planned)
    assert len(set(sealed)) == 14
    assert Counter(map(len, sealed)) == {len(sealed[0]): 14}


def test_a_backup_taken_meanwhile_has_neither_the_answers_nor_the_key(
    planned: Database, key_file: Path, tmp_path: Path
):
    called(planned)
    for seat, value in zip(SEATS, (3, 9, 4), strict=True):
        vote(planned, "1", seat, value)
    assert key_file.stat().st_mode & 0o777 == 0o600
    copy = backup.take(planned.url, tmp_path / "kopi", NOW)
    content, key = copy.read_bytes(), bytes.fromhex(key_file.read_text("ascii"))
    assert [form for form in (key, key.hex().encode()) if form in content] == []
    with closing(sqlite3.connect(copy)) as shell:
        rows = shell.execute("SELECT * FROM ballot").fetchall()
        assert "value" not in [name for _n, name, *_rest in shell.execute("PRAGMA table_info(ballot)")]
    assert len(rows) == 3
    other = sealing.Key(bytes(32))
    for *about, lock, sealed in rows:
        assert other.opened(sealed, "\n".join(about)) is None
        assert sealing.Key(key).opened(sealed, "\n".join(about)) in (3, 9, 4)
        assert lock == sealing.Key(key).lock


def test_an_answer_moved_to_another_seat_is_not_taken_for_theirs(planned: Database):
    under_way(planned)
    for seat, value in zip(SEATS, (3, 9, 4), strict=True):
        vote(planned, "1", seat, value)
    ballot: sa.Table = tables.Ballot.__table__
    with planned.writing() as session:
        theirs = sa.select(ballot.c.sealed).where(ballot.c.seat == "verv-2").scalar_subquery()
        session.execute(sa.update(ballot).where(ballot.c.seat == "verv-1").values(sealed=theirs))
    with pytest.raises(BadInput, match="Svarene fra Styreleder kan ikke leses"):
        opened(planned)


def test_with_the_key_lost_nobody_is_taken_to_have_answered_and_all_may_answer_anew(
    planned: Database, key_file: Path
):
    called(planned)
    for seat in SEATS:
        vote(planned, "1", seat, 9)
    key_file.unlink()
    assert who_voted(planned) == {}
    with planned.reading() as session:
        assert record.unreadable(session, PLAN, MEETING) == set(SEATS)
    with pytest.raises(BadInput, match=r"nøkkelen de ble låst med er borte.* må svare på nytt"):
        opened(planned)
    for seat, value in zip(SEATS, (1, 2, 3), strict=True):
        vote(planned, "1", seat, value)
    opened(planned)
    assert present(planned).confidences[0].answers == (1, 2, 3)


def test_a_damaged_key_is_told_and_not_replaced(planned: Database, key_file: Path):
    called(planned)
    key_file.write_text("halv")
    with pytest.raises(Unavailable, match="er skadet"):
        vote(planned, "1", "verv-1", 5)
    assert key_file.read_text() == "halv"


def test_the_key_is_beside_the_file_unless_something_else_is_set(
    fresh_sqlite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("STRATEGY_KEY_FILE")
    shutil.copy(database.connect(fresh_sqlite()).file or "", tmp_path / "plan.db")
    here = database.prepare(config.sqlite_url(tmp_path / "plan.db"))
    adopt(here, a_plan())
    called(here)
    vote(here, "1", "verv-1", 5)
    assert (tmp_path / sealing.NAME).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []
    here.close()


def test_answers_from_before_they_were_sealed_are_opened_and_sealed_at_start(
    planned: Database, monkeypatch: pytest.MonkeyPatch
):
    called(planned)
    older = {"strategy": PLAN, "meeting": MEETING, "goal": "1", "lock": ""}
    plain = [
        {**older, "seat": seat, "sealed": value} for seat, value in zip(SEATS, ("10", "0", "7"), strict=True)
    ]
    with planned.writing() as session:
        session.execute(sa.insert(tables.Ballot.__table__), plain)
    assert who_voted(planned) == {"1": frozenset(SEATS)}
    monkeypatch.setenv("STRATEGY_DATABASE_URL", planned.url)
    startup.open_database(config.settings(), NOW)
    assert not set(votes(planned)) & {"0", "7", "10"}
    opened(planned)
    assert present(planned).confidences[0].answers == (0, 7, 10)
