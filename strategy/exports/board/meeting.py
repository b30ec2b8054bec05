"""What a board meeting's files are written from: the plan its papers report on, and what was said there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from strategy import contradictions, meetings, since
from strategy.changes import Stamp
from strategy.contradictions import Answered
from strategy.history import Correction
from strategy.since import Account
from strategy.snapshot import AgendaItem, Decision, Meeting, Question, Report, Snapshot
from strategy.terms import ItemContent


@dataclass(frozen=True)
class Stand:
    """The plan on a `day`, and `before`, as it was seen on `then`; None where there is nothing before.

    `earlier` is the meeting it was seen in, or None where two days are compared as such. `reports` are all
    there were on each measure, oldest first.
    """

    plan: Snapshot
    day: date
    before: Snapshot | None = None
    then: date | None = None
    earlier: Meeting | None = None
    reports: Mapping[str, tuple[Report, ...]] = field(default_factory=dict)

    @property
    def told(self) -> int:
        """The newest change the meeting before knew; 0 where none is before."""
        return self.before.change_id if self.before and self.earlier else 0

    @cached_property
    def account(self) -> Account | None:
        """What has happened since then."""
        if self.before is None or self.then is None:
            return None
        return since.account(self.before, self.then, self.plan, self.day)


@dataclass(frozen=True)
class Sitting:
    """One board meeting. All its numbers come from `stand`, its texts from `told`.

    `stand` is the plan its papers report on, once they are frozen, on the day they do. `told` and `agenda`
    are as they stood when the meeting was closed, or as they stand until it is; `now` and `minuted` are the
    newest there are, for what has been corrected since. Both agendas have the cases moved on from the
    meeting too. `minuted_on` is when the minutes came to say what they say. `frozen` and `written` are the
    changes the papers and the minutes rest on, `judged` when each case's judgement was written, and by whom.
    """

    key: str
    stand: Stand
    told: Snapshot
    now: Snapshot
    agenda: tuple[AgendaItem, ...]
    minuted: tuple[AgendaItem, ...]
    minuted_on: date
    frozen: Stamp
    written: Stamp
    corrections: tuple[Correction, ...] = ()
    approved_on: date | None = None
    judged: Mapping[str, tuple[date, str]] = field(default_factory=dict)

    @property
    def meeting(self) -> Meeting:
        return self.told.meeting(self.key)

    @property
    def corrected_meeting(self) -> Meeting:
        return self.now.meeting(self.key)

    @cached_property
    def said_and_done(self) -> tuple[Answered, ...]:
        """What is said and not done, with what is said of that: the list the meeting's page shows."""
        plan, day = self.stand.plan, self.stand.day
        return contradictions.for_meeting(plan, day, self.key, self.told.explanations)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those asked for the meeting and not answered."""
        return meetings.questions(self.told, self.key).open

    @property
    def answered(self) -> tuple[Question, ...]:
        """Those asked for the meeting that have an answer."""
        return meetings.questions(self.told, self.key).answered

    @property
    def earlier_decisions(self) -> tuple[Decision, ...]:
        """All that was decided in other meetings when the papers were made."""
        return tuple(d for d in self.stand.plan.decisions if d.meeting != self.key)

    @property
    def follow_up(self) -> tuple[Decision, ...]:
        """The decisions that were open when the papers were made."""
        return tuple(d for d in meetings.open_decisions(self.stand.plan) if d.meeting != self.key)

    @property
    def next_meeting(self) -> Meeting | None:
        later = (m for m in self.told.meetings if m.held_on > self.meeting.held_on)
        return min(later, key=lambda m: m.held_on, default=None)

    @property
    def earlier_status(self) -> tuple[AgendaItem, Meeting] | None:
        """The last case on the status of the plan, with its meeting."""
        held = {m.key: m for m in self.told.meetings if m.held_on < self.meeting.held_on}
        found = [i for i in self.told.items if i.content is ItemContent.STATUS and i.meeting in held]
        if not found:
            return None
        item = max(found, key=lambda i: held[i.meeting].held_on)
        return item, held[item.meeting]

    def who(self, key: str) -> str:
        """A role or seat by the title it had when the meeting was closed; one from later by its own."""
        return meetings.who(self.told, key, self.now)

    def named(self, keys: Iterable[str]) -> str:
        """Seats by the titles they had when the meeting was closed, on one line."""
        return meetings.named(self.told, keys, self.now)

    def decisions_in(self, item: AgendaItem) -> tuple[Decision, ...]:
        """What the meeting decided in a case, as it is corrected."""
        return tuple(d for d in self.now.decisions if d.item == item.key and d.meeting == self.key)

    def corrected(self, kind: str, key: str) -> tuple[Correction, ...]:
        return tuple(c for c in self.corrections if (c.kind, c.key) == (kind, key))
