"""Reports to take away as PDF and Word: of a meeting the papers, one case or the minutes, and any other."""

from collections.abc import Callable
from typing import Any

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
    _of(exports.board_paper, _("Papirene som {form}"), f"sakspapirer-{meeting.key}", meeting.key)


def case(item: AgendaItem) -> None:
    """The paper of one case."""
    name = f"{item.key}-{item.meeting}"
    _of(exports.case_paper, _("Saken som {form}"), name, item.meeting, item.key)


def minutes(meeting: Meeting) -> None:
    """The minutes, ready to be signed."""
    _of(exports.minutes, _("Protokollen som {form}"), f"protokoll-{meeting.key}", meeting.key)


def report(
    write: Callable[..., bytes], label: str, name: str, *asked: Any, main: bool = False, **more: Any
) -> None:
    """A button for each form of what `write` makes of `asked`; the first stands out if `main`."""
    with st.container(horizontal=True):
        for form, (word, mime) in MIME.items():
            st.download_button(
                label.format(form=word), data=_made(write, *asked, form=form, **more), mime=mime,
                file_name=f"{name}.{form}", key=f"{name}-{form}", on_click="ignore",
                type="primary" if main and form == "pdf" else "secondary", icon=":material/download:",
            )  # fmt: skip


def _of(write: Callable[..., bytes], label: str, name: str, *keys: str) -> None:
    """A file of a meeting, as of the plan being shown."""
    seen = view()
    report(write, label, name, *keys, today=seen.today, as_of=seen.snapshot.change_id)


def _made(write: Callable[..., bytes], *asked: Any, **more: Any) -> Callable[[], bytes]:
    """What makes the file when it is asked for; by then the run that drew the button is over."""
    seen = view()

    def make() -> bytes:
        with seen.database.reading() as session:
            return write(session, seen.strategy, *asked, **more)

    return make
