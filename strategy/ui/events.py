"""What happens in a year: an event in a line, what comes next, one month or twelve, the calendar feed."""

import streamlit as st

from strategy import dates, wheel
from strategy.i18n import _, plural
from strategy.ui.markdown import plain
from strategy.ui.parts import ACTION, MEETINGS, goal_page, measure_link, paged, section
from strategy.ui.view import cached, view
from strategy.wheel import Event, Kind

NEXT = 8
PAGE = 25
IN_MONTH = 7
YEAR = "year.py"


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
    name = dates.month(number)
    section(f"{name[:1].upper()}{name[1:]}")
    st.page_link(
        YEAR, label=_("Hele året"), icon=":material/arrow_back:",
        query_params={name: value for name, value in _kept().items() if name != "maned"},
    )  # fmt: skip
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
    """One event in a list: day, shape, what, and whether it is late or done."""
    day = _("i løpet av måneden") if event.whole_month else f"{event.day.day}."
    about = f"{event.measure} " if event.kind in (Kind.MILESTONE, Kind.NEXT_STEP, Kind.MEASURE) else ""
    what = plain(f"{event.kind.mark} {about}{event.title}")
    done = event.done and event.kind in wheel.OWED
    return f"**{plain(day)}** {what}{_late(event)}" + (f" :gray[{_('gjort')}]" if done else "")


def _row(event: Event) -> None:
    """One event with its note and the way to its measure."""
    shown = view().snapshot
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(event.when)}** {plain(f'{event.kind.mark} {event.title}')}{_late(event)}",
            width="content",
        )
        meeting = next((m for m in shown.meetings if m.key == event.meeting), None)
        if event.measure:
            measure_link(shown.measure(event.measure))
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


def _late(event: Event) -> str:
    """Markdown that says a deadline has passed, empty for what is in time."""
    return f" :red-badge[! {_('over frist')}]" if event.is_late(view().today) else ""


def _month_card(number: int, events: tuple[Event, ...]) -> None:
    """One month with its first events; the rest behind a link."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        name = dates.month(number)
        st.markdown(f"**{name[:1].upper()}{name[1:]}**")
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
