"""The minutes: who was there, what they will say, and corrections that stand to be seen once it is closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from strategy import exports, record
from strategy.access import Verb
from strategy.exports.board import protocol
from strategy.exports.outline import Outline
from strategy.i18n import _, mark
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import document, draft_fields, files, meeting_parts, query
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import section
from strategy.ui.view import cached, view


def of_meeting(meeting: Meeting) -> None:
    """Who was there, then the minutes as they stand, with what has been corrected in them."""
    seen = view()
    if not meeting.state.is_locked and seen.may(Verb.MEET):
        _attendance(meeting)
    _preview(meeting)
    if meeting.state.is_locked and seen.may(Verb.MEET):
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
    if seats and not (meeting.present or meeting.absent):
        st.caption(_("Oppmøtet er ikke ført. Under står de faste medlemmene som forslag: rett, og lagre."))
    said = _attendance_fields(draft, meeting, seats)
    if st.button(_("Lagre oppmøtet"), key=draft.button):
        draft.save(lambda by: record.meeting(by, meeting.key, draft.base, **said), _("oppmøtet"))


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


def _attendance_lines(meeting: Meeting, shown: Snapshot) -> list[str]:
    """Who was there, as markdown lines."""
    rows = protocol.attendance(shown, shown, meeting)
    return [f"**{plain(name)}:** {document.text(said)}" for name, said in rows]


def _preview(meeting: Meeting) -> None:
    """The minutes as they stand: what the file says, drawn here."""
    section(_("Slik står protokollen nå"))
    files.minutes(meeting)
    with st.container(border=True):
        document.draw(cached(_outline, meeting.key).blocks, below=2)


def _outline(shown: Snapshot, today: date, meeting: str) -> Outline:
    with view().database.reading() as session:
        return protocol.outline(exports.sitting(session, shown.strategy.key, meeting, today, shown.change_id))


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
        left, middle, right = st.columns(3)
        said = {
            "text": text,
            "votes_for": draft_fields.number(draft, "for", _("Stemmer for"), decision.votes_for, at=left),
            "votes_against": draft_fields.number(
                draft, "against", _("Stemmer mot"), decision.votes_against, at=middle
            ),
            "votes_abstaining": draft_fields.number(
                draft, "abstaining", _("Avholdende"), decision.votes_abstaining, at=right
            ),
            "casting_vote": draft_fields.tick(
                draft,
                "casting",
                _("Stemmene sto likt, og møteleders dobbeltstemme avgjorde"),
                now=bool(decision.casting_vote),
            )
            or None,
            "dissent": draft_fields.area(draft, "dissent", _("Protokolltilførsel"), decision.dissent),
        }
        _save(draft, "decision", decision.key, said)
    else:
        draft = Draft(f"correct:{meeting.key}", meeting.version)
        _save(
            draft, "meeting", meeting.key, _attendance_fields(draft, meeting, meeting_parts.seats_on(meeting))
        )


def _save(draft: Draft, kind: str, key: str, said: Mapping[str, Any]) -> None:
    draft.conflict([])
    reason = draft_fields.area(draft, "reason", _("Hvorfor rettes det?"))
    if st.button(_("Lagre rettelsen"), type="primary", key=draft.button):
        wanted = record.Wanted(kind, key, draft.base, said, reason=reason)
        draft.save(lambda by: record.save_one(by, wanted), _("rettelsen av protokollen"))
