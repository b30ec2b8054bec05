"""Whether a file may be kept: its size, and what it is by its content, whatever it is called."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from strategy import texts
from strategy.attachments.packed import OTHER, packed_format
from strategy.attachments.pictures import redrawn
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.terms import FileType

LIMIT = 25 * 10**6
"""The largest file, in bytes, as a browser counts them; both as it comes and as it is kept."""

_PICTURES = ((b"\xff\xd8\xff", FileType.JPEG), (b"\x89PNG\r\n\x1a\n", FileType.PNG))
_CONTROL = re.compile(r"[^\t\n\f\r\x20-\x7e\xa0-\U0010ffff]")
_PAGE = re.compile(r"\A\s*<|<(!doctype|html|svg|script|iframe|\?xml)", re.IGNORECASE)
_SNIFFED = 2048
"""How far into a text a browser looks for a page."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A file fit to be kept: what it is called without an ending, what it is, and its content, cleaned."""

    title: str
    format: FileType
    content: bytes


def judged(name: str, content: bytes, title: str = "") -> Judged:
    """Judge a file by its content, and clean it; it is called as its name says unless it has a `title`.

    Raises `BadInput` with a sentence; then nothing is kept.
    """
    stem, ending = _named(name)
    title = texts.clean(title, texts.LINE, _("Hva fila er"), one_line=True) or stem
    if not content:
        raise _refused(mark("Fila «{name}» er tom."), name)
    if len(content) > LIMIT:
        raise _refused(
            mark("Fila «{name}» er større enn 25 MB. Gjør den mindre, eller legg inn en lenke."), name
        )
    wanted = next((each for each in FileType if ending in each.endings), None)
    if ending in _STRANGE:
        raise _refused(_STRANGE[ending], name)
    if wanted is None:
        raise _refused(_UNKNOWN, name)
    found = _format(content, wanted)
    if not isinstance(found, FileType):
        raise _refused(found, name)
    if found is not wanted:
        said = _("«{name}» heter {ending}, men innholdet er {found}. Gi fila riktig endelse, og prøv igjen.")
        raise BadInput(said.format(name=name, ending=ending, found=found.label), _("Fil"))
    kept = redrawn(content, found) if found.is_picture else content
    if isinstance(kept, str):
        raise _refused(kept, name)
    if len(kept) > LIMIT:
        raise _refused(mark("Bildet «{name}» blir større enn 25 MB. Gjør det mindre, og prøv igjen."), name)
    return Judged(title, found, kept)


_UNKNOWN = mark(
    "Filer som «{name}» kan ikke legges ved. Bruk PDF, Word, Excel, PowerPoint, OpenDocument, JPEG, PNG, "
    "WebP, tekst eller CSV."
)
_OLDER = mark("«{name}» er i et eldre Office-format. Lagre den som .docx, .xlsx eller .pptx, og prøv igjen.")
_MACROS = mark("«{name}» er et format for makroer, som ikke kan legges ved. Lagre den uten makroer.")
_APPLE = mark(
    "«{name}» er et HEIC-bilde, som ikke kan kontrolleres. Velg «Mest kompatibelt» i kameraets "
    "innstillinger, eller del bildet som JPEG."
)
_PAGES = mark(
    "«{name}» er en nettside eller en tegning som kan ha et program i seg. Lagre den som PDF eller PNG."
)
_STRANGE = {
    **dict.fromkeys((".doc", ".xls", ".ppt"), _OLDER),
    **dict.fromkeys((".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".potm"), _MACROS),
    **dict.fromkeys((".heic", ".heif"), _APPLE),
    **dict.fromkeys((".svg", ".html", ".htm", ".xhtml", ".xml"), _PAGES),
}
"""What is said of some endings that people come with."""


def _named(name: str) -> tuple[str, str]:
    """The title and the ending of a name, without folders and what cannot be seen."""
    path = PurePosixPath(texts.clean(name.replace("\\", "/"), texts.LINE, _("Navnet på fila"), one_line=True))
    title = path.stem.strip(" .")
    if not title:
        raise BadInput(_("Fila har ikke noe navn. Gi den et navn, og prøv igjen."), _("Fil"))
    return title, path.suffix.casefold()


def _refused(sentence: str, name: str) -> BadInput:
    return BadInput(_(sentence).format(name=name), _("Fil"))


def _format(content: bytes, wanted: FileType) -> FileType | str:
    """What the content is, or why it cannot be kept; which of the two texts it is, its name says."""
    for begins, find in _BEGINNINGS:
        if content.startswith(begins):
            return find(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileType.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
        return _APPLE
    return _text(content, wanted) if wanted in (FileType.TXT, FileType.CSV) else OTHER


def _pdf(content: bytes) -> FileType | str:
    return FileType.PDF if b"%%EOF" in content[-_SNIFFED:] else OTHER


def _text(content: bytes, wanted: FileType) -> FileType | str:
    """A text in UTF-8 or as Windows writes it, with nothing in it a browser would take for a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if _CONTROL.search(text) or "\ufffd" in text:
        return OTHER
    return _PAGES if _PAGE.search(text[:_SNIFFED]) else wanted


_BEGINNINGS: tuple[tuple[bytes, Callable[[bytes], FileType | str]], ...] = (
    *((begins, lambda _content, found=found: found) for begins, found in _PICTURES),
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", packed_format),
    (b"\xd0\xcf\x11\xe0", lambda _content: _OLDER),
)
