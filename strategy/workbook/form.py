"""The shape of the update form: its sheets and columns, and what stands in the cells for each thing.

Its words are bokmål in every language: they are how a filled-in form is known again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from strategy import dates, things
from strategy.errors import BadInput
from strategy.snapshot import Snapshot
from strategy.terms import Term

FORMAT = "strategi-skjema-2"
"""What the hidden sheet begins with; another shape gets another number."""

MARKER = "Skjemadata"
GUIDE = "Slik gjør du"
KEY = "Nøkkel"
YES_NO = ("Ja", "Nei")

REPORT = "status_report"
MILESTONE = "milestone"
VALUE = "indicator_value"


class Entry(StrEnum):
    """What a cell holds; `SHOWN` is there to be read only."""

    SHOWN = "shown"
    TEXT = "text"
    DAY = "day"
    PERCENT = "percent"
    NUMBER = "number"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is the thing's own, `hint` what the note on its header says."""

    header: str
    field: str
    width: int
    entry: Entry = Entry.SHOWN
    hint: str = ""
    limit: int = 0
    terms: type[Term] | None = None

    @property
    def editable(self) -> bool:
        return self.entry is not Entry.SHOWN


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of things of one kind, a row for each."""

    name: str
    kind: str
    columns: tuple[Column, ...]

    @property
    def editable(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.editable)

    def column(self, field: str) -> Column:
        """The column with this field."""
        return self.columns[self.place(field)]

    def place(self, field: str) -> int:
        """The number of the column with this field, from 0."""
        return next(number for number, column in enumerate(self.columns) if column.field == field)


_ENTRIES: Mapping[Any, Entry] = {
    str: Entry.TEXT,
    date: Entry.DAY,
    int: Entry.PERCENT,
    Decimal: Entry.NUMBER,
}


def _edited(kind: str, header: str, field: str, width: int, hint: str) -> Column:
    """A column to be filled in, with what it takes and how much as the field is declared."""
    of = things.holds(kind, field)
    entry = _ENTRIES.get(of, Entry.TERM)
    choices = of if entry is Entry.TERM else None
    return Column(header, field, width, entry, hint, things.shapes(kind)[field].limit, choices)


SHEETS = (
    Sheet(
        "Tiltak",
        REPORT,
        (
            Column(KEY, "key", 9),
            Column("Tiltak", "name", 24),
            Column("Tekst i planen", "adopted", 38),
            Column("Ansvarlig", "responsible", 18),
            Column("Frist", "due", 11),
            Column("Sist meldt", "last", 17),
            _edited(REPORT, "Fase", "phase", 14, "Hvor arbeidet er. Velg fra lista."),
            _edited(
                REPORT,
                "Vurdering",
                "assessment",
                16,
                "Hvordan det går. Velg fra lista. Et avvik må ha årsak og hvordan det rettes opp.",
            ),
            _edited(
                REPORT,
                "Dette er gjort",
                "done",
                40,
                "Hva som er gjort, og hva det førte til. Er alt som før, så skriv det.",
            ),
            _edited(
                REPORT,
                "Årsak",
                "cause",
                30,
                "Hvorfor det ikke går som planlagt. Må fylles ut ved avvik, og når tiltaket utgår.",
            ),
            _edited(
                REPORT,
                "Slik rettes det opp",
                "remedy",
                30,
                "Hva som gjøres med avviket. Må fylles ut ved avvik.",
            ),
            _edited(REPORT, "Neste steg", "next_step", 30, "Det neste som skal skje."),
            _edited(REPORT, "Neste steg innen", "next_due", 13, "Dag.måned.år, som 23.11.2026."),
            _edited(
                REPORT,
                "Anslag (%)",
                "estimate",
                10,
                "Hvor langt tiltaket er kommet, 0–100. "
                "Brukes bare når tiltaket ikke har milepæler å regne med.",
            ),
            Column("Sist lovet", "promised", 22),
            _edited(
                REPORT,
                "Løftet fra sist",
                "promise",
                14,
                "Hva som ble av «Sist lovet». "
                "Må fylles ut når dagen er passert. Ikke ennå: sett en ny dag. "
                "Trukket: skriv hvorfor i «Årsak».",
            ),
        ),
    ),
    Sheet(
        "Milepæler",
        MILESTONE,
        (
            Column(KEY, "key", 11),
            Column("Tiltak", "name", 30),
            Column("Milepæl", "title", 44),
            Column("Frist", "due", 11),
            _edited(
                MILESTONE,
                "Nådd",
                "done_on",
                12,
                "Dagen milepælen ble nådd, som 23.11.2026. Tom når den ikke er nådd.",
            ),
            _edited(MILESTONE, "Dokumentasjon", "evidence", 60, "Hva som viser at den er nådd."),
        ),
    ),
    Sheet(
        "Målinger",
        VALUE,
        (
            Column(KEY, "key", 20),
            Column("Hører til", "belongs_to", 9),
            Column("Indikator", "name", 36),
            Column("Enhet", "unit", 14),
            Column("Periode", "period", 15),
            _edited(VALUE, "Verdi", "value", 12, "Et tall, som 1234,5. Ja eller nei der enheten er ja/nei."),
            _edited(VALUE, "I ord", "text", 30, "Vurdering i ord, i stedet for eller i tillegg til tallet."),
            _edited(VALUE, "Kommentar", "comment", 34, "For eksempel hvorfor et tall er rettet."),
            _edited(VALUE, "Kilde", "source", 26, "Hvor tallet kommer fra."),
            _edited(
                VALUE,
                "Kvalitet",
                "quality",
                18,
                "Endelig når ikke annet er sagt. "
                "Ble det ikke målt, så velg det og skriv hvorfor i kommentaren.",
            ),
        ),
    ),
)

SHEET_NAMES = tuple(sheet.name for sheet in SHEETS)
SHEET_OF: Mapping[str, Sheet] = {sheet.kind: sheet for sheet in SHEETS}


Versions = Mapping[tuple[str, str], int]
"""The version of each thing in a form, by kind and key; 0 for what has not been said yet."""

LINES = 200
"""So many of them in a cell: one cell for each would make a large form slow to read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of one thing: its version, 0 where nothing has been said yet, and its editable fields."""

    version: int
    values: Mapping[str, Any]


def packed(versions: Versions) -> Iterator[tuple[str, str]]:
    """The versions as the hidden sheet has them: the kind, and a line for each of up to `LINES` things."""
    for kind in SHEET_OF:
        lines = [f"{key} {version}" for (of, key), version in versions.items() if of == kind]
        for start in range(0, len(lines), LINES):
            yield kind, "\n".join(lines[start : start + LINES])


def unpacked(rows: Iterable[tuple[str, str]]) -> Versions:
    """The versions of what `packed` gave. Raises `ValueError` where it has been altered."""
    told = ((kind, lines) for kind, lines in rows if kind in SHEET_OF)
    parts = ((kind, line.rpartition(" ")) for kind, lines in told for line in lines.split("\n"))
    return {(kind, key): int(version) for kind, (key, _space, version) in parts}


class Plan:
    """What every cell of a form holds as of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._measures = {measure.key for measure in snapshot.measures}
        self._indicators = {indicator.key: indicator for indicator in snapshot.indicators}
        self._things: dict[tuple[str, str], Any] = {
            **{(REPORT, m.key): m.report for m in snapshot.measures},
            **{(MILESTONE, step.key): step for m in snapshot.measures for step in m.milestones},
            **{(VALUE, value.key): value for i in snapshot.indicators for value in i.values},
        }

    def standing(self, kind: str, key: str) -> Standing | None:
        """What stands of a thing; None where it is not in the plan."""
        thing = self._things.get((kind, key))
        if thing is None and not self._may_come(kind, key):
            return None
        return Standing(thing.version if thing else 0, _values(kind, thing))

    def thing(self, kind: str, key: str) -> Any:
        """The thing itself, None where nothing has been said of it yet."""
        return self._things.get((kind, key))

    def indicator(self, key: str) -> Any:
        """The indicator a value's key names."""
        return self._indicators.get(key.partition("@")[0])

    def _may_come(self, kind: str, key: str) -> bool:
        if kind == REPORT:
            return key in self._measures
        return kind == VALUE and self.indicator(key) is not None and _is_period(key.partition("@")[2])


def _values(kind: str, thing: Any) -> dict[str, Any]:
    """What the cells hold; what is said anew each time is never there from before."""
    shapes = things.shapes(kind)
    return {
        c.field: _nothing(c) if thing is None or shapes[c.field].anew else getattr(thing, c.field)
        for c in SHEET_OF[kind].editable
    }


def _nothing(column: Column) -> Any:
    return "" if column.entry is Entry.TEXT else None


def _is_period(name: str) -> bool:
    try:
        dates.period_end(name)
    except BadInput:
        return False
    return True
