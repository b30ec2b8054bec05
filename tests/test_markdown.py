"""What people wrote stands letter by letter in Markdown, in a file and on a page."""

import re
from datetime import date

import pytest

from strategy.exports.formats import markdown as file
from strategy.exports.outline import Outline, Run, Table, body, line
from strategy.ui import markdown as page

MARKS = "\\`*_[]<>#|~"


def written(*blocks: Table) -> list[str]:
    outline = Outline("T", "O", "S", "nb-NO", date(2026, 11, 23), "", "", blocks)
    return file.render(outline).decode().splitlines()


def cells(row: str) -> list[str]:
    """The cells of a row as a reader of Markdown divides it: at each bar that no backslash stands before."""
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def test_a_bar_in_a_cell_of_a_file_divides_nothing():
    rows = ((line("a|b", Run(" | c")), line("d")), (line("e"), line("|")))
    head, rule, *others = (row for row in written(Table("T", ("A|1", "B"), rows, (1, 1))) if row[:1] == "|")
    assert [cells(row) for row in (head, *others)] == [["A|1", "B"], ["a|b | c", "d"], ["e", "|"]]
    assert rule == "| --- | --- |"


@pytest.mark.parametrize("mark", MARKS)
def test_no_mark_in_a_file_does_anything(mark: str):
    outline = Outline("T", "O", "S", "nb-NO", date(2026, 11, 23), "", "", (body(f"a{mark}b"),))
    assert f"a\\{mark}b" in file.render(outline).decode()


@pytest.mark.parametrize("mark", MARKS + '{}()+-.!$:^=&"')
def test_no_mark_on_a_page_does_anything(mark: str):
    assert page.plain(f"a{mark}b") == f"a\\{mark}b"


def test_what_looks_like_html_is_shown_as_it_was_written():
    assert page.plain("<b>x</b>") == r"\<b\>x\</b\>"
    assert page.cell("<b>|</b>").startswith(r"\<b\>\|")
    assert page.link("<i>", "https://noku.no").startswith(r"[\<i\>](<https://noku.no>)")
