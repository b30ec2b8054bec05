"""Every change: who, when, by which door, and what it was before; and whether the chain holds."""

import streamlit as st

from strategy import changes, history, ui
from strategy.errors import Tampered
from strategy.i18n import _, plural
from strategy.terms import Via
from strategy.ui import query, undoing

PAGE = 25

view = ui.view()
as_of = view.snapshot.change_id


def filtered() -> tuple[history.LoggedChange, ...]:
    """The page of the log the address asks for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.text_input(_("Gjelder (for eksempel 1.2)"), key="gjelder", bind="query-params")
        actor = query.select(_("Hvem"), "hvem", ui.actors(), str)
        via = query.select(_("Hvordan"), "via", list(Via), lambda door: Via(door).label)
    before = st.query_params.get("for")
    return ui.log(
        PAGE,
        before=int(before) if before and before.isdigit() else None,
        via=Via(via) if via else None,
        actor=actor or "",
        key=key.strip(),
    )


def verified() -> None:
    """Walk the hash chain on request, and say what was found."""
    if not st.button(_("Kontroller at loggen er hel"), icon=":material/verified:"):
        return
    try:
        with view.database.reading() as session:
            count = changes.verify(session)
    except Tampered as refusal:
        st.error(str(refusal), icon=":material/error:")
    else:
        st.success(_("Alle {n} endringer er hele og i rekkefølge.").format(n=count), icon=":material/check:")


lead = _("Ingenting slettes. Kontrollen finner alt som er endret, fjernet eller lagt inn utenom programmet.")
ui.heading(_("Endringslogg"), plural("Én endring er lagret", "{n} endringer er lagret", as_of), lead)
verified()
found = filtered()
if not found:
    st.markdown(_("Ingen endringer passer med utvalget."))
with st.container(gap="xsmall"):
    for entry in found:
        ui.logged(entry, undoing.offer)
if len(found) == PAGE:
    st.page_link(
        "log.py",
        label=_("Eldre endringer"),
        icon=":material/arrow_downward:",
        query_params={**st.query_params.to_dict(), "for": str(found[-1].id)},
    )
