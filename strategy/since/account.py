"""The whole account: the news goal by goal, the promises not kept, and what nothing happened to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from strategy import progress
from strategy.since import facts
from strategy.since.between import Between
from strategy.since.facts import Fact
from strategy.since.lines import Line, lines
from strategy.since.promises import Promise, broken
from strategy.since.steps import Gone, gone
from strategy.snapshot import Goal, Measure, Snapshot, Subgoal


@dataclass(frozen=True, slots=True)
class Group:
    """A main goal with the news of itself, its subgoals and its measures, worst first."""

    goal: Goal
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What happened from `then` to `today`.

    `whole` is of the document itself, `groups` of each goal with news, the worst first. Of the `total`
    measures that count now (the dropped do not), `quiet` are those with no news at all, and `reported` is how
    many anybody has ever reported on. `gone` has each of them with its mark then and now.
    """

    then: date
    today: date
    whole: tuple[Fact, ...]
    groups: tuple[Group, ...]
    promises: tuple[Promise, ...]
    quiet: tuple[Measure, ...]
    total: int
    reported: int
    gone: tuple[Gone, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def measures(self) -> tuple[Line, ...]:
        """The lines of measures, worst first through the whole plan."""
        found = (line for line in self.lines if isinstance(line.thing, Measure))
        return tuple(sorted(found, key=lambda line: line.rank))

    @property
    def worse(self) -> int:
        """How many measures are assessed as worse than they were."""
        return sum(line.step < 0 for line in self.measures)

    @property
    def better(self) -> int:
        return sum(line.step > 0 for line in self.measures)

    @property
    def changed(self) -> int:
        """How many measures have news."""
        return len(self.measures)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed; a promise may be broken by that alone."""
        return not self.whole and not self.groups


def account(before: Snapshot, then: date, after: Snapshot, today: date) -> Account:
    """What happened between `before`, as seen on `then`, and `after`, as seen on `today`."""
    seen = Between(before, then, after, today)
    found = tuple(lines(seen))
    told = {line.thing.key for line in found if isinstance(line.thing, Measure)}
    counting = progress.counting(after.measures)
    quiet = tuple(measure for measure in counting if measure.key not in told)
    return Account(
        then,
        today,
        tuple(facts.of_whole(seen)),
        _grouped(seen, found),
        broken(seen),
        quiet,
        len(counting),
        len(progress.reported(counting)),
        tuple(gone(seen)),
    )


def _grouped(seen: Between, found: tuple[Line, ...]) -> tuple[Group, ...]:
    goals = {goal.key: goal for snapshot in (seen.before, seen.after) for goal in snapshot.goals}
    above = {
        subgoal.key: goal.key
        for snapshot in (seen.before, seen.after)
        for goal in snapshot.goals
        for subgoal in goal.subgoals
    }
    of: defaultdict[str, list[Line]] = defaultdict(list)
    for line in found:
        of[_goal_of(line, above)].append(line)
    groups = (
        Group(goal, tuple(sorted(of[key], key=lambda line: line.rank)))
        for key, goal in goals.items()
        if key in of
    )
    return tuple(sorted(groups, key=_rank))


def _goal_of(line: Line, above: dict[str, str]) -> str:
    if isinstance(line.thing, Goal):
        return line.thing.key
    return line.thing.goal if isinstance(line.thing, Subgoal) else above[line.thing.subgoal]


def _rank(group: Group) -> tuple[int, int]:
    """By the kind of their worst line, then by how many became worse."""
    return group.lines[0].rank[0], -sum(line.step < 0 for line in group.lines)
