"""What has happened between two ends: found once for all sessions, and drawn as the file says it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import history, since
from strategy.errors import NotFound
from strategy.exports.board import since_last
from strategy.history import NOW, Moment
from strategy.i18n import _
from strategy.since import Account
from strategy.snapshot import Snapshot
from strategy.terms import Assessment
from strategy.ui import document
from strategy.ui.parts import section
from strategy.ui.view import at, cached, view


@dataclass(frozen=True, slots=True)
class Compared:
    """Two ends and what happened between them."""

    start: Moment
    end: Moment
    found: Account

    def headline(self) -> str:
        """The finding in words."""
        return since.headline(self.found, self.start, self.end, view().today)


def compared(start: str = "", end: str = NOW) -> Compared:
    """What happened between two ends, as `history.span` takes them. Raises as that does."""
    return cached(_compared, start, end)


def before() -> Mapping[str, Assessment]:
    """What each measure with another mark than in the last meeting showed then."""
    with suppress(NotFound):
        return {each.thing.key: each.before for each in compared().found.measures if each.before}
    return {}


def show(found: Account) -> None:
    """The promises not kept, then what happened, goal by goal in frames."""
    document.draw(since_last.promises(found))
    if not found.is_empty:
        section(_("Dette har skjedd"))
    document.draw(since_last.whole(found), below=1)
    for group in found.groups:
        with st.container(border=True, gap="small"):
            document.draw(since_last.group(group), below=1)


def _compared(shown: Snapshot, today: date, start: str, end: str) -> Compared:
    with view().database.reading() as session:
        first, last = history.span(session, shown, today, start, end)
    return Compared(first, last, cached(_account, first.change, first.day, last.change, last.day))


def _account(_shown: Snapshot, _today: date, first: int, then: date, last: int, until: date) -> Account:
    """The two as they stood, each on its own day."""
    return since.account(at(first), then, at(last), until)
