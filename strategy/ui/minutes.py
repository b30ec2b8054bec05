"""The minutes: who was there, what they will say, and corrections that stand to be seen once it is closed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from strategy import dates, history, meetings, record, wording
from strategy.access import Verb
from strategy.history import Correction
from strategy.i18n import _, mark
from strategy.snapshot import AgendaItem, Meeting, Snapshot
from strategy.terms import ItemState
from strategy.ui import draft_fields, files, meeting_parts, query
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import section
from strategy.ui.view import at, view


def of_meeting(meeting: Meeting) -> None:
    """Who was there, then the minutes as they stand, and what has been corrected."""
    seen = view()
    if not meeting.state.is_locked and seen.may(Verb.MEET):
        _attendance(meeting)
    _preview(meeting)
    if meeting.state.is_locked:
        _corrected(meeting)
        if seen.may(Verb.MEET):
            with st.expander(_("Rett protokollen"), key="rett", on_change="rerun") as folded:
                if folded.open:
                    _correct(meeting)


def _attendance(meeting: Meeting) -> None:
    """Who is there, who leads and who writes."""
    seen, seats = view(), meeting_parts.seats_on(meeting)
    if not seats:
        st.markdown(_("Styret har ingen verv ennå, så ingen kan føres opp som til stede."))
        meeting_parts.to_list(_("Til vervene i styret"))
    draft = Draft(f"attendance:{meeting.key}", meeting.version)
    draft.conflict(_attendance_lines(meeting, seen.snapshot))
    said = _attendance_fields(draft, meeting, seats)
    if st.button(_("Lagre oppmøtet"), key=draft.button):
        draft.save(
            lambda session, now: record.meeting(
                session, seen.actor, seen.strategy, meeting.key, draft.base, now=now, **said
            ),
            _("oppmøtet"),
        )


def _attendance_fields(draft: Draft, meeting: Meeting, seats: Mapping[str, str]) -> Any:
    fixed = [seat.key for seat in view().snapshot.seats if seat.key in seats and not seat.deputy]
    there = list(meeting.present) or [key for key in fixed if key not in meeting.absent]
    left, right = st.columns(2)
    present = draft_fields.some_of(draft, "present", _("Til stede"), seats, there, at=left)
    absent = draft_fields.some_of(draft, "absent", _("Forfall"), seats, meeting.absent, at=right)
    left, right = st.columns(2)
    usual = meeting.chair or next(iter(fixed), "")
    chair = draft_fields.one_of(draft, "chair", _("Møteleder"), seats, usual, at=left)
    secretary = draft_fields.line(draft, "secretary", _("Referent"), meeting.secretary, at=right)
    return {"present": present, "absent": absent, "chair": chair, "secretary": secretary}


def _attendance_lines(meeting: Meeting, told: Snapshot) -> list[str]:
    """Who was there, by the seats in `told`, as markdown lines; what is not said is left out."""
    now = view().snapshot
    found = meetings.attendance(told, meeting)
    unsaid = found.unsaid if meeting.present or meeting.absent else ()
    parts = (
        (_("Til stede"), meetings.named(told, found.present, now)),
        (_("Møtende vara"), meetings.named(told, found.deputies, now)),
        (_("Forfall"), meetings.named(told, found.absent, now)),
        (_("Ikke ført"), meetings.named(told, unsaid, now)),
        (_("Møteleder"), meetings.who(told, meeting.chair, now)),
        (_("Referent"), meetings.who(told, meeting.secretary, now)),
    )
    return [f"**{plain(name)}:** {plain(text)}" for name, text in parts if text]


def _preview(meeting: Meeting) -> None:
    """The minutes as they stand: case by case the proposal, what was said and what was decided."""
    seen = view()
    section(_("Slik står protokollen nå"))
    files.minutes(meeting)
    with seen.database.reading() as session:
        cases = history.agenda(session, seen.strategy, meeting.key, seen.snapshot.change_id)
        trail = history.trail(session, seen.strategy, "meeting", meeting.key, seen.snapshot.change_id)
    closed = history.closing(trail)
    with st.container(border=True):
        lines = _attendance_lines(meeting, at(closed.change_id) if closed else seen.snapshot)
        st.markdown("  \n".join(lines) or _("Oppmøtet er ikke ført ennå."))
        for case in cases:
            _case(meeting, case)
        if not cases:
            st.markdown(_("Møtet har ingen saker."))


def _case(meeting: Meeting, case: AgendaItem) -> None:
    title = plain(f"{meeting_parts.case_number(case)} {case.title}")
    said = [f"**{title}**"]
    if case.proposal:
        said.append(f"{_('Forslag til vedtak')}: {plain(case.proposal)}")
    if case.discussion:
        said.append(f"{_('Behandling')}: {plain(case.discussion)}")
    decided = [d for d in meetings.decisions_in(view().snapshot, case.key) if d.meeting == meeting.key]
    for decision in decided:
        facts = " · ".join(meeting_parts.decision_facts(decision, view().snapshot))
        said.append(f"**{_('Vedtak')}:** {plain(decision.text)}" + (f"  \n{plain(facts)}" if facts else ""))
    if case.state is ItemState.POSTPONED:
        said.append(_("Saken ble utsatt."))
    elif case.state is ItemState.OPEN:
        said.append(f":gray[{_('Ikke behandlet ennå')}]")
    st.markdown("\n\n".join(said))


def _corrected(meeting: Meeting) -> None:
    """What the minutes said when the meeting was closed, where it has been corrected since."""
    seen = view()
    with seen.database.reading() as session:
        found = history.corrections(session, seen.strategy, meeting.key, seen.snapshot.change_id)
    if not found:
        return
    section(_("Rettet etter møtet"))
    for each in found:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(_of(each))}** · {plain(wording.field(each.field))}")
            st.markdown(f"~~{plain(_value(each.before))}~~  \n{plain(_value(each.after))}")
            when = dates.clock(each.recorded_at)
            st.caption(plain(f"{when} · {each.actor} · {each.reason}"))


def _of(each: Correction) -> str:
    if each.kind == "agenda_item":
        return meeting_parts.case_number(view().snapshot.item(each.key))
    if each.kind == "decision":
        return meeting_parts.case_number(view().snapshot.item(view().snapshot.decision(each.key).item))
    return _("Møtet")


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return meetings.named(view().snapshot, value) or "–"
    return meeting_parts.who(wording.said(value)) or "–"


WHAT = {
    "meeting": mark("Oppmøtet"),
    "agenda_item": mark("Behandlingen av en sak"),
    "decision": mark("Et vedtak"),
}


def _correct(meeting: Meeting) -> None:
    """Choose what is wrong, write it right, and say why; what stood there stays to be seen."""
    shown = view().snapshot
    kind = query.pills(_("Hva er feil?"), "hva", list(WHAT), lambda key: _(WHAT[key]), required=True)
    if kind == "agenda_item":
        cases = {item.key: item for item in shown.items_of(meeting.key)}
        names = {key: f"{meeting_parts.case_number(item)} {item.title}" for key, item in cases.items()}
        key = query.select(_("Sak"), "sak", list(names), names.__getitem__, required=True)
        if case := cases.get(key or ""):
            draft = Draft(f"correct:{case.key}", case.version)
            said: dict[str, Any] = {
                "title": draft_fields.line(draft, "title", _("Saken gjelder"), case.title),
                "discussion": draft_fields.area(draft, "discussion", _("Behandling"), case.discussion),
            }
            _save(draft, "agenda_item", case.key, said)
    elif kind == "decision":
        made = {d.key: d for d in shown.decisions if d.meeting == meeting.key}
        if not made:
            st.markdown(_("Møtet gjorde ingen vedtak."))
            return
        key = query.select(
            _("Vedtak"), "vedtak", list(made), lambda k: plain(made[k].text[:60]), required=True
        )
        decision = made[key or next(iter(made))]
        draft = Draft(f"correct:{decision.key}", decision.version)
        text = draft_fields.area(draft, "text", _("Vedtak"), decision.text)
        left, right = st.columns(2)
        said = {
            "text": text,
            "votes_for": draft_fields.number(draft, "for", _("Stemmer for"), decision.votes_for, at=left),
            "votes_against": draft_fields.number(
                draft, "against", _("Stemmer mot"), decision.votes_against, at=right
            ),
            "dissent": draft_fields.area(draft, "dissent", _("Protokolltilførsel"), decision.dissent),
        }
        _save(draft, "decision", decision.key, said)
    else:
        draft = Draft(f"correct:{meeting.key}", meeting.version)
        _save(
            draft, "meeting", meeting.key, _attendance_fields(draft, meeting, meeting_parts.seats_on(meeting))
        )


def _save(draft: Draft, kind: str, key: str, said: Mapping[str, Any]) -> None:
    seen = view()
    draft.conflict([])
    reason = draft_fields.area(draft, "reason", _("Hvorfor rettes det?"))
    if st.button(_("Lagre rettelsen"), type="primary", key=draft.button):
        draft.save(
            lambda session, now: record.correct(
                session, seen.actor, seen.strategy, kind, key, draft.base, fields=said, reason=reason, now=now
            ),
            _("rettelsen av protokollen"),
        )
