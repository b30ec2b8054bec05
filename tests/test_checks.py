"""The findings in words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st

from strategy import checks, contradictions, progress
from strategy.checks import Missing, Reason
from strategy.contradictions import Clash
from strategy.snapshot import Explanation, Link, Measure, Snapshot
from strategy.terms import Assessment, Controllability, Frequency, Phase
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
    a_subgoal,
    a_value,
    an_indicator,
    days_ago,
    given,
)

GREEN, YELLOW = Assessment.ON_TRACK, Assessment.SOME_DEVIATION
RED, GREY = Assessment.MAJOR_DEVIATION, Assessment.NOT_ASSESSED
FALLING = an_indicator(values=[("2024", 228), ("2025", 221)])


def plan_with(*, green=0, yellow=0, red=0, never=0, stale=0, dropped=0) -> Snapshot:
    """A plan with so many measures of each kind."""
    reports = [
        *[a_report(assessment=GREEN)] * green,
        *[a_report(assessment=YELLOW)] * yellow,
        *[a_report(assessment=RED)] * red,
        *[None] * never,
        *[a_report(assessment=RED, days=300)] * stale,
        *[a_report(Phase.DROPPED, RED)] * dropped,
    ]
    return a_plan_of(*(a_measure(f"1.1.{n}", report=report) for n, report in enumerate(reports, 1)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"green": 9, "yellow": 6, "red": 3, "never": 2},
            "Ni av tjue tiltak er i rute. Tre har vesentlig avvik.",
        ),
        ({"green": 20}, "Alle tjue tiltak er i rute."),
        ({"green": 20, "dropped": 1}, "Alle tjue tiltak er i rute."),
        ({"yellow": 3, "red": 1}, "Ingen av fire tiltak er i rute. Ett har vesentlig avvik."),
        ({"green": 1, "yellow": 1}, "Ett av to tiltak er i rute. Ett har noe avvik."),
        ({"green": 18, "never": 2}, "Atten av tjue tiltak er i rute. To er ikke rapportert."),
        ({"green": 8, "stale": 2}, "Åtte av ti tiltak er i rute. To er uten fersk vurdering."),
        (
            {"green": 1, "red": 1, "never": 8},
            "Ett av ti tiltak er i rute. Ett har vesentlig avvik. Åtte er ikke rapportert.",
        ),
        (
            {"green": 1, "red": 1, "never": 2},
            "Ett av fire tiltak er i rute. Ett har vesentlig avvik. To er ikke rapportert.",
        ),
        ({"green": 2, "red": 1, "never": 2}, "To av fem tiltak er i rute. Ett har vesentlig avvik."),
        ({"green": 30, "red": 25}, "30 av 55 tiltak er i rute. 25 har vesentlig avvik."),
        ({"never": 20}, "Ingen tiltak er rapportert ennå."),
        ({"never": 20, "dropped": 1}, "Ingen tiltak er rapportert ennå."),
        ({"stale": 2, "never": 1}, "Ingen tiltak har en fersk vurdering."),
        ({"green": 1}, "Det ene tiltaket er i rute."),
        ({"yellow": 1}, "Det ene tiltaket har noe avvik."),
        ({"red": 1}, "Det ene tiltaket har vesentlig avvik."),
        ({}, "Planen har ingen tiltak ennå."),
    ],
)
def test_the_headline_is_the_finding_in_words(counts, said):
    assert checks.headline(plan_with(**counts), TODAY) == said


def test_the_subline_has_the_years_milestones_and_what_is_known_of_how_many():
    done, late = a_milestone(days_ago(9), days_ago(9)), a_milestone(days_ago(1))
    reported = [a_measure(f"1.1.{n}", report=a_report(), milestones=(done, late)) for n in range(1, 19)]
    plan = a_plan_of(*reported, a_measure("1.1.19"), a_measure("1.1.20"))
    assert plain(checks.subline(plan, TODAY)) == (
        "18 av 36 milepæler i 2026 er nådd. Atten er over frist. "
        "18 av 20 tiltak har milepæler i 2026; 18 er rapportert siste 120 dager."
    )


def test_the_subline_of_an_empty_plan_praises_and_blames_nothing():
    assert plain(checks.subline(plan_with(never=20), TODAY)) == (
        "Handlingsplanen for 2026 er ikke ført. 0 av 20 tiltak er rapportert siste 120 dager."
    )


def test_one_milestone_of_next_year_is_no_figure_of_the_whole_plan():
    coming = a_milestone(date(2027, 3, 1))
    plan = a_plan_of(a_measure(milestones=(coming,)), *(a_measure(f"1.1.{n}") for n in range(2, 21)))
    assert checks.subline(plan, TODAY).startswith("Handlingsplanen for 2026 er ikke ført.")
    assert checks.headline(plan, TODAY) == "Ingen tiltak er rapportert ennå."


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ([a_measure(due=days_ago(1))], "Ett tiltak er over frist. Ingen tiltak er rapportert ennå."),
        ([a_measure(due=days_ago(1)), a_measure("1.1.2", due=days_ago(9), assessment=GREEN)],
         "To tiltak er over frist. Ett av to tiltak er i rute. Ett er ikke rapportert."),
        ([a_measure(milestones=(a_milestone(days_ago(1)), a_milestone(days_ago(2))))],
         "To milepæler er over frist. Ingen tiltak er rapportert ennå."),
        ([a_measure(due=TODAY)], "Ingen tiltak er rapportert ennå."),
    ],
)  # fmt: skip
def test_what_is_late_is_said_first_also_where_nobody_has_reported(measures, said):
    assert checks.headline(a_plan_of(*measures), TODAY) == said


def test_the_basis_counts_only_fresh_reports_and_names_what_was_finished_before():
    measures = (
        a_measure("1.1.1", report=a_report()),
        a_measure("1.1.2", report=a_report(days=200)),
        a_measure("1.1.3", report=a_report(Phase.COMPLETED, days=200)),
        a_measure("1.1.4", report=a_report(Phase.DROPPED)),
    )
    assert checks.basis(measures, TODAY) == (
        "1 av 3 tiltak er rapportert siste 120 dager, 1 fullført tidligere."
    )


def findings(*measures) -> dict[str, checks.Finding]:
    return {found.measure_key: found for found in checks.attention(a_plan_of(*measures), TODAY)}


@pytest.mark.parametrize(
    ("measure", "kind", "mark", "sentence"),
    [
        (a_measure(assessment=RED), Reason.MAJOR_DEVIATION, RED, "Vesentlig avvik"),
        (a_measure(due=date(2026, 10, 1)), Reason.OVERDUE, RED, "Over frist siden 01.10.2026"),
        (a_measure(assessment=GREEN, due_moves=2), Reason.DEADLINE_MOVED, YELLOW, "Frist flyttet 2. gang"),
        (
            a_measure(report=a_report(days=161)),
            Reason.STALE,
            GREY,
            "Ikke oppdatert på 161 dager, sist «I rute»",
        ),
        (
            a_measure(assessment=GREEN, indicators=(FALLING,)),
            Reason.WORSENING,
            YELLOW,
            "Indikatoren «Medlemmer» går feil vei: fra 228 (2024) til 221 (2025)",
        ),
        (
            a_measure(milestones=(a_milestone(days_ago(1)), a_milestone(days_ago(2)))),
            Reason.LATE_MILESTONES,
            YELLOW,
            "2 milepæler over frist",
        ),
        (
            a_measure(report=a_report(next_due=date(2026, 11, 22))),
            Reason.PROMISE_PASSED,
            YELLOW,
            "Lovet neste steg til 22.11.2026",
        ),
    ],
)
def test_each_reason_for_attention_says_why(measure, kind, mark, sentence):
    found = findings(measure)["1.1.1"]
    assert (found.kind, found.assessment, found.sentence, found.others) == (kind, mark, sentence, ())


@pytest.mark.parametrize(
    "measure",
    [
        a_measure(),
        a_measure(assessment=GREEN, due=TODAY, due_moves=1),
        a_measure(report=a_report(days=120, next_due=TODAY)),
        a_measure(assessment=YELLOW, indicators=(FALLING,)),
        a_measure(
            phase=Phase.COMPLETED, due=days_ago(9), due_moves=4, milestones=(a_milestone(days_ago(9)),)
        ),
        a_measure(phase=Phase.DROPPED, assessment=RED),
        a_measure(assessment=GREEN, indicators=(replace(FALLING, proposal=True),)),
        a_measure(assessment=GREEN, indicators=(replace(FALLING, controllability=Controllability.LOW),)),
    ],
)
def test_what_needs_no_attention_gets_none(measure):
    assert findings(measure) == {}


def test_the_worst_reason_stands_first_and_the_others_follow_on_the_line():
    report = a_report(assessment=RED, cause="Sykdom", remedy="Vikar")
    found = findings(a_measure(due=days_ago(1), due_moves=3, report=report))["1.1.1"]
    assert found.text == "Vesentlig avvik · Over frist siden 22.11.2026 · Frist flyttet 3. gang"
    assert (found.cause, found.remedy) == ("Sykdom", "Vikar")


def test_a_stale_red_is_not_called_a_deviation():
    found = findings(a_measure(report=a_report(assessment=RED, days=200)))["1.1.1"]
    assert (found.kind, found.assessment) == (Reason.STALE, GREY)
    assert found.sentence == "Ikke oppdatert på 200 dager, sist «Vesentlig avvik»"


@given(plans.snapshots(), plans.days)
def test_attention_is_worst_first_with_one_line_for_each_measure(snapshot, today):
    found = checks.attention(snapshot, today)
    assert len({f.measure_key for f in found}) == len(found)
    order = [list(Reason).index(f.kind) for f in found]
    assert order == sorted(order)
    assert all(progress.is_open(snapshot.measure(f.measure_key)) for f in found)


def clashes(*measures, **goal) -> list[tuple[str, Clash]]:
    snapshot = a_snapshot(a_goal(a_subgoal(*measures), **goal))
    return [(found.key, found.kind) for found in contradictions.of_plan(snapshot, TODAY)]


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        (a_measure(assessment=GREEN, due=days_ago(1)), Clash.GREEN_BUT_OVERDUE),
        (a_measure(report=a_report(days=130)), Clash.GREEN_BUT_SILENT),
        (a_measure(phase=Phase.COMPLETED), Clash.DONE_WITHOUT_EVIDENCE),
        (
            a_measure(phase=Phase.COMPLETED, milestones=(a_milestone(days_ago(9), days_ago(9)),)),
            Clash.DONE_WITHOUT_EVIDENCE,
        ),
        (a_measure(assessment=YELLOW, due_moves=3), Clash.DEADLINE_MOVED),
        (a_measure(assessment=GREEN, indicators=(FALLING,)), Clash.GREEN_BUT_WORSENING),
        (a_measure(report=a_report(Phase.COMPLETED, done="Alt")), Clash.DONE_WITHOUT_EVIDENCE),
        (
            a_measure(
                phase=Phase.COMPLETED,
                milestones=(
                    a_milestone(days_ago(1)),
                    a_milestone(days_ago(9), days_ago(9), evidence="Lenke"),
                ),
            ),
            Clash.DONE_WITH_OPEN_MILESTONES,
        ),
    ],
)
def test_what_was_said_is_held_against_what_was_done(measure, kind):
    assert clashes(measure) == [("1.1.1", kind)]


@pytest.mark.parametrize(
    "measure",
    [
        a_measure(assessment=YELLOW, due=days_ago(1)),
        a_measure(report=a_report(assessment=YELLOW, days=130)),
        a_measure(
            phase=Phase.COMPLETED, milestones=(a_milestone(days_ago(9), days_ago(9), evidence="Lenke"),)
        ),
        a_measure(assessment=GREEN, due_moves=2),
        a_measure(assessment=YELLOW, indicators=(FALLING,)),
        a_measure(phase=Phase.DROPPED, due_moves=4),
        a_measure(due=days_ago(9), due_moves=4),
    ],
)
def test_what_agrees_is_left_alone(measure):
    assert clashes(measure) == []


def test_a_falling_indicator_is_held_against_the_nearest_thing_said_to_be_on_track():
    green = a_report(phase=None)
    yellow = a_measure(assessment=YELLOW, indicators=(FALLING,))
    assert clashes(yellow, report=green) == [("1", Clash.GREEN_BUT_WORSENING)]
    both = a_measure(assessment=GREEN, indicators=(FALLING,))
    assert clashes(both, report=green) == [("1.1.1", Clash.GREEN_BUT_WORSENING)]
    of_subgoal = a_snapshot(a_goal(a_subgoal(report=green, indicators=(FALLING,)), report=green))
    (found,) = contradictions.of_plan(of_subgoal, TODAY)
    assert found.key == "1.1"
    assert found.sentence == (
        "Delmålet er meldt i rute. Indikatoren «Medlemmer» går feil vei: fra 228 (2024) til 221 (2025)."
    )


def test_the_indicator_of_a_dropped_measure_is_held_against_nothing():
    dropped = a_measure(phase=Phase.DROPPED, indicators=(FALLING,))
    assert clashes(dropped, report=a_report(phase=None)) == []


def test_two_falling_indicators_under_one_thing_are_one_contradiction():
    other = replace(FALLING, key="kommuner", name="Kommuner")
    measure = a_measure(assessment=GREEN, indicators=(FALLING, other))
    (found,) = contradictions.of_plan(a_plan_of(measure), TODAY)
    assert found.sentence == (
        "Tiltaket er meldt i rute. Indikatoren «Medlemmer» går feil vei: fra 228 (2024) til 221 (2025). "
        "Indikatoren «Kommuner» går feil vei: fra 228 (2024) til 221 (2025)."
    )


@given(plans.snapshots(), plans.days)
def test_a_contradiction_is_known_by_its_thing_and_its_kind(snapshot, today):
    found = contradictions.of_plan(snapshot, today)
    assert len({each.explained_by("mote-2026-3") for each in found}) == len(found)


def an_answer(thing: str, clash: Clash, text: str = "Avtalt med styret") -> Explanation:
    """An explanation for the meeting `mote-2026-3`, or without a text the act that says there is none."""
    meeting = "mote-2026-3"
    return Explanation(
        key=f"{meeting}@{thing}@{clash}", version=1, change_id=1, meeting=meeting, thing=thing, clash=clash,
        text=text, unexplained=None if text else True, recorded_at=plans.noon(TODAY), actor="Fagansvarlig",
    )  # fmt: skip


def test_what_is_answered_for_a_meeting_is_out_of_the_way_and_still_told():
    late = a_measure(assessment=GREEN, due=days_ago(1))
    done = a_measure("1.1.2", phase=Phase.COMPLETED)
    clashing = a_plan_of(late, done)
    why = an_answer("1.1.1", Clash.GREEN_BUT_OVERDUE)
    told = replace(clashing, explanations=(why, an_answer("1.1.2", Clash.DEADLINE_MOVED)))

    def answers(plan: Snapshot, meeting: str = "mote-2026-3", written=None) -> list[tuple[str, object]]:
        found = contradictions.for_meeting(plan, TODAY, meeting, written)
        return [(each.clash.key, each.answer) for each in found]

    assert answers(clashing) == answers(told, "mote-2026-4") == [("1.1.1", None), ("1.1.2", None)]
    assert answers(told) == answers(clashing, written=told.explanations) == [("1.1.2", None), ("1.1.1", why)]


@pytest.mark.parametrize(
    ("measure", "clash", "text", "is_settled"),
    [
        (a_measure(assessment=GREEN, due=days_ago(1)), Clash.GREEN_BUT_OVERDUE, "Ferie", True),
        (a_measure(assessment=GREEN, due=days_ago(1)), Clash.GREEN_BUT_OVERDUE, "", True),
        (a_measure(phase=Phase.COMPLETED), Clash.DONE_WITHOUT_EVIDENCE, "Vi vet at det er gjort", False),
        (a_measure(phase=Phase.COMPLETED), Clash.DONE_WITHOUT_EVIDENCE, "", True),
    ],
)
def test_words_settle_all_but_what_lacks_its_evidence_and_the_act_settles_all(
    measure, clash, text, is_settled
):
    plan = replace(a_plan_of(measure), explanations=(an_answer("1.1.1", clash, text),))
    (found,) = contradictions.for_meeting(plan, TODAY, "mote-2026-3")
    assert (found.is_settled, found.is_unexplained) == (is_settled, not text)
    barred = contradictions.barring([found])
    assert barred.endswith(f"1.1.1 {found.clash.sentence}") is not is_settled
    assert bool(barred) is not is_settled


def test_no_word_shows_that_a_measure_is_done_but_a_document_does():
    said = a_plan_of(a_measure(report=a_report(Phase.COMPLETED, done="Rapporten er levert til alle")))
    (found,) = contradictions.of_plan(said, TODAY)
    assert found.kind is Clash.DONE_WITHOUT_EVIDENCE
    document = Link(key="lenke-1", thing="1.1.1", title="Rapporten", url="https://ks.no/a")
    assert contradictions.of_plan(replace(said, links=(document,)), TODAY) == ()
    elsewhere = replace(document, thing="1.1.2")
    assert contradictions.of_plan(replace(said, links=(elsewhere,)), TODAY) == (found,)


def gaps(snapshot: Snapshot) -> list[tuple[Missing, str]]:
    return [(gap.kind, gap.key) for gap in checks.completeness(snapshot, TODAY)]


def test_a_bare_measure_lacks_everything():
    assert gaps(a_plan_of(a_measure())) == [
        (Missing.RESPONSIBLE, "1.1.1"),
        (Missing.INDICATOR, "1.1.1"),
        (Missing.MILESTONE, "1.1.1"),
        (Missing.REPORT, "1.1.1"),
        (Missing.UNDER_WAY, "1"),
    ]


def test_a_measure_with_everything_lacks_nothing():
    full = a_measure(
        phase=Phase.CONTINUOUS,
        responsibilities=(a_responsibility(),),
        indicators=(FALLING,),
        milestones=(a_milestone(),),
    )
    assert gaps(a_plan_of(full)) == []


def test_proposals_fill_no_gap():
    proposed = a_measure(
        phase=Phase.IN_PROGRESS,
        responsibilities=(a_responsibility(proposal=True),),
        indicators=(replace(FALLING, proposal=True, values=()),),
        milestones=(a_milestone(),),
    )
    found = checks.completeness(a_plan_of(proposed), TODAY)
    assert [(gap.kind, gap.sentence) for gap in found] == [
        (Missing.RESPONSIBLE, "Ingen vedtatt ansvarlig, foreslått: Sekretar"),
        (Missing.INDICATOR, "Bare foreslåtte indikatorer"),
    ]


def test_an_adopted_indicator_without_a_value_is_a_gap():
    goal = a_goal(indicators=(replace(FALLING, values=(), belongs_to="1"),))
    assert gaps(a_snapshot(goal)) == [(Missing.VALUE, "medlemmer")]


def test_a_number_for_another_kind_of_period_is_a_gap_and_a_year_before_the_series_is_not():
    half = replace(
        FALLING, belongs_to="1", frequency=Frequency.HALF_YEAR,
        values=tuple(a_value(period, 7) for period in ("2023", "2024-H1", "2024")),
    )  # fmt: skip
    (gap,) = (gap for gap in checks.completeness(a_snapshot(a_goal(indicators=(half,))), TODAY))
    assert (gap.kind, gap.key) == (Missing.PERIOD, "medlemmer")
    assert gap.sentence == "7 er ført for 2024, og regnes ikke med"


def test_what_is_to_be_measured_later_is_no_gap_before_its_day():
    waiting = replace(
        FALLING, values=(), belongs_to="1", frequency=Frequency.YEAR, baseline_on=date(2025, 12, 31)
    )
    plan = a_snapshot(a_goal(indicators=(waiting,)))
    assert checks.completeness(plan, date(2026, 12, 31)) == ()
    assert [gap.kind for gap in checks.completeness(plan, date(2027, 1, 1))] == [Missing.VALUE]


def test_a_report_ahead_of_the_clock_is_told():
    ahead = a_measure(report=a_report(recorded_at=plans.noon(date(2026, 12, 24))))
    (found,) = contradictions.of_plan(a_plan_of(ahead), TODAY)
    assert found.kind is Clash.AHEAD_OF_THE_CLOCK
    assert (
        found.sentence
        == "Rapporten er fra 24.12.2026, og den dagen er ikke kommet. Kanskje gikk klokka feil."
    )


def test_what_is_over_lacks_nothing():
    over = a_measure(phase=Phase.DROPPED, indicators=(replace(FALLING, values=()),))
    assert gaps(a_plan_of(over)) == []


@given(plans.snapshots(), plans.days, st.integers(1, 300))
def test_every_finding_is_a_whole_sentence(snapshot, today, limit):
    said = [
        checks.headline(snapshot, today, limit),
        checks.subline(snapshot, today, limit),
        *(found.sentence for found in contradictions.of_plan(snapshot, today, limit)),
    ]
    assert all(text.endswith(".") and "{" not in text for text in said)
    others = [f.text for f in checks.attention(snapshot, today, limit)]
    others += [gap.sentence for gap in checks.completeness(snapshot, today)]
    assert all(text and "{" not in text for text in others)


@given(plans.snapshots(), plans.days)
def test_proposals_and_examples_never_change_a_finding(snapshot, today):
    """All milestones and reports are kept; only proposed indicators and example targets go."""

    def bare(measure):
        real = (i for i in measure.indicators if not i.proposal)
        kept = tuple(replace(i, targets=tuple(t for t in i.targets if not t.example)) for i in real)
        return replace(measure, indicators=kept)

    without = replace(
        snapshot,
        goals=tuple(
            replace(g, subgoals=tuple(replace(s, measures=tuple(map(bare, s.measures))) for s in g.subgoals))
            for g in snapshot.goals
        ),
    )
    for finding in (checks.headline, checks.subline, checks.attention, contradictions.of_plan):
        assert finding(without, today) == finding(snapshot, today)


@pytest.mark.parametrize(
    ("measures", "finding"),
    [
        ((), "ingen tiltak ennå"),
        ((a_measure(),), "ingen tiltak er rapportert ennå"),
        (
            (a_measure(due=days_ago(3)), a_measure("1.1.2")),
            "ett tiltak over frist, ingen tiltak er rapportert ennå",
        ),
        ((a_measure(report=a_report(days=300)),), "ingen tiltak har en fersk vurdering"),
        ((a_measure(assessment=GREEN), a_measure("1.1.2", assessment=GREEN)), "alle to tiltak er i rute"),
        (
            (
                a_measure(
                    assessment=YELLOW,
                    milestones=(a_milestone(days_ago(3)), a_milestone(days_ago(4), key="b")),
                ),
                a_measure("1.1.2", assessment=RED),
            ),
            "to milepæler over frist, ett tiltak med vesentlig avvik",
        ),
        ((a_measure(assessment=YELLOW), a_measure("1.1.2", assessment=YELLOW)), "to tiltak med noe avvik"),
        (
            (a_measure(phase=Phase.DROPPED, due=days_ago(3)), a_measure("1.1.2")),
            "ingen tiltak er rapportert ennå",
        ),
    ],
)
def test_the_headline_of_a_goal_says_the_late_and_the_worst(measures: tuple[Measure, ...], finding: str):
    goal = a_goal(a_subgoal(*measures), name="Styrke kulturen")
    assert checks.goal_headline(goal, TODAY) == f"Styrke kulturen: {finding}"
