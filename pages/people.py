"""Who answers for what, what of it is late or silent, and what nobody answers for."""

from collections.abc import Sequence

import streamlit as st

from strategy import checks, people, progress, ui
from strategy.i18n import _, plural
from strategy.ui import role_forms, role_page

PAGE = 8

view = ui.view()
snapshot = view.snapshot


def headline(unowned: int) -> str:
    """The finding: whether somebody answers for everything."""
    if unowned == len(progress.counting(snapshot.measures)):
        return _("Ingen tiltak har en vedtatt ansvarlig ennå.")
    if not unowned:
        return _("Alle tiltak har en ansvarlig.")
    return plural("Ett tiltak mangler en ansvarlig.", "{n} tiltak mangler en ansvarlig.", unowned)


def lead(unowned: Sequence[people.Unowned]) -> str:
    """That a proposal does not count, where there are some."""
    if any(missing.proposed for missing in unowned):
        return _("Et forslag teller ikke før det er vedtatt.")
    return ""


def proposed(missing: people.Unowned) -> str:
    """Who is only proposed for a measure nobody answers for."""
    names = ", ".join(r.title or r.person for r in missing.proposed)
    return _("foreslått: {names}").format(names=names) if names else _("ingen er foreslått")


def everybody() -> None:
    """The load of each role, and what nobody answers for."""
    loads = ui.cached(people.load)
    unowned = ui.cached(people.unowned)
    ui.heading(_("Ansvarlige"), headline(len(unowned)), lead(unowned))
    if unowned and view.editable:
        label = _("Gi ansvaret for dem som mangler")
        st.page_link(
            ui.COMPLETENESS,
            label=label,
            icon=":material/arrow_forward:",
            query_params={"vis": str(checks.Missing.RESPONSIBLE)},
        )
    roles = role_page.roles()
    with st.container(gap="xsmall"):
        for role in roles:
            role_page.row(role)
        if roles:
            role_page.legend()
    for column, share in zip(st.columns(2), ui.balanced(roles, role_page.height), strict=True):
        with column:
            for role in share:
                role_page.card(role)
    if rest := [load for load in loads if not (load.responsible or load.proposed)]:
        ui.section(_("Roller uten eget ansvar"))
        for load in rest:
            role_page.line(load)
    if unowned:
        ui.section(_("Uten vedtatt ansvarlig"))
        for missing in ui.paged(unowned, PAGE, "side"):
            ui.measure_row(missing.measure, ui.plain(proposed(missing)))
    if view.editable:
        with st.expander(_("Ny rolle"), key="ny-rolle", on_change="rerun", icon=":material/add:") as folded:
            if folded.open:
                role_forms.new_role()
        role_forms.left_behind()


asked = st.query_params.get("p")
if asked:
    role_page.show(asked)
else:
    everybody()
