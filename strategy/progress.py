"""How far the work has come, counted in milestones, what is late, and what colour may be shown for it.

The rules are in `docs/numbers.md`. Nothing here is stored: all of it is computed from one snapshot and a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from strategy import dates, texts
from strategy.i18n import _, plural
from strategy.snapshot import Measure, Milestone, Report, Strategy
from strategy.terms import Assessment, Kind, Phase

STALE_AFTER = 120
"""Days after which a report no longer shows its colour."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The milestones of one action-plan year, told apart; each number said is the length of its list.

    `reached` by the year's last day, or so far; `later` after it. `late` are owed and past their day,
    `coming` owed and before it, `let_go` what was left when its measure was completed or dropped after the
    year. `moved` were entered for the year and stand in a later one now; `added` were entered for it after it
    began. `owed` are those of earlier years past their day, told of this year only. `planning` are the
    measures with milestones in the year, of the `measures` that count, and `dropped` those that have left.
    """

    year: int
    has_begun: bool
    is_over: bool
    reached: tuple[Milestone, ...]
    later: tuple[Milestone, ...]
    late: tuple[Milestone, ...]
    coming: tuple[Milestone, ...]
    let_go: tuple[Milestone, ...]
    moved: tuple[Milestone, ...]
    added: tuple[Milestone, ...]
    owed: tuple[Milestone, ...]
    planning: tuple[Measure, ...]
    measures: tuple[Measure, ...]
    dropped: tuple[Measure, ...]

    @property
    def all(self) -> tuple[Milestone, ...]:
        return (*self.reached, *self.later, *self.late, *self.coming, *self.let_go)

    @property
    def planned(self) -> tuple[Milestone, ...]:
        """Planned by now: what is reached, or should be; of a year that is over, all of it."""
        return self.all if self.is_over else (*self.reached, *self.late)

    @property
    def is_drawn(self) -> bool:
        """Whether at least half of the measures have milestones in the year, so that a bar tells of them."""
        return bool(self.all) and 2 * len(self.planning) >= len(self.measures)

    @property
    def text(self) -> str:
        """«23 av 43», or that there is no plan for the year."""
        if not self.all:
            return _("ikke ført")
        if not self.has_begun and not self.reached:
            return _("{n} planlagt").format(n=dates.number(len(self.all)))
        return _("{n} av {all}").format(n=dates.number(len(self.reached)), all=dates.number(len(self.all)))

    @property
    def short(self) -> str:
        """«23 av 43 milepæler · 11 over frist · 1 eldre»."""
        form = plural("{share} milepæl", "{share} milepæler", len(self.all))
        said = (form if self.all else _("Ingen milepæler i {year}")).format(share=self.text, year=self.year)
        return " · ".join((said, *self.late_parts))

    @property
    def late_parts(self) -> tuple[str, ...]:
        """«11 over frist» and «1 eldre», each where there are any."""
        late, owed = len(self.late), len(self.owed)
        said = (_("{n} over frist").format(n=late), _("{n} eldre").format(n=owed))
        return tuple(each for each, n in zip(said, (late, owed), strict=True) if n)

    @property
    def sentence(self) -> str:
        """«23 av 43 milepæler i 2026 er nådd. Elleve er over frist, og én står igjen fra tidligere år.»"""
        return " ".join(filter(None, (self.result, self.lateness)))

    @property
    def coverage(self) -> str:
        """«17 av 20 tiltak har milepæler i 2026.»"""
        said = _("{n} av {all} tiltak har milepæler i {year}.")
        return said.format(n=len(self.planning), all=len(self.measures), year=self.year)

    @property
    def beside(self) -> str:
        """What has moved the number itself: moved to a later year, added since, on hold, and dropped."""
        said = []
        if n := len(self.moved):
            form = plural("Én er flyttet til et senere år.", "{number} er flyttet til et senere år.", n)
            said.append(form.format(number=_many(n)))
        if n := len(self.added):
            form = plural("Én er ført etter at året begynte.", "{number} er ført etter at året begynte.", n)
            said.append(form.format(number=_many(n)))
        if keys := [measure.key for measure in self.planning if measure.phase is Phase.ON_HOLD]:
            said.append(_("Satt på vent: {keys}.").format(keys=", ".join(keys)))
        if keys := [measure.key for measure in self.dropped]:
            said.append(_("Utgått og ikke med: {keys}.").format(keys=", ".join(keys)))
        return " ".join(said)

    @property
    def result(self) -> str:
        """«23 av 43 milepæler i 2026 er nådd.», how many are planned, or that there is no plan."""
        if not self.all:
            return _("Handlingsplanen for {year} er ikke ført.").format(year=self.year)
        n = len(self.all)
        if not self.has_begun and not self.reached:
            form = plural("Én milepæl er planlagt i {year}.", "{number} milepæler er planlagt i {year}.", n)
            return form.format(number=_many(n), year=self.year)
        over = plural("{share} milepæl i {year} ble nådd.", "{share} milepæler i {year} ble nådd.", n)
        so_far = plural("{share} milepæl i {year} er nådd.", "{share} milepæler i {year} er nådd.", n)
        return (over if self.is_over else so_far).format(share=self.text, year=self.year)

    @property
    def lateness(self) -> str:
        """«Elleve er over frist, og én står igjen fra tidligere år.», empty where nothing is late."""
        late, owed = len(self.late), len(self.owed)
        form = plural("én står igjen fra tidligere år", "{number} står igjen fra tidligere år", owed)
        left = form.format(number=dates.in_words(owed))
        if not late:
            return f"{left[:1].upper()}{left[1:]}." if owed else ""
        form = plural("Én er over frist", "{number} er over frist", late)
        said = form.format(number=_many(late))
        return _("{late}, og {left}.").format(late=said, left=left) if owed else f"{said}."


def of_year(measures: Iterable[Measure], year: int, today: date) -> Progress:
    """Count the milestones entered for a year, as it ended or so far; nothing is weighed or averaged.

    A measure dropped by then leaves with its milestones; what is left in a completed one is not owed.
    """
    end = today if today.year <= year else date(year, 12, 31)
    gone, counted = list[Measure](), list[Measure]()
    for measure in measures:
        has_left = measure.phase is Phase.DROPPED and _is_closed(measure, end)
        (gone if has_left else counted).append(measure)
    told = [(_list_of(s, m, end, today), s, m) for m in counted for s in m.milestones if s.year == year]
    entered = [step for name, step, _measure in told if name]
    planning = {measure.key for name, _step, measure in told if name}
    return Progress(
        year,
        today >= date(year, 1, 1),
        today > date(year, 12, 31),
        **{name: tuple(step for there, step, _m in told if there == name) for name in _LISTS},
        moved=tuple(s for m in counted for s in m.milestones if s.year > year and year in dict(s.entered)),
        added=tuple(step for step in entered if _came_late(step, year)),
        owed=tuple(s for m in counted for s in late_milestones(m, today) if s.year < year == today.year),
        planning=tuple(m for m in counted if m.key in planning),
        measures=tuple(counted),
        dropped=tuple(gone),
    )


def years(measures: Iterable[Measure], strategy: Strategy, today: date) -> tuple[Progress, ...]:
    """The years of the period side by side: those that have begun, and those to come that are planned."""
    mine, period = tuple(measures), range(strategy.start.year, strategy.end.year + 1)
    found = (of_year(mine, year, today) for year in period)
    return tuple(each for each in found if each.year <= today.year or each.all)


def side_by_side(found: Iterable[Progress], today: date) -> str:
    """«2024: 22 av 25 · 2025: 30 av 36 · 2026 så langt: 23 av 43»."""
    over, running = _("{year}: {text}"), _("{year} så langt: {text}")
    return " · ".join(
        (running if each.year == today.year else over).format(year=each.year, text=each.text)
        for each in found
    )


def now(measures: Iterable[Measure], today: date) -> Progress:
    """The milestones of this year's action plan."""
    return of_year(measures, today.year, today)


def in_words(measures: Iterable[Measure], today: date) -> str:
    """This year's milestones in a sentence or two; before they are entered, with last year's result."""
    mine = tuple(measures)
    found, before = now(mine, today), of_year(mine, today.year - 1, today)
    if found.all or not before.all:
        return found.sentence
    return f"{found.sentence} {before.result}"


def of_measure(measure: Measure, today: date) -> str:
    """How far one measure has come: its milestones of the year, or the reporter's own estimate."""
    if measure.phase is Phase.DROPPED:
        return _("Utgått, teller ikke")
    if measure.phase is Phase.COMPLETED:
        return _("Fullført")
    if measure.milestones:
        return now([measure], today).short
    said = estimate(measure)
    return _("Ingen milepæler") if said is None else _("Anslått {share}").format(share=dates.percent(said))


def in_a_word(measure: Measure, today: date) -> str:
    """The same beside a picture: «5 av 6», «fullført», «anslått 40 %», or nothing."""
    if measure.phase and not measure.phase.is_open:
        return measure.phase.label.lower()
    if (found := now([measure], today)).all:
        return found.text
    said = estimate(measure)
    return "" if said is None else _("anslått {share}").format(share=dates.percent(said))


def estimate(measure: Measure) -> float | None:
    """The reporter's own share, 0 to 1, of a limited measure that has no milestones to count."""
    if not may_estimate(measure) or measure.report is None or measure.report.estimate is None:
        return None
    return min(100, max(0, measure.report.estimate)) / 100


def may_estimate(measure: Measure) -> bool:
    """Whether an estimate tells anything: a standing commitment has no end, and milestones are counted."""
    return measure.kind is Kind.LIMITED and not measure.milestones


def is_done(milestone: Milestone, today: date) -> bool:
    """Whether it was reached by the end of `today`."""
    return milestone.done_on is not None and milestone.done_on <= today


def dropped(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that were given up: out of every sum, and listed."""
    return tuple(measure for measure in measures if measure.phase is Phase.DROPPED)


def counting(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that are in the sums: all but the dropped."""
    return tuple(measure for measure in measures if measure.phase is not Phase.DROPPED)


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
    return tuple(sorted(late, key=lambda m: (m.due, texts.natural(m.key))))


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


_LISTS = ("reached", "later", "late", "coming", "let_go")


def _list_of(step: Milestone, measure: Measure, end: date, today: date) -> str:
    """Which of the lists of `Progress` a milestone is in; empty for what its measure left before `end`."""
    if is_done(step, end):
        return "reached"
    if _is_closed(measure, end):
        return ""
    if is_done(step, today):
        return "later"
    if not is_open(measure):
        return "let_go"
    return "late" if step.due < today else "coming"


def _is_closed(measure: Measure, day: date) -> bool:
    """Whether it was completed or dropped by the end of `day`."""
    return not is_open(measure) and measure.closed_on is not None and measure.closed_on <= day


def _came_late(step: Milestone, year: int) -> bool:
    """Whether it was entered for the year after the year began."""
    came = dict(step.entered).get(year)
    return came is not None and came >= date(year, 1, 1)


def _many(count: int) -> str:
    return dates.in_words(count, capital=True)
