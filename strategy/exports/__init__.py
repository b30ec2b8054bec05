"""Files made from snapshots: reports as Word and PDF, the update form as Excel, the calendar."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlmodel import Session

from strategy import changes, dates, history, since, snapshot
from strategy.errors import BadInput, NotFound
from strategy.exports.annual.facts import Year
from strategy.exports.board.meeting import Sitting, Stand
from strategy.exports.forms import written
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Report, Snapshot, Strategy
from strategy.terms import MeetingState


def annual_report(session: Session, strategy: str, year: int, today: date, form: str = "") -> bytes:
    """The annual report of `year` as a file in one of its forms, made on the day `today`.

    Raises `BadInput` for a year that has not begun, or that the strategy or its history does not cover.
    """
    from strategy.exports.annual import report

    return written("annual-report", report.outline(facts(session, strategy, year, today)), form)


def board_paper(
    session: Session,
    strategy: str,
    meeting: str,
    form: str = "",
    today: date | None = None,
    as_of: int | None = None,
) -> bytes:
    """All the papers of a meeting as one file in one of their forms, as of a change or the newest.

    Until they are frozen they hold for `today`, which left out is the day of that change. Raises `NotFound`
    for a meeting there is not, `BadInput` for another form.
    """
    from strategy.exports.board import paper

    return written("board-paper", paper.papers(sitting(session, strategy, meeting, today, as_of)), form)


def case_paper(
    session: Session,
    strategy: str,
    meeting: str,
    item: str,
    form: str = "",
    today: date | None = None,
    as_of: int | None = None,
) -> bytes:
    """The paper of one case of a meeting. As `board_paper`."""
    from strategy.exports.board import paper

    return written("case-paper", paper.case(sitting(session, strategy, meeting, today, as_of), item), form)


def minutes(
    session: Session,
    strategy: str,
    meeting: str,
    form: str = "",
    today: date | None = None,
    as_of: int | None = None,
) -> bytes:
    """The minutes of a meeting, corrections shown as such. As `board_paper`."""
    from strategy.exports.board import protocol

    return written("minutes", protocol.outline(sitting(session, strategy, meeting, today, as_of)), form)


def drafted(
    session: Session,
    strategy: str,
    meeting: str,
    item: str,
    today: date | None = None,
    as_of: int | None = None,
) -> dict[str, str]:
    """The text the paper of a case would have for each of its fields where nobody has written one."""
    from strategy.exports.board import paper

    return paper.drafted(sitting(session, strategy, meeting, today, as_of), item)


def status_report(session: Session, strategy: str, day: date, form: str = "") -> bytes:
    """The status of the plan at the end of `day`. Raises `BadInput` for a day before there was a plan."""
    from strategy.exports import status

    plan = _as_of(session, strategy, day)
    if plan is None:
        raise _no_history(day)
    return written("status-report", status.of_day(_stand(session, plan, day)), form)


def since_last(
    session: Session, plan: Snapshot, today: date, start: str = "", end: str = history.NOW, form: str = ""
) -> bytes:
    """What has happened between two ends, as `history.span` takes them, in one of its forms, or as JSON.

    Raises as `history.span`, and `BadInput` for any other form.
    """
    from strategy.exports.board import since_last

    ends = history.span(session, plan, today, start, end)
    before, after = (snapshot.load(session, plan.strategy.key, each.change) for each in ends)
    found = since.account(before, ends[0].day, after, ends[1].day)
    if form == "json":
        return since_last.facts(plan, ends, found)
    return written("since", since_last.outline(plan, ends, found), form)


def update_form(session: Session, plan: Snapshot, today: date, person: str = "") -> bytes:
    """The form that goes round, as an Excel workbook, for what `person` answers for or for the whole plan.

    Raises `NotFound` for a role that is not in the plan.
    """
    from strategy.exports.excel_form import workbook

    return workbook.made(plan, today, changes.hash_of(session, plan.change_id), person)


def update_forms(session: Session, plan: Snapshot, today: date) -> bytes:
    """The forms of all that answer for something, one file for each role, as a zip.

    Raises `NotFound` where nobody does.
    """
    from strategy.exports.excel_form import workbook

    return workbook.packed(plan, today, changes.hash_of(session, plan.change_id))


def ics(session: Session, snapshot: Snapshot) -> bytes:
    """Meetings and deadlines as an iCalendar file that calendars can follow."""
    from strategy.exports import calendar

    return calendar.render(session, snapshot)


def facts(session: Session, strategy: str, year: int, today: date) -> Year:
    """What the annual report of `year` is written from. Raises as `annual_report`."""
    newest = _as_of(session, strategy, today)
    if newest is None:
        raise _no_history(today)
    _check(newest.strategy, year, today)
    end = newest if today <= date(year, 12, 31) else _as_of(session, strategy, date(year, 12, 31))
    if end is None:
        raise BadInput(
            _(
                "Det finnes ingen årsmelding for {year}, for planen ble lagt inn senere. Velg et senere år."
            ).format(year=year),
            _("År"),
        )
    keys = [thing.key for thing in (*end.aims, *end.measures, *end.retired)]
    reports = history.reports(session, strategy, keys, end.change_id)
    return Year(
        year,
        today,
        end,
        _as_of(session, strategy, date(year - 1, 12, 31)),
        newest,
        reports,
        history.recounts(session, newest),
    )


def sitting(
    session: Session, strategy: str, meeting: str, today: date | None = None, as_of: int | None = None
) -> Sitting:
    """What the files of a meeting are written from; what was said after it was closed changes none of it."""
    newest = changes.newest(session) if as_of is None else as_of
    now = snapshot.load(session, strategy, newest)
    found = now.meeting(meeting)
    trail = history.trail(session, strategy, "meeting", meeting, newest)
    closed = history.closing(trail)
    approved = next((v for v in trail if v.fields["state"] is MeetingState.APPROVED), None)
    corrections = history.corrections(session, strategy, meeting, newest)
    told = snapshot.load(session, strategy, closed.change_id) if closed else now
    day = today or dates.oslo_day(now.recorded_at)
    agenda = history.agenda(session, strategy, meeting, told.change_id)
    steps = [version for version in (closed, approved) if version]
    later = [(each.recorded_at, each.change_id) for each in steps]
    later += [(each.recorded_at, each.change_id) for each in corrections]
    stand = _stand(session, told, found.reported_on or day, meeting)
    return Sitting(
        meeting,
        stand,
        told,
        now,
        agenda,
        history.agenda(session, strategy, meeting, newest),
        dates.oslo_day(max(later)[0]) if later else day,
        changes.stamp(session, stand.plan.change_id),
        changes.stamp(session, max((change for _moment, change in later), default=newest)),
        corrections,
        dates.oslo_day(approved.recorded_at) if approved else None,
        dict(_judged(session, strategy, agenda, told.change_id)),
    )


def _judged(
    session: Session, strategy: str, agenda: Iterable[AgendaItem], as_of: int
) -> Iterator[tuple[str, tuple[date, str]]]:
    """When the judgement in each case was written, and by whom."""
    for item in agenda:
        if item.considerations.strip():
            said = history.last_written(session, strategy, "agenda_item", item.key, "considerations", as_of)
            yield item.key, (dates.oslo_day(said.recorded_at), said.actor)


def _stand(session: Session, told: Snapshot, day: date, meeting: str = history.NOW) -> Stand:
    """The plan as a meeting reports on it, or `told` itself, and as it was at the meeting before."""
    try:
        first, last = history.span(session, told, day, end=meeting)
    except NotFound:  # the plan is younger than what it would be compared with
        last = history.moment(session, told, day, meeting)
        plan = _loaded(session, told, last.change)
        return Stand(plan, last.day, reports=_reports(session, plan))
    before, plan = (_loaded(session, told, each.change) for each in (first, last))
    return Stand(plan, last.day, before, first.day, first.meeting, _reports(session, plan))


def _reports(session: Session, plan: Snapshot) -> dict[str, tuple[Report, ...]]:
    keys = [measure.key for measure in plan.measures]
    return history.reports(session, plan.strategy.key, keys, plan.change_id)


def _loaded(session: Session, told: Snapshot, change: int) -> Snapshot:
    return told if change == told.change_id else snapshot.load(session, told.strategy.key, change)


def _no_history(day: date) -> BadInput:
    return BadInput(_("Planen har ingen historikk så langt tilbake som {day}.").format(day=dates.day(day)))


def _check(strategy: Strategy, year: int, today: date) -> None:
    if year > today.year:
        raise BadInput(_("{year} har ikke begynt ennå. Velg et tidligere år.").format(year=year), _("År"))
    first, last = strategy.start.year, strategy.end.year
    if not first <= year <= last:
        said = _("Strategien gjelder {first}–{last}. Velg et av de årene.")
        raise BadInput(said.format(first=first, last=last), _("År"))


def _as_of(session: Session, strategy: str, day: date) -> Snapshot | None:
    """The plan at the end of `day`, None where it was not there yet."""
    change = changes.newest_on(session, day)
    if not change or strategy not in snapshot.strategies(session, change):
        return None
    return snapshot.load(session, strategy, change)
