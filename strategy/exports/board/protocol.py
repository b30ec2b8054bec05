"""The minutes (protokoll) of a board meeting: who was there, what was proposed, said and decided."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from strategy import dates, meetings, wording
from strategy.exports import prose, status
from strategy.exports.annual.report import example
from strategy.exports.board.meeting import Sitting
from strategy.exports.board.paper import case_title, named, outline_of, proposal, when_and_where
from strategy.exports.outline import (
    Block,
    Facts,
    Heading,
    Line,
    Outline,
    Paragraph,
    Run,
    Style,
    body,
    capital,
    line,
)
from strategy.history import Correction
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Decision, Meeting, Snapshot
from strategy.terms import ItemState, MeetingState
from strategy.values import Day, Phrase, Unknown, Value, Votes, phrase, source, words

_OF_SEATS = ("present", "absent", "chair")


def outline(sitting: Sitting) -> Outline:
    """The minutes, as they are corrected; what they said before stands beside."""
    title = _("Protokoll fra {meeting}").format(meeting=named(sitting.corrected_meeting))
    return outline_of(sitting, title, _blocks(sitting, title), state(sitting), sitting.minuted_on)


def state(sitting: Sitting) -> str:
    """«Utkast», «Til godkjenning», or when they were approved."""
    match sitting.corrected_meeting.state:
        case MeetingState.APPROVED if sitting.approved_on:
            return _("Godkjent {day}").format(day=dates.day(sitting.approved_on))
        case MeetingState.APPROVED:
            return _("Godkjent")
        case MeetingState.CLOSED:
            return _("Til godkjenning")
    return _("Utkast")


def decision_facts(decision: Decision, who: Callable[[str], str]) -> Iterator[Line]:
    """The votes, who wanted what in the minutes, and who follows up by when, as far as they are written."""
    votes = Votes(
        decision.votes_for, decision.votes_against, decision.votes_abstaining, bool(decision.casting_vote)
    )
    if words(votes):
        yield line(Run(votes, strong=True, source=source(decision)))
    if decision.dissent:
        yield line(Run(_("Protokolltilførsel: "), strong=True), decision.dissent)
    if follow := _follow_up(decision, who):
        yield line(Run(_("Oppfølging: "), strong=True), *capital(follow))


def attendance(told: Snapshot, now: Snapshot, meeting: Meeting) -> Iterator[tuple[str, Line]]:
    """Every seat of the board: there, there as deputy, away, or not written down; who led and who wrote.

    By the titles in `told`, and for what is newer those in `now`.
    """
    found = meetings.attendance(told, meeting)
    missing = Unknown(_("Ikke ført"))
    is_told = bool(meeting.present or meeting.absent)
    rows: tuple[tuple[str, str, Value], ...] = (
        (_("Til stede"), meetings.named(told, found.present, now), missing),
        (_("Møtende vara"), meetings.named(told, found.deputies, now), ""),
        (_("Forfall"), meetings.named(told, found.absent, now), _("Ingen") if is_told else missing),
        (_("Ikke ført"), meetings.named(told, found.unsaid if is_told else (), now), ""),
        (_("Møteleder"), meetings.who(told, meeting.chair, now), missing),
        (_("Referent"), meetings.who(told, meeting.secretary, now), missing),
    )
    for name, known, none in rows:
        if known or none:
            yield name, line(known or none, source=source(meeting))


def _blocks(sitting: Sitting, title: str) -> Iterator[Block]:
    meeting = sitting.corrected_meeting
    yield Heading(1, title, "protokoll")
    yield body(_state_in_full(sitting), style=Style.STATUS)
    if sitting.now.example:
        yield body(example(), style=Style.MARK)
    yield Facts(
        (
            (_("Tid og sted"), line(when_and_where(meeting))),
            *attendance(sitting.told, sitting.now, meeting),
        )
    )
    yield from _corrections(sitting, sitting.corrected("meeting", meeting.key))
    if not sitting.minuted:
        yield body(_("Møtet har ingen saker."), style=Style.NOTE)
    for item in sitting.minuted:
        yield from _case(sitting, item)
    yield from _confidence(sitting)
    yield from _signatures(sitting)
    yield body(sitting.written.sentence, style=Style.NOTE)


def _state_in_full(sitting: Sitting) -> str:
    match sitting.corrected_meeting.state:
        case MeetingState.APPROVED:
            return state(sitting) + "."
        case MeetingState.CLOSED:
            return _("Til godkjenning. Møtet er avsluttet, og protokollen er ikke godkjent ennå.")
        case MeetingState.UNDER_WAY:
            return _("Utkast. Møtet er ikke avsluttet.")
    return _("Utkast. Møtet er ikke holdt ennå.")


def _case(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    yield Heading(2, f"{case_title(item)}: {item.title}", item.key, source(item))
    if item.withheld:
        yield body(_("Unntatt offentlighet: {reason}").format(reason=item.withheld), style=Style.NOTE)
    if proposed := proposal(sitting, item):
        yield Heading(3, _("Forslag til vedtak"), f"{item.key}-forslag")
        yield from prose.blocks(proposed)
    yield Heading(3, _("Behandling"), f"{item.key}-behandling")
    yield from _discussed(sitting, item)
    decided = sitting.decisions_in(item)
    yield Heading(3, _("Vedtak"), f"{item.key}-vedtak")
    if not decided:
        yield body(_undecided(item), style=Style.NOTE)
    for decision in decided:
        yield from _decided(sitting, decision)


def _discussed(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    if item.discussion:
        yield from prose.blocks(item.discussion)
    else:
        yield body(_("Det er ikke ført noe om behandlingen."), style=Style.NOTE)
    yield from _corrections(sitting, sitting.corrected("agenda_item", item.key))


def _undecided(item: AgendaItem) -> str:
    if item.state is ItemState.POSTPONED:
        return _("Saken ble utsatt.")
    if item.state is ItemState.OPEN:
        return _("Saken er ikke behandlet.")
    return _("Det ble ikke gjort vedtak i saken.")


def _decided(sitting: Sitting, decision: Decision) -> Iterator[Block]:
    yield from prose.blocks(decision.text, Style.RESOLUTION)
    for facts in decision_facts(decision, sitting.who):
        yield Paragraph(facts)
    yield from _corrections(sitting, sitting.corrected("decision", decision.key))


def _follow_up(decision: Decision, who: Callable[[str], str]) -> Line:
    """«Ansvarlig styreleder, frist 15.01.2027, gjelder tiltak 1.1.1.»"""
    parts: list[Phrase] = []
    if decision.responsible:
        parts.append(phrase(_("ansvarlig {who}"), who=who(decision.responsible)))
    if decision.due:
        parts.append(phrase(_("frist {day}"), day=Day(decision.due)))
    if decision.measures:
        parts.append((_("gjelder tiltak {keys}").format(keys=", ".join(decision.measures)),))
    told = [value for part in parts for value in (", ", *part)][1:]
    return line(*told, ".", source=source(decision)) if told else ()


def _corrections(sitting: Sitting, found: tuple[Correction, ...]) -> Iterator[Paragraph]:
    """What stood there, what stands there now, when it was corrected and why; one paragraph for each time."""
    for (when, actor, reason), fields in groupby(found, lambda c: (c.recorded_at, c.actor, c.reason)):
        form = _("Rettet {when} av {actor}. ")
        said = [_corrected(sitting, correction) for correction in fields]
        if reason:
            said.append(_("Begrunnelse: {reason}").format(reason=reason))
        head = Run(form.format(when=dates.clock(when), actor=actor), strong=True)
        yield body(head, " ".join(said), style=Style.CORRECTION)


def _corrected(sitting: Sitting, correction: Correction) -> str:
    name = wording.field(correction.kind, correction.field)
    before, after = (_said(sitting, correction, value) for value in (correction.before, correction.after))
    form = _("{field}: sto «{before}», er nå «{after}».")
    return form.format(field=name[:1].upper() + name[1:], before=before, after=after)


def _said(sitting: Sitting, correction: Correction, value: Any) -> str:
    if correction.kind == "meeting" and correction.field in _OF_SEATS:
        keys = (value,) if isinstance(value, str) else tuple(value)
        return sitting.named(filter(None, keys)) or "–"
    return wording.said(value)


def _confidence(sitting: Sitting) -> Iterator[Block]:
    """How sure the board was of each goal, where its answers were opened."""
    if found := meetings.confidence(sitting.told, sitting.key):
        yield Heading(2, _("Styrets tillit"), "tillit")
        said = _(
            "Hvor sikkert styret mener det er at hvert hovedmål blir nådd, fra 0 til 10. "
            "Det er ikke tatt vare på hvem som svarte hva."
        )
        yield body(said)
        yield status.beliefs(found, sitting.told)


def _signatures(sitting: Sitting) -> Iterator[Block]:
    yield Heading(2, _("Underskrift"), "underskrift")
    chair = sitting.who(sitting.corrected_meeting.chair)
    secretary = sitting.who(sitting.corrected_meeting.secretary)
    for role, who in ((_("Møteleder"), chair), (_("Referent"), secretary)):
        yield body(_("Sted og dato: ") + "_" * 30)
        yield body(f"{role}: {who}" if who else role, style=Style.SIGNATURE)
