"""The summary of the annual report: what a board member who reads two pages must know."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby

from strategy import checks, dates, empty, indicators, progress
from strategy.exports.annual import chapters, indicator_tables
from strategy.exports.annual.facts import Year
from strategy.exports.measure import said_by
from strategy.exports.outline import (
    Block,
    Heading,
    Line,
    Picture,
    Run,
    Shares,
    Style,
    Table,
    body,
    line,
    listed,
    said,
)
from strategy.i18n import _
from strategy.snapshot import Goal, Indicator, Measure, Subgoal
from strategy.terms import Assessment, Reached
from strategy.values import Day, Number, Share, phrase, source

_FEW = 6
"""As many measures as are told of one by one in a list of the summary."""


def of_year(year: Year) -> Iterator[Block]:
    """The chapter one page long: the finding, each goal, what was reached, what deviates, what is missing."""
    end, day = year.end, year.day
    yield Heading(1, _("Sammendrag"), "sammendrag")
    yield body(checks.headline(end, day), style=Style.LEAD)
    yield body(checks.subline(end, day))
    if not year.is_over:
        said = _("Året er ikke over. Meldingen viser hvordan det sto per {day}.")
        yield body(said.format(day=dates.long_day(day)), style=Style.NOTE)
    if end.goals:
        yield _goals_at_a_glance(year)
    if progress.counting(end.measures):
        yield shares(year.end.goals, year.day, chapters.when(year))
    yield from listed(2, _("Dette er nådd"), "nadd", _achieved(year), _nothing_achieved(year))
    none = empty.deviations(end.measures, day, chapters.when(year))
    yield from listed(2, _("Dette avviker"), "avviker", _deviations(year), none)
    lacking = _("Ikke rapportert, vurdert eller målt for {year}").format(year=year.number)
    yield from listed(2, lacking, "mangler", _gaps(year), _("Alt er rapportert, vurdert og målt."))


def _goals_at_a_glance(year: Year) -> Table:
    header = (_("Hovedmål"), _("Vurdering"), _("Måloppnåelse"), _("Milepæler"))
    rows = tuple(
        (
            line(Run(f"{goal.key} ", strong=True), Run(goal.name, to=chapters.anchor(goal))),
            line(chapters.shown(goal.report, year.day)),
            line(chapters.reached(year, goal)),
            _progress(year, goal),
        )
        for goal in year.end.goals
    )
    caption = _("Hovedmålene {when}").format(when=chapters.when(year))
    return Table(caption, header, rows, (34, 22, 18, 26))


def _progress(year: Year, goal: Goal) -> Line:
    return chapters.counted(progress.of_year(goal.measures, year.number, year.day), source(goal))


def shares(goals: Iterable[Goal], day: date, when: str) -> Picture:
    """How many measures of each goal have each mark on `day`, drawn; `when` says it in words."""
    counted = [(goal, progress.counts(goal.measures, day)) for goal in goals]
    rows = tuple(
        (
            _("Hovedmål {key}: {name}").format(key=goal.key, name=goal.name),
            tuple((mark, count) for mark, count, _word in found.rows),
        )
        for goal, found in counted
    )
    said = [
        _("{key} {name}: {counts}").format(key=goal.key, name=goal.name, counts=found.sentence)
        for goal, found in counted
    ]
    caption = _("Tiltakene etter vurdering {when}: {legend}").format(when=when, legend=_legend())
    return Picture(Shares(rows), caption, ". ".join(said) + ".")


def _legend() -> str:
    return ", ".join(f"{each.mark} {each.shown_as.lower()}" for each in Assessment)


def _achieved(year: Year) -> Iterator[Line]:
    for measure in year.completed:
        yield line(*chapters.named(measure), _(" er fullført."))
    for subgoal in year.subgoals:
        written = year.attainment(subgoal)
        if written and written.reached is Reached.REACHED:
            name = _("Delmål {key}").format(key=subgoal.key)
            why = _(" er nådd: {reason}").format(reason=written.reason)
            by = (" (", *said_by(written), ")")
            yield line(Run(name, strong=True, to=chapters.anchor(subgoal)), why, *by)
    planned = progress.of_year(year.end.measures, year.number, year.day)
    if planned.all:
        form = _("{share} milepæler i handlingsplanen for {year} er nådd.")
        yield said(form, share=Share(len(planned.reached), len(planned.all)), year=str(year.number))
    yield from indicator_tables.reached(year)


def _nothing_achieved(year: Year) -> str:
    return _("Det er ikke meldt om noe som er nådd i {year}.").format(year=year.number)


def _deviations(year: Year) -> Iterator[Line]:
    for assessment, found in groupby(year.deviating, key=_assessment):
        yield from (_serious if assessment.is_serious else _together)(tuple(found), year.day)
    told = {measure.key for measure in year.deviating}
    late = [m for m in year.end.measures if progress.is_overdue(m, year.day) and m.key not in told]
    yield from _one_by_one(year, late, _(": {n} tiltak er over frist ({keys})."), _late)


def _late(measure: Measure) -> Line:
    day = phrase(_(" er over frist siden {day}"), day=Day(measure.due)) if measure.due else line()
    return line(*chapters.named(measure), day)


def _one_by_one(
    year: Year, found: Sequence[Measure], form: str, said: Callable[[Measure], Line]
) -> Iterator[Line]:
    """Each measure on its line; of more than a few, each goal on its line, with what its chapter tells of."""
    if len(found) <= _FEW:
        yield from map(said, found)
        return
    for goal in year.end.goals:
        if mine := [measure.key for measure in found if year.end.goal_of(measure).key == goal.key]:
            name = Run(f"{goal.key} {goal.name}", strong=True, to=chapters.anchor(goal))
            yield line(name, *phrase(form, n=Number(Decimal(len(mine))), keys=_and(mine)))


def _assessment(measure: Measure) -> Assessment:
    return measure.report.assessment if measure.report else Assessment.NOT_ASSESSED


def _serious(found: Iterable[Measure], day: date) -> Iterator[Line]:
    for measure in found:
        report = measure.report
        why = (f": {report.cause} (", *said_by(report), ")") if report else ()
        yield line(chapters.shown(report, day), " – ", *chapters.named(measure), *why)


def _together(found: Sequence[Measure], day: date) -> Iterator[Line]:
    names = [run for measure in found for run in (*chapters.named(measure), Run(", "))][:-1]
    more = Run(_("Avvik, læring og endringer"), to="avvik")
    said = _(". Årsak og hva som gjøres, står i ")
    yield line(chapters.shown(found[0].report, day), " – ", *names, said, more, ".")


def _gaps(year: Year) -> Iterator[Line]:
    if not progress.counting(year.end.measures):
        yield line(_("Planen har ingen tiltak ennå."))
    form = _(": {n} tiltak er ikke rapportert i {year} ({keys}).").replace("{year}", str(year.number))
    yield from _one_by_one(year, year.silent, form, partial(_silent, year))
    yield from _unwritten(year)
    yield from _unmeasured(year)


def _silent(year: Year, measure: Measure) -> Line:
    last = year.last_said(measure.key)
    since = _(", sist rapportert {day}").format(day=dates.long_day(last.recorded_on)) if last else ""
    silent = _(" er ikke rapportert i {year}").format(year=year.number)
    return line(*chapters.named(measure), silent, f"{since}.")


def _unwritten(year: Year) -> Iterator[Line]:
    """What is not judged of the year; before it is over, only that it is to come."""
    if not year.is_over:
        yield line(_("Måloppnåelsen vurderes når året er over."))
        return
    for form, things in (
        (_("Måloppnåelsen er ikke vurdert for hovedmål {keys}."), year.end.goals),
        (_("Måloppnåelsen er ikke vurdert for delmål {keys}."), year.subgoals),
    ):
        if keys := [thing.key for thing in things if not _is_judged(year, thing)]:
            yield line(form.format(keys=_and(keys)))


def _is_judged(year: Year, thing: Goal | Subgoal) -> bool:
    written = year.attainment(thing)
    return written is not None and written.reached is not None


def _unmeasured(year: Year) -> Iterator[Line]:
    adopted = indicators.adopted(year.indicators)
    without = [i for i in adopted if not indicators.measured_in(i, year.number, year.day)]
    due = [i for i in without if indicators.is_due(i, year.number, year.made_on)]
    later = [i for i in without if i not in due and i.frequency.is_year_of(year.number)]
    if later:
        one, many = _("Én indikator for {year} måles senere."), _("{n} indikatorer for {year} måles senere.")
        yield line((one if len(later) == 1 else many).format(n=len(later), year=year.number))
    if missing := due:
        form = _("{share} indikatorer er ikke målt for {year}: {names}.")
        names = _and(_with_reason(i, year.number) for i in missing)
        yield said(form, share=Share(len(missing), len(adopted)), year=str(year.number), names=names)
    if not adopted:
        proposed = _("Ingen indikatorer er vedtatt ennå; alle er forslag.")
        yield line(proposed if year.indicators else _("Planen har ingen indikatorer."))


def _with_reason(indicator: Indicator, number: int) -> str:
    """«Medlemmer» (undersøkelsen ble avlyst), where somebody has said why."""
    answer = indicators.answered(indicator, number)
    return f"«{indicator.name}»" + (f" ({answer.comment.strip().rstrip('.')})" if answer else "")


def _and(words: Iterable[str]) -> str:
    """«1.1, 1.2 og 1.3»."""
    *first, last = words
    return _("{first} og {last}").format(first=", ".join(first), last=last) if first else last
