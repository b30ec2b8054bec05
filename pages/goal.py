"""One main goal: its text, how far it is, who answers, its indicators, measure by measure."""

import streamlit as st

from strategy import dates, meetings, progress, ui
from strategy.i18n import _, plural
from strategy.snapshot import Goal, Measure, Subgoal
from strategy.ui import findings, milestones

PAGE = 12
ROWS = 25
BAR = 480

view = ui.view()
snapshot, today = view.snapshot, view.today


def chosen() -> Goal:
    """The goal this address is for."""
    return snapshot.goal(ui.address().removeprefix("hovedmal-"))


def lead(goal: Goal) -> str:
    """The year's milestones and those who answer, in one line."""
    stands = findings.standing(goal)
    said = [stands.now.sentence]
    who = stands.responsible
    said.append(_("Ansvarlige: {who}").format(who=", ".join(who)) if who else _("Ingen ansvarlig"))
    return ui.plain(" · ".join(said))


def judgement(goal: Goal) -> None:
    """The last judgement of the whole goal, in a person's words."""
    if not goal.report:
        return
    report = goal.report
    mark = ui.shown_badge(report, today)
    st.markdown(f"{mark} {ui.plain(report.done)}")
    st.caption(
        _("Vurdert {day} av {who}").format(day=dates.day(report.recorded_on), who=ui.plain(report.actor))
    )


def board(goal: Goal) -> None:
    """How sure the board is of the goal, and what it has asked."""
    said = []
    if believed := meetings.trend(snapshot, goal):
        said.append(_("Styrets tillit, fra 0 til 10: {said}").format(said=believed[-1].sentence))
    mine = {measure.key for measure in goal.measures}
    if waiting := [q for q in snapshot.questions if q.measure in mine and not q.answer]:
        form = "Styret har {n} ubesvart spørsmål ({keys})", "Styret har {n} ubesvarte spørsmål ({keys})"
        keys = ", ".join(dict.fromkeys(question.measure for question in waiting))
        said.append(plural(*form, len(waiting)).format(keys=keys))
    if said:
        st.caption(ui.plain(" · ".join(said)))


def measure_row(measure: Measure) -> None:
    """One measure: number, text, mark, who, how far and its indicators."""
    what, who, far = st.columns([6, 3, 4], gap="xsmall")
    with what.container(gap="xxsmall"):
        ui.measure_link(measure)
        st.markdown(f":gray[{ui.plain(measure.text)}]")
    who.markdown(f"{ui.shown_badge(measure.report, today)}  \n{ui.responsible(measure, today)}")
    indicated = (f":gray[{ui.plain(ui.indicator_line(i))}]" for i in measure.indicators)
    far.markdown("  \n".join((*map(ui.plain, ui.facts(measure)), *indicated)))


def subgoals(goal: Goal) -> None:
    """The subgoals with their measures; where there are many, one page of them at a time."""
    shown = ui.paged(goal.measures, PAGE, "side")
    for subgoal in goal.subgoals:
        mine = [measure for measure in shown if measure.subgoal == subgoal.key]
        if mine or not subgoal.measures:
            subgoal_card(subgoal, mine)


def subgoal_card(subgoal: Subgoal, measures: list[Measure]) -> None:
    """A subgoal with those of its measures that are on this page."""
    with st.container(border=True):
        title = f"{subgoal.key} {subgoal.text}"
        ui.section(title)
        if subgoal.printed != subgoal.key:
            st.caption(_("Trykt som {printed} i vedtatt dokument.").format(printed=ui.plain(subgoal.printed)))
        for measure in measures:
            measure_row(measure)
        if not subgoal.measures:
            st.caption(_("Ingen tiltak under dette delmålet."))


def all_indicators(goal: Goal) -> None:
    """Every indicator of the goal with its trend."""
    measured = ui.paged(tuple(i for i in goal.all_indicators if i.values), PAGE, "maalte")
    with ui.cards():
        for indicator in measured:
            ui.indicator_card(indicator)
    if silent := ui.paged(tuple(i for i in goal.all_indicators if not i.values), 50, "umaalte"):
        ui.section(_("Ingen tall er ført ennå"))
        st.markdown("\n".join(f"- {ui.plain(i.name)}{ui.proposal(i)}" for i in silent))


def log(goal: Goal) -> None:
    """Assessment over time, and every change of the goal's things."""
    ui.chart(ui.over_time(ui.paged(goal.measures, ROWS, "rader")), key=f"over-time-{goal.key}")
    with st.container(gap="xsmall"):
        for entry in ui.log(15, key=goal.key):
            ui.logged(entry)


goal = chosen()
number = _("Hovedmål {n} av {all}").format(n=goal.key, all=len(snapshot.goals))
ui.heading(number, goal.text, lead(goal))
stands = findings.standing(goal)
milestones.bar(stands.now, goal.key, BAR)
st.caption(ui.plain(progress.side_by_side(stands.years, today)), help=ui.plain(stands.now.beside) or None)
st.markdown(ui.counts(stands.counts))
judgement(goal)
board(goal)
measures, measured, log_tab = st.tabs(
    [_("Delmål og tiltak"), _("Indikatorer"), _("Historikk")], key="fane", bind="query-params"
)
if measures.open:
    with measures:
        subgoals(goal)
if measured.open:
    with measured:
        all_indicators(goal)
if log_tab.open:
    with log_tab:
        log(goal)
