"""Where the strategy stands: the finding, the goals, what needs attention and what has changed."""

import streamlit as st

from strategy import charts, checks, empty, meetings, since, ui
from strategy.errors import NotFound
from strategy.exports import measure
from strategy.i18n import _, mark, plural
from strategy.snapshot import Goal
from strategy.ui import findings, meeting_parts, milestones, since_last
from strategy.values import spoken

SHOWN = 4
NEWS = 6

view = ui.view()
snapshot, today = view.snapshot, view.today


def goal_card(goal: Goal) -> None:
    """One goal: the year's milestones with the way to them, and the marks of its measures."""
    stands = findings.standing(goal)
    with st.container(border=True, height="stretch", gap="xsmall"):
        label = f"**{ui.plain(f'{goal.key} {goal.name}')}**"
        st.page_link(ui.goal_page(goal), label=label, icon=":material/arrow_forward:", icon_position="right")
        milestones.bar(stands.now, goal.key)
        st.markdown(ui.symbols(stands.counts))


def attention() -> None:
    """What a board should look at, with its reason; a deviation never without its cause and remedy."""
    found = ui.cached(checks.attention)
    ui.section(_("Krever oppmerksomhet"))
    if not found:
        st.markdown(empty.attention(snapshot))
        return
    with st.container(border=True, gap="small"):
        for finding in found[:SHOWN]:
            with st.container(gap="xxsmall"):
                shown = ui.badge(finding.assessment, short(finding))
                ui.measure_row(snapshot.measure(finding.measure_key), shown)
                st.caption(ui.plain(why(finding)))
    if len(found) > SHOWN:
        label = _("Alle {n} tiltak som krever oppmerksomhet").format(n=len(found))
        st.page_link(
            ui.MEASURES, label=label, icon=":material/arrow_forward:", query_params={"vis": "krever"}
        )


REASONS = {
    checks.Reason.OVERDUE: mark("Over frist"),
    checks.Reason.DEADLINE_MOVED: mark("Frist flyttet"),
    checks.Reason.STALE: mark("Ikke oppdatert"),
    checks.Reason.WORSENING: mark("Indikator går feil vei"),
    checks.Reason.LATE_MILESTONES: mark("Milepæl over frist"),
    checks.Reason.PROMISE_PASSED: mark("Lovet, ikke gjort"),
}


def short(finding: checks.Finding) -> str:
    """What is the matter, in two or three words."""
    is_assessed = finding.kind is checks.Reason.MAJOR_DEVIATION
    return finding.assessment.label if is_assessed else _(REASONS[finding.kind])


def why(finding: checks.Finding) -> str:
    """All that is the matter, and in the reporter's own words why and what then."""
    first = () if finding.kind is checks.Reason.MAJOR_DEVIATION else (finding.sentence,)
    said = [f"{' · '.join((*first, *finding.others))}."] if first or finding.others else []
    if finding.cause:
        form = _("{cause} Slik rettes det opp: {remedy}")
        said.append(form.format(cause=finding.cause, remedy=finding.remedy))
    if finding.cause and finding.report:
        said.append(f"({spoken(measure.said_by(finding.report))})")
    return " ".join(said)


def changed() -> None:
    """What has happened since the last meeting, worst first; mere reports only as a number."""
    try:
        compared = since_last.compared()
    except NotFound as refusal:
        ui.section(_("Endret de siste ukene"))
        st.markdown(ui.plain(str(refusal)))
        return
    found = compared.found
    ui.section(_("Endret siden {start}").format(start=since.named(compared.start)))
    told = [line for line in found.measures if line.facts or line.after]
    st.markdown("\n".join(f"- {since_last.in_short(line)}" for line in told[:NEWS]))
    quiet = len(found.measures) - len(told)
    if found.is_empty:
        unchanged = _("Ingen tiltak er rapportert eller endret siden da.")
        st.markdown(unchanged if found.reported else since.nothing_said())
    rest = []
    if quiet:
        rest.append(plural("{n} ny rapport til.", "{n} nye rapporter til.", quiet))
    if found.promises:
        count = len(found.promises)
        rest.append(f"**{plural('{n} løfte er ikke holdt.', '{n} løfter er ikke holdt.', count)}**")
    if rest:
        st.markdown(" ".join(rest))
    label = _("Alt som er nytt siden {start}").format(start=since.named(compared.start))
    st.page_link("since.py", label=label, icon=":material/arrow_forward:")


def board() -> None:
    """The next meeting and what is decided and not done, in one quiet line."""
    if not snapshot.meetings:
        return
    said, papers = meeting_parts.next_in_words(snapshot, today)
    if waiting := meetings.open_decisions(snapshot):
        form = plural("Ett vedtak venter på oppfølging.", "{n} vedtak venter på oppfølging.", len(waiting))
        papers += f" {form}"
    st.page_link(ui.MEETINGS, label=ui.plain(f"{said}. {papers}"), icon=":material/groups:", query_params={})


def first_steps() -> None:
    """What to do when nothing has been reported."""
    with st.container(border=True):
        st.markdown(
            _("Planen er lest inn slik den er vedtatt. Når den første rapporten er skrevet, vises den her.")
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if view.editable:
                st.page_link(ui.UPDATE, label=_("Skriv den første rapporten"), icon=":material/edit:")
            st.button(_("Se med eksempeldata"), icon=":material/science:", on_click=ui.enter_example)


ui.heading("", ui.cached(checks.headline), ui.plain(ui.cached(checks.subline)))
milestones.links(findings.now())
if snapshot.reports:
    st.markdown(ui.counts(findings.counts()))
else:
    first_steps()
board()
for card, goal in zip(st.columns(max(1, len(snapshot.goals))), snapshot.goals, strict=False):
    with card:
        goal_card(goal)
if snapshot.reports:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        attention()
    with right:
        changed()
    said = _("Milepælene år for år, som figur og tabell")
    with st.expander(said, key="milepaeler", on_change="rerun") as folded:
        if folded.open:
            ui.chart(charts.years(findings.years(), today), key="years")
st.caption(ui.plain(_("Visjon: {vision}").format(vision=snapshot.strategy.vision)))
