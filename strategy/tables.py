"""The tables: changes, versioned rows that are only ever inserted, and four small ones that are no history.

No `from __future__ import annotations` here: it breaks SQLModel. A registry of our own, because Streamlit
reloads modules and the default registry would refuse the second definition.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from strategy import terms

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """An aware UTC moment, stored as fixed-width ISO text so that both databases sort and hash it alike."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class Number(sa.types.TypeDecorator[Decimal]):
    """An exact decimal, stored as text: SQLite has none of its own, and a float would not hash alike."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class Term(sa.types.TypeDecorator[terms.Term]):
    """A member of one of the closed lists in `terms`, stored as its value."""

    impl = sa.String(24)
    cache_ok = True

    def __init__(self, of: type[terms.Term]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: terms.Term | None, dialect: Any) -> str | None:
        return None if value is None else str(self.of(value))

    def process_result_value(self, value: str | None, dialect: Any) -> terms.Term | None:
        return None if value is None else self.of(value)


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """Every table of the program, and nothing else's."""


class Change(Base, table=True):
    """One write, like a commit; `id` is the only order that counts, clocks drift."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: dt.datetime = Field(sa_type=Moment)
    actor: str
    via: terms.Via = Field(sa_type=Term(terms.Via))
    reason: str = ""
    prev_hash: str
    hash: str


class Versioned(Base):
    """One version of one thing. (strategy, key, version) is the primary key, and the only lock there is."""

    title_field: ClassVar[str] = "title"

    strategy: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    retired: bool = False


def _term(of: type[terms.Term], **more: Any) -> Any:
    return Field(sa_type=Term(of), **more)


def _number(**more: Any) -> Any:
    return Field(sa_type=Number, **more)


def _json() -> Any:
    return Field(default_factory=list, sa_type=sa.JSON)


class Strategy(Versioned, table=True):
    """The adopted document but for its goals; `sections` are `{key, heading, text, points}`."""

    organisation: str
    title: str
    name: str
    start: dt.date
    end: dt.date
    vision: str
    sections: list[dict[str, Any]] = _json()
    headings: list[str] = _json()
    notes: list[dict[str, Any]] = _json()


class Goal(Versioned, table=True):
    """A main goal (hovedmål)."""

    title_field = "name"

    printed: str
    text: str
    name: str
    order: int
    weight: Decimal = _number(default=Decimal(1))


class Subgoal(Versioned, table=True):
    """A subgoal (delmål) under a goal."""

    title_field = "text"

    goal: str
    printed: str
    text: str
    order: int
    weight: Decimal = _number(default=Decimal(1))


class Measure(Versioned, table=True):
    """A measure (tiltak) under a subgoal; `name` is our short name, never adopted text."""

    title_field = "name"

    subgoal: str
    text: str
    name: str
    order: int
    weight: Decimal = _number(default=Decimal(1))
    kind: terms.Kind = _term(terms.Kind, default=terms.Kind.LIMITED)
    start: dt.date | None = None
    due: dt.date | None = None
    decided_by: str = ""


class Person(Versioned, table=True):
    """A role that answers for measures. Names and e-mails are not here and never will be."""

    title: str
    order: int
    proposal: bool = False


class Responsibility(Versioned, table=True):
    """Who does what for a measure; key is `measure@person`."""

    title_field = "person"

    measure: str
    person: str
    part: terms.Part = _term(terms.Part)
    since: dt.date | None = None
    until: dt.date | None = None
    order: int = 0
    proposal: bool = False


class Indicator(Versioned, table=True):
    """Something measured for a goal, subgoal or measure; `belongs_to` is that thing's key."""

    title_field = "name"

    belongs_to: str
    name: str
    unit: str
    direction: terms.Direction = _term(terms.Direction)
    controllability: terms.Controllability = _term(terms.Controllability)
    frequency: terms.Frequency = _term(terms.Frequency)
    method: str = ""
    source: str = ""
    baseline: Decimal | None = _number(default=None)
    baseline_on: dt.date | None = None
    band: Decimal | None = _number(default=None)
    order: int = 0
    proposal: bool = False


class Target(Versioned, table=True):
    """What an indicator should be on a day; key is `indicator@date`. Examples never count."""

    title_field = "indicator"

    indicator: str
    due: dt.date
    value: Decimal = _number()
    example: bool = False


class IndicatorValue(Versioned, table=True):
    """A measured number or text for a period; key is `indicator@period`."""

    __tablename__ = "indicator_value"
    title_field = "indicator"

    indicator: str
    period: str
    value: Decimal | None = _number(default=None)
    text: str = ""
    comment: str = ""
    source: str = ""
    quality: terms.Quality = _term(terms.Quality, default=terms.Quality.FINAL)


class Milestone(Versioned, table=True):
    """A step on the way in a measure, in the action plan of one year."""

    measure: str
    title: str
    due: dt.date
    done_on: dt.date | None = None
    evidence: str = ""
    year: int
    weight: Decimal = _number(default=Decimal(1))
    order: int | None = None


class StatusReport(Versioned, table=True):
    """What was said of a measure, subgoal or goal; key is that thing's key, each report is its next version.

    Goals and subgoals have an assessment and texts, no phase. `estimate` is the reporter's per cent, 0–100.
    """

    __tablename__ = "status_report"
    title_field = "key"

    phase: terms.Phase | None = _term(terms.Phase, default=None)
    assessment: terms.Assessment = _term(terms.Assessment)
    estimate: int | None = None
    done: str = ""
    cause: str = ""
    remedy: str = ""
    next_step: str = ""
    next_due: dt.date | None = None


class Attainment(Versioned, table=True):
    """What came of a goal or subgoal in a year, for the annual report; key is `thing@year`."""

    title_field = "belongs_to"

    belongs_to: str
    year: int
    reached: terms.Reached | None = _term(terms.Reached, default=None)
    reason: str = ""
    narrative: str = ""
    lesson: str = ""


class Tagging(Versioned, table=True):
    """The tags of a measure; key is the measure's."""

    title_field = "key"

    tags: list[str] = _json()


class Link(Versioned, table=True):
    """A document or web page attached to `thing`, the key of anything in the plan or of a meeting's case."""

    thing: str
    title: str
    url: str
    order: int = 0


class Comment(Versioned, table=True):
    """A note on a thing; `mentions` are keys of persons, who are told in their next digest."""

    title_field = "thing"

    thing: str
    text: str
    mentions: list[str] = _json()


class Board(Versioned, table=True):
    """How the board and the secretariat work; one row, key `styret`.

    Days are counted back from a meeting; `reminders` before what is due, `overdue_reminders` after.
    """

    title_field = "key"

    papers_days: int
    updates_days: int
    reminders: list[int] = _json()
    overdue_reminders: list[int] = _json()
    mail_gap: int
    mail_ceiling: int
    fallback: str = ""


class Seat(Versioned, table=True):
    """A seat on the board (verv). Who holds it is in `contact`."""

    title: str
    order: int
    deputy: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


class Meeting(Versioned, table=True):
    """A board meeting, `number` within the board's `period`; `as_of` is the change its papers report on.

    `present` and `absent` are keys of seats, `chair` is one; `secretary` is a role in words.
    """

    title_field = "held_on"

    number: int
    period: str
    held_on: dt.date
    starts: str = ""
    place: str = ""
    state: terms.MeetingState = _term(terms.MeetingState, default=terms.MeetingState.DRAFT)
    present: list[str] = _json()
    absent: list[str] = _json()
    chair: str = ""
    secretary: str = ""
    as_of: int | None = None
    reported_on: dt.date | None = None


class AgendaItem(Versioned, table=True):
    """A case for the board; `number` runs within the calendar `year`. It keeps its key when it is moved on.

    `withheld` is the reason it is kept from the public, empty where it is not.
    """

    __tablename__ = "agenda_item"

    meeting: str
    order: int
    number: int | None = None
    year: int | None = None
    title: str
    kind: terms.ItemKind = _term(terms.ItemKind)
    content: terms.ItemContent = _term(terms.ItemContent, default=terms.ItemContent.PLAIN)
    state: terms.ItemState = _term(terms.ItemState, default=terms.ItemState.OPEN)
    handler: str = ""
    responsible: str = ""
    proposal: str = ""
    summary: str = ""
    background: str = ""
    status: str = ""
    considerations: str = ""
    consequences: str = ""
    follow_up: str = ""
    discussion: str = ""
    measures: list[str] = _json()
    withheld: str = ""


class Decision(Versioned, table=True):
    """What the board decided in a case; `effect` is what it does to `measures`, if anything."""

    title_field = "text"

    meeting: str
    item: str
    text: str
    votes_for: int | None = None
    votes_against: int | None = None
    dissent: str = ""
    measures: list[str] = _json()
    effect: terms.Effect | None = _term(terms.Effect, default=None)
    responsible: str = ""
    due: dt.date | None = None
    state: terms.DecisionState = _term(terms.DecisionState, default=terms.DecisionState.OPEN)
    outcome: str = ""


class Authority(Versioned, table=True):
    """What permits a change of adopted text, a deadline or a thing's existence, in that same change.

    Key is `thing@vedtak-n`. `kind` is the thing's table; `decision` is empty for a correction and where no
    decision was named, then `note` says why or where.
    """

    title_field = "thing"

    kind: str
    thing: str
    effect: terms.Effect = _term(terms.Effect)
    decision: str = ""
    note: str = ""


class Question(Versioned, table=True):
    """A board member's question on a measure before a meeting, and its answer."""

    title_field = "text"

    meeting: str
    measure: str
    text: str
    asked_by: str
    answer: str = ""
    answered_by: str = ""


class Explanation(Versioned, table=True):
    """Why what was said of `thing` stands although it seems to clash; key is `meeting@thing@clash`."""

    title_field = "thing"

    meeting: str
    thing: str
    clash: str
    text: str


class Confidence(Versioned, table=True):
    """The opened answers on one goal, 0–10, in ascending order and without who; key `meeting@goal`."""

    title_field = "goal"

    meeting: str
    goal: str
    answers: list[int] = _json()


class Draft(Versioned, table=True):
    """A report somebody without an account sent in; key `measure@person`.

    `base` is the version of the status report it was written on.
    """

    title_field = "measure"

    measure: str
    person: str
    base: int
    phase: terms.Phase | None = _term(terms.Phase, default=None)
    assessment: terms.Assessment = _term(terms.Assessment)
    done: str = ""
    cause: str = ""
    remedy: str = ""
    next_step: str = ""
    next_due: dt.date | None = None
    state: terms.DraftState = _term(terms.DraftState, default=terms.DraftState.SUBMITTED)
    word: str = ""


class AccessLink(Versioned, table=True):
    """A link for `person` to report on `measures`, or on all they answer for; when withdrawn it is retired.

    The address itself is not stored: it is signed with a key of the database's own.
    """

    __tablename__ = "access_link"
    title_field = "person"

    person: str
    measures: list[str] = _json()
    expires_on: dt.date


class Mail(Versioned, table=True):
    """One mail to a person, or to the fallback in their place; its address is not here. Key `person@day`."""

    title_field = "subject"

    person: str
    recipient: str
    day: dt.date
    subject: str
    about: list[str] = _json()
    state: terms.MailState = _term(terms.MailState)
    problem: str = ""


class Contact(Base, table=True):
    """Who holds a role or a seat now: the only place with names and addresses, and no part of the history."""

    strategy: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    name: str = ""
    email: str = ""


class Ballot(Base, table=True):
    """One seat's confidence in one goal, until it is opened; then only the answers stand, without who."""

    strategy: str = Field(primary_key=True)
    meeting: str = Field(primary_key=True)
    goal: str = Field(primary_key=True)
    seat: str = Field(primary_key=True)
    value: int


class Scratch(Base, table=True):
    """What somebody has half written, by form; it is offered again and is no part of the history."""

    strategy: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    saved_at: dt.datetime = Field(sa_type=Moment)


class Secret(Base, table=True):
    """A random key the program signs with; made when it is first needed."""

    name: str = Field(primary_key=True)
    value: str


VERSIONED: dict[str, type[Versioned]] = {
    str(table.__tablename__): table
    for table in (
        Strategy, Goal, Subgoal, Measure, Person, Responsibility, Indicator, Target,
        IndicatorValue, Milestone, StatusReport, Attainment, Tagging, Link, Comment,
        Board, Seat, Meeting, AgendaItem, Decision, Authority, Question, Explanation, Confidence,
        Draft, AccessLink, Mail,
    )
}  # fmt: skip
"""Every kind of thing that can change, by table name, parents before children."""


def fields_of(table: type[Versioned]) -> tuple[str, ...]:
    """The names of the fields that say something of the thing, beyond its identity and version."""
    return tuple(name for name in table.model_fields if name not in IDENTITY)


IDENTITY = ("strategy", "key", "version", "change_id", "retired")
