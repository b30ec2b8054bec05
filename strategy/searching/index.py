"""The index: which entries each word is written in, and which an entry is known by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_, or_

from strategy import dates, texts, things, wording
from strategy.i18n import _, plural
from strategy.searching.entries import Entry, said, titles
from strategy.snapshot import Snapshot

MOST = 1_000
"""How many of what is found can be paged through; of more, those that stand first."""

_SHORT = 3
"""A word with fewer letters is found as a whole word only: the others are full of it."""

_AROUND = " \"'.,;:!?()[]{}<>«»“”„–—…*"
"""What may stand round a word and is no part of it."""

_CROWD = 64
"""Where one of so many entries or more has a word, they are kept as bits: as small, and much faster."""

Words = Mapping[str, int | Sequence[int]]
"""Words as `texts.unaccented` has them, and the entries each is in: a few by number, many as bits."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the first of `total`, best first; `missing` are the words nothing has."""

    words: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    total: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Every entry, the newest first, and the words of its name, of its texts, and of what it is known by."""

    plan: Snapshot
    entries: tuple[Entry, ...]
    names: Words
    written: Words
    known: Words
    kinds: Mapping[str, int]

    def find(self, asked: str) -> Found:
        """What has all the words asked for, in any order.

        First what is named so, then what says so itself, then what is said of something named so; within
        each the newest first. Where a word is a kind of thing, as «vedtak», those stand before all else.
        """
        words = sought(asked)
        if not words:
            return Found(())
        named, written, known = (
            [_having(word, among, len(self.entries)) for word in words]
            for among in (self.names, self.written, self.known)
        )
        every = [a | b | c for a, b, c in zip(named, written, known, strict=True)]
        itself, found = reduce(and_, map(or_, named, written)), reduce(and_, every)
        ranks = (reduce(and_, named), itself, found)
        kind = reduce(or_, (self.kinds.get(word, 0) for word in words))
        order = _in_order((*(kind & rank for rank in ranks), *ranks))
        missing = tuple(word for word, entries in zip(words.values(), every, strict=True) if not entries)
        best = tuple(self.entries[number] for number in islice(order, MOST))
        return Found(tuple(words), best, found.bit_count(), missing)


def indexed(plan: Snapshot, entries: tuple[Entry, ...]) -> Index:
    """The index of `entries`, which are the newest first."""
    roles = titles(plan)
    names, written, known, kinds = (defaultdict[str, list[int]](list) for _each in range(4))
    for number, entry in enumerate(entries):
        (names if entry.is_named else known)[entry.title].append(number)
        kinds[things.KINDS[entry.kind].label].append(number)
        for more in _beside(entry, plan):
            known[more].append(number)
        for word in _words(said(entry.kind, entry.thing, roles).values()):
            written[word].append(number)
    of = len(entries)
    by_kind = {texts.unaccented(label): _bits(numbers, of) for label, numbers in kinds.items()}
    return Index(plan, entries, _by_word(names, of), _folded(written, of), _by_word(known, of), by_kind)


def sentence(found: Found, asked: str) -> str:
    """How many were found, and where there are too many or none, what to do about it."""
    if not found.words:
        return _("Skriv et ord å søke etter")
    if found.missing:
        words = _("» eller «").join(found.missing)
        return _("Ingen treff. Ingenting inneholder «{words}»").format(words=words)
    if not found.total:
        return _("Ingen treff. Ordene finnes, men ikke på samme sted: ta bort ett av dem")
    form = plural("Ett treff på «{asked}»", "{number} treff på «{asked}»", found.total)
    said = form.format(number=dates.number(found.total), asked=asked)
    if found.total > MOST:
        more = _("{said}. De {most} øverste er her: skriv ett ord til, så blir det færre")
        return more.format(said=said, most=dates.number(MOST))
    return said


def sought(asked: str) -> dict[str, str]:
    """The words of what is asked for, each once, as they are compared and as they were written."""
    words = {texts.unaccented(word).strip(_AROUND): word.strip(_AROUND) for word in asked.split()}
    return {compared: written for compared, written in words.items() if compared}


def pattern(word: str) -> re.Pattern[str]:
    """Where a word is found: also within longer words, but a short one, or a number, only as a whole."""
    before = r"(?<!\d)" if word[0].isdigit() else ""
    after = r"(?!\d)" if word[-1].isdigit() else ""
    if len(word) < _SHORT and not before + after:
        before, after = r"(?<!\w)", r"(?!\w)"
    return re.compile(before + re.escape(word) + after)


def _beside(entry: Entry, plan: Snapshot) -> Iterator[str]:
    """What an entry is known by beside its title: what it is, when, and the measures it is about."""
    yield from (entry.about, things.KINDS[entry.kind].label, dates.long_day(entry.day), entry.thing.key)
    if "measures" in things.shapes(entry.kind):
        yield from (wording.called(key, plan) for key in entry.thing.measures)


def _having(word: str, among: Words, of: int) -> int:
    """The entries that have a word with `word` in it, as bits."""
    finds, few, found = pattern(word).search, bytearray(of // 8 + 1), 0
    for each, entries in among.items():
        if word not in each or not finds(each):
            continue
        if isinstance(entries, int):
            found |= entries
        else:
            _put(entries, few)
    return found | int.from_bytes(few, "little")


def _put(entries: Iterable[int], bits: bytearray) -> None:
    for number in entries:
        bits[number >> 3] |= 1 << (number & 7)


def _in_order(ranks: Iterable[int]) -> Iterator[int]:
    """The numbers of the entries of each rank, but for those of a rank before it."""
    seen = 0
    for rank in ranks:
        yield from _numbers(rank & ~seen)
        seen |= rank


def _numbers(entries: int) -> Iterator[int]:
    """The numbers of entries that are given as bits, the lowest first."""
    digits = f"{entries:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def _words(written: Iterable[str]) -> set[str]:
    return {word for text in written for word in text.split()}


def _by_word(phrases: Mapping[str, list[int]], of: int) -> Words:
    """The same by each word of the phrases; many entries have a phrase in common."""
    found = defaultdict[str, list[int]](list)
    for phrase, entries in phrases.items():
        for word in _words((phrase,)):
            found[word] += entries
    return _folded(found, of)


def _folded(words: Mapping[str, list[int]], of: int) -> Words:
    """The same by the words as they are compared; a word is folded once, however often it is written."""
    found = defaultdict[str, list[int]](list)
    for word, entries in words.items():
        found[texts.unaccented(word)] += entries
    return {word: _kept(entries, of) for word, entries in found.items()}


def _kept(entries: list[int], of: int) -> int | Sequence[int]:
    return tuple(entries) if len(entries) * _CROWD < of else _bits(entries, of)


def _bits(entries: Iterable[int], of: int) -> int:
    bits = bytearray(of // 8 + 1)
    _put(entries, bits)
    return int.from_bytes(bits, "little")
