"""The state as of a change: whole, frozen, and never another afterwards."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy import changes, record, snapshot
from strategy.errors import NotFound
from strategy.terms import Assessment, Frequency, Kind, Phase
from tests.databases import (
    NOW,
    Act,
    Maker,
    a_plan,
    acts,
    adopt,
    by,
    moments,
    newest,
    perform,
    present,
    say,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(done=st.lists(acts, min_size=1, max_size=12))
def test_a_snapshot_never_changes_whatever_is_written_later(fresh_in_sqlite: Maker, done: list[Act]):
    database, moment = fresh_in_sqlite(), moments()
    adopt(database, a_plan(), now=next(moment))
    seen = {newest(database): present(database)}
    for act in done:
        perform(database, act, next(moment))
        seen[newest(database)] = present(database)
    for as_of, then in seen.items():
        assert present(database, as_of) == then
        assert present(database, as_of).flat == then.flat


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(hours=st.lists(st.integers(0, 40), min_size=1, max_size=6), back=st.integers(0, 12))
def test_as_of_a_day_shows_that_day(fresh_in_sqlite: Maker, hours: list[int], back: int):
    database, moment = fresh_in_sqlite(), NOW
    adopt(database, a_plan(), now=moment)
    written = [(moment, newest(database))]
    for number, step in enumerate(hours):
        moment += timedelta(hours=step)
        say(database, done=f"Sak {number}", now=moment)
        written.append((moment, newest(database)))
    day = date(2026, 11, 22) + timedelta(days=back)
    until = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)  # midnight in Norway in November
    with database.reading() as session:
        assert changes.newest_on(session, day) == max((n for at, n in written if at < until), default=0)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 23, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_ends_at_midnight_in_norway_on_every_kind_of_day(planned, at: datetime, day: date):
    before = newest(planned)
    adopt(planned, a_plan(changed={"1.1.1": {"text": "nytt"}}), now=at)
    with planned.reading() as session:
        assert changes.newest_on(session, day) == newest(planned)
        assert changes.newest_on(session, day - timedelta(days=1)) in (0, before)


def test_order_is_by_change_and_not_by_a_clock_that_went_back(planned):
    say(planned, done="først", now=NOW)
    say(planned, done="sist", now=NOW - timedelta(days=3))
    report = present(planned).measure("1.1.1").report
    assert report
    assert report.done == "sist"


def test_the_tree_is_whole_and_in_the_order_of_the_plan(planned):
    seen = present(planned)
    assert [g.key for g in seen.goals] == ["1", "2"]
    assert [m.key for m in seen.measures] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert [p.key for p in seen.people] == ["leder", "fag", "nestleder"]
    assert [r.title for r in seen.measure("1.1.1").responsibilities] == ["Fagansvarlig", "Styreleder"]
    assert seen.measure("1.2.1").kind is Kind.CONTINUOUS
    assert [t.value for t in seen.indicator("svar").targets] == [Decimal("12.5")]
    assert seen.goal_of(seen.measure("2.1.1")).key == "2"
    assert seen.goal("1").all_indicators == (seen.indicator("vedtak"), seen.indicator("svar"))
    assert seen.strategy.period.until == date(2029, 1, 1)


def test_what_is_not_reported_is_none_and_not_nothing_done(planned):
    measure = present(planned).measure("1.1.1")
    assert measure.report is None
    assert measure.phase is None
    assert present(planned).indicator("svar").values == ()


def test_the_newest_report_counts_and_tells_how_many_there_have_been(planned):
    for number in range(3):
        say(planned, done=f"Sak {number}", now=NOW + timedelta(days=number))
    report = present(planned).measure("1.1.1").report
    assert report
    assert (report.version, report.done, report.recorded_on) == (3, "Sak 2", date(2026, 11, 25))
    assert present(planned).reports == (report,)


def test_a_measure_that_left_the_plan_is_kept_aside_with_its_last_report(planned):
    say(planned, "2.1.1", done="Holdt to kurs")
    adopt(planned, a_plan(without=["2.1.1"]))
    seen = present(planned)
    assert "2.1.1" not in [m.key for m in seen.measures]
    (gone,) = seen.retired
    assert gone.report
    assert (gone.key, gone.retired, gone.report.done) == ("2.1.1", True, "Holdt to kurs")
    assert seen.measure("2.1.1") is gone


def test_only_deadlines_moved_later_are_counted(planned):
    for due in (date(2027, 9, 1), date(2027, 8, 1), None, date(2027, 8, 1), date(2028, 1, 1)):
        adopt(planned, a_plan(changed={"1.1.1": {"due": due}}))
    measure = present(planned).measure("1.1.1")
    assert measure.due_moves == 2
    assert measure.was_due[-2:] == (date(2027, 9, 1), date(2027, 8, 1))


def test_values_of_an_indicator_are_in_order_of_time(planned):
    adopt(planned, a_plan(changed={"svar": {"frequency": Frequency.EVENT}}))
    with planned.writing() as session:
        for period in ("2026-Q2", "2024", "2026-03", "2025-H1"):
            record.value(by(session), "svar", period, 0, value=Decimal(4))
    values = present(planned).indicator("svar").values
    assert [v.period for v in values] == ["2024", "2025-H1", "2026-03", "2026-Q2"]


def test_two_strategies_in_one_database_do_not_meet(planned):
    adopt(
        planned,
        a_plan("neste", changed={"neste": {"start": date(2029, 1, 1)}, "1.1.1": {"text": "noe annet"}}),
    )
    say(planned, done="i den gamle")
    with planned.reading() as session:
        assert snapshot.strategies(session, newest(planned)) == ("plan", "neste")
    other = present(planned, strategy="neste").measure("1.1.1")
    assert (other.text, other.report) == ("noe annet", None)
    assert present(planned).measure("1.1.1").text == "Vi skal skrive høringssvar"


@pytest.mark.parametrize("as_of", [-1, 0, 2, 10**9])
def test_a_state_that_never_was_is_not_found(planned, as_of: int):
    with pytest.raises(NotFound):
        present(planned, as_of)


def test_a_strategy_that_is_not_there_is_not_found(planned):
    with pytest.raises(NotFound, match="«ukjent»"):
        present(planned, strategy="ukjent")


@pytest.mark.parametrize("find", ["goal", "subgoal", "measure", "indicator", "person"])
def test_what_is_not_in_the_plan_is_not_found(planned, find: str):
    with pytest.raises(NotFound, match="«9»"):
        getattr(present(planned), find)("9")


def test_nothing_in_a_snapshot_can_be_set(planned):
    seen = present(planned)
    for thing in (seen, seen.strategy, seen.goals[0], seen.measures[0], seen.people[0], seen.indicators[0]):
        with pytest.raises(FrozenInstanceError):
            thing.key = "x"  # type: ignore[misc]


def test_a_goals_own_report_has_no_phase(planned):
    say(planned, "1", phase=None, assessment=Assessment.ON_TRACK, done="Vi blir hørt")
    say(planned, phase=Phase.COMPLETED)
    report = present(planned).goal("1").report
    assert report
    assert (report.phase, report.done) == (None, "Vi blir hørt")
    assert [r.key for r in present(planned).reports] == ["1.1.1"]
