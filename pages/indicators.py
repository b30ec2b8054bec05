"""Every indicator with its trend, its target, its forecast, and how it is measured."""

import streamlit as st

from strategy import dates, indicators, ui
from strategy.i18n import _, plural
from strategy.snapshot import Indicator
from strategy.ui import findings, query

PAGE = 9

view = ui.view()
snapshot = view.snapshot


def headline() -> str:
    """How many of the adopted are measured, and how many of those are behind."""
    adopted = indicators.adopted(snapshot.indicators)
    measured = indicators.measured_ones(adopted, view.today)
    if not adopted:
        proposed = _("Ingen indikatorer er vedtatt ennå, bare foreslått.")
        return proposed if snapshot.indicators else _("Planen har ingen indikatorer.")
    if not measured:
        return _("Ingen vedtatte indikatorer er målt ennå.")
    behind = findings.behind()
    number = dates.in_words(len(measured), capital=True)
    if len(measured) == len(adopted):
        said = plural(
            "Den ene vedtatte indikatoren er målt.", "Alle {n} vedtatte indikatorer er målt.", len(adopted)
        )
    else:
        form = _("{number} av {all} vedtatte indikatorer er målt.")
        said = form.format(number=number, all=dates.in_words(len(adopted)))
    if behind:
        form = plural("Én ligger etter målet.", "{number} ligger etter målet.", behind)
        said += " " + form.format(number=dates.in_words(behind, capital=True))
    return said


def shown() -> tuple[Indicator, ...]:
    """The indicators of the chosen goal and state; the measured first, the worst of them first."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        only = st.toggle(_("Bare dem som ligger etter"), key="etter", bind="query-params")
    return findings.by_need(goal, only_behind=only)


lead = _("Forslag og eksempler er merket og teller aldri med. Lav styrbarhet vises uten farge.")
ui.heading(_("Indikatorer"), headline(), lead)
if view.editable and snapshot.indicators and all(indicator.proposal for indicator in snapshot.indicators):
    label = _("Se forslagene, og vedta dem som skal følges")
    st.page_link(ui.VALUES, label=label, icon=":material/arrow_forward:", query_params={"fane": _("Forslag")})
found = shown()
if not found:
    st.markdown(_("Ingen indikatorer her. Velg et annet hovedmål, eller legg dem til i planfila."))
part = ui.paged(found, PAGE, "side")
with ui.cards():
    for indicator in part:
        ui.indicator_card(indicator)
