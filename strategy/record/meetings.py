"""The board's meetings: who sits on it, how it works, when it meets, and how far each meeting has come."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, tables
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record import rules
from strategy.record.around import Around, Stored
from strategy.record.by import By
from strategy.record.rules.agenda import cases, place
from strategy.record.rules.meetings import LOCKED, NO_MEETING, Cancelling
from strategy.record.saving import Saved, live, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import ItemState, MeetingState
from strategy.things import Meeting

BOARD = "styret"


def board(by: By, base_version: int, **fields: Any) -> Saved:
    """Set the days and limits the board and the secretariat work by. Raises as `meeting`."""
    return save_one(by, Wanted("board", BOARD, base_version, fields))


def seat_key(session: Session, strategy: str, taken: Collection[str] = ()) -> str:
    """A key for a new seat on the board."""
    return next_key(session, tables.Seat, strategy, "verv-", taken)


def seat(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Add or change a seat (verv), never who holds it. Raises as `meeting`."""
    return save_one(by, Wanted("seat", key, base_version, fields))


def meeting_key(period: str, number: int) -> str:
    """The key of a meeting, from the first year of the board's period: `mote-2026-3`."""
    return f"mote-{period.strip()[:4]}-{number}"


def meeting(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Plan a meeting, change it, or take it one step on; what is left out stays as it is.

    Calling it freezes what its papers report on: the newest change before this one, and the day.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    standing = live(by.session, tables.Meeting, by.strategy, key)
    to = fields.get("state")
    if standing and to is not standing["state"] and to in (MeetingState.DRAFT, MeetingState.CALLED):
        called = to is MeetingState.CALLED
        fields |= _now(by) if called else {"as_of": None, "reported_on": None}
    return save_one(by, Wanted("meeting", key, base_version, fields))


def refreeze(by: By, key: str, base_version: int) -> Saved:
    """Let the papers of a called meeting report on what stands now. Raises as `meeting`."""
    nothing: Mapping[str, Any] = {"version": 0, "as_of": None, "change_id": 0}
    standing = live(by.session, tables.Meeting, by.strategy, key) or nothing
    again = standing["version"] == base_version + 1 and standing["as_of"] == standing["change_id"] - 1
    return save_one(by, Wanted("meeting", key, base_version, {} if again else _now(by)))


def cancelling(session: Session, strategy: str, key: str) -> Cancelling:
    """Show what calling a meeting off would do, and whether it can be done. Raises `NotFound`."""
    the_meeting(session, strategy, key)
    around = Stored(session, strategy)
    return rules.meetings.cancelling(around.thing("meeting", key), around)


def cancel(by: By, wanted: Wanted) -> Saved:
    """Call a meeting off, as one change: its own cases and open questions go on to the next meeting.

    `wanted` is the meeting retired, with the reason. Answers on confidence that are not opened are deleted.
    Raises as `meeting`, also where something has come of it or it has nowhere to leave its cases.
    """
    around = Stored.of(by)
    home = around.thing(*wanted.ident)
    beside = _goes_on(home, around) if home else ()
    saved = save_one(by, wanted, *beside)
    ballot: sa.Table = tables.Ballot.__table__
    mine = (ballot.c.strategy == by.strategy) & (ballot.c.meeting == wanted.key)
    by.session.execute(sa.delete(ballot).where(mine))
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


def _now(by: By) -> dict[str, Any]:
    return {"as_of": changes.newest(by.session), "reported_on": by.today}


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
