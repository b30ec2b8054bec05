"""Reports to take away as PDF and Word: of a meeting the papers, one case or the minutes, and any other."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from strategy import exports
from strategy.exports.forms import FORMS, OF_REPORT
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Meeting
from strategy.ui.view import view


def papers(meeting: Meeting) -> None:
    """The whole set of papers."""
    _of(
        "board-paper",
        exports.board_paper,
        _("Papirene som {form}"),
        f"sakspapirer-{meeting.key}",
        meeting.key,
    )


def case(item: AgendaItem) -> None:
    """The paper of one case."""
    name = f"{item.key}-{item.meeting}"
    _of("case-paper", exports.case_paper, _("Saken som {form}"), name, item.meeting, item.key)


def minutes(meeting: Meeting) -> None:
    """The minutes, ready to be signed."""
    _of("minutes", exports.minutes, _("Protokollen som {form}"), f"protokoll-{meeting.key}", meeting.key)


def since(start: str, end: str) -> None:
    """What has happened between two ends, all of it in words."""
    seen = view()

    def write(session: Any, _strategy: str, *, form: str) -> bytes:
        return exports.since_last(session, seen.snapshot, seen.today, start, end, form)

    report("since", write, _("Siden sist som {form}"), f"siden-sist-{start}-{end}")


def report(
    kind: str,
    write: Callable[..., bytes],
    label: str,
    name: str,
    *asked: Any,
    main: bool = False,
    **more: Any,
) -> None:
    """A button for each form the `kind` of report has, of what `write` makes of `asked`; PDF stands first.

    It also stands out if it is the `main` thing on the page.
    """
    with st.container(horizontal=True):
        for form in sorted(OF_REPORT[kind], key=lambda each: each != "pdf"):
            st.download_button(
                label.format(form=FORMS[form].word),
                data=_made(write, *asked, form=form, **more),
                mime=FORMS[form].mime,
                file_name=f"{name}.{form}",
                key=f"{name}-{form}",
                on_click="ignore",
                type="primary" if main and form == "pdf" else "secondary",
                icon=":material/download:",
            )


def _of(kind: str, write: Callable[..., bytes], label: str, name: str, *keys: str) -> None:
    """A file of a meeting, as of the plan being shown."""
    seen = view()
    report(kind, write, label, name, *keys, today=seen.today, as_of=seen.snapshot.change_id)


def _made(write: Callable[..., bytes], *asked: Any, **more: Any) -> Callable[[], bytes]:
    """What makes the file when it is asked for; by then the run that drew the button is over."""
    seen = view()

    def make() -> bytes:
        with seen.database.reading() as session:
            return write(session, seen.strategy, *asked, **more)

    return make
