"""A sheet: many things in one editable grid, weighed cell by cell against the plan and saved as one change.

The editor is never trusted. It is given plain values and gives back which cells were typed in; those are kept
under the row's key in the writer's name, over every filter and page, and weighed by `record.previewed`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from strategy import dates, record
from strategy.errors import BadInput, Refusal
from strategy.i18n import _, plural
from strategy.record import Flaw, Ident, Preview, Wanted
from strategy.snapshot import Snapshot
from strategy.ui import clashes
from strategy.ui.markdown import plain
from strategy.ui.view import at, view

Cells = dict[str, Any]
"""What stands in one row, or is typed in it, by column."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a sheet are of; `form` is its name.

    `cells` is what stands in a row, `title` what it is called and `wanted` what typed cells come to; the last
    may raise `BadInput` with the column. They take the plan the row was drawn from and the row's key, and
    raise `NotFound` where it has no such row. `days` are the columns with dates; `instead` is, by the kind of
    an edit no reader would understand, the column that tells it and its name.
    """

    form: str
    cells: Callable[[Snapshot, str], Cells]
    title: Callable[[Snapshot, str], str]
    wanted: Callable[[Snapshot, str, Cells], Iterable[Wanted]]
    days: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class _Typed:
    """What is typed and not saved, by row, each on the plan as of the change in `bases`.

    `shown` are the rows in the editor just now, in its order, `frame` what it was given and `as_of` the
    change that was drawn from; `turn` counts the times it began anew.
    """

    whose: tuple[str, str]
    cells: dict[str, Cells] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    frame: list[Cells] = field(default_factory=list)
    as_of: int = 0
    drawn: int = 0
    kept: dict[str, Cells] = field(default_factory=dict)
    found_again: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all that is typed comes to: whose row each edit is, and the cells nobody can read.

    `asked` is what looks wrong, also where somebody has said that it is right.
    """

    rows: Mapping[Ident, str]
    unread: tuple[tuple[str, BadInput], ...]
    preview: Preview
    asked: tuple[Flaw, ...] = ()

    @property
    def is_clear(self) -> bool:
        return self.preview.is_clear and not self.unread


def opened(rows: Rows) -> "Sheet":
    """The sheet as this session has it; what the same person left elsewhere, the first time."""
    seen = view()
    whose = (seen.database.url, seen.strategy)
    name = f"sheet:{rows.form}"
    now: _Typed | None = st.session_state.get(name)
    if now is None or now.whose != whose:
        now = st.session_state[name] = _left(rows, whose)
    sheet = Sheet(rows, now)
    sheet.take_in()
    return sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One open sheet, with what is typed in it."""

    rows: Rows
    now: _Typed

    @property
    def typed(self) -> Mapping[str, Cells]:
        """The cells that are typed in and not saved, by row."""
        return self.now.cells

    @property
    def editor(self) -> str:
        """The editor's key: a new one for each set of rows it is given."""
        return f"grid:{self.rows.form}:{self.now.drawn}"

    @property
    def choices(self) -> str:
        """Where the choices are kept between what is typed and what somebody else has saved."""
        return f"clash:{self.rows.form}:{self.now.turn}"

    def show(
        self, keys: Sequence[str], columns: Mapping[str, Any], *, locked: Sequence[str], alt: str
    ) -> None:
        """Draw the editor for these rows, and take in what has been typed in it."""
        now, newest = self.now, view().snapshot.change_id
        if tuple(keys) != now.shown or (not now.cells and newest != now.as_of):
            now.shown, now.as_of, now.drawn = tuple(keys), newest, now.drawn + 1
            now.frame = [self._drawn(key) for key in keys]
        st.data_editor(
            now.frame, key=self.editor, hide_index=True, num_rows="fixed", column_config=dict(columns),
            column_order=list(columns), disabled=list(locked), height="content", placeholder="–", alt=alt,
        )  # fmt: skip
        self.take_in()
        _keep(self)

    def again(self) -> None:
        """Tell whoever has come back that there is something they have not saved."""
        if count := self.now.found_again:
            said = plural("Du hadde skrevet i én rad uten å lagre.",
                          "Du hadde skrevet i {n} rader uten å lagre.", count)  # fmt: skip
            st.info(said, icon=":material/history_edu:")

    def weigh(self) -> Weighed:
        """Merge all that is typed with the plan as it stands, by what was chosen where they clash."""
        seen, rows, wanted, unread = view(), dict[Ident, str](), list[Wanted](), list[tuple[str, BadInput]]()
        for key, cells in self.now.cells.items():
            try:
                edits = tuple(self.rows.wanted(self.base(key), key, cells))
            except BadInput as refusal:
                unread.append((key, refusal))
            else:
                wanted += edits
                rows |= {each.ident: key for each in edits}
        flats = ((ident, self.base(key).flat) for ident, key in rows.items())
        base = {ident: flat[ident] for ident, flat in flats if ident in flat}
        chosen = clashes.chosen(self.choices)
        preview = record.previewed(seen.snapshot, wanted, base=base, today=seen.today, choices=chosen)
        asked = preview.doubts
        if sure := {(flaw.kind, flaw.key) for flaw in asked if st.session_state.get(self.sure(flaw))}:
            wanted = [replace(each, sure=each.ident in sure) for each in wanted]
            preview = record.previewed(seen.snapshot, wanted, base=base, today=seen.today, choices=chosen)
        return Weighed(rows, tuple(unread), preview, asked)

    def sure(self, flaw: Flaw) -> str:
        """What it is remembered by that somebody is sure; another question is asked anew."""
        return f"sure:{self.rows.form}:{self.now.turn}:{flaw.key}:{flaw.sentence}"

    def base(self, key: str) -> Snapshot:
        """The plan a row was drawn from when it was first typed in."""
        return at(self.now.bases.get(key, view().snapshot.change_id))

    def title(self, key: str) -> str:
        """What a row is called."""
        return self.rows.title(self.base(key), key)

    def clear(self) -> None:
        """Forget what is typed, after a save or when it is given up; the next run begins anew."""
        now = self.now
        now.cells, now.bases, now.shown, now.found_again = {}, {}, (), 0
        now.turn += 1
        _keep(self)

    def take_in(self) -> None:
        """Move what was typed in the editor under the keys of its rows; no other row is taken in."""
        now, state = self.now, st.session_state.get(self.editor) or {}
        for number, cells in (state.get("edited_rows") or {}).items():
            if 0 <= int(number) < len(now.shown):
                key = now.shown[int(number)]
                now.bases.setdefault(key, now.as_of)
                now.cells.setdefault(key, {}).update(cells)

    def _drawn(self, key: str) -> Cells:
        """A row with what is typed in it, for the editor to begin with."""
        typed = self.now.cells.get(key, {})
        cells = self.rows.cells(self.base(key), key)
        return cells | {name: said_day(cells[name]) for name in self.rows.days} | typed


def text(cell: Any) -> str:
    """The text in a cell, empty where it was emptied."""
    return str(cell or "").strip()


def said_day(day: date | None) -> str:
    """A day as it stands in a cell: as text, since the editor reads a date that is pasted in its own way."""
    return dates.day(day) if day else ""


def read_day(cell: Any, field: str) -> date | None:
    """The day typed or pasted in a cell, None where it was emptied. Raises `BadInput`, naming `field`."""
    return dates.parse_day(said, field) if (said := text(cell)) else None


def _left(rows: Rows, whose: tuple[str, str]) -> _Typed:
    """What this person typed and did not save, where the rows are there still."""
    seen = view()
    with seen.database.reading() as session:
        there = record.scratch.kept(session, seen.actor, seen.strategy).get(rows.form)
    left: Mapping[str, Any] = there.fields if there else {}
    now = _Typed(whose)
    for key, cells in left.get("rows", {}).items():
        with suppress(Refusal):
            rows.cells(at(left["bases"][key]), key)
            now.cells[key], now.bases[key] = dict(cells), left["bases"][key]
    now.kept, now.found_again = _copy(now.cells), len(now.cells)
    return now


def _keep(sheet: Sheet) -> None:
    """Keep what is typed under the writer's name, where it has changed."""
    seen, now, form = view(), sheet.now, sheet.rows.form
    if now.cells == now.kept:
        return
    try:
        with seen.database.writing() as session:
            if now.cells:
                fields = {"rows": now.cells, "bases": now.bases}
                record.scratch.keep(session, seen.actor, seen.strategy, form, fields, seen.now())
            else:
                record.scratch.drop(session, seen.actor, seen.strategy, form)
    except Refusal as refusal:
        st.warning(plain(_("Kladden er ikke tatt vare på. {why}").format(why=refusal)))
        return
    now.kept = _copy(now.cells)


def _copy(cells: Mapping[str, Cells]) -> dict[str, Cells]:
    return {key: dict(row) for key, row in cells.items()}
