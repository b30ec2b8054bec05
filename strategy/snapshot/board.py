"""What is in a plan beside the plan itself, as of one change: the board's work and the secretariat's."""

from dataclasses import dataclass
from datetime import date, datetime

from strategy import dates
from strategy.terms import (
    Assessment,
    DecisionState,
    DraftState,
    Effect,
    ItemContent,
    ItemKind,
    ItemState,
    MailState,
    MeetingState,
    Phase,
)


@dataclass(frozen=True, slots=True)
class Tagging:
    """The tags of the measure `key`."""

    key: str
    version: int
    change_id: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    key: str
    version: int
    change_id: int
    thing: str
    title: str
    url: str
    order: int


@dataclass(frozen=True, slots=True)
class Comment:
    key: str
    version: int
    change_id: int
    recorded_at: datetime
    actor: str
    thing: str
    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The days and limits the board and the secretariat work by; these, until they have chosen others."""

    key: str = "styret"
    version: int = 0
    change_id: int = 0
    papers_days: int = 7
    updates_days: int = 14
    reminders: tuple[int, ...] = (30, 7, 1)
    overdue_reminders: tuple[int, ...] = (1, 7, 30)
    mail_gap: int = 5
    mail_ceiling: int = 6
    fallback: str = ""


USUAL = Board()


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat on the board, never a name."""

    key: str
    version: int
    change_id: int
    title: str
    order: int
    deputy: bool
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it exists on `day`; `until` itself is not."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`as_of` and `reported_on` are the change and the day its papers hold for, once they are frozen."""

    key: str
    version: int
    change_id: int
    number: int
    period: str
    held_on: date
    starts: str
    place: str
    state: MeetingState
    present: tuple[str, ...]
    absent: tuple[str, ...]
    chair: str
    secretary: str
    as_of: int | None
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    key: str
    version: int
    change_id: int
    meeting: str
    order: int
    number: int | None
    year: int | None
    title: str
    kind: ItemKind
    content: ItemContent
    state: ItemState
    handler: str
    responsible: str
    proposal: str
    summary: str
    background: str
    status: str
    considerations: str
    consequences: str
    follow_up: str
    discussion: str
    measures: tuple[str, ...]
    withheld: str


@dataclass(frozen=True, slots=True)
class Decision:
    key: str
    version: int
    change_id: int
    meeting: str
    item: str
    text: str
    votes_for: int | None
    votes_against: int | None
    dissent: str
    measures: tuple[str, ...]
    effect: Effect | None
    responsible: str
    due: date | None
    state: DecisionState
    outcome: str


@dataclass(frozen=True, slots=True)
class Authority:
    """What permitted a change of `thing`, in that same change; `decision` is empty where none was named."""

    key: str
    version: int
    change_id: int
    recorded_at: datetime
    kind: str
    thing: str
    effect: Effect
    decision: str
    note: str


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    version: int
    change_id: int
    recorded_at: datetime
    meeting: str
    measure: str
    text: str
    asked_by: str
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    key: str
    version: int
    change_id: int
    meeting: str
    thing: str
    clash: str
    text: str


@dataclass(frozen=True, slots=True)
class Confidence:
    """The opened answers on one goal in one meeting, ascending and without who gave them."""

    key: str
    version: int
    change_id: int
    meeting: str
    goal: str
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report sent in by link; `base` is the version of the report it was written on."""

    key: str
    version: int
    change_id: int
    recorded_at: datetime
    measure: str
    person: str
    base: int
    phase: Phase | None
    assessment: Assessment
    done: str
    cause: str
    remedy: str
    next_step: str
    next_due: date | None
    state: DraftState
    word: str

    @property
    def recorded_on(self) -> date:
        return dates.oslo_day(self.recorded_at)


@dataclass(frozen=True, slots=True)
class AccessLink:
    """A link that is not withdrawn; `measures` is empty where it is for all that `person` answers for."""

    key: str
    version: int
    change_id: int
    person: str
    measures: tuple[str, ...]
    expires_on: date


@dataclass(frozen=True, slots=True)
class Mail:
    key: str
    version: int
    change_id: int
    recorded_at: datetime
    person: str
    recipient: str
    day: date
    subject: str
    about: tuple[str, ...]
    state: MailState
    problem: str
