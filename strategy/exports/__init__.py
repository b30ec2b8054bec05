"""Files made from snapshots: reports as Word and PDF, the update form as Excel, the calendar."""

from datetime import date

from sqlmodel import Session

from strategy import changes, dates, history, snapshot
from strategy.errors import BadInput
from strategy.exports.report import Outline
from strategy.exports.year import Year
from strategy.i18n import _
from strategy.snapshot import Snapshot, Strategy

FORMS = ("docx", "pdf")
"""What a report can be written as."""


def annual_report(session: Session, strategy: str, year: int, today: date, form: str = "docx") -> bytes:
    """The annual report of `year` as a file in one of `FORMS`, made on the day `today`.

    Raises `BadInput` for a year that has not begun, or that the strategy or its history does not cover.
    """
    from strategy.exports import annual

    return rendered(annual.outline(facts(session, strategy, year, today)), form)


def rendered(outline: Outline, form: str) -> bytes:
    """`outline` as a file in one of `FORMS`. Raises `BadInput` for any other."""
    if form not in FORMS:
        raise BadInput(_("Rapporten finnes som {forms}.").format(forms=_(" og ").join(FORMS)), _("Format"))
    if form == "pdf":
        from strategy.exports import pdf  # these are slow to import, and few ask for them

        return pdf.render(outline)
    from strategy.exports import docx

    return docx.render(outline)


def update_form(session: Session, plan: Snapshot, today: date, person: str = "") -> bytes:
    """The form that goes round, as an Excel workbook, for what `person` answers for or for the whole plan.

    Raises `NotFound` for a role that is not in the plan.
    """
    from strategy.exports import workbook

    return workbook.made(plan, today, changes.hash_of(session, plan.change_id), person)


def ics(session: Session, snapshot: Snapshot) -> bytes:
    """Meetings and deadlines as an iCalendar file that calendars can follow."""
    from strategy.exports import calendar

    return calendar.render(session, snapshot)


def facts(session: Session, strategy: str, year: int, today: date) -> Year:
    """What the annual report of `year` is written from. Raises as `annual_report`."""
    newest = _as_of(session, strategy, today)
    if newest is None:
        raise BadInput(
            _("Planen har ingen historikk så langt tilbake som {day}.").format(day=dates.day(today))
        )
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
    return Year(year, today, end, _as_of(session, strategy, date(year - 1, 12, 31)), newest, reports)


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
