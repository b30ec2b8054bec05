"""How a Word report looks: its styles, its list, its settings and its fonts, each as the XML Word wants.

Everything is a style, so that a secretary changes one and the document follows. Sizes are in half points,
distances in twentieths of a point. The order of the elements inside `pPr` and `rPr` is fixed by
ISO/IEC 29500-1, 17.3.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from strategy.exports.outline import Style
from strategy.i18n import _
from strategy.terms import Assessment

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

INK, ACCENT, QUIET, HAIRLINE, PAPER = "0F1620", "1D4E5F", "4B5563", "CFC8BA", "F3F0E9"

SERIF, SANS = "Cambria", "Calibri"
FALLBACKS = {SERIF: "Caladea;Georgia;Liberation Serif", SANS: "Carlito;Arial;Liberation Sans"}

PAGE = (11906, 16838)
"""A4."""

MARGIN = 1304
TEXT_WIDTH = PAGE[0] - 2 * MARGIN

OF_PARAGRAPH = {
    Style.BODY: "BodyText", Style.LEAD: "Ingress", Style.ADOPTED: "VedtattTekst", Style.STATUS: "Statuslinje",
    Style.DEVIATION: "Avvik", Style.NOTE: "Merknad", Style.ORGANISATION: "Organisasjon", Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle", Style.DATE: "Date", Style.VISION: "Visjon", Style.MARK: "Merke",
    Style.RESOLUTION: "Vedtak", Style.CORRECTION: "Rettelse", Style.SIGNATURE: "Underskrift",
}  # fmt: skip

OF_ASSESSMENT = {each: each.word.title().replace(" ", "") for each in Assessment}
COLOURS = {each: each.colours.text.removeprefix("#").upper() for each in Assessment}

KEPT = {"BodyText": "BrodtekstSammen", "Merknad": "MerknadSammen", "Vedtak": "VedtakSammen"}
"""The same where it must not be parted from what follows it."""

TABLE, TABLE_HEAD, TABLE_TEXT = "Strategitabell", "Tabellhode", "Tabelltekst"
TIGHT_HEAD, TIGHT_TEXT = "TabellhodeTett", "TabelltekstTett"
BULLET, CAPTION, FIGURE, CONTENTS, REFERENCE, STRONG = (
    "ListBullet", "Caption", "Figur", "TOCHeading", "Henvisning", "Strong",
)  # fmt: skip
NUMBERED, POINT, FACT = "ListNumber", "Vedtakspunkt", "Opplysning"

FIRST_COUNTED = 2
"""The number Word knows the first list that counts by; the ones after it follow."""


def styles(language: str) -> str:
    """The whole of `word/styles.xml`, for a document in `language` (as `nb-NO`)."""
    return _root("styles", _defaults(language) + "".join((*_paragraphs(), *_characters(), *_tables())))


def numbering(counted: Sequence[int] = ()) -> str:
    """The whole of `word/numbering.xml`: the bulleted list, and one for each that counts, by its first."""
    bulleted = _level("bullet", "–", '<w:pStyle w:val="ListBullet"/>', 340, 227)
    numbers = _level("decimal", "%1.", "", 397, 397)
    lists = "".join(
        f'<w:num w:numId="{FIRST_COUNTED + n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        for n, first in enumerate(counted)
    )
    return _root(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{bulleted}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>'
        f"{numbers}</w:abstractNum>"
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}',
    )


def _level(form: str, text: str, style: str, left: int, hanging: int) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def settings(language: str) -> str:
    """The whole of `word/settings.xml`: a Word of today, hyphens, no questions at opening."""
    mode = '<w:compatSetting w:name="{}" w:uri="http://schemas.microsoft.com/office/word" w:val="{}"/>'
    compatible = mode.format("compatibilityMode", 15) + mode.format(
        "overrideTableStyleFontSizeAndJustification", 1
    )
    return _root(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compatible}</w:compat><w:themeFontLang w:val={quoteattr(language)}/>"
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>',
    )


def fonts() -> str:
    """The whole of `word/fontTable.xml`: what to use where a machine lacks ours."""
    said = (
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:family w:val="{family}"/></w:font>'
        for (name, others), family in zip(FALLBACKS.items(), ("roman", "swiss"), strict=True)
    )
    return _root("fonts", "".join(said))


def _root(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{NAMESPACE}">{inside}</w:{name}>'


def _defaults(language: str) -> str:
    tongue = f"<w:lang w:val={quoteattr(language)} w:eastAsia={quoteattr(language)}/>"
    run = f"{_font(SANS)}{_size(21)}{tongue}"
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_space(0, 0, 264)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _paragraphs() -> Iterator[str]:
    yield _paragraph("Normal", "Normal", "", r=_colour(INK), default=True)
    yield _paragraph("BodyText", "Body Text", "Normal", p=_space(0, 140))
    yield from _headings()
    yield from _cover()
    yield from _prose()
    yield from _meeting()
    yield from _kept()
    yield from _lists()
    yield from _margins()


def _headings() -> Iterator[str]:
    keep, quiet = "<w:keepNext/><w:keepLines/>", "<w:suppressAutoHyphens/>"
    serif = f"{_font(SERIF)}<w:b/>"
    for level, before, after, size, colour in (
        (1, 0, 240, 40, ACCENT), (2, 400, 120, 27, ACCENT), (3, 300, 80, 23, INK),
    ):  # fmt: skip
        new_page = "<w:pageBreakBefore/>" if level == 1 else ""
        yield _paragraph(
            f"Heading{level}", f"heading {level}", "Normal", after="BodyText",
            p=f'{keep}{new_page}{quiet}{_space(before, after, 250)}<w:outlineLvl w:val="{level - 1}"/>',
            r=serif + _colour(colour) + _size(size),
        )  # fmt: skip


def _cover() -> Iterator[str]:
    serif, quiet = _font(SERIF), "<w:suppressAutoHyphens/>"
    yield _paragraph(
        "Organisasjon", _("Organisasjon"), "Normal", after="Title", p=_space(2700, 120),
        r=f'<w:b/>{_colour(ACCENT)}<w:spacing w:val="10"/>{_size(26)}',
    )  # fmt: skip
    yield _paragraph(
        "Title", "Title", "Normal", after="Subtitle", p=f"{quiet}{_space(0, 60, 240)}",
        r=f"{serif}<w:b/>{_colour(INK)}{_size(76)}",
    )  # fmt: skip
    yield _paragraph(
        "Subtitle", "Subtitle", "Normal", after="BodyText",
        p=f"{_rule('bottom', ACCENT, 12, 18)}{quiet}{_space(0, 600)}",
        r=f"{serif}{_colour(QUIET)}{_size(34)}",
    )  # fmt: skip
    yield _paragraph(
        "Visjon", _("Visjon"), "Normal", after="BodyText", p=f"{quiet}{_space(0, 480, 288)}",
        r=f"{serif}<w:i/>{_colour(ACCENT)}{_size(32)}",
    )  # fmt: skip
    yield _paragraph("Date", "Date", "Normal", p=_space(0, 60), r=_colour(QUIET) + _size(23))
    yield _paragraph(
        "Merke", _("Merke"), "Normal",
        p=f'<w:pBdr>{_side("left", COLOURS[Assessment.SOME_DEVIATION], 36, 10)}</w:pBdr>{_space(300, 240)}'
        '<w:ind w:left="227"/>',
        r=f"<w:b/>{_colour(COLOURS[Assessment.SOME_DEVIATION])}{_size(26)}",
    )  # fmt: skip


def _prose() -> Iterator[str]:
    yield _paragraph(
        "Ingress", _("Ingress"), "Normal", after="BodyText",
        p=f"<w:suppressAutoHyphens/>{_space(0, 160, 276)}", r=_font(SERIF) + _size(30),
    )  # fmt: skip
    yield _paragraph(
        "VedtattTekst", _("Vedtatt tekst"), "Normal", after="BodyText",
        p=f"<w:keepNext/><w:keepLines/>{_space(0, 120)}", r=f"{_font(SERIF)}<w:i/>{_size(23)}",
    )  # fmt: skip
    yield _paragraph(
        "Statuslinje", _("Statuslinje"), "Normal", after="BodyText", p=_space(0, 120), r=_size(20)
    )
    yield _paragraph(
        "Avvik", _("Avvik"), "Normal", after="BodyText",
        p=f'<w:pBdr>{_side("left", HAIRLINE, 24, 8)}</w:pBdr>{_space(80, 140)}<w:ind w:left="227"/>',
    )  # fmt: skip
    yield _paragraph(
        "Merknad", _("Merknad"), "Normal", after="BodyText", p=_space(0, 140), r=f"<w:i/>{_colour(QUIET)}"
    )


def _meeting() -> Iterator[str]:
    """What a board's papers and minutes have beside: resolutions, corrections, where to sign."""
    rule = f"<w:pBdr>{_side('left', ACCENT, 24, 10)}</w:pBdr>"
    yield _paragraph(
        "Vedtak", _("Vedtak"), "Normal", after="BodyText",
        p=f'{rule}{_space(80, 140, 276)}<w:ind w:left="227"/><w:contextualSpacing/>', r=_size(22),
    )  # fmt: skip
    yield _paragraph(
        POINT, _("Vedtakspunkt"), "Vedtak", p='<w:ind w:left="624" w:hanging="397"/><w:contextualSpacing/>'
    )
    yield _paragraph(
        "Rettelse", _("Rettelse"), "Normal", after="BodyText",
        p=f'<w:pBdr>{_side("left", COLOURS[Assessment.SOME_DEVIATION], 24, 10)}</w:pBdr>{_space(100, 140)}'
        '<w:ind w:left="227"/>',
    )  # fmt: skip
    yield _paragraph(
        "Underskrift", _("Underskrift"), "Normal", after="BodyText",
        p=f"<w:keepLines/>{_rule('top', INK, 6, 4)}{_space(1000, 360)}"
        '<w:ind w:right="4200"/>',
        r=_size(20),
    )  # fmt: skip
    yield _paragraph(
        FACT, _("Opplysning"), "Normal",
        p=f'<w:tabs><w:tab w:val="left" w:pos="{_FACTS}"/></w:tabs>{_space(0, 50)}'
        f'<w:ind w:left="{_FACTS}" w:hanging="{_FACTS}"/>',
    )  # fmt: skip


_FACTS = 2041
"""Where the second column of the facts at the head of a paper begins."""


def _kept() -> Iterator[str]:
    names = {"BodyText": _("Brødtekst"), "Merknad": _("Merknad"), "Vedtak": _("Vedtak")}
    for key, name in names.items():
        together = _("{style}, sammen med neste").format(style=name)
        yield _paragraph(KEPT[key], together, key, after="BodyText", p="<w:keepNext/>")


def _lists() -> Iterator[str]:
    yield _paragraph(NUMBERED, "List Number", "Normal", p=_space(0, 80))
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    yield _paragraph(BULLET, "List Bullet", "Normal", p=f"{numbered}{_space(0, 80)}")
    keep = "<w:keepNext/><w:keepLines/>"
    yield _paragraph(
        CAPTION, "caption", "Normal", after="BodyText", p=f"{keep}<w:suppressAutoHyphens/>{_space(240, 100)}",
        r=f"{_colour(QUIET)}{_size(19)}",
    )  # fmt: skip
    yield _paragraph(FIGURE, _("Figur"), "Normal", after="BodyText", p=_space(0, 240))
    yield _paragraph(TABLE_TEXT, _("Tabelltekst"), "Normal", p=_space(50, 50, 250), r=_size(19))
    yield _paragraph(
        TABLE_HEAD, _("Tabellhode"), TABLE_TEXT, p=f"<w:keepNext/>{_space(50, 50, 250)}",
        r=f"<w:b/>{_colour(ACCENT)}",
    )  # fmt: skip
    yield _paragraph(TIGHT_TEXT, _("Tabelltekst, tett"), TABLE_TEXT, r=_size(17))
    yield _paragraph(TIGHT_HEAD, _("Tabellhode, tett"), TABLE_HEAD, r=_size(17))


def _margins() -> Iterator[str]:
    ends = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    small = _colour(QUIET) + _size(18)
    yield _paragraph("Header", "header", "Normal", p=f"{_rule('bottom', HAIRLINE, 4, 6)}{ends}", r=small)
    yield _paragraph("Footer", "footer", "Normal", p=ends + '<w:jc w:val="right"/>', r=small)
    yield _paragraph(
        CONTENTS, "TOC Heading", "Normal", after="BodyText",
        p=f"<w:keepNext/><w:pageBreakBefore/>{_space(0, 240)}",
        r=f"{_font(SERIF)}<w:b/>{_colour(ACCENT)}{_size(40)}",
    )  # fmt: skip
    for level, before, indent, run in ((1, 140, 0, "<w:b/>"), (2, 20, 340, "")):
        yield _paragraph(
            f"TOC{level}", f"toc {level}", "Normal",
            p=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
            f'<w:suppressAutoHyphens/>{_space(before, 20)}<w:ind w:left="{indent}" w:right="567"/>',
            r=run,
        )  # fmt: skip


def _characters() -> Iterator[str]:
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield _character(STRONG, "Strong", "<w:b/>")
    yield _character("Hyperlink", "Hyperlink", _colour(ACCENT) + '<w:u w:val="single"/>')
    yield _character(REFERENCE, _("Henvisning"), "<w:b/>" + _colour(ACCENT))
    for assessment, key in OF_ASSESSMENT.items():
        yield _character(key, assessment.label, "<w:b/>" + _colour(COLOURS[assessment]))


def _tables() -> Iterator[str]:
    margins = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins}</w:tblPr></w:style>'
    )
    lines = _side("top", ACCENT, 8, 0) + _side("bottom", HAIRLINE, 4, 0) + _side("insideH", HAIRLINE, 4, 0)
    yield (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}">'
        f'<w:name w:val={quoteattr(_("Strategitabell"))}/><w:basedOn w:val="TableNormal"/>'
        '<w:uiPriority w:val="10"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_side("bottom", ACCENT, 8, 0)}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER}"/><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


_BUILT_IN = {
    "Normal", "Body Text", "heading 1", "heading 2", "heading 3", "Title", "Subtitle", "Date", "List Bullet",
    "List Number",
    "caption", "header", "footer", "TOC Heading", "toc 1", "toc 2", "Strong", "Hyperlink",
}  # fmt: skip
"""Word's own names, which it shows in the user's language; all other styles are ours."""


def _paragraph(
    key: str, name: str, based_on: str, *, after: str = "", p: str = "", r: str = "", default: bool = False
) -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    kind = ' w:default="1"' if default else "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{key}"><w:name w:val={quoteattr(name)}/>'
        f"{based}{following}<w:qFormat/><w:pPr>{p}</w:pPr><w:rPr>{r}</w:rPr></w:style>"
    )


def _character(key: str, name: str, run: str) -> str:
    kind = "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{kind} w:styleId="{key}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _rule(side: str, rgb: str, eighths: int, away: int) -> str:
    return f"<w:pBdr>{_side(side, rgb, eighths, away)}</w:pBdr>"


def _side(side: str, rgb: str, eighths: int, away: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{away}" w:color="{rgb}"/>'
