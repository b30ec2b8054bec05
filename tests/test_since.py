"""What has happened to the measures between two snapshots."""

from dataclasses import replace

from strategy import since
from strategy.snapshot import Measure, Report, Snapshot
from strategy.terms import Assessment
from tests.plans import TODAY, a_measure, a_plan_of, a_report, days_ago, noon

GREEN, YELLOW, RED, GREY = Assessment


def plan(report: Report | None, days: int = 0) -> Snapshot:
    """A plan of one measure as it was `days` ago."""
    measure: Measure = a_measure(report=report)
    return replace(a_plan_of(measure), recorded_at=noon(days_ago(days)))


def steps(before: Snapshot, after: Snapshot) -> list[tuple[Assessment | None, Assessment | None]]:
    return [(line.before, line.after) for line in since.lines(before, after, TODAY)]


def test_a_new_report_is_shown_against_the_colour_before_it():
    before = plan(a_report(assessment=GREEN, days=60), days=40)
    after = plan(a_report(assessment=RED, version=2, change_id=2, cause="Sykdom"))
    assert steps(before, after) == [(GREEN, RED)]


def test_a_colour_that_was_grey_with_age_then_is_grey_in_the_step():
    before = plan(a_report(assessment=RED, days=300), days=40)
    after = plan(a_report(assessment=GREEN, version=2, change_id=2))
    assert steps(before, after) == [(GREY, GREEN)]


def test_the_age_is_that_of_the_earlier_day_and_not_of_today():
    before = plan(a_report(assessment=RED, days=130), days=40)
    after = plan(a_report(assessment=GREEN, version=2, change_id=2))
    assert steps(before, after) == [(RED, GREEN)]


def test_a_report_that_has_only_aged_is_no_news():
    report = a_report(assessment=GREEN, days=130)
    assert steps(plan(report, days=40), plan(report)) == []


def test_a_first_report_comes_from_grey():
    assert steps(plan(None, days=40), plan(a_report())) == [(GREY, GREEN)]
