"""What the board decided, what came of it, and corrections of the minutes after a meeting is closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlmodel import Session

from strategy import tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.history import MINUTES
from strategy.i18n import _
from strategy.record import agenda, meetings
from strategy.record.saving import (
    Saved,
    check_measures,
    check_year,
    current,
    drafted,
    live,
    next_key,
    save,
    save_many,
)
from strategy.terms import DecisionState, Effect, ItemState, MeetingState, Via


class DecisionFields(TypedDict, total=False):
    """What a decision says; what is left out stays as it is. Its meeting is its case's."""

    item: str
    text: str
    votes_for: int | None
    votes_against: int | None
    dissent: str
    measures: Sequence[str]
    effect: Effect | None
    responsible: str
    due: date | None
    state: DecisionState


def decision_key(session: Session, strategy: str) -> str:
    """A key for a new decision."""
    return next_key(session, tables.Decision, strategy, "vedtak-")


def decision(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE, **fields: Unpack[DecisionFields],
) -> Saved:  # fmt: skip
    """Write what the board decides in a case, while the meeting is under way.

    `responsible` is a role in the plan or a seat; one with nothing to follow up is given the state done.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    require(actor, Verb.MEET)
    standing = current(session, tables.Decision, strategy, key)
    case = live(
        session, tables.AgendaItem, strategy, fields.get("item", standing["item"] if standing else "")
    )
    if not case:
        raise NotFound(_("Fant ikke saken vedtaket hører til."))
    home = meetings.the_meeting(session, strategy, standing["meeting"] if standing else case["meeting"])
    meetings.check_unlocked(home)
    if home["state"] is not MeetingState.UNDER_WAY:
        raise BadInput(_("Vedtak føres mens møtet er i gang. Start møtet først."), _("Vedtak"))
    row = drafted(
        tables.Decision, strategy, key, base_version, standing=standing,
        said={"text": "", "meeting": home["key"], **fields} if standing is None else fields,
    )  # fmt: skip
    _check_decision(session, row, standing)
    return save(session, actor, row, now=now, via=via)


def as_proposed(
    session: Session, actor: Actor, strategy: str, base_versions: Mapping[str, int], *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Treat cases of a meeting under way as proposed, with nothing to follow up, as one change.

    `base_versions` is by the keys of the cases. Raises as `decision`.
    """
    require(actor, Verb.MEET)
    found = [_open_case(session, strategy, key) for key in base_versions]
    first = int(decision_key(session, strategy).rpartition("-")[2])
    proposed = [case for case in found if case["proposal"]]
    decided = [
        tables.Decision(
            strategy=strategy, key=f"vedtak-{first + n}", version=1, change_id=0, meeting=case["meeting"],
            item=case["key"], text=case["proposal"], measures=list(case["measures"]), dissent="",
            state=DecisionState.DONE, outcome=_("Krever ingen oppfølging."),
        )
        for n, case in enumerate(proposed)
    ]  # fmt: skip
    rows = [
        tables.AgendaItem(**{**case, "version": base_versions[case["key"]] + 1, "state": ItemState.TREATED})
        for case in found
    ]
    saved = save_many(session, actor, rows, now=now, via=via, beside=decided)
    if not saved:
        raise BadInput(_("Velg sakene som skal vedtas som foreslått."), _("Saker"))
    return saved


def follow_up(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    state: DecisionState, outcome: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say what has come of a decision, whenever it is; closing it needs words. Raises as `decision`."""
    require(actor, Verb.MEET)
    standing = _found(session, "decision", strategy, key)
    row = drafted(
        tables.Decision, strategy, key, base_version, standing=standing,
        said={"state": state, "outcome": outcome},
    )  # fmt: skip
    if not state.is_open and not row.outcome:
        raise BadInput(_("Skriv kort hva som ble gjort med vedtaket."), _("Oppfølging"))
    return save(session, actor, row, now=now, via=via)


def correct(
    session: Session, actor: Actor, strategy: str, kind: str, key: str, base_version: int, *,
    fields: Mapping[str, Any], reason: str, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Correct what the minutes of a closed meeting say; what stood there stays to be seen, with the reason.

    `kind` and the names in `fields` are those of `MINUTES`. Raises as `decision`.
    """
    require(actor, Verb.MEET)
    standing = _found(session, kind, strategy, key)
    home = meetings.the_meeting(session, strategy, standing["key" if kind == "meeting" else "meeting"])
    if not home["state"].is_locked:
        raise BadInput(_("Møtet er ikke avsluttet ennå. Rett direkte i saken."), _("Møte"))
    if set(fields) - set(MINUTES[kind]):
        raise BadInput(_("Bare det protokollen sier, kan rettes når møtet er avsluttet."), _("Rettelse"))
    said = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    if not said:
        raise BadInput(_("Skriv hvorfor protokollen rettes."), _("Begrunnelse"))
    row = drafted(tables.VERSIONED[kind], strategy, key, base_version, standing=standing, said=fields)
    _check_corrected(session, row, standing)
    return save(session, actor, row, now=now, via=via, reason=said)


def _open_case(session: Session, strategy: str, key: str) -> Mapping[str, Any]:
    """A case that waits to be treated in a meeting under way."""
    case = live(session, tables.AgendaItem, strategy, key)
    if not case:
        raise NotFound(_("Fant ikke saken. Kanskje er den tatt ut siden du åpnet siden."))
    home = meetings.the_meeting(session, strategy, case["meeting"])
    meetings.check_unlocked(home)
    if home["state"] is not MeetingState.UNDER_WAY:
        raise BadInput(_("Vedtak føres mens møtet er i gang. Start møtet først."), _("Vedtak"))
    if case["state"] is ItemState.TREATED:
        raise BadInput(_("«{case}» er behandlet fra før.").format(case=case["title"]), _("Saker"))
    return case


def _check_corrected(session: Session, row: tables.Versioned, standing: Mapping[str, Any]) -> None:
    if isinstance(row, tables.Meeting):
        meetings.check_attendance(session, row)
    elif isinstance(row, tables.AgendaItem):
        agenda.check_item(session, row, standing)
    elif isinstance(row, tables.Decision):
        _check_decision(session, row, standing)


def _check_decision(session: Session, row: tables.Decision, standing: Mapping[str, Any] | None) -> None:
    if not row.key.startswith("vedtak-"):
        raise BadInput(_("«{key}» kan ikke være nøkkelen til et vedtak.").format(key=row.key), _("Vedtak"))
    if not row.text:
        raise BadInput(_("Skriv hva styret vedtok."), _("Vedtak"))
    for count in (row.votes_for, row.votes_against):
        if count is not None and not 0 <= count <= 999:
            raise BadInput(_("Stemmetallet må være et helt tall fra 0."), _("Stemmer"))
    if row.effect is Effect.CORRECTED:
        raise BadInput(_("Retting av en skrivefeil trenger ikke vedtak."), _("Virkning"))
    if row.due:
        check_year(row.due.year)
    check_measures(session, row.strategy, row.measures, standing["measures"] if standing else ())
    meetings.check_role(session, row.strategy, row.responsible, standing["responsible"] if standing else "")


def _found(session: Session, kind: str, strategy: str, key: str) -> Mapping[str, Any]:
    if kind not in MINUTES:
        raise BadInput(_("Bare det protokollen sier, kan rettes når møtet er avsluttet."), _("Rettelse"))
    found = live(session, tables.VERSIONED[kind], strategy, key)
    if not found:
        raise NotFound(_("Fant ikke «{key}».").format(key=key))
    return found
