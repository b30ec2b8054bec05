"""The first steps drawn: each a sheet for many at once, checked and saved as one change."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from strategy import beginning, dates, indicators, meetings, record
from strategy.beginning import Part, Step
from strategy.i18n import _, plural
from strategy.snapshot import Meeting
from strategy.ui import query, sheets
from strategy.ui.markdown import plain
from strategy.ui.parts import ACTION, UPDATE, page, paged
from strategy.ui.sheets import held, milestones, roles
from strategy.ui.sheets import indicators as indicator_rows
from strategy.ui.sheets import meetings as meeting_rows
from strategy.ui.sheets.keeping import Cells
from strategy.ui.view import attempt, view

PAGE = 60
"""How many rows a grid has at a time."""
MOST = 60
WEEKS, MEETINGS = 6, 7
PASTED = ("measure", "title", "due")
"""The columns of a new milestone that somebody has in a list already, in the order they have them."""


def steps() -> tuple[Step, ...]:
    """All the steps, as far as they have come."""
    seen = view()
    with seen.database.reading() as session:
        known = record.reachable(session, seen.strategy)
    return beginning.steps(seen.snapshot, seen.today, known)


def label(step: Step) -> str:
    """A step with a tick where it is done."""
    return f"✓ {step.name}" if step.is_done else step.name


def links() -> None:
    """Every step as the way to it; what comes next is the first that stands in strong type."""
    found = steps()
    following = beginning.following(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Kom i gang')}**", width="content")
        for number, step in enumerate(found, 1):
            name = plain(f"{number} {step.name}")
            st.page_link(
                page("kom-i-gang"),
                label=f"**{name}**" if step is following else name,
                icon=":material/check:" if step.is_done else "",
                query_params={"steg": str(step.part)},
                width="content",
            )


def _roles() -> None:
    st.caption(
        _(
            "En rad for hver rolle. Lim gjerne inn fra Excel: tittel, ja eller forslag, navn og e-post. "
            "Navn og e-post står utenfor historikken, og kladden tar ikke vare på dem."
        )
    )
    keys = paged(tuple(person.key for person in view().snapshot.people), PAGE, "side")
    sheet = sheets.opened(roles.ROLES)
    _show(sheet, keys, roles.columns(), _("Rollene, til å endre i"))
    sheets.finish(sheet, lambda n: plural("én rolle", "{n} roller", n))


def _held() -> None:
    shown = view().snapshot
    goals = {goal.key: f"{goal.key} {goal.name}" for goal in shown.goals}
    proposed = held.proposed(shown)
    if not proposed:
        st.markdown(_("Ingen forslag venter på å bli vedtatt."))
        st.page_link(page("ansvarlige"), label=_("Se hvem som har ansvaret"), icon=":material/arrow_forward:")
        return
    goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
    mine = {measure.key for measure in (shown.goal(goal).measures if goal else shown.measures)}
    keys = tuple(key for key in proposed if key.partition("@")[0] in mine)
    sheet = sheets.opened(held.HELD)
    if st.button(_("Kryss av alle {n}").format(n=len(keys)), key="alle", icon=":material/done_all:"):
        sheet.fill({key: {"adopted": True} for key in keys})
    _show(
        sheet,
        paged(keys, PAGE, "side"),
        held.columns(),
        _("Forslagene, til å krysse av"),
        locked=("measure", "role", "part"),
    )
    sheets.finish(sheet, lambda n: plural("ett ansvar", "{n} ansvar", n))


def _board() -> None:
    _seats()
    seen = view()
    st.markdown(f"**{_('Møtene')}**")
    sheet = sheets.opened(meeting_rows.MEETINGS)
    _suggested(sheet)
    keys = tuple(each.key for each in seen.snapshot.meetings if meetings.is_to_come(each, seen.today))
    _show(sheet, keys, meeting_rows.columns(), _("Møtene som kommer, til å endre i"))
    sheets.finish(sheet, lambda n: plural("ett møte", "{n} møter", n))


def _seats() -> None:
    """Every seat of the board at once, a line for each."""
    there = view().snapshot.seats
    if there:
        st.markdown(plain(_("Verv: {seats}.").format(seats=", ".join(seat.title for seat in there))))
    said = st.text_area(
        _("Nye verv, ett på hver linje"),
        key=f"verv:{len(there)}",
        height=110,
        placeholder=_("Styreleder\nNestleder\nStyremedlem"),
        persist_state="session",
    )
    titles = [line.strip() for line in said.splitlines() if line.strip()]
    if not st.button(_("Legg til vervene"), key="legg-til-verv"):
        return
    if not titles:
        st.warning(_("Skriv vervene først, ett på hver linje."), icon=":material/edit:")
    elif attempt(
        lambda by: record.save(by, _new_seats(by, titles, len(there))),
        plural("ett verv", "{n} verv", len(titles)),
    ):
        st.rerun()


def _new_seats(by: record.By, titles: list[str], there: int) -> list[record.Wanted]:
    keys: list[str] = []
    for _title in titles:
        keys.append(record.seat_key(by.session, by.strategy, keys))
    return [
        record.Wanted("seat", key, 0, {"title": title, "order": there + number})
        for number, (key, title) in enumerate(zip(keys, titles, strict=True), 1)
    ]


def _suggested(sheet: sheets.Sheet) -> None:
    """A year of meetings, typed in the grid at one press: as last year, or with so many weeks between."""
    last = meetings.of_newest_year(view().snapshot)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = st.date_input(_("Første møte"), None, format="DD.MM.YYYY", key="forste", width=170)
        weeks = st.number_input(_("Uker mellom"), 1, 26, WEEKS, key="uker", width=120)
        count = st.number_input(_("Antall møter"), 1, MOST, MEETINGS, key="antall", width=120)
        starts = st.text_input(_("Klokkeslett"), key="klokka", width=110)
        place = st.text_input(_("Sted"), key="sted", width=160)
        pressed = st.button(_("Foreslå møtene"), key="foresla", icon=":material/event_repeat:")
        again = bool(last) and st.button(
            _("Kopier møtene fra {year}").format(year=last[0].held_on.year),
            key="kopier",
            icon=":material/content_copy:",
        )
    if pressed and not isinstance(start, date):
        st.warning(_("Velg dagen for det første møtet."), icon=":material/edit:")
    elif pressed and isinstance(start, date):
        days = meetings.every(int(weeks), start, int(count))
        sheet.add([{"held_on": dates.day(day), "starts": starts, "place": place} for day in days])
    elif again:
        sheet.add([_cells(each) for each in meetings.a_year_on(last)])


def _cells(each: Meeting) -> Cells:
    said = {"held_on": dates.day(each.held_on), "starts": each.starts, "place": each.place}
    return {**said, "period": each.period, "number": str(each.number)}


def _milestones() -> None:
    st.caption(
        _(
            "En rad for hver ny milepæl: nummeret på tiltaket, hva som skal nås, og fristen. Lim gjerne inn "
            "mange rader fra Excel. Milepælen står i handlingsplanen for året fristen er i."
        )
    )
    sheet = sheets.opened(milestones.MILESTONES)
    every = milestones.columns()
    shown = {name: every[name] for name in (*PASTED, *every) if name != "pick"}
    _show(sheet, (), shown, _("Nye milepæler, til å skrive inn"))
    sheets.finish(sheet, lambda n: plural("én milepæl", "{n} milepæler", n))
    st.page_link(ACTION, label=_("Til Handlingsplan"), icon=":material/arrow_forward:", query_params={})


def _indicators() -> None:
    found = indicators.proposed(view().snapshot.indicators)
    if not found:
        st.markdown(_("Ingen forslag venter på å bli vedtatt."))
        return
    st.caption(_("Kryss av for dem styret følger, med nullpunkt og mål der det er bestemt."))
    sheet = sheets.opened(indicator_rows.PROPOSED)
    keys = paged(tuple(each.key for each in found), PAGE, "side")
    _show(sheet, keys, indicator_rows.columns(), _("Indikatorene, til å vedta"), locked=("name",))
    sheets.finish(
        sheet, lambda n: plural("én indikator", "{n} indikatorer", n), rests_on=_("Hvor er det bestemt?")
    )


def _reports() -> None:
    with st.container(gap="xsmall"):
        st.page_link(UPDATE, label=_("Ett tiltak om gangen"), icon=":material/edit:", query_params={})
        st.page_link(page("tabell"), label=_("Mange i en tabell"), icon=":material/table:")
        st.page_link(page("excel"), label=_("Med Excel-skjemaet"), icon=":material/upload_file:")
        st.page_link(page("innsendt"), label=_("Be de ansvarlige om det"), icon=":material/link:")


def _show(
    sheet: sheets.Sheet,
    keys: tuple[str, ...],
    columns: Mapping[str, object],
    alt: str,
    *,
    locked: tuple[str, ...] = (),
) -> None:
    sheet.again()
    sheet.show(keys, columns, locked=locked, alt=alt)


DRAW: Mapping[Part, Callable[[], None]] = {
    Part.ROLES: _roles,
    Part.HELD: _held,
    Part.BOARD: _board,
    Part.MILESTONES: _milestones,
    Part.INDICATORS: _indicators,
    Part.REPORTS: _reports,
}
