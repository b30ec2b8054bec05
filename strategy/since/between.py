"""Two snapshots and their days, with what is looked up for each measure gathered once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from strategy import texts
from strategy.snapshot import Decision, Measure, Snapshot
from strategy.terms import Effect


@dataclass(frozen=True)
class Between:
    """`before` as it was seen on `then`, `after` as it is seen on `today`."""

    before: Snapshot
    then: date
    after: Snapshot
    today: date

    @cached_property
    def old(self) -> Mapping[str, Measure]:
        return {measure.key: measure for measure in self.before.measures}

    @cached_property
    def new(self) -> Mapping[str, Measure]:
        return {measure.key: measure for measure in self.after.measures}

    @cached_property
    def retired(self) -> Mapping[str, Measure]:
        """The measures that were in the plan and left it, as they stand now."""
        left = {measure.key: measure for measure in self.after.retired}
        return {key: left.get(key, old) for key, old in self.old.items() if key not in self.new}

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions made between the two."""
        known = {decision.key for decision in self.before.decisions}
        return tuple(decision for decision in self.after.decisions if decision.key not in known)

    @cached_property
    def decided(self) -> Mapping[str, tuple[tuple[Decision, Effect | None], ...]]:
        """The decisions that name or change each thing, with what they did to it."""
        of = {decision.key: decision for decision in self.after.decisions}
        found: dict[str, dict[str, tuple[Decision, Effect | None]]] = defaultdict(dict)
        for decision in self.decisions:
            for key in decision.measures:
                found[key][decision.key] = (decision, decision.effect)
        known = {authority.key for authority in self.before.authorities}
        for authority in self.after.authorities:
            if authority.key not in known and authority.decision in of:
                found[authority.thing][authority.decision] = (of[authority.decision], authority.effect)
        return {key: tuple(each.values()) for key, each in found.items()}

    @cached_property
    def heirs(self) -> Mapping[str, str]:
        """The measure each retired one was merged with, only where the data say so.

        Its indicator hangs on the other now, a milestone left stands there under the same name, or the
        decision that named it adopted or amended the other.
        """
        return dict(self._heirs())

    def _heirs(self) -> Iterable[tuple[str, str]]:
        if not self.retired:
            return
        belongs = {i.key: m.key for m in self.after.measures for i in m.indicators}
        known = {step.key for measure in self.before.measures for step in measure.milestones}
        steps = {
            texts.folded(step.title): measure.key
            for measure in self.after.measures
            for step in measure.milestones
            if step.key not in known
        }
        amended: dict[str, str] = {}
        for key in self.new:
            for decision, effect in self.decided.get(key, ()):
                if effect in (Effect.ADOPTED, Effect.AMENDED):
                    amended.setdefault(decision.key, key)
        for key in self.retired:
            left = self.old[key]
            signs = (
                *(belongs.get(indicator.key) for indicator in left.indicators),
                *(steps.get(texts.folded(step.title)) for step in left.milestones if not step.done_on),
                *(amended.get(decision.key) for decision, _effect in self.decided.get(key, ())),
            )
            if heir := next(filter(None, signs), None):
                yield key, heir
