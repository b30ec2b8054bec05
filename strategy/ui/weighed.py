"""What many edits come to, before they are saved: each change from and to, and what stands in the way."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from strategy import wording
from strategy.errors import NotFound
from strategy.i18n import _
from strategy.record import Collision, Preview
from strategy.ui.markdown import plain
from strategy.ui.parts import paged, table
from strategy.ui.view import view

CHANGES = 15


def changed(found: Preview, answering: Mapping[str, tuple[list[str], list[str]]]) -> None:
    """Every cell that would change, measure by measure; `answering` holds who, before and after."""
    cells: dict[str, list[tuple[str, str, str]]] = {}
    for edit in found.edits:
        there = cells.setdefault(edit.key.partition("@")[0], [])
        if edit.kind != "responsibility":
            there += [(wording.field(c.field), _said(c.before), _said(c.after)) for c in edit.fields]
    for key, (before, after) in answering.items():
        cells.setdefault(key, []).append((_("ansvarlig"), _said(before), _said(after)))
    for key, moved in paged(tuple(cells.items()), CHANGES, "endringer"):
        lines = [
            f"- {plain(f'{name}: {before}')} → **{plain(after)}**"
            for name, before, after in moved
            if before != after
        ]
        st.markdown("\n".join((f"**{plain(f'{key} {_name_of(key)}')}**", "", *lines)))


def faulty(found: Preview) -> None:
    """Every cell that cannot be used, and what it wants."""
    st.warning(_("Dette må ordnes før noe kan lagres."), icon=":material/edit:")
    rows = [
        [f.key.partition("@")[0], _name_of(f.key), wording.field(f.field) if f.field else "", f.sentence]
        for f in found.flaws
    ]
    header = [_("Nr."), _("Tiltak"), _("Felt"), _("Hva som mangler")]
    table(header, paged(tuple(rows), CHANGES, "mangler"))


def collided(
    collision: Collision, theirs: Callable[[Collision], None], mine: Callable[[Collision], None]
) -> None:
    """One row two have changed: both values, and the choice between them."""
    with st.container(border=True):
        told = _("{n} {name}: noen andre har lagret siden du åpnet tabellen. Velg hva som skal stå.")
        key = collision.key.partition("@")[0]
        st.warning(plain(told.format(n=key, name=_name_of(key))), icon=":material/compare_arrows:")
        header = [_("Felt"), _("Da du åpnet"), _("Står nå"), _("Du skrev")]
        table(
            header,
            [
                [
                    wording.field(s.field),
                    *(_said(v) for v in (s.base, s.theirs, s.ours)),
                ]
                for s in collision.sides
            ],
        )
        with st.container(horizontal=True):
            name = f"{collision.kind}:{collision.key}"
            st.button(_("La deres stå"), on_click=theirs, args=(collision,), key=f"theirs:{name}")
            st.button(_("Bruk det jeg skrev"), on_click=mine, args=(collision,), key=f"mine:{name}")


def _said(value: Any) -> str:
    """A cell as a reader knows it, on one line."""
    return wording.said(value).replace("\n", ", ")


def _name_of(key: str) -> str:
    """The short name of the measure a key is about, if it is there still."""
    with suppress(NotFound):
        return view().snapshot.measure(key.partition("@")[0]).name
    return ""
