"""The status of the plan as a board reads it: the whole, what has changed, what deviates, what is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from strategy import (
    checks,
    contradictions,
    dates,
    drawings,
    empty,
    indicators,
    meetings,
    people,
    progress,
    since,
)
from strategy.contradictions import Answered, Contradiction
from strategy.drawings import Story
from strategy.exports import strips
from strategy.exports.annual import chapters, indicator_tables, summary
from strategy.exports.annual.report import LANGUAGES, example
from strategy.exports.board import since_last
from strategy.exports.board.meeting import Stand
from strategy.exports.measure import answer, said_by
from strategy.exports.outline import (
    Block,
    Bullets,
    Entries,
    Heading,
    Line,
    Outline,
    Run,
    Style,
    Table,
    body,
    capital,
    line,
)
from strategy.history import Moment
from strategy.i18n import SOURCE_LANGUAGE, _, plural
from strategy.snapshot import Decision, Goal, Indicator, Measure, Report, Snapshot, Subgoal
from strategy.terms import Assessment, ItemContent
from strategy.values import Day, Number, Percent, Share, Source, Unknown, phrase, source, spoken


def of_day(stand: Stand) -> Outline:
    """The status of the plan on a day, outside any meeting."""
    strategy, title = stand.plan.strategy, f"{ItemContent.STATUS.label} {when(stand)}"
    return Outline(
        title,
        strategy.organisation,
        strategy.name,
        LANGUAGES[SOURCE_LANGUAGE],
        stand.day,
        f"{strategy.organisation} · {title}",
        example() if stand.plan.example else "",
        tuple(_report(stand, title)),
        cover=False,
    )


def when(stand: Stand) -> str:
    """«per 23. november 2026»."""
    return _("per {day}").format(day=dates.long_day(stand.day))


def finding(stand: Stand) -> str:
    """What it comes to, in two or three sentences."""
    said = [checks.headline(stand.plan, stand.day), checks.subline(stand.plan, stand.day)]
    return "\n\n".join([*said, change(stand)])


def change(stand: Stand) -> str:
    """What has changed since the meeting before, in a sentence."""
    found = stand.account
    if found is None or stand.before is None or stand.then is None:
        return _("Det er ingen tidligere status å sammenligne med.")
    start = Moment(stand.before.change_id, stand.then, stand.earlier)
    end = Moment(stand.plan.change_id, stand.day)
    return since.headline(found, start, end, stand.day)


def goals_in_words(stand: Stand) -> str:
    """What has been said of each main goal, as text that can be edited."""
    return "\n\n".join(_goal_in_words(goal, stand) for goal in stand.plan.goals)


def whole(stand: Stand) -> Iterator[Block]:
    """Each main goal against the assessments."""
    if not stand.plan.goals:
        yield body(_("Planen har ingen hovedmål."), style=Style.NOTE)
        return
    marks = tuple(f"{each.mark} {each.shown_as}" for each in Assessment)
    header = (_("Hovedmål"), _("Vurdering av målet"), *marks, _("Milepæler"))
    rows = tuple(_goal_row(goal, stand) for goal in stand.plan.goals)
    widths = (22, 18, *(max(map(len, mark.split())) + 5 for mark in marks), 12)
    yield Table(_("Hovedmålene {when}").format(when=when(stand)), header, rows, widths)
    if progress.counting(stand.plan.measures):
        yield summary.shares(stand.plan.goals, stand.day, when(stand))
    if found := meetings.last_confidence(stand.plan):
        form = _("Styrets tillit til at hovedmålene blir nådd, fra 0 til 10, i styremøtet {day}:")
        yield body(form.format(day=dates.long_day(found[0].meeting.held_on)))
        yield beliefs(found, stand.plan)


def beliefs(found: Iterable[meetings.Belief], plan: Snapshot) -> Bullets:
    """How sure the board was of each goal: the middle answer, the ends and how many, never who."""
    said = ((plan.goal(each.goal), each.sentence) for each in found)
    return Bullets(tuple(line(Run(f"{goal.key} {goal.name}: ", strong=True), text) for goal, text in said))


def changed(stand: Stand) -> Iterator[Block]:
    """What has happened to each measure since the meeting before, goal by goal, and promises not kept."""
    found = stand.account
    yield body(change(stand))
    if found is None:
        return
    if found.whole:
        yield Bullets(tuple(capital(line(fact.full)) for fact in found.whole))
    for group in found.groups:
        told = [since_last.entry(each) for each in group.lines if each.facts or each.after]
        if told:
            name = _("Hovedmål {key}: {name}").format(key=group.goal.key, name=group.goal.name)
            yield body(Run(name, strong=True, source=source(group.goal)))
            yield Entries(tuple(told))
    if reported := sum(not (each.facts or each.after) for each in found.lines):
        form = plural(
            "{n} annet tiltak eller mål er rapportert på nytt uten annen endring.",
            "{n} andre tiltak eller mål er rapportert på nytt uten annen endring.",
            reported,
        )
        yield body(form)
    if found.promises:
        yield body(Run(_("Lovet, men ikke gjort"), strong=True))
        yield Entries(tuple(map(since_last.promised, found.promises)))


def deviations(stand: Stand) -> Iterator[Block]:
    """The measures that deviate, the major first: why, what is done, and the deadline."""
    found = deviating(stand)
    if found:
        header = (_("Tiltak"), _("Vurdering"), _("Årsak"), _("Korrigerende tiltak"), _("Frist"))
        rows = tuple(_deviation_row(measure, measure.report, stand) for measure in found if measure.report)
        caption = _("Tiltak med avvik {when}").format(when=when(stand))
        yield Table(caption, header, rows, (20, 17, 24, 24, 15))
    else:
        yield body(empty.deviations(stand.plan.measures, stand.day))
    told = {measure.key for measure in found}
    late = [m for m in progress.late(stand.plan.measures, stand.day) if m.key not in told]
    if late:
        yield body(_("Over frist uten at det er meldt avvik:"))
        yield Bullets(tuple(line(*chapters.named(m), f": {_lateness(m, stand)}") for m in late))


def deviating(stand: Stand) -> tuple[Measure, ...]:
    """The measures that show a deviation on the day, the worst first."""
    return progress.deviating(stand.plan.measures, stand.day)


def measured_in_short(stand: Stand) -> Iterator[Block]:
    """How many indicators are where they should be, and those that are not."""
    adopted = indicators.adopted(stand.plan.indicators)
    if not adopted:
        said = _("Ingen indikatorer er vedtatt ennå; alle er forslag.")
        yield body(said if stand.plan.indicators else _("Planen har ingen indikatorer."), style=Style.NOTE)
        return
    off = indicators.behind(adopted, stand.day)
    measured = indicators.measured_ones(adopted, stand.day)
    if not measured:
        yield body(_("Ingen vedtatte indikatorer er målt ennå."))
        return
    form = _(
        "{share} vedtatte indikatorer er målt minst én gang. {off} av dem ligger etter det som var ventet."
    )
    share = Share(len(measured), len(adopted))
    yield body(phrase(form, share=share, off=Number(len(off), spelled=True, capital=True)))
    if off:
        caption = _("Indikatorer som ligger etter {when}").format(when=when(stand))
        yield Table(
            caption, _indicator_head(), tuple(_indicator_row(i, stand) for i in off), _INDICATOR_WIDTHS
        )


def clashes(found: Iterable[Contradiction], plan: Snapshot) -> Iterator[Block]:
    """Said versus done."""
    rows = tuple(_clash_row(clash, plan) for clash in found)
    yield from _said_and_done((_("Gjelder"), _("Sagt og gjort")), rows, (36, 64), plan)


def answered(found: Iterable[Answered], plan: Snapshot) -> Iterator[Block]:
    """Said versus done before a meeting, each with what is said of it, when and by whom."""
    rows = tuple((*_clash_row(each.clash, plan), _answer(each)) for each in found)
    header = (_("Gjelder"), _("Sagt og gjort"), _("Forklaring"))
    yield from _said_and_done(header, rows, (26, 37, 37), plan)


def _clash_row(clash: Contradiction, plan: Snapshot) -> tuple[Line, ...]:
    return (line(Run(_name(clash.key, plan), strong=True)), line(clash.sentence))


def _said_and_done(
    header: tuple[str, ...], rows: tuple[tuple[Line, ...], ...], widths: tuple[int, ...], plan: Snapshot
) -> Iterator[Block]:
    if rows:
        yield Table(_("Det som er sagt, mot det som er gjort"), header, rows, widths)
    else:
        yield body(empty.contradictions(plan))


def _answer(found: Answered) -> Line:
    return line(answer(found), source=source(found.answer) if found.answer else None)


def decisions(
    found: Iterable[Decision], made: Iterable[Decision], plan: Snapshot, stand: Stand
) -> Iterator[Block]:
    """Earlier decisions that are not closed; `made` are all there are."""
    rows = tuple(
        (
            line(case_name(decision, plan), source=source(decision)),
            line(decision.text, source=source(decision)),
            line(
                meetings.who(plan, decision.responsible) or Unknown(_("Ingen ansvarlig")),
                source=source(decision),
            ),
            _by(
                decision.due,
                Unknown(_("Ingen frist")),
                source(decision),
                late=meetings.is_late(decision, stand.day),
            ),
            line(decision.outcome or Unknown(_("Ikke meldt fulgt opp.")), source=source(decision)),
        )
        for decision in found
    )
    if rows:
        header = (_("Sak"), _("Vedtak"), _("Ansvarlig"), _("Frist"), _("Dette er gjort"))
        yield Table(_("Vedtak som venter på oppfølging"), header, rows, (12, 36, 17, 13, 22))
    else:
        yield body(empty.decisions(made))


def plan_with_status(stand: Stand) -> Iterator[Block]:
    """Every measure with who answers for it, its strip and how it goes: one table for each main goal."""
    if stand.plan.measures:
        yield body(strips.legend(), style=Style.NOTE)
    for goal in stand.plan.goals:
        caption = _("Hovedmål {key}: {name}").format(key=goal.key, name=goal.name)
        if goal.measures:
            yield measures(goal.measures, stand, caption)
        else:
            yield body(_("{goal} har ingen tiltak.").format(goal=caption), style=Style.NOTE)


def measures(found: Sequence[Measure], stand: Stand, caption: str) -> Table:
    """Each measure with who answers for it, its strip, how it goes and its deadline."""
    told = drawings.stories(stand.plan, [m.key for m in found], stand.reports, stand.day)
    rows = tuple(_measure_row(measure, story, stand) for measure, story in zip(found, told, strict=True))
    header = (_("Tiltak"), _("Ansvarlig"), strips.head(stand.plan), _("Vurdering"), _("Frist"))
    return Table(caption, header, rows, (26, 18, 26, 16, 14))


def indicators_in_full(stand: Stand) -> Iterator[Block]:
    """Every adopted indicator: where it began, where it is, where it should be."""
    for goal in stand.plan.goals:
        found = indicators.adopted(goal.all_indicators)
        if found:
            caption = _("Indikatorene for hovedmål {key}").format(key=goal.key)
            rows = tuple(_indicator_row(i, stand) for i in found)
            yield Table(caption, _indicator_head(), rows, _INDICATOR_WIDTHS)
    proposed = sum(i.proposal for i in stand.plan.indicators)
    if proposed:
        form = plural(
            "{n} foreslått indikator er ikke tatt med.",
            "{n} foreslåtte indikatorer er ikke tatt med.",
            proposed,
        )
        yield body(form, style=Style.NOTE)


def case_name(decision: Decision, plan: Snapshot) -> str:
    """«Sak 12/2026», or the day of its meeting where it has no number."""
    for item in plan.items:
        if item.key == decision.item and item.number:
            return _("Sak {number}/{year}").format(number=item.number, year=item.year)
    for meeting in plan.meetings:
        if meeting.key == decision.meeting:
            return dates.day(meeting.held_on)
    return decision.item


def _report(stand: Stand, title: str) -> Iterator[Block]:
    yield Heading(1, title, "status")
    if stand.plan.example:
        yield body(example(), style=Style.MARK)
    yield body(checks.headline(stand.plan, stand.day), style=Style.LEAD)
    yield body(checks.subline(stand.plan, stand.day))
    clashing = contradictions.of_plan(stand.plan, stand.day)
    parts = (
        (_("Samlet bilde"), "bilde", whole(stand)),
        (_("Endret siden sist"), "endret", changed(stand)),
        (_("Tiltak med avvik"), "avvik", deviations(stand)),
        (_("Sagt og gjort"), "motstrid", clashes(clashing, stand.plan)),
        (
            _("Vedtak til oppfølging"),
            "vedtak",
            decisions(meetings.open_decisions(stand.plan), stand.plan.decisions, stand.plan, stand),
        ),
    )
    for heading, anchor, blocks in parts:
        yield Heading(2, heading, anchor)
        yield from blocks
    yield Heading(1, _("Handlingsplan med status"), "handlingsplan")
    yield from plan_with_status(stand)
    yield Heading(1, _("Indikatorer"), "indikatorer")
    yield from measured_in_short(stand)
    yield from indicators_in_full(stand)


def _goal_in_words(goal: Goal, stand: Stand) -> str:
    counted = progress.counts(goal.measures, stand.day).sentence
    name = _("Hovedmål {key}: {name}").format(key=goal.key, name=goal.name)
    said = f"{name}. {_('Tiltakene')}: {counted}."
    if goal.report is None:
        return f"{said} {_('Hovedmålet selv er ikke rapportert.')}"
    mark = progress.mark_of(goal.report, stand.day)
    form = _("Hovedmålet: {mark} {word} ({by}).")
    by = spoken(said_by(goal.report, stand.told))
    told = form.format(mark=mark.symbol, word=mark.word, by=by)
    return " ".join(filter(None, (said, told, goal.report.done, *_why(goal.report))))


def _why(report: Report) -> Iterator[str]:
    """Cause and remedy by their names, of what is said to deviate."""
    if report.assessment.is_deviation:
        yield _("Årsak: {text}").format(text=report.cause)
        yield _("Slik rettes det opp: {text}").format(text=report.remedy)


def _goal_row(goal: Goal, stand: Stand) -> tuple[Line, ...]:
    counted = progress.counts(goal.measures, stand.day)
    return (
        line(Run(f"{goal.key} {goal.name}", strong=True, source=source(goal))),
        line(chapters.shown(goal.report, stand.day)),
        *(line(Number(count), source=source(goal)) for _mark, count, _word in counted.rows),
        chapters.counted(progress.now(goal.measures, stand.day), source(goal)),
    )


def _thing(thing: Measure | Goal | Subgoal) -> str:
    if isinstance(thing, Measure):
        return f"{thing.key} {thing.name}"
    form = _("Hovedmål {key}") if isinstance(thing, Goal) else _("Delmål {key}")
    return form.format(key=thing.key)


def _name(key: str, plan: Snapshot) -> str:
    for thing in (*plan.measures, *plan.aims):
        if thing.key == key:
            return _thing(thing)
    return key


def _deviation_row(measure: Measure, report: Report, stand: Stand) -> tuple[Line, ...]:
    return (
        line(Run(f"{measure.key} {measure.name}", strong=True, source=source(measure))),
        line(chapters.shown(report, stand.day), "\n", *said_by(report, stand.told)),
        line(report.cause or Unknown(_("Ikke oppgitt")), source=source(report)),
        line(report.remedy or Unknown(_("Ikke oppgitt")), source=source(report)),
        _deadline(measure, report, stand),
    )


def _deadline(measure: Measure, report: Report, stand: Stand) -> Line:
    """The deadline, how often it was moved, whether it is passed; and that of the next step."""
    due = line(Day(measure.due) if measure.due else Unknown(_("Ingen frist")), source=source(measure))
    said: list[Line] = [due]
    if progress.is_overdue(measure, stand.day):
        said.append(line(_("over frist")))
    if measure.due_moves:
        said.append(line(plural("flyttet {n} gang", "flyttet {n} ganger", measure.due_moves)))
    if report.next_due:
        step = phrase(_("neste steg {day}"), day=Day(report.next_due))
        said.append(line(step, source=source(report)))
    return tuple(run for each in said for run in (Run("\n"), *each))[1:]


def _lateness(measure: Measure, stand: Stand) -> str:
    if measure.due and progress.is_overdue(measure, stand.day):
        return _("over frist siden {day}.").format(day=dates.day(measure.due))
    late = progress.late_milestones(measure, stand.day)
    form = _("milepælen «{title}» skulle vært nådd {day}.")
    return " ".join(form.format(title=m.title, day=dates.day(m.due)) for m in late)


def _measure_row(measure: Measure, story: Story, stand: Stand) -> tuple[Line, ...]:
    it = source(measure)
    return (
        line(Run(f"{measure.key} {measure.name}", strong=True, source=it)),
        line(people.responsible_text(measure, stand.day), source=it),
        (Run(story, source=it), *_far(measure, stand)),
        line(chapters.shown(measure.report, stand.day), *chapters.phase_below(measure), source=it),
        _by(measure.due, Unknown("–"), it, late=progress.is_overdue(measure, stand.day)),
    )


def _far(measure: Measure, stand: Stand) -> Line:
    """The year's milestones on lines of their own, or the reporter's own estimate, or nothing."""
    found, it = progress.now([measure], stand.day), source(measure)
    if found.all:
        named = plural(" milepæl i {year}", " milepæler i {year}", len(found.all))
        share, *late = chapters.counted(found, it)
        return line("\n", share, named.format(year=stand.day.year), *late, source=it)
    said = progress.estimate(measure)
    return () if said is None else line("\n", _("anslått "), Percent(said), source=it)


def _by(due: date | None, none: Unknown, it: Source, *, late: bool) -> Line:
    """A deadline, and whether it has passed."""
    return line(Day(due) if due else none, *(["\n" + _("over frist")] if late else []), source=it)


_INDICATOR_WIDTHS = (33, 14, 18, 15, 20)


def _indicator_head() -> tuple[str, ...]:
    return (_("Indikator"), _("Nullpunkt"), _("Siste måling"), _("Måltall"), _("Vurdering"))


def _indicator_row(indicator: Indicator, stand: Stand) -> tuple[Line, ...]:
    return (
        indicator_tables.named(indicator),
        indicator_tables.baseline(indicator),
        indicator_tables.latest(indicator, stand.day),
        indicator_tables.aim(indicator, stand.day),
        line(indicator_tables.marked(indicator, stand.day)),
    )
