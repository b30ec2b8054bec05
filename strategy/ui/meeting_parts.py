"""What pages say of board meetings and their cases, and which meeting the address is for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import streamlit as st

from strategy import dates, exports, history, meetings
from strategy.errors import BadInput, NotFound
from strategy.exports.board import protocol
from strategy.exports.board.meeting import Sitting
from strategy.i18n import _, plural
from strategy.snapshot import AgendaItem, Decision, Meeting, Snapshot
from strategy.terms import ItemKind, ItemState, MeetingState, Via
from strategy.ui import document, since_last
from strategy.ui.markdown import plain
from strategy.ui.parts import MEETINGS, heading
from strategy.ui.view import View, as_it_stood, view

AGENDA, SINCE, CLASHES, QUESTIONS, CONFIDENCE, DECISIONS, MINUTES = (
    "saker",
    "sist",
    "motstrid",
    "sporsmal",
    "tillit",
    "vedtak",
    "protokoll",
)
"""The parts of a meeting's page, as the address names them."""


def first_part(meeting: Meeting) -> str:
    """The part of its page a meeting opens at."""
    if meeting.state.is_locked:
        return MINUTES
    return DECISIONS if meeting.state.is_held else AGENDA


def name(meeting: Meeting) -> str:
    """`Styremøte nr. 3, 23. november 2026`."""
    return _("Styremøte nr. {n}, {day}").format(n=meeting.number, day=dates.long_day(meeting.held_on))


def short(meeting: Meeting) -> str:
    """`styremøte nr. 3, 23.11.2026`, within a sentence."""
    return _("styremøte nr. {n}, {day}").format(n=meeting.number, day=dates.day(meeting.held_on))


def state_badge(meeting: Meeting) -> str:
    """Markdown for how far a meeting has come."""
    return f":{meeting.state.tone}-badge[{plain(meeting.state.label)}]"


def late_badge(decision: Decision) -> str:
    """Markdown that marks a decision that is open after its deadline, empty for any other."""
    late = meetings.is_late(decision, view().today)
    return f" :red-badge[! {_('over fristen')}]" if late else ""


def case_badge(item: AgendaItem) -> str:
    """Markdown for what a case asks of the board, and whether it has been treated."""
    tone = "blue" if item.kind is ItemKind.DECISION else "gray"
    treated = "" if item.state is ItemState.OPEN else f" :gray-badge[{plain(item.state.label)}]"
    return f":{tone}-badge[{plain(item.kind.label)}]{treated}"


def link(meeting: Meeting, part: str = "", label: str = "") -> None:
    """The way to a meeting, to one part of its page or to where it has come."""
    said = label or _("**Nr. {n}** · {day}").format(n=meeting.number, day=dates.long_day(meeting.held_on))
    where = {"m": meeting.key, "fane": part or first_part(meeting)}
    st.page_link(MEETINGS, label=said, icon="", query_params=where, width="content")


def case_number(item: AgendaItem) -> str:
    """`Sak 36/2026`, or only that it is a case where it has no number yet."""
    return _("Sak {n}/{year}").format(n=item.number, year=item.year) if item.number else _("Sak uten nummer")


def who(key: str) -> str:
    """The title of a seat or a role, or what stands there where it is neither."""
    return meetings.who(view().snapshot, key)


def seats_on(meeting: Meeting) -> dict[str, str]:
    """The seats of the board on the day of a meeting, by key."""
    return {s.key: s.title for s in view().snapshot.seats if s.holds(meeting.held_on)}


def roles(meeting: Meeting) -> dict[str, str]:
    """Everybody a decision can be given to: the roles of the plan, then the seats of the board."""
    return {**{p.key: p.title for p in view().snapshot.people}, **seats_on(meeting)}


def measures() -> dict[str, str]:
    """Every measure in the plan as it is offered in a form."""
    return {each.key: f"{each.key} {each.name}" for each in view().snapshot.measures}


def decision_facts(decision: Decision, shown: Snapshot) -> list[str]:
    """What the minutes say of a decision beside its text, as markdown."""
    found = protocol.decision_facts(decision, lambda key: meetings.who(shown, key))
    return [document.text(each) for each in found]


def next_of(shown: Snapshot, today: date) -> Meeting | None:
    """The meeting the board is in, else the one it comes to first."""
    under_way = (m for m in shown.meetings if m.state is MeetingState.UNDER_WAY)
    return next(under_way, None) or meetings.upcoming(shown, today)


def next_number(shown: Snapshot) -> tuple[str, int]:
    """The period and number a new meeting most likely has."""
    period = meetings.period_of(shown, view().today)
    if shown.meetings:
        period = max(period, shown.meetings[-1].period)
    return period, meetings.next_number(shown, period)


def chosen(shown: Snapshot) -> Meeting | None:
    """The meeting the address names, else the next one, else the last."""
    return named(shown) or next_of(shown, view().today) or next(iter(reversed(shown.meetings)), None)


def called_off(shown: Snapshot) -> dict[Meeting, str]:
    """The meetings that were called off, with the reason; one set up by mistake and undone never was one."""
    seen, found = view(), {}
    with seen.database.reading() as session:
        for each in shown.cancelled:
            last = history.trail(session, seen.strategy, "meeting", each.key, shown.change_id)[-1]
            if last.via is not Via.UNDO:
                found[each] = last.reason
    return found


def named(shown: Snapshot) -> Meeting | None:
    """The meeting the address names; where there is none such, or it was called off, that is said."""
    asked = st.query_params.get("m")
    found = next((meeting for meeting in shown.meetings if meeting.key == asked), None)
    off = {each.key: (each, why) for each, why in called_off(shown).items()} if asked and not found else {}
    if asked in off:
        each, why = off[asked]
        said = _("{meeting} er avlyst. {why}").format(meeting=name(each), why=why)
        st.info(plain(said), icon=":material/event_busy:")
    elif asked and not found:
        st.warning(plain(_("Fant ikke styremøtet «{key}».").format(key=asked)), icon=":material/search_off:")
    return found


def next_in_words(shown: Snapshot, today: date) -> tuple[str, str]:
    """Which meeting is next, and how it stands with its papers."""
    meeting = next_of(shown, today)
    if meeting is None:
        return _("Ingen flere styremøter er satt opp"), _("Sett opp det neste, så følger fristene med.")
    papers = papers_in_words(shown, meeting, today)
    if meeting.state is MeetingState.UNDER_WAY:
        return _("Styremøte nr. {n} er i gang").format(n=meeting.number), papers
    soon = meeting.held_on == today
    form = _("Styremøte nr. {n} er i dag, {day}") if soon else _("Neste styremøte er nr. {n}, {day}")
    return form.format(n=meeting.number, day=dates.long_day(meeting.held_on)), papers


def papers_in_words(shown: Snapshot, meeting: Meeting, today: date) -> str:
    """Which day the papers that are out hold for, or when they are to go out."""
    if meeting.reported_on:
        return _("Papirene er ute, med tall per {day}.").format(day=dates.long_day(meeting.reported_on))
    due = meeting.held_on - timedelta(days=shown.board.papers_days)
    if due < today:
        return _("Papirene skulle gått ut {day}.").format(day=dates.long_day(due))
    left = plural("om {n} dag", "om {n} dager", (due - today).days)
    form = _("Papirene skal ut i dag.") if due == today else _("Papirene skal ut {day}, {left}.")
    return form.format(day=dates.long_day(due), left=left)


def compared_with_last(meeting: Meeting) -> since_last.Compared | None:
    """What happened from the meeting before to this one; None where there is nothing to compare with."""
    try:
        return since_last.compared(end=meeting.key)
    except (NotFound, BadInput):
        return None


def sitting(shown: Snapshot, today: date, meeting: str) -> Sitting:
    """What the files of a meeting are written from."""
    with view().database.reading() as session:
        return exports.sitting(session, shown.strategy.key, meeting, today, shown.change_id)


@contextmanager
def frozen(meeting: Meeting) -> Iterator[View]:
    """Let what is shown within be what the meeting's papers report, once they are frozen."""
    if meeting.as_of and meeting.reported_on:
        with as_it_stood(meeting.as_of, meeting.reported_on) as seen:
            yield seen
    else:
        yield view()


def none_yet() -> None:
    """The board has no meetings: say so, and what to do."""
    heading(_("Styremøter"), _("Ingen styremøter er satt opp ennå"))
    st.markdown(_("Sett opp det første møtet, så følger frister, sakliste, saksframlegg og protokoll med."))


def to_list(label: str) -> None:
    """The way back to all meetings, where the board's seats and routines are."""
    st.page_link(MEETINGS, label=label, icon=":material/arrow_back:", query_params={})
