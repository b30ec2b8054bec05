"""What was done in a year: each fact is told once, and what was corrected since as it became."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from strategy import exports, history, record
from strategy.database import Database
from strategy.exports.annual import done
from strategy.history import Recount
from strategy.snapshot import Milestone, Report
from tests.databases import NOW, PLAN, RESPONSIBLE, by, present, say
from tests.plans import a_milestone, a_report, noon

DAY = date(2026, 6, 20)
VISITORS = Recount("besok", "Publikum", Decimal(5800), Decimal(5420), 5)


def on(day: date, text: str, version: int = 1, **more: Any) -> Report:
    return a_report(recorded_at=noon(day), version=version, done=text, **more)


def texts(
    *reports: Report, reached: tuple[Milestone, ...] = (), recounts: tuple[Recount, ...] = ()
) -> list[str]:
    return [each.text for each in done.told(reports, reached, recounts)]


def test_a_report_given_anew_the_same_day_replaces_the_first():
    first, second = on(DAY, "Sendte tre svar"), on(DAY, "Sendte to svar", 2)
    assert texts(first, second) == ["Sendte to svar"]
    assert texts(first, on(DAY, "Sendte to svar", 2, actor="leder")) == ["Sendte tre svar", "Sendte to svar"]
    assert texts(first, on(date(2026, 7, 1), "Sendte to svar", 2)) == ["Sendte tre svar", "Sendte to svar"]


def test_a_milestone_and_a_report_of_the_same_day_that_tell_the_same_are_told_once():
    step = a_milestone(DAY, DAY, title="Heftet er trykt")
    assert texts(on(DAY, "Heftet er trykt."), reached=(step,)) == ["Heftet er trykt"]
    whole = "I dag: heftet er trykt, i 500 eksemplarer."
    assert texts(on(DAY, whole), reached=(step,)) == [whole]
    later = on(date(2026, 7, 1), "Heftet er trykt.")
    assert texts(later, reached=(step,)) == ["Heftet er trykt", "Heftet er trykt."]


@pytest.mark.parametrize("old", ["5800", "5 800", "5\u00a0800"])
def test_a_number_that_was_corrected_stands_as_it_became(old: str):
    said = f"Rundt {old} besøkte oss. 82 prosent ville anbefale oss."
    corrected = on(date(2026, 11, 20), "Det rettede publikumstallet er 5420.", 2)
    found = texts(on(DAY, said), corrected, recounts=(VISITORS,))
    assert found == ["82 prosent ville anbefale oss.", "Det rettede publikumstallet er 5420."]
    alone = texts(on(DAY, said), recounts=(VISITORS,))
    assert alone == ["82 prosent ville anbefale oss. Publikum ble senere rettet til 5\u00a0420."]


def test_what_is_said_after_the_correction_and_what_may_be_anything_stands():
    after = on(date(2026, 12, 1), "Tallet var 5800 før det ble rettet.", change_id=6)
    assert texts(after, recounts=(VISITORS,)) == [after.done]
    small = Recount("svar", "Svar", Decimal(3), Decimal(2), 5)
    year = Recount("svar", "Svar", Decimal(2025), Decimal(2030), 5)
    assert texts(on(DAY, "3 av 4 i 2025."), recounts=(small, year)) == ["3 av 4 i 2025."]


def test_the_numbers_that_were_corrected_are_found_in_the_history(planned: Database):
    def value(number: int, base: int, **more: Any) -> record.Saved:
        with planned.writing() as session:
            said = {"value": Decimal(number), **more}
            return record.value(by(session), "svar", "2026", base, **said)

    value(120, 0)
    value(120, 1, comment="Samme tall")
    wrong = value(140, 2)
    with planned.writing() as session:
        record.undo(by(session), wrong.change_id)
    say(planned, "1.1.1", done="Sendte 120 svar.")
    value(130, 4)
    say(planned, "1.1.1", actor=RESPONSIBLE, done="Det var 120 før.")
    with planned.reading() as session:
        found = history.recounts(session, present(planned))
        year = exports.facts(session, PLAN, 2026, NOW.date())
    assert {(r.before, r.after) for r in found} == {(Decimal(120), Decimal(130))}
    told = [each.text for each in year.done(year.end.measure("1.1.1"))]
    assert told == ["Høringssvar ble senere rettet til 130.", "Det var 120 før."]
