"""The PDF: held to PDF/UA-1 by typst, read back by another library, and every text in it stands as itself."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from strategy import changes, exports, snapshot
from strategy.database import connect
from strategy.errors import BadInput
from strategy.exports.formats import pdf
from strategy.exports.forms import FORMS, OF_REPORT, written
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
    Run,
    Shares,
    Style,
    Table,
    body,
    line,
)
from strategy.terms import Assessment

MADE_ON = date(2026, 11, 23)
SHARES = Shares((("Hovedmål 1", ((Assessment.ON_TRACK, 3), (Assessment.MAJOR_DEVIATION, 1))),))
HOSTILE = (
    "#panic() $x$ *fet* _skrå_ ```kode``` @ref <merke> //borte /* og */ \\ ] [ } { #[a] ~ -- ... "
    "'enkel' \"dobbel\""
)


def an_outline(*blocks: Block, cover: bool = False) -> Outline:
    return Outline(
        "Styresak", "Norsk kulturforum", "Strategi", "nb-NO", MADE_ON, "NOKU · Styresak",
        "Eksempeldata – oppdiktet", blocks, cover,
    )  # fmt: skip


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def root(content: bytes) -> Any:
    return opened(content).trailer["/Root"]


def text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in opened(content).pages)


def squeezed(said: str) -> str:
    """Without what a line break may add or take."""
    return "".join(said.split()).replace("\u00ad", "")


def tags(content: bytes) -> Iterator[Any]:
    """Every element of the tree a screen reader walks."""
    waiting: list[Any] = [root(content)["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element["/K"])


@pytest.fixture(scope="module")
def report(example_file: Path) -> bytes:
    database = connect(f"sqlite:///{example_file}")
    with database.reading() as session:
        (key,) = snapshot.strategies(session, changes.newest(session))
        made = exports.annual_report(session, key, 2026, MADE_ON, "pdf")
    database.close()
    return made


def test_it_says_what_it_is_and_in_which_language(report: bytes):
    reader = opened(report)
    told, about = root(report), reader.metadata
    assert told["/Lang"] == "nb-NO"
    assert told["/MarkInfo"]["/Marked"]
    assert told["/ViewerPreferences"]["/DisplayDocTitle"]
    assert about is not None
    assert (about.title, about.author) == ("Årsmelding 2026", "Norsk kulturforum")
    assert b"pdfuaid" in told["/Metadata"].get_data()


def test_every_heading_is_a_bookmark_and_stands_in_the_contents_with_its_page(report: bytes):
    reader = opened(report)
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles[:2] == ["Sammendrag", "Visjon og verdier"]
    assert "Vedlegg 1: Slik måles indikatorene" in titles
    contents = reader.pages[1].extract_text()
    page = next(n for n, p in enumerate(reader.pages, 1) if n > 2 and "Visjon og verdier" in p.extract_text())
    assert f"Visjon og verdier {page}" in " ".join(contents.replace(".", " ").split())


def test_every_page_but_the_cover_has_its_number_and_its_running_head(report: bytes):
    cover, *others = [page.extract_text() for page in opened(report).pages]
    assert "Side " not in cover
    for number, said in enumerate(others, 2):
        assert f"Side {number} av {len(others) + 1}" in said
        assert "Norsk kulturforum · Årsmelding 2026" in said
        assert "Eksempeldata – oppdiktet" in said
    assert "Eksempeldata – oppdiktet" in cover


def test_tables_have_header_cells_and_pictures_alternative_texts(report: bytes, example_file: Path):
    found = list(tags(report))
    kinds = {str(element["/S"]) for element in found}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/TOC", "/Figure"} <= kinds
    alts = [element["/Alt"] for element in found if element["/S"] == "/Figure" and "/Alt" in element]
    assert len(alts) >= 4
    assert all(len(alt) > 20 for alt in alts)
    with closing(connect(f"sqlite:///{example_file}")) as database, database.reading() as session:
        measures = snapshot.load(session, "noku-2024-2028", changes.newest(session)).measures
    assert sum(alt.startswith("Forløp: ") for alt in alts) == len(measures)


def test_the_four_marks_are_drawn_by_a_typeface_that_has_them():
    said = " ".join(f"{a.mark} {a.label}" for a in Assessment)
    made = pdf.render(an_outline(Heading(1, "Merker", "m"), body(said)))
    assert squeezed(said) in squeezed(text(made))
    fonts = {str(font) for page in opened(made).pages for font in _fonts(page)}
    assert all("Libertinus" in font for font in fonts)


def test_a_long_table_repeats_its_header_on_every_page():
    rows = tuple((line(f"Tiltak {n}"), line("I rute")) for n in range(90))
    made = pdf.render(
        an_outline(Heading(1, "Lang", "l"), Table("Tiltakene", ("Navnet", "Merket"), rows, (3, 1)))
    )
    pages = [page.extract_text() for page in opened(made).pages]
    assert len(pages) > 1
    assert all("Navnet" in page for page in pages)


def test_the_same_outline_gives_the_same_bytes():
    outline = an_outline(Heading(1, "En", "en"), Picture(SHARES, "Figur", "Alt"), body("tekst \U0001f3ad"))
    assert pdf.render(outline) == pdf.render(outline)


def test_a_cover_is_bare_and_a_document_without_one_is_numbered_from_its_first_page():
    one = text(pdf.render(an_outline(Heading(1, "En", "en"))))
    assert "Side 1 av 1" in one
    with_cover = an_outline(
        body("Tittel", style=Style.TITLE), PageBreak(), Heading(1, "En", "en"), cover=True
    )
    first, second = (page.extract_text() for page in opened(pdf.render(with_cover)).pages)
    assert "Side" not in first
    assert "Side 2 av 2" in second


def test_a_link_goes_to_its_heading_and_one_to_nowhere_is_mere_text():
    blocks = (Heading(1, "En", "en"), body(Run("dit", to="en"), " ", Run("ingensteds", to="borte")))
    made = pdf.render(an_outline(*blocks))
    links = [a for page in opened(made).pages for a in page.get("/Annots", [])]
    assert len(links) == 1
    assert "ingensteds" in text(made)


def test_points_count_from_where_they_begin():
    made = pdf.render(
        an_outline(Heading(1, "En", "en"), Numbered((line("a"), line("b")), Style.RESOLUTION, 4))
    )
    assert "4.a5.b" in squeezed(text(made))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=30))
@example(HOSTILE)
@example("\U0001f3ad 漢字 שלום \U0001f469\u200d\U0001f469\u200d\U0001f467 e\u0301 \u202e bak")
@example("\u0e33 \u0344 \ufdfa \uac00 \U0002f801")  # each drawn from others
@example("Ord" * 200)
@example('"\\u0022}, "kind": "page"')
@example(" ")
def test_no_text_at_all_can_break_the_file(said: str):
    table = Table(said, (said,), ((line(Run(said, strong=True)),),), (1,))
    outline = an_outline(
        Contents(said), Heading(1, said, "en"), body(said, style=Style.ADOPTED), Bullets((line(said),)),
        Numbered((line(said),)), Facts(((said, line(said)),)), table, Picture(SHARES, said, said or "x"),
    )  # fmt: skip
    assert opened(pdf.render(outline)).pages


@pytest.mark.parametrize(
    "said", [HOSTILE, "\U0001f3ad og 漢字 \u2603 \U0001f9e9", "Æ Ø Å æ ø å é ü ß – − « » …"]
)
def test_hostile_text_comes_out_as_itself(said: str):
    made = pdf.render(an_outline(Heading(1, "En", "en"), body(said)))
    assert squeezed(said) in squeezed(text(made))


def test_a_very_long_word_stays_on_the_page():
    rows = ((line("x" * 300), line("liten")),)
    made = pdf.render(
        an_outline(Heading(1, "y" * 300, "en"), Table("T", ("A", "B"), rows, (1, 5)), body("z" * 300))
    )
    said = squeezed(text(made))
    assert all(letter * 300 in said for letter in "yz")
    widest = max(x for page in opened(made).pages for x in _starts(page))
    assert widest < 595 - 40


def test_control_characters_are_shown_as_unreadable():
    made = pdf.render(an_outline(Heading(1, "a\x00b", "en"), body("c\ud800d")))
    assert "a\ufffdb" in text(made)


def test_only_the_two_forms_there_are_can_be_asked_for():
    with pytest.raises(BadInput, match="docx og pdf"):
        written("minutes", an_outline(), "odt")


@pytest.mark.parametrize(("report", "form"), [(each, form) for each in OF_REPORT for form in OF_REPORT[each]])
def test_every_report_is_written_in_each_of_its_forms_and_first_in_the_usual_one(report: str, form: str):
    begins = {"docx": b"PK", "pdf": b"%PDF", "md": b"# "}[form]
    assert written(report, an_outline(Heading(1, "En", "en")), form).startswith(begins)
    assert FORMS[form].suffix == form
    usual = written(report, an_outline(Heading(1, "En", "en")))
    assert usual == written(report, an_outline(Heading(1, "En", "en")), OF_REPORT[report][0])


def _fonts(page: Any) -> list[Any]:
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


def _starts(page: pypdf.PageObject) -> list[float]:
    """How far to the right each piece of text begins."""
    found: list[float] = []

    def seen(said: str, _cm: Any, tm: list[float], _font: Any, _size: float) -> None:
        if said.strip():
            found.append(tm[4])

    page.extract_text(visitor_text=seen)
    return found
