"""One field of the plan in a form, by what it is declared to hold."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, things
from strategy.terms import Term


def field(kind: str, name: str, now: Any, key: str) -> Any:
    """The field with what stands in it, and what is written there. Raises `BadInput` where no number is."""
    shape, of = things.shapes(kind)[name], things.holds(kind, name)
    label, optional = shape.refused, things.defaults(kind).get(name, "") is None
    if issubclass(of, Term):
        options = list(of)
        place = options.index(now) if now in options else None
        return st.selectbox(
            label, options, index=place, format_func=lambda term: term.label, key=key, persist_state="session"
        )
    if of is date:
        first, last = date(2000, 1, 1), date(2100, 12, 31)
        return st.date_input(
            label, now, format="DD.MM.YYYY", min_value=first, max_value=last, key=key, persist_state="session"
        )
    if of is bool:
        return st.checkbox(label, bool(now), key=key, persist_state="session")
    if of is Decimal:
        said = st.text_input(
            label, "" if now is None else dates.number(now), key=key, persist_state="session"
        )
        return dates.parse_number(said, label) if said.strip() else None
    draw = st.text_area if shape.limit and not shape.one_line else st.text_input
    said = draw(label, now or "", key=key, persist_state="session").strip()
    return said or (None if optional else "")


def changed(stands: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are another than what stands."""
    return {name: value for name, value in said.items() if name not in stands or stands[name] != value}
