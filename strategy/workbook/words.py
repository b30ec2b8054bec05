"""Words in a cell that no list has: what each may stand for, and what somebody has said that it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from strategy import document, texts
from strategy.terms import MARKS, Term

T = TypeVar("T", bound=Term)

Options = Mapping[str, str]
"""The words a cell may have, by what each is stored as."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is in no list, the cells it stands in, what it may stand for, and what was chosen."""

    kind: str
    field: str
    text: str
    places: tuple[str, ...]
    options: Options
    chosen: str = ""

    @property
    def name(self) -> str:
        """What a choice is remembered by: the same word in a column means the same."""
        return f"{self.field}:{texts.folded(self.text)}"

    @property
    def likely(self) -> str:
        """The word of the list that is written most like it, or the empty string."""
        words = {texts.folded(word): word for word in self.options.values()}
        return words.get(document.guess(texts.folded(self.text), words), "")


class Asking:
    """Notes every unknown word with its places; `answers` says by their names what they stand for."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self._found: dict[str, UnknownWord] = {}

    @property
    def words(self) -> tuple[UnknownWord, ...]:
        return tuple(self._found.values())

    def meaning(self, word: UnknownWord) -> str:
        """What an unknown word is said to stand for, empty as long as nobody has said."""
        there = self._found.get(word.name, replace(word, places=()))
        answer = self.answers.get(word.name, "")
        chosen = answer if answer in word.options else ""
        places = tuple(dict.fromkeys((*there.places, *word.places)))
        self._found[word.name] = replace(there, places=places, chosen=chosen)
        return chosen


def in_words(terms: Iterable[Term]) -> Options:
    """The words of a closed list."""
    return {term.value: term.label for term in terms}


def bare(text: str) -> str:
    """A word without its mark and the room in and around it."""
    return " ".join(texts.normal(text).lstrip(MARKS).split())


def term_of(text: str, terms: Iterable[T]) -> T | None:
    """The term of a closed list that a cell says, with its mark or without, in whatever case."""
    said = texts.folded(bare(text))
    return next((t for t in terms if said in (t.value, texts.folded(t.word), texts.folded(t.label))), None)
