"""What differs between two states, the trail of one thing, and the log of all changes."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy import changes, history, record, tables
from strategy.access import Actor, Role
from strategy.changes import Action, Edit
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.snapshot import Flat
from strategy.terms import MeetingState, Via
from strategy.things import KEPT
from tests.databases import (
    NOW,
    PLAN,
    RESPONSIBLE,
    SECRETARY,
    Act,
    Maker,
    a_plan,
    a_row,
    acts,
    adopt,
    by,
    differing,
    moments,
    newest,
    perform,
    present,
    say,
)  # fmt: skip

_PROPERTY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def stated(database: Database, as_of: int) -> Flat:
    """What the tables say stands as of a change, read by nothing that the snapshot is read by.

    A value goes with its indicator, and what was said of a goal or a subgoal with that; both come back.
    """
    found: dict[tuple[str, str], dict[str, Any] | None] = {}
    with database.reading() as session:
        for kind, table in tables.VERSIONED.items():
            t = table.__table__
            rows = session.execute(
                sa.select(t).where(t.c.strategy == PLAN, t.c.change_id <= as_of).order_by(t.c.version)
            ).mappings()
            for row in rows:
                found[kind, row["key"]] = None if row["retired"] else fields(table, row)
    there = {ident: said for ident, said in found.items() if said is not None}
    return {ident: said for ident, said in there.items() if not _went(ident, said, found)}


def _went(ident: tuple[str, str], said: dict[str, Any], found: Mapping[tuple[str, str], Any]) -> bool:
    if ident[0] == "indicator_value":
        return found.get(("indicator", said["indicator"])) is None
    if ident[0] not in ("status_report", "attainment"):
        return False
    of = said.get("belongs_to", ident[1])
    aims = [found[kind, of] for kind in ("goal", "subgoal") if (kind, of) in found]
    return bool(aims) and not any(aims)


def fields(table: type[tables.Versioned], row: Any) -> dict[str, Any]:
    return {name: row[name] for name in tables.fields_of(table)}


@_PROPERTY
@given(done=st.lists(acts, max_size=8))
def test_a_snapshot_says_of_each_thing_what_its_newest_row_says(fresh_in_sqlite: Maker, done: list[Act]):
    database, moment = fresh_in_sqlite(), moments()
    adopt(database, a_plan(), now=next(moment))
    for act in done:
        perform(database, act, next(moment))
    for change in range(1, newest(database) + 1):
        assert present(database, change).flat == stated(database, change)


def test_no_kind_of_thing_goes_untold(planned: Database):
    """One of each kind there is, in one change: all of them are reported, and with all their fields."""
    whose = {
        **dict.fromkeys(("goal", "subgoal", "measure", "belongs_to", "indicator"), "ny"),
        "period": "2026",
    }
    rows = [
        a_row(table, "ny", **{name: key for name, key in whose.items() if name in table.model_fields})
        for table in tables.VERSIONED.values()
        if table is not tables.Strategy
    ]
    with planned.writing() as session:
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=NOW)
    with planned.reading() as session:
        edits = history.edits(session, PLAN, newest(planned))
    assert {edit.kind for edit in edits} == set(tables.VERSIONED) - {"strategy", *KEPT}
    for edit in edits:
        assert edit.action is Action.ADDED
        assert tuple(f.field for f in edit.fields) == tables.fields_of(tables.VERSIONED[edit.kind])


@_PROPERTY
@given(done=st.lists(acts, max_size=8))
def test_the_log_tells_the_same_story_as_the_snapshots(fresh_in_sqlite: Maker, done: list[Act]):
    """The edits of a change are what differs between the states before and after it."""
    database, moment = fresh_in_sqlite(), moments()
    adopt(database, a_plan(), now=next(moment))
    for act in done:
        perform(database, act, next(moment))
    with database.reading() as session:
        log = history.log(session, PLAN, newest(database), few=10**6)
    for entry in log:
        if entry.id > 1:
            between = differing(present(database, entry.id - 1), present(database, entry.id))
            assert by_thing(entry.edits) >= by_thing(between)  # a retired measure's rows leave the flat state
        assert entry.total >= len(entry.edits)  # the same said again touches a thing and changes nothing


def by_thing(edits: tuple[Edit, ...]) -> set[Any]:
    return {(e.kind, e.key, e.action, frozenset(f.field for f in e.fields)) for e in edits if e.kind in STAYS}


STAYS = ("strategy", "person", "goal", "subgoal", "milestone", "attainment", "status_report")


def test_the_trail_has_every_version_and_who_made_it(planned: Database):
    say(planned, done="én", now=NOW)
    say(planned, done="to", now=NOW + timedelta(days=1), actor=RESPONSIBLE)
    say(planned, "1.1.2", done="annet")
    with planned.reading() as session:
        trail = history.trail(session, PLAN, "status_report", "1.1.1", newest(planned))
        then = history.trail(session, PLAN, "status_report", "1.1.1", 2)
    assert [(v.version, v.change_id, v.actor, v.via, v.fields["done"]) for v in trail] == [
        (1, 2, "sekretariatet", Via.PAGE, "én"),
        (2, 3, "fagansvarlig", Via.PAGE, "to"),
    ]
    assert [v.recorded_at for v in trail] == [NOW, NOW + timedelta(days=1)]
    assert then == trail[:1]


def test_the_trail_shows_that_and_why_something_was_taken_out(planned: Database):
    adopt(planned, a_plan(without=["2.1.1"]), reason="Vedtak 12/26")
    with planned.reading() as session:
        first, last = history.trail(session, PLAN, "measure", "2.1.1", newest(planned))
    assert (first.retired, last.retired, last.reason) == (False, True, "Vedtak 12/26")


def test_all_reports_on_some_things_are_in_order(planned: Database):
    for n in range(3):
        say(planned, done=f"nr {n}")
    say(planned, "1.1.2", done="annet")
    with planned.reading() as session:
        found = history.reports(session, PLAN, ["1.1.1", "2.1.1"], newest(planned))
        earlier = history.reports(session, PLAN, ["1.1.1"], 3)
        none = history.reports(session, PLAN, [], newest(planned))
    assert {key: [r.done for r in said] for key, said in found.items()} == {"1.1.1": ["nr 0", "nr 1", "nr 2"]}
    assert found["1.1.1"][-1] == present(planned).measure("1.1.1").report
    assert [r.done for r in earlier["1.1.1"]] == ["nr 0", "nr 1"]
    assert none == {}


@pytest.fixture
def logged(planned: Database) -> Database:
    """A plan, a report, a report by another, an indicator value, a load: changes 1 to 5."""
    say(planned, done="én")
    say(planned, "1.2.1", done="to", actor=Actor("fagansvarlig", Role.SECRETARIAT), via=Via.CLI)
    with planned.writing() as session:
        record.value(by(session), "svar", "2025", 0, value=Decimal(4))
    adopt(planned, a_plan(without=["2.1.1"]), reason="Vedtak")
    return planned


def ids(database: Database, **asked: Any) -> list[int]:
    with database.reading() as session:
        as_of, limit = asked.pop("as_of", newest(database)), asked.pop("limit", 50)
        return [e.id for e in history.log(session, PLAN, as_of, history.Filter(**asked), limit=limit)]


def test_the_log_is_newest_first_and_pages_on_without_gap_or_overlap(logged: Database):
    assert ids(logged) == [5, 4, 3, 2, 1]
    assert ids(logged, limit=2) == [5, 4]
    assert ids(logged, limit=2, before=4) == [3, 2]
    assert ids(logged, limit=2, before=2) == [1]
    assert ids(logged, before=1) == []
    assert ids(logged, as_of=3) == [3, 2, 1]


def test_the_log_can_be_asked_for_a_door_a_person_or_a_thing(logged: Database):
    assert ids(logged, via=Via.YAML) == [5, 1]
    assert ids(logged, via=Via.CLI) == [3]
    assert ids(logged, actor="fagansvarlig") == [3]
    assert ids(logged, key="1.1.1") == [2, 1]
    assert ids(logged, key="1") == [3, 2, 1]
    assert ids(logged, key="2") == [5, 1]
    assert ids(logged, key="svar") == [4, 1]
    assert ids(logged, key="1.1", via=Via.PAGE) == [2]
    assert ids(logged, key="1.2%") == []
    assert ids(logged, key="1_1") == []
    with logged.reading() as session:
        assert history.actors(session, newest(logged)) == ("fagansvarlig", "sekretariatet")
        assert history.actors(session, 2) == ("sekretariatet",)


def test_a_key_that_begins_alike_is_another_thing(planned: Database):
    wanted = a_plan()
    wanted["measure", "1.1.10"] = {**wanted["measure", "1.1.2"], "order": 10}
    adopt(planned, wanted)
    say(planned, "1.1.10", done="x")
    assert ids(planned, key="1.1.1") == [1]
    assert ids(planned, key="1.1.10") == [3, 2]


def test_a_change_in_the_log_tells_before_and_after(logged: Database):
    with logged.reading() as session:
        newest_entry, _value, _two, report, first = history.log(session, PLAN, 5)
        everything = history.edits(session, PLAN, 1)
    assert [(e.kind, e.key, e.action) for e in newest_entry.edits] == [
        ("measure", "2.1.1", Action.RETIRED), ("authority", "2.1.1@vedtak-1", Action.ADDED),
    ]  # fmt: skip
    (edit,) = report.edits
    done = edit.field("done")
    assert done
    assert (edit.action, done.before, done.after) == (Action.ADDED, None, "én")
    assert (first.total, len(everything)) == (len(a_plan()), len(a_plan()))
    assert len(first.edits) < first.total


def test_a_thing_that_came_back_is_added_again_in_the_log(logged: Database):
    adopt(logged, a_plan())
    with logged.reading() as session:
        edit, _grounds = history.edits(session, PLAN, 6)
    assert (edit.key, edit.action) == ("2.1.1", Action.ADDED)


def test_each_strategy_has_its_own_log(logged: Database):
    adopt(logged, a_plan("neste"))
    assert ids(logged) == [5, 4, 3, 2, 1]
    with logged.reading() as session:
        assert [entry.id for entry in history.log(session, "neste", 6)] == [6]


def test_a_load_larger_than_any_parameter_list_is_shown(planned: Database):
    """Older SQLite takes at most 999 parameters in a statement, newer 32 766."""
    wanted = a_plan()
    for n in range(3000):
        wanted["person", f"p{n}"] = {"title": f"Rolle {n}", "order": n, "proposal": True}
    adopt(planned, wanted)
    for n in range(3000):
        wanted["person", f"p{n}"] = {"title": f"Rolle nr. {n}", "order": n, "proposal": True}
    adopt(planned, wanted)
    with planned.reading() as session:
        assert len(history.edits(session, PLAN, 3)) == 3000
        assert [(e.id, e.total) for e in history.log(session, PLAN, 3, limit=2)] == [(3, 3000), (2, 3000)]


def a_meeting(key: str, held_on: date, **more: Any) -> tables.Meeting:
    said: dict[str, Any] = {"number": 3, "period": "2026–2027", "state": MeetingState.CALLED}
    return tables.Meeting(
        strategy=PLAN, key=key, version=1, change_id=0, held_on=held_on, **said | more
    )  # fmt: skip


@pytest.fixture
def met(planned: Database) -> Database:
    """The plan, two reports a week apart, and three meetings: frozen, held and to come; today is the last."""
    say(planned, done="én", now=NOW + timedelta(days=1))
    say(planned, done="to", now=NOW + timedelta(days=8))
    rows = [
        a_meeting("frosset", date(2026, 12, 1), as_of=2, reported_on=date(2026, 11, 25)),
        a_meeting("holdt", date(2026, 11, 24)),
        a_meeting("kommer", date(2027, 2, 4)),
    ]
    with planned.writing() as session:
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=NOW + timedelta(days=9))
    return planned


def asked(database: Database, *ends: str) -> list[tuple[int, date, str]]:
    plan, today = present(database), date(2026, 12, 2)
    with database.reading() as session:
        found = [history.moment(session, plan, today, end) for end in ends]
    return [(each.change, each.day, each.meeting.key if each.meeting else "") for each in found]


def test_an_end_is_a_meeting_a_day_or_now(met: Database):
    assert asked(met, "now", "2026-11-30", "24.11.2026", "frosset", "holdt", "kommer") == [
        (4, date(2026, 12, 2), ""),
        (2, date(2026, 11, 30), ""),
        (2, date(2026, 11, 24), ""),
        (2, date(2026, 11, 25), "frosset"),
        (2, date(2026, 11, 24), "holdt"),
        (4, date(2026, 12, 2), "kommer"),
    ]


@pytest.mark.parametrize(
    ("end", "refusal", "said"),
    [
        ("2026-12-03", BadInput, "ikke kommet"),
        ("2026-11-22", NotFound, "fantes ikke"),
        ("mote-9", BadInput, "ikke en dato"),
        ("", BadInput, "ikke en dato"),
    ],
)
def test_an_end_that_is_nothing_is_refused(met: Database, end: str, refusal: type[Exception], said: str):
    with pytest.raises(refusal, match=said):
        asked(met, end)


def spanned(database: Database, today: date, *ends: str) -> tuple[str, str]:
    with database.reading() as session:
        found = history.span(session, present(database), today, *ends)
    first, last = (each.meeting.key if each.meeting else str(each.day) for each in found)
    return first, last


def test_the_usual_start_is_the_last_meeting_held_before_the_end(met: Database):
    draft = a_meeting("utkast", date(2026, 11, 30), state=MeetingState.DRAFT)
    with met.writing() as session:
        changes.append(session, SECRETARY, [draft], via=Via.PAGE, reason="", now=NOW + timedelta(days=9))
    assert spanned(met, date(2026, 12, 2)) == ("frosset", "2026-12-02")
    assert spanned(met, date(2026, 12, 1)) == ("holdt", "2026-12-01")
    assert spanned(met, date(2026, 12, 2), "", "frosset") == ("holdt", "frosset")
    assert spanned(met, date(2027, 1, 26), "", "2026-11-27") == ("holdt", "2026-11-27")


def test_without_meetings_the_usual_start_is_sixty_days_back(planned: Database):
    assert spanned(planned, NOW.date() + timedelta(days=60)) == ("2026-11-23", "2027-01-22")
    with pytest.raises(NotFound):
        spanned(planned, NOW.date())


def test_two_ends_in_the_wrong_order_are_refused(met: Database):
    with pytest.raises(BadInput, match="før det siste"):
        spanned(met, date(2026, 12, 2), "now", "2026-11-24")
