"""Word's template: what a person changes in it the reports follow, whatever program saved it."""

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx as word
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from strategy.exports.formats import docx, template
from strategy.exports.outline import (
    Bullets,
    Contents,
    Heading,
    Numbered,
    Outline,
    Run,
    Style,
    Table,
    body,
    line,
)
from strategy.palette import PRINTED
from strategy.terms import Assessment
from strategy.values import Mark

OUTLINE = Outline(
    "Årsmelding", "Norsk kulturforum", "Strategi", "nn-NO", date(2026, 11, 23), "NOKU", "Eksempeldata",
    (
        Contents("Innhold"), Heading(1, "En", "en"), *(body(style, style=style) for style in Style),
        body(Run("Sterk", strong=True)), body(Run("dit", to="en"), *(Run(Mark(a, "x")) for a in Assessment)),
        Bullets((line("a"),)), Numbered((line("b"),)), Numbered((line("c"),), Style.RESOLUTION, 7),
        Table("T", ("A",), ((line("1"),),), (1,)),
    ),
)  # fmt: skip


@pytest.fixture
def norwegian(tmp_path: Path) -> Path:
    """The template as Word in Norwegian saves it, with keys of its own, and with a title of 50 points."""
    document = word.Document(str(template.TEMPLATE))
    keys = {
        "Heading1": "Overskrift1", "Title": "Tittel", "BodyText": "Brdtekst", "TOC1": "INNH1",
        "ListBullet": "Punktmerketliste", "TableNormal": "Vanligtabell", "Header": "Topptekst",
    }  # fmt: skip
    for root in (document.styles.element, document.part.numbering_part.element):
        for element in (each for each in root.iter() if each.tag != qn("w:name")):
            for name, value in element.attrib.items():
                element.set(name, keys.get(value, value) if name in (qn("w:val"), qn("w:styleId")) else value)
    document.styles["Title"].font.size = Pt(50)
    saved = tmp_path / "mal.docx"
    document.save(str(saved))
    return saved


def paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    for paragraph in document.paragraphs:
        yield paragraph.style.style_id, paragraph.text


def test_every_style_that_is_asked_for_is_in_the_template():
    there = {style.element.name_val for style in word.Document(str(template.TEMPLATE)).styles}
    named = {
        value
        for name, value in vars(template).items()
        if re.fullmatch("[A-Z_]+", name) and isinstance(value, str)
    }
    assert len(named) == 15
    assert named | {*template.OF_PARAGRAPH.values(), *template.KEPT.values()} <= there
    assert set(template.OF_PARAGRAPH) == set(Style)


def test_what_is_changed_in_the_template_is_changed_in_the_reports(norwegian: Path):
    document = word.Document(io.BytesIO(docx.render(OUTLINE, norwegian)))
    title = next(p for p in document.paragraphs if p.text == "title")
    assert (title.style.style_id, title.style.font.size) == ("Tittel", Pt(50))
    used = dict(paragraphs(document))
    assert {"Overskrift1", "Brdtekst", "Punktmerketliste"} <= set(used)
    assert not {"Heading1", "BodyText", "Title", "ListBullet"} & set(used)


def test_nothing_the_template_shows_is_left_in_a_report():
    shown = {p.text for p in word.Document(str(template.TEMPLATE)).paragraphs if p.text}
    assert {"Tittel", "Vedtatt tekst", "Avvik"} <= shown
    document = word.Document(io.BytesIO(docx.render(OUTLINE)))
    assert not shown & {p.text for p in document.paragraphs}
    assert len(document.tables) == 1
    assert document.sections[0].header.paragraphs[0].text == "NOKU\tEksempeldata"


def test_a_report_has_its_own_language_throughout():
    document = word.Document(io.BytesIO(docx.render(OUTLINE)))
    tongues = [value for lang in document.styles.element.iter(qn("w:lang")) for value in lang.attrib.values()]
    assert set(tongues) == {"nn-NO"}


@pytest.mark.parametrize("removed", [None, "Noe avvik"])
def test_a_report_has_the_colours_of_the_other_files(tmp_path: Path, removed: str | None):
    """Also of an assessment the template has no style for."""
    document = word.Document(str(template.TEMPLATE))
    if removed:
        document.styles[removed].delete()
    document.save(str(tmp_path / "mal.docx"))
    report = word.Document(io.BytesIO(docx.render(OUTLINE, tmp_path / "mal.docx")))
    styles = {s.element.name_val: s for s in report.styles}
    colours = {name: f"#{styles[name].font.color.rgb}".lower() for name in (
        "Normal", "heading 1", "Merknad", *template.OF_ASSESSMENT.values()
    )}  # fmt: skip
    marks = {assessment.word: colour for assessment, colour in PRINTED.marks.items()}
    assert colours == {"Normal": PRINTED.ink, "heading 1": PRINTED.accent, "Merknad": PRINTED.muted, **marks}
