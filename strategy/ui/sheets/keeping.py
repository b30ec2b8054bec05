"""What is typed in a sheet and not saved: kept under the writer's name, beside what other tabs have there."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from strategy import record
from strategy.errors import Refusal
from strategy.snapshot import Snapshot
from strategy.ui import scratch
from strategy.ui.view import at

Cells = dict[str, Any]
"""What stands in one row, or is typed in it, by column."""


@dataclass
class Typed:
    """What is typed and not saved, by row, each on the plan as of the change in `bases`.

    `asked` are the rows that were to be shown, `shown` those in the editor just now, in its order, the added
    ones last; `frame` is what it was given and `as_of` the change that was drawn from. `turn` counts the
    times it began anew. `kept` is what this tab has kept, `tab` what tells its new rows from others'.
    """

    whose: tuple[str, str]
    cells: dict[str, Cells] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    asked: tuple[str, ...] | None = None
    shown: tuple[str, ...] = ()
    frame: list[Cells] = field(default_factory=list)
    as_of: int = 0
    drawn: int = 0
    kept: dict[str, Cells] = field(default_factory=dict)
    found_again: int = 0
    turn: int = 0
    tab: str = field(default_factory=lambda: uuid4().hex[:8])


_NEW = "ny:"


def is_new(key: str) -> bool:
    """Whether a row is one that is added and stands in no plan."""
    return key.startswith(_NEW)


def new_key(now: Typed, number: int) -> str:
    """The key of a row that is added to the editor as it is drawn now."""
    return f"{_NEW}{now.tab}.{now.drawn}.{number}"


def left(form: str, whose: tuple[str, str], cells_of: Callable[[Snapshot, str], Cells]) -> Typed:
    """What this person typed and did not save, in whichever tab, where the rows are there still."""
    there = scratch.kept().get(form)
    fields: Mapping[str, Any] = there.fields if there else {}
    now = Typed(whose)
    for key, cells in fields.get("rows", {}).items():
        with suppress(Refusal):
            if not is_new(key):
                cells_of(at(fields["bases"][key]), key)
            now.cells[key], now.bases[key] = dict(cells), fields["bases"][key]
    now.kept, now.found_again = _copy(now.cells), len(now.cells)
    return now


def keep(form: str, now: Typed, outside: Collection[str] = ()) -> None:
    """Keep what is typed, where it has changed; what another tab has kept meanwhile stands beside it.

    What stands `outside` the history is not kept, so that nothing is left of it where it is erased.
    """
    cells = {key: {n: c for n, c in row.items() if n not in outside} for key, row in now.cells.items()}
    if cells == now.kept:
        return

    def write(by: record.By) -> None:
        there = record.scratch.kept(by.session, by.actor, by.strategy).get(form)
        fields = together(there.fields if there else {}, now, cells)
        if fields["rows"]:
            record.scratch.keep(by, form, fields)
        else:
            record.scratch.drop(by, form)

    if scratch.change(write):
        now.kept = _copy(cells)


def together(there: Mapping[str, Any], now: Typed, typed: Mapping[str, Cells]) -> dict[str, Any]:
    """What all tabs have typed: what is kept, without what this one has given up, and with what it has typed.

    A row is of the plan the first of them saw it in, so that nothing saved since is overwritten unseen.
    """
    rows, bases = _copy(there.get("rows", {})), dict(there.get("bases", {}))
    for key, cells in now.kept.items():
        for column in cells.keys() - typed.get(key, {}).keys():
            rows.get(key, {}).pop(column, None)
    for key, cells in typed.items():
        mine, stored = now.kept.get(key, {}), rows.setdefault(key, {})
        stored |= {name: cell for name, cell in cells.items() if name not in stored or mine.get(name) != cell}
        bases[key] = min(bases.get(key, now.bases[key]), now.bases[key])
    rows = {key: cells for key, cells in rows.items() if cells}
    return {"rows": rows, "bases": {key: bases[key] for key in rows}}


def _copy(cells: Mapping[str, Cells]) -> dict[str, Cells]:
    return {key: dict(row) for key, row in cells.items()}
