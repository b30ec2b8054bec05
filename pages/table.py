"""Many measures at once: typed in a table, seen before it is saved, saved as one change."""

from typing import Any

import streamlit as st

from strategy import people, progress, texts, ui
from strategy.i18n import _, plural
from strategy.terms import Assessment, Phase
from strategy.ui import query, sheets
from strategy.ui.sheets.measures import MEASURES

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


def columns() -> dict[str, Any]:
    """How each column is edited; the browser's own checks are a help, not a guard."""
    column, tags = st.column_config, sorted({tag for each in snapshot.taggings for tag in each.tags})
    return {
        "key": column.TextColumn(_("Nr."), width=56, pinned=True),
        "name": column.TextColumn(_("Tiltak"), width=230),
        "phase": column.SelectboxColumn(_("Fase"), options=[phase.label for phase in Phase], width=120),
        "assessment": column.SelectboxColumn(
            _("Vurdering"), options=[a.marked for a in Assessment], width=150
        ),
        "people": column.MultiselectColumn(
            _("Ansvarlig"), options=[person.title for person in snapshot.people], width=210
        ),
        "due": column.TextColumn(_("Frist"), help=_("Dag.måned.år, som 23.11.2026."), width=100),
        "tags": column.MultiselectColumn(
            _("Stikkord"), options=tags, accept_new_options=True, width=160
        ),
        "cause": column.TextColumn(_("Årsak"), max_chars=texts.PARAGRAPH),
        "remedy": column.TextColumn(_("Slik rettes det opp"), max_chars=texts.PARAGRAPH),
    }  # fmt: skip


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
    sheet.show(shown, columns(), locked=("key", "name"), alt=_("Tiltakene, til å endre i"))
else:
    st.markdown(_("Ingen tiltak passer med søket. Fjern et filter eller skriv et annet ord."))
sheets.finish(sheet, lambda n: plural("ett tiltak", "{n} tiltak", n), ask=True)
