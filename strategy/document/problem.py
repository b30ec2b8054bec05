"""What is wrong in the author's text: a value with a place, never an exception."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from strategy.i18n import _, plural

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake; `line` and `column` count from 1, `hint` says what to write instead.

    What `is_note` is told, and does not stop the file.
    """

    line: int
    column: int
    message: str
    hint: str = ""
    is_note: bool = False

    def __str__(self) -> str:
        place = _("Linje {line}, kolonne {column}:").format(line=self.line, column=self.column)
        return " ".join(part for part in (place, self.message, self.hint) if part)


class Place(Protocol):
    """Anything that stands somewhere in the file."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class Problems:
    """Gathers problems and stays small: past `MOST_SHOWN` they are only counted."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._more = 0

    @property
    def is_full(self) -> bool:
        """Whether a further problem would only be counted, so that its wording need not be made."""
        return len(self._found) >= MOST_SHOWN

    def __bool__(self) -> bool:
        return any(not each.is_note for each in self._found)

    def add(self, place: Place, message: str, hint: str = "") -> None:
        if self.is_full:
            self.skip()
        else:
            self._found.append(Problem(place.line, place.column, message, hint))

    def note(self, place: Place, message: str, hint: str = "") -> None:
        """Tell something the author should know, though the file can be used."""
        if not self.is_full:
            self._found.append(Problem(place.line, place.column, message, hint, is_note=True))

    def skip(self, count: int = 1) -> None:
        """Count problems that are not shown."""
        self._more += count

    def sorted(self) -> tuple[Problem, ...]:
        """All of them in the order of the file, the same one once; last how many were left out."""
        found = sorted(set(self._found))
        if self._more:
            last = found[-1]
            message = plural("Det er {n} feil til.", "Det er {n} feil til.", self._more)
            found.append(Problem(last.line, last.column, message, _("Rett disse først.")))
        return tuple(found)


def guess(written: str, words: Iterable[str]) -> str:
    """The word the author probably meant, or the empty string."""
    if len(written) > 60:
        return ""
    near = difflib.get_close_matches(written.casefold(), list(words), n=1, cutoff=0.7)
    return near[0] if near else ""


def did_you_mean(word: str) -> str:
    """The question that follows a refusal, or the empty string where there is no guess."""
    return _("Mente du «{word}»?").format(word=word) if word else ""


def shortened(text: str, limit: int = 60) -> str:
    """`text` as it is quoted in a message, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
