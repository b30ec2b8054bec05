"""What is proposed is adopted on grounds; that a thing was not measured is an answer, never a number."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from strategy import charts, checks, dates, indicators, record, tables
from strategy.database import Database
from strategy.errors import BadInput, Conflict
from strategy.record import Grounds
from strategy.terms import Assessment, Direction, Effect, Quality
from tests import plans
from tests.databases import PLAN, by, newest, present, want
from tests.plans import END, START, TODAY, a_measure, a_plan_of, a_value, an_indicator, days_ago, given

ELSEWHERE = Grounds(note="Styremøtet 23.11.2026, sak 39")
DUE = date(2027, 12, 31)


def adopt(database: Database, grounds: Grounds = ELSEWHERE, base: int = 1) -> Any:
    with database.writing() as session:
        return want(by(session), "indicator", "svar", base, grounds=grounds, proposal=False)


def aim(database: Database, value: int, base: int = 0, due: date = DUE, grounds: Grounds = ELSEWHERE) -> Any:
    with database.writing() as session:
        said: dict[str, Any] = {"value": Decimal(value), "example": False}
        return want(by(session), "target", f"svar@{due}", base, grounds=grounds, **said)


def enter(database: Database, base: int = 0, **said: Any) -> Any:
    with database.writing() as session:
        return record.value(by(session), "svar", "2026", base, **said)


def test_a_proposal_becomes_adopted_with_what_permits_it_in_the_same_change(planned: Database):
    assert present(planned).indicator("svar").proposal
    saved = adopt(planned)
    now = present(planned)
    (granted,) = now.authorities_of("svar")

    assert not now.indicator("svar").proposal
    assert (granted.kind, granted.effect, granted.note) == ("indicator", Effect.ADOPTED, ELSEWHERE.note)
    assert granted.change_id == now.indicator("svar").change_id == saved.change_id


@pytest.mark.parametrize("grounds", [Grounds(), Grounds(note="  "), Grounds(correction=True)])
def test_without_grounds_nothing_is_adopted(planned: Database, grounds: Grounds):
    before = newest(planned)
    for write in (lambda: adopt(planned, grounds), lambda: aim(planned, 4, grounds=grounds)):
        with pytest.raises(BadInput, match="Velg vedtaket"):
            write()
    assert newest(planned) == before


def test_a_decision_that_is_not_there_permits_nothing(planned: Database):
    with pytest.raises(BadInput, match="Fant ikke vedtaket"):
        adopt(planned, Grounds(decision="vedtak-99"))


def test_adopting_twice_saves_once(planned: Database):
    adopt(planned)
    assert adopt(planned).again
    assert len(present(planned).authorities_of("svar")) == 1


def test_a_proposal_somebody_else_has_changed_is_not_adopted_unseen(planned: Database):
    with planned.writing() as session:
        standing = record.saving.current(session, tables.Indicator, PLAN, "svar")
        assert standing is not None
        row = tables.Indicator(**{**standing, "version": 2, "name": "Et annet navn"})
        record.saving.save(by(session), row)
    with pytest.raises(Conflict):
        adopt(planned)


def test_a_target_is_set_and_then_changed_each_with_its_grounds(planned: Database):
    aim(planned, 10)
    aim(planned, 12, base=1)
    now = present(planned)
    (found,) = (t for t in now.indicator("svar").targets if t.due == DUE)

    assert (found.value, found.example, found.version) == (Decimal(12), False, 2)
    assert [a.effect for a in now.authorities_of(f"svar@{DUE}")] == [Effect.ADOPTED, Effect.AMENDED]


def test_a_last_target_on_the_wrong_side_of_the_baseline_is_refused(planned: Database):
    """It went up from 3."""
    before = newest(planned)
    with pytest.raises(BadInput, match="2, er ikke over nullpunktet, 3, men indikatoren skal øke"):
        aim(planned, 2)
    assert newest(planned) == before
    aim(planned, 2, due=date(2025, 12, 31))  # one on the way may be lower
    aim(planned, 3)  # the same number asks that it is kept


def test_not_measured_needs_its_reason_and_takes_no_value(planned: Database):
    for said, sentence in (
        ({}, "hvorfor det ikke er målt"),
        ({"value": Decimal(3), "comment": "Avlyst"}, "har ingen verdi"),
        ({"text": "Bra", "comment": "Avlyst"}, "har ingen verdi"),
    ):
        with pytest.raises(BadInput, match=sentence):
            enter(planned, quality=Quality.NOT_MEASURED, **said)
    enter(planned, quality=Quality.NOT_MEASURED, comment="Undersøkelsen ble avlyst.")
    (found,) = present(planned).indicator("svar").values
    assert (found.value, found.quality) == (None, Quality.NOT_MEASURED)


def test_what_was_not_measured_can_be_corrected_when_the_number_comes(planned: Database):
    enter(planned, quality=Quality.NOT_MEASURED, comment="Kommer senere")
    enter(planned, 1, value=Decimal(4))
    assert indicators.latest(present(planned).indicator("svar"), TODAY).value == 4


def not_measured(period: str = "2026") -> Any:
    return a_value(period, quality=Quality.NOT_MEASURED, comment="Undersøkelsen ble avlyst.")


def test_not_measured_is_said_with_its_reason_and_the_last_number_beside_it():
    gap = an_indicator(values=[("2025", 8), not_measured()])

    assert indicators.latest(gap, TODAY).period == "2025"
    assert indicators.sentence(gap, TODAY) == (
        "Sist målt 8 (2025). Ikke målt i 2026: Undersøkelsen ble avlyst."
    )
    assert indicators.mark(gap, TODAY) is Assessment.NOT_ASSESSED


@given(plans.indicators(), plans.days)
def test_not_measured_never_changes_a_number(indicator: Any, today: date):
    answered = [v for v in indicator.values if v.quality is not Quality.NOT_MEASURED]
    without = replace(indicator, values=tuple(answered))

    assert indicators.series(indicator, today) == indicators.series(without, today)
    assert indicators.latest(indicator, today) == indicators.latest(without, today)
    assert indicators.attainment(indicator, today) == indicators.attainment(without, today)
    assert indicators.trend(indicator, today) is None or indicators.trend(indicator, today).latest in answered
    ahead, plain = (indicators.forecast(i, END, today) for i in (indicator, without))
    assert (ahead and ahead.value) == (plain and plain.value)


def test_a_newer_number_takes_the_place_of_not_measured():
    assert indicators.unmeasured(an_indicator(values=[not_measured("2024"), ("2025", 8)]), TODAY) is None


def test_a_text_of_yes_never_makes_not_measured_a_yes():
    gap = an_indicator(values=[not_measured()], direction=Direction.YES_NO)
    assert indicators.attainment(gap, TODAY) is None


def test_not_measured_with_a_reason_is_no_gap_in_the_plan():
    missing = [
        gap.kind for gap in checks.completeness(a_plan_of(a_measure(indicators=(an_indicator(),))), TODAY)
    ]
    answered = an_indicator(values=[not_measured()])
    explained = [g.kind for g in checks.completeness(a_plan_of(a_measure(indicators=(answered,))), TODAY)]

    assert checks.Missing.VALUE in missing
    assert checks.Missing.VALUE not in explained


def test_the_figure_has_no_point_where_nothing_was_measured_and_its_table_says_why():
    gap = an_indicator(values=[("2024", 8), ("2025", 9), not_measured()])
    chart = charts.indicator_trend(gap, dates.Period(START, END), TODAY)

    assert chart is not None
    assert ("2026", "Ikke målt", "–", "Undersøkelsen ble avlyst.") in chart.table[1]
    assert all(days_ago(0).isoformat() > x for trace in chart.figure.data for x in (trace.x or ())[:2])


def test_the_annual_report_says_why_instead_of_a_number():
    gap = an_indicator(values=[("2025", 9), not_measured()])

    assert indicators.measured_in(gap, 2026, TODAY) is None
    answer = indicators.answered(gap, 2026)
    assert answer is not None
    assert indicators.not_measured(answer) == ("Ikke målt i 2026: Undersøkelsen ble avlyst")
    assert indicators.answered(gap, 2025) is None
