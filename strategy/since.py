"""What has happened to the measures between two snapshots, in one line each that a board can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from strategy import dates, people, progress
from strategy.i18n import _
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Assessment, Phase

_WORSE_FIRST = {
    Assessment.MAJOR_DEVIATION: 0,
    Assessment.SOME_DEVIATION: 1,
    Assessment.NOT_ASSESSED: 2,
    Assessment.ON_TRACK: 3,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure's news: facts, and what its newest report says, if it is new.

    `before` and `after` are set where its assessment changed.
    """

    measure: Measure
    facts: tuple[str, ...]
    report: str = ""
    before: Assessment | None = None
    after: Assessment | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts what became worse first, then better, then other facts, and mere reports last."""
        if self.before is None or self.after is None:
            return (2 if self.facts else 3, 0)
        step = _WORSE_FIRST[self.after] - _WORSE_FIRST[self.before]
        return (0 if step < 0 else 1, _WORSE_FIRST[self.after])


def lines(before: Snapshot, after: Snapshot, today: date) -> tuple[Line, ...]:
    """Every measure with news, worst first; empty where nothing happened."""
    old = {measure.key: measure for measure in before.measures}
    new = {measure.key: measure for measure in after.measures}
    gone = [Line(m, (_("tatt ut av planen"),)) for key, m in old.items() if key not in new]
    then = dates.oslo_day(before.recorded_at)
    found = [_line(old.get(key), measure, then, today) for key, measure in new.items()]
    return tuple(sorted((*gone, *(line for line in found if line)), key=lambda line: line.rank))


def _line(old: Measure | None, new: Measure, then: date, today: date) -> Line | None:
    if old is None:
        return Line(new, (_("nytt tiltak"),))
    was, now = _shown(old, then), _shown(new, today)
    moved = was is not now and _is_new(old, new)  # that a report has gone stale is silence, not news
    facts, report = tuple(_facts(old, new, today)), _reported(old, new)
    if not moved and not facts and not report:
        return None
    return Line(new, facts, report, was if moved else None, now if moved else None)


def _shown(measure: Measure, day: date) -> Assessment:
    return progress.mark_of(measure.report, day).assessment


def _is_new(old: Measure, new: Measure) -> bool:
    """Whether it has been reported on since; that a report was undone brings none."""
    return new.report is not None and (old.report is None or old.report.change_id != new.report.change_id)


def _facts(old: Measure, new: Measure, today: date) -> Iterator[str]:
    if old.phase is not new.phase and new.phase:
        yield _phase_moved(old.phase, new.phase)
    if old.due != new.due:
        yield _due_moved(old, new)
    if (who := people.responsible_text(new, today)) != people.responsible_text(old, today):
        yield _("ny ansvarlig: {who}").format(who=who)
    yield from _milestones(old, new, today)


def _reported(old: Measure, new: Measure) -> str:
    if not new.report or not _is_new(old, new):
        return ""
    said = new.report.cause if new.report.assessment.is_deviation else new.report.done
    return said or _("ny rapport")


def _phase_moved(old: Phase | None, new: Phase) -> str:
    if old is None:
        return new.label.lower()
    return _("{old} → {new}").format(old=old.label.lower(), new=new.label.lower())


def _due_moved(old: Measure, new: Measure) -> str:
    if new.due is None:
        return _("fristen er tatt bort")
    if old.due is None:
        return _("frist satt til {day}").format(day=dates.day(new.due))
    form = _("frist flyttet {old} → {new} ({n}. gang)") if new.due > old.due else _("frist {old} → {new}")
    return form.format(old=dates.day(old.due), new=dates.day(new.due), n=new.due_moves)


def _milestones(old: Measure, new: Measure, today: date) -> Iterator[str]:
    done = {m.key for m in old.milestones if m.done_on}
    for milestone in new.milestones:
        if progress.is_done(milestone, today) and milestone.key not in done:
            yield _("milepæl nådd: {title}").format(title=milestone.title)
