"""The Excel form that goes out: what is in it, what is locked, and that its texts do nothing."""

import inspect
import io
import pkgutil
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from strategy import current, exports, record
from strategy.database import connect
from strategy.errors import NotFound
from strategy.terms import Assessment
from strategy.workbook import form
from tests.databases import PLAN, Database, by, present, say

TODAY = date(2026, 11, 23)
SHEETS = [form.GUIDE, "Tiltak", "Milepæler", "Målinger", form.MARKER]


@pytest.fixture
def reported(planned: Database) -> Database:
    """The plan with a report, a milestone and a value."""
    late: dict[str, Any] = {"cause": "=1+1", "remedy": "Vi venter\ntil våren"}
    say(planned, assessment=Assessment.SOME_DEVIATION, done='=HYPERLINK("http://x","y")', **late)
    with planned.writing() as session:
        record.milestone(by(session), "1.1.1-m1", 0, measure="1.1.1", title="_x0041_ sendt",
                         due=date(2026, 12, 1))  # fmt: skip
    with planned.writing() as session:
        record.value(by(session), "svar", "2026", 0, value=Decimal("4.5"))
    return planned


def made(database: Database, person: str = "") -> bytes:
    with database.reading() as session:
        return exports.update_form(session, present(database), TODAY, person)


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def column(book: openpyxl.Workbook, sheet: str, header: str) -> list[object]:
    rows = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [row[rows[0].index(header)] for row in rows[1:]]


def test_every_measure_stands_in_the_plans_order_with_what_was_last_said(reported: Database):
    book = opened(made(reported))
    assert book.sheetnames == SHEETS
    assert column(book, "Tiltak", form.KEY) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert column(book, "Tiltak", "Vurdering") == ["Noe avvik", None, None, None]
    assert column(book, "Tiltak", "Sist meldt")[0] == "Pågår\n▲ Noe avvik\n23.11.2026"
    assert column(book, "Tiltak", "Sist meldt")[1] == "Ikke rapportert"
    assert column(book, "Milepæler", form.KEY) == ["1.1.1-m1"]
    assert column(book, "Målinger", "Verdi")[0:2] == [None, None]
    assert 4.5 in column(book, "Målinger", "Verdi")


def test_the_form_of_one_role_has_only_what_they_answer_for(reported: Database):
    assert column(opened(made(reported, "fag")), "Tiltak", form.KEY) == ["1.1.1"]
    assert column(opened(made(reported, "nestleder")), "Tiltak", form.KEY) == ["1.1.2"]  # as proposed
    assert column(opened(made(reported, "leder")), "Tiltak", form.KEY) == []  # contributes only
    with pytest.raises(NotFound, match="ingen"):
        made(reported, "ingen")


def test_no_text_becomes_a_formula_or_a_link(reported: Database):
    with zipfile.ZipFile(io.BytesIO(made(reported))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SHEETS)
    for sheet in sheets:
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
    book = opened(made(reported))
    assert column(book, "Tiltak", "Dette er gjort")[0] == '=HYPERLINK("http://x","y")'
    assert column(book, "Milepæler", "Milepæl") == ["_x0041_ sendt"]


def test_only_what_is_to_be_filled_in_is_open_and_every_sheet_is_protected(reported: Database):
    book = opened(made(reported))
    for sheet in form.SHEETS:
        page = book[sheet.name]
        assert page.protection.sheet
        assert not page.protection.password
        for cell, shape in zip(page[4], sheet.columns, strict=True):
            assert cell.protection.locked is not shape.editable, shape.header
    assert book[form.MARKER].sheet_state == "veryHidden"


def test_closed_lists_are_to_choose_from_and_every_white_column_has_a_note(reported: Database):
    book = opened(made(reported))
    lists = [rule.formula1 for rule in book["Tiltak"].data_validations.dataValidation if rule.type == "list"]
    assert '"I rute,Noe avvik,Vesentlig avvik,Ikke vurdert"' in lists
    assert len(lists) == 3
    for sheet in form.SHEETS:
        for cell, shape in zip(book[sheet.name][3], sheet.columns, strict=True):
            assert bool(cell.comment) is shape.editable


def test_the_hidden_sheet_knows_the_plan_the_change_and_the_version_of_every_row(reported: Database):
    rows = list(opened(made(reported, "fag"))[form.MARKER].iter_rows(values_only=True))
    assert rows[0][:3] == (form.FORMAT, PLAN, str(present(reported).change_id))
    assert re.fullmatch("[0-9a-f]{64}", str(rows[0][3]))
    assert rows[0][4] == "fag"
    versions = form.unpacked((str(row[0]), str(row[1])) for row in rows[1:])
    assert versions["status_report", "1.1.1"] == 1
    assert versions["milestone", "1.1.1-m1"] == 1
    assert versions["indicator_value", "svar@2026"] == 1
    assert versions["indicator_value", "svar@2025"] == 0


def test_the_same_plan_gives_the_same_bytes(reported: Database):
    assert made(reported) == made(reported)


def test_what_is_made_from_the_example_says_so_on_every_sheet(example_file: Path):
    shown = connect(f"sqlite:///{example_file}")
    with shown.reading() as session:
        book = opened(exports.update_form(session, current.plan(shown), TODAY))
    for page in book:
        said = [str(value) for row in page.iter_rows(max_row=4, values_only=True) for value in row if value]
        assert any("Eksempeldata – oppdiktet" in text for text in said), page.title
        assert page.oddFooter.left.text == "Eksempeldata – oppdiktet"


def test_no_way_to_make_a_file_hides_a_module_of_the_same_name():
    """Importing a module puts it in the package under its own name, over whatever stood there."""
    modules = {module.name for module in pkgutil.iter_modules(exports.__path__)}
    assert not modules & {name for name, found in vars(exports).items() if inspect.isfunction(found)}


def test_the_form_can_be_made_again_and_again(reported: Database):
    assert made(reported) == made(reported)
