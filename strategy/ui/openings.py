"""What is looked at and only the session has, as an uploaded file: noted in the address, told when lost."""

import streamlit as st

from strategy.i18n import _


def note(name: str, what: str) -> None:
    """Say in the address that it is open; the session knows that it really is."""
    st.session_state[_key(name)] = True
    if st.query_params.get(name) != what:
        st.query_params[name] = what


def tell(name: str, said: str) -> None:
    """Where the address says that something is open and this session never had it: say that it is gone."""
    if name not in st.query_params:
        return
    if not st.session_state.get(_key(name)):
        gone = _("Det du så på, er borte: siden er lastet på nytt, eller løsningen er startet på nytt.")
        st.warning(f"{gone} {said}", icon=":material/history:")
    close(name)


def close(name: str) -> None:
    """It is closed by whoever looked at it."""
    st.session_state.pop(_key(name), None)
    st.query_params.pop(name, None)


def _key(name: str) -> str:
    return f"opening:{name}"
