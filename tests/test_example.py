"""The made-up history: the same every time, no names in it, and everything there that it is there to show."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from strategy import (
    changes,
    checks,
    contradictions,
    dates,
    document,
    example,
    history,
    indicators,
    meetings,
    progress,
    record,
    snapshot,
    sync,
    tables,
    texts,
)
from strategy.checks import Missing, Reason, completeness
from strategy.contradictions import Clash
from strategy.database import Database, connect
from strategy.errors import BadInput
from strategy.example import DEMO_DAY, Event, Told
from strategy.snapshot import Flat, Goal, Snapshot, Subgoal
from strategy.terms import (
    Assessment,
    DecisionState,
    DraftState,
    Effect,
    ItemState,
    MeetingState,
    Phase,
    Quality,
    Via,
)
from tests.databases import NOW, SECRETARY, by

STRATEGY = "noku-2024-2028"
LAST_BOARD = date(2026, 10, 2)
END = date(2028, 12, 31)
CAPITALISED = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]+")
"""A word with a capital letter inside a sentence, where a name would show."""

NOT_NAMES = {"Annuale", "Annualen", "Kulturytring", "Stortinget"}


def filled(template: Path, folder: Path, name: str, **how: object) -> Database:
    file = folder / f"{name}.db"
    shutil.copy(template, file)
    database = connect(f"sqlite:///{file}")
    with database.writing() as session:
        example.fill(session, **how)  # type: ignore[arg-type]
    return database


@pytest.fixture(scope="session")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The example as it is opened: until the board meeting in November 2026."""
    database = filled(sqlite_template, tmp_path_factory.mktemp("demo"), "demo")
    yield database
    database.close()


@pytest.fixture(scope="session")
def whole(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """All five years."""
    database = filled(sqlite_template, tmp_path_factory.mktemp("whole"), "whole", until=END)
    yield database
    database.close()


@pytest.fixture(scope="session")
def now(demo: Database) -> Snapshot:
    return seen(demo)


@pytest.fixture(scope="session")
def before(demo: Database) -> Snapshot:
    return seen(demo, LAST_BOARD)


def seen(database: Database, day: date | None = None) -> Snapshot:
    with database.reading() as session:
        as_of = changes.newest_on(session, day) if day else changes.newest(session)
        return snapshot.load(session, STRATEGY, as_of)


def told(*kinds: Told) -> list[Event]:
    return [event for event in example.events() if event.told in kinds]


def versions_of(database: Database, kind: str, key: str) -> list[sa.RowMapping]:
    t = tables.VERSIONED[kind].__table__
    with database.reading() as session:
        rows = session.execute(sa.select(t).where(t.c.key == key).order_by(t.c.version))
        return list(rows.mappings())


def test_two_plays_give_the_same_hashes(demo: Database, whole: Database) -> None:
    """The longer one begins with the shorter, change by change."""
    hashes = sa.select(col(tables.Change.hash)).order_by(col(tables.Change.id))
    with demo.reading() as shorter, whole.reading() as longer:
        first = list(shorter.execute(hashes).scalars())
        assert first == list(longer.execute(hashes).scalars())[: len(first)]


def test_the_chain_of_the_whole_history_holds(whole: Database) -> None:
    with whole.reading() as session:
        assert changes.verify(session) == changes.newest(session) > 800


def test_only_an_empty_database_is_filled(sqlite_template: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    shutil.copy(sqlite_template, file)
    own = connect(f"sqlite:///{file}")
    changeset = sync.diff(None, sync.read(example.DATA / "strategy.yaml"))
    with own.writing() as session:
        sync.apply(by(session, via=Via.YAML), changeset)
    with pytest.raises(BadInput, match="ikke tom"), own.writing() as session:
        example.fill(session)
    with own.reading() as session:
        assert changes.newest(session) == 1
    own.close()


def test_every_change_says_it_is_example(whole: Database) -> None:
    with whole.reading() as session:
        assert set(session.execute(sa.select(col(tables.Change.via))).scalars()) == {Via.EXAMPLE}
    assert seen(whole).example


def test_the_newest_change_is_on_the_demo_day(now: Snapshot) -> None:
    assert dates.oslo_day(now.recorded_at) == DEMO_DAY


def test_changes_come_in_the_order_of_time(whole: Database) -> None:
    with whole.reading() as session:
        moments = list(
            session.execute(
                sa.select(col(tables.Change.recorded_at)).order_by(col(tables.Change.id))
            ).scalars()
        )
    assert moments == sorted(set(moments))


def test_looking_back_gives_what_playing_less_gave(demo: Database, whole: Database) -> None:
    assert seen(whole, DEMO_DAY).flat == seen(demo).flat


def test_the_adopted_texts_are_those_of_the_real_plan(now: Snapshot) -> None:
    real = sync.read(example.DATA.parents[1] / "strategy.yaml")
    story = sync.read(example.DATA / "strategy.yaml")
    kinds = ("goal", "subgoal", "measure")
    assert {i: v["text"] for i, v in story.items() if i[0] in kinds} == {
        i: v["text"] for i, v in real.items() if i[0] in kinds
    }
    assert len(now.goals) == 3
    assert sum(len(goal.subgoals) for goal in now.goals) == 12


def test_the_plan_it_ends_with_is_a_valid_file(now: Snapshot, whole: Database) -> None:
    for plan in (now, seen(whole)):
        read, problems = document.read(document.write(plan.flat, STRATEGY).encode())
        assert problems == ()
        assert read is not None
        assert sync.diff(plan, document.things(read)).is_empty


def test_the_overview_reads_like_the_sketch(now: Snapshot) -> None:
    assert (
        checks.headline(now, DEMO_DAY)
        == "To tiltak er over frist. Ni av tjue tiltak er i rute. Tre har vesentlig avvik."
    )
    counted = progress.counts(now.measures, DEMO_DAY)
    assert counted.numbers == (9, 6, 3, 2)
    assert (counted.on_track, counted.not_reported) == (9, 2)
    assert progress.now(now.measures, DEMO_DAY).sentence == (
        "23 av 43 milepæler i 2026 er nådd. Elleve er over frist, og én står igjen fra tidligere år."
    )
    years = progress.years(now.measures, now.strategy, DEMO_DAY)
    assert [each.text for each in years[:3]] == ["22 av 25", "30 av 36", "23 av 43"]


def test_every_kind_of_attention_is_called_for(now: Snapshot) -> None:
    reasons = {finding.kind for finding in checks.attention(now, DEMO_DAY)}
    assert reasons >= {
        Reason.MAJOR_DEVIATION, Reason.OVERDUE, Reason.DEADLINE_MOVED, Reason.STALE, Reason.WORSENING,
        Reason.LATE_MILESTONES,
    }  # fmt: skip


def test_every_contradiction_is_there(now: Snapshot) -> None:
    assert {(c.key, c.kind) for c in contradictions.of_plan(now, DEMO_DAY)} == {
        ("1.2.2", Clash.DEADLINE_MOVED),
        ("2.1.1", Clash.GREEN_BUT_WORSENING),
        ("2.1.3", Clash.DONE_WITHOUT_EVIDENCE),
        ("2.1.3", Clash.DONE_WITH_OPEN_MILESTONES),
        ("2.2.2", Clash.GREEN_BUT_OVERDUE),
        ("2.3.2", Clash.GREEN_BUT_SILENT),
    }


def test_one_deadline_is_moved_three_times(now: Snapshot) -> None:
    assert {m.key: m.due_moves for m in now.measures if m.due_moves} == {"1.2.2": 3, "3.2.1": 2}


def test_one_measure_is_silent_and_one_was_never_reported(now: Snapshot) -> None:
    silent = [measure for measure in now.measures if progress.is_silent(measure, DEMO_DAY)]
    assert [measure.key for measure in silent] == ["2.3.1", "2.3.2"]
    assert [measure.report is None for measure in silent] == [True, False]
    assert progress.mark_of(now.measure("2.3.2").report, DEMO_DAY).age == 161


def test_every_phase_but_planned_is_in_use(now: Snapshot) -> None:
    phases = {measure.phase for measure in now.measures}
    assert phases >= {Phase.IN_PROGRESS, Phase.CONTINUOUS, Phase.ON_HOLD, Phase.COMPLETED, Phase.DROPPED}
    dropped = now.measure("1.3.2").report
    assert dropped is not None
    assert dropped.cause


def test_two_measures_were_added_and_one_retired_by_decision(now: Snapshot, demo: Database) -> None:
    first = seen(demo, date(2024, 12, 31))
    assert len(first.measures) == 20
    added = {m.key for m in now.measures} - {m.key for m in first.measures}
    assert added == {"2.1.3", "3.1.3"}
    for key in added:
        measure = now.measure(key)
        assert measure.text.startswith("Eksempel: ")
        assert measure.decided_by.startswith("Årsmøtet ")
    assert [measure.key for measure in now.retired] == ["3.3.1"]
    assert now.retired[0].report is not None


def test_a_measure_changed_hands_twice(demo: Database) -> None:
    def responsible(day: date) -> list[str]:
        held = seen(demo, day).measure("1.1.1").responsibilities
        return [r.person for r in held if r.part == "responsible" and r.holds(day)]

    days = (date(2025, 8, 31), date(2025, 9, 1), date(2026, 10, 31), date(2026, 11, 2))
    politics, competence = ["radgiver-politikk"], ["radgiver-kompetanse"]
    assert [responsible(day) for day in days] == [politics, competence, competence, politics]


def test_short_names_changed_and_adopted_texts_did_not(now: Snapshot, demo: Database) -> None:
    first = seen(demo, date(2024, 1, 31))
    pairs = [(measure, now.measure(measure.key)) for measure in first.measures]
    assert [old.key for old, new in pairs if old.name != new.name] == ["1.4.2", "2.3.1", "2.5.1"]
    assert all(old.text == new.text for old, new in pairs)


def test_one_measure_has_no_adopted_responsible(now: Snapshot) -> None:
    gaps = checks.completeness(now, DEMO_DAY)
    assert [gap.key for gap in gaps if gap.kind is checks.Missing.RESPONSIBLE] == ["2.3.1"]


def test_a_value_was_corrected_and_the_first_one_is_kept(demo: Database) -> None:
    rows = versions_of(demo, "indicator_value", "1.4.1a@2025-06-18")
    assert [(row["value"], row["quality"]) for row in rows] == [
        (5800, Quality.PRELIMINARY),
        (5420, Quality.FINAL),
    ]
    assert rows[1]["comment"].startswith("Rettet.")


def test_the_indicators_show_every_kind(now: Snapshot) -> None:
    adopted = [indicator for indicator in now.indicators if not indicator.proposal]
    assert {indicator.direction for indicator in adopted} >= {"up", "down", "hold", "yes_no", "follow"}
    assert {indicator.frequency for indicator in adopted} >= {"quarter", "half_year", "year", "event"}
    assert any(v.value is None and v.text for i in adopted for v in i.values)
    assert any(indicators.so_far(indicator, DEMO_DAY) for indicator in adopted)
    assert sum(indicators.forecast(i, END, DEMO_DAY) is not None for i in adopted) >= 8
    marks = {indicators.mark(indicator, DEMO_DAY) for indicator in adopted}
    assert marks >= {Assessment.ON_TRACK, Assessment.SOME_DEVIATION, Assessment.MAJOR_DEVIATION}
    assert any(indicator.proposal for indicator in now.indicators)


def test_made_up_values_of_public_statistics_say_that_they_are_made_up() -> None:
    for event in told(Told.MEASURED):
        if event.thing[0] in ("1.2.2b", "2.4.1c"):
            assert event.said["source"] == "Oppdiktet eksempel, ikke tall fra SSB"


def test_milestones_are_late_reached_late_moved_and_without_evidence(demo: Database, now: Snapshot) -> None:
    milestones = [milestone for measure in now.measures for milestone in measure.milestones]
    assert {milestone.year for milestone in milestones} >= {2024, 2025, 2026, 2027, 2028}
    assert sum(len(progress.late_milestones(m, DEMO_DAY)) for m in now.measures) >= 8
    assert any(m.done_on and m.done_on > m.due for m in milestones)
    assert any(m.done_on and not m.evidence for m in milestones)
    assert len({row["due"] for row in versions_of(demo, "milestone", "2.2.1-m3")}) == 2


def test_between_the_last_two_meetings_some_got_better_and_some_worse(
    before: Snapshot, now: Snapshot
) -> None:
    def assessed(plan: Snapshot) -> dict[str, Assessment]:
        return {m.key: m.report.assessment for m in plan.measures if m.report}

    was, became = assessed(before), assessed(now)
    assert {key: became[key] for key in became if became[key] != was[key]} == {
        "1.2.2": Assessment.MAJOR_DEVIATION,
        "1.4.2": Assessment.SOME_DEVIATION,
        "2.2.1": Assessment.ON_TRACK,
        "2.5.1": Assessment.MAJOR_DEVIATION,
        "3.3.2": Assessment.ON_TRACK,
    }
    assert [key for key in was if before.measure(key).phase is not now.measure(key).phase] == ["3.1.1"]
    assert [m.key for m in now.measures if m.due != before.measure(m.key).due] == ["1.2.2", "3.2.1"]


def test_a_promise_was_not_kept_between_the_last_two_meetings(now: Snapshot) -> None:
    promised = now.measure("2.3.2").report
    assert promised is not None
    assert promised.next_due is not None
    assert promised.recorded_on < LAST_BOARD < promised.next_due < DEMO_DAY


def test_goals_are_judged_and_the_first_two_years_summed_up(now: Snapshot) -> None:
    for goal in now.goals:
        assert goal.report is not None
        assert goal.report.recorded_on == DEMO_DAY
        things: tuple[Goal | Subgoal, ...] = (goal, *goal.subgoals)
        for thing in things:
            assert [attained.year for attained in thing.attainments] == [2024, 2025]
            assert all(attained.narrative for attained in thing.attainments)
    reached = {a.reached for g in now.goals for s in g.subgoals for a in s.attainments}
    assert {str(value) for value in reached} >= {"reached", "partly", "too_early"}


def test_the_next_meeting_is_called_on_frozen_numbers_and_those_before_are_closed(now: Snapshot) -> None:
    states = [meeting.state for meeting in now.meetings]
    assert states == [MeetingState.APPROVED] * 16 + [MeetingState.CLOSED, MeetingState.CALLED] + (
        [MeetingState.DRAFT] * 3
    )
    coming, last = meetings.upcoming(now, DEMO_DAY), meetings.latest(now, DEMO_DAY)
    assert coming
    assert last
    assert (coming.held_on, last.held_on) == (DEMO_DAY, LAST_BOARD)
    assert (coming.reported_on, last.reported_on) == (date(2026, 11, 20), date(2026, 10, 1))
    assert coming.as_of
    assert last.as_of
    assert last.as_of < coming.as_of < now.change_id


def test_its_agenda_has_the_usual_cases_the_boards_own_and_one_moved_on(now: Snapshot) -> None:
    cases = now.items_of("mote-2026-3")
    assert [case.title for case in cases] == [
        "Godkjenning av innkalling og dagsorden", "Godkjenning av protokoll", "Status for handlingsplanen",
        "Oppfølging av vedtak", "Ansvar for analyser og statistikk", "Vedtak på e-post 12. november",
        "Programmet for valgåret 2027", "Økonomirapport", "Eventuelt", "Møteplan",
    ]  # fmt: skip
    assert all(case.state is ItemState.OPEN for case in cases)
    numbers = [(case.number, case.year) for case in now.items if case.number]
    assert len(numbers) == len(set(numbers))


def test_the_case_that_was_moved_on_stands_in_the_minutes_as_postponed(demo: Database, now: Snapshot) -> None:
    with demo.reading() as session:
        agenda = history.agenda(session, STRATEGY, "mote-2026-2", now.change_id)
    assert {case.title for case in agenda if case.state is ItemState.POSTPONED} == {
        "Ansvar for analyser og statistikk"
    }


def test_some_decisions_are_followed_up_and_some_are_open_and_late(now: Snapshot) -> None:
    left = meetings.open_decisions(now)
    assert [meetings.is_late(decision, DEMO_DAY) for decision in left] == [True, True, True, False, False]
    assert {state for decision in now.decisions if (state := decision.state)} == {
        DecisionState.OPEN, DecisionState.DONE,
    }  # fmt: skip
    assert any(decision.dissent and decision.votes_against for decision in now.decisions)


def test_every_deadline_that_moved_has_its_decision_but_one(now: Snapshot) -> None:
    lacking = [gap.key for gap in completeness(now, DEMO_DAY) if gap.kind is Missing.GROUNDS]
    assert lacking == ["3.2.1"]
    effects = [step.authority.effect for step in meetings.thread(now, "1.2.2")]
    assert effects == [Effect.AMENDED, Effect.POSTPONED, Effect.POSTPONED, Effect.POSTPONED]
    assert [bool(step.decision) for step in meetings.thread(now, "1.2.2")] == [True, True, True, False]
    assert [step.authority.effect for step in meetings.thread(now, "3.3.1")] == [Effect.DROPPED]


def test_a_decision_named_in_the_plan_is_the_case_it_says(whole: Database) -> None:
    """«Styresak 35/2025» is the number the case really has."""
    last = seen(whole)
    for measure in last.measures:
        grounds = [step for step in meetings.thread(last, measure.key) if step.item]
        if measure.decided_by.startswith("Styresak"):
            item = grounds[-1].item
            assert item
            assert measure.decided_by == f"Styresak {item.number}/{item.year}"


def test_questions_are_answered_and_open(now: Snapshot) -> None:
    found = meetings.questions(now, "mote-2026-3")
    assert ([q.measure for q in found.answered], [q.measure for q in found.open]) == (
        ["1.2.2"], ["2.5.1", "3.1.2"],
    )  # fmt: skip


def test_what_the_board_is_told_does_not_agree_is_explained_or_put_forward_as_unexplained(
    now: Snapshot,
) -> None:
    meeting = now.meeting("mote-2026-3")
    found = contradictions.for_meeting(now, DEMO_DAY, meeting.key)
    assert {each.clash.key for each in found if each.answer and each.answer.text} == {"1.2.2", "2.2.2"}
    assert {each.clash.key for each in found if each.is_unexplained} == {"2.1.1", "2.1.3", "2.3.2"}
    assert all(each.is_settled for each in found)


def test_confidence_is_opened_in_the_last_meetings_and_falls_for_the_goal_that_goes_worst(
    now: Snapshot,
) -> None:
    medians = [[belief.median for belief in meetings.trend(now, goal)] for goal in now.goals]
    assert medians[0] == sorted(medians[0], reverse=True)
    assert medians[0][0] > medians[0][-1]
    assert [len(trend) for trend in medians] == [4, 4, 4]


def test_two_drafts_wait_and_one_was_sent_back(now: Snapshot) -> None:
    states = sorted((draft.state, draft.measure) for draft in now.drafts)
    assert states == [
        (DraftState.RETURNED, "1.3.1"), (DraftState.SUBMITTED, "1.4.1"), (DraftState.SUBMITTED, "2.5.1"),
    ]  # fmt: skip
    assert all(now.measure(d.measure).report.version == d.base for d in now.drafts)


def test_there_are_comments_links_and_tags(now: Snapshot) -> None:
    assert now.comments
    assert any(comment.mentions for comment in now.comments)
    assert all(link.url.startswith("https://eksempel.invalid/") for link in now.links)
    assert len({tag for tagging in now.taggings for tag in tagging.tags}) >= 5


def test_seats_are_titles_and_nobodys_name_or_address_is_stored(demo: Database, now: Snapshot) -> None:
    assert [seat.title for seat in now.seats if seat.deputy] == ["1. vara", "2. vara"]
    assert len(now.seats) == 9
    with demo.reading() as session:
        for table in (tables.Contact, tables.Ballot):
            assert session.execute(sa.select(table)).first() is None


def test_the_end_of_the_period_is_no_fairy_tale(whole: Database) -> None:
    counted = progress.counts(seen(whole).measures, END)
    assert counted.of(Assessment.MAJOR_DEVIATION)
    assert counted.not_reported
    attained = [a.reached for g in seen(whole).goals for s in g.subgoals for a in s.attainments]
    assert "not_reached" in attained


def test_there_are_six_meetings_a_year_for_five_years() -> None:
    years = [day.year for day in example.meetings()]
    assert {year: years.count(year) for year in set(years)} == dict.fromkeys(range(2024, 2029), 6)
    assert {LAST_BOARD, DEMO_DAY} < set(example.meetings())


def test_reports_are_given_in_the_weeks_before_a_meeting() -> None:
    reports = told(Told.REPORTED)
    near = [e for e in reports if any(timedelta() <= m - e.day <= timedelta(20) for m in example.meetings())]
    assert len(near) > 0.95 * len(reports) > 250


def test_nobody_works_at_the_weekend() -> None:
    assert {event.day.isoweekday() for event in example.events()} <= {1, 2, 3, 4, 5}


def test_a_measure_is_reported_once_a_day_and_promises_only_what_lies_ahead() -> None:
    days = defaultdict(list)
    for event in told(Told.REPORTED, Told.JUDGED):
        days[event.thing].append(event.day)
        due = event.said["next_due"]
        assert (due is None) == (not event.said["next_step"])
        assert due is None or due >= event.day
    assert all(earlier < later for of_one in days.values() for earlier, later in pairwise(of_one))


def test_only_a_deviation_has_a_cause() -> None:
    for event in told(Told.REPORTED, Told.JUDGED):
        excused = event.said["assessment"].is_deviation or event.said["phase"] is Phase.DROPPED
        assert bool(event.said["cause"]) == bool(event.said["remedy"]) == excused, event


def test_everything_is_said_by_a_role_of_the_plan(now: Snapshot) -> None:
    assert {event.by for event in example.events()} <= {person.title for person in now.people}


def test_no_text_holds_a_name() -> None:
    found = {word for text in told_texts() for word in CAPITALISED.findall(text)}
    assert found <= NOT_NAMES


def test_every_text_is_clean_and_within_its_limit() -> None:
    for text in told_texts():
        assert texts.flaw(text, texts.PARAGRAPH) == ""
        assert texts.normal(text) == text
        assert "  " not in text


def test_texts_end_as_sentences() -> None:
    for event in told(Told.REPORTED, Told.JUDGED):
        for name in ("done", "cause", "remedy", "next_step"):
            assert event.said[name][-1:] in ("", "."), event


def told_texts() -> Iterator[str]:
    for event in example.events():
        yield from texts_in(event.said)


def texts_in(value: object) -> Iterator[str]:
    """Every text in what an event says, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif type(value) is str:
        yield value


def test_a_report_can_be_added_to_the_example(demo: Database, tmp_path: Path) -> None:
    """The example goes on like any plan: its versions are those a form would carry."""
    copy = tmp_path / "copy.db"
    shutil.copy(str(demo.file), copy)
    database = connect(f"sqlite:///{copy}")
    last = seen(database).measure("1.2.1").report
    assert last is not None
    with database.writing() as session:
        saved = record.report(
            record.By(session, SECRETARY, STRATEGY, NOW + timedelta(1)),
            "1.2.1", last.version, phase=Phase.CONTINUOUS,
            assessment=Assessment.ON_TRACK, done="Enda et høringssvar.")  # fmt: skip
    assert saved.version == last.version + 1
    database.close()


def but_numbers(flat: Flat) -> Flat:
    """Without the numbers of changes that meetings hold for: there are more changes beside the story's."""
    return {ident: {n: v for n, v in said.items() if n != "as_of"} for ident, said in flat.items()}


def test_twins_are_more_of_the_same_and_leave_the_story_as_it_was(
    demo: Database, sqlite_template: Path, tmp_path: Path
) -> None:
    until = date(2024, 12, 31)
    many = filled(sqlite_template, tmp_path, "many", until=until, copies=3, versions=20)
    found, alone = seen(many), seen(demo, until)
    assert len(found.measures) == 3 * len(alone.measures)
    story = {ident: said for ident, said in found.flat.items() if ident in alone.flat}
    assert but_numbers(story) == but_numbers(alone.flat)
    original, twin = found.measure("1.2.2"), found.measure("1.2.2.3")
    assert twin.report is not None
    assert original.report is not None
    assert twin.report.version >= 20 > original.report.version
    assert twin.report.done == original.report.done
    assert [m.title for m in twin.milestones] == [m.title for m in original.milestones]
    assert [i.values[-1].value for i in twin.indicators if i.values] == [
        i.values[-1].value for i in original.indicators if i.values
    ]
    with many.reading() as session:
        changes.verify(session)
    many.close()
