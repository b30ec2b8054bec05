"""What somebody has half written, form by form: theirs alone, kept until it is saved, and no history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy.access import Actor, Verb, require
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record.by import By
from strategy.tables import Scratch

MOST = 60_000
"""Characters in one form, more than all its texts together may hold; what is longer is refused aloud."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The fields of one half-written form, as plain values, and when they were kept."""

    fields: Mapping[str, Any]
    saved_at: datetime


def keep(by: By, form: str, fields: Mapping[str, Any]) -> None:
    """Keep what somebody has written in `form` instead of what was kept there before.

    Whoever answers for anything may; `fields` must be what JSON can say. Raises `NotAllowed`, and `BadInput`
    for more than can be kept: what was kept before stands then.
    """
    require(by.actor, Verb.REPORT, frozenset({by.actor.person}))
    if (length := len(json.dumps(fields, ensure_ascii=False))) > MOST:
        said = _("Det er {length} tegn, og grensen er {limit}. Lagre noe av det før du går videre.")
        raise BadInput(said.format(length=length, limit=MOST))
    drop(by, form)
    row = Scratch(strategy=by.strategy, owner=by.actor.name, form=form, fields=dict(fields), saved_at=by.now)
    by.session.execute(sa.insert(Scratch).values(row.model_dump()))


def kept(session: Session, actor: Actor, strategy: str) -> dict[str, Kept]:
    """All that `actor` has half written, by form."""
    t = _SCRATCH.c
    mine = sa.select(t.form, t.fields, t.saved_at).where(*_mine(actor, strategy)).order_by(t.form)
    return {row.form: Kept(row.fields, row.saved_at) for row in session.execute(mine)}


def drop(by: By, form: str) -> None:
    """Forget what somebody has half written in `form`, after a save or when it is given up."""
    by.session.execute(sa.delete(Scratch).where(*_mine(by.actor, by.strategy), _SCRATCH.c.form == form))


_SCRATCH: sa.Table = Scratch.__table__


def _mine(actor: Actor, strategy: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _SCRATCH.c.strategy == strategy, _SCRATCH.c.owner == actor.name
