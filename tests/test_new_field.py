"""One field more is its declaration and its column: the contract is walked in a copy that has three."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from strategy import document
from tests.test_document import PLAN

ROOT = Path(__file__).parent.parent
COPIED = "MORE_FIELDS" in os.environ
BESIDE = (
    "strategy", "pages", "tests", "data/example", "docs", ".streamlit", "app.py", "pyproject.toml",
    "strategy.yaml",
)  # fmt: skip
NEXT = "\n\n\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass Person"
"""What is declared after a measure."""
FIELDS = """\
    budget: int | None = given(
        mark("{budget}"), None, where=_FILE | Where.APP | Where.TABLE, description="Hele kroner.",
    )
    share: Decimal | None = given(
        mark("andel"), None, where=_FILE | Where.APP | Where.TABLE, description="Av alt, i prosent.",
    )
    heard_on: date | None = given(
        mark("høringsdag"), None, where=_FILE | Where.APP | Where.TABLE, description="Dagen for høring.",
    )
"""
COLUMNS = '''"""What the copy has more; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "copied", "{newest}"


def upgrade() -> None:
    op.add_column("measure", sa.Column("budget", sa.Integer(), nullable=True))
    op.add_column("measure", sa.Column("share", sa.String(40), nullable=True))
    op.add_column("measure", sa.Column("heard_on", sa.Date(), nullable=True))
'''


def walked(folder: Path, only: str, budget: str = "budsjett") -> "subprocess.CompletedProcess[str]":
    """Some of the contract, in a copy with nothing more than the declarations and their columns."""
    for name in BESIDE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    declared = folder / "strategy" / "things" / "plan.py"
    said = declared.read_text("utf-8")
    declared.write_text(said.replace(NEXT, f"\n{FIELDS.format(budget=budget)}{NEXT}"), "utf-8")
    versions = folder / "strategy" / "migrations" / "versions"
    newest = max(versions.glob("0*.py")).name[:4]
    (versions / "copied.py").write_text(COLUMNS.format(newest=newest), "utf-8")
    tests = ("tests/test_contract.py", "tests/test_new_field.py")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-k", only, *tests],
        cwd=folder, env=os.environ | {"MORE_FIELDS": "1", "PYTHONPATH": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(COPIED, reason="this is the copy that has them")
def test_a_whole_number_a_number_and_a_day_more_need_nothing_but_their_declaration(tmp_path: Path):
    ran = walked(tmp_path, "budget or share or heard_on or copy")
    assert ran.returncode == 0, ran.stdout
    assert int(re.findall(r"(\d+) passed", ran.stdout)[0]) >= 3 * 7


@pytest.mark.skipif(COPIED, reason="this is the copy that has them")
def test_a_field_without_a_name_turns_the_contract_red(tmp_path: Path):
    ran = walked(tmp_path, "word_a_reader_knows and budget", budget="")
    assert ran.returncode == 1
    assert "test_it_has_a_word_a_reader_knows[measure-budget]" in ran.stdout


@pytest.mark.skipif(not COPIED, reason="only in the copy that has them")
@pytest.mark.parametrize(
    "written", ["12.5", "25 000", '"7"', "1e3", "010", "1234567890", "mye", "-0", "true"]
)
def test_the_copy_refuses_what_is_no_whole_number_in_the_file(written: str):
    said = PLAN.replace("            kind: limited\n", f"            budget: {written}\n")
    _plan, (found,) = document.read(said.encode())
    assert "er ikke et helt tall her." in found.message
    assert "Skriv høyst ni sifre" in found.hint
