"""One board meeting: how far it has come, the one next step, and its parts."""

from collections.abc import Mapping

import streamlit as st

from strategy import dates, meetings, record, since
from strategy.access import Verb
from strategy.i18n import _, plural
from strategy.snapshot import Meeting
from strategy.terms import ItemState, MeetingState
from strategy.ui import (
    agenda,
    board_forms,
    cancelling,
    confidence,
    contradictions,
    decisions,
    meeting_parts,
    minutes,
    moved,
    query,
    questions,
    since_last,
)
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.meeting_parts import (
    AGENDA,
    CLASHES,
    CONFIDENCE,
    DECISIONS,
    MINUTES,
    QUESTIONS,
    SINCE,
)
from strategy.ui.parts import PRESENTATION, heading
from strategy.ui.view import view


def show(meeting: Meeting) -> None:
    """One meeting: the finding, the next step, and the part the address asks for."""
    names = _names(meeting)
    part = _chosen(meeting, names)
    name = names[part].partition(" (")[0]
    heading(_("Styremøte nr. {n} · {part}").format(n=meeting.number, part=name), finding(meeting))
    st.markdown(f"{meeting_parts.state_badge(meeting)} {plain(' · '.join(_facts(meeting)))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if view().may(Verb.MEET):
            _step(meeting)
        _to_the_room(meeting)
        meeting_parts.to_list(_("Alle styremøter"))
    if view().may(Verb.MEET) and not meeting.state.is_locked:
        with st.expander(
            _("Endre eller avlys møtet"), key="endre", on_change="rerun", type="compact"
        ) as folded:
            if folded.open:
                board_forms.meeting(meeting)
                _back(meeting)
                cancelling.meeting(meeting)
    first = meeting_parts.first_part(meeting)
    query.pills(_("Vis"), "fane", list(names), names.__getitem__, required=True, first=first, hidden=True)
    DRAW[part](meeting)


def finding(meeting: Meeting) -> str:
    """Where the meeting stands, in words."""
    shown = view().snapshot
    cases = shown.items_of(meeting.key)
    day = dates.long_day(meeting.held_on)
    treated = sum(case.state is not ItemState.OPEN for case in cases)
    match meeting.state:
        case MeetingState.DRAFT if not cases:
            return _("Møtet {day} har ingen saker ennå").format(day=day)
        case MeetingState.DRAFT:
            form = plural("Møtet {day} har én sak", "Møtet {day} har {number} saker", len(cases))
            return _("{finding} og er ikke innkalt").format(
                finding=form.format(day=day, number=dates.in_words(len(cases)))
            )
        case MeetingState.CALLED:
            return _("Styret er innkalt til {day}").format(day=day)
        case MeetingState.UNDER_WAY:
            some = dates.in_words(treated) if treated else _("ingen")
            form = _("Møtet er i gang: {some} av {all} saker er behandlet")
            return form.format(some=some, all=dates.in_words(len(cases)))
        case MeetingState.CLOSED:
            return _("Møtet {day} er avsluttet. Protokollen er ikke godkjent ennå.").format(day=day)
        case MeetingState.APPROVED:
            return _("Møtet {day} er avsluttet og protokollen godkjent").format(day=day)


def _facts(meeting: Meeting) -> list[str]:
    said = [dates.long_day(meeting.held_on)]
    if meeting.starts:
        said.append(dates.o_clock(meeting.starts))
    if meeting.place:
        said.append(meeting.place)
    if meeting.reported_on:
        said.append(_("tallene er låst per {day}").format(day=dates.day(meeting.reported_on)))
    else:
        said.append(meeting_parts.papers_in_words(view().snapshot, meeting, view().today))
    return said


def _step(meeting: Meeting) -> None:
    """The next step, as the primary button where nothing is left to do before it."""
    to = meeting.state.following
    if to is None:
        return
    draft = Draft(f"step:{meeting.key}:{meeting.state}", meeting.version)
    if st.button(
        _(meeting.state.onward), type="primary" if _is_ready(meeting) else "secondary", key=draft.button
    ):
        draft.save(
            lambda by: record.meeting(by, meeting.key, meeting.version, state=to),
            _("møtet er «{state}»").format(state=to.label),
        )


def _is_ready(meeting: Meeting) -> bool:
    """Whether the meeting can take its next step: it has cases and answers, and once begun all is treated."""
    cases = view().snapshot.items_of(meeting.key)
    if meeting.state is MeetingState.UNDER_WAY:
        return all(case.state is not ItemState.OPEN for case in cases)
    return meeting.state is not MeetingState.DRAFT or (bool(cases) and not contradictions.waiting(meeting))


def _back(meeting: Meeting) -> None:
    """What can be undone before the meeting begins: the numbers fetched again, the calling withdrawn."""
    if meeting.state is not MeetingState.CALLED:
        return
    draft = Draft(f"back:{meeting.key}", meeting.version)
    with st.container(horizontal=True):
        again = st.button(_("Hent tallene på nytt"), key=draft.key("again"), icon=":material/refresh:")
        draft_again = st.button(_("Trekk innkallingen tilbake"), key=draft.key("back"), type="tertiary")
    if again:
        draft.save(
            lambda by: record.refreeze(by, meeting.key, meeting.version), _("tallene er hentet på nytt")
        )
    elif draft_again:
        draft.save(
            lambda by: record.meeting(by, meeting.key, meeting.version, state=MeetingState.DRAFT),
            _("innkallingen er trukket tilbake"),
        )


def _to_the_room(meeting: Meeting) -> None:
    """The way to the wall, in a tab of its own: there the type grows with the screen."""
    where = f"{PRESENTATION}?m={meeting.key}" + ("&data=eksempel" if st.session_state.get("data") else "")
    st.link_button(_("Vis på skjermen"), where, icon=":material/slideshow:")


def _chosen(meeting: Meeting, names: Mapping[str, str]) -> str:
    """The part in the address, or the one the meeting opens at."""
    asked = st.query_params.get("fane", "")
    return asked if asked in names else meeting_parts.first_part(meeting)


def _names(meeting: Meeting) -> Mapping[str, str]:
    """The parts of the meeting by their word in the address."""
    shown = view().snapshot
    waiting = len(meetings.questions(shown, meeting.key).open)
    clashing = contradictions.waiting(meeting)
    names = {
        AGENDA: _("Sakliste"),
        SINCE: _("Siden sist"),
        CLASHES: _("Sagt og gjort ({n})").format(n=clashing) if clashing else _("Sagt og gjort"),
        QUESTIONS: _("Spørsmål ({n})").format(n=waiting) if waiting else _("Spørsmål"),
        CONFIDENCE: _("Tillit"),
        DECISIONS: _("Vedtak"),
        MINUTES: _("Protokoll"),
    }
    if meeting.state is MeetingState.DRAFT and not view().may(Verb.MEET):
        del names[CLASHES]  # the secretariat's, until the papers go out
    return names


def _since(meeting: Meeting) -> None:
    """What has happened since the meeting before: the picture, and all of it in words."""
    compared = meeting_parts.compared_with_last(meeting)
    if compared is None:
        st.markdown(_("Det er ingenting å sammenligne med ennå. Etter neste møte står endringene her."))
        return
    st.markdown(f"**{plain(compared.headline())}**  \n{plain(since.basis(compared.found))}")
    moved.draw(compared)
    since_last.show(compared.found)


DRAW = {
    AGENDA: agenda.of_meeting,
    SINCE: _since,
    CLASHES: contradictions.of_meeting,
    QUESTIONS: questions.of_meeting,
    CONFIDENCE: confidence.of_meeting,
    DECISIONS: decisions.of_meeting,
    MINUTES: minutes.of_meeting,
}
