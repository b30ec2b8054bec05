"""Report on a measure or a goal, tick off milestones, enter an indicator's value: one thing at a time."""

import streamlit as st

from strategy import people, ui
from strategy.i18n import _, plural
from strategy.snapshot import Goal, Measure, Subgoal
from strategy.ui import choices, findings, forms

view = ui.view()
snapshot, today = view.snapshot, view.today


def thing_of(key: str) -> Measure | Goal | Subgoal:
    """The measure, subgoal or goal with this key."""
    aims = {aim.key: aim for aim in snapshot.aims}
    return aims[key] if key in aims else snapshot.measure(key)


def chosen() -> Measure | Goal | Subgoal:
    """What the address or the list points at; the most urgent where nothing does."""
    offered = findings.reportable()
    asked = st.query_params.get("t")
    if asked and asked not in offered:
        st.warning(ui.plain(_("Fant ikke «{key}» blant det som kan rapporteres.").format(key=asked)))
        st.page_link(ui.UPDATE, label=_("Velg fra lista"), icon=":material/list:", query_params={})
        st.stop()
    key = choices.select(
        _("Hva vil du rapportere på?"), "t", list(offered), offered.__getitem__, required=True
    )
    return thing_of(key or snapshot.measures[0].key)


def before(thing: Measure | Goal | Subgoal) -> None:
    """What stands there now, to start from."""
    with st.container(border=True):
        st.markdown(f"**{ui.plain(thing.name if isinstance(thing, Measure | Goal) else thing.key)}**")
        st.caption(ui.plain(thing.text))
        st.markdown(ui.shown_badge(thing.report, today))
        if thing.report:
            st.markdown("  \n".join(ui.report_lines(thing.report)))
        if isinstance(thing, Measure):
            st.caption("  \n".join(map(ui.plain, (people.responsible_text(thing, today), *ui.facts(thing)))))
            ui.measure_link(thing)


def write(thing: Measure | Goal | Subgoal) -> None:
    """The form that fits what the secretary wants to say."""
    kinds = {"rapport": _("Rapport")}
    if isinstance(thing, Measure):
        kinds["milepael"] = _("Milepæler")
    if thing.indicators:
        kinds["maling"] = _("Målinger")
    what = choices.pills(_("Hva vil du skrive?"), "hva", list(kinds), kinds.__getitem__, required=True)
    if what == "milepael" and isinstance(thing, Measure):
        forms.milestone(thing)
    elif what == "maling" and thing.indicators:
        names = {i.key: i.name + (_(" (forslag)") if i.proposal else "") for i in thing.indicators}
        key = choices.select(_("Indikator"), "i", list(names), names.__getitem__, required=True)
        forms.value(snapshot.indicator(key or thing.indicators[0].key))
    else:
        forms.report(thing)


def onward(thing: Measure | Goal | Subgoal) -> None:
    """The way to the next in line, so that one report can follow another."""
    offered = list(findings.reportable())
    following = offered[(offered.index(thing.key) + 1) % len(offered)]
    label = ui.plain(_("Neste: {thing}").format(thing=findings.reportable()[following]))
    st.page_link(ui.UPDATE, label=label, icon=":material/arrow_forward:", query_params={"t": following})


silent = findings.silent()
title = plural("Ett tiltak venter på rapport", "{n} tiltak venter på rapport", silent)
ui.heading(_("Oppdatering"), title if silent else _("Alle tiltak har fersk rapport"))
if not view.editable:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å rapportere."), icon=":material/history:"
    )
    st.stop()
form, beside = st.columns([3, 2], gap="large")
with form:
    thing = chosen()
    write(thing)
    onward(thing)
with beside:
    before(thing)
