"""The wheel of the year: meetings, what is counted back from them, all else with a day, what was forgotten.

A moved meeting moves all that is counted back from it. Nothing here is stored, and only what has a day of its
own is here: an election whose day nobody has entered stands for its month.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from strategy import dates, meetings, progress, texts
from strategy.i18n import _, mark, plural
from strategy.snapshot import Decision, Goal, Measure, Meeting, Snapshot
from strategy.terms import ItemContent, ItemState, Term

STALE_AFTER = progress.STALE_AFTER


@dataclass(frozen=True, slots=True)
class _One:
    """What one is called in a list, where its title does not say it."""

    one: str = ""


class Kind(Term):
    """What happens on a day; the value stands in the page's address."""

    MEETING = "moter", mark("Styremøter"), _One()
    ROUTINE = "for-motet", mark("Frister før møtet"), _One()
    REMINDER = "paminnelser", mark("Påminnelser"), _One()
    MILESTONE = "milepaler", mark("Milepæler"), _One(mark("milepæl"))
    MEASURE = "tiltak", mark("Frister for tiltak"), _One(mark("frist"))
    NEXT_STEP = "neste-steg", mark("Neste steg"), _One(mark("neste steg"))
    DECISION = "vedtak", mark("Oppfølging av vedtak"), _One(mark("vedtak"))
    REPORT = "rapporter", mark("Rapporter som blir gamle"), _One()
    ELECTION = "valg", mark("Valg"), _One()
    YEARLY = "hvert-ar", mark("Hvert år"), _One()

    one: str


OWED = (Kind.DECISION, Kind.MEASURE, Kind.MILESTONE, Kind.NEXT_STEP)
"""What is late once its day has passed and it is not done."""

DEADLINES = (Kind.MEETING, Kind.ROUTINE, *OWED)
"""What somebody must have done by its day, those that bind most people first."""

_ELECTIONS = {2025: mark("Stortingsvalg"), 2027: mark("Kommune- og fylkestingsvalg")}
_YEARLY = (
    (
        1,
        1,
        "medlemmer",
        mark("Medlemmene telles"),
        mark("Etter vedtektene skylder den som er medlem 1. januar, årets kontingent."),
    ),
    (
        3,
        1,
        "tilskudd",
        mark("Rapport på driftstilskuddet"),
        mark("Fristen var 1. mars i 2025. Kontroller årets tilskuddsbrev."),
    ),
    (3, 15, "kostra-forelopig", mark("KOSTRA, foreløpige tall"), mark("Statistisk sentralbyrå publiserer.")),
    (6, 15, "kostra-endelig", mark("KOSTRA, endelige tall"), mark("Statistisk sentralbyrå publiserer.")),
    (12, 31, "utmelding", mark("Siste dag for utmelding"), mark("Etter vedtektene.")),
)
"""Month, day, key, what, and how we know: only what NOKU has said or a public body has published."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day; `key` is stable, so that what is moved is known as the same.

    `whole_month` is for what has no day yet, then `day` is the first of the month. `version` never falls and
    `change_id` is the newest change of what it is computed from; both are 0 for what is fixed. `cancelled`
    is what belongs to a meeting that was called off.
    """

    day: date
    kind: Kind
    key: str
    title: str
    note: str = ""
    measure: str = ""
    meeting: str = ""
    done: bool = False
    whole_month: bool = False
    version: int = 0
    change_id: int = 0
    cancelled: bool = False

    @property
    def when(self) -> str:
        """`23. november 2026`, or only the month."""
        said = dates.long_day(self.day)
        return said.partition(" ")[2] if self.whole_month else said

    def is_late(self, today: date) -> bool:
        """Whether its day has passed with what it asks for not done."""
        return self.kind in OWED and not self.done and self.day < today


@dataclass(frozen=True, slots=True)
class Routine:
    """What is counted back from one meeting; `reminders` are before the updates, latest last."""

    meeting: Meeting
    papers_on: date
    updates_on: date
    reminders: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A goal no case and no decision has been about for a year; `last` is when, None for never."""

    goal: Goal
    last: date | None

    @property
    def sentence(self) -> str:
        if self.last is None:
            return _("Ikke behandlet i noe møte som er ført her")
        return _("Sist behandlet {day}").format(day=dates.long_day(self.last))


def routine(snapshot: Snapshot, meeting: Meeting) -> Routine:
    """Papers out, updates in and reminders of a meeting, in the days the secretariat has set."""
    board = snapshot.board
    updates_on = meetings.reports_due(snapshot, meeting)
    return Routine(
        meeting,
        meeting.held_on - timedelta(days=board.papers_days),
        updates_on,
        tuple(updates_on - timedelta(days=days) for days in sorted(board.reminders, reverse=True)),
    )


def year(snapshot: Snapshot, today: date, number: int) -> tuple[Event, ...]:
    """Everything in a calendar year, in order of time."""
    return events(snapshot, today, dates.year(number))


def of_kind(found: Iterable[Event], kind: str | None) -> tuple[Event, ...]:
    """Those of a kind; of all kinds but the reminders, which are many, where none is asked for."""
    return tuple(
        event for event in found if (event.kind == kind if kind else event.kind is not Kind.REMINDER)
    )


def events(snapshot: Snapshot, today: date, period: dates.Period) -> tuple[Event, ...]:
    """Everything in a period, in order of time; of the reports only those that grow old from `today` on."""
    found = (
        *_of_meetings(snapshot.meetings, snapshot),
        *_of_measures(snapshot.measures, today),
        *(_of_decision(decision, snapshot) for decision in snapshot.decisions if decision.due),
        *_of_reports(snapshot.measures, today),
        *_fixed(period),
    )
    return tuple(sorted((e for e in found if e.day in period), key=_by_day))


def cancelled(snapshot: Snapshot) -> tuple[Event, ...]:
    """The meetings that were called off, with what was counted back from them, for whoever was told."""
    return tuple(replace(event, cancelled=True) for event in _of_meetings(snapshot.cancelled, snapshot))


def years(snapshot: Snapshot, today: date) -> tuple[int, ...]:
    """The years worth looking at: those of the strategy, of the meetings, and this one."""
    period = snapshot.strategy
    held = (meeting.held_on.year for meeting in snapshot.meetings)
    return tuple(sorted({*range(period.start.year, period.end.year + 1), today.year, *held}))


def coming(snapshot: Snapshot, today: date, days: int = 400) -> tuple[Event, ...]:
    """The deadlines from `today` on that are not done, soonest first."""
    ahead = dates.Period(today, today + timedelta(days=days))
    return tuple(e for e in events(snapshot, today, ahead) if e.kind in DEADLINES and not e.done)


def headline(snapshot: Snapshot, today: date) -> str:
    """The finding: what is next, and how many goals the board has forgotten."""
    ahead = coming(snapshot, today)
    said = [_next(ahead, today)] if ahead else [_("Ingen kommende møter eller frister er lagt inn.")]
    if missed := len(forgotten(snapshot, today)) if has_met(snapshot) else 0:
        form = plural(
            "Ett hovedmål er ikke behandlet i styret det siste året.",
            "{number} hovedmål er ikke behandlet i styret det siste året.",
            missed,
        )
        said.append(form.format(number=dates.in_words(missed, capital=True)))
    return " ".join(said)


def has_met(snapshot: Snapshot) -> bool:
    """Whether any meeting has met; before one has, no goal is forgotten."""
    return any(meeting.state.is_held for meeting in snapshot.meetings)


def forgotten(snapshot: Snapshot, today: date) -> tuple[Forgotten, ...]:
    """The goals the board has not discussed in the last twelve months, longest ago first.

    A goal is discussed when a case that is treated, or a decision, in a meeting that met names one of its
    measures. The case on the status of the whole plan names all of them, and does not count; nor does a
    question somebody has asked of one of them.
    """
    last = _last_discussed(snapshot)
    since = dates.years_on(today, -1)
    found = (Forgotten(goal, last.get(goal.key)) for goal in snapshot.goals)
    missed = [f for f in found if f.last is None or f.last <= since]
    return tuple(sorted(missed, key=lambda f: (f.last or date.min, f.goal.order)))


def meeting_title(meeting: Meeting) -> str:
    """«Styremøte 3, 2026–2027»."""
    return _("Styremøte {n}, {period}").format(n=meeting.number, period=meeting.period)


def _of_meetings(held: Iterable[Meeting], snapshot: Snapshot) -> Iterator[Event]:
    for meeting in held:
        title, counted = meeting_title(meeting), routine(snapshot, meeting)
        where = " · ".join(part for part in (dates.o_clock(meeting.starts), meeting.place) if part)
        met = meeting.state.is_held
        yield Event(
            meeting.held_on,
            Kind.MEETING,
            meeting.key,
            title,
            where,
            meeting=meeting.key,
            done=met,
            version=meeting.version,
            change_id=meeting.change_id,
        )
        said = [
            (counted.papers_on, Kind.ROUTINE, "papirer", _("Sakspapirer ut")),
            (counted.updates_on, Kind.ROUTINE, "rapporter", _("Rapporter inn")),
        ]
        said += [
            (day, Kind.REMINDER, f"paminnelse-{n}", _("Påminnelse om rapport"))
            for n, day in enumerate(counted.reminders, 1)
        ]
        for day, kind, name, what in said:
            yield Event(
                day,
                kind,
                f"{meeting.key}-{name}",
                what,
                title,
                meeting=meeting.key,
                done=met,
                version=meeting.version + snapshot.board.version,
                change_id=max(meeting.change_id, snapshot.board.change_id),
            )


def _of_measures(measures: Iterable[Measure], today: date) -> Iterator[Event]:
    """What is due in each; what was left undone in a completed measure is no longer owed."""
    for measure in progress.counting(measures):
        closed = not progress.is_open(measure)
        for step in measure.milestones:
            reached = progress.is_done(step, today)
            if reached or not closed:
                yield Event(
                    step.due,
                    Kind.MILESTONE,
                    step.key,
                    step.title,
                    measure.name,
                    measure.key,
                    done=reached,
                    version=step.version,
                    change_id=step.change_id,
                )
        if measure.due:
            yield Event(
                measure.due,
                Kind.MEASURE,
                f"{measure.key}-frist",
                measure.name,
                _("Frist for tiltaket"),
                measure.key,
                done=closed,
                version=measure.version,
                change_id=measure.change_id,
            )
        report = measure.report
        if report and report.next_due and not closed:
            yield Event(
                report.next_due,
                Kind.NEXT_STEP,
                f"{measure.key}-neste",
                report.next_step or _("Neste steg"),
                measure.name,
                measure.key,
                version=report.version,
                change_id=report.change_id,
            )


def _of_decision(decision: Decision, snapshot: Snapshot) -> Event:
    """When a decision should be followed up; of a case kept from the public not what was decided."""
    withheld = any(item.key == decision.item and item.withheld for item in snapshot.items)
    title = _("Vedtak i en sak som er unntatt offentlighet") if withheld else decision.text
    return Event(
        decision.due or date.min,
        Kind.DECISION,
        decision.key,
        title,
        meeting=decision.meeting,
        done=not decision.state.is_open,
        version=decision.version,
        change_id=decision.change_id,
    )


def _of_reports(measures: Iterable[Measure], today: date) -> Iterator[Event]:
    """The last day each report still shows its colour, one event a day."""
    last: dict[date, list[Measure]] = {}
    for measure in measures:
        if measure.report and progress.is_open(measure):
            day = measure.report.recorded_on + timedelta(days=STALE_AFTER)
            if day >= today:
                last.setdefault(day, []).append(measure)
    for day, due in last.items():
        title = plural("Ny rapport trengs på {n} tiltak", "Ny rapport trengs på {n} tiltak", len(due))
        named = ", ".join(measure.key for measure in due[:8]) + (" …" if len(due) > 8 else "")
        only = due[0].key if len(due) == 1 else ""
        yield Event(day, Kind.REPORT, f"rapport-{day.isoformat()}", title, named, only)


def _fixed(period: dates.Period) -> Iterator[Event]:
    """Elections, and what comes every year."""
    for number in range(period.start.year, period.until.year + 1):
        if number in _ELECTIONS:
            title, note = _(_ELECTIONS[number]), _("I september. Valgdagen er ikke lagt inn.")
            yield Event(date(number, 9, 1), Kind.ELECTION, f"valg-{number}", title, note, whole_month=True)
        for month, day, name, what, known in _YEARLY:
            yield Event(date(number, month, day), Kind.YEARLY, f"{name}-{number}", _(what), _(known))


def _by_day(event: Event) -> tuple[date, bool, int, tuple[tuple[int, str], ...]]:
    return event.day, not event.whole_month, list(Kind).index(event.kind), texts.natural(event.key)


def _next(ahead: tuple[Event, ...], today: date) -> str:
    """«Neste frist: rapporter inn 9. november 2026.», with how many more there are on that day."""
    first, *rest = sorted((e for e in ahead if e.day == ahead[0].day), key=lambda e: DEADLINES.index(e.kind))
    what = first.title[:1].lower() + first.title[1:] if first.kind is not Kind.DECISION else _("et vedtak")
    if first.kind is Kind.MEASURE:
        what = _("tiltak {key} {name}").format(key=first.measure, name=first.title)
    elif first.kind is Kind.MILESTONE:
        what = _("milepælen «{title}»").format(title=first.title)
    elif first.kind is Kind.NEXT_STEP:
        what = _("neste steg i tiltak {key}").format(key=first.measure)
    if rest:
        more = plural(" og én ting til", " og {number} ting til", len(rest))
        what += more.format(number=dates.in_words(len(rest)))
    if first.day == today:
        return _("I dag: {what}.").format(what=what)
    return _("Neste frist: {what} {day}.").format(what=what, day=dates.long_day(first.day))


def _last_discussed(snapshot: Snapshot) -> dict[str, date]:
    """The newest meeting day at which each goal was on the table."""
    met = {meeting.key: meeting.held_on for meeting in snapshot.meetings if meeting.state.is_held}
    goals = {subgoal.key: goal.key for goal in snapshot.goals for subgoal in goal.subgoals}
    of = {m.key: goals.get(m.subgoal, "") for m in (*snapshot.retired, *snapshot.measures)}
    last: dict[str, date] = {}
    for meeting, measures in _named(snapshot):
        for measure in measures if meeting in met else ():
            goal = of.get(measure, "")
            last[goal] = max(last.get(goal, date.min), met[meeting])
    return last


def _named(snapshot: Snapshot) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The measures each case that is treated and each decision names, with its meeting."""
    for item in snapshot.items:
        if item.content is not ItemContent.STATUS and item.state is ItemState.TREATED:
            yield item.meeting, item.measures
    yield from ((decision.meeting, decision.measures) for decision in snapshot.decisions)
