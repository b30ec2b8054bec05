"""What happens in a year: an event in a line, what comes next, one month or twelve, the calendar feed."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, people, wheel
from strategy.i18n import _, plural
from strategy.snapshot import Snapshot
from strategy.ui import pictures
from strategy.ui.markdown import plain
from strategy.ui.parts import ACTION, MEETINGS, goal_page, measure_link, page, paged, section
from strategy.ui.view import cached, dark, view
from strategy.wheel import Event, Kind

NARROWEST = 130
"""Pixels; so wide is a month at the least, for its days to be told apart."""

NEXT = 8
PAGE = 25
IN_MONTH = 7
YEAR = "year.py"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the wheel: what is in it, how many of that are late, its picture and what that says."""

    number: int
    name: str
    events: tuple[Event, ...]
    late: int
    days: str
    sentence: str


def lead(found: tuple[Event, ...], year: int) -> str:
    """How many there are of what, and what of it is late."""
    said = plural("{n} hendelse i {year}", "{n} hendelser i {year}", len(found)).format(year=year)
    met = sum(event.kind is Kind.MEETING for event in found)
    late = sum(event.is_late(view().today) for event in found)
    parts = [
        said,
        plural("{n} styremøte", "{n} styremøter", met) if met else _("ingen styremøter er lagt inn"),
    ]
    if late:
        parts.append(plural("{n} er over frist", "{n} er over frist", late))
    return plain(" · ".join(parts))


def year(number: int, kind: str | None) -> None:
    """The twelve months in small, each as the way to all that is in it."""
    with st.grid(6, min_column_width=NARROWEST):
        for each in cached(_year, number, kind, dark()):
            with st.container(gap="xxsmall"):
                said = _("{n} over frist").format(n=each.late)
                late = f" :red[{said}]" if each.late else ""
                label = f"**{each.name}** :small[:gray[{len(each.events)}]{late}]"
                where = {**_kept(), "maned": str(each.number)}
                st.page_link(page("arshjul"), label=label, icon="", query_params=where)
                st.image(each.days, alt=each.sentence, width="stretch")
    said = _(
        "En rute for hver dag, med antallet bak måneden. Full er en dag med noe på, høy er et styremøte, "
        "rødt kryss er over frist, og åpen er en dag som kommer. Trykk på en måned for å se alt i den."
    )
    st.markdown(f":small[:gray[{said}]]")


def ahead(found: tuple[Event, ...]) -> None:
    """What comes next, whatever year is shown."""
    section(_("Det neste"))
    if not found:
        st.markdown(
            _("Ingen kommende frister. Legg inn møter på siden Styremøter og milepæler på Handlingsplan.")
        )
        st.page_link(MEETINGS, label=_("Til Styremøter"), icon=":material/event:", query_params={})
        st.page_link(ACTION, label=_("Til Handlingsplan"), icon=":material/flag:", query_params={})
    for event in found[:NEXT]:
        _row(event)


def forgotten() -> None:
    """The goals the board has not discussed for a year."""
    section(_("Ikke behandlet det siste året"))
    if not wheel.has_met(view().snapshot):
        st.markdown(
            _("Ingen styremøter er avholdt ennå. Når de er det, står målene styret ikke har behandlet, her.")
        )
        return
    missed = cached(wheel.forgotten)
    if not missed:
        st.markdown(_("Styret har behandlet saker under alle hovedmål det siste året."))
    for each in missed:
        label = plain(f"{each.goal.key} {each.goal.name}")
        st.page_link(goal_page(each.goal), label=f"**{label}**", icon=":material/flag:")
        st.caption(plain(each.sentence))
    st.caption(_("Statussaken om hele handlingsplanen regnes ikke som behandling av hvert mål."))


def months(found: tuple[Event, ...]) -> None:
    """The twelve months, three in a row; one below the other on a phone."""
    by_month: dict[int, list[Event]] = {number: [] for number in range(1, 13)}
    for event in found:
        by_month[event.day.month].append(event)
    for first in range(1, 13, 3):
        for number, column in zip(range(first, first + 3), st.columns(3), strict=True):
            with column:
                _month_card(number, tuple(by_month[number]))


def one_month(found: tuple[Event, ...], number: int) -> None:
    """Everything in one month, page by page."""
    section(dates.month(number).capitalize())
    st.page_link(
        YEAR,
        label=_("Hele året"),
        icon=":material/arrow_back:",
        query_params={name: value for name, value in _kept().items() if name != "maned"},
    )
    mine = tuple(event for event in found if event.day.month == number)
    if not mine:
        st.markdown(_("Ingenting i denne måneden. Velg et annet slag eller en annen måned."))
    for event in paged(mine, PAGE, "side"):
        _row(event)


def subscribe() -> None:
    """The address of the calendar file, and how to use it."""
    section(_("I kalenderen din"))
    st.markdown(
        _(
            "Abonner på adressen under i Outlook, Google eller telefonen, så følger møtene og fristene med "
            "når de flyttes. Fila har ingen navn og ingen sakstitler."
        )
    )
    st.code(_feed(), language=None, wrap_lines=True)


def _line(event: Event) -> str:
    """One event in a list: day, what, and whether it is late or done."""
    day = _("i løpet av måneden") if event.whole_month else f"{event.day.day}."
    about = f"{event.measure} " if event.kind in (Kind.MILESTONE, Kind.NEXT_STEP, Kind.MEASURE) else ""
    what = plain(f"{about}{event.title}") + _kind(event)
    done = event.done and event.kind in wheel.OWED
    return f"**{plain(day)}** {what}{_late(event)}" + (f" :gray[{_('gjort')}]" if done else "")


def _row(event: Event) -> None:
    """One event with its note and the way to its measure, with who answers for that."""
    shown = view().snapshot
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(event.when)}** {plain(event.title)}{_kind(event)}{_late(event)}",
            width="content",
        )
        meeting = next((m for m in shown.meetings if m.key == event.meeting), None)
        if event.measure:
            measure = shown.measure(event.measure)
            measure_link(measure, people.responsible_text(measure, view().today))
        elif meeting:
            if event.kind is Kind.MEETING and event.note:
                st.markdown(f":gray[{plain(event.note)}]", width="content")
            label = (
                _("Til møtet")
                if event.kind is Kind.MEETING
                else plain(event.note or wheel.meeting_title(meeting))
            )
            st.page_link(MEETINGS, label=label, query_params={"m": meeting.key}, width="content")
        elif event.note:
            st.markdown(f":gray[{plain(event.note)}]", width="content")


def _kind(event: Event) -> str:
    """Markdown that says what it is, empty where its title does."""
    return f" :gray[{_(event.kind.one)}]" if event.kind.one else ""


def _late(event: Event) -> str:
    """Markdown that says a deadline has passed, empty for what is in time."""
    return f" :red-badge[! {_('over frist')}]" if event.is_late(view().today) else ""


def _month_card(number: int, events: tuple[Event, ...]) -> None:
    """One month with its first events; the rest behind a link."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{dates.month(number).capitalize()}**")
        if not events:
            st.caption(_("Ingenting"))
            return
        st.markdown("  \n".join(map(_line, events[:IN_MONTH])))
        if len(events) > IN_MONTH:
            more = plural("og {n} til", "og {n} til", len(events) - IN_MONTH)
            st.page_link(YEAR, label=more, query_params={**_kept(), "maned": str(number)})


def _kept() -> dict[str, str]:
    """What stands in the address and must follow along."""
    return {name: value for name, value in st.query_params.to_dict().items() if name != "side"}


def _feed() -> str:
    """Where the calendar file is, as this browser reaches it."""
    base = (st.context.url or "").rpartition("/")[0]
    return f"{base}/kalender.ics" + ("?data=eksempel" if st.session_state.get("data") else "")


def _year(shown: Snapshot, today: date, number: int, kind: str | None, is_dark: bool) -> tuple[Month, ...]:
    events = wheel.of_kind(wheel.year(shown, today, number), kind)
    return tuple(
        _month(n, number, tuple(e for e in events if e.day.month == n), today, is_dark) for n in range(1, 13)
    )


def _month(n: int, number: int, events: tuple[Event, ...], today: date, is_dark: bool) -> Month:
    late = [event for event in events if event.is_late(today)]
    named = {event.day for event in events if not event.whole_month}
    drawn = drawings.month(
        dates.month_of(date(number, n, 1)),
        named,
        {event.day for event in events if event.kind is Kind.MEETING},
        today,
        pictures.palette_of(is_dark),
        late={event.day for event in late},
    )
    name = dates.month(n).capitalize()
    said = f"{name}: " + plural("{n} hendelse", "{n} hendelser", len(events))
    if late:
        said += ", " + plural("{n} er over frist", "{n} er over frist", len(late))
    return Month(n, name, events, len(late), drawings.uri(drawn), said)
