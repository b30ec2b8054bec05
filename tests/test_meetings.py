"""The board's meetings: how far they have come, what is frozen and locked, and the cases on their agendas."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from strategy import history, meetings, record, tables
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotFound, Several
from strategy.record import Wanted
from strategy.terms import DecisionState, ItemContent, ItemKind, ItemState, MeetingState
from tests.board import (
    DAY,
    LATER,
    LATER_DAY,
    MEETING,
    PERIOD,
    SEATS,
    add_case,
    called,
    closed,
    decide,
    plan_meeting,
    seat_board,
    standing,
    take,
    under_way,
    vote,
)
from tests.databases import (
    NOW,
    PLAN,
    Maker,
    a_plan,
    adopt,
    by,
    newest,
    present,
    say,
    verify,
    version_of,
    with_a_plan,
)

DRAFT, CALLED, UNDER_WAY, CLOSED, APPROVED = MeetingState
WAYS = {
    DRAFT: (), CALLED: (CALLED,), UNDER_WAY: (CALLED, UNDER_WAY), CLOSED: (CALLED, UNDER_WAY, CLOSED),
    APPROVED: (CALLED, UNDER_WAY, CLOSED, APPROVED),
}  # fmt: skip
ALLOWED = {(DRAFT, CALLED), (CALLED, DRAFT), (CALLED, UNDER_WAY), (UNDER_WAY, CLOSED), (CLOSED, APPROVED)}


@pytest.fixture
def draft(fresh: Maker) -> Database:
    return fresh(with_a_draft)


def with_a_draft(planned: Database) -> None:
    """The small plan with a board and one meeting in draft, with one case that is treated."""
    with_a_plan(planned)
    seat_board(planned)
    plan_meeting(planned)
    add_case(planned, state=ItemState.TREATED)


def refused(database: Database, sentence: str, write: Callable[[], Any]) -> None:
    """The write is refused with a sentence, and nothing is half written."""
    before = newest(database)
    with pytest.raises(BadInput, match=sentence):
        write()
    assert newest(database) == before


def test_a_report_is_for_the_next_meeting_that_has_not_got_its_numbers(draft: Database):
    say(draft, now=NOW)
    plan_meeting(draft, LATER)
    plan = present(draft)
    awaited = meetings.awaited(plan, DAY)
    assert awaited
    assert (awaited.meeting.key, awaited.due) == (MEETING, DAY - timedelta(days=14))
    assert not awaited.lacks(plan.measure("1.1.1").report)
    assert awaited.lacks(plan.measure("1.1.2").report)

    take(draft, CALLED)
    plan = present(draft)
    awaited = meetings.awaited(plan, DAY)
    assert awaited
    assert (awaited.meeting.key, awaited.due) == (LATER, LATER_DAY - timedelta(days=14))
    assert awaited.since == plan.meeting(MEETING).reported_on
    assert awaited.lacks(plan.measure("1.1.1").report)
    assert meetings.awaited(plan, LATER_DAY + timedelta(days=1)) is None


@pytest.mark.parametrize(("start", "to"), list(product(MeetingState, MeetingState)), ids=str)
def test_a_meeting_goes_only_the_steps_there_are(draft: Database, start: MeetingState, to: MeetingState):
    for state in WAYS[start]:
        take(draft, state)
    if start is to:
        assert take(draft, to).again
    elif (start, to) in ALLOWED:
        take(draft, to)
        assert present(draft).meeting(MEETING).state is to
    else:
        refused(draft, "kan ikke settes til", lambda: take(draft, to))


def test_calling_freezes_what_the_papers_report_on_and_going_back_lets_go(draft: Database):
    before = newest(draft)
    take(draft, CALLED)
    frozen = present(draft).meeting(MEETING)
    assert (frozen.as_of, frozen.reported_on) == (before, NOW.date())
    say(draft, done="Etterpå")
    assert present(draft).meeting(MEETING).as_of == before
    take(draft, DRAFT)
    loose = present(draft).meeting(MEETING)
    assert (loose.as_of, loose.reported_on) == (None, None)


def test_a_meeting_without_cases_cannot_be_called(planned: Database):
    plan_meeting(planned)
    refused(planned, "ingen saker ennå", lambda: take(planned, CALLED))


def refreeze(database: Database, base: int | None = None, now: Any = NOW) -> record.Saved:
    with database.writing() as session:
        at = version_of(session, tables.Meeting, MEETING) if base is None else base
        return record.refreeze(by(session, now), MEETING, at)


def test_a_called_meeting_can_be_frozen_anew_and_a_second_click_changes_nothing(draft: Database):
    refused(draft, "mens møtet er innkalt", lambda: refreeze(draft))
    take(draft, CALLED)
    say(draft, done="Kom sent")
    before = newest(draft)
    first = refreeze(draft, 2, NOW + timedelta(days=2))
    assert present(draft).meeting(MEETING).as_of == before
    assert present(draft).meeting(MEETING).reported_on == date(2026, 11, 25)
    second = refreeze(draft, 2, NOW + timedelta(days=2))
    assert (second.again, second.change_id) == (True, first.change_id)
    take(draft, UNDER_WAY)
    refused(draft, "mens møtet er innkalt", lambda: refreeze(draft))


def test_a_meeting_is_not_closed_while_a_case_is_open(planned: Database):
    under_way(planned)
    refused(planned, "Ikke behandlet ennå: «Kulturarenaer»", lambda: take(planned, CLOSED))
    add_case(planned, state=ItemState.POSTPONED)
    take(planned, CLOSED)


def test_a_meeting_is_not_closed_while_votes_are_unopened(planned: Database):
    under_way(planned)
    add_case(planned, state=ItemState.TREATED)
    for seat in SEATS:
        vote(planned, "1", seat, 7)
    refused(planned, "Åpne stemmene først", lambda: take(planned, CLOSED))
    with planned.writing() as session:
        record.open_confidence(by(session), MEETING)
    take(planned, CLOSED)


@pytest.mark.parametrize("state", [CLOSED, APPROVED])
def test_a_closed_meeting_is_locked(planned: Database, state: MeetingState):
    closed(planned)
    if state is APPROVED:
        take(planned, APPROVED)
    for write in (
        lambda: plan_meeting(planned, place="Bergen"),
        lambda: add_case(planned, title="Ny tittel"),
        lambda: add_case(planned, "sak-2"),
        lambda: decide(planned, text="Noe annet"),
        lambda: decide(planned, "vedtak-2"),
        lambda: vote(planned, "1", "verv-1", 3),
    ):
        refused(planned, "avsluttet", write)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted("meeting", MEETING, 5, {"place": "Oslo"}), "avsluttet"),
        (Wanted("meeting", MEETING, 5, {"state": UNDER_WAY}), "kan ikke settes til"),
        (Wanted("meeting", MEETING, 5, retired=True), "avsluttet"),
        (Wanted("agenda_item", "sak-1", 2, {"discussion": "Nei"}), "avsluttet"),
        (Wanted("agenda_item", "sak-1", 2, retired=True), "avsluttet"),
        (Wanted("decision", "vedtak-1", 1, {"text": "Nei"}), "avsluttet"),
        (Wanted("decision", "vedtak-1", 1, {"state": DecisionState.DONE}), "hva som ble gjort"),
        (Wanted("decision", "vedtak-1", 1, retired=True), "avsluttet"),
        (Wanted("meeting", LATER, 1, {"state": CALLED}), "ingen saker ennå"),
        (Wanted("meeting", LATER, 1, {"as_of": 1}), "mens møtet er innkalt"),
    ],
)
def test_no_road_goes_round_the_rules_of_a_meeting(planned: Database, wanted: Wanted, sentence: str):
    """As a table, a form in Excel or a command would save it: many at once, by nothing but their fields."""
    closed(planned)
    before = newest(planned)
    with pytest.raises(Several, match=sentence), planned.writing() as session:
        record.save(by(session), [wanted])
    assert newest(planned) == before


def correct(database: Database, kind: str, key: str, reason: str = "Feil i referatet", **fields: Any) -> Any:
    with database.writing() as session:
        base = version_of(session, tables.VERSIONED[kind], key)
        wanted = record.Wanted(kind, key, base, fields, reason=reason)
        return record.save_one(by(session), wanted)


def test_the_minutes_of_a_closed_meeting_are_corrected_so_that_it_shows(planned: Database):
    under_way(planned)
    refused(planned, "ikke avsluttet ennå", lambda: correct(planned, "meeting", MEETING, place="Oslo"))
    decide(planned)
    add_case(planned, state=ItemState.TREATED, discussion="Styret drøftet saken.")
    take(planned, CLOSED)
    correct(planned, "agenda_item", "sak-1", discussion="Styret drøftet saken grundig.")
    correct(planned, "decision", "vedtak-1", votes_for=2, votes_against=0)
    correct(planned, "meeting", MEETING, present=["verv-1", "verv-2"], absent=["verv-3"])
    with planned.reading() as session:
        found = history.corrections(session, PLAN, MEETING, newest(planned))
    assert {(c.kind, c.field, str(c.before), str(c.after)) for c in found} == {
        ("agenda_item", "discussion", "Styret drøftet saken.", "Styret drøftet saken grundig."),
        ("decision", "votes_for", "None", "2"),
        ("decision", "votes_against", "None", "0"),
        ("meeting", "present", "['verv-1', 'verv-2', 'verv-3']", "['verv-1', 'verv-2']"),
        ("meeting", "absent", "[]", "['verv-3']"),
    }
    assert {c.reason for c in found} == {"Feil i referatet"}


def test_a_correction_says_why_and_touches_only_what_minutes_say(planned: Database):
    closed(planned)
    refused(planned, "hvorfor", lambda: correct(planned, "agenda_item", "sak-1", " ", discussion="x"))
    refused(planned, "Bare det protokollen sier", lambda: correct(planned, "agenda_item", "sak-1", state=1))
    refused(planned, "Bare det protokollen sier", lambda: correct(planned, "measure", "1.1.1", text="x"))
    refused(planned, "hva styret vedtok", lambda: correct(planned, "decision", "vedtak-1", text=" "))


def test_what_happened_before_closing_is_no_correction(planned: Database):
    closed(planned)
    with planned.writing() as session:
        record.decision(by(session), "vedtak-1", 1, state=DecisionState.DONE, outcome="Gjort")
    with planned.reading() as session:
        assert history.corrections(session, PLAN, MEETING, newest(planned)) == ()


def test_the_numbers_of_meetings_follow_their_dates(planned: Database):
    plan_meeting(planned)
    plan_meeting(planned, LATER)
    refused(planned, "Styremøte 2 .* 04.02.2027, og dette må ligge før",
            lambda: plan_meeting(planned, held_on=LATER_DAY))  # fmt: skip
    refused(planned, "Styremøte 1 .* 30.11.2026, og dette må ligge etter",
            lambda: plan_meeting(planned, LATER, held_on=DAY - timedelta(days=1)))  # fmt: skip
    plan_meeting(planned, LATER, held_on=DAY + timedelta(days=1))
    plan_meeting(planned, "mote-2027-1", period="2027–2028", held_on=DAY)
    assert [m.key for m in present(planned).meetings] == [MEETING, "mote-2027-1", LATER]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"period": "i fjor"}, "ikke en styreperiode"),
        ({"period": "2027–2026"}, "ikke en styreperiode"),
        ({"number": 0}, "kan ikke endres"),
        ({"starts": "kl ti"}, "ikke et klokkeslett"),
        ({"starts": "25.00"}, "ikke et klokkeslett"),
        ({"starts": "kl. kl. 10"}, "ikke et klokkeslett"),
        ({"starts": "15–10"}, "slutte etter at det begynte"),
        ({"held_on": date(26, 1, 1)}, "ikke et årstall"),
        ({"present": ["verv-9"]}, "Fant ikke vervet «verv-9»"),
        ({"present": ["verv-1"], "absent": ["verv-1"]}, "både være til stede og ha forfall"),
        ({"present": ["verv-1", "verv-1"]}, "både være til stede og ha forfall"),
        ({"chair": "verv-1", "absent": ["verv-1"]}, "Møteleder kan ikke ha forfall"),
        ({"place": "x" * 201}, "Sted: .*grensen er 200"),
        ({"secretary": "a\x00"}, "Referent"),
    ],
)
def test_a_meeting_that_cannot_be_used_says_why(planned: Database, said: dict[str, Any], sentence: str):
    seat_board(planned)
    refused(planned, sentence, lambda: plan_meeting(planned, **said))


def test_a_new_meeting_needs_its_number_period_and_date(planned: Database):
    with planned.writing() as session, pytest.raises(BadInput, match="nummer, periode og dato"):
        record.meeting(by(session), MEETING, 0, place="Oslo")


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("9", "09.00"), ("10:30", "10.30"), ("", ""), ("kl. 10.00", "10.00"), ("Kl 9", "09.00"),
        ("kl. 10.00 – 15.00", "10.00–15.00"), ("9-11:30", "09.00–11.30"), ("10 til 12", "10.00–12.00"),
    ],
)  # fmt: skip
def test_a_clock_is_kept_in_one_form(planned: Database, written: str, stands: str):
    plan_meeting(planned, starts=written, period="2026-2027")
    found = present(planned).meeting(MEETING)
    assert (found.starts, found.period) == (stands, PERIOD)


def test_two_secretaries_on_one_case_see_both_texts_and_none_is_lost(planned: Database):
    called(planned)
    add_case(planned, base_version=1, summary="Den ene")
    with pytest.raises(Conflict, match="Noen andre har lagret") as found:
        add_case(planned, base_version=1, summary="Den andre")
    assert found.value.theirs["summary"] == "Den ene"
    assert present(planned).item("sak-1").summary == "Den ene"
    add_case(planned, base_version=2, summary="Begge")
    assert present(planned).item("sak-1").summary == "Begge"


def test_what_is_not_said_of_a_case_stays_as_it_is(planned: Database):
    called(planned)
    add_case(planned, number=12, background="Bakgrunn", measures=["1.1.1"])
    add_case(planned, summary="Kort")
    found = present(planned).item("sak-1")
    assert (found.number, found.year, found.background, found.summary, found.measures) == (
        12, 2026, "Bakgrunn", "Kort", ("1.1.1",),
    )  # fmt: skip


def test_a_case_number_is_used_once_a_year(planned: Database):
    called(planned)
    add_case(planned, number=41)
    refused(planned, "Sak 41/2026 finnes fra før: «Kulturarenaer». Neste ledige nummer er 42",
            lambda: add_case(planned, "sak-2", number=41))  # fmt: skip
    add_case(planned, "sak-2", number=41, meeting=LATER)
    assert present(planned).item("sak-2").year == 2027
    with planned.reading() as session:
        assert [record.case_number(session, PLAN, year) for year in (2026, 2027, 2028)] == [42, 42, 1]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "Gi saken en tittel"),
        ({"number": 0}, "helt tall fra 1"),
        ({"measures": ["9.9.9"]}, "Tiltak «9.9.9» er ikke i planen"),
        ({"proposal": "x" * 4001}, "Forslag til vedtak: .*grensen er 4000"),
        ({"withheld": "a\u202eb"}, "Unntatt offentlighet"),
    ],
)
def test_a_case_that_cannot_be_used_says_why(planned: Database, said: dict[str, Any], sentence: str):
    called(planned)
    refused(planned, sentence, lambda: add_case(planned, "sak-2", **said))


def test_a_case_of_no_meeting_is_not_found(planned: Database):
    with pytest.raises(NotFound, match="styremøtet «»"), planned.writing() as session:
        record.item(by(session), "sak-1", 0, title="Sak", kind=ItemKind.DECISION)


def move(database: Database, key: str = "sak-1", to: str = LATER, base: int | None = None) -> record.Saved:
    with database.writing() as session:
        at = version_of(session, tables.AgendaItem, key) if base is None else base
        wanted = record.Wanted("agenda_item", key, at, {"meeting": to})
        return record.move_on(by(session), wanted)


def test_an_unfinished_case_moves_to_a_later_meeting_and_keeps_its_key_and_number(planned: Database):
    called(planned)
    add_case(planned, number=41)
    add_case(planned, "sak-2", meeting=LATER, number=41)
    move(planned)
    found = present(planned).item("sak-1")
    assert (found.meeting, found.state, found.number, found.year, found.order) == (
        LATER, ItemState.OPEN, 41, 2026, 2,
    )  # fmt: skip
    assert move(planned, base=2).again
    assert [item.key for item in present(planned).items_of(LATER)] == ["sak-2", "sak-1"]
    add_case(planned, summary="Fortsatt redigerbar")


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_case_that_was_moved_on_stands_in_the_minutes_as_postponed(planned: Database, is_closed: bool):
    under_way(planned)
    add_case(planned, discussion="Vi venter på tallene.")
    if is_closed:
        add_case(planned, state=ItemState.POSTPONED)
        take(planned, CLOSED)
        assert [item.key for item in meetings.unfinished(present(planned))] == ["sak-1"]
    move(planned)
    assert meetings.unfinished(present(planned)) == ()
    with planned.reading() as session:
        (kept,) = history.agenda(session, PLAN, MEETING, newest(planned))
        (moved,) = history.agenda(session, PLAN, LATER, newest(planned))
    assert (kept.key, kept.state, kept.meeting) == ("sak-1", ItemState.POSTPONED, MEETING)
    assert (moved.state, moved.meeting) == (ItemState.OPEN, LATER)
    assert (kept.discussion, moved.discussion) == ("Vi venter på tallene.", "")
    assert verify(planned) == newest(planned)


def test_a_case_moved_before_the_meeting_leaves_its_agenda(planned: Database):
    called(planned)
    move(planned)
    with planned.reading() as session:
        assert history.agenda(session, PLAN, MEETING, newest(planned)) == ()


def test_a_case_does_not_move_back_or_when_treated_or_into_a_closed_meeting(planned: Database):
    closed(planned)
    refused(planned, "behandlet", lambda: move(planned))
    add_case(planned, "sak-2", meeting=LATER)
    refused(planned, "avsluttet. Velg et senere", lambda: move(planned, "sak-2", MEETING))
    plan_meeting(planned, "mote-2026-3", held_on=LATER_DAY + timedelta(days=30))
    add_case(planned, "sak-3", meeting="mote-2026-3")
    refused(planned, "møte etter", lambda: move(planned, "sak-3", LATER))
    refused(planned, "Flytt saken", lambda: add_case(planned, "sak-3", meeting=LATER))


def test_the_usual_agenda_is_one_change_in_the_boards_own_words(planned: Database):
    seat_board(planned)
    plan_meeting(planned)
    plan_meeting(planned, LATER)
    before = newest(planned)
    for key in (MEETING, LATER):
        with planned.writing() as session:
            record.standard_agenda(by(session), key)
    assert newest(planned) == before + 2
    seen = present(planned)
    assert [item.content for item in seen.items_of(LATER)] == [
        ItemContent.CALLING, ItemContent.MINUTES, ItemContent.STATUS, ItemContent.FOLLOW_UP,
        ItemContent.PLAIN, ItemContent.ANY_OTHER, ItemContent.MEETING_PLAN,
    ]  # fmt: skip
    assert [(i.number, i.year) for i in seen.items_of(LATER)] == [(n, 2027) for n in range(1, 8)]
    minutes = seen.items_of(LATER)[1]
    assert minutes.proposal == "Protokollen fra styremøte 1, 2026–2027, 30. november 2026 godkjennes."
    assert ItemContent.MINUTES not in [item.content for item in seen.items_of(MEETING)]
    assert all(item.proposal or item.content is ItemContent.ANY_OTHER for item in seen.items)
    refused(planned, "vanlige sakslista fra før", lambda: _again(planned))


def test_the_usual_agenda_is_put_round_the_cases_that_are_there(planned: Database):
    called(planned)
    add_case(planned, number=41)
    with planned.writing() as session:
        record.standard_agenda(by(session), MEETING)
    add_case(planned, "sak-9", title="En til")
    found = present(planned).items_of(MEETING)
    assert [item.title for item in found] == [
        "Godkjenning av innkalling og dagsorden", "Status for handlingsplanen", "Oppfølging av vedtak",
        "Kulturarenaer", "En til", "Økonomirapport", "Eventuelt", "Møteplan",
    ]  # fmt: skip
    assert found[3].number == 41


def number(database: Database) -> record.Saved | None:
    with database.writing() as session:
        return record.number_cases(by(session), MEETING)


def test_cases_are_numbered_in_the_order_of_the_agenda(planned: Database):
    called(planned)
    add_case(planned, number=7, order=30)
    add_case(planned, "sak-2", order=10)
    add_case(planned, "sak-3", meeting=LATER, number=8)
    add_case(planned, "sak-4", order=20, number=9)
    add_case(planned, "sak-5", order=40)
    number(planned)
    seen = present(planned).items_of(MEETING)
    assert [(i.key, i.number) for i in seen] == [("sak-2", 7), ("sak-4", 8), ("sak-1", 9), ("sak-5", 10)]
    assert number(planned) is None
    take(planned, UNDER_WAY)
    refused(planned, "før møtet har begynt", lambda: number(planned))


def test_a_new_case_follows_the_last_of_the_year_whatever_meeting_it_is_on(planned: Database):
    called(planned)
    add_case(planned, number=44)
    plan_meeting(planned, LATER, held_on=DAY + timedelta(days=14))
    with planned.writing() as session:
        record.standard_agenda(by(session), LATER)
    numbers = [case.number for case in present(planned).items_of(LATER)]
    assert numbers == list(range(45, 45 + len(numbers)))


def test_cases_are_numbered_from_where_the_board_has_come_outside_the_program(planned: Database):
    called(planned)
    add_case(planned, number=1)
    add_case(planned, "sak-2", number=2)
    with planned.writing() as session:
        record.number_cases(by(session), MEETING, 45)
    assert [case.number for case in present(planned).items_of(MEETING)] == [45, 46]


def test_a_case_that_was_moved_on_keeps_its_number(planned: Database):
    called(planned)
    add_case(planned, number=41)
    move(planned)
    add_case(planned, "sak-2", meeting=LATER)
    with planned.writing() as session:
        record.number_cases(by(session), LATER)
    seen = present(planned).items_of(LATER)
    assert [(i.key, i.number, i.year) for i in seen] == [("sak-1", 41, 2026), ("sak-2", 1, 2027)]


def _again(database: Database) -> None:
    with database.writing() as session:
        record.standard_agenda(by(session), MEETING)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"papers_days": -1}, "Sakspapirer ut: skriv hele dager"),
        ({"papers_days": 8, "updates_days": 7}, "inne før sakspapirene"),
        ({"reminders": (7, 7)}, "Påminnelser før fristen"),
        ({"fallback": "ukjent"}, "Fant ikke rollen «ukjent»"),
    ],
)
def test_routines_that_cannot_be_used_say_why(planned: Database, said: dict[str, Any], sentence: str):
    refused(planned, sentence, lambda: routines(planned, **said))


def routines(database: Database, **said: Any) -> record.Saved:
    usual: dict[str, Any] = {
        "papers_days": 7, "updates_days": 14, "reminders": (1, 30, 7), "overdue_reminders": (30, 1),
        "mail_gap": 5, "mail_ceiling": 6, **said}  # fmt: skip
    with database.writing() as session:
        return record.board(by(session), 0, **usual)


def test_the_routines_stand_in_the_order_they_are_used(planned: Database):
    routines(planned, fallback="leder")
    found = present(planned).board
    assert (found.version, found.reminders, found.overdue_reminders, found.fallback) == (
        1, (30, 7, 1), (1, 30), "leder",
    )  # fmt: skip


def test_the_next_and_the_last_meeting_of_a_day(planned: Database):
    closed(planned)
    seen = present(planned)
    day = timedelta(days=1)
    found = [meetings.upcoming(seen, on) for on in (DAY, DAY + day, LATER_DAY, LATER_DAY + day)]
    assert [m and m.key for m in found] == [LATER, LATER, LATER, None]
    assert [m and m.key for m in (meetings.latest(seen, DAY - day), meetings.latest(seen, DAY))] == [
        None, MEETING,
    ]  # fmt: skip
    assert meetings.before(seen, seen.meeting(LATER)) == seen.meeting(MEETING)
    assert meetings.after(seen, seen.meeting(MEETING)) == seen.meeting(LATER)
    assert meetings.after(seen, seen.meeting(LATER)) is None


def test_a_meeting_today_is_next_until_it_is_closed(planned: Database):
    under_way(planned)
    seen = present(planned)
    assert meetings.upcoming(seen, DAY) == seen.meeting(MEETING)
    assert meetings.latest(seen, DAY) is None
    assert meetings.latest(seen, DAY + timedelta(days=1)) == seen.meeting(MEETING)


def test_a_measure_that_left_the_plan_may_stay_in_its_case(planned: Database):
    called(planned)
    add_case(planned, measures=["2.1.1"])
    adopt(planned, a_plan(without=["2.1.1"]))
    add_case(planned, summary="Lagres likevel")
    refused(planned, "tatt ut", lambda: add_case(planned, "sak-2", measures=["2.1.1"]))
    assert standing(planned, tables.AgendaItem, "sak-1")["measures"] == ["2.1.1"]
