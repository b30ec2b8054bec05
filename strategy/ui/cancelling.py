"""Call a meeting off, or take a case off its agenda: each behind a second press, its outcome told."""

import streamlit as st

from strategy import record
from strategy.i18n import _, plural
from strategy.snapshot import AgendaItem, Meeting
from strategy.ui import draft_fields, meeting_parts
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.view import view


def meeting(standing: Meeting) -> None:
    """What becomes of the cases and questions of a meeting, why it is called off, and the button."""
    seen = view()
    draft = Draft(f"cancel:{standing.key}", standing.version)
    with st.popover(_("Avlys møtet"), icon=":material/event_busy:"):
        with seen.database.reading() as session:
            found = record.cancelling(session, seen.strategy, standing.key)
        if found.refusal:
            st.markdown(plain(found.refusal))
            return
        st.markdown("\n".join(f"- {line}" for line in _outcome(found)))
        reason = draft_fields.area(draft, "reason", _("Hvorfor avlyses det?"))
        label = _("Avlys {meeting}").format(meeting=meeting_parts.short(standing))
        pressed = st.button(plain(label), type="primary", key=draft.button)
    if pressed:
        wanted = record.Wanted("meeting", standing.key, draft.base, retired=True, reason=reason)
        draft.save(
            lambda by: record.cancel(by, wanted),
            _("{meeting} er avlyst").format(meeting=meeting_parts.short(standing)),
        )


def case(standing: AgendaItem) -> None:
    """Take a case off the agenda."""
    draft = Draft(f"take-out:{standing.key}", standing.version)
    with st.popover(_("Ta ut av sakslista"), type="tertiary", icon=":material/playlist_remove:"):
        st.markdown(
            _(
                "Saken står ikke lenger på noen sakliste. Det som er skrevet i den, blir stående i "
                "endringsloggen, og kan hentes tilbake der."
            )
        )
        label = _("Ta ut «{case}»").format(case=standing.title)
        pressed = st.button(plain(label), type="primary", key=draft.button)
    if pressed:
        draft.save(
            lambda by: record.retire_item(by, standing.key, draft.base),
            _("«{case}» er tatt ut av sakslista").format(case=standing.title),
        )


def _outcome(found: record.Cancelling) -> list[str]:
    """What calling a meeting off does, sentence by sentence."""
    shown, said = view().snapshot, []
    if found.moved or found.questions:
        there = meeting_parts.short(shown.meeting(found.to))
    if found.moved:
        said.append(_("Går til {there}: {cases}").format(there=there, cases=_named(found.moved)))
    if found.questions:
        form = plural(
            "Ett ubesvart spørsmål går til {there}",
            "{n} ubesvarte spørsmål går til {there}",
            len(found.questions),
        )
        said.append(form.format(there=there))
    if found.dropped:
        form = _("Tas ut, for hvert møte har sine egne: {cases}")
        said.append(form.format(cases=_named(found.dropped)))
    said += [
        _("Svar om tillit som ikke er åpnet, slettes"),
        _("De som følger kalenderen, får se at møtet er avlyst"),
    ]
    return [plain(line) for line in said]


def _named(keys: tuple[str, ...]) -> str:
    shown = view().snapshot
    return "; ".join(shown.item(key).title for key in keys)
