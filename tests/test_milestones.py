"""A year's action plan: moved and copied as one change, and a second time adds nothing."""

from datetime import date
from typing import Any

import pytest

from strategy import history, record
from strategy.database import Database
from strategy.errors import BadInput, Doubtful, NotFound, Several
from strategy.snapshot import Milestone
from strategy.terms import Assessment, Phase
from tests.databases import PLAN, by, newest, present, say, verify

DUE = date(2026, 10, 1)


def add(database: Database, measure: str = "1.1.1", **said: Any) -> str:
    with database.writing() as session:
        key = record.milestone_key(session, PLAN, measure)
        said = {"title": "Utkast sendt", "due": DUE, **said}
        record.milestone(by(session), key, 0, measure=measure, sure=True, **said)
    return key


def test_a_milestone_that_is_there_already_is_asked_about_in_its_year_alone(planned: Database) -> None:
    add(planned)
    again: dict[str, Any] = {"measure": "1.1.1", "title": "utkast sendt"}
    said = "har alt milepælen «Utkast sendt» i 2026"
    with pytest.raises(Doubtful, match=said), planned.writing() as session:
        record.milestone(by(session), "1.1.1-m2", 0, due=DUE, **again)
    with planned.writing() as session:
        record.milestone(by(session), "1.1.1-m2", 0, due=DUE.replace(year=2027), **again)
        record.milestone(by(session), "1.1.1-m3", 0, due=DUE, sure=True, **again)
    assert len(present(planned).measure("1.1.1").milestones) == 3


def move(database: Database, versions: dict[str, int], year: int = 2027) -> Any:
    with database.writing() as session:
        return record.save(by(session), record.moving(session, PLAN, versions, year))


def copy(database: Database, into: int = 2027, **said: Any) -> Any:
    with database.writing() as session:
        return record.save(by(session), record.copying(session, PLAN, 2026, into, **said))


def steps(database: Database, measure: str = "1.1.1") -> dict[str, Milestone]:
    return {step.key: step for step in present(database).measure(measure).milestones}


def test_milestones_move_to_another_year_as_one_change_and_keep_their_history(planned: Database):
    first, second = add(planned), add(planned, "1.2.1", title="Vedtatt", order=3)
    before = newest(planned)
    saved = move(planned, {first: 1, second: 1})

    assert saved.change_id == before + 1
    moved = {**steps(planned), **steps(planned, "1.2.1")}
    assert {(s.year, s.due, s.version) for s in moved.values()} == {(2027, date(2027, 10, 1), 2)}
    assert (moved[second].title, moved[second].order) == ("Vedtatt", 3)
    with planned.reading() as session:
        trail = history.trail(session, PLAN, "milestone", first, saved.change_id)
    assert [version.fields["year"] for version in trail] == [2026, 2027]
    assert verify(planned) == saved.change_id


def test_a_reached_milestone_stays_in_its_year_and_then_none_moves(planned: Database):
    done, late = add(planned, done_on=DUE), add(planned)
    before = newest(planned)
    with pytest.raises(BadInput, match="nådd og blir stående"):
        move(planned, {late: 1, done: 1})
    assert newest(planned) == before


def test_a_milestone_somebody_else_has_changed_does_not_move_unseen(planned: Database):
    key = add(planned)
    move(planned, {key: 1}, 2028)
    with pytest.raises(Several) as refused:
        move(planned, {key: 1})
    assert {(clash.key, clash.field) for clash in refused.value.clashes} == {(key, "due"), (key, "year")}
    assert steps(planned)[key].year == 2028


def test_a_milestone_that_is_gone_cannot_be_moved(planned: Database):
    with pytest.raises(NotFound, match="tatt ut"):
        move(planned, {"1.1.1-m9": 1})


@pytest.mark.parametrize("year", [26, 99999])
def test_what_is_no_year_is_refused(planned: Database, year: int):
    key = add(planned)
    with pytest.raises(BadInput, match="er ikke et årstall"):
        move(planned, {key: 1}, year)
    with pytest.raises(BadInput, match="er ikke et årstall"):
        copy(planned, year)


def test_a_leap_day_moves_to_the_last_of_february(planned: Database):
    key = add(planned, due=date(2024, 2, 29))
    move(planned, {key: 1}, 2025)
    assert steps(planned)[key].due == date(2025, 2, 28)


def test_what_was_not_reached_is_copied_as_new_milestones_in_one_change(planned: Database):
    late, done = add(planned), add(planned, title="Ferdig", done_on=DUE, evidence="Brev")
    saved = copy(planned)
    new = [s for s in steps(planned).values() if s.year == 2027]

    assert [(s.key, s.title, s.due, s.version) for s in new] == [
        ("1.1.1-m3", "Utkast sendt", date(2027, 10, 1), 1)
    ]
    assert (steps(planned)[late].year, steps(planned)[done].version) == (2026, 1)
    assert newest(planned) == saved.change_id


def test_chosen_ones_are_copied_also_when_they_were_reached_and_without_what_came_of_them(planned: Database):
    done = add(planned, done_on=DUE, evidence="Brev")
    add(planned, title="Annet")
    copy(planned, keys=[done])
    (new,) = (s for s in steps(planned).values() if s.year == 2027)

    assert (new.title, new.done_on, new.evidence) == ("Utkast sendt", None, "")


def test_copying_a_second_time_adds_nothing(planned: Database):
    add(planned)
    add(planned, "1.2.1")
    copy(planned)
    before = newest(planned)

    assert copy(planned) is None
    assert newest(planned) == before


def test_nothing_is_copied_of_a_completed_measure(planned: Database):
    add(planned)
    say(planned, "1.1.1", 0, phase=Phase.COMPLETED, assessment=Assessment.ON_TRACK, done="Ferdig")

    assert copy(planned) is None


def test_several_copied_into_one_measure_get_keys_of_their_own(planned: Database):
    for title in ("En", "To", "Tre"):
        add(planned, title=title)
    copy(planned)

    assert [s.key for s in steps(planned).values() if s.year == 2027] == [f"1.1.1-m{n}" for n in (4, 5, 6)]
