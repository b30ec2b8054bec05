"""What a form said when it went out, as a short digest of each cell: what is new is told from it."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from strategy import dates, texts
from strategy.snapshot import Report
from strategy.terms import Term
from strategy.workbook import form

PREFIX = "seen"
"""What the rows of the hidden sheet that hold digests begin with; the kind of thing follows, if any."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in the rows, by kind and key and then by field, and anywhere; an old form has none."""

    rows: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    texts: Set[str] = frozenset()

    def knows(self, text: str) -> bool:
        """Whether a text stood somewhere in the form."""
        return not self.texts or of(text) in self.texts

    def stood(self, kind: str, key: str, name: str, text: str) -> bool | None:
        """Whether a text stood in a cell; None where the form had no such row."""
        row = self.rows.get((kind, key))
        return None if row is None else row[name] == of(text)


def of(text: str) -> str:
    """The digest of a text, whatever space and case it has."""
    plain = "".join(texts.folded(text).split())
    return b64encode(hashlib.blake2s(plain.encode("utf-8", "replace"), digest_size=3).digest()).decode()


def shown(value: Any) -> str:
    """What a cell with `value` shows, as `reading` reads it."""
    match value:
        case None:
            return ""
        case Report():
            phase = value.phase.word if value.phase else ""
            assessment = value.assessment
            return f"{phase}{assessment.mark}{assessment.word}{dates.day(value.recorded_on)}"
        case Term():
            return value.word
        case date():
            return dates.day(value)
        case int() | Decimal():
            return f"{float(value):.15g}".replace(".", ",")
    return str(value)


def packed(rows: Mapping[tuple[str, str], Iterable[str]], said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Rows for the hidden sheet: a line for each thing, its key and its cells, then all else."""
    lines: dict[str, list[str]] = {}
    known: set[str] = set()
    for (kind, key), row in rows.items():
        digests = [of(text) for text in row]
        known.update(digests)
        lines.setdefault(f"{PREFIX}:{kind}", []).append(" ".join((key, *digests)))
    lines[PREFIX] = sorted({of(text) for text in said} - known)
    for name, found in lines.items():
        for start in range(0, len(found), form.LINES):
            yield name, "\n".join(found[start : start + form.LINES])


def unpacked(rows: Iterable[tuple[str, str]]) -> Seen:
    """What was told by `packed`. Raises `ValueError` or `KeyError` where it has been altered."""
    stood: dict[tuple[str, str], Mapping[str, str]] = {}
    known: set[str] = set()
    for name, lines in rows:
        kind = name.partition(":")[2]
        for line in lines.split("\n") if name.startswith(PREFIX) else ():
            key, *digests = line.split(" ")
            if not kind:
                known.add(key)
                continue
            fields = [column.field for column in form.SHEET_OF[kind].columns]
            stood[kind, key] = dict(zip(fields, digests, strict=True))
            known.update(digests)
    return Seen(stood, frozenset(known))
