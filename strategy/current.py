"""The plan as of a change, loaded once for all who ask: pages, the web and mail share what is remembered."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlmodel import Session

from strategy import changes, database, dates, integrity, snapshot
from strategy.database import Database
from strategy.errors import NotFound, Unavailable
from strategy.i18n import _
from strategy.snapshot import Snapshot


class State(NamedTuple):
    """What things computed are remembered by: the newest change shown, and its hash."""

    url: str
    strategy: str
    change: int
    hash: str


def state(opened: Database, session: Session, as_of: int) -> State:
    """The state as of a change; its `strategy` is, of several in one database, the one that began last."""
    found = changes.hash_of(session, as_of)
    return State(opened.url, _strategy(opened.url, as_of, found), as_of, found)


def plan(opened: Database) -> Snapshot:
    """The plan as it stands now. Raises `NotFound` where there is none."""
    with opened.reading() as session:
        newest = state(opened, session, changes.newest(session))
    if not newest.strategy:
        raise integrity.damage(opened) or NotFound(_("Planen er tom."))
    return loaded(newest)


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


def now(shown: Snapshot) -> datetime:
    """The moment of a save; the example's own clock stands a minute after its newest change."""
    return shown.recorded_at + timedelta(minutes=1) if shown.example else datetime.now(UTC)


def today(shown: Snapshot) -> date:
    """The day in Norway by that clock."""
    return dates.oslo_day(now(shown))


@lru_cache(maxsize=12)
def _strategy(url: str, as_of: int, _hash: str) -> str:
    with database.connect(url).reading() as session:
        return next(reversed(snapshot.strategies(session, as_of)), "")
