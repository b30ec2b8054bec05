"""How far, what is late, and which colour may be shown."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from strategy import progress
from strategy.progress import Progress
from strategy.snapshot import Goal, Measure, Milestone
from strategy.terms import Assessment, Kind, Phase
from tests import plans
from tests.plans import (
    TODAY,
    a_goal,
    a_measure,
    a_milestone,
    a_report,
    a_subgoal,
    days_ago,
    given,
)

DONE = a_milestone(days_ago(30), days_ago(30))
OPEN = a_milestone(days_ago(-30))
LATE = a_milestone(days_ago(1))
LISTS = ("reached", "later", "late", "coming", "let_go")


def estimated(key: str, percent: int, **more) -> Measure:
    return a_measure(key, report=a_report(estimate=percent, key=key), **more)


def counted(*steps: Milestone, year: int = 2026, today: date = TODAY, **more) -> Progress:
    return progress.of_year([a_measure(milestones=steps, **more)], year, today)


def numbers(found: Progress) -> dict[str, int]:
    """How many are in each list, without the empty ones."""
    return {name: len(steps) for name in LISTS if (steps := getattr(found, name))}


def test_milestones_are_counted_in_the_year_they_were_entered_for_not_by_their_day():
    carried_over = a_milestone(date(2027, 1, 31), days_ago(1), year=2026)
    assert numbers(counted(DONE, OPEN, LATE, carried_over)) == {"reached": 2, "late": 1, "coming": 1}
    assert counted(DONE, OPEN, LATE).text == "1 av 3"
    assert not counted(DONE, year=2025).all


def test_a_milestones_own_day_is_in_time():
    assert numbers(counted(a_milestone(TODAY))) == {"coming": 1}
    assert numbers(counted(a_milestone(TODAY), today=TODAY + timedelta(days=1))) == {"late": 1}


def test_a_milestone_is_reached_from_its_own_day_and_not_before():
    step = a_milestone(TODAY, TODAY)
    assert numbers(counted(step)) == {"reached": 1}
    assert numbers(counted(step, today=days_ago(1))) == {"coming": 1}


def test_a_year_that_is_over_stands_as_it_ended():
    steps = (
        a_milestone(date(2025, 6, 1), date(2025, 6, 1)),
        a_milestone(date(2025, 11, 1), date(2026, 2, 1)),
        a_milestone(date(2025, 12, 1)),
    )
    assert numbers(counted(*steps, year=2025, today=date(2026, 1, 1))) == {"reached": 1, "late": 2}
    found = counted(*steps, year=2025)
    assert numbers(found) == {"reached": 1, "later": 1, "late": 1}
    assert (found.text, found.result) == ("1 av 3", "1 av 3 milepæler i 2025 ble nådd.")
    assert len(found.planned) == 3


def test_a_dropped_measure_leaves_with_its_milestones_and_is_listed():
    gone = a_measure("1.1.2", phase=Phase.DROPPED, milestones=(DONE, LATE))
    found = progress.of_year([a_measure(milestones=(DONE,)), gone], 2026, TODAY)
    assert (numbers(found), found.dropped, len(found.measures)) == ({"reached": 1}, (gone,), 1)
    assert "Utgått og ikke med: 1.1.2." in found.beside


def test_what_was_dropped_after_a_year_stays_in_that_year_and_is_not_owed():
    steps = (a_milestone(date(2025, 6, 1), date(2025, 6, 1)), a_milestone(date(2025, 12, 1)))
    gone: dict[str, Any] = {"phase": Phase.DROPPED, "closed_on": date(2026, 3, 1)}
    assert numbers(counted(*steps, year=2025, **gone)) == {"reached": 1, "let_go": 1}
    assert not counted(*steps, **gone).owed


def test_what_is_left_in_a_completed_measure_is_not_owed():
    assert numbers(counted(DONE, OPEN, LATE, phase=Phase.COMPLETED)) == {"reached": 1}


def test_a_measure_on_hold_stays_and_is_named():
    found = counted(LATE, phase=Phase.ON_HOLD)
    assert (numbers(found), found.beside) == ({"late": 1}, "Satt på vent: 1.1.1.")


def test_what_was_moved_out_and_what_came_after_the_year_began_is_told_beside():
    moved = a_milestone(date(2027, 5, 1), entered=((2026, date(2025, 12, 1)), (2027, days_ago(5))))
    late = replace(OPEN, entered=((2026, date(2026, 1, 1)),))
    early = replace(DONE, entered=((2026, date(2025, 12, 31)),))
    found = counted(moved, late, early)
    assert (found.moved, found.added) == ((moved,), (late,))
    assert found.beside == "Én er flyttet til et senere år. Én er ført etter at året begynte."
    pulled = a_milestone(days_ago(5), entered=((2027, date(2025, 12, 1)), (2026, date(2025, 12, 2))))
    assert not counted(pulled, year=2027).moved


def test_the_sentence_says_what_is_reached_then_what_is_late_and_what_is_left_from_before():
    old = a_milestone(date(2025, 6, 1))
    assert counted(DONE, OPEN).sentence == "1 av 2 milepæler i 2026 er nådd."
    assert counted(DONE, LATE).sentence == "1 av 2 milepæler i 2026 er nådd. Én er over frist."
    assert counted(DONE, LATE, LATE, old).sentence == (
        "1 av 3 milepæler i 2026 er nådd. To er over frist, og én står igjen fra tidligere år."
    )
    assert counted(DONE, old, old).lateness == "To står igjen fra tidligere år."


def test_a_year_to_come_has_what_is_planned_in_it_and_nothing_that_is_reached():
    first, second = a_milestone(date(2027, 5, 1)), a_milestone(date(2027, 6, 1))
    assert counted(first, year=2027).sentence == "Én milepæl er planlagt i 2027."
    assert counted(first, second, year=2027).sentence == "To milepæler er planlagt i 2027."
    early = a_milestone(date(2027, 6, 1), days_ago(3))
    assert counted(first, early, year=2027).sentence == "1 av 2 milepæler i 2027 er nådd."


def test_a_year_without_a_plan_says_so_with_the_result_of_the_year_before():
    this = a_measure(milestones=(a_milestone(date(2025, 6, 1), date(2025, 6, 1)),))
    assert progress.in_words([this], TODAY) == (
        "Handlingsplanen for 2026 er ikke ført. 1 av 1 milepæl i 2025 ble nådd."
    )
    assert progress.in_words([a_measure()], TODAY) == "Handlingsplanen for 2026 er ikke ført."


def test_the_years_stand_side_by_side_with_what_is_planned_ahead():
    steps = (
        a_milestone(date(2024, 6, 1), date(2024, 6, 1)), DONE, LATE, a_milestone(date(2028, 1, 1)),
    )  # fmt: skip
    found = progress.years([a_measure(milestones=steps)], plans.a_snapshot().strategy, TODAY)
    assert progress.side_by_side(found, TODAY) == (
        "2024: 1 av 1 · 2025: ikke ført · 2026 så langt: 1 av 2 · 2028: 1 planlagt"
    )


def test_a_bar_is_drawn_only_where_half_of_the_measures_have_milestones():
    half = [a_measure(milestones=(DONE,)), a_measure("1.1.2")]
    assert progress.now(half, TODAY).is_drawn
    assert not progress.now([*half, a_measure("1.1.3")], TODAY).is_drawn
    assert progress.now(half, TODAY).coverage == "1 av 2 tiltak har milepæler i 2026."


def test_an_estimate_is_told_of_a_limited_measure_without_milestones_and_nowhere_above():
    guessed = estimated("1.1.1", 45)
    assert progress.of_measure(guessed, TODAY) == "Anslått 45\u00a0%"
    assert progress.of_measure(replace(guessed, milestones=(OPEN,)), TODAY) == "0 av 1 milepæl"
    assert progress.of_measure(replace(guessed, kind=Kind.CONTINUOUS), TODAY) == "Ingen milepæler"
    assert progress.in_words([guessed], TODAY) == progress.in_words([a_measure()], TODAY)
    assert progress.estimate(estimated("1.1.1", 0)) == 0
    assert progress.estimate(a_measure(phase=Phase.IN_PROGRESS)) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"phase": Phase.DROPPED, "milestones": (DONE,)}, "Utgått, teller ikke"),
        ({"phase": Phase.COMPLETED, "milestones": (OPEN,)}, "Fullført"),
        ({"milestones": (DONE, LATE)}, "1 av 2 milepæler · 1 over frist"),
        ({"milestones": (a_milestone(date(2025, 1, 1)),)}, "Ingen milepæler i 2026 · 1 eldre"),
        ({}, "Ingen milepæler"),
    ],
)
def test_one_measure_in_few_words(more, said):
    assert progress.of_measure(a_measure(**more), TODAY) == said


def of_any(measures: Iterable[Measure], year: int, today: date) -> tuple[dict[str, int], int]:
    found = progress.of_year(measures, year, today)
    return numbers(found), len(found.owed)


def moments(measures: Iterable[Measure]) -> set[date]:
    """The days on which something saved begins to count, or a milestone's own day is over."""
    found = set[date]()
    for measure in measures:
        found |= {measure.closed_on} if measure.closed_on else set()
        for step in measure.milestones:
            found |= {step.due + timedelta(days=1), *([step.done_on] if step.done_on else [])}
    return found


@given(plans.goals(), st.integers(2024, 2028), plans.days)
def test_a_figure_moves_only_by_what_was_saved_a_milestones_day_or_the_turn_of_the_year(goal, year, today):
    tomorrow = today + timedelta(days=1)
    if tomorrow in moments(goal.measures) or tomorrow.year != today.year:
        return
    assert of_any(goal.measures, year, today) == of_any(goal.measures, year, tomorrow)


@given(plans.goals(), st.integers(2024, 2028), plans.days)
def test_when_all_is_reached_on_its_day_nothing_is_ever_late(goal, year, today):
    kept = [
        replace(m, milestones=tuple(replace(step, done_on=step.due) for step in m.milestones))
        for m in goal.measures
    ]
    found = progress.of_year(kept, year, today)
    assert not found.late
    assert not found.owed


@given(plans.measures(), plans.days, st.integers(0, 800))
def test_a_milestone_entered_for_later_adds_nothing_to_what_is_late(measure, today, ahead):
    coming = a_milestone(today + timedelta(days=ahead), key="ny")
    more = replace(measure, milestones=(*measure.milestones, coming))
    for year in range(2024, 2029):
        was, now = (progress.of_year([m], year, today) for m in (measure, more))
        assert (len(was.late), len(was.owed)) == (len(now.late), len(now.owed))


@given(plans.snapshots(), st.integers(2024, 2028), plans.days)
def test_the_goals_add_up_to_the_plan(plan, year, today):
    whole = progress.of_year(plan.measures, year, today)
    parts = [progress.of_year(goal.measures, year, today) for goal in plan.goals]
    for name in (*LISTS, "moved", "added", "owed", "planning", "measures", "dropped"):
        assert getattr(whole, name) == tuple(each for part in parts for each in getattr(part, name))
    assert (len(whole.all), len(whole.planned)) == tuple(
        sum(len(getattr(part, name)) for part in parts) for name in ("all", "planned")
    )


@given(plans.goals(), st.integers(2024, 2028), plans.days)
def test_each_number_said_is_the_length_of_its_list_and_no_milestone_is_in_two(goal, year, today):
    found = progress.of_year(goal.measures, year, today)
    there = [step for m in found.measures for step in m.milestones if step.year == year]
    owing = [step for step in there if any(step is s for s in found.all)]
    assert len(found.all) == len(owing)
    if found.all and (found.has_begun or found.reached):
        assert found.text == f"{len(found.reached)} av {len(found.all)}"
    assert set(map(id, found.planned)) <= set(map(id, found.all))


@given(plans.goals(), plans.days, st.data())
def test_reaching_a_milestone_never_lowers_what_is_reached(goal: Goal, today, data):
    with_milestones = [m for m in goal.measures if m.milestones]
    if not with_milestones:
        return
    chosen = data.draw(st.sampled_from(with_milestones))
    reached = replace(chosen, milestones=tuple(replace(m, done_on=today) for m in chosen.milestones))
    after = [reached if m.key == chosen.key else m for m in goal.measures]
    was, now = progress.now(goal.measures, today), progress.now(after, today)
    assert len(now.reached) >= len(was.reached)


@given(plans.measures(), plans.days)
def test_proposed_people_and_indicators_never_change_a_count(measure, today):
    bare = replace(measure, responsibilities=(), indicators=())
    assert of_any([measure], today.year, today) == of_any([bare], today.year, today)


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


def test_a_milestone_is_not_late_on_its_own_day():
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


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (a_measure(), ""),
        (a_measure(phase=Phase.COMPLETED), "fullført"),
        (a_measure(phase=Phase.DROPPED, milestones=(a_milestone(),)), "utgått"),
        (a_measure(report=a_report(estimate=25)), "anslått 25\u00a0%"),
        (a_measure(milestones=(a_milestone(days_ago(9), days_ago(9)), a_milestone(key="b"))), "1 av 2"),
    ],
)
def test_beside_a_picture_a_measure_is_told_in_a_word(measure: Measure, said: str):
    assert progress.in_a_word(measure, TODAY) == said
