"""All indicators as small multiples, the furthest from their target first; one of them to explore."""

import streamlit as st

from strategy import dates, indicators, ui
from strategy.i18n import _, plural
from strategy.snapshot import Indicator
from strategy.ui import attachments, findings, gauges, query

PAGE, LINES = 24, 40
"""How many figures, and how many lines of those without, are on a page."""

view = ui.view()
snapshot = view.snapshot


def headline() -> str:
    """How many of the adopted are measured, and how many of those are behind."""
    adopted = indicators.adopted(snapshot.indicators)
    measured = findings.measured()
    if not adopted:
        proposed = _("Ingen indikatorer er vedtatt ennå, bare foreslått.")
        return proposed if snapshot.indicators else _("Planen har ingen indikatorer.")
    if not measured:
        return _("Ingen vedtatte indikatorer er målt ennå.")
    behind = findings.behind()
    number = dates.in_words(measured, capital=True)
    if measured == len(adopted):
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


def chosen() -> tuple[Indicator, ...]:
    """The indicators of the chosen goal and state, the furthest from their target first."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        only = st.toggle(_("Bare dem som ligger etter"), key="etter", bind="query-params")
    return findings.by_gap(goal, only_behind=only)


def everything() -> None:
    """The finding, and each indicator small beside the others."""
    lead = _("Forslag og eksempler er merket og teller aldri med. Lav styrbarhet vises uten farge.")
    ui.heading(_("Indikatorer"), headline(), lead)
    if view.editable and snapshot.indicators and not indicators.adopted(snapshot.indicators):
        label = _("Se forslagene, og vedta dem som skal følges")
        where = {"fane": _("Forslag")}
        st.page_link(ui.VALUES, label=label, icon=":material/arrow_forward:", query_params=where)
    found = chosen()
    if not found:
        st.markdown(_("Ingen indikatorer her. Velg et annet hovedmål, eller legg dem til i planfila."))
    counting = indicators.adopted(found)
    has_figure = gauges.figures()
    drawn = tuple(each for each in counting if each.key in has_figure)
    gauges.multiples(ui.paged(drawn, PAGE, "side"), 4, 200, in_full=True)
    if drawn:
        gauges.legend()
    if rest := tuple(each for each in counting if each.key not in has_figure):
        ui.section(_("Ja eller nei, og ikke målt ennå"))
        lines(rest, "uten")
    if proposed := tuple(each for each in found if each.proposal):
        said = plural("{n} forslag, ikke vedtatt", "{n} forslag, ikke vedtatt", len(proposed))
        with st.expander(said, key="forslag", expanded=not counting):
            lines(proposed, "forslag-side")


def lines(found: tuple[Indicator, ...], key: str) -> None:
    """Those without a figure, each in a line with its mark, as the way to it."""
    with st.container(gap="xxsmall"):
        for each in ui.paged(found, LINES, key):
            mark = ui.symbol(indicators.mark(each, view.today))
            label = f"{mark} :small[{ui.plain(ui.indicator_line(each))}]"
            st.page_link(ui.page("indikatorer"), label=label, icon="", query_params={"i": each.key})


def explored(indicator: Indicator) -> None:
    """One indicator with a figure to explore, its numbers, its forecast and how it is measured."""
    ui.heading(_("Indikator"), indicator.name, ui.plain(belongs(indicator)))
    ui.indicator_card(indicator)
    measured = {value.key: dates.period_label(value.period) for value in reversed(indicator.values)}
    for key in measured:
        attachments.of(key)
    if measured:
        attachments.form(measured)
    label = _("Alle indikatorer")
    st.page_link(ui.page("indikatorer"), label=label, icon=":material/arrow_back:", query_params={})


def belongs(indicator: Indicator) -> str:
    """What it is an indicator of."""
    of = indicator.belongs_to
    measure = next((each for each in snapshot.measures if each.key == of), None)
    if measure:
        return _("Måler tiltak {key} {name}").format(key=of, name=measure.name)
    aim = next(aim for aim in snapshot.aims if aim.key == of)
    return f"{of} {aim.text}"


asked = st.query_params.get("i", "")
one = next((each for each in snapshot.indicators if each.key == asked), None)
if one:
    explored(one)
else:
    everything()
