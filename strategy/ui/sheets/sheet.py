"""A sheet: many things in one editable grid, weighed cell by cell against the plan and saved as one change.

The editor is never trusted. It is given plain values and gives back which cells were typed in; those are kept
under the row's key in the writer's name, over every filter and page, and weighed by `record.previewed`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, record
from strategy.errors import BadInput
from strategy.i18n import _, plural
from strategy.record import Flaw, Ident, Preview, Wanted
from strategy.snapshot import Snapshot
from strategy.ui import clashes
from strategy.ui.sheets import keeping
from strategy.ui.sheets.keeping import Cells, Typed
from strategy.ui.sheets.words import Lists, understood
from strategy.ui.view import at, view
from strategy.workbook import Asking, UnknownWord


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a sheet are of; `form` is its name.

    `cells` is what stands in a row, `title` what it is called and `wanted` what typed cells come to; the last
    may raise `BadInput` with the column. They take the plan the row was drawn from and the row's key, and
    raise `NotFound` where it has no such row. `days` are the columns with dates; `instead` is, by the kind of
    an edit no reader would understand, the column that tells it and its name. `lists` are the columns whose
    words are in a list.

    Where there is `added`, rows can be added: it is what the cells of a new one come to, its key none of
    those that are taken, and it may raise `BadInput` too. `outside` are the columns that stand in no history,
    with their names: they are kept nowhere until `write` saves them, by the key of their thing.
    """

    form: str
    cells: Callable[[Snapshot, str], Cells]
    title: Callable[[Snapshot, str], str]
    wanted: Callable[[Snapshot, str, Cells], Iterable[Wanted]]
    days: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lists: Callable[[Snapshot], Lists] = lambda _plan: {}
    added: "Adding | None" = None
    outside: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[record.By, str, Cells], None] | None = None


Adding = Callable[[record.By, Snapshot, Cells, Collection[str]], Iterable[Wanted]]
"""What the cells of a new row come to, in the plan it is added to, with the keys that are taken."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all that is typed comes to: whose row each edit is, and the cells nobody can read.

    `cells` are the typed ones as they were understood, by row. `asked` is what looks wrong, also where
    somebody has said that it is right; `unknown` the words of no list, also where they are explained.
    `outside` are the cells that stand in no history, by the key of their thing.
    """

    rows: Mapping[Ident, str]
    cells: Mapping[str, Cells]
    unread: tuple[tuple[str, BadInput], ...]
    preview: Preview
    asked: tuple[Flaw, ...] = ()
    unknown: tuple[UnknownWord, ...] = ()
    outside: Mapping[str, Cells] = field(default_factory=dict)

    @property
    def is_clear(self) -> bool:
        return self.preview.is_clear and not self.unread and all(word.chosen for word in self.unknown)


def opened(rows: Rows) -> "Sheet":
    """The sheet as this session has it; what the same person left elsewhere, the first time."""
    seen = view()
    whose = (seen.database.url, seen.strategy)
    name = f"sheet:{rows.form}"
    now: Typed | None = st.session_state.get(name)
    if now is None or now.whose != whose:
        now = st.session_state[name] = keeping.left(rows.form, whose, rows.cells)
    sheet = Sheet(rows, now)
    sheet.take_in()
    return sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One open sheet, with what is typed in it."""

    rows: Rows
    now: Typed

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
        if tuple(keys) != now.asked or (not now.cells and newest != now.as_of):
            now.asked, now.as_of, now.drawn = tuple(keys), newest, now.drawn + 1
            fresh = (*filter(keeping.is_new, now.cells), keeping.new_key(now, -1)) if self.rows.added else ()
            now.shown = (*keys, *fresh)
            now.frame = [_filled(columns, self._drawn(key)) for key in now.shown]
        st.data_editor(
            now.frame,
            key=self.editor,
            hide_index=True,
            num_rows="add" if self.rows.added else "fixed",
            column_config=dict(columns),
            column_order=list(columns),
            disabled=list(locked),
            height="content",
            placeholder="–",
            alt=alt,
        )
        self.take_in()
        keeping.keep(self.rows.form, self.now, self.rows.outside)

    def fill(self, rows: Mapping[str, Cells]) -> None:
        """Type in many rows at once, as somebody would by hand."""
        now = self.now
        for key, cells in rows.items():
            now.bases.setdefault(key, view().snapshot.change_id)
            now.cells.setdefault(key, {}).update(cells)
        now.asked = None

    def add(self, rows: Sequence[Cells]) -> None:
        """Type in new rows, as somebody would by hand."""
        now = self.now
        now.drawn += 1  # so that none has the key of one that was added in the editor
        self.fill({keeping.new_key(now, number): cells for number, cells in enumerate(rows)})

    def again(self) -> None:
        """Tell whoever has come back that there is something they have not saved."""
        if count := self.now.found_again:
            said = plural(
                "Du hadde skrevet i én rad uten å lagre.", "Du hadde skrevet i {n} rader uten å lagre.", count
            )
            st.info(said, icon=":material/history_edu:")

    def weigh(self) -> Weighed:
        """Merge all that is typed with the plan as it stands, by what was chosen where they clash."""
        seen, rows, wanted, unread = view(), dict[Ident, str](), list[Wanted](), list[tuple[str, BadInput]]()
        asking, outside = Asking(clashes.chosen(self.words)), dict[str, Cells]()
        typed = {key: self._understood(key, asking) for key in self.now.cells}
        with seen.database.reading() as session:
            by, taken = seen.by(session), list[str]()
            for key, cells in typed.items():
                try:
                    edits = tuple(self._wanted(by, key, cells, taken))
                except BadInput as refusal:
                    unread.append((key, refusal))
                    continue
                wanted += edits
                taken += (each.key for each in edits)
                rows |= {each.ident: key for each in edits}
                if told := {name: cells[name] for name in self.rows.outside if name in cells}:
                    outside[edits[0].key if keeping.is_new(key) else key] = told
        flats = ((ident, self.base(key).flat) for ident, key in rows.items())
        base = {ident: flat[ident] for ident, flat in flats if ident in flat}
        chosen = clashes.chosen(self.choices)
        preview = record.previewed(seen.snapshot, wanted, base=base, today=seen.today, choices=chosen)
        asked = preview.doubts
        if sure := {(flaw.kind, flaw.key) for flaw in asked if st.session_state.get(self.sure(flaw))}:
            wanted = [replace(each, sure=each.ident in sure) for each in wanted]
            preview = record.previewed(seen.snapshot, wanted, base=base, today=seen.today, choices=chosen)
        return Weighed(rows, typed, tuple(unread), preview, asked, asking.words, outside)

    def _wanted(self, by: record.By, key: str, cells: Cells, taken: Collection[str]) -> Iterable[Wanted]:
        said = {name: cell for name, cell in cells.items() if name not in self.rows.outside}
        if self.rows.added and keeping.is_new(key):
            return self.rows.added(by, self.base(key), said, taken)
        return self.rows.wanted(self.base(key), key, said) if said else ()

    @property
    def words(self) -> str:
        """Where the answers are kept on what unknown words stand for."""
        return f"word:{self.rows.form}:{self.now.turn}"

    def _understood(self, key: str, asking: Asking) -> Cells:
        return understood(self.now.cells[key], self.rows.lists(self.base(key)), self.title(key), asking)

    def sure(self, flaw: Flaw) -> str:
        """What it is remembered by that somebody is sure; another question is asked anew."""
        return f"sure:{self.rows.form}:{self.now.turn}:{flaw.key}:{flaw.sentence}"

    def base(self, key: str) -> Snapshot:
        """The plan a row was drawn from when it was first typed in."""
        return at(self.now.bases.get(key, view().snapshot.change_id))

    def title(self, key: str) -> str:
        """What a row is called; a new one by what is written first in it."""
        if keeping.is_new(key):
            written = [str(cell) for cell in self.now.cells.get(key, {}).values() if cell]
            return _("Ny: {what}").format(what=" ".join(written[:2]))
        return self.rows.title(self.base(key), key)

    def clear(self) -> None:
        """Forget what is typed, after a save or when it is given up; the next run begins anew."""
        now = self.now
        now.cells, now.bases, now.shown, now.asked, now.found_again = {}, {}, (), None, 0
        now.turn += 1
        now.drawn += 1
        keeping.keep(self.rows.form, self.now, self.rows.outside)

    def take_in(self) -> None:
        """Move what was typed in the editor under the keys of its rows, those added there under new ones."""
        now, state = self.now, st.session_state.get(self.editor) or {}
        for number, cells in (state.get("edited_rows") or {}).items():
            if 0 <= int(number) < len(now.shown):
                key = now.shown[int(number)]
                now.bases.setdefault(key, now.as_of)
                now.cells.setdefault(key, {}).update(cells)
        for number, cells in enumerate(state.get("added_rows") or [] if self.rows.added else []):
            key = keeping.new_key(now, number)
            now.cells[key] = {name: cell for name, cell in cells.items() if cell not in (None, "", False)}
            now.bases.setdefault(key, now.as_of)
        for key in [
            key for key, cells in now.cells.items() if keeping.is_new(key) and not any(cells.values())
        ]:
            del now.cells[key], now.bases[key]

    def _drawn(self, key: str) -> Cells:
        """A row with what is typed in it, for the editor to begin with."""
        typed = self.now.cells.get(key, {})
        if keeping.is_new(key):
            return dict(typed)
        cells = self.rows.cells(self.base(key), key)
        return cells | {name: said_day(cells[name]) for name in self.rows.days} | typed


def _filled(columns: Mapping[str, Any], cells: Cells) -> Cells:
    """A row with a cell in each column; a text nobody wrote is empty, where the editor says «None»."""
    empty = {
        name: "" if column["type_config"]["type"] == "text" else None for name, column in columns.items()
    }
    return cells | {name: cell for name, cell in empty.items() if cells.get(name) is None}


def text(cell: Any) -> str:
    """The text in a cell, empty where it was emptied."""
    return str(cell or "").strip()


def said_day(day: date | None) -> str:
    """A day as it stands in a cell: as text, since the editor reads a date that is pasted in its own way."""
    return dates.day(day) if day else ""


def read_day(cell: Any, field: str) -> date | None:
    """The day typed or pasted in a cell, None where it was emptied. Raises `BadInput`, naming `field`."""
    return dates.parse_day(said, field) if (said := text(cell)) else None


def read_number(cell: Any, field: str) -> Decimal | None:
    """The number in a cell, None where it was emptied. Raises `BadInput`, naming `field`."""
    said = text("" if cell is None else str(cell))
    return dates.parse_number(said, field) if said else None


def read_whole(cell: Any, field: str) -> int | None:
    """The whole number in a cell, None where it was emptied. Raises `BadInput`, naming `field`."""
    number = read_number(cell, field)
    if number is not None and number != number.to_integral_value():
        raise BadInput(_("«{said}» er ikke et helt tall.").format(said=text(cell)), field)
    return None if number is None else int(number)
