"""What one measure's strip tells: how it has been judged, what was reached and missed, its deadline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from strategy import dates, progress
from strategy.i18n import _, plural
from strategy.progress import Shown
from strategy.snapshot import Measure, Report, Snapshot
from strategy.terms import Assessment, Phase

MOVES_TO_SAY_FIRST = 2


@dataclass(frozen=True, slots=True)
class Story:
    """All a strip draws. `marks` are of each quarter that has begun, None where nobody had reported.

    Each milestone is in one list, as days: `reached` when, the others by when; `left` are those that a
    completed or dropped measure let go. `moved` are the deadlines before `due`, `ends` is when the work was
    completed or dropped: nothing is to come after it.
    """

    period: dates.Period
    today: date
    shown: Shown
    marks: tuple[Assessment | None, ...]
    due: date | None
    is_overdue: bool
    moved: tuple[date, ...]
    reached: tuple[date, ...]
    late: tuple[date, ...]
    coming: tuple[date, ...]
    left: tuple[date, ...]
    decisions: tuple[date, ...]
    ends: date | None

    @property
    def is_dropped(self) -> bool:
        return self.shown.phase is Phase.DROPPED

    @property
    def flies(self) -> bool:
        """Whether there is a deadline to keep: none once the work has ended."""
        return self.due is not None and not self.ends

    @property
    def deadlines(self) -> tuple[date, ...]:
        """Every deadline there has been, that which stands last."""
        return (*self.moved, self.due) if self.due else self.moved

    @property
    def finding(self) -> str:
        """What one should know first: «fristen er flyttet tre ganger», «meldt i rute, men 83 dager over»."""
        mark, late, times = self.shown.short, len(self.late), len(self.moved)
        mark = mark[:1].lower() + mark[1:]
        if self.shown.phase and not self.shown.phase.is_open:
            return self.shown.phase.label.lower()
        if self.is_overdue and self.due:
            form = _("meldt {mark}, men {late}") if self.shown.assessment.is_on_track else _("{mark}, {late}")
            over = (self.today - self.due).days
            said = plural("{n} dag over fristen", "{n} dager over fristen", over)
            return form.format(mark=mark, late=said)
        if self.flies and times >= MOVES_TO_SAY_FIRST:
            return _("fristen er flyttet {number} ganger").format(number=dates.in_words(times))
        form = plural("én milepæl er over frist", "{number} milepæler er over frist", late)
        return form.format(number=dates.in_words(late)) if late else mark

    @property
    def sentence(self) -> str:
        """The finding for whoever does not see it: «Noe avvik siden 2. kv. 2026. Frist 31.12.2027.»"""
        return " ".join(f"{said}." for said in (self._judged, self.deadline, self._milestones) if said)

    @property
    def _judged(self) -> str:
        same = list(takewhile(lambda mark: mark is self.marks[-1], reversed(self.marks)))
        if not self.shown.reported or not same or self.shown.stale or len(same) == len(self.marks):
            return self.shown.word
        began = list(dates.quarters(self.period))[len(self.marks) - len(same)]
        return _("{word} siden {quarter}").format(word=self.shown.word, quarter=dates.quarter_label(began))

    @property
    def deadline(self) -> str:
        """«Frist 31.12.2027, flyttet 3 ganger», or nothing where it has none any more."""
        if self.due is None or self.ends:
            return ""
        form = _("Over frist siden {day}") if self.is_overdue else _("Frist {day}")
        n = len(self.moved)
        moved = plural(", flyttet {n} gang", ", flyttet {n} ganger", n) if n else ""
        return form.format(day=dates.day(self.due)) + moved

    @property
    def _milestones(self) -> str:
        every = sum(map(len, (self.reached, self.late, self.coming, self.left)))
        if not every:
            return ""
        said = plural("{some} av {n} milepæl nådd", "{some} av {n} milepæler nådd", every)
        late = _(", {n} over frist").format(n=len(self.late)) if self.late else ""
        return said.format(some=len(self.reached)) + late


def legend(marks: str) -> str:
    """How a strip is read, in words; `marks` are the assessments with their words."""
    return _(
        "Hvert felt er et kvartal: {marks}. Blekt er før, full farge er nå, åpent er det som kommer. "
        "Under: strek er en milepæl som er nådd, grå strek en som kommer, rødt kryss en som er over frist. "
        "Over: flagg er fristen, åpent flagg der den var før, romber er vedtak. Den lange streken er i dag."
    ).format(marks=marks)


def stories(
    plan: Snapshot, keys: Iterable[str], said: Mapping[str, Sequence[Report]], today: date
) -> tuple[Story, ...]:
    """The story of each of these measures; `said` has every report on each, oldest first."""
    held = {meeting.key: meeting.held_on for meeting in plan.meetings}
    decided: dict[str, list[date]] = {}
    for decision in plan.decisions:
        for key in decision.measures if decision.meeting in held else ():
            decided.setdefault(key, []).append(held[decision.meeting])
    period = plan.strategy.period
    return tuple(
        story(plan.measure(key), said.get(key, ()), decided.get(key, ()), period, today) for key in keys
    )


def story(
    measure: Measure, reports: Sequence[Report], decided: Iterable[date], period: dates.Period, today: date
) -> Story:
    """The story of a measure: `reports` are all on it, oldest first, `decided` days of what is decided."""
    late, is_open = progress.late_milestones(measure, today), progress.is_open(measure)
    waiting = [m for m in measure.milestones if not progress.is_done(m, today) and m not in late]
    return Story(
        period,
        today,
        progress.mark_of(measure.report, today),
        tuple(_mark(reports, quarter, today) for quarter in dates.quarters(period) if quarter.start <= today),
        measure.due,
        progress.is_overdue(measure, today),
        measure.was_due,
        reached=tuple(m.done_on for m in measure.milestones if m.done_on and progress.is_done(m, today)),
        late=tuple(m.due for m in late),
        coming=tuple(m.due for m in waiting if is_open),
        left=tuple(m.due for m in waiting if not is_open),
        decisions=tuple(day for day in decided if day <= today),
        ends=None if is_open else measure.closed_on,
    )


def _mark(reports: Sequence[Report], quarter: dates.Period, today: date) -> Assessment | None:
    """What was shown at the end of a quarter, of one that runs as of today."""
    day = min(quarter.until - timedelta(days=1), today)
    said = [report for report in reports if report.recorded_on <= day]
    shown = progress.mark_of(said[-1] if said else None, day)
    return shown.assessment if shown.reported else None
