"""The files of a meeting: the whole set of papers, one case, and the minutes, as Word and PDF."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from strategy import exports
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Meeting
from strategy.ui.view import view

MIME = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def papers(meeting: Meeting) -> None:
    """The whole set of papers."""
    make = partial(_made, exports.board_paper, meeting.key)
    _both(_("Papirene som {form}"), f"sakspapirer-{meeting.key}", make)


def case(item: AgendaItem) -> None:
    """The paper of one case."""
    make = partial(_made, exports.case_paper, item.meeting, item.key)
    _both(_("Saken som {form}"), f"{item.key}-{item.meeting}", make)


def minutes(meeting: Meeting) -> None:
    """The minutes, ready to be signed."""
    make = partial(_made, exports.minutes, meeting.key)
    _both(_("Protokollen som {form}"), f"protokoll-{meeting.key}", make)


def _both(label: str, name: str, make: Callable[..., Callable[[], bytes]]) -> None:
    with st.container(horizontal=True):
        for form, (word, mime) in MIME.items():
            st.download_button(
                label.format(form=word), data=make(form=form), file_name=f"{name}.{form}", mime=mime,
                key=f"{name}-{form}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip


def _made(write: Callable[..., bytes], *keys: str, form: str) -> Callable[[], bytes]:
    """What makes the file when it is asked for; by then the run that drew the button is over."""
    seen = view()

    def make() -> bytes:
        with seen.database.reading() as session:
            return write(session, seen.strategy, *keys, form=form, today=seen.today)

    return make
