"""Take back one change: what stood before it is written anew, as a change of its own; nothing is deleted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, contradictions, snapshot, tables
from strategy.access import Verb, require
from strategy.changes import Edit
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record.by import By
from strategy.record.rules.board import ANSWERED
from strategy.record.saving import Saved, live
from strategy.tables import VERSIONED
from strategy.terms import MeetingState, Via
from strategy.things import KEPT


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing `change` would alter, from what stands now; `refusal` says why it cannot be done."""

    change: int
    edits: tuple[Edit, ...]
    refusal: str = ""


def undo_preview(session: Session, strategy: str, change_id: int) -> Undoing:
    """Show what an undoing would alter, and whether it can be done. Raises `NotFound`."""
    steps = _steps(session, strategy, change_id)
    edits = (
        changes.edit_between(s.kind, s.key, _said(s.kind, s.now), _said(s.kind, s.before)) for s in steps
    )
    return Undoing(
        change_id, tuple(edit for edit in edits if edit), _refusal(session, strategy, change_id, steps)
    )


def undo(by: By, change_id: int) -> Saved:
    """Take back a change: each thing it touched stands as it did before, what it added is taken out.

    Names, addresses and votes that are not opened are no part of any change. Raises `NotAllowed`, `NotFound`,
    and `BadInput` with the reason where it is a mail, opened confidence or a meeting that is
    locked, or where something later stands on it.
    """
    require(by.actor, Verb.PLAN)
    steps = _steps(by.session, by.strategy, change_id)
    if refusal := _refusal(by.session, by.strategy, change_id, steps):
        raise BadInput(refusal)
    rows = [_row(step) for step in steps]
    reason = _("Angret endring {n}").format(n=change_id)
    made = changes.append(by.session, by.actor, rows, via=Via.UNDO, reason=reason, now=by.now)
    return Saved(rows[0].key, rows[0].version, made.id, by.now)


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing the change touched: the row it wrote, and the version before it, if there was one."""

    kind: str
    key: str
    now: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def is_there(self) -> bool:
        return not self.now["retired"]

    @property
    def was_there(self) -> bool:
        return self.before is not None and not self.before["retired"]


def _steps(session: Session, strategy: str, change_id: int) -> list[_Step]:
    found = []
    for kind in (kind for kind in VERSIONED if kind not in KEPT):
        t = _table(kind)
        mine = (t.c.strategy == strategy) & (t.c.change_id == change_id)
        rows = session.execute(sa.select(t).where(mine).order_by(t.c.key)).mappings().all()
        changed = sa.select(t.c.key, t.c.version).where(mine).subquery()
        same = (
            (t.c.strategy == strategy) & (t.c.key == changed.c.key) & (t.c.version == changed.c.version - 1)
        )
        earlier = session.execute(sa.select(t).join(changed, same)).mappings() if rows else ()
        before = {row["key"]: dict(row) for row in earlier}
        found += [_Step(kind, row["key"], dict(row), before.get(row["key"])) for row in rows]
    if not found and not _kept_only(session, strategy, change_id):
        raise NotFound(_("Endring {n} finnes ikke i denne planen.").format(n=change_id))
    return found


def _kept_only(session: Session, strategy: str, change_id: int) -> bool:
    """Whether a change only kept what it came from, as a plan file with other comments."""
    columns = [_table(kind).c for kind in KEPT]
    kept = (sa.exists().where(c.strategy == strategy, c.change_id == change_id) for c in columns)
    return bool(session.execute(sa.select(sa.or_(*kept))).scalar())


def _row(step: _Step) -> tables.Versioned:
    said = step.before or {**step.now, "retired": True}
    return VERSIONED[step.kind](**{**said, "version": step.now["version"] + 1, "change_id": 0})


def _refusal(session: Session, strategy: str, change_id: int, steps: list[_Step]) -> str:
    """The first reason there is against it, or nothing."""
    return next(filter(None, _reasons(session, strategy, change_id, steps)), "")


def _reasons(session: Session, strategy: str, change_id: int, steps: list[_Step]) -> Iterator[str]:
    if not steps:
        yield _("Endringen endret ingenting i planen. Det er ingenting å angre.")
    yield from (_forbidden(session, strategy, step) for step in steps)
    yield _changed_since(session, strategy, change_id, steps)
    yield _hangs_on_it(session, strategy, change_id, steps)
    yield _hangs_on_nothing(session, strategy, change_id, steps)
    yield from (_unanswered(session, strategy, step) for step in steps)


def _forbidden(session: Session, strategy: str, step: _Step) -> str:
    """Why this kind of change is never taken back."""
    if step.kind == "mail":
        return _("En e-post som er sendt, kan ikke angres.")
    if step.kind == "confidence":
        return _("Styrets tillit er åpnet, og kan ikke lukkes igjen.")
    if step.kind == "access_link" and step.was_there and not step.is_there:
        return _("En lenke som er trukket tilbake, kan ikke gjøres gyldig igjen. Lag en ny.")
    for row in (step.now, step.before or {}):
        key = row.get("key" if step.kind == "meeting" else "meeting")
        if key and not _is_follow_up(step) and _is_locked(session, strategy, key):
            return _("Møtet {key} er avsluttet og låst.").format(key=key)
    return ""


def _unanswered(session: Session, strategy: str, step: _Step) -> str:
    """Why papers would be out with a contradiction nobody has answered."""
    if step.kind == "explanation" and not (step.was_there and step.before and _settles(step.before)):
        return _(ANSWERED) if _is_printed(session, strategy, step) else ""
    before = step.before
    if step.kind != "meeting" or not before or before["as_of"] in (None, step.now["as_of"]):
        return ""
    plan = snapshot.load(session, strategy, before["as_of"])
    written = snapshot.load(session, strategy, changes.newest(session)).explanations
    found = contradictions.for_meeting(plan, before["reported_on"], step.key, written)
    return contradictions.barring(found)


def _is_printed(session: Session, strategy: str, step: _Step) -> bool:
    """Whether papers that are out have the contradiction the answer is to."""
    meeting = live(session, tables.Meeting, strategy, step.now["meeting"])
    if not meeting or not meeting["as_of"]:
        return False
    plan = snapshot.load(session, strategy, meeting["as_of"])
    found = contradictions.of_plan(plan, meeting["reported_on"])
    return step.key in {clash.explained_by(meeting["key"]) for clash in found}


def _settles(row: Mapping[str, Any]) -> bool:
    return contradictions.settles(row["clash"], unexplained=row["unexplained"])


def _is_locked(session: Session, strategy: str, meeting: str) -> bool:
    found = live(session, tables.Meeting, strategy, meeting)
    return found is not None and MeetingState(found["state"]).is_locked


def _is_follow_up(step: _Step) -> bool:
    """Whether only what has come of a decision was written: that goes on after its meeting."""
    if step.kind != "decision" or not (step.is_there and step.was_there):
        return False
    said, before = _said(step.kind, step.now) or {}, _said(step.kind, step.before) or {}
    return all(said[name] == before[name] for name in said if name not in ("state", "outcome"))


def _changed_since(session: Session, strategy: str, change_id: int, steps: list[_Step]) -> str:
    """What was written later of the same things; an undoing of the change itself is said to be that.

    A row by `Via.UNDO` takes back the version before it: the one after what the change wrote undid that.
    """
    c = _CHANGE.c
    for kind, versions in _versions_by_kind(steps).items():
        t = _table(kind)
        later = sa.select(t.c.key, t.c.version, t.c.change_id, c.via).join(_CHANGE, c.id == t.c.change_id)
        mine = (t.c.strategy == strategy) & (t.c.change_id > change_id)
        for row in session.execute(later.where(mine).order_by(t.c.change_id)):
            if row.key in versions:
                if row.via is Via.UNDO and row.version == versions[row.key] + 1:
                    form = _("Endring {n} er allerede angret, i endring {m}.")
                    return form.format(n=change_id, m=row.change_id)
                form = _("Noe av dette er endret senere, i endring {m}. Angre den først.")
                return form.format(m=row.change_id)
    return ""


def _hangs_on_it(session: Session, strategy: str, change_id: int, steps: list[_Step]) -> str:
    """Something written later that refers to what would go away."""
    gone = {(s.kind, s.key) for s in steps if s.is_there and not s.was_there}
    is_whole = ("strategy", strategy) in gone
    for kind in (kind for kind in VERSIONED if gone and kind not in KEPT):
        for row in _since(session, strategy, kind, change_id, retired=False):
            if is_whole or any(ident in gone for ident in _points_at(kind, row)):
                form = _("Endring {m} bygger på det som ville blitt tatt ut. Angre den først.")
                return form.format(m=row["change_id"])
    ballot = tables.Ballot.__table__.c
    meetings = [key for kind, key in gone if kind == "meeting"]
    votes = sa.select(ballot.seat).where(ballot.strategy == strategy, ballot.meeting.in_(meetings)).limit(1)
    if meetings and session.execute(votes).first():
        return _("Noen har svart på tillitsspørsmålet i møtet. Da kan møtet ikke tas bort.")
    return ""


def _hangs_on_nothing(session: Session, strategy: str, change_id: int, steps: list[_Step]) -> str:
    """Something that would come back to what was taken out later."""
    back = {
        ident
        for step in steps
        if step.was_there and step.before
        for ident in _points_at(step.kind, step.before)
    }
    for kind in {kind for kind, _key in back}:
        for row in _since(session, strategy, kind, change_id, retired=True):
            if (kind, row["key"]) in back:
                form = _("Det som ville kommet tilbake, hører til noe som er tatt ut i endring {m}.")
                return form.format(m=row["change_id"])
    return ""


def _since(
    session: Session, strategy: str, kind: str, change_id: int, *, retired: bool
) -> Iterator[Mapping[str, Any]]:
    """The newest version of each thing of a kind where it was written after a change."""
    t = _table(kind)
    later = t.alias()
    same = (later.c.strategy == t.c.strategy) & (later.c.key == t.c.key)
    replaced = sa.exists().where(same, later.c.version > t.c.version)
    mine = (t.c.strategy == strategy) & (t.c.change_id > change_id) & (t.c.retired == retired)
    found = session.execute(sa.select(t).where(mine, ~replaced).order_by(t.c.change_id)).mappings()
    yield from map(dict, found)


_PLAN = ("goal", "subgoal", "measure")
_ANYTHING = (*_PLAN, "indicator", "meeting", "agenda_item", "decision", "milestone", "indicator_value")
REFERS: Mapping[str, tuple[str, ...]] = {
    "goal": ("goal",),
    "subgoal": ("subgoal",),
    "measure": ("measure",),
    "measures": ("measure",),
    "person": ("person",),
    "mentions": ("person",),
    "indicator": ("indicator",),
    "meeting": ("meeting",),
    "item": ("agenda_item",),
    "decision": ("decision",),
    "belongs_to": _PLAN,
    "thing": _ANYTHING,
    "present": ("seat",),
    "absent": ("seat",),
    "chair": ("seat",),
}
"""The fields that hold the key of another thing, and of which kinds it can be."""


def _points_at(kind: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """All that a row refers to; a mail is only told of, and stands on nothing."""
    if kind in ("status_report", "tagging"):
        yield from ((above, row["key"]) for above in _PLAN)
    if kind == "mail":
        return
    for name, kinds in REFERS.items():
        said = row.get(name)
        for key in said if isinstance(said, list) else [said] if said else []:
            yield from ((above, key) for above in kinds)


def _versions_by_kind(steps: list[_Step]) -> Mapping[str, dict[str, int]]:
    """The versions the change wrote, by kind and key."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for step in steps:
        found[step.kind][step.key] = step.now["version"]
    return found


def _said(kind: str, row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None or row["retired"]:
        return None
    return {name: row[name] for name in tables.fields_of(VERSIONED[kind])}


_CHANGE: sa.Table = tables.Change.__table__


def _table(kind: str) -> sa.Table:
    return VERSIONED[kind].__table__
