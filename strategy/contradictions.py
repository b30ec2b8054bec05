"""Said versus done: where what is reported is not borne out by what is done, and what is said of that.

Before the papers of a meeting go out each is corrected, so that it is gone, explained, or put forward as
unexplained by an act of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from strategy import dates, indicators, progress
from strategy.i18n import _, plural
from strategy.snapshot import Explanation, Goal, Indicator, Measure, Report, Snapshot, Subgoal
from strategy.terms import Phase

STALE_AFTER = progress.STALE_AFTER

MOVES_TO_EXPLAIN = 3
"""How many times a deadline has been moved later before it must be explained."""


class Clash(StrEnum):
    """How what was said and what was done can differ."""

    GREEN_BUT_OVERDUE = "green_but_overdue"
    GREEN_BUT_SILENT = "green_but_silent"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    DONE_WITH_OPEN_MILESTONES = "done_with_open_milestones"
    DEADLINE_MOVED = "deadline_moved"
    GREEN_BUT_WORSENING = "green_but_worsening"
    AHEAD_OF_THE_CLOCK = "ahead_of_the_clock"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something said of `key` (a measure, subgoal or goal) that what was done does not bear out.

    There is at most one of each `kind` for each `key`: by those two it is known again, whatever it says now.
    """

    key: str
    kind: Clash
    sentence: str

    def explained_by(self, meeting: str) -> str:
        """The key of its explanation for a meeting."""
        return f"{meeting}@{self.key}@{self.kind}"


@dataclass(frozen=True, slots=True)
class Answered:
    """A contradiction with what is said of it for a meeting; None where nothing is."""

    clash: Contradiction
    answer: Explanation | None

    @property
    def is_unexplained(self) -> bool:
        """Whether it is put forward as unexplained."""
        return self.answer is not None and bool(self.answer.unexplained)

    @property
    def is_settled(self) -> bool:
        """Whether the papers can go out with it."""
        return self.answer is not None and settles(self.clash.kind, unexplained=self.answer.unexplained)


def settles(clash: str, *, unexplained: bool | None) -> bool:
    """Whether an answer settles a clash of a kind: what lacks its evidence is settled by no words."""
    return bool(unexplained) or clash != Clash.DONE_WITHOUT_EVIDENCE


def of_plan(snapshot: Snapshot, today: date, limit: int = STALE_AFTER) -> tuple[Contradiction, ...]:
    """Said versus done, in the plan's order."""
    return tuple(
        found
        for goal in snapshot.goals
        for found in (
            *(c for measure in goal.measures for c in _of_measure(measure, snapshot, today, limit)),
            *_of_indicators(goal, today, limit),
        )
    )


def for_meeting(
    snapshot: Snapshot, today: date, meeting: str, written: Iterable[Explanation] | None = None
) -> tuple[Answered, ...]:
    """Every contradiction with what is said of it for a meeting; those that wait for an answer come first.

    `written` are the explanations to look among, where they are other than the snapshot's.
    """
    there = {e.key: e for e in (snapshot.explanations if written is None else written)}
    found = (Answered(c, there.get(c.explained_by(meeting))) for c in of_plan(snapshot, today))
    return tuple(sorted(found, key=lambda each: each.is_settled))


def barring(found: Iterable[Answered]) -> str:
    """Why papers cannot go out: which contradictions nobody has answered; empty where all are."""
    left = [each.clash for each in found if not each.is_settled]
    named = "; ".join(f"{clash.key} {clash.sentence.rstrip('.')}" for clash in left)
    form = _(
        "Innkallingen kan ikke sendes før dette er rettet, forklart eller lagt fram som uforklart under "
        "«Sagt og gjort»: {named}."
    )
    return form.format(named=named) if left else ""


def worsening(found: Iterable[Indicator], today: date) -> Iterator[str]:
    """Each indicator that goes the wrong way, in words."""
    for indicator in found:
        trend = indicators.trend(indicator, today)
        if trend and indicators.is_worsening(indicator, today):
            yield _("Indikatoren «{name}» går feil vei: {trend}").format(
                name=indicator.name, trend=trend.sentence
            )


def _of_measure(measure: Measure, snapshot: Snapshot, today: date, limit: int) -> Iterator[Contradiction]:
    if measure.report is None or measure.phase is Phase.DROPPED:
        return
    for kind, said in _clashes(measure, measure.report, today, limit):
        yield Contradiction(measure.key, kind, said)
    if measure.phase is Phase.COMPLETED:
        for kind, said in _clashes_of_completed(measure, snapshot, today):
            yield Contradiction(measure.key, kind, said)


def _clashes(measure: Measure, report: Report, today: date, limit: int) -> Iterator[tuple[Clash, str]]:
    if measure.due and progress.is_overdue(measure, today) and _is_green(report, today, limit):
        said = _("Meldt i rute, men over frist siden {day}.").format(day=dates.day(measure.due))
        yield Clash.GREEN_BUT_OVERDUE, said
    if report.assessment.is_on_track and progress.is_stale(report, today, limit):
        said = _("Meldt i rute, men ikke oppdatert på {n} dager.").format(n=progress.age(report, today))
        yield Clash.GREEN_BUT_SILENT, said
    if progress.is_open(measure) and measure.due_moves >= MOVES_TO_EXPLAIN:
        yield Clash.DEADLINE_MOVED, _("Fristen er flyttet {n} ganger.").format(n=measure.due_moves)
    if report.recorded_on > today:
        said = _("Rapporten er fra {day}, og den dagen er ikke kommet. Kanskje gikk klokka feil.")
        yield Clash.AHEAD_OF_THE_CLOCK, said.format(day=dates.day(report.recorded_on))


def _clashes_of_completed(measure: Measure, snapshot: Snapshot, today: date) -> Iterator[tuple[Clash, str]]:
    if not _is_shown(measure, snapshot, today):
        said = _("Meldt fullført uten dokumentasjon på en nådd milepæl eller et dokument på tiltaket.")
        yield Clash.DONE_WITHOUT_EVIDENCE, said
    if left := sum(not progress.is_done(m, today) for m in measure.milestones):
        said = plural("men {n} milepæl er ikke nådd", "men {n} milepæler er ikke nådd", left)
        yield Clash.DONE_WITH_OPEN_MILESTONES, _("Meldt fullført, {but}.").format(but=said)


def _is_shown(measure: Measure, snapshot: Snapshot, today: date) -> bool:
    """Whether anything shows that a measure is done: evidence of a reached milestone, or a document."""
    shown = any(progress.is_done(each, today) and each.evidence for each in measure.milestones)
    return shown or bool(snapshot.links_of(measure.key))


def _of_indicators(goal: Goal, today: date, limit: int) -> Iterator[Contradiction]:
    """The worsening indicators against the nearest thing above each that is reported on track."""
    found: dict[str, list[str]] = {}
    for indicator, above in _indicators_below(goal):
        green = [thing for thing in above if _is_green(thing.report, today, limit)]
        for done in worsening([indicator], today) if green else ():
            said = found.setdefault(
                green[0].key, [_("{thing} er meldt i rute.").format(thing=_thing(green[0]))]
            )
            said.append(f"{done}.")
    for key, said in found.items():
        yield Contradiction(key, Clash.GREEN_BUT_WORSENING, " ".join(said))


def _indicators_below(goal: Goal) -> Iterator[tuple[Indicator, tuple[Measure | Subgoal | Goal, ...]]]:
    """Each indicator in the goal with what it says something of, the nearest first."""
    yield from ((i, (goal,)) for i in goal.indicators)
    for subgoal in goal.subgoals:
        yield from ((i, (subgoal, goal)) for i in subgoal.indicators)
        for measure in progress.counting(subgoal.measures):
            yield from ((i, (measure, subgoal, goal)) for i in measure.indicators)


def _thing(thing: Measure | Subgoal | Goal) -> str:
    if isinstance(thing, Measure):
        return _("Tiltaket")
    return _("Delmålet") if isinstance(thing, Subgoal) else _("Hovedmålet")


def _is_green(report: Report | None, today: date, limit: int) -> bool:
    return progress.mark_of(report, today, limit).assessment.is_on_track
