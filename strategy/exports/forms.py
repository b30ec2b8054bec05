"""The forms a report can be written as, and which of them each report has: a new form is one row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from strategy.errors import BadInput
from strategy.exports.outline import Outline
from strategy.i18n import _


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the end of the file's name, what it is called, what a browser calls it, and what makes it."""

    suffix: str
    word: str
    mime: str
    render: Callable[[Outline], bytes]
    is_text: bool = False


def _docx(outline: Outline) -> bytes:
    from strategy.exports.formats import docx  # these are slow to import, and few ask for them

    return docx.render(outline)


def _pdf(outline: Outline) -> bytes:
    from strategy.exports.formats import pdf

    return pdf.render(outline)


def _markdown(outline: Outline) -> bytes:
    from strategy.exports.formats import markdown

    return markdown.render(outline)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMS: Mapping[str, Form] = {
    form.suffix: form
    for form in (
        Form("docx", "Word", _WORD, _docx),
        Form("pdf", "PDF", "application/pdf", _pdf),
        Form("md", "Markdown", "text/markdown", _markdown, is_text=True),
    )
}

OF_REPORT: Mapping[str, tuple[str, ...]] = {
    "annual-report": ("docx", "pdf"),
    "status-report": ("docx", "pdf"),
    "board-paper": ("pdf", "docx"),
    "case-paper": ("docx", "pdf"),
    "minutes": ("docx", "pdf"),
    "since": ("md", "docx", "pdf"),
}
"""The forms of each report, the usual one first."""


def written(report: str, outline: Outline, form: str = "") -> bytes:
    """The `outline` of a `report` in a form it has, the usual one where none is named.

    Raises `BadInput` for any other.
    """
    forms = OF_REPORT[report]
    if form and form not in forms:
        raise BadInput(_("Rapporten finnes som {forms}.").format(forms=_(" og ").join(forms)), _("Format"))
    return FORMS[form or forms[0]].render(outline)
