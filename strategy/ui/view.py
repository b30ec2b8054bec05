"""Who looks, at which database and day: one view a run, and what is computed of it for all sessions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar

import streamlit as st

from strategy import (
    backup,
    changes,
    config,
    current,
    database,
    dates,
    history,
    record,
    searching,
    startup,
)
from strategy.access import LOCAL, Actor, Verb, may
from strategy.current import State
from strategy.database import Database
from strategy.errors import BadInput, Conflict, Damaged, Doubtful, NotAllowed, NotFound, Refusal, Several
from strategy.i18n import _
from strategy.snapshot import Report, Snapshot
from strategy.terms import Via
from strategy.ui.markdown import plain

T = TypeVar("T")

Write = Callable[[record.By], record.Saved | None]
"""What a form does when it is saved; what is no change of the history gives None."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: `past` is the chosen day when the app shows itself as it stood then."""

    actor: Actor
    database: Database
    snapshot: Snapshot
    today: date
    past: date | None
    state: State

    @property
    def editable(self) -> bool:
        """Whether this visitor may report; nothing can be edited in the past."""
        return self.may(Verb.REPORT)

    def may(self, verb: Verb) -> bool:
        """Whether this visitor may do it to anything, and here: nothing can be done in the past."""
        return self.past is None and may(self.actor, verb)

    @property
    def strategy(self) -> str:
        return self.snapshot.strategy.key

    @property
    def has_begun(self) -> bool:
        """Whether the plan is in force on the day shown, or was."""
        return self.today >= self.snapshot.strategy.start

    def now(self) -> datetime:
        """The moment of a save, as `current.now` has it."""
        return current.now(self.snapshot)

    def by(self, session: Any, via: Via = Via.PAGE) -> record.By:
        """By whom something is written here and now."""
        return record.By(session, self.actor, self.strategy, self.now(), via)


def open_view() -> View:
    """Find out what this run shows, from the address and the newest change. Raises `Refusal`."""
    opened = _database()
    past = _chosen_day()
    with opened.reading() as session:
        as_of = changes.newest_on(session, past) if past else changes.newest(session)
        state = current.state(opened, session, as_of, asked=_asked(), day=past)
    if not state.strategy:
        raise NotFound(
            _("Planen fantes ikke {day}.").format(day=dates.day(past)) if past else _("Planen er tom.")
        )
    shown = current.loaded(state)
    _keep(state)
    now = dates.oslo_day(shown.recorded_at) if shown.example else today()
    return View(LOCAL, opened, shown, past or now, past, state)


def view() -> View:
    """The view the frame opened for this run."""
    opened: View = st.session_state["view"]
    return opened


@contextmanager
def as_it_stood(change: int, day: date) -> Iterator[View]:
    """Let all that is shown within be of an earlier change and its day, as what a meeting has frozen."""
    seen = view()
    state = seen.state._replace(change=change)
    st.session_state["view"] = replace(seen, snapshot=current.loaded(state), today=day, state=state)
    try:
        yield view()
    finally:
        st.session_state["view"] = seen


def cached(function: Callable[..., T], *args: Any) -> T:
    """Compute `function(snapshot, today, *args)` once per change and day, for all sessions.

    The function must live in a module: one defined in a page is a new one in every run.
    """
    seen = view()
    found: T = _computed(seen.state, seen.today, function, args)
    return found


def reports(keys: Iterable[str]) -> Mapping[str, tuple[Report, ...]]:
    """Every report on each of `keys`, oldest first."""
    return _reports(view().state, tuple(keys))


def found(asked: str) -> searching.Found:
    """What a search in all of the plan finds."""
    return _index(view().state).find(asked)


def log(only: history.Filter, limit: int) -> tuple[history.LoggedChange, ...]:
    """The newest changes, newest first, as `history.log` finds them."""
    return _log(view().state, only, limit)


def actors() -> tuple[str, ...]:
    """Everybody who has changed anything."""
    return _actors(view().state)


def earlier(day: date) -> int:
    """The newest change at the end of `day`; 0 before there was one."""
    seen = view()
    with seen.database.reading() as session:
        return min(changes.newest_on(session, day), seen.snapshot.change_id)


def at(change: int) -> Snapshot:
    """The same plan as of an earlier change. Raises `NotFound` where it was not there yet."""
    return current.loaded(view().state._replace(change=change))


def address() -> str:
    """The page's own part of the address, as `hovedmal-1`."""
    return str(st.session_state["address"])


def dark() -> bool:
    """Whether this browser shows the dark theme, as far as it has told."""
    return st.context.theme.type == "dark"


def save(write: Write, said: str) -> bool:
    """Run one write in a transaction; tell what was saved and when, or why not, and keep what was typed.

    Returns whether it was saved; also what is no change of the history is. A `Conflict`, `Several`
    or `Doubtful` is left to the caller, who has the form.
    """
    seen = view()
    try:
        if seen.past:
            raise NotAllowed(
                _("Planen vises slik den sto før, og kan ikke endres der. Gå tilbake til i dag.")
            )
        with seen.database.writing() as session:
            by = seen.by(session)
            saved = write(by)
    except (Conflict, Several, Doubtful):
        raise
    except BadInput as refusal:
        refused(_("Ikke lagret. {why}").format(why=refusal), refusal.name, refusal.field)
        return False
    except Refusal as refusal:
        st.error(plain(reason(refusal)), icon=":material/error:")
        return False
    again = saved is not None and saved.again
    form = _("{what} sto slik fra før, lagret {when}.") if again else _("Lagret {when}: {what}")
    when = saved.recorded_at if saved else by.now
    st.session_state["saved"] = plain(form.format(what=said, when=dates.clock(when)))
    return True


def refused(why: str, name: str = "", label: str = "") -> None:
    """Say why nothing was saved; the field at fault is marked, tied to this and given the focus.

    `name` begins the key of the field, or else `label` begins what stands over it. `focus.js` does it.
    """
    turn = st.session_state["refused"] = st.session_state.get("refused", 0) + 1
    with st.container(key=f"refused-{turn}-{name}-{label.encode().hex()}"):
        st.warning(plain(why), icon=":material/edit:")


def lead_to(part: str) -> None:
    """Let the focus go to the first field whose key has this part, once what was saved is told.

    `assets` has what does it in the browser; the number tells one save from the next.
    """
    turn = st.session_state.get("lead_to", (0, ""))[0] + 1
    st.session_state["lead_to"] = (turn, part)


def told() -> None:
    """Tell what was saved in the run before, and lead the focus back to where it was written."""
    if saved := st.session_state.pop("saved", None):
        turn, part = st.session_state.get("lead_to", (0, ""))
        with st.container(key=f"first-of-{turn}{part}"):
            st.success(saved, icon=":material/check:")
        st.toast(saved, icon=":material/check:", duration="long")


def reason(refusal: Refusal) -> str:
    """Why, in sentences; where the database is damaged, also which backup to go back to."""
    if not isinstance(refusal, Damaged):
        return str(refusal)
    return f"{refusal} {backup.way_back(config.settings().backups)}"


def writes(wanted: record.Wanted, grounds: record.Grounds = record.NO_GROUNDS) -> Write:
    """The write that does one edit, for `save`, `attempt` and the forms."""
    return lambda by: record.save_one(by, wanted, grounds=grounds)


def attempt(write: Write, said: str) -> bool:
    """Save as `save` does; that somebody saved first, or that all of it stood there already, is told."""

    def something(by: record.By) -> record.Saved:
        saved = write(by)
        if saved is None:
            raise BadInput(_("Alt står slik fra før."))
        return saved

    try:
        return save(something, said)
    except (Conflict, Several, Doubtful) as refusal:
        st.warning(plain(str(refusal)), icon=":material/compare_arrows:")
        return False


def enter_example() -> None:
    """Show the example database in this session, and say so in the address."""
    st.session_state["data"] = "eksempel"


def leave_example() -> None:
    """Go back to the organisation's own database."""
    st.session_state.pop("data", None)
    with suppress(KeyError):
        del st.query_params["data"]


def choose_day(day: date | None) -> None:
    """Show the plan as it stood at the end of `day`; None is as it stands now."""
    st.session_state["day"] = day
    if day is None:
        st.session_state.pop("per:seen", None)
        st.query_params.pop("per", None)


def _database() -> Database:
    asked = st.query_params.get("data") or st.session_state.get("data")
    if asked != "eksempel":
        return startup.open_database(config.settings(), datetime.now(UTC))
    st.session_state["data"] = st.query_params["data"] = "eksempel"
    return startup.open_example(config.settings())


def choose_strategy(key: str) -> None:
    """Show another of the strategies in the database; it stays in the address from page to page."""
    st.session_state["strategi"] = st.query_params["strategi"] = key


def _asked() -> str:
    """The strategy a link asks for, or the visitor has chosen."""
    return st.query_params.get("strategi") or st.session_state.get("strategi") or ""


def _keep(state: State) -> None:
    """Let the strategy that was asked for stand in the address, where it is one there is."""
    if _asked() and _asked() == state.strategy:
        choose_strategy(state.strategy)
    else:
        st.session_state.pop("strategi", None)
        st.query_params.pop("strategi", None)


def _chosen_day() -> date | None:
    """The day a link asks for or the visitor has chosen; it stays in the address from page to page."""
    asked = st.query_params.get("per")
    if asked and asked != st.session_state.get("per:seen"):
        choose_day(_day(asked))
    chosen: date | None = st.session_state.get("day")
    if chosen:
        st.session_state["per:seen"] = st.query_params["per"] = chosen.isoformat()
    else:
        st.query_params.pop("per", None)
    return chosen


def _day(raw: str) -> date | None:
    """The day as it stands in an address; None where it is no day, or one to come."""
    with suppress(BadInput):
        found = dates.parse_day(raw, _("Dag"))
        return found if found < today() else None
    return None


def today() -> date:
    """The day in Norway by the clock."""
    return dates.oslo_day(datetime.now(UTC))


@lru_cache(maxsize=1024)
def _computed(state: State, today: date, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    return function(current.loaded(state), today, *args)


@lru_cache(maxsize=256)
def _reports(state: State, keys: tuple[str, ...]) -> Mapping[str, tuple[Report, ...]]:
    with database.connect(state.url).reading() as session:
        return history.reports(session, state.strategy, keys, state.change)


@lru_cache(maxsize=2)
def _index(state: State) -> searching.Index:
    """Everything that can be searched, as of a change; of a large plan it takes some room."""
    with database.connect(state.url).reading() as session:
        return searching.read(session, current.loaded(state))


@lru_cache(maxsize=64)
def _log(state: State, only: history.Filter, limit: int) -> tuple[history.LoggedChange, ...]:
    with database.connect(state.url).reading() as session:
        return history.log(session, state.strategy, state.change, only, limit=limit)


@lru_cache(maxsize=8)
def _actors(state: State) -> tuple[str, ...]:
    with database.connect(state.url).reading() as session:
        return history.actors(session, state.change)
