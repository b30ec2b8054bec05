"""How a field is edited in a grid, by what it is declared to hold.

No column says how long a text may be, and none but a box that is ticked holds anything but text: the browser
would cut a longer one that is pasted, and leave out what is no number, without a word. A list of words lets
others through too (`chrome.CELLS`). What cannot be used is asked about or refused with a sentence instead.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, things
from strategy.i18n import _
from strategy.terms import Assessment, Term
from strategy.things import Where
from strategy.ui.sheets.sheet import read_day, read_number, read_whole, text
from strategy.workbook import term_of


def column(kind: str, name: str, header: str = "", **more: Any) -> Any:
    """The column of one field; without a `header` it is called what it is called elsewhere."""
    of, config = things.holds(kind, name), st.column_config
    label = header or things.shapes(kind)[name].refused
    if issubclass(of, Term):
        return config.SelectboxColumn(label, options=[shown(term) for term in of], **more)
    if of is date:
        return config.TextColumn(label, help=_("Dag.måned.år, som 23.11.2026."), **more)
    return config.CheckboxColumn(label, **more) if of is bool else config.TextColumn(label, **more)


def with_the_rest(kind: str, columns: dict[str, Any]) -> dict[str, Any]:
    """The columns with one more for each field of a kind that is edited in a table and has none yet."""
    return columns | {name: column(kind, name) for name in edited(kind) if name not in columns}


def edited(kind: str) -> tuple[str, ...]:
    """The fields of a kind that are edited in a table."""
    return things.edited(kind, Where.TABLE)


def days(kind: str) -> tuple[str, ...]:
    """Those of them that hold a day."""
    return tuple(name for name in edited(kind) if things.holds(kind, name) is date)


def shown(value: Any) -> Any:
    """What a cell has for a value: a term in words, an assessment with its mark, a number as text."""
    if isinstance(value, Assessment):
        return value.marked
    if isinstance(value, Decimal) or type(value) is int:
        return dates.number(value)
    return value.label if isinstance(value, Term) else value


def meant(kind: str, name: str, cell: Any) -> Any:
    """What a cell comes to by what the field holds: a term with its mark or without, a day, a number, a text.

    A word that is no term is left to be refused. Raises `BadInput` for what is no day and no number.
    """
    of, label = things.holds(kind, name), things.shapes(kind)[name].label
    if issubclass(of, Term):
        return term_of(str(cell or ""), of) or cell
    read = _READ.get(of)
    return read(cell, label) if read else text(cell)


_READ: Mapping[type, Callable[[Any, str], Any]] = {date: read_day, int: read_whole, Decimal: read_number}
