"""Many edits as one change: all of them or none, and everything that stands in their way told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, snapshot, tables, texts
from strategy.access import Actor, Verb, may, require
from strategy.changes import Action
from strategy.errors import BadInput, Several
from strategy.i18n import _
from strategy.record import wholes
from strategy.record.authority import NONE, Grounds, authorities, check_grounds
from strategy.record.reports import REPORT_LABELS, report_flaws
from strategy.record.saving import Saved, current, live, responsible, save
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Assessment, Part, Phase, Quality, Via

MOST_TAGS = 20

Ident = tuple[str, str]
"""The kind and key of a thing, as in `Snapshot.flat`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants one thing to be; `base_version` is the version they had before them, 0 for none.

    `kind` is one of `status_report`, `milestone` (one that is there), `indicator_value`, `measure`,
    `responsibility` and `tagging`, `key` as in `tables`.
    `fields` holds only what should change, by the names in `tables`; what is not there stands as it was.
    A responsibility takes `retired` too.
    """

    kind: str
    key: str
    base_version: int
    fields: Mapping[str, Any]

    @property
    def ident(self) -> Ident:
        return self.kind, self.key

    @property
    def measure(self) -> str:
        """The key of the measure it is about; of a value, that of its indicator."""
        return self.key.rpartition("-")[0] if self.kind == "milestone" else self.key.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Sides:
    """One field that two have changed: what both began with, what stands now, and what is wanted here."""

    field: str
    base: Any
    theirs: Any
    ours: Any


@dataclass(frozen=True, slots=True)
class Collision:
    """A thing somebody else has saved since; `version` is what stands now, to want it again on top of."""

    kind: str
    key: str
    version: int
    sides: tuple[Sides, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What cannot be used in one wanted thing; `field` as in `tables`, empty where it is the whole."""

    kind: str
    key: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What wanted edits come to: what would change from and to, and what stands in the way of all of it."""

    edits: tuple[changes.Edit, ...]
    collisions: tuple[Collision, ...]
    flaws: tuple[Flaw, ...]

    @property
    def is_clear(self) -> bool:
        return not self.collisions and not self.flaws


def previewed(
    now: Snapshot, wanted: Sequence[Wanted], *, base: Mapping[Ident, Mapping[str, Any]] | None = None,
    today: date | None = None,
) -> Preview:  # fmt: skip
    """Compare what is wanted with the plan as it stands; what stands there already is left out.

    `base` is what the edits began with (the `flat` of the snapshot they were made on), for collisions.
    `today` is the day nothing measured or reached can be after; else that of the plan's newest change.
    """
    weighed = _Weighed(now, base or {}, today or dates.oslo_day(now.recorded_at))
    twice = {ident for ident, times in Counter(each.ident for each in wanted).items() if times > 1}
    for each in wanted:
        if each.ident in twice:
            weighed.refuse(each, "", _("Tiltaket står flere ganger. La det stå bare én gang."))
        else:
            weighed.add(each)
    return Preview(tuple(weighed.edits), tuple(weighed.collisions), tuple(dict.fromkeys(weighed.flaws)))


def bulk(
    session: Session, actor: Actor, strategy: str, wanted: Sequence[Wanted], *, reason: str,
    grounds: Grounds = NONE, now: datetime, via: Via = Via.PAGE,
) -> Saved | None:  # fmt: skip
    """Do what `previewed` shows as one change, with one reason; None where all of it stands already.

    A deadline is moved on `grounds`, which a person at a page must give.

    A report on a measure one answers for needs no more right than that; all else is the secretariat's.
    Raises `Several` with every collision and flaw, `NotAllowed`, and `BadInput` for the reason.
    """
    for each in wanted:
        _require(session, actor, strategy, each, now)
    reason = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    there = snapshot.load(session, strategy, changes.newest(session))
    before = _before(session, strategy, wanted)
    found = previewed(there, wanted, base=before, today=dates.oslo_day(now))
    if not found.is_clear:
        raise Several(_in_the_way(found), found.collisions, found.flaws)
    if via is Via.PAGE:
        check_grounds(found.edits, grounds)
    rows = [_row(session, there, edit) for edit in found.edits]
    if not rows:
        return None
    permits = authorities(session, strategy, found.edits, grounds)
    change = changes.append(session, actor, [*rows, *permits], via=via, reason=reason, now=now)
    return Saved(rows[0].key, rows[0].version, change.id, now)


def answering(measure: Measure, people: Sequence[str], today: date) -> tuple[Wanted, ...]:
    """The edits that make `people`, and nobody else, answer for a measure from `today`.

    Who is only proposed and is wanted, is adopted; who is proposed and not wanted, stays proposed.
    """
    held = {r.person: r for r in measure.responsibilities}
    found = []
    for order, person in enumerate(people):
        there = held.get(person)
        if there and there.holds(today) and there.part is Part.RESPONSIBLE and not there.proposal:
            continue
        fields = {"part": Part.RESPONSIBLE, "since": today, "until": None, "proposal": False, "order": order}
        found.append(_responsibility(measure, person, there.version if there else 0, fields))
    for person, there in held.items():
        mine = there.part is Part.RESPONSIBLE and there.holds(today) and not there.proposal
        if mine and person not in people:
            begun = there.since is None or there.since < today
            over = {"until": today} if begun else {"retired": True}
            found.append(_responsibility(measure, person, there.version, over))
    return tuple(found)


def tags(
    session: Session, actor: Actor, strategy: str, measure: str, base_version: int, *,
    tags: Sequence[str], now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say which tags a measure has. Raises as `report`."""
    wanted = Wanted("tagging", measure, base_version, {"tags": list(tags)})
    _require(session, actor, strategy, wanted, now)
    there = snapshot.load(session, strategy, changes.newest(session))
    for flaw in previewed(there, [wanted]).flaws:
        raise BadInput(flaw.sentence, _("Stikkord"))
    row = tables.Tagging(strategy=strategy, key=measure, version=base_version + 1, change_id=0)
    row.tags = clean_tags(tags)
    return save(session, actor, row, now=now, via=via)


def clean_tags(given: Sequence[str]) -> list[str]:
    """Each tag once, cleaned, whatever its case. Raises `BadInput`."""
    said = [texts.clean(tag, texts.LINE, _("Stikkord")) for tag in given]
    found = {texts.folded(tag): tag for tag in reversed(said) if tag}
    if len(found) > MOST_TAGS:
        raise BadInput(_("Et tiltak kan ha {n} stikkord.").format(n=MOST_TAGS), _("Stikkord"))
    return list(reversed(found.values()))


class _Weighed:
    """Sorts wanted edits into what would change, what collides and what cannot be used."""

    def __init__(self, now: Snapshot, base: Mapping[Ident, Mapping[str, Any]], today: date) -> None:
        self.now, self.base, self.today = now, base, today
        self.measures = {measure.key for measure in now.measures}
        self.people = {person.key for person in now.people}
        self.indicators = {indicator.key: indicator for indicator in now.indicators}
        self.edits: list[changes.Edit] = []
        self.collisions: list[Collision] = []
        self.flaws: list[Flaw] = []

    def add(self, wanted: Wanted) -> None:
        flaws = list(self._unknown(wanted))
        before = self.now.flat.get(wanted.ident)
        if not flaws:
            flaws = list(_wrong_types(wanted))
        if flaws:
            self.flaws += flaws
            return
        after, flaws = self._whole(wanted, before)
        edit = changes.edit_between(wanted.kind, wanted.key, before, after)
        if edit is None:
            return
        self.flaws += flaws
        version = self.now.versions.get(wanted.ident, 0)
        if version == wanted.base_version:
            self.edits.append(edit)
        else:
            sides = self._sides(wanted, before or {}, after or {})
            self.collisions.append(Collision(wanted.kind, wanted.key, version, sides))

    def refuse(self, wanted: Wanted, field: str, sentence: str) -> None:
        self.flaws.append(Flaw(wanted.kind, wanted.key, field, sentence))

    def _whole(self, wanted: Wanted, before: Mapping[str, Any] | None) -> "_Whole":
        if wanted.kind == "milestone":
            after, found = wholes.milestone(before or {}, wanted.fields, self.today)
        elif wanted.kind == "indicator_value":
            direction = self.indicators[wanted.measure].direction
            after, found = wholes.value(wanted.key, before, wanted.fields, direction, self.today)
        else:
            return _WHOLE[wanted.kind](wanted, before)
        return after, [Flaw(*wanted.ident, field, sentence) for field, sentence in found]

    def _unknown(self, wanted: Wanted) -> Iterator[Flaw]:
        if wanted.kind not in _FIELDS or set(wanted.fields) - set(_FIELDS[wanted.kind]):
            yield Flaw(wanted.kind, wanted.key, "", _("Dette kan ikke endres her."))
        elif wanted.kind == "indicator_value":
            if wanted.measure not in self.indicators:
                said = _("Fant ikke indikatoren «{key}» i planen.").format(key=wanted.measure)
                yield Flaw(wanted.kind, wanted.key, "", said)
        elif wanted.kind == "milestone" and wanted.ident not in self.now.versions:
            yield Flaw(wanted.kind, wanted.key, "", _("Fant ikke milepælen. Kanskje er den tatt ut."))
        elif wanted.measure not in self.measures:
            said = _("Fant ikke tiltaket «{key}» i planen.").format(key=wanted.measure)
            yield Flaw(wanted.kind, wanted.key, "", said)
        elif wanted.kind == "responsibility" and wanted.key.partition("@")[2] not in self.people:
            said = _("Fant ikke rollen «{key}» i planen.").format(key=wanted.key.partition("@")[2])
            yield Flaw(wanted.kind, wanted.key, "person", said)

    def _sides(self, wanted: Wanted, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> tuple[Sides, ...]:
        base = self.base.get(wanted.ident, {})
        names = [name for name in wanted.fields if name != "retired"] or list(theirs)
        return tuple(
            Sides(name, base.get(name), theirs.get(name), ours.get(name))
            for name in names
            if theirs.get(name) != ours.get(name)
        )


_Whole = tuple[dict[str, Any] | None, list[Flaw]]
"""All fields of a thing as they are wanted, None where it is to go, and what is wrong with them."""


def _report(wanted: Wanted, before: Mapping[str, Any] | None) -> _Whole:
    """A report that takes up what the last one said; a cause goes with the deviation it was the cause of."""
    row = tables.StatusReport(strategy="", key=wanted.key, version=1, change_id=0, assessment=_NONE)
    flaws = []
    for name, value in {**(before or {}), **wanted.fields}.items():
        try:
            text = name in _TEXTS and name in wanted.fields
            setattr(row, name, texts.clean(value, texts.PARAGRAPH, _(REPORT_LABELS[name])) if text else value)
        except BadInput as refusal:
            flaws.append(Flaw(*wanted.ident, name, str(refusal)))
    if not row.assessment.is_deviation:
        row.remedy = ""
        row.cause = row.cause if row.phase is Phase.DROPPED else ""
    named = {_(label): name for name, label in REPORT_LABELS.items()}
    told = [Flaw(*wanted.ident, named[flaw.field], str(flaw)) for flaw in report_flaws(row, is_measure=True)]
    return {name: getattr(row, name) for name in tables.fields_of(tables.StatusReport)}, flaws + told


def _measure(wanted: Wanted, before: Mapping[str, Any] | None) -> _Whole:
    """A measure's frame: its deadline, start and short name."""
    after, flaws = {**(before or {}), **wanted.fields}, []
    try:
        after["name"] = texts.clean(after["name"], texts.LINE, _("Kortnavn"))
    except BadInput as refusal:
        flaws.append(Flaw(*wanted.ident, "name", str(refusal)))
    if not after["name"]:
        flaws.append(Flaw(*wanted.ident, "name", _("Tiltaket må ha et kortnavn.")))
    for name in ("start", "due"):
        if after[name] and not 1900 <= after[name].year <= 2200:
            flaws.append(Flaw(*wanted.ident, name, _("Datoen kan ikke brukes.")))
    if after["start"] and after["due"] and after["due"] < after["start"]:
        flaws.append(Flaw(*wanted.ident, "due", _("Fristen er før tiltaket begynner.")))
    return after, flaws


def _answers(wanted: Wanted, before: Mapping[str, Any] | None) -> _Whole:
    """Who does what for a measure, and from and until when."""
    fields = dict(wanted.fields)
    if fields.pop("retired", False):
        return None, []
    measure, _at, person = wanted.key.partition("@")
    usual = {"measure": measure, "person": person, "part": Part.RESPONSIBLE, "since": None, "until": None,
             "order": 0, "proposal": False}  # fmt: skip
    after = {**usual, **(before or {}), **fields}
    ends_first = after["since"] and after["until"] and after["until"] < after["since"]
    said = _("Ansvaret slutter før det begynner.")
    return after, [Flaw(*wanted.ident, "until", said)] if ends_first else []


def _tagging(wanted: Wanted, before: Mapping[str, Any] | None) -> _Whole:
    """The tags of a measure; where there were none, none is no change."""
    try:
        found = clean_tags(wanted.fields.get("tags", []))
    except BadInput as refusal:
        return {"tags": []}, [Flaw(*wanted.ident, "tags", str(refusal))]
    return ({"tags": found} if found or before else None), []


_NONE = Assessment.NOT_ASSESSED
_TEXTS = ("done", "cause", "remedy", "next_step")
_DAY = (date, type(None))
_FIELDS: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "status_report": {
        "phase": Phase, "assessment": Assessment, "estimate": (int, type(None)), "next_due": _DAY,
        "done": str, "cause": str, "remedy": str, "next_step": str,
    },
    "milestone": {
        "title": str, "due": date, "done_on": _DAY, "evidence": str, "year": int, "weight": Decimal,
        "order": (int, type(None)),
    },
    "indicator_value": {
        "value": (Decimal, type(None)), "text": str, "comment": str, "source": str, "quality": Quality,
    },
    "measure": {"name": str, "start": _DAY, "due": _DAY},
    "responsibility": {
        "part": Part, "since": _DAY, "until": _DAY, "order": int, "proposal": bool, "retired": bool,
    },
    "tagging": {"tags": (list, tuple)},
}  # fmt: skip
"""What may be wanted of each kind, and the types it comes in."""

_WHOLE = {"status_report": _report, "measure": _measure, "responsibility": _answers, "tagging": _tagging}


def _wrong_types(wanted: Wanted) -> Iterator[Flaw]:
    for name, value in wanted.fields.items():
        expected = _FIELDS[wanted.kind][name]
        parts = value if name == "tags" and isinstance(value, list | tuple) else ()
        if (
            not isinstance(value, expected)
            or (isinstance(value, bool) and expected is not bool)
            or isinstance(value, datetime)
            or not all(isinstance(part, str) for part in parts)
        ):
            said = _("«{value}» kan ikke brukes her.").format(value=str(value)[:80])
            yield Flaw(*wanted.ident, name, said)


def _responsibility(measure: Measure, person: str, version: int, fields: dict[str, Any]) -> Wanted:
    return Wanted("responsibility", f"{measure.key}@{person}", version, fields)


def _require(session: Session, actor: Actor, strategy: str, wanted: Wanted, now: datetime) -> None:
    """Reports, milestones and values ask as their own functions do; all else belongs to the secretariat."""
    if may(actor, Verb.REPORT) and may(actor, Verb.PLAN):  # to anything, so that nobody need be looked up
        return
    if wanted.kind == "indicator_value":
        measured = live(session, tables.Indicator, strategy, wanted.measure)
        about = measured["belongs_to"] if measured else ""
        require(actor, Verb.REPORT, responsible(session, strategy, about, now))
    elif wanted.kind in ("status_report", "milestone"):
        require(actor, Verb.REPORT, responsible(session, strategy, wanted.measure, now))
    else:
        require(actor, Verb.PLAN)


def _before(session: Session, strategy: str, wanted: Sequence[Wanted]) -> dict[Ident, Mapping[str, Any]]:
    """The versions the edits began with, where a newer one stands."""
    found: dict[Ident, Mapping[str, Any]] = {}
    for each in wanted:
        if each.kind in _FIELDS and each.base_version > 0:
            t: sa.Table = tables.VERSIONED[each.kind].__table__
            mine = (t.c.strategy == strategy) & (t.c.key == each.key) & (t.c.version == each.base_version)
            if row := session.execute(sa.select(t).where(mine)).mappings().first():
                found[each.ident] = dict(row)
    return found


def _row(session: Session, there: Snapshot, edit: changes.Edit) -> tables.Versioned:
    """The next version; what was taken out earlier goes on where it stopped."""
    table, strategy = tables.VERSIONED[edit.kind], there.strategy.key
    version = there.versions.get((edit.kind, edit.key), 0)
    if not version and (gone := current(session, table, strategy, edit.key)):
        version = gone["version"]
    retired = edit.action is Action.RETIRED
    said = {**there.flat.get((edit.kind, edit.key), {})}
    said |= {change.field: change.before if retired else change.after for change in edit.fields}
    return table(strategy=strategy, key=edit.key, version=version + 1, change_id=0, retired=retired, **said)


def _in_the_way(found: Preview) -> str:
    """What stands in the way, in one sentence and the first of it."""
    said = [_("Ingenting er lagret.")]
    if found.collisions:
        keys = ", ".join(dict.fromkeys(each.key for each in found.collisions))
        said.append(_("Noen andre har lagret {keys} siden du begynte.").format(keys=keys))
    said += [f"{flaw.key}: {flaw.sentence}" for flaw in found.flaws]
    return "\n".join(said)
