"""Do what a comparison has shown, as one change, and keep the file it came from."""

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, tables, texts
from strategy.access import Verb, require
from strategy.changes import Action, Edit
from strategy.errors import BadInput, Conflict
from strategy.i18n import _
from strategy.record.authority import NONE, Grounds, authorities
from strategy.record.by import By
from strategy.sync.comparing import PLAN, Changeset


def apply(
    by: By,
    changeset: Changeset,
    *,
    reason: str = "",
    grounds: Grounds = NONE,
    new: bool = False,
) -> tables.Change | None:
    """Do what the comparison showed, as one change in its strategy; None when there is nothing to do.

    What permits it is written beside it; a reason is none. A strategy beside those there are must be asked
    for as `new`. Raises `Conflict` when the plan was changed after the comparison, `NotAllowed`, and
    `BadInput` for a clash nobody has chosen in, for a strategy not asked for as new, and for the reason.
    """
    require(by.actor, Verb.PLAN)
    if changeset.is_empty and not changeset.waiting:
        return None
    if changeset.waiting:
        raise BadInput(_("Det samme er endret både i fila og i løsningen. Velg hva som skal stå."))
    if changeset.beside and not new:
        raise BadInput(changeset.said_of_new)
    if _plan_changed_since(by.session, changeset):
        raise Conflict(_("Planen er endret siden sammenligningen ble laget. Sammenlign på nytt."), "", 0, {})
    reason = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    rows = [_row(by.session, changeset, edit) for edit in changeset.edits]
    beside = authorities(by.session, changeset.strategy, changeset.edits, grounds)
    file = [_kept(by.session, changeset)] if changeset.text else []
    if not rows:
        reason = reason or _("Planfila er lest inn. Planen er som før.")
    return changes.append(
        by.session, by.actor, [*rows, *beside, *file], via=by.via, reason=reason, now=by.now
    )


def _kept(session: Session, changeset: Changeset) -> tables.Versioned:
    key = changeset.strategy
    version = _version(session, tables.PlanFile, key, key) + 1
    row: tables.Versioned = tables.PlanFile(
        strategy=key, key=key, version=version, change_id=0, text=changeset.text
    )
    return row


def _row(session: Session, changeset: Changeset, edit: Edit) -> tables.Versioned:
    table = tables.VERSIONED[edit.kind]
    version = _version(session, table, changeset.strategy, edit.key) + 1
    retired = edit.action is Action.RETIRED
    fields = {f.field: f.before for f in edit.fields} if retired else changeset.wanted[edit.kind, edit.key]
    return table(
        strategy=changeset.strategy, key=edit.key, version=version, change_id=0, retired=retired, **fields
    )


def _version(session: Session, table: type[tables.Versioned], strategy: str, key: str) -> int:
    t = table.__table__.c
    return (
        session.execute(
            sa.select(sa.func.max(t.version)).where(t.strategy == strategy, t.key == key)
        ).scalar()
        or 0
    )


def _plan_changed_since(session: Session, changeset: Changeset) -> bool:
    """Whether any thing the text speaks of got a new version after the comparison."""
    for kind in PLAN:
        t = tables.VERSIONED[kind].__table__.c
        later = (
            sa.select(t.key).where(t.strategy == changeset.strategy, t.change_id > changeset.base).limit(1)
        )
        if session.execute(later).first():
            return True
    return False
