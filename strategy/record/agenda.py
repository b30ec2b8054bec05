"""The cases of a meeting: write one, move it on, decide in it, and the agenda a meeting usually has."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import tables
from strategy.access import Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.around import Around, Stored
from strategy.record.by import By
from strategy.record.meetings import check_unlocked, the_meeting
from strategy.record.rules.agenda import OWN, cases, place, usual
from strategy.record.rules.cases import NO_CASE, NOT_BEGUN
from strategy.record.saving import Saved, conflict, current, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import DecisionState, ItemContent, ItemState, MeetingState
from strategy.things import AgendaItem


def item_key(session: Session, strategy: str) -> str:
    """A key for a new case."""
    return next_key(session, tables.AgendaItem, strategy, "sak-")


def decision_key(session: Session, strategy: str) -> str:
    """A key for a new decision."""
    return next_key(session, tables.Decision, strategy, "vedtak-")


def case_number(session: Session, strategy: str, year: int) -> int:
    """The next case number of a calendar year; what was once given is not given again."""
    return Stored(session, strategy).highest_number(year) + 1


def item(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Add or change a case of a meeting that is not closed; what is left out stays as it is.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    return save_one(by, Wanted("agenda_item", key, base_version, fields))


def retire_item(by: By, key: str, base_version: int) -> Saved:
    """Take a case off the agenda of a meeting that is not closed; its number is not used again.

    Raises as `item`, also for one that has been treated or decided in.
    """
    return save_one(by, Wanted("agenda_item", key, base_version, retired=True))


def move_on(by: By, wanted: Wanted) -> Saved:
    """Move an unfinished case to the meeting that is `wanted` for it, last; it keeps its key and its number.

    One that leaves a meeting under way is first said to be postponed there, in a change of its own: the
    minutes of that meeting (`history.agenda`) still have it, with what was said there. Raises as `item`.
    """
    require(by.actor, Verb.MEET)
    around = Stored.of(by)
    case = around.thing(*wanted.ident)
    if not case:
        raise NotFound(_(NO_CASE))
    to = wanted.fields["meeting"]
    fields = {"meeting": to, "order": case.order, "state": ItemState.OPEN}
    if case.meeting != to:
        fields |= {"order": place(to, around), "discussion": ""}
        if case.state is ItemState.OPEN and _is_under_way(case, around):
            postponed = replace(wanted, fields={"state": ItemState.POSTPONED})
            saved = save_one(by, postponed)
            wanted = replace(wanted, base_version=saved.version)
    return save_one(by, replace(wanted, fields=fields))


def standard_agenda(by: By, meeting: str) -> Saved:
    """Give a meeting the agenda the board usually has, numbered, as one change.

    Cases that stand there already, as those moved on to it, keep their numbers and take their place in it.
    Raises as `item`.
    """
    require(by.actor, Verb.MEET)
    check_unlocked(the_meeting(by.session, by.strategy, meeting))
    around = Stored.of(by)
    home, there = around.thing("meeting", meeting), cases(meeting, around)
    if any(case.content is ItemContent.CALLING for case in there):
        raise BadInput(_("Møtet har den vanlige sakslista fra før."), _("Saker"))
    keys, numbers = (
        _from(item_key(by.session, by.strategy)),
        itertools.count(case_number(by.session, by.strategy, home.held_on.year)),
    )
    fresh = [
        Wanted("agenda_item", key, 0, {"meeting": meeting, "number": number, **said})
        for said, key, number in zip(usual(home, around), keys, numbers, strict=False)
    ]
    placed = [Wanted("agenda_item", case.key, case.version, {"order": OWN}) for case in there]
    return save_one(by, *fresh, *placed)


def number_cases(by: By, meeting: str, first: int | None = None) -> Saved | None:
    """Number the cases of a meeting that has not begun in the order of its agenda, as one change.

    They begin with `first`, else with the lowest they have, else after the year's last. A case that was moved
    on keeps the number it had in another year or meeting. None where all is in order.
    Raises as `item`.
    """
    require(by.actor, Verb.MEET)
    home = the_meeting(by.session, by.strategy, meeting)
    if home["state"] not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise BadInput(_("Sakene kan bare nummereres før møtet har begynt."), _("Saksnummer"))
    around, year = Stored.of(by), home["held_on"].year
    mine = [
        case
        for case in cases(meeting, around)
        if case.number is None or _was_numbered_here(by.session, by.strategy, case, year)
    ]
    first = first or min(
        (case.number for case in mine if case.number is not None),
        default=case_number(by.session, by.strategy, year),
    )
    taken = {case.number for case in around.all("agenda_item", year=year) if case not in mine}
    free = (number for number in itertools.count(first) if number not in taken)
    wanted = [
        Wanted("agenda_item", case.key, case.version, {"number": number})
        for case, number in zip(mine, free, strict=False)
        if case.number != number
    ]
    return save_one(by, *wanted) if wanted else None


def decision(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Write what the board decides in a case while it meets, or `state` and `outcome` whenever it is.

    `responsible` is a role in the plan or a seat. What is left out stays as it is. Raises as `item`.
    """
    return save_one(by, Wanted("decision", key, base_version, fields))


def as_proposed(by: By, base_versions: Mapping[str, int]) -> Saved:
    """Treat cases of a meeting under way as proposed, with nothing to follow up, as one change.

    `base_versions` is by the keys of the cases. Raises as `item`.
    """
    require(by.actor, Verb.MEET)
    around = Stored.of(by)
    found = [_waiting(key, around) for key in base_versions]
    for case in found:
        if case.version != base_versions[case.key]:  # what is decided is what was seen
            raise conflict(case.key, current(by.session, tables.AgendaItem, by.strategy, case.key))
    if not found:
        raise BadInput(_("Velg sakene som skal vedtas som foreslått."), _("Saker"))
    keys = _from(decision_key(by.session, by.strategy))
    nothing = {"state": DecisionState.DONE, "outcome": _("Krever ingen oppfølging.")}
    wanted = [
        Wanted("agenda_item", case.key, base_versions[case.key], {"state": ItemState.TREATED})
        for case in found
    ]
    for case in found:
        if case.proposal:
            said = {"item": case.key, "text": case.proposal, "measures": case.measures, **nothing}
            wanted.append(Wanted("decision", next(keys), 0, said))
    return save_one(by, *wanted)


def _waiting(key: str, around: Around) -> AgendaItem:
    """A case that waits to be treated in a meeting under way."""
    case: AgendaItem | None = around.thing("agenda_item", key)
    if not case:
        raise NotFound(_(NO_CASE))
    if not _is_under_way(case, around):
        raise BadInput(_(NOT_BEGUN), _("Vedtak"))
    if case.state is ItemState.TREATED:
        raise BadInput(_("«{case}» er behandlet fra før.").format(case=case.title), _("Saker"))
    return case


def _is_under_way(case: AgendaItem, around: Around) -> bool:
    return around.thing("meeting", case.meeting).state is MeetingState.UNDER_WAY


def _from(key: str) -> Iterator[str]:
    """A free key and those that follow it."""
    head, _dash, first = key.rpartition("-")
    return (f"{head}-{number}" for number in itertools.count(int(first)))


def _was_numbered_here(session: Session, strategy: str, case: AgendaItem, year: int) -> bool:
    """Whether a case got its number for the meeting it is on now."""
    t = tables.AgendaItem.__table__.c
    elsewhere = sa.select(t.version).where(
        t.strategy == strategy, t.key == case.key, t.meeting != case.meeting
    )
    return case.year == year and session.execute(elsewhere.limit(1)).first() is None
