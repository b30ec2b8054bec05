"""A meeting's cases: the usual agenda in one click, each to be read, written and moved on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from strategy import exports, meetings, record
from strategy.access import Verb
from strategy.i18n import _, mark
from strategy.snapshot import AgendaItem, Meeting, Snapshot
from strategy.terms import ItemKind, ItemState, MeetingState
from strategy.ui import attachments, cancelling, draft_fields, files, meeting_parts, reading
from strategy.ui.drafts import NEW, Draft
from strategy.ui.markdown import plain
from strategy.ui.meeting_parts import AGENDA
from strategy.ui.parts import MEETINGS, section
from strategy.ui.view import cached, view


def of_meeting(meeting: Meeting) -> None:
    """The agenda; or to be read, the case the address names or all of them."""
    cases = view().snapshot.items_of(meeting.key)
    asked = st.query_params.get("sak")
    case = next((each for each in cases if each.key == asked), None)
    if case or (cases and asked == reading.ALL):
        _read(meeting, case, cases)
        return
    writes = _writes(meeting)
    if not cases:
        st.markdown(_("Møtet har ingen saker ennå. Begynn med den vanlige sakslista, og legg til det nye."))
        if writes:
            _standard(meeting)
    if cases:
        files.papers(meeting)
        reading.whole(meeting)
    with st.container(border=bool(cases), gap="small"):
        for each in cases:
            row(each)
    attachments.of(meeting.key)
    attachments.form({meeting.key: _("Møtet")})
    if not writes:
        return
    if len(cases) > 1 and meeting.state is not MeetingState.UNDER_WAY:
        _number(meeting)
    with st.expander(_("Ny sak"), key="ny-sak", on_change="rerun") as folded:
        if folded.open:
            _form(meeting, None)


def _writes(meeting: Meeting) -> bool:
    return not meeting.state.is_locked and view().may(Verb.MEET)


def _read(meeting: Meeting, case: AgendaItem | None, cases: tuple[AgendaItem, ...]) -> None:
    """One case as its paper, with the form behind a button for whoever writes; or all the papers."""
    reading.ways(meeting, case, cases)
    if not case:
        files.papers(meeting)
        reading.papers(meeting)
        return
    section(f"{meeting_parts.case_number(case)} {case.title}")
    st.markdown(meeting_parts.case_badge(case))
    reading.case(meeting, case)
    files.case(case)
    attachments.of(case.key)
    attachments.form({case.key: _("Saken")})
    if _writes(meeting):
        _edited(meeting, case)


def _edited(meeting: Meeting, case: AgendaItem) -> None:
    with st.expander(_("Rediger saken"), key=f"rediger-{case.key}", on_change="rerun") as folded:
        if folded.open:
            _form(meeting, case)
    with st.container(horizontal=True):
        moved_on(meeting, case)
        if case.state is not ItemState.TREATED:
            cancelling.case(case)


def row(case: AgendaItem, part: str = AGENDA) -> None:
    """One case: its number and title as a link to it, and what it asks of the board."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"
    ):
        label = f"**{plain(meeting_parts.case_number(case))}** {plain(case.title)}"
        where = {"m": case.meeting, "fane": part, "sak": case.key}
        st.page_link(MEETINGS, label=label, icon="", query_params=where, width="content")
        st.markdown(meeting_parts.case_badge(case), width="content")


def _standard(meeting: Meeting) -> None:
    draft = Draft(f"agenda:{meeting.key}", 0)
    if st.button(_("Lag den vanlige sakslista"), type="primary", key=draft.button):
        draft.save(lambda by: record.standard_agenda(by, meeting.key), _("sakslista"))


def _number(meeting: Meeting) -> None:
    """Give the cases their numbers anew, in the order they stand."""
    draft = Draft(f"numbers:{meeting.key}", 0)
    label = _("Nummerer sakene i rekkefølge")
    with st.popover(label, type="tertiary", icon=":material/format_list_numbered:"):
        first = draft_fields.number(
            draft,
            "first",
            _("Første saksnummer i {year} (kan utelates)").format(year=meeting.held_on.year),
            None,
            least=1,
        )
        st.caption(_("Skriv det når styret har brukt saksnumre i år som ikke er ført her."))
        if st.button(_("Gi saksnumre"), key=draft.button):
            draft.save(
                lambda by: record.number_cases(by, meeting.key, first), _("saksnumrene er i rekkefølge")
            )


def _form(meeting: Meeting, case: AgendaItem | None) -> None:
    """A case with all its texts; what the program can write itself is shown where nothing else is written."""
    seen = view()
    draft = Draft(f"case:{meeting.key}:{case.key if case else NEW}", case.version if case else 0)
    draft.conflict(case_lines(case) if case else [])
    title = draft_fields.line(draft, "title", _("Saken gjelder"), case.title if case else "")
    kind = draft_fields.term(
        draft, "kind", _("Sakstype"), list(ItemKind), case.kind if case else ItemKind.DECISION
    )
    said: dict[str, Any] = {"title": title, "kind": kind}
    left, middle, right = st.columns(3)
    with seen.database.reading() as session:
        free = record.case_number(session, seen.strategy, meeting.held_on.year)
    said["number"] = draft_fields.number(
        draft,
        "number",
        _("Saksnummer i {year}").format(year=meeting.held_on.year),
        case.number if case else free,
        at=left,
        least=1,
    )
    place = draft_fields.number(
        draft, "order", _("Plass på sakslista"), case.order if case else None, at=middle, least=1, most=999
    )
    said |= {"order": place} if place else {}
    said["handler"] = draft_fields.one_of(
        draft,
        "handler",
        _("Saksbehandler"),
        meeting_parts.roles(meeting),
        case.handler if case else "",
        at=right,
    )
    said |= _texts(draft, case)
    said["measures"] = draft_fields.some_of(
        draft, "measures", _("Tiltak saken gjelder"), meeting_parts.measures(), case.measures if case else ()
    )
    said["withheld"] = draft_fields.line(
        draft, "withheld", _("Unntatt offentlighet, med grunn"), case.withheld if case else ""
    )
    if st.button(_("Lagre saken"), type="primary", shortcut="Ctrl+Enter", key=draft.button):

        def write(by: record.By) -> record.Saved:
            key = case.key if case else record.item_key(by.session, by.strategy)
            where: dict[str, Any] = {} if case else {"meeting": meeting.key}
            return record.item(by, key, draft.base, **where, **said)

        draft.save(write, _("saken «{title}»").format(title=title))


TEXTS = {
    "proposal": mark("Forslag til vedtak"),
    "summary": mark("Sammendrag"),
    "background": mark("Bakgrunn"),
    "status": mark("Status"),
    "considerations": mark("Vurdering"),
    "consequences": mark("Økonomiske og administrative konsekvenser"),
    "follow_up": mark("Videre oppfølging"),
}


def _texts(draft: Draft, case: AgendaItem | None) -> dict[str, str]:
    """Each text of the case, begun with what the program can say itself.

    What is left as the program wrote it is not stored: it then follows the numbers until they are frozen.
    """
    ready = cached(_drafted, case.meeting, case.key) if case else {}
    said = {}
    for field, label in TEXTS.items():
        stored, drafted = getattr(case, field) if case else "", ready.get(field, "")
        text = draft_fields.area(draft, field, _(label), stored or drafted)
        said[field] = "" if not stored and text.strip() == drafted.strip() else text
    return said


def _drafted(_shown: Snapshot, today: date, meeting: str, case: str) -> Mapping[str, str]:
    seen = view()
    with seen.database.reading() as session:
        return exports.drafted(session, seen.strategy, meeting, case, today)


def moved_on(meeting: Meeting, case: AgendaItem) -> None:
    """Move an unfinished case to the next meeting, with one click."""
    seen = view()
    later = meetings.after(seen.snapshot, meeting)
    if case.state is ItemState.TREATED or later is None:
        return
    draft = Draft(f"move:{case.key}", case.version)
    wanted = record.Wanted("agenda_item", case.key, case.version, {"meeting": later.key})
    label = _("Flytt saken til {meeting}").format(meeting=meeting_parts.short(later))
    if st.button(plain(label), key=draft.button, type="tertiary", icon=":material/event_repeat:"):
        draft.save(
            lambda by: record.move_on(by, wanted),
            _("saken er flyttet til {meeting}").format(meeting=meeting_parts.short(later)),
        )


def case_lines(case: AgendaItem) -> list[str]:
    """What stands in a case, for whoever wrote at the same time."""
    said = [f"{meeting_parts.case_number(case)} {case.title}"]
    said += [f"{_(label)}: {text}" for field, label in TEXTS.items() if (text := getattr(case, field))]
    if case.discussion:
        said.append(_("Behandling: {text}").format(text=case.discussion))
    return [plain(line) for line in said]
