"""A role as a row: its title, whether it is adopted, and who holds it, which stands in no history."""

from collections.abc import Collection, Iterator
from typing import Any

import streamlit as st

from strategy import record
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Person, Snapshot
from strategy.ui.role_forms import contact_of
from strategy.ui.sheets.columns import column
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, text

_KIND = "person"


def columns() -> dict[str, Any]:
    """How each column is edited."""
    config = st.column_config
    return {
        "title": column(_KIND, "title", width="medium"),
        "standing": config.SelectboxColumn(_("Vedtatt"), options=[_("ja"), _("forslag")], width=90),
        "name": config.TextColumn(_("Navn"), width="medium"),
        "email": config.TextColumn(_("E-post"), width="medium"),
    }


def _cells(plan: Snapshot, key: str) -> Cells:
    person, held = _person(plan, key), contact_of(key)
    return {
        "title": person.title,
        "standing": _("forslag") if person.proposal else _("ja"),
        "name": held.name if held else "",
        "email": held.email if held else "",
    }


def _title(plan: Snapshot, key: str) -> str:
    return _person(plan, key).title


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    yield Wanted(_KIND, key, _person(plan, key).version, _fields(typed))


def _added(by: record.By, _plan: Snapshot, typed: Cells, taken: Collection[str]) -> Iterator[Wanted]:
    title = text(typed.get("title"))
    key = record.person_key(by.session, by.strategy, title, taken)
    yield Wanted(_KIND, key, 0, {"title": title, "proposal": False} | _fields(typed))


def _fields(typed: Cells) -> dict[str, Any]:
    said: dict[str, Any] = {"title": text(typed["title"])} if "title" in typed else {}
    return said | ({"proposal": _is_proposal(text(typed["standing"]))} if "standing" in typed else {})


def _is_proposal(said: str) -> bool:
    """What «ja» and «forslag» stand for, and what people write for them. Raises `BadInput`."""
    found = {"ja": False, "x": False, "vedtatt": False, "nei": True, "forslag": True, "": True}
    if (word := said.casefold()) not in found:
        raise BadInput(_("Skriv ja eller forslag, ikke «{said}».").format(said=said), _("Vedtatt"))
    return found[word]


def _write(by: record.By, key: str, cells: Cells) -> None:
    """Who holds the role; a cell that was not typed in stays as it is."""
    held = record.contacts(by.session, by.strategy).get(key)
    stands = {"name": held.name, "email": held.email} if held else {}
    record.contact(by, key, **{name: text(cell) for name, cell in (stands | cells).items()})


def _person(plan: Snapshot, key: str) -> Person:
    return plan.person(key)


ROLES = Rows(
    "roles",
    _cells,
    _title,
    _wanted,
    added=_added,
    outside={"name": _("Navn"), "email": _("E-post")},
    write=_write,
)
