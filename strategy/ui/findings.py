"""What pages say of whole goals and of the whole plan, computed once per change and day for all sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from strategy import checks, indicators, meetings, people, progress
from strategy.i18n import _
from strategy.people import Answering
from strategy.progress import Counts, Progress
from strategy.snapshot import Decision, Goal, Indicator, Measure, Snapshot, Subgoal
from strategy.ui.markdown import plain
from strategy.ui.view import cached


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal as it stands, with the finding in words."""

    headline: str
    now: Progress
    counts: Counts


def standing(goal: Goal) -> Standing:
    """How far a goal has come, and how it goes."""
    return cached(_standing, goal.key)


def now() -> Progress:
    """The milestones of the whole plan in this year's action plan."""
    return cached(_now)


def of_subgoal(subgoal: Subgoal) -> tuple[Progress, Counts]:
    """A subgoal's milestones of this year, and the marks of its measures."""
    return cached(_of_subgoal, subgoal.key)


def answering(goal: Goal) -> tuple[Answering, ...]:
    """Who answers for what of a goal."""
    return cached(_answering, goal.key)


def decisions(goal: Goal) -> tuple[Decision, ...]:
    """What the board has decided about a goal's measures, newest first."""
    return cached(_decisions, goal.key)


def in_words() -> str:
    """The whole plan's milestones of this year, in a sentence or two."""
    return cached(_in_words)


def counts() -> Counts:
    """The marks of every measure in the plan."""
    return cached(_counts)


def silent() -> int:
    """How many measures have no fresh report."""
    return cached(_silent)


def reportable() -> Mapping[str, str]:
    """All that can be reported on and how it is said: what needs it first, then the rest, then the goals."""
    return cached(_reportable)


def behind() -> int:
    """How many indicators are behind their target."""
    return cached(_behind)


def measured() -> int:
    """How many of the adopted indicators are measured."""
    return cached(_measured)


def by_gap(goal: str | None, *, only_behind: bool = False) -> tuple[Indicator, ...]:
    """The indicators of one goal or all; the measured first, the furthest from their target first of them."""
    return cached(_by_gap, goal, only_behind)


def adopted(goal: Goal) -> tuple[str, ...]:
    """The adopted text of each subgoal with its measures, as markdown."""
    return cached(_adopted, goal.key)


def _measured(shown: Snapshot, today: date) -> int:
    return len(indicators.measured_ones(indicators.adopted(shown.indicators), today))


def _standing(shown: Snapshot, today: date, key: str) -> Standing:
    goal = shown.goal(key)
    return Standing(
        checks.goal_headline(goal, today),
        progress.now(goal.measures, today),
        progress.counts(goal.measures, today),
    )


def _of_subgoal(shown: Snapshot, today: date, key: str) -> tuple[Progress, Counts]:
    measures = shown.subgoal(key).measures
    return progress.now(measures, today), progress.counts(measures, today)


def _answering(shown: Snapshot, today: date, key: str) -> tuple[Answering, ...]:
    return people.answering(progress.counting(shown.goal(key).measures), today)


def _decisions(shown: Snapshot, _today: date, key: str) -> tuple[Decision, ...]:
    return meetings.decisions_on_goal(shown, shown.goal(key))


def _now(shown: Snapshot, today: date) -> Progress:
    return progress.now(shown.measures, today)


def _in_words(shown: Snapshot, today: date) -> str:
    return progress.in_words(shown.measures, today)


def _counts(shown: Snapshot, today: date) -> Counts:
    return progress.counts(shown.measures, today)


def _silent(shown: Snapshot, today: date) -> int:
    return sum(progress.is_silent(measure, today) for measure in shown.measures)


def _reportable(shown: Snapshot, today: date) -> Mapping[str, str]:
    urgent = [shown.measure(finding.measure_key) for finding in checks.attention(shown, today)]
    never = [measure for measure in shown.measures if not measure.report]
    measures = {m.key: _offered(m, today) for m in (*urgent, *never, *shown.measures)}
    aims = {
        aim.key: f"{_('Hovedmål') if isinstance(aim, Goal) else _('Delmål')} {aim.key} {aim.text}"
        for aim in shown.aims
    }
    return measures | aims


def _offered(measure: Measure, today: date) -> str:
    return f"{measure.key} {measure.name} · {progress.mark_of(measure.report, today).word}"


def _behind(shown: Snapshot, today: date) -> int:
    return len(indicators.behind(indicators.adopted(shown.indicators), today))


def _by_gap(shown: Snapshot, today: date, goal: str | None, only_behind: bool) -> tuple[Indicator, ...]:
    found = shown.goal(goal).all_indicators if goal else shown.indicators
    kept = (each for each in found if not only_behind or indicators.mark(each, today).is_deviation)
    return indicators.by_gap(kept, today)


def _adopted(shown: Snapshot, _today: date, key: str) -> tuple[str, ...]:
    return tuple(
        f"- **{plain(subgoal.printed)}** {plain(subgoal.text)}\n"
        + "\n".join(f"    - {plain(measure.text)}" for measure in subgoal.measures)
        for subgoal in shown.goal(key).subgoals
    )
