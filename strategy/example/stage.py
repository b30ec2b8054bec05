"""Where the story is played: each event through the door the program itself would use."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from strategy import changes, dates, document, record, snapshot, sync, tables
from strategy.access import Actor, Role
from strategy.errors import BadInput
from strategy.example.copies import without_twins
from strategy.example.story import DATA, Event, Said, Told
from strategy.record import saving
from strategy.snapshot import Flat
from strategy.terms import Via

FIRST_PLAN = "strategy.yaml"

_DOORS: dict[Told, Callable[..., record.Saved]] = {
    Told.ADDED: record.milestone,
    Told.REPORTED: record.report,
    Told.MEASURED: record.value,
    Told.REACHED: record.milestone,
    Told.JUDGED: record.report,
    Told.ATTAINED: record.attainment,
}
_OPENS = time(8, tzinfo=dates.OSLO)
_BETWEEN = timedelta(minutes=4)


class Stage:
    """The session, the clock, who acts, and which version of each thing is the newest.

    `scenes` play the events that are more than one write.
    """

    def __init__(self, session: Session, scenes: Mapping[Told, Callable[[Any, Event], None]]) -> None:
        self.session = session
        self.scenes = scenes
        self.strategy = ""
        self.now = datetime.combine(date.min, _OPENS)
        self.actor = Actor("", Role.SECRETARIAT)
        self.newest: Counter[tuple[Any, ...]] = Counter()

    def play(self, day: date, events: Iterable[Event]) -> None:
        """Let what happened on one day happen, some minutes apart."""
        self.now = datetime.combine(day, _OPENS)
        for event in events:
            self.actor = replace(self.actor, name=event.by)
            self._play(event)

    def do(
        self,
        write: Callable[..., Any],
        table: type[tables.Versioned],
        key: str,
        *args: Any,
        keyed: bool = True,
        **said: Any,
    ) -> None:
        """Go through a door on top of what stands under the key, which is named to it unless not `keyed`."""
        self.told(write, *([key] if keyed else []), self.version(table, key), *args, **said)

    def want(self, kind: str, key: str, **fields: Any) -> None:
        """Say this of a thing, on top of what stands."""
        version = self.version(tables.VERSIONED[kind], key)
        self.told(record.save_one, record.Wanted(kind, key, version, fields))

    def told(self, write: Callable[..., Any], *args: Any, **said: Any) -> None:
        """Go through a door some minutes later."""
        write(self.by(), *args, **said)

    def by(self) -> record.By:
        """By whom something is written, with the clock moved on."""
        self.now += _BETWEEN
        return record.By(self.session, self.actor, self.strategy, self.now, Via.EXAMPLE)

    def version(self, table: type[tables.Versioned], key: str) -> int:
        """Which version of a thing stands."""
        standing = saving.current(self.session, table, self.strategy, key)
        return standing["version"] if standing else 0

    def _play(self, event: Event) -> None:
        if event.told is Told.LOADED:
            self._load(event.said)
        elif event.told is Told.PLANNED:
            self._change_plan(event.said)
        elif event.told in self.scenes:
            self.scenes[event.told](self, event)
        else:
            self._save(_DOORS[event.told], event)

    def _load(self, said: Said) -> None:
        wanted = sync.read(DATA / FIRST_PLAN)
        (self.strategy,) = (key for kind, key in wanted if kind == "strategy")
        self._apply(None, wanted, said)

    def _change_plan(self, said: Said) -> None:
        """Edit the plan as it stands, write it as a file, and load that file as any other."""
        before = without_twins(snapshot.load(self.session, self.strategy, changes.newest(self.session)))
        wanted = {ident: dict(fields) for ident, fields in before.flat.items() if ident[0] in sync.PLAN}
        for kind, key, fields in said["edits"]:
            _edit(wanted, kind, key, fields)
        plan, problems = document.read(document.write(wanted, self.strategy).encode())
        if plan is None:
            raise BadInput("\n".join(map(str, problems)))
        self._apply(before, document.things(plan), said)

    def _apply(self, before: snapshot.Snapshot | None, wanted: Flat, said: Said) -> None:
        grounds = record.Grounds(self._decision(said.get("decision")), note=said.get("grounds", ""))
        sync.apply(self.by(), sync.diff(before, wanted), reason=said["reason"], grounds=grounds)

    def _decision(self, case: str | None) -> str:
        """The key of what the board decided in the case with that title."""
        if not case:
            return ""
        (item,) = saving.all_live(self.session, tables.AgendaItem, self.strategy, title=case)
        (made,) = saving.all_live(self.session, tables.Decision, self.strategy, item=item["key"])
        return str(made["key"])

    def _save(self, write: Callable[..., record.Saved], event: Event) -> None:
        ident = (write.__name__, *event.thing)
        self.told(write, *event.thing, self.newest[ident], **event.said)
        self.newest[ident] += 1


def _edit(wanted: Flat, kind: str, key: str, fields: Said | None) -> None:
    """Change, add or (without `fields`) take out one thing, or with the key `*` change all of its kind."""
    if key == "*":
        for each in [ident for ident in wanted if ident[0] == kind]:
            wanted[each] = _typed(*each, {**wanted[each], **(fields or {})})
    elif fields is None:
        for ident in _hanging_on(wanted, kind, key):
            del wanted[ident]
    else:
        wanted[kind, key] = _typed(kind, key, {**wanted.get((kind, key), {}), **fields})


def _hanging_on(wanted: Flat, kind: str, key: str) -> list[tuple[str, str]]:
    """A thing and all that hangs on it."""
    under = [
        ident for ident, fields in wanted.items() if key in (fields.get("measure"), fields.get("belongs_to"))
    ]
    owners = {key for _kind, key in under}
    targets = [i for i, fields in wanted.items() if i[0] == "target" and fields["indicator"] in owners]
    return [(kind, key), *under, *targets]


def _typed(kind: str, key: str, values: Said) -> dict[str, Any]:
    """The fields of a thing as its table types them; empty text is nothing where there may be none."""
    table = tables.VERSIONED[kind]
    said = {n: v for n, v in values.items() if v != "" or table.model_fields[n].default is not None}
    row = table.model_validate({"strategy": "-", "key": key, "version": 1, "change_id": 0, **said})
    return {name: getattr(row, name) for name in tables.fields_of(table)}
