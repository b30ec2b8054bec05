"""Many measures at once: typed in a table, seen before it is saved, saved as one change."""

import streamlit as st

from strategy import people, progress, texts, ui
from strategy.i18n import _, plural
from strategy.terms import Assessment
from strategy.ui import query, sheets
from strategy.ui.sheets.measures import MEASURES, columns

PAGE = 25

view = ui.view()
snapshot, today = view.snapshot, view.today


def narrowed() -> tuple[str, ...]:
    """The keys of the measures that pass the search and every filter."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            _("Søk i tiltakene"), key="sok", bind="query-params", icon=":material/search:", live=True
        )
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        titles = {person.key: person.title for person in snapshot.people}
        who = query.select(_("Ansvarlig"), "hvem", list(titles), titles.__getitem__)
        marks = {a.value: a.marked for a in Assessment}
        shown = query.select(_("Vurdering"), "vis", list(marks), marks.__getitem__)
    return tuple(
        each.key
        for each in snapshot.measures
        if (not goal or snapshot.goal_of(each).key == goal)
        and (not who or any(r.person == who for r in people.responsible_for(each, today)))
        and (not shown or progress.mark_of(each.report, today).assessment == shown)
        and (not sought or texts.folded(sought) in texts.folded(f"{each.key} {each.name} {each.text}"))
    )


ui.heading(_("Tabell"), _("Endre mange tiltak på én gang"))
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
    st.stop()
st.caption(_("Skriv i cellene. Ingenting lagres før du har sett alt som blir endret, og trykket på Lagre."))
sheet = sheets.opened(MEASURES)
sheet.again()
keys = narrowed()
if keys:
    shown = ui.paged(keys, PAGE, "side")
    sheet.show(
        shown, columns(snapshot), locked=("key", "name", "promised"), alt=_("Tiltakene, til å endre i")
    )
else:
    st.markdown(_("Ingen tiltak passer med søket. Fjern et filter eller skriv et annet ord."))
sheets.finish(sheet, lambda n: plural("ett tiltak", "{n} tiltak", n), ask=True)
