"""The secretariat's desk: what is to be reported, one after another; or one thing that was asked for."""

from itertools import islice

import streamlit as st

from strategy import dates, ui
from strategy.i18n import _, plural
from strategy.snapshot import Measure
from strategy.ui import entry_forms, findings, incoming, query, queue, reporting, rounds, scratch

OFFERED = 200

view = ui.view()
snapshot = view.snapshot


def chosen() -> str | None:
    """What the address or the list points at; nothing while the round goes on."""
    offered = findings.reportable()
    asked = st.query_params.get("t")
    if asked and asked not in offered:
        st.warning(ui.plain(_("Fant ikke «{key}» blant det som kan rapporteres.").format(key=asked)))
        st.page_link(ui.UPDATE, label=_("Velg fra lista"), icon=":material/list:", query_params={})
        st.stop()
    options = list(dict.fromkeys((*islice(offered, OFFERED), *([asked] if asked else []))))
    key = query.select(
        _("Hva vil du rapportere på?"), "t", options, offered.__getitem__, nothing=_("Velg selv")
    )
    if len(offered) > OFFERED:
        said = _("Finn et annet blant alle {n} tiltak").format(n=len(snapshot.measures))
        st.page_link(ui.MEASURES, label=said, icon=":material/search:")
    return key


def one(thing: reporting.Thing) -> None:
    """The form that fits what the secretary wants to say of one thing."""
    kinds = {"rapport": _("Rapport")}
    if isinstance(thing, Measure):
        kinds["milepael"] = _("Milepæler")
    if thing.indicators:
        kinds["maling"] = _("Målinger")
    what = query.pills(_("Hva vil du skrive?"), "hva", list(kinds), kinds.__getitem__, required=True)
    if what == "milepael" and isinstance(thing, Measure):
        entry_forms.milestone(thing)
    elif what == "maling" and thing.indicators:
        names = {i.key: i.name + (_(" (forslag)") if i.proposal else "") for i in thing.indicators}
        key = query.select(_("Indikator"), "i", list(names), names.__getitem__, required=True)
        entry_forms.value(snapshot.indicator(key or thing.indicators[0].key))
    elif reporting.form(thing, kept, label=_("Lagre rapporten")):
        st.rerun()
    st.page_link(ui.UPDATE, label=_("Til køen"), icon=":material/arrow_forward:", query_params={})


asked = queue.asked()
form = plural("Én rapport venter på deg", "{number} rapporter venter på deg", len(asked))
title = form.format(number=dates.in_words(len(asked), capital=True))
ui.heading(_("Oppdatering"), title if asked else queue.finished(), queue.counted())
if not view.editable:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å rapportere."), icon=":material/history:"
    )
    st.stop()
if waiting := incoming.waiting():
    form = plural(
        "Én innsendt rapport venter på svar", "{number} innsendte rapporter venter på svar", len(waiting)
    )
    said = form.format(number=dates.in_words(len(waiting), capital=True))
    st.page_link("incoming.py", label=said, icon=":material/inbox:")
kept = scratch.kept()
left, right = st.columns([3, 2], gap="large")
now = rounds.current(tuple(asked))
if st.query_params.get("t"):
    with left:
        thing = queue.thing_of(chosen() or snapshot.measures[0].key)
        one(thing)
    with right:
        queue.before(thing)
else:
    with left:
        if now.is_over:
            rounds.over(now)
        else:
            rounds.turn(now, kept)
    with right:
        if not now.is_over:
            queue.before(queue.thing_of(now.key))
            rounds.following(now)
        queue.half_written(kept, "" if now.is_over else now.key)
        chosen()
        label = _("Endre mange tiltak på én gang")
        st.page_link("table.py", label=label, icon=":material/table_edit:")
st.caption(
    _(
        "En rapport du ikke har lagret, tas vare på hver gang du forlater et felt eller fanen. "
        "Lukker du fanen midt i et felt, er det du skrev i akkurat det feltet, ikke med."
    )
)
