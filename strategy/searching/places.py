"""Where what is found is read: the page, and what it is asked for in the address."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlencode

from strategy.errors import NotFound
from strategy.searching.entries import Entry
from strategy.snapshot import Snapshot

PAGE = 12
"""How many of the earlier reports, or of the comments, the page of a measure shows at a time."""


class Place(NamedTuple):
    """A page by its address, and what it is asked for."""

    address: str
    query: Mapping[str, str]


def place(entry: Entry, plan: Snapshot, field: str = "") -> Place:
    """Where a thing is read, or one of its fields."""
    return PLACES[entry.kind](entry, plan, field)


def path(where: Place) -> str:
    """A place as it stands in an address: `/tiltak?t=1.2.1`."""
    return f"/{where.address}" + (f"?{urlencode(where.query)}" if where.query else "")


def _page_of(key: str, plan: Snapshot, **part: str) -> Place:
    """The page of a measure, or the part of it that is named; of a goal, an indicator, a case; or the log."""
    with suppress(NotFound):
        return Place("tiltak", {"t": plan.measure(key).key, **part})
    with suppress(NotFound):
        return Place(f"hovedmal-{plan.goal(key).key}", {})
    with suppress(NotFound):
        return Place(f"hovedmal-{plan.subgoal(key).goal}", {})
    with suppress(NotFound):
        return Place("indikatorer", {"i": plan.indicator(key).key})
    with suppress(NotFound):
        return _meeting(plan.item(key).meeting, "saker", sak=key)
    return Place("endringslogg", {"gjelder": key})


def _log(entry: Entry, key: str) -> Place:
    """The log of what has this key, from the change on that said it, which is opened."""
    change = entry.thing.change_id
    return Place("endringslogg", {"gjelder": key, "for": str(change + 1), "angre": str(change)})


def _meeting(key: str, part: str, **more: str) -> Place:
    return Place("styremoter", {"m": key, "fane": part, **more})


def _listed(newer: int, name: str) -> dict[str, str]:
    """The page of a long list that has a thing with so many before it; the first needs no saying."""
    return {name: str(newer // PAGE + 1)} if newer >= PAGE else {}


def _report(entry: Entry, plan: Snapshot, field: str) -> Place:
    """The newest stands on the page of a measure, the earlier in its thread there.

    What was done for a goal, as it was said last, stands on its page; all else in the log.
    """
    where = _page_of(entry.thing.key, plan)
    if where.address != "tiltak":
        is_there = not entry.back and field == "done" and any(entry.thing.key == g.key for g in plan.goals)
        return where if is_there else _log(entry, entry.thing.key)
    if not entry.back:
        return where
    return Place("tiltak", {**where.query, "del": "rapporter", **_listed(entry.back - 1, "rapporter")})


def _note(entry: Entry, plan: Snapshot, _field: str) -> Place:
    """A comment or a document."""
    more = _listed(entry.back, "kommentarer")
    return _page_of(entry.thing.thing, plan, **{"del": "notater", **more})


def _attachment(entry: Entry, plan: Snapshot, _field: str) -> Place:
    """A file stands on the page of its thing; of a meeting with its cases, of a value on its indicator's."""
    about = entry.thing.thing
    if milestone := plan.things.get(("milestone", about)):
        return _page_of(milestone.measure, plan, **{"del": "notater"})
    if value := plan.things.get(("indicator_value", about)):
        return _page_of(value.indicator, plan)
    with suppress(NotFound):
        return _meeting(plan.meeting(about).key, "saker")
    return _page_of(about, plan, **{"del": "notater"})


def _authority(entry: Entry, plan: Snapshot, _field: str) -> Place:
    """What permitted a change of a measure stands in its thread of decisions, of all else in the log."""
    with suppress(NotFound):
        return Place("tiltak", {"t": plan.measure(entry.thing.thing).key, "del": "styret"})
    return _log(entry, entry.thing.thing)


def _case(entry: Entry, _plan: Snapshot, field: str) -> Place:
    """What was said of a case stands in the minutes, all else of it in its paper."""
    item = entry.thing
    if field == "discussion":
        return _meeting(item.meeting, "protokoll")
    return _meeting(item.meeting, "saker", sak=item.key)


def _by(field: str, address: str, name: str, **more: str) -> Callable[[Entry, Snapshot, str], Place]:
    """A page asked for what a field has the key of."""
    return lambda entry, _plan, _field: Place(address, {name: getattr(entry.thing, field), **more})


def _at(address: str) -> Callable[[Entry, Snapshot, str], Place]:
    return lambda _entry, _plan, _field: Place(address, {})


def _itself(entry: Entry, plan: Snapshot, _field: str) -> Place:
    return _page_of(entry.thing.key, plan)


def _attainment(entry: Entry, _plan: Snapshot, _field: str) -> Place:
    said: Any = entry.thing
    return Place("rapporter", {"ar": str(said.year), "mal": said.belongs_to})


PLACES: Mapping[str, Callable[[Entry, Snapshot, str], Place]] = {
    "strategy": _at("om"),
    "goal": _itself,
    "subgoal": _itself,
    "measure": _itself,
    "person": _by("key", "ansvarlige", "p"),
    "indicator": _itself,
    "indicator_value": _by("indicator", "indikatorer", "i"),
    "milestone": _by("measure", "tiltak", "t"),
    "status_report": _report,
    "attainment": _attainment,
    "tagging": _by("key", "tabell", "sok"),
    "link": _note,
    "attachment": _attachment,
    "comment": _note,
    "seat": _at("styremoter"),
    "meeting": _by("key", "styremoter", "m"),
    "agenda_item": _case,
    "decision": _by("meeting", "styremoter", "m", fane="vedtak"),
    "authority": _authority,
    "question": _by("measure", "tiltak", "t", **{"del": "styret"}),
    "explanation": _by("meeting", "styremoter", "m", fane="motstrid"),
}
