"""Words the user reads: bokmål stands in the code, other languages are gettext catalogues in `locale/`."""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SOURCE_LANGUAGE = "nb"
LOCALE_DIR = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use `language` ("nb", "nn", "en") for every `_` inside the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def _(text: str) -> str:
    """Return `text` in the current language; the bokmål itself where no translation exists."""
    return _catalogue(_language.get()).gettext(text)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of the sentence that fits `count`; `{n}` in it becomes the number.

    `one` and `many` are bokmål; as in every language here, 1 takes the first and all others the second.
    """
    return _catalogue(_language.get()).ngettext(one, many, count).replace("{n}", str(count))


def mark(text: str) -> str:
    """Mark a constant for translation without translating it yet (the catalogue tool looks for the name)."""
    return text


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("strategy", LOCALE_DIR, [language], fallback=True)
