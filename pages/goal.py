"""One main goal as one picture: the finding, its years, who answers, each measure's story, its indicators."""

import streamlit as st

from strategy import dates, meetings, progress, ui
from strategy.i18n import _, plural
from strategy.snapshot import Decision, Goal, Measure
from strategy.ui import findings, gauges, meeting_parts, milestones, pictures, rows, since_last

MARKS, GAUGES, LINES, DECISIONS = 12, 12, 40, 5
"""How many of each are on the page before one goes on to all of them."""

view = ui.view()
snapshot, today = view.snapshot, view.today


def chosen() -> Goal:
    """The goal this address is for."""
    return snapshot.goal(ui.address().removeprefix("hovedmal-"))


def years(goal: Goal) -> None:
    """This year's milestones as a bar with the way to them, and the years side by side."""
    found = findings.standing(goal).now
    with st.container(gap="xxsmall"):
        pictures.bar(found, 20)
        milestones.link(found, goal.key)
        pictures.side_by_side(goal.key, found.beside)


def judgement(goal: Goal) -> None:
    """The last judgement of the goal, in a person's words."""
    if report := goal.report:
        who = _("Vurdert {day} av {who}").format(day=dates.day(report.recorded_on), who=report.actor)
        mark = ui.shown_badge(report, today)
        st.markdown(f"{mark} {ui.plain(report.done)} :small[:gray[{ui.plain(who)}]]")
    else:
        st.markdown(_("Målet er ikke vurdert ennå."))
        if view.editable:
            label, where = _("Vurder målet"), {"t": goal.key}
            st.page_link(ui.page("oppdatering"), label=label, icon=":material/edit:", query_params=where)


def board(goal: Goal) -> list[str]:
    """How sure the board is of the goal, and what it has asked."""
    said = []
    if believed := meetings.trend(snapshot, goal):
        said.append(_("Styrets tillit, fra 0 til 10: {said}").format(said=believed[-1].sentence))
    mine = {measure.key for measure in goal.measures}
    if waiting := [q for q in snapshot.questions if q.measure in mine and not q.answer]:
        form = "Styret har {n} ubesvart spørsmål ({keys})", "Styret har {n} ubesvarte spørsmål ({keys})"
        keys = ", ".join(dict.fromkeys(question.measure for question in waiting))
        said.append(plural(*form, len(waiting)).format(keys=keys))
    return said


def answering(goal: Goal) -> None:
    """How it goes, and who answers for what of it: the mark of every measure, with the way to the role."""
    with st.container(gap="xxsmall"):
        for each in findings.answering(goal):
            marks = [marked(measure) for measure in each.measures[:MARKS]]
            marks += [f"{marked(measure)} {_('(forslag)')}" for measure in each.proposed[:MARKS]]
            left = len(each.measures) + len(each.proposed) - len(marks)
            marks += [_("og {n} til").format(n=left)] if left else []
            label = f":small[{ui.plain(each.title)} {' '.join(marks)}]"
            if each.person:
                st.page_link(ui.page("ansvarlige"), label=label, icon="", query_params={"p": each.person})
            else:
                st.markdown(label)


def marked(measure: Measure) -> str:
    """A measure by its number, with its mark as it may be shown."""
    shown = progress.mark_of(measure.report, today)
    return f"{ui.symbol(shown.assessment)}{dates.HARD_SPACE}{ui.plain(measure.key)}"


def multiples(goal: Goal) -> None:
    """Every measured indicator small beside the others, on one line of time; the rest in words."""
    found = findings.by_gap(goal.key)
    drawn = [indicator for indicator in found if gauges.has_figure(indicator)][:GAUGES]
    if not found:
        st.markdown(_("Målet har ingen indikatorer."))
    elif not any(indicator.values for indicator in found):
        st.markdown(_("Ingen tall er ført ennå."))
    gauges.multiples(drawn, 2, 130)
    label = _("Alle indikatorene til målet")
    st.page_link(
        ui.page("indikatorer"), label=label, icon=":material/arrow_forward:", query_params={"mal": goal.key}
    )
    if rest := [indicator for indicator in goal.all_indicators if indicator not in drawn]:
        said = plural("{n} indikator uten figur", "{n} indikatorer uten figur", len(rest))
        with st.expander(said, type="compact"):
            st.markdown("\n".join(f"- {ui.plain(ui.indicator_line(each))}" for each in rest[:LINES]))


def decided(goal: Goal) -> None:
    """How sure the board is, what it has asked and what it has decided, the newest first."""
    ui.section(_("Styret"))
    if asked := board(goal):
        st.markdown(ui.plain(" · ".join(asked)))
    found = findings.decisions(goal)
    if not found:
        st.markdown(_("Styret har ikke vedtatt noe om tiltakene under målet."))
    for decision in found[:DECISIONS]:
        told(decision)
    if older := found[DECISIONS:]:
        said = plural("{n} eldre vedtak", "{n} eldre vedtak", len(older))
        with st.expander(said, key="eldre-vedtak", on_change="rerun") as folded:
            if folded.open:
                for decision in ui.paged(older, 25, "side"):
                    told(decision)


def told(decision: Decision) -> None:
    """A decision in its own words, with the case it was made in and what came of it."""
    meeting, case = snapshot.meeting(decision.meeting), meetings.case(snapshot, decision)
    with st.container(gap=None):
        number = meeting_parts.case_number(case) if case else _("Vedtak")
        meeting_parts.link(meeting, "vedtak", ui.plain(f"{number}, {meeting_parts.short(meeting)}"))
        about = ", ".join(decision.measures)
        late = meeting_parts.late_badge(decision)
        st.markdown(
            f"{ui.plain(decision.text)} :small[:gray[{ui.plain(f'{about} · {decision.state.label}')}]]{late}"
        )


def behind() -> None:
    """The adopted words, and every version of them."""
    ui.section(_("Vedtatt tekst"))
    with st.expander(_("Delmålene og tiltakene slik de er vedtatt")):
        st.markdown("\n".join(findings.adopted(goal)))
    label = _("Alle endringer i målet, delmålene og tiltakene")
    st.page_link(
        ui.page("endringslogg"), label=label, icon=":material/history:", query_params={"gjelder": goal.key}
    )


goal = chosen()
number = _("Hovedmål {n} av {all}").format(n=goal.key, all=len(snapshot.goals))
stands = findings.standing(goal)
ui.heading(number, stands.headline, f"{ui.symbols(stands.counts)} \u2002 :small[{ui.plain(goal.text)}]")
for column, part in zip(st.columns([5, 6, 5], gap="medium"), (years, judgement, answering), strict=True):
    with column:
        part(goal)
left, right = st.columns([3, 2], gap="small")
with left, st.container(border=True, gap="xxsmall"):
    rows.by_subgoal(goal, since_last.before())
with right, st.container(border=True, gap="small"):
    multiples(goal)
pictures.legend()
if any(map(gauges.has_figure, goal.all_indicators)):
    gauges.legend()
left, right = st.columns(2, gap="medium")
with left:
    decided(goal)
with right:
    behind()
