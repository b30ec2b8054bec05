"""What the one at the screen has half written: read, kept and forgotten, form by form."""

from collections.abc import Callable

import streamlit as st

from strategy import record
from strategy.errors import Refusal
from strategy.i18n import _
from strategy.record import By
from strategy.record.scratch import Kept
from strategy.ui.markdown import plain
from strategy.ui.view import view


def kept() -> dict[str, Kept]:
    """What this person has half written, by form."""
    seen = view()
    with seen.database.reading() as session:
        return record.scratch.kept(session, seen.actor, seen.strategy)


def change(write: Callable[[By], None]) -> bool:
    """Keep or forget some of it; say so where that cannot be done."""
    seen = view()
    try:
        with seen.database.writing() as session:
            write(seen.by(session))
    except Refusal as refusal:
        st.warning(plain(_("Kladden er ikke tatt vare på. {why}").format(why=refusal)))
        return False
    return True
