"""A promise in a report is kept until it is settled, and counted where it is made anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from strategy import record, since
from strategy.database import Database
from strategy.errors import BadInput
from strategy.snapshot import Snapshot
from strategy.terms import Assessment, Phase, Settlement
from tests.databases import NOW, by, newest, present, say

TODAY = NOW.date()
PASSED, COMING = TODAY - timedelta(days=3), TODAY + timedelta(days=20)
DONE, NOT_YET, WITHDRAWN = Settlement


@pytest.fixture
def promised(planned: Database) -> Database:
    """A measure whose report promised a step by a day that has passed."""
    then = NOW - timedelta(days=10)
    say(planned, now=then, done="Vi skrev", next_step="Publisere veilederen", next_due=PASSED)
    return planned


def test_a_promise_whose_day_has_passed_is_answered(promised: Database):
    with pytest.raises(BadInput, match=r"«Publisere veilederen» til 20\.11\.2026.*gjort, ikke ennå, trukket"):
        say(promised, done="Vi jobber videre", next_step="Få veilederen ut", next_due=COMING)
    assert say(promised, done="Den er ute", promise=DONE)


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.DROPPED])
def test_nothing_is_asked_of_what_is_over(promised: Database, phase: Phase):
    assert say(promised, phase=phase, done="Ferdig", cause="Slutt", assessment=Assessment.NOT_ASSESSED)


def test_nothing_is_asked_where_nothing_was_promised_or_its_day_is_to_come(planned: Database):
    say(planned, done="Vi skrev", next_step="Publisere", next_due=COMING)
    say(planned, done="Vi skrev mer", next_step="Publisere")
    assert say(planned, done="Og mer")
    say(planned, "1", phase=None, done="Bra")
    assert say(planned, "1", phase=None, done="Bra ennå")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"promise": NOT_YET}, "Sett en ny dag"),
        ({"promise": NOT_YET, "next_due": PASSED, "next_step": "Den"}, "Sett en ny dag"),
        ({"promise": WITHDRAWN}, "hvorfor løftet er trukket"),
    ],
)
def test_what_is_not_done_has_a_new_day_and_what_is_withdrawn_a_cause(
    promised: Database, said: dict[str, Any], why: str
):
    with pytest.raises(BadInput, match=why):
        say(promised, done="Vi jobber videre", **said)


def test_a_withdrawn_promise_keeps_its_cause_though_all_is_well(promised: Database):
    say(promised, done="Vi lar det ligge", promise=WITHDRAWN, cause="Andre gjør det")
    report = present(promised).measure("1.1.1").report
    assert report
    assert (report.cause, report.promise) == ("Andre gjør det", WITHDRAWN)


def test_an_answer_is_not_taken_over_by_the_next_report(promised: Database):
    say(promised, done="Den er ute", promise=DONE, next_step="Sende den", next_due=COMING)
    wanted = record.Wanted("status_report", "1.1.1", 2, {"assessment": Assessment.NOT_ASSESSED})
    with promised.writing() as session:
        record.save(by(session), [wanted], reason="")
    report = present(promised).measure("1.1.1").report
    assert report
    assert (report.promise, report.next_step) == (None, "Sende den")


def broken(database: Database, before: Snapshot, day: date = COMING + timedelta(days=1)) -> list[str]:
    found = since.account(before, TODAY, present(database), day)
    return [f"{promise.what}: {promise.since}" for promise in found.promises]


def test_a_promise_put_in_other_words_is_not_kept_before_it_is_said_to_be(promised: Database):
    before = present(promised)
    say(promised, done="Vi jobber videre", next_step="Få veilederen ut", next_due=COMING, promise=NOT_YET)
    told = "Publisere veilederen: Ikke gjort ennå. Lovet for 2. gang, nå til 13.12.2026."
    assert broken(promised, before) == [told]
    say(promised, done="Mer", next_step="Veilederen", next_due=COMING, promise=NOT_YET)
    assert broken(promised, before) == [told.replace("2. gang", "3. gang")]


@pytest.mark.parametrize("settled", [{"promise": DONE}, {"promise": WITHDRAWN, "cause": "Andre gjør det"}])
def test_a_promise_that_is_settled_is_no_more_told_of(promised: Database, settled: dict[str, Any]):
    before = present(promised)
    say(promised, done="Vi jobber videre", next_step="Den", next_due=COMING, promise=NOT_YET)
    say(promised, done="Vi jobber videre", **settled)
    say(promised, done="Noe helt annet")
    assert broken(promised, before) == []


def test_an_answer_that_is_undone_settles_nothing(promised: Database):
    before = present(promised)
    saved = say(promised, done="Vi skrev", promise=DONE, next_step="Publisere veilederen", next_due=COMING)
    assert present(promised).measure("1.1.1").settled_in == saved.change_id
    with promised.writing() as session:
        record.undo(by(session), saved.change_id)
    measure = present(promised).measure("1.1.1")
    assert (measure.settled_in, measure.answered_in) == (0, 0)
    assert len(broken(promised, before)) == 1
    assert newest(promised) == saved.change_id + 1
