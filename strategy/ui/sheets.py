"""A sheet: many things of one kind in an editable grid, weighed cell by cell and saved as one change.

The grid checks nothing, so all of it is checked here and again in the write. It keeps the versions it was
opened with, and what is typed survives a refusal, a conflict and a visit to another page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from strategy import record, wording
from strategy.changes import Action, Edit
from strategy.errors import BadInput, Conflict, Several
from strategy.i18n import _, plural
from strategy.record import Collision, Wanted
from strategy.record.bulk import Ident
from strategy.ui.markdown import plain
from strategy.ui.parts import table
from strategy.ui.view import save, view

SHOWN = 12
"""How many changed rows are named before the save; the rest are counted."""

_ROW = 33
"""The height of a row in pixels."""

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: the thing, the version it was opened on, its name, and what stands in its cells."""

    ident: Ident
    version: int
    name: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be used: whose row, which column, and what it wants."""

    name: str
    column: str
    sentence: str


@dataclass
class Sheet:
    """One open sheet; `seed` is what was typed before it had to be drawn anew."""

    name: str
    number: int
    lines: tuple[Line, ...]
    seed: dict[Ident, dict[str, Any]]
    over: dict[Ident, int]
    dropped: set[Ident]

    @property
    def key(self) -> str:
        return f"grid:{self.name}:{self.number}"

    def drawn(self, columns: Mapping[str, Any], *, locked: Sequence[str]) -> None:
        """The grid; `columns` are Streamlit's column settings by name, in order."""
        rows = [{**line.cells, **self.seed.get(line.ident, {})} for line in self.lines]
        st.data_editor(
            {name: [row[name] for row in rows] for name in columns}, key=self.key, hide_index=True,
            column_config=dict(columns), disabled=list(locked), num_rows="fixed", placeholder="–",
            height=_ROW * (len(rows) + 1) + 2,
        )  # fmt: skip

    @property
    def typed(self) -> dict[Ident, dict[str, Any]]:
        """The cells typed in so far, by row."""
        found = {ident: dict(cells) for ident, cells in self.seed.items()}
        state: Any = st.session_state.get(self.key) or {}
        for row, cells in state.get("edited_rows", {}).items():
            found.setdefault(self.lines[int(row)].ident, {}).update(cells)
        return {ident: cells for ident, cells in found.items() if ident not in self.dropped}

    def edited(self) -> list[tuple[Line, dict[str, Any]]]:
        """Each row that was typed in, with all its cells."""
        typed = self.typed
        return [(line, {**line.cells, **typed[line.ident]}) for line in self.lines if line.ident in typed]

    def base(self, line: Line) -> int:
        """The version the row is saved on: the one it was opened with, or has been seen in since."""
        return self.over.get(line.ident, line.version)

    def keep(self, found: Collision) -> None:
        """Let what is typed here stand on top of what somebody else saved."""
        self.over[found.kind, found.key] = found.version

    def drop(self, found: Collision) -> None:
        """Give up what is typed here for what somebody else saved."""
        self.dropped.add((found.kind, found.key))

    def close(self) -> None:
        """Begin anew with what stands in the plan."""
        st.session_state.pop(_stored(self.name), None)
        st.session_state[f"{_stored(self.name)}:number"] = self.number + 1


def opened(name: str, lines: Sequence[Line]) -> Sheet:
    """The sheet called `name`: as it was opened while something is typed in it, else with `lines`."""
    stored: Sheet | None = st.session_state.get(_stored(name))
    number = int(st.session_state.get(f"{_stored(name)}:number", 0))
    if stored and stored.typed:
        if stored.key not in st.session_state:  # another page was shown meanwhile
            stored.seed, stored.number = stored.typed, stored.number + 1
            st.session_state[f"{_stored(name)}:number"] = stored.number
        return stored
    if stored and stored.lines == tuple(lines):
        return stored
    number += bool(stored)
    fresh = Sheet(name, number, tuple(lines), {}, {}, set())
    st.session_state[_stored(name)] = fresh
    st.session_state[f"{_stored(name)}:number"] = number
    return fresh


def finish(
    sheet: Sheet, wanted: Sequence[Wanted], faults: Sequence[Fault], columns: Mapping[str, str],
    said: Callable[[int], str],
) -> None:  # fmt: skip
    """What the sheet would change and what stands in the way; then the reason and the button.

    `columns` names each field as in `tables` by its column, `said` tells how many were saved.
    """
    seen = view()
    kept = [each for each in wanted if each.ident not in sheet.dropped]
    names = {line.ident: line.name for line in sheet.lines}
    found = record.previewed(seen.snapshot, kept, today=seen.today)
    faults = [
        *faults,
        *(
            Fault(names.get((f.kind, f.key), f.key), columns.get(f.field, ""), f.sentence)
            for f in found.flaws
        ),
    ]
    for collision in found.collisions:
        _collided(sheet, collision, names[collision.kind, collision.key], columns)
    if faults:
        st.warning(_("Dette kan ikke lagres ennå:"), icon=":material/edit:")
        table(
            [_("Rad"), _("Kolonne"), _("Hva som må rettes")],
            [[fault.name, fault.column, fault.sentence] for fault in faults],
        )
    if found.edits:
        st.markdown(plural("**Én rad blir endret**", "**{n} rader blir endret**", len(found.edits)))
        shown = [[names[edit.kind, edit.key], *_sides(edit, columns)] for edit in found.edits[:SHOWN]]
        table([_("Rad"), _("Før"), _("Nå")], shown)
        if len(found.edits) > SHOWN:
            st.caption(plural("og {n} til", "og {n} til", len(found.edits) - SHOWN))
    ready = bool(found.edits) and found.is_clear and not faults
    reason = ""
    if sheet.typed:
        reason = st.text_input(_("Begrunnelse (kan utelates)"), key=f"reason:{sheet.key}")
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre"), type="primary", disabled=not ready, key=f"sheet:{sheet.name}:save")
        if sheet.typed:
            st.button(_("Forkast det som er skrevet"), on_click=sheet.close, type="tertiary")
    if not (pressed and ready):
        return
    if attempt(lambda session, now: _written(session, now, kept, reason), said(len(found.edits))):
        sheet.close()
        st.rerun()


def attempt(write: Callable[[Any, datetime], record.Saved | None], said: str) -> bool:
    """Save, and say so; that somebody saved first, or that all of it stood there already, is told."""

    def something(session: Any, now: datetime) -> record.Saved:
        saved = write(session, now)
        if saved is None:
            raise BadInput(_("Alt står slik fra før."))
        return saved

    try:
        return save(something, said)
    except (Conflict, Several) as refusal:
        st.warning(plain(str(refusal)), icon=":material/compare_arrows:")
        return False


def day(cells: Cells, column: str) -> date | None:
    """The date in a cell; the grid hands over what was typed as text."""
    given = cells[column]
    if isinstance(given, str):
        return date.fromisoformat(given[:10])
    return given.date() if isinstance(given, datetime) else given


def text(cells: Cells, column: str) -> str:
    """The text in a cell, empty where it was emptied."""
    return str(cells[column] or "").strip()


def _sides(edit: Edit, columns: Mapping[str, str]) -> tuple[str, str]:
    """What the changed cells of a row held and will hold; of a new row only what is filled in."""
    changed = [change for change in edit.fields if change.field in columns]
    if edit.action is Action.ADDED:
        return "–", " · ".join(_cell(columns[c.field], c.after) for c in changed if c.after not in ("", None))
    before, after = (
        " · ".join(_cell(columns[change.field], getattr(change, side)) for change in changed)
        for side in ("before", "after")
    )
    return before, after


def _cell(column: str, value: Any) -> str:
    return f"{column}: {wording.said(value)}"


def _written(session: Any, now: datetime, wanted: Sequence[Wanted], reason: str) -> record.Saved | None:
    seen = view()
    return record.bulk(session, seen.actor, seen.strategy, wanted, reason=reason, now=now)


def _collided(sheet: Sheet, found: Collision, name: str, columns: Mapping[str, str]) -> None:
    """Both texts of a row that somebody else saved first, and the choice between them."""
    with st.container(border=True):
        said = _("Noen andre lagret «{name}» mens du skrev. Din er ikke lagret.").format(name=name)
        st.warning(plain(said), icon=":material/compare_arrows:")
        table(
            [_("Kolonne"), _("Deres"), _("Din")],
            [
                [columns.get(s.field, s.field), wording.said(s.theirs), wording.said(s.ours)]
                for s in found.sides
            ],
        )
        with st.container(horizontal=True):
            key = f"{found.key}:{sheet.name}"
            st.button(_("Bruk min"), on_click=sheet.keep, args=(found,), key=f"keep:{key}")
            st.button(_("Bruk deres"), on_click=sheet.drop, args=(found,), key=f"drop:{key}", type="tertiary")


def _stored(name: str) -> str:
    return f"sheet:{name}"
