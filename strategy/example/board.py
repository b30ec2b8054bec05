"""The board's part of the story: its meetings, from the date being set to what came of each decision."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from strategy import contradictions, dates, record, tables
from strategy.example.stage import Stage
from strategy.example.story import SECRETARY, Event, Said, Told, before_weekend, day_of, read
from strategy.record import meetings, saving
from strategy.record.around import Stored
from strategy.record.rules.agenda import cases
from strategy.terms import DecisionState, Effect, ItemContent, ItemKind, ItemState, MeetingState
from strategy.things import AgendaItem

START = date(2024, 1, 16)
"""When the board that sat before the strategy began is told of."""

_PREPARED, _CALLED, _FROZEN = timedelta(14), timedelta(7), timedelta(1)


def events() -> Iterator[Event]:
    """All that the board and the secretariat do for its meetings."""
    said = read("meetings.yaml")
    yield Event(START, Told.SEATED, SECRETARY, (), said)
    annual = [day_of(day) for day in said["annual_meetings"]]
    told = said["meetings"]
    for meeting, later in pairwise([*told, None]):
        yield from _meeting(meeting, later, annual)


def _meeting(said: Said, later: Said | None, annual: list[date]) -> Iterator[Event]:
    key, held = _key(said), day_of(said["date"])
    period = [day for day in annual if str(day.year) == said["period"][:4]]
    planned = period[0] + timedelta(2) if period else START
    yield Event(planned, Told.SCHEDULED, SECRETARY, (key,), said)
    for told, ahead in ((Told.PREPARED, _PREPARED), (Told.CALLED, _CALLED), (Told.FROZEN, _FROZEN)):
        yield Event(before_weekend(held - ahead), told, SECRETARY, (key,), said)
    yield Event(day_of(said.get("noted")) or held, Told.MET, SECRETARY, (key,), said)
    for question in said.get("questions", ()):
        yield Event(day_of(question["asked"]), Told.ASKED, SECRETARY, (key,), question)
        if "answer" in question:
            yield Event(day_of(question["answered"]), Told.ANSWERED, question["who"], (key,), question)
    for explained in said.get("explanations", ()):
        yield Event(day_of(explained["date"]), Told.EXPLAINED, explained["who"], (key,), explained)
    for case in said.get("cases", ()):
        if "followed" in case:
            yield Event(day_of(case["followed"]["date"]), Told.FOLLOWED, SECRETARY, (key,), case)
        if "moved" in case and later:
            yield Event(day_of(case["moved"]), Told.MOVED, SECRETARY, (key, _key(later)), case)


def _key(said: Said) -> str:
    return record.meeting_key(said["period"], int(said["number"]))


def seat(stage: Stage, event: Event) -> None:
    """The board's routines and its seats."""
    routines = {name: _numbers(value) for name, value in event.said["routines"].items()}
    stage.do(record.board, tables.Board, meetings.BOARD, keyed=False, **routines)
    for order, (key, title) in enumerate(event.said["seats"].items(), 1):
        deputy = key in event.said["deputies"]
        stage.do(record.seat, tables.Seat, key, title=title, order=order, deputy=deputy)


def schedule(stage: Stage, event: Event) -> None:
    """Set the date of a meeting."""
    said = event.said
    stage.do(
        record.meeting,
        tables.Meeting,
        event.thing[0],
        number=int(said["number"]),
        period=said["period"],
        held_on=day_of(said["date"]),
        starts=said.get("starts", "10.00"),
        place=said.get("place", "Møterommet"),
        secretary=SECRETARY,
    )


def prepare(stage: Stage, event: Event) -> None:
    """Make the agenda: the usual cases, the meeting's own, and all of them numbered."""
    (meeting,) = event.thing
    stage.told(record.standard_agenda, meeting)
    for case in event.said.get("cases", ()):
        key = record.item_key(stage.session, stage.strategy)
        stage.do(
            record.item,
            tables.AgendaItem,
            key,
            meeting=meeting,
            title=case["title"],
            kind=ItemKind(case.get("kind", "decision")),
            proposal=case["proposal"],
            background=case.get("background", ""),
            measures=case.get("measures", []),
            responsible="generalsekretaer",
        )
    if "handler" in event.said:
        status = next(c for c in _cases(stage, meeting) if c.content is ItemContent.STATUS)
        stage.do(
            record.item,
            tables.AgendaItem,
            status.key,
            handler=event.said["handler"],
            responsible="generalsekretaer",
        )
    stage.told(record.number_cases, meeting)


def call(stage: Stage, event: Event) -> None:
    """Send the papers out."""
    _put_forward(stage, event.thing[0])
    stage.do(record.meeting, tables.Meeting, event.thing[0], state=MeetingState.CALLED)


def freeze(stage: Stage, event: Event) -> None:
    """Take the numbers anew the day before."""
    _put_forward(stage, event.thing[0])
    stage.do(record.refreeze, tables.Meeting, event.thing[0])


def ask(stage: Stage, event: Event) -> None:
    """A board member asks; the secretariat writes it in for them."""
    said = event.said
    stage.do(
        record.question,
        tables.Question,
        record.question_key(stage.session, stage.strategy),
        meeting=event.thing[0],
        measure=said["measure"],
        text=said["text"],
        asked_by=said["by"],
    )


def answer(stage: Stage, event: Event) -> None:
    """Answer what was asked."""
    asked = saving.all_live(stage.session, tables.Question, stage.strategy, meeting=event.thing[0])
    key = next(question["key"] for question in asked if question["text"] == event.said["text"])
    stage.do(record.answer, tables.Question, key, answer=event.said["answer"])


def explain(stage: Stage, event: Event) -> None:
    """Say why a seeming contradiction stands."""
    said = {name: event.said[name] for name in ("thing", "clash", "text")}
    stage.told(record.explanation, 0, meeting=event.thing[0], **said)


def meet(stage: Stage, event: Event) -> None:
    """Hold a meeting: who met, each case, confidence, the earlier minutes approved, and closed."""
    (meeting,), said = event.thing, event.said
    seats = {row["key"] for row in saving.all_live(stage.session, tables.Seat, stage.strategy, deputy=False)}
    absent = said.get("absent", [])
    present = sorted(seats - {*absent} | {*said.get("deputies", ())})
    chair = "verv-2" if "verv-1" in absent else "verv-1"
    stage.do(record.meeting, tables.Meeting, meeting, present=present, absent=absent, chair=chair)
    stage.do(record.meeting, tables.Meeting, meeting, state=MeetingState.UNDER_WAY)
    _treat(stage, meeting, said)
    for goal, answers in said.get("confidence", {}).items():
        for voter, value in zip(present, answers.split(), strict=True):
            stage.told(record.vote, meeting, goal, voter, int(value))
    for earlier in saving.all_live(stage.session, tables.Meeting, stage.strategy, state=MeetingState.CLOSED):
        stage.do(record.meeting, tables.Meeting, earlier["key"], state=MeetingState.APPROVED)
    stage.do(record.meeting, tables.Meeting, meeting, state=MeetingState.CLOSED)


def follow(stage: Stage, event: Event) -> None:
    """Say what came of a decision."""
    said = event.said["followed"]
    state = DecisionState(said.get("state", "done"))
    case = _case(stage, event.said["title"])["key"]
    (made,) = saving.all_live(stage.session, tables.Decision, stage.strategy, item=case)
    stage.do(record.decision, tables.Decision, made["key"], state=state, outcome=said["outcome"])


def move(stage: Stage, event: Event) -> None:
    """Move a case that was postponed to the next meeting."""
    case = _case(stage, event.said["title"])
    there = record.Wanted("agenda_item", case["key"], case["version"], {"meeting": event.thing[1]})
    stage.told(record.move_on, there)


def _put_forward(stage: Stage, meeting: str) -> None:
    """Tell the board of what does not agree, and of what nobody has explained as that."""
    plan = Stored(stage.session, stage.strategy).snapshot
    for each in contradictions.for_meeting(plan, dates.oslo_day(stage.now), meeting):
        if not each.is_settled:
            base = each.answer.version if each.answer else 0
            clash = each.clash
            stage.told(record.unexplained, base, meeting=meeting, thing=clash.key, clash=clash.kind)


def _treat(stage: Stage, meeting: str, said: Said) -> None:
    for own in said.get("cases", ()):
        key = _case(stage, own["title"])["key"]
        if "decision" in own:
            _decide(stage, key, own)
        if "discussion" in own or "decision" in own:
            state = ItemState.POSTPONED if "moved" in own else ItemState.TREATED
            discussion = own.get("discussion", "")
            stage.do(record.item, tables.AgendaItem, key, state=state, discussion=discussion)
    if "status" in said:
        key = next(c.key for c in _cases(stage, meeting) if c.content is ItemContent.STATUS)
        stage.do(record.item, tables.AgendaItem, key, discussion=said["status"])
    left = {c.key: c.version for c in _cases(stage, meeting) if c.state is ItemState.OPEN}
    stage.told(record.as_proposed, left)


def _decide(stage: Stage, case: str, said: Said) -> None:
    """What needs no following up is done when it is decided."""
    stage.do(
        record.decision,
        tables.Decision,
        record.decision_key(stage.session, stage.strategy),
        item=case,
        text=said["decision"],
        votes_for=_count(said.get("for")),
        votes_against=_count(said.get("against")),
        dissent=said.get("dissent", ""),
        measures=said.get("measures", []),
        effect=Effect(said["effect"]) if "effect" in said else None,
        responsible=said.get("responsible", ""),
        due=day_of(said.get("due")),
        state=DecisionState.OPEN if "responsible" in said else DecisionState.DONE,
    )


def _cases(stage: Stage, meeting: str) -> list[AgendaItem]:
    return cases(meeting, Stored(stage.session, stage.strategy))


def _case(stage: Stage, title: str) -> Mapping[str, Any]:
    (found,) = saving.all_live(stage.session, tables.AgendaItem, stage.strategy, title=title)
    return found


def _count(text: str | None) -> int | None:
    return int(text) if text else None


def _numbers(value: Any) -> Any:
    """Days as numbers, and a role as it is written."""
    if isinstance(value, list):
        return [int(each) for each in value]
    return int(value) if value.isdecimal() else value


SCENES = {
    Told.SEATED: seat,
    Told.SCHEDULED: schedule,
    Told.PREPARED: prepare,
    Told.CALLED: call,
    Told.FROZEN: freeze,
    Told.ASKED: ask,
    Told.ANSWERED: answer,
    Told.EXPLAINED: explain,
    Told.MET: meet,
    Told.FOLLOWED: follow,
    Told.MOVED: move,
}
"""How each kind of event is played."""
