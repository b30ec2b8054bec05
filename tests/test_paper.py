"""The files of a board meeting: what they say, what they never say, and that a closed meeting's stand."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import docx as word
import pypdf
import pytest

from strategy import changes, exports, record, tables
from strategy.database import Database, connect
from strategy.drawings import Story
from strategy.errors import BadInput, NotFound
from strategy.exports import prose, status
from strategy.exports.board import paper, protocol, slides
from strategy.exports.board.meeting import Sitting
from strategy.exports.outline import (
    Block,
    Bullets,
    Contents,
    Entries,
    Facts,
    Heading,
    Numbered,
    Outline,
    Paragraph,
    Picture,
    Style,
    Table,
    plain,
)
from strategy.terms import (
    Assessment,
    DecisionState,
    ItemContent,
    ItemKind,
    ItemState,
    MeetingState,
    Phase,
    Settlement,
)
from tests.board import LATER, MEETING, add_case, ask, decide, plan_meeting, seat_board, take, vote
from tests.databases import (
    NOW,
    PLAN,
    Maker,
    by,
    say,
    version_of,
    with_a_plan,
)

CALLED, UNDER_WAY, CLOSED, APPROVED = (
    MeetingState.CALLED, MeetingState.UNDER_WAY, MeetingState.CLOSED, MeetingState.APPROVED,
)  # fmt: skip
STATUS = {"title": "Status for handlingsplanen", "kind": ItemKind.ORIENTATION, "content": ItemContent.STATUS}
LATE: dict[str, Any] = {
    "assessment": Assessment.MAJOR_DEVIATION,
    "cause": "Ingen svarte",
    "remedy": "Vi ringer",
}


@pytest.fixture
def meeting(fresh: Maker) -> Database:
    return fresh(prepared)


def prepared(planned: Database) -> None:
    """A meeting with a calling, a status of the plan and a plain case, and something reported."""
    with_a_plan(planned)
    seat_board(planned)
    plan_meeting(planned, starts="10.00", place="Oslo", chair="verv-1", secretary="Generalsekretær",
                 present=["verv-1", "verv-3"], absent=["verv-2"])  # fmt: skip
    add_case(planned, "sak-1", number=40, title="Godkjenning av innkalling og dagsorden",
             content=ItemContent.CALLING)  # fmt: skip
    add_case(planned, "sak-2", number=41, **STATUS)
    add_case(planned, "sak-3", number=42, title="Avtale",
             summary="To vil være med.\n\n- Den ene\n- Den andre",
             proposal="1. Avtalen inngås.\n2. Den legges fram.")  # fmt: skip
    say(planned, "1.1.1", next_step="Purre", next_due=date(2026, 12, 10), **LATE)
    say(planned, "1.2.1", phase=Phase.CONTINUOUS, done="Sto i avisa")


def sitting(database: Database, key: str = MEETING, today: date | None = None) -> Sitting:
    with database.reading() as session:
        return exports.sitting(session, PLAN, key, today)


def made(database: Database, what: Any, *args: Any) -> bytes:
    with database.reading() as session:
        return bytes(what(session, PLAN, *args))


def lines(blocks: tuple[Block, ...]) -> list[str]:
    """Everything that is said, piece by piece."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append(plain(block.runs))
            case Bullets() | Numbered():
                found.extend(map(plain, block.items))
            case Entries():
                found.extend(plain(entry.line) for entry in block.entries)
            case Facts():
                found.extend(f"{name}: {plain(said)}" for name, said in block.rows)
            case Table():
                found.extend((block.caption, *block.header))
                found.extend(" | ".join(map(plain, row)) for row in block.rows)
            case Picture():
                found.extend((block.caption, block.alt))
    return found


def text(outline: Outline) -> str:
    return "\n".join(lines(outline.blocks))


def under(outline: Outline, title: str) -> str:
    """What stands between the heading that begins with `title` and the next one."""
    blocks = outline.blocks
    start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(title))
    stop = next((n for n in range(start + 1, len(blocks)) if isinstance(blocks[n], Heading)), len(blocks))
    return "\n".join(lines(blocks[start + 1 : stop]))


def headings(outline: Outline, level: int) -> list[str]:
    return [h.text for h in outline.headings if h.level == level]


def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def close(database: Database, *states: MeetingState, now: datetime = NOW) -> None:
    """Hold the meeting: every case treated, then the states."""
    take(database, CALLED, UNDER_WAY, now=now)
    for key in ("sak-1", "sak-2", "sak-3"):
        add_case(database, key, state=ItemState.TREATED)
    decide(database, "vedtak-1", item="sak-3", text="Avtalen inngås.", votes_for=1, votes_against=1,
           casting_vote=True, dissent="Nestleder ville vente.", responsible="verv-1", due=date(2027, 1, 15),
           measures=["1.1.1"])  # fmt: skip
    take(database, CLOSED, *states, now=now)


def test_a_case_stands_in_the_boards_own_form(meeting: Database):
    outline = paper.case(sitting(meeting), "sak-2")
    assert outline.blocks[0] == Heading(
        1, "Styresak 41/2026 Status for handlingsplanen per 23. november 2026", "sak-2"
    )
    facts = next(block for block in outline.blocks if isinstance(block, Facts))
    assert lines((facts,)) == [
        "Styremøte: nr. 1, perioden 2026–2027",
        "Møtedato: 30.11.2026 (uke 49)",
        "Saken gjelder: Status for handlingsplanen per 23. november 2026",
        "Sakstype: Orienteringssak",
        "Saksbehandler: Ikke ført",
        "Ansvarlig: Ikke ført",
        "Vedlegg: 1\u00a0Handlingsplan med status · 2\u00a0Indikatorer · "
        "3\u00a0Oppfølging av tidligere vedtak",
    ]
    assert headings(outline, 2) == [
        "Forslag til vedtak", "1 Sammendrag", "2 Bakgrunn", "3 Status", "4 Vurdering",
        "5 Økonomiske og administrative konsekvenser", "6 Videre oppfølging",
    ]  # fmt: skip


def test_the_proposal_stands_before_the_text_and_reads_as_minutes(meeting: Database):
    outline = paper.case(sitting(meeting), "sak-2")
    assert under(outline, "Forslag til vedtak").splitlines() == [
        "Styret tar statusrapporten til etterretning.",
        "Styret ber sekretariatet følge opp tiltakene med avvik og legge fram ny status i neste styremøte.",
    ]
    numbered = next(block for block in outline.blocks if isinstance(block, Numbered))
    assert numbered.style is Style.RESOLUTION


def test_the_status_is_written_from_the_data(meeting: Database):
    outline = paper.case(sitting(meeting), "sak-2")
    summary = under(outline, "1 Sammendrag")
    assert summary.startswith("Ett av fire tiltak er i rute. Ett har vesentlig avvik.")
    deviating = "1.1.1 Skrive høringssvar | ■\u00a0Vesentlig avvik\n23.11.2026, sekretariatet"
    assert f"{deviating} | Ingen svarte | Vi ringer" in under(outline, "3.3")
    step = "1.1.1 Skrive høringssvar innen 10.12.2026: Purre (23.11.2026, sekretariatet)"
    assert step in under(outline, "6 Videre")
    shares = [block for block in outline.blocks if isinstance(block, Picture)]
    assert len(shares) == 1
    assert "1 vesentlig avvik" in shares[0].alt
    assert "Ikke rapportert" in under(outline, "Vedlegg 1 til sak 41/2026")


def test_a_judgement_of_a_goal_is_quoted_with_its_day_and_its_name(meeting: Database):
    say(meeting, "1", phase=None, done="Det går tregt.", **LATE)
    said = text(paper.case(sitting(meeting), "sak-2"))
    quoted = "Hovedmålet: ■ Vesentlig avvik (23.11.2026, sekretariatet). Det går tregt. Årsak: Ingen svarte "
    assert f"{quoted}Slik rettes det opp: Vi ringer" in said
    assert "Hovedmålet selv er ikke rapportert." in said


def test_what_was_said_before_the_last_meeting_says_so(meeting: Database):
    say(meeting, "1", phase=None, done="Det går tregt.", **LATE)
    take(meeting, CALLED)
    plan_meeting(meeting, LATER)
    add_case(meeting, "sak-9", meeting=LATER, **STATUS)
    say(meeting, "2", phase=None, done="Nytt.")
    said = text(paper.case(sitting(meeting, LATER, date(2026, 12, 7)), "sak-9"))
    old = "(23.11.2026, sekretariatet, fra før forrige møte)"
    assert f"Hovedmålet: ■ Vesentlig avvik {old}. Det går tregt." in said
    assert f"Vesentlig avvik\n{old[1:-1]} | Ingen svarte" in said
    assert "Hovedmålet: ● I rute (23.11.2026, sekretariatet). Nytt." in said


def test_the_judgement_is_somebodys_text_with_day_and_name_or_is_not_there(meeting: Database):
    say(meeting, "1", phase=None, done="Det går tregt.", **LATE)
    drafted = paper.drafted(sitting(meeting), "sak-2")
    assert drafted["considerations"] == ""
    add_case(meeting, "sak-2", considerations="Vi bør spørre på nytt.")
    add_case(meeting, "sak-2", considerations="Vi bør spørre på nytt.", consequences="Ingen.")
    outline = paper.case(sitting(meeting), "sak-2")
    assert under(outline, "4 Vurdering") == "Vi bør spørre på nytt.\n23.11.2026, sekretariatet"


def test_gaps_are_written_as_gaps(meeting: Database):
    outline = paper.case(sitting(meeting), "sak-2")
    assert "Det er ikke skrevet noe om økonomiske" in under(outline, "5 Økonomiske")
    assert under(outline, "4 Vurdering") == "Det er ikke skrevet noen vurdering."
    assert under(outline, "3.2") == "Det er ingen tidligere status å sammenligne med."
    assert under(outline, "3.5") == "Ingen har spurt om noe ennå."


def test_what_the_secretariat_has_written_stands_instead_and_the_tables_stay(meeting: Database):
    drafted = paper.drafted(sitting(meeting), "sak-2")
    assert tuple(drafted) == paper.SECTIONS
    assert drafted["consequences"] == ""
    add_case(meeting, "sak-2", summary="Kort sagt går det bra.", consequences="Ingen.")
    outline = paper.case(sitting(meeting), "sak-2")
    assert under(outline, "1 Sammendrag") == "Kort sagt går det bra."
    assert under(outline, "5 Økonomiske") == "Ingen."
    assert "Ingen svarte" in under(outline, "3.3")
    assert paper.drafted(sitting(meeting), "sak-2") == drafted


def test_a_draft_that_is_saved_unchanged_changes_nothing_in_the_paper(meeting: Database):
    take(meeting, CALLED)
    before = text(paper.case(sitting(meeting), "sak-2"))
    drafted = {name: said for name, said in paper.drafted(sitting(meeting), "sak-2").items() if said}
    add_case(meeting, "sak-2", **drafted)
    assert text(paper.case(sitting(meeting), "sak-2")) == before


def test_a_plain_case_has_only_what_is_written(meeting: Database):
    outline = paper.case(sitting(meeting), "sak-3")
    assert headings(outline, 2) == ["Forslag til vedtak", "1 Sammendrag"]
    assert "To vil være med.\nDen ene\nDen andre" in text(outline)


def test_questions_not_answered_stand_in_the_paper_and_leave_it_when_they_are(meeting: Database):
    ask(meeting, asked_by="verv-3")
    said = under(paper.case(sitting(meeting), "sak-2"), "3.5")
    assert said == "1.1.1 Skrive høringssvar: «Når kommer svaret?» Spurt av Styremedlem."
    with meeting.writing() as session:
        record.answer(by(session), "sporsmal-1", 1, answer="I morgen")
    assert under(paper.case(sitting(meeting), "sak-2"), "3.5") == "Spørsmålet er besvart."


def test_the_whole_set_has_cover_contents_agenda_and_every_case(meeting: Database):
    outline = paper.papers(sitting(meeting))
    assert outline.cover
    assert plain(outline.blocks[1].runs) == "Styremøte 1"
    assert any(isinstance(block, Contents) for block in outline.blocks)
    assert headings(outline, 1) == [
        "Innkalling og saksliste",
        "Styresak 41/2026 Status for handlingsplanen per 23. november 2026",
        "Vedlegg 1 til sak 41/2026: Handlingsplan med status",
        "Vedlegg 2 til sak 41/2026: Indikatorer",
        "Vedlegg 3 til sak 41/2026: Oppfølging av tidligere vedtak",
        "Styresak 42/2026 Avtale",
    ]
    agenda = under(outline, "Innkalling og saksliste")
    assert "40/2026 | Godkjenning av innkalling og dagsorden | Vedtakssak | " in agenda
    assert "Innkalles: Styreleder; Nestleder; Styremedlem" in agenda
    assert "Tid og sted: 30. november 2026 kl.\u00a010.00, Oslo" in agenda
    assert "Innkallingen og dagsordenen godkjennes." in under(outline, "Sak 40/2026")


def test_a_case_withheld_from_the_public_is_marked_in_the_agenda_and_on_its_paper(meeting: Database):
    add_case(meeting, "sak-3", withheld="Forretningsforhold")
    outline = paper.papers(sitting(meeting))
    assert "42/2026 | Avtale | Vedtakssak | Unntatt offentlighet" in text(outline)
    assert "Unntatt offentlighet: Forretningsforhold" in under(outline, "Styresak 42/2026")


def test_papers_that_are_not_frozen_say_so(meeting: Database):
    assert "er ikke låst" in text(paper.papers(sitting(meeting)))
    take(meeting, CALLED)
    assert "Tallene er låst slik de sto 23. november 2026" in text(paper.papers(sitting(meeting)))


def test_the_numbers_of_called_papers_stand_whatever_is_said_later(meeting: Database):
    take(meeting, CALLED)
    before = made(meeting, exports.case_paper, MEETING, "sak-2", "pdf")
    say(meeting, "1.1.1", done="Svaret kom", now=NOW + timedelta(hours=1))
    say(meeting, "2.1.1", now=NOW + timedelta(hours=2), **LATE)
    assert made(meeting, exports.case_paper, MEETING, "sak-2", "pdf") == before


def test_the_files_of_a_closed_meeting_are_the_same_byte_for_byte_for_ever(meeting: Database):
    close(meeting)
    wanted = [(exports.board_paper, MEETING, form) for form in ("docx", "pdf")]
    wanted += [(exports.minutes, MEETING, form) for form in ("docx", "pdf")]
    before = [made(meeting, *each) for each in wanted]
    later = NOW + timedelta(days=40)
    say(meeting, "1.1.1", done="Svaret kom", promise=Settlement.DONE, now=later)
    plan_meeting(meeting, LATER, now=later)
    with meeting.writing() as session:
        base = version_of(session, tables.Decision, "vedtak-1")
        record.decision(
            by(session, later), "vedtak-1", base, state=DecisionState.DONE, outcome="Underskrevet"
        )
    assert [made(meeting, *each) for each in wanted] == before


def test_the_numbers_of_a_closed_meeting_stand_after_five_hundred_later_writes(
    fresh_sqlite: Callable[[], str],
):
    database = connect(fresh_sqlite())
    prepared(database)
    close(database)
    wanted = ((exports.board_paper, "pdf"), (exports.board_paper, "docx"), (exports.minutes, "pdf"))
    before = [made(database, what, MEETING, form) for what, form in wanted]
    dice = random.Random(26)
    for n in range(500):
        assessment = dice.choice((Assessment.ON_TRACK, Assessment.MAJOR_DEVIATION))
        key = dice.choice(("1.1.1", "1.1.2", "1.2.1", "2.1.1"))
        said: dict[str, Any] = {"cause": "Nytt", "remedy": "Nytt"} if assessment.is_deviation else {}
        say(database, key, now=NOW + timedelta(hours=n), done=f"Nytt {n}", assessment=assessment, **said)
    assert [made(database, what, MEETING, form) for what, form in wanted] == before
    database.close()


def test_what_has_changed_is_told_from_the_meeting_before(meeting: Database):
    close(meeting)
    later = NOW + timedelta(days=60)
    plan_meeting(meeting, LATER, now=later)
    add_case(meeting, "sak-4", meeting=LATER, number=2, **STATUS)
    say(
        meeting,
        "1.1.1",
        assessment=Assessment.ON_TRACK,
        done="Svaret kom",
        promise=Settlement.DONE,
        now=later,
    )
    outline = paper.case(sitting(meeting, LATER, date(2027, 1, 25)), "sak-4")
    changed = under(outline, "3.2")
    assert "1.1.1 Skrive høringssvar: ■\u00a0Vesentlig avvik → ●\u00a0I rute." in changed
    assert "  " not in changed
    assert "Forrige status: sak 41/2026, styremøte 1, 2026–2027, 30. november 2026" in under(
        outline, "2 Bakgrunn"
    )


def test_earlier_decisions_come_back_until_they_are_followed_up(meeting: Database):
    close(meeting)
    later = NOW + timedelta(days=60)
    plan_meeting(meeting, LATER, now=later)
    add_case(meeting, "sak-4", meeting=LATER, number=2, **STATUS)
    said = text(paper.case(sitting(meeting, LATER, date(2027, 1, 25)), "sak-4"))
    assert (
        "Sak 42/2026 | Avtalen inngås. | Styreleder | 15.01.2027\nover frist | Ikke meldt fulgt opp." in said
    )


def test_minutes_say_who_was_there_and_case_by_case_what_was_decided(meeting: Database):
    close(meeting)
    add = sitting(meeting)
    outline = protocol.outline(add)
    said = text(outline)
    for fact in ("Til stede: Styreleder; Styremedlem", "Forfall: Nestleder", "Møteleder: Styreleder",
                 "Referent: Generalsekretær"):  # fmt: skip
        assert fact in said
    part = said[said.index("Sak 42/2026: Avtale") :]
    order = [part.index(word_) for word_ in ("Forslag til vedtak", "Behandling", "Vedtak\n", "Underskrift")]
    assert order == sorted(order)
    assert "Vedtatt med 1 mot 1 stemmer. Møteleders dobbeltstemme avgjorde." in part
    assert "Protokolltilførsel: Nestleder ville vente." in part
    assert "Oppfølging: Ansvarlig Styreleder, frist 15.01.2027, gjelder tiltak 1.1.1." in part
    assert "Møteleder: Styreleder" in part
    assert "Det ble ikke gjort vedtak i saken." in said
    assert "Det er ikke ført noe om behandlingen." in said


def test_every_seat_of_the_board_is_accounted_for_in_the_minutes(meeting: Database):
    plan_meeting(meeting, present=["verv-1", "verv-4"], absent=["verv-2"])
    said = text(protocol.outline(sitting(meeting)))
    for fact in ("Til stede: Styreleder\n", "Møtende vara: 1. vara", "Forfall: Nestleder",
                 "Ikke ført: Styremedlem"):  # fmt: skip
        assert fact in said
    plan_meeting(meeting, present=["verv-1", "verv-3"], absent=["verv-2"])
    said = text(protocol.outline(sitting(meeting)))
    assert "Ikke ført:" not in said
    assert "Møtende vara" not in said


def test_the_boards_confidence_stands_in_the_minutes_and_the_next_status_without_who(meeting: Database):
    plan_meeting(meeting, LATER)
    take(meeting, CALLED, UNDER_WAY)
    plan_meeting(meeting, present=["verv-1", "verv-2", "verv-3"], absent=[])
    for goal in ("1", "2"):
        assert "tillit" not in text(protocol.outline(sitting(meeting))).casefold()
        for seat, answer in (("verv-3", 2), ("verv-1", 9), ("verv-2", 4)):
            vote(meeting, goal, seat, answer)
    add_case(meeting, "sak-4", meeting=LATER, number=43, **STATUS)
    said = "median 4, fra 2 til 9 (3 svar). Svarene spriker."
    told = under(protocol.outline(sitting(meeting)), "Styrets tillit")
    assert told.count(said) == 2
    assert not [title for title in ("Styreleder", "Nestleder", "Styremedlem") if title in told]
    later = text(paper.papers(sitting(meeting, LATER)))
    assert "i styremøtet 30. november 2026:" in later
    assert later.count(said) == 2
    assert said not in text(paper.papers(sitting(meeting)))


def test_attendance_nobody_has_written_is_not_said_to_be_no_absence(meeting: Database):
    plan_meeting(meeting, present=[], absent=[])
    said = text(protocol.outline(sitting(meeting)))
    assert "Til stede: Ikke ført\nForfall: Ikke ført" in said


@pytest.mark.parametrize(
    ("ayes", "noes", "said"),
    [
        (7, 0, "Enstemmig vedtatt."),
        (7, None, "Enstemmig vedtatt."),
        (5, 2, "Vedtatt med 5 mot 2 stemmer."),
        (2, 5, "2 stemte for, 5 mot."),
        (3, 4, "3 stemte for, 4 mot."),
        (0, 3, "0 stemte for, 3 mot."),
        (None, 1, "1 stemte mot."),
        (None, 2, "2 stemte mot."),
        (None, 0, "Enstemmig vedtatt."),
        (0, 0, "Ingen stemmer er ført."),
        (0, None, "Ingen stemmer er ført."),
        (None, None, ""),
    ],
)
def test_votes_are_told_as_they_were_written_and_never_made_up(
    meeting: Database, ayes: int | None, noes: int | None, said: str
):
    """Also what was written before votes had to add up."""
    take(meeting, CALLED, UNDER_WAY)
    decide(meeting, "vedtak-1", item="sak-3")
    (made,) = sitting(meeting).now.decisions
    decision = replace(made, votes_for=ayes, votes_against=noes)
    facts = [plain(each) for each in protocol.decision_facts(decision, str)]
    assert facts == ([said] if said else [])


@pytest.mark.parametrize(
    ("states", "said"),
    [((), "Til godkjenning"), ((APPROVED,), "Godkjent 23.11.2026")],
)
def test_minutes_say_how_far_they_have_come(meeting: Database, states: tuple[MeetingState, ...], said: str):
    assert protocol.state(sitting(meeting)) == "Utkast"
    close(meeting, *states)
    outline = protocol.outline(sitting(meeting))
    assert outline.mark == said
    assert said in lines(outline.blocks[:2])[1]


def test_a_correction_after_closing_stands_as_a_correction(meeting: Database):
    close(meeting)
    later = NOW + timedelta(days=2)
    with meeting.writing() as session:
        base = version_of(session, tables.Decision, "vedtak-1")
        votes = {"votes_for": 2, "votes_against": 0, "casting_vote": None}
        counted = record.Wanted("decision", "vedtak-1", base, votes, reason="Talt på nytt")
        record.save_one(by(session, later), counted)
        base = version_of(session, tables.Meeting, MEETING)
        there = {"present": ["verv-1", "verv-2", "verv-3"], "absent": []}
        came = record.Wanted("meeting", MEETING, base, there, reason="Hun kom")
        record.save_one(by(session, later), came)
    outline = protocol.outline(sitting(meeting))
    corrections = [
        plain(b.runs) for b in outline.blocks if isinstance(b, Paragraph) and b.style is Style.CORRECTION
    ]
    assert corrections == [
        "Rettet 25.11.2026 kl. 13.00 av sekretariatet. Til stede: sto «Styreleder; Styremedlem», er nå "
        "«Styreleder; Nestleder; Styremedlem». Forfall: sto «Nestleder», er nå «–». Begrunnelse: Hun kom",
        "Rettet 25.11.2026 kl. 13.00 av sekretariatet. Stemmer for: sto «1», er nå «2». "
        "Stemmer mot: sto «1», er nå «0». Møteleders dobbeltstemme: sto «ja», er nå «–». "
        "Begrunnelse: Talt på nytt",
    ]  # fmt: skip
    assert "Enstemmig vedtatt." in text(outline)
    assert outline.made_on == date(2026, 11, 25)


def test_a_case_moved_on_is_in_the_minutes_as_postponed(meeting: Database):
    plan_meeting(meeting, LATER)
    take(meeting, CALLED, UNDER_WAY)
    with meeting.writing() as session:
        base = version_of(session, tables.AgendaItem, "sak-3")
        wanted = record.Wanted("agenda_item", "sak-3", base, {"meeting": LATER})
        record.move_on(by(session), wanted)
    assert "Saken ble utsatt." in text(protocol.outline(sitting(meeting)))
    assert "Styresak 42/2026 Avtale" in headings(paper.papers(sitting(meeting, LATER)), 1)


def test_the_paper_set_in_word_and_pdf_is_norwegian_with_headings_and_headers(meeting: Database):
    take(meeting, CALLED)
    opened = word.Document(io.BytesIO(made(meeting, exports.board_paper, MEETING, "docx")))
    assert opened.core_properties.language == "nb-NO"
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 1"][1].startswith(
        "Styresak 41/2026"
    )
    reader = pypdf.PdfReader(io.BytesIO(made(meeting, exports.board_paper, MEETING, "pdf")))
    assert str(reader.root_object["/Lang"]) == "nb-NO"
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[:2] == [
        "Innkalling og saksliste",
        "Styresak 41/2026 Status for handlingsplanen per 23. november 2026",
    ]
    assert f"Side 2 av {len(reader.pages)}" in reader.pages[1].extract_text()


def test_a_meeting_without_cases_says_so(planned: Database):
    plan_meeting(planned)
    assert "Det er ikke ført opp noen saker ennå." in text(paper.papers(sitting(planned)))
    assert "Møtet har ingen saker." in text(protocol.outline(sitting(planned)))
    for what in (exports.board_paper, exports.minutes):
        assert made(planned, what, MEETING, "pdf").startswith(b"%PDF")


def test_only_a_meeting_and_a_case_there_is_have_papers(meeting: Database):
    with pytest.raises(NotFound):
        made(meeting, exports.board_paper, "mote-1999-1", "pdf")
    with pytest.raises(NotFound):
        made(meeting, exports.case_paper, MEETING, "sak-99", "pdf")
    with pytest.raises(BadInput):
        made(meeting, exports.minutes, MEETING, "odt")


def test_the_status_of_a_day_is_a_report_of_its_own(meeting: Database):
    said = read(made(meeting, exports.status_report, NOW.date(), "pdf"))
    assert "Status for handlingsplanen per 23. november 2026" in said
    assert "Ingen svarte" in said
    with pytest.raises(BadInput, match="ingen historikk"):
        made(meeting, exports.status_report, date(2020, 1, 1), "pdf")


def test_example_data_say_so_on_every_paper(meeting: Database):
    found = sitting(meeting)
    shown = replace(found, told=replace(found.told, example=True), now=replace(found.now, example=True))
    for outline in (paper.papers(shown), paper.case(shown, "sak-2"), protocol.outline(shown)):
        assert "Eksempeldata – oppdiktet" in outline.mark
        assert "Eksempeldata – oppdiktet" in text(outline)
    stand = replace(found.stand, plan=replace(found.stand.plan, example=True))
    assert status.of_day(stand).mark == "Eksempeldata – oppdiktet"


def test_written_text_becomes_paragraphs_lists_and_points():
    said = "Først.\nNy linje.\n\n- en\n– to\n\n3. tre\n4. fire\n\n1. en\n3. hopp"
    kinds = [type(block).__name__ for block in prose.blocks(said)]
    assert kinds == ["Paragraph", "Bullets", "Numbered", "Paragraph"]
    points = list(prose.blocks(said))[2]
    assert isinstance(points, Numbered)
    assert points.first == 3
    assert list(prose.blocks("  \n ")) == []


def test_papers_and_minutes_print_how_far_the_history_went_with_its_fingerprint(meeting: Database):
    """Of the frozen change and of the closing, also when more has been said; of the correction when it is."""
    frozen = _stamped(meeting)
    take(meeting, CALLED)
    say(meeting, "1.1.1", done="Etter innkallingen")
    for form in ("docx", "pdf"):
        assert frozen in words_in(files(meeting, exports.board_paper, form), form)
    take(meeting, UNDER_WAY)
    for key in ("sak-1", "sak-2", "sak-3"):
        add_case(meeting, key, state=ItemState.TREATED)
    take(meeting, CLOSED)
    closed = _stamped(meeting)
    say(meeting, "1.1.1", done="Etter møtet")
    for form in ("docx", "pdf"):
        assert closed in words_in(files(meeting, exports.minutes, form), form)
    with meeting.writing() as session:
        base = version_of(session, tables.Meeting, MEETING)
        moved = record.Wanted("meeting", MEETING, base, {"place": "Bergen"}, reason="Feil sted")
        record.save_one(by(session), moved)
    assert _stamped(meeting) in words_in(files(meeting, exports.minutes, "pdf"), "pdf")


def _stamped(database: Database) -> str:
    with database.reading() as session:
        return changes.stamp(session, changes.newest(session)).sentence


def files(database: Database, make: Callable[..., bytes], form: str) -> bytes:
    with database.reading() as session:
        return make(session, PLAN, MEETING, form)


def words_in(content: bytes, form: str) -> str:
    """All the words of a file, on one line."""
    if form == "docx":
        return " ".join(paragraph.text for paragraph in word.Document(io.BytesIO(content)).paragraphs)
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return " ".join(" ".join(pages).split())


def test_a_case_shows_how_the_measures_it_is_about_are_going(meeting: Database):
    add_case(meeting, "sak-4", number=43, title="Kurs", summary="Kurset ble utsatt.", measures=["1.1.1"])
    outline = paper.case(sitting(meeting), "sak-4")
    (shown,) = (block for block in outline.blocks if isinstance(block, Table))
    (row,) = shown.rows
    assert plain(row[0]).startswith("1.1.1 ")
    (drawn,) = (run.value for run in row[2] if isinstance(run.value, Story))
    assert drawn.shown.assessment is Assessment.MAJOR_DEVIATION
    assert "Vesentlig avvik" in under(outline, "Tiltak saken gjelder")
    without = paper.case(sitting(meeting), "sak-3")
    assert not any(isinstance(block, Heading) and "Tiltak" in block.text for block in without.blocks)


def test_a_strip_tells_what_was_reported_by_the_day_the_papers_hold_for(meeting: Database):
    stand = sitting(meeting).stand
    (table, *_rest) = (block for block in status.plan_with_status(stand) if isinstance(block, Table))
    told = next(run.value for run in table.rows[0][2] if isinstance(run.value, Story))
    assert told.today == stand.day
    assert [mark for mark in told.marks if mark] == [Assessment.MAJOR_DEVIATION]
    assert "Vesentlig avvik" in plain(table.rows[0][2])  # where nothing is drawn


def test_the_wall_says_the_first_sentence_of_a_cause_and_a_date_does_not_end_it(meeting: Database):
    remedy = "Fristen flyttes til 31. desember 2027. Nytt forslag legges fram i mars."
    say(meeting, "1.1.1", **LATE | {"cause": "Møtet 12. mars ble avlyst. Ingen kom.", "remedy": remedy})
    found = slides.deck(sitting(meeting))
    said = "\n".join(line for slide in found for line in lines(slide.beside))
    assert "Møtet 12. mars ble avlyst. Slik rettes det opp: Fristen flyttes til 31. desember 2027." in said
    assert "Ingen kom" not in said
