"""Every change: who, when, by which door, and what it was before; and whether the chain holds."""

import streamlit as st

from strategy import history, ui
from strategy.i18n import _, plural
from strategy.terms import Via
from strategy.ui import checking, query, undoing

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
    only = history.Filter(
        before=int(before) if before and before.isdigit() else None,
        via=Via(via) if via else None,
        actor=actor or "",
        key=key.strip(),
    )
    return ui.log(only, PAGE)


def verified() -> None:
    """Walk the history on request, compare it with a paper where there is one, and say what was found."""
    with st.expander(_("Kontroller at loggen er hel"), icon=":material/verified:"):
        st.markdown(SEEN)
        paper = st.text_input(
            _("Fra et papir, en protokoll eller en sikkerhetskopi (kan stå tomt)"),
            key="fingeravtrykk",
            placeholder="886:3f2a-9c10-77be-01d4-88aa",
        )
        if not st.button(_("Kontroller"), key="kontroller"):
            return
        checking.tell(checking.check(paper))


SEEN = _(
    "Kontrollen ser hver endring og hver tekst som er endret, fjernet, byttet om eller lagt inn utenom "
    "programmet, og om tabellene eller sperrene i databasen er bygd om. Alene ser den **ikke** at de nyeste "
    "endringene er klippet bort, eller at noen med tilgang til databasen har skrevet om historikken og "
    "regnet ut alt på nytt. Det ser den når du sammenligner med et fingeravtrykk som er skrevet ut før. "
    "Navn og e-postadresser, halvskrevne tekster, svar om tillit som ikke er åpnet, og nøkkelen lenkene "
    "signeres med, er ikke historikk, og ser den aldri."
)
lead = _("Ingenting slettes. Det som er endret utenom programmet, kan kontrolleres.")
ui.heading(_("Endringslogg"), plural("Én endring er lagret", "{n} endringer er lagret", as_of), lead)
verified()
found = filtered()
if not found:
    st.markdown(_("Ingen endringer passer med utvalget."))
with st.container(gap="xsmall"):
    for entry in found:
        ui.logged(entry, undoing.offer, opened=undoing.opened())
if len(found) == PAGE:
    st.page_link(
        "log.py",
        label=_("Eldre endringer"),
        icon=":material/arrow_downward:",
        query_params={**st.query_params.to_dict(), "for": str(found[-1].id)},
    )
