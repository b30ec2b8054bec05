"""What has happened between two snapshots, as a board reads it, and what did not in spite of a promise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, settings

from strategy import since
from strategy.history import Moment
from strategy.since import Account, News, Way
from strategy.snapshot import AgendaItem, Authority, Decision, Measure, Meeting, Report, Snapshot
from strategy.terms import (
    Assessment,
    DecisionState,
    Effect,
    ItemContent,
    ItemKind,
    ItemState,
    MeetingState,
    Phase,
    Quality,
)
from strategy.values import Reworded
from tests import plans
from tests.plans import (
    TODAY,
    a_goal,
    a_measure,
    a_milestone,
    a_plan_of,
    a_report,
    a_responsibility,
    a_snapshot,
    a_strategy,
    a_subgoal,
    a_target,
    a_value,
    an_indicator,
    days_ago,
    noon,
)

GREEN, YELLOW = Assessment.ON_TRACK, Assessment.SOME_DEVIATION
RED, GREY = Assessment.MAJOR_DEVIATION, Assessment.NOT_ASSESSED
THEN = days_ago(40)


def between(old: Measure | Snapshot, new: Measure | Snapshot) -> Account:
    """What happened in the last forty days."""
    before, after = (each if isinstance(each, Snapshot) else a_plan_of(each) for each in (old, new))
    return since.account(before, THEN, after, TODAY)


def told(old: Measure | Snapshot, new: Measure | Snapshot) -> list[str]:
    """Every fact of every line."""
    return [fact.text for line in between(old, new).lines for fact in line.facts]


def steps(old: Report | None, new: Report | None) -> list[tuple[Assessment | None, Assessment | None]]:
    return [(line.before, line.after) for line in between(a_measure(report=old), a_measure(report=new)).lines]


def a_meeting(number: int = 2, held_on: date = THEN, **more: Any) -> Meeting:
    fields: dict[str, Any] = {
        "key": f"mote-2026-{number}", "version": 1, "change_id": 1, "number": number, "period": "2026–2027",
        "held_on": held_on, "starts": "", "place": "", "state": MeetingState.CLOSED, "present": (),
        "absent": (), "chair": "", "secretary": "", "as_of": None, "reported_on": None,
    }  # fmt: skip
    return Meeting(**fields | more)


def a_decision(*measures: str, **more: Any) -> Decision:
    fields: dict[str, Any] = {
        "key": "vedtak-1", "version": 1, "change_id": 1, "meeting": "mote-2026-2", "item": "sak-1",
        "text": "Styret ber om en plan", "votes_for": None, "votes_against": None, "dissent": "",
        "measures": measures, "effect": None, "responsible": "", "due": None,
        "state": DecisionState.OPEN, "outcome": "",
    }  # fmt: skip
    return Decision(**fields | more)


def an_item(**more: Any) -> AgendaItem:
    texts = dict.fromkeys(
        ("handler", "responsible", "proposal", "summary", "background", "status", "considerations",
         "consequences", "follow_up", "discussion", "withheld"), ""
    )  # fmt: skip
    fields: dict[str, Any] = {
        "key": "sak-1", "version": 1, "change_id": 1, "meeting": "mote-2026-2", "order": 1, "number": 41,
        "year": 2026, "title": "Status", "kind": ItemKind.DECISION, "content": ItemContent.PLAIN,
        "state": ItemState.TREATED, "measures": (),
    }  # fmt: skip
    return AgendaItem(**fields | texts | more)


def an_authority(thing: str, effect: Effect, decision: str = "vedtak-1") -> Authority:
    return Authority(
        key=f"{thing}@{decision}", version=1, change_id=1, recorded_at=noon(TODAY), kind="measure",
        thing=thing, effect=effect, decision=decision,
    )  # fmt: skip


def test_a_new_report_is_shown_against_the_colour_before_it():
    old, new = (
        a_report(assessment=GREEN, days=60),
        a_report(assessment=RED, change_id=2, cause="Sykdom"),
    )
    assert steps(old, new) == [(GREEN, RED)]


def test_a_colour_that_was_grey_with_age_then_is_grey_in_the_step():
    assert steps(a_report(assessment=RED, days=300), a_report(change_id=2)) == [(GREY, GREEN)]


def test_an_assessment_that_had_grown_old_and_is_said_again_is_no_news():
    for assessment in (GREEN, YELLOW, RED):
        old = a_report(assessment=assessment, days=300)
        again = a_report(assessment=assessment, change_id=2, cause="x")
        (line,) = between(a_measure(report=old), a_measure(report=again)).lines
        assert (line.before, line.after, line.facts) == (None, None, ())
    assert steps(a_report(assessment=RED, days=300), a_report(assessment=GREY, change_id=2)) == [(None, None)]


def test_the_age_is_that_of_the_earlier_day_and_not_of_today():
    assert steps(a_report(assessment=RED, days=130), a_report(change_id=2)) == [(RED, GREEN)]


def test_a_step_from_grey_says_which_grey_it_was():
    new = a_report(change_id=2)
    for old, was in (
        (None, "Ikke rapportert"),
        (a_report(assessment=RED, days=300), "Ikke oppdatert"),
        (a_report(assessment=GREY, days=60), "Ikke vurdert"),
    ):
        (line,) = between(a_measure(report=old), a_measure(report=new)).lines
        assert (line.was, line.now) == (was, "I rute")


def test_a_report_that_has_only_aged_is_no_news():
    report = a_report(assessment=GREEN, days=130)
    assert steps(report, report) == []


def test_a_first_report_comes_from_grey_and_is_neither_better_nor_worse():
    for assessment in (GREEN, YELLOW, RED):
        found = between(a_measure(), a_measure(report=a_report(assessment=assessment)))
        assert [(line.before, line.after) for line in found.lines] == [(GREY, assessment)]
        assert (found.better, found.worse) == (0, 0)


def test_the_phase_is_told_and_why_a_measure_was_given_up():
    dropped = a_report(Phase.DROPPED, GREY, change_id=2, done="Lite", cause="Ingen penger")
    (line,) = between(a_measure(report=a_report()), a_measure(report=dropped)).lines
    assert [fact.text for fact in line.facts] == ["pågår → utgått"]
    assert (line.before, line.after) == (None, None)
    assert line.report == "Ingen penger"


@pytest.mark.parametrize(
    ("old", "new", "moves", "said"),
    [
        (date(2027, 6, 30), date(2027, 12, 31), (2, 3),
         "frist flyttet 30.06.2027 → 31.12.2027, 6 måneder senere (3. gang)"),
        (date(2027, 6, 30), date(2028, 6, 30), (1, 3),
         "frist flyttet 30.06.2027 → 30.06.2028, 12 måneder senere (2.–3. gang)"),
        (date(2027, 6, 30), date(2027, 7, 14), (0, 1),
         "frist flyttet 30.06.2027 → 14.07.2027, 14 dager senere (1. gang)"),
        (date(2027, 6, 30), date(2027, 6, 29), (1, 1),
         "frist flyttet 30.06.2027 → 29.06.2027, 1 dag tidligere"),
        (None, date(2027, 6, 30), (0, 0), "frist satt til 30.06.2027"),
        (date(2027, 6, 30), None, (0, 0), "fristen er tatt bort"),
    ],
)  # fmt: skip
def test_a_deadline_tells_how_far_and_which_time_in_a_row(
    old: date | None, new: date | None, moves: tuple[int, int], said: str
):
    assert told(a_measure(due=old, due_moves=moves[0]), a_measure(due=new, due_moves=moves[1])) == [said]


def test_who_answers_is_compared_as_it_was_then_and_as_it_is_now():
    held = (
        a_responsibility("leder", until=days_ago(10)),
        a_responsibility("sekretar", since=days_ago(10)),
    )
    same = a_measure(responsibilities=held)
    assert told(same, same) == ["ansvarlig: Leder → Sekretar"]
    assert told(a_measure(responsibilities=held[:1]), a_measure()) == ["ansvarlig: Leder → Ingen ansvarlig"]


def test_a_new_wording_carries_both_texts():
    found = between(a_measure(text="Vi skal skrive"), a_measure(text="Vi skal sende"))
    ((fact,),) = (line.facts for line in found.lines)
    assert (fact.kind, fact.texts) == (News.WORDING, Reworded("Vi skal skrive", "Vi skal sende"))


def test_what_stands_round_the_text_is_told_field_by_field():
    new = a_measure(start=date(2026, 1, 1), decided_by="Styresak 3/2026")
    assert told(a_measure(), new) == ["start: – → 01.01.2026", "vedtatt: Styresak 3/2026"]


def test_a_short_name_or_another_order_is_no_news():
    def plan(name: str, order: int) -> Snapshot:
        measure = a_measure(name=name, order=order, report=a_report(days=60))
        return a_snapshot(a_goal(a_subgoal(measure, order=order), name=name, order=order))

    found = between(plan("Høring", 1), plan("Høringer", 2))
    assert found.is_empty
    assert headline(found) == "Ingenting er endret siden styremøte 2."


def test_a_measure_comes_and_goes():
    first, second = a_measure("1.1.1"), a_measure("1.1.2")
    gone = replace(second, retired=True, report=a_report(Phase.DROPPED, cause="Slått ned"))
    assert told(a_plan_of(first), a_plan_of(first, second)) == ["nytt tiltak"]
    found = between(a_plan_of(first, second), a_plan_of(first, retired=(gone,)))
    ((line,),) = (group.lines for group in found.groups)
    assert (line.thing, line.facts[0].text, line.report) == (gone, "tatt ut av planen", "Slått ned")
    assert (found.total, found.quiet) == (1, (first,))


def test_the_basis_counts_the_measures_every_other_number_counts():
    given_up = a_measure("1.1.2", report=a_report(Phase.DROPPED, days=60))
    before = a_plan_of(a_measure("1.1.1"), given_up, a_measure("1.1.3"))
    after = a_plan_of(
        a_measure("1.1.1", report=a_report()), given_up,
        a_measure("1.1.3", report=a_report(Phase.DROPPED, change_id=2)),
    )  # fmt: skip
    assert since.basis(between(before, before)) == "0 av 2 tiltak har noe nytt, 2 er uendret."
    assert since.basis(between(before, after)) == (
        "1 av 1 tiltak har noe nytt, 0 er uendret. 1 tiltak er utgått eller tatt ut."
    )


def test_a_measure_taken_out_is_merged_only_where_the_data_say_so():
    stays, left = a_measure("1.1.1", name="Skrive"), a_measure("1.1.2", name="Sende")
    gone = replace(left, retired=True)
    merged = ["slått sammen med 1.1.1 Skrive"]

    assert told(a_plan_of(stays, left), a_plan_of(stays, retired=(gone,))) == ["tatt ut av planen"]

    measured = replace(left, indicators=(an_indicator(key="svar", belongs_to="1.1.2"),))
    inherits = replace(stays, indicators=(an_indicator(key="svar", belongs_to="1.1.1"),))
    moved = told(a_plan_of(stays, measured), a_plan_of(inherits, retired=(gone,)))
    assert moved[-1:] == merged

    step = a_milestone(TODAY, title="Notat", key="1.1.2-m1")
    taken_over = replace(stays, milestones=(replace(step, key="1.1.1-m1", measure="1.1.1"),))
    stepped = told(
        a_plan_of(stays, replace(left, milestones=(step,))), a_plan_of(taken_over, retired=(gone,))
    )
    assert stepped[-1:] == merged

    decided = a_plan_of(
        stays, retired=(gone,), decisions=(a_decision("1.1.2"),), items=(an_item(),),
        authorities=(an_authority("1.1.1", Effect.AMENDED), an_authority("1.1.2", Effect.DROPPED)),
    )  # fmt: skip
    assert told(a_plan_of(stays, left), decided) == [
        "endret ved vedtak i sak 41/2026",
        *merged,
        "utgått ved vedtak i sak 41/2026",
    ]


def test_milestones_are_reached_missed_moved_added_and_taken_out():
    old = a_measure(
        report=a_report(),
        milestones=(
            a_milestone(days_ago(20), key="a", title="A"),
            a_milestone(days_ago(20), key="b", title="B"),
            a_milestone(days_ago(50), key="late", title="For lengst"),
            a_milestone(date(2027, 1, 1), key="c", title="C"),
            a_milestone(date(2027, 1, 1), key="d", title="D"),
        ),
    )
    new = replace(
        old,
        milestones=(
            a_milestone(days_ago(20), days_ago(20), key="a", title="A"),
            *old.milestones[1:3],
            a_milestone(date(2027, 2, 1), key="c", title="C"),
            a_milestone(date(2027, 1, 1), key="e", title="E"),
        ),
    )
    assert told(old, new) == [
        "milepæl nådd: A",
        "milepæl ikke nådd innen 03.11.2026: B",
        "milepæl flyttet 01.01.2027 → 01.02.2027: C",
        "ny milepæl: E",
        "milepæl tatt ut: D",
    ]


def test_a_milestone_is_missed_when_its_day_has_passed_and_not_on_it():
    for due, count in ((TODAY, 0), (days_ago(1), 1), (THEN, 1), (days_ago(41), 0)):
        measure = a_measure(report=a_report(days=60), milestones=(a_milestone(due),))
        assert len(told(measure, measure)) == count


def test_an_indicator_tells_new_and_corrected_values_and_which_way_it_went():
    values = (a_value("2024", 228), a_value("2025", 221))
    old = a_measure(indicators=(an_indicator(values=values[:1]),))
    new = a_measure(indicators=(an_indicator(values=values),))
    ((fact,),) = (line.facts for line in between(old, new).lines)
    assert (fact.text, fact.bad) == ("Medlemmer fra 228 (2024) til 221 (2025), feil vei", True)

    up = a_measure(indicators=(an_indicator(values=(values[0], a_value("2025", 240))),))
    ((fact,),) = (line.facts for line in between(old, up).lines)
    assert (fact.text, fact.bad) == ("Medlemmer fra 228 (2024) til 240 (2025), riktig vei", False)

    fixed = a_measure(indicators=(an_indicator(values=(a_value("2024", 218),)),))
    assert told(old, fixed) == ["Medlemmer for 2024 er rettet fra 228 til 218"]
    assert told(new, old) == ["Medlemmer: målingen for 2025 er tatt ut"]
    early = replace(values[0], quality=Quality.PRELIMINARY)
    assert told(a_measure(indicators=(an_indicator(values=(early,)),)), old) == [
        "Medlemmer for 2024 er nå endelig"
    ]


def test_an_indicator_tells_that_it_was_adopted_and_its_target_changed():
    aim = date(2028, 12, 31)
    old = an_indicator(targets=(a_target(aim, 250),))
    new = an_indicator(targets=(a_target(aim, 238),))
    said = ["Medlemmer: måltallet til 31.12.2028 er endret fra 250 til 238"]
    assert told(a_measure(indicators=(old,)), a_measure(indicators=(new,))) == said
    proposed = a_measure(indicators=(replace(old, proposal=True),))
    assert told(proposed, a_measure(indicators=(old,)))[0] == "indikatoren «Medlemmer» er tatt i bruk"
    assert told(a_measure(), proposed) == ["ny indikator: Medlemmer"]
    assert told(proposed, a_measure()) == ["indikator tatt ut: Medlemmer"]


def test_an_indicator_tells_that_its_baseline_changed_and_a_target_left():
    aim = date(2028, 12, 31)
    old = an_indicator(targets=(a_target(aim, 250),), baseline=218)
    assert told(a_measure(indicators=(old,)), a_measure(indicators=(an_indicator(baseline=220),))) == [
        "Medlemmer: nullpunktet er endret fra 218 (01.01.2024) til 220 (01.01.2024)",
        "Medlemmer: måltallet til 31.12.2028 er tatt ut",
    ]
    bare = an_indicator(targets=(a_target(aim, 250),))
    assert told(a_measure(indicators=(bare,)), a_measure(indicators=(old,))) == [
        "Medlemmer: nullpunktet er satt til 218 (01.01.2024)"
    ]


def test_a_decision_is_told_where_it_touched_with_its_case():
    old, new = a_measure(), a_measure(due=date(2027, 1, 1))
    plan = {"items": (an_item(),), "meetings": (a_meeting(),)}
    postponed = a_plan_of(
        new, decisions=(a_decision(),), authorities=(an_authority("1.1.1", Effect.POSTPONED),), **plan
    )
    assert told(a_plan_of(old), postponed)[-1] == "utsatt ved vedtak i sak 41/2026"
    named = a_plan_of(old, decisions=(a_decision("1.1.1"),), **plan)
    assert told(a_plan_of(old), named) == ["vedtak i sak 41/2026: «Styret ber om en plan»"]
    assert told(named, named) == []
    unnumbered = replace(named, items=())
    assert told(a_plan_of(old), unnumbered) == ["vedtak i styremøte 2: «Styret ber om en plan»"]


def test_goals_subgoals_and_the_document_have_news_of_their_own():
    before = a_snapshot(a_goal(a_subgoal(a_measure()), report=a_report(None)))
    after = a_snapshot(
        a_goal(
            a_subgoal(a_measure(), text="Nytt delmål"),
            report=a_report(None, YELLOW, change_id=2, cause="Sent"),
        ),
        strategy=a_strategy(vision="Ny visjon"),
    )
    found = between(before, after)
    assert [fact.text for fact in found.whole] == ["visjonen har ny ordlyd"]
    assert [(line.thing.key, line.before, line.after) for line in found.lines] == [
        ("1", GREEN, YELLOW),
        ("1.1", None, None),
    ]
    assert (found.worse, len(found.quiet)) == (0, 1)


def promised(old: Report, new: Report | None, **more: Any) -> list[str]:
    found = between(a_measure(report=old, **more), a_measure(report=new, **more))
    return [promise.sentence for promise in found.promises]


def test_a_next_step_whose_day_has_passed_and_that_nobody_reported_is_a_promise_not_kept():
    step = a_report(days=161, next_step="Levere rapporten", next_due=date(2026, 11, 1))
    assert promised(step, step) == ["Lovet til 01.11.2026: Levere rapporten. Ingen ny rapport på 161 dager."]
    silent = replace(step, change_id=2, recorded_at=noon(days_ago(5)), done="", next_step="", next_due=None)
    assert promised(step, silent) == [
        "Lovet til 01.11.2026: Levere rapporten. Rapporten 18.11.2026 sier ikke at det er gjort."
    ]
    again = replace(
        step, change_id=2, recorded_at=noon(days_ago(5)), done="Purret", next_due=date(2027, 2, 1)
    )
    assert promised(step, again) == ["Lovet til 01.11.2026: Levere rapporten. Lovet på nytt til 01.02.2027."]


@pytest.mark.parametrize("due", [None, TODAY, date(2027, 1, 1)])
def test_a_promise_whose_day_has_not_passed_is_not_broken(due: date | None):
    step = a_report(next_step="Levere rapporten", next_due=due)
    assert promised(step, step) == []


@pytest.mark.parametrize(
    "new",
    [
        a_report(change_id=2, done="Rapporten er levert"),
        a_report(Phase.COMPLETED, change_id=2),
        a_report(Phase.DROPPED, change_id=2, cause="Ingen penger"),
    ],
)
def test_a_promise_is_kept_when_something_is_reported_done_or_the_work_is_over(new: Report):
    assert promised(a_report(days=60, next_step="Levere", next_due=days_ago(9)), new) == []


def test_a_milestone_reached_since_keeps_a_promise():
    report = a_report(days=60, next_step="Levere", next_due=days_ago(9))
    old = a_measure(report=report, milestones=(a_milestone(days_ago(9)),))
    new = a_measure(report=report, milestones=(a_milestone(days_ago(9), days_ago(9)),))
    assert between(old, new).promises == ()


def test_a_decision_whose_day_has_passed_is_a_promise_until_it_is_closed():
    decision = a_decision("1.1.1", due=days_ago(3))
    plan = {"items": (an_item(),)}
    found = between(a_plan_of(a_measure()), a_plan_of(a_measure(), decisions=(decision,), **plan))
    (promise,) = found.promises
    assert promise.sentence == (
        "Vedtatt i sak 41/2026 til 20.11.2026: Styret ber om en plan. Vedtaket er ikke meldt fulgt opp."
    )
    assert [measure.key for measure in promise.measures] == ["1.1.1"]
    for kept in (
        replace(decision, state=DecisionState.DONE),
        replace(decision, state=DecisionState.CANCELLED),
        replace(decision, due=TODAY),
        replace(decision, due=None),
    ):
        assert between(a_plan_of(a_measure()), a_plan_of(a_measure(), decisions=(kept,))).promises == ()


def assessed(*assessments: Assessment, change_id: int, days: int) -> list[Measure]:
    return [
        a_measure(
            f"1.1.{n}",
            report=a_report(assessment=each, change_id=change_id, days=days, cause="x"),
        )
        for n, each in enumerate(assessments, 1)
    ]


def test_worse_comes_before_better_and_better_before_mere_reports():
    before = a_plan_of(*assessed(YELLOW, GREEN, GREEN, RED, change_id=1, days=60))
    after = a_plan_of(*assessed(GREEN, GREEN, RED, RED, change_id=2, days=5))
    found = between(before, after)
    assert [line.thing.key for line in found.lines] == ["1.1.3", "1.1.1", "1.1.2", "1.1.4"]
    assert (found.worse, found.better, found.quiet) == (1, 1, ())


def ways(found: Account) -> dict[Way, list[str]]:
    return {each.way: [step.measure.key for step in each.steps] for each in found.gone}


def test_every_measure_that_counts_went_one_way():
    before = a_plan_of(*assessed(YELLOW, GREEN, GREEN, RED, GREY, GREY, change_id=1, days=60))
    after = a_plan_of(*assessed(GREEN, YELLOW, RED, RED, GREY, GREEN, change_id=2, days=5))
    assert ways(between(before, after)) == {
        Way.WORSE: ["1.1.3", "1.1.2"], Way.BETTER: ["1.1.1"], Way.JUDGED: ["1.1.6"],
        Way.SAME: ["1.1.4", "1.1.5"],
    }  # fmt: skip


def test_a_report_that_grew_too_old_between_the_two_is_silence_and_not_as_before():
    old = a_measure(report=a_report(assessment=RED, days=130, cause="x"))
    assert ways(between(old, old)) == {Way.SILENT: ["1.1.1"]}
    older = a_measure(report=a_report(assessment=RED, days=300, cause="x"))
    assert ways(between(older, older)) == {Way.SAME: ["1.1.1"]}


def test_a_deadline_that_moved_knows_the_day_it_was():
    old, new = a_measure(due=date(2026, 12, 31)), a_measure(due=date(2027, 6, 30))
    facts = [fact for line in between(old, new).lines for fact in line.facts]
    assert [fact.was_due for fact in facts if fact.kind is News.DEADLINE] == [date(2026, 12, 31)]


def test_the_goal_that_got_worse_comes_first():
    def plan(due: date | None, report: Report) -> Snapshot:
        first = a_goal(a_subgoal(a_measure(due=due)))
        return a_snapshot(first, a_goal(a_subgoal(a_measure("2.1.1", report=report), key="2.1"), key="2"))

    old, new = a_report(days=60), a_report(assessment=RED, change_id=2, days=5, cause="x")
    found = between(plan(None, old), plan(TODAY, new))
    assert [group.goal.key for group in found.groups] == ["2", "1"]


def headline(found: Account, end: Moment | None = None) -> str:
    start = Moment(1, THEN, a_meeting())
    return since.headline(found, start, end or Moment(9, TODAY), TODAY)


def test_the_finding_is_said_in_one_or_two_sentences():
    def plan(assessments: Sequence[Assessment], **said: int) -> Snapshot:
        return a_plan_of(*assessed(*assessments, **said))

    old = {"change_id": 1, "days": 60}
    new = {"change_id": 2, "days": 5}
    cases = [
        ((GREEN, GREEN, YELLOW), (RED, YELLOW, GREEN),
         "To tiltak er blitt verre, ett bedre siden styremøte 2."),
        ((GREEN,), (RED,), "Ett tiltak er blitt verre siden styremøte 2, ingen bedre."),
        ((RED,), (GREEN,), "Ett tiltak er blitt bedre siden styremøte 2, ingen verre."),
        ((RED,), (RED,), "Ingen tiltak er blitt verre eller bedre siden styremøte 2."),
    ]  # fmt: skip
    for before, after, said in cases:
        assert headline(between(plan(before, **old), plan(after, **new))) == said
    same = plan((RED,), **old)
    assert headline(between(same, same)) == "Ingenting er endret siden styremøte 2."
    third = Moment(9, TODAY, a_meeting(3, TODAY))
    assert headline(between(same, same), third) == "Ingenting er endret fra styremøte 2 til styremøte 3."


def test_promises_not_kept_are_in_the_finding_also_where_nothing_changed():
    measure = a_measure(report=a_report(days=60, next_step="Levere", next_due=days_ago(9)))
    found = between(measure, measure)
    assert found.is_empty
    assert headline(found) == "Ingenting er endret siden styremøte 2. Ett løfte er ikke holdt."


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@hypothesis.given(plans.snapshots(), plans.snapshots())
def test_every_fact_is_whole_and_nothing_is_told_of_what_is_the_same(before, after):
    found = since.account(before, THEN, after, TODAY)
    said = [fact.text for line in found.lines for fact in line.facts] + [p.sentence for p in found.promises]
    assert all(text and "{" not in text for text in said)
    assert len(found.quiet) + found.changed >= found.total
    went = {way: len(keys) for way, keys in ways(found).items()}
    assert sum(went.values()) == found.total
    assert (went.get(Way.WORSE, 0), went.get(Way.BETTER, 0)) == (found.worse, found.better)
    assert headline(found).endswith(".")
    hypothesis.assume(
        all(len({step.key for step in m.milestones}) == len(m.milestones) for m in before.measures)
    )
    assert since.account(before, TODAY, before, TODAY).is_empty
