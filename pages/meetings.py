"""The board's meetings: all of them, or the one the address names."""

from itertools import groupby

import streamlit as st

from strategy import empty, meetings, ui
from strategy.access import Verb
from strategy.i18n import _, plural
from strategy.snapshot import Meeting
from strategy.terms import MeetingState
from strategy.ui import board_forms, confidence, meeting, meeting_parts

PAGE = 12

view = ui.view()
snapshot, today = view.snapshot, view.today


def listed() -> None:
    """The next meeting, those to come, soonest first, and then those that were, period by period."""
    if snapshot.meetings:
        ui.heading(_("Styremøter"), *meeting_parts.next_in_words(snapshot, today))
        if following := meeting_parts.next_of(snapshot, today):
            meeting_parts.link(following, label=_("**Gå til styremøte nr. {n}**").format(n=following.number))
        undone()
    else:
        meeting_parts.none_yet()
    off = meeting_parts.called_off(snapshot)
    part = ui.paged(in_order((*snapshot.meetings, *off)), PAGE, "side")
    for title, held in groupby(part, key=heading):
        ui.section(title)
        with st.container(border=True, gap="small"):
            for each in held:
                row(each, is_off=each in off)
    if snapshot.confidences:
        ui.section(_("Styrets tillit over tid, fra 0 til 10"))
        confidence.trends()
    if view.may(Verb.MEET):
        forms()


def in_order(known: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Those to come from the soonest on, then those that were from the newest back."""
    known = tuple(sorted(known, key=lambda each: (each.held_on, each.number)))
    ahead = tuple(each for each in known if meetings.is_to_come(each, today))
    return (*ahead, *(each for each in reversed(known) if each not in ahead))


def heading(each: Meeting) -> str:
    """What it is listed under."""
    if meetings.is_to_come(each, today):
        return _("Kommende")
    return _("Perioden {period}").format(period=each.period)


def row(each: Meeting, *, is_off: bool) -> None:
    """One meeting in the list: when, how far, and how much."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"
    ):
        meeting_parts.link(each)
        if is_off:
            st.markdown(f":gray-badge[{_('Avlyst')}]", width="content")
            return
        cases = len(snapshot.items_of(each.key))
        made = sum(decision.meeting == each.key for decision in snapshot.decisions)
        said = [plural("{n} sak", "{n} saker", cases), plural("{n} vedtak", "{n} vedtak", made)]
        st.markdown(f"{ui.plain(' · '.join(said))} {meeting_parts.state_badge(each)}", width="content")


def undone() -> None:
    """The decisions that wait, and the cases no meeting has taken over."""
    waiting = meetings.open_decisions(snapshot)
    late = sum(meetings.is_late(decision, today) for decision in waiting)
    said = plural("Ett vedtak venter på oppfølging", "{n} vedtak venter på oppfølging", len(waiting))
    if late:
        said += plural(", og {n} er over fristen", ", og {n} er over fristen", late)
    st.caption(ui.plain(f"{said}.") if waiting else empty.decisions(snapshot.decisions))
    for each in snapshot.meetings:
        if each.held_on < today and each.state is MeetingState.CALLED:
            st.caption(
                ui.plain(_("{meeting} er holdt, men ikke ført.").format(meeting=meeting_parts.name(each)))
            )
    for case in meetings.unfinished(snapshot):
        st.caption(
            ui.plain(
                _("Ikke ferdig og ikke flyttet: {case} {title}").format(
                    case=meeting_parts.case_number(case), title=case.title
                )
            )
        )


def forms() -> None:
    """A new meeting, the seats and the routines, each folded until it is asked for."""
    folds = {
        "nytt": (_("Nytt møte"), board_forms.meeting),
        "verv-i-styret": (_("Verv i styret"), board_forms.seats),
        "rutiner": (_("Frister og rutiner"), board_forms.routines),
    }
    with st.container(gap="xsmall"):
        for key, (label, draw) in folds.items():
            first = key == "nytt" and not snapshot.meetings
            asked = st.query_params.get("apne") == key
            with st.expander(label, expanded=first or asked, key=key, on_change="rerun") as folded:
                if folded.open:
                    draw()


if asked := meeting_parts.named(snapshot):
    meeting.show(asked)
else:
    listed()
