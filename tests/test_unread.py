"""What is written where the form does not read is told cell by cell, and a form as a whole is wondered at."""

import io
import json
import shutil
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from strategy import cli
from strategy.database import Database, connect
from strategy.terms import Assessment, Phase
from strategy.workbook import form, glimpses
from tests.databases import a_plan, adopt, newest, present, say
from tests.test_workbook import edited, filled, made, previewed, save, told


@pytest.fixture(scope="module")
def shelf(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    file = tmp_path_factory.mktemp("unread") / "plan.db"
    shutil.copy(sqlite_template, file)
    database = connect(f"sqlite:///{file}")
    adopt(database, a_plan())
    return told(database)


@pytest.fixture(scope="module")
def blank(shelf: Database) -> bytes:
    return made(shelf)


def copied_sheet(book: openpyxl.Workbook) -> None:
    page = book.copy_worksheet(book["Tiltak"])
    page.title = "Tiltak (2)"
    page["I4"] = "Skrevet i kopien"


def commented(book: openpyxl.Workbook) -> None:
    book["Tiltak"]["I4"].comment = Comment("Dette er fullført. Kan dere rette?", "Rolle")


def strange_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Notater")["B2"] = "Fullført"


def extra_column(book: openpyxl.Workbook) -> None:
    book["Tiltak"]["Z4"] = "Fullført"


def above_the_table(book: openpyxl.Workbook) -> None:
    book["Milepæler"]["H1"] = "Alt er utsatt"


def in_the_guide(book: openpyxl.Workbook) -> None:
    book[form.GUIDE]["D5"] = "Skrevet i veiledningen"


def locked(book: openpyxl.Workbook) -> None:
    book["Tiltak"]["E4"] = "31.12.2027"


def locked_emptied(book: openpyxl.Workbook) -> None:
    book["Tiltak"]["C4"] = None


def struck(book: openpyxl.Workbook) -> None:
    cell = book["Tiltak"]["I4"]
    font = copy(cell.font)
    cell.font = Font(name=font.name, size=font.size, strike=True)


UNREAD: dict[str, tuple[Callable[[openpyxl.Workbook], None], str, str]] = {
    "copy": (copied_sheet, "Tiltak (2)!I4", "Skrevet i kopien"),
    "comment": (commented, "Tiltak!I4", "merknaden «Dette er fullført. Kan dere rette?»"),
    "sheet": (strange_sheet, "Notater!B2", "«Fullført»"),
    "column": (extra_column, "Tiltak!Z4", "«Fullført»"),
    "above": (above_the_table, "Milepæler!H1", "«Alt er utsatt»"),
    "guide": (in_the_guide, "Slik gjør du!D5", "Skrevet i veiledningen"),
    "locked": (locked, "Tiltak!E4", "«31.12.2027»"),
    "emptied": (locked_emptied, "Tiltak!C4", "tømt"),
    "struck": (struck, "Tiltak!I4", "strøket over"),
}


@pytest.mark.parametrize("case", UNREAD)
def test_what_is_written_where_nothing_is_read_is_told_with_its_cell(
    shelf: Database, blank: bytes, case: str
) -> None:
    change, place, words = UNREAD[case]
    found = previewed(shelf, edited(blank, change))
    assert [problem.place for problem in found.unread] == [place]
    assert words in found.unread[0].message
    assert found.is_clear
    assert not found.changes


def test_a_form_as_it_went_out_and_came_back_through_another_program_has_nothing_unread(
    shelf: Database, blank: bytes
) -> None:
    assert previewed(shelf, blank).unread == ()
    assert previewed(shelf, edited(blank, lambda book: book.calculation.fullCalcOnLoad)).unread == ()


def test_a_form_from_before_the_glimpses_tells_of_sheets_and_comments_alone(
    shelf: Database, blank: bytes
) -> None:
    def aged(book: openpyxl.Workbook) -> None:
        page = book[form.MARKER]
        for row in reversed(range(1, page.max_row + 1)):
            if str(page.cell(row, 1).value).startswith(glimpses.PREFIX):
                page.delete_rows(row)
        locked(book)
        commented(book)

    assert [problem.place for problem in previewed(shelf, edited(blank, aged)).unread] == ["Tiltak!I4"]


def test_a_change_in_a_row_that_is_hidden_is_taken_and_told(shelf: Database, blank: bytes) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Tiltak"]["I4"] = "Skrevet i en skjult rad"
        book["Tiltak"].row_dimensions[4].hidden = True
        book["Tiltak"].row_dimensions[5].hidden = True

    found = previewed(shelf, edited(blank, change))
    assert [change.place for change in found.changes] == ["Tiltak!I4"]
    assert [str(problem) for problem in found.unread] == [
        "Tiltak!I4: raden er skjult i fila, og endringen der er tatt med."
    ]


@pytest.fixture
def four(planned: Database) -> Database:
    """The plan where every measure has said something of its own, and one is finished."""
    for key in (measure.key for measure in present(planned).measures):
        say(planned, key, done=f"Gjort i {key}")
    return planned


def test_a_column_that_was_sorted_by_itself_is_one_question_about_the_column(four: Database) -> None:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Tiltak"]
        rows = [row for row in range(4, page.max_row + 1) if page.cell(row, 9).value]
        texts = [page.cell(row, 9).value for row in rows]
        for row, text in zip(rows, [*texts[1:], texts[0]], strict=True):
            page.cell(row, 9).value = text

    raw = edited(made(four), change)
    found = previewed(four, raw)
    (question,) = found.questions
    assert question.place == "Tiltak!I"
    assert "sortert for seg" in question.sentence
    assert not found.is_clear
    assert previewed(four, raw, sure=("Tiltak!I",)).is_clear


def test_two_texts_that_change_places_are_no_sorted_column(four: Database) -> None:
    first, second = (measure.key for measure in present(four).measures[:2])
    raw = filled(made(four), {
        ("Tiltak", first, "Dette er gjort"): f"Gjort i {second}",
        ("Tiltak", second, "Dette er gjort"): f"Gjort i {first}",
    })  # fmt: skip
    assert previewed(four, raw).is_clear


def test_what_is_finished_is_reopened_only_by_who_is_asked(planned: Database) -> None:
    say(planned, phase=Phase.COMPLETED, done="Ferdig")
    raw = filled(made(planned), {("Tiltak", "1.1.1", "Fase"): "Pågår"})
    (question,) = previewed(planned, raw).questions
    assert (question.place, question.sentence) == (
        "Tiltak!G4", "1.1.1 er meldt som fullført, og åpnes igjen som pågår."
    )  # fmt: skip
    assert previewed(planned, raw, sure=("Tiltak!G4",)).is_clear


def test_what_is_dropped_is_not_asked_about(planned: Database) -> None:
    say(planned, phase=Phase.DROPPED, assessment=Assessment.NOT_ASSESSED, cause="Ingen penger", done="Slutt")
    book = openpyxl.load_workbook(io.BytesIO(made(planned)))
    assert "1.1.1" not in [cell.value for cell in book["Tiltak"]["A"]]


BAD = {
    ("Tiltak", "1.1.1", "Dette er gjort"): "To svar sendt",
    ("Milepæler", "1.1.1-m1", "Nådd"): "ja",
    ("Milepæler", "1.1.1-m1", "Dokumentasjon"): "Referat",
    ("Tiltak", "1.1.2", "Fase"): "Pågår",
    ("Tiltak", "1.1.2", "Vurdering"): "Vesentlig avvik",
}


def test_a_bad_cell_is_skipped_and_the_rest_is_saved_with_a_word_for_it(planned: Database) -> None:
    told(planned)
    raw = filled(made(planned), BAD)
    found = previewed(planned, raw)
    assert found.can_skip
    assert not found.is_clear
    rest = previewed(planned, raw, skip_bad=True)
    assert rest.is_clear
    assert {(change.key, change.field) for change in rest.changes} == {
        ("1.1.1", "done"),
        ("1.1.1-m1", "evidence"),
    }
    places = {problem.place: problem.message for problem in rest.skipped}
    assert set(places) == {"Milepæler!E4", "Tiltak!J5", "Tiltak!K5"}
    assert places["Tiltak!J5"].endswith("Hele raden er utelatt.")
    saved = save(planned, rest)
    assert saved
    assert present(planned).measure("1.1.2").report is None


def test_cells_made_one_cannot_be_skipped(shelf: Database, blank: bytes) -> None:
    found = previewed(shelf, edited(blank, lambda book: book["Tiltak"].merge_cells("I4:I5")), skip_bad=True)
    assert not found.can_skip
    assert not found.is_clear
    assert found.skipped == ()


def test_the_command_tells_what_is_not_read_and_skips_what_is_bad_when_told_to(
    shelf: Database, blank: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "skjema.xlsx"
    file.write_bytes(edited(blank, commented))
    assert run(shelf, file) == 0
    seen = capsys.readouterr()
    assert "Ingenting å endre, men det står noe i fila som ikke er lest." in seen.out
    assert "Ikke lest: Tiltak!I4: merknaden" in seen.err
    file.write_bytes(filled(blank, BAD))
    assert run(shelf, file, "--json") == 1
    assert {each["cell"] for each in json.loads(capsys.readouterr().out)["problems"]} >= {"Milepæler!E4"}
    before = newest(shelf)
    assert run(shelf, file, "--skip-bad", "--json") == 0
    facts: Any = json.loads(capsys.readouterr().out)
    assert (facts["problems"], facts["unread"], newest(shelf)) == ([], [], before)
    assert "Milepæler!E4" in {each["cell"] for each in facts["skipped"]}


def run(database: Database, file: Path, *more: str) -> int:
    return cli.run(["import-form", str(file), *more, "--database", database.url])
