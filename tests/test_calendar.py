"""The calendar file, read back by a library that did not write it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject

from strategy import changes, exports, tables
from strategy.database import Database
from strategy.exports import calendar
from strategy.terms import ItemKind, MeetingState, Via
from tests.databases import NOW, PLAN, SECRETARY, present
from tests.servers import Server
from tests.test_web import ask


def write(database: Database, *rows: tables.Versioned, now: datetime = NOW) -> None:
    with database.writing() as session:
        changes.append(session, SECRETARY, rows, via=Via.PAGE, reason="", now=now)


def a_meeting(held_on: date, number: int = 1, version: int = 1, **more: Any) -> tables.Meeting:
    said: dict[str, Any] = {"starts": "kl. 10.00", "state": MeetingState.CALLED} | more
    return tables.Meeting(
        strategy=PLAN, key=f"mote-2026-{number}", version=version, change_id=0, number=number,
        period="2025–2026", held_on=held_on, **said,
    )  # fmt: skip


def file_of(database: Database) -> bytes:
    plan = present(database)
    with database.reading() as session:
        return exports.ics(session, plan)


def entries(content: bytes) -> dict[str, Any]:
    found = list(vobject.readComponents(content.decode()))
    assert len(found) == 1
    return {event.uid.value.partition("@")[0].removesuffix(f".{PLAN}"): event for event in _events(found[0])}


def _events(read: Any) -> Iterator[Any]:
    yield from read.contents.get("vevent", ())


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 3, 28), 9),
        (date(2026, 3, 29), 8),
        (date(2026, 3, 30), 8),
        (date(2026, 10, 24), 8),
        (date(2026, 10, 25), 9),
        (date(2026, 10, 26), 9),
    ],
)
def test_a_meeting_at_ten_is_at_ten_in_norway_on_both_sides_of_the_clock_change(
    planned, day: date, hour: int
):
    write(planned, a_meeting(day, starts="kl. 10.00–15.30", place="Drammen"))
    meeting = entries(file_of(planned))["mote-2026-1"]
    starts, ends = meeting.dtstart.value, meeting.dtend.value

    assert starts.replace(tzinfo=None) == datetime.combine(day, time(10))
    assert starts.astimezone(UTC) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert ends - starts == timedelta(hours=5, minutes=30)
    assert meeting.location.value == "Drammen"


@pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 4, 5), date(2026, 10, 29), date(2026, 11, 1)])
def test_deadlines_counted_back_over_the_clock_change_keep_their_day(planned, day: date):
    write(planned, a_meeting(day))
    found = entries(file_of(planned))

    for name, before in (("papirer", 7), ("rapporter", 14)):
        entry = found[f"mote-2026-1-{name}"]
        assert entry.dtstart.value == day - timedelta(days=before)
        assert entry.dtend.value == day - timedelta(days=before - 1)


def test_a_moved_meeting_moves_in_peoples_calendars_with_all_that_is_counted_back(planned):
    write(planned, a_meeting(date(2026, 3, 20)))
    before = entries(file_of(planned))
    later = NOW + timedelta(days=1)
    write(planned, a_meeting(date(2026, 4, 3), version=2), now=later)
    after = entries(file_of(planned))

    assert before.keys() == after.keys()
    for name in ("mote-2026-1", "mote-2026-1-papirer", "mote-2026-1-rapporter"):
        assert after[name].dtstart.value - before[name].dtstart.value == timedelta(days=14)
        assert int(after[name].sequence.value) == int(before[name].sequence.value) + 1
        assert after[name].last_modified.value == after[name].dtstamp.value == later
        assert before[name].dtstamp.value == NOW


def test_a_meeting_called_off_stays_in_the_file_as_cancelled_with_all_that_is_counted_back(planned):
    write(planned, a_meeting(date(2026, 3, 20), place="Drammen"))
    before = entries(file_of(planned))
    later = NOW + timedelta(days=1)
    write(planned, a_meeting(date(2026, 3, 20), version=2, place="Drammen", retired=True), now=later)
    after = entries(file_of(planned))

    assert before.keys() == after.keys()
    for name in ("mote-2026-1", "mote-2026-1-papirer", "mote-2026-1-rapporter"):
        assert "status" not in before[name].contents
        assert after[name].status.value == "CANCELLED"
        assert after[name].uid.value == before[name].uid.value
        assert after[name].dtstart.value == before[name].dtstart.value
        assert int(after[name].sequence.value) == int(before[name].sequence.value) + 1
        assert after[name].last_modified.value == later
        assert after[name].summary.value == f"Avlyst: {before[name].summary.value}"
    assert {name for name in after if "status" in after[name].contents} == {
        "mote-2026-1", "mote-2026-1-papirer", "mote-2026-1-rapporter",
    }  # fmt: skip


def test_a_meeting_set_up_anew_under_the_number_of_one_called_off_is_held(planned):
    write(planned, a_meeting(date(2026, 3, 20)))
    write(planned, a_meeting(date(2026, 3, 20), version=2, retired=True))
    off = entries(file_of(planned))["mote-2026-1"]
    write(planned, a_meeting(date(2026, 4, 3), version=3))
    meeting = entries(file_of(planned))["mote-2026-1"]

    assert "status" not in meeting.contents
    assert int(meeting.sequence.value) > int(off.sequence.value)


def test_a_meeting_without_an_hour_takes_the_day(planned):
    write(planned, a_meeting(date(2026, 3, 20), starts="etter lunsj"))

    assert entries(file_of(planned))["mote-2026-1"].dtstart.value == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("10", (time(10), None)),
        ("kl. 10.00", (time(10), None)),
        ("Kl 09:30", (time(9, 30), None)),
        ("10.00–15.30", (time(10), time(15, 30))),
        ("10 - 15", (time(10), time(15))),
        ("15–10", (time(15), None)),
        ("25.00", None),
        ("10.75", None),
        ("", None),
        ("formiddag", None),
    ],
)
def test_the_hour_is_read_as_norwegians_write_it(said: str, read: Any):
    assert calendar.starts(said) == read


def test_no_case_and_no_decision_is_named(planned):
    item = tables.AgendaItem(
        strategy=PLAN, key="sak-1", version=1, change_id=0, meeting="mote-2026-1", order=1,
        title="Hemmelig personalsak", kind=ItemKind.DECISION, withheld="Personalsak",
    )  # fmt: skip
    decision = tables.Decision(
        strategy=PLAN, key="vedtak-1", version=1, change_id=0, meeting="mote-2026-1", item="sak-1",
        text="Hemmelig vedtak", due=date(2026, 12, 1),
    )  # fmt: skip
    write(planned, a_meeting(date(2026, 3, 20)), item, decision)
    content = file_of(planned)

    assert b"emmelig" not in content
    assert entries(content)["vedtak-1"].summary.value == "Frist for å følge opp et vedtak"


def test_the_file_is_the_same_whenever_it_is_fetched(planned):
    write(planned, a_meeting(date(2026, 3, 20)))

    assert file_of(planned) == file_of(planned)


def test_the_feed_is_read_again_only_when_something_has_changed(example_server: Server):
    first = ask(example_server, "/kalender.ics")
    again = ask(example_server, "/kalender.ics", if_none_match=first.headers["etag"])
    other = ask(example_server, "/kalender.ics", if_none_match='"noe annet"')

    assert first.status == 200
    assert first.headers["content-type"].startswith("text/calendar")
    assert (again.status, again.body) == (304, b"")
    assert (other.status, other.body) == (200, first.body)
    assert first.headers["x-content-type-options"] == "nosniff"


def test_every_entry_of_the_example_says_it_is_made_up(example_server: Server):
    found = list(_events(next(vobject.readComponents(ask(example_server, "/kalender.ics").body.decode()))))

    assert len(found) > 20
    assert all(event.summary.value.startswith("Eksempel (oppdiktet): ") for event in found)
    assert len({event.uid.value for event in found}) == len(found)
