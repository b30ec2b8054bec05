"""The wheel of the year: what is counted back moves with the meeting, nothing has a day it was not given."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from strategy import dates, meetings, wheel, wording
from strategy.snapshot import AgendaItem, Board, Decision, Meeting, Question, Snapshot
from strategy.terms import (
    DecisionState,
    Effect,
    ItemContent,
    ItemKind,
    ItemState,
    MeetingState,
    Phase,
)
from strategy.wheel import Kind
from tests.plans import (
    TODAY,
    a_goal,
    a_measure,
    a_milestone,
    a_plan_of,
    a_report,
    a_snapshot,
    a_subgoal,
    days,
    given,
    noon,
    snapshots,
)

ALL = dates.Period(date(2023, 1, 1), date(2030, 1, 1))


def a_meeting(held_on: date = date(2026, 11, 23), **more: Any) -> Meeting:
    fields: dict[str, Any] = {
        "key": "mote-2026-3", "version": 1, "change_id": 1, "number": 3, "period": "2026–2027",
        "held_on": held_on, "starts": "", "place": "", "state": MeetingState.CALLED, "present": (),
        "absent": (), "chair": "", "secretary": "", "as_of": None, "reported_on": None,
    }  # fmt: skip
    return Meeting(**fields | more)


def held(held_on: date, key: str = "mote-2026-1") -> Meeting:
    return a_meeting(held_on, key=key, state=MeetingState.CLOSED)


def an_item(measure: str, meeting: str = "mote-2026-1", **more: Any) -> AgendaItem:
    texts = ("handler", "responsible", "proposal", "summary", "background", "status", "considerations",
             "consequences", "follow_up", "discussion", "withheld")  # fmt: skip
    fields: dict[str, Any] = {
        "key": "sak-1", "version": 1, "change_id": 1, "meeting": meeting, "order": 1, "number": 1,
        "year": 2026, "title": "Sak", "kind": ItemKind.DECISION, "content": ItemContent.PLAIN,
        "state": ItemState.TREATED, "measures": (measure,), **dict.fromkeys(texts, ""),
    }  # fmt: skip
    return AgendaItem(**fields | more)


def a_decision(measure: str = "1.1.1", **more: Any) -> Decision:
    fields: dict[str, Any] = {
        "key": "vedtak-1", "version": 1, "change_id": 1, "meeting": "mote-2026-1", "item": "sak-1",
        "text": "Styret vil ha en plan.", "votes_for": None, "votes_against": None, "dissent": "",
        "measures": (measure,), "effect": Effect.AMENDED, "responsible": "", "due": date(2026, 12, 1),
        "state": DecisionState.OPEN, "outcome": "",
    }  # fmt: skip
    return Decision(**fields | more)


def a_question(measure: str) -> Question:
    return Question(
        key="sporsmal-1", version=1, change_id=1, recorded_at=noon(TODAY), meeting="mote-2026-1",
        measure=measure,
        text="Hva nå?", asked_by="leder",
    )  # fmt: skip


def two_goals(**more: Any) -> Snapshot:
    one = a_goal(a_subgoal(a_measure("1.1.1"), key="1.1"), key="1")
    two = a_goal(a_subgoal(a_measure("2.1.1"), key="2.1"), key="2", order=1)
    return a_snapshot(one, two, **more)


def on(plan: Snapshot, kind: Kind, today: date = TODAY) -> list[tuple[date, str]]:
    return [(e.day, e.title) for e in wheel.events(plan, today, ALL) if e.kind is kind]


def test_deadlines_are_counted_back_from_the_meeting_in_the_days_the_secretariat_set():
    plan = a_snapshot(meetings=(a_meeting(),), board=Board(papers_days=5, updates_days=10, reminders=(1, 7)))
    counted = wheel.routine(plan, plan.meetings[0])

    assert counted.papers_on == date(2026, 11, 18)
    assert counted.updates_on == date(2026, 11, 13)
    assert counted.reminders == (date(2026, 11, 6), date(2026, 11, 12))


@given(days, st.integers(-200, 200))
def test_all_that_is_counted_back_moves_with_the_meeting(held_on: date, moved: int):
    before = a_snapshot(meetings=(a_meeting(held_on),))
    after = a_snapshot(meetings=(a_meeting(held_on + timedelta(days=moved), version=2, change_id=9),))
    of_meeting = (Kind.MEETING, Kind.ROUTINE, Kind.REMINDER)
    was, now = (
        {e.key: e for e in wheel.events(plan, TODAY, ALL) if e.kind in of_meeting} for plan in (before, after)
    )

    assert was.keys() == now.keys()
    assert {key: (now[key].day - was[key].day).days for key in now} == dict.fromkeys(now, moved)
    assert all(now[key].version > was[key].version and now[key].change_id == 9 for key in now)


def test_reminders_are_told_where_they_are_asked_for_and_not_among_all_else():
    every = wheel.events(a_snapshot(meetings=(a_meeting(),)), TODAY, ALL)
    reminders = tuple(event for event in every if event.kind is Kind.REMINDER)

    assert reminders
    assert wheel.of_kind(every, Kind.REMINDER.value) == reminders
    assert wheel.of_kind(every, None) == tuple(event for event in every if event not in reminders)


def test_changing_the_routines_is_a_newer_version_of_what_is_counted_back():
    usual = a_snapshot(meetings=(a_meeting(version=3, change_id=7),))
    changed = replace(usual, board=Board(version=1, change_id=9, papers_days=10))
    papers = [next(e for e in wheel.events(p, TODAY, ALL) if e.key == "mote-2026-3-papirer")
              for p in (usual, changed)]  # fmt: skip

    assert [e.version for e in papers] == [3, 4]
    assert [e.change_id for e in papers] == [7, 9]


def test_the_year_holds_what_measures_milestones_and_next_steps_are_due():
    measure = a_measure(
        due=date(2026, 12, 31), milestones=(a_milestone(date(2026, 12, 1), title="Utkast sendt"),),
        report=a_report(next_step="Be om høring", next_due=date(2026, 12, 5)),
    )  # fmt: skip
    plan = a_plan_of(measure, decisions=(a_decision(),))

    assert on(plan, Kind.MEASURE) == [(date(2026, 12, 31), "Tiltak 1.1.1")]
    assert on(plan, Kind.MILESTONE) == [(date(2026, 12, 1), "Utkast sendt")]
    assert on(plan, Kind.NEXT_STEP) == [(date(2026, 12, 5), "Be om høring")]
    assert on(plan, Kind.DECISION) == [(date(2026, 12, 1), "Styret vil ha en plan.")]
    assert not [e for e in wheel.year(plan, TODAY, 2027) if e.kind in wheel.OWED]


def test_what_is_decided_in_a_case_kept_from_the_public_is_not_named():
    plan = a_plan_of(
        a_measure(), items=(an_item("1.1.1", withheld="Personalsak"),), decisions=(a_decision(),)
    )
    ((_day, title),) = on(plan, Kind.DECISION)

    assert title == "Vedtak i en sak som er unntatt offentlighet"


def test_a_passed_day_is_late_until_it_is_done_and_no_meeting_is_late():
    past = TODAY - timedelta(days=1)
    plan = a_plan_of(
        a_measure("1.1.1", milestones=(a_milestone(past, key="sen"), a_milestone(past, past, key="ferdig"))),
        meetings=(a_meeting(past),),
    )
    late = {e.key for e in wheel.events(plan, TODAY, ALL) if e.is_late(TODAY)}

    assert late == {"sen"}
    assert not [e for e in wheel.events(plan, past, ALL) if e.is_late(past)]


def test_what_was_left_in_a_completed_measure_is_no_longer_owed_and_a_dropped_one_is_gone():
    step = a_milestone(TODAY - timedelta(days=5))
    completed = a_measure("1.1.1", phase=Phase.COMPLETED, due=TODAY, milestones=(step,))
    dropped = a_measure("1.1.2", phase=Phase.DROPPED, due=TODAY, milestones=(step,))
    found = [e for e in wheel.events(a_plan_of(completed, dropped), TODAY, ALL) if e.kind in wheel.OWED]

    assert [(e.key, e.done) for e in found] == [("1.1.1-frist", True)]


def test_reports_that_grow_old_are_gathered_by_the_last_day_they_hold():
    fresh = [a_measure(f"1.1.{n}", report=a_report(days=100, key=f"1.1.{n}")) for n in (1, 2)]
    old = a_measure("1.1.3", report=a_report(days=121, key="1.1.3"))

    assert on(a_plan_of(*fresh, old), Kind.REPORT) == [
        (TODAY + timedelta(days=20), "Ny rapport trengs på 2 tiltak")
    ]


def test_an_election_stands_for_its_month_and_only_the_two_we_know_of_are_there():
    elections = [e for e in wheel.events(a_snapshot(), TODAY, ALL) if e.kind is Kind.ELECTION]

    assert [(e.when, e.title) for e in elections] == [
        ("september 2025", "Stortingsvalg"),
        ("september 2027", "Kommune- og fylkestingsvalg"),
    ]


def test_what_comes_every_year_says_how_it_is_known():
    yearly = [e for e in wheel.year(a_snapshot(), TODAY, 2026) if e.kind is Kind.YEARLY]

    assert date(2026, 3, 1) in [e.day for e in yearly]
    assert all(e.note for e in yearly)


@given(snapshots(), st.integers(2022, 2030))
def test_a_year_holds_its_own_days_in_order_under_keys_of_their_own(plan: Snapshot, year: int):
    found = wheel.year(plan, TODAY, year)

    assert [e.day for e in found] == sorted(e.day for e in found)
    assert {e.day.year for e in found} <= {year}
    fixed = [e.key for e in found if e.kind is not Kind.MILESTONE]  # drawn milestones share keys
    assert len(fixed) == len(set(fixed))


@pytest.mark.parametrize(
    ("more", "missed"),
    [
        ({"items": (an_item("1.1.1"),)}, ["2"]),
        ({"items": (an_item("1.1.1", content=ItemContent.STATUS),)}, ["1", "2"]),
        ({"items": (an_item("1.1.1", state=ItemState.POSTPONED),)}, ["1", "2"]),
        ({"items": (an_item("1.1.1", meeting="mote-2026-9"),)}, ["1", "2"]),
        ({"decisions": (a_decision("2.1.1"),)}, ["1"]),
        ({"items": (an_item("1.1.1", state=ItemState.OPEN),)}, ["1", "2"]),
        ({"questions": (a_question("2.1.1"),)}, ["1", "2"]),
        ({"items": (an_item("1.1.1"),), "questions": (a_question("2.1.1"),)}, ["2"]),
        ({"items": (an_item("9.9.9"),)}, ["1", "2"]),
    ],
)
def test_a_goal_is_discussed_where_a_treated_case_or_a_decision_names_its_measure_and_no_question_does(
    more, missed: list[str]
):
    plan = two_goals(meetings=(held(date(2026, 6, 1)),), **more)

    assert [f.goal.key for f in wheel.forgotten(plan, TODAY)] == missed


def test_a_measure_that_has_left_the_plan_was_still_discussed():
    plan = two_goals(meetings=(held(date(2026, 6, 1)),), items=(an_item("1.1.9"),))
    plan = replace(plan, retired=(a_measure("1.1.9", retired=True),))

    assert [f.goal.key for f in wheel.forgotten(plan, TODAY)] == ["2"]


@pytest.mark.parametrize(("day", "forgotten"), [(date(2025, 11, 23), True), (date(2025, 11, 24), False)])
def test_a_goal_is_forgotten_after_twelve_months(day: date, forgotten: bool):
    plan = two_goals(meetings=(held(day),), items=(an_item("1.1.1"),))

    assert ("1" in [f.goal.key for f in wheel.forgotten(plan, TODAY)]) is forgotten


def test_the_goal_nobody_has_ever_discussed_stands_first():
    plan = two_goals(meetings=(held(date(2024, 6, 1)),), items=(an_item("1.1.1"),))

    assert [(f.goal.key, f.last) for f in wheel.forgotten(plan, TODAY)] == [
        ("2", None),
        ("1", date(2024, 6, 1)),
    ]


def test_a_leap_day_has_a_day_a_year_before():
    assert wheel.forgotten(two_goals(), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (a_snapshot(), "Ingen kommende møter eller frister er lagt inn."),
        (
            a_snapshot(meetings=(a_meeting(date(2026, 12, 10)),)),
            "Neste frist: rapporter inn 26. november 2026.",
        ),
        (a_snapshot(meetings=(a_meeting(),)), "I dag: styremøte 3, 2026–2027."),
        (
            a_plan_of(a_measure(due=date(2026, 12, 1), name="Vern")),
            "Neste frist: tiltak 1.1.1 Vern 1. desember 2026.",
        ),
        (
            two_goals(meetings=(held(date(2026, 6, 1)), a_meeting()), items=(an_item("1.1.1"),)),
            "I dag: styremøte 3, 2026–2027. Ett hovedmål er ikke behandlet i styret det siste året.",
        ),
        (
            two_goals(meetings=(held(date(2026, 6, 1)), a_meeting())),
            "I dag: styremøte 3, 2026–2027. To hovedmål er ikke behandlet i styret det siste året.",
        ),
    ],
)  # fmt: skip
def test_the_headline_says_what_is_next_and_what_is_forgotten(plan: Snapshot, said: str):
    assert wheel.headline(plan, TODAY) == said


def test_a_meeting_says_when_and_where_it_is():
    plan = a_snapshot(a_goal(a_subgoal(a_measure())), meetings=(a_meeting(starts="10.00", place="Oslo"),))
    (met,) = (e for e in wheel.events(plan, TODAY, ALL) if e.kind is Kind.MEETING)
    assert met.note == "kl.\u00a010.00 · Oslo"


@pytest.mark.parametrize(
    ("day", "newest", "period"),
    [
        (date(2027, 6, 30), "", "2026–2027"),
        (date(2027, 7, 1), "", "2027–2028"),
        (date(2028, 1, 10), "2026–2027", "2027–2028"),
        (date(2028, 1, 10), "Styret 2026", "Styret 2026"),
    ],
)
def test_a_new_meeting_is_in_the_boards_year_of_its_day(day: date, newest: str, period: str):
    there = (replace(a_meeting(), period=newest),) if newest else ()
    assert meetings.period_of(a_snapshot(meetings=there), day) == period


def test_a_year_has_no_space_in_it_and_a_large_number_has():
    assert [wording.said(each) for each in (7, 2026, 25_000)] == ["7", "2026", "25\u00a0000"]
