"""How a Word report looks: the styles of `template.docx`, which a person changes in Word or LibreOffice.

The styles are found by their names. A program that saves the template gives them keys of its own, as Word in
Norwegian does, and may write a name with other capitals.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from strategy.exports.formats.wordml import Element, field, paragraph, qualified, texts
from strategy.exports.outline import Outline, Style
from strategy.i18n import _
from strategy.terms import Assessment

TEMPLATE = Path(__file__).with_name("template.docx")

OF_PARAGRAPH = {
    Style.BODY: "Body Text",
    Style.LEAD: "Ingress",
    Style.ADOPTED: "Vedtatt tekst",
    Style.STATUS: "Statuslinje",
    Style.DEVIATION: "Avvik",
    Style.NOTE: "Merknad",
    Style.ORGANISATION: "Organisasjon",
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
    Style.DATE: "Date",
    Style.VISION: "Visjon",
    Style.MARK: "Merke",
    Style.RESOLUTION: "Vedtak",
    Style.CORRECTION: "Rettelse",
    Style.SIGNATURE: "Underskrift",
}
OF_ASSESSMENT = {each: each.word for each in Assessment}
"""Those the template is without are made as their rows say."""

KEPT = {
    name: f"{shown}, sammen med neste"
    for name, shown in (
        ("Body Text", "Brødtekst"),
        ("Merknad", "Merknad"),
        ("Vedtak", "Vedtak"),
    )
}
"""The same where it must not be parted from what follows it."""

NORMAL, BULLET, NUMBERED, POINT, FACT = "Normal", "List Bullet", "List Number", "Vedtakspunkt", "Opplysning"
CAPTION, FIGURE, CONTENTS, REFERENCE, STRONG = "caption", "Figur", "TOC Heading", "Henvisning", "Strong"
TABLE, TABLE_HEAD, TABLE_TEXT = "Strategitabell", "Tabellhode", "Tabelltekst"
TIGHT_HEAD, TIGHT_TEXT = "Tabellhode, tett", "Tabelltekst, tett"


def opened(outline: Outline, template: Path = TEMPLATE) -> Any:
    """The template as an empty document, with the properties and running lines of `outline`."""
    document = Document(str(template))
    document._body.clear_content()
    _add_assessments(document.styles)
    _set_language(document, outline.language)
    _set_properties(document.core_properties, outline)
    _set_running_lines(document.sections[0], outline)
    return document


def text_width(document: Any) -> int:
    """How wide the text is on the page, in Word's smallest measure (635 to a twentieth of a point)."""
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def new_list(document: Any, first: int) -> str:
    """Begin a list that counts from `first`, and give its number."""
    numbering = document.part.numbering_part.element
    (counts, *_others) = numbering.xpath("w:abstractNum[w:lvl/w:numFmt/@w:val='decimal']/@w:abstractNumId")
    made = numbering.add_num(int(counts))
    made.add_lvlOverride(ilvl=0).add_startOverride(first)
    return str(made.numId)


def save(document: Any, made_on: date) -> bytes:
    """The file, with every moment in it set to the day the report was made on."""
    named = {style.element.name_val: style.style_id for style in document.styles}
    keys = {name.casefold(): key for name, key in named.items()} | named
    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):
        _say_keys(root, keys)
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    moment = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            kept = zipfile.ZipInfo(entry.filename, moment)
            kept.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(kept, before.read(entry))
    return packed.getvalue()


def _say_keys(root: Element, keys: Mapping[str, str]) -> None:
    for said in root.iter(*map(qualified, ("pStyle", "rStyle", "tblStyle"))):
        name = said.get(qualified("val"))
        said.set(qualified("val"), keys.get(name) or keys[name.casefold()])


def _add_assessments(styles: Any) -> None:
    there = {style.element.name_val.casefold() for style in styles}
    for assessment, name in OF_ASSESSMENT.items():
        if name.casefold() not in there:
            font = styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
            font.bold, font.color.rgb = True, RGBColor.from_string(assessment.colours.text[1:].upper())


def _set_language(document: Any, language: str) -> None:
    for root, name in ((document.styles.element, "lang"), (document.settings.element, "themeFontLang")):
        for said in root.iter(qualified(name)):
            for key in set(said.attrib) - {qualified("bidi")}:
                said.set(key, language)


def _set_properties(properties: Any, outline: Outline) -> None:
    moment = datetime.combine(outline.made_on, time(), UTC)
    properties.title, properties.subject = outline.title, outline.subject
    properties.author = properties.last_modified_by = outline.organisation
    properties.language, properties.keywords = outline.language, outline.mark
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = moment.replace(
        tzinfo=None
    )  # python-docx wants it bare, and UTC


def _set_running_lines(section: Any, outline: Outline) -> None:
    section.different_first_page_header_footer = outline.cover
    running = f"{outline.running}\t{outline.mark}" if outline.mark else outline.running
    _fill(section.header, "header", texts(running))
    page = [*texts(_("Side ")), *field("PAGE", "1"), *texts(_(" av ")), *field("NUMPAGES", "1")]
    _fill(section.footer, "footer", page)


def _fill(margin: Any, style: str, runs: list[Element]) -> None:
    margin.is_linked_to_previous = False
    line = margin.paragraphs[0]._p
    line.getparent().replace(line, paragraph(style, runs))
