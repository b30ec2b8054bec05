"""The rules of a measure's frame, and of adopting an indicator and what it should be."""

from collections.abc import Iterator, Mapping
from datetime import date

from strategy.i18n import _
from strategy.record.around import Around
from strategy.record.rules.rule import NO_INDICATOR, NO_MEASURE, Rules, Told, in_plan, number
from strategy.record.wanted import Values
from strategy.things import Indicator, Measure, Target, Where, edited
from strategy.things.plan import no_way


def measure_flaws(measure: Measure, _around: Around) -> Iterator[Told]:
    """A measure has a short name, and begins before it is due."""
    if not measure.name:
        yield "name", _("Tiltaket må ha et kortnavn.")
    yield from _of_ours("start", measure.start)
    yield from _of_ours("due", measure.due)
    if measure.start and measure.due and measure.due < measure.start:
        yield "due", _("Fristen er før tiltaket begynner.")


def target_flaws(target: Target, around: Around) -> Iterator[Told]:
    """A target is a number on a day, and the last of them is on the right side of the baseline."""
    yield from number("value", target.value)
    yield from _of_ours("due", target.due)
    if not target.value.is_finite():
        return
    measured: Indicator = around.thing("indicator", target.indicator)
    others = around.all("target", indicator=target.indicator)
    counted = {each.due: each.value for each in others if not each.example} | {target.due: target.value}
    last = max(counted.items())[1]
    if measured.baseline not in (None, last) and not measured.direction.leads(measured.baseline, last):
        yield "value", no_way(measured.direction, measured.baseline, last)


def _of_ours(field: str, day: date | None) -> Iterator[Told]:
    if day and not 1900 <= day.year <= 2200:
        yield field, _("Datoen kan ikke brukes.")


def _indicator_and_day(key: str) -> Values:
    indicator, _at, said = key.partition("@")
    try:
        return {"indicator": indicator, "due": date.fromisoformat(said)}
    except ValueError:  # a day that is refused
        return {"indicator": indicator, "due": date.min}


RULES: Mapping[str, Rules] = {
    "measure": Rules(
        NO_MEASURE,
        flaws=measure_flaws,
        only=edited("measure", Where.APP),
    ),
    "indicator": Rules(NO_INDICATOR, only=("proposal", *edited("indicator", Where.APP)), is_whole=True),
    "target": Rules(
        NO_INDICATOR,
        named=_indicator_and_day,
        stands_on=lambda raw, around: in_plan("indicator", raw["indicator"], around, NO_INDICATOR),
        flaws=target_flaws,
    ),
}
