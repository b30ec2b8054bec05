"""What an indicator was in a period, as a row: a number, words, or that it was not measured and why."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, indicators, things
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Indicator, IndicatorValue, Snapshot
from strategy.terms import Direction, Quality
from strategy.ui.sheets.columns import column, edited, with_the_rest
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, text
from strategy.ui.view import view

_BOXES = {"missed", "so_far"}
"""The columns the quality is read from; each other field is read from its own."""


_KIND = "indicator_value"
_TEXTS = tuple(name for name in edited(_KIND) if things.holds(_KIND, name) is str)


def columns() -> dict[str, Any]:
    """How each column is edited; a value is written as text, with a comma, or as yes or no."""
    config = st.column_config
    found = {
        "name": config.TextColumn(_("Indikator"), width=330),
        "before": config.TextColumn(_("Sist"), width=150),
        "value": column(_KIND, "value", width=90),
        "so_far": config.CheckboxColumn(_("Foreløpig"), width=95),
        "missed": config.CheckboxColumn(_("Ikke målt"), width=95),
        "comment": column(_KIND, "comment", width="medium"),
        "text": column(_KIND, "text", _("I ord"), width="medium"),
        "source": column(_KIND, "source", width="medium"),
    }
    rest = with_the_rest(_KIND, found)
    return {name: rest[name] for name in rest if name != "quality"}  # it is told by two boxes


def key(indicator: Indicator, period: str) -> str:
    """The row's key."""
    return f"{indicator.key}@{period}"


def _cells(plan: Snapshot, key: str) -> Cells:
    indicator, value = _found(plan, key)
    newest = indicators.latest(indicator, view().today)
    said = f"{indicators.said(indicator, newest)} ({dates.period_label(newest.period)})" if newest else "–"
    return {
        "name": f"{_name(indicator)} · {indicator.unit}",
        "before": said,
        "value": _number_said(indicator, value),
        "missed": value is not None and value.quality is Quality.NOT_MEASURED,
        **{name: getattr(value, name) if value else "" for name in _TEXTS},
        **({} if value else {"source": indicator.source[: things.shapes(_KIND)["source"].limit]}),
        "so_far": value is not None and value.quality is Quality.PRELIMINARY,
    }


def _title(plan: Snapshot, key: str) -> str:
    indicator, _value = _found(plan, key)
    return f"{_name(indicator)}, {dates.period_label(key.rpartition('@')[2])}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    indicator, value = _found(plan, key)
    if value is None and not any(typed.values()):
        return
    cells = _cells(plan, key) | typed
    measured = Quality.PRELIMINARY if cells["so_far"] else Quality.FINAL
    fields = {
        "value": _number(indicator, text(cells["value"])),
        "quality": Quality.NOT_MEASURED if cells["missed"] else measured,
        **{name: text(cells[name]) for name in _TEXTS},
    }
    if value:
        fields = {
            name: said
            for name, said in fields.items()
            if (_BOXES if name == "quality" else {name}) & typed.keys()
        }
    yield Wanted(_KIND, key, value.version if value else 0, fields)


def _found(plan: Snapshot, key: str) -> tuple[Indicator, IndicatorValue | None]:
    name, _at, period = key.rpartition("@")
    indicator = plan.indicator(name)
    return indicator, indicator.value_in(period)


def _name(indicator: Indicator) -> str:
    return f"{indicator.belongs_to} {indicator.name}" + (_(" (forslag)") if indicator.proposal else "")


def _number_said(indicator: Indicator, value: IndicatorValue | None) -> str:
    """The number as it is written; yes and no in words."""
    if value is None or value.value is None:
        return ""
    if indicator.direction is Direction.YES_NO:
        return _("ja") if value.value else _("nei")
    return dates.number(value.value)


def _number(indicator: Indicator, said: str) -> Decimal | None:
    return indicators.read_amount(indicator, said, _("verdi")) if said else None


VALUES = Rows("values", _cells, _title, _wanted)
