"""The board's meetings: who sits on it, how it works, when it meets, and how far each meeting has come."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.saving import (
    Saved,
    all_live,
    check_year,
    cleaned,
    current,
    drafted,
    live,
    next_key,
    save,
)
from strategy.terms import ItemState, MeetingState, Via

BOARD = "styret"

_BACK = (MeetingState.CALLED, MeetingState.DRAFT)
"""A calling may be withdrawn; all other steps go on."""

_PERIOD = re.compile(r"(\d{4})(?:\s?[-–/]\s?(\d{4}))?")
_HOUR = r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?"
_CLOCK = re.compile(rf"(?:kl\.?\s*)?{_HOUR}(?:\s*(?:[-–]|til)\s*{_HOUR})?", re.IGNORECASE)
_LONGEST = 365


class MeetingFields(TypedDict, total=False):
    """What a meeting says; what is left out stays as it is."""

    number: int
    period: str
    held_on: date
    starts: str
    place: str
    present: Sequence[str]
    absent: Sequence[str]
    chair: str
    secretary: str


def board(
    session: Session, actor: Actor, strategy: str, base_version: int, *, papers_days: int, updates_days: int,
    reminders: Sequence[int], overdue_reminders: Sequence[int], mail_gap: int, mail_ceiling: int,
    fallback: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Set the days and limits the board and the secretariat work by. Raises as `meeting`."""
    require(actor, Verb.MEET)
    days = {
        _("Sakspapirer ut"): [papers_days], _("Rapporter inne"): [updates_days],
        _("Påminnelser før fristen"): reminders, _("Påminnelser etter fristen"): overdue_reminders,
        _("Dager mellom e-poster"): [mail_gap], _("E-poster per kvartal"): [mail_ceiling],
    }  # fmt: skip
    for field, numbers in days.items():
        if not all(0 <= number <= _LONGEST for number in numbers) or len(set(numbers)) != len(numbers):
            raise BadInput(_("{field}: skriv hele dager fra 0 til 365.").format(field=field), field)
    if updates_days < papers_days:
        raise BadInput(
            _("Rapportene må være inne før sakspapirene sendes ut: velg minst like mange dager."),
            _("Rapporter inne"),
        )
    if fallback and not _answers(session, strategy, fallback):
        raise BadInput(_("Fant ikke rollen «{key}» i planen.").format(key=fallback), _("Reserve"))
    row = tables.Board(
        strategy=strategy, key=BOARD, version=base_version + 1, change_id=0, papers_days=papers_days,
        updates_days=updates_days, reminders=sorted(reminders, reverse=True),
        overdue_reminders=sorted(overdue_reminders), mail_gap=mail_gap, mail_ceiling=mail_ceiling,
        fallback=fallback,
    )  # fmt: skip
    return save(session, actor, row, now=now, via=via)


def seat_key(session: Session, strategy: str) -> str:
    """A key for a new seat on the board."""
    return next_key(session, tables.Seat, strategy, "verv-")


def seat(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, title: str, order: int,
    deputy: bool = False, since: date | None = None, until: date | None = None,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Add or change a seat (verv), never who holds it. Raises as `meeting`."""
    require(actor, Verb.MEET)
    row = tables.Seat(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, order=order, deputy=deputy,
        since=since, until=until, title=cleaned(tables.Seat, "title", title),
    )  # fmt: skip
    if not row.title:
        raise BadInput(_("Gi vervet et navn, for eksempel «Styreleder»."), _("Verv"))
    if since and until and until <= since:
        raise BadInput(_("Vervet må slutte etter at det begynte."), _("Til"))
    return save(session, actor, row, now=now, via=via)


def meeting_key(period: str, number: int) -> str:
    """The key of a meeting, from the first year of the board's period: `mote-2026-3`."""
    return f"mote-{_first_year(period)}-{number}"


def meeting(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE, **fields: Unpack[MeetingFields],
) -> Saved:  # fmt: skip
    """Plan a meeting or change one that is not closed; a new one needs its number, period and date.

    Numbers follow dates within a period: no meeting is moved past another.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    require(actor, Verb.MEET)
    standing = current(session, tables.Meeting, strategy, key)
    if standing and standing["retired"] and not base_version:  # called off, and set up anew
        standing = None
    if standing is None and not {"number", "period", "held_on"} <= set(fields):
        raise BadInput(_("Et møte må ha nummer, periode og dato."), _("Møte"))
    row = drafted(tables.Meeting, strategy, key, base_version, standing=standing, said=fields)
    row.period, row.starts = _period(row.period), _clock(row.starts)
    if standing:
        check_unlocked(standing)
    if key != meeting_key(row.period, row.number):
        raise BadInput(_("Nummer og periode kan ikke endres. Lag et nytt møte i stedet."), _("Nummer"))
    _check_meeting(session, row)
    return save(session, actor, row, now=now, via=via)


def step(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, to: MeetingState, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take a meeting one step on, or from called back to draft.

    Calling it needs a case, and freezes what its papers report on: the newest change before this one, and
    the day. Closing needs every case treated or postponed, and confidence, if begun, opened.
    Raises as `meeting`.
    """
    require(actor, Verb.MEET)
    standing = the_meeting(session, strategy, key)
    said: dict[str, Any] = {"state": to}
    if standing["state"] is not to:
        _check_step(session, standing, to)
        if to is MeetingState.CALLED:
            said |= {"as_of": changes.newest(session), "reported_on": dates.oslo_day(now)}
        elif to is MeetingState.DRAFT:
            said |= {"as_of": None, "reported_on": None}
    row = drafted(tables.Meeting, strategy, key, base_version, standing=standing, said=said)
    return save(session, actor, row, now=now, via=via)


def refreeze(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Let the papers of a called meeting report on what stands now. Raises as `meeting`."""
    require(actor, Verb.MEET)
    standing = the_meeting(session, strategy, key)
    if standing["state"] is not MeetingState.CALLED:
        raise BadInput(
            _("Tallene kan bare hentes på nytt mens møtet er innkalt og ikke har begynt."), _("Status per")
        )
    again = standing["version"] == base_version + 1 and standing["as_of"] == standing["change_id"] - 1
    said = {} if again else {"as_of": changes.newest(session), "reported_on": dates.oslo_day(now)}
    row = drafted(tables.Meeting, strategy, key, base_version, standing=standing, said=said)
    return save(session, actor, row, now=now, via=via)


def the_meeting(session: Session, strategy: str, key: str) -> Mapping[str, Any]:
    """The meeting as it stands. Raises `NotFound`."""
    found = live(session, tables.Meeting, strategy, key)
    if not found:
        raise NotFound(_("Fant ikke styremøtet «{key}».").format(key=key))
    return found


def check_unlocked(found: Mapping[str, Any]) -> None:
    """Raise `BadInput` for a meeting that is closed."""
    if found["state"].is_locked:
        raise BadInput(
            _("Møtet er avsluttet, og det som står der er låst. Feil i protokollen føres som en rettelse."),
            _("Møte"),
        )


def check_attendance(session: Session, row: tables.Meeting) -> None:
    """Raise `BadInput` for somebody who has no seat, or who is both present and absent."""
    for key in (*row.present, *row.absent, *([row.chair] if row.chair else [])):
        if not live(session, tables.Seat, row.strategy, key):
            raise BadInput(_("Fant ikke vervet «{key}» i styret.").format(key=key), _("Til stede"))
    both = {*row.present} & {*row.absent}
    if both or len({*row.present}) < len(row.present):
        raise BadInput(_("Et verv kan ikke både være til stede og ha forfall."), _("Til stede"))
    if row.chair in row.absent:
        raise BadInput(_("Møteleder kan ikke ha forfall."), _("Møteleder"))


def begun(session: Session, strategy: str, key: str) -> bool:
    """Whether somebody has answered on confidence, and it has not been opened."""
    t = tables.Ballot.__table__.c
    mine = sa.select(t.goal).where(t.strategy == strategy, t.meeting == key).limit(1)
    return session.execute(mine).first() is not None


def cases(session: Session, strategy: str, key: str) -> list[Mapping[str, Any]]:
    """The cases on a meeting's agenda, in its order."""
    found = all_live(session, tables.AgendaItem, strategy, meeting=key)
    return sorted(found, key=lambda item: (item["order"], len(item["key"]), item["key"]))


def _check_step(session: Session, standing: Mapping[str, Any], to: MeetingState) -> None:
    if to is not standing["state"].following and (standing["state"], to) != _BACK:
        said = _("Møtet er «{state}» og kan ikke settes til «{to}».")
        raise BadInput(said.format(state=standing["state"].label, to=to.label), _("Tilstand"))
    found = cases(session, standing["strategy"], standing["key"])
    if to is MeetingState.CALLED and not found:
        raise BadInput(_("Møtet har ingen saker ennå. Lag sakslista før du kaller inn."), _("Saker"))
    if to is MeetingState.CLOSED:
        _check_done(session, standing, found)


def _check_done(session: Session, standing: Mapping[str, Any], found: list[Mapping[str, Any]]) -> None:
    undone = [f"«{item['title']}»" for item in found if item["state"] is ItemState.OPEN]
    if undone:
        said = _(
            "Ikke behandlet ennå: {cases}. Merk hver sak som behandlet eller utsatt før møtet avsluttes."
        )
        raise BadInput(said.format(cases=", ".join(undone)), _("Saker"))
    if begun(session, standing["strategy"], standing["key"]):
        said = _("Noen har svart på spørsmålet om tillit, men svarene er ikke åpnet. Åpne stemmene først.")
        raise BadInput(said, _("Tillit"))


def _check_meeting(session: Session, row: tables.Meeting) -> None:
    check_year(row.held_on.year)
    if not 1 <= row.number <= 99:
        raise BadInput(_("Møtenummeret må være fra 1 til 99."), _("Nummer"))
    for other in all_live(session, tables.Meeting, row.strategy):
        if other["key"] == row.key or _first_year(other["period"]) != _first_year(row.period):
            continue
        is_before = other["number"] < row.number
        if (other["held_on"] >= row.held_on) if is_before else (other["held_on"] <= row.held_on):
            form = (
                _("Styremøte {number} i samme periode er {day}, og dette må ligge etter det.")
                if is_before
                else _("Styremøte {number} i samme periode er {day}, og dette må ligge før det.")
            )
            day = dates.day(other["held_on"])
            raise BadInput(form.format(number=other["number"], day=day), _("Dato"))
    check_attendance(session, row)


def _period(text: str) -> str:
    """`2026-2027` as `2026–2027`."""
    written = _PERIOD.fullmatch(text)
    if not written or (written[2] and int(written[2]) < int(written[1])):
        raise BadInput(
            _("«{text}» er ikke en styreperiode. Skriv for eksempel 2026–2027.").format(text=text),
            _("Periode"),
        )
    return "–".join(year for year in written.groups() if year)


def _first_year(period: str) -> str:
    return _period(period)[:4]


def _clock(text: str) -> str:
    """`9`, `9:30` and `kl. 9.30` as `09.30`, `10 til 15` as `10.00–15.00`; nothing stays nothing."""
    if not text:
        return ""
    written = _CLOCK.fullmatch(text)
    if not written:
        said = _("«{text}» er ikke et klokkeslett. Skriv for eksempel 10.00 eller 10.00–15.00.")
        raise BadInput(said.format(text=text), _("Klokkeslett"))
    first, last = (f"{int(written[n]):02}.{written[n + 1] or '00'}" if written[n] else "" for n in (1, 3))
    if last and last <= first:
        raise BadInput(_("Møtet må slutte etter at det begynte."), _("Klokkeslett"))
    return f"{first}–{last}" if last else first


def _answers(session: Session, strategy: str, key: str) -> bool:
    """Whether a key is a role in the plan or a seat on the board."""
    return any(live(session, table, strategy, key) for table in (tables.Person, tables.Seat))


def check_role(session: Session, strategy: str, key: str, before: str = "") -> None:
    """Raise `BadInput` for what is neither a role in the plan nor a seat on the board."""
    if key and key != before and not _answers(session, strategy, key):
        raise BadInput(_("Fant verken rollen eller vervet «{key}».").format(key=key), _("Ansvarlig"))
