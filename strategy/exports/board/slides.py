"""The meeting on the wall, one thing to a slide, from what its papers and minutes are written from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from strategy import checks, dates, empty, indicators, meetings, people, progress, texts
from strategy.exports import measure as measures
from strategy.exports import prose, status
from strategy.exports.annual import chapters
from strategy.exports.board import paper, protocol, since_last
from strategy.exports.board.meeting import Sitting
from strategy.exports.outline import (
    Bar,
    Beside,
    Block,
    Facts,
    Line,
    Paragraph,
    Picture,
    Run,
    Style,
    body,
    line,
)
from strategy.i18n import _, plural
from strategy.snapshot import AgendaItem, Decision, Goal, Measure, Question
from strategy.terms import ItemContent, ItemKind, ItemState
from strategy.values import Mark, source

LINES = 4
WORST = 2
FACTS = 2


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture on the wall: what it is called, its finding, and what stands below.

    What is `beside` has a column of its own. Below are drawn the strips of `measures` and the `indicators`,
    by key.
    """

    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    beside: tuple[Block, ...] = ()
    measures: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


def deck(sitting: Sitting) -> tuple[Slide, ...]:
    """All the slides of a meeting, the agenda first and then in its order; what is decided comes last."""
    cases = sitting.now.items_of(sitting.key)
    told = [slide for case in cases for slide in _of_case(case, sitting)]
    if all(case.content is not ItemContent.STATUS for case in cases):
        told = [*_status(sitting), *told]
    return (_agenda(cases), *told, _questions(sitting), _decided(sitting))


def _agenda(cases: Sequence[AgendaItem]) -> Slide:
    """What the meeting is to go through."""
    treated = sum(case.state is not ItemState.OPEN for case in cases)
    form = plural("Én sak", "{number} saker", len(cases))
    title = form.format(number=dates.in_words(len(cases), capital=True))
    if treated:
        title = _("{some} av {all} saker er behandlet").format(
            some=dates.in_words(treated, capital=True), all=dates.in_words(len(cases))
        )
    return Slide(_("Saksliste"), title if cases else _("Møtet har ingen saker ennå"))


def _of_case(item: AgendaItem, sitting: Sitting) -> Iterator[Slide]:
    """The case; where it is the status of the plan, first where the plan stands."""
    if item.content is ItemContent.STATUS:
        yield from _status(sitting)
    yield _case(item, sitting)


def _status(sitting: Sitting) -> Iterator[Slide]:
    yield _whole(sitting)
    yield _news(sitting)
    yield from (_goal(goal, sitting) for goal in sitting.stand.plan.goals)


def of_measure(sitting: Sitting, key: str) -> Slide:
    """The slide of one measure, for a question from the table."""
    measure = sitting.stand.plan.measure(key)
    return Slide(_("Tiltak {n}").format(n=key), measure.name, tuple(_of_measure(measure, sitting)))


def counted(found: progress.Counts) -> Line:
    """The four marks with how many measures show each; kinds with none are left out."""
    marks = [Run(Mark(mark, f"{dates.number(count)} {word}")) for mark, count, word in found.rows if count]
    return tuple(run for each in marks for run in (Run(" "), each))[1:]


def _of_measure(measure: Measure, sitting: Sitting) -> Iterator[Block]:
    day, report = sitting.stand.day, measure.report
    phase = [line(measure.phase.label)] if measure.phase else []
    said = ((chapters.shown(report, day),), *phase, *measures.facts(measure, day))
    yield Paragraph(tuple(run for each in said for run in (Run(" · "), *each))[1:])
    yield body(measure.text)
    yield body(people.responsible_text(measure, day))
    if report:
        by = line(*measures.said_by(report, sitting.stand.told))
        yield Facts(((_("Meldt"), by), *measures.reported(report)))
    for question in meetings.questions_on(sitting.now, measure.key):
        yield from _asked(question, sitting)


def _whole(sitting: Sitting) -> Slide:
    """Where the strategy stands: the marks, and each goal's milestones."""
    plan, day = sitting.stand.plan, sitting.stand.day
    goals = tuple(tuple(_milestones(goal, sitting, named=True)) for goal in plan.goals)
    marks = Paragraph(counted(progress.counts(plan.measures, day)))
    beside = (Beside(goals, (1,) * len(goals)),) if goals else ()
    blocks = (body(checks.subline(plan, day)), marks, *beside)
    return Slide(_("Helheten"), checks.headline(plan, day), blocks)


def _milestones(goal: Goal, sitting: Sitting, *, named: bool = False) -> Iterator[Block]:
    """The year's milestones of a goal in words, and drawn where they tell of it."""
    found = progress.now(goal.measures, sitting.stand.day)
    if named:
        yield body(Run(f"{goal.key} {goal.name}", strong=True, source=source(goal)))
    if found.is_drawn:
        bar = Bar(len(found.reached), len(found.planned), len(found.all))
        yield Picture(bar, found.sentence, found.sentence)
    else:
        yield body(found.sentence)


def _news(sitting: Sitting) -> Slide:
    """What has happened since the meeting before, worst first, and what was promised and not done."""
    name, found = _("Siden sist"), sitting.stand.account
    if found is None:
        return Slide(name, _("Det er ingenting å sammenligne med ennå"), ())
    told = [each for each in found.lines if isinstance(each.thing, Measure) and (each.facts or each.after)]
    blocks = [Paragraph(since_last.in_short(each, FACTS).line) for each in told[:LINES]]
    if len(told) > LINES:
        blocks.append(body(_("og {n} tiltak til").format(n=len(told) - LINES), style=Style.NOTE))
    if found.promises:
        said = plural("{n} løfte er ikke holdt.", "{n} løfter er ikke holdt.", len(found.promises))
        blocks.append(body(said, style=Style.NOTE))
    return Slide(name, status.change(sitting.stand), tuple(blocks))


def _goal(goal: Goal, sitting: Sitting) -> Slide:
    """One goal: how far, its marks, and what is worst in it with why."""
    late = progress.now(goal.measures, sitting.stand.day).lateness
    title = f"{goal.name}: {late[:1].lower()}{late[1:].rstrip('.')}" if late else goal.name
    worst = indicators.by_gap(goal.all_indicators, sitting.stand.day)
    return Slide(
        _("Hovedmål {n}").format(n=goal.key),
        title,
        tuple(_standing(goal, sitting)),
        beside=tuple(_troubles(goal, sitting)),
        indicators=tuple(each.key for each in worst),
    )


def _standing(goal: Goal, sitting: Sitting) -> Iterator[Block]:
    yield from _milestones(goal, sitting)
    yield Paragraph(counted(progress.counts(goal.measures, sitting.stand.day)))
    until = sitting.meeting.held_on
    if believed := [b for b in meetings.trend(sitting.now, goal) if b.meeting.held_on <= until]:
        said = _("Styrets tillit, fra 0 til 10: {said}").format(said=believed[-1].sentence)
        yield body(said, style=Style.NOTE)


def _troubles(goal: Goal, sitting: Sitting) -> Iterator[Block]:
    """The measures that need attention, with why and what then."""
    stand = sitting.stand
    mine = {m.key: m for m in goal.measures if progress.is_open(m)}
    found = [mine[f.measure_key] for f in checks.attention(stand.plan, stand.day) if f.measure_key in mine]
    for measure in found[:WORST]:
        name = Run(f"{measure.key} ", strong=True, source=source(measure))
        by = (" · ", *measures.said_by(measure.report, stand.told)) if measure.report else ()
        yield body(name, f"{measure.name} ", chapters.shown(measure.report, stand.day), *by)
        if measure.report and measure.report.cause:
            form = _("{cause} Slik rettes det opp: {remedy}")
            cause, remedy = map(_first, (measure.report.cause, measure.report.remedy))
            yield body(form.format(cause=cause, remedy=remedy))
    if (more := len(found) - WORST) > 0:
        form = plural(
            "og {n} tiltak til krever oppmerksomhet", "og {n} tiltak til krever oppmerksomhet", more
        )
        yield body(form, style=Style.NOTE)


def _first(text: str) -> str:
    """The first sentence: the whole stands in the papers, and on the measure's own slide."""
    return next(iter(texts.sentences(text)), "")


def _questions(sitting: Sitting) -> Slide:
    """What the board has asked and nobody has answered yet."""
    asked = meetings.questions(sitting.now, sitting.key)
    form = plural("Ett spørsmål venter på svar", "{number} spørsmål venter på svar", len(asked.open))
    title = form.format(number=dates.in_words(len(asked.open), capital=True))
    blocks = [block for question in asked.open for block in _asked(question, sitting)]
    if asked.open and (answered := len(asked.answered)):
        said = plural("{n} spørsmål er besvart.", "{n} spørsmål er besvart.", answered)
        blocks.append(body(said, style=Style.NOTE))
    return Slide(
        _("Spørsmål"), title if asked.open else empty.questions(asked.answered).rstrip("."), tuple(blocks)
    )


def _asked(question: Question, sitting: Sitting) -> Iterator[Block]:
    yield body(Run(f"{question.measure} ", strong=True), question.text)
    if who := meetings.who(sitting.now, question.asked_by):
        yield body(who, style=Style.NOTE)
    if question.answer:
        yield body(_("Svar: {text}").format(text=question.answer))


def _case(item: AgendaItem, sitting: Sitting) -> Slide:
    """A case: what it is about and proposes, and then what was decided."""
    made = sitting.decisions_in(item)
    blocks = _decisions(made, sitting) if made else _put(item, sitting)
    stands = {measure.key for measure in sitting.stand.plan.measures}
    shown = tuple(key for key in item.measures if key in stands)
    return Slide(paper.case_title(item), item.title, tuple(blocks), measures=shown)


def _put(item: AgendaItem, sitting: Sitting) -> Iterator[Block]:
    """What is put before the board: the proposal, where the case has one, and what it is about."""
    yield body(item.kind.label, style=Style.NOTE)
    if proposal := paper.proposal(sitting, item):
        yield body(Run(_("Forslag til vedtak"), strong=True))
        yield from prose.blocks(proposal, Style.RESOLUTION)
    elif item.kind is ItemKind.DECISION:
        yield body(_("Det er ikke skrevet noe forslag."))
    yield from prose.blocks(item.summary)
    if item.discussion:
        yield body(_("Behandling: {text}").format(text=item.discussion))


def _decided(sitting: Sitting) -> Slide:
    """What has been decided so far."""
    made = [decision for decision in sitting.now.decisions if decision.meeting == sitting.key]
    title = plural("Styret har gjort ett vedtak", "Styret har gjort {n} vedtak", len(made))
    blocks: list[Block] = []
    for decision in made:
        blocks.append(body(paper.case_title(sitting.now.item(decision.item)), style=Style.NOTE))
        blocks += _decisions((decision,), sitting)
    return Slide(_("Vedtak"), title if made else _("Ingen vedtak er gjort ennå"), tuple(blocks))


def _decisions(made: Iterable[Decision], sitting: Sitting) -> Iterator[Block]:
    for decision in made:
        yield from prose.blocks(decision.text, Style.RESOLUTION)
        facts = protocol.decision_facts(decision, sitting.who)
        if said := tuple(run for each in facts for run in (Run(" · "), *each))[1:]:
            yield Paragraph(said)
