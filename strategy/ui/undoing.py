"""Undo a change from the log: first what it would alter, then the button that does it."""

import streamlit as st

from strategy import record, wording
from strategy.access import Verb, may
from strategy.changes import Action
from strategy.i18n import _, mark
from strategy.ui.markdown import plain
from strategy.ui.parts import edited, paged
from strategy.ui.view import save, view

PAGE = 25

OPENED = "angre"
"""What says in the address which change is looked at: it is there again when the server was started anew."""

BECOMES = {
    Action.ADDED: mark("{thing} kommer tilbake"),
    Action.CHANGED: mark("{thing} blir som før"),
    Action.RETIRED: mark("{thing} tas ut igjen"),
}


def opened() -> int:
    """The change that is looked at, 0 for none."""
    asked = st.query_params.get(OPENED, "")
    return int(asked) if asked.isdecimal() and len(asked) < 12 else 0


def offer(change: int) -> None:
    """Offer to undo a change; what it would alter is read when it is asked for."""
    seen = view()
    if seen.past or not may(seen.actor, Verb.PLAN):
        return
    if opened() != change:
        st.button(
            _("Angre endringen …"),
            key=f"ask:{change}",
            icon=":material/undo:",
            type="tertiary",
            on_click=_open,
            args=(change,),
        )
        return
    with seen.database.reading() as session:
        found = record.undo_preview(session, seen.strategy, change)
    with st.container(border=True):
        if found.refusal:
            st.warning(plain(_("Kan ikke angres. {why}").format(why=found.refusal)), icon=":material/block:")
        else:
            st.markdown(
                _("**Dette blir endret når du angrer.** Ingenting slettes; angringen kan også angres.")
            )
            for edit in paged(found.edits, PAGE, f"angre-{change}"):
                thing = wording.thing(edit, seen.snapshot)
                edited(edit, _(BECOMES[edit.action]).format(thing=thing), (_("Nå"), _("Etter angringen")))
        with st.container(horizontal=True):
            label = _("Angre endring {n}").format(n=change)
            if not found.refusal and st.button(label, key=f"do:{change}", type="primary"):
                _undo(change)
            st.button(_("Lukk"), key=f"close:{change}", type="tertiary", on_click=_close)


def _undo(change: int) -> None:
    said = _("endring {n} er angret").format(n=change)
    if save(lambda by: record.undo(by, change), said):
        _close()
        st.rerun()


def _open(change: int) -> None:
    st.query_params[OPENED] = str(change)


def _close() -> None:
    st.query_params.pop(OPENED, None)
