"""The slides of presentation mode, made once for all sessions and drawn large."""

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st

from strategy import changes, dates
from strategy.exports.board import slides
from strategy.exports.board.slides import Slide
from strategy.exports.outline import Block
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import document, gauges, meeting_parts, rows
from strategy.ui.markdown import plain
from strategy.ui.parts import titled
from strategy.ui.view import cached, view

ROWS, GAUGES = 4, 2
"""How many measures and indicators there is room for."""
NARROWEST = 140
WIDTHS = (4, 7, 3)
EVERY = 2.0
"""How many seconds the wall waits before it looks for something new."""


def deck(meeting: Meeting) -> tuple[Slide, ...]:
    """All the slides of a meeting."""
    return cached(_deck, meeting.key)


def of_measure(meeting: Meeting, measure: str) -> Slide:
    """The slide of one measure."""
    return cached(_of_measure, meeting.key, measure)


def show(meeting: Meeting, slide: Slide, day: date, picture: Callable[[], None] | None = None) -> None:
    """What is shown small, with the day its numbers hold for; the finding large, and the rest below.

    A `picture` stands between; what the slide has drawn comes last.
    """
    number = _("Styremøte nr. {n}").format(n=meeting.number)
    said = (number, slide.name, _("tall per {day}").format(day=dates.day(day)))
    st.session_state["identity"].caption(plain(" · ".join(said)))
    titled(number, slide.title, view().snapshot.strategy.organisation)
    st.space("xsmall")
    if picture:
        picture()
    with meeting_parts.frozen(meeting) as seen:
        columns = st.columns(WIDTHS, gap="medium") if slide.beside else [st.container()]
        with columns[0]:
            _told(slide.blocks)
        if slide.beside:
            with columns[1]:
                _told(slide.beside)
            with columns[2]:
                _measured(slide.indicators)
        rows.of_measures([seen.snapshot.measure(key) for key in slide.measures[:ROWS]])


def _told(blocks: Iterable[Block]) -> None:
    with st.container(gap="small"):
        document.draw(blocks)


def _measured(keys: Iterable[str]) -> None:
    """The indicators with what they were measured at."""
    found = [each for each in map(view().snapshot.indicator, keys) if gauges.has_figure(each)]
    gauges.multiples(found[:GAUGES], 1, NARROWEST)


@st.fragment(run_every=EVERY)
def follow() -> None:
    """Draw anew by itself what somebody else has saved."""
    seen = view()
    if seen.past:
        return  # nothing is saved there
    with seen.database.reading() as session:
        newest = changes.newest(session)
    if newest != seen.state.change:
        st.rerun()


def _deck(shown: Snapshot, today: date, meeting: str) -> tuple[Slide, ...]:
    return slides.deck(meeting_parts.sitting(shown, today, meeting))


def _of_measure(shown: Snapshot, today: date, meeting: str, measure: str) -> Slide:
    return slides.of_measure(meeting_parts.sitting(shown, today, meeting), measure)
