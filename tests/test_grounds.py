"""What permits a change of adopted text, a deadline or a thing's existence."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import database, meetings, record, sync, tables
from strategy.changes import Action, Edit, FieldChange
from strategy.checks import Gap, Missing, completeness
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.record import Grounds
from strategy.record.authority import NONE
from strategy.snapshot import Flat
from strategy.terms import Effect, Via
from tests.board import decide, under_way
from tests.databases import NOW, PLAN, a_plan, adopt, by, compared, newest, present
from tests.test_pages import app, go, words

__all__ = ["app"]

Opener = Callable[..., AppTest]

LATER = {"1.1.1": {"due": date(2028, 6, 30)}}
SOONER = {"1.1.1": {"due": date(2027, 1, 31)}}
TEXT = {"1.1.1": {"text": "Vi skal skrive gode høringssvar"}}


def apply(database: Database, wanted: Flat, grounds: Grounds = NONE, reason: str = "") -> Any:
    with database.writing() as session:
        changeset = compared(session, wanted)
        return sync.apply(by(session, via=Via.YAML), changeset, reason=reason, grounds=grounds)


@pytest.mark.parametrize(
    ("wanted", "effects"),
    [
        (a_plan(changed=LATER), {"1.1.1": Effect.POSTPONED}),
        (a_plan(changed=SOONER), {"1.1.1": Effect.AMENDED}),
        (a_plan(changed={"1.1.1": {"due": None}}), {"1.1.1": Effect.AMENDED}),
        (a_plan(changed={"1.1.2": {"due": date(2027, 1, 1)}}), {"1.1.2": Effect.AMENDED}),
        (a_plan(changed=TEXT), {"1.1.1": Effect.AMENDED}),
        (a_plan(changed={"1.1.1": LATER["1.1.1"] | TEXT["1.1.1"]}), {"1.1.1": Effect.AMENDED}),
        (a_plan(changed={"1.1": {"text": "Ny"}, "2": {"text": "Ny"}}),
         {"1.1": Effect.AMENDED, "2": Effect.AMENDED}),
        (a_plan(changed={PLAN: {"vision": "Ny visjon"}}), {PLAN: Effect.AMENDED}),
        (a_plan(changed={PLAN: {"headings": ["Måla"]}}), {PLAN: Effect.AMENDED}),
        (a_plan(without=["2.1.1"]), {"2.1.1": Effect.DROPPED}),
        (a_plan(without=["2.1.1", "2.1", "2"]),
         {"2.1.1": Effect.DROPPED, "2.1": Effect.DROPPED, "2": Effect.DROPPED}),
        (a_plan(changed={"1.1.1": {"name": "Svar"}, "svar": {"unit": "stk"}}), {}),
        (a_plan(without=["1.1.1@fag", "svar", "svar@2026-12-31"]), {}),
        (a_plan(), {}),
    ],
)  # fmt: skip
def test_what_is_adopted_is_changed_with_its_grounds_beside_it(
    planned: Database, wanted: Flat, effects: dict[str, Effect]
):
    apply(planned, wanted)
    seen = present(planned)
    assert {a.thing: a.effect for a in seen.authorities} == effects
    for authority in seen.authorities:
        assert (authority.key, authority.change_id) == (f"{authority.thing}@vedtak-1", newest(planned))


def test_the_first_load_needs_no_grounds_and_what_is_added_later_does(database: Database):
    adopt(database, a_plan(without=["2.1.1"]))
    assert present(database).authorities == ()
    adopt(database, a_plan())
    (found,) = present(database).authorities
    assert (found.key, found.kind, found.effect) == ("2.1.1@vedtak-1", "measure", Effect.ADOPTED)


def test_another_strategy_beside_the_first_needs_none_either(planned: Database):
    adopt(planned, a_plan("neste", changed={"neste": {"start": date(2029, 1, 1)}}))
    assert present(planned, strategy="neste").authorities == ()


def test_a_decision_permits_a_change_and_the_thread_joins_it_with_its_case(planned: Database):
    under_way(planned)
    decide(planned, measures=["1.1.1"], effect=Effect.POSTPONED)
    apply(planned, a_plan(changed=LATER), Grounds("vedtak-1"))
    apply(planned, a_plan(changed={"1.1.1": LATER["1.1.1"] | TEXT["1.1.1"]}), Grounds(correction=True))
    apply(planned, a_plan(changed={"1.1.1": TEXT["1.1.1"]}), Grounds(note="Årsmøtet, sak 9"))
    first, second, third = meetings.thread(present(planned), "1.1.1")
    assert first.decision
    assert first.meeting
    assert first.item
    assert (first.authority.effect, first.decision.key, first.meeting.key, first.item.key) == (
        Effect.POSTPONED, "vedtak-1", "mote-2026-1", "sak-1",
    )  # fmt: skip
    assert (second.authority.effect, second.decision) == (Effect.CORRECTED, None)
    assert (third.authority.effect, third.authority.note) == (Effect.AMENDED, "Årsmøtet, sak 9")
    assert [g.authority.key for g in (first, second, third)] == [f"1.1.1@vedtak-{n}" for n in (1, 2, 3)]
    assert ungrounded(planned) == []


def test_an_unknown_decision_permits_nothing(planned: Database):
    before = newest(planned)
    with pytest.raises(BadInput, match="Fant ikke vedtaket «vedtak-7»"):
        apply(planned, a_plan(changed=LATER), Grounds("vedtak-7"))
    assert newest(planned) == before


def test_a_slip_neither_adds_nor_takes_out(planned: Database):
    with pytest.raises(BadInput, match="ingen skrivefeil"):
        apply(planned, a_plan(without=["2.1.1"]), Grounds(correction=True))
    assert newest(planned) == 1


def ungrounded(database: Database) -> list[Gap]:
    return [gap for gap in completeness(present(database), NOW.date()) if gap.kind is Missing.GROUNDS]


def test_a_reason_is_no_decision(planned: Database):
    apply(planned, a_plan(changed=LATER), reason="Vedtatt i sak 12/26")
    (authority,) = present(planned).authorities
    assert (authority.note, authority.decision) == ("", "")
    (found,) = ungrounded(planned)
    assert found.authority == "1.1.1@vedtak-1"


def ground(database: Database, key: str, **said: Any) -> record.Saved:
    with database.writing() as session:
        return record.ground(by(session), key, 1, **said)


def test_grounds_can_be_given_afterwards(planned: Database):
    under_way(planned)
    decide(planned)
    apply(planned, a_plan(changed=TEXT))
    for said, sentence in (({}, "Velg vedtaket"), ({"decision": "vedtak-9"}, "Fant ikke vedtaket")):
        with pytest.raises(BadInput, match=sentence):
            ground(planned, "1.1.1@vedtak-1", **said)
    with pytest.raises(NotFound):
        ground(planned, "1.1.1@vedtak-2", decision="vedtak-1")
    ground(planned, "1.1.1@vedtak-1", decision="vedtak-1")
    assert ungrounded(planned) == []
    (found,) = meetings.thread(present(planned), "1.1.1")
    assert found.decision
    assert (found.decision.key, found.authority.effect) == ("vedtak-1", Effect.AMENDED)


def test_a_text_is_adopted_until_it_is_changed_without_a_decision_and_again_when_one_is_named(
    planned: Database,
):
    assert present(planned).is_adopted("1.1.1")
    apply(planned, a_plan(changed=TEXT), reason="prøve")
    seen = present(planned)
    assert not seen.is_adopted("1.1.1")
    assert meetings.without(seen.authorities[0]) == "Endret uten vedtak"
    under_way(planned)
    decide(planned)
    ground(planned, "1.1.1@vedtak-1", decision="vedtak-1")
    assert present(planned).is_adopted("1.1.1")


@pytest.mark.parametrize("grounds", [Grounds(correction=True), Grounds(note="Årsmøtet, sak 9")])
def test_a_slip_and_what_another_body_decided_leave_the_text_adopted(planned: Database, grounds: Grounds):
    apply(planned, a_plan(changed=TEXT), grounds)
    assert present(planned).is_adopted("1.1.1")


def test_what_is_added_without_a_decision_is_said_to_be(planned: Database):
    apply(planned, a_plan(without=["2.1.1"]))
    apply(planned, a_plan())
    told = [meetings.without(each) for each in present(planned).authorities_of("2.1.1")]
    assert told == ["Utgått uten vedtak", "Lagt til uten vedtak"]


def board_tab(app: Opener, wanted: Flat, grounds: Grounds) -> str:
    """What the measure says on its page of the board, once the plan has become `wanted`."""
    app("empty")
    here = database.prepare(os.environ["STRATEGY_DATABASE_URL"])
    adopt(here, a_plan(changed={"1.1.1": {"decided_by": "Årsmøtet 2024"}}))
    apply(here, wanted, grounds, reason="prøve")
    at = go(app("empty", {"t": "1.1.1", "del": "Styret"}), "measures")
    assert not at.exception
    return words(at)


REWORDED = a_plan(changed={"1.1.1": TEXT["1.1.1"] | {"decided_by": "Årsmøtet 2024"}})


def test_adopted_text_is_said_over_adopted_text_only(app: Opener):
    said = board_tab(app, REWORDED, NONE)
    assert "Vedtatt tekst" not in said
    assert said.count("Endret uten vedtak") == 2
    assert "**gode" in said


def test_a_slip_shows_its_words_and_needs_no_decision(app: Opener):
    said = board_tab(app, REWORDED, Grounds(correction=True))
    assert "Vedtatt tekst. Delmål 1.1" in said
    assert "Skrivefeil rettet" in said
    assert "gode" in said
    assert "uten vedtak" not in said.casefold()


def test_what_adopted_a_measure_is_the_first_line_of_its_thread(app: Opener):
    said = board_tab(app, REWORDED, Grounds(note="Årsmøtet 2026, sak 9"))
    thread = said[said.index("Vedtatt av Årsmøtet 2024") :]
    assert "Årsmøtet 2026, sak 9" in thread


def test_a_page_must_say_what_a_change_is_grounded_on():
    due = Edit("measure", "1.1.1", Action.CHANGED, (FieldChange("due", None, date(2027, 1, 1)),))
    name = Edit("measure", "1.1.1", Action.CHANGED, (FieldChange("name", "a", "b"),))
    assert record.needs_grounds([name, due]) == (due,)
    record.check_grounds([name], Grounds())
    for given in (Grounds("vedtak-1"), Grounds(correction=True), Grounds(note="Årsmøtet")):
        record.check_grounds([due], given)
    for missing in (Grounds(), Grounds(note="  ")):
        with pytest.raises(BadInput, match="endres bare etter vedtak"):
            record.check_grounds([due], missing)


def test_a_plan_applied_twice_has_its_grounds_once(planned: Database):
    apply(planned, a_plan(changed=TEXT), Grounds(note="Årsmøtet"))
    assert apply(planned, a_plan(changed=TEXT), Grounds(note="Årsmøtet")) is None
    assert len(present(planned).authorities) == 1
    assert tables.VERSIONED["authority"] is tables.Authority
