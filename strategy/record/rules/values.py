"""The rules of a measured value: its period, its number, and what makes a number look wrong."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from strategy import dates
from strategy.access import Actor
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record.around import Around, Stored
from strategy.record.rules.rule import (
    NO_INDICATOR,
    NO_THING,
    Rules,
    Told,
    halves,
    in_plan,
    may_report,
    number,
)
from strategy.record.wanted import Values
from strategy.terms import Direction, Quality
from strategy.things import Indicator, IndicatorValue

LAST = 4
"""How many values before it a new one is seen against."""

TIMES = 10
"""How many times the largest of them, or under which part of the smallest, a number is asked about."""


def value_flaws(value: IndicatorValue, around: Around) -> Iterator[Told]:
    """A value is a number or words, for a period that has begun and fits; not measured, it has a reason."""
    asked: Indicator = around.thing("indicator", value.indicator)
    yield from period_flaws(value, asked, around)
    yield from number("value", value.value)
    if value.quality is Quality.NOT_MEASURED:
        if value.value is not None or value.text:
            yield "value", _("Det som ikke er målt, har ingen verdi. Fjern verdien, eller si at det er målt.")
        if not value.comment:
            yield "comment", _("Skriv i kommentaren hvorfor det ikke er målt.")
        return
    if value.value is None and not value.text:
        yield "value", _("Skriv et tall eller en vurdering i ord.")
    if asked.direction is Direction.YES_NO and value.value not in (None, 0, 1):
        yield "value", _("Denne indikatoren besvares med ja eller nei (1 eller 0).")


def period_flaws(value: IndicatorValue, asked: Indicator, around: Around) -> Iterator[Told]:
    """The period has begun, and is of a kind the indicator takes, or a whole year before the series begins.

    One that was entered before this was asked may be corrected.
    """
    try:
        last = dates.period_end(value.period)
    except BadInput as refusal:
        yield "period", str(refusal)
        return
    if last.year > around.today.year:
        yield "period", _("Perioden har ikke begynt ennå. Velg et tidligere år.")
    if asked.takes(value.period) or around.thing("indicator_value", value.key):
        return
    others = (each.period for each in around.all("indicator_value", indicator=value.indicator))
    if not asked.is_history(value.period, others):
        yield "period", misfit(asked, value.period)


def misfit(asked: Indicator, period: str) -> str:
    """That a period is of another kind than the indicator's, and those of its year that fit."""
    said = _("Dette er {covers}, og føres for {fitting}, ikke for {period}.")
    covers = _("et tall på en dag") if asked.is_of_a_day else _("en sum over en periode")
    year = dates.period_end(period).year
    names = [_fitting(name) for span in asked.spans for name in span.named(year)]
    *most, least = names
    fitting = _("{first} eller {last}").format(first=", ".join(most), last=least) if most else least
    return said.format(covers=covers, fitting=fitting, period=dates.period_label(period))


def value_doubts(value: IndicatorValue, around: Around) -> Iterator[Told]:
    """A number of another kind, or ten times the largest of the last four or under a tenth of the smallest.

    Of whole things a fall from less than ten is no wonder.
    """
    asked: Indicator = around.thing("indicator", value.indicator)
    if value.value is None or asked.direction is Direction.YES_NO:
        return
    earlier = _earlier(value, around)
    known = [Decimal(0), *earlier, *_wished(asked, around)]
    number = dates.number(value.value)
    if value.value < 0 <= min(known):
        yield "value", _("{number} er mindre enn null. Er det riktig?").format(number=number)
    elif dates.is_per_cent(asked.unit) and value.value > 100 >= max(known):
        yield "value", _("{number} er mer enn 100 prosent. Er det riktig?").format(number=number)
    elif earlier and _is_far(value.value, earlier[-LAST:], is_whole=asked.is_whole):
        form = _("{number} er langt fra det som er målt før. Er det riktig? Forrige var {last}.")
        yield "value", form.format(number=number, last=dates.number(earlier[-1]))


def _is_far(value: Decimal, last: Iterable[Decimal], *, is_whole: bool) -> bool:
    sizes = [abs(each) for each in last]
    is_small = is_whole and min(sizes) < TIMES
    return (abs(value) * TIMES < min(sizes) and not is_small) or 0 < TIMES * max(sizes) <= abs(value)


def _earlier(value: IndicatorValue, around: Around) -> list[Decimal]:
    """The numbers of the other periods, oldest first."""
    others = around.all("indicator_value", indicator=value.indicator)
    in_order = sorted(others, key=lambda each: dates.period_end(each.period))
    return [each.value for each in in_order if each.key != value.key and each.value is not None]


def _wished(asked: Indicator, around: Around) -> Iterator[Decimal]:
    """The numbers somebody has said it began with or should come to."""
    if asked.baseline is not None:
        yield asked.baseline
    yield from (target.value for target in around.all("target", indicator=asked.key))


def _fitting(name: str) -> str:
    is_day = dates.span(name) is dates.Span.DAY
    return _("en dag, som {day}").format(day=dates.period_label(name)) if is_day else dates.period_label(name)


def _may_enter(actor: Actor, raw: Values, around: Stored) -> None:
    measured = around.thing("indicator", raw["indicator"])
    may_report(actor, measured.belongs_to if measured else "", around)


RULES: Mapping[str, Rules] = {
    "indicator_value": Rules(
        NO_THING,
        may=_may_enter,
        named=halves("indicator", "period"),
        stands_on=lambda raw, around: in_plan("indicator", raw["indicator"], around, NO_INDICATOR),
        flaws=value_flaws,
        doubts=value_doubts,
    ),
}
