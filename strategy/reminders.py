"""Who is to be told what today: one digest a person, spaced, and nothing where nothing is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from strategy import dates, meetings, people, progress
from strategy.i18n import _, plural
from strategy.meetings import Awaited
from strategy.snapshot import Comment, Draft, Mail, Measure, Person, Snapshot
from strategy.terms import DraftState, MailState

UNANSWERED = 3
"""After how many mails without any report the fallback is told instead."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits in one measure, by a day; `meeting` is the day of the one a report is for."""

    measure: Measure
    day: date
    text: str
    meeting: date | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What `person` is to be told; `recipient` is another where they cannot be reached or do not answer.

    `again` is the version of a mail that failed today, 0 otherwise.
    """

    person: Person
    recipient: Person
    due: tuple[Due, ...]
    mentions: tuple[Comment, ...]
    returned: tuple[Draft, ...]
    again: int = 0

    @property
    def measures(self) -> tuple[str, ...]:
        """The keys of all it is about, in the plan's order."""
        named = (*(d.measure.key for d in self.due), *(d.measure for d in self.returned))
        return tuple(dict.fromkeys((*named, *(c.thing for c in self.mentions))))


def digests(snapshot: Snapshot, reachable: frozenset[str], today: date) -> tuple[Digest, ...]:
    """The mails to send today; `reachable` are the keys of the roles that have an address."""
    waiting = due(snapshot, today)
    found = (
        _digest(snapshot, person, waiting.get(person.key, ()), reachable, today) for person in snapshot.people
    )
    return tuple(digest for digest in found if digest)


def unreached(snapshot: Snapshot, reachable: frozenset[str], today: date) -> tuple[Person, ...]:
    """The roles something waits for that have no address."""
    waiting = due(snapshot, today).keys() - reachable
    return tuple(person for person in snapshot.people if person.key in waiting)


def undelivered(snapshot: Snapshot) -> tuple[Mail, ...]:
    """The newest mail about each role, where it did not go out or nobody knows whether it did."""
    newest = {mail.person: mail for mail in sorted(snapshot.mails, key=lambda mail: mail.day)}
    return tuple(mail for mail in newest.values() if mail.state is not MailState.SENT)


def fallback(snapshot: Snapshot, reachable: frozenset[str]) -> Person | None:
    """Who is told instead of those who cannot be reached, where that one can be."""
    chosen = (p for p in snapshot.people if p.key == snapshot.board.fallback)
    return next((person for person in chosen if person.key in reachable), None)


def due(snapshot: Snapshot, today: date) -> Mapping[str, tuple[Due, ...]]:
    """What waits for each role that answers by adoption, the most overdue first."""
    horizon = today + timedelta(days=max(snapshot.board.reminders, default=0))
    awaited = meetings.awaited(snapshot, today)
    found: dict[str, list[Due]] = {}
    for measure in snapshot.measures:
        if not progress.is_open(measure):
            continue
        waiting = [each for each in _of_measure(snapshot, measure, awaited, today) if each.day <= horizon]
        for held in people.responsible_for(measure, today):
            if waiting and not held.proposal:
                found.setdefault(held.person, []).extend(waiting)
    return {key: tuple(sorted(each, key=lambda d: d.day)) for key, each in found.items()}


def _digest(
    snapshot: Snapshot, person: Person, waiting: tuple[Due, ...], reachable: frozenset[str], today: date
) -> Digest | None:
    board, mails = snapshot.board, [m for m in snapshot.mails if m.person == person.key]
    told = [mail for mail in mails if mail.state is not MailState.FAILED]
    last = max((mail.day for mail in told), default=date.min)
    since = max((mail.change_id for mail in told), default=0)
    quarter = [mail for mail in told if _quarter(mail.day) == _quarter(today)]
    if (today - last).days < board.mail_gap or len(quarter) >= board.mail_ceiling:
        return None
    mentions = tuple(c for c in snapshot.comments if person.key in c.mentions and c.change_id > since)
    returned = tuple(
        d
        for d in snapshot.drafts
        if d.person == person.key and d.state is DraftState.RETURNED and d.change_id > since
    )
    if not (mentions or returned or any(_is_time(snapshot, each, last, today) for each in waiting)):
        return None
    recipient = _recipient(snapshot, person, told, reachable)
    failed = next((mail.version for mail in mails if mail.day == today), 0)
    return Digest(person, recipient, waiting, mentions, returned, failed) if recipient else None


def _is_time(snapshot: Snapshot, waiting: Due, last: date, today: date) -> bool:
    """Whether one of its days of reminding has come since the last mail."""
    days = (*(-n for n in snapshot.board.reminders), *snapshot.board.overdue_reminders)
    return any(last < waiting.day + timedelta(days=n) <= today for n in days)


def _recipient(
    snapshot: Snapshot, person: Person, told: list[Mail], reachable: frozenset[str]
) -> Person | None:
    silent = len(told) >= UNANSWERED and not _answered(snapshot, person, told[-UNANSWERED].day)
    if person.key in reachable and not silent:
        return person
    return fallback(snapshot, reachable) or (person if person.key in reachable else None)


def _answered(snapshot: Snapshot, person: Person, since: date) -> bool:
    """Whether anything has been reported on what the person answers for, or sent in by them."""
    drafts = any(draft.person == person.key and draft.recorded_on >= since for draft in snapshot.drafts)
    return drafts or any(
        measure.report is not None and measure.report.recorded_on >= since
        for measure in snapshot.measures
        if any(r.person == person.key for r in measure.responsibilities)
    )


def _of_measure(snapshot: Snapshot, measure: Measure, awaited: Awaited | None, today: date) -> Iterator[Due]:
    said, meeting = _("ny rapport"), None
    if awaited and awaited.lacks(measure.report):
        meeting = awaited.meeting.held_on
        said = _("rapport til styremøtet {day}").format(day=dates.day_and_month(meeting))
    yield Due(measure, _report_due(snapshot, measure, awaited), said, meeting)
    yield from (Due(measure, found.day, found.text) for found in people.deadlines(measure, today))


def _report_due(snapshot: Snapshot, measure: Measure, awaited: Awaited | None) -> date:
    report = measure.report
    stale = report.recorded_on + timedelta(days=progress.STALE_AFTER) if report else snapshot.strategy.start
    if awaited is None or not awaited.lacks(report):
        return stale
    return min(stale, awaited.due) if report else awaited.due


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def subject(digest: Digest) -> str:
    """«Strategien: tre ting venter på deg», or on whose behalf."""
    count = len(digest.due) + len(digest.returned) + len(digest.mentions)
    who = _("deg") if digest.recipient is digest.person else digest.person.title
    what = _("{count} ting venter på {who}").format(count=dates.in_words(count), who=who)
    said = _("Strategien: {what}").format(what=what)
    return " ".join(said.split())  # a header has no line breaks, whatever stands in a title


def text(
    digest: Digest, today: date, *, name: str, words: str, organisation: str, link: str, until: date
) -> str:
    """The whole mail as plain text; `link` is the address to answer by.

    `name` may be empty, and `words`, which are the secretariat's own.
    """
    own = digest.recipient is digest.person
    parts = [
        _("Hei {name}.").format(name=name) if name else _("Hei."),
        words,
        _wanted(digest, today, own=own),
        _lead(digest, own=own),
        *_section(_("Over frist"), [d for d in digest.due if d.day < today]),
        *_section(_("Snart"), [d for d in digest.due if d.day >= today]),
        *_said(_("Sendt tilbake fra sekretariatet"), [(d.measure, d.word) for d in digest.returned]),
        *_said(_("Du er nevnt"), [(c.thing, c.text) for c in digest.mentions]),
        _("Svar på ett minutt, uten konto:") if own else _("Se hva det gjelder:"),
        link,
        _until(until) if own else "",
        _("Det kommer ingen e-post når ingenting venter."),
        organisation,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _until(day: date) -> str:
    said = _("Lenka er din og gjelder til og med {day}. Ikke send den videre.")
    return said.format(day=dates.day(day))


def _wanted(digest: Digest, today: date, *, own: bool) -> str:
    """When the board meets, and when the report must be there; empty where no meeting waits for one."""
    first = next((d for d in digest.due if d.meeting and d.meeting >= today), None)
    if not first or not first.meeting or not own:
        return ""
    count = sum(1 for d in digest.due if d.meeting)
    late = plural("Rapporten din skulle vært inne {day}.", "Rapportene dine skulle vært inne {day}.", count)
    soon = plural("Rapporten din trengs innen {day}.", "Rapportene dine trengs innen {day}.", count)
    met = _("Styremøtet er {day}.").format(day=dates.day_and_month(first.meeting))
    return f"{met} {(late if first.day < today else soon).format(day=dates.day_and_month(first.day))}"


def _lead(digest: Digest, *, own: bool) -> str:
    if own:
        return _("Dette venter på {title}:").format(title=digest.person.title)
    said = _("{title} har ikke svart, eller har ingen adresse. Dette venter:")
    return said.format(title=digest.person.title)


def _section(title: str, found: list[Due]) -> list[str]:
    form = _("- {measure}: {what}, innen {day}")
    lines = [
        form.format(measure=f"{d.measure.key} {d.measure.name}", what=d.text, day=dates.long_day(d.day))
        for d in found
    ]
    return [f"{title}\n" + "\n".join(lines)] if lines else []


def _said(title: str, found: list[tuple[str, str]]) -> list[str]:
    return [f"{title}\n" + "\n".join(f"- {key}: {words}" for key, words in found)] if found else []
