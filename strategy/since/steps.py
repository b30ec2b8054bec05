"""The mark of every measure that counts, as it was shown then and is now, by which way it went."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from strategy import progress
from strategy.since.between import Between
from strategy.since.lines import stepped
from strategy.snapshot import Measure
from strategy.terms import Assessment


class Way(Enum):
    """Which way a mark went; from grey to grey is no news."""

    WORSE = "worse"
    BETTER = "better"
    SILENT = "silent"
    JUDGED = "judged"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """A measure's mark before and after; one that is new was grey."""

    measure: Measure
    before: Assessment
    after: Assessment

    @property
    def way(self) -> Way:
        """Worse or better, to grey, from grey, or as before."""
        if self.before.is_judged == self.after.is_judged:
            return _WAYS[stepped(self.before, self.after)]
        return Way.SILENT if self.before.is_judged else Way.JUDGED


_WAYS = {-1: Way.WORSE, 0: Way.SAME, 1: Way.BETTER}


@dataclass(frozen=True, slots=True)
class Gone:
    """The measures whose marks went one way, the worst first."""

    way: Way
    steps: tuple[Step, ...]


def gone(seen: Between) -> Iterator[Gone]:
    """The ways there are, the worse first and what is as before last."""
    found = tuple(_steps(seen))
    for way in Way:
        if mine := [step for step in found if step.way is way]:
            yield Gone(way, tuple(sorted(mine, key=lambda step: step.after.rank)))


def _steps(seen: Between) -> Iterator[Step]:
    for measure in progress.counting(seen.after.measures):
        old = seen.old.get(measure.key)
        before = progress.mark_of(old.report if old else None, seen.then)
        yield Step(measure, before.assessment, progress.mark_of(measure.report, seen.today).assessment)
