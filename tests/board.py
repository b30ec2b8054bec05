"""A board for the small plan: three seats and a deputy, meetings and cases, by the program's own doors."""

from datetime import date, datetime
from typing import Any

from strategy import record, tables
from strategy.access import Actor
from strategy.database import Database
from strategy.record import saving
from strategy.terms import ItemKind, ItemState, MeetingState
from tests.databases import NOW, PLAN, SECRETARY, by, version_of

PERIOD = "2026–2027"
MEETING, LATER = "mote-2026-1", "mote-2026-2"
DAY, LATER_DAY = date(2026, 11, 30), date(2027, 2, 4)
SEATS = ("verv-1", "verv-2", "verv-3")


def seat_board(database: Database) -> None:
    """Leader, deputy leader and a member, and one deputy who does not meet unless told."""
    titles = ("Styreleder", "Nestleder", "Styremedlem", "1. vara")
    with database.writing() as session:
        for number, title in enumerate(titles, 1):
            record.seat(by(session), f"verv-{number}", 0, title=title, order=number, deputy=number == 4)


def plan_meeting(database: Database, key: str = MEETING, **said: Any) -> record.Saved:
    """Plan the first meeting of the period, or change what stands."""
    number = int(key.rpartition("-")[2])
    fresh: dict[str, Any] = {"number": number, "period": PERIOD, "held_on": DAY if number == 1 else LATER_DAY}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Meeting, key))
        actor = said.pop("actor", SECRETARY)
        return record.meeting(
            by(session, said.pop("now", NOW), actor=actor), key, base, **({} if base else fresh) | said
        )


def add_case(database: Database, key: str = "sak-1", **said: Any) -> record.Saved:
    """Put a case on the first meeting's agenda, or change it."""
    fresh = {"meeting": MEETING, "title": "Kulturarenaer", "kind": ItemKind.DECISION}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.AgendaItem, key))
        actor = said.pop("actor", SECRETARY)
        return record.item(by(session, actor=actor), key, base, **({} if base else fresh) | said)


def take(database: Database, *states: MeetingState, key: str = MEETING, now: datetime = NOW) -> record.Saved:
    """Take a meeting through the states, one by one."""
    for state in states:
        with database.writing() as session:
            base = version_of(session, tables.Meeting, key)
            saved = record.meeting(by(session, now), key, base, state=state)
    return saved


def decide(database: Database, key: str = "vedtak-1", **said: Any) -> record.Saved:
    """Write what the board decides in the first case."""
    fresh = {"item": "sak-1", "text": "Fristen flyttes."}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Decision, key))
        actor = said.pop("actor", SECRETARY)
        return record.decision(by(session, actor=actor), key, base, **({} if base else fresh) | said)


def ask(database: Database, key: str = "sporsmal-1", **said: Any) -> record.Saved:
    """Ask about 1.1.1 before the first meeting."""
    said = {"meeting": MEETING, "measure": "1.1.1", "text": "Når kommer svaret?", **said}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Question, key))
        return record.question(
            by(session, said.pop("now", NOW), said.pop("actor", SECRETARY)), key, base, **said
        )


def vote(
    database: Database, goal: str, seat: str, value: int, *, actor: Actor = SECRETARY, meeting: str = MEETING
) -> record.Saved | None:
    """Answer for a seat."""
    with database.writing() as session:
        return record.vote(by(session, actor=actor), meeting, goal, seat, value)


def called(database: Database) -> None:
    """A board, one called meeting with one case, and a later meeting in draft."""
    seat_board(database)
    plan_meeting(database)
    plan_meeting(database, LATER)
    add_case(database)
    take(database, MeetingState.CALLED)


def under_way(database: Database) -> None:
    """The called meeting under way, all three seats present."""
    called(database)
    plan_meeting(database, present=SEATS, chair="verv-1")
    take(database, MeetingState.UNDER_WAY)


def closed(database: Database) -> None:
    """The meeting closed, its one case treated with a decision."""
    under_way(database)
    decide(database)
    add_case(database, state=ItemState.TREATED, discussion="Styret drøftet saken.")
    take(database, MeetingState.CLOSED)


def standing(database: Database, table: type[tables.Versioned], key: str) -> Any:
    """What stands in the database under a key."""
    with database.reading() as session:
        return saving.current(session, table, PLAN, key)
