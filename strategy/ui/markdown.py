"""Plain text as markdown: what people wrote is shown letter by letter, and does nothing."""

import re
from collections.abc import Iterable
from urllib.parse import quote

JOINER = "\u2060"
"""A word joiner: no width, no break. `texts.normal` takes it out again where such a text is pasted back."""


def plain(text: str) -> str:
    """Return text that people wrote so that markdown shows it letter by letter."""
    return "  \n".join(line.strip() for line in escaped(text).split("\n"))


def escaped(text: str) -> str:
    """Escape what markdown reads, and keep apart what Streamlit makes arrows, dashes and icons of."""
    apart = re.sub(r"(?<=[-<>=~])(?=[->=])|(?<=:)(?=material/)", JOINER, text)
    return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|$~:^=&\"])", r"\\\1", apart)


def link(title: str, address: str) -> str:
    """A text that people wrote as a link to a web address, whatever signs there are in either."""
    whole = quote(address, safe=_IN_ADDRESSES).replace("&", "&amp;")
    return f"[{escaped(title)}](<{whole}>)"


_IN_ADDRESSES = "".join(map(chr, range(0x21, 0x7F))).translate(str.maketrans("", "", '<>\\`$|^{}"[]'))
"""What may stand as it is between angle brackets; all else is written as %xx, which means the same."""


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of plain texts."""
    return marked_table(header, ([cell(text) for text in row] for row in rows))


def marked_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose cells are markdown already, under a header of plain texts."""
    head = [cell(text) for text in header]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


def cell(text: str) -> str:
    """One cell: a table has no line breaks, so they become a middle dot."""
    return plain(text).replace("  \n", " · ")


def reworded(words: Iterable[tuple[str, str]]) -> str:
    """A text with its changes: what went is struck out, what came is bold."""
    marks = {"-": "~~", "+": "**"}
    return "".join(
        _between(text, marks[sign]) if sign in marks else escaped(text).replace("\n", " · ")
        for sign, text in words
    )


def changed(words: Iterable[tuple[str, str]], sign: str, mark: str) -> str:
    """One side of a change word by word, as a cell: the words with `sign` between two of `mark`."""
    return "".join(
        _between(text, mark) if found == sign else escaped(text).replace("\n", " · ")
        for found, text in words
        if found in (sign, " ")
    )


def _between(text: str, mark: str) -> str:
    """Put marks close round the words, as markdown wants them."""
    inner = text.strip()
    head, _inner, tail = text.partition(inner) if inner else (text, "", "")
    marked = f"{mark}{escaped(inner)}{mark}" if inner else ""
    return f"{head}{marked}{tail}".replace("\n", " · ")
