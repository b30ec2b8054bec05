"""One role: in a card with what it answers for, in a line, and on a page of its own."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from strategy import dates, drawings, history, people, progress
from strategy.drawings import uri
from strategy.i18n import _, plural
from strategy.snapshot import Measure, Person, Responsibility, Snapshot
from strategy.terms import Assessment, Part
from strategy.ui import pictures, role_forms
from strategy.ui.markdown import plain
from strategy.ui.parts import (
    HANDOVER,
    MEASURES,
    badge,
    heading,
    measure_row,
    page,
    paged,
    section,
    shown_badge,
    symbol,
)
from strategy.ui.view import cached, dark, view

PAGE = 8
LONG_PAGE = 20
AHEAD = timedelta(days=90)
PEOPLE = "people.py"

Lines = tuple[tuple[Measure, Responsibility], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What one role answers for, the late first; `picture` is a cell for each, `sentence` what it says."""

    load: people.Load
    measures: tuple[Measure, ...]
    picture: str
    sentence: str


def roles() -> tuple[Role, ...]:
    """The roles that answer for something, or are proposed to, first those with the most that is late."""
    return cached(_roles, dark())


def row(role: Role) -> None:
    """One role as a link with what is late, and beside it a cell for each measure."""
    name, drawn = st.columns([5, 6], gap="xxsmall", vertical_alignment="center")
    said = " · ".join(map(plain, _late(role.load)))
    label = f"**{plain(role.load.title)}**" + (f" :small[:gray[{said}]]" if said else "")
    with name:
        st.page_link(page("ansvarlige"), label=label, icon="", query_params={"p": role.load.person.key})
    drawn.image(role.picture, alt=f"{role.load.title}: {role.sentence}", width="stretch")


def legend() -> None:
    """How the cells are read, in words."""
    marks = " ".join(f"{symbol(mark)}\u00a0{mark.shown_as.lower()}" for mark in Assessment)
    said = _("En rute for hvert tiltak: {marks}. En åpen rute er bare foreslått, og teller ikke.")
    st.markdown(f":small[{said.format(marks=marks)}]")


def card(role: Role) -> None:
    """One role with its measures as rows with their strips, the late and silent told."""
    load = role.load
    with st.container(border=True, gap="xxsmall"):
        section(load.title)
        said = " · ".join(_summary(load))
        st.caption(plain(said[:1].upper() + said[1:]))
        pictures.years()
        late, silent = ({each.key for each in some} for some in (load.late, load.silent))
        proposed = {each.key for each in load.proposed}
        for shown in pictures.rows(paged(role.measures, PAGE, f"side-{load.person.key}")):
            key, also = shown.measure.key, list[str]()
            if key in proposed:
                also.append(_("forslag"))
            if key in late:
                also.append(_("har noe over frist"))
            if key in silent:
                also.append(_lower(progress.mark_of(shown.measure.report, view().today).word))
            pictures.row(shown, {}, also=also)
        label = _("Alt om rollen")
        icon = ":material/arrow_forward:"
        st.page_link(page("ansvarlige"), label=label, icon=icon, query_params={"p": load.person.key})


def height(role: Role) -> int:
    """About how many lines its card takes."""
    return 3 + 2 * min(PAGE, len(role.measures))


def line(load: people.Load) -> None:
    """A role that has no measures of its own, as a link to its page."""
    label = " · ".join((f"**{plain(load.person.title)}**", *map(plain, _summary(load))))
    st.page_link(PEOPLE, label=label, icon="", query_params={"p": load.person.key}, width="content")


def show(key: str) -> None:
    """Everything one role has on its table, and who holds it."""
    seen = view()
    person = seen.snapshot.person(key)
    load = next(load for load in cached(people.load) if load.person.key == key)
    heading(_("Ansvarlig"), finding(load))
    if seen.editable:
        _holder(person)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        for number, (title, held) in enumerate(_groups(key).items()):
            section(f"{title} ({len(held)})")
            _rows(held, f"side-{number}")
        for part, keys in _former(key).items():
            said = _("Var før {part} for {keys}").format(part=part.label.lower(), keys=", ".join(keys))
            st.caption(plain(said))
    with right:
        _due(load)
    with st.container(horizontal=True):
        if seen.editable and people.lines_of(seen.snapshot, key, seen.today):
            label = _("Overlever alt til andre")
            st.page_link(HANDOVER, label=label, icon=":material/swap_horiz:", query_params={"p": key})
        st.page_link(PEOPLE, label=_("Alle ansvarlige"), icon=":material/group:", query_params={})
    if seen.editable:
        with st.expander(_("Endre rollen"), key="rolle", on_change="rerun", type="compact") as folded:
            if folded.open:
                role_forms.title_form(person)


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
        said += " " + _("{number} har noe over frist.").format(number=_first_word(len(load.late)))
    if load.silent:
        said += " " + _("{number} er ikke oppdatert.").format(number=_first_word(len(load.silent)))
    return said


def _first_word(count: int) -> str:
    """A number of measures at the start of a sentence; tiltak is neuter."""
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)


def _summary(load: people.Load) -> list[str]:
    """How much, how late, and what is next."""
    said = []
    if load.responsible:
        said.append(plural("ansvarlig for {n} tiltak", "ansvarlig for {n} tiltak", len(load.responsible)))
    if load.proposed:
        said.append(plural("foreslått for {n} tiltak", "foreslått for {n} tiltak", len(load.proposed)))
    if load.contributes:
        said.append(plural("medansvarlig for {n}", "medansvarlig for {n}", len(load.contributes)))
    said += _late(load)
    if load.next_deadline:
        due = load.next_deadline
        said.append(_("neste frist {day}: {what}").format(day=dates.day(due.day), what=due.text))
    return said


def _late(load: people.Load) -> list[str]:
    said = []
    if load.late:
        said.append(plural("{n} har noe over frist", "{n} har noe over frist", len(load.late)))
    if load.silent:
        said.append(plural("{n} ikke oppdatert", "{n} ikke oppdatert", len(load.silent)))
    return said


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]


def _holder(person: Person) -> None:
    """Who holds the role, for those who work with it."""
    held = role_forms.contact_of(person.key)
    if held:
        st.markdown(plain(" · ".join(part for part in (held.name, held.email) if part)))
    with st.expander(_("Navn og e-post"), key="kontakt", on_change="rerun", type="compact") as folded:
        if folded.open:
            role_forms.contact_form(person, held)


def _no_deadline(load: people.Load) -> str:
    """Nothing is due, or nobody has set a day for anything."""
    if any(measure.due or measure.milestones for measure in (*load.responsible, *load.proposed)):
        return _("Ingenting er over frist, og ingenting har frist de neste tre månedene.")
    return _("Ingen frister eller milepæler er satt.")


def _due(load: people.Load) -> None:
    """What is late and what comes next in all the role answers for."""
    today = view().today
    found = people.upcoming((*load.responsible, *load.proposed), today, today + AHEAD)
    section(_("Frister"))
    st.caption(_("Det som er over frist, og det som har frist de neste tre månedene."))
    if not found:
        st.markdown(_no_deadline(load))
        return
    with st.container(border=True, gap="small"):
        for deadline in paged(found, PAGE, "frister"):
            day, late = plain(dates.day(deadline.day)), deadline.day < today
            mark = badge(Assessment.MAJOR_DEVIATION, _("Over frist")) if late else ""
            st.page_link(
                MEASURES,
                label=f"**{day}** {plain(f'{deadline.measure.key} {deadline.text}')} {mark}",
                icon="",
                query_params={"t": deadline.measure.key},
                width="content",
            )


def _groups(key: str) -> dict[str, Lines]:
    """What the role has to do with each measure, what it answers for first and proposals after."""
    seen, found = view(), dict[str, Lines]()
    counting = {measure.key for measure in progress.counting(seen.snapshot.measures)}
    lines = [each for each in people.lines_of(seen.snapshot, key, seen.today) if each[0].key in counting]
    for part in Part:
        for proposal in (False, True):
            held = tuple(each for each in lines if (each[1].part, each[1].proposal) == (part, proposal))
            form = _("Foreslått {part} for") if proposal else _("{part} for")
            if held:
                title = form.format(part=part.label.lower() if proposal else part.label)
                found[title] = held
    return found


def _rows(lines: Lines, name: str) -> None:
    """Measures as links with how they go, and from when where that is still to come."""
    today = view().today
    with st.container(border=True, gap="small"):
        for measure, held in paged(lines, LONG_PAGE, name):
            later = held.since and held.since > today
            said = plain(_(" fra {day}").format(day=dates.day(held.since))) if held.since and later else ""
            measure_row(measure, shown_badge(measure.report, today) + said)


def _former(key: str) -> dict[Part, list[str]]:
    """The measures the role once had something to do with, by what it was."""
    seen = view()
    with seen.database.reading() as session:
        held = history.held_before(session, seen.strategy, key, seen.snapshot.change_id, seen.today)
    there = [measure.key for measure in seen.snapshot.measures if measure.key in held]
    found = {part: [each for each in there if held[each] is part] for part in Part}
    return {part: keys for part, keys in found.items() if keys}


def _roles(shown: Snapshot, today: date, is_dark: bool) -> tuple[Role, ...]:
    busy = [load for load in people.load(shown, today) if load.responsible or load.proposed]
    most = max((len(load.responsible) + len(load.proposed) for load in busy), default=0)
    return tuple(_role(load, today, most, is_dark) for load in sorted(busy, key=lambda each: -len(each.late)))


def _role(load: people.Load, today: date, most: int, is_dark: bool) -> Role:
    late = {each.key for each in load.late}

    def late_first(measure: Measure) -> tuple[bool, int]:
        return measure.key not in late, progress.mark_of(measure.report, today).assessment.rank

    mine = sorted(load.responsible, key=late_first)
    marks = [progress.mark_of(each.report, today).assessment for each in mine]
    drawn = uri(drawings.held(marks, len(load.proposed), most, pictures.palette_of(is_dark)))
    said = [progress.counts(mine, today).sentence] if mine else []
    if load.proposed:
        said.append(plural("foreslått for {n} tiltak", "foreslått for {n} tiltak", len(load.proposed)))
    return Role(load, (*mine, *load.proposed), drawn, ", ".join(said))
