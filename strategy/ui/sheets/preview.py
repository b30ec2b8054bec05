"""What many edits come to, before they are saved: each change from and to, and what stands in the way."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import streamlit as st

from strategy import record, wording
from strategy.changes import Action, Edit
from strategy.errors import Several
from strategy.i18n import _
from strategy.record import Saved
from strategy.ui import clashes, unknown
from strategy.ui.authority import grounds
from strategy.ui.markdown import plain
from strategy.ui.parts import paged, section, table
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, Sheet, Weighed
from strategy.ui.view import lead_to, refused, save, view

CHANGES = 15
"""How many rows are told of at a time."""

_Line = tuple[str, Any, Any]
"""A field by its name, what it was and what it will be."""

_Changed = tuple[str, tuple[_Line, ...]]
"""A row by its title, and what would change in it."""


def finish(sheet: Sheet, said: Callable[[int], str], *, ask: bool = False, rests_on: str = "") -> None:
    """All that is typed, what would change and what stands in the way; then the reason and the button.

    `said` names so many of what is saved, as «3 målinger»; with `ask` a reason must be given, and with
    `rests_on`, which is the question, what it was decided by.
    """
    if not sheet.typed:
        return
    found = sheet.weigh()
    clashes.choose(
        found.preview.clashes,
        sheet.choices,
        clashes.typed(),
        lambda clash: sheet.title(found.rows[clash.kind, clash.key]),
    )
    section(_("Dette blir endret"))
    unknown.ask(found.unknown, sheet.words)
    if flaws := _flaws(sheet, found):
        fault(flaws)
    _ask(sheet, found)
    for left_out in found.preview.left_out:
        st.caption(plain(f"{sheet.title(found.rows[left_out.kind, left_out.key])}: {left_out.sentence}"))
    changed = _changed(sheet, found)
    if changed:
        _change((*changed, *_brought(found)))
    elif found.is_clear:
        st.markdown(_("Ingenting: det som skal stå, står der fra før."))
    if not found.is_clear:
        st.caption(_("Ordne det som er merket over, så kan alt lagres."))
    what = said(len(changed)) if changed and found.is_clear else ""
    _save(sheet, found, what, ask=ask, rests_on=rests_on)


def _save(sheet: Sheet, found: Weighed, said: str, *, ask: bool, rests_on: str) -> None:
    """The reason, the grounds where a deadline moves, and the buttons; without `said` nothing is to save."""
    turn, reason, given = f"{sheet.rows.form}:{sheet.now.turn}", "", record.Grounds()
    if said:
        must, can = (
            _("Hvorfor endres dette? Det står i endringsloggen (må fylles ut)"),
            _("Begrunnelse (kan utelates)"),
        )
        reason = st.text_input(must if ask else can, key=f"hvorfor:{turn}", persist_state="session")
        if (needing := len(record.needs_grounds(found.preview.edits))) or rests_on:
            given = grounds(sheet.rows.form, needing, asks=rests_on, slip=not rests_on)
    with st.container(horizontal=True):
        pressed = said and st.button(
            _("Lagre {what}").format(what=said),
            type="primary",
            key=f"lagre:{sheet.rows.form}",
            shortcut="Ctrl+Enter",
        )
        st.button(_("Forkast alt"), on_click=sheet.clear, type="tertiary", key=f"forkast:{turn}")
    if pressed and ask and not reason.strip():
        refused(_("Ikke lagret. Skriv kort hvorfor."), "hvorfor")
    elif pressed and _written(sheet.rows, found, said, reason, given):
        sheet.clear()
        lead_to(f":{sheet.rows.form}:")
        st.rerun()


def _written(rows: Rows, found: Weighed, said: str, reason: str, given: record.Grounds) -> bool:
    """Whether it is saved; where somebody was first, the next run shows what stands in the way."""
    seen = view()

    def write(by: record.By) -> Saved:
        done = record.save(by, found.preview.wanted, reason=reason, grounds=given)
        for key, cells in found.outside.items():
            if rows.write:
                rows.write(by, key, cells)
        when = by.now if found.outside else seen.snapshot.recorded_at
        return done or Saved("", 0, seen.snapshot.change_id, when, again=not found.outside)

    try:
        return save(write, said)
    except Several:
        st.rerun()


def _changed(sheet: Sheet, found: Weighed) -> tuple[_Changed, ...]:
    """Each row that would change: its title, and every field with what it was and will be."""
    lines: dict[str, list[_Line]] = {}
    for edit in (edit for edit in found.preview.edits if (edit.kind, edit.key) in found.rows):
        key = found.rows[edit.kind, edit.key]
        there = lines.setdefault(key, [])
        if instead := sheet.rows.instead.get(edit.kind):
            column, name = instead
            was = sheet.rows.cells(sheet.base(key), key)[column]
            line = (_(name), was, found.cells[key][column])
            there += [] if line in there else [line]
        else:
            there += _lines(edit)
    for key, cells in found.outside.items():
        row = next((row for ident, row in found.rows.items() if ident[1] == key), key)
        lines.setdefault(row, []).extend(_outside(sheet, key, cells))
    return tuple((sheet.title(key), tuple(told)) for key, told in lines.items())


def _outside(sheet: Sheet, key: str, cells: Cells) -> Iterator[_Line]:
    """What stands in no history, from and to."""
    stands = sheet.rows.cells(view().snapshot, key) if key in sheet.typed else {}
    for name, cell in cells.items():
        yield sheet.rows.outside[name], stands.get(name), cell


def _brought(found: Weighed) -> tuple[_Changed, ...]:
    """What the rows bring with them, as a role that is adopted with what it answers for."""
    others = (edit for edit in found.preview.edits if (edit.kind, edit.key) not in found.rows)
    return tuple((wording.thing(edit, view().snapshot), tuple(_lines(edit))) for edit in others)


def _lines(edit: Edit) -> Iterator[_Line]:
    for change in wording.told(edit):
        yield wording.field(edit.kind, change.field), change.before, change.after


def _flaws(sheet: Sheet, found: Weighed) -> list[list[str]]:
    """Each cell that cannot be used: its row, its field, and what it wants."""
    unread = [[sheet.title(key), refusal.field, str(refusal)] for key, refusal in found.unread]
    return unread + [
        [_titled(sheet, found, f), f.field and wording.field(f.kind, f.field), f.sentence]
        for f in found.preview.flaws
        if not f.is_doubt
    ]


def _titled(sheet: Sheet, found: Weighed, flaw: record.Flaw) -> str:
    """The row a flaw is in, or what one brings with it."""
    if row := found.rows.get((flaw.kind, flaw.key)):
        return sheet.title(row)
    return wording.thing(Edit(flaw.kind, flaw.key, Action.CHANGED, ()), view().snapshot)


def _ask(sheet: Sheet, found: Weighed) -> None:
    """Each number that looks wrong: whether it is right."""
    if found.asked:
        st.warning(
            _("Noe ser galt ut. Kryss av for det som er riktig, eller rett det i tabellen."),
            icon=":material/help:",
        )
    for doubt in paged(found.asked, CHANGES, "spørsmål"):
        title = sheet.title(found.rows[doubt.kind, doubt.key])
        st.markdown(plain(f"{title}: {doubt.sentence}"))
        label = _("Ja, {name} er riktig").format(name=plain(title))
        st.checkbox(label, key=sheet.sure(doubt), persist_state="session")


def _change(rows: Sequence[_Changed]) -> None:
    """Every cell that would change, row by row."""
    for title, lines in paged(tuple(rows), CHANGES, "endringer"):
        said = [
            f"- {plain(f'{name}: {_said(before)}')} → **{plain(_said(after))}**"
            for name, before, after in lines
        ]
        st.markdown("\n".join((f"**{plain(title)}**", "", *said)))


def fault(flaws: Sequence[Sequence[str]]) -> None:
    """Every cell that cannot be used: its row, its field, and what it wants."""
    st.warning(_("Dette må ordnes før noe kan lagres."), icon=":material/edit:")
    table([_("Rad"), _("Felt"), _("Hva som må rettes")], paged(tuple(flaws), CHANGES, "mangler"))


def _said(value: Any) -> str:
    """A cell as a reader knows it, on one line."""
    return wording.said(value).replace("\n", ", ")
