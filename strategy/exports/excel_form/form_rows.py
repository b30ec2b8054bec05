"""What goes into one update form: which things, in the plan's own order, and what is shown of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from strategy import dates, people
from strategy.snapshot import Indicator, Measure, Milestone, Snapshot
from strategy.terms import Frequency, Phase
from strategy.workbook import form
from strategy.workbook.form import Sheet

Row = tuple[str, dict[str, Any]]
"""A thing's key, and what each column shows of it."""


@dataclass(frozen=True, slots=True)
class Form:
    """What goes into one workbook; `person` is the key of the role it is for, empty where it is for all."""

    plan: form.Plan
    today: date
    hash: str
    person: str
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]

    @property
    def whose(self) -> str:
        return self.plan.snapshot.person(self.person).title if self.person else "alle ansvarlige"

    def rows(self, sheet: Sheet) -> list[Row]:
        """The rows of one sheet, in the plan's own order."""
        return {
            form.REPORT: self._reports,
            form.MILESTONE: self._milestones,
            form.VALUE: self._values,
        }[sheet.kind]()

    def _reports(self) -> list[Row]:
        return [(m.key, self._cells(form.REPORT, m.key, _of_measure(m, self.today))) for m in self.measures]

    def _milestones(self) -> list[Row]:
        return [
            (step.key, self._cells(form.MILESTONE, step.key, _of_milestone(measure, step)))
            for measure in self.measures
            for step in measure.milestones
            if step.done_on is None or step.done_on.year >= self.today.year
        ]

    def _values(self) -> list[Row]:
        start = self.plan.snapshot.strategy.start
        return [
            (key, self._cells(form.VALUE, key, _of_indicator(indicator, period)))
            for indicator in self.indicators
            for period in _periods(indicator, start, self.today)
            for key in [f"{indicator.key}@{period}"]
        ]

    def _cells(self, kind: str, key: str, shown: dict[str, Any]) -> dict[str, Any]:
        standing = self.plan.standing(kind, key)
        return {"key": key, **shown, **(standing.values if standing else {})}


def gathered(snapshot: Snapshot, today: date, hash_: str, person: str) -> Form:
    """The form for one role, or for all where `person` is empty. Raises `NotFound` for an unknown role."""
    if person:
        snapshot.person(person)
    asked = (m for m in snapshot.measures if not _is_dropped(m))
    measures = tuple(m for m in asked if not person or _answers(m, person, today))
    measured = tuple(i for m in measures for i in m.indicators) if person else snapshot.indicators
    return Form(form.Plan(snapshot), today, hash_, person, measures, measured)


def answering(snapshot: Snapshot, today: date) -> tuple[str, ...]:
    """The keys of the roles that have something in a form of their own, in the plan's order."""
    asked = [m for m in snapshot.measures if not _is_dropped(m)]
    return tuple(p.key for p in snapshot.people if any(_answers(m, p.key, today) for m in asked))


def _is_dropped(measure: Measure) -> bool:
    """Whether nobody is to report on the measure any more."""
    return measure.report is not None and measure.report.phase is Phase.DROPPED


def _answers(measure: Measure, person: str, today: date) -> bool:
    """Whether the role answers for the measure, by adoption or as it is proposed."""
    return any(r.person == person for r in people.responsible_for(measure, today))


def _of_measure(measure: Measure, today: date) -> dict[str, Any]:
    return {
        "name": measure.name,
        "adopted": measure.text,
        "due": measure.due,
        "responsible": people.responsible_text(measure, today),
        "last": measure.report or "Ikke rapportert",
        "promised": _promised(measure),
    }


def _promised(measure: Measure) -> str:
    """The next step and the day of the newest report, where it is a promise."""
    report = measure.report
    if not report or not report.is_promise or not report.next_due:
        return ""
    return f"Til {dates.day(report.next_due)}: {report.next_step}".rstrip(": ")


def _of_milestone(measure: Measure, step: Milestone) -> dict[str, Any]:
    return {"name": f"{measure.key} {measure.name}", "title": step.title, "due": step.due}


def _of_indicator(indicator: Indicator, period: str) -> dict[str, Any]:
    proposed = " (forslag)" if indicator.proposal else ""
    return {
        "belongs_to": indicator.belongs_to,
        "name": indicator.name + proposed,
        "unit": indicator.unit,
        "period": dates.period_label(period),
    }


def _periods(indicator: Indicator, start: date, today: date) -> list[str]:
    """The periods of an indicator that can be filled in: this one and the last, and what was measured then.

    A period in which something was measured on another day gets no row of its own.
    """
    recent = {v.period for v in indicator.values if v.measured_on.year >= today.year - 1}
    measured = [v.measured_on for v in indicator.fitting]
    coming = {
        name
        for name, first in _around(indicator.frequency, today)
        if first.year >= start.year
        and indicator.frequency.is_year_of(first.year)
        and not any(first <= day <= dates.period_end(name) for day in measured)
    }
    return sorted(recent | coming, key=lambda name: (dates.period_end(name), name))


def _around(frequency: Frequency, today: date) -> Iterator[tuple[str, date]]:
    """The period before the one `today` is in, and that one, each with its first day."""
    months = frequency.months
    number = today.year * 12 // months + (today.month - 1) // months
    for n in (number - 1, number):
        year, part = divmod(n * months, 12)
        mark = {3: f"-Q{part // 3 + 1}", 6: f"-H{part // 6 + 1}"}.get(months, "")
        yield f"{year}{mark}", date(year, part + 1, 1)
