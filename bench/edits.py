"""Random edits through every road: after each, what was meant stands, and nothing else is another.

A road writes into the example and tells what it meant, as fields of things. What it did is read off two
snapshots. A refusal must leave no change at all.
"""

import contextlib
import dataclasses
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from sqlmodel import Session

from strategy import (
    changes,
    cli,
    database,
    dates,
    document,
    example,
    exports,
    people,
    record,
    snapshot,
    sync,
    things,
    workbook,
)
from strategy.access import LOCAL, STRANGER, Actor
from strategy.changes import Action, Edit, FieldChange
from strategy.database import Database
from strategy.errors import Refusal, Tampered
from strategy.record import Wanted
from strategy.snapshot import Flat, Measure, Snapshot
from strategy.terms import Assessment, Frequency, ItemKind, MeetingState, Phase, Settlement, Via

Ident = tuple[str, str]
Meant = Mapping[Ident, Mapping[str, Any]]
Road = Callable[["Hand"], Meant]

DONE = "Dette er gjort"
TOLD = date(2024, 12, 31)
"""How far the example is told before the edits begin: every kind of thing is there, and little to load."""
_OPEN = [Phase.PLANNED, Phase.IN_PROGRESS, Phase.ON_HOLD]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who edits: the plan as it stands before, and chance."""

    db: Database
    plan: Snapshot
    chance: random.Random

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        return dates.oslo_day(self.now)

    @property
    def key(self) -> str:
        return self.plan.strategy.key

    def by(self, session: Session, actor: Actor = LOCAL, via: Via = Via.PAGE) -> record.By:
        return record.By(session, actor, self.key, self.now, via)

    def prose(self) -> str:
        """Words nobody else has said, of any length a field takes, with what is easily lost in it."""
        return f"{self.chance.random()} " + "«æøå» – 1 200 " * self.chance.randrange(60) + "slutt."

    def measures(self, count: int) -> list[Measure]:
        return self.chance.sample([m for m in self.plan.measures if m.phase is not Phase.DROPPED], count)

    def said(self, measure: Measure) -> dict[str, Any]:
        """A report that keeps every rule."""
        promised = bool(measure.report and measure.report.is_promise)
        assessment = self.chance.choice(list(Assessment))
        return {
            "phase": self.chance.choice(_OPEN), "assessment": assessment, "done": self.prose(),
            "cause": self.prose() if assessment.is_deviation else "",
            "remedy": self.prose() if assessment.is_deviation else "", "next_step": self.prose(),
            "next_due": self.today + timedelta(days=self.chance.randrange(900)),
            "promise": Settlement.DONE if promised else None,
        }  # fmt: skip

    def wanted(self, measure: Measure) -> Wanted:
        version = measure.report.version if measure.report else 0
        return Wanted(
            "status_report", measure.key, version, self.said(measure) | {"estimate": None}, anew=True
        )


def page(hand: Hand) -> Meant:
    """A report from its form."""
    wanted = hand.wanted(hand.measures(1)[0])
    with hand.db.writing() as session:
        record.save_one(hand.by(session), wanted)
    return _meant(wanted)


def table(hand: Hand) -> Meant:
    """Reports and tags of several measures as one change."""
    chosen = hand.measures(3)
    wanted = [hand.wanted(measure) for measure in chosen[:2]]
    for measure in chosen[1:]:
        at = hand.plan.versions.get(("tagging", measure.key), 0)
        tag = f"Valg {hand.chance.randrange(10**6)}"
        wanted.append(Wanted("tagging", measure.key, at, {"tags": [tag]}))
    with hand.db.writing() as session:
        record.save(hand.by(session), wanted)
    return _meant(*wanted)


def excel(hand: Hand) -> Meant:
    """Two cells of the form that goes round."""
    chosen = [m for m in hand.measures(6) if not (m.report and m.report.is_promise)][:2]
    meant = {("status_report", measure.key): {"done": hand.prose()} for measure in chosen}
    with hand.db.reading() as session:
        raw = exports.update_form(session, hand.plan, hand.today)
        filled = workbook.read(_filled(raw, {key: said["done"] for (_kind, key), said in meant.items()}))
        preview = workbook.previewed(session, filled, hand.plan, hand.today)
    with hand.db.writing() as session:
        workbook.save(hand.by(session), preview, reason="Skjema")
    return meant


def link(hand: Hand) -> Meant:
    """A report sent in by whoever answers for the measure, and accepted."""
    measure = next(m for m in hand.measures(9) if people.responsible_for(m, hand.today))
    person = people.responsible_for(measure, hand.today)[0].person
    base, said = measure.report.version if measure.report else 0, hand.said(measure)
    ident = f"{measure.key}@{person}"
    there = next((draft.version for draft in hand.plan.drafts if draft.key == ident), 0)
    with hand.db.writing() as session:
        until = hand.today + timedelta(days=9)
        made = record.access_link(hand.by(session), person, expires_on=until)
        sender = hand.by(session, STRANGER, Via.LINK)
        sent = record.draft(sender, made.key, measure.key, there, base=base, **said)
        record.accept_draft(hand.by(session), sent.key, sent.version, base=base, **said)
    passed: Meant = {("access_link", made.key): {}, ("draft", sent.key): {}}
    return {("status_report", measure.key): said, **passed}


def command(hand: Hand) -> Meant:
    """A report from the command line."""
    measure = hand.measures(1)[0]
    said = hand.said(measure)
    _told(
        "report", measure.key, "--phase", said["phase"], "--assessment", said["assessment"],
        "--done", said["done"], "--cause", said["cause"], "--remedy", said["remedy"],
        "--next", said["next_step"], "--next-due", said["next_due"].isoformat(),
        "--database", hand.db.url, *(["--promise", said["promise"]] if said["promise"] else []),
    )  # fmt: skip
    return {("status_report", measure.key): said | {"estimate": None}}


def file(hand: Hand) -> Meant:
    """One sentence of the plan file written anew."""
    measure, text = hand.measures(1)[0], f"NOKU skal {hand.chance.random()} og mer"
    with hand.db.reading() as session:
        written = sync.written(session, hand.plan)
    wanted = document.things(_read(written))
    wanted["measure", measure.key] = {**wanted["measure", measure.key], "text": text}
    edited = sync.PlanFile(document.write(wanted, hand.key, written), wanted)
    if document.things(_read(edited.text)) != wanted:
        raise AssertionError("the file does not say what was written into it")
    with hand.db.writing() as session:
        sync.apply(hand.by(session, via=Via.YAML), sync.compared(session, edited))
    return {("measure", measure.key): {"text": text}}


def milestone(hand: Hand) -> Meant:
    """A milestone ahead given another title and another day from its form."""
    ahead = [each for m in hand.plan.measures for each in m.milestones if not each.done_on]
    chosen = hand.chance.choice(ahead)
    days = timedelta(days=hand.chance.randrange(900))
    fields = {"title": f"Steg {hand.chance.random()}", "due": hand.today + days}
    wanted = Wanted("milestone", chosen.key, chosen.version, fields)
    with hand.db.writing() as session:
        record.save_one(hand.by(session), wanted)
    return _meant(wanted)


def value(hand: Hand) -> Meant:
    """What an indicator was measured at in a year, from the command line: a new value or another."""
    yearly = [each for each in hand.plan.indicators if each.frequency is Frequency.YEAR]
    indicator, year = hand.chance.choice(yearly), hand.chance.randrange(2015, hand.today.year)
    number, comment = hand.chance.randrange(2), f"Talt {hand.chance.random()}"
    _told("value", indicator.key, year, number, "--comment", comment, "--sure", "--database", hand.db.url)
    said = {"indicator": indicator.key, "period": str(year), "value": Decimal(number), "comment": comment}
    return {("indicator_value", f"{indicator.key}@{year}"): said}


def case(hand: Hand) -> Meant:
    """A new case for a meeting that is not called in, or what one says."""
    drafts = [each.key for each in hand.plan.meetings if each.state is MeetingState.DRAFT]
    there = [each for each in hand.plan.items if each.meeting in drafts]
    fields: dict[str, Any] = {"summary": hand.prose()}
    if there and hand.chance.randrange(2):
        old = hand.chance.choice(there)
        wanted = Wanted("agenda_item", old.key, old.version, fields)
    else:
        key = f"sak-{1000 + hand.plan.change_id}"
        fields |= {"meeting": hand.chance.choice(drafts), "title": f"Sak om {hand.chance.random()}"}
        wanted = Wanted("agenda_item", key, 0, fields | {"kind": hand.chance.choice(list(ItemKind))})
    with hand.db.writing() as session:
        record.save_one(hand.by(session), wanted)
    return _meant(wanted)


def undo(hand: Hand) -> Meant:
    """The newest change taken back: each thing as it was before it."""
    last = hand.plan.change_id
    with hand.db.writing() as session:
        before = snapshot.load(session, hand.key, last - 1).flat
        touched = {(edit.kind, edit.key) for edit in record.undo_preview(session, hand.key, last).edits}
        record.undo(hand.by(session), last)
    return {ident: before.get(ident) or {} for ident in touched}


def careless(hand: Hand) -> Meant:
    """Two reports, and a word about one: what the proof must see."""
    wanted = [hand.wanted(measure) for measure in hand.measures(2)]
    with hand.db.writing() as session:
        record.save(hand.by(session), wanted)
    return _meant(wanted[0])


ROADS: tuple[Road, ...] = (page, table, excel, link, command, file, milestone, value, case, undo)


def walked(url: str, edits: int, seed: int, roads: Sequence[Road] = ROADS) -> Counter[str]:
    """So many edits on an example of its own: what was done by each road, and every wound."""
    chance, db, seen = random.Random(seed), database.prepare(url), Counter[str]()
    with db.writing() as session:
        example.fill(session, TOLD)
    kept = dict[int, int]()
    plan = _newest(db)
    for road in _in_turn(roads, edits, chance):
        seen[road.__name__] += 1
        try:
            meant: Meant = road(Hand(db, plan, chance))
        except Refusal:
            meant = {}
            seen["refused"] += 1
        before, plan = plan, _newest(db)
        seen["not_as_meant"] += _not_as_meant(plan.flat, meant)
        seen["not_meant"] += _not_meant(before.flat, plan.flat, meant)
        seen["half"] += not meant and before.change_id != plan.change_id
        kept[plan.change_id] = _digest(plan)
    seen["another_past"] += _another_past(db, plan, kept)
    with db.reading() as session:
        seen["does_not_verify"] += does_not_verify(session)
    seen["no_round_trip"] += _no_round_trip(db, plan)
    db.close()
    return seen


def _in_turn(roads: Sequence[Road], count: int, chance: random.Random) -> Iterator[Road]:
    """Every road, in an order that is new each time round."""
    order = [road for _round in range(-(-count // len(roads))) for road in chance.sample(roads, len(roads))]
    return iter(order[:count])


WOUNDS = ("not_as_meant", "not_meant", "half", "another_past", "does_not_verify", "no_round_trip")


def _told(*words: object) -> None:
    """Run a command."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = cli.run([str(word) for word in words])
    if code:
        raise AssertionError(told.getvalue())


def _meant(*wanted: Wanted) -> Meant:
    return {each.ident: each.fields for each in wanted}


def _newest(db: Database) -> Snapshot:
    with db.reading() as session:
        newest = changes.newest(session)
        (key,) = snapshot.strategies(session, newest)
        return snapshot.load(session, key, newest)


def _read(text: str) -> Any:
    found, problems = document.read(text.encode())
    if found is None:
        raise AssertionError(problems)
    return found


def _filled(raw: bytes, done: Mapping[str, str]) -> bytes:
    """The form with what has been done written in the rows of these measures."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book["Tiltak"]
    (column,) = (cell.column for cell in sheet[3] if cell.value == DONE)
    for cell in sheet["A"]:
        if cell.value in done:
            sheet.cell(cell.row, column).value = done[cell.value]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _not_as_meant(after: Flat, meant: Meant) -> int:
    """Fields that do not say what was written in them."""
    found = 0
    for ident, said in meant.items():
        stands = after.get(ident, {})
        found += sum(stands.get(name) != value for name, value in said.items())
    return found


def _not_meant(before: Flat, after: Flat, meant: Meant) -> int:
    """Fields that say something else though nobody wrote in them; what is said anew is empty till said."""
    found = 0
    for ident in {**before, **after}:
        edit = changes.edit_between(*ident, before.get(ident), after.get(ident))
        if edit and ident not in meant:
            found += ident[0] != "authority"  # what permits a change is written beside it
        elif edit and meant[ident]:
            found += sum(_is_news(edit, change) for change in edit.fields if change.field not in meant[ident])
    return found


def _is_news(edit: Edit, change: FieldChange) -> bool:
    """Whether a field nobody wrote in is another than a thing begins with; its place is found for it."""
    if edit.action is Action.CHANGED:
        return change.field != "promise"
    begins = {field.name: field.default for field in dataclasses.fields(things.KINDS[edit.kind].of)}
    return change.field != "order" and change.after not in (begins[change.field], list[Any]())


def _another_past(db: Database, plan: Snapshot, kept: Mapping[int, int]) -> int:
    """Changes as of which the plan reads another than when they were new."""
    with db.reading() as session:
        return sum(_digest(snapshot.load(session, plan.strategy.key, n)) != said for n, said in kept.items())


def _digest(plan: Snapshot) -> int:
    return hash(repr(sorted(plan.flat.items())))


def does_not_verify(session: Session) -> int:
    """1 where the history is not as it was written."""
    try:
        changes.verify(session)
    except Tampered:
        return 1
    return 0


def _no_round_trip(db: Database, plan: Snapshot) -> int:
    """Whether an untouched form or plan file would change anything."""
    with db.reading() as session:
        today = dates.oslo_day(datetime.now(UTC))
        form = workbook.read(exports.update_form(session, plan, today))
        preview = workbook.previewed(session, form, plan, today)
        text = sync.written(session, plan)
        load = sync.compared(session, sync.PlanFile(text, document.things(_read(text))))
    return int(bool(preview.wanted or preview.problems)) + int(bool(load.edits or load.clashes))
