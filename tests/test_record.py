"""Everything people say: what is accepted stands as it was said, what is refused leaves nothing."""

import inspect
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy import record, sync, texts
from strategy.access import STRANGER, Actor
from strategy.attachments import Judged
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, NotFound
from strategy.record.rules import RULES
from strategy.terms import (
    Assessment,
    FileType,
    ItemState,
    MailState,
    MeetingState,
    Part,
    Phase,
    Quality,
    Reached,
    Via,
)
from tests.board import LATER, MEETING, SEATS, add_case, ask, decide, plan_meeting, take, under_way, vote
from tests.databases import (
    NOW,
    OUTSIDER,
    PLAN,
    READER,
    RESPONSIBLE,
    SECRETARY,
    Maker,
    a_plan,
    adopt,
    by,
    compared,
    days,
    newest,
    numbers,
    one_line,
    present,
    say,
    some_on_one_line,
    some_words,
    take_out,
    verify,
    want,
    with_a_plan,
    words,
)

TODAY = date(2026, 11, 23)

SHELF = TemporaryDirectory()
"""Where the files of these tests lie, whichever database they are written to."""

WRITES: dict[Callable[..., Any], Callable[[record.By], Any]] = {
    record.report: lambda by: record.report(
        by, "1.1.1", 0, phase=Phase.PLANNED, assessment=Assessment.ON_TRACK
    ),
    record.value: lambda by: record.value(by, "svar", "2026", 0, value=Decimal(4)),
    record.milestone: lambda by: record.milestone(
        by, "1.1.1-m9", 0, measure="1.1.1", title="Steg", due=TODAY
    ),
    record.attainment: lambda by: record.attainment(by, "1", 2025, 0, reached=Reached.REACHED, reason="Nådd"),
    record.access_link: lambda by: record.access_link(by, "leder", expires_on=TODAY, key="lenke-ny"),
    record.accept_draft: lambda by: record.accept_draft(
        by, "1.1.1@fag", 1, base=0, phase=Phase.PLANNED, assessment=Assessment.ON_TRACK
    ),
    record.return_draft: lambda by: record.return_draft(by, "1.1.1@fag", 1, word="?"),
    record.save: lambda by: record.save(
        by, [record.Wanted("status_report", "1.1.1", 0, {"phase": Phase.PLANNED})], reason=""
    ),
    record.retire_person: lambda by: record.retire_person(by, "ledig", 1),
    record.save_one: lambda by: want(by, "person", "kasserer", 0, title="Kasserer"),
    record.handover: lambda by: record.handover(
        by, record.Handover("fag", TODAY, {"1.1.1": "leder"}, {"1.1.1": 1})
    ),
    record.contact: lambda by: record.contact(by, "fag", name="Kari", email="kari@example.org"),
    record.undo: lambda by: record.undo(by, 2),
    record.board: lambda by: record.board(
        by,
        0,
        papers_days=7,
        updates_days=14,
        reminders=(7,),
        overdue_reminders=(1,),
        mail_gap=5,
        mail_ceiling=6,
    ),
    record.seat: lambda by: record.seat(by, "verv-9", 0, title="Vara", order=9),
    record.meeting: lambda by: record.meeting(by, LATER, 1, place="Oslo"),
    record.refreeze: lambda by: record.refreeze(by, "mote-2026-3", 2),
    record.cancel: lambda by: record.cancel(
        by, record.Wanted("meeting", "mote-2026-3", 2, retired=True, reason="Sykdom")
    ),
    record.retire_item: lambda by: record.retire_item(by, "sak-2", 1),
    record.item: lambda by: record.item(by, "sak-1", 1, title="Ny tittel"),
    record.move_on: lambda by: record.move_on(
        by, record.Wanted("agenda_item", "sak-2", 1, {"meeting": "mote-2026-3"})
    ),
    record.standard_agenda: lambda by: record.standard_agenda(by, "mote-2026-4"),
    record.number_cases: lambda by: record.number_cases(by, LATER),
    record.as_proposed: lambda by: record.as_proposed(by, {"sak-1": 1}),
    record.decision: lambda by: record.decision(by, "vedtak-1", 1, text="Ny"),
    record.question: lambda by: record.question(
        by, "sporsmal-2", 0, meeting=MEETING, measure="1.1.1", text="Hva nå?"
    ),
    record.answer: lambda by: record.answer(by, "sporsmal-1", 1, answer="I mars"),
    record.explanation: lambda by: record.explanation(
        by, 0, meeting=MEETING, thing="1.1.1", clash="green_but_overdue", text="Ferie"
    ),
    record.unexplained: lambda by: record.unexplained(
        by, 0, meeting=MEETING, thing="1.1.1", clash="green_but_overdue"
    ),
    record.vote: lambda by: record.vote(by, MEETING, "2", "verv-1", 7),
    record.open_confidence: lambda by: record.open_confidence(by, MEETING),
    record.drop_confidence: lambda by: record.drop_confidence(by, MEETING),
    record.attach: lambda by: record.attach(
        by, Path(SHELF.name), "1.1.1", Judged("Referat", FileType.PDF, b"%PDF-")
    ),
    record.ground: lambda by: record.ground(by, "1.1.1@vedtak-1", 1, note="Sak 1"),
    sync.apply: lambda by: sync.apply(by, compared(by.session, a_plan(without=["2.1.1"]))),
}
ELSEWHERE = record.Grounds(note="Styremøtet")
WANTED: dict[str, Callable[[record.By], Any]] = {
    "corrected": lambda by: record.save_one(
        by, record.Wanted("meeting", "mote-2025-1", 4, {"place": "Oslo"}, reason="Feil")
    ),
    "milestone out": lambda by: take_out(by, "milestone", "1.1.1-m1", 1),
    "milestones moved": lambda by: record.save(
        by, record.moving(by.session, PLAN, {"1.1.1-m1": 1}, 2027)
    ),
    "milestones copied": lambda by: record.save(
        by, record.copying(by.session, PLAN, 2026, 2027)
    ),
    "indicator": lambda by: want(
        by, "indicator", "vedtak", 1, proposal=False, grounds=ELSEWHERE
    ),
    "target": lambda by: want(
        by, "target", "svar@2027-12-31", 0, value=Decimal(9), grounds=ELSEWHERE
    ),
    "mail": lambda by: want(
        by, "mail", "fag@2026-11-23", 0, person="fag", recipient="leder", day=TODAY,
        subject="Frister", state=MailState.SENDING),
    "access_link out": lambda by: take_out(by, "access_link", "lenke-1", 1),
    "tagging": lambda by: want(by, "tagging", "1.1.1", 0, tags=["Valg"]),
    "responsibility": lambda by: want(
        by, "responsibility", "1.2.1@fag", 0, part=Part.RESPONSIBLE
    ),
    "responsibility out": lambda by: take_out(by, "responsibility", "1.1.1@fag", 1),
    "comment": lambda by: want(
        by, "comment", "kommentar-9", 0, thing="1.1.1", text="Se vedlegget"
    ),
    "attachment": lambda by: want(
        by, "attachment", "fil-9", 0, thing="1.1.1", title="Referat", format=FileType.PDF, size=7,
        sha256="0" * 64,
    ),
    "comment out": lambda by: take_out(by, "comment", "kommentar-1", 1),
    "link": lambda by: want(
        by, "link", "lenke-9", 0, thing="1.1.1", url="https://www.kulturforum.no/"
    ),
    "link out": lambda by: take_out(by, "link", "lenke-1", 1),
}  # fmt: skip
"""The kinds of things that are only wanted, without a function of their own."""
DOORS = {function.__qualname__: write for function, write in WRITES.items()} | WANTED
ONLY_FOR_THE_SECRETARIAT = (
    record.attainment, record.access_link, record.accept_draft,
    record.return_draft,
    record.retire_person,
    record.save_one, record.handover, record.contact, record.undo, sync.apply,
    record.board, record.seat, record.meeting, record.refreeze, record.item, record.move_on,
    record.standard_agenda, record.number_cases, record.as_proposed, record.decision,
    record.cancel, record.retire_item, record.question,
    record.unexplained, record.vote, record.open_confidence, record.drop_confidence,
    record.ground,
)  # fmt: skip
SECRETARIAT = {function.__qualname__ for function in ONLY_FOR_THE_SECRETARIAT} | {
    "corrected", "indicator", "target", "mail", "access_link out", "tagging", "responsibility",
    "responsibility out",
}  # fmt: skip
HAVE_A_FUNCTION = {
    "status_report", "indicator_value", "attainment", "draft", "measure", "person", "board", "seat",
    "meeting", "agenda_item", "decision", "question", "explanation",
}  # fmt: skip
OUTSIDE_HISTORY = ("contact", "drop_confidence")


@pytest.fixture
def reported(fresh: Maker) -> Database:
    return fresh(in_use)


def in_use(planned: Database) -> None:
    """The plan with a milestone, a comment, a web page and a draft on 1.1.1, and a role without work."""
    with_a_plan(planned)
    milestone(planned)
    with planned.writing() as session:
        record.access_link(by(session), "fag", expires_on=TODAY, key="lenke-1")
        record.draft(
            by(session, actor=STRANGER, via=Via.LINK), "lenke-1", "1.1.1", 0, base=0, phase=Phase.PLANNED,
            assessment=Assessment.ON_TRACK, done="Sendt inn")  # fmt: skip
        want(by(session), "comment", "kommentar-1", 0, thing="1.1.1", text="Husk dette")
        want(by(session), "link", "lenke-1", 0, thing="1.1.1", url="https://ks.no/a")
        want(by(session), "person", "ledig", 0, title="Ledig")


@pytest.fixture
def boarded(fresh: Maker) -> Database:
    return fresh(with_a_board)


def with_a_board(reported: Database) -> None:
    """And a board: one meeting under way, and others in each state before and after."""
    in_use(reported)
    under_way(reported)
    plan_meeting(reported, present=[*SEATS, "verv-4"])
    add_case(reported, "sak-2", meeting=LATER)
    decide(reported)
    ask(reported)
    for seat in (*SEATS, "verv-4"):
        vote(reported, "1", seat, 5)
    for seat in (*SEATS[1:], "verv-4"):
        vote(reported, "2", seat, 5)
    plan_meeting(reported, "mote-2026-3", held_on=date(2027, 4, 1))
    add_case(reported, "sak-3", meeting="mote-2026-3")
    take(reported, MeetingState.CALLED, key="mote-2026-3")
    plan_meeting(reported, "mote-2026-4", held_on=date(2027, 6, 1))
    plan_meeting(reported, "mote-2025-1", period="2025–2026", held_on=date(2025, 9, 1))
    add_case(reported, "sak-4", meeting="mote-2025-1", state=ItemState.TREATED)
    take(reported, *list(MeetingState)[1:4], key="mote-2025-1")
    plan = {ident: said for ident, said in present(reported).flat.items() if ident[0] in sync.PLAN}
    plan["measure", "1.1.1"] |= {"text": "Vi skal skrive bedre"}
    adopt(reported, plan)


def milestone(database: Database, base_version: int = 0, key: str = "1.1.1-m1", **said: Any) -> record.Saved:
    said = {"measure": "1.1.1", "title": "Utkast sendt", "due": date(2026, 12, 1), **said}
    with database.writing() as session:
        who = by(session, said.pop("now", NOW), said.pop("actor", SECRETARY))
        return record.milestone(who, key, base_version, **said)


def value(database: Database, period: str = "2026", base_version: int = 0, **said: Any) -> record.Saved:
    said = {"indicator": "svar", **said}
    with database.writing() as session:
        who = by(session, said.pop("now", NOW), said.pop("actor", SECRETARY))
        return record.value(who, said.pop("indicator"), period, base_version, **said)


def attainment(database: Database, base_version: int = 0, **said: Any) -> record.Saved:
    said = {"belongs_to": "1", "year": 2025, **said}
    with database.writing() as session:
        who = by(session, said.pop("now", NOW))
        return record.attainment(who, said.pop("belongs_to"), said.pop("year"), base_version, **said)


def test_every_public_function_that_writes_is_in_the_tests_below():
    """What takes by whom it is written, first, writes; a new one not tried as a reader makes this red.

    A draft is sent in by whoever holds the link: `test_links.py`.
    """
    public = [
        function
        for module in (record, sync)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__.startswith(module.__name__) and not name.startswith("_")
    ]
    taken = {function: [*inspect.signature(function).parameters] for function in public}
    assert {f for f, names in taken.items() if names[:1] == ["by"]} == {*WRITES, record.draft}
    assert not [f for f, names in taken.items() if {"by", "actor", "now", "via"} & {*names[1:]}]


def test_the_day_of_a_write_is_the_day_in_norway(planned):
    with planned.reading() as session:
        assert by(session, datetime(2026, 6, 30, 21, 59, tzinfo=UTC)).today == date(2026, 6, 30)
        assert by(session, datetime(2026, 6, 30, 22, 0, tzinfo=UTC)).today == date(2026, 7, 1)


def test_every_kind_that_is_only_wanted_is_in_the_tests_below():
    assert set(RULES) <= {door.split()[0] for door in WANTED} | HAVE_A_FUNCTION


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", [READER, OUTSIDER], ids=["reader", "outsider"])
def test_who_may_not_write_is_refused_inside_the_write(boarded, door: str, who: Actor):
    """A reader, though they are the person who answers for it, and a responsible of another measure."""
    before = newest(boarded)
    with pytest.raises(NotAllowed, match="lesetilgang"), boarded.writing() as session:
        DOORS[door](by(session, actor=who))
    assert newest(boarded) == before
    with boarded.writing() as session:
        DOORS[door](by(session))
    assert newest(boarded) == before + (door not in OUTSIDE_HISTORY)


@pytest.mark.parametrize("door", DOORS)
def test_a_responsible_may_report_on_their_own_measure_and_no_more(boarded, door: str):
    refused = pytest.raises(NotAllowed) if door in SECRETARIAT else nullcontext()
    with refused, boarded.writing() as session:
        DOORS[door](by(session, actor=RESPONSIBLE))
    with pytest.raises(NotAllowed):
        say(boarded, "1.2.1", 0, actor=RESPONSIBLE)
    with pytest.raises(NotAllowed):
        say(boarded, "1", 0, actor=RESPONSIBLE, phase=None, done="Mål")


def test_a_proposal_and_a_contribution_give_no_right(planned):
    with pytest.raises(NotAllowed):
        say(planned, "1.1.2", 0, actor=OUTSIDER)  # proposed for it
    leader = Actor("leder", RESPONSIBLE.role, "leder")
    with pytest.raises(NotAllowed):
        say(planned, "1.1.1", 0, actor=leader)  # contributes to it
    adopt(planned, a_plan(changed={"1.1.2@nestleder": {"proposal": False}}))
    assert say(planned, "1.1.2", 0, actor=OUTSIDER).version == 1


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY, False),
        (None, TODAY + timedelta(days=1), True),
    ],
)
def test_a_responsible_may_report_while_they_are_responsible(planned, since, until, allowed: bool):
    adopt(planned, a_plan(changed={"1.1.1@fag": {"since": since, "until": until}}))
    with nullcontext() if allowed else pytest.raises(NotAllowed):
        say(planned, actor=RESPONSIBLE)


def test_a_retired_responsibility_gives_no_right(planned):
    adopt(planned, a_plan(without=["1.1.1@fag"]))
    with pytest.raises(NotAllowed):
        say(planned, actor=RESPONSIBLE)


def test_a_responsible_cannot_take_over_anothers_milestone(reported):
    milestone(reported, key="1.2.1-m1", measure="1.2.1")
    for key in ("1.2.1-m1", "noe"):
        with pytest.raises(BadInput, match="annet tiltak"):
            milestone(reported, 1, key=key, actor=RESPONSIBLE)
    assert [m.title for m in present(reported).measure("1.2.1").milestones] == ["Utkast sendt"]


@pytest.mark.parametrize(
    ("said", "sentence", "field"),
    [
        ({"phase": None}, "Velg hvor arbeidet er", "Fase"),
        ({"assessment": Assessment.SOME_DEVIATION, "remedy": "x"}, "må ha en årsak", "Årsak"),
        ({"assessment": Assessment.MAJOR_DEVIATION, "cause": "x"}, "må ha et svar", "Tiltak for å rette opp"),
        ({"assessment": Assessment.SOME_DEVIATION, "cause": " \n", "remedy": "x"}, "må ha en årsak", "Årsak"),
        ({"phase": Phase.DROPPED}, "hvorfor tiltaket utgår", "Årsak"),
        ({"estimate": 101}, "mellom 0 og 100", "Anslag"),
        ({"estimate": -1}, "mellom 0 og 100", "Anslag"),
        ({"done": "a\x00b"}, r"Dette er gjort: .*U\+0000", "Dette er gjort"),
        ({"cause": "a\u202eb"}, r"Årsak: .*U\+202E", "Årsak"),
        ({"next_step": "x" * 4001}, "Neste steg: .*4001 tegn.*ingenting er kuttet", "Neste steg"),
        ({"remedy": "\ud800"}, "Tiltak for å rette opp", "Tiltak for å rette opp"),
        ({"key": "1"}, "Et mål har ingen fase", "Fase"),
        ({"key": "1.1", "phase": None}, "kort begrunnelse", "Dette er gjort"),
    ],
)
def test_a_report_that_cannot_be_used_says_why_and_where(planned, said, sentence: str, field: str):
    with pytest.raises(BadInput, match=sentence) as refused:
        say(planned, base_version=0, **{"key": "1.1.1"} | said)
    assert refused.value.field == field
    assert newest(planned) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Skriv et tall eller en vurdering"),
        ({"text": "  "}, "Skriv et tall eller en vurdering"),
        ({"period": "2027", "value": Decimal(1)}, "har ikke begynt"),
        ({"period": "2026-13", "value": Decimal(1)}, "er ikke en periode"),
        ({"period": "2026-", "value": Decimal(1)}, "er ikke en periode"),
        ({"period": " 2026", "value": Decimal(1)}, "er ikke en periode"),
        ({"indicator": "vedtak", "value": Decimal(2)}, "ja eller nei"),
        ({"value": Decimal("NaN")}, "for stort eller har for mange desimaler"),
        ({"value": Decimal("Infinity")}, "for stort eller har for mange desimaler"),
        ({"value": Decimal(10**15)}, "for stort eller har for mange desimaler"),
        ({"value": Decimal("0.1234567891")}, "for stort eller har for mange desimaler"),
        ({"value": Decimal(1), "source": "x" * 201}, "Kilde: .*grensen er 200"),
    ],
)
def test_a_value_that_cannot_be_used_says_why(planned, said, sentence: str):
    with pytest.raises(BadInput, match=sentence):
        value(planned, **said)
    assert newest(planned) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "Gi milepælen et navn"),
        ({"title": "x" * 201}, "Milepæl: .*grensen er 200"),
        ({"done_on": TODAY + timedelta(days=1)}, "i framtiden"),
        ({"year": 20261}, "ikke et årstall"),
        ({"evidence": "x\x07"}, "Dokumentasjon"),
    ],
)
def test_a_milestone_that_cannot_be_used_says_why(planned, said, sentence: str):
    with pytest.raises(BadInput, match=sentence):
        milestone(planned, **said)
    assert newest(planned) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reached": Reached.REACHED}, "kort begrunnelse"),
        ({"year": 2027, "narrative": "x"}, "Året har ikke begynt"),
        ({"year": 25, "narrative": "x"}, "ikke et årstall"),
        ({"narrative": "x" * 20_001}, "Tekst til årsmeldingen: .*grensen er 20000"),
    ],
)
def test_an_attainment_that_cannot_be_used_says_why(planned, said, sentence: str):
    with pytest.raises(BadInput, match=sentence):
        attainment(planned, **said)
    assert newest(planned) == 1


def test_too_early_needs_no_reason(planned):
    assert attainment(planned, reached=Reached.TOO_EARLY).version == 1


def test_a_milestone_may_be_reached_today_but_not_tomorrow_in_norway(planned):
    """Half past eleven in the evening in UTC is tomorrow in Oslo."""
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert milestone(planned, done_on=TODAY + timedelta(days=1), now=late).version == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda db: say(db, "9.9.9", 0),
        lambda db: say(db, "2.1.1", 0),
        lambda db: value(db, indicator="ukjent", value=Decimal(1)),
        lambda db: milestone(db, measure="2.1.1", key="2.1.1-m1"),
        lambda db: attainment(db, belongs_to="1.1.1", narrative="x"),
    ],
)
def test_what_is_not_in_the_plan_or_was_taken_out_is_not_found(planned, write):
    adopt(planned, a_plan(without=["2.1.1"]))
    with pytest.raises(NotFound, match="Fant ikke"):
        write(planned)
    assert newest(planned) == 2


SAME_TWICE: list[Callable[[Database, int], record.Saved]] = [
    lambda db, base: say(db, "1.1.1", base, done="Ferdig"),
    lambda db, base: value(db, "2025", base, value=Decimal("3.50")),
    lambda db, base: milestone(db, base + 1, title="Nytt navn"),
    lambda db, base: attainment(db, base, reached=Reached.PARTLY, reason="Delvis"),
]


def retired(db: Database, base: int) -> record.Saved:
    with db.writing() as session:
        return take_out(by(session), "milestone", "1.1.1-m1", base + 1)


@pytest.mark.parametrize("write", [*SAME_TWICE, retired])
def test_a_second_click_saves_nothing_more_and_says_the_same(reported, write):
    first, before = write(reported, 0), newest(reported)
    second = write(reported, 0)
    assert newest(reported) == before
    assert second.again
    assert not first.again
    assert (second.key, second.version, second.change_id, second.recorded_at) == (
        first.key, first.version, first.change_id, first.recorded_at,
    )  # fmt: skip


@pytest.mark.parametrize("write", SAME_TWICE[1:])
def test_a_form_saved_unchanged_writes_nothing(reported, write):
    write(reported, 0)
    before = newest(reported)
    assert write(reported, 1).again
    assert newest(reported) == before


def test_the_same_report_may_be_given_again_as_news(planned):
    assert [say(planned, done="Som før").version for _time in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("actor", [SECRETARY, RESPONSIBLE])
def test_who_comes_second_is_shown_both_texts_and_nothing_is_overwritten(planned, actor: Actor):
    late: dict[str, Any] = {"assessment": Assessment.SOME_DEVIATION, "cause": "Fordi", "remedy": "Leie"}
    say(planned, base_version=0, done="Min tekst", **late)
    with pytest.raises(Conflict, match="Noen andre har lagret") as refused:
        say(planned, base_version=0, done="Din tekst", actor=actor)
    assert (refused.value.key, refused.value.version) == ("1.1.1", 1)
    assert (refused.value.theirs["done"], refused.value.theirs["cause"]) == ("Min tekst", "Fordi")
    report = present(planned).measure("1.1.1").report
    assert report
    assert report.done == "Min tekst"
    assert say(planned, base_version=1, done="Din tekst", actor=actor).version == 2


@pytest.mark.parametrize("write", SAME_TWICE)
@pytest.mark.parametrize("base", [-1, 1, 7])
def test_a_version_that_never_was_is_a_conflict(reported, write, base: int):
    with pytest.raises(Conflict):
        write(reported, base)


def test_a_retired_milestone_is_a_conflict_for_who_still_has_it_open(reported):
    retired(reported, 0)
    with pytest.raises(Conflict):
        milestone(reported, 1, title="Endret")
    with pytest.raises(NotFound, match="allerede tatt ut"):
        retired(reported, 1)
    assert present(reported).measure("1.1.1").milestones == ()


def test_a_new_milestone_never_takes_a_retired_ones_key(reported):
    retired(reported, 0)
    with reported.reading() as session:
        assert record.milestone_key(session, PLAN, "1.1.1") == "1.1.1-m2"
        assert record.milestone_key(session, PLAN, "1.2.1") == "1.2.1-m1"


def test_saved_tells_when_and_which_change(planned):
    saved = say(planned, done="x")
    assert (saved.key, saved.version, saved.change_id, saved.recorded_at) == ("1.1.1", 1, 2, NOW)
    assert newest(planned) == 2


def test_the_door_is_written_into_the_change(planned):
    say(planned, done="x", via=Via.CLI)
    with planned.reading() as session:
        row = session.connection().exec_driver_sql("SELECT actor, via FROM change WHERE id = 2").one()
    assert tuple(row) == ("sekretariatet", "cli")


_PROPERTY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
REPORTS = {
    "phase": st.sampled_from(Phase), "assessment": st.sampled_from(Assessment), "done": words,
    "estimate": st.none() | st.integers(0, 100), "cause": some_words, "remedy": some_words,
    "next_step": words, "next_due": st.none() | st.dates(TODAY, date(2200, 12, 31)),
}  # fmt: skip
ODD_NUMBERS = st.sampled_from([Decimal("-0"), Decimal("1E+3"), Decimal("0.50"), Decimal("-999999999999999")])
VALUES = {
    "value": st.none() | numbers | ODD_NUMBERS, "text": some_words, "comment": words, "source": one_line,
    "quality": st.sampled_from([Quality.PRELIMINARY, Quality.FINAL]),
}  # fmt: skip
PERIODS = st.sampled_from(["1999", "2024", "2025", "2026"])
MILESTONES = {
    "title": some_on_one_line, "due": days, "done_on": st.none() | days, "evidence": words,
    "year": st.integers(1900, 2200),
}  # fmt: skip
ATTAINMENTS = {
    "reached": st.none() | st.sampled_from(Reached), "reason": some_words, "narrative": words,
    "lesson": words,
}  # fmt: skip


@_PROPERTY
@given(said=st.fixed_dictionaries(REPORTS))
def test_whatever_report_is_accepted_the_snapshot_gives_back(planned, said: dict[str, Any]):
    say(planned, **said)
    assert taken_from(present(planned).measure("1.1.1").report, said) == cleaned(said) | emptied(said)


@_PROPERTY
@given(said=st.fixed_dictionaries(VALUES), period=PERIODS)
def test_whatever_value_is_accepted_the_snapshot_gives_back(
    fresh_in_sqlite, said: dict[str, Any], period: str
):
    database = fresh_in_sqlite(with_a_plan)
    value(database, period, sure=True, **said)
    (found,) = present(database).indicator("svar").values
    assert (taken_from(found, said), found.period) == (cleaned(said), period)


@_PROPERTY
@given(said=st.fixed_dictionaries(MILESTONES))
def test_whatever_milestone_is_accepted_the_snapshot_gives_back(fresh_in_sqlite, said: dict[str, Any]):
    database = fresh_in_sqlite(with_a_plan)
    milestone(database, **said)
    (found,) = present(database).measure("1.1.1").milestones
    assert taken_from(found, said) == cleaned(said)
    assert verify(database) == 2


@_PROPERTY
@given(said=st.fixed_dictionaries(ATTAINMENTS), year=st.integers(1900, 2026))
def test_whatever_attainment_is_accepted_the_snapshot_gives_back(
    fresh_in_sqlite, said: dict[str, Any], year: int
):
    database = fresh_in_sqlite(with_a_plan)
    attainment(database, year=year, **said)
    (found,) = present(database).goal("1").attainments
    assert taken_from(found, said) == cleaned(said)


def taken_from(thing: Any, said: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in said}


def emptied(said: dict[str, Any]) -> dict[str, Any]:
    """What a report does not keep: a remedy of no deviation, and its cause unless it is dropped."""
    if said["assessment"].is_deviation:
        return {}
    return {"remedy": ""} | ({} if said["phase"] is Phase.DROPPED else {"cause": ""})


def cleaned(said: dict[str, Any]) -> dict[str, Any]:
    return {name: texts.normal(value) if type(value) is str else value for name, value in said.items()}
