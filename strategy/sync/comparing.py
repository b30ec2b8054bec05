"""What a load would do to the plan, decided before anything is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, document, snapshot, tables, texts
from strategy.changes import Action, Edit
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record import UNCHOSEN, Choices, Clash, roles_adopted
from strategy.snapshot import Flat, Snapshot
from strategy.sync.files import PlanFile, stored, things_of
from strategy.sync.merging import with_file
from strategy.terms import Via

PLAN = ("strategy", "person", "goal", "subgoal", "measure", "responsibility", "indicator", "target")
"""The kinds the text speaks of; what people report is never touched by a load."""


@dataclass(frozen=True, slots=True)
class Changeset:
    """What a load would do to one strategy, decided against change `base` (0: an empty database).

    `wanted` is the whole plan as it would stand. `text` is the file to be kept with the change, empty where
    it is kept already or was none. `clashes` are what both the file and the app have changed, also those
    where a choice is made. `beside` are the strategies there are, where this is a new one.
    """

    strategy: str
    base: int
    edits: tuple[Edit, ...]
    wanted: Mapping[tuple[str, str], Mapping[str, object]]
    text: str = ""
    clashes: tuple[Clash, ...] = ()
    beside: tuple[str, ...] = ()

    def of(self, action: Action) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.action is action)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write; a file with other comments than before is kept."""
        return not self.edits and not self.text

    @property
    def is_first(self) -> bool:
        """Whether the strategy comes with it."""
        return any(edit.kind == "strategy" and edit.action is Action.ADDED for edit in self.edits)

    @property
    def waiting(self) -> tuple[Clash, ...]:
        """The clashes somebody has to choose in."""
        return tuple(clash for clash in self.clashes if not clash.chosen)

    @property
    def fingerprint(self) -> str:
        """The same for the same file and the same doing only: what is saved is what was shown."""
        return hashlib.sha256(repr((self.text, self.edits, self.clashes)).encode()).hexdigest()[:16]

    @property
    def said_of_new(self) -> str:
        """That the file makes a strategy beside those there are, and which was perhaps meant."""
        parts = [
            _(
                "Fila er planen «{key}», og databasen har «{others}». Dette er en ny strategi ved siden av."
            ).format(key=self.strategy, others="», «".join(self.beside)),
            document.did_you_mean(document.guess(self.strategy, self.beside)),
            _("Er det den samme planen, rett «key» under «strategy» i fila."),
        ]
        return " ".join(part for part in parts if part)


def diff(before: Snapshot | None, wanted: Flat) -> Changeset:
    """What makes of the plan as it stands exactly `wanted`; None stands for no plan yet.

    Raises `BadInput` where `wanted` is another strategy than `before`.
    """
    (key,) = (key for kind, key in wanted if kind == "strategy")
    if before and before.strategy.key != key:
        raise BadInput(
            _("Fila er planen «{key}», ikke «{other}».").format(key=key, other=before.strategy.key)
        )
    there = plan_of(before) if before else {}
    order = {kind: number for number, kind in enumerate(PLAN)}
    found = (
        changes.edit_between(*ident, there.get(ident), wanted.get(ident)) for ident in {**wanted, **there}
    )
    edits = sorted(
        (edit for edit in found if edit), key=lambda edit: (order[edit.kind], texts.natural(edit.key))
    )
    return Changeset(key, before.change_id if before else 0, tuple(edits), wanted)


def compared(session: Session, file: PlanFile, choices: Choices = UNCHOSEN) -> Changeset:
    """What a load of the file would do now to the strategy it names.

    What only the file has changed since it was last loaded is done, what only the app has changed stands, and
    what both have changed is a clash. A strategy that is not there is made, beside those there are.
    """
    key, newest = file.strategy, changes.newest(session)
    there = snapshot.strategies(session, newest)
    if key not in there:
        return replace(diff(None, roles_adopted({}, file.things)), base=newest, text=file.text, beside=there)
    before, kept = snapshot.load(session, key, newest), stored(session, key, newest)
    base = _base(session, before, kept)
    target, clashes = with_file(base, plan_of(before), file.things, before.versions, choices)
    is_kept = kept[0] == file.text if kept else base == file.things
    wanted = roles_adopted(plan_of(before), target)
    return replace(diff(before, wanted), text="" if is_kept else file.text, clashes=clashes)


def _base(session: Session, before: Snapshot, kept: tuple[str, int] | None) -> Flat:
    """What the file said the last time.

    Where no text was kept, by an older version, or it is no plan any more by newer rules, it is the plan as
    it stood after that load.
    """
    if kept and (said := things_of(kept[0])):
        return said
    loaded = kept[1] if kept else _last_load(session, before.strategy.key)
    return plan_of(snapshot.load(session, before.strategy.key, loaded) if loaded else before)


def plan_of(shown: Snapshot) -> Flat:
    """All of it that the text speaks of."""
    return {ident: values for ident, values in shown.flat.items() if ident[0] in PLAN}


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
