"""How far, how fast, and which colour may be shown."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from strategy import dates, progress
from strategy.progress import Basis, Standing
from strategy.snapshot import Measure
from strategy.terms import Assessment, Kind, Phase
from tests import plans
from tests.plans import (
    TODAY,
    a_goal,
    a_measure,
    a_milestone,
    a_plan_of,
    a_report,
    a_subgoal,
    days_ago,
    given,
)

DONE = a_milestone(days_ago(30), days_ago(30))
OPEN = a_milestone(days_ago(-30))
PERIOD = dates.Period(plans.START, plans.END + timedelta(days=1))


def estimated(key: str, percent: int, **more) -> Measure:
    return a_measure(key, report=a_report(estimate=percent, key=key), **more)


def test_a_completed_measure_is_all_done_whatever_its_milestones_say():
    measure = a_measure(phase=Phase.COMPLETED, milestones=(OPEN,))
    assert progress.of_measure(measure, TODAY) == progress.Progress(1.0, Basis.COMPLETED, 1, 1, 1, 1)


def test_milestones_count_by_weight():
    measure = a_measure(milestones=(replace(DONE, weight=Decimal(3)), OPEN))
    found = progress.of_measure(measure, TODAY)
    assert (found.share, found.basis) == (0.75, Basis.MILESTONES)


def test_milestones_go_before_the_reporters_estimate():
    measure = estimated("1.1.1", 90, milestones=(OPEN,))
    assert progress.of_measure(measure, TODAY).share == 0


def test_a_milestone_is_done_from_its_own_day_and_not_before():
    measure = a_measure(milestones=(a_milestone(TODAY, TODAY),))
    assert progress.of_measure(measure, TODAY).share == 1
    assert progress.of_measure(measure, days_ago(1)).share == 0


def test_a_standing_commitment_counts_this_years_milestones_only():
    last_year = a_milestone(date(2025, 6, 1), date(2025, 6, 1))
    measure = a_measure(kind=Kind.CONTINUOUS, milestones=(last_year, DONE, OPEN))
    found = progress.of_measure(measure, TODAY)
    assert (found.share, found.basis) == (0.5, Basis.YEAR_MILESTONES)


def test_a_standing_commitment_with_nothing_this_year_has_the_estimate_or_nothing():
    last_year = a_milestone(date(2025, 6, 1), date(2025, 6, 1))
    silent = a_measure(kind=Kind.CONTINUOUS, milestones=(last_year,))
    assert progress.of_measure(silent, TODAY).share is None
    said = estimated("1.1.1", 40, kind=Kind.CONTINUOUS, milestones=(last_year,))
    assert progress.of_measure(said, TODAY).share == 0.4


def test_the_year_of_the_action_plan_counts_not_the_milestones_day():
    carried_over = a_milestone(date(2027, 1, 31), days_ago(1), year=2026)
    measure = a_measure(kind=Kind.CONTINUOUS, milestones=(carried_over,))
    assert progress.of_measure(measure, TODAY).share == 1


def test_an_estimate_says_that_it_is_one():
    assert progress.of_measure(estimated("1.1.1", 45), TODAY).sentence == "Framdrift 45\u00a0% · anslått"


def test_nothing_known_is_unknown_and_never_nought():
    never = progress.of_measure(a_measure(), TODAY)
    assert (never.share, never.sentence) == (None, "Framdrift ikke rapportert")
    reported = progress.of_measure(a_measure(phase=Phase.IN_PROGRESS), TODAY)
    assert (reported.share, reported.sentence) == (None, "Framdrift ikke kjent")


def test_an_estimate_of_nought_is_known():
    assert progress.of_measure(estimated("1.1.1", 0), TODAY).share == 0


def test_milestones_without_weight_say_nothing():
    measure = a_measure(milestones=(replace(DONE, weight=Decimal(0)),))
    assert progress.of_measure(measure, TODAY).share is None


def test_a_dropped_measure_leaves_the_sum_and_is_listed():
    gone = a_measure("1.1.2", phase=Phase.DROPPED, milestones=(DONE,))
    plan = a_plan_of(estimated("1.1.1", 40), gone)
    whole = progress.of_plan(plan, TODAY)
    assert (whole.share, whole.known, whole.total) == (0.4, 1, 1)
    assert progress.dropped(plan.measures) == (plan.measure("1.1.2"),)


def test_a_parent_is_the_weighted_mean_of_those_with_a_known_progress():
    subgoal = a_subgoal(
        estimated("1.1.1", 20, weight=Decimal(3)),
        estimated("1.1.2", 60),
        a_measure("1.1.3", weight=Decimal(9)),
    )
    found = progress.of_subgoal(subgoal, TODAY)
    assert found.share == pytest.approx(0.3)
    assert (found.known, found.total, found.reported) == (2, 3, 2)
    assert found.sentence == "Framdrift 30\u00a0% · 2 av 3 tiltak rapportert"


def test_a_goal_is_the_mean_of_its_subgoals_not_of_its_measures():
    crowded = a_subgoal(*(estimated(f"1.1.{n}", 0) for n in range(1, 4)), key="1.1")
    single = a_subgoal(estimated("1.2.1", 100), key="1.2")
    assert progress.of_goal(a_goal(crowded, single), TODAY).share == 0.5


def test_nothing_known_below_is_nothing_known_above():
    plan = a_plan_of(a_measure())
    assert progress.of_plan(plan, TODAY).share is None
    assert progress.of_plan(plan, TODAY).sentence == "Framdrift ikke kjent · 0 av 1 tiltak rapportert"


def test_milestones_nobody_reported_on_are_not_called_reported():
    found = progress.of_plan(a_plan_of(a_measure(milestones=(DONE,)), a_measure("1.1.2")), TODAY)
    assert found.sentence == "Framdrift 100\u00a0% · 1 av 2 tiltak har kjent framdrift"


def test_as_many_known_as_reported_are_not_called_reported_when_they_are_others():
    known, reported = a_measure(milestones=(DONE,)), a_measure("1.1.2", report=a_report())
    found = progress.of_plan(a_plan_of(known, reported), TODAY)
    assert (found.known, found.reported, found.both) == (1, 1, 0)
    assert found.coverage == "1 av 2 tiltak har kjent framdrift"


def test_a_goal_of_dropped_measures_only_does_not_weigh_in():
    kept = a_goal(a_subgoal(estimated("1.1.1", 30)))
    given_up = a_goal(a_subgoal(a_measure("2.1.1", phase=Phase.DROPPED), key="2.1"), key="2")
    found = progress.of_plan(plans.a_snapshot(kept, given_up), TODAY)
    assert (found.share, found.total) == (0.3, 1)
    assert progress.of_goal(given_up, TODAY).sentence == "Framdrift ikke kjent · ingen tiltak teller"


def test_a_mean_of_equals_is_exactly_what_they_are():
    """Plain floats make 0.7199999999999999 of these two."""
    subgoal = a_subgoal(
        estimated("1.1.1", 72, weight=Decimal("9.8")), estimated("1.1.2", 72, weight=Decimal("0.9"))
    )
    assert progress.of_subgoal(subgoal, TODAY).share == 0.72


@given(plans.snapshots())
def test_a_roll_up_lies_within_its_childrens_bounds(plan):
    children = [progress.of_goal(goal, TODAY).share for goal in plan.goals]
    known = [share for share in children if share is not None]
    share = progress.of_plan(plan, TODAY).share
    assert (share is None) == (not known)
    assert share is None or min(known) <= share <= max(known)


@given(plans.snapshots(), plans.days)
def test_a_share_lies_between_nothing_and_all_and_rests_on_no_more_than_there_is(plan, today):
    whole = progress.of_plan(plan, today)
    assert whole.share is None or 0 <= whole.share <= 1
    assert 0 <= whole.known <= whole.total == len(progress.counting(plan.measures))
    assert 0 <= whole.reported <= whole.total


@given(plans.measures(), plans.days, plans.weights)
def test_adding_a_done_milestone_never_lowers_progress(measure, today, weight):
    more = replace(measure, milestones=(*measure.milestones, a_milestone(today, today, weight=weight)))
    before, after = (progress.of_measure(m, today).share for m in (measure, more))
    assert before is None or (after is not None and after >= before)


@given(plans.goals(), plans.days, st.data())
def test_reaching_a_milestone_never_lowers_the_goal(goal, today, data):
    with_milestones = [m for m in goal.measures if m.milestones]
    if not with_milestones:
        return
    chosen = data.draw(st.sampled_from(with_milestones))
    reached = replace(chosen, milestones=tuple(replace(m, done_on=today) for m in chosen.milestones))
    after = replace(
        goal,
        subgoals=tuple(
            replace(s, measures=tuple(reached if m.key == chosen.key else m for m in s.measures))
            for s in goal.subgoals
        ),
    )
    was, now = progress.of_goal(goal, today).share, progress.of_goal(after, today).share
    assert was is None or (now is not None and now >= was - 1e-12)


@given(plans.measures(), plans.days)
def test_proposed_people_and_indicators_never_change_progress(measure, today):
    bare = replace(measure, responsibilities=(), indicators=())
    assert progress.of_measure(measure, today) == progress.of_measure(bare, today)


@pytest.mark.parametrize(
    ("percent", "gap", "standing", "sentence"),
    [
        (46, -12, Standing.BEHIND, "12 prosentpoeng bak tiden"),
        (53, -5, Standing.ON_PACE, "i takt med tiden"),
        (63, 5, Standing.ON_PACE, "i takt med tiden"),
        (52, -6, Standing.BEHIND, "6 prosentpoeng bak tiden"),
        (64, 6, Standing.AHEAD, "6 prosentpoeng foran tiden"),
    ],
)
def test_pace_is_progress_against_elapsed_time(percent, gap, standing, sentence):
    found = progress.pace(progress.of_measure(estimated("1.1.1", percent), TODAY), PERIOD, TODAY)
    assert found is not None
    assert (found.gap, found.standing, found.sentence) == (gap, standing, sentence)
    assert found.sentence.startswith(found.short)
    assert dates.percent(found.elapsed) == "58\u00a0%"


def test_unknown_progress_has_no_pace():
    assert progress.pace(progress.of_measure(a_measure(), TODAY), PERIOD, TODAY) is None


@given(st.floats(0, 1), st.dates(date(2023, 1, 1), date(2030, 1, 1)))
def test_the_gap_is_what_a_reader_gets_from_the_percentages_shown(share, today):
    found = progress.pace(progress.Progress(share, None, 1, 1, 1, 1), PERIOD, today)
    assert found is not None
    shown = [int(dates.percent(s).removesuffix("\u00a0%")) for s in (share, found.elapsed)]
    assert found.gap == shown[0] - shown[1]
    standing = (
        Standing.ON_PACE if abs(found.gap) <= 5 else Standing.AHEAD if found.gap > 0 else Standing.BEHIND
    )
    assert found.standing is standing


def test_the_deadlines_own_day_is_in_time():
    measure = a_measure(due=TODAY)
    assert not progress.is_overdue(measure, TODAY)
    assert progress.is_overdue(measure, TODAY + timedelta(days=1))


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.DROPPED])
def test_what_is_over_is_never_late(phase):
    measure = a_measure(phase=phase, due=days_ago(90), milestones=(a_milestone(days_ago(90)),))
    assert not progress.is_late(measure, TODAY)


@pytest.mark.parametrize("phase", [None, Phase.NOT_STARTED, Phase.ON_HOLD, Phase.CONTINUOUS])
def test_what_is_not_over_can_be_late(phase):
    assert progress.is_overdue(a_measure(phase=phase, due=days_ago(1)), TODAY)


def test_a_late_milestone_makes_the_goal_late():
    late = a_measure(milestones=(a_milestone(days_ago(1)), a_milestone(days_ago(9)), OPEN, DONE))
    goal = a_goal(a_subgoal(late, a_measure("1.1.2")))
    assert [m.key for m in progress.late(goal.measures, TODAY)] == ["1.1.1"]
    assert [m.due for m in progress.late_milestones(late, TODAY)] == [days_ago(9), days_ago(1)]


def test_a_milestones_own_day_is_in_time():
    assert not progress.late_milestones(a_measure(milestones=(a_milestone(TODAY),)), TODAY)


def test_a_milestone_reached_after_the_day_asked_about_was_late_then():
    measure = a_measure(milestones=(a_milestone(days_ago(20), days_ago(5)),))
    assert progress.late_milestones(measure, days_ago(10))
    assert not progress.late_milestones(measure, TODAY)


def test_a_report_of_the_limits_own_age_is_fresh():
    assert not progress.is_stale(a_report(days=120), TODAY)
    assert progress.is_stale(a_report(days=121), TODAY)
    assert progress.is_stale(a_report(days=31), TODAY, limit=30)


def test_a_report_late_in_the_evening_is_of_the_norwegian_day():
    late = replace(a_report(), recorded_at=plans.noon(TODAY).replace(hour=23, minute=30))
    assert progress.age(late, TODAY + timedelta(days=1)) == 0


def test_a_goals_report_goes_stale_too():
    assert progress.is_stale(a_report(phase=None, days=200), TODAY)


def test_a_stale_report_shows_grey_with_its_age_and_its_last_colour_named():
    shown = progress.mark_of(a_report(days=161), TODAY)
    assert (shown.assessment, shown.last, shown.age) == (Assessment.NOT_ASSESSED, Assessment.ON_TRACK, 161)
    assert shown.word == "Ikke oppdatert på 161 dager, sist «I rute»"
    assert shown.symbol == "○"


@pytest.mark.parametrize(
    ("assessment", "symbol", "word"),
    [
        (Assessment.ON_TRACK, "●", "I rute"),
        (Assessment.SOME_DEVIATION, "▲", "Noe avvik"),
        (Assessment.MAJOR_DEVIATION, "■", "Vesentlig avvik"),
        (Assessment.NOT_ASSESSED, "○", "Ikke vurdert"),
    ],
)
def test_a_fresh_report_shows_shape_and_word(assessment, symbol, word):
    shown = progress.mark_of(a_report(assessment=assessment), TODAY)
    assert (shown.symbol, shown.word) == (symbol, word)


def test_no_report_is_said_so():
    shown = progress.mark_of(None, TODAY)
    assert (shown.symbol, shown.word, shown.reported) == ("○", "Ikke rapportert", False)


@pytest.mark.parametrize(
    ("report", "word"),
    [
        (None, "Ikke rapportert"),
        (a_report(assessment=Assessment.NOT_ASSESSED), "Ikke vurdert"),
        (a_report(days=161), "Ikke oppdatert"),
        (a_report(Phase.DROPPED, days=161), "Utgått"),
        (a_report(), "I rute"),
    ],
)
def test_each_grey_has_its_own_word(report, word):
    assert progress.mark_of(report, TODAY).short == word


def test_a_completed_measure_keeps_its_colour_and_a_dropped_one_has_none():
    old = a_report(Phase.COMPLETED, days=900)
    assert progress.mark_of(old, TODAY).word == "I rute"
    dropped = progress.mark_of(replace(old, phase=Phase.DROPPED), TODAY)
    assert (dropped.assessment, dropped.word) == (Assessment.NOT_ASSESSED, "Utgått")


@given(plans.reports(), st.integers(1, 300))
def test_what_is_stale_never_shows_a_colour(report, limit):
    shown = progress.mark_of(report, TODAY, limit)
    assert shown.stale == progress.is_stale(report, TODAY, limit)
    if shown.stale:
        assert shown.assessment is Assessment.NOT_ASSESSED
        assert report.assessment.label in shown.word


@given(plans.snapshots())
def test_every_measure_not_dropped_is_counted_once(plan):
    counted = progress.counts(plan.measures, TODAY)
    assert counted.total == len(plan.measures) - len(progress.dropped(plan.measures))
    assert sum(count for _mark, count, _word in counted.rows) == counted.total
    assert 0 <= counted.stale + counted.unassessed <= counted.not_reported


def test_the_counts_name_what_the_grey_ones_are():
    measures = [a_measure(assessment=Assessment.ON_TRACK), a_measure("1.1.2")]
    assert progress.counts(measures, TODAY).sentence == "1 i rute, 1 ikke rapportert"
    stale = [*measures, a_measure("1.1.3", report=a_report(days=200))]
    assert progress.counts(stale, TODAY).sentence == "1 i rute, 2 uten fersk vurdering"


def test_a_measure_is_silent_without_a_fresh_report_until_it_is_over():
    assert progress.is_silent(a_measure(), TODAY)
    assert progress.is_silent(a_measure(report=a_report(days=200)), TODAY)
    assert not progress.is_silent(a_measure(phase=Phase.ON_HOLD), TODAY)
    assert not progress.is_silent(a_measure(report=a_report(Phase.COMPLETED, days=200)), TODAY)


def test_the_formula_of_a_goal_can_be_reckoned_by_hand():
    goal = a_goal(
        a_subgoal(estimated("1.1.1", 45), key="1.1", weight=Decimal(2)),
        a_subgoal(estimated("1.2.1", 60), key="1.2"),
        a_subgoal(a_measure("1.3.1"), key="1.3"),
    )
    assert progress.formula(goal, TODAY).replace("\u00a0", " ") == (
        "Vektet snitt av 2 av 3 delmål med kjent framdrift: (45 % × 2 + 60 % × 1) / 3 = 50 % (avrundet). "
        "De andre er holdt utenfor, ikke regnet som 0."
    )


def test_the_formula_of_a_measure_says_what_was_counted():
    def formula(measure: Measure) -> str:
        return progress.formula(measure, TODAY).replace("\u00a0", " ")

    assert formula(a_measure(milestones=(DONE, OPEN, OPEN))) == "1 av 3 milepæler er nådd: 33 %."
    heavy = (replace(DONE, weight=Decimal("2.5")), OPEN)
    assert (
        formula(a_measure(milestones=heavy)) == "1 av 2 milepæler er nådd, og de har vekt 2,5 av 3,5: 71 %."
    )
    yearly = a_measure(kind=Kind.CONTINUOUS, milestones=(DONE,))
    assert formula(yearly) == "1 av 1 milepæl i 2026 er nådd: 100 %."
    assert formula(estimated("1.1.1", 45)).startswith("Framdriften på 45 % er anslått")


@given(plans.snapshots())
def test_every_figure_has_a_formula(plan):
    for thing in (plan, *plan.goals, *plan.measures):
        text = progress.formula(thing, TODAY)
        assert text.endswith(".")
        assert "{" not in text
