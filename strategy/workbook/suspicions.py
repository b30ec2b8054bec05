"""What looks wrong in a form as a whole: a column sorted by itself, and work reopened with a word."""

from collections.abc import Iterable, Iterator
from typing import Any

from strategy.i18n import _
from strategy.terms import Phase, Term
from strategy.workbook import form
from strategy.workbook.reading import Written

FEWEST_MOVED = 3
"""So many texts that stand on each other's rows are a column that was sorted or pasted askew."""

Edited = tuple[Written, str, Any, Any]
"""A row, a field, and from what to what."""

Suspicion = tuple[str, str]
"""A place, and what is asked about it."""


def found(edits: Iterable[Edited]) -> Iterator[Suspicion]:
    """What is asked about the edits of a form, each question with the cell or the column it is about."""
    columns: dict[tuple[str, str], list[Edited]] = {}
    for edit in edits:
        row, field, before, after = edit
        columns.setdefault((row.kind, field), []).append(edit)
        if field == "phase" and is_reopened(before, after):
            said = _("{key} er meldt som {before}, og åpnes igjen som {after}.")
            words = said.format(key=row.key, before=before.word.lower(), after=after.word.lower())
            yield row.places[field], words
    for (kind, field), these in columns.items():
        if moved := _moved(these):
            yield (
                _column(these),
                _(
                    "{n} av cellene i kolonnen «{field}» sier det en annen rad sa. "
                    "Er kolonnen sortert for seg, eller limt inn på feil rad?"
                ).format(n=moved, field=form.SHEET_OF[kind].column(field).header),
            )


def is_reopened(before: Any, after: Any) -> bool:
    """Whether what was finished or dropped is to be worked on again."""
    return isinstance(before, Phase) and isinstance(after, Phase) and after.is_open and not before.is_open


def _moved(edits: Iterable[Edited]) -> int:
    """How many cells say what another row said, where enough do that it cannot be by chance."""
    said = [(before, after) for _row, _field, before, after in edits if not isinstance(after, Term)]
    before = {each for each, _after in said if each not in ("", None)}
    moved = [after for _before, after in said if after in before]
    enough = len(set(moved)) >= FEWEST_MOVED and 2 * len(moved) > len(said) - _emptied(said)
    return len(moved) if enough else 0


def _emptied(said: Iterable[tuple[Any, Any]]) -> int:
    return sum(after in ("", None) for _before, after in said)


def _column(edits: list[Edited]) -> str:
    """The column the edits are in, as «Tiltak!I»."""
    row, field, _before, _after = edits[0]
    return row.places[field].rstrip("0123456789")
