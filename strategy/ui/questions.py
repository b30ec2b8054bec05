"""Questions on a measure before a meeting: ask one, answer one, and what has been asked."""

import streamlit as st

from strategy import dates, meetings, record
from strategy.access import Verb
from strategy.i18n import _, plural
from strategy.snapshot import Meeting, Question
from strategy.ui import draft_fields, meeting_parts
from strategy.ui.drafts import NEW, Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import measure_link, paged, section
from strategy.ui.view import view

PAGE = 10


def of_meeting(meeting: Meeting) -> None:
    """What is asked before a meeting, what waits for an answer first, and a question of one's own."""
    found = meetings.questions(view().snapshot, meeting.key)
    asked = (*found.open, *found.answered)
    st.markdown(f"**{_finding(len(asked), len(found.open))}**")
    for question in paged(asked, PAGE, "spm"):
        _shown(question)
    if not meeting.state.is_locked and view().may(Verb.ASK):
        with st.expander(_("Still et spørsmål"), key="spor", on_change="rerun") as folded:
            if folded.open:
                ask(meeting)


def of_measure(measure: str) -> None:
    """What has been asked of a measure, and the way to ask."""
    seen = view()
    section(_("Spørsmål fra styret"))
    mine = meetings.questions_on(seen.snapshot, measure)
    for question in paged(mine[::-1], PAGE, "spm"):
        _shown(question, linked=False)
    if not mine:
        st.markdown(_("Ingen har spurt om dette tiltaket."))
    meeting = meeting_parts.next_of(seen.snapshot, seen.today)
    if meeting and seen.may(Verb.ASK):
        st.markdown(f"**{plain(_('Spør før {meeting}').format(meeting=meeting_parts.short(meeting)))}**")
        ask(meeting, measure)
    elif meeting is None:
        st.caption(_("Et spørsmål stilles før et styremøte, og ingen møter er satt opp."))


def ask(meeting: Meeting, measure: str = "") -> None:
    """Ask on a measure before a meeting."""
    draft = Draft(f"question:{meeting.key}:{measure or NEW}", 0)
    if not measure:
        measure = draft_fields.one_of(draft, "measure", _("Tiltak"), meeting_parts.measures())
    text = draft_fields.area(draft, "text", _("Spørsmål"))
    asked_by = draft_fields.one_of(draft, "asked_by", _("Hvem spør"), meeting_parts.seats_on(meeting))
    if not st.button(_("Send spørsmålet"), type="primary", key=draft.button):
        return

    def write(by: record.By) -> record.Saved:
        key = record.question_key(by.session, by.strategy)
        return record.question(by, key, 0, meeting=meeting.key, measure=measure, text=text, asked_by=asked_by)

    draft.save(write, _("spørsmål om {key}").format(key=measure))


def _finding(asked: int, waiting: int) -> str:
    if not asked:
        return _("Ingen har spurt om noe ennå. Et spørsmål knyttes til et tiltak, og den ansvarlige svarer.")
    if not waiting:
        return plural("Spørsmålet er besvart.", "Alle {n} spørsmål er besvart.", asked)
    form = plural("Ett spørsmål venter på svar.", "{number} spørsmål venter på svar.", waiting)
    return form.format(number=dates.in_words(waiting, capital=True))


def _shown(question: Question, *, linked: bool = True) -> None:
    """One question with its answer, or the way to answer it."""
    seen = view()
    with st.container(border=True, gap="xsmall"):
        if linked:
            measure_link(seen.snapshot.measure(question.measure))
        st.markdown(plain(question.text))
        who = meeting_parts.who(question.asked_by)
        st.caption(plain(_("{who} til {meeting}").format(who=who, meeting=_meeting(question))))
        if question.answer:
            answered = _("Svar fra {who}").format(who=meeting_parts.who(question.answered_by))
            st.markdown(f"**{plain(answered)}:** {plain(question.answer)}")
        elif not seen.may(Verb.REPORT):
            st.caption(_("Venter på svar"))
        if seen.may(Verb.REPORT):
            label = _("Rett svaret") if question.answer else _("Svar")
            with st.expander(label, key=f"svar-{question.key}", on_change="rerun", type="compact") as folded:
                if folded.open:
                    _answer(question)


def _answer(question: Question) -> None:
    draft = Draft(f"answer:{question.key}", question.version)
    draft.conflict([plain(question.answer)])
    text = draft_fields.area(draft, "answer", _("Svar"), question.answer)
    if st.button(_("Lagre svaret"), type="primary", key=draft.button):
        draft.save(
            lambda by: record.answer(by, question.key, draft.base, answer=text),
            _("svar om {key}").format(key=question.measure),
        )


def _meeting(question: Question) -> str:
    shown = view().snapshot
    found = {m.key: m for m in (*shown.cancelled, *shown.meetings)}.get(question.meeting)
    return meeting_parts.short(found) if found else question.meeting
