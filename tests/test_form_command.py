"""The form from the command line: out, filled in, back; written only when told to."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from strategy import cli, database
from tests.databases import PLAN, a_plan, adopt, connect, newest, present, say


@pytest.fixture
def plan(tmp_path: Path, sqlite_template: Path) -> database.Database:
    shutil.copy(sqlite_template, tmp_path / "plan.db")
    opened = connect(f"sqlite:///{tmp_path / 'plan.db'}")
    adopt(opened, a_plan())
    say(opened, done="Ett svar sendt")
    return opened


@pytest.fixture
def form(plan: database.Database, tmp_path: Path) -> Path:
    """The form, with one cell written over and a word chosen."""
    file = tmp_path / "skjema.xlsx"
    assert run(plan, "export", "update-form", "--person", "fag", "--out", str(file)) == 0
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    book["Tiltak"]["I4"].value = "To svar sendt"
    book["Tiltak"]["G4"].value = "Fullført"
    book.save(file)
    return file


def run(plan: database.Database, *args: str) -> int:
    return cli.run([*args, "--database", plan.url])


def test_every_change_is_printed_and_nothing_written_without_yes(
    plan: database.Database, form: Path, capsys: pytest.CaptureFixture[str]
):
    before = newest(plan)
    capsys.readouterr()
    assert run(plan, "import-form", str(form)) == 0
    said = capsys.readouterr().out
    assert "~ Rapport 1.1.1 Skrive høringssvar" in said
    assert "dette er gjort: Ett svar sendt → To svar sendt  (Tiltak!I4)" in said
    assert "2 endringer. Ingenting er lagret; legg til --yes" in said
    assert newest(plan) == before


def test_yes_writes_all_of_it_as_one_change(
    plan: database.Database, form: Path, capsys: pytest.CaptureFixture[str]
):
    before = newest(plan)
    capsys.readouterr()
    assert run(plan, "import-form", str(form), "--yes", "--json") == 0
    facts: Any = json.loads(capsys.readouterr().out)
    assert [(c["key"], c["field"], c["from"], c["to"]) for c in facts["changes"]] == [
        ("1.1.1", "phase", "in_progress", "completed"),
        ("1.1.1", "done", "Ett svar sendt", "To svar sendt"),
    ]
    assert facts["problems"] == []
    assert facts["change"] == newest(plan) == before + 1
    report = present(plan).measure("1.1.1").report
    assert report
    assert report.done == "To svar sendt"
    assert run(plan, "import-form", str(form), "--yes") == 0
    assert "Ingenting å endre." in capsys.readouterr().out
    assert newest(plan) == before + 1


def test_what_stands_in_the_way_is_told_and_nothing_is_written_even_with_yes(
    plan: database.Database, form: Path, capsys: pytest.CaptureFixture[str]
):
    say(plan, done="Sagt på siden")
    before = newest(plan)
    capsys.readouterr()
    assert run(plan, "import-form", str(form), "--yes") == 1
    said = capsys.readouterr()
    assert "Tiltak!I4: også endret av andre" in said.err
    assert "«Sagt på siden»" in said.err
    assert run(plan, "import-form", str(form), "--json") == 1
    facts = json.loads(capsys.readouterr().out)
    (conflict,) = facts["conflicts"]
    assert (conflict["base"], conflict["theirs"]) == ("Ett svar sendt", "Sagt på siden")
    assert conflict["ours"] == "To svar sendt"
    assert facts["problems"][0]["cell"] == "Tiltak!I4"
    assert newest(plan) == before


def test_the_forms_of_all_are_one_file_with_one_for_each_role_that_answers_for_something(
    plan: database.Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "skjemaer.zip"
    assert run(plan, "export", "update-form", "--all", "--out", str(file)) == 0
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert [name.split("-")[1] for name in names] == ["fag", "nestleder"]
        mine = tmp_path / "fag.xlsx"
        mine.write_bytes(archive.read(names[0]))
    book = openpyxl.load_workbook(mine)
    assert [row[0].value for row in book["Tiltak"].iter_rows(min_row=4) if row[0].value] == ["1.1.1"]
    assert run(plan, "import-form", str(mine)) == 0
    assert run(plan, "export", "update-form", "--all", "--person", "fag", "--out", str(file)) == 2
    assert "enten --person eller --all" in capsys.readouterr().err


def test_there_are_no_forms_where_nobody_answers_for_anything(
    plan: database.Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    adopt(plan, a_plan(without=("1.1.1@fag", "1.1.2@nestleder")))
    assert run(plan, "export", "update-form", "--all", "--out", str(tmp_path / "ut.zip")) == 1
    assert "ingen skjemaer å lage" in capsys.readouterr().err


def test_a_file_that_is_no_form_is_refused_with_a_sentence(
    plan: database.Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "skjema.xlsx"
    file.write_text("Nøkkel;Fase\n", "utf-8")
    assert run(plan, "import-form", str(file), "--yes") == 1
    assert "Fila er ren tekst" in capsys.readouterr().err
    assert run(plan, "export", "update-form", "--person", "ingen", "--out", str(tmp_path / "ut.xlsx")) == 1
    assert present(plan).strategy.key == PLAN
    assert not (tmp_path / "ut.xlsx").exists()
