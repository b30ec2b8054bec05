"""The table goes round: out, filled in, back, compared and saved as one change or not at all."""

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils.datetime
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from strategy import exports, history, record, texts, workbook
from strategy.database import Database, connect
from strategy.errors import BadInput, NotAllowed, Several
from strategy.record import OURS, THEIRS
from strategy.terms import Assessment, Phase, Quality, Via
from strategy.workbook import cells, form, reading
from tests.databases import (
    NOW,
    PLAN,
    READER,
    SECRETARY,
    a_plan,
    adopt,
    by,
    newest,
    present,
    say,
    verify,
    words,
)

TODAY = date(2026, 11, 23)
SOFFICE = shutil.which("soffice")

Edits = Mapping[tuple[str, str, str], Any]
"""What is written: (sheet, key, header) → value."""


def at(year: int, month: int, day: int) -> datetime:
    """A day as Excel has it: a moment without a zone."""
    return datetime(year, month, day)  # noqa: DTZ001


TEN: Edits = {
    ("Tiltak", "1.1.1", "Fase"): "Fullført",
    ("Tiltak", "1.1.1", "Dette er gjort"): "Sendt, og svart på\nmed æ, ø og å",
    ("Tiltak", "1.1.1", "Anslag (%)"): 90,
    ("Tiltak", "1.1.2", "Fase"): "Pågår",
    ("Tiltak", "1.1.2", "Vurdering"): "I rute",
    ("Tiltak", "1.1.2", "Neste steg innen"): at(2027, 2, 1),
    ("Milepæler", "1.1.1-m1", "Nådd"): at(2026, 11, 20),
    ("Milepæler", "1.1.1-m1", "Dokumentasjon"): "Referat",
    ("Målinger", "svar@2026", "Verdi"): 7.25,
    ("Målinger", "vedtak@2026", "Verdi"): "Ja",
}


@pytest.fixture
def reported(planned: Database) -> Database:
    """The plan with a report, a milestone and a value."""
    return told(planned)


@pytest.fixture(scope="module")
def shelf(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The same, only to be read from: one for all tests."""
    file = tmp_path_factory.mktemp("shelf") / "plan.db"
    shutil.copy(sqlite_template, file)
    database = connect(f"sqlite:///{file}")
    adopt(database, a_plan())
    return told(database)


@pytest.fixture(scope="module")
def blank(shelf: Database) -> bytes:
    """The form of it, as it goes out."""
    return made(shelf)


def told(planned: Database) -> Database:
    """Say something in the plan."""
    say(planned, done="Ett svar sendt", next_step="Neste høring", next_due=date(2026, 12, 24), estimate=30)
    with planned.writing() as session:
        record.milestone(by(session), "1.1.1-m1", 0, measure="1.1.1", title="Sendt",
                         due=date(2026, 12, 1))  # fmt: skip
    with planned.writing() as session:
        record.value(by(session), "svar", "2026", 0, value=Decimal("4.5"))
    return planned


def made(database: Database, person: str = "") -> bytes:
    with database.reading() as session:
        return exports.update_form(session, present(database), TODAY, person)


def edited(raw: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook as somebody saves it after `change`."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(page: Worksheet, key: str, header: str) -> Any:
    headers = {found.value: found.column for found in page[3]}
    (row,) = (found.row for found in page["A"] if found.value == key)
    return page.cell(row, headers[header])


def filled(raw: bytes, edits: Edits) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for (sheet, key, header), value in edits.items():
            cell(book[sheet], key, header).value = value

    return edited(raw, change)


def previewed(database: Database, raw: bytes, **chosen: Any) -> workbook.Preview:
    """The preview; read in this process, which is faster than in one of its own and does the same."""
    found = reading.read_cells(cells.extract(raw, [*form.SHEET_NAMES, form.MARKER]))
    with database.reading() as session:
        return workbook.previewed(session, found, present(database), TODAY, workbook.Chosen(**chosen))


def save(database: Database, preview: workbook.Preview, **said: Any) -> record.Saved | None:
    said = {"actor": SECRETARY, "reason": "Skjema", **said}
    with database.writing() as session:
        return workbook.save(by(session, said.pop("now", NOW), said.pop("actor")), preview, **said)


def through_libreoffice(raw: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) er ikke installert her")
    there, back = folder / "skjema.xlsx", folder / "ut"
    there.write_bytes(raw)
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "xlsx",
               "--outdir", str(back), str(there)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (back / "skjema.xlsx").read_bytes()


def said(preview: workbook.Preview) -> set[tuple[str, str, Any, Any]]:
    return {(change.key, change.field, change.before, change.after) for change in preview.changes}


AFTER_TEN = {
    ("1.1.1", "phase", Phase.IN_PROGRESS, Phase.COMPLETED),
    ("1.1.1", "done", "Ett svar sendt", "Sendt, og svart på\nmed æ, ø og å"),
    ("1.1.1", "estimate", 30, 90),
    ("1.1.2", "phase", None, Phase.IN_PROGRESS),
    ("1.1.2", "assessment", None, Assessment.ON_TRACK),
    ("1.1.2", "next_due", None, date(2027, 2, 1)),
    ("1.1.1-m1", "done_on", None, date(2026, 11, 20)),
    ("1.1.1-m1", "evidence", "", "Referat"),
    ("svar@2026", "value", Decimal("4.5"), Decimal("7.25")),
    ("vedtak@2026", "value", None, Decimal(1)),
}


def test_ten_changed_cells_are_ten_changes_and_become_one_change_of_the_plan(reported: Database):
    with reported.reading() as session:
        found = workbook.read(filled(made(reported), TEN))
        preview = workbook.previewed(session, found, present(reported), TODAY)
    assert said(preview) == AFTER_TEN
    assert len(preview.changes) == 10
    assert (preview.problems, preview.clashes, preview.unknown, preview.follows) == ((), (), (), ())
    assert preview.is_clear
    assert len(preview.things) == 5
    before = newest(reported)

    saved = save(reported, preview)

    assert saved is not None
    assert newest(reported) == saved.change_id == before + 1 == verify(reported)
    plan = present(reported)
    assert plan.measure("1.1.1").report.done == "Sendt, og svart på\nmed æ, ø og å"
    assert plan.measure("1.1.1").report.next_step == "Neste høring"
    assert plan.measure("1.1.1").milestones[0].done_on == date(2026, 11, 20)
    assert plan.indicator("svar").values[0].value == Decimal("7.25")
    with reported.reading() as session:
        (last,) = history.log(session, PLAN, saved.change_id, limit=1)
    assert (last.via, last.reason, last.total) == (Via.EXCEL, "Skjema", 5)
    assert not previewed(reported, made(reported)).changes


def test_ten_changed_cells_saved_by_libreoffice_are_the_same_ten_changes(
    shelf: Database, blank: bytes, tmp_path: Path
):
    preview = previewed(shelf, through_libreoffice(filled(blank, TEN), tmp_path))
    assert said(preview) == AFTER_TEN
    assert len(preview.changes) == 10
    assert preview.is_clear


@pytest.mark.parametrize("person", ["", "fag"])
def test_a_form_that_comes_back_as_it_went_changes_nothing(shelf: Database, person: str):
    raw = made(shelf, person)
    for back in (raw, edited(raw, lambda _book: None)):
        preview = previewed(shelf, back)
        assert (*preview.changes, *preview.problems, *preview.clashes, *preview.wanted) == ()
        assert preview.person == person
        assert save(shelf, preview) is None


def test_a_form_that_comes_back_from_libreoffice_as_it_went_changes_nothing(
    shelf: Database, blank: bytes, tmp_path: Path
):
    preview = previewed(shelf, through_libreoffice(blank, tmp_path))
    assert (*preview.changes, *preview.problems, *preview.clashes) == ()


def test_a_form_is_compared_with_what_it_was_made_from_not_with_what_stands_now(reported: Database):
    raw = filled(made(reported), {("Tiltak", "1.1.1", "Neste steg"): "Ringe"})
    say(reported, "1.1.2", done="Et annet tiltak")
    say(reported, done="Nytt fra siden", next_step="Neste høring", estimate=30)

    preview = previewed(reported, raw)
    assert said(preview) == {("1.1.1", "next_step", "Neste høring", "Ringe")}
    assert preview.clashes == ()


def test_a_cell_both_have_changed_is_shown_with_all_three_and_waits_for_a_choice(reported: Database):
    raw = filled(made(reported), {
        ("Tiltak", "1.1.1", "Dette er gjort"): "Skrevet i skjemaet",
        ("Tiltak", "1.1.1", "Neste steg"): "Begge mener dette",
        ("Tiltak", "1.1.2", "Fase"): "Planlagt",
        ("Tiltak", "1.1.2", "Vurdering"): "Ikke vurdert",
    })  # fmt: skip
    say(
        reported,
        done="Skrevet på siden",
        next_step="Begge mener dette",
        next_due=date(2026, 12, 24),
        estimate=30,
    )
    before = newest(reported)

    preview = previewed(reported, raw)
    (clash,) = preview.clashes
    assert (clash.key, clash.field, clash.place) == ("1.1.1", "done", "Tiltak!I4")
    assert (clash.base, clash.theirs, clash.ours) == (
        "Ett svar sendt",
        "Skrevet på siden",
        "Skrevet i skjemaet",
    )
    assert {change.key for change in preview.changes} == {"1.1.2"}
    assert not preview.is_clear
    with pytest.raises(BadInput, match="Ingenting er lagret"):
        save(reported, preview)
    assert newest(reported) == before

    theirs = previewed(reported, raw, choices={clash.name: THEIRS})
    assert theirs.is_clear
    assert {change.key for change in theirs.changes} == {"1.1.2"}
    ours = previewed(reported, raw, choices={clash.name: OURS})
    assert ("1.1.1", "done", "Skrevet på siden", "Skrevet i skjemaet") in said(ours)
    save(reported, ours)
    assert present(reported).measure("1.1.1").report.done == "Skrevet i skjemaet"


def test_a_choice_is_asked_for_anew_when_somebody_saves_once_more(reported: Database):
    raw = filled(made(reported), {("Tiltak", "1.1.1", "Dette er gjort"): "Skrevet i skjemaet"})
    say(reported, done="Skrevet på siden")
    (clash,) = previewed(reported, raw).clashes
    assert previewed(reported, raw, choices={clash.name: OURS}).is_clear
    say(reported, done="Rettet på siden")

    later = previewed(reported, raw, choices={clash.name: OURS})
    assert (later.waiting, [each.theirs for each in later.clashes]) == (1, ["Rettet på siden"])
    assert later.wanted == ()


def test_what_is_saved_between_the_preview_and_yes_is_not_overwritten(reported: Database):
    preview = previewed(reported, filled(made(reported), TEN))
    say(reported, done="Kom først")
    before = newest(reported)
    with pytest.raises(Several):
        save(reported, preview)
    assert newest(reported) == before


def test_only_who_may_can_save(reported: Database):
    preview = previewed(reported, filled(made(reported), TEN))
    with pytest.raises(NotAllowed):
        save(reported, preview, actor=READER)


def test_an_unknown_word_is_resolved_once_for_all_its_cells(shelf: Database, blank: bytes):
    raw = filled(blank, {
        ("Tiltak", "1.1.1", "Fase"): "Ferdig",
        ("Tiltak", "1.1.2", "Fase"): "ferdig ",
        ("Tiltak", "1.1.2", "Vurdering"): "● i rute",
    })  # fmt: skip
    preview = previewed(shelf, raw)
    (unknown,) = preview.unknown
    assert (unknown.text, unknown.places) == ("Ferdig", ("Tiltak!G4", "Tiltak!G5"))
    assert Phase.COMPLETED in unknown.options
    assert not preview.is_clear
    assert preview.problems == ()

    preview = previewed(shelf, raw, answers={unknown.name: "completed"})
    assert preview.is_clear
    assert [word.chosen for word in preview.unknown] == [Phase.COMPLETED]
    assert [c.after for c in preview.changes if c.field == "phase"] == [Phase.COMPLETED, Phase.COMPLETED]


def test_a_deviation_that_is_over_takes_its_cause_with_it_and_the_preview_says_so(reported: Database):
    say(reported, assessment=Assessment.SOME_DEVIATION, cause="Sykdom", remedy="Vikar")
    preview = previewed(reported, filled(made(reported), {("Tiltak", "1.1.1", "Vurdering"): "I rute"}))
    assert len(preview.changes) == 1
    assert {(c.field, c.before, c.after) for c in preview.follows} == {
        ("cause", "Sykdom", ""), ("remedy", "Vikar", ""),
    }  # fmt: skip


def test_another_period_is_measured_on_an_empty_row(reported: Database):
    def change(book: openpyxl.Workbook) -> None:
        page = book["Målinger"]
        row = max(found.row for found in page["A"] if found.value) + 1
        for header, value in (
            (form.KEY, "svar"),
            ("Periode", 2024),
            ("Verdi", "1 234,5"),
            ("Kvalitet", "Foreløpig"),
        ):
            page.cell(row, 1 + form.SHEET_OF[form.VALUE].place(_field(header))).value = value

    (asked,) = previewed(reported, edited(made(reported), change)).questions
    preview = previewed(reported, edited(made(reported), change), sure=[asked.place])
    assert said(preview) == {
        ("svar@2024", "value", None, Decimal("1234.5")), ("svar@2024", "quality", None, Quality.PRELIMINARY),
    }  # fmt: skip
    save(reported, preview)
    assert present(reported).indicator("svar").values[0].quality is Quality.PRELIMINARY


def test_not_measured_is_an_answer_with_its_reason(shelf: Database, blank: bytes):
    said_so = {("Målinger", "vedtak@2026", "Kvalitet"): "Ikke målt i perioden"}
    (problem,) = previewed(shelf, filled(blank, said_so)).problems
    assert "Skriv i kommentaren hvorfor" in str(problem)
    why = {("Målinger", "vedtak@2026", "Kommentar"): "Ingen saker i år"}
    assert previewed(shelf, filled(blank, said_so | why)).is_clear


def _field(header: str) -> str:
    return next(c.field for c in form.SHEET_OF[form.VALUE].columns if c.header == header)


@pytest.mark.parametrize(
    ("written", "number_format", "read"),
    [
        (7, "General", Decimal(7)),
        (0.1, "General", Decimal("0.1")),
        ("12,5", "@", Decimal("12.5")),
        ("−3", "@", Decimal(-3)),
        ("1\u2009200", "@", Decimal(1200)),
        ("1\u202f200,5", "@", Decimal("1200.5")),
    ],
)
def test_a_number_is_read_however_it_was_typed(
    shelf: Database, blank: bytes, written: Any, number_format: str, read: Decimal
):
    def change(book: openpyxl.Workbook) -> None:
        found = cell(book["Målinger"], "svar@2026", "Verdi")
        found.value, found.number_format = written, number_format

    assert said(previewed(shelf, edited(blank, change))) == {("svar@2026", "value", Decimal("4.5"), read)}


@pytest.mark.parametrize(("written", "number_format"), [(0.45, "0 %"), ("45 %", "@")])
def test_a_number_in_per_cent_is_refused_where_that_is_not_the_unit(
    shelf: Database, blank: bytes, written: Any, number_format: str
):
    def change(book: openpyxl.Workbook) -> None:
        found = cell(book["Målinger"], "svar@2026", "Verdi")
        found.value, found.number_format = written, number_format

    (problem,) = previewed(shelf, edited(blank, change)).problems
    assert "cellen er i prosent, men det måles i «antall»" in str(problem)


@pytest.mark.parametrize("period", ["2024", "Hele året 2024", "2024 "])
def test_a_period_is_read_in_the_words_of_the_program(shelf: Database, blank: bytes, period: str):
    preview = previewed(shelf, edited(blank, _on_a_row_of_its_own(period)))
    assert {key for key, *_said in said(preview)} == {"svar@2024"}


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("2. kvartal 2024", "og føres for 2024, ikke for 2. kvartal 2024"),
        ("Q2 2024", "og føres for 2024, ikke for 2. kvartal 2024"),
        ("i fjor", "«i fjor» er ikke en periode"),
        (None, "perioden mangler"),
    ],
)
def test_a_period_that_does_not_fit_is_told_at_its_own_cell(
    shelf: Database, blank: bytes, period: str | None, why: str
):
    problems = previewed(shelf, edited(blank, _on_a_row_of_its_own(period))).problems
    assert [problem.place[:-1] for problem in problems] == ["Målinger!E"]
    assert why in problems[0].message


def _on_a_row_of_its_own(period: str | None) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Målinger"]
        row = max(found.row for found in page["A"] if found.value) + 1
        for header, value in ((form.KEY, "svar"), ("Periode", period), ("Verdi", 5)):
            page.cell(row, 1 + form.SHEET_OF[form.VALUE].place(_field(header))).value = value

    return change


def test_a_number_that_looks_wrong_waits_until_somebody_is_sure_of_that_very_cell(reported: Database):
    odd = filled(made(reported), {
        ("Målinger", "svar@2026", "Verdi"): 450, ("Tiltak", "1.1.1", "Dette er gjort"): "Mer",
    })  # fmt: skip
    assert previewed(reported, odd).is_clear  # nothing has been measured before it
    with reported.writing() as session:
        record.value(by(session), "svar", "2025", 0, value=Decimal(4))
    waiting = previewed(reported, odd)
    assert [each.sentence for each in waiting.questions] == [
        "450 er langt fra det som er målt før. Er det riktig? Forrige var 4."
    ]
    assert (waiting.problems, waiting.waiting, waiting.is_clear) == ((), 1, False)
    with pytest.raises(BadInput):
        save(reported, waiting)
    assert not previewed(reported, odd, sure=["Målinger!F1"]).is_clear
    sure = previewed(reported, odd, sure=[waiting.questions[0].place])
    assert save(reported, sure)
    assert present(reported).indicator("svar").values[-1].value == 450


def test_a_date_that_lost_its_format_is_read_by_the_workbooks_own_first_day(shelf: Database, blank: bytes):
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        found = cell(book["Tiltak"], "1.1.1", "Neste steg innen")
        found.value, found.number_format = (date(2027, 3, 1) - date(1904, 1, 1)).days, "General"

    (change_,) = previewed(shelf, edited(blank, change)).changes
    assert change_.after == date(2027, 3, 1)


@pytest.mark.parametrize(
    "written", [at(2027, 3, 1), "1.3.2027", "2027-03-01", 46447, "1. mars 2027", "1.3.27"]
)
def test_a_date_is_read_however_it_was_typed(shelf: Database, blank: bytes, written: Any):
    def change(book: openpyxl.Workbook) -> None:
        found = cell(book["Tiltak"], "1.1.1", "Neste steg innen")
        found.value = written
        if not isinstance(written, datetime):
            found.number_format = "General"

    (change_,) = previewed(shelf, edited(blank, change)).changes
    assert change_.after == date(2027, 3, 1)


def test_moved_columns_and_deleted_rows_do_no_harm(shelf: Database, blank: bytes):
    def change(book: openpyxl.Workbook) -> None:
        page = book["Tiltak"]
        cell(page, "1.1.1", "Dette er gjort").value = "Flyttet"
        page.delete_rows(5)
        page.insert_cols(1, 3)
        page.insert_rows(2, 2)

    assert said(previewed(shelf, edited(blank, change))) == {("1.1.1", "done", "Ett svar sendt", "Flyttet")}


DONE, CAUSE, PHASE, NEXT, ESTIMATE = (
    ("Tiltak", "1.1.1", header)
    for header in ("Dette er gjort", "Årsak", "Fase", "Neste steg innen", "Anslag (%)")
)
REACHED = ("Milepæler", "1.1.1-m1", "Nådd")
MEASURED = ("Målinger", "svar@2026", "Verdi")

FAULTS: Mapping[str, tuple[tuple[str, str, str], Any, str]] = {
    "formula": (DONE, "=1+1", "Tiltak!I4: cellen har en formel. Skriv teksten"),
    "formula for a date": (REACHED, "=TODAY()", "Milepæler!E4: cellen har en formel. Skriv en dato, som"),
    "error": (MEASURED, "#N/A", "cellen viser en feil (#N/A). Skriv et tall"),
    "not a date": (NEXT, "til våren", "Tiltak!M4: «til våren» er ikke en dato"),
    "a day that is none": (NEXT, "30.2.2027", "«30.2.2027» er ikke en dato"),
    "year 1900": (NEXT, at(1900, 3, 5), "05.03.1900 er ikke en dato som"),
    "not a number": (MEASURED, "ca. 12", "«ca. 12» er ikke et tall"),
    "a date for a number": (MEASURED, at(2026, 5, 1), "cellen er en dato"),
    "yes for a number": (MEASURED, "Ja", "her skal det stå et tall"),
    "a number for yes": (("Målinger", "vedtak@2026", "Verdi"), 3, "besvares med ja eller nei"),
    "over a hundred": (ESTIMATE, 140, "Tiltak!N4: Anslaget må være mellom 0 og 100 prosent"),
    "half a per cent": (ESTIMATE, 12.5, "12,5 kan ikke brukes"),
    "yes for an estimate": (ESTIMATE, True, "kan ikke brukes"),
    "too long": (DONE, "x" * 4001, "Tiltak!I4: teksten er på 4001 tegn"),
    "hidden mark": (CAUSE, "a\u202eb", "Tiltak!J4: teksten har et skjult retningstegn"),
    "emptied word": (PHASE, None, "Tiltak!G4: cellen er tom. Velg"),
    "a whole sentence for a word": (PHASE, "Vi er i gang med det meste av dette, men ikke alt er ferdig ennå",
                                    "er ikke i lista"),
    "no cause": (("Tiltak", "1.1.1", "Vurdering"), "Noe avvik", "Tiltak!J4: Et avvik må ha en årsak"),
    "no phase": (("Tiltak", "1.1.2", "Dette er gjort"), "Noe", "Tiltak!G5: Velg hvor arbeidet er"),
    "reached in future": (REACHED, at(2027, 1, 1), "kan ikke være i framtiden"),
    "only a comment": (("Målinger", "vedtak@2026", "Kommentar"), "Hm", "Skriv et tall eller en vurdering"),
    "unknown key": (("Tiltak", "1.1.1", form.KEY), "9.9.9", "Tiltak!A4: «9.9.9» finnes ikke i planen"),
    "no key": (("Tiltak", "1.1.1", form.KEY), None, "Tiltak!A4: nøkkelen mangler"),
    "a formula for a key": (("Tiltak", "1.1.1", form.KEY), "=A5", "Tiltak!A4: nøkkelen er en formel"),
    "key twice": (("Tiltak", "1.1.2", form.KEY), "1.1.1", "Tiltak!A5: «1.1.1» står flere ganger"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_cell_is_named_with_its_address_and_what_it_wants(shelf: Database, blank: bytes, fault: str):
    place, value, sentence = FAULTS[fault]
    before = newest(shelf)
    preview = previewed(shelf, filled(blank, {place: value}))
    assert any(sentence in str(problem) for problem in preview.problems), [str(p) for p in preview.problems]
    with pytest.raises(BadInput):
        save(shelf, preview)
    assert newest(shelf) == before


def test_all_faulty_cells_are_named_together(shelf: Database, blank: bytes):
    faults = (FAULTS[name] for name in ("formula", "not a date", "not a number", "no phase"))
    edits = {place: value for place, value, _sentence in faults}
    preview = previewed(shelf, filled(blank, edits))
    assert [problem.place for problem in preview.problems] == [
        "Tiltak!I4", "Tiltak!M4", "Tiltak!G5", "Målinger!F7",
    ]  # fmt: skip


def _rename_sheet(book: openpyxl.Workbook) -> None:
    book["Tiltak"].title = "Ark1"


def _drop_column(book: openpyxl.Workbook) -> None:
    book["Tiltak"].delete_cols(10)


def _two_alike(book: openpyxl.Workbook) -> None:
    book["Tiltak"]["J3"].value = "Dette er gjort"


def _merge(book: openpyxl.Workbook) -> None:
    book["Tiltak"].merge_cells("I4:J5")


def _no_headers(book: openpyxl.Workbook) -> None:
    book["Milepæler"].delete_rows(3)


def _no_marker(book: openpyxl.Workbook) -> None:
    del book[form.MARKER]


def _other_format(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["A1"].value = "strategi-skjema-99"


def _other_plan(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["B1"].value = "en-annen"


def _other_history(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["D1"].value = "0" * 64


def _other_version(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["B2"].value = book[form.MARKER]["B2"].value.replace("1.1.1 1", "1.1.1 7")


def _broken_versions(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["B2"].value = "tull"


def _broken_marker(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["C1"].value = "tull"


def _added_row(book: openpyxl.Workbook) -> None:
    book[form.MARKER]["B2"].value = book[form.MARKER]["B2"].value.replace("1.1.1 1\n", "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_rename_sheet, "Tiltak: arket «Tiltak» mangler."),
        (_drop_column, "Tiltak: kolonnen «Årsak» mangler."),
        (_two_alike, "Tiltak!J3: overskriften «Dette er gjort» står to ganger."),
        (_merge, "Tiltak!I4: cellene I4:J5 er slått sammen."),
        (_no_headers, "Milepæler: fant ikke raden med overskrifter."),
        (_no_marker, "det skjulte arket er borte"),
        (_other_format, "en annen utgave"),
        (_other_plan, "gjelder planen «en-annen», ikke «plan»"),
        (_other_history, "en annen database"),
        (_other_version, "passer ikke med det skjemaet ble laget av"),
        (_broken_marker, "det skjulte arket er endret"),
        (_broken_versions, "det skjulte arket er endret"),
        (_added_row, "«1.1.1» hører ikke til i dette skjemaet"),
    ],
)
def test_a_form_that_was_taken_apart_is_refused_with_a_sentence(
    shelf: Database, blank: bytes, change: Callable[[openpyxl.Workbook], None], sentence: str
):
    preview = previewed(shelf, edited(blank, change))
    assert any(sentence in str(problem) for problem in preview.problems), [str(p) for p in preview.problems]
    assert not preview.is_clear


def test_a_measure_taken_out_since_stands_in_the_way_only_where_something_is_said_of_it(reported: Database):
    raw = made(reported)
    adopt(reported, a_plan(without=["1.1.2", "1.1.2@nestleder"]))
    assert previewed(reported, raw).is_clear
    preview = previewed(reported, filled(raw, {("Tiltak", "1.1.2", "Fase"): "Pågår"}))
    assert "«1.1.2» er tatt ut av planen" in str(preview.problems[0])


sheet_words = words.map(texts.normal).filter(lambda text: text and not text.startswith("="))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.dictionaries(
        st.sampled_from(["Dette er gjort", "Årsak", "Slik rettes det opp", "Neste steg"]), sheet_words
    ),
    phase=st.sampled_from(Phase), assessment=st.sampled_from(Assessment),
    value=st.integers(0, 10**6), day=st.dates(TODAY, date(2100, 12, 31)),
)  # fmt: skip
def test_whatever_is_written_is_what_the_preview_says(
    fresh_sqlite: Callable[[], str], written: Mapping[str, str], phase: Phase, assessment: Assessment,
    value: int, day: date,
):  # fmt: skip
    database = connect(fresh_sqlite())
    adopt(database, a_plan())
    edits: Edits = {("Tiltak", "1.1.1", header): text for header, text in written.items()} | {
        ("Tiltak", "1.1.1", "Fase"): phase.word,
        ("Tiltak", "1.1.1", "Vurdering"): assessment.word,
        ("Tiltak", "1.1.1", "Neste steg innen"): at(day.year, day.month, day.day),
        ("Målinger", "svar@2026", "Verdi"): value,
    }
    preview = previewed(database, filled(made(database), edits))
    left_out = set() if assessment.is_deviation else {"Årsak", "Slik rettes det opp"}
    left_out -= {"Årsak"} if phase is Phase.DROPPED else set()
    kept = {header: text for header, text in written.items() if header not in left_out}
    assert len(preview.changes) == 4 + len(kept)
    assert len(preview.left_out) == len(written) - len(kept)
    after = {change.field: change.after for change in preview.changes}
    assert (after["phase"], after["assessment"], after["next_due"]) == (phase, assessment, day)
    assert set(kept.values()) <= set(after.values())
    needs = {"Årsak", "Slik rettes det opp"} if assessment.is_deviation else set()
    needs |= {"Årsak"} if phase is Phase.DROPPED else set()
    assert preview.is_clear is (needs <= set(written))
    if preview.is_clear:
        save(database, preview)
        assert previewed(database, made(database)).changes == ()
        report = present(database).measure("1.1.1").report
        assert report
        assert (report.phase, report.assessment, report.next_due) == (phase, assessment, day)
    database.close()
