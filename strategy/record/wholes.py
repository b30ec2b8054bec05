"""A milestone or a value as it is wanted: what stood, with what is to change, and all that is wrong."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from strategy import tables, texts
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record.reports import MILESTONE_LABELS, VALUE_LABELS, milestone_flaws, value_flaws
from strategy.terms import Direction, Quality

Fields = Mapping[str, Any]
Whole = tuple[dict[str, Any], list[tuple[str, str]]]
"""Every field of the thing, and each flaw as a field and a sentence."""

_LIMITS = {
    "title": texts.LINE,
    "text": texts.PARAGRAPH,
    "comment": texts.PARAGRAPH,
    "source": texts.LINE,
    "evidence": texts.PARAGRAPH,
}


def milestone(before: Fields, fields: Fields, today: date) -> Whole:
    """A milestone that is there already."""
    said, flaws = _cleaned(fields, MILESTONE_LABELS)
    row = tables.Milestone(strategy="", key="", version=1, change_id=0, **{**before, **said})
    flaws += _told(milestone_flaws(row, today), MILESTONE_LABELS)
    return {name: getattr(row, name) for name in tables.fields_of(tables.Milestone)}, flaws


def value(key: str, before: Fields | None, fields: Fields, direction: Direction, today: date) -> Whole:
    """A value that is corrected, or a new one."""
    indicator, _at, period = key.partition("@")
    said, flaws = _cleaned(fields, VALUE_LABELS)
    usual = {"indicator": indicator, "period": period, "quality": Quality.FINAL}
    row = tables.IndicatorValue(
        strategy="", key=key, version=1, change_id=0, **{**usual, **(before or {}), **said}
    )
    flaws += _told(value_flaws(row, direction, today), VALUE_LABELS)
    return {name: getattr(row, name) for name in tables.fields_of(tables.IndicatorValue)}, flaws


def _cleaned(fields: Fields, labels: Mapping[str, str]) -> Whole:
    """The fields with their texts cleaned; one that cannot be used is left as it came."""
    said, flaws = dict(fields), []
    for name, text in fields.items():
        if name in _LIMITS:
            try:
                said[name] = texts.clean(text, _LIMITS[name], _(labels[name]))
            except BadInput as refusal:
                flaws.append((name, str(refusal)))
    return said, flaws


def _told(flaws: Iterator[BadInput], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    named = {_(label): name for name, label in labels.items()}
    return [(named[flaw.field], str(flaw)) for flaw in flaws]
