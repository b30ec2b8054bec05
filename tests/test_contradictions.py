"""Said versus done: papers go out when each contradiction is corrected, explained or put forward as one."""

from datetime import date
from typing import Any

import pytest

from strategy import history, record, tables, wording
from strategy.access import Actor
from strategy.contradictions import Clash, for_meeting
from strategy.database import Database
from strategy.errors import BadInput, NotAllowed, Several
from strategy.exports.board import paper
from strategy.terms import ItemContent, ItemKind, MeetingState, Phase
from strategy.values import Source, source
from tests.board import LATER, MEETING, add_case, plan_meeting, seat_board, take
from tests.databases import (
    CHAIR,
    NOW,
    OUTSIDER,
    PLAN,
    RESPONSIBLE,
    SECRETARY,
    Maker,
    by,
    newest,
    present,
    say,
    version_of,
    want,
    with_a_plan,
)
from tests.test_paper import sitting, under

LEFT, UNSHOWN = Clash.DONE_WITH_OPEN_MILESTONES, Clash.DONE_WITHOUT_EVIDENCE
MEASURE = "1.1.1"
CALLED = MeetingState.CALLED
UNANSWERED = (
    "Innkallingen kan ikke sendes før dette er rettet, forklart eller lagt fram som uforklart under «Sagt og "
    "gjort»: 1.1.1 Meldt fullført uten dokumentasjon på en nådd milepæl eller et dokument på tiltaket; "
    "1.1.1 Meldt fullført, men 1 milepæl er ikke nådd."
)


@pytest.fixture
def clashing(fresh: Maker) -> Database:
    return fresh(with_a_clash)


def with_a_clash(planned: Database) -> None:
    """A meeting in draft, and a measure said to be completed with a milestone left and nothing to show."""
    with_a_plan(planned)
    seat_board(planned)
    plan_meeting(planned)
    plan_meeting(planned, LATER)
    add_case(planned)
    with planned.writing() as session:
        said: dict[str, Any] = {"measure": MEASURE, "title": "Utkast sendt", "due": date(2026, 12, 1)}
        record.milestone(by(session), f"{MEASURE}-m1", 0, **said)
    say(planned, MEASURE, phase=Phase.COMPLETED, done="Alt er gjort, og alle er fornøyd.")


def answer(database: Database, clash: Clash, text: str = "", actor: Actor = SECRETARY) -> record.Saved:
    """Explain, or without a text put forward as unexplained."""
    write = record.explanation if text else record.unexplained
    said: dict[str, Any] = {"text": text} if text else {}
    with database.writing() as session:
        base = version_of(session, tables.Explanation, f"{MEETING}@{MEASURE}@{clash}")
        return write(by(session, actor=actor), base, meeting=MEETING, thing=MEASURE, clash=clash, **said)


def take_away(database: Database, clash: Clash) -> None:
    with database.writing() as session:
        key = f"{MEETING}@{MEASURE}@{clash}"
        out = record.Wanted("explanation", key, version_of(session, tables.Explanation, key), retired=True)
        record.save_one(by(session), out)


def refreeze(database: Database) -> record.Saved:
    with database.writing() as session:
        base = version_of(session, tables.Meeting, MEETING)
        return record.refreeze(by(session), MEETING, base)


def undo(database: Database, change: int) -> None:
    with database.writing() as session:
        record.undo(by(session), change)


def state(database: Database) -> MeetingState:
    return present(database).meeting(MEETING).state


def test_papers_wait_until_each_contradiction_is_explained_or_put_forward(clashing: Database):
    with pytest.raises(BadInput) as refused:
        take(clashing, CALLED)
    assert str(refused.value) == UNANSWERED
    answer(clashing, LEFT, "Milepælen er flyttet til neste plan")
    with pytest.raises(BadInput, match=r"«Sagt og gjort»: 1\.1\.1 Meldt fullført uten dokumentasjon[^;]*$"):
        take(clashing, CALLED)
    answer(clashing, UNSHOWN)
    take(clashing, CALLED)
    assert state(clashing) is CALLED


def test_the_general_road_refuses_too(clashing: Database):
    with clashing.writing() as session:
        base = version_of(session, tables.Meeting, MEETING)
        wanted = record.Wanted("meeting", MEETING, base, {"state": CALLED})
        with pytest.raises(Several) as refused:
            record.save(by(session), [wanted])
    assert UNANSWERED in str(refused.value)
    assert record.previewed(present(clashing), [wanted]).flaws[0].sentence == UNANSWERED


def test_papers_go_out_when_what_was_wrong_is_corrected(clashing: Database):
    say(clashing, MEASURE, phase=Phase.IN_PROGRESS, done="Ikke ferdig likevel.")
    take(clashing, CALLED)
    assert present(clashing).explanations == ()


def test_evidence_and_the_reached_milestone_correct_what_no_word_does(clashing: Database):
    before = newest(clashing)
    with pytest.raises(BadInput, match="En forklaring er ikke nok"):
        answer(clashing, UNSHOWN, "Vi vet at det er gjort")
    assert newest(clashing) == before
    with clashing.writing() as session:
        said: dict[str, Any] = {"done_on": date(2026, 11, 20), "evidence": "Utkastet i arkivet"}
        want(by(session), "milestone", f"{MEASURE}-m1", 1, **said)
    take(clashing, CALLED)


def test_a_document_on_the_measure_is_evidence(clashing: Database):
    with clashing.writing() as session:
        want(by(session), "link", "lenke-1", 0, thing=MEASURE, url="https://ks.no/a")
    assert [each.clash.kind for each in found(clashing)] == [LEFT]


def found(database: Database) -> Any:
    return for_meeting(present(database), NOW.date(), MEETING)


def test_putting_forward_is_a_change_that_says_who_when_and_what(clashing: Database):
    change = answer(clashing, LEFT).change_id
    (put,) = present(clashing).explanations
    assert (put.meeting, put.thing, put.clash, put.text, put.unexplained) == (
        MEETING, MEASURE, LEFT, "", True,
    )  # fmt: skip
    assert (put.actor, put.recorded_at, put.change_id) == (SECRETARY.name, NOW, change)
    with clashing.reading() as session:
        (entry,) = history.log(session, PLAN, change, limit=1)
    assert (entry.id, entry.actor, entry.recorded_at) == (change, SECRETARY.name, NOW)
    (edit,) = entry.edits
    assert edit.key == f"{MEETING}@{MEASURE}@{LEFT}"
    said = "Motstrid på 1.1.1 Skrive høringssvar lagt fram som uforklart"
    assert wording.happened(edit, present(clashing)) == said


def test_what_is_put_forward_may_be_explained_after_all_and_the_other_way(clashing: Database):
    answer(clashing, LEFT)
    answer(clashing, LEFT, "Milepælen er flyttet")
    (why,) = present(clashing).explanations
    assert (why.text, why.unexplained) == ("Milepælen er flyttet", None)
    answer(clashing, LEFT)
    (put,) = present(clashing).explanations
    assert (put.text, put.unexplained) == ("", True)


def test_who_answers_for_the_measure_explains_it_and_only_the_secretariat_puts_it_forward(
    clashing: Database,
):
    answer(clashing, LEFT, "Milepælen er flyttet", actor=RESPONSIBLE)
    assert present(clashing).explanations[0].actor == RESPONSIBLE.name
    for actor, text in ((OUTSIDER, "Nei"), (CHAIR, "Nei"), (RESPONSIBLE, "")):
        with pytest.raises(NotAllowed):
            answer(clashing, LEFT, text, actor=actor)


def answered(database: Database) -> Database:
    answer(database, LEFT, "Milepælen er flyttet")
    answer(database, UNSHOWN)
    take(database, CALLED)
    return database


def test_numbers_are_not_fetched_anew_with_a_contradiction_nobody_has_answered(planned: Database):
    seat_board(planned)
    plan_meeting(planned)
    add_case(planned)
    take(planned, CALLED)
    before = present(planned).meeting(MEETING).as_of
    say(planned, MEASURE, phase=Phase.COMPLETED, done="Ferdig")
    with pytest.raises(BadInput, match="uten dokumentasjon"):
        refreeze(planned)
    assert present(planned).meeting(MEETING).as_of == before
    answer(planned, UNSHOWN)
    refreeze(planned)
    assert present(planned).meeting(MEETING).as_of == newest(planned) - 1


def test_once_papers_are_out_no_answer_is_taken_away(clashing: Database):
    called = newest(answered(clashing))
    again = answer(clashing, LEFT, "Milepælen er flyttet til 2027").change_id
    for take_it_away in (lambda: take_away(clashing, LEFT), lambda: undo(clashing, called - 1)):
        with pytest.raises(BadInput, match="Papirene er sendt ut med dette svaret"):
            take_it_away()
    undo(clashing, again)
    assert "Milepælen er flyttet" in [why.text for why in present(clashing).explanations]


def test_a_calling_that_was_withdrawn_comes_back_only_with_its_answers(clashing: Database):
    answered(clashing)
    withdrawn = take(clashing, MeetingState.DRAFT).change_id
    take_away(clashing, UNSHOWN)
    with pytest.raises(BadInput, match=r"«Sagt og gjort»: 1\.1\.1 Meldt fullført uten dokumentasjon[^;]*$"):
        undo(clashing, withdrawn)
    assert state(clashing) is MeetingState.DRAFT
    undo(clashing, newest(clashing))
    undo(clashing, withdrawn)
    assert state(clashing) is CALLED


def test_a_called_meeting_that_is_called_off_takes_its_answers_with_it(clashing: Database):
    answered(clashing)
    with clashing.writing() as session:
        base = version_of(session, tables.Meeting, MEETING)
        off = record.Wanted("meeting", MEETING, base, retired=True, reason="Sykdom")
        record.cancel(by(session), off)
    assert present(clashing).explanations == ()


def test_the_paper_has_the_list_of_the_page_with_what_is_said_of_each_and_by_whom(clashing: Database):
    add_case(
        clashing, "sak-2", title="Status", kind=ItemKind.ORIENTATION, content=ItemContent.STATUS, number=41
    )
    answer(clashing, LEFT, "Milepælen er flyttet", actor=RESPONSIBLE)
    drafted = under(paper.case(sitting(clashing), "sak-2"), "3.6 Sagt og gjort")
    assert "dokument på tiltaket. | Ikke forklart." in drafted
    answer(clashing, UNSHOWN)
    take(clashing, CALLED)
    made = sitting(clashing)
    assert made.said_and_done == found(clashing)
    told = under(paper.case(made, "sak-2"), "3.6 Sagt og gjort")
    assert "ikke nådd. | Milepælen er flyttet (23.11.2026, fagansvarlig)" in told
    assert "dokument på tiltaket. | Lagt fram som uforklart (23.11.2026, sekretariatet)" in told


def test_a_source_of_an_explanation_is_who_said_it_and_when(clashing: Database):
    answer(clashing, LEFT, "Milepælen er flyttet", actor=RESPONSIBLE)
    (why,) = present(clashing).explanations
    assert source(why) == Source("explanation", why.key, why.change_id, NOW.date(), RESPONSIBLE.name)
