"""The wheel of the year: meetings, deadlines and milestones, and what the board has not discussed."""

import streamlit as st

from strategy import dates, ui, wheel
from strategy.i18n import _, plural
from strategy.ui import choices
from strategy.wheel import Event, Kind

NEXT = 8
PAGE = 25
IN_MONTH = 7

view = ui.view()
snapshot, today = view.snapshot, view.today


def lead(found: tuple[Event, ...], year: int) -> str:
    """How many there are of what, and what of it is late."""
    said = plural("{n} hendelse i {year}", "{n} hendelser i {year}", len(found)).format(year=year)
    met = sum(event.kind is Kind.MEETING for event in found)
    late = sum(event.is_late(today) for event in found)
    parts = [
        said,
        plural("{n} styremøte", "{n} styremøter", met) if met else _("ingen styremøter er lagt inn"),
    ]
    if late:
        parts.append(plural("{n} er over frist", "{n} er over frist", late))
    return ui.plain(" · ".join(parts))


def line(event: Event) -> str:
    """One event in a list: day, shape, what, and whether it is late or done."""
    day = _("i løpet av måneden") if event.whole_month else f"{event.day.day}."
    late = f" :red-badge[! {_('over frist')}]" if event.is_late(today) else ""
    about = f"{event.measure} " if event.kind in (Kind.MILESTONE, Kind.NEXT_STEP, Kind.MEASURE) else ""
    what = ui.plain(f"{event.kind.mark} {about}{event.title}")
    done = event.done and event.kind in wheel.OWED
    return f"**{ui.plain(day)}** {what}{late}" + (f" :gray[{_('gjort')}]" if done else "")


def row(event: Event) -> None:
    """One event with its note and the way to its measure."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        late = f" :red-badge[! {_('over frist')}]" if event.is_late(today) else ""
        st.markdown(
            f"**{ui.plain(event.when)}** {ui.plain(f'{event.kind.mark} {event.title}')}{late}",
            width="content",
        )
        meeting = next((m for m in snapshot.meetings if m.key == event.meeting), None)
        if event.measure:
            ui.measure_link(snapshot.measure(event.measure))
        elif meeting:
            label = ui.plain(event.note or wheel.meeting_title(meeting))
            st.page_link(ui.MEETINGS, label=label, query_params={"m": meeting.key}, width="content")
        elif event.note:
            st.markdown(f":gray[{ui.plain(event.note)}]", width="content")


def ahead(found: tuple[Event, ...]) -> None:
    """What comes next, whatever year is shown."""
    ui.section(_("Det neste"))
    if not found:
        st.markdown(
            _("Ingen kommende frister. Legg inn møter på siden Styremøter og milepæler på Handlingsplan.")
        )
        st.page_link(ui.MEETINGS, label=_("Til Styremøter"), icon=":material/event:", query_params={})
        st.page_link(ui.ACTION, label=_("Til Handlingsplan"), icon=":material/flag:", query_params={})
    for event in found[:NEXT]:
        row(event)


def forgotten() -> None:
    """The goals the board has not discussed for a year."""
    ui.section(_("Ikke behandlet det siste året"))
    if not wheel.has_met(snapshot):
        st.markdown(
            _("Ingen styremøter er avholdt ennå. Når de er det, står målene styret ikke har behandlet, her.")
        )
        return
    missed = ui.cached(wheel.forgotten)
    if not missed:
        st.markdown(_("Styret har behandlet saker under alle hovedmål det siste året."))
    for each in missed:
        label = ui.plain(f"{each.goal.key} {each.goal.name}")
        st.page_link(ui.goal_page(each.goal), label=f"**{label}**", icon=":material/flag:")
        st.caption(ui.plain(each.sentence))
    st.caption(_("Statussaken om hele handlingsplanen regnes ikke som behandling av hvert mål."))


def month_card(number: int, events: tuple[Event, ...]) -> None:
    """One month with its first events; the rest behind a link."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        name = dates.month(number)
        st.markdown(f"**{name[:1].upper()}{name[1:]}**")
        if not events:
            st.caption(_("Ingenting"))
            return
        st.markdown("  \n".join(map(line, events[:IN_MONTH])))
        if len(events) > IN_MONTH:
            more = plural("og {n} til", "og {n} til", len(events) - IN_MONTH)
            st.page_link("year.py", label=more, query_params={**kept(), "maned": str(number)})


def kept() -> dict[str, str]:
    """What stands in the address and must follow along."""
    return {name: value for name, value in st.query_params.to_dict().items() if name != "side"}


def months(found: tuple[Event, ...]) -> None:
    """The twelve months, three in a row; one below the other on a phone."""
    by_month: dict[int, list[Event]] = {number: [] for number in range(1, 13)}
    for event in found:
        by_month[event.day.month].append(event)
    for first in range(1, 13, 3):
        for number, column in zip(range(first, first + 3), st.columns(3), strict=True):
            with column:
                month_card(number, tuple(by_month[number]))


def one_month(found: tuple[Event, ...], number: int) -> None:
    """Everything in one month, page by page."""
    name = dates.month(number)
    ui.section(f"{name[:1].upper()}{name[1:]}")
    st.page_link(
        "year.py", label=_("Hele året"), icon=":material/arrow_back:",
        query_params={name: value for name, value in kept().items() if name != "maned"},
    )  # fmt: skip
    mine = tuple(event for event in found if event.day.month == number)
    if not mine:
        st.markdown(_("Ingenting i denne måneden. Velg et annet slag eller en annen måned."))
    for event in ui.paged(mine, PAGE, "side"):
        row(event)


def subscribe() -> None:
    """The address of the calendar file, and how to use it."""
    ui.section(_("I kalenderen din"))
    st.markdown(
        _(
            "Abonner på adressen under i Outlook, Google eller telefonen, så følger møtene og fristene med "
            "når de flyttes. Fila har ingen navn og ingen sakstitler."
        )
    )
    st.code(feed(), language=None, wrap_lines=True)


def feed() -> str:
    """Where the calendar file is, as this browser reaches it."""
    base = (st.context.url or "").rpartition("/")[0]
    return f"{base}/kalender.ics" + ("?data=eksempel" if st.session_state.get("data") else "")


def chosen_year() -> int:
    """The year in the address; this one where there is none."""
    years = [str(number) for number in ui.cached(wheel.years)]
    if st.query_params.get("ar") not in years:
        st.query_params["ar"] = str(today.year)
    return int(choices.pills(_("År"), "ar", years, str, required=True) or today.year)


def chosen_kind(every: tuple[Event, ...]) -> str | None:
    """The kind in the address, of those there are that year."""
    there = [kind.value for kind in Kind if any(event.kind is kind for event in every)]
    return choices.pills(
        _("Vis bare"), "slag", there, lambda value: f"{Kind(value).mark} {Kind(value).label}"
    )


def chosen_month() -> int | None:
    """The month in the address."""
    asked = st.query_params.get("maned", "")
    return int(asked) if asked in map(str, range(1, 13)) else None


ui.heading(_("Årshjul"), ui.cached(wheel.headline))
year = chosen_year()
every = ui.cached(wheel.year, year)
kind = chosen_kind(every)
found = tuple(event for event in every if kind in (None, event.kind))
st.caption(lead(found, year))
if month := chosen_month():
    one_month(found, month)
    st.stop()
ui.chart(ui.year_wheel(year, kind), key="year")
left, right = st.columns([3, 2], gap="large")
with left:
    ahead(ui.cached(wheel.coming))
with right:
    forgotten()
ui.section(_("Måned for måned"))
months(tuple(event for event in found if kind or event.kind is not Kind.REMINDER))
subscribe()
