"""The pages of board meetings through the frame: every state for every role, and what each form does."""

import importlib
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from strategy import changes, database, dates, record, snapshot, tables
from strategy.access import LOCAL, Actor, Role
from strategy.snapshot import Snapshot
from strategy.terms import Assessment, DecisionState, ItemContent, ItemState, MeetingState, Phase
from strategy.ui import meeting_parts

NOKU = "noku-2024-2028"
KEY = "mote-2026-3"
NOW = datetime.now(UTC)  # the real plan goes by the clock of the machine
TODAY = dates.oslo_day(NOW)
BEFORE, HELD, LATER = (TODAY + timedelta(days=days) for days in (-60, 14, 80))
SEATS = {"verv-1": "Styreleder", "verv-2": "Nestleder", "verv-3": "Styremedlem"}
PARTS = ("saker", "sist", "motstrid", "sporsmal", "tillit", "vedtak", "protokoll")
ROLES = {
    Role.READER: Actor("en leser", Role.READER),
    Role.BOARD: Actor("nestleder", Role.BOARD, "verv-2"),
    Role.SECRETARIAT: LOCAL,
}

Opener = Callable[..., AppTest]


@pytest.fixture
def app(data: Path, monkeypatch: pytest.MonkeyPatch, real_file: Path) -> Opener:
    """Opens the app on the real plan with a board meeting in the state asked for, as the role asked for."""

    def open_app(
        state: MeetingState | None = None, address: Mapping[str, str] | None = None,
        role: Role = Role.SECRETARIAT,
    ) -> AppTest:  # fmt: skip
        shutil.copy(real_file, data / "strategy.db")
        monkeypatch.setattr(importlib.import_module("strategy.ui.view"), "LOCAL", ROLES[role])
        if state:
            with here().writing() as session:
                a_meeting(session, state)
        return opened(address or {})

    return open_app


def opened(address: Mapping[str, str], page: str = "meetings.py") -> AppTest:
    """The app in a new tab at an address."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60).run()
    for name, value in address.items():
        at.query_params[name] = value
    return at.switch_page(page).run()


def edited(case: str) -> AppTest:
    """A case with its form opened."""
    at = opened({"m": KEY, "fane": "saker", "sak": case})
    at.session_state[f"rediger-{case}"] = True
    return at.run()


def a_meeting(session: Session, state: MeetingState) -> None:
    """Three seats, a meeting closed before, and one as far as `state`, each step through its door."""
    for order, (key, title) in enumerate(SEATS.items(), 1):
        record.seat(ours(session), key, 0, title=title, order=order)
    held(session, "mote-2026-2", 2, BEFORE, MeetingState.CLOSED, decides=True)
    held(session, KEY, 3, HELD, state)


def held(
    session: Session, key: str, number: int, day: date, state: MeetingState, *, decides: bool = False
) -> None:
    """A meeting taken step by step to a state; with a decision in it where it `decides`."""
    record.meeting(
        ours(session),
        key, 0, number=number, period="2026–2027", held_on=day, starts="10",
        place="Oslo", present=["verv-1"] if state.is_locked else [])  # fmt: skip
    record.standard_agenda(ours(session), key)
    steps = list(MeetingState)
    for version, to in enumerate(steps[1 : steps.index(state) + 1], 1):
        if to is MeetingState.CLOSED:
            treated(session, key, decides=decides)
        record.meeting(ours(session), key, version, state=to)


def treated(session: Session, key: str, *, decides: bool) -> None:
    """Every case of a meeting treated, with a decision in the first."""
    cases = plan(session).items_of(key)
    if decides:
        record.decision(
            ours(session),
            "vedtak-1", 0, item=cases[0].key, text="Styret ber om en plan.",
            measures=["1.2.2"], responsible="verv-1", due=TODAY - timedelta(days=1))  # fmt: skip
    for case in cases:
        record.item(ours(session), case.key, case.version, state=ItemState.TREATED)


def here() -> database.Database:
    return database.connect(os.environ["STRATEGY_DATABASE_URL"])


def ours(session: Session) -> record.By:
    return record.By(session, LOCAL, NOKU, NOW)


def plan(session: Session) -> Snapshot:
    return snapshot.load(session, NOKU, changes.newest(session))


def now() -> Snapshot:
    with here().reading() as session:
        return plan(session)


def words(at: AppTest) -> str:
    """Everything on the page as a reader sees it, the escapes taken away."""
    kinds = (
        at.title, at.header, at.markdown, at.caption, at.error, at.warning, at.info, at.success
    )  # fmt: skip
    links = [link.proto.label for link in at.get("page_link")]
    return "\n".join([*(each.value for kind in kinds for each in kind), *links]).replace("\\", "")


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def press(at: AppTest, label: str) -> None:
    shown = ((button.label.replace("\\", ""), button) for button in at.button)
    next(button for said, button in shown if said.startswith(label)).click().run()


def write(at: AppTest, label: str, text: str) -> None:
    fields = [*at.text_area, *at.text_input]
    next(field for field in fields if field.label.startswith(label)).input(text).run()


def choose(at: AppTest, label: str, value: object) -> None:
    fields = [*at.selectbox, *at.pills, *at.radio]
    next(field for field in fields if field.label.startswith(label)).set_value(value).run()


def unfold(at: AppTest, key: str) -> None:
    at.session_state[key] = True
    at.run()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", MeetingState)
def test_every_part_of_a_meeting_opens_for_every_role_in_every_state(
    app: Opener, state: MeetingState, role: Role
) -> None:
    at = app(state, role=role)
    for part in ("", *PARTS):
        at = opened({"m": KEY, "fane": part} if part else {"m": KEY})
        assert not at.exception, part
        assert not at.error, part
        assert len(at.title) == 1
        if role is not Role.SECRETARIAT:
            mine = ("Lagre svarene", "Åpne svarene", "Send spørsmålet") if role is Role.BOARD else ()
            writing = [b for b in buttons(at) if b.startswith(("Lagre", "Kall", "Start", "Avslutt", "Lag "))]
            assert [b for b in writing if not b.startswith(mine or "-")] == [], part


def test_no_meetings_is_said_kindly_and_the_first_can_be_set_up(app: Opener) -> None:
    at = app()

    assert "Ingen styremøter er satt opp ennå" in words(at)
    next(day for day in at.date_input if day.label == "Dato").set_value(HELD).run()
    write(at, "Klokkeslett", "9")
    press(at, "Lagre møtet")
    (meeting,) = now().meetings
    assert (meeting.number, meeting.held_on, meeting.starts) == (1, HELD, "09.00")
    assert "Lagret" in words(at)


def test_a_meeting_without_a_day_is_refused_with_a_sentence(app: Opener) -> None:
    at = app()
    press(at, "Lagre møtet")

    assert "Velg hvilken dag møtet er" in words(at)
    assert not now().meetings


def test_a_meeting_is_called_off_with_a_reason_and_its_address_says_so(app: Opener) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, "fane": "saker"})
    at.session_state["endre"] = True
    at.run()
    assert "Tas ut, for hvert møte har sine egne" in words(at)
    press(at, "Avlys styremøte nr. 3")
    assert any("Skriv hvorfor møtet avlyses" in each.value for each in at.warning)
    next(each for each in at.text_area if each.label == "Hvorfor avlyses det?").set_value("For få kan møte.")
    press(at, "Avlys styremøte nr. 3")

    assert not at.exception
    assert [each.key for each in now().cancelled] == [KEY]
    assert "er avlyst. For få kan møte." in words(at)
    listed = opened({})
    assert "Avlyst" in words(listed)
    board = app(MeetingState.CALLED, {"m": KEY, "fane": "saker"}, Role.BOARD)
    assert not [label for label in buttons(board) if "vlys" in label]


def test_a_case_is_taken_off_the_agenda(app: Opener) -> None:
    app(MeetingState.CALLED)
    case = now().items_of(KEY)[4]
    at = opened({"m": KEY, "fane": "saker", "sak": case.key})
    press(at, f"Ta ut «{case.title}»")

    assert not at.exception
    assert case.key not in {each.key for each in now().items}


def test_the_next_meeting_and_its_papers_are_told_in_words(app: Opener) -> None:
    at = app(MeetingState.CALLED)

    assert f"Neste styremøte er nr. 3, {dates.long_day(HELD)}" in words(at)
    assert f"Papirene er ute, med tall per {dates.long_day(TODAY)}" in words(at)
    assert "Ett vedtak venter på oppfølging, og 1 er over fristen" in words(at)


def test_the_meetings_to_come_are_listed_first_the_soonest_on_top(app: Opener) -> None:
    app(MeetingState.DRAFT)
    with here().writing() as session:
        record.meeting(ours(session), "mote-2026-4", 0, number=4, period="2026–2027", held_on=LATER)
    at = opened({})
    listed = [each.proto.label for each in at.get("page_link") if "m=" in each.proto.query_string][1:]

    assert [each.value for each in at.header][:2] == ["Kommende", "Perioden 2026–2027"]
    assert [label.split(" · ")[1] for label in listed] == [dates.long_day(d) for d in (HELD, LATER, BEFORE)]


def test_each_part_of_a_meeting_has_a_name_of_its_own_and_the_attendance_is_only_proposed(
    app: Opener,
) -> None:
    at = app(MeetingState.CALLED, {"m": KEY, "fane": "protokoll"})

    assert "STYREMØTE NR. 3 · PROTOKOLL" in words(at)
    assert "Oppmøtet er ikke ført." in words(at)


def test_on_the_day_the_meeting_is_said_to_be_today(app: Opener) -> None:
    app(MeetingState.CALLED)

    finding, _papers = meeting_parts.next_in_words(now(), HELD)
    assert finding == f"Styremøte nr. 3 er i dag, {dates.long_day(HELD)}"


def test_the_overview_tells_of_the_next_meeting_in_one_line(app: Opener) -> None:
    app(MeetingState.CALLED)
    said = words(opened({}, "overview.py"))

    assert f"Neste styremøte er nr. 3, {dates.long_day(HELD)}. Papirene er ute" in said
    assert "Ett vedtak venter på oppfølging." in said


def test_the_usual_agenda_comes_in_one_click(app: Opener) -> None:
    app()
    with here().writing() as session:
        record.meeting(ours(session), KEY, 0, number=3, period="2026–2027", held_on=HELD)
    at = opened({"m": KEY})
    press(at, "Lag den vanlige sakslista")

    titles = [item.title for item in now().items_of(KEY)]
    assert titles[0] == "Godkjenning av innkalling og dagsorden"
    assert "Status for handlingsplanen" in titles
    assert "Sak 1/2026 Godkjenning" in words(at).replace("**", "")


def test_a_case_opens_as_a_paper_to_read_and_is_written_in_behind_a_button(app: Opener) -> None:
    app(MeetingState.DRAFT)
    status = next(case for case in now().items_of(KEY) if case.content is ItemContent.STATUS)
    with here().writing() as session:
        record.item(ours(session), status.key, status.version, measures=["1.2.2"])
    at = opened({"m": KEY, "fane": "saker", "sak": status.key})
    assert [each.value for each in at.subheader][:2] == ["Forslag til vedtak", "1 Sammendrag"]
    assert "Ingen tiltak er rapportert ennå." in words(at)
    assert [image.alt for each in at.get("image") for image in each.proto.imgs if "1.2.2" in image.alt]
    assert not at.text_area
    assert [each.label for each in at.expander if each.label == "Rediger saken"] == ["Rediger saken"]


def test_all_the_cases_can_be_read_on_one_page(app: Opener) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, "fane": "saker", "sak": "alle"})
    heads = " ".join(each.value for each in (*at.header, *at.subheader))
    assert [case.title for case in now().items_of(KEY) if case.title not in heads] == []
    assert "1 Sammendrag" in heads


def test_one_press_decides_as_proposed_and_goes_on_to_the_next_case(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    first, second = [case for case in now().items_of(KEY) if case.proposal][:2]
    at = opened({"m": KEY, "fane": "vedtak", "sak": first.key})
    write(at, "Behandling: hva som kom fram", "Styret hadde ingen merknader.")
    press(at, "Vedtatt som foreslått")
    (made,) = (decision for decision in now().decisions if decision.item == first.key)
    assert (made.text, now().item(first.key).discussion) == (first.proposal, "Styret hadde ingen merknader.")
    assert now().item(first.key).state is ItemState.TREATED
    assert at.query_params["sak"] != first.key
    up = now().item(at.query_params["sak"])
    assert up.state is ItemState.OPEN
    at = opened({"m": KEY, "fane": "vedtak", "sak": second.key})
    write(at, "Vedtak", "Noe helt annet.")
    assert [b.disabled for b in at.button if b.label == "Vedtatt som foreslått"] == [True]


def test_two_secretaries_on_one_case_see_both_texts_and_lose_none(app: Opener) -> None:
    app(MeetingState.DRAFT)
    case = now().items_of(KEY)[2]
    at = edited(case.key)
    write(at, "Sammendrag", "Min tekst.")
    with here().writing() as session:
        record.item(ours(session), case.key, case.version, summary="Deres tekst.")
    press(at, "Lagre saken")

    assert "Sammendrag: Deres tekst." in words(at)
    assert "Forslag til vedtak: " not in words(at)  # nobody has changed it
    assert "Resten er som da du begynte." in words(at)
    assert next(a for a in at.text_area if a.label == "Sammendrag").value == "Min tekst."
    assert now().item(case.key).summary == "Deres tekst."
    press(at, "Behold min tekst")
    press(at, "Lagre saken")
    assert now().item(case.key).summary == "Min tekst."


def test_a_case_number_used_twice_is_refused_with_the_next_free_one(app: Opener) -> None:
    app(MeetingState.DRAFT)
    first, second, *_rest = now().items_of(KEY)
    at = edited(second.key)
    next(n for n in at.number_input if n.label.startswith("Saksnummer")).set_value(first.number).run()
    press(at, "Lagre saken")

    assert "Ikke lagret" in words(at)
    assert "Neste ledige nummer" in words(at)
    assert now().item(second.key).number == second.number


def test_the_cases_are_numbered_from_the_number_that_is_said(app: Opener) -> None:
    app(MeetingState.DRAFT)
    at = opened({"m": KEY, "fane": "saker"})
    next(n for n in at.number_input if n.label.startswith("Første saksnummer")).set_value(145).run()
    press(at, "Gi saksnumre")

    mine = [case.number for case in now().items_of(KEY) if case.year == now().meeting(KEY).held_on.year]
    assert mine == list(range(145, 145 + len(mine)))


def test_an_unfinished_case_moves_on_with_one_click(app: Opener) -> None:
    app(MeetingState.CALLED)
    with here().writing() as session:
        record.meeting(
            ours(session), "mote-2026-4", 0, number=4, period="2026–2027",
            held_on=LATER)  # fmt: skip
    case = now().items_of(KEY)[4]
    at = opened({"m": KEY, "fane": "saker", "sak": case.key})
    press(at, "Flytt saken til styremøte nr. 4")

    assert now().item(case.key).meeting == "mote-2026-4"


def test_a_case_the_board_does_not_reach_is_moved_on_from_the_meeting_itself(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    with here().writing() as session:
        record.meeting(
            ours(session),
            "mote-2026-4",
            0,
            number=4,
            period="2026–2027",
            held_on=LATER,
        )
    case = now().items_of(KEY)[4]
    press(opened({"m": KEY, "fane": "vedtak", "sak": case.key}), "Flytt saken til styremøte nr. 4")

    assert now().item(case.key).meeting == "mote-2026-4"
    at = opened({"m": KEY, "fane": "protokoll"})
    assert "Saken ble utsatt." in words(at)
    assert case.title in words(at)


def test_a_question_with_nothing_in_it_is_refused_and_one_with_words_is_asked_and_answered(
    app: Opener,
) -> None:
    app(MeetingState.CALLED)
    at = opened({"t": "1.2.2"}, "measures.py")
    at.query_params["del"] = "Styret"
    at.run()
    press(at, "Send spørsmålet")
    assert "Skriv hva du lurer på" in words(at)
    assert not now().questions
    write(at, "Spørsmål", "Hva koster det?")
    choose(at, "Hvem spør", "verv-2")
    press(at, "Send spørsmålet")
    (asked,) = now().questions
    assert (asked.text, asked.asked_by, asked.meeting) == ("Hva koster det?", "verv-2", KEY)
    at = opened({"m": KEY, "fane": "sporsmal"})
    assert "Ett spørsmål venter på svar." in words(at)
    unfold(at, "svar-sporsmal-1")
    write(at, "Svar", "Ingenting.")
    press(at, "Lagre svaret")
    assert now().questions[0].answer == "Ingenting."
    assert "Spørsmålet er besvart." in words(at)


def completed(key: str, **milestone: Any) -> None:
    """A measure said to be completed, with a milestone in it."""
    with here().writing() as session:
        said: dict[str, Any] = {
            "phase": Phase.COMPLETED,
            "assessment": Assessment.ON_TRACK,
            "done": "Ferdig.",
        }
        record.report(ours(session), key, 0, **said)
        record.milestone(
            ours(session), f"{key}-m1", 0, measure=key, title="Rapport", due=LATER,
            **milestone)  # fmt: skip


def test_what_was_said_and_not_done_is_explained_before_the_papers_and_seen_after(app: Opener) -> None:
    app(MeetingState.DRAFT)
    completed("1.2.2")
    with here().writing() as session:
        said = {"thing": "1.2.2", "title": "Rapporten", "url": "https://www.kulturforum.no/"}
        record.save_one(ours(session), record.Wanted("link", "lenke-1", 0, said))
    address = {"m": KEY, "fane": "motstrid"}
    at = opened(address)
    assert "Ett må rettes, forklares eller legges fram som uforklart før innkallingen." in words(at)
    assert "Meldt fullført, men 1 milepæl er ikke nådd." in words(at)

    unfold(at, "forklar-1.2.2-done_with_open_milestones")
    press(at, "Lagre forklaringen")
    assert "Skriv hvorfor" in words(at)
    write(at, "Forklaringen", "Sluttrapporten kommer i mars.")
    press(at, "Lagre forklaringen")
    (why,) = now().explanations
    assert (why.key, why.text) == (f"{KEY}@1.2.2@done_with_open_milestones", "Sluttrapporten kommer i mars.")
    assert "Alt er forklart." in words(at)
    assert "Legg fram som uforklart" not in buttons(at)
    day = dates.day(TODAY)
    said_by = f"Forklaring:** Sluttrapporten kommer i mars. ({day}, {LOCAL.name})"
    assert said_by in words(opened(address))


def test_the_board_is_not_called_in_before_each_contradiction_is_answered(app: Opener) -> None:
    """What lacks its evidence takes no explanation: the one way around a correction is to say it as it is."""
    app(MeetingState.DRAFT)
    completed("1.2.2", done_on=TODAY)
    at = opened({"m": KEY, "fane": "motstrid"})
    assert not [each for each in at.expander if each.label == "Forklar hvorfor det står"]
    assert "En forklaring er ikke nok her." in words(at)
    assert "Sagt og gjort (1)" in at.pills[0].options
    press(at, "Kall inn")
    refused = "uforklart under «Sagt og gjort»: 1.2.2 Meldt fullført uten dokumentasjon på en nådd milepæl"
    assert refused in words(at)
    assert now().meeting(KEY).state is MeetingState.DRAFT

    press(at, "Legg fram som uforklart")
    (put,) = now().explanations
    assert (put.thing, put.clash, put.text, put.unexplained) == ("1.2.2", "done_without_evidence", "", True)
    assert "Ett er lagt fram som uforklart." in words(at)
    assert f"Lagt fram som uforklart ({dates.day(TODAY)}, {LOCAL.name})" in words(at)
    assert "Legg fram som uforklart" not in buttons(at)
    assert "Sagt og gjort" in at.pills[0].options
    press(at, "Kall inn")
    assert now().meeting(KEY).state is MeetingState.CALLED


def test_nobody_sees_an_answer_on_confidence_before_it_is_opened_not_even_their_own(app: Opener) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, "fane": "tillit"})
    answer(at, "verv-1", 9)

    with here().reading() as session:
        assert len(session.execute(sa.select(tables.Ballot.seat)).all()) == 3  # type: ignore[call-overload]
    assert "1 av 3 har svart" in words(at)
    choose(at, "Jeg svarer som", "verv-1")
    assert [group.value for group in at.radio if group.label[:1] in "123"] == [None, None, None]
    assert "Du har svart. Svarer du igjen" in words(at)
    choose(at, "Jeg svarer som", "verv-2")
    assert "Du har svart" not in words(at)
    assert not now().confidences
    assert "median" not in words(at)


def test_the_chair_opens_and_the_middle_and_the_ends_are_shown(app: Opener) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, "fane": "tillit"})
    answer(at, "verv-1", 9)
    answer(at, "verv-2", 4)
    press(at, "Åpne svarene nå")
    assert "Svarene åpnes når minst 3 har svart" in words(at)
    answer(at, "verv-3", 5)
    press(at, "Åpne svarene nå")

    assert "median 5, fra 4 til 9 (3 svar). Svarene spriker." in words(at)
    assert [c.answers for c in now().confidences] == [(4, 5, 9)] * 3
    assert "Styrets tillit, fra 0 til 10: median 5" in words(goal_page("1"))


def test_confidence_needs_an_answer_on_every_goal(app: Opener) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, "fane": "tillit"})
    choose(at, "Jeg svarer som", "verv-1")
    choose(at, "2", 5)
    press(at, "Lagre svarene")

    assert "det mangler: 1, 3" in words(at)
    with here().reading() as session:
        assert not session.execute(sa.select(tables.Ballot.seat)).all()  # type: ignore[call-overload]


def test_what_is_said_and_decided_is_saved_together_and_the_case_is_treated(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    case = now().items_of(KEY)[0]
    at = opened({"m": KEY})
    write(at, "Behandling", "Ingen merknader.")
    press(at, "Bruk forslaget som vedtak")
    press(at, "Lagre behandling og vedtak")

    saved = now().item(case.key)
    assert (saved.discussion, saved.state) == ("Ingen merknader.", ItemState.TREATED)
    (made,) = (d for d in now().decisions if d.meeting == KEY)
    assert made.text == case.proposal
    assert "én av sju saker er behandlet" in at.title[0].value


def test_votes_and_a_deadline_without_the_words_of_a_decision_are_not_left_behind(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    case = now().items_of(KEY)[0]
    at = opened({"m": KEY})
    write(at, "Behandling", "Ingen merknader.")
    write(at, "Protokolltilførsel", "Ei stemte mot.")
    press(at, "Lagre behandling og vedtak")

    assert "Skriv hva styret vedtok" in words(at)
    assert now().item(case.key).discussion == ""
    write(at, "Protokolltilførsel", "")
    press(at, "Lagre behandling og vedtak")
    assert now().item(case.key).discussion == "Ingen merknader."
    assert not [d for d in now().decisions if d.meeting == KEY]


def test_a_decision_that_cannot_be_saved_writes_neither_it_nor_the_treatment(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    case = now().items_of(KEY)[0]
    at = opened({"m": KEY})
    write(at, "Behandling", "Ingen merknader.")
    write(at, "Vedtak", "Vedtatt. " * 2000)
    press(at, "Lagre behandling og vedtak")

    assert "Ikke lagret" in words(at)
    assert now().item(case.key).discussion == ""
    assert next(a for a in at.text_area if a.label.startswith("Behandling")).value == "Ingen merknader."


def test_the_minutes_of_a_closed_meeting_name_the_seats_as_they_were(app: Opener) -> None:
    app(MeetingState.CLOSED)
    before = words(opened({"m": KEY, "fane": "protokoll"}))
    with here().writing() as session:
        record.seat(ours(session), "verv-1", 1, title="Leder i styret", order=1)
        record.seat(ours(session), "verv-9", 0, title="Nytt verv", order=9)
    after = words(opened({"m": KEY, "fane": "protokoll"}))

    assert "Leder i styret" not in after
    assert "Nytt verv" not in after
    assert after == before


def test_a_meeting_with_untreated_cases_or_unopened_votes_cannot_be_closed(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    at = opened({"m": KEY})
    press(at, "Avslutt møtet")
    assert "Ikke behandlet ennå" in words(at)
    with here().writing() as session:
        treated(session, KEY, decides=False)
        record.vote(ours(session), KEY, "1", "verv-1", 7)
    at = opened({"m": KEY})
    press(at, "Avslutt møtet")

    assert "svarene er ikke åpnet" in words(at)
    assert now().meeting(KEY).state is MeetingState.UNDER_WAY


def test_an_open_decision_comes_back_until_it_is_followed_up(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    at = opened({"m": KEY, "fane": "vedtak"})
    assert "Styret ber om en plan." in words(at)
    unfold(at, "oppfolging-vedtak-1")
    choose(at, "Vedtaket er", DecisionState.DONE)
    write(at, "Hva som ble gjort", "Planen er lagt fram.")
    press(at, "Lagre oppfølgingen")

    assert now().decision("vedtak-1").state is DecisionState.DONE
    assert "Alle tidligere vedtak er fulgt opp." in words(at)


def test_a_decision_stands_in_the_thread_of_its_measure(app: Opener) -> None:
    app(MeetingState.CLOSED)
    at = opened({"t": "1.2.2", "del": "Styret"}, "measures.py")

    assert "Styret ber om en plan." in words(at)


def test_a_correction_after_closing_shows_what_stood_there_and_why(app: Opener) -> None:
    app(MeetingState.CLOSED)
    at = opened({"m": "mote-2026-2", "fane": "protokoll"})
    unfold(at, "rett")
    choose(at, "Hva er feil?", "decision")
    write(at, "Vedtak", "Styret ber om to planer.")
    write(at, "Hvorfor rettes det?", "Feil i referatet.")
    press(at, "Lagre rettelsen")

    assert now().decision("vedtak-1").text == "Styret ber om to planer."
    assert "Tekst: sto «Styret ber om en plan.», er nå «Styret ber om to planer.»." in words(at)
    assert "Begrunnelse: Feil i referatet." in words(at)


def test_the_wall_shows_what_the_papers_say_whatever_is_reported_later(app: Opener) -> None:
    app(MeetingState.CALLED)
    before = [words(opened({"m": KEY, "n": str(n)}, "present.py")) for n in range(1, 6)]
    with here().writing() as session:
        record.report(
            record.By(session, LOCAL, NOKU, NOW + timedelta(days=9)), "1.2.2", 0,
            phase=Phase.IN_PROGRESS, assessment=Assessment.ON_TRACK, done="Noe nytt.")  # fmt: skip
    after = [words(opened({"m": KEY, "n": str(n)}, "present.py")) for n in range(1, 6)]

    assert before == after
    assert f"tall per {dates.day(TODAY)}" in before[0]
    assert "Ingen tiltak er rapportert ennå." in before[0]


def test_the_slides_turn_and_a_question_on_a_measure_leads_back_to_the_same_slide(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    at = opened({"m": KEY}, "present.py")
    assert "**1 av " in words(at)
    for _slide in range(5):
        press(at, "Neste")
    assert at.query_params["n"] == "6"
    assert at.title[0].value == "Styrke kulturpolitikken"  # nothing is late
    choose(at, "Gå til", "1.2.2")
    assert "Økte midler til kulturarenaer" in words(at)
    press(at, "Tilbake til 6 av")
    assert "**6 av " in words(at)
    assert "t" not in at.query_params
    choose(at, "Gå til", 1)
    assert "**2 av " in words(at)


def test_the_wall_goes_through_the_agenda_in_its_order_and_every_case_is_a_slide(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    names = [link.proto.label for link in opened({"m": KEY}, "present.py").get("page_link")][:-1]
    expected = []
    for case in now().items_of(KEY):
        if case.content is ItemContent.STATUS:
            expected += ["Helheten", "Siden sist", "Hovedmål 1", "Hovedmål 2", "Hovedmål 3"]
        expected.append(f"{meeting_parts.case_number(case)}** {case.title}")
    expected += ["Spørsmål", "Vedtak"]
    assert len(names) == len(expected)
    for name, begins in zip(names, expected, strict=True):
        assert name.startswith(f"**{begins}")


@pytest.mark.parametrize(("state", "out"), [(MeetingState.CALLED, "Til møtet"), (None, "Til Styremøter")])
def test_the_wall_has_a_way_out_also_where_there_is_nothing_to_show(
    app: Opener, state: MeetingState | None, out: str
) -> None:
    app(state)
    at = opened({"m": KEY} if state else {}, "present.py")

    assert at.get("page_link")[-1].proto.label == out


@pytest.mark.parametrize("address", [{"n": "0"}, {"n": "99"}, {"n": "x"}, {"n": "²"}, {"t": "9.9.9"}])
def test_nonsense_in_the_address_of_the_wall_never_fails(app: Opener, address: dict[str, str]) -> None:
    app(MeetingState.CALLED)
    at = opened({"m": KEY, **address}, "present.py")

    assert not at.exception
    assert len(at.title) == 1


def test_an_unknown_meeting_is_said_plainly(app: Opener) -> None:
    app(MeetingState.DRAFT)
    for page in ("meetings.py", "present.py"):
        assert "Fant ikke styremøtet «mote-1900-1»" in words(opened({"m": "mote-1900-1"}, page))


def test_nothing_can_be_written_when_the_plan_is_shown_as_it_stood(app: Opener) -> None:
    app(MeetingState.UNDER_WAY)
    at = opened({"per": (TODAY - timedelta(days=1)).isoformat()})

    assert not [label for label in buttons(at) if label.startswith(("Lagre", "Avslutt", "Send"))]


def answer(at: AppTest, seat: str, value: int) -> None:
    """One seat's answer to every goal."""
    choose(at, "Jeg svarer som", seat)
    for goal in "123":
        choose(at, goal, value)
    press(at, "Lagre svarene")


def goal_page(key: str) -> AppTest:
    """The page of a goal; all of them are one file, the address tells them apart."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60).run()
    known = at._registered_pages.items()
    at._page_hash = next(hash for hash, page in known if page.get("url_pathname") == f"hovedmal-{key}")
    return at.run()


def test_the_routines_of_reminding_are_the_secretariats_to_set(app: Opener) -> None:
    at = app(MeetingState.DRAFT)
    at.session_state["rutiner"] = True
    at.run()
    field = next(each for each in at.text_input if each.label == "Påminnelser før fristen, dager")
    field.set_value("14, syv")
    press(at, "Lagre rutinene")
    assert any("skriv dager med komma imellom" in each.value for each in at.warning)
    next(each for each in at.text_input if each.label == "Påminnelser før fristen, dager").set_value("14, 3")
    next(each for each in at.selectbox if each.label.startswith("Reserve")).set_value("generalsekretaer")
    press(at, "Lagre rutinene")
    assert not at.exception
    board = now().board
    assert (board.reminders, board.fallback, board.papers_days) == ((14, 3), "generalsekretaer", 7)
