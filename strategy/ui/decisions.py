"""Decisions: what the board says and decides in each case, what came of it, and the thread of a measure."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from strategy import dates, empty, history, meetings, record
from strategy.access import Verb
from strategy.i18n import _, plural
from strategy.snapshot import AgendaItem, Authority, Decision, Meeting, Snapshot
from strategy.terms import DecisionState, Effect, ItemState, MeetingState
from strategy.ui import agenda, draft_fields, meeting_parts, query
from strategy.ui.drafts import NEW, Draft
from strategy.ui.markdown import plain
from strategy.ui.meeting_parts import DECISIONS
from strategy.ui.parts import edited, paged, section
from strategy.ui.view import lead_to, view

PAGE = 10


def of_meeting(meeting: Meeting) -> None:
    """In the meeting: case by case what is said and decided; then what is open from before."""
    seen = view()
    cases = seen.snapshot.items_of(meeting.key)
    made = [decision for decision in seen.snapshot.decisions if decision.meeting == meeting.key]
    if meeting.state is MeetingState.UNDER_WAY and seen.may(Verb.MEET) and cases:
        _write(meeting, cases)
    elif not meeting.state.is_locked and meeting.state is not MeetingState.UNDER_WAY:
        st.markdown(_("Vedtak skrives når møtet er i gang."))
    elif not made:
        st.markdown(_("Det ble ikke gjort vedtak i dette møtet."))
    if made:
        section(plural("Ett vedtak i møtet", "{n} vedtak i møtet", len(made)))
        for decision in made:
            _shown(decision, seen.snapshot)
    _open_from_before(meeting)


def _write(meeting: Meeting, cases: tuple[AgendaItem, ...]) -> None:
    """The case that is up: the first one not treated, or the one the address names."""
    untreated = [case for case in cases if case.state is ItemState.OPEN]
    order = [*untreated, *(case for case in cases if case not in untreated)]
    names = {
        case.key: f"{meeting_parts.case_number(case)} {case.title} · {case.state.label}" for case in order
    }
    key = query.select(_("Sak som behandles"), "sak", list(names), names.__getitem__, required=True)
    case = next(each for each in cases if each.key == (key or order[0].key))
    proposed = st.container(border=bool(case.proposal))
    if case.proposal:
        proposed.markdown(f"**{_('Forslag til vedtak')}**  \n{plain(case.proposal)}")
    mine = {decision.key: decision for decision in meetings.decisions_in(view().snapshot, case.key)}
    chosen = next(iter(mine), NEW)
    if mine:
        said = {**{key: plain(d.text[:60]) for key, d in mine.items()}, NEW: _("Nytt vedtak i samme sak")}
        chosen = query.select(_("Vedtak"), "vedtak", list(said), said.__getitem__, required=True) or NEW
    following = next((each.key for each in untreated if each.key != case.key), "")
    _treat(meeting, case, mine.get(chosen), proposed, following)
    agenda.moved_on(meeting, case)
    if len(untreated) > 1:
        _all_as_proposed(untreated)


def _all_as_proposed(cases: list[AgendaItem]) -> None:
    """Treat several cases at once where nobody has anything to say: each as proposed, none to follow up."""
    with st.expander(_("Vedta flere saker som foreslått"), key="samlet", on_change="rerun") as folded:
        if not folded.open:
            return
        draft = Draft("as-proposed:" + ",".join(f"{case.key}:{case.version}" for case in cases), 0)
        names = {case.key: f"{meeting_parts.case_number(case)} {case.title}" for case in cases}
        chosen = draft_fields.some_of(draft, "cases", _("Saker"), names)
        if st.button(_("Vedta som foreslått"), key=draft.button):
            versions = {case.key: case.version for case in cases if case.key in chosen}
            draft.save(
                lambda by: record.as_proposed(by, versions),
                plural("{n} sak vedtatt som foreslått", "{n} saker vedtatt som foreslått", len(chosen)),
            )


def _treat(
    meeting: Meeting, case: AgendaItem, decision: Decision | None, proposed: Any, following: str
) -> None:
    """One form for what was said and what was decided, saved together as they are said together.

    Under the proposal stands the one press that decides it, and goes on to the case that is `following`.
    """
    talk = Draft(f"talk:{case.key}", case.version)
    draft = Draft(
        f"decision:{case.key}:{decision.key if decision else NEW}", decision.version if decision else 0
    )
    talk.conflict(agenda.case_lines(case))
    draft.conflict(_lines(decision) if decision else [])
    discussion = draft_fields.area(talk, "discussion", _("Behandling: hva som kom fram"), case.discussion)
    state = draft_fields.term(talk, "state", _("Saken er"), list(ItemState), case.state)
    if case.proposal and not decision:
        st.button(
            _("Bruk forslaget som vedtak"),
            on_click=_propose,
            args=(draft, case),
            key=draft.key("fill"),
            icon=":material/content_copy:",
            type="tertiary",
        )
    said = _fields(draft, meeting, case, decision)
    pressed = st.button(
        _("Lagre behandling og vedtak"), type="primary", shortcut="Ctrl+Enter", key=talk.button
    )
    if case.proposal and not decision:
        other = said["text"].strip() not in ("", case.proposal)
        if proposed.button(_("Vedtatt som foreslått"), key=f"{talk.button}:proposed", disabled=other):
            said["text"], pressed = case.proposal, True
    if not pressed:
        return
    is_decided = decision is not None or said != _blank(case)
    if is_decided and state is ItemState.OPEN:
        state = ItemState.TREATED

    def write(by: record.By) -> record.Saved:
        saved = record.item(by, case.key, talk.base, discussion=discussion, state=state)
        if not is_decided:
            return saved
        key = decision.key if decision else record.decision_key(by.session, by.strategy)
        where: dict[str, Any] = {} if decision else {"item": case.key}
        if not decision and not said["responsible"] and not said["due"]:
            where["state"] = DecisionState.DONE  # there is nothing to follow up
        return record.decision(by, key, draft.base, **where, **said)

    said_of = _("vedtak i {case}") if is_decided else _("behandlingen av {case}")
    goes_on = partial(_go_on, following) if following and state is not ItemState.OPEN else None
    _save_both(talk, draft, write, said_of.format(case=meeting_parts.case_number(case).lower()), goes_on)


def _go_on(case: str) -> None:
    """Take up the next case, with the focus in its first field."""
    st.query_params["sak"] = case
    lead_to(f":talk:{case}:")


def _save_both(talk: Draft, draft: Draft, write: Any, said: str, then: Callable[[], None] | None) -> None:
    """Save two things at once; what is typed stands in both until it is saved."""
    st.session_state[draft.key("conflict")] = True  # shown only where the version has moved on
    before = talk.number
    try:
        talk.save(write, said, then=then)
    finally:
        if talk.number > before:
            draft.close()


def _propose(draft: Draft, case: AgendaItem) -> None:
    st.session_state[draft.key("text")] = case.proposal


def _fields(draft: Draft, meeting: Meeting, case: AgendaItem, decision: Decision | None) -> dict[str, Any]:
    """What a decision says; empty text is no decision."""
    d = decision
    said: dict[str, Any] = {"text": draft_fields.area(draft, "text", _("Vedtak"), d.text if d else "")}
    left, middle, right, last = st.columns(4)
    said["votes_for"] = draft_fields.number(
        draft, "for", _("Stemmer for"), d.votes_for if d else None, at=left, most=999
    )
    said["votes_against"] = draft_fields.number(
        draft, "against", _("Stemmer mot"), d.votes_against if d else None, at=middle, most=999
    )
    said["votes_abstaining"] = draft_fields.number(
        draft, "abstaining", _("Avholdende"), d.votes_abstaining if d else None, at=right, most=999
    )
    said["due"] = draft_fields.day(draft, "due", _("Frist"), d.due if d else None, at=last)
    said["casting_vote"] = (
        draft_fields.tick(
            draft,
            "casting",
            _("Stemmene sto likt, og møteleders dobbeltstemme avgjorde"),
            now=bool(d and d.casting_vote),
        )
        or None
    )
    st.caption(
        _("Med frist eller noen som følger opp, kommer vedtaket tilbake i hvert møte til det er gjort.")
    )
    left, right = st.columns(2)
    said["responsible"] = draft_fields.one_of(
        draft,
        "responsible",
        _("Hvem følger opp"),
        meeting_parts.roles(meeting),
        d.responsible if d else "",
        at=left,
    )
    effects = {str(effect): effect.label for effect in Effect if effect.is_decided}
    effect = draft_fields.one_of(
        draft,
        "effect",
        _("Hva vedtaket endrer i planen"),
        effects,
        str(d.effect) if d and d.effect else "",
        at=right,
    )
    said["effect"] = Effect(effect) if effect else None
    said["measures"] = draft_fields.some_of(
        draft,
        "measures",
        _("Tiltak vedtaket gjelder"),
        meeting_parts.measures(),
        d.measures if d else case.measures,
    )
    said["dissent"] = draft_fields.area(draft, "dissent", _("Protokolltilførsel"), d.dissent if d else "")
    return said


def _blank(case: AgendaItem) -> dict[str, Any]:
    """What the fields say where no decision is written; a vote or a deadline is part of one."""
    votes = ("votes_for", "votes_against", "votes_abstaining", "casting_vote")
    nothing: dict[str, Any] = dict.fromkeys((*votes, "due", "effect"))
    return nothing | {"text": "", "responsible": "", "dissent": "", "measures": list(case.measures)}


def _shown(decision: Decision, shown: Snapshot) -> None:
    """One decision with its case, its votes and what it is about."""
    case = shown.item(decision.item)
    with st.container(border=True, gap="xsmall"):
        agenda.row(case, DECISIONS)
        st.markdown(plain(decision.text))
        effect = [plain(decision.effect.label)] if decision.effect and decision.measures else []
        if about := [*meeting_parts.decision_facts(decision, view().snapshot), *effect]:
            st.caption(" · ".join(about))


def _open_from_before(meeting: Meeting) -> None:
    """What earlier meetings decided and nobody has told the outcome of."""
    seen = view()
    earlier = {m.key for m in seen.snapshot.meetings if m.held_on < meeting.held_on}
    found = tuple(d for d in meetings.open_decisions(seen.snapshot) if d.meeting in earlier)
    section(_("Åpne vedtak fra før"))
    if not found:
        st.markdown(empty.decisions(d for d in seen.snapshot.decisions if d.meeting in earlier))
    for decision in paged(found, PAGE, "apne"):
        with st.container(border=True, gap="xsmall"):
            st.markdown(plain(decision.text) + meeting_parts.late_badge(decision))
            home = meeting_parts.short(seen.snapshot.meeting(decision.meeting))
            said = (
                plain(home[:1].upper() + home[1:]),
                *meeting_parts.decision_facts(decision, seen.snapshot),
            )
            st.caption(" · ".join(said))
            if seen.may(Verb.MEET):
                _folded_follow_up(decision)


def _folded_follow_up(decision: Decision) -> None:
    key = f"oppfolging-{decision.key}"
    with st.expander(_("Følg opp"), key=key, on_change="rerun", type="compact") as folded:
        if folded.open:
            follow_up(decision)


def follow_up(decision: Decision) -> None:
    """Say what has come of a decision."""
    draft = Draft(f"followup:{decision.key}", decision.version)
    draft.conflict(_lines(decision))
    state = draft_fields.term(draft, "state", _("Vedtaket er"), list(DecisionState), decision.state)
    outcome = draft_fields.area(draft, "outcome", _("Hva som ble gjort"), decision.outcome)
    if st.button(_("Lagre oppfølgingen"), type="primary", key=draft.button):
        draft.save(
            lambda by: record.decision(by, decision.key, draft.base, state=state, outcome=outcome),
            _("oppfølging av vedtaket"),
        )


def thread(measure: str) -> None:
    """What adopted a measure, every decision on it, and what permitted each change of it, oldest first."""
    shown = view().snapshot
    section(_("Vedtak"))
    if first := shown.measure(measure).decided_by:
        st.markdown(f"**{plain(_('Vedtatt av {who}').format(who=first))}**")
    grounded = meetings.thread(shown, measure)
    named = {each.decision.key for each in grounded if each.decision}
    others = [d for d in meetings.decisions_on(shown, measure) if d.key not in named]
    if not grounded and not others and not first:
        st.markdown(_("Styret har ikke vedtatt noe om tiltaket, og det er som da planen ble lest inn."))
    steps: list[tuple[date, Callable[[], None]]] = [
        *((dates.oslo_day(each.authority.recorded_at), partial(_step, each)) for each in grounded),
        *((shown.meeting(each.meeting).held_on, partial(_shown, each, shown)) for each in others),
    ]
    for _day, draw in sorted(steps, key=lambda step: step[0]):
        draw()


def _step(each: meetings.Grounded) -> None:
    """One change of the measure with what permitted it."""
    with st.container(border=True, gap="xsmall"):
        when = dates.day(dates.oslo_day(each.authority.recorded_at))
        settled = each.authority.is_settled
        said = each.authority.effect.label if settled else meetings.without(each.authority)
        st.markdown(
            f"**{plain(said)}** {plain(when)}" if settled else f":orange-badge[{plain(said)}] {plain(when)}"
        )
        if each.decision and each.item and each.meeting:
            st.markdown(plain(each.decision.text))
            label = plain(f"{meeting_parts.case_number(each.item)}, {meeting_parts.short(each.meeting)}")
            meeting_parts.link(each.meeting, DECISIONS, label)
        elif each.authority.effect.is_decided:
            st.caption(plain(each.authority.note or _("Vis til vedtaket på siden Mangler.")))
        else:
            st.caption(plain(each.authority.note or _("Retting av skrivefeil trenger ikke vedtak.")))
        if each.authority.version == 1 and (not settled or not each.authority.effect.is_decided):
            _changed(each.authority)


def _changed(authority: Authority) -> None:
    """What the change wrote, word by word: whoever reads must be able to judge whether it is a slip."""
    seen = view()
    with seen.database.reading() as session:
        edits = history.edits(session, seen.strategy, authority.change_id)
    for edit in edits:
        if (edit.kind, edit.key) == (authority.kind, authority.thing):
            edited(edit)


def _lines(decision: Decision) -> list[str]:
    facts = meeting_parts.decision_facts(decision, view().snapshot)
    return [part for part in (plain(decision.text), *facts, plain(decision.outcome)) if part]
