"""The news of one measure, subgoal or goal on one line."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy import progress
from strategy.i18n import _
from strategy.since import facts
from strategy.since.between import Between
from strategy.since.facts import Aim, Fact
from strategy.snapshot import Measure, Report
from strategy.terms import Assessment, Phase


@dataclass(frozen=True, slots=True)
class Line:
    """What has happened, and what the newest report says, if it is new.

    `said` is the report that is quoted, None where the words are ours. `before` and `after` are set where a
    new report changed the assessment that may be shown, and `was` and `now` are the words for them: of a
    grey one, which grey it is.
    """

    thing: Measure | Aim
    facts: tuple[Fact, ...]
    report: str = ""
    said: Report | None = None
    before: Assessment | None = None
    after: Assessment | None = None
    was: str = ""
    now: str = ""

    @property
    def step(self) -> int:
        """−1 worse, 1 better, 0 neither: from or to grey nobody can say."""
        return stepped(self.before, self.after) if self.before and self.after else 0

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Worse first, then what else went wrong, then better, then other facts, and mere reports last.

        Of each the measures come first: they are what was done, a goal is judged by them.
        """
        return self._kind, not isinstance(self.thing, Measure), self._severity

    @property
    def _kind(self) -> int:
        if self.step < 0:
            return 0
        if any(fact.bad for fact in self.facts) or (self.after and self.after.is_deviation and not self.step):
            return 1
        if self.step > 0:
            return 2
        return 3 if self.facts or self.after else 4

    @property
    def _severity(self) -> int:
        return self.after.rank if self.after else len(Assessment)


def stepped(before: Assessment, after: Assessment) -> int:
    """−1 worse, 1 better, 0 neither: from or to grey nobody can say."""
    if not (before.is_judged and after.is_judged):
        return 0
    return (after.rank > before.rank) - (after.rank < before.rank)


def lines(seen: Between) -> Iterator[Line]:
    """Every measure, subgoal and goal with news, in the plan's order; what left the plan last."""
    old_aims = {aim.key: aim for aim in seen.before.aims}
    for aim in seen.after.aims:
        before = old_aims.pop(aim.key, None)
        found = facts.of_aim(before, aim, seen)
        if line := _line(aim, before.report if before else None, aim.report, found, seen):
            yield line
    for key, measure in seen.new.items():
        old = seen.old.get(key)
        found = facts.of_measure(old, measure, seen) if old else facts.of_added(measure, seen)
        if line := _line(measure, old.report if old else None, measure.report, found, seen):
            yield line
    for measure in seen.retired.values():
        yield Line(measure, tuple(facts.of_retired(measure, seen)), *_last_word(measure.report))
    for aim in old_aims.values():
        yield Line(aim, (Fact(facts.News.RETIRED, (_("tatt ut av planen"),)),))


def _line(
    thing: Measure | Aim, old: Report | None, new: Report | None, found: Iterator[Fact], seen: Between
) -> Line | None:
    told, fresh = tuple(found), (old and old.change_id) != (new and new.change_id)
    was, now = progress.mark_of(old, seen.then), progress.mark_of(new, seen.today)
    dropped = new is not None and new.phase is Phase.DROPPED  # grey by its phase, which is told
    said_again = was.stale and was.last is now.assessment  # it had only grown old
    moved = fresh and not dropped and not said_again and was.assessment is not now.assessment
    if not told and not fresh:
        return None
    said = _said(old, new) if fresh else ("", None)
    if not moved:
        return Line(thing, told, *said)
    return Line(thing, told, *said, was.assessment, now.assessment, was.short, now.short)


def _said(before: Report | None, report: Report | None) -> tuple[str, Report | None]:
    """Why, where it is not going well; else what was done; or that a report was undone. And whose words."""
    if report is None or (before and report.change_id < before.change_id):
        return _("Siste rapport er trukket tilbake."), None
    why = report.assessment.is_deviation or report.phase is Phase.DROPPED
    said = (report.cause if why else "") or report.done
    return (said, report) if said else (_("Ny rapport."), None)


def _last_word(report: Report | None) -> tuple[str, Report | None]:
    said = report.cause or report.done if report else ""
    return said, report if said else None
