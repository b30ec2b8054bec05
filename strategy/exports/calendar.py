"""Meetings and deadlines as a calendar file that calendars can follow: what is moved here moves there.

Each event is known by its key, whatever its day, and carries the version of what it is computed from. A
meeting that is called off stays there as cancelled, or it would stay in the calendars that have it. No
names, no addresses, and of a decision only that it is due: the text may be from a case kept from the public.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Component, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry
from sqlmodel import Session

from strategy import __version__, changes, dates, wheel
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.wheel import Event, Kind

KINDS = (*wheel.DEADLINES, Kind.YEARLY)
"""Reminders are mails, a report grows old by itself, and an election without a day stands on none."""

_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?(?:\s*[–-]\s*(\d{1,2})(?:[.:](\d{2}))?)?")


def render(session: Session, snapshot: Snapshot) -> bytes:
    """The calendar of the whole period of the strategy and of every meeting, as iCalendar (RFC 5545)."""
    found = [e for e in _all(snapshot) if e.kind in KINDS and (not e.done or e.kind is Kind.MEETING)]
    moments = changes.moments(session, snapshot.change_id)
    strategy = snapshot.strategy
    calendar = Calendar()
    calendar.add("prodid", f"-//{strategy.organisation}//Strategi {__version__}//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _marked(_("{name}: årshjul").format(name=strategy.name), snapshot))
    calendar.add("x-wr-timezone", dates.OSLO.key)
    calendar.add_component(_timezone())
    for event in found:
        calendar.add_component(_entry(event, snapshot, moments))
    return bytes(calendar.to_ical())


def starts(text: str) -> tuple[time, time | None] | None:
    """The clock in «kl. 10.00» or «10–15», with the end where it is said; None where there is no clock."""
    said = _CLOCK.fullmatch(text.strip().lower())
    if not said:
        return None
    first, *rest = (_clock(hour, minute) for hour, minute in (said.group(1, 2), said.group(3, 4)))
    return None if first is None else (first, rest[0] if rest[0] and rest[0] > first else None)


def _all(snapshot: Snapshot) -> tuple[Event, ...]:
    known = wheel.years(snapshot, snapshot.strategy.start)
    day = dates.oslo_day(snapshot.recorded_at)
    whole = dates.Period(date(known[0], 1, 1), date(known[-1] + 1, 1, 1))
    return (*wheel.events(snapshot, day, whole), *wheel.cancelled(snapshot))


def _entry(event: Event, snapshot: Snapshot, moments: Mapping[int, datetime]) -> Entry:
    changed = moments[event.change_id or 1]
    entry = Entry()
    entry.add("uid", f"{event.key}.{snapshot.strategy.key}@strategi")
    entry.add("summary", _marked(_title(event, snapshot), snapshot))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", max(0, event.version - 1))
    takes_time = event.kind is Kind.MEETING and not event.cancelled
    entry.add("transp", "OPAQUE" if takes_time else "TRANSPARENT")
    if event.cancelled:
        entry.add("status", "CANCELLED")
    if event.kind is Kind.MEETING:
        _meet(entry, event, snapshot)
    else:
        _all_day(entry, event.day)
        if event.note:
            entry.add("description", event.note)
    return entry


def _title(event: Event, snapshot: Snapshot) -> str:
    said = _named(event, snapshot)
    return _("Avlyst: {what}").format(what=said) if event.cancelled else said


def _named(event: Event, snapshot: Snapshot) -> str:
    if event.kind is Kind.DECISION:
        return _("Frist for å følge opp et vedtak")
    if event.kind is Kind.MEASURE:
        return _("Frist for tiltak {key}: {name}").format(key=event.measure, name=event.title)
    if event.kind in (Kind.MILESTONE, Kind.NEXT_STEP):
        return f"{event.measure} {event.title}"
    if event.kind is Kind.ROUTINE:
        meeting = wheel.meeting_title(_meeting(event, snapshot))
        return _("{what} til {meeting}").format(what=event.title, meeting=meeting[:1].lower() + meeting[1:])
    return event.title


def _meet(entry: Entry, event: Event, snapshot: Snapshot) -> None:
    """A meeting at its hour in Norway, or the whole day where none is given."""
    meeting = _meeting(event, snapshot)
    if meeting.place:
        entry.add("location", meeting.place)
    clock = starts(meeting.starts)
    if clock is None:
        _all_day(entry, event.day)
        return
    first, last = clock
    entry.add("dtstart", datetime.combine(event.day, first, dates.OSLO))
    if last:
        entry.add("dtend", datetime.combine(event.day, last, dates.OSLO))


def _meeting(event: Event, snapshot: Snapshot) -> Meeting:
    """The meeting an event is of, also where it was called off."""
    return next(m for m in (*snapshot.meetings, *snapshot.cancelled) if m.key == event.meeting)


def _all_day(entry: Entry, day: date) -> None:
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))


def _timezone() -> Timezone:
    """Norway's clock: forward on the last Sunday of March, back on the last of October, since 1996."""
    zone = Timezone()
    zone.add("tzid", dates.OSLO.key)
    zone.add_component(_changing(TimezoneDaylight(), "1996-03-31T02:00", "CEST", hours=(1, 2)))
    zone.add_component(_changing(TimezoneStandard(), "1996-10-27T03:00", "CET", hours=(2, 1)))
    return zone


def _changing(part: Component, first: str, name: str, *, hours: tuple[int, int]) -> Component:
    """One of the two changes of the year, from and to so many hours before Greenwich."""
    moment = datetime.fromisoformat(first)
    part.add("dtstart", moment)
    part.add("rrule", {"freq": "yearly", "bymonth": moment.month, "byday": "-1SU"})
    part.add("tzname", name)
    part.add("tzoffsetfrom", timedelta(hours=hours[0]))
    part.add("tzoffsetto", timedelta(hours=hours[1]))
    return part


def _marked(text: str, snapshot: Snapshot) -> str:
    return _("Eksempel (oppdiktet): {text}").format(text=text) if snapshot.example else text


def _clock(hour: str | None, minute: str | None) -> time | None:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return time(int(hour), int(minute or 0))
