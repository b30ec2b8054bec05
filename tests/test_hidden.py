"""Confidence before it is opened: no reader, file or page has a vote in it, for any role.

Told in two ways: whatever the votes are, everything that can be read is the same to the letter; and no page
asks the database for one.
"""

import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from strategy import changes, database, document, exports, history, record, snapshot, tables
from strategy.access import LOCAL, Actor, Role
from strategy.database import Database
from strategy.terms import ItemContent, ItemState, MeetingState
from tests.board import LATER, MEETING, SEATS, add_case, plan_meeting, under_way, vote
from tests.databases import MEMBER, NOW, PLAN, READER, RESPONSIBLE, Maker, by, newest, with_a_plan

PAGES = sorted(path.name for path in (Path(__file__).parent.parent / "pages").glob("*.py"))
ROLES = {"reader": READER, "responsible": RESPONSIBLE, "board": MEMBER, "secretariat": LOCAL}


def started(database: Database) -> None:
    with_a_plan(database)
    under_way(database)


def voted(database: Database, low: int, seats: tuple[str, ...] = SEATS) -> None:
    """A meeting under way where all but one have answered on every goal, and a status in the next."""
    plan_meeting(database, present=[*SEATS, "verv-4"])
    add_case(database, state=ItemState.TREATED)
    add_case(database, "sak-2", meeting=LATER, content=ItemContent.STATUS)
    for goal in ("1", "2"):
        for seat, more in zip(seats, (0, 3, 1), strict=True):
            vote(database, goal, seat, low + more)


def opened(database: Database) -> None:
    with database.writing() as session:
        record.open_confidence(by(session), MEETING)


def readings(database: Database) -> dict[str, Any]:
    """Everything that can be read of a plan, but for what is no part of the history."""
    with database.reading() as session:
        as_of = changes.newest(session)
        shown = snapshot.load(session, PLAN, as_of)
        day = NOW.date()
        return {
            "snapshot": shown,
            "flat": shown.flat,
            "log": history.log(session, PLAN, as_of, limit=500, few=500),
            "edits": [history.edits(session, PLAN, number) for number in range(1, as_of + 1)],
            "trails": {i: history.trail(session, PLAN, *i, as_of) for i in shown.flat},
            "agenda": history.agenda(session, PLAN, MEETING, as_of),
            "corrections": history.corrections(session, PLAN, MEETING, as_of),
            "hash": changes.hash_of(session, as_of),
            "voted": record.voted(session, PLAN, MEETING),
            "yaml": document.write(shown.flat, PLAN),
            "paper": exports.board_paper(session, PLAN, MEETING, "pdf", day),
            "next paper": exports.board_paper(session, PLAN, LATER, "pdf", day),
            "minutes": exports.minutes(session, PLAN, MEETING, "pdf", day),
            "minutes in word": exports.minutes(session, PLAN, MEETING, "docx", day),
            "status": exports.status_report(session, PLAN, day, "pdf"),
            **{form: exports.since_last(session, shown, day, "2026-11-23", form=form)
               for form in ("md", "json")},
            "ics": exports.ics(session, shown),
        }  # fmt: skip


def test_whatever_the_votes_are_all_that_can_be_read_is_the_same(fresh: Maker) -> None:
    found = []
    for low in (0, 7):
        database = fresh(started)
        voted(database, low)
        found.append(readings(database))
    first, second = found
    assert {name for name in first if first[name] != second[name]} == set()


def test_the_same_readers_would_show_them_once_they_are_opened(fresh: Maker) -> None:
    found = []
    for low in (0, 7):
        database = fresh(started)
        voted(database, low)
        opened(database)
        found.append(readings(database))
    first, second = found
    told = {"snapshot", "flat", "log", "edits", "hash", "minutes", "minutes in word", "next paper", "status"}
    assert told <= {n for n in first if first[n] != second[n]}
    assert newest(database) == first["snapshot"].change_id


def test_once_opened_nothing_that_can_be_read_tells_who_gave_which_answer(fresh: Maker) -> None:
    found = []
    for seats in (SEATS, SEATS[::-1]):
        database = fresh(started)
        voted(database, 2, seats)
        opened(database)
        found.append(readings(database))
    first, second = found
    assert {name for name in first if first[name] != second[name]} == set()


@contextmanager
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    """All that is asked of a database while it is watched."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def noku(data: Path, example_file: Path) -> Database:
    """The example with the meeting of the day begun, and votes given that are not opened."""
    shutil.copy(example_file, data / "strategy.db")
    opened = database.connect(os.environ["STRATEGY_DATABASE_URL"])
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with opened.writing() as session:
        (key,) = snapshot.strategies(session, changes.newest(session))
        plan = snapshot.load(session, key, changes.newest(session))
        home = plan.meeting("mote-2026-3")
        record.meeting(record.By(session, LOCAL, key, now), home.key, home.version, present=list(SEATS))
        record.meeting(
            record.By(session, LOCAL, key, now), home.key, home.version + 1, state=MeetingState.UNDER_WAY
        )
        for goal in plan.goals:
            record.vote(record.By(session, LOCAL, key, now), home.key, goal.key, "verv-1", 3)
    return opened


@pytest.mark.parametrize("role", ROLES)
def test_no_page_asks_for_a_vote_whoever_looks(
    noku: Database, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setattr(importlib.import_module("strategy.ui.view"), "LOCAL", ROLES[role])
    with statements(noku.reader) as read, statements(noku.writer) as written:
        assert len(walk(ROLES[role])) > len(PAGES) / 2
    asked = [said for said in (*read, *written) if str(tables.Ballot.__tablename__) in said]
    assert [said for said in asked if "ballot.sealed" in said or "ballot.*" in said] == []
    assert any("meeting" in said for said in read)
    assert asked or ROLES[role].role < Role.BOARD  # who has answered is asked for by those who may answer


def walk(actor: Actor) -> list[str]:
    """Every page there is for a role, and two parts of the meeting; gives those that were shown."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60).run()
    addresses: list[tuple[str, dict[str, str]]] = [(name, {}) for name in PAGES if name != "frame.py"]
    addresses += [("meetings.py", {"m": "mote-2026-3", "fane": part}) for part in ("tillit", "protokoll")]
    shown = []
    for page, address in addresses:
        for name in [*at.query_params]:
            del at.query_params[name]
        for name, value in address.items():
            at.query_params[name] = value
        try:
            at.switch_page(page).run()
        except ValueError:  # a page this role does not have
            continue
        assert not at.exception, (page, actor.name)
        shown.append(page)
    return shown
