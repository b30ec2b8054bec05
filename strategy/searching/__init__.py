"""Search over everything that is written in a plan: one index of it all, asked in words."""

from sqlmodel import Session

from strategy import changes, history
from strategy.searching.entries import Entry, entries, of_key
from strategy.searching.hits import Hit, Marked, facts, hit, marked, thing_facts
from strategy.searching.index import MOST, Found, Index, indexed, sentence
from strategy.searching.places import PAGE, path, place
from strategy.snapshot import Snapshot


def read(session: Session, plan: Snapshot) -> Index:
    """Everything in a plan that can be searched, ready to be asked."""
    return indexed(plan, everything(session, plan))


def everything(session: Session, plan: Snapshot) -> tuple[Entry, ...]:
    """Every thing in a plan that has words, and every report there has been, the newest first."""
    keys = [each.key for each in (*plan.aims, *plan.measures, *plan.retired)]
    said = history.reports(session, plan.strategy.key, keys, plan.change_id)
    return entries(plan, said, changes.moments(session, plan.change_id))


__all__ = [
    "MOST",
    "PAGE",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "Marked",
    "entries",
    "everything",
    "facts",
    "hit",
    "indexed",
    "marked",
    "of_key",
    "path",
    "place",
    "read",
    "sentence",
    "thing_facts",
]
