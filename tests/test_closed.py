"""The numbers of a closed meeting: the same in what is read, shown and written, whatever is said later."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlmodel import Session

from strategy import (
    changes,
    checks,
    contradictions,
    exports,
    indicators,
    meetings,
    progress,
    record,
    snapshot,
    sync,
    tables,
)
from strategy.database import Database
from strategy.errors import Refusal
from strategy.snapshot import Flat
from strategy.terms import Assessment, DecisionState, ItemState, MeetingState, Phase, Via
from tests.board import LATER, LATER_DAY, MEETING, add_case, ask, decide, plan_meeting, take, under_way, vote
from tests.databases import NOW, PLAN, a_plan, adopt, by, compared, newest, say, verify, version_of

WRITES = 500
DEVIATION: dict[str, Any] = {"cause": "Ingen tid", "remedy": "Flere folk"}


@dataclass(frozen=True)
class Hand:
    """Somebody who writes at random."""

    dice: Random
    now: datetime

    def words(self, what: str) -> str:
        return f"{what} {self.dice.randrange(10**6)}"

    def measure(self) -> str:
        return self.dice.choice(["1.1.1", "1.1.2", "1.2.1", "2.1.1"])

    def day(self) -> date:
        return date(2024, 1, 1) + timedelta(days=self.dice.randrange(1800))


@pytest.fixture
def closed(planned: Database) -> Database:
    """A meeting that reported on something, decided, answered and was closed."""
    say(planned, "1.1.1", assessment=Assessment.MAJOR_DEVIATION, done="Sent", **DEVIATION)
    say(planned, "1.2.1", phase=Phase.CONTINUOUS, estimate=40)
    with planned.writing() as session:
        record.milestone(by(session), "2.1.1-m1", 0, measure="2.1.1", title="Kurs", due=date(2026, 6, 1))
        record.value(by(session), "svar", "2025", 0, value=Decimal(7))
    under_way(planned)
    ask(planned)
    for seat, answer in {"verv-1": 4, "verv-2": 8, "verv-3": 6}.items():
        vote(planned, "1", seat, answer)
        vote(planned, "2", seat, answer)
    decide(planned, measures=["1.1.1"], votes_for=3)
    add_case(planned, state=ItemState.TREATED, discussion="Styret drøftet saken.", number=1)
    take(planned, MeetingState.CLOSED)
    return planned


def numbers(database: Database) -> dict[str, Any]:
    """All that is counted from what the meeting reported on, and its files."""
    with database.reading() as session:
        home = _meeting(session)
        assert home.as_of
        assert home.reported_on
        shown, day = snapshot.load(session, PLAN, home.as_of), home.reported_on
        return {
            "flat": shown.flat,
            "progress": [
                progress.now(measures, day)
                for measures in (shown.measures, *(g.measures for g in shown.goals))
            ],
            "counts": progress.counts(shown.measures, day),
            "findings": (checks.headline(shown, day), checks.attention(shown, day)),
            "contradictions": contradictions.of_plan(shown, day),
            "indicators": [indicators.mark(indicator, day) for indicator in shown.indicators],
            "json": exports.since_last(session, shown, day, "2026-11-23", form="json"),
            "paper": exports.board_paper(session, PLAN, MEETING, "pdf"),
            "minutes": exports.minutes(session, PLAN, MEETING, "pdf"),
            "meeting": home,
            "confidence": meetings.confidence(_newest(session), MEETING),
        }


def _newest(session: Session) -> snapshot.Snapshot:
    return snapshot.load(session, PLAN, changes.newest(session))


def _meeting(session: Session) -> snapshot.Meeting:
    return _newest(session).meeting(MEETING)


def test_the_numbers_of_a_closed_meeting_are_the_same_after_five_hundred_writes(closed: Database):
    before, start = numbers(closed), newest(closed)
    dice = Random(41)
    for number in count():
        hand = Hand(dice, NOW + timedelta(hours=7 * (number + 1)))
        with suppress(Refusal), closed.writing() as session:
            dice.choice(HANDS)(session, hand)
        if newest(closed) >= start + WRITES:
            break
    assert numbers(closed) == before
    assert verify(closed) == newest(closed)


def report(session: Session, hand: Hand) -> None:
    key = hand.measure()
    record.report(
        by(session, hand.now), key, version_of(session, tables.StatusReport, key),
        phase=hand.dice.choice([*Phase]), assessment=hand.dice.choice([*Assessment]),
        done=hand.words("Gjort"), estimate=hand.dice.choice([None, 10, 90]), **DEVIATION)  # fmt: skip


def load(session: Session, hand: Hand) -> None:
    """Texts, deadlines, weights and measures change; what was added beside the plan is left out of it."""
    wanted: Flat = a_plan(without=hand.dice.choice([(), ("2.1.1",), ("1.2.1",)]))
    wanted["measure", "1.1.1"] |= {"text": hand.words("Vi skal"), "due": hand.day()}
    wanted["goal", "1"] |= {"name": hand.words("Mål"), "printed": hand.words("Nr")}
    sync.apply(by(session, hand.now, via=Via.YAML), compared(session, wanted))


def milestone(session: Session, hand: Hand) -> None:
    key = f"{hand.measure()}-m{hand.dice.randrange(1, 4)}"
    record.milestone(
        by(session, hand.now), key, version_of(session, tables.Milestone, key),
        measure=key.split("-")[0], title=hand.words("Steg"), due=hand.day(),
        done_on=hand.dice.choice([None, date(2026, 1, 1)]))  # fmt: skip


def value(session: Session, hand: Hand) -> None:
    period = hand.dice.choice(["2024", "2025", "2026"])
    base = version_of(session, tables.IndicatorValue, f"svar@{period}")
    amount = Decimal(hand.dice.randrange(10**6))
    record.value(by(session, hand.now), "svar", period, base, value=amount)


def case(session: Session, hand: Hand) -> None:
    """Also in the closed meeting, where it is refused."""
    key = hand.dice.choice(["sak-1", "sak-2", "sak-3"])
    base = version_of(session, tables.AgendaItem, key)
    record.item(
        by(session, hand.now), key, base, title=hand.words("Sak"),
        **(dict[str, Any]() if base else {"meeting": LATER}))  # fmt: skip


def move_the_meeting(session: Session, hand: Hand) -> None:
    key = hand.dice.choice([MEETING, LATER])
    day = LATER_DAY + timedelta(days=hand.dice.randrange(60))
    base = version_of(session, tables.Meeting, key)
    record.meeting(by(session, hand.now), key, base, held_on=day, place=hand.words("Rom"))


def take_a_step(session: Session, hand: Hand) -> None:
    base = version_of(session, tables.Meeting, LATER)
    to = hand.dice.choice([*MeetingState])
    record.meeting(by(session, hand.now), LATER, base, state=to)


def follow(session: Session, hand: Hand) -> None:
    base = version_of(session, tables.Decision, "vedtak-1")
    state = hand.dice.choice([*DecisionState])
    record.decision(by(session, hand.now), "vedtak-1", base, state=state, outcome=hand.words("Gjort"))


def reply(session: Session, hand: Hand) -> None:
    base = version_of(session, tables.Question, "sporsmal-1")
    record.answer(by(session, hand.now), "sporsmal-1", base, answer=hand.words("Ja"))


def seat(session: Session, hand: Hand) -> None:
    key = hand.dice.choice(["verv-1", "verv-4", "verv-5"])
    base = version_of(session, tables.Seat, key)
    record.seat(by(session, hand.now), key, base, title=hand.words("Vara"), order=9)


def judge(session: Session, hand: Hand) -> None:
    base = version_of(session, tables.StatusReport, "1")
    record.report(by(session, hand.now), "1", base, assessment=Assessment.ON_TRACK, done=hand.words("Går"))


HANDS: list[Callable[[Session, Hand], None]] = [
    report, report, report, load, milestone, milestone, value, case, move_the_meeting, take_a_step, follow,
    reply, seat, judge,
]  # fmt: skip


def test_there_is_something_to_keep(closed: Database):
    found = numbers(closed)
    assert dict(zip(Assessment, found["counts"].numbers, strict=True))[Assessment.MAJOR_DEVIATION] == 1
    assert found["progress"][0].all
    assert len(found["confidence"]) == 2
    assert b"%PDF" in found["paper"][:8]
    adopt(closed, a_plan(without=["1.1.1"]))
    say(closed, "1.2.1", done="Nytt", now=NOW + timedelta(days=1))
    plan_meeting(closed, LATER, place="Bergen")
    assert numbers(closed) == found
