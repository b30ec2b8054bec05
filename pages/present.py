"""Presentation mode: the meeting on the wall, one thing at a time; to a measure for a question, and back."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from strategy import ui
from strategy.exports.board.slides import Slide
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import lifeline, meeting_parts, slides
from strategy.ui.parts import PRESENTATION

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
    """Show what was chosen: a slide by its number, a measure by its key; the slide stays in the address."""
    chosen = st.session_state["til"]
    st.session_state["til"] = None
    if isinstance(chosen, int):
        turn(chosen)
    elif chosen:
        st.query_params["t"] = chosen


def contents(meeting: Meeting, deck: Sequence[Slide]) -> None:
    """Each of the other slides, as the way to it."""
    numbered = list(enumerate(deck, 1))[1:]
    half = -(-len(numbered) // 2)
    for column, part in zip(st.columns(2, gap="medium"), (numbered[:half], numbered[half:]), strict=True):
        with column, st.container(gap="xxsmall"):
            for at, slide in part:
                label = f"**{ui.plain(slide.name)}** {ui.plain(slide.title)}"
                where = {"m": meeting.key, "n": str(at)}
                st.page_link(ui.page(PRESENTATION), label=label, icon="", query_params=where, width="content")


def controls(meeting: Meeting, here: int, deck: Sequence[Slide], shown: Snapshot, *, away: bool) -> None:
    """What turns the slides: by key, by touch, and to any slide or measure; and the way out."""
    count = len(deck)
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", key="styring"):
        if away:
            label = _("Tilbake til {n} av {count}").format(n=here + 1, count=count)
            st.button(label, on_click=turn, args=(here,), type="primary", shortcut="Esc", key="tilbake")
        else:
            st.button(
                _("Forrige"),
                on_click=turn,
                args=(here - 1,),
                disabled=here == 0,
                shortcut="Left",
                icon=":material/arrow_back:",
                key="forrige",
            )
            st.button(
                _("Neste"),
                on_click=turn,
                args=(here + 1,),
                disabled=here == count - 1,
                type="primary",
                shortcut="Right",
                icon=":material/arrow_forward:",
                key="neste",
            )
            st.markdown(_("**{n} av {count}**").format(n=here + 1, count=count), width="content")
        names: dict[int | str, str] = {at: f"{each.name}: {each.title}" for at, each in enumerate(deck)}
        names |= {measure.key: f"{measure.key} {measure.name}" for measure in shown.measures}
        st.selectbox(
            _("Gå til"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="til",
            width=260,
            placeholder=_("Sak eller tiltak …"),
            label_visibility="collapsed",
            on_change=jump,
        )
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
    if here == 0:
        contents(meeting, deck)
controls(meeting, here, deck, plan, away=bool(away))
slides.follow()
