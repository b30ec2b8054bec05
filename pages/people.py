"""Who answers for what, what of it is late or silent, and what nobody answers for."""

import streamlit as st

from strategy import dates, people, ui
from strategy.i18n import _, plural

PAGE = 8

view = ui.view()
snapshot, today = view.snapshot, view.today


def headline(unowned: int) -> str:
    """The finding: whether somebody answers for everything."""
    if unowned == len(snapshot.measures):
        return _("Ingen tiltak har en vedtatt ansvarlig ennå.")
    if not unowned:
        return _("Alle tiltak har en ansvarlig.")
    return plural("Ett tiltak mangler en ansvarlig.", "{n} tiltak mangler en ansvarlig.", unowned)


def role(load: people.Load) -> None:
    """One role with its measures, the late and silent named."""
    mine = (*load.responsible, *load.proposed)
    with st.container(border=True):
        title = load.person.title + (_(" (forslag)") if load.person.proposal else "")
        ui.section(title)
        st.caption(ui.plain(" · ".join(summary(load))))
        for measure in ui.paged(mine, PAGE, f"side-{load.person.key}"):
            only = f" :gray-badge[{_('Forslag')}]" if measure in load.proposed else ""
            ui.measure_row(measure, ui.shown_badge(measure.report, today) + only)


def summary(load: people.Load) -> list[str]:
    """How much, how late, and what is next."""
    said = []
    if load.responsible:
        said.append(plural("ansvarlig for {n} tiltak", "ansvarlig for {n} tiltak", len(load.responsible)))
    if load.proposed:
        said.append(plural("foreslått for {n} tiltak", "foreslått for {n} tiltak", len(load.proposed)))
    if load.contributes:
        said.append(plural("medansvarlig for {n}", "medansvarlig for {n}", len(load.contributes)))
    if load.late:
        said.append(plural("{n} er forsinket", "{n} er forsinket", len(load.late)))
    if load.silent:
        said.append(plural("{n} uten fersk rapport", "{n} uten fersk rapport", len(load.silent)))
    if load.next_deadline:
        due = load.next_deadline
        said.append(_("neste frist {day}: {what}").format(day=dates.day(due.day), what=due.text))
    return said


def proposed(missing: people.Unowned) -> str:
    """Who is only proposed for a measure nobody answers for."""
    names = ", ".join(r.title or r.person for r in missing.proposed)
    return _("foreslått: {names}").format(names=names) if names else _("ingen er foreslått")


loads = ui.cached(people.load)
unowned = ui.cached(people.unowned)
ui.heading(_("Ansvarlige"), headline(len(unowned)))
ui.chart(ui.load_chart(), key="load")
busy = [load for load in loads if load.responsible or load.proposed]
for column, share in zip(
    st.columns(2), ui.balanced(busy, lambda load: 3 + min(PAGE, len(load.responsible))), strict=True
):
    with column:
        for load in share:
            role(load)
helping = [load for load in loads if load.contributes and load not in busy]
if helping:
    names = (f"{load.person.title} ({len(load.contributes)})" for load in helping)
    st.caption(ui.plain(_("Bare medansvarlige: {names}").format(names=", ".join(names))))
if unowned:
    ui.section(_("Uten vedtatt ansvarlig"))
    for missing in ui.paged(unowned, PAGE, "side"):
        ui.measure_row(missing.measure, ui.plain(proposed(missing)))
