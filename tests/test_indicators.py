"""What an indicator says, and what it must not say."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from strategy import indicators
from strategy.errors import BadInput
from strategy.snapshot import Indicator
from strategy.terms import Assessment, Controllability, Covers, Direction, Frequency, Quality
from tests import plans
from tests.plans import (
    END,
    START,
    TODAY,
    a_target,
    a_value,
    an_indicator,
    given,
)

MIDWAY = date(2026, 7, 2)
"""Half the days from START to END, both ends included."""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def growing(*values: Any, **more: Any) -> Indicator:
    """From 0 at START to 100 at END, measured at the end of 2024, 2025 …"""
    periods = [(str(2024 + n), value) for n, value in enumerate(values)]
    fields: dict[str, Any] = {"baseline": 0, "targets": [(END, 100)], "values": periods, "unit": "poeng"}
    return an_indicator(**fields | more)


def test_not_measured_is_said_so_and_is_not_nought():
    indicator = growing()
    assert indicators.latest(indicator, TODAY) is None
    assert indicators.attainment(indicator, TODAY) is None
    assert indicators.mark(indicator, TODAY) is Assessment.NOT_ASSESSED
    assert plain(indicators.sentence(indicator, TODAY)) == "Ikke målt; målet er 100 poeng i 2028."


def test_a_measured_nought_is_a_number():
    assert indicators.attainment(growing(0), TODAY) == 0


def test_the_newest_period_is_the_latest_whatever_the_order_it_came_in():
    indicator = an_indicator(values=[("2025", 3), ("2024", 2), ("2025-H1", 1)])
    newest = indicators.latest(indicator, TODAY)
    assert newest is not None
    assert newest.period == "2025"


FITTING = {
    (Frequency.YEAR, "antall"): ["2025"],
    (Frequency.HALF_YEAR, "antall"): ["2025-H2"],
    (Frequency.QUARTER, "antall"): ["2025-Q3"],
    (Frequency.ELECTION_YEAR, "antall"): ["2025"],
    (Frequency.EVENT, "antall"): ["2025", "2025-H2", "2025-Q3", "2025-06", "2025-06-19"],
    (Frequency.EXTERNAL, "antall"): ["2025", "2025-H2", "2025-Q3", "2025-06", "2025-06-19"],
    (Frequency.YEAR, "%"): ["2025", "2025-06-19"],
    (Frequency.HALF_YEAR, "%"): ["2025", "2025-H2", "2025-06-19"],
    (Frequency.QUARTER, "%"): ["2025", "2025-H2", "2025-Q3", "2025-06-19"],
    (Frequency.ELECTION_YEAR, "%"): ["2025"],
}


@pytest.mark.parametrize(("frequency", "unit"), FITTING)
def test_a_sum_takes_its_own_periods_and_a_level_days_and_those_that_end_with_its_own(frequency, unit):
    indicator = an_indicator(frequency=frequency, unit=unit)
    periods = ["2025", "2025-H2", "2025-Q3", "2025-06", "2025-06-19"]
    assert [period for period in periods if indicator.takes(period)] == FITTING[frequency, unit]


def test_what_is_said_of_a_number_goes_before_what_its_unit_says():
    assert an_indicator(frequency=Frequency.YEAR, covers=Covers.DAY).takes("2025-06-19")
    assert not an_indicator(frequency=Frequency.YEAR, unit="%", covers=Covers.PERIOD).takes("2025-06-19")


def test_a_number_for_another_kind_of_period_is_in_no_figure():
    """B2 and c13: half a year against a year, and a quarter against a year's target."""
    odd = [
        ("2025-Q3", 1),
        a_value("2026-Q1", quality=Quality.NOT_MEASURED, comment="Avlyst"),
        ("2026-06-19", 2),
    ]
    fine = growing(20, 40, frequency=Frequency.YEAR)
    mixed = growing(20, 40, frequency=Frequency.YEAR, values=[("2024", 20), ("2025", 40), *odd])
    for said in (
        indicators.latest, indicators.series, indicators.trend, indicators.mark, indicators.attainment,
        indicators.unmeasured, indicators.so_far, indicators.sentence,
    ):  # fmt: skip
        assert _bare(said(mixed, TODAY)) == _bare(said(fine, TODAY)), said
    assert indicators.forecast(mixed, END, TODAY) is None
    assert [value.period for value in mixed.misfits] == ["2025-Q3", "2026-Q1", "2026-06-19"]
    assert [value.period for value in indicators.apart(mixed)] == ["2025-Q3", "2026-06-19"]


def _bare(said: Any) -> Any:
    return (said.previous, said.latest, said.better) if isinstance(said, indicators.Trend) else said


def test_a_whole_year_before_the_series_is_history_and_one_within_it_is_not():
    indicator = an_indicator(
        frequency=Frequency.HALF_YEAR, values=[("2024", 7), ("2025", 9), ("2025-H2", 4), ("2026-H1", 5)]
    )
    assert [value.period for value in indicator.history] == ["2024"]
    assert [value.period for value in indicator.misfits] == ["2025"]
    assert [value.period for value in indicators.series(indicator, TODAY)] == ["2025-H2", "2026-H1"]


def test_a_preliminary_value_of_a_running_period_is_shown_but_does_not_count():
    running = a_value("2026", 3, quality=Quality.PRELIMINARY)
    indicator = an_indicator(values=[("2025", 7), running])
    assert indicators.series(indicator, TODAY) == indicator.values[:1]
    assert indicators.so_far(indicator, TODAY) == running
    assert indicators.sentence(indicator, TODAY) == "Sist målt 7 (2025). Foreløpig hittil i 2026: 3."
    assert indicators.latest(indicator, date(2026, 12, 31)) == running


def test_a_final_value_of_a_running_period_counts_and_one_of_a_coming_period_does_not():
    indicator = an_indicator(values=[("2026", 7), ("2027", 9)])
    assert [v.period for v in indicators.series(indicator, TODAY)] == ["2026"]


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("2026", date(2026, 1, 1)),
        ("2026-H2", date(2026, 7, 1)),
        ("2026-Q4", date(2026, 10, 1)),
        ("2026-12", date(2026, 12, 1)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_final_value_counts_from_the_first_day_of_its_period(period, first):
    indicator = an_indicator(values=[(period, 1)])
    assert indicators.latest(indicator, first)
    assert not indicators.latest(indicator, first - timedelta(days=1))


def test_a_value_in_words_is_the_latest_but_makes_no_number():
    indicator = an_indicator(values=[("2024", 5), a_value("2025", text="Bedre enn ventet")])
    assert indicators.sentence(indicator, TODAY) == "Sist målt «Bedre enn ventet» (2025)."
    assert [v.period for v in indicators.series(indicator, TODAY)] == ["2024"]


def test_a_newest_value_in_words_takes_the_colour_of_the_number_before_it():
    numbers = an_indicator(values=[("2024", 5)], targets=[(END, 5)], baseline=0)
    worded = replace(numbers, values=(*numbers.values, a_value("2025", text="Bedre enn ventet")))
    assert indicators.mark(numbers, TODAY) is Assessment.ON_TRACK
    assert indicators.mark(worded, TODAY) is Assessment.NOT_ASSESSED


def test_the_expected_value_is_on_the_straight_line_between_dated_targets():
    indicator = growing(targets=[(date(2026, 1, 1), 10), (date(2026, 1, 11), 20)])
    assert indicators.expected(indicator, date(2026, 1, 4)) == 13
    assert indicators.expected(indicator, START) == 0
    assert indicators.expected(indicator, START - timedelta(days=1)) is None
    assert indicators.expected(indicator, END) == 20


def test_without_a_dated_baseline_the_line_begins_at_the_first_target():
    indicator = growing(baseline_on=None, targets=[(MIDWAY, 10), (END, 20)])
    assert indicators.expected(indicator, MIDWAY - timedelta(days=1)) is None
    assert indicators.expected(indicator, MIDWAY) == 10


def test_the_line_begins_at_the_baseline_whatever_was_aimed_at_before_it():
    indicator = growing(baseline_on=MIDWAY, targets=[(START, 90), (END, 100)])
    assert indicators.expected(indicator, MIDWAY - timedelta(days=1)) is None
    assert indicators.expected(indicator, MIDWAY) == 0


def test_the_target_in_force_is_the_next_one_due_and_holds_on_its_own_day():
    indicator = growing(targets=[(MIDWAY, 40), (END, 100)])
    found = [
        indicators.target(indicator, day) for day in (MIDWAY, MIDWAY + timedelta(days=1), date(2030, 1, 1))
    ]
    assert [t and t.value for t in found] == [40, 100, 100]
    assert indicators.target(growing(targets=[]), TODAY) is None


def test_a_baseline_alone_expects_nothing():
    assert indicators.expected(growing(targets=[]), TODAY) is None


points = st.lists(st.tuples(plans.days, plans.numbers), min_size=2, max_size=5, unique_by=lambda p: p[0])


@given(points, st.sampled_from([Direction.UP, Direction.DOWN]), st.data())
def test_the_line_passes_through_its_points_and_lies_between_neighbours(line, direction, data):
    (first, baseline), *rest = sorted(line)
    indicator = an_indicator(baseline=baseline, baseline_on=first, targets=rest, direction=direction)
    assert all(indicators.expected(indicator, day) == value for day, value in [(first, baseline), *rest])
    n = data.draw(st.integers(0, len(rest) - 1))
    (start, low), (end, high) = [(first, baseline), *rest][n : n + 2]
    found = indicators.expected(indicator, data.draw(st.dates(start, end)))
    assert found is not None
    assert min(low, high) <= found <= max(low, high)


@pytest.mark.parametrize(
    ("value", "share"), [(0, 0.0), (46, 0.46), (100, 1.0), (120, 1.2), (-10, -0.1)]
)  # fmt: skip
def test_attainment_is_the_way_covered_from_baseline_to_target(value, share):
    assert indicators.attainment(growing(value), TODAY) == pytest.approx(share)


def test_attainment_of_what_should_fall_counts_the_fall():
    indicator = growing(6, baseline=10, targets=[(END, 2)], direction=Direction.DOWN)
    assert indicators.attainment(indicator, TODAY) == 0.5


def test_attainment_is_measured_against_the_last_target():
    assert indicators.attainment(growing(30, targets=[(MIDWAY, 40), (END, 60)]), TODAY) == 0.5


@pytest.mark.parametrize(("value", "share"), [(4, 1.0), (3, 0.0), (9, 1.0)])
def test_a_target_no_better_than_the_baseline_is_a_floor(value, share):
    assert indicators.attainment(growing(value, baseline=6, targets=[(END, 4)]), TODAY) == share


def test_without_a_baseline_there_is_no_way_to_measure():
    assert indicators.attainment(growing(5, baseline=None), TODAY) is None


@given(plans.indicators())
def test_turning_everything_upside_down_changes_no_attainment_mark_or_verdict(indicator):
    assume(indicator.direction in (Direction.UP, Direction.DOWN))
    other = Direction.DOWN if indicator.direction is Direction.UP else Direction.UP
    mirrored = replace(
        indicator,
        direction=other,
        baseline=None if indicator.baseline is None else -indicator.baseline,
        values=tuple(replace(v, value=None if v.value is None else -v.value) for v in indicator.values),
        targets=tuple(replace(t, value=-t.value) for t in indicator.targets),
    )
    assert indicators.attainment(mirrored, TODAY) == indicators.attainment(indicator, TODAY)
    assert indicators.mark(mirrored, TODAY) is indicators.mark(indicator, TODAY)
    verdicts = [t and t.better for t in (indicators.trend(i, TODAY) for i in (indicator, mirrored))]
    assert verdicts[0] == verdicts[1]


@given(
    plans.indicators(), st.lists(st.tuples(plans.days, plans.numbers), max_size=3, unique_by=lambda t: t[0])
)
def test_example_targets_never_change_a_number(indicator, examples):
    real = replace(indicator, targets=tuple(t for t in indicator.targets if not t.example))
    with_examples = replace(
        real, targets=(*real.targets, *(a_target(due, value, example=True) for due, value in examples))
    )
    for computed in (indicators.attainment, indicators.mark, indicators.expected, indicators.sentence):
        assert computed(with_examples, TODAY) == computed(real, TODAY)
    was, found = (indicators.forecast(i, END, TODAY) for i in (real, with_examples))
    assert found == (was and replace(was, indicator=with_examples))


@given(plans.indicators(proposal=True))
def test_a_proposal_has_no_number_and_no_colour_and_says_what_it_is(indicator):
    assert indicators.attainment(indicator, TODAY) is None
    assert indicators.expected(indicator, TODAY) is None
    assert indicators.targets(indicator) == ()
    assert indicators.forecast(indicator, END, TODAY) is None
    assert indicators.mark(indicator, TODAY) is Assessment.NOT_ASSESSED
    assert not indicators.is_worsening(indicator, TODAY)
    assert indicators.sentence(indicator, TODAY).startswith("Forslag, ikke vedtatt. ")


@given(plans.indicators())
def test_what_is_only_followed_or_out_of_our_hands_is_never_coloured(indicator):
    for context in (
        replace(indicator, direction=Direction.FOLLOW),
        replace(indicator, controllability=Controllability.LOW),
    ):
        assert not indicators.is_coloured(context)
        assert indicators.mark(context, TODAY) is Assessment.NOT_ASSESSED
        assert not indicators.is_worsening(context, TODAY)


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        (30, Assessment.ON_TRACK),
        (40, Assessment.ON_TRACK),
        (29, Assessment.SOME_DEVIATION),
        (15, Assessment.SOME_DEVIATION),
        (14, Assessment.MAJOR_DEVIATION),
    ],
)
def test_the_mark_is_the_shortfall_against_the_line_on_the_values_own_day(value, mark):
    """The line is at 40 when 2025 ends, and the way is 100: ten points are tolerated, then fifteen more."""
    indicator = growing(
        None, value, baseline_on=date(2024, 1, 1), targets=[(date(2025, 12, 31), 40), (END, 100)]
    )
    assert indicators.mark(indicator, TODAY) is mark


def test_a_value_that_already_meets_the_target_in_force_is_on_track_without_a_baseline():
    indicator = an_indicator(values=[("2025", 7)], targets=[(END, 6)])
    assert indicators.mark(indicator, TODAY) is Assessment.ON_TRACK
    short = an_indicator(values=[("2025", 5)], targets=[(END, 6)])
    assert indicators.mark(short, TODAY) is Assessment.NOT_ASSESSED


@pytest.mark.parametrize(
    ("value", "share", "mark"),
    [
        (95, 1.0, Assessment.ON_TRACK),
        (110, 1.0, Assessment.ON_TRACK),
        (111, 0.0, Assessment.SOME_DEVIATION),
        (80, 0.0, Assessment.SOME_DEVIATION),
        (79, 0.0, Assessment.MAJOR_DEVIATION),
    ],
)
def test_a_held_level_is_held_within_its_band(value, share, mark):
    for band in (Decimal(10), None):
        indicator = growing(value, baseline=100, targets=[], direction=Direction.HOLD, band=band)
        assert indicators.attainment(indicator, TODAY) == share
        assert indicators.mark(indicator, TODAY) is mark


def test_a_held_level_is_the_target_in_force_before_the_baseline():
    indicator = growing(12, baseline=20, targets=[(END, 12)], direction=Direction.HOLD, band=Decimal(1))
    assert indicators.attainment(indicator, TODAY) == 1


def test_yes_or_no_is_due_when_its_target_is_and_not_before():
    answer = growing(0, direction=Direction.YES_NO, unit="ja/nei", targets=[(TODAY, 1)])
    assert indicators.mark(answer, TODAY) is Assessment.NOT_ASSESSED
    assert indicators.mark(answer, TODAY + timedelta(days=1)) is Assessment.MAJOR_DEVIATION
    assert indicators.sentence(answer, TODAY) == "Sist målt nei (2024); målet er ja i 2026."


def test_yes_or_no_has_no_line_between_its_targets():
    answer = growing(direction=Direction.YES_NO, targets=[(MIDWAY, 0), (END, 1)])
    assert indicators.expected(answer, END - timedelta(days=1)) == 0
    assert indicators.expected(answer, END) == 1


def test_yes_in_words_counts_as_yes():
    answer = an_indicator(values=[a_value("2025", text="Ja")], direction=Direction.YES_NO)
    assert indicators.attainment(answer, TODAY) == 1
    assert indicators.mark(answer, TODAY) is Assessment.ON_TRACK


def test_a_number_that_missed_two_measurements_loses_its_colour():
    indicator = growing(80, frequency=Frequency.YEAR)
    assert indicators.mark(indicator, TODAY) is Assessment.ON_TRACK
    late = date(2024, 12, 31) + timedelta(days=2 * 366 + 1)
    assert indicators.mark(indicator, late) is Assessment.NOT_ASSESSED
    assert not indicators.is_outdated(replace(indicator, frequency=Frequency.EXTERNAL), late)


@pytest.mark.parametrize(
    ("direction", "values", "better"),
    [
        (Direction.UP, (228, 221), False),
        (Direction.DOWN, (228, 221), True),
        (Direction.UP, (5, 5), None),
        (Direction.FOLLOW, (5, 9), None),
        (Direction.HOLD, (101, 99), None),
        (Direction.HOLD, (100, 130), False),
        (Direction.HOLD, (130, 115), True),
        (Direction.YES_NO, (0, 1), True),
    ],
)
def test_the_trend_says_which_way_and_whether_that_is_better(direction, values, better):
    found = indicators.trend(growing(*values, baseline=100, targets=[], direction=direction), TODAY)
    assert found is not None
    assert found.better is better


def test_the_trend_in_words_has_both_numbers_and_their_periods():
    found = indicators.trend(growing(228, 221, unit="antall"), TODAY)
    assert found is not None
    assert found.sentence == "fra 228 (2024) til 221 (2025)"


def test_one_number_is_no_trend():
    assert indicators.trend(growing(5), TODAY) is None


def exact_line(slope: Decimal, start: Decimal, days: list[date]) -> list[tuple[str, Decimal]]:
    return [(day.isoformat(), start + slope * (day - START).days) for day in days]


measured_days = st.lists(st.dates(START, TODAY), min_size=3, max_size=12, unique=True)


@given(st.decimals(-2, 2, places=2), plans.numbers, measured_days)
def test_the_forecast_of_an_exact_line_is_the_line(slope, start, days):
    indicator = an_indicator(values=exact_line(slope, start, days), unit="kr")
    found = indicators.forecast(indicator, END, TODAY)
    assert found is not None
    wanted = float(start + slope * (END - START).days)
    assert [float(x) for x in (found.low, found.value, found.high)] == pytest.approx([wanted] * 3)
    assert found.count == len(days)


@given(
    st.decimals(-2, 2, places=2),
    st.lists(st.dates(START, TODAY), min_size=9, max_size=14, unique=True),
    st.decimals(-10_000, 10_000, places=1),
    st.data(),
)
def test_one_outlier_among_many_does_not_move_the_forecast(slope, days, outlier, data):
    values = exact_line(slope, Decimal(50), days)
    n = data.draw(st.integers(0, len(values) - 1))
    values[n] = (values[n][0], outlier)
    found = indicators.forecast(an_indicator(values=values, unit="kr"), END, TODAY)
    assert found is not None
    assert float(found.value) == pytest.approx(float(50 + slope * (END - START).days))


@given(plans.indicators(proposal=False, unit="kr"))
def test_a_forecast_lies_within_its_spread_and_needs_three_days_of_numbers(indicator):
    found = indicators.forecast(indicator, END, TODAY)
    days = {v.measured_on for v in indicators.series(indicator, TODAY)}
    if len(days) < 3 or indicator.direction is Direction.YES_NO:
        assert found is None
    if found:
        assert found.low <= found.value <= found.high


def test_the_line_and_its_spread_are_those_worked_out_by_hand():
    """Slopes .04 .04 .1 .1 .1 .12 .12 .16 .16 .16; with the median, .11, the residuals are -5 -2 0 2 5.

    400 days past the middle: 64, down by 400 × (.11 - .1) and 2, up by 400 × (.15 - .11) and 2.
    """
    values = [((START + timedelta(days=100 * n)).isoformat(), y) for n, y in enumerate((0, 4, 20, 36, 40))]
    last, end = START + timedelta(days=400), START + timedelta(days=600)
    found = indicators.forecast(an_indicator(values=values, unit="kr"), end, last)
    assert found is not None
    assert [found.low, found.value, found.high] == [58, 64, 82]


def test_a_forecast_is_a_percentage_where_the_indicator_is_and_never_less_than_none():
    soaring = indicators.forecast(growing(50, 70, 90, unit="%"), END, date(2026, 12, 31))
    falling = indicators.forecast(growing(30, 20, 5, unit="antall"), END, date(2026, 12, 31))
    assert soaring is not None
    assert falling is not None
    assert [soaring.value, falling.value] == [100, 0]


def test_two_numbers_for_the_same_day_are_no_slope():
    periods = [("2024", 10), ("2025-H2", 20), ("2025", 20), ("2025-12", 20)]
    assert indicators.forecast(an_indicator(values=periods), END, TODAY) is None
    found = indicators.forecast(an_indicator(values=[*periods, ("2026", 30)]), date(2027, 12, 31), TODAY)
    assert found is not None
    assert (round(found.value), found.count) == (40, 5)


def test_there_is_no_forecast_for_a_day_that_is_already_measured():
    indicator = growing(1, 2, 3)
    assert indicators.forecast(indicator, date(2026, 12, 31), TODAY) is None


def test_the_forecast_says_what_it_is():
    indicator = growing(2, 4, 7, unit="antall", targets=[(END, 6)])
    assert plain(indicators.sentence(indicator, TODAY)) == (
        "Sist målt 7 (2026); målet er 6 i 2028. Prognose for 31.12.2028: 12, trolig 11 til 13."
    )
    found = indicators.forecast(indicator, END, TODAY)
    assert found is not None
    assert "rett linje gjennom 3 målinger" in found.method
    assert "Theil–Sen" in found.method


@pytest.mark.parametrize(
    ("direction", "value", "mark"),
    [
        (Direction.UP, 90, Assessment.MAJOR_DEVIATION), (Direction.UP, 100, Assessment.ON_TRACK),
        (Direction.DOWN, 105, Assessment.MAJOR_DEVIATION), (Direction.DOWN, 99, Assessment.ON_TRACK),
    ],
)  # fmt: skip
@pytest.mark.parametrize("baseline", [100, None])
def test_without_a_way_to_go_a_target_is_kept_or_not(direction, value, mark, baseline):
    """Nine tenths of a level is not nine tenths of a way."""
    found = growing(value, baseline=baseline, direction=direction, targets=[(date(2024, 12, 31), 100)])
    assert indicators.mark(found, date(2025, 1, 1)) is mark


def test_of_whole_things_one_more_or_less_is_held():
    held = an_indicator(direction=Direction.HOLD, values=[("2025", 4)], targets=[(END, 3)])
    assert indicators.mark(held, TODAY) is Assessment.ON_TRACK
    assert indicators.band(held, Decimal(3)) == 1
    assert indicators.band(replace(held, unit="poeng"), Decimal(3)) == Decimal("0.3")
    assert indicators.band(held, Decimal(40)) == 4


@pytest.mark.parametrize(
    ("frequency", "year", "day"),
    [
        (Frequency.YEAR, 2026, date(2026, 12, 31)), (Frequency.HALF_YEAR, 2026, date(2026, 6, 30)),
        (Frequency.QUARTER, 2026, date(2026, 3, 31)), (Frequency.ELECTION_YEAR, 2025, date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_a_measuring_is_due_the_day_after_the_first_period_of_the_year(frequency, year, day):
    found = an_indicator(frequency=frequency, baseline=1, baseline_on=date(year - 1, 12, 31))
    assert not indicators.is_due(found, year, day)
    assert indicators.is_due(found, year, day + timedelta(days=1))
    assert indicators.awaited(found, day) == day
    assert indicators.sentence(found, day) == f"Måles etter {day:%d.%m.%Y}."
    assert indicators.sentence(found, day + timedelta(days=1)) == "Ikke målt."


def test_no_election_is_awaited_in_a_year_without_one():
    assert not indicators.is_due(an_indicator(frequency=Frequency.ELECTION_YEAR), 2026, date(2030, 1, 1))


def test_a_target_is_named_by_its_year_and_the_next_one_is_meant():
    found = growing(20, targets=[(date(2026, 12, 31), 50), (END, 100)])
    meant = indicators.target(found, TODAY)
    assert meant is not None
    assert plain(indicators.aim(found, meant)) == "mål 2026: 50 poeng"
    assert "målet er 50 poeng i 2026" in plain(indicators.sentence(found, TODAY))


def test_a_forecast_is_whole_only_where_all_it_is_made_of_is():
    whole = growing(2, 3, 5, unit="antall", targets=[(END, 6)])
    broken = replace(whole, values=(*whole.values[:-1], replace(whole.values[-1], value=Decimal("5.5"))))
    said = [plain(indicators.forecast(each, END, TODAY).sentence) for each in (whole, broken)]
    assert [bool(re.search(r"\d,\d", each)) for each in said] == [False, True]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("antall", "1 234,5"),
        ("", "1 234,5"),
        ("%", "1 234,5 %"),
        ("prosent", "1 234,5 %"),
        ("poeng (skala 1–6)", "1 234,5 poeng"),
    ],
)
def test_an_amount_is_read_with_its_unit(unit, text):
    assert plain(indicators.amount(an_indicator(unit=unit), Decimal("1234.50"))) == text


@given(plans.indicators(), plans.days)
def test_every_indicator_has_a_finding_in_words(indicator, today):
    text = indicators.sentence(indicator, today)
    assert text.endswith(".")
    assert "{" not in text


# --- how far from where it should be


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        (growing(5, 12, unit="antall"), "28 bak"),
        (growing(5, 70, unit="antall"), "30 foran"),
        (growing(5, 40, unit="antall"), "som planlagt"),
        (growing(5, 12, unit="prosent"), "28 prosentpoeng bak"),
        (
            growing(5, 12, baseline=100, targets=[(END, 0)], direction=Direction.DOWN, unit="antall"),
            "48 foran",
        ),
        (growing(5, 12, targets=[(END, 10)], direction=Direction.HOLD, unit="antall"), "2 fra nivået"),
        (growing(5, 12, direction=Direction.FOLLOW), ""),
        (growing(5, 12, proposal=True), ""),
        (growing(), ""),
    ],
)
def test_how_far_it_is_from_where_it_should_be_is_said(indicator: Indicator, said: str):
    assert plain(indicators.gap_said(indicator, TODAY)) == said


def test_a_value_too_old_to_judge_says_so_and_not_how_far():
    old = growing(frequency=Frequency.QUARTER, values=[("2025-Q1", 5)])
    assert indicators.gap(old, TODAY) is None
    assert indicators.gap_said(old, TODAY) == "gammel måling"


@given(plans.indicators())
def test_what_deviates_is_never_ahead(indicator: Indicator):
    off = indicators.gap(indicator, TODAY)
    if off is not None and indicators.mark(indicator, TODAY).is_deviation:
        assert off >= 0


def test_the_furthest_behind_come_first_and_the_unmeasured_last():
    near, far, good, none = growing(5, 25), growing(5, 12), growing(5, 60), growing()
    assert indicators.by_gap((none, good, near, far), TODAY) == (far, near, good, none)


@pytest.mark.parametrize(
    ("direction", "said"), [(Direction.UP, "Høyere"), (Direction.DOWN, "Lavere"), (Direction.FOLLOW, "")]
)
def test_which_way_is_good_is_said(direction: Direction, said: str):
    assert indicators.better(growing(5, direction=direction)).startswith(said)
    assert bool(said) is bool(indicators.better(growing(5, direction=direction)))


def test_yes_and_no_are_read_where_that_is_what_is_asked_and_nowhere_else():
    asked = an_indicator(direction=Direction.YES_NO, unit="ja/nei")
    assert [indicators.read_amount(asked, said, "Mål") for said in ("Ja", "nei ", "1")] == [1, 0, 1]
    with pytest.raises(BadInput, match="ikke et tall"):
        indicators.read_amount(an_indicator(), "ja", "Mål")
    assert indicators.read_amount(an_indicator(unit="prosent"), "45 %", "Mål") == 45
