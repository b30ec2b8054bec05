"""An empty list is never good news: what there is none of yet is told apart from what is all done."""

from dataclasses import replace
from datetime import date

import pytest

from strategy import empty, meetings, since
from strategy.exports import status
from strategy.exports.annual import report
from strategy.exports.annual.facts import Year
from strategy.exports.board.meeting import Stand
from strategy.exports.outline import Outline
from strategy.history import Moment
from strategy.snapshot import Link, Snapshot
from strategy.terms import Assessment, DecisionState, Effect, Phase
from strategy.values import spoken
from tests.plans import TODAY, a_measure, a_plan_of, a_report, a_snapshot, days_ago
from tests.test_annual import text
from tests.test_since import a_decision, an_authority

NOBODY = a_plan_of(a_measure(), a_measure("1.1.2"))
"""Two measures nobody has reported on."""

WELL = a_plan_of(a_measure(assessment=Assessment.ON_TRACK))
"""All there is, is reported and in order."""

PRAISE = (
    "er fulgt opp", "ingen motstrid", "krever oppmerksomhet nå", "tiltak er i rute", "Alt er meldt",
    "er rapportert, vurdert og målt", "stemmer med", "Ingenting er endret", "blitt verre eller bedre",
    "meldt med avvik", "er besvart", "måltall er vedtatt", "Planen mangler ingenting",
)  # fmt: skip
"""What only somebody's word or deed can make true."""


def praised(said: str) -> list[str]:
    return [words for words in PRAISE if words in said]


def test_contradictions_are_told_of_what_is_reported_only():
    some = a_plan_of(a_measure(assessment=Assessment.ON_TRACK), a_measure("1.1.2"))
    nothing = "Ingen tiltak er rapportert ennå, så det er ingenting å sammenligne."
    assert spoken(empty.contradictions(NOBODY)) == spoken(empty.contradictions(a_snapshot())) == nothing
    assert "meldt om 1 av 2 tiltak" in spoken(empty.contradictions(some)).replace("\u00a0", " ")
    assert spoken(empty.contradictions(WELL)).startswith("Det er ingen motstrid mellom det som er meldt, og")


def test_no_deviation_is_said_of_fresh_assessments_only():
    stale = a_plan_of(a_measure(report=a_report(days=300)))
    said = [empty.deviations(plan.measures, TODAY, "i dag") for plan in (a_snapshot(), NOBODY, stale, WELL)]
    assert said == [
        "Planen har ingen tiltak ennå.",
        "Ingen tiltak er rapportert ennå.",
        "Ingen tiltak har en fersk vurdering.",
        "Ingen tiltak med fersk vurdering er meldt med avvik i dag.",
    ]


def test_nothing_needs_attention_only_where_something_is_said():
    said = [empty.attention(plan) for plan in (a_snapshot(), NOBODY, WELL)]
    assert said == [
        "Planen har ingen tiltak ennå.",
        "Ingen tiltak er rapportert ennå.",
        "Ingen tiltak krever oppmerksomhet nå.",
    ]


def test_no_decision_is_not_followed_up():
    done = a_decision(state=DecisionState.DONE)
    assert empty.decisions(()) == "Det er ingen vedtak å følge opp."
    assert empty.decisions((done,)) == "Alle tidligere vedtak er fulgt opp."


def test_a_decision_closed_without_following_up_is_not_followed_up_and_does_not_wait():
    dropped = a_decision(state=DecisionState.CANCELLED)
    both = (a_decision(state=DecisionState.DONE), dropped)
    assert empty.decisions(both) == "Alle tidligere vedtak er fulgt opp eller avsluttet uten oppfølging."
    assert not meetings.is_followed_up(dropped)
    assert meetings.open_decisions(a_snapshot(decisions=both)) == ()


def test_gaps_and_proposals_of_nothing_are_no_completeness():
    adopted = replace(WELL, authorities=(an_authority("1.1.1", Effect.AMENDED),))
    assert empty.gaps(a_snapshot()) == "Planen har ingen tiltak ennå."
    assert empty.gaps(WELL) == "Alle tiltak har ansvarlig, indikator, milepæl og rapport."
    assert empty.gaps(adopted).endswith("Alle endringer av det vedtatte har et grunnlag.")
    assert empty.proposals(()) == "Planen har ingen indikatorer."
    assert empty.proposals(WELL.measures) == "Alle indikatorer og måltall er vedtatt."


def test_nothing_stands_still_where_nobody_has_reported():
    def finding(plan: Snapshot, later: Snapshot) -> str:
        found = since.account(plan, days_ago(40), later, TODAY)
        return since.headline(found, Moment(1, days_ago(40)), Moment(9, TODAY), TODAY)

    due = a_plan_of(a_measure(due=date(2027, 6, 1)), a_measure("1.1.2"))
    assert finding(NOBODY, NOBODY) == "Ingen tiltak er rapportert ennå, så det er ingenting å sammenligne."
    assert finding(NOBODY, due).endswith("men ingen tiltak er rapportert ennå.")
    assert finding(WELL, WELL).startswith("Ingenting er endret siden ")


def of_status(plan: Snapshot) -> Outline:
    return status.of_day(Stand(plan, TODAY, plan, days_ago(40)))


def of_year(plan: Snapshot) -> Outline:
    return report.outline(Year(2026, date(2027, 1, 20), plan, plan, plan, {}))


@pytest.mark.parametrize("made", [of_status, of_year])
@pytest.mark.parametrize("plan", [NOBODY, a_snapshot()], ids=["nothing reported", "no measures"])
def test_a_file_of_nothing_praises_nothing(made, plan: Snapshot):
    assert praised(text(made(plan))) == []


def test_a_file_of_what_is_all_done_says_so():
    done = replace(
        a_plan_of(a_measure(report=a_report(Phase.COMPLETED, done="Heftet er trykt og sendt", key="1.1.1"))),
        decisions=(a_decision(state=DecisionState.DONE),),
        links=(Link(key="lenke-1", thing="1.1.1", title="Heftet", url="https://ks.no/hefte"),),
    )
    said = text(of_status(done))
    assert "Alle tidligere vedtak er fulgt opp." in said
    assert "Det er ingen motstrid mellom det som er meldt, og det som er gjort." in said
    assert "Ingen tiltak med fersk vurdering er meldt med avvik." in said
