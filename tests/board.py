"""A board for the small plan: three seats and a deputy, meetings and cases, by the program's own doors."""

from datetime import date, datetime
from typing import Any

from strategy import record, tables
from strategy.access import Actor
from strategy.database import Database
from strategy.record import saving
from strategy.terms import ItemKind, ItemState, MeetingState
from tests.databases import NOW, PLAN, SECRETARY, version_of

PERIOD = "2026–2027"
MEETING, LATER = "mote-2026-1", "mote-2026-2"
DAY, LATER_DAY = date(2026, 11, 30), date(2027, 2, 4)
SEATS = ("verv-1", "verv-2", "verv-3")


def seat_board(database: Database) -> None:
    """Leader, deputy leader and a member, and one deputy who does not meet unless told."""
    titles = ("Styreleder", "Nestleder", "Styremedlem", "1. vara")
    with database.writing() as session:
        for number, title in enumerate(titles, 1):
            record.seat(
                session, SECRETARY, PLAN, f"verv-{number}", 0, title=title, order=number, deputy=number == 4,
                now=NOW,
            )  # fmt: skip


def plan_meeting(database: Database, key: str = MEETING, **said: Any) -> record.Saved:
    """Plan the first meeting of the period, or change what stands."""
    number = int(key.rpartition("-")[2])
    fresh: dict[str, Any] = {"number": number, "period": PERIOD, "held_on": DAY if number == 1 else LATER_DAY}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Meeting, key))
        actor = said.pop("actor", SECRETARY)
        return record.meeting(
            session, actor, PLAN, key, base, now=said.pop("now", NOW), **({} if base else fresh) | said
        )


def add_case(database: Database, key: str = "sak-1", **said: Any) -> record.Saved:
    """Put a case on the first meeting's agenda, or change it."""
    fresh = {"meeting": MEETING, "title": "Kulturarenaer", "kind": ItemKind.DECISION}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.AgendaItem, key))
        actor = said.pop("actor", SECRETARY)
        return record.item(session, actor, PLAN, key, base, now=NOW, **({} if base else fresh) | said)


def take(database: Database, *states: MeetingState, key: str = MEETING, now: datetime = NOW) -> record.Saved:
    """Take a meeting through the states, one by one."""
    for state in states:
        with database.writing() as session:
            base = version_of(session, tables.Meeting, key)
            saved = record.meeting(session, SECRETARY, PLAN, key, base, state=state, now=now)
    return saved


def decide(database: Database, key: str = "vedtak-1", **said: Any) -> record.Saved:
    """Write what the board decides in the first case."""
    fresh = {"item": "sak-1", "text": "Fristen flyttes."}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Decision, key))
        actor = said.pop("actor", SECRETARY)
        return record.decision(session, actor, PLAN, key, base, now=NOW, **({} if base else fresh) | said)


def ask(database: Database, key: str = "sporsmal-1", **said: Any) -> record.Saved:
    """Ask about 1.1.1 before the first meeting."""
    said = {"meeting": MEETING, "measure": "1.1.1", "text": "Når kommer svaret?", "now": NOW, **said}
    with database.writing() as session:
        base = said.pop("base_version", version_of(session, tables.Question, key))
        return record.question(session, said.pop("actor", SECRETARY), PLAN, key, base, **said)


def vote(
    database: Database, goal: str, seat: str, value: int, *, actor: Actor = SECRETARY, meeting: str = MEETING
) -> record.Saved | None:
    """Answer for a seat."""
    with database.writing() as session:
        return record.vote(session, actor, PLAN, meeting, goal, seat, value, now=NOW)


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
