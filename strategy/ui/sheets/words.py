"""The words cells take from a list: as they are, as somebody has explained them, or left out until then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from strategy import texts, things, workbook
from strategy.i18n import _
from strategy.snapshot import Snapshot
from strategy.terms import Term
from strategy.workbook import Asking, Options, UnknownWord


@dataclass(frozen=True, slots=True)
class Listed:
    """A column whose words are in a list; `read` finds what one stands for, in whatever way it is written."""

    kind: str
    field: str
    options: Options
    read: Callable[[str], str | None]


Lists = Mapping[str, Listed]
"""The columns with words of a list, by name."""


def terms(kind: str, *fields: str) -> Lists:
    """Those of the fields that hold a term."""
    return {name: _of_terms(kind, name) for name in fields if issubclass(things.holds(kind, name), Term)}


def roles(plan: Snapshot) -> Listed:
    """The roles by their titles."""
    titles = {person.title: person.title for person in plan.people}
    by_word = {texts.folded(title): title for title in titles}
    marked = {texts.folded(_("{title} (forslag)").format(title=title)): title for title in titles}

    def read(word: str) -> str | None:
        said = texts.folded(workbook.bare(word))
        return by_word.get(said) or marked.get(said)

    return Listed("responsibility", "person", titles, read)


def understood(cells: Mapping[str, Any], lists: Lists, place: str, asking: Asking) -> dict[str, Any]:
    """What is typed in a row, each word as what it stands for; a cell with one nobody knows is left out."""
    found = dict(cells)
    for column, listed in lists.items():
        words = _words(cells.get(column))
        meant = [listed.read(word) or _asked(listed, word, place, asking) for word in words]
        if not all(meant):
            del found[column]
        elif words:
            found[column] = meant if isinstance(cells[column], list) else meant[0]
    return found


def _of_terms(kind: str, name: str) -> Listed:
    of = things.holds(kind, name)

    def read(word: str) -> str | None:
        term = workbook.term_of(word, of)
        return term.value if term else None

    return Listed(kind, name, workbook.in_words(of), read)


def _words(cell: Any) -> list[str]:
    return [str(word) for word in (cell if isinstance(cell, list) else [cell]) if word not in (None, "")]


def _asked(listed: Listed, word: str, place: str, asking: Asking) -> str:
    return asking.meaning(
        UnknownWord(listed.kind, listed.field, workbook.bare(word), (place,), listed.options)
    )
