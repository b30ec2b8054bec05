"""Compare two snapshots; which two; the trail of one thing; the log of all changes."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, snapshot, tables
from strategy.changes import Edit
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.snapshot import AgendaItem, Meeting, Report, Snapshot
from strategy.terms import ItemState, MeetingState, Part, Via
from strategy.things import KEPT

NOW = "now"
"""What stands for the newest change where an end of a comparison is asked for."""

BACK = timedelta(days=60)
"""How far back is compared where no meeting has been held."""

MINUTES: Mapping[str, tuple[str, ...]] = {
    "meeting": ("present", "absent", "chair", "secretary", "starts", "place"),
    "agenda_item": ("title", "discussion"),
    "decision": ("text", "votes_for", "votes_against", "votes_abstaining", "casting_vote", "dissent"),
}
"""What minutes say, by kind: all that may be corrected once a meeting is closed."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one thing, with the change that made it."""

    version: int
    change_id: int
    recorded_at: datetime
    actor: str
    via: Via
    reason: str
    retired: bool
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changes of the log are asked for: those below `before`, to page on, by one door, by one actor.

    `key` keeps those that touch that thing or one whose key begins with it, as a goal's measures do.
    """

    before: int | None = None
    via: Via | None = None
    actor: str = ""
    key: str = ""


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One change with its first edits against the versions before, and how many things it touched."""

    id: int
    recorded_at: datetime
    actor: str
    via: Via
    reason: str
    edits: tuple[Edit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of the minutes as it stood when the meeting was closed, and as it became."""

    kind: str
    key: str
    field: str
    before: Any
    after: Any
    recorded_at: datetime
    actor: str
    reason: str
    change_id: int


@dataclass(frozen=True, slots=True)
class Recount:
    """A number an indicator was said to be, and what it became by a `change`; `name` is its own."""

    indicator: str
    name: str
    before: Decimal
    after: Decimal
    change: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of a comparison: a change, the day its numbers hold for, and the meeting it was, if any."""

    change: int
    day: date
    meeting: Meeting | None = None


def span(
    session: Session, plan: Snapshot, today: date, start: str = "", end: str = NOW
) -> tuple[Moment, Moment]:
    """The two ends asked for, as `moment` takes them; no `start` is the last meeting held before the end.

    Where none was held it is 60 days before. Raises as `moment`, and `BadInput` where they stand in the
    wrong order.
    """
    last = moment(session, plan, today, end)
    first = moment(session, plan, today, start or _usual_start(plan, last))
    if (first.change, first.day) > (last.change, last.day):
        raise BadInput(_("Det første tidspunktet må være før det siste."), _("Fra"))
    return first, last


def last_held(plan: Snapshot, day: date) -> Meeting | None:
    """The last board meeting held before `day`; a draft has not been, and the one of the day itself is on."""
    held = [m for m in plan.meetings if m.held_on < day and m.state is not MeetingState.DRAFT]
    return held[-1] if held else None


def moment(session: Session, plan: Snapshot, today: date, asked: str) -> Moment:
    """What `asked` stands for: a meeting's key, a day, or «now» for `plan` itself.

    A meeting is what its papers reported on; until they are frozen it is its day, or today if that is to
    come. Raises `BadInput` for a day to come and what is no day, `NotFound` for one before the plan.
    """
    if asked == NOW:
        return Moment(plan.change_id, today)
    meeting = next((each for each in plan.meetings if each.key == asked), None)
    if meeting and meeting.as_of and meeting.reported_on:
        return Moment(min(meeting.as_of, plan.change_id), meeting.reported_on, meeting)
    day = min(meeting.held_on, today) if meeting else dates.parse_day(asked, _("Dag"))
    if day > today:
        raise BadInput(_("{day} er ikke kommet ennå.").format(day=dates.day(day)), _("Dag"))
    return Moment(_as_of(session, plan, day), day, meeting)


def trail(session: Session, strategy: str, kind: str, key: str, as_of: int) -> tuple[Version, ...]:
    """Every version of one thing up to a change, oldest first."""
    t = _table(kind)
    mine = (t.c.strategy == strategy) & (t.c.key == key) & (t.c.change_id <= as_of)
    rows = session.execute(_with_change(t).where(mine).order_by(t.c.version)).mappings()
    return tuple(_version(kind, dict(row)) for row in rows)


def last_written(session: Session, strategy: str, kind: str, key: str, field: str, as_of: int) -> Version:
    """The version of a thing in which a field came to say what it says."""
    said = changes.standing(trail(session, strategy, kind, key, as_of), lambda version: version.via)
    same = groupby(said, key=lambda version: version.fields[field])
    return [next(versions) for _text, versions in same][-1]


def closing(meeting: Iterable[Version]) -> Version | None:
    """The version that closed a meeting, of all of them; None until it is closed."""
    return next((version for version in meeting if version.fields["state"].is_locked), None)


def reports(
    session: Session, strategy: str, keys: Collection[str], as_of: int
) -> dict[str, tuple[Report, ...]]:
    """Every report on each of `keys` up to a change, oldest first, but for those that were undone."""
    t = _table("status_report")
    mine = (t.c.strategy == strategy) & t.c.key.in_(keys) & (t.c.change_id <= as_of)
    names = list(Report.__dataclass_fields__)
    columns = [t.c[name] if name in t.c else _CHANGE.c[name] for name in (*names, "retired", "via")]
    source = t.join(_CHANGE, _CHANGE.c.id == t.c.change_id)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(sa.select(*columns).select_from(source).where(mine).order_by(t.c.version)):
        found[row.key].append(row)
    standing = {key: changes.standing(rows, lambda row: row.via) for key, rows in found.items()}
    said = {
        key: tuple(Report(**dict(zip(names, row, strict=False))) for row in rows if not row.retired)
        for key, rows in standing.items()
    }
    return {key: reports for key, reports in said.items() if reports}


def held_before(session: Session, strategy: str, person: str, as_of: int, day: date) -> dict[str, Part]:
    """What a role has had to do with each measure, and has no more, by the measure's key.

    What was held for less than a day was held; a proposal, and what was taken back before it began, was not.
    """
    t = _table("responsibility")
    mine = (t.c.strategy == strategy) & (t.c.person == person) & (t.c.change_id <= as_of)
    versions = defaultdict[str, list[Any]](list)
    for row in session.execute(_with_change(t).where(mine).order_by(t.c.version)):
        versions[row.measure].append(row)
    found = {key: changes.standing(rows, lambda row: row.change_via) for key, rows in versions.items()}
    ended = {key: rows for key, rows in found.items() if rows and not _is_held(rows[-1], day)}
    return {key: part for key, rows in ended.items() if (part := _last_part(rows, day))}


def _is_held(row: Any, day: date) -> bool:
    """Whether the newest version says it is held, or will be."""
    return not row.retired and not row.proposal and (row.until is None or row.until > day)


def _last_part(versions: list[Any], day: date) -> Part | None:
    """What it was the last time it was in force: of each version, before the next or before now."""
    ends = [*(min(day, _day(row)) for row in versions[1:]), day]
    in_force = (
        row.part
        for row, end in zip(versions, ends, strict=True)
        if not row.retired and not row.proposal and (row.since is None or row.since <= end)
    )
    return max(enumerate(in_force), default=(0, None), key=lambda pair: pair[0])[1]


def recounts(session: Session, plan: Snapshot) -> tuple[Recount, ...]:
    """Every measured number that another has replaced for the same period, with the one that stands."""
    t = _table("indicator_value")
    mine = (t.c.strategy == plan.strategy.key) & (t.c.change_id <= plan.change_id)
    versions = defaultdict[str, list[Any]](list)
    for row in session.execute(_with_change(t).where(mine).order_by(t.c.version)):
        versions[row.key].append(row)
    names = {indicator.key: indicator.name for indicator in plan.indicators}
    return tuple(
        Recount(row.indicator, names[row.indicator], row.value, said[-1].value, later.change_id)
        for rows in versions.values()
        for said in [changes.standing(rows, lambda row: row.change_via)]
        for row, later in pairwise(said)
        if not said[-1].retired and row.indicator in names
        if None not in (row.value, said[-1].value) and row.value != said[-1].value
    )


def _day(row: Any) -> date:
    return dates.oslo_day(row.change_recorded_at)


def agenda(session: Session, strategy: str, meeting: str, as_of: int) -> tuple[AgendaItem, ...]:
    """The cases a meeting has or had, in its order: those moved on from it stand as they were postponed."""
    t = _table("agenda_item")
    asked = (t.c.strategy == strategy) & (t.c.change_id <= as_of)
    ever = sa.select(t.c.key).where(asked, t.c.meeting == meeting)
    rows = session.execute(
        sa.select(t).where(asked, t.c.key.in_(ever)).order_by(t.c.key, t.c.version)
    ).mappings()
    found = (_last_in(meeting, list(versions)) for _key, versions in groupby(rows, lambda row: row["key"]))
    kept = (item for item in found if item)
    return tuple(sorted(kept, key=lambda item: (item.order, len(item.key), item.key)))


def corrections(session: Session, strategy: str, meeting: str, as_of: int) -> tuple[Correction, ...]:
    """What the minutes of a meeting said otherwise when it was closed, oldest correction first."""
    mine = trail(session, strategy, "meeting", meeting, as_of)
    closed = next((version.change_id for version in mine if version.fields["state"].is_locked), None)
    if closed is None:
        return ()
    found = list(_corrected("meeting", meeting, mine, closed))
    for kind in ("agenda_item", "decision"):
        t = _table(kind).c
        keys = sa.select(t.key).distinct().where(t.strategy == strategy, t.meeting == meeting)
        for key in session.execute(keys.order_by(t.key)).scalars():
            versions = trail(session, strategy, kind, key, as_of)
            here = tuple(version for version in versions if version.fields["meeting"] == meeting)
            found += _corrected(kind, key, here, closed)
    return tuple(sorted(found, key=lambda correction: correction.recorded_at))


def log(
    session: Session,
    strategy: str,
    as_of: int,
    only: Filter = EVERYTHING,
    *,
    limit: int = 50,
    few: int = 3,
) -> tuple[LoggedChange, ...]:
    """The newest `limit` changes up to `as_of`, newest first.

    Of each kind of thing a change comes with its first `few` edits; `edits` has all.
    """
    wanted = sa.select(_CHANGE).where(_CHANGE.c.id <= as_of)
    for condition in (
        None if only.before is None else _CHANGE.c.id < only.before,
        None if only.via is None else _CHANGE.c.via == only.via,
        None if not only.actor else _CHANGE.c.actor == only.actor,
        _CHANGE.c.id.in_(_touching(strategy, only.key)) if only.key else _in_strategy(strategy),
    ):
        wanted = wanted if condition is None else wanted.where(condition)
    found = session.execute(wanted.order_by(_CHANGE.c.id.desc()).limit(limit)).mappings().all()
    ids = [row["id"] for row in found]
    first, totals = _edits(session, strategy, ids, few)
    return tuple(
        LoggedChange(
            id=row["id"],
            recorded_at=row["recorded_at"],
            actor=row["actor"],
            via=row["via"],
            reason=row["reason"],
            edits=tuple(first[row["id"]]),
            total=totals[row["id"]],
        )
        for row in found
    )


def edits(session: Session, strategy: str, change: int) -> tuple[Edit, ...]:
    """All that one change did, kind by kind in the order of keys."""
    found, _totals = _edits(session, strategy, [change])
    return tuple(found[change])


def actors(session: Session, as_of: int) -> tuple[str, ...]:
    """Everybody who has changed anything."""
    names = sa.select(_CHANGE.c.actor).where(_CHANGE.c.id <= as_of).distinct().order_by(_CHANGE.c.actor)
    return tuple(session.execute(names).scalars())


def _usual_start(plan: Snapshot, end: Moment) -> str:
    found = last_held(plan, end.meeting.held_on if end.meeting else end.day)
    return found.key if found else (end.day - BACK).isoformat()


def _as_of(session: Session, plan: Snapshot, day: date) -> int:
    """The newest change at the end of `day`, where the plan was there."""
    change = min(changes.newest_on(session, day), plan.change_id)
    if not change or plan.strategy.key not in snapshot.strategies(session, change):
        raise NotFound(_("Planen fantes ikke {day}.").format(day=dates.day(day)))
    return change


_CHANGE: sa.Table = tables.Change.__table__


def _table(kind: str) -> sa.Table:
    return tables.VERSIONED[kind].__table__


def _with_change(t: sa.Table) -> sa.Select[Any]:
    said = [_CHANGE.c[name].label(f"change_{name}") for name in ("recorded_at", "actor", "via", "reason")]
    return sa.select(t, *said).select_from(t.join(_CHANGE, _CHANGE.c.id == t.c.change_id))


def _version(kind: str, row: Mapping[str, Any]) -> Version:
    fields = {name: row[name] for name in tables.fields_of(tables.VERSIONED[kind])}
    return Version(
        row["version"],
        row["change_id"],
        row["change_recorded_at"],
        row["change_actor"],
        row["change_via"],
        row["change_reason"],
        row["retired"],
        fields,
    )


def _last_in(meeting: str, versions: list[Any]) -> AgendaItem | None:
    """A case as it last stood in a meeting, unless it was taken out, or moved before it was postponed."""
    last = [row for row in versions if row["meeting"] == meeting][-1]
    if last["retired"] or (last is not versions[-1] and last["state"] is not ItemState.POSTPONED):
        return None
    said: dict[str, Any] = {name: last[name] for name in AgendaItem.__dataclass_fields__}
    return AgendaItem(**said | {"measures": tuple(said["measures"])})


def _corrected(kind: str, key: str, versions: tuple[Version, ...], closed: int) -> Iterator[Correction]:
    for old, new in pairwise(versions):
        if new.change_id > closed:
            for name in MINUTES[kind]:
                if old.fields[name] != new.fields[name]:
                    yield Correction(
                        kind,
                        key,
                        name,
                        old.fields[name],
                        new.fields[name],
                        new.recorded_at,
                        new.actor,
                        new.reason,
                        new.change_id,
                    )


def _touching(strategy: str, key: str) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    tables_ = [_table(kind) for kind in tables.VERSIONED]
    return sa.union(*(sa.select(t.c.change_id).where(t.c.strategy == strategy, _of(t, key)) for t in tables_))


def _of(t: sa.Table, key: str) -> sa.ColumnElement[bool]:
    """Whether a row is the thing itself or hangs on it: `1.2`, `1.2.1`, `1.2.1@person`, `1.2.1-m1`."""
    below = (t.c.key.startswith(key + mark, autoescape=True) for mark in ".@-")
    return sa.or_(t.c.key == key, *below)


def _in_strategy(strategy: str) -> sa.ColumnElement[bool]:
    """Whether a change touches the strategy; asked change by change, so that a page of the log is cheap."""
    kinds = [_table(kind).c for kind in tables.VERSIONED]
    return sa.or_(*(sa.exists().where(c.change_id == _CHANGE.c.id, c.strategy == strategy) for c in kinds))


def _edits(
    session: Session, strategy: str, ids: list[int], few: int = sys.maxsize
) -> tuple[dict[int, list[Edit]], dict[int, int]]:
    """The first `few` edits of each kind in each change, and how many rows each change has in all."""
    found: dict[int, list[Edit]] = defaultdict(list)
    totals: dict[int, int] = defaultdict(int)
    for kind, table in tables.VERSIONED.items():
        if kind in KEPT:
            continue
        t, names = _table(kind), tables.fields_of(table)
        rows = _first(t, strategy, ids, few)
        earlier = _earlier(session, t, rows)
        for row in session.execute(sa.select(rows).order_by(rows.c.change_id, rows.c.nth)).mappings():
            if row["nth"] == 1:
                totals[row["change_id"]] += row["of_kind"]
            old = earlier.get((row["key"], row["version"] - 1))
            edit = changes.edit_between(kind, row["key"], _fields(old, names), _fields(dict(row), names))
            if edit:
                found[row["change_id"]].append(edit)
    return found, totals


def _first(t: sa.Table, strategy: str, ids: list[int], few: int) -> sa.Subquery:
    """The first `few` rows of each change, each with its number and how many the change has."""
    nth = sa.func.row_number().over(partition_by=t.c.change_id, order_by=(t.c.key, t.c.version))
    of_kind = sa.func.count().over(partition_by=t.c.change_id)
    mine = (
        sa.select(t, nth.label("nth"), of_kind.label("of_kind"))
        .where(t.c.strategy == strategy, t.c.change_id.in_(ids))
        .subquery()
    )
    return sa.select(mine).where(mine.c.nth <= few).subquery()


def _earlier(session: Session, t: sa.Table, rows: sa.Subquery) -> dict[tuple[str, int], Any]:
    """The version before each row; joined, as a load can touch more rows than SQLite takes parameters."""
    before = (t.c.strategy == rows.c.strategy) & (t.c.key == rows.c.key) & (t.c.version == rows.c.version - 1)
    wanted = sa.select(t).join(rows, before)
    return {(row["key"], row["version"]): row for row in session.execute(wanted).mappings()}


def _fields(row: Mapping[str, Any] | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    return None if row is None or row["retired"] else {name: row[name] for name in names}
