"""The board's meetings: who sits on it, how it works, when it meets, and how far each meeting has come."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables
from strategy.access import Actor
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record import rules
from strategy.record.around import Around, Stored
from strategy.record.rules.agenda import cases, place
from strategy.record.rules.meetings import LOCKED, NO_MEETING, Cancelling
from strategy.record.saving import Saved, live, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import ItemState, MeetingState, Via
from strategy.things import Meeting

BOARD = "styret"


def board(
    session: Session,
    actor: Actor,
    strategy: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
    **fields: Any,
) -> Saved:
    """Set the days and limits the board and the secretariat work by. Raises as `meeting`."""
    return save_one(session, actor, strategy, Wanted("board", BOARD, base_version, fields), now=now, via=via)


def seat_key(session: Session, strategy: str) -> str:
    """A key for a new seat on the board."""
    return next_key(session, tables.Seat, strategy, "verv-")


def seat(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
    **fields: Any,
) -> Saved:
    """Add or change a seat (verv), never who holds it. Raises as `meeting`."""
    return save_one(session, actor, strategy, Wanted("seat", key, base_version, fields), now=now, via=via)


def meeting_key(period: str, number: int) -> str:
    """The key of a meeting, from the first year of the board's period: `mote-2026-3`."""
    return f"mote-{period.strip()[:4]}-{number}"


def meeting(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
    **fields: Any,
) -> Saved:
    """Plan a meeting, change it, or take it one step on; what is left out stays as it is.

    Calling it freezes what its papers report on: the newest change before this one, and the day.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    standing = live(session, tables.Meeting, strategy, key)
    to = fields.get("state")
    if standing and to is not standing["state"] and to in (MeetingState.DRAFT, MeetingState.CALLED):
        called = to is MeetingState.CALLED
        fields |= _now(session, now) if called else {"as_of": None, "reported_on": None}
    return save_one(session, actor, strategy, Wanted("meeting", key, base_version, fields), now=now, via=via)


def refreeze(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
) -> Saved:
    """Let the papers of a called meeting report on what stands now. Raises as `meeting`."""
    standing = live(session, tables.Meeting, strategy, key) or {"version": 0, "as_of": None, "change_id": 0}
    again = standing["version"] == base_version + 1 and standing["as_of"] == standing["change_id"] - 1
    wanted = Wanted("meeting", key, base_version, {} if again else _now(session, now))
    return save_one(session, actor, strategy, wanted, now=now, via=via)


def cancelling(session: Session, strategy: str, key: str) -> Cancelling:
    """Show what calling a meeting off would do, and whether it can be done. Raises `NotFound`."""
    the_meeting(session, strategy, key)
    around = Stored(session, strategy)
    return rules.meetings.cancelling(around.thing("meeting", key), around)


def cancel(
    session: Session, actor: Actor, strategy: str, wanted: Wanted, *, now: datetime, via: Via = Via.PAGE
) -> Saved:
    """Call a meeting off, as one change: its own cases and open questions go on to the next meeting.

    `wanted` is the meeting retired, with the reason. Answers on confidence that are not opened are deleted.
    Raises as `meeting`, also where something has come of it or it has nowhere to leave its cases.
    """
    around = Stored(session, strategy, dates.oslo_day(now))
    home = around.thing(*wanted.ident)
    beside = _goes_on(home, around) if home else ()
    saved = save_one(session, actor, strategy, wanted, *beside, now=now, via=via)
    ballot: sa.Table = tables.Ballot.__table__
    session.execute(sa.delete(ballot).where(ballot.c.strategy == strategy, ballot.c.meeting == wanted.key))
    return saved


def the_meeting(session: Session, strategy: str, key: str) -> Mapping[str, Any]:
    """The meeting as it stands. Raises `NotFound`."""
    found = live(session, tables.Meeting, strategy, key)
    if not found:
        raise NotFound(_(NO_MEETING).format(key=key))
    return found


def check_unlocked(found: Mapping[str, Any]) -> None:
    """Raise `BadInput` for a meeting that is closed."""
    if found["state"].is_locked:
        raise BadInput(_(LOCKED), _("Møte"))


def _now(session: Session, now: datetime) -> dict[str, Any]:
    return {"as_of": changes.newest(session), "reported_on": dates.oslo_day(now)}


def _goes_on(home: Meeting, around: Around) -> Iterator[Wanted]:
    """What is written in the same change as a meeting is called off."""
    found = rules.meetings.cancelling(home, around)
    there = {"meeting": found.to, "order": place(found.to, around), "state": ItemState.OPEN}
    for case in cases(home.key, around):
        is_moved = case.key in found.moved
        yield Wanted("agenda_item", case.key, case.version, there if is_moved else {}, retired=not is_moved)
    for question in around.all("question", meeting=home.key):
        if question.key in found.questions:
            yield Wanted("question", question.key, question.version, {"meeting": found.to})
    for explanation in around.all("explanation", meeting=home.key):
        yield Wanted("explanation", explanation.key, explanation.version, retired=True)
