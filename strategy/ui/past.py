"""The plan as it stood: after a board meeting, or at the end of a day that is typed."""

from datetime import date
from typing import Any

import streamlit as st

from strategy import changes, dates
from strategy.errors import BadInput
from strategy.i18n import _, plural
from strategy.snapshot import Meeting
from strategy.ui import parts
from strategy.ui.markdown import plain
from strategy.ui.view import View, choose_day, today

_TYPED, _REFUSED = "per-dag", "per-refused"


def tools(bar: Any, opened: View) -> None:
    """Where another day is chosen, and the way back to this one."""
    first, last = opened.snapshot.strategy.start, today() if opened.past else opened.today
    if last < first:
        return  # there is no other day to show
    if st.session_state.get("per:typed") != opened.past:
        st.session_state["per:typed"] = opened.past
        st.session_state[_TYPED] = dates.day(opened.past) if opened.past else ""
    with bar.popover(_("Se planen slik den sto …"), icon=":material/history:", type="tertiary"):
        _meetings(opened, first, last)
        st.text_input(
            _("Ved slutten av dagen"),
            key=_TYPED,
            placeholder=dates.day(last),
            on_change=_typed,
            args=(first, last),
            help=_("Skriv dagen som 30.06.2025 og trykk Enter."),
        )
        if refused := st.session_state.pop(_REFUSED, ""):
            st.warning(plain(refused), icon=":material/edit:")
    if opened.past:
        bar.button(
            _("Tilbake til i dag"),
            on_click=choose_day,
            args=(None,),
            icon=":material/today:",
            type="tertiary",
        )


def told(opened: View) -> None:
    """That another day is shown, and how much has changed since, with the way to what."""
    if not opened.past:
        return
    said = _("Du ser planen slik den sto {day}. Ingenting kan endres her.")
    with opened.database.reading() as session:
        since = changes.newest(session) - opened.snapshot.change_id
    form = plural("Én endring er lagret siden.", "{number} endringer er lagret siden.", since)
    later = (
        form.format(number=dates.in_words(since, capital=True)) if since else _("Ingenting er endret siden.")
    )
    st.info(f"{said.format(day=dates.long_day(opened.past))} {later}", icon=":material/history:")
    label = _("Se hva som er endret siden")
    if since and st.button(label, icon=":material/compare_arrows:", type="tertiary", key="per-siden"):
        choose_day(None)
        st.switch_page(parts.page("siden-sist"), query_params={"fra": opened.past.isoformat()})


def _meetings(opened: View, first: date, last: date) -> None:
    """The meetings that have been, the newest first; the plan as it stood when the day was over."""
    held = {m.key: m for m in opened.snapshot.meetings if first <= m.held_on < last and m.state.is_held}
    if not held:
        return
    st.selectbox(
        _("Etter et styremøte"),
        list(reversed(held)),
        index=None,
        key="per-mote",
        on_change=_met,
        args=(held,),
        format_func=lambda key: _name(held[key]),
        placeholder=_("Velg møtet"),
    )


def _name(meeting: Meeting) -> str:
    return _("Nr. {n}, {day}").format(n=meeting.number, day=dates.long_day(meeting.held_on))


def _met(held: dict[str, Meeting]) -> None:
    if chosen := st.session_state["per-mote"]:
        choose_day(held[chosen].held_on)
        st.session_state["per-mote"] = None


def _typed(first: date, last: date) -> None:
    """Show the day that was typed, or say why not."""
    said = st.session_state[_TYPED]
    if not said.strip():
        choose_day(None)
        return
    try:
        day = dates.parse_day(said, _("Dag"))
        if not first <= day <= last:
            raise BadInput(
                _("Velg en dag fra {first} til {last}.").format(first=dates.day(first), last=dates.day(last))
            )
    except BadInput as refusal:
        st.session_state[_REFUSED] = str(refusal)
    else:
        choose_day(None if day == today() else day)
