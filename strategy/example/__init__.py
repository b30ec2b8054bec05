"""A made-up history of the strategy: told as data, played through the program's own doors.

    data/example/*.yaml ─ story, board, desk ─▶ events ─ stage ─▶ sync, record ─▶ changes ─ twins ─▶ more

Roles only, never names. No clock of the machine is read: two plays give the same rows and the same hashes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from sqlmodel import Session

from strategy import changes
from strategy.errors import BadInput
from strategy.example import board, desk
from strategy.example.copies import Twins
from strategy.example.stage import Stage
from strategy.example.story import DATA, Event, Told, in_order, meetings, reported
from strategy.i18n import _

__all__ = ["DATA", "DEMO_DAY", "Event", "Told", "events", "fill", "meetings"]

DEMO_DAY = date(2026, 11, 23)
"""A board meeting in the middle of the period: something is late, and something can be forecast."""


@cache
def events() -> tuple[Event, ...]:
    """The whole history in order of time."""
    return in_order((*reported(), *board.events(), *desk.events()))


def fill(session: Session, until: date = DEMO_DAY, *, copies: int = 1, versions: int = 0) -> int:
    """Play the story to the end of `until` into an empty database; the number of changes it became.

    For measuring, each measure becomes `copies` in all (1.2.1, 1.2.1.2, 1.2.1.3 …), the added ones with at
    least `versions` reports. The caller owns the transaction. Raises `BadInput` where anything is there.
    """
    if changes.newest(session):
        said = _("Databasen er ikke tom. Eksempeldata lages bare i en tom database, for seg selv.")
        raise BadInput(said)
    told = [event for event in events() if event.day <= until]
    twins = Twins(copies, versions, told)
    stage = Stage(session, {**board.SCENES, **desk.SCENES})
    for day, today in _by_day(told):
        before = changes.newest(session)
        stage.play(day, today)
        twins.append(session, before, stage.now)
    return changes.newest(session)


def _by_day(told: Iterable[Event]) -> Iterator[tuple[date, list[Event]]]:
    days: dict[date, list[Event]] = defaultdict(list)
    for event in told:
        days[event.day].append(event)
    yield from days.items()
