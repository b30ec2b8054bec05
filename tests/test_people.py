"""Who answers for what, and what nobody answers for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from strategy import people, progress
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Part, Phase
from tests import plans
from tests.plans import (
    TODAY,
    a_measure,
    a_milestone,
    a_person,
    a_plan_of,
    a_report,
    a_responsibility,
    days_ago,
    given,
)

CHAIR, SECRETARY = a_person("leder"), a_person("sekretar")


def loads(*measures: Measure, today: date = TODAY) -> dict[str, people.Load]:
    snapshot = a_plan_of(*measures, people=(CHAIR, SECRETARY))
    return {load.person.key: load for load in people.load(snapshot, today)}


def keys(measures: Iterable[Measure]) -> list[str]:
    return [measure.key for measure in measures]


def test_a_responsible_carries_the_measure_and_a_contributor_helps():
    measure = a_measure(
        responsibilities=(a_responsibility("leder"), a_responsibility("sekretar", part=Part.CONTRIBUTOR))
    )
    found = loads(measure)
    assert (keys(found["leder"].responsible), keys(found["leder"].contributes)) == (["1.1.1"], [])
    assert (keys(found["sekretar"].responsible), keys(found["sekretar"].contributes)) == ([], ["1.1.1"])


def test_a_proposed_responsible_is_listed_and_carries_nothing():
    found = loads(a_measure(due=days_ago(5), responsibilities=(a_responsibility("leder", proposal=True),)))[
        "leder"
    ]
    assert (keys(found.proposed), found.responsible, found.late, found.silent) == (["1.1.1"], (), (), ())
    assert found.next_deadline is None


def test_a_role_is_told_as_a_proposal_only_until_it_is_adopted_to_anything():
    role = replace(CHAIR, proposal=True)
    measures = [
        a_measure("1.1.1", responsibilities=(a_responsibility("leder", proposal=True),)),
        a_measure("1.1.2", responsibilities=(a_responsibility("leder", part=Part.CONTRIBUTOR),)),
    ]
    proposed, adopted = (
        people.load(a_plan_of(*these, people=(role,)), TODAY)[0] for these in (measures[:1], measures)
    )
    assert (proposed.title, adopted.title) == ("Leder (forslag)", "Leder")


def test_responsibility_holds_from_its_first_day_until_the_day_it_ends():
    handed_over = a_measure(
        responsibilities=(a_responsibility("leder", until=TODAY), a_responsibility("sekretar", since=TODAY))
    )
    assert people.responsible_text(handed_over, days_ago(1)) == "Leder"
    assert people.responsible_text(handed_over, TODAY) == "Sekretar"


def test_what_is_late_and_silent_is_counted_for_the_responsible():
    mine = (a_responsibility("leder"),)
    late = a_measure("1.1.1", due=days_ago(1), responsibilities=mine, report=a_report())
    silent = a_measure("1.1.2", responsibilities=mine, report=a_report(days=200))
    never = a_measure("1.1.3", responsibilities=mine)
    found = loads(late, silent, never)["leder"]
    assert (keys(found.late), keys(found.silent)) == (["1.1.1"], ["1.1.2", "1.1.3"])


def test_a_dropped_measure_is_on_nobodys_table():
    found = loads(a_measure(phase=Phase.DROPPED, responsibilities=(a_responsibility("leder"),)))
    assert found["leder"].responsible == ()


def test_the_next_deadline_is_the_first_thing_still_to_come():
    mine = (a_responsibility("leder"),)
    soon = a_measure(
        "1.1.2",
        responsibilities=mine,
        milestones=(
            a_milestone(days_ago(-5), days_ago(1), title="Nådd"),
            a_milestone(days_ago(-9), title="Åpen"),
            a_milestone(days_ago(3), title="For sent"),
        ),
    )
    found = loads(a_measure(due=days_ago(-20), responsibilities=mine), soon)["leder"].next_deadline
    assert found is not None
    assert (found.day, found.measure.key, found.text) == (days_ago(-9), "1.1.2", "Åpen")


def test_a_promised_next_step_is_a_deadline():
    report = a_report(next_step="Møte med SSB", next_due=days_ago(-2))
    found = people.deadlines(a_measure(due=days_ago(-1), report=report), TODAY)
    assert [d.text for d in found] == ["Frist for tiltaket", "Møte med SSB"]


def test_a_completed_measure_has_no_next_deadline():
    measure = a_measure(
        phase=Phase.COMPLETED, due=days_ago(-5), responsibilities=(a_responsibility("leder"),)
    )
    assert loads(measure)["leder"].next_deadline is None


def test_a_proposal_is_named_but_owns_nothing():
    proposed = a_measure(responsibilities=(a_responsibility("leder", proposal=True),))
    (found,) = people.unowned(a_plan_of(proposed), TODAY)
    assert found.sentence == "Ingen vedtatt ansvarlig, foreslått: Leder"
    assert people.responsible_text(proposed, TODAY) == "Leder (forslag)"


def test_a_contributor_does_not_own_a_measure():
    helped = a_measure(responsibilities=(a_responsibility("leder", part=Part.CONTRIBUTOR),))
    (found,) = people.unowned(a_plan_of(helped), TODAY)
    assert found.sentence == "Ingen ansvarlig"
    assert people.responsible_text(helped, TODAY) == "Ingen ansvarlig"


def test_a_measure_is_owned_only_while_somebody_holds_it():
    former = a_measure(responsibilities=(a_responsibility("leder", until=TODAY),))
    assert people.unowned(a_plan_of(former), TODAY)
    assert not people.unowned(a_plan_of(former), days_ago(1))


def test_nobody_need_own_what_is_over():
    over = (a_measure("1.1.1", phase=Phase.COMPLETED), a_measure("1.1.2", phase=Phase.DROPPED))
    assert people.unowned(a_plan_of(*over), TODAY) == ()


def test_the_adopted_stand_before_the_proposed():
    both = (a_responsibility("leder", proposal=True, order=0), a_responsibility("sekretar", order=1))
    assert people.responsible_text(a_measure(responsibilities=both), TODAY) == "Sekretar, Leder (forslag)"


def without_proposals(snapshot: Snapshot) -> Snapshot:
    """The same plan had nothing been proposed."""

    def bare(measure: Measure) -> Measure:
        return replace(measure, responsibilities=tuple(r for r in measure.responsibilities if not r.proposal))

    goals = tuple(
        replace(g, subgoals=tuple(replace(s, measures=tuple(map(bare, s.measures))) for s in g.subgoals))
        for g in snapshot.goals
    )
    return replace(snapshot, goals=goals)


@given(plans.snapshots(), plans.days)
def test_proposals_never_change_anybodys_load(snapshot, today):
    def told(plan: Snapshot) -> list[list[list[str]]]:
        return [
            [
                keys(getattr(load, part))
                for part in ("responsible", "contributes", "reviews", "late", "silent")
            ]
            for load in people.load(plan, today)
        ]

    assert told(snapshot) == told(without_proposals(snapshot))
    owned = [
        {u.measure.key for u in people.unowned(p, today)} for p in (snapshot, without_proposals(snapshot))
    ]
    assert owned[0] == owned[1]


@given(plans.snapshots(), plans.days)
def test_every_open_measure_is_owned_or_listed_as_unowned(snapshot, today):
    owned = {measure.key for load in people.load(snapshot, today) for measure in load.responsible}
    unowned = {found.measure.key for found in people.unowned(snapshot, today)}
    still_open = {measure.key for measure in snapshot.measures if progress.is_open(measure)}
    assert not owned & unowned
    assert still_open <= owned | unowned


def test_who_answers_is_told_role_by_role_proposals_apart_and_nobody_last():
    proposed = a_responsibility("leder", proposal=True)
    measures = (
        a_measure("1.1.1"),
        a_measure("1.1.2", responsibilities=(a_responsibility("leder"),)),
        a_measure("1.1.3", responsibilities=(proposed, a_responsibility("sekretar"))),
    )
    found = people.answering(measures, TODAY)
    assert [(a.title, [m.key for m in a.measures], [m.key for m in a.proposed]) for a in found] == [
        ("Leder", ["1.1.2"], ["1.1.3"]),
        ("Sekretar", ["1.1.3"], []),
        ("Ingen ansvarlig", ["1.1.1"], []),
    ]
    assert found[-1].person == ""
