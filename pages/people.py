"""Who answers for what, what of it is late or silent, and what nobody answers for."""

from datetime import timedelta

import streamlit as st

from strategy import dates, people, progress, ui
from strategy.i18n import _, plural
from strategy.snapshot import Measure, Person, Responsibility
from strategy.terms import Assessment, Part
from strategy.ui import roles

PAGE = 8
LONG_PAGE = 20
AHEAD = timedelta(days=90)

Lines = tuple[tuple[Measure, Responsibility], ...]

view = ui.view()
snapshot, today = view.snapshot, view.today


def headline(unowned: int) -> str:
    """The finding: whether somebody answers for everything."""
    if unowned == len(progress.counting(snapshot.measures)):
        return _("Ingen tiltak har en vedtatt ansvarlig ennå.")
    if not unowned:
        return _("Alle tiltak har en ansvarlig.")
    return plural("Ett tiltak mangler en ansvarlig.", "{n} tiltak mangler en ansvarlig.", unowned)


def role(load: people.Load) -> None:
    """One role with its measures, the late and silent named."""
    mine = (*load.responsible, *load.proposed)
    with st.container(border=True):
        title = load.person.title + (_(" (forslag)") if load.person.proposal else "")
        ui.section(title)
        said = " · ".join(summary(load))
        st.caption(ui.plain(said[:1].upper() + said[1:]))
        for measure in ui.paged(mine, PAGE, f"side-{load.person.key}"):
            only = f" :gray-badge[{_('Forslag')}]" if measure in load.proposed else ""
            ui.measure_row(measure, ui.shown_badge(measure.report, today) + only)
        st.page_link(
            "people.py", label=_("Alt om rollen"), icon=":material/arrow_forward:",
            query_params={"p": load.person.key},
        )  # fmt: skip


def summary(load: people.Load) -> list[str]:
    """How much, how late, and what is next."""
    said = []
    if load.responsible:
        said.append(plural("ansvarlig for {n} tiltak", "ansvarlig for {n} tiltak", len(load.responsible)))
    if load.proposed:
        said.append(plural("foreslått for {n} tiltak", "foreslått for {n} tiltak", len(load.proposed)))
    if load.contributes:
        said.append(plural("medansvarlig for {n}", "medansvarlig for {n}", len(load.contributes)))
    if load.late:
        said.append(plural("{n} er forsinket", "{n} er forsinket", len(load.late)))
    if load.silent:
        said.append(plural("{n} uten fersk rapport", "{n} uten fersk rapport", len(load.silent)))
    if load.next_deadline:
        due = load.next_deadline
        said.append(_("neste frist {day}: {what}").format(day=dates.day(due.day), what=due.text))
    return said


def proposed(missing: people.Unowned) -> str:
    """Who is only proposed for a measure nobody answers for."""
    names = ", ".join(r.title or r.person for r in missing.proposed)
    return _("foreslått: {names}").format(names=names) if names else _("ingen er foreslått")


def everybody() -> None:
    """The load of each role, and what nobody answers for."""
    loads = ui.cached(people.load)
    unowned = ui.cached(people.unowned)
    ui.heading(_("Ansvarlige"), headline(len(unowned)))
    ui.chart(ui.load_chart(), key="load")
    busy = [load for load in loads if load.responsible or load.proposed]
    for column, share in zip(
        st.columns(2), ui.balanced(busy, lambda load: 3 + min(PAGE, len(load.responsible))), strict=True
    ):
        with column:
            for load in share:
                role(load)
    if rest := [load for load in loads if load not in busy]:
        ui.section(_("Roller uten eget ansvar"))
        for load in rest:
            role_row(load)
    if unowned:
        ui.section(_("Uten vedtatt ansvarlig"))
        for missing in ui.paged(unowned, PAGE, "side"):
            ui.measure_row(missing.measure, ui.plain(proposed(missing)))
    if view.editable:
        with st.expander(_("Ny rolle"), key="ny-rolle", on_change="rerun", icon=":material/add:") as folded:
            if folded.open:
                roles.new_role()
        roles.left_behind()


def role_row(load: people.Load) -> None:
    """A role that has no measures of its own, as a link to its page."""
    label = " · ".join((f"**{ui.plain(load.person.title)}**", *map(ui.plain, summary(load))))
    st.page_link("people.py", label=label, icon="", query_params={"p": load.person.key}, width="content")


def one(key: str) -> None:
    """Everything one role has on its table, and who holds it."""
    person = snapshot.person(key)
    load = next(load for load in ui.cached(people.load) if load.person.key == key)
    ui.heading(_("Ansvarlig"), finding(load))
    if view.editable:
        holder(person)
    left, right = st.columns([3, 2], gap="large")
    with left:
        for number, (title, held) in enumerate(groups(key).items()):
            ui.section(f"{title} ({len(held)})")
            rows(held, f"side-{number}")
        if before := former(key):
            st.caption(ui.plain(_("Hadde tidligere ansvar for {keys}").format(keys=", ".join(before))))
    with right:
        due(load)
    with st.container(horizontal=True):
        if view.editable and people.lines_of(snapshot, key, today):
            label = _("Overlever alt til andre")
            st.page_link(ui.HANDOVER, label=label, icon=":material/swap_horiz:", query_params={"p": key})
        st.page_link("people.py", label=_("Alle ansvarlige"), icon=":material/group:", query_params={})
    if view.editable:
        with st.expander(_("Endre rollen"), key="rolle", on_change="rerun", type="compact") as folded:
            if folded.open:
                roles.title_form(person)


def former(key: str) -> list[str]:
    """The measures the role had something to do with before."""
    held = ((m, r) for m in snapshot.measures for r in m.responsibilities if r.person == key)
    return [measure.key for measure, r in held if r.until is not None and r.until <= today]


def finding(load: people.Load) -> str:
    """How much the role answers for, and how much of it is late or silent."""
    title, count = load.person.title, len(load.responsible)
    if not count and load.proposed:
        form = _("{title} er foreslått for {number} tiltak.")
        return form.format(title=title, number=dates.in_words(len(load.proposed)))
    if not count:
        return _("{title} har ikke ansvar for noe tiltak.").format(title=title)
    said = _("{title} har ansvar for {number} tiltak.").format(title=title, number=dates.in_words(count))
    if load.late:
        said += " " + _("{number} er forsinket.").format(number=first_word(len(load.late)))
    if load.silent:
        said += " " + _("{number} er uten fersk rapport.").format(number=first_word(len(load.silent)))
    return said


def first_word(count: int) -> str:
    """A number of measures at the start of a sentence; tiltak is neuter."""
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)


def holder(person: Person) -> None:
    """Who holds the role, for those who work with it."""
    held = roles.contact_of(person.key)
    if held:
        st.markdown(ui.plain(" · ".join(part for part in (held.name, held.email) if part)))
    with st.expander(_("Navn og e-post"), key="kontakt", on_change="rerun", type="compact") as folded:
        if folded.open:
            roles.contact_form(person, held)


def due(load: people.Load) -> None:
    """What is late and what comes next in all the role answers for."""
    found = people.upcoming((*load.responsible, *load.proposed), today, today + AHEAD)
    ui.section(_("Frister"))
    st.caption(_("Det som er over frist, og det som forfaller de neste tre månedene."))
    if not found:
        st.markdown(_("Ingen frister nå."))
        return
    with st.container(border=True, gap="small"):
        for deadline in ui.paged(found, PAGE, "frister"):
            day, late = ui.plain(dates.day(deadline.day)), deadline.day < today
            mark = ui.badge(Assessment.MAJOR_DEVIATION, _("Over frist")) if late else ""
            st.page_link(
                ui.MEASURES, label=f"**{day}** {ui.plain(f'{deadline.measure.key} {deadline.text}')} {mark}",
                icon="", query_params={"t": deadline.measure.key}, width="content",
            )  # fmt: skip


def groups(key: str) -> dict[str, Lines]:
    """What the role has to do with each measure, what it answers for first and proposals after."""
    found: dict[str, Lines] = {}
    counting = {measure.key for measure in progress.counting(snapshot.measures)}
    lines = [line for line in people.lines_of(snapshot, key, today) if line[0].key in counting]
    for part in Part:
        for proposal in (False, True):
            held = tuple(line for line in lines if (line[1].part, line[1].proposal) == (part, proposal))
            form = _("Foreslått {part} for") if proposal else _("{part} for")
            if held:
                title = form.format(part=part.label.lower() if proposal else part.label)
                found[title] = held
    return found


def rows(lines: Lines, name: str) -> None:
    """Measures as links with how they go, and from when where that is still to come."""
    with st.container(border=True, gap="small"):
        for measure, held in ui.paged(lines, LONG_PAGE, name):
            later = held.since and held.since > today
            said = ui.plain(_(" fra {day}").format(day=dates.day(held.since))) if held.since and later else ""
            ui.measure_row(measure, ui.shown_badge(measure.report, today) + said)


asked = st.query_params.get("p")
if asked:
    one(asked)
else:
    everybody()
