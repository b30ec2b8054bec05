"""Where the strategy stands, as one picture: the finding, a card for each goal, the worries, what comes."""

from collections.abc import Mapping

import streamlit as st

from strategy import checks, empty, meetings, new_year, progress, since, ui, wheel
from strategy.errors import NotFound
from strategy.exports import measure
from strategy.i18n import _, plural
from strategy.snapshot import Goal
from strategy.terms import Assessment
from strategy.ui import beginnings, findings, meeting_parts, milestones, pictures, rows, since_last
from strategy.ui import new_year as copied
from strategy.values import spoken

WORRIES, MONTHS, NAMES, LATE = 3, 4, 12, 2

view = ui.view()
snapshot, today = view.snapshot, view.today


def changed() -> None:
    """How many marks are worse and better since the last meeting, as the way to all of it."""
    try:
        compared = since_last.compared()
    except NotFound:
        return
    found = compared.found
    said = _("Siden {start}: **{worse} verre, {better} bedre**").format(
        start=since.named(compared.start), worse=found.worse, better=found.better
    )
    if found.promises:
        count = len(found.promises)
        said += f", **{plural('{n} løfte ikke holdt', '{n} løfter ikke holdt', count)}**"
    st.page_link(ui.page("siden-sist"), label=said, icon="", width="content")


def overdue() -> None:
    """The measures past their deadline by name, as many as stand on a line; the rest behind a link."""
    late = [each for each in progress.counting(snapshot.measures) if progress.is_overdue(each, today)]
    if not late:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":red-badge[! {_('over frist')}]", width="content")
        for each in late[:LATE]:
            ui.measure_link(each)
        if late[LATE:]:
            label = plural("og {n} til", "og {n} til", len(late) - LATE)
            where = {"vis": "over-frist"}
            st.page_link(ui.page("tiltak"), label=label, icon="", query_params=where, width="content")


def a_new_year() -> None:
    """In January, while no meeting is set: the way to copy what is made anew every year."""
    if view.editable and new_year.is_awaited(snapshot, today):
        form = _("Ingen styremøter er lagt inn i {year}. Kopier møter, milepæler og måltall fra i fjor")
        copied.link(form.format(year=today.year), today.year)


def first_steps() -> None:
    """What to do first while nothing has been reported, and the example to look at."""
    if view.editable:
        beginnings.links()
    st.button(_("Se med eksempeldata"), icon=":material/science:", on_click=ui.enter_example)


def card(goal: Goal, before: Mapping[str, Assessment]) -> None:
    """One goal: its year as a bar, and a row for each measure."""
    with st.container(border=True, height="stretch", gap="xxsmall"):
        label = f"**{ui.plain(f'{goal.key} {goal.name}')}**"
        with st.container(key=f"named-{goal.key}"):
            st.page_link(
                ui.page(f"hovedmal-{goal.key}"),
                label=label,
                icon=":material/arrow_forward:",
                icon_position="right",
            )
        found = findings.standing(goal).now
        pictures.bar(found)
        milestones.link(found, goal.key)
        rows.of_goal(goal, before)


def worries() -> None:
    """What most needs the board, each with its reason; a deviation never without its cause and remedy."""
    found = ui.cached(checks.attention)
    ui.section(_("Krever oppmerksomhet"))
    if not found:
        st.markdown(empty.attention(snapshot))
        return
    for finding in found[:WORRIES]:
        with st.container(gap=None):
            worrying = snapshot.measure(finding.measure_key)
            label = f"{ui.symbol(finding.assessment)} **{ui.plain(worrying.key)}** {ui.plain(worrying.name)}"
            st.page_link(ui.page("tiltak"), label=label, icon="", query_params={"t": worrying.key})
            st.markdown(ui.plain(why(finding)))
    if len(found) > WORRIES:
        label = _("Alle {n} tiltak som krever oppmerksomhet").format(n=len(found))
        st.page_link(
            ui.page("tiltak"), label=label, icon=":material/arrow_forward:", query_params={"vis": "krever"}
        )


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


def coming() -> None:
    """The next three months: the next meeting, and month by month every day with its name."""
    ui.section(_("De neste tre månedene"))
    board()
    shown = [month for month in pictures.months(MONTHS) if month.events]
    if not shown:
        st.markdown(_("Ingen møter eller frister er lagt inn."))
    for month in shown:
        with st.container(gap="xxsmall"):
            count = plural("{n} dato", "{n} datoer", len({event.day for event in month.events}))
            st.markdown(f"**{month.name}**")
            st.image(month.days, alt=f"{month.name}: {count}", width="stretch")
            st.markdown("  \n".join(map(named, month.events[:NAMES])))
            more_of(len(month.events) - NAMES)


def more_of(count: int) -> None:
    """The way to what there was no room for."""
    if count > 0:
        label = plural("{n} til i Årshjulet", "{n} til i Årshjulet", count)
        st.page_link(ui.page("arshjul"), label=label, icon=":material/arrow_forward:")


def named(event: wheel.Event) -> str:
    """A day and what is on it; what the board does is strong."""
    name = ui.plain(f"{event.measure} {event.title}".strip())
    said = f"**{name}**" if event.kind is wheel.Kind.MEETING else name
    return f"**{event.day.day}.** {said}"


def board() -> None:
    """The next meeting, as the way to it, and what is decided and not done."""
    if not snapshot.meetings:
        return
    said, papers = meeting_parts.next_in_words(snapshot, today)
    if waiting := meetings.open_decisions(snapshot):
        form = plural("Ett vedtak venter på oppfølging.", "{n} vedtak venter på oppfølging.", len(waiting))
        papers += f" {form}"
    following = meeting_parts.next_of(snapshot, today)
    where = {"m": following.key, "fane": meeting_parts.first_part(following)} if following else {}
    label = ui.plain(f"{said}. {papers}")
    st.page_link(ui.page("styremoter"), label=label, icon=":material/groups:", query_params=where)


def numbers() -> None:
    """All that is counted, year by year, each number with the way to its list; and what it rests on."""
    with st.expander(
        _("Milepælene år for år, og hva tallene bygger på"), key="milepaeler", on_change="rerun"
    ) as folded:
        if folded.open:
            milestones.links(findings.now())
            pictures.side_by_side()
            st.markdown(ui.plain(checks.basis(snapshot.measures, today)))
            st.markdown(ui.plain(findings.now().beside))


ui.heading("", ui.cached(checks.headline), ui.plain(findings.in_words()))
with st.container(horizontal=True, vertical_alignment="center"):
    if snapshot.reports:
        st.markdown(ui.counts(findings.counts()), width="content")
        changed()
    else:
        first_steps()
overdue()
a_new_year()
before = since_last.before()
for column, goal in zip(st.columns(max(1, len(snapshot.goals)), gap="small"), snapshot.goals, strict=False):
    with column:
        card(goal, before)
pictures.legend()
left, right = st.columns(2, gap="medium")
with left:
    worries()
    numbers()
with right:
    coming()
st.caption(ui.plain(_("Visjon: {vision}").format(vision=snapshot.strategy.vision)))
