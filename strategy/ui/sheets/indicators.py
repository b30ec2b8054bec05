"""An indicator that is proposed, as a row to adopt: with its baseline, and what it should come to."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, indicators, record
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Indicator, Snapshot
from strategy.ui.sheets.columns import column
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, read_day, said_day, text

_KIND = "indicator"


def columns() -> dict[str, Any]:
    """How each column is edited; numbers and days are written as text."""
    config = st.column_config
    return {
        "adopted": config.CheckboxColumn(_("Vedta"), width=70),
        "name": config.TextColumn(_("Indikator"), width="large"),
        "baseline": column(_KIND, "baseline", width=100),
        "baseline_on": column(_KIND, "baseline_on", width=120),
        "aim": column("target", "value", width=90),
        "due": column("target", "due", width=110),
    }


def _cells(plan: Snapshot, key: str) -> Cells:
    indicator = plan.indicator(key)
    target = indicators.suggested(indicator)
    return {
        "adopted": False,
        "name": f"{indicator.belongs_to} {indicator.name} · {indicator.unit}",
        "baseline": dates.number(indicator.baseline) if indicator.baseline is not None else "",
        "baseline_on": indicator.baseline_on,
        "aim": dates.number(target.value) if target else "",
        "due": said_day(target.due if target else plan.strategy.end),
    }


def _title(plan: Snapshot, key: str) -> str:
    indicator = plan.indicator(key)
    return f"{indicator.belongs_to} {indicator.name}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    """What is typed, and with a tick also what is suggested; nothing of a row without one."""
    indicator, cells = plan.indicator(key), _cells(plan, key) | typed
    if not cells["adopted"]:
        if typed.keys() - {"adopted"}:
            raise BadInput(_("Kryss av for «Vedta», eller tøm det som er skrevet."), _("Vedta"))
        return
    fields: dict[str, Any] = {"proposal": False}
    if "baseline" in typed:
        fields["baseline"] = _number(indicator, typed["baseline"], _("Nullpunkt"))
    if "baseline_on" in typed:
        fields["baseline_on"] = read_day(typed["baseline_on"], _("Nullpunkt målt"))
    yield Wanted(_KIND, key, indicator.version, fields)
    value, due = _number(indicator, cells["aim"], _("Mål")), read_day(cells["due"], _("Innen"))
    if value is not None and due is None:
        raise BadInput(_("Skriv dagen målet skal være nådd."), _("Innen"))
    if value is not None and due is not None:
        yield record.aim(indicator, value, due)


def _number(indicator: Indicator, cell: Any, field: str) -> Decimal | None:
    said = text(cell)
    return indicators.read_amount(indicator, said, field) if said else None


PROPOSED = Rows("proposed", _cells, _title, _wanted, days=("baseline_on",))
