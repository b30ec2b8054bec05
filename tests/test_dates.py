"""Days, periods and numbers as Norwegians write and read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy import dates
from strategy.dates import HARD_SPACE, MINUS, Period
from strategy.errors import BadInput

sane_days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
years = st.integers(1901, 2199)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-H1", date(2026, 6, 30)),
        ("2026-H2", date(2026, 12, 31)),
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q4", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2026-06-19", date(2026, 6, 19)),
    ],
)
def test_a_period_ends_on_its_last_day(written: str, last: date):
    assert dates.period_end(written) == last


@pytest.mark.parametrize(
    "written",
    [
        "", "26", "2026-", "2026-H3", "2026-H0", "2026-Q5", "2026-Q", "2026-13", "2026-00", "2026-6",
        "2026-02-30", "2026-W05-1", " 2026", "+2026", "20_26", "2026-h1", "20260619", "0001", "9999",
        "２０２６", "2026-H1\n", "i fjor",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_an_example(written: str):
    with pytest.raises(BadInput, match=r"er ikke en periode\. Skriv for eksempel 2026") as refused:
        dates.period_end(written)
    assert refused.value.field == "Periode"


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str):
    try:
        dates.period_end(text)
    except BadInput:
        return
    assert dates.period_label(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026", "2026"),
        ("2026-H1", "1. halvår 2026"),
        ("2026-Q3", "3. kvartal 2026"),
        ("2026-06", "juni 2026"),
        ("2026-06-19", "19.06.2026"),
    ],
)
def test_a_period_is_said_in_words(written: str, said: str):
    assert dates.period_label(written) == said


@given(years)
def test_the_quarters_of_a_year_are_four_and_fill_it(year: int):
    quarters = list(dates.quarters(dates.year(year)))
    assert len(quarters) == 4
    assert (quarters[0].start, quarters[-1].until) == (date(year, 1, 1), date(year + 1, 1, 1))
    assert all(a.until == b.start for a, b in pairwise(quarters))
    assert [q.until - timedelta(days=1) for q in quarters] == [
        dates.period_end(f"{year}-Q{n}") for n in (1, 2, 3, 4)
    ]


@given(start=sane_days, days=st.integers(1, 4000), at=sane_days)
def test_the_share_that_has_passed_lies_between_none_and_all(start: date, days: int, at: date):
    period = Period(start, start + timedelta(days=days))
    share = period.elapsed(at)
    assert 0 <= share <= 1
    assert (share == 1) == (at >= period.until - timedelta(days=1))
    assert (share == 0) == (at < period.start)
    assert (at in period) == (period.start <= at < period.until)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_day_ends_when_the_next_begins_in_norway(moment: datetime):
    day = dates.oslo_day(moment)
    assert dates.end_of_day(day - timedelta(days=1)) <= moment < dates.end_of_day(day)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_in_norway_is_right_across_both_clock_changes(moment: datetime, day: date):
    assert dates.oslo_day(moment) == day


def test_days_and_hours_are_written_the_norwegian_way():
    assert dates.day(date(2026, 1, 5)) == "05.01.2026"
    assert dates.long_day(date(2026, 11, 23)) == "23. november 2026"
    assert dates.clock(datetime(2026, 11, 23, 12, 5, tzinfo=UTC)) == "23.11.2026 kl. 13.05"
    assert dates.clock(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "02.07.2026 kl. 00.05"
    assert (dates.o_clock("10.00–15.00"), dates.o_clock("")) == ("kl.\u00a010.00–15.00", "")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234.5, "1 234,5"),
        (Decimal("1234.50"), "1 234,5"),
        (-3, "−3"),
        (0, "0"),
        (1_000_000, "1 000 000"),
        (Decimal("0.25"), "0,25"),
        (Decimal("1E+3"), "1 000"),
        (Decimal("-1234.5"), "−1 234,5"),
    ],
)
def test_numbers_have_hard_spaces_a_comma_and_a_true_minus(value: Decimal | int | float, written: str):
    assert dates.number(value) == written.replace(" ", HARD_SPACE)


@pytest.mark.parametrize(
    ("share", "written"), [(0.45, "45"), (0.005, "1"), (0.125, "13"), (1, "100"), (0.994, "99")]
)
def test_per_cent_is_rounded_half_up(share: float, written: str):
    assert dates.percent(share) == f"{written}{HARD_SPACE}%"


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_written_is_read_back(value: Decimal):
    assert dates.parse_number(dates.number(value)) == value


@given(sane_days)
def test_a_day_written_is_read_back(day: date):
    assert dates.parse_day(dates.day(day)) == day == dates.parse_day(day.isoformat())
    assert dates.parse_day(f" {day.day}.{day.month}.{day.year} ") == day
    assert dates.parse_day(f"{day.day}. {day.month}. {day.year}") == day


@pytest.mark.parametrize("text", ["0,5", "0.5", " 0,5 ", ",5"])
def test_comma_and_point_are_both_decimal(text: str):
    assert dates.parse_number(text) == Decimal("0.5")


@pytest.mark.parametrize(
    ("text", "value"), [("1 234,5", "1234.5"), (f"1{HARD_SPACE}000", "1000"), (f"{MINUS}3", "-3")]
)
def test_spaces_and_the_true_minus_are_understood(text: str, value: str):
    assert dates.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.234", "1234 eller 1,234"),
        ("12.500", "12500 eller 12,500"),
        ("1.234.567", "1234567"),
        ("-1.000", "-1000"),
    ],
)
def test_a_point_that_may_part_thousands_is_asked_about(text: str, said: str):
    with pytest.raises(BadInput, match=f"kan leses på to måter. Skriv {said}"):
        dates.parse_number(text, "Verdi")


@pytest.mark.parametrize("text", ["1.2345", "0.125", "1234.5", "12.50", "1234.567"])
def test_a_point_that_can_only_be_decimal_is_one(text: str):
    assert dates.parse_number(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", "-", ",", "1.234,5", "1,2,3", "1e3", "1_000", "nan", "Infinity", "tolv", "1" * 19, "1/2"]
)
def test_what_is_no_number_is_refused_and_never_guessed(text: str):
    with pytest.raises(BadInput, match=r"er ikke et tall\. Skriv for eksempel 1234,5") as refused:
        dates.parse_number(text, "Verdi")
    assert refused.value.field == "Verdi"


@pytest.mark.parametrize(
    "text",
    [
        "", "29.02.2027", "31/12/2026", "31.12.026", "1. nyttårsdag 2027", "31. februar 2027", "1. ma 2027",
        "2026-13-01", "1.1.0001", "1.1.9999", "20261123",
        "2026-W48-1", "i morgen", "1_0.6.2026", "01.06.2026.", "1.6", "2026-1-1",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_an_example(text: str):
    with pytest.raises(BadInput, match=r"er ikke en dato\. Skriv dag\.måned\.år") as refused:
        dates.parse_day(text, "Frist")
    assert refused.value.field == "Frist"


@pytest.mark.parametrize(
    "text",
    [
        "1. desember 2026",
        "1.12.26",
        "01.12.2026",
        "1.\u00a0desember\u20092026",
        "1. des. 2026",
        "1. Desember 2026",
    ],
)
def test_a_day_is_read_as_the_program_and_people_write_it(text: str):
    assert dates.parse_day(text) == date(2026, 12, 1)


_PERIODS = ("2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-03", "2026-12", "2026-06-19")


@pytest.mark.parametrize("name", _PERIODS)
def test_a_period_is_read_as_it_is_kept_and_as_it_is_shown(name: str):
    for said in (name, dates.period_label(name), f" {dates.period_label(name).replace(' ', HARD_SPACE)} "):
        assert dates.parse_period(said) == name
        assert dates.period_start(name) <= dates.period_end(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2. kvartal 2024", "2024-Q2"), ("Q2 2024", "2024-Q2"), ("2024 q2", "2024-Q2"),
        ("2.kvartal 2024", "2024-Q2"),
        ("1. halvår 2026", "2026-H1"), ("H1 2026", "2026-H1"), ("Hele året 2026", "2026"), ("2026 ", "2026"),
        ("desember 2026", "2026-12"), ("1. desember 2026", "2026-12-01"), ("23.11.26", "2026-11-23"),
    ],
)  # fmt: skip
def test_a_period_is_read_in_the_words_people_have_for_it(text: str, name: str):
    assert dates.parse_period(text) == name


@pytest.mark.parametrize(
    "text", ["", "i fjor", "5. kvartal 2026", "3. halvår 2026", "2024–2026", "kvartal 2026", "1850"]
)
def test_what_is_no_period_is_refused_with_examples(text: str):
    with pytest.raises(BadInput, match="er ikke en periode") as refused:
        dates.parse_period(text)
    assert refused.value.field == "Periode"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("45 %", "%", "45"), (f"45{HARD_SPACE}%", "prosent", "45"), ("45", "%", "45"),
        ("1\u2009200", "antall", "1200"),
        ("1 200 kr", "kr", "1200"), ("4,2 poeng", "poeng (skala 1–6)", "4.2"), ("12 antall", "antall", "12"),
    ],
)  # fmt: skip
def test_an_amount_is_read_with_its_own_unit(text: str, unit: str, value: str):
    assert dates.parse_amount(text, unit) == Decimal(value)


def test_a_per_cent_sign_is_refused_where_nothing_is_measured_in_per_cent():
    with pytest.raises(BadInput, match="er i prosent, men det måles i «antall»"):
        dates.parse_amount("12 %", "antall")


@given(st.text())
def test_any_text_is_read_or_refused(text: str):
    for read in (dates.parse_day, dates.parse_number, dates.parse_period):
        try:
            read(text)
        except BadInput:
            continue


@pytest.mark.parametrize(
    ("count", "word"), [(0, "null"), (1, "én"), (12, "tolv"), (13, "tretten"), (20, "tjue"), (21, "21")]
)
def test_small_numbers_are_written_in_letters(count: int, word: str):
    assert dates.in_words(count) == word
    assert dates.in_words(count, capital=True) == word[0].upper() + word[1:]


@given(sane_days)
def test_a_month_has_all_its_days_and_the_next_begins_where_it_ends(day: date):
    month = dates.month_of(day)
    assert day in month
    assert (month.start.day, month.until.day) == (1, 1)
    assert (month.until - timedelta(days=1)).month == day.month


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 kB"), (999, "1 kB"), (340_999, "340 kB"), (1_250_000, "1,3 MB"), (25_000_000, "25 MB")],
)
def test_a_file_size_is_counted_as_a_browser_counts(count: int, said: str):
    assert dates.file_size(count).replace("\xa0", " ") == said
