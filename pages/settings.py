"""How it stands with roles, board, mail, backup and database, each with the way to where it is changed."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from strategy import config, health, ui
from strategy.health import Part
from strategy.i18n import _
from strategy.ui import backups, checking

LINKS: dict[Part, tuple[tuple[str, str, dict[str, str]], ...]] = {
    Part.ROLES: ((_("Rett roller og navn"), "kom-i-gang", {"steg": "roller"}),),
    Part.BOARD: (
        (_("Verv i styret"), "styremoter", {"apne": "verv-i-styret"}),
        (_("Frister og rutiner"), "styremoter", {"apne": "rutiner"}),
    ),
    Part.REACHED: (
        (_("Lenker"), "innsendt", {"fane": _("Lenker")}),
        (_("Påminnelser"), "innsendt", {"fane": _("Påminnelser")}),
    ),
    Part.HEALTH: ((_("Endringslogg"), "endringslogg", {}),),
}

view = ui.view()


def row(part: Part, below: Callable[[], None] | None = None) -> None:
    """One matter: what is wrong, how it stands, and the way to where it is changed."""
    with st.container(border=True, gap="small", key=f"sak-{part}"):
        ui.section(part.label)
        for wrong in stands.wrong(part):
            st.markdown(f":orange-badge[! {ui.plain(wrong)}]")
        if (said := stands.told[part]) not in stands.wrong(part):
            st.markdown(ui.plain(said))
        if below:
            below()
        with st.container(horizontal=True, gap="medium"):
            for label, address, where in LINKS.get(part, ()):
                arrow = ":material/arrow_forward:"
                st.page_link(ui.page(address), label=label, icon=arrow, query_params=where, width="content")


def log() -> None:
    """The check of the log, and what it said."""
    if checked := checking.remembered():
        checking.tell(checked)
    if st.button(_("Kontroller loggen og filene"), key="kontroller", icon=":material/verified:"):
        checking.remember(checking.check())
        st.rerun()


if view.past:
    ui.heading(_("Innstillinger"), _("Innstillingene gjelder i dag"))
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
    st.stop()
settings = config.settings()
found = health.found(view.database, settings, view.strategy, datetime.now(UTC), checking.remembered())
stands = health.standing(view.snapshot, view.today, found, view.database, settings)
ui.heading(_("Innstillinger"), stands.headline, ui.plain(stands.lead))
row(Part.BACKUP, lambda: backups.tools(found.newest))
left, right = st.columns(2)
with left:
    row(Part.ROLES)
    row(Part.REACHED)
with right:
    row(Part.BOARD)
    row(Part.HEALTH, log)
