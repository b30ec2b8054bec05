"""The Word file: opened again as Word would, it is whole, edited by styles alone, and the same every time."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx as word
import pytest
import vl_convert
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from strategy import changes, exports, snapshot
from strategy.database import connect
from strategy.exports.formats import docx, pictures, template
from strategy.exports.outline import (
    Block,
    Bullets,
    Contents,
    Facts,
    Heading,
    Numbered,
    Outline,
    PageBreak,
    Picture,
    Point,
    Run,
    Shares,
    Style,
    Table,
    Trend,
    Trends,
    body,
    line,
)
from strategy.snapshot import Snapshot
from strategy.terms import Assessment
from strategy.values import Mark

MADE_ON = date(2026, 11, 23)
TEXT_WIDTH = 11906 - 2 * 1304
"""An A4 page between its margins, in twentieths of a point."""

SHARES = Shares((("Hovedmål 1", ((Assessment.ON_TRACK, 3), (Assessment.MAJOR_DEVIATION, 1))),))
TREND = Trend(
    "Høringssvar", "● I rute\nfra 2 til 7", (Point(date(2025, 12, 31), 2), Point(date(2026, 12, 31), 7)),
    (Point(date(2024, 12, 31), 2), Point(date(2028, 12, 31), 1234.5)), "7", "mål 1\u00a0234,5",
)  # fmt: skip
TRENDS = Trends((TREND,), 2024, 2028)
ODD = "Å, æ & ø <b>«x»</b> ]]> \U0001f3ad שלום \u00ad – \u2212\u00a0100 & slutt  "


def an_outline(*blocks: Block) -> Outline:
    return Outline(
        "Årsmelding 2026", "Norsk kulturforum", "Strategi", "nb-NO", MADE_ON, "NOKU · Årsmelding 2026",
        "Eksempeldata – oppdiktet", blocks,
    )  # fmt: skip


def opened(content: bytes) -> Any:
    return word.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def xml(content: bytes, name: str) -> Any:
    return etree.fromstring(parts(content)[name])


def attributes(root: Any, tag: str, name: str) -> list[str]:
    return [element.get(qn(name)) for element in root.iter(qn(tag))]


def texts(document: Any) -> Iterator[str]:
    """Every paragraph and cell, in order; the contents too."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(
            "\n" if piece.tag == qn("w:br") else piece.text or ""
            for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        )


@pytest.fixture(scope="module")
def example(example_file: Path) -> Snapshot:
    return _read(example_file, lambda session, key: snapshot.load(session, key, changes.newest(session)))


@pytest.fixture(scope="module")
def report(example_file: Path) -> bytes:
    """The example's annual report for the year its story has come to."""
    return _read(example_file, lambda session, key: exports.annual_report(session, key, 2026, MADE_ON))


def _read(file: Path, what: Any) -> Any:
    database = connect(f"sqlite:///{file}")
    with database.reading() as session:
        (key,) = snapshot.strategies(session, changes.newest(session))
        found = what(session, key)
    database.close()
    return found


def test_the_headings_stand_in_order_and_skip_no_level(report: bytes):
    names = [p.style.name for p in opened(report).paragraphs if p.style.name.startswith("Heading ")]
    levels = [0, *(int(name[-1]) for name in names)]
    assert set(levels) == {0, 1, 2, 3}
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_measure_and_every_adopted_text_is_in_the_file(report: bytes, example: Snapshot):
    said = list(texts(opened(report)))
    for measure in example.measures:
        assert f"{measure.key} {measure.name}" in said
        assert measure.text in said
    for goal in example.goals:
        assert goal.text in said
        assert all(f"Delmål {s.key}: {s.text}" in said for s in goal.subgoals)


def test_what_is_not_reported_is_said_in_the_file(report: bytes):
    assert "Ikke rapportert i 2026." in list(texts(opened(report)))


def test_an_example_is_marked_on_the_cover_on_every_page_and_in_the_properties(report: bytes):
    document = opened(report)
    cover = [p.text for p in document.paragraphs[:8]]
    assert "Eksempeldata – oppdiktet" in cover
    assert document.sections[0].header.paragraphs[0].text.endswith("Eksempeldata – oppdiktet")
    assert "Eksempeldata – oppdiktet" in document.core_properties.keywords


def test_every_table_repeats_its_header_and_keeps_its_rows_whole(report: bytes):
    tables = opened(report).element.body.findall(qn("w:tbl"))
    assert len(tables) >= 10
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows] == [
            True, *[False] * (len(rows) - 1),
        ]  # fmt: skip
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        assert table.find(qn("w:tblPr")).find(qn("w:tblCaption")).get(qn("w:val"))
        assert len({len(row.findall(qn("w:tc"))) for row in rows}) == 1


def test_every_picture_has_an_alternative_text(report: bytes):
    document = opened(report)
    described = [
        drawing.find(".//" + qn("wp:docPr")) for drawing in document.element.body.iter(qn("w:drawing"))
    ]
    assert len(described) >= 4
    assert all(len(properties.get("descr")) > 20 for properties in described)
    assert len({properties.get("id") for properties in described}) == len(described)


def test_every_measure_of_a_goal_has_its_strip_in_the_table(report: bytes, example: Snapshot):
    found = [list(table.iter(qn("w:tr"))) for table in xml(report, "word/document.xml").iter(qn("w:tbl"))]
    rows = [row for head, *rest in found if "Forløp 2024–2028" in "".join(head.itertext()) for row in rest]
    drawn = [row.find(f".//{qn('wp:docPr')}") for row in rows]
    assert len(drawn) == len(example.measures)
    assert all(each.get("descr").startswith("Forløp: ") for each in drawn)


def test_the_file_is_norwegian_through_and_through(report: bytes):
    assert set(attributes(xml(report, "word/styles.xml"), "w:lang", "w:val")) == {"nb-NO"}
    assert attributes(xml(report, "word/settings.xml"), "w:themeFontLang", "w:val") == ["nb-NO"]
    assert opened(report).core_properties.language == "nb-NO"
    assert b"w:lang" not in parts(report)["word/document.xml"]


def test_nothing_in_the_text_is_formatted_by_hand(report: bytes):
    for name, content in parts(report).items():
        if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name):
            root = etree.fromstring(content)
            assert {child.tag for rpr in root.iter(qn("w:rPr")) for child in rpr} <= {qn("w:rStyle")}, name
            assert {child.tag for ppr in root.iter(qn("w:pPr")) for child in ppr} == {qn("w:pStyle")}, name


def test_every_style_used_is_defined_and_nothing_of_the_template_is_left(report: bytes):
    content = parts(report)
    defined = set(attributes(xml(report, "word/styles.xml"), "w:style", "w:styleId"))
    used = set()
    for name in content:
        if name.startswith("word/") and name.endswith(".xml"):
            for tag in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"):
                used |= set(attributes(xml(report, name), tag, "w:val"))
    assert used <= defined
    assert not [
        name for name in content if "thumbnail" in name or "customXml" in name or "stylesWith" in name
    ]
    assert b"python-docx" not in content["docProps/core.xml"]


def test_word_of_today_opens_it_without_asking_anything(report: bytes):
    settings = xml(report, "word/settings.xml")
    modes = {s.get(qn("w:name")): s.get(qn("w:val")) for s in settings.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    assert settings.find(qn("w:updateFields")) is None
    assert not [e for e in xml(report, "word/document.xml").iter(qn("w:fldChar")) if e.get(qn("w:dirty"))]


def test_fields_number_the_pages_tables_and_figures_and_make_the_contents(report: bytes):
    root = xml(report, "word/document.xml")
    codes = [code.text.strip() for code in root.iter(qn("w:instrText"))]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
    tables, drawings = len(list(root.iter(qn("w:tbl")))), len(list(root.iter(qn("w:drawing"))))
    strips = len(list(root.iterfind(f".//{qn('w:tbl')}//{qn('w:drawing')}")))
    assert codes.count("SEQ Tabell \\* ARABIC") == tables
    assert codes.count("SEQ Figur \\* ARABIC") == drawings - strips
    (footer,) = (name for name in parts(report) if name.startswith("word/footer"))
    assert [code.text.strip() for code in xml(report, footer).iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    for name in ("word/document.xml", footer):
        kinds = attributes(xml(report, name), "w:fldChar", "w:fldCharType")
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_captions_are_numbered_from_one_without_a_gap(report: bytes):
    said = [p.text for p in opened(report).paragraphs if p.style.name == "Caption"]
    for word_ in ("Tabell", "Figur"):
        numbers = [int(found[1]) for text in said if (found := re.match(rf"{word_} (\d+)\. ", text))]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_contents_are_filled_in_and_every_link_leads_to_a_heading(report: bytes):
    root = xml(report, "word/document.xml")
    bookmarks = attributes(root, "w:bookmarkStart", "w:name")
    assert len(set(bookmarks)) == len(bookmarks)
    assert set(attributes(root, "w:hyperlink", "w:anchor")) <= set(bookmarks)
    (contents,) = root.iter(qn("w:sdtContent"))
    entries = ["".join(t.text for t in p.iter(qn("w:t"))) for p in contents.findall(qn("w:p"))]
    paragraphs = opened(report).paragraphs
    headings = [p.text for p in paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert entries == ["Innhold", *headings, ""]


def test_it_is_a_page_of_a4_with_a_bare_cover(report: bytes):
    section = opened(report).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""


def test_the_properties_say_what_it_is_and_whose(report: bytes):
    properties = opened(report).core_properties
    assert (properties.title, properties.author) == ("Årsmelding 2026", "Norsk kulturforum")
    assert properties.created == properties.modified == datetime(2026, 11, 23, tzinfo=UTC)


def test_the_same_outline_gives_the_same_bytes():
    outline = an_outline(
        Heading(1, "En", "en"), Picture(TRENDS, "Figur", "Alt"), Table("T", ("A",), ((line("1"),),), (1,))
    )
    first = docx.render(outline)
    pictures.png.cache_clear()
    assert docx.render(outline) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (2026, 11, 23, 0, 0, 0)
    }


def test_odd_characters_survive_wherever_they_stand():
    table = Table(ODD, (ODD,), ((line(Run(ODD, strong=True)),),), (1,))
    outline = an_outline(
        Contents(ODD), Heading(1, ODD, "en"), body(ODD, style=Style.ADOPTED), Bullets((line(ODD),)), table,
        Picture(SHARES, ODD, ODD),
    )  # fmt: skip
    document = opened(docx.render(outline))
    said = list(texts(document))
    assert (
        sum(ODD in text for text in said) == 9
    )  # contents twice, heading, text, bullet, caption twice, head, cell
    assert next(iter(document.element.body.iter(qn("wp:docPr")))).get("descr") == ODD


def test_lists_that_count_are_words_own_and_each_begins_where_it_says():
    one, two = (line("a"), line("b")), (line("c"),)
    made = docx.render(an_outline(Heading(1, "En", "en"), Numbered(one), Numbered(two, Style.RESOLUTION, 4)))
    root, numbering = xml(made, "word/document.xml"), xml(made, "word/numbering.xml")
    assert attributes(root, "w:numId", "w:val") == ["2", "2", "3"]
    assert attributes(numbering, "w:startOverride", "w:val") == ["1", "4"]
    assert attributes(root, "w:pStyle", "w:val")[-1] == "Vedtakspunkt"


def test_facts_are_paragraphs_with_a_tab_between():
    (fact,) = opened(docx.render(an_outline(Facts((("Dato", line("23.11.2026")),))))).paragraphs
    assert (fact.text, fact.style.name) == ("Dato:\t23.11.2026", "Opplysning")


def test_a_document_without_a_cover_has_its_running_head_on_the_first_page():
    bare = replace(an_outline(Heading(1, "En", "en")), cover=False)
    assert not opened(docx.render(bare)).sections[0].different_first_page_header_footer


def test_lines_and_tabs_become_words_own():
    root = xml(docx.render(an_outline(body("en\nto\ttre"))), "word/document.xml")
    (run,) = (r for r in root.iter(qn("w:r")) if r.find(qn("w:t")) is not None)
    assert [piece.tag for piece in run] == [qn(f"w:{tag}") for tag in ("t", "br", "t", "tab", "t")]


@given(st.text(st.characters(exclude_categories=[]), max_size=30))
def test_no_text_at_all_can_break_the_file(text: str):
    document = opened(
        docx.render(an_outline(Heading(1, text, "en"), body(text), Table(text, (text,), (), (1,))))
    )
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "".join(texts(document)))


def test_a_page_break_before_what_begins_a_page_anyway_makes_no_empty_page():
    root = xml(
        docx.render(an_outline(body("Forside"), PageBreak(), Contents("Innhold"), Heading(1, "En", "en"))),
        "word/document.xml",
    )
    assert list(root.iter(qn("w:br"))) == []
    root = xml(docx.render(an_outline(body("Forside"), PageBreak(), body("Mer"))), "word/document.xml")
    assert len(list(root.iter(qn("w:br")))) == 1


def test_a_mark_carries_its_own_style_and_a_link_goes_to_its_heading():
    run = Run(Mark(Assessment.SOME_DEVIATION, "Noe avvik"))
    outline = an_outline(
        Heading(1, "En", "en"), body(run, Run("dit", to="en"), Run("ingensteds", to="borte"))
    )
    root = xml(docx.render(outline), "word/document.xml")
    assert "NoeAvvik" in attributes(root, "w:rStyle", "w:val")
    assert attributes(root, "w:hyperlink", "w:anchor") == attributes(root, "w:bookmarkStart", "w:name")


def test_the_text_has_its_colour_from_a_style_so_that_a_mark_in_a_table_keeps_its_own():
    """LibreOffice puts the colour of the document's defaults over the character styles in a table."""
    root = xml(docx.render(an_outline(body("Tekst"))), "word/styles.xml")
    defaults = root.find(qn("w:docDefaults"))
    assert defaults is not None
    assert not list(defaults.iter(qn("w:color")))
    normal = next(s for s in root.iter(qn("w:style")) if s.get(qn("w:styleId")) == "Normal")
    assert list(normal.iter(qn("w:color")))


@pytest.mark.parametrize("chart", [SHARES, TRENDS], ids=["shares", "trends"])
def test_a_picture_is_drawn_and_not_blank(chart: Shares | Trends):
    drawn = Image.open(io.BytesIO(pictures.png(chart))).convert("RGB")
    assert min(drawn.size) > 80
    colours = drawn.getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 50
    accent = tuple(bytes.fromhex("1d4e5f" if chart is TRENDS else "1d6a54"))
    assert sum(count for count, colour in colours if colour == accent) > 100


def test_a_picture_changes_with_its_numbers():
    other = Trends((replace(TREND, values=(Point(date(2025, 12, 31), 3),)),), 2024, 2028)
    assert pictures.png(other) != pictures.png(TRENDS)


def test_a_picture_needs_no_network_and_writes_its_numbers_the_norwegian_way():
    assert "url" not in str(pictures.spec(TRENDS)).replace(
        "https://vega.github.io/schema/vega-lite/v5.json", ""
    )
    drawn = vl_convert.vegalite_to_svg(
        pictures.spec(TRENDS), allowed_base_urls=[], format_locale=pictures.NORWEGIAN
    )
    assert "1\u00a0000" in drawn
    assert "1,000" not in drawn
    assert "Liberation Sans" in drawn


def test_an_indicator_that_stands_still_or_falls_below_zero_can_be_drawn():
    for values in ((5.0, 5.0), (-3.0, -3.5), (0.0, 0.0)):
        points = tuple(Point(date(2025 + n, 12, 31), value) for n, value in enumerate(values))
        alone = replace(TREND, values=points, expected=(), aim="")
        assert pictures.png(Trends((alone, alone, alone), 2024, 2028))


def widths(table: Table) -> list[int]:
    """How wide the columns of a table are in the file, in twentieths of a point."""
    grid = opened(docx.render(an_outline(table))).tables[0]._tbl.tblGrid
    return [int(column.get(qn("w:w"))) for column in grid.iter(qn("w:gridCol"))]


def test_a_narrow_column_grows_to_its_longest_word_and_the_others_give_way():
    rows = ((line("1/2026"), line("Kort"), line("Orienteringssak")),)
    asked = Table("Saker", ("Sak", "Tittel", "Sakstype"), rows, (12, 70, 18))
    plainly = Table(
        "Saker", ("Sak", "Tittel", "Sakstype"), ((line("1"), line("A"), line("B")),), (12, 70, 18)
    )
    assert widths(plainly) == [TEXT_WIDTH * share // 100 for share in (12, 70, 18)]
    assert widths(asked)[2] > widths(plainly)[2]
    assert widths(asked)[1] < widths(plainly)[1]
    assert sum(widths(asked)) <= TEXT_WIDTH


def test_a_mark_and_its_word_are_measured_as_one():
    alone, marked = (
        Table("", ("A", "B"), ((line("x"), line(said)),), (95, 5)) for said in ("Vesentlig", "■ Vesentlig")
    )
    assert widths(marked)[1] > widths(alone)[1]


def test_a_table_short_of_room_has_smaller_letters_and_lets_the_longest_words_give_way():
    long = "Opplysningsansvarligordning"
    crowded = Table("", ("Dag", *"ABCD"), ((line("31.12.2027"), *[line(long)] * 4),), (1, 1, 1, 1, 1))
    day, *others = widths(crowded)
    assert day > 1000
    assert sum((day, *others)) <= TEXT_WIDTH
    assert len(set(others)) == 1
    used = {p.style.style_id for p in opened(docx.render(an_outline(crowded))).tables[0]._cells[5].paragraphs}
    assert used == {"TabelltekstTett"}


def test_a_bold_line_a_resolution_and_a_note_below_a_heading_stand_with_what_follows():
    bold, resolved, note = (
        body(Run("Forslag", strong=True)),
        body("Vedtas.", style=Style.RESOLUTION),
        body("x"),
    )
    file = opened(docx.render(an_outline(
        Heading(2, "A", "a"), note, Heading(3, "B", "b"), bold, resolved, body(Run("Enstemmig", strong=True)),
        Heading(2, "C", "c"), note, Heading(2, "D", "d"),
    )))  # fmt: skip
    used = [p.style.style_id for p in file.paragraphs if not p.style.name.startswith("Heading")]
    assert used == ["BrodtekstSammen", "BrodtekstSammen", "VedtakSammen", "BodyText", "BodyText"]
    assert all(file.styles[each.style.name].paragraph_format.keep_with_next for each in file.paragraphs
               if each.style.name in template.KEPT.values())  # fmt: skip


def domain(trend: Trend) -> list[float]:
    """The ends of the axis a trend is drawn against."""
    found: list[float] = pictures._place(trend, Trends((trend,), 2024, 2028))["y"]["scale"]["domain"]
    return found


@pytest.mark.parametrize("falls", [True, False])
def test_a_label_below_the_lowest_number_has_room_above_the_years(falls: bool):
    points = (Point(date(2024, 12, 31), 1172), Point(date(2025, 12, 31), 1104))
    low, high = domain(replace(TREND, expected=(), values=points if falls else points[::-1]))
    share = (1104 - low) / (high - low)
    assert share > 0.25 if falls else share < 0.15


def test_an_axis_near_zero_begins_there_where_no_label_hangs_below():
    points = (Point(date(2024, 12, 31), 0), Point(date(2025, 12, 31), 9))
    assert domain(replace(TREND, expected=(), values=points))[0] == 0


@pytest.mark.parametrize(("value", "above"), [(5, True), (1, False)])
def test_the_newest_number_is_told_on_the_side_where_the_dashed_line_is_not(value: int, above: bool):
    expected = (Point(date(2023, 12, 31), 0), Point(date(2028, 12, 31), 10))
    values = (Point(date(2024, 12, 31), 0), Point(date(2025, 6, 30), value))
    drawn = pictures._measured(replace(TREND, expected=expected, values=values), Trends((), 2024, 2028))
    mark = drawn[-1]["mark"]
    assert (mark["baseline"], mark["align"]) == (("bottom", "right") if above else ("top", "left"))
