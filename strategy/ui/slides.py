"""The slides of presentation mode, made once for all sessions and drawn large."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from strategy import dates, exports
from strategy.exports.board import slides
from strategy.exports.board.meeting import Sitting
from strategy.exports.board.slides import Slide
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import document
from strategy.ui.markdown import plain
from strategy.ui.parts import titled
from strategy.ui.view import cached, view


def deck(meeting: Meeting) -> tuple[Slide, ...]:
    """All the slides of a meeting."""
    return cached(_deck, meeting.key)


def of_measure(meeting: Meeting, measure: str) -> Slide:
    """The slide of one measure."""
    return cached(_of_measure, meeting.key, measure)


def show(meeting: Meeting, slide: Slide, day: date, picture: Callable[[], None] | None = None) -> None:
    """What is shown small, with the day its numbers hold for; the finding large, and the rest below.

    A `picture` stands between.
    """
    number = _("Styremøte nr. {n}").format(n=meeting.number)
    said = (number, slide.name, _("tall per {day}").format(day=dates.day(day)))
    st.session_state["identity"].caption(plain(" · ".join(said)))
    titled(number, slide.title, view().snapshot.strategy.organisation)
    if picture:
        picture()
    with st.container(gap="small"):
        document.draw(slide.blocks)


def _deck(shown: Snapshot, today: date, meeting: str) -> tuple[Slide, ...]:
    return slides.deck(_sitting(shown, today, meeting))


def _of_measure(shown: Snapshot, today: date, meeting: str, measure: str) -> Slide:
    return slides.of_measure(_sitting(shown, today, meeting), measure)


def _sitting(shown: Snapshot, today: date, meeting: str) -> Sitting:
    with view().database.reading() as session:
        return exports.sitting(session, shown.strategy.key, meeting, today, shown.change_id)
