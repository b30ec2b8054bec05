"""The papers of a meeting to be read on the screen: one case, or all of them."""

from datetime import date

import streamlit as st

from strategy.exports.board import paper
from strategy.exports.outline import Block, Contents
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Meeting, Snapshot
from strategy.ui import document, meeting_parts
from strategy.ui.markdown import plain
from strategy.ui.meeting_parts import AGENDA
from strategy.ui.parts import MEETINGS
from strategy.ui.view import cached

ALL = "alle"
"""What stands in the address instead of a case when all of them are read."""


def case(meeting: Meeting, item: AgendaItem) -> None:
    """The paper of a case as its file says it."""
    document.draw(cached(_case, meeting.key, item.key), below=1)


def papers(meeting: Meeting) -> None:
    """All the papers of the meeting on one page."""
    document.draw(cached(_papers, meeting.key), below=1)


def ways(meeting: Meeting, item: AgendaItem | None, cases: tuple[AgendaItem, ...]) -> None:
    """The way back to the agenda, and to the cases before and after the one that is read."""
    at = cases.index(item) if item else -1
    with st.container(horizontal=True):
        _way(meeting, "", _("Til sakslista"), ":material/list:")
        if at > 0:
            _way(meeting, cases[at - 1].key, _named(cases[at - 1]), ":material/arrow_back:")
        if at + 1 < len(cases):
            _way(meeting, cases[at + 1].key, _named(cases[at + 1]), ":material/arrow_forward:")


def whole(meeting: Meeting) -> None:
    """The way to all of the papers on one page."""
    _way(meeting, ALL, _("Les alle sakene på én side"), ":material/menu_book:")


def _way(meeting: Meeting, case: str, label: str, icon: str) -> None:
    where = {"m": meeting.key, "fane": AGENDA} | ({"sak": case} if case else {})
    st.page_link(MEETINGS, label=plain(label), icon=icon, query_params=where, width="content")


def _named(item: AgendaItem) -> str:
    return f"{meeting_parts.case_number(item)} {item.title}"


def _case(shown: Snapshot, today: date, meeting: str, case: str) -> tuple[Block, ...]:
    """What comes after the heading."""
    return paper.case(meeting_parts.sitting(shown, today, meeting), case).blocks[1:]


def _papers(shown: Snapshot, today: date, meeting: str) -> tuple[Block, ...]:
    """What comes after the cover and the contents."""
    blocks = paper.papers(meeting_parts.sitting(shown, today, meeting)).blocks
    begins = next(at for at, block in enumerate(blocks) if isinstance(block, Contents))
    return blocks[begins + 1 :]
