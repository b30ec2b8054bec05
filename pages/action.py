"""The year's action plan: its milestones measure by measure, moved, copied and marked as reached."""

from datetime import date
from typing import Any

import streamlit as st

from strategy import charts, progress, record, texts, ui
from strategy.i18n import _, plural
from strategy.record import Wanted
from strategy.snapshot import Measure, Milestone
from strategy.ui import choices, sheets
from strategy.ui.sheets import Fault, Line

PAGE = 12

view = ui.view()
snapshot, today = view.snapshot, view.today

MEASURE, ORDER, TITLE, PICK = _("Tiltak"), _("Nr."), _("Milepæl"), _("Velg")
DUE, DONE, EVIDENCE = _("Frist"), _("Nådd"), _("Dokumentasjon")
FIELDS = {
    "order": ORDER, "title": TITLE, "due": DUE, "done_on": DONE, "evidence": EVIDENCE, "year": _("År"),
    "weight": _("Vekt"),
}  # fmt: skip


def planned(year: int) -> list[Milestone]:
    """Every milestone in the year's action plan."""
    return [step for measure in snapshot.measures for step in measure.milestones if step.year == year]


def headline(steps: list[Milestone], year: int) -> str:
    """How many milestones there are, how many are reached and how many are late."""
    if not steps:
        return _("Ingen milepæler i handlingsplanen for {year} ennå.").format(year=year)
    return _("{year}: {said}").format(year=year, said=charts.plan_sentence(steps, today))


def chosen_year() -> int:
    """The year in the address; this one where there is none."""
    period = snapshot.strategy
    years = [str(n) for n in range(period.start.year, max(period.end.year, today.year + 1) + 1)]
    if st.query_params.get("ar") not in years:
        st.query_params["ar"] = str(today.year)
    return int(choices.pills(_("År"), "ar", years, str, required=True) or today.year)


def narrowed() -> tuple[str, tuple[Measure, ...]]:
    """What is chosen, as a name, and a page of the measures it is."""
    goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
    goal = choices.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
    part = ui.paged(snapshot.goal(goal).measures if goal else snapshot.measures, PAGE, "side")
    return f"{goal or ''}:{st.session_state.get('side', 1)}", part


def in_order(measure: Measure, year: int) -> list[Milestone]:
    """The measure's milestones of the year: those with a number first, then by their deadline."""
    mine = (step for step in measure.milestones if step.year == year)
    return sorted(mine, key=lambda s: (s.order is None, s.order or 0, s.due, s.key))


def line(measure: Measure, step: Milestone) -> Line:
    """One milestone as a row."""
    cells = {
        PICK: False, MEASURE: measure.key, ORDER: step.order, TITLE: step.title,
        DUE: step.due, DONE: step.done_on, EVIDENCE: step.evidence,
    }  # fmt: skip
    return Line(("milestone", step.key), step.version, f"{measure.key} {step.title}", cells)


def wanted(base: int, of: Line, cells: dict[str, Any]) -> Wanted:
    """What the row says."""
    number = cells[ORDER]
    fields = {
        "order": None if number is None else int(number), "title": sheets.text(cells, TITLE),
        "due": sheets.day(cells, DUE), "done_on": sheets.day(cells, DONE),
        "evidence": sheets.text(cells, EVIDENCE),
    }  # fmt: skip
    return Wanted(*of.ident, base, fields)


def sheet(chosen: str, measures: tuple[Measure, ...], year: int) -> None:
    """The milestones of these measures in one grid, checked and saved as one change."""
    lines = [line(measure, step) for measure in measures for step in in_order(measure, year)]
    opened = sheets.opened(f"milepal:{year}:{chosen}", lines)
    if not opened.lines:
        said = _("Disse tiltakene har ingen milepæler i {year}. Legg til den første under.")
        st.markdown(said.format(year=year))
        return
    opened.drawn(
        {
            PICK: st.column_config.CheckboxColumn(width=65),
            MEASURE: st.column_config.TextColumn(width=75),
            TITLE: st.column_config.TextColumn(width="large", max_chars=texts.LINE),
            ORDER: st.column_config.NumberColumn(width=60, min_value=1, max_value=99, step=1),
            DUE: st.column_config.DateColumn(width="small", format="DD.MM.YYYY"),
            DONE: st.column_config.DateColumn(width="small", format="DD.MM.YYYY"),
            EVIDENCE: st.column_config.TextColumn(width="large"),
        },
        locked=(MEASURE,),
    )
    rows = opened.edited()
    picked = {row.ident[1]: row.version for row, cells in rows if cells[PICK]}
    faults = [
        Fault(row.name, DUE, _("Milepælen må ha en frist."))
        for row, cells in rows
        if not sheets.day(cells, DUE)
    ]
    asked = [wanted(opened.base(row), row, cells) for row, cells in rows if sheets.day(cells, DUE)]
    moving(opened, picked, year)
    sheets.finish(opened, asked, faults, FIELDS, lambda n: plural("én milepæl", "{n} milepæler", n))


def moving(opened: sheets.Sheet, picked: dict[str, int], year: int) -> None:
    """What can be done with the rows that are picked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        move = st.button(
            _("Flytt de valgte til {year}").format(year=year + 1), disabled=not picked, key="move"
        )
        copy = st.button(
            _("Kopier de valgte til {year}").format(year=year + 1), disabled=not picked, key="copy"
        )
        if not picked:
            st.caption(_("Kryss av i kolonnen «Velg» for å flytte eller kopiere."))
    if move and sheets.attempt(
        lambda session, now: record.move_milestones(
            session, view.actor, view.strategy, picked, year + 1, now=now
        ),
        plural("én milepæl er flyttet", "{n} milepæler er flyttet", len(picked)),
    ):
        opened.close()
        st.rerun()
    if copy and sheets.attempt(
        lambda session, now: record.copy_year(
            session, view.actor, view.strategy, year, year + 1, keys=set(picked), now=now
        ),
        plural("én milepæl er kopiert", "{n} milepæler er kopiert", len(picked)),
    ):
        opened.close()
        st.rerun()


def last_year(year: int) -> None:
    """Take up what was not reached the year before."""
    left = [s for s in planned(year - 1) if not progress.is_done(s, today)]
    there = {(s.measure, texts.folded(s.title)) for s in planned(year)}
    fresh = [s for s in left if (s.measure, texts.folded(s.title)) not in there and is_open(s)]
    if not fresh:
        return
    said = plural("Én milepæl ble ikke nådd i {year}.", "{n} milepæler ble ikke nådd i {year}.", len(fresh))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(said.format(year=year - 1))
        if st.button(_("Kopier hit"), key="take-up") and sheets.attempt(
            lambda session, now: record.copy_year(
                session, view.actor, view.strategy, year - 1, year, now=now
            ),
            _("handlingsplanen for {year}").format(year=year),
        ):
            st.rerun()


def is_open(step: Milestone) -> bool:
    """Whether work is still expected in the milestone's measure."""
    return progress.is_open(snapshot.measure(step.measure))


def adding(measures: tuple[Measure, ...], year: int) -> None:
    """A new milestone in one of the measures on this page."""
    ui.section(_("Ny milepæl"))
    names = {measure.key: f"{measure.key} {measure.name}" for measure in measures}
    with st.form("ny-milepael", clear_on_submit=False):
        key = st.selectbox(_("Tiltak"), list(names), format_func=names.__getitem__, key="ny-tiltak")
        title = st.text_input(_("Hva skal nås"), max_chars=texts.LINE, key="ny-tittel")
        due = st.date_input(
            _("Frist"), None, format="DD.MM.YYYY", key=f"ny-frist-{year}", min_value=date(2000, 1, 1)
        )
        pressed = st.form_submit_button(_("Legg til"), type="primary")
    if pressed and due is None:
        st.warning(_("Ikke lagret. Milepælen må ha en frist."), icon=":material/edit:")
    elif pressed and due and key and sheets.attempt(
        lambda session, now: record.milestone(
            session, view.actor, view.strategy, record.milestone_key(session, view.strategy, key), 0,
            measure=key, title=title, due=due, year=year, now=now,
        ),
        _("milepælen «{title}»").format(title=title),
    ):  # fmt: skip
        st.rerun()


head = st.container()
year = chosen_year()
steps = planned(year)
with head:
    ui.heading(_("Handlingsplan"), headline(steps, year))
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
chosen, measures = narrowed()
ui.chart(ui.action_plan(measures, year), key="action")
if view.editable and measures:
    last_year(year)
    sheet(chosen, measures, year)
    adding(measures, year)
