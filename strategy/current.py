"""The plan as of a change, loaded once for all who ask: pages, the web and mail share what is remembered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlmodel import Session

from strategy import changes, database, dates, integrity, snapshot
from strategy.database import Database
from strategy.errors import NotFound, Unavailable
from strategy.i18n import _
from strategy.snapshot import Period, Snapshot


class State(NamedTuple):
    """What things computed are remembered by: the newest change shown, and its hash."""

    url: str
    strategy: str
    change: int
    hash: str


def state(
    opened: Database, session: Session, as_of: int, *, asked: str = "", day: date | None = None
) -> State:
    """The state as of a change, of the strategy asked for where it is there.

    Else of the usual one on a day, as `snapshot.usual` has it, which is today unless told otherwise.
    """
    found = changes.hash_of(session, as_of)
    there = periods(State(opened.url, "", as_of, found))
    is_there = any(period.key == asked for period in there)
    usual = snapshot.usual(there, day or dates.oslo_day(datetime.now(UTC)))
    return State(opened.url, asked if is_there else usual, as_of, found)


def plan(opened: Database, asked: str = "") -> Snapshot:
    """The plan as it stands now: of several the one asked for, or the usual. Raises `NotFound`."""
    with opened.reading() as session:
        newest = state(opened, session, changes.newest(session), asked=asked)
    if not newest.strategy:
        raise integrity.damage(opened) or NotFound(_("Planen er tom."))
    if asked and newest.strategy != asked:
        raise NotFound(unknown(asked, [period.key for period in periods(newest)]))
    return loaded(newest)


def plans(opened: Database) -> tuple[Snapshot, ...]:
    """Every plan in the database as it stands now, the usual one first."""
    first = plan(opened)
    with opened.reading() as session:
        newest = state(opened, session, changes.newest(session))
    others = (period.key for period in periods(newest) if period.key != first.strategy.key)
    return first, *(loaded(newest._replace(strategy=key)) for key in others)


def unknown(asked: str, there: Sequence[str]) -> str:
    """That there is no such strategy, and which there are."""
    said = _("Det er ingen strategi «{key}» i databasen. Den har «{others}».")
    return said.format(key=asked, others="», «".join(there))


@lru_cache(maxsize=12)
def loaded(state: State) -> Snapshot:
    """The snapshot of a state. Raises `NotFound` where the plan was not there then, `Damaged`."""
    opened = database.connect(state.url)
    try:
        with opened.reading() as session:
            return snapshot.load(session, state.strategy, state.change)
    except Unavailable:
        raise
    except Exception as error:
        if found := integrity.damage(opened):
            raise found from error
        raise


def periods(state: State) -> tuple[Period, ...]:
    """The strategies there are in the database of a state."""
    return _periods(state.url, state.change, state.hash)


def now(shown: Snapshot) -> datetime:
    """The moment of a save; the example's own clock stands a minute after its newest change."""
    return shown.recorded_at + timedelta(minutes=1) if shown.example else datetime.now(UTC)


def today(shown: Snapshot) -> date:
    """The day in Norway by that clock."""
    return dates.oslo_day(now(shown))


@lru_cache(maxsize=12)
def _periods(url: str, as_of: int, _hash: str) -> tuple[Period, ...]:
    with database.connect(url).reading() as session:
        return snapshot.periods(session, as_of)
