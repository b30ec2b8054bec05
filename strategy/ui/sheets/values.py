"""What an indicator was in a period, as a row: a number, words, or that it was not measured and why."""

from collections.abc import Iterator
from decimal import Decimal

from strategy import dates, indicators
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Indicator, IndicatorValue, Snapshot
from strategy.terms import Direction, Quality
from strategy.ui.sheets.sheet import Cells, Rows, text
from strategy.ui.view import view

_TOLD_BY = {
    "value": {"value"}, "quality": {"missed", "so_far"}, "text": {"text"}, "comment": {"comment"},
    "source": {"source"},
}  # fmt: skip
"""The columns each field is read from."""


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
        "text": value.text if value else "",
        "comment": value.comment if value else "",
        "source": value.source if value else indicator.source[:200],
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
        **{name: text(cells[name]) for name in ("text", "comment", "source")},
    }
    if value:
        fields = {name: said for name, said in fields.items() if _TOLD_BY[name] & typed.keys()}
    yield Wanted("indicator_value", key, value.version if value else 0, fields)


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
    yes_no = {_("ja"): Decimal(1), _("nei"): Decimal(0)} if indicator.direction is Direction.YES_NO else {}
    if said.casefold() in yes_no:
        return yes_no[said.casefold()]
    return dates.parse_number(said, _("verdi")) if said else None


VALUES = Rows("values", _cells, _title, _wanted)
