"""The check of the log on a page: walked on request, told as it went, remembered for this visit."""

from datetime import UTC, datetime

import streamlit as st

from strategy import integrity
from strategy.errors import Refusal
from strategy.health import Checked
from strategy.i18n import _
from strategy.ui.markdown import plain
from strategy.ui.view import view


def check(paper: str = "") -> Checked:
    """Walk the history and the files, compare with a paper where there is one, and say what was found."""
    opened, now = view().database, datetime.now(UTC)
    try:
        against = integrity.printed(paper) if paper.strip() else None
        with st.spinner(_("Kontrollerer …")), opened.reading() as session:
            found = integrity.whole(session, opened.files, against)
    except Refusal as refusal:
        return Checked(now, False, str(refusal))
    return Checked(now, True, " ".join(found.sentences))


def tell(found: Checked) -> None:
    """Say what a check found."""
    if found.is_whole:
        st.success(plain(found.said), icon=":material/check:")
    else:
        st.error(plain(found.said), icon=":material/error:")


def remember(found: Checked) -> None:
    """Keep it for this visit, as long as the newest change is the one it was of."""
    st.session_state["log:checked"] = view().state, found


def remembered() -> Checked | None:
    """The last check of this visit of what stands now."""
    state, found = st.session_state.get("log:checked", (None, None))
    return found if state == view().state else None
