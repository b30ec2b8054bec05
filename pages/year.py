"""The wheel of the year: meetings, deadlines and milestones, and what the board has not discussed."""

import streamlit as st

from strategy import ui, wheel
from strategy.i18n import _
from strategy.ui import events, query
from strategy.wheel import Event, Kind

today = ui.view().today


def chosen_year() -> int:
    """The year in the address; this one where there is none."""
    years = [str(number) for number in ui.cached(wheel.years)]
    if st.query_params.get("ar") not in years:
        st.query_params["ar"] = str(today.year)
    return int(query.pills(_("År"), "ar", years, str, required=True) or today.year)


def chosen_kind(every: tuple[Event, ...]) -> str | None:
    """The kind in the address, of those there are that year."""
    there = [kind.value for kind in Kind if any(event.kind is kind for event in every)]
    return query.pills(_("Vis bare"), "slag", there, lambda value: Kind(value).label)


def chosen_month() -> int | None:
    """The month in the address."""
    asked = st.query_params.get("maned", "")
    return int(asked) if asked in map(str, range(1, 13)) else None


ui.heading(_("Årshjul"), ui.cached(wheel.headline))
year = chosen_year()
every = ui.cached(wheel.year, year)
kind = chosen_kind(every)
found = wheel.of_kind(every, kind)
st.caption(events.lead(found, year))
if month := chosen_month():
    events.one_month(found, month)
    st.stop()
events.year(year, kind)
left, right = st.columns([3, 2], gap="medium")
with left:
    events.ahead(ui.cached(wheel.coming))
with right:
    events.forgotten()
ui.section(_("Måned for måned"))
events.months(found)
events.subscribe()
