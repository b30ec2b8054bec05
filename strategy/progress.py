"""How far the work has come, whether that is fast enough, and what colour may be shown for it.

The rules are in `docs/numbers.md`. Nothing here is stored: all of it is computed from one snapshot and a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from strategy import dates
from strategy.i18n import _, mark, plural
from strategy.snapshot import Goal, Measure, Milestone, Report, Snapshot, Subgoal
from strategy.terms import Assessment, Kind, Phase

STALE_AFTER = 120
"""Days after which a report no longer shows its colour."""

ON_PACE_WITHIN = 5
"""Percentage points either way that still count as in step with time."""

_TERMS_SHOWN = 8


class Basis(StrEnum):
    """What the progress of a measure rests on."""

    COMPLETED = "completed"
    MILESTONES = "milestones"
    YEAR_MILESTONES = "year_milestones"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return _(_BASES[self])


_BASES = {
    Basis.COMPLETED: mark("fullført"),
    Basis.MILESTONES: mark("etter milepælene"),
    Basis.YEAR_MILESTONES: mark("etter årets milepæler"),
    Basis.ESTIMATE: mark("anslått"),
    Basis.UNKNOWN: mark("ikke kjent"),
    Basis.DROPPED: mark("utgått, teller ikke"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A share from 0 to 1, or None where nothing is known; `basis` is None for anything above a measure.

    Of the `total` measures that count (the dropped do not), `known` have a progress, `reported` a report and
    `both` both.
    """

    share: float | None
    basis: Basis | None
    known: int
    total: int
    reported: int
    both: int

    @property
    def text(self) -> str:
        """`45 %`, or «ikke kjent»."""
        return Basis.UNKNOWN.label if self.share is None else dates.percent(self.share)

    @property
    def coverage(self) -> str:
        """«18 av 20 tiltak rapportert»; where the known are not those reported, it says so."""
        if not self.total:
            return _("ingen tiltak teller")
        if self.known == self.reported == self.both:
            form = _("{known} av {total} tiltak rapportert")
        else:
            form = _("{known} av {total} tiltak har kjent framdrift")
        return form.format(known=self.known, total=self.total)

    @property
    def sentence(self) -> str:
        """«Framdrift 45 % · 18 av 20 tiltak rapportert», or for a measure «Framdrift 45 % · anslått»."""
        if self.basis is Basis.DROPPED:
            return _("Utgått, teller ikke")
        if self.basis is Basis.UNKNOWN:
            return _("Framdrift ikke kjent") if self.reported else _("Framdrift ikke rapportert")
        rests_on = self.basis.label if self.basis else self.coverage
        return _("Framdrift {share} · {rests_on}").format(share=self.text, rests_on=rests_on)


def of_measure(measure: Measure, today: date) -> Progress:
    """The progress of one measure: completed, milestones, estimate or unknown, in that order."""
    reported = int(measure.report is not None)
    if measure.phase is Phase.DROPPED:
        return Progress(None, Basis.DROPPED, 0, 0, 0, 0)
    share, basis = _of_work(measure, today)
    known = int(share is not None)
    return Progress(share, basis, known, 1, reported, known * reported)


def of_subgoal(subgoal: Subgoal, today: date) -> Progress:
    """The weighted mean of its measures with a known progress."""
    return _rolled_up((measure.weight, of_measure(measure, today)) for measure in subgoal.measures)


def of_goal(goal: Goal, today: date) -> Progress:
    """The weighted mean of its subgoals with a known progress."""
    return _rolled_up((subgoal.weight, of_subgoal(subgoal, today)) for subgoal in goal.subgoals)


def of_plan(snapshot: Snapshot, today: date) -> Progress:
    """The weighted mean of the main goals with a known progress."""
    return _rolled_up((goal.weight, of_goal(goal, today)) for goal in snapshot.goals)


def counting_milestones(measure: Measure, today: date) -> tuple[Milestone, ...]:
    """The milestones its progress is made of: this year's for a standing commitment, otherwise all."""
    yearly = measure.kind is Kind.CONTINUOUS
    return tuple(m for m in measure.milestones if m.weight > 0 and (not yearly or m.year == today.year))


def is_done(milestone: Milestone, today: date) -> bool:
    """Whether it was reached by the end of `today`."""
    return milestone.done_on is not None and milestone.done_on <= today


def dropped(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that were given up: out of every sum, and listed."""
    return tuple(measure for measure in measures if measure.phase is Phase.DROPPED)


def counting(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that are in the sums: all but the dropped."""
    return tuple(measure for measure in measures if measure.phase is not Phase.DROPPED)


def formula(thing: Measure | Subgoal | Goal | Snapshot, today: date) -> str:
    """How the progress of `thing` was made, with its numbers, as one or two sentences for the page."""
    if isinstance(thing, Measure):
        return _formula_of_measure(thing, today)
    if isinstance(thing, Subgoal):
        parts = [(m.weight, of_measure(m, today)) for m in thing.measures]
        return _formula_of_parts(parts, _("tiltak"))
    if isinstance(thing, Goal):
        return _formula_of_parts([(s.weight, of_subgoal(s, today)) for s in thing.subgoals], _("delmål"))
    return _formula_of_parts([(g.weight, of_goal(g, today)) for g in thing.goals], _("hovedmål"))


class Standing(StrEnum):
    """Progress against time."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"

    @property
    def label(self) -> str:
        return _(_STANDINGS[self])


_STANDINGS = {
    Standing.AHEAD: mark("Foran tiden"),
    Standing.ON_PACE: mark("I takt med tiden"),
    Standing.BEHIND: mark("Bak tiden"),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """`elapsed` is the share of the period gone; `gap` is progress minus elapsed in whole percentage points.

    The gap is taken between the percentages as they are shown, so that a reader who subtracts them agrees.
    """

    elapsed: float
    gap: int
    standing: Standing

    @property
    def sentence(self) -> str:
        if self.standing is Standing.ON_PACE:
            return _("i takt med tiden")
        ahead = self.standing is Standing.AHEAD
        form = _("{n} prosentpoeng foran tiden") if ahead else _("{n} prosentpoeng bak tiden")
        return form.format(n=abs(self.gap))

    @property
    def short(self) -> str:
        """For where time has just been named: «12 prosentpoeng bak»."""
        if self.standing is Standing.ON_PACE:
            return _("i takt")
        form = _("{n} prosentpoeng foran") if self.standing is Standing.AHEAD else _("{n} prosentpoeng bak")
        return form.format(n=abs(self.gap))


def pace(progress: Progress, period: dates.Period, today: date) -> Pace | None:
    """Compare `progress` with how much of `period` has gone; None where the progress is unknown."""
    if progress.share is None:
        return None
    elapsed = period.elapsed(today)
    gap = points(progress.share) - points(elapsed)
    if abs(gap) <= ON_PACE_WITHIN:
        return Pace(elapsed, gap, Standing.ON_PACE)
    return Pace(elapsed, gap, Standing.AHEAD if gap > 0 else Standing.BEHIND)


def points(share: float) -> int:
    """Whole percentage points of a share, rounded half up as `dates.percent` shows them."""
    return int((Decimal(str(share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def is_open(measure: Measure) -> bool:
    """Whether work is still expected; a measure nobody has reported on is open."""
    return measure.phase is None or measure.phase.is_open


def is_overdue(measure: Measure, today: date) -> bool:
    """Whether the deadline has passed and the work is open; the deadline's own day is in time."""
    return is_open(measure) and measure.due is not None and measure.due < today


def late_milestones(measure: Measure, today: date) -> tuple[Milestone, ...]:
    """Milestones past their day and not reached, oldest first; none once the measure is done or dropped."""
    if not is_open(measure):
        return ()
    late = (m for m in measure.milestones if m.due < today and not is_done(m, today))
    return tuple(sorted(late, key=lambda m: (m.due, m.key)))


def is_late(measure: Measure, today: date) -> bool:
    """Whether the measure is overdue or has a late milestone."""
    return is_overdue(measure, today) or bool(late_milestones(measure, today))


def late(measures: Iterable[Measure], today: date) -> tuple[Measure, ...]:
    """The late among `measures`: what makes a goal late."""
    return tuple(measure for measure in measures if is_late(measure, today))


def age(report: Report, today: date) -> int:
    """Days since the report, never below 0."""
    return max(0, (today - report.recorded_on).days)


def reported(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """«Rapportert»: the measures in the sums that have a report, however old."""
    return tuple(measure for measure in counting(measures) if measure.report)


def freshly_reported(
    measures: Iterable[Measure], today: date, limit: int = STALE_AFTER
) -> tuple[Measure, ...]:
    """«Rapportert siste 120 dager»: those of them whose report is no older than `limit` days."""
    return tuple(m for m in reported(measures) if m.report and age(m.report, today) <= limit)


def is_stale(report: Report, today: date, limit: int = STALE_AFTER) -> bool:
    """Whether the report is older than `limit` days; what is completed or dropped never goes stale."""
    return (report.phase is None or report.phase.is_open) and age(report, today) > limit


def is_silent(measure: Measure, today: date, limit: int = STALE_AFTER) -> bool:
    """Whether an open measure has no report, or a stale one."""
    return is_open(measure) and (measure.report is None or is_stale(measure.report, today, limit))


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown for a measure or goal: grey when the report is missing, stale or without an assessment.

    `last` is the assessment in the report, whatever its age; `age` is in days.
    """

    assessment: Assessment
    reported: bool
    stale: bool = False
    last: Assessment | None = None
    age: int | None = None
    phase: Phase | None = None

    @property
    def symbol(self) -> str:
        return self.assessment.mark

    @property
    def short(self) -> str:
        """Which grey it is without its age: never reported, given up, too old; else the assessment."""
        if not self.reported:
            return _("Ikke rapportert")
        if self.phase is Phase.DROPPED:
            return self.phase.label
        return _("Ikke oppdatert") if self.stale else self.assessment.label

    @property
    def word(self) -> str:
        """`short`, and of what is too old also for how long and what it was."""
        if not self.stale or self.phase is Phase.DROPPED:
            return self.short
        aged = plural("Ikke oppdatert på {n} dag", "Ikke oppdatert på {n} dager", self.age or 0)
        return _("{aged}, sist «{last}»").format(aged=aged, last=self.last.label) if self.last else aged


def mark_of(report: Report | None, today: date, limit: int = STALE_AFTER) -> Shown:
    """What may be shown for the thing whose newest report is `report`."""
    if report is None:
        return Shown(Assessment.NOT_ASSESSED, reported=False)
    stale = is_stale(report, today, limit)
    grey = stale or report.phase is Phase.DROPPED
    assessment = Assessment.NOT_ASSESSED if grey else report.assessment
    return Shown(assessment, True, stale, report.assessment, age(report, today), report.phase)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many measures show each mark; together they are every measure that is not dropped.

    `numbers` are in the order of the assessments. Those that show grey were never reported, are `stale`, or
    `unassessed` (reported without one).
    """

    numbers: tuple[int, ...]
    stale: int = 0
    unassessed: int = 0

    def of(self, assessment: Assessment) -> int:
        """How many show `assessment`."""
        return self.numbers[list(Assessment).index(assessment)]

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def on_track(self) -> int:
        return sum(self.of(each) for each in Assessment if each.is_on_track)

    @property
    def not_reported(self) -> int:
        """All that show grey."""
        return sum(self.of(each) for each in Assessment if not each.is_judged)

    @property
    def grey(self) -> str:
        """The word for what shows grey, in lower case."""
        return _("uten fersk vurdering") if self.stale or self.unassessed else _("ikke rapportert")

    @property
    def rows(self) -> tuple[tuple[Assessment, int, str], ...]:
        """(mark, count, word) in the order they are always shown; the words are in lower case."""
        return tuple(
            (each, count, each.label.lower() if each.is_judged else self.grey)
            for each, count in zip(Assessment, self.numbers, strict=True)
        )

    @property
    def sentence(self) -> str:
        """«9 i rute, 6 noe avvik, 3 vesentlig avvik, 2 ikke rapportert»; kinds with none are left out."""
        said = [f"{count} {word}" for _mark, count, word in self.rows if count]
        return ", ".join(said) or _("Ingen tiltak teller")


def counts(measures: Iterable[Measure], today: date, limit: int = STALE_AFTER) -> Counts:
    """Count the marks shown for `measures`, the dropped left out."""
    shown = [mark_of(measure.report, today, limit) for measure in counting(measures)]
    numbers = tuple(sum(s.assessment is each for s in shown) for each in Assessment)
    stale = sum(s.stale for s in shown)
    unassessed = sum(s.reported and not s.stale and not s.assessment.is_judged for s in shown)
    return Counts(numbers, stale, unassessed)


def deviating(measures: Iterable[Measure], day: date) -> tuple[Measure, ...]:
    """Those of `measures` that show a deviation on `day`, the worst first."""
    shown = ((mark_of(measure.report, day).assessment, measure) for measure in measures)
    off = [(mark, measure) for mark, measure in shown if mark.is_deviation]
    return tuple(measure for _mark, measure in sorted(off, key=lambda pair: pair[0].rank))


def _of_work(measure: Measure, today: date) -> tuple[float | None, Basis]:
    if measure.phase is Phase.COMPLETED:
        return 1.0, Basis.COMPLETED
    if milestones := counting_milestones(measure, today):
        yearly = measure.kind is Kind.CONTINUOUS
        return _share_done(milestones, today), Basis.YEAR_MILESTONES if yearly else Basis.MILESTONES
    if measure.report and measure.report.estimate is not None:
        return min(100, max(0, measure.report.estimate)) / 100, Basis.ESTIMATE
    return None, Basis.UNKNOWN


def _share_done(milestones: Sequence[Milestone], today: date) -> float:
    done = sum((m.weight for m in milestones if is_done(m, today)), Decimal(0))
    return float(done / sum((m.weight for m in milestones), Decimal(0)))


def _rolled_up(parts: Iterable[tuple[Decimal, Progress]]) -> Progress:
    children = list(parts)
    return Progress(
        _weighted_mean([(weight, p.share) for weight, p in children if p.share is not None]),
        None,
        sum(p.known for _weight, p in children),
        sum(p.total for _weight, p in children),
        sum(p.reported for _weight, p in children),
        sum(p.both for _weight, p in children),
    )


def _weighted_mean(parts: Sequence[tuple[Decimal, float]]) -> float | None:
    parts = [(weight, share) for weight, share in parts if weight > 0]
    if not parts:
        return None
    mean = sum(float(weight) * share for weight, share in parts) / sum(
        float(weight) for weight, _share in parts
    )
    shares = [share for _weight, share in parts]
    return min(max(shares), max(min(shares), mean))


def _formula_of_measure(measure: Measure, today: date) -> str:
    progress = of_measure(measure, today)
    milestones = counting_milestones(measure, today)
    if progress.basis in (Basis.MILESTONES, Basis.YEAR_MILESTONES):
        return _formula_of_milestones(milestones, progress, today)
    form = {
        Basis.COMPLETED: _("Tiltaket er meldt fullført og regnes som {share}."),
        Basis.ESTIMATE: _(
            "Framdriften på {share} er anslått av den som rapporterte. Ingen milepæler å regne med."
        ),
        Basis.DROPPED: _("Tiltaket er utgått og teller ikke med."),
        Basis.UNKNOWN: _("Framdriften er ikke kjent: ingen milepæler å regne med, og ingen har anslått den."),
    }[progress.basis or Basis.UNKNOWN]
    return form.format(share=progress.text)


def _formula_of_milestones(milestones: Sequence[Milestone], progress: Progress, today: date) -> str:
    reached = [m for m in milestones if is_done(m, today)]
    when = _(" i {year}").format(year=today.year) if progress.basis is Basis.YEAR_MILESTONES else ""
    form = plural(
        "{done} av {n} milepæl{when} er nådd", "{done} av {n} milepæler{when} er nådd", len(milestones)
    )
    said = form.format(done=len(reached), when=when)
    if len({m.weight for m in milestones}) == 1:
        return _("{said}: {share}.").format(said=said, share=progress.text)
    weight, whole = (dates.number(sum((m.weight for m in ms), Decimal(0))) for ms in (reached, milestones))
    return _("{said}, og de har vekt {weight} av {whole}: {share}.").format(
        said=said, weight=weight, whole=whole, share=progress.text
    )


def _formula_of_parts(parts: Sequence[tuple[Decimal, Progress]], word: str) -> str:
    total = _rolled_up(parts)
    used = [(weight, p) for weight, p in parts if p.share is not None and weight > 0]
    counted = [p for _weight, p in parts if p.total]
    if not used:
        return _("Framdriften er ikke kjent: ingen {word} har en kjent framdrift.").format(word=word)
    left_out = len(counted) - len(used)
    said = _(
        "Vektet snitt av {used} av {all} {word} med kjent framdrift: {sum} = {share} (avrundet)."
    ).format(used=len(used), all=len(counted), word=word, sum=_sum(used), share=total.text)
    if not left_out:
        return said
    return said + " " + _("De andre er holdt utenfor, ikke regnet som 0.")


def _sum(parts: Sequence[tuple[Decimal, Progress]]) -> str:
    plain = all(weight == 1 for weight, _p in parts)
    terms = [p.text if plain else f"{p.text} × {dates.number(weight)}" for weight, p in parts]
    if len(terms) > _TERMS_SHOWN:
        terms = [*terms[:_TERMS_SHOWN], "…"]
    whole = dates.number(sum((weight for weight, _p in parts), Decimal(0)))
    return f"({' + '.join(terms)}) / {whole}"
