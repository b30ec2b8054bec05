"""One measure with all that is said of it."""

import streamlit as st

from strategy import current, dates, history, meetings, progress, searching, wording
from strategy.i18n import _
from strategy.snapshot import Measure, Report
from strategy.things import Telling, shapes
from strategy.ui import attachments, decisions, lifeline, notes, query, questions, role_forms
from strategy.ui.markdown import plain
from strategy.ui.parts import (
    MEASURES,
    UPDATE,
    badge,
    facts,
    goal_page,
    heading,
    indicator_card,
    measure_link,
    paged,
    report_lines,
    responsible,
    section,
    shown_badge,
)
from strategy.ui.view import reports, view

PAGE = 12
SHOWN = 5


def show(measure: Measure) -> None:
    """One measure: its finding and its lifeline, then why, what is next, and its parts."""
    seen = view()
    today = seen.today
    goal, subgoal = seen.snapshot.goal_of(measure), seen.snapshot.subgoal(measure.subgoal)
    kicker = _("Tiltak {n} · Hovedmål {goal}").format(n=measure.key, goal=goal.key)
    heading(kicker, f"{measure.name}: {lifeline.of(measure).finding}")
    mark, phase = shown_badge(measure.report, today), measure.phase.label if measure.phase else ""
    said = [] if phase in ("", progress.mark_of(measure.report, today).word) else [plain(phase)]
    st.markdown(" · ".join([mark, *said, responsible(measure, today), *map(plain, facts(measure))]))
    lifeline.draw(measure)
    st.markdown(lifeline.of(measure).thread)
    st.markdown(f"> {plain(measure.text)}")
    form = (
        _("Vedtatt tekst. Delmål {subgoal}")
        if seen.snapshot.is_adopted(measure.key)
        else _("Endret uten vedtak. Delmål {subgoal}")
    )
    st.caption(form.format(subgoal=plain(f"{subgoal.key} {subgoal.text}")))
    _tags(measure)
    _succeeded(measure)
    _merged(measure)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _now(measure)
    with right:
        st.markdown(f"**{_('Milepæler')}** :small[{plain(progress.of_measure(measure, today))}]")
        lifeline.milestones(measure)
    lifeline.legend()
    with st.container(horizontal=True):
        if seen.editable and not measure.retired:
            st.page_link(
                UPDATE, label=_("Skriv rapport"), icon=":material/edit:", query_params={"t": measure.key}
            )
        st.page_link(goal_page(goal), label=_("Til hovedmål {n}").format(n=goal.key), icon=":material/flag:")
        st.page_link(MEASURES, label=_("Alle tiltak"), icon=":material/list:")
    _parts(measure)


def _now(measure: Measure) -> None:
    """What was said last, what the board waits to be answered, and the documents."""
    if measure.report:
        _told(measure.report)
    else:
        st.markdown(_("Ingen har rapportert på tiltaket ennå."))
    _waiting(measure)
    if links := view().snapshot.links_of(measure.key):
        st.markdown(f"{_('Dokumenter')}: {notes.document_line(links[:SHOWN])}")
    attachments.of(measure.key)


def _tags(measure: Measure) -> None:
    """Each tag as the way to all that have it."""
    if tags := view().snapshot.tags_of(measure.key):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_("Stikkord"), width="content")
            for tag in tags:
                where = {"stikkord": tag}
                st.page_link(MEASURES, label=plain(tag), icon="", query_params=where, width="content")


def _succeeded(measure: Measure) -> None:
    """What the measure goes on with, in the strategy before."""
    if not measure.succeeds:
        return
    seen = view()
    earlier = [p for p in current.periods(seen.state) if p.start < seen.snapshot.strategy.start]
    if not earlier:
        st.caption(plain(_("Viderefører tiltak {key} i forrige strategi").format(key=measure.succeeds)))
        return
    said = _("Viderefører tiltak {key} i {strategy}").format(key=measure.succeeds, strategy=earlier[-1].name)
    where = {"t": measure.succeeds, "strategi": earlier[-1].key}
    st.page_link(MEASURES, label=plain(said), icon=":material/history:", query_params=where)


def _merged(measure: Measure) -> None:
    """The one it was merged with, either way; the history of each stands on its own page."""
    shown = view().snapshot
    if heir := shown.heir_of(measure.key):
        said, other = _("Slått sammen med"), heir
    elif measure.merged_from in {each.key for each in shown.retired}:
        said, other = _("Har tatt opp i seg"), shown.measure(measure.merged_from)
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(said, width="content")
        measure_link(other)


def _waiting(measure: Measure) -> None:
    """What the board has asked and nobody has answered: it should not have to be looked for."""
    for question in meetings.questions_on(view().snapshot, measure.key):
        if not question.answer:
            who = meetings.who(view().snapshot, question.asked_by)
            asked = _("{who} spør: {text}").format(who=who, text=question.text)
            st.info(plain(asked), icon=":material/help:")


def _told(report: Report) -> None:
    """What one report says, each part under its name."""
    with st.container(border=True):
        when, who = dates.day(report.recorded_on), report.actor
        st.markdown(f"**{plain(_('Rapportert {when} av {who}').format(when=when, who=who))}**")
        st.markdown("  \n".join(report_lines(report)))


REPORTS, INDICATORS, BOARD, NOTES, HELD = "rapporter", "indikatorer", "styret", "notater", "ansvar"
"""The parts of a measure by their names in the address (`/tiltak?t=1.2.2&del=styret`)."""

BEFORE = {
    "Tidligere rapporter": REPORTS,
    "Milepæler": REPORTS,
    "Indikatorer": INDICATORS,
    "Styret": BOARD,
    "Kommentarer": NOTES,
    "Dokumenter": NOTES,
    "Ansvar": HELD,
    "Versjoner": HELD,
}
"""What they were called when there were eight; milestones stand on the page itself now."""


def _parts(measure: Measure) -> None:
    """The parts of a measure; which one is shown stands in the address."""
    if (asked := st.query_params.get("del")) in BEFORE:
        st.query_params["del"] = BEFORE[asked]
    names = {
        REPORTS: _("Tidligere rapporter"),
        INDICATORS: _("Indikatorer"),
        BOARD: _("Styret"),
        NOTES: _("Kommentarer og dokumenter"),
        HELD: _("Ansvar og versjoner"),
    }
    part = query.pills(_("Vis"), "del", list(names), names.__getitem__, required=True, hidden=True)
    DRAW[part or REPORTS](measure)


def _indicators(measure: Measure) -> None:
    if not measure.indicators:
        st.markdown(_("Tiltaket har ingen indikator. Legg den til i planfila."))
    for indicator in measure.indicators:
        indicator_card(indicator)


def _board(measure: Measure) -> None:
    decisions.thread(measure.key)
    questions.of_measure(measure.key)


def _notes(measure: Measure) -> None:
    section(_("Kommentarer"))
    notes.comments(measure.key)
    section(_("Dokumenter"))
    notes.documents(measure.key)
    said = _("Milepælen «{title}», frist {due}")
    steps = {s.key: said.format(title=s.title, due=dates.day(s.due)) for s in measure.milestones}
    attachments.form({measure.key: _("Tiltaket"), **steps})


def _held(measure: Measure) -> None:
    section(_("Ansvar"))
    role_forms.responsibilities(measure)
    section(_("Versjoner"))
    _all_versions(measure)


def _earlier_reports(measure: Measure) -> None:
    """The thread, newest first."""
    said = reports([measure.key]).get(measure.key, ())[:-1]
    if not said:
        st.markdown(_("Ingen tidligere rapporter på dette tiltaket."))
    for report in paged(said[::-1], searching.PAGE, "rapporter"):
        mark = badge(report.assessment, report.assessment.label)
        phase = f" · {report.phase.label}" if report.phase else ""
        head = f"**{dates.day(report.recorded_on)}** {mark} {plain(phase)} · {plain(report.actor)}"
        st.markdown("  \n".join((head, *report_lines(report))))


def _all_versions(measure: Measure) -> None:
    """Each version of the adopted text and its frame, newest first: who made it, and what was new in it."""
    seen = view()
    with seen.database.reading() as session:
        trail = history.trail(session, seen.strategy, "measure", measure.key, seen.snapshot.change_id)
    pairs = tuple(zip(trail, (None, *trail), strict=False))
    with st.container(border=True, gap="small"):
        for version, before in paged(pairs[::-1], PAGE, "versjoner"):
            who, what = st.columns([4, 5], gap="xxsmall")
            made = _("Versjon {n}, {when}").format(n=version.version, when=dates.clock(version.recorded_at))
            who.markdown(f"**{plain(made)}**  \n{plain(version.actor)}")
            what.markdown("  \n".join(map(plain, _new_in(version, before))))


def _new_in(version: history.Version, before: history.Version | None) -> list[str]:
    """The fields of a version that are not as before, but for those that are no news."""
    if version.retired:
        return [_("Tatt ut av planen")]
    forms = {"name": _("Kortnavn: {said}"), "due": _("Frist {said}"), "text": _("Tekst: {said}")}
    plain_form, told = _("{what}: {said}"), shapes("measure")
    said = [
        forms.get(name, plain_form).format(what=told[name].refused, said=wording.said(version.fields[name]))
        for name in (*forms, *(name for name in told if name not in forms))
        if (name in forms or told[name].telling is not Telling.QUIET)
        and wording.said(version.fields[name]) != (wording.said(before.fields[name] if before else None))
    ]
    return said or [_("Kortnavn, frist og tekst som før")]


DRAW = {
    REPORTS: _earlier_reports,
    INDICATORS: _indicators,
    BOARD: _board,
    NOTES: _notes,
    HELD: _held,
}
