"""What is shown of what was found: its names, and the words round those that were asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from strategy import texts, things
from strategy.searching.entries import Entry, said, titles
from strategy.searching.index import pattern
from strategy.searching.places import Place, path, place
from strategy.snapshot import Snapshot

Marked = tuple[tuple[str, str], ...]
"""A text in pieces, each after a sign: `+` where it is what was asked for, a space where it is not."""

_BEFORE, _ROOM = 60, 220
"""How many characters of a text are shown before what was found, and in all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `field` is what the `excerpt` is of, in the user's words."""

    kind: str
    key: str
    version: int
    day: date
    title: Marked
    about: Marked
    field: str
    excerpt: Marked
    place: Place

    @property
    def label(self) -> str:
        """What kind of thing it is, in the user's words."""
        return things.KINDS[self.kind].label

    @property
    def name(self) -> str:
        """Its title, and what more it is known by."""
        return " · ".join(filter(None, map(_joined, (self.title, self.about))))

    @property
    def said(self) -> str:
        """The excerpt as it stands."""
        return _joined(self.excerpt)


def facts(found: Hit) -> dict[str, Any]:
    """A hit as plain values."""
    return {
        "kind": found.kind,
        "key": found.key,
        "version": found.version,
        "day": found.day,
        "title": _joined(found.title),
        "about": _joined(found.about),
        "field": found.field,
        "excerpt": found.said,
        "address": path(found.place),
    }


def thing_facts(entry: Entry, plan: Snapshot) -> dict[str, Any]:
    """A thing with all it says, as plain values."""
    told = facts(hit(entry, plan, ()))
    del told["field"], told["excerpt"]
    return told | {"fields": entry.fields}


def hit(entry: Entry, plan: Snapshot, words: Sequence[str]) -> Hit:
    """What is shown of an entry to whoever has asked for `words`, as a search has them."""
    written = said(entry.kind, entry.thing, titles(plan))
    field, excerpt = _best(entry.kind, written, words, entry.title if entry.is_named else "")
    return Hit(
        entry.kind,
        entry.thing.key,
        entry.thing.version,
        entry.day,
        marked(entry.title, words),
        marked(entry.about, words),
        things.shapes(entry.kind)[field].refused if field else "",
        excerpt,
        place(entry, plan, field),
    )


def marked(text: str, words: Iterable[str]) -> Marked:
    """The whole text with the words marked that have any of `words` in them."""
    return tuple(_pieces(text, _spans(text, words), 0, len(text)))


def _best(kind: str, written: Mapping[str, str], words: Sequence[str], title: str) -> tuple[str, Marked]:
    """The field that has most of the words, a longer text before a line, and what stands round the first.

    What the title says already is not said again.
    """
    shapes = things.shapes(kind)
    rest = {name: text for name, text in written.items() if text not in title}
    if not rest:
        return "", ()
    field = max(rest, key=lambda name: (_count(rest[name], words), not shapes[name].one_line))
    return field, _round_the_first(rest[field], words)


def _count(text: str, words: Iterable[str]) -> int:
    """How many of the words a text has."""
    folded = texts.unaccented(text)
    return sum(bool(pattern(word).search(folded)) for word in words)


def _round_the_first(text: str, words: Iterable[str]) -> Marked:
    """A long text only where it begins to have the words, cut between words."""
    spans = _spans(text, words)
    first = spans[0][0] if spans else 0
    start, end = 0, len(text)
    if first > _BEFORE:
        start = text.find(" ", first - _BEFORE, first) + 1 or first
    if end - start > _ROOM:
        whole = spans[0][1] if spans else start + _ROOM
        end = max(text.rfind(" ", start, start + _ROOM), whole)
    pieces = _pieces(text, spans, start, end)
    cut = ((" ", "… "),) if start else ()
    return (*cut, *pieces, *(((" ", " …"),) if end < len(text) else ()))


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where in a text the words that have any of `words` in them begin and end, in order, none in another."""
    folded, places = _compared(text)
    found: list[tuple[int, int]] = []
    matches = (match.span() for word in words for match in pattern(word).finditer(folded))
    for start, end in sorted(_whole(text, places[a], places[b - 1] + 1) for a, b in matches):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _compared(text: str) -> tuple[str, list[int]]:
    """The text as a search compares it, and for each letter of that which of the text it came from."""
    letters = [(letter, at) for at, written in enumerate(text) for letter in _letters(written)]
    return "".join(letter for letter, _at in letters), [at for _letter, at in letters]


@lru_cache(maxsize=4096)
def _letters(written: str) -> str:
    return texts.unaccented(written)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A span and the rest of the words it begins and ends in."""
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _pieces(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[tuple[str, str]]:
    at = start
    for first, last in spans:
        if first >= start and last <= end:
            if first > at:
                yield " ", text[at:first]
            yield "+", text[first:last]
            at = last
    if at < end:
        yield " ", text[at:end]


def _joined(pieces: Marked) -> str:
    return "".join(text for _sign, text in pieces)
