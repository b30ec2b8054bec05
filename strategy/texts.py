"""The one cleaner all text comes in through: it refuses, and never cuts."""

import re
import unicodedata
from itertools import pairwise
from urllib.parse import urlsplit, urlunsplit

from strategy.errors import BadInput
from strategy.i18n import _, mark

LINE = 200
PARAGRAPH = 4_000
DOCUMENT = 20_000
ADDRESS = 2_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile("[\n\u2028\u2029]")
HIDDEN = re.compile(
    "[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\u2028\u2029\ufb00-\ufb06]"
    "|(?<![\u0590-\u1dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
"""What nobody sees, or reads as something else: soft hyphens, zero width, other line breaks, letters in one.

A joiner is let be where it is a part of what is written: in emoji, and in scripts that are not ours.
"""
_SENTENCE = re.compile(r".*?((?<![\w.])[^\W\d_]{3,}|[)»%])[.!?](?=\s+[«\"]?[A-ZÆØÅ])", re.DOTALL)
_HOST = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?(\.[^\W_]([\w-]{0,61}[^\W_])?)*")


def clean(text: str, limit: int, field: str, *, one_line: bool = False) -> str:
    """Return `text` in NFC with `\\n` line ends and no outer space.

    `limit` counts characters after cleaning; `field` is the Norwegian name used in the refusal.
    Raises `BadInput` on control characters, hidden direction marks, more than `limit` characters, and with
    `one_line` on a line break.
    """
    found = flaw(text, limit, one_line=one_line)
    if found:
        raise BadInput(_("{field}: {flaw}").format(field=field, flaw=found), field)
    return normal(text)


def flaw(text: str, limit: int, *, one_line: bool = False) -> str:
    """Say what is wrong with `text`, or return the empty string."""
    cleaned = normal(text)
    if hit := _CONTROL.search(cleaned):
        return _("teksten har et usynlig styretegn (U+{code:04X}). Slett det og skriv ordet på nytt.").format(
            code=ord(hit.group())
        )
    if hit := _BIDI.search(cleaned):
        return _(
            "teksten har et skjult retningstegn (U+{code:04X}). Slett det og skriv ordet på nytt."
        ).format(code=ord(hit.group()))
    if one_line and _BREAK.search(cleaned):
        return _("teksten må stå på én linje. Ta bort linjeskiftene.")
    if len(cleaned) > limit:
        return _(
            "teksten er på {length} tegn, og grensen er {limit}. Kort den ned; ingenting er kuttet."
        ).format(length=len(cleaned), limit=limit)
    return ""


def web_address(text: str, field: str) -> str:
    """Return a web address fit to be shown as a link: http or https, with a host, and nobody's password.

    Raises `BadInput`.
    """
    address = clean(text, ADDRESS, field)
    if re.search(r"\s", address):
        raise BadInput(_("Adressen kan ikke ha mellomrom eller linjeskift. Lim inn hele adressen."), field)
    try:
        parts = urlsplit(address)
        _port, name = parts.port, parts.hostname or ""
    except ValueError:
        raise BadInput(_("Adressen kan ikke leses. Lim den inn på nytt fra nettleseren."), field) from None
    if parts.scheme.casefold() not in ("http", "https"):
        raise BadInput(_("Bare adresser som begynner med https:// eller http:// kan brukes."), field)
    if "@" in parts.netloc:
        raise BadInput(_("Adressen har et brukernavn eller passord i seg. Ta det bort."), field)
    if not _HOST.fullmatch(name):
        raise BadInput(_("Adressen mangler et nettsted, som «www.kulturforum.no»."), field)
    return urlunsplit((parts.scheme.casefold(), parts.netloc.casefold(), *parts[2:]))


def host(address: str) -> str:
    """The site of a web address, as a reader knows it."""
    return urlsplit(address).netloc


def normal(text: str) -> str:
    """Return `text` in NFC with `\\n` line ends, nothing `HIDDEN` and no outer space, unchecked."""
    plain = HIDDEN.sub(_seen, text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", plain).strip()


def folded(text: str) -> str:
    """Return `text` as search compares it: "ÅRSMØTE" and "årsmøte" are the same, also when decomposed."""
    return unicodedata.normalize("NFC", HIDDEN.sub(_seen, text)).casefold()


def unaccented(text: str) -> str:
    """Return `text` folded, and as any keyboard types it: "ØKTE" and "økte" are "okte"."""
    letters = unicodedata.normalize("NFKD", folded(text)).translate(_TYPED)
    return letters if letters.isascii() else "".join(c for c in letters if not unicodedata.combining(c))


_TYPED = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "\u2044": "/"})
"""Letters of ours and of Sámi that are none with a mark on, and what stands between the parts of ½."""


def hidden(text: str) -> str:
    """Say what in `text` cannot be seen, for a file whose author has to mend it; or the empty string."""
    if not (hit := HIDDEN.search(text)):
        return ""
    character = hit.group()
    if letters := _seen(hit).strip():
        said = _("teksten har «{letters}» som ett tegn (U+{code:04X}). Skriv bokstavene hver for seg.")
    elif _BREAK.search(character):
        said = _("teksten har et skjult linjeskift (U+{code:04X}). Slett det.")
    else:
        said = _("teksten har et usynlig tegn (U+{code:04X}). Slett det og skriv ordet på nytt.")
    return said.format(letters=letters, code=ord(character))


def first_sentence(text: str) -> str:
    """The text to where its first sentence ends; a date, a number or a shortened word ends none."""
    found = _SENTENCE.match(text)
    return found.group() if found else text


def natural(key: str) -> tuple[tuple[int, str], ...]:
    """What keys are sorted by, so that 1.2.10 comes after 1.2.9."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", key))


def _seen(hit: re.Match[str]) -> str:
    """What is seen of a hidden character: nothing, a line break, or the letters it is made of."""
    character = hit.group()
    if _BREAK.search(character):
        return "\n"
    return unicodedata.normalize("NFKC", character) if "\ufb00" <= character <= "\ufb06" else ""


def why(error: OSError) -> str:
    """What the disk said no to, in Norwegian where it is one of the usual reasons."""
    for kind, said in _REASONS.items():
        if isinstance(error, kind):
            return _(said)
    return error.strerror or str(error)


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: mark("den finnes ikke"),
    PermissionError: mark("du har ikke tilgang"),
    IsADirectoryError: mark("det er en mappe"),
    NotADirectoryError: mark("mappa finnes ikke"),
}


def sentences(text: str) -> list[str]:
    """The text in sentences; a stop ends one before a capital letter, or between a word and a number."""
    stops = re.finditer(r"[.!?]\s+(?=[A-ZÆØÅ«])|(?<=[^\W\d]{3})[.!?]\s+(?=\d)", text)
    ends = [0, *(stop.end() for stop in stops), len(text)]
    return [part for a, b in pairwise(ends) if (part := text[a:b].strip())]
