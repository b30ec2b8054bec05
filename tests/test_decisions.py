"""Decisions, what came of them, questions and explanations."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from strategy import changes, meetings, record, tables, wording
from strategy.access import Actor
from strategy.changes import Action, Edit, FieldChange
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from strategy.exports import outline
from strategy.exports.board import protocol
from strategy.terms import DecisionState, Effect, ItemState, MeetingState, Via
from tests.board import LATER, MEETING, add_case, ask, called, closed, decide, take, under_way
from tests.databases import (
    CHAIR,
    MEMBER,
    NOW,
    READER,
    RESPONSIBLE,
    SECRETARY,
    a_plan,
    adopt,
    by,
    newest,
    newest_row,
    present,
    version_of,
)  # fmt: skip
from tests.plans import a_goal, a_measure, a_snapshot, a_subgoal


def refused(
    database: Database, sentence: str, write: Callable[[], Any], of: type[Refusal] = BadInput
) -> None:
    before = newest(database)
    with pytest.raises(of, match=sentence):
        write()
    assert newest(database) == before


def test_a_decision_stands_with_its_case_and_meeting(planned: Database):
    under_way(planned)
    decide(
        planned, text=" Fristen flyttes til 2028. ", votes_for=2, votes_against=1, dissent="Én stemte mot.",
        measures=["1.1.1"], effect=Effect.POSTPONED, responsible="fag", due=date(2027, 3, 1),
    )  # fmt: skip
    found = present(planned).decision("vedtak-1")
    assert (found.meeting, found.item, found.text, found.state) == (
        MEETING, "sak-1", "Fristen flyttes til 2028.", DecisionState.OPEN,
    )  # fmt: skip
    assert (found.votes_for, found.votes_against, found.measures, found.effect) == (
        2, 1, ("1.1.1",), Effect.POSTPONED,
    )  # fmt: skip
    goals = present(planned).goals
    assert [meetings.decisions_on_goal(present(planned), goal) for goal in goals][:1] == [(found,)]
    assert meetings.decisions_on(present(planned), "1.1.1") == (found,)
    assert meetings.decisions_in(present(planned), "sak-1") == (found,)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": " \n"}, "hva styret vedtok"),
        ({"text": "x" * 4001}, "Vedtak: .*grensen er 4000"),
        ({"votes_for": -1}, "Stemmetallet"),
        ({"measures": ["2.1.1"]}, "«2.1.1» er ikke i planen, eller er tatt ut"),
        ({"measures": ["9.9.9"]}, "«9.9.9» er ikke i planen"),
        ({"effect": Effect.CORRECTED}, "trenger ikke vedtak"),
        ({"responsible": "ukjent"}, "«ukjent»"),
        ({"due": date(27, 3, 1)}, "ikke et årstall"),
    ],
)
def test_a_decision_that_cannot_be_used_says_why(planned: Database, said: dict[str, Any], sentence: str):
    under_way(planned)
    adopt(planned, a_plan(without=["2.1.1"]))
    refused(planned, sentence, lambda: decide(planned, **said))


def test_a_decision_is_written_only_while_the_meeting_is_under_way(planned: Database):
    called(planned)
    refused(planned, "mens møtet er i gang", lambda: decide(planned))
    refused(planned, "Fant ikke saken", lambda: decide(planned, item="sak-9"), NotFound)
    take(planned, MeetingState.UNDER_WAY)
    decide(planned)


def test_two_who_write_one_decision_see_both(planned: Database):
    under_way(planned)
    decide(planned, base_version=0, text="Den ene")
    with pytest.raises(Conflict) as found:
        decide(planned, base_version=0, item="sak-1", text="Den andre")
    assert found.value.theirs["text"] == "Den ene"


def as_proposed(database: Database, **base_versions: int) -> record.Saved:
    with database.writing() as session:
        keys = {key.replace("_", "-"): base for key, base in base_versions.items()}
        return record.as_proposed(by(session), keys)


def test_several_cases_are_decided_as_proposed_in_one_change_with_nothing_to_follow_up(planned: Database):
    called(planned)
    add_case(planned, proposal="Innkallingen godkjennes.", measures=["1.1.1"])
    add_case(planned, "sak-2", title="Eventuelt")
    refused(planned, "mens møtet er i gang", lambda: as_proposed(planned, sak_1=2))
    take(planned, MeetingState.UNDER_WAY)
    before = newest(planned)
    as_proposed(planned, sak_1=2, sak_2=1)
    assert newest(planned) == before + 1
    (made,) = present(planned).decisions
    assert (made.item, made.text, made.measures, made.state) == (
        "sak-1", "Innkallingen godkjennes.", ("1.1.1",), DecisionState.DONE,
    )  # fmt: skip
    assert meetings.open_decisions(present(planned)) == ()
    assert {item.state for item in present(planned).items} == {ItemState.TREATED}
    refused(planned, "behandlet fra før", lambda: as_proposed(planned, sak_1=3))
    refused(planned, "Velg sakene", lambda: as_proposed(planned))


def test_nobodys_text_is_overwritten_by_deciding_as_proposed(planned: Database):
    under_way(planned)
    add_case(planned, proposal="Endret i møtet.")
    with pytest.raises(Conflict):
        as_proposed(planned, sak_1=1)
    assert present(planned).decisions == ()


def follow_up(database: Database, state: DecisionState, outcome: str = "", key: str = "vedtak-1") -> Any:
    with database.writing() as session:
        base = version_of(session, tables.Decision, key)
        return record.decision(by(session), key, base, state=state, outcome=outcome)


def test_a_decision_comes_back_until_it_is_closed_with_words_also_after_the_meeting(planned: Database):
    under_way(planned)
    decide(planned, due=date(2027, 1, 1))
    decide(planned, "vedtak-2", due=date(2026, 12, 1))
    decide(planned, "vedtak-3")
    add_case(planned, state=ItemState.TREATED)
    take(planned, MeetingState.CLOSED)
    assert [d.key for d in meetings.open_decisions(present(planned))] == ["vedtak-2", "vedtak-1", "vedtak-3"]
    refused(planned, "hva som ble gjort", lambda: follow_up(planned, DecisionState.DONE))
    follow_up(planned, DecisionState.OPEN, "Brevet er skrevet.")
    follow_up(planned, DecisionState.DONE, "Brevet er sendt.", "vedtak-2")
    assert [d.key for d in meetings.open_decisions(present(planned))] == ["vedtak-1", "vedtak-3"]
    first, last = meetings.open_decisions(present(planned))
    assert meetings.is_late(first, date(2027, 1, 2))
    assert not meetings.is_late(first, date(2027, 1, 1))
    assert not meetings.is_late(last, date(2030, 1, 1))
    refused(planned, "Fant ikke", lambda: follow_up(planned, DecisionState.DONE, "x", "vedtak-9"), NotFound)


def test_following_up_changes_nothing_of_what_was_decided(planned: Database):
    closed(planned)
    follow_up(planned, DecisionState.CANCELLED, "Ikke aktuelt.")
    found = present(planned).decision("vedtak-1")
    assert (found.text, found.outcome, found.state) == (
        "Fristen flyttes.", "Ikke aktuelt.", DecisionState.CANCELLED,
    )  # fmt: skip


def answer(database: Database, text: str, key: str = "sporsmal-1", actor: Actor = RESPONSIBLE) -> Any:
    with database.writing() as session:
        base = version_of(session, tables.Question, key)
        return record.answer(by(session, actor=actor), key, base, answer=text)


def test_a_member_asks_and_who_answers_for_the_measure_answers(planned: Database):
    called(planned)
    ask(planned, actor=CHAIR)
    ask(planned, "sporsmal-2", actor=MEMBER, text="Hva koster det?")
    answer(planned, "I mars.")
    found = meetings.questions(present(planned), MEETING)
    assert [(q.key, q.asked_by) for q in found.open] == [("sporsmal-2", "verv-2")]
    assert [(q.key, q.answer, q.answered_by) for q in found.answered] == [("sporsmal-1", "I mars.", "fag")]
    assert len(meetings.questions_on(present(planned), "1.1.1")) == 2
    assert meetings.questions(present(planned), LATER).open == ()


def test_a_question_that_cannot_be_used_says_why(planned: Database):
    called(planned)
    adopt(planned, a_plan(without=["2.1.1"]))
    refused(planned, "hva du lurer på", lambda: ask(planned, text=" "))
    refused(planned, "er tatt ut", lambda: ask(planned, measure="2.1.1"), NotFound)
    refused(planned, "styremøtet", lambda: ask(planned, meeting="mote-1999-1"), NotFound)
    ask(planned, actor=CHAIR)
    refused(planned, "Skriv et svar", lambda: answer(planned, " "))
    refused(planned, "Fant ikke", lambda: answer(planned, "Ja", "sporsmal-9"), NotFound)


def test_only_the_board_asks_each_their_own_and_only_before_the_meeting_is_closed(planned: Database):
    called(planned)
    refused(planned, "lesetilgang", lambda: ask(planned, actor=READER), NotAllowed)
    refused(planned, "lesetilgang", lambda: ask(planned, actor=RESPONSIBLE), NotAllowed)
    ask(planned, actor=CHAIR, asked_by="verv-3")
    assert present(planned).questions[0].asked_by == "verv-1"
    refused(planned, "dine egne", lambda: ask(planned, actor=MEMBER, text="Mitt"), NotAllowed)
    refused(planned, "lesetilgang", lambda: answer(planned, "x", actor=MEMBER), NotAllowed)
    ask(planned, actor=CHAIR, text="Når kommer det?")
    add_case(planned, state=ItemState.TREATED)
    take(planned, MeetingState.UNDER_WAY, MeetingState.CLOSED)
    refused(planned, "avsluttet", lambda: ask(planned, "sporsmal-2", actor=CHAIR))
    answer(planned, "Etter møtet.")


def explain(database: Database, base_version: int = 0, **said: Any) -> Any:
    said = {"meeting": MEETING, "thing": "1.1.1", "clash": "green_but_overdue", "text": "Ferien.", **said}
    with database.writing() as session:
        return record.explanation(by(session), base_version, **said)


def test_a_contradiction_is_explained_for_one_meeting(planned: Database):
    called(planned)
    explain(planned)
    explain(planned, 1, text="Ferie og sykdom.")
    (found,) = present(planned).explanations
    assert (found.key, found.text) == (f"{MEETING}@1.1.1@green_but_overdue", "Ferie og sykdom.")
    refused(planned, "likevel stemmer", lambda: explain(planned, 2, text=""))
    refused(planned, "ingen kjent motstrid", lambda: explain(planned, clash="Noe annet"))
    refused(planned, "i planen", lambda: explain(planned, thing="9.9.9"), NotFound)


def test_the_log_names_the_boards_things_without_a_key(planned: Database):
    called(planned)
    add_case(planned, number=44, year=2026)
    ask(planned)
    explain(planned)
    plan = present(planned)
    assert [wording.thing(Edit(kind, key, Action.CHANGED, ()), plan) for kind, key in (
        ("meeting", MEETING), ("agenda_item", "sak-1"), ("seat", "verv-1"), ("question", "sporsmal-1"),
        ("explanation", f"{MEETING}@1.1.1@green_but_overdue"), ("draft", "1.1.1@radgiver"),
        ("target", "horingssvar@2026-12-31"),
    )] == [
        "Styremøte nr. 1, 30.11.2026", "Sak 44/2026", "Verv Styreleder",
        "Spørsmål på 1.1.1 Skrive høringssvar", "Forklaring på 1.1.1 Skrive høringssvar",
        "Innsendt rapport på 1.1.1 Skrive høringssvar", "Måltall horingssvar 31.12.2026",
    ]  # fmt: skip
    asked = Edit("question", "sporsmal-9", Action.RETIRED, (FieldChange("measure", "1.1.1", None),))
    assert wording.happened(asked, plan) == "Spørsmål på 1.1.1 Skrive høringssvar tatt ut"


def test_a_report_is_told_with_what_it_is_on(planned: Database):
    plan = present(planned)
    text = "NOKU skal sette dagsorden i viktige kulturpolitiske saker lokalt, regionalt og nasjonalt"
    aims = a_snapshot(a_goal(a_subgoal(a_measure(), text=text), name="Styrke kulturpolitikken"))
    for key, of, said in (
        ("1.1.1", plan, "Ny rapport på 1.1.1 Skrive høringssvar"),
        ("1", aims, "Ny rapport på hovedmål 1 Styrke kulturpolitikken"),
        ("1.1", aims, "Ny rapport på delmål 1.1 NOKU skal sette dagsorden i viktige kulturpolitiske saker …"),
        ("9.9", plan, "Ny rapport på 9.9"),
    ):
        assert wording.happened(Edit("status_report", key, Action.ADDED, ()), of) == said


def test_a_closed_meeting_takes_no_more_explanations(planned: Database):
    closed(planned)
    refused(planned, "avsluttet", lambda: explain(planned))


def test_a_role_or_seat_is_shown_by_its_title_and_words_as_they_are(planned: Database):
    called(planned)
    seen = present(planned)
    assert [meetings.who(seen, key) for key in ("fag", "verv-1", "Innleid hjelp")] == [
        "Fagansvarlig", "Styreleder", "Innleid hjelp",
    ]  # fmt: skip
    assert meetings.titles(seen, ["verv-3", "verv-1"]) == ("Styreleder", "Styremedlem")


def test_the_due_day_itself_is_not_late(planned: Database):
    under_way(planned)
    decide(planned, due=NOW.date() + timedelta(days=1))
    assert not meetings.is_late(present(planned).decision("vedtak-1"), NOW.date() + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"votes_for": 3, "votes_against": 1}, "4 stemmer er ført .* bare 3 er ført som til stede"),
        ({"votes_for": 2, "votes_abstaining": 2}, "4 stemmer er ført"),
        ({"votes_for": 1, "votes_against": 2}, "1 for og 2 mot gir ikke dette vedtaket"),
        ({"votes_for": 1, "votes_against": 1}, "Stemmene står likt"),
        ({"votes_for": 2, "votes_against": 1, "casting_vote": True}, "avgjør bare når stemmene står likt"),
        ({"votes_abstaining": -1}, "Stemmetallet"),
    ],
)
def test_votes_add_up_and_give_the_decision(planned: Database, said: dict[str, Any], why: str):
    under_way(planned)
    with pytest.raises(BadInput, match=why):
        decide(planned, **said)


def test_the_casting_vote_and_who_abstained_are_said(planned: Database):
    under_way(planned)
    decide(planned, votes_for=1, votes_against=1, votes_abstaining=1, casting_vote=True)
    (made,) = present(planned).decisions
    (facts,) = (outline.plain(each) for each in protocol.decision_facts(made, str))
    assert facts == "Vedtatt med 1 mot 1 stemmer. Møteleders dobbeltstemme avgjorde. 1 avholdende."


def test_nobody_leaves_a_meeting_that_has_counted_their_vote(planned: Database):
    under_way(planned)
    decide(planned, votes_for=3)
    with planned.writing() as session:
        base = version_of(session, tables.Meeting, MEETING)
        gone = record.Wanted("meeting", MEETING, base, {"present": ["verv-1", "verv-2"]})
        with pytest.raises(BadInput, match="bare 2 er ført som til stede"):
            record.save_one(by(session), gone)


def test_the_board_decides_only_with_as_many_as_its_rule_asks_for(planned: Database):
    under_way(planned)
    with planned.writing() as session:
        base = version_of(session, tables.Board, "styret")
        record.board(by(session), base, quorum=4)
    with pytest.raises(BadInput, match="ikke beslutningsdyktig: 3 er ført som til stede, og det må være 4"):
        decide(planned)


def test_a_decision_with_votes_from_before_the_rule_can_still_be_followed_up(planned: Database):
    under_way(planned)
    decide(planned, responsible="verv-1")
    with planned.writing() as session:
        row = tables.Decision(
            **newest_row(session, tables.Decision, "vedtak-1") | {"version": 2, "votes_for": 9}
        )
        changes.append(session, SECRETARY, [row], via=Via.PAGE, reason="", now=NOW)
    decide(planned, state=DecisionState.DONE, outcome="Gjort")
    assert present(planned).decision("vedtak-1").votes_for == 9
