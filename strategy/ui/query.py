"""Choices that stand in the address under short names, so that a link opens the same view.

Streamlit's own binding writes the shown label into the address. Ours writes the option, because links are
made in code (`/tiltak?vis=krever`), and labels change with the data and the language.
"""

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from strategy.i18n import _
from strategy.ui.view import address


def select(
    label: str,
    name: str,
    options: Sequence[str],
    says: Callable[[str], str],
    *,
    required: bool = False,
    nothing: str = "",
    hidden: bool = False,
) -> str | None:
    """A drop-down whose choice stands in the address as `name`; None is all, unless one is `required`.

    `nothing` says what no choice means where that is not all. Its label is `hidden` to the eye where what
    stands in it says enough.
    """
    key = _synced(name, options, says, required)
    chosen: str | None = st.selectbox(
        label,
        options,
        index=0 if required else None,
        format_func=says,
        placeholder=nothing or _("Alle"),
        key=key,
        on_change=_chosen,
        args=(name, key),
        label_visibility="collapsed" if hidden else "visible",
    )
    return chosen


def pills(
    label: str,
    name: str,
    options: Sequence[str],
    says: Callable[[str], str],
    *,
    required: bool = False,
    first: str = "",
    hidden: bool = False,
) -> str | None:
    """A row of small buttons, at most one pressed; exactly one where `required`, the `first` to begin with.

    Its label is `hidden` to the eye where what stands on the buttons says enough.
    """
    key = _synced(name, options, says, required, first)
    chosen: str | None = st.pills(
        label,
        options,
        format_func=says,
        key=key,
        on_change=_chosen,
        args=(name, key),
        required=required,
        wrap=True,
        label_visibility="collapsed" if hidden else "visible",
    )
    return chosen


def _synced(
    name: str, options: Sequence[str], says: Callable[[str], str], required: bool, first: str = ""
) -> str:
    """The widget's key, its value set from the address when a link changed that.

    The browser answers with the label, so new labels are a new widget that carries the choice on; else it
    would fall back to the first one whenever somebody saved what a label tells.
    """
    base = f"{address()}:{name}"
    usual = (first or options[0]) if required and options else None
    key = f"{base}:{zlib.crc32(repr([says(option) for option in options]).encode())}"
    asked, before = st.query_params.get(name), st.session_state.get(f"{base}:key", key)
    if st.session_state.get(f"{base}:seen") != asked or before not in st.session_state:
        value = asked
    else:
        value = st.session_state[before]
    value = value if value in options else usual
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    st.session_state[f"{base}:seen"], st.session_state[f"{base}:key"] = asked, key
    return key


def _chosen(name: str, key: str) -> None:
    value: Any = st.session_state[key]
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    st.session_state[f"{address()}:{name}:seen"] = value
