"""The plan as text against the plan in the database: decide what a load would do, then do exactly that."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, document, snapshot, tables, texts
from strategy.access import Actor, Verb, require
from strategy.changes import Action, Edit
from strategy.errors import BadInput, Conflict
from strategy.i18n import _
from strategy.record.authority import Grounds, authorities
from strategy.snapshot import Flat, Snapshot
from strategy.terms import Via

PLAN = ("strategy", "person", "goal", "subgoal", "measure", "responsibility", "indicator", "target")
"""The kinds the text speaks of; what people report is never touched by a load."""


@dataclass(frozen=True, slots=True)
class Changeset:
    """What a load would do to one strategy, decided against change `base` (0: an empty database)."""

    strategy: str
    base: int
    edits: tuple[Edit, ...]
    wanted: Mapping[tuple[str, str], Mapping[str, object]]

    def of(self, action: Action) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.action is action)

    @property
    def is_empty(self) -> bool:
        return not self.edits


def diff(before: Snapshot | None, wanted: Flat) -> Changeset:
    """Compare the plan as it stands with a document's `things`; None stands for no plan yet.

    Raises `BadInput` where the document is another strategy than `before`.
    """
    key = _strategy(wanted)
    if before and before.strategy.key != key:
        raise BadInput(
            _("Fila er planen «{key}», ikke «{other}».").format(key=key, other=before.strategy.key)
        )
    there = {ident: values for ident, values in (before.flat if before else {}).items() if ident[0] in PLAN}
    order = {kind: number for number, kind in enumerate(PLAN)}
    found = (
        changes.edit_between(*ident, there.get(ident), wanted.get(ident)) for ident in {**wanted, **there}
    )
    edits = sorted((edit for edit in found if edit), key=lambda edit: (order[edit.kind], _natural(edit.key)))
    return Changeset(key, before.change_id if before else 0, tuple(edits), wanted)


def compared(session: Session, wanted: Flat) -> Changeset:
    """What a load of `wanted` would do now to the strategy it names.

    Raises `BadInput` where the database holds another: the pages show one, and the other would be out of
    sight with all that was said of it.
    """
    key, newest = _strategy(wanted), changes.newest(session)
    there = snapshot.strategies(session, newest)
    is_there = key in there
    if there and not is_there:
        raise BadInput(_another(key, there))
    return diff(snapshot.load(session, key, newest) if is_there else None, wanted)


def taken_back(session: Session, changeset: Changeset) -> tuple[Edit, ...]:
    """Those of the edits that take back what was changed in the app after a file was last loaded.

    A file from before the change asks for the state it knew, and so undoes what it never heard of.
    """
    loaded = _last_load(session, changeset.strategy)
    if changeset.is_empty or not loaded:
        return ()
    then = snapshot.load(session, changeset.strategy, loaded).flat
    return tuple(edit for edit in changeset.edits if _brings_back(edit, then.get((edit.kind, edit.key))))


def apply(
    session: Session,
    actor: Actor,
    changeset: Changeset,
    *,
    now: datetime,
    via: Via = Via.YAML,
    reason: str = "",
    grounds: Grounds | None = None,
) -> tables.Change | None:
    """Do what `diff` showed, as one change; None when there is nothing to do.

    What permits it is written beside it; without `grounds` the reason has to do.
    Raises `Conflict` when the plan was changed after the comparison, `NotAllowed`, `BadInput` for the reason.
    """
    require(actor, Verb.PLAN)
    if changeset.is_empty:
        return None
    if _plan_changed_since(session, changeset):
        raise Conflict(_("Planen er endret siden sammenligningen ble laget. Sammenlign på nytt."), "", 0, {})
    reason = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    rows = [_row(session, changeset, edit) for edit in changeset.edits]
    beside = authorities(session, changeset.strategy, changeset.edits, grounds or Grounds(note=reason))
    return changes.append(session, actor, [*rows, *beside], via=via, reason=reason, now=now)


def read(path: Path, today: date | None = None) -> Flat:
    """The things a file on disk asks for; with `today`, to be loaded that day, as `document.read` has it.

    Raises `BadInput` with every problem, one to a line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(
            _("Kan ikke lese {file}: {why}.").format(file=path.name, why=texts.why(error))
        ) from None
    plan, problems = document.read(raw, today=today)
    if plan is None or problems:
        raise BadInput("\n".join(str(problem) for problem in problems))
    return document.things(plan)


def words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The change of a text word by word, as pairs of (` `, `-` or `+`) and the words."""
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield " ", "".join(old[i:j])
            continue
        if i < j:
            yield "-", "".join(old[i:j])
        if k < m:
            yield "+", "".join(new[k:m])


def _strategy(wanted: Flat) -> str:
    (key,) = (key for kind, key in wanted if kind == "strategy")
    return key


def _last_load(session: Session, strategy: str) -> int:
    """The newest change a plan file made to the strategy; the example's story stands for a file."""
    change: sa.Table = tables.Change.__table__
    newest = 0
    for kind in PLAN:
        t = tables.VERSIONED[kind].__table__
        loads = sa.select(sa.func.max(change.c.id)).select_from(t.join(change, change.c.id == t.c.change_id))
        by_file = change.c.via.in_((Via.YAML, Via.EXAMPLE))
        newest = max(newest, session.execute(loads.where(t.c.strategy == strategy, by_file)).scalar() or 0)
    return newest


def _brings_back(edit: Edit, then: Mapping[str, Any] | None) -> bool:
    """Whether the edit makes of the thing, or of a field of it, what it was `then` and is no longer."""
    if edit.action is Action.CHANGED:
        return then is not None and any(field.after == then[field.field] for field in edit.fields)
    return (then is None) == (edit.action is Action.RETIRED)


def _another(key: str, there: Sequence[str]) -> str:
    """Why a file of another strategy is not loaded, and what to do."""
    parts = [
        _("Fila er planen «{key}», men databasen har planen «{other}».").format(key=key, other=there[-1]),
        document.did_you_mean(document.guess(key, there)),
        _(
            "Er det den samme planen, rett «key» under «strategy» i fila. "
            "En ny plan må ha en database for seg selv: sett STRATEGY_DATABASE_URL."
        ),
    ]
    return " ".join(part for part in parts if part)


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


def _natural(key: str) -> tuple[tuple[int, str], ...]:
    """Sort 1.2.10 after 1.2.9."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", key))
