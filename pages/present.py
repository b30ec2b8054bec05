"""Presentation mode: the meeting on the wall, one thing at a time; to a measure for a question, and back."""

from functools import partial

import streamlit as st

from strategy import ui
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import lifeline, meeting_parts, slides

live = ui.view().snapshot


def number(count: int) -> int:
    """Which slide the address asks for, from 0."""
    asked = st.query_params.get("n", "1")
    return min(max(int(asked), 1), count) - 1 if asked.isdecimal() and len(asked) < 5 else 0


def turn(to: int) -> None:
    """Go to a slide; a measure that was shown for a question is left."""
    st.query_params["n"] = str(to + 1)
    st.query_params.pop("t", None)


def shown_measure(shown: Snapshot) -> str:
    """The measure the address asks for, empty where there is none such."""
    asked = st.query_params.get("t", "")
    return asked if asked in {measure.key for measure in shown.measures} else ""


def jump() -> None:
    """Show the measure that was chosen; the slide's number stays in the address."""
    if chosen := st.session_state["til"]:
        st.query_params["t"] = chosen
        st.session_state["til"] = None


def controls(meeting: Meeting, here: int, count: int, shown: Snapshot, *, away: bool) -> None:
    """What turns the slides: by key, by touch, and to any measure; and the way out."""
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", key="styring"):
        if away:
            label = _("Tilbake til {n} av {count}").format(n=here + 1, count=count)
            st.button(label, on_click=turn, args=(here,), type="primary", shortcut="Esc", key="tilbake")
        else:
            st.button(_("Forrige"), on_click=turn, args=(here - 1,), disabled=here == 0, shortcut="Left",
                      icon=":material/arrow_back:", key="forrige")  # fmt: skip
            st.button(_("Neste"), on_click=turn, args=(here + 1,), disabled=here == count - 1, type="primary",
                      shortcut="Right", icon=":material/arrow_forward:", key="neste")  # fmt: skip
            st.markdown(_("**{n} av {count}**").format(n=here + 1, count=count), width="content")
        names = {measure.key: f"{measure.key} {measure.name}" for measure in shown.measures}
        st.selectbox(
            _("Vis et tiltak"), list(names), index=None, format_func=names.__getitem__, key="til",
            placeholder=_("Vis et tiltak"), label_visibility="collapsed", on_change=jump,
        )  # fmt: skip
        meeting_parts.link(meeting, label=_("Til møtet"))


def drawn(meeting: Meeting, key: str) -> None:
    """The lifeline of a measure, as it stood for the meeting."""
    with meeting_parts.frozen(meeting) as seen:
        lifeline.draw(seen.snapshot.measure(key))


meeting = meeting_parts.chosen(live)
if meeting is None:
    meeting_parts.none_yet()
    meeting_parts.to_list(_("Til Styremøter"))
    st.stop()
with meeting_parts.frozen(meeting) as seen:
    plan, day = seen.snapshot, seen.today
deck = slides.deck(meeting)
here, away = number(len(deck)), shown_measure(plan)
if away:
    slides.show(meeting, slides.of_measure(meeting, away), day, partial(drawn, meeting, away))
else:
    slides.show(meeting, deck[here], day)
controls(meeting, here, len(deck), plan, away=bool(away))
