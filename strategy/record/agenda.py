"""The cases of a meeting: write one, move an unfinished one on, and the agenda a meeting usually has."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from sqlmodel import Session

from strategy import dates, tables
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.meetings import cases, check_unlocked, the_meeting
from strategy.record.saving import (
    Saved,
    all_live,
    check_measures,
    current,
    drafted,
    following,
    live,
    next_key,
    save,
    save_many,
)
from strategy.terms import ItemContent, ItemKind, ItemState, MeetingState, Via

_OWN = 45
"""Where a meeting's own cases stand among the usual: after the decisions to follow up, before the economy."""


class ItemFields(TypedDict, total=False):
    """What a case says; what is left out stays as it is. `year` follows from the meeting."""

    meeting: str
    order: int
    number: int | None
    title: str
    kind: ItemKind
    content: ItemContent
    state: ItemState
    handler: str
    responsible: str
    proposal: str
    summary: str
    background: str
    status: str
    considerations: str
    consequences: str
    follow_up: str
    discussion: str
    measures: Sequence[str]
    withheld: str


def item_key(session: Session, strategy: str) -> str:
    """A key for a new case."""
    return next_key(session, tables.AgendaItem, strategy, "sak-")


def case_number(session: Session, strategy: str, year: int) -> int:
    """The next case number of a calendar year; what was once given is not given again."""
    t = tables.AgendaItem.__table__.c
    last = sa.select(sa.func.max(t.number)).where(t.strategy == strategy, t.year == year)
    return (session.execute(last).scalar() or 0) + 1


def item(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE, **fields: Unpack[ItemFields],
) -> Saved:  # fmt: skip
    """Add or change a case of a meeting that is not closed; a new one needs its meeting, title and kind.

    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    require(actor, Verb.MEET)
    standing = current(session, tables.AgendaItem, strategy, key)
    home = the_meeting(session, strategy, standing["meeting"] if standing else fields.get("meeting", ""))
    check_unlocked(home)
    if standing and fields.get("meeting", home["key"]) != home["key"]:
        raise BadInput(_("Saken står på et annet møte. Bruk «Flytt saken» for å flytte den."), _("Møte"))
    start = {} if standing else {"order": place(session, home), "kind": ItemKind.DECISION, "title": ""}
    row = drafted(
        tables.AgendaItem, strategy, key, base_version, standing=standing,
        said={**start, **fields},
    )  # fmt: skip
    row.year = _year(row, home, standing)
    check_item(session, row, standing)
    return save(session, actor, row, now=now, via=via)


def move_on(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, to: str, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Move an unfinished case to a later meeting, last on its agenda; it keeps its key and its number.

    One that leaves a meeting under way is first said to be postponed there, in a change of its own: the
    minutes of that meeting (`history.agenda`) still have it. Raises as `item`.
    """
    require(actor, Verb.MEET)
    standing = live(session, tables.AgendaItem, strategy, key)
    if not standing:
        raise NotFound(_("Fant ikke saken. Kanskje er den tatt ut siden du åpnet siden."))
    home, later = the_meeting(session, strategy, standing["meeting"]), the_meeting(session, strategy, to)
    if standing["meeting"] == to and standing["version"] == base_version + 1:  # a second click
        return save(session, actor, _row(standing), now=now, via=via)
    _check_move(standing, home, later)
    if home["state"] is MeetingState.UNDER_WAY and standing["state"] is ItemState.OPEN:
        postponed = _row(standing, version=base_version + 1, state=ItemState.POSTPONED)
        base_version = save(session, actor, postponed, now=now, via=via).version
    moved = _row(
        standing, version=base_version + 1, state=ItemState.OPEN, meeting=to, order=place(session, later)
    )
    return save(session, actor, moved, now=now, via=via)


def standard_agenda(
    session: Session, actor: Actor, strategy: str, meeting: str, *, now: datetime, via: Via = Via.PAGE
) -> Saved:
    """Give a meeting the agenda the board usually has, numbered, as one change.

    Cases that stand there already, as those moved on to it, keep their numbers and take their place in it.
    Raises as `item`.
    """
    require(actor, Verb.MEET)
    home = the_meeting(session, strategy, meeting)
    check_unlocked(home)
    there = cases(session, strategy, meeting)
    if any(case["content"] is ItemContent.CALLING for case in there):
        raise BadInput(_("Møtet har den vanlige sakslista fra før."), _("Saker"))
    first = int(item_key(session, strategy).rpartition("-")[2])
    year = home["held_on"].year
    number = case_number(session, strategy, year)
    rows = [
        tables.AgendaItem(
            strategy=strategy, key=f"sak-{first + n}", version=1, change_id=0, meeting=meeting,
            order=order, number=number + n, year=year, title=title, kind=kind, content=content,
            proposal=proposal,
        )
        for n, (order, title, kind, content, proposal) in enumerate(_usual(session, home))
    ]  # fmt: skip
    placed = [following(tables.AgendaItem, case, order=_OWN) for case in there]
    return save(session, actor, rows[0], now=now, via=via, beside=[*rows[1:], *placed])


def number_cases(
    session: Session, actor: Actor, strategy: str, meeting: str, *, now: datetime, via: Via = Via.PAGE
) -> Saved | None:
    """Number the cases of a meeting that has not begun in the order of its agenda, as one change.

    A case that was moved on keeps the number it had in another year or meeting. None where all is in order.
    Raises as `item`.
    """
    require(actor, Verb.MEET)
    home = the_meeting(session, strategy, meeting)
    if home["state"] not in (MeetingState.DRAFT, MeetingState.CALLED):
        raise BadInput(_("Sakene kan bare nummereres før møtet har begynt."), _("Saksnummer"))
    year = home["held_on"].year
    found = cases(session, strategy, meeting)
    mine = [case for case in found if case["number"] is None or _was_numbered_here(session, case, year)]
    used = {case["number"] for case in mine if case["number"] is not None}
    first = min(used) if used else case_number(session, strategy, year)
    taken = {
        case["number"] for case in all_live(session, tables.AgendaItem, strategy, year=year)
        if case["key"] not in {one["key"] for one in mine}
    }  # fmt: skip
    free = (number for number in itertools.count(first) if number not in taken)
    rows = [
        following(tables.AgendaItem, case, number=number, year=year)
        for case, number in zip(mine, free, strict=False)
        if case["number"] != number
    ]
    return save_many(session, actor, rows, now=now, via=via) if rows else None


def check_item(session: Session, row: tables.AgendaItem, standing: Mapping[str, Any] | None) -> None:
    """Raise `BadInput` for a case without a title, with a number in use, or about what is not in the plan."""
    if not row.key.startswith("sak-"):
        raise BadInput(_("«{key}» kan ikke være nøkkelen til en sak.").format(key=row.key), _("Sak"))
    if not row.title:
        raise BadInput(_("Gi saken en tittel."), _("Sak"))
    if row.number is not None:
        _check_number(session, row)
    check_measures(session, row.strategy, row.measures, standing["measures"] if standing else ())


def place(session: Session, home: Mapping[str, Any]) -> int:
    """The order of a case that is told none: among the usual ones, or else last."""
    found = cases(session, home["strategy"], home["key"])
    if any(case["content"] is ItemContent.CALLING for case in found):
        return _OWN
    return max((case["order"] for case in found), default=0) + 1


def usual_titles(session: Session, home: Mapping[str, Any]) -> frozenset[str]:
    """What the cases of the usual agenda of a meeting are called."""
    return frozenset(title for _order, title, *_more in _usual(session, home))


def _check_number(session: Session, row: tables.AgendaItem) -> None:
    if not 1 <= (row.number or 0) <= 9999:
        raise BadInput(_("Saksnummeret må være et helt tall fra 1."), _("Saksnummer"))
    for other in all_live(session, tables.AgendaItem, row.strategy, number=row.number, year=row.year):
        if other["key"] != row.key:
            said = _("Sak {number}/{year} finnes fra før: «{title}». Neste ledige nummer er {next}.")
            free = case_number(session, row.strategy, row.year or 0)
            raise BadInput(
                said.format(number=row.number, year=row.year, title=other["title"], next=free),
                _("Saksnummer"),
            )


def _check_move(standing: Mapping[str, Any], home: Mapping[str, Any], later: Mapping[str, Any]) -> None:
    if standing["state"] is ItemState.TREATED:
        raise BadInput(_("Saken er behandlet og kan ikke flyttes."), _("Sak"))
    if later["state"].is_locked:
        raise BadInput(_("Møtet saken skulle flyttes til, er avsluttet. Velg et senere møte."), _("Møte"))
    if later["held_on"] <= home["held_on"]:
        raise BadInput(
            _("Saken kan bare flyttes til et møte etter {day}.").format(day=dates.day(home["held_on"])),
            _("Møte"),
        )


def _was_numbered_here(session: Session, case: Mapping[str, Any], year: int) -> bool:
    """Whether a case got its number for the meeting it is on now."""
    t = tables.AgendaItem.__table__.c
    elsewhere = sa.select(t.version).where(
        t.strategy == case["strategy"], t.key == case["key"], t.meeting != case["meeting"]
    )
    return case["year"] == year and session.execute(elsewhere.limit(1)).first() is None


def _year(row: tables.AgendaItem, home: Mapping[str, Any], standing: Mapping[str, Any] | None) -> int | None:
    """The year the number belongs to: that of the meeting it was given for."""
    if row.number is None:
        return None
    if standing and standing["number"] == row.number:
        year: int | None = standing["year"]
        return year
    return int(home["held_on"].year)


def _row(standing: Mapping[str, Any], **changed: Any) -> tables.AgendaItem:
    return tables.AgendaItem(**{**standing, **changed})


def _usual(
    session: Session, home: Mapping[str, Any]
) -> Iterator[tuple[int, str, ItemKind, ItemContent, str]]:
    """Place, title, kind, content and proposal, in the order and the words NOKU's board has used."""
    decide, inform = ItemKind.DECISION, ItemKind.ORIENTATION
    calling = _("Godkjenning av innkalling og dagsorden")
    yield 10, calling, decide, ItemContent.CALLING, _("Innkallingen og dagsordenen godkjennes.")
    if before := _before(session, home):
        proposal = _("Protokollen fra styremøte {number}, {period}, {day} godkjennes.").format(
            number=before["number"], period=before["period"], day=dates.long_day(before["held_on"])
        )
        yield 20, _("Godkjenning av protokoll"), decide, ItemContent.MINUTES, proposal
    status = _(
        "1. Styret tar statusrapporten til etterretning.\n"
        "2. Styret ber sekretariatet følge opp tiltakene med vesentlig avvik og legge fram ny status i neste "
        "styremøte."
    )
    yield 30, _("Status for handlingsplanen"), inform, ItemContent.STATUS, status
    noted = _("Styret tar gjennomgangen til etterretning.")
    yield 40, _("Oppfølging av vedtak"), inform, ItemContent.FOLLOW_UP, noted
    economy = _("Styret tar økonomirapporten til etterretning.")
    yield 50, _("Økonomirapport"), inform, ItemContent.PLAIN, economy
    yield 60, _("Eventuelt"), ItemKind.DISCUSSION, ItemContent.ANY_OTHER, ""
    yield 70, _("Møteplan"), decide, ItemContent.MEETING_PLAN, _("Styret vedtar møteplanen.")


def _before(session: Session, home: Mapping[str, Any]) -> Mapping[str, Any] | None:
    earlier = [
        m for m in all_live(session, tables.Meeting, home["strategy"]) if m["held_on"] < home["held_on"]
    ]
    return max(earlier, key=lambda m: (m["held_on"], m["key"]), default=None)
