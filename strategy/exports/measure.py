"""What is said of one measure wherever it is shown: how far it has come, by when, and its newest report."""

from collections.abc import Iterator
from datetime import date

from strategy import dates, progress
from strategy.contradictions import Answered
from strategy.exports.outline import Line, line
from strategy.i18n import _
from strategy.snapshot import Attainment, Explanation, Measure, Report
from strategy.values import Day, Phrase, Unknown, phrase, source


def byline(day: date, who: str, *, is_old: bool = False) -> Phrase:
    """«23.11.2026, sekretariatet»: whose words are quoted; `is_old` before the last meeting."""
    form = _("{day}, {who}, fra før forrige møte") if is_old else _("{day}, {who}")
    return phrase(form, day=Day(day), who=who)


def said_by(said: Report | Attainment | Explanation, told: int = 0) -> Phrase:
    """The byline of what somebody said; `told` is the newest change the last meeting knew, 0 where none."""
    return byline(said.recorded_on, said.actor, is_old=0 < said.change_id <= told)


def answer(found: Answered) -> Phrase:
    """What is said of a contradiction before a meeting, when and by whom; or that nothing is."""
    if found.answer is None:
        return (Unknown(_("Ikke forklart.")),)
    by = ("(", *said_by(found.answer), ")")
    if found.is_unexplained:
        return (_("Lagt fram som uforklart"), " ", *by)
    return (found.answer.text, " ", *by)


def facts(measure: Measure, day: date) -> Iterator[Line]:
    """How far, and by when: the year's milestones, the deadline, how late and how often moved."""
    yield line(progress.of_measure(measure, day), source=source(measure))
    if measure.due:
        form = _("Over frist siden {day}") if progress.is_overdue(measure, day) else _("Frist {day}")
        moved = _(", flyttet {n} ganger").format(n=measure.due_moves) if measure.due_moves > 1 else ""
        yield line((*phrase(form, day=Day(measure.due)), moved), source=source(measure))


def promised(report: Report | None) -> str:
    """«Levere rapporten, innen 01.11.2026», where the report promises a step by a day; else nothing."""
    if not report or not report.is_promise or not report.next_due:
        return ""
    form = _("{what}, innen {day}")
    return form.format(what=report.next_step.rstrip(".") or _("Neste steg"), day=dates.day(report.next_due))


def reported(report: Report) -> Iterator[tuple[str, Line]]:
    """What a report says, each part by its name."""
    parts = (
        (_("Løftet fra sist"), report.promise.label if report.promise else ""),
        (_("Dette er gjort"), report.done),
        (_("Årsak"), report.cause),
        (_("Slik rettes det opp"), report.remedy),
        (_("Neste steg"), report.next_step),
        (_("Innen"), Day(report.next_due) if report.next_due else ""),
    )
    return ((name, line(said, source=source(report))) for name, said in parts if said)
