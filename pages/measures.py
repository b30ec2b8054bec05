"""All measures, with search and filters kept in the address; one of them where the address names it."""

import streamlit as st

from strategy import checks, people, progress, texts, ui, wording
from strategy.i18n import _, plural
from strategy.snapshot import Measure
from strategy.terms import Assessment, Phase
from strategy.ui import measure, query

PAGE = 25

view = ui.view()
snapshot, today = view.snapshot, view.today


def listed() -> None:
    """The list, narrowed by what stands in the address."""
    ui.heading(_("Tiltak"), ui.cached(checks.headline))
    found = narrowed()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(counted(found), width="content")
        planned = st.toggle(_("I planens rekkefølge"), key="planens", bind="query-params")
    found = found if planned else urgent_first(found)
    if not found:
        st.markdown(_("Ingen tiltak passer med søket. Fjern et filter eller skriv et annet ord."))
    part = ui.paged(found, PAGE, "side")
    with st.container(border=bool(part), gap="small"):
        for each in part:
            row(each)
    if snapshot.retired:
        ui.section(_("Tatt ut av planen"))
        for each in ui.paged(snapshot.retired, PAGE, "ute"):
            ui.measure_link(each)


def urgent_first(found: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Those that need attention first, the worst of them first; then the rest, and last the dropped."""
    order = {finding.measure_key: n for n, finding in enumerate(ui.cached(checks.attention))}
    return tuple(
        sorted(found, key=lambda each: (each.phase is Phase.DROPPED, order.get(each.key, len(order))))
    )


def counted(found: tuple[Measure, ...]) -> str:
    """How many are listed, and how many of them the headline does not count."""
    return plural("{n} tiltak", "{n} tiltak", len(found)) + wording.dropped_among(found)


def narrowed() -> tuple[Measure, ...]:
    """The measures that pass the search and every filter."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            _("Søk i tiltakene"), key="q", bind="query-params", icon=":material/search:", live=True
        )
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        titles = {person.key: person.title for person in snapshot.people}
        who = query.select(_("Ansvarlig"), "hvem", list(titles), titles.__getitem__)
        tags = sorted(
            {tag for each in snapshot.measures for tag in snapshot.tags_of(each.key)}, key=texts.folded
        )
        tag = query.select(_("Stikkord"), "stikkord", tags, str) if tags else None
    offered = filters()
    shown = query.pills(_("Vis"), "vis", list(offered), offered.__getitem__)
    if not (sought or goal or who or tag or shown):
        return snapshot.measures
    urgent = {finding.measure_key for finding in ui.cached(checks.attention)} if shown == "krever" else set()
    return tuple(
        each
        for each in snapshot.measures
        if (not goal or snapshot.goal_of(each).key == goal)
        and (not who or any(r.person == who for r in people.responsible_for(each, today)))
        and (not tag or tag in snapshot.tags_of(each.key))
        and (not sought or texts.folded(sought) in texts.folded(said_of(each)))
        and passes(each, shown, urgent)
    )


MARKS = {each.address: each for each in Assessment}


def filters() -> dict[str, str]:
    """What can be chosen, by its word in the address."""
    marks = {address: f"{each.mark} {each.shown_as}" for address, each in MARKS.items()}
    return {"krever": _("Krever oppmerksomhet"), **marks, "over-frist": _("Over frist")}


def passes(each: Measure, shown: str | None, urgent: set[str]) -> bool:
    """Whether the measure is of the chosen kind."""
    if shown is None:
        return True
    if shown == "krever":
        return each.key in urgent
    if shown == "over-frist":
        return progress.is_overdue(each, today)
    mark = progress.mark_of(each.report, today).assessment
    return each.phase is not Phase.DROPPED and mark is MARKS[shown]


def said_of(each: Measure) -> str:
    """Everything a search looks in."""
    newest = each.report
    said = (newest.done, newest.cause, newest.remedy, newest.next_step) if newest else ()
    who, tags = people.responsible_text(each, today), snapshot.tags_of(each.key)
    return "\n".join((each.key, each.name, each.text, who, *tags, *said))


def row(each: Measure) -> None:
    """One line of the list."""
    what, who, far = st.columns([5, 4, 4], gap="xxsmall")
    with what:
        ui.measure_link(each)
    who.markdown(f"{ui.shown_badge(each.report, today)}  \n{ui.responsible(each, today)}")
    far.markdown("  \n".join(map(ui.plain, ui.facts(each))))


asked = st.query_params.get("t")
if asked:
    measure.show(snapshot.measure(asked))
else:
    listed()
