"""The rules of a case for the board and of what is decided in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from strategy import dates
from strategy.history import MINUTES
from strategy.i18n import _, mark
from strategy.record.around import Around
from strategy.record.rules.agenda import place
from strategy.record.rules.board import NO_LONGER
from strategy.record.rules.meetings import NO_MEETING, closed_locks, presence_flaws
from strategy.record.rules.rule import Rules, Told, in_plan, may_meet, year
from strategy.record.wanted import Values, Wanted
from strategy.terms import Effect, ItemKind, ItemState, MeetingState
from strategy.things import AgendaItem, Decision, Meeting

MOVED = {"meeting", "order", "state", "discussion"}
"""What is said of a case that is moved on, and nothing else; what was said stays where it was said."""

FOLLOWED = {"state", "outcome"}
"""What is said of a decision as it is followed up, whenever it is."""

NO_CASE = mark("Fant ikke saken. Kanskje er den allerede tatt ut av sakslista.")
NOT_BEGUN = mark("Vedtak føres mens møtet er i gang. Start møtet først.")


def agenda_item_flaws(case: AgendaItem, around: Around) -> Iterator[Told]:
    """A case has a title, a number nobody else has that year, and is about what is in the plan."""
    if not case.key.startswith("sak-"):
        yield "", _("«{key}» kan ikke være nøkkelen til en sak.").format(key=case.key)
    if not case.title:
        yield "title", _("Gi saken en tittel.")
    if case.number is not None and not 1 <= case.number <= 9999:
        yield "number", _("Saksnummeret må være et helt tall fra 1.")
    for other in around.all("agenda_item", number=case.number, year=case.year) if case.number else ():
        wanted = around.wanted.get(("agenda_item", other.key), {})
        if other.key != case.key and wanted.get("number", case.number) == case.number:
            free = around.highest_number(case.year or 0) + 1
            said = _("Sak {number}/{year} finnes fra før: «{title}». Neste ledige nummer er {next}.")
            yield "number", said.format(number=case.number, year=case.year, title=other.title, next=free)
    yield from _measure_flaws(case.measures, around.thing("agenda_item", case.key), around)


def agenda_item_locks(wanted: Wanted, case: AgendaItem, around: Around) -> Iterator[Told]:
    """A case goes only to a later meeting; a closed one keeps its cases, and any those treated."""
    before = around.thing("agenda_item", case.key) or case
    home = around.thing("meeting", before.meeting)
    if case.meeting != before.meeting:
        yield from _move_flaws(wanted, before, home, around.thing("meeting", case.meeting))
        return
    yield from closed_locks(wanted, home)
    if wanted.retired and (case.state is ItemState.TREATED or around.all("decision", item=case.key)):
        yield "", _("Saken er behandlet og kan ikke tas ut av sakslista.")


def decision_flaws(decision: Decision, around: Around) -> Iterator[Told]:
    """A decision says something, counts its votes, and names what and whom there is."""
    before = around.thing("decision", decision.key)
    if not decision.key.startswith("vedtak-"):
        yield "", _("«{key}» kan ikke være nøkkelen til et vedtak.").format(key=decision.key)
    if not decision.text:
        yield "text", _("Skriv hva styret vedtok.")
    if not before or _votes(before) != _votes(decision):
        yield from _vote_flaws(decision)
        yield from presence_flaws(around.thing("meeting", decision.meeting), [decision], around)
    if decision.effect is Effect.CORRECTED:
        yield "effect", _("Retting av en skrivefeil trenger ikke vedtak.")
    if decision.due:
        yield from year("due", decision.due.year)
    yield from _measure_flaws(decision.measures, before, around)
    named = decision.responsible
    if (
        named
        and not (before and before.responsible == named)
        and not any(around.thing(kind, named) for kind in ("person", "seat"))
    ):
        yield "responsible", _("Fant verken rollen eller vervet «{key}».").format(key=named)


def _votes(decision: Decision) -> tuple[object, ...]:
    return (
        decision.votes_for,
        decision.votes_against,
        decision.votes_abstaining,
        decision.casting_vote or None,
    )


def _vote_flaws(decision: Decision) -> Iterator[Told]:
    """The votes are whole numbers that give the decision, by the vote of the chair where they are even."""
    for name in ("votes_for", "votes_against", "votes_abstaining"):
        if not 0 <= (getattr(decision, name) or 0) <= 999:
            yield name, _("Stemmetallet må være et helt tall fra 0.")
    ayes, noes = decision.votes_for, decision.votes_against or 0
    is_even = bool(noes) and ayes == noes
    if ayes is not None and ayes < noes:
        said = _("{ayes} for og {noes} mot gir ikke dette vedtaket. Skriv det flertallet vedtok.")
        yield "votes_for", said.format(ayes=ayes, noes=noes)
    if is_even and not decision.casting_vote:
        yield (
            "votes_for",
            _("Stemmene står likt. Da må møteleders dobbeltstemme ha avgjort: kryss av for det."),
        )
    if decision.casting_vote and not is_even:
        yield "casting_vote", _("Møteleders dobbeltstemme avgjør bare når stemmene står likt.")


def decision_locks(wanted: Wanted, decision: Decision, around: Around) -> Iterator[Told]:
    """The board decides while it meets; what came of it is said whenever, and closing it needs words."""
    before, home = around.thing("decision", decision.key), around.thing("meeting", decision.meeting)
    if before and wanted.fields and not set(wanted.fields) - FOLLOWED:
        if not decision.state.is_open and not decision.outcome:
            yield "outcome", _("Skriv kort hva som ble gjort med vedtaket.")
        return
    yield from closed_locks(wanted, home)
    if wanted.reason is None and home.state is not MeetingState.UNDER_WAY:
        yield "text", _(NOT_BEGUN)


def _move_flaws(wanted: Wanted, case: AgendaItem, home: Meeting, later: Meeting) -> Iterator[Told]:
    """An unfinished case goes to a later meeting that is not closed."""
    is_more = set(wanted.fields) - MOVED or wanted.fields.get("discussion")
    if is_more or set(wanted.fields) == {"meeting"}:
        yield "meeting", _("Saken står på et annet møte. Bruk «Flytt saken» for å flytte den.")
    if case.state is ItemState.TREATED:
        yield "state", _("Saken er behandlet og kan ikke flyttes.")
    if later.state.is_locked:
        yield "meeting", _("Møtet saken skulle flyttes til, er avsluttet. Velg et senere møte.")
    if later.held_on <= home.held_on:
        said = _("Saken kan bare flyttes til et møte etter {day}.")
        yield "meeting", said.format(day=dates.day(home.held_on))


def _measure_flaws(keys: Sequence[str], before: Any, around: Around) -> Iterator[Told]:
    """A measure is in the plan; one that was named before may stay."""
    for key in keys:
        if key not in (before.measures if before else ()):
            yield from in_plan("measure", key, around, NO_LONGER, "measures")


def _year(raw: Values, around: Around) -> Values:
    """The year a number belongs to: that of the meeting it was given for."""
    before = around.thing("agenda_item", raw["key"])
    if raw["number"] is None:
        return {"year": None}
    if before and before.number == raw["number"]:
        return {"year": before.year}
    return {"year": around.thing("meeting", raw["meeting"]).held_on.year}


def _decided_in(raw: Values, around: Around) -> Iterator[Told]:
    yield from in_plan(
        "agenda_item", raw.get("item", ""), around, mark("Fant ikke saken vedtaket hører til.")
    )


RULES: Mapping[str, Rules] = {
    "agenda_item": Rules(
        NO_CASE,
        may=may_meet,
        stands_on=lambda raw, around: in_plan("meeting", raw.get("meeting", ""), around, NO_MEETING),
        begun=lambda raw, around: {
            "order": place(raw["meeting"], around),
            "kind": ItemKind.DECISION,
            "title": "",
        },
        follows=_year,
        locks=agenda_item_locks,
        flaws=agenda_item_flaws,
        corrected=MINUTES["agenda_item"],
    ),
    "decision": Rules(
        mark("Fant ikke «{key}»."),
        may=may_meet,
        stands_on=_decided_in,
        begun=lambda raw, around: {
            "meeting": around.thing("agenda_item", raw["item"]).meeting,
            "text": "",
        },
        locks=decision_locks,
        flaws=decision_flaws,
        corrected=MINUTES["decision"],
    ),
}
