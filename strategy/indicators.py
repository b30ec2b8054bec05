"""What an indicator says: newest value, the line it should follow, how far it has come, where it is heading.

Proposals and example targets are never in a number. The rules are in `docs/numbers.md`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from statistics import median, quantiles

from strategy import dates, texts
from strategy.i18n import _
from strategy.snapshot import Indicator, IndicatorValue, Target
from strategy.terms import Assessment, Controllability, Direction, Quality
from strategy.values import Number, Phrase, Unknown, Value, phrase, spoken, words

ON_TRACK_WITHIN = Decimal("0.10")
SOME_DEVIATION_WITHIN = Decimal("0.25")
"""Shortfall against the expected value, as a share of the way from the baseline to the last target."""

DEFAULT_BAND = Decimal("0.10")
"""How far a held indicator may stray, as a share of its level, where no band of its own is given."""

FORECAST_NEEDS = 3
"""Measured values, on different days."""

_SHORT_UNITS = {"antall": "", "ja/nei": "", "prosent": "%"}
_LEAST_AND_MOST = {"antall": (0, None), "%": (0, 100), "prosent": (0, 100)}


def latest(indicator: Indicator, today: date) -> IndicatorValue | None:
    """The newest value that counts, a number or a text; None is «Ikke målt»."""
    counted = _counted(indicator, today)
    return counted[-1] if counted else None


def adopted(found: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Those that count: all but the proposals."""
    return tuple(indicator for indicator in found if not indicator.proposal)


def suggested(indicator: Indicator) -> Target | None:
    """The target that is only an example, to be adopted or another set."""
    return next((target for target in indicator.targets if target.example), None)


def proposed(found: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Those that are not adopted, or have a target that is only suggested."""
    return tuple(indicator for indicator in found if indicator.proposal or suggested(indicator))


def measured_ones(found: Iterable[Indicator], today: date) -> tuple[Indicator, ...]:
    """«Målt»: the adopted with a value that counts on the day, whenever it was measured."""
    return tuple(indicator for indicator in adopted(found) if latest(indicator, today))


def behind(found: Iterable[Indicator], today: date) -> tuple[Indicator, ...]:
    """Those that are not where they should be; a proposal never is."""
    return tuple(indicator for indicator in found if mark(indicator, today).is_deviation)


def measured_in(indicator: Indicator, year: int, today: date) -> IndicatorValue | None:
    """«Målt i året»: the newest value of the year that counts on the day."""
    found = latest(indicator, min(today, date(year, 12, 31)))
    return found if found and found.measured_on.year == year else None


def answered(indicator: Indicator, year: int) -> IndicatorValue | None:
    """The newest answer that it was not measured in the year."""
    found = [v for v in indicator.fitting if v.quality is Quality.NOT_MEASURED and v.measured_on.year == year]
    return max(found, key=lambda value: value.measured_on, default=None)


def unmeasured(indicator: Indicator, today: date) -> IndicatorValue | None:
    """The answer that it was not measured, where that is newer than every value that counts."""
    said = [v for v in indicator.fitting if v.quality is Quality.NOT_MEASURED and v.begins_on <= today]
    last = max(said, key=lambda value: value.measured_on, default=None)
    newest = latest(indicator, today)
    return last if last and (newest is None or last.measured_on > newest.measured_on) else None


def is_due(indicator: Indicator, year: int, today: date) -> bool:
    """Whether something of the year should have been measured: the first of its periods is over.

    An indicator of elections is measured in their years only.
    """
    span = indicator.frequency.span
    if not indicator.frequency.is_year_of(year):
        return False
    return span is None or dates.period_end(span.named(year)[0]) < today


def awaited(indicator: Indicator, today: date) -> date | None:
    """The day after which an indicator that is not measured yet is, the first time since its baseline."""
    span, begun = indicator.frequency.span, indicator.baseline_on
    if span is None or begun is None or latest(indicator, today):
        return None
    years = (year for year in range(begun.year, begun.year + 3) if indicator.frequency.is_year_of(year))
    ends = (dates.period_end(name) for year in years for name in span.named(year))
    first = next(end for end in ends if end > begun)
    return first if first >= today else None


def unmeasured_said(indicator: Indicator, today: date) -> str:
    """«Ikke målt», or when it will be where that is to come."""
    day = awaited(indicator, today)
    return _("Måles etter {day}").format(day=dates.day(day)) if day else _("Ikke målt")


def not_measured(value: IndicatorValue) -> str:
    """«Ikke målt i 2026: undersøkelsen ble avlyst», without a full stop."""
    whole = len(value.period) < len("2026-06-19")
    form = _("Ikke målt i {period}: {why}") if whole else _("Ikke målt {period}: {why}")
    return form.format(period=dates.period_label(value.period), why=value.comment.strip().rstrip("."))


def apart(indicator: Indicator) -> tuple[IndicatorValue, ...]:
    """The numbers that are no part of the series: years before it, and periods of another kind."""
    found = (value for value in indicator.values if value in (*indicator.history, *indicator.misfits))
    return tuple(value for value in found if value.value is not None)


def series(indicator: Indicator, today: date) -> tuple[IndicatorValue, ...]:
    """The values with a number that count, oldest first.

    A preliminary value of a period still running does not count: half a year of courses says nothing against
    a year's target. `so_far` has it.
    """
    return tuple(value for value, _number in _numbers(indicator, today))


def so_far(indicator: Indicator, today: date) -> IndicatorValue | None:
    """The newest preliminary value of a period still running; shown, never counted."""
    running = [
        v
        for v in indicator.fitting
        if v.begins_on <= today < v.measured_on and v.quality is Quality.PRELIMINARY
    ]
    return max(running, key=lambda v: v.measured_on, default=None)


def number(indicator: Indicator, value: IndicatorValue) -> Decimal | None:
    """The value as a number; for yes and no 1 and 0, also where written as «ja» or «nei»."""
    if indicator.direction is not Direction.YES_NO:
        return value.value
    if value.value is not None:
        return Decimal(int(value.value != 0))
    return {"ja": Decimal(1), "nei": Decimal(0)}.get(texts.folded(value.text.strip()))


def targets(indicator: Indicator) -> tuple[Target, ...]:
    """The targets that count, in order of time: no examples, and none of a proposal."""
    if indicator.proposal:
        return ()
    return tuple(sorted((t for t in indicator.targets if not t.example), key=lambda t: t.due))


def target(indicator: Indicator, day: date) -> Target | None:
    """The target that is meant on `day`: the next one due, or the last one when all have passed."""
    counted = targets(indicator)
    return next((t for t in counted if t.due >= day), counted[-1] if counted else None)


def aim(indicator: Indicator, meant: Target) -> str:
    """«mål 2028: 12»: a target by its year, wherever it stands alone."""
    return _("mål {year}: {aim}").format(year=meant.due.year, aim=amount(indicator, meant.value))


def expected(indicator: Indicator, day: date) -> Decimal | None:
    """The value on the straight line between the dated baseline and targets.

    None before the line starts; the last target after it ends. Yes and no has no line: the target once it is
    due. Nor has a held level: the target in force, or the baseline where there is none.
    """
    if indicator.direction is Direction.HOLD:
        return None if indicator.proposal else _level(indicator, day)
    line = _line(indicator)
    passed = [point for point in line if point[0] <= day]
    if not passed:
        return None
    later = line[len(passed) :]
    if not later or passed[-1][0] == day or indicator.direction is Direction.YES_NO:
        return passed[-1][1]
    (start, low), (end, high) = passed[-1], later[0]
    return low + (high - low) * (day - start).days / (end - start).days


def path(indicator: Indicator, period: dates.Period) -> tuple[tuple[date, Decimal], ...]:
    """The corners of the expected line; a held level goes straight through the period."""
    days = {target.due for target in targets(indicator)}
    if indicator.direction is Direction.HOLD:
        days |= {period.start, period.until - timedelta(days=1)}
    elif indicator.baseline_on:
        days.add(indicator.baseline_on)
    found = ((day, expected(indicator, day)) for day in sorted(days))
    return tuple((day, value) for day, value in found if value is not None)


def attainment(indicator: Indicator, today: date) -> float | None:
    """How much of the way from baseline to last target the newest number has come; 1 is reached.

    Below 0 is worse than the baseline, above 1 better than the target. A target no better than the baseline
    is a floor (or a ceiling): 1 when kept, else 0. So is a held level within its band, and yes or no.
    """
    counted = _numbers(indicator, today)
    if not counted or indicator.proposal or indicator.direction is Direction.FOLLOW:
        return None
    value = counted[-1][1]
    if indicator.direction is Direction.YES_NO:
        return float(value)
    if indicator.direction is Direction.HOLD:
        level = expected(indicator, counted[-1][0].measured_on)
        return None if level is None else float(abs(value - level) <= band(indicator, level))
    aims = targets(indicator)
    if indicator.baseline is None or not aims:
        return None
    return _covered(indicator, value, indicator.baseline, aims[-1].value)


def band(indicator: Indicator, level: Decimal) -> Decimal:
    """How far a held indicator may be from `level` and still be held; of whole things one at least."""
    if indicator.band is not None:
        return abs(indicator.band)
    usual = abs(level) * DEFAULT_BAND
    return max(Decimal(1), usual) if indicator.is_whole else usual


def is_coloured(indicator: Indicator) -> bool:
    """Whether it may carry a colour: not what is only followed or out of our hands, and not a proposal."""
    return (
        indicator.direction is not Direction.FOLLOW
        and indicator.controllability is not Controllability.LOW
        and not indicator.proposal
    )


def is_outdated(indicator: Indicator, today: date) -> bool:
    """Whether two measurements have been missed: the newest value is more than twice its frequency old."""
    newest, between = latest(indicator, today), indicator.frequency.days_between
    return newest is not None and between is not None and (today - newest.measured_on).days > 2 * between


def mark(indicator: Indicator, today: date) -> Assessment:
    """The newest value against the expected one on its own day, with the tolerances above.

    Grey where nothing may be coloured, nothing is measured or expected, or the newest value is outdated, has
    only words or says that it was not measured: a colour from an older number would stand beside what it is
    not made of.
    """
    newest = latest(indicator, today)
    value = number(indicator, newest) if newest else None
    if newest is None or value is None or not is_coloured(indicator):
        return Assessment.NOT_ASSESSED
    if is_outdated(indicator, today) or unmeasured(indicator, today):
        return Assessment.NOT_ASSESSED
    day = newest.measured_on
    if indicator.direction is Direction.YES_NO:
        return _mark_of_yes_no(indicator, bool(value), today)
    if indicator.direction is Direction.HOLD:
        return _mark_of_held(indicator, value, day)
    return _mark_of_line(indicator, value, day)


def gap(indicator: Indicator, today: date) -> Decimal | None:
    """How far the newest value is from where it should be, positive where it is worse; None without a mark.

    A held level is never better than itself.
    """
    if not mark(indicator, today).is_judged or indicator.direction is Direction.YES_NO:
        return None
    newest, value = _numbers(indicator, today)[-1]
    wanted = expected(indicator, newest.measured_on)
    if wanted is None:
        return None
    off = (
        abs(wanted - value) if indicator.direction is Direction.HOLD else (wanted - value) * _sign(indicator)
    )
    return round(off, 0 if indicator.is_whole else 1)


def gap_said(indicator: Indicator, today: date) -> str:
    """«13 bak», «5 foran», «som planlagt», or why nothing can be said of it."""
    off = gap(indicator, today)
    if off is None:
        return _("gammel måling") if is_outdated(indicator, today) else ""
    if not off:
        return _("som planlagt")
    if indicator.direction is Direction.HOLD:
        return _("{amount} fra nivået").format(amount=_apart(indicator, off))
    form = _("{amount} bak") if off > 0 else _("{amount} foran")
    return form.format(amount=_apart(indicator, abs(off)))


def by_gap(found: Iterable[Indicator], today: date) -> tuple[Indicator, ...]:
    """The measured first, those furthest from where they should be before the rest of their mark."""
    return tuple(sorted(found, key=lambda each: _order(each, today)))


def better(indicator: Indicator) -> str:
    """Which way is good, in words."""
    words_of = {
        Direction.UP: _("Høyere er bedre."),
        Direction.DOWN: _("Lavere er bedre."),
        Direction.HOLD: _("Nivået skal holdes."),
    }
    return words_of.get(indicator.direction, "")


@dataclass(frozen=True, slots=True)
class Trend:
    """The two newest numbers of `indicator`; `better` is None where nobody can say so."""

    indicator: Indicator
    previous: IndicatorValue
    latest: IndicatorValue
    better: bool | None

    @property
    def sentence(self) -> str:
        return spoken(self.said)

    @property
    def said(self) -> Phrase:
        """«fra 228 (2025) til 221 (2026)»."""
        return phrase(
            _("fra {before} ({then}) til {after} ({now})"),
            before=measured(self.indicator, self.previous),
            then=dates.period_label(self.previous.period),
            after=measured(self.indicator, self.latest),
            now=dates.period_label(self.latest.period),
        )


def trend(indicator: Indicator, today: date) -> Trend | None:
    """Where the newest number went from the one before; None with fewer than two."""
    counted = _numbers(indicator, today)
    if len(counted) < 2:
        return None
    (previous, before), (newest, after) = counted[-2:]
    return Trend(indicator, previous, newest, _better(indicator, before, after, newest.measured_on))


def is_worsening(indicator: Indicator, today: date) -> bool:
    """Whether an indicator that may be coloured went the wrong way at its newest number."""
    found = trend(indicator, today)
    return is_coloured(indicator) and found is not None and found.better is False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the line through `count` values ends on the day `end`, with its spread from `low` to `high`."""

    indicator: Indicator
    value: Decimal
    low: Decimal
    high: Decimal
    count: int
    end: date

    @property
    def sentence(self) -> str:
        """«Prognose for 31.12.2028: 6, trolig 5 til 7.»"""
        value, low, high = (self._short(number) for number in (self.value, self.low, self.high))
        spread = _("nesten uten spredning") if low == high else _("trolig {low} til {high}")
        form = _("Prognose for {day}: {value}, {spread}.")
        return form.format(day=dates.day(self.end), value=value, spread=spread.format(low=low, high=high))

    @property
    def method(self) -> str:
        """How it is made."""
        form = _("Prognosen er en rett linje gjennom {n} målinger som tåler at én avviker (Theil–Sen).")
        return form.format(n=self.count)

    def _short(self, exact: Decimal) -> str:
        """At most three figures of the largest of the numbers, so that they are all equally exact.

        Whole where all it is made of is whole: nobody holds 4,48 courses.
        """
        if _is_whole(self.indicator):
            return amount(self.indicator, round(exact, 0))
        largest = max(abs(self.value), abs(self.low), abs(self.high))
        places = min(4, max(0, 2 - largest.adjusted())) if largest else 0
        return amount(self.indicator, round(exact, places))


def forecast(indicator: Indicator, end: date, today: date) -> Forecast | None:
    """Extend the Theil–Sen line (median of all pairwise slopes) to `end`; None on fewer than three days.

    The spread is the quartiles of the slopes over the days from the middle of the series to `end`, plus the
    quartiles of the residuals; a percentage stays within 0–100, a count at or above 0. None for proposals,
    for yes and no, and for a day not after the last value. Sen, JASA 63 (1968) 1379–1389.
    """
    points = [(value.measured_on.toordinal(), number) for value, number in _numbers(indicator, today)]
    if indicator.proposal or indicator.direction is Direction.YES_NO:
        return None
    if len({x for x, _y in points}) < FORECAST_NEEDS or end.toordinal() <= points[-1][0]:
        return None
    low, value, high = (_bounded(indicator, y) for y in _extended(points, end.toordinal()))
    return Forecast(indicator, value, low, high, len(points), end)


def read_amount(indicator: Indicator, text: str, field: str) -> Decimal:
    """The number somebody has written, with its unit or without; «ja» and «nei» where that is what is asked.

    Raises `BadInput`, naming `field`.
    """
    words = {_("ja"): Decimal(1), _("nei"): Decimal(0)} if indicator.direction is Direction.YES_NO else {}
    said = words.get(text.strip().casefold())
    return dates.parse_amount(text, indicator.unit, field) if said is None else said


def quantity(indicator: Indicator, value: Decimal) -> Value:
    """The number with its unit; of yes and no the word."""
    if indicator.direction is Direction.YES_NO:
        return _("ja") if value else _("nei")
    return Number(value, _SHORT_UNITS.get(indicator.unit, indicator.unit.partition(" (")[0]))


def amount(indicator: Indicator, value: Decimal) -> str:
    """The same as it is read: «7», «45 %», «4,2 poeng», «ja»."""
    return words(quantity(indicator, value))


def measured(indicator: Indicator, value: IndicatorValue) -> Value:
    """What was measured: a number, its text in quotes where it has none, or why it was not."""
    if value.quality is Quality.NOT_MEASURED:
        return Unknown(not_measured(value))
    found = number(indicator, value)
    return _("«{text}»").format(text=value.text) if found is None else quantity(indicator, found)


def said(indicator: Indicator, value: IndicatorValue) -> str:
    """The same as it is read."""
    return words(measured(indicator, value))


def sentence(indicator: Indicator, today: date, end: date | None = None) -> str:
    """The finding in words: newest value, target, forecast (at `end`, else the last target's day)."""
    parts = [_("Forslag, ikke vedtatt.")] if indicator.proposal else []
    parts.append(_measured(indicator, today))
    if gap := unmeasured(indicator, today):
        parts.append(f"{not_measured(gap)}.")
    if running := so_far(indicator, today):
        form = _("Foreløpig hittil i {period}: {value}.")
        parts.append(form.format(period=dates.period_label(running.period), value=said(indicator, running)))
    aims = targets(indicator)
    end = end or (aims[-1].due if aims else None)
    if end and (found := forecast(indicator, end, today)):
        parts.append(found.sentence)
    return " ".join(parts)


def _order(indicator: Indicator, today: date) -> tuple[bool, int, Decimal]:
    off = gap(indicator, today) or Decimal(0)
    size = max((abs(aim.value) for aim in targets(indicator)), default=Decimal(0)) or Decimal(1)
    return latest(indicator, today) is None, mark(indicator, today).rank, -off / size


def _apart(indicator: Indicator, off: Decimal) -> str:
    """A distance with its unit; between two percentages it is points."""
    if dates.is_per_cent(indicator.unit):
        return _("{n} prosentpoeng").format(n=dates.number(off))
    return amount(indicator, off)


def _counted(indicator: Indicator, today: date) -> list[IndicatorValue]:
    counted = (value for value in indicator.fitting if _counts(value, today))
    return sorted(counted, key=lambda value: (value.measured_on, value.period))


def _counts(value: IndicatorValue, today: date) -> bool:
    """Whether it was measured, and its period is over, or has begun and its value is final."""
    if value.quality is Quality.NOT_MEASURED:
        return False
    return value.measured_on <= today or (value.quality is Quality.FINAL and value.begins_on <= today)


def _numbers(indicator: Indicator, today: date) -> list[tuple[IndicatorValue, Decimal]]:
    read = ((value, number(indicator, value)) for value in _counted(indicator, today))
    return [(value, found) for value, found in read if found is not None]


def _line(indicator: Indicator) -> list[tuple[date, Decimal]]:
    if indicator.direction is Direction.FOLLOW or indicator.proposal:
        return []
    counted = {t.due: t.value for t in targets(indicator)}
    start = _start(indicator, counted)
    points = {**start, **{due: value for due, value in counted.items() if not start or due >= min(start)}}
    return sorted(points.items())


def _start(indicator: Indicator, counted: dict[date, Decimal]) -> dict[date, Decimal]:
    """The baseline as a point, where there is a target to go to from it."""
    if not counted or indicator.baseline is None or indicator.baseline_on is None:
        return {}
    return {} if indicator.direction is Direction.YES_NO else {indicator.baseline_on: indicator.baseline}


def _level(indicator: Indicator, day: date) -> Decimal | None:
    """What a held indicator should be held at: its target in force, else its baseline."""
    found = target(indicator, day)
    return found.value if found else indicator.baseline


def _sign(indicator: Indicator) -> int:
    return -1 if indicator.direction is Direction.DOWN else 1


def _covered(indicator: Indicator, value: Decimal, baseline: Decimal, aim: Decimal) -> float:
    sign = _sign(indicator)
    if (aim - baseline) * sign > 0:
        return float((value - baseline) / (aim - baseline))
    return float((value - aim) * sign >= 0)


def _mark_of_yes_no(indicator: Indicator, reached: bool, today: date) -> Assessment:
    if reached:
        return Assessment.ON_TRACK
    return (
        Assessment.MAJOR_DEVIATION
        if expected(indicator, today - timedelta(days=1))
        else Assessment.NOT_ASSESSED
    )


def _mark_of_held(indicator: Indicator, value: Decimal, day: date) -> Assessment:
    level = expected(indicator, day)
    if level is None:
        return Assessment.NOT_ASSESSED
    off, allowed = abs(value - level), band(indicator, level)
    if off <= allowed:
        return Assessment.ON_TRACK
    return Assessment.SOME_DEVIATION if off <= 2 * allowed else Assessment.MAJOR_DEVIATION


def _mark_of_line(indicator: Indicator, value: Decimal, day: date) -> Assessment:
    aim, should_be, sign = target(indicator, day), expected(indicator, day), _sign(indicator)
    if aim and (value - aim.value) * sign >= 0:
        return Assessment.ON_TRACK
    if aim is None or should_be is None:
        return Assessment.NOT_ASSESSED
    shortfall = (should_be - value) * sign
    way = _way(indicator)
    if shortfall <= way * ON_TRACK_WITHIN:
        return Assessment.ON_TRACK
    return (
        Assessment.SOME_DEVIATION if shortfall <= way * SOME_DEVIATION_WITHIN else Assessment.MAJOR_DEVIATION
    )


def _way(indicator: Indicator) -> Decimal:
    """What a shortfall is measured against: from where it began, or the first target, to the last target.

    Without a way there is nothing to fall short by a part of: the target is kept or not.
    """
    aims = targets(indicator)
    start = aims[0].value if indicator.baseline is None else indicator.baseline
    leads = indicator.direction.leads(start, aims[-1].value)
    return abs(aims[-1].value - start) if leads else Decimal(0)


def _better(indicator: Indicator, before: Decimal, after: Decimal, today: date) -> bool | None:
    if indicator.direction is Direction.FOLLOW or before == after:
        return None
    if indicator.direction is not Direction.HOLD:
        return (after - before) * _sign(indicator) > 0
    level = _level(indicator, today)
    if level is None or max(abs(before - level), abs(after - level)) <= band(indicator, level):
        return None
    was, now = abs(before - level), abs(after - level)
    return None if was == now else now < was


def _extended(points: Sequence[tuple[int, Decimal]], end: int) -> tuple[Decimal, Decimal, Decimal]:
    """(low, value, high) of the Theil–Sen line through `points` at `end`."""
    slopes = sorted((b - a) / (y - x) for (x, a), (y, b) in combinations(points, 2) if x != y)
    slope = median(slopes)
    offsets = [y - slope * x for x, y in points]
    offset = median(offsets)
    reach = end - median(x for x, _y in points)
    down, up = _quartiles(slopes)
    below, above = _quartiles([y - offset for y in offsets])
    value = offset + slope * end
    return (
        value + (down - slope) * Decimal(reach) + below,
        value,
        value + (up - slope) * Decimal(reach) + above,
    )


def _quartiles(numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    first, _middle, third = quantiles(numbers, n=4, method="inclusive")
    return first, third


def _is_whole(indicator: Indicator) -> bool:
    """Whether every value and target, and the baseline, is a whole number."""
    numbers = (
        [v.value for v in indicator.values] + [t.value for t in indicator.targets] + [indicator.baseline]
    )
    return all(each == each.to_integral_value() for each in numbers if each is not None)


def _bounded(indicator: Indicator, value: Decimal) -> Decimal:
    least, most = _LEAST_AND_MOST.get(indicator.unit, (None, None))
    value = value if least is None else max(Decimal(least), value)
    return value if most is None else min(Decimal(most), value)


def _measured(indicator: Indicator, today: date) -> str:
    newest = latest(indicator, today)
    found = unmeasured_said(indicator, today)
    if newest:
        form = _("Sist målt {value} ({period})")
        found = form.format(value=said(indicator, newest), period=dates.period_label(newest.period))
    return _("{found}{aim}.").format(found=found, aim=_aim(indicator, today))


def _aim(indicator: Indicator, today: date) -> str:
    """What it should be, as the end of a sentence; nothing where nobody has said."""
    wanted = target(indicator, today)
    if wanted:
        return _("; målet er {aim} i {year}").format(
            aim=amount(indicator, wanted.value), year=wanted.due.year
        )
    level = expected(indicator, today) if indicator.direction is Direction.HOLD else None
    return "" if level is None else _("; skal holdes på {level}").format(level=amount(indicator, level))
