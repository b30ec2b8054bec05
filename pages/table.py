"""Many measures at once: typed in a table, seen before it is saved, saved as one change."""

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from strategy import people, progress, record, texts, ui
from strategy.errors import Several
from strategy.i18n import _, plural
from strategy.record import Preview, Saved
from strategy.terms import Assessment, Phase
from strategy.ui import choices, grid, weighed

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
        goal = choices.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        titles = {person.key: person.title for person in snapshot.people}
        who = choices.select(_("Ansvarlig"), "hvem", list(titles), titles.__getitem__)
        marks = {a.value: grid.said_assessment(a) for a in Assessment}
        shown = choices.select(_("Vurdering"), "vis", list(marks), marks.__getitem__)
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
            _("Vurdering"), options=[grid.said_assessment(a) for a in Assessment], width=150
        ),
        "people": column.MultiselectColumn(
            _("Ansvarlig"), options=[person.title for person in snapshot.people], width=210
        ),
        "due": column.DateColumn(_("Frist"), format="DD.MM.YYYY", width=100),
        "tags": column.MultiselectColumn(
            _("Stikkord"), options=tags, accept_new_options=True, width=160
        ),
        "cause": column.TextColumn(_("Årsak"), max_chars=texts.PARAGRAPH),
        "remedy": column.TextColumn(_("Slik rettes det opp"), max_chars=texts.PARAGRAPH),
    }  # fmt: skip


def save(now: grid.Typed, found: Preview) -> None:
    """Ask for the reason, and for grounds where a deadline moves; then save it all as one change."""
    asked = _("Hvorfor endres dette? Det står i endringsloggen")
    reason = st.text_input(asked, key=f"hvorfor:{now.turn}", persist_state="session")
    needing = len(record.needs_grounds(found.edits))
    grounds = ui.grounds("tabell", needing) if needing else record.Grounds()
    with st.container(horizontal=True):
        count = len({edit.key.partition("@")[0] for edit in found.edits})
        said = plural("Lagre endringene i ett tiltak", "Lagre endringene i {n} tiltak", count)
        pressed = st.button(said, type="primary", key="lagre-tabell", shortcut="Ctrl+Enter")
        st.button(_("Forkast alt"), on_click=grid.clear, type="tertiary")
    if pressed and not reason.strip():
        st.warning(_("Ikke lagret. Skriv kort hvorfor."), icon=":material/edit:")
    elif pressed:
        wanted = grid.wanted(now)

        def write(session: Any, moment: datetime) -> Saved:
            done = record.bulk(
                session, view.actor, view.strategy, wanted, reason=reason, grounds=grounds, now=moment
            )
            return done or Saved("", 0, snapshot.change_id, snapshot.recorded_at, again=True)

        try:
            saved = ui.save(write, plural("{n} tiltak i tabellen", "{n} tiltak i tabellen", count))
        except Several:
            saved = True  # the next run shows what stands in the way, on the plan as it is now
        else:
            if saved:
                grid.clear()
        if saved:
            st.rerun()


ui.heading(_("Tabell"), _("Endre mange tiltak på én gang"))
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
    st.stop()
st.caption(_("Skriv i cellene. Ingenting lagres før du har sett alt som blir endret, og trykket på Lagre."))
now = grid.typed()
if now.found_again:
    said = plural(
        "Du hadde endret ett tiltak uten å lagre.",
        "Du hadde endret {n} tiltak uten å lagre.",
        now.found_again,
    )
    st.info(said, icon=":material/history_edu:")
keys = narrowed()
if keys:
    grid.show(now, ui.paged(keys, PAGE, "side"), columns(), _("Tiltakene, til å endre i"))
else:
    st.markdown(_("Ingen tiltak passer med søket. Fjern et filter eller skriv et annet ord."))
if now.cells:
    base = ui.at(now.base).flat
    found = record.previewed(snapshot, grid.wanted(now), base=base, today=today)
    ui.section(_("Dette blir endret"))
    for collision in found.collisions:
        weighed.collided(collision, partial(grid.drop, now), partial(grid.insist, now))
    if found.flaws:
        weighed.faulty(found)
    if found.edits:
        weighed.changed(found, grid.answering(now))
    elif found.is_clear:
        st.markdown(_("Ingenting: det du har skrevet, står der fra før."))
    if found.edits and found.is_clear:
        save(now, found)
    elif not found.is_clear:
        st.caption(_("Ordne det som er merket over, så kan alt lagres."))
