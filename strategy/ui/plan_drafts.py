"""What is edited of the plan and not saved: kept under the writer's name until it is saved or given up."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import record, sync, things
from strategy.errors import Refusal
from strategy.record import Ident
from strategy.terms import Term
from strategy.ui import scratch
from strategy.ui.view import at, view

Edits = dict[Ident, dict[str, Any] | None]

_FORM = "plan"


@dataclass(slots=True)
class Drafted:
    """What is edited and not saved, of the plan as of the change `base`; `turn` counts the times it began."""

    whose: tuple[str, str]
    base: int
    edits: Edits = field(default_factory=dict)
    turn: int = 0
    found_again: bool = False

    def put(self, edits: Edits) -> None:
        """Take these instead, and keep them."""
        self.edits = edits
        _keep(self)

    def begin_anew(self) -> None:
        """Give up what there is, or be done with it."""
        self.turn += 1
        self.found_again = False
        self.put({})


def opened() -> Drafted:
    """The draft of this session; what the same person left elsewhere, the first time."""
    seen = view()
    whose = (seen.database.url, seen.strategy)
    now: Drafted | None = st.session_state.get("plan-draft")
    if now is None or now.whose != whose:
        now = st.session_state["plan-draft"] = _left(whose)
    if not now.edits:
        now.base = seen.snapshot.change_id
    return now


def _left(whose: tuple[str, str]) -> Drafted:
    """What was kept, where the plan it was written on is there still, and all of it can be read."""
    now = Drafted(whose, view().snapshot.change_id)
    if there := scratch.kept().get(_FORM):
        with suppress(Refusal, ArithmeticError, KeyError, TypeError, ValueError):
            base, edits = int(there.fields["base"]), dict(map(_read, there.fields["edits"]))
            sync.applied(at(base), edits)
            now.base, now.edits, now.found_again = base, edits, bool(edits)
    return now


def _keep(now: Drafted) -> None:
    edits = [[*ident, _written(fields)] for ident, fields in now.edits.items()]
    fields = {"base": now.base, "edits": edits}
    scratch.change(
        lambda by: record.scratch.keep(by, _FORM, fields) if edits else record.scratch.drop(by, _FORM)
    )


def _written(fields: Mapping[str, Any] | None) -> dict[str, str | bool | None] | None:
    """The fields as JSON can say them."""
    return None if fields is None else {name: _said(value) for name, value in fields.items()}


def _said(value: Any) -> str | bool | None:
    return value if isinstance(value, bool | None) else str(value.value if isinstance(value, Term) else value)


def _read(row: list[Any]) -> tuple[Ident, dict[str, Any] | None]:
    kind, key, fields = row
    if fields is None:
        return (kind, key), None
    return (kind, key), {name: _value(kind, name, said) for name, said in fields.items()}


def _value(kind: str, name: str, said: Any) -> Any:
    of = things.holds(kind, name)
    return said if isinstance(said, bool | None) else _READ.get(of, of)(said)


_READ: Mapping[type, Callable[[str], Any]] = {date: date.fromisoformat, Decimal: Decimal, int: int}
