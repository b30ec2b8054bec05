"""The benchmark: its statistics, its table, and the two pages ours stands beside. Nothing is timed."""

import gc
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bench import machine, parts, report, runs, table
from bench.growth import OPERATIONS, SIZES, enlarged, measured
from bench.samples import Sample, pooled, quantile
from bench.server import ROOT
from bench.session import Page
from bench.table import Row, Section
from strategy import config

REFERENCE = ROOT / "bench" / "reference"
values = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)

A_SECTION = Section(
    "Runs, ms",
    ("empty", "usual", "ours"),
    (Row("/", ("40.0", "130.0", "9.0"), "≤ 0.70", True), Row("/om", ("40.0",), "≤ 0.70", False)),
)


def test_the_median_of_an_odd_number_is_the_one_in_the_middle() -> None:
    assert Sample((30, 10, 20)).p50 == 20


def test_between_two_values_the_quantile_is_on_the_line() -> None:
    assert quantile([10, 20], 0.5) == 15
    assert Sample(tuple(range(101))).p95 == 95


def test_nothing_measured_has_no_median() -> None:
    with pytest.raises(ValueError, match="nothing"):
        quantile([], 0.5)


@given(values, st.floats(0, 1))
def test_a_quantile_lies_among_the_values(found: list[float], share: float) -> None:
    assert min(found) <= quantile(found, share) <= max(found)


@given(values)
def test_a_higher_share_never_gives_a_lower_quantile(found: list[float]) -> None:
    sample = Sample(tuple(found))
    assert sample.p50 <= sample.p95


@given(values, values)
def test_pooling_keeps_every_value(some: list[float], more: list[float]) -> None:
    assert pooled([Sample(tuple(some)), Sample(tuple(more))]).values == (*some, *more)


def test_a_ratio_on_its_limit_reaches_the_target() -> None:
    assert table.limit(0.7, 0.7, "0.7 × empty") == ("≤ 0.7 × empty", True)
    assert table.limit(0.71, 0.7, "0.7 × empty") == ("≤ 0.7 × empty", False)


def test_the_table_says_every_figure_its_target_and_whether_it_was_reached() -> None:
    for said in (table.plain([A_SECTION]), table.markdown([A_SECTION])):
        lines = said.splitlines()
        assert any("130.0" in line and "≤ 0.70" in line and "ok" in line for line in lines)
        assert any("/om" in line and "miss" in line for line in lines)


def test_every_row_of_the_markdown_has_as_many_cells() -> None:
    assert {line.count("|") for line in table.markdown([A_SECTION]).splitlines()} == {table.COLUMNS + 1}


def test_the_summary_names_what_was_missed() -> None:
    assert table.summary([A_SECTION]) == "1 of 2 targets reached. Missed: Runs, ms: /om."


def test_errors_while_measuring_are_told_apart_from_missed_targets() -> None:
    assert table.without_errors([A_SECTION])
    assert not table.without_errors([Section("Load", (), (Row(table.ERRORS, ("3",), "0", False),))])


def test_a_new_table_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"# Before\n{report.BEGINS}\nold\n{report.ENDS}\nafter\n")
    for _turn in range(2):
        report.write(["head"], [A_SECTION], document)
    text = document.read_text()
    assert text.startswith("# Before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert text.count("Runs, ms") == 2  # the section's head, and the summary


def test_a_document_without_marks_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("mine")
    with pytest.raises(ValueError, match="has no"):
        report.write(["head"], [A_SECTION], document)
    assert document.read_text() == "mine"


def test_the_published_document_has_a_place_for_the_table() -> None:
    text = report.DOCUMENT.read_text()
    assert text.index(report.BEGINS) < text.index(report.ENDS)


def test_every_part_is_a_function_that_says_what_it_measures() -> None:
    assert all(part.__doc__ for part in parts.PARTS.values())


def test_every_page_is_measured_once() -> None:
    assert len(set(runs.PAGES)) == len(runs.PAGES)
    assert {page.path for page in runs.PAGES} >= {"", "hovedmal-1", "tiltak", "oppdatering", "om"}


def test_an_address_is_written_as_in_the_browser() -> None:
    assert Page().address == "/"
    assert Page("tiltak", "t=1.2.1").address == "/tiltak?t=1.2.1"


def test_the_machine_is_described_with_its_versions() -> None:
    said = "\n".join(machine.described(7, machine.load_average(), quick=True))
    assert "seed 7" in said
    assert "streamlit" in said


@pytest.mark.parametrize("page", ["empty", "usual"])
def test_a_reference_runs_on_the_example(
    page: str, example_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(example_file, tmp_path / "example.db")
    monkeypatch.setenv("STRATEGY_DATABASE_URL", config.sqlite_url(tmp_path / "example.db"))
    at = AppTest.from_file(REFERENCE / f"{page}.py", default_timeout=60).run()
    assert not at.exception
    if page == "usual":
        assert len(at.dataframe) == 2
        assert sum(int(metric.value) for metric in at.metric[:4]) >= 20


def test_every_operation_can_be_measured_on_the_example(example_file: Path, tmp_path: Path) -> None:
    shutil.copy(example_file, tmp_path / f"times-{SIZES[0]}.db")
    gc.freeze()  # it collects before each, and all that earlier tests have left need not be gone through
    found = measured([enlarged(tmp_path, 1)], tmp_path, 1, random.Random(1))
    gc.unfreeze()
    assert set(found) == set(OPERATIONS)
    assert all(len(sizes[1].values) == 1 for sizes in found.values())
