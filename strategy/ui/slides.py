"""The slides of presentation mode: one thing at a time, from the numbers the meeting has frozen."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from strategy import charts, checks, dates, meetings
from strategy.i18n import _, plural
from strategy.progress import is_open
from strategy.snapshot import AgendaItem, Decision, Goal, Measure, Meeting, Question, Snapshot
from strategy.terms import ItemKind
from strategy.ui import findings, meeting_parts, since_last
from strategy.ui.markdown import plain
from strategy.ui.parts import (
    counts,
    facts,
    report_lines,
    responsible,
    shown_badge,
)
from strategy.ui.view import cached, dark, view

LINES = 4
WORST = 2


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture on the wall: what it is called, its finding, and what draws the rest."""

    name: str
    title: str
    draw: Callable[[], None]


def heading(meeting: Meeting, slide: Slide) -> None:
    """What is shown small, with the day its numbers hold for; the finding large."""
    number, day = _("Styremøte nr. {n}").format(n=meeting.number), dates.day(view().today)
    said = (number, slide.name, _("tall per {day}").format(day=day))
    st.session_state["identity"].caption(plain(" · ".join(said)))
    st.title(plain(slide.title), anchor=False)


def deck(meeting: Meeting, live: Snapshot, compared: since_last.Compared | None) -> tuple[Slide, ...]:
    """All the slides of a meeting in their order; what is decided comes last, as it grows.

    Run where the meeting's numbers stand. `live` is the plan as it is now, with what is asked and decided;
    `compared` is what has happened since the meeting before.
    """
    return (
        _whole(),
        _news(compared),
        *(_goal(goal, meeting, live) for goal in view().snapshot.goals),
        _questions(meeting, live),
        *(_case(item, live) for item in live.items_of(meeting.key) if item.kind is ItemKind.DECISION),
        _decided(meeting, live),
    )


def of_measure(measure: Measure, live: Snapshot) -> Slide:
    """The slide of one measure, for a question from the table."""

    def draw() -> None:
        today = view().today
        phase = [plain(measure.phase.label)] if measure.phase else []
        st.markdown(" · ".join((shown_badge(measure.report, today), *phase, *map(plain, facts(measure)))))
        st.markdown(plain(measure.text))
        st.markdown(responsible(measure, today))
        if measure.report:
            st.markdown("\n\n".join(report_lines(measure.report)))
        for question in meetings.questions_on(live, measure.key):
            _asked(question, live)

    return Slide(_("Tiltak {n}").format(n=measure.key), measure.name, draw)


def _whole() -> Slide:
    """Where the strategy stands: the marks, and each goal against time."""

    def draw() -> None:
        seen = view()
        st.markdown(plain(cached(checks.subline)))
        st.markdown(counts(findings.counts()))
        goals = seen.snapshot.goals
        for column, goal in zip(st.columns(max(1, len(goals)), gap="medium"), goals, strict=False):
            with column.container(gap="xsmall"):
                _bar(goal)
                st.markdown(f"**{plain(f'{goal.key} {goal.name}')}**")
                st.markdown(plain(_said(goal)))

    return Slide(_("Helheten"), cached(checks.headline), draw)


def _bar(goal: Goal) -> None:
    """A goal's share against time."""
    seen, stands = view(), findings.standing(goal)
    elapsed = seen.snapshot.strategy.period.elapsed(seen.today)
    bar = charts.goal_bar_svg(stands.done.share, elapsed, dark=dark())
    st.image(bar, alt=_said(goal), width="stretch")


def _said(goal: Goal) -> str:
    """The same in words."""
    stands = findings.standing(goal)
    return " · ".join((stands.done.sentence, *([stands.pace.sentence] if stands.pace else [])))


def _news(compared: since_last.Compared | None) -> Slide:
    """What has happened since the meeting before, worst first, and what was promised and not done."""
    name = _("Siden sist")
    if compared is None:
        return Slide(name, _("Det er ingenting å sammenligne med ennå"), _nothing)
    found = compared.found
    told = [line for line in found.lines if isinstance(line.thing, Measure) and (line.facts or line.after)]

    def draw() -> None:
        for line in told[:LINES]:
            st.markdown(since_last.in_short(line))
        if len(told) > LINES:
            st.caption(_("og {n} tiltak til").format(n=len(told) - LINES))
        if found.promises:
            said = plural("{n} løfte er ikke holdt.", "{n} løfter er ikke holdt.", len(found.promises))
            st.caption(said)

    return Slide(name, compared.headline(), draw)


def _goal(goal: Goal, meeting: Meeting, live: Snapshot) -> Slide:
    """One goal: how far, its marks, and what is worst in it with why."""

    def draw() -> None:
        left, right = st.columns([2, 3], gap="medium")
        with left.container(gap="small"):
            _bar(goal)
            st.markdown(plain(_said(goal)))
            st.markdown(counts(findings.standing(goal).counts))
            until = meeting.held_on
            if believed := [b for b in meetings.trend(live, goal) if b.meeting.held_on <= until]:
                said = _("Styrets tillit, fra 0 til 10: {said}").format(said=believed[-1].sentence)
                st.caption(plain(said))
        with right.container(gap="small"):
            found = _worst(goal, view().snapshot)
            for measure in found[:WORST]:
                _trouble(measure)
            if more := len(found) - WORST if len(found) > WORST else 0:
                st.caption(plural("og {n} tiltak til krever oppmerksomhet",
                                  "og {n} tiltak til krever oppmerksomhet", more))  # fmt: skip

    pace = findings.standing(goal).pace
    title = f"{goal.name}: {pace.sentence}" if pace else goal.name
    return Slide(_("Hovedmål {n}").format(n=goal.key), title, draw)


def _trouble(measure: Measure) -> None:
    """A measure that needs attention, with why and what then."""
    mark = shown_badge(measure.report, view().today)
    st.markdown(f"**{plain(measure.key)}** {plain(measure.name)} {mark}")
    if measure.report and measure.report.cause:
        form = _("{cause} Slik rettes det opp: {remedy}")
        st.caption(plain(form.format(cause=measure.report.cause, remedy=measure.report.remedy)))


def _worst(goal: Goal, shown: Snapshot) -> list[Measure]:
    mine = {measure.key for measure in goal.measures}
    found = [f.measure_key for f in cached(checks.attention) if f.measure_key in mine]
    return [shown.measure(key) for key in found if is_open(shown.measure(key))]


def _questions(meeting: Meeting, live: Snapshot) -> Slide:
    """What the board has asked and nobody has answered yet."""
    asked = meetings.questions(live, meeting.key)
    form = plural("Ett spørsmål venter på svar", "{number} spørsmål venter på svar", len(asked.open))
    title = form.format(number=dates.in_words(len(asked.open), capital=True))

    def draw() -> None:
        for question in asked.open:
            _asked(question, live)
        if asked.answered:
            answered = len(asked.answered)
            st.caption(plural("{n} spørsmål er besvart.", "{n} spørsmål er besvart.", answered))

    return Slide(_("Spørsmål"), title if asked.open else _("Ingen spørsmål venter på svar"), draw)


def _asked(question: Question, live: Snapshot) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(question.measure)}** {plain(question.text)}")
        st.caption(plain(meetings.who(live, question.asked_by)))
        if question.answer:
            st.markdown(plain(_("Svar: {text}").format(text=question.answer)))


def _case(item: AgendaItem, live: Snapshot) -> Slide:
    """A case the board must decide: the proposal, and then what was decided."""
    decided = meetings.decisions_in(live, item.key)

    def draw() -> None:
        if decided:
            for decision in decided:
                _decision(decision, live)
        else:
            st.caption(_("Forslag til vedtak"))
            st.markdown(plain(item.proposal) or _("Det er ikke skrevet noe forslag."))
            if item.summary:
                st.markdown(plain(item.summary))

    return Slide(meeting_parts.case_number(item), item.title, draw)


def _decided(meeting: Meeting, live: Snapshot) -> Slide:
    """What has been decided so far."""
    found = [decision for decision in live.decisions if decision.meeting == meeting.key]
    title = plural("Styret har gjort ett vedtak", "Styret har gjort {n} vedtak", len(found))

    def draw() -> None:
        for decision in found:
            st.caption(plain(meeting_parts.case_number(live.item(decision.item))))
            _decision(decision, live)

    return Slide(_("Vedtak"), title if found else _("Ingen vedtak er gjort ennå"), draw)


def _decision(decision: Decision, live: Snapshot) -> None:
    st.markdown(f"**{plain(decision.text)}**")
    st.markdown(" · ".join(meeting_parts.decision_facts(decision, live)))


def _nothing() -> None:
    """A slide that says it all in its title."""
