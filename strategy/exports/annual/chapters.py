"""A main goal's chapter in the annual report: what was adopted, how it is assessed, and what was done."""

from collections.abc import Iterator
from datetime import date

from strategy import dates, drawings, people, progress
from strategy.exports import strips
from strategy.exports.annual import indicator_tables
from strategy.exports.annual.done import Done
from strategy.exports.annual.facts import Year
from strategy.exports.measure import said_by
from strategy.exports.outline import Block, Bullets, Heading, Line, Paragraph, Run, Style, Table, body, line
from strategy.i18n import _
from strategy.snapshot import Goal, Measure, Report, Subgoal
from strategy.terms import Phase
from strategy.values import Mark, Share, Source, Unknown, source


def of_goal(year: Year, goal: Goal) -> Iterator[Block]:
    """The chapter of one main goal."""
    title = _("Hovedmål {key}: {name}").format(key=goal.key, name=goal.name)
    yield Heading(1, title, anchor(goal))
    yield from _text(year, goal)
    yield body(*_standing(year, goal), style=Style.STATUS)
    yield from _written(year, goal, _("hovedmålet"))
    yield from _assessed(year, goal)
    if goal.measures:
        if goal == next(each for each in year.end.goals if each.measures):
            yield body(strips.legend(), style=Style.NOTE)
        yield _table(year, goal)
    for subgoal in goal.subgoals:
        yield from _of_subgoal(year, subgoal)
    yield from indicator_tables.of_goal(year, goal)


def _text(year: Year, thing: Goal | Measure) -> Iterator[Block]:
    """The text, as adopted only where all that was changed in it names its decision."""
    if year.end.is_adopted(thing.key):
        yield body(thing.text, style=Style.ADOPTED)
        return
    yield body(thing.text)
    yield body(_("Endret uten vedtak."), style=Style.NOTE)


def anchor(thing: Goal | Subgoal | Measure) -> str:
    """Where the thing's heading is."""
    return f"mal-{thing.key}"


def named(measure: Measure) -> Line:
    """Its number and our short name, linked to where it is told of."""
    return line(Run(f"{measure.key} {measure.name}", strong=True, to=anchor(measure)))


def shown(report: Report | None, day: date) -> Run:
    """The mark and its word, in its colour: «▲ Noe avvik»."""
    found = progress.mark_of(report, day)
    return Run(Mark(found.assessment, found.word), source=source(report) if report else None)


def phase_below(measure: Measure) -> tuple[str, ...]:
    """Where the work is, on a line of its own below the mark; nothing where nobody has said."""
    return (f"\n{measure.phase.label}",) if measure.phase else ()


def reached(year: Year, thing: Goal | Subgoal) -> str:
    """«Delvis nådd», or that nobody has said."""
    written = year.attainment(thing)
    return written.reached.label if written and written.reached else _("Ikke vurdert")


def counted(found: progress.Progress, it: Source) -> Line:
    """«9 av 16», and below how many are late; no share of nothing."""
    share = Share(len(found.reached), len(found.all)) if found.all else Unknown(_("Ikke ført"))
    return line(share, *(f"\n{each}" for each in found.late_parts), source=it)


def when(year: Year) -> str:
    """«ved utgangen av 2026», or «per 23.11.2026»."""
    if year.is_over:
        return _("ved utgangen av {year}").format(year=year.number)
    return _("per {day}").format(day=dates.day(year.day))


def _standing(year: Year, goal: Goal) -> Iterator[Run]:
    yield Run(progress.of_year(goal.measures, year.number, year.day).sentence, source=source(goal))
    yield Run(" · " + progress.counts(goal.measures, year.day).sentence, source=source(goal))


def _written(year: Year, thing: Goal | Subgoal, what: str) -> Iterator[Paragraph]:
    """What was written of the year, or that nothing was."""
    written = year.attainment(thing)
    if written is None or not written.reached:
        if year.is_over:
            said = _("Måloppnåelsen for {what} i {year} er ikke vurdert.").format(what=what, year=year.number)
            yield body(said, style=Style.NOTE)
    else:
        said = _("Måloppnåelse i {year}: {word}.").format(
            year=year.number, word=written.reached.label.lower()
        )
        by = (" (", *said_by(written), ")")
        yield body(Run(said, strong=True), f" {written.reason}", *by)
    for text in _paragraphs(written.narrative if written else ""):
        yield body(text)
    if isinstance(thing, Goal) and not (written and written.narrative):
        said = _("Det er ikke skrevet noen tekst om {what} for {year}.").format(what=what, year=year.number)
        yield body(said, style=Style.NOTE)


def _paragraphs(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split("\n\n") if part.strip())


def _assessed(year: Year, goal: Goal) -> Iterator[Paragraph]:
    """The newest assessment as it stands, with when it was said and by whom."""
    report = goal.report
    if report is None:
        yield body(_("Hovedmålet er ikke rapportert."), style=Style.NOTE)
        return
    day = dates.long_day(report.recorded_on)
    said = _("Vurdering av hovedmålet, {day}, {actor}: ").format(day=day, actor=report.actor)
    yield body(Run(said, strong=True), shown(report, year.day), ". ", report.done)
    if report.assessment.is_deviation:
        yield body(*_cause_and_remedy(report), style=Style.DEVIATION)


def _table(year: Year, goal: Goal) -> Table:
    keys = [measure.key for measure in goal.measures]
    told = drawings.stories(year.end, keys, year.reports, year.day)
    header = (_("Tiltak"), _("Ansvarlig"), strips.head(year.end), _("Vurdering"))
    rows = tuple(
        (
            named(measure),
            line(people.responsible_text(measure, year.day)),
            (Run(story, source=source(measure)),),
            line(shown(measure.report, year.day), *phase_below(measure)),
        )
        for measure, story in zip(goal.measures, told, strict=True)
    )
    caption = _("Tiltakene under hovedmål {key} {when}").format(key=goal.key, when=when(year))
    return Table(caption, header, rows, (28, 22, 27, 23))


def _of_subgoal(year: Year, subgoal: Subgoal) -> Iterator[Block]:
    yield Heading(2, _("Delmål {key}: {text}").format(key=subgoal.key, text=subgoal.text), anchor(subgoal))
    if subgoal.printed.strip() != subgoal.key:
        said = _("Trykt som {printed} i vedtatt dokument.").format(printed=subgoal.printed)
        yield body(said, style=Style.NOTE)
    yield from _written(year, subgoal, _("delmålet"))
    if not subgoal.measures:
        yield body(_("Delmålet har ingen tiltak i planen."), style=Style.NOTE)
    for measure in subgoal.measures:
        yield from _of_measure(year, measure)


def _of_measure(year: Year, measure: Measure) -> Iterator[Block]:
    yield Heading(3, f"{measure.key} {measure.name}", anchor(measure))
    yield from _text(year, measure)
    yield body(*_status(year, measure), style=Style.STATUS)
    if not year.is_reported(measure):
        yield body(_not_reported(year, measure), style=Style.NOTE)
    if done := year.done(measure):
        yield Bullets(tuple(map(_told, done)))
    report = measure.report
    if report and progress.mark_of(report, year.day).assessment.is_deviation:
        yield body(*_cause_and_remedy(report), " (", *said_by(report), ")", style=Style.DEVIATION)
    if report and report.next_step and progress.is_open(measure):
        yield body(*_next(report), " (", *said_by(report), ")")


def _status(year: Year, measure: Measure) -> Iterator[Run]:
    """«● I rute · Pågår · 3 av 4 milepæler · frist 30.06.2028 · Ansvarlig: Generalsekretær»."""
    yield shown(measure.report, year.day)
    if measure.phase and measure.phase is not Phase.DROPPED:
        yield Run(f" · {measure.phase.label}")
    if progress.is_open(measure):
        yield Run(f" · {progress.of_measure(measure, year.day)}", source=source(measure))
    if measure.due:
        late = progress.is_overdue(measure, year.day)
        said = _("over frist siden {day}") if late else _("frist {day}")
        yield Run(" · " + said.format(day=dates.day(measure.due)))
    yield Run(" · " + _("Ansvarlig: {who}").format(who=people.responsible_text(measure, year.day)))


def _not_reported(year: Year, measure: Measure) -> str:
    said = _("Ikke rapportert i {year}.").format(year=year.number)
    last = year.last_said(measure.key)
    if last is None:
        return said
    return said + " " + _("Sist rapportert {day}.").format(day=dates.long_day(last.recorded_on))


def _told(done: Done) -> Line:
    day = Run(f"{_day_and_month(done.day)}: ", strong=True)
    if done.milestone is None:
        return line(day, done.text)
    evidence = f" ({done.milestone.evidence})" if done.milestone.evidence else ""
    return line(day, _("Milepæl nådd: {title}").format(title=done.text), evidence)


def _day_and_month(day: date) -> str:
    """«4. november», kept on one line."""
    return dates.day_and_month(day).replace(" ", dates.HARD_SPACE)


def _cause_and_remedy(report: Report) -> Iterator[Run]:
    yield Run(_("Årsak: "), strong=True)
    yield Run(report.cause)
    if report.remedy:
        yield Run("\n" + _("Slik rettes det opp: "), strong=True)
        yield Run(report.remedy)


def _next(report: Report) -> Iterator[Run]:
    due = report.next_due
    by = _("Neste steg innen {day}: ").format(day=dates.long_day(due)) if due else _("Neste steg: ")
    yield Run(by, strong=True)
    yield Run(report.next_step)
