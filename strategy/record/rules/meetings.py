"""The rules of a board meeting: when it is, which steps it takes, and what is locked once it is closed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from strategy import contradictions, dates, texts
from strategy.history import MINUTES
from strategy.i18n import _, mark
from strategy.record.around import Around
from strategy.record.rules.agenda import cases, titles
from strategy.record.rules.rule import Rules, Told, may_meet, year
from strategy.record.wanted import Wanted
from strategy.terms import ItemContent, ItemState, MeetingState
from strategy.things import AgendaItem, Decision, Meeting

NO_MEETING = mark("Fant ikke styremøtet «{key}».")
LOCKED = mark("Møtet er avsluttet, og det som står der er låst. Feil i protokollen føres som en rettelse.")
FROZEN = {"as_of", "reported_on"}
"""What a meeting's papers report on."""

BACK = (MeetingState.CALLED, MeetingState.DRAFT)
"""A calling may be withdrawn; all other steps go on."""

_PERIOD = re.compile(r"(\d{4})(?:\s?[-–/]\s?(\d{4}))?")
_HOUR = r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?"
_CLOCK = re.compile(rf"(?:kl\.?\s*)?{_HOUR}(?:\s*(?:[-–]|til)\s*{_HOUR})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What calling a meeting off would do; `refusal` says why it cannot be done.

    The cases in `moved` and the open `questions` go on to the meeting `to`. The usual cases in `dropped` fall
    away, as every meeting has its own.
    """

    to: str
    moved: tuple[str, ...]
    dropped: tuple[str, ...]
    questions: tuple[str, ...]
    refusal: str = ""


def period(text: str) -> str:
    """`2026-2027` as `2026–2027`; empty where it is no period."""
    written = _PERIOD.fullmatch(text)
    if not written or (written[2] and int(written[2]) < int(written[1])):
        return ""
    return "–".join(year for year in written.groups() if year)


def meeting_normal(meeting: Meeting) -> Meeting:
    """A period and a clock are written in one way."""
    return replace(meeting, period=period(meeting.period) or meeting.period, starts=_clock(meeting.starts))


def meeting_flaws(meeting: Meeting, around: Around) -> Iterator[Told]:
    """A meeting has a number in a period, and numbers follow dates; who meets has a seat."""
    if not period(meeting.period):
        said = _("«{text}» er ikke en styreperiode. Skriv for eksempel 2026–2027.")
        yield "period", said.format(text=meeting.period)
    elif meeting.key != f"mote-{meeting.period[:4]}-{meeting.number}":
        yield "number", _("Nummer og periode kan ikke endres. Lag et nytt møte i stedet.")
    first, _dash, last = meeting.starts.partition("–")
    if meeting.starts and not _CLOCK.fullmatch(meeting.starts):
        said = _("«{text}» er ikke et klokkeslett. Skriv for eksempel 10.00 eller 10.00–15.00.")
        yield "starts", said.format(text=meeting.starts)
    elif last and last <= first:
        yield "starts", _("Møtet må slutte etter at det begynte.")
    yield from year("held_on", meeting.held_on.year)
    if not 1 <= meeting.number <= 99:
        yield "number", _("Møtenummeret må være fra 1 til 99.")
    yield from _order_flaws(meeting, around)
    yield from _attendance_flaws(meeting, around)


def meeting_locks(wanted: Wanted, meeting: Meeting, around: Around) -> Iterator[Told]:
    """A meeting takes a step at a time; its numbers are fetched while it is called; closed, it is locked."""
    before = around.thing("meeting", meeting.key)
    was = before.state if before else MeetingState.DRAFT
    if wanted.retired:
        yield from _cancelling_locks(wanted, meeting, around)
        return
    if meeting.state is not was:
        yield from _step_flaws(meeting, was, around)
    elif FROZEN & set(wanted.fields) and was is not MeetingState.CALLED:
        yield "as_of", _("Tallene kan bare hentes på nytt mens møtet er innkalt og ikke har begynt.")
    if meeting.state is MeetingState.CALLED and (was is not meeting.state or FROZEN & set(wanted.fields)):
        yield from _unanswered(meeting, around)
    if set(wanted.fields) - FROZEN - {"state"}:
        yield from closed_locks(wanted, before)


def closed_locks(wanted: Wanted, home: Meeting | None) -> Iterator[Told]:
    """What a closed meeting says is changed by a correction alone, and that says why."""
    is_closed = home is not None and home.state.is_locked
    if wanted.reason is None:
        if is_closed:
            yield "", _(LOCKED)
    elif not is_closed:
        yield "", _("Møtet er ikke avsluttet ennå. Rett direkte i saken.")
    elif not wanted.reason.strip():
        yield "", _("Skriv hvorfor protokollen rettes.")


def cancelling(meeting: Meeting, around: Around) -> Cancelling:
    """What calling a meeting off would do, and whether it can be done."""
    found, usual = cases(meeting.key, around), titles(meeting, around)
    moved = tuple(case.key for case in found if _is_own(case, usual))
    dropped = tuple(case.key for case in found if case.key not in moved)
    asked = around.all("question", meeting=meeting.key)
    questions = tuple(question.key for question in asked if not question.answer)
    later = _next(meeting, around)
    refusal = ""
    if _is_begun(meeting, found, around):
        refusal = _(
            "Styret har alt behandlet noe i møtet, så det kan ikke avlyses. Utsett sakene som står igjen, "
            "og avslutt møtet."
        )
    elif not later and (moved or questions):
        refusal = _("Sett opp neste møte først, så sakene og spørsmålene har et møte å gå til.")
    return Cancelling(later.key if later else "", moved, dropped, questions, refusal)


def _cancelling_locks(wanted: Wanted, meeting: Meeting, around: Around) -> Iterator[Told]:
    """A meeting is called off with a reason, before anything has come of it."""
    yield from closed_locks(Wanted("meeting", meeting.key, 0), meeting)
    if not (wanted.reason or "").strip():
        yield "", _("Skriv hvorfor møtet avlyses.")
    if refusal := cancelling(meeting, around).refusal:
        yield "", refusal


def _step_flaws(meeting: Meeting, was: MeetingState, around: Around) -> Iterator[Told]:
    """Calling needs a case; closing has every case treated or postponed, and confidence, if begun, opened."""
    if meeting.state is not was.following and (was, meeting.state) != BACK:
        said = _("Møtet er «{state}» og kan ikke settes til «{to}».")
        yield "state", said.format(state=was.label, to=meeting.state.label)
        return
    found = cases(meeting.key, around)
    if meeting.state is MeetingState.CALLED and not found:
        yield "state", _("Møtet har ingen saker ennå. Lag sakslista før du kaller inn.")
    if meeting.state is not MeetingState.CLOSED:
        return
    if undone := [f"«{case.title}»" for case in found if case.state is ItemState.OPEN]:
        said = _(
            "Ikke behandlet ennå: {cases}. Merk hver sak som behandlet eller utsatt før møtet avsluttes."
        )
        yield "state", said.format(cases=", ".join(undone))
    board = around.thing("board", "styret")
    if board and board.quorum and not meeting.present and around.all("decision", meeting=meeting.key):
        yield (
            "state",
            _("Skriv hvem som var til stede: styret har en regel for når det er beslutningsdyktig."),
        )
    if around.is_voted(meeting.key):
        yield (
            "state",
            _("Noen har svart på spørsmålet om tillit, men svarene er ikke åpnet. Åpne stemmene først."),
        )


def _unanswered(meeting: Meeting, around: Around) -> Iterator[Told]:
    """Papers go out when each contradiction in what they report on is corrected, explained or put forward."""
    day = meeting.reported_on or around.today
    if barred := contradictions.barring(contradictions.for_meeting(around.snapshot, day, meeting.key)):
        yield "state", barred


def _order_flaws(meeting: Meeting, around: Around) -> Iterator[Told]:
    """No meeting is moved past another of its period."""
    for other in around.all("meeting"):
        if other.key == meeting.key or other.period[:4] != meeting.period[:4]:
            continue
        is_before = other.number < meeting.number
        if (other.held_on >= meeting.held_on) if is_before else (other.held_on <= meeting.held_on):
            form = (
                _("Styremøte {number} i samme periode er {day}, og dette må ligge etter det.")
                if is_before
                else _("Styremøte {number} i samme periode er {day}, og dette må ligge før det.")
            )
            yield "held_on", form.format(number=other.number, day=dates.day(other.held_on))


def _attendance_flaws(meeting: Meeting, around: Around) -> Iterator[Told]:
    """Who is present, absent or in the chair has a seat, and is not both."""
    for key in filter(None, (*meeting.present, *meeting.absent, meeting.chair)):
        if not around.thing("seat", key):
            yield "present", _("Fant ikke vervet «{key}» i styret.").format(key=key)
    if {*meeting.present} & {*meeting.absent} or len({*meeting.present}) < len(meeting.present):
        yield "present", _("Et verv kan ikke både være til stede og ha forfall.")
    if meeting.chair in meeting.absent:
        yield "chair", _("Møteleder kan ikke ha forfall.")
    before = around.thing("meeting", meeting.key)
    if before and before.present != meeting.present:
        yield from presence_flaws(meeting, around.all("decision", meeting=meeting.key), around)


def presence_flaws(meeting: Meeting, made: Iterable[Decision], around: Around) -> Iterator[Told]:
    """No more vote than are present, and the board decides only with as many as its own rules ask for.

    Where nobody is written down as present, there is nothing to count against.
    """
    there = len(meeting.present)
    board = around.thing("board", "styret")
    for decision in made if there else ():
        votes = (decision.votes_for, decision.votes_against, decision.votes_abstaining)
        if (cast := sum(count or 0 for count in votes)) > there:
            said = _("{cast} stemmer er ført for «{text}», men bare {there} er ført som til stede.")
            yield "", said.format(cast=cast, text=decision.text[:60], there=there)
        if board and board.quorum and there < board.quorum:
            said = _(
                "Styret er ikke beslutningsdyktig: {there} er ført som til stede, og det må være {quorum}."
            )
            yield "", said.format(there=there, quorum=board.quorum)
            return


def _clock(text: str) -> str:
    """`9`, `9:30` and `kl. 9.30` as `09.30`, `10 til 15` as `10.00–15.00`; what is no clock as it is."""
    written = _CLOCK.fullmatch(text)
    if not written:
        return text
    first, last = (f"{int(written[n]):02}.{written[n + 1] or '00'}" if written[n] else "" for n in (1, 3))
    return f"{first}–{last}" if last else first


def _is_own(case: AgendaItem, usual: frozenset[str]) -> bool:
    """Whether a case is this meeting's own, and not one that every meeting has."""
    return case.content is ItemContent.PLAIN and case.title not in usual


def _is_begun(meeting: Meeting, found: list[AgendaItem], around: Around) -> bool:
    return any(case.state is ItemState.TREATED for case in found) or any(
        around.all(kind, meeting=meeting.key) for kind in ("decision", "confidence")
    )


def _next(meeting: Meeting, around: Around) -> Meeting | None:
    """The first meeting after another that takes cases."""
    later = [m for m in around.all("meeting") if m.held_on > meeting.held_on and not m.state.is_locked]
    return min(later, key=lambda m: (m.held_on, texts.natural(m.key)), default=None)


_WHOLE = mark("Et møte må ha nummer, periode og dato.")

RULES: Mapping[str, Rules] = {
    "meeting": Rules(
        mark("Fant ikke styremøtet. Kanskje er det allerede avlyst."),
        may=may_meet,
        needs={"number": _WHOLE, "period": _WHOLE, "held_on": mark("Velg hvilken dag møtet er.")},
        locks=meeting_locks,
        normal=meeting_normal,
        flaws=meeting_flaws,
        corrected=MINUTES["meeting"],
    ),
}
