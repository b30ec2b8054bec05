"""What a filled-in form would change: cell by cell against what it was made from and what stands now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from strategy import dates, record, texts
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Indicator, Snapshot
from strategy.terms import Direction, Quality, Term
from strategy.workbook import form
from strategy.workbook.form import Entry
from strategy.workbook.reading import Filled, PerCent, Problem, Word, Written

THEIRS, OURS = "theirs", "ours"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something new; `place` is empty for what follows of another cell."""

    kind: str
    key: str
    field: str
    place: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Clash:
    """One cell somebody else has changed too since the form was made; `chosen` is whose is to stand."""

    kind: str
    key: str
    field: str
    place: str
    base: Any
    theirs: Any
    ours: Any
    chosen: str = ""

    @property
    def name(self) -> str:
        """What a choice is remembered by."""
        return f"{self.kind}:{self.key}:{self.field}"


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is in no list, the cells it stands in, what it may stand for, and what was chosen."""

    kind: str
    field: str
    text: str
    places: tuple[str, ...]
    options: tuple[Term, ...]
    chosen: Term | None = None

    @property
    def name(self) -> str:
        """What a choice is remembered by: the same word in a column means the same."""
        return f"{self.field}:{texts.folded(self.text)}"


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that looks wrong, what is asked about it, and whether somebody has said that it is right."""

    place: str
    sentence: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form comes to. Nothing can be saved before `is_clear`; `wanted` is then what is saved.

    `follows` is what goes with the changes without a cell of its own: the cause of a deviation that is over.
    `left_out` are the cells that say what does not belong there, as the cause of what is no deviation.
    """

    person: str
    changes: tuple[CellChange, ...]
    follows: tuple[CellChange, ...]
    clashes: tuple[Clash, ...]
    unknown: tuple[UnknownWord, ...]
    problems: tuple[Problem, ...]
    wanted: tuple[Wanted, ...]
    left_out: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def waiting(self) -> int:
        """How many choices have not been made, and questions not answered."""
        words = sum(word.chosen is None for word in self.unknown)
        unsure = sum(not question.sure for question in self.questions)
        return words + unsure + sum(not clash.chosen for clash in self.clashes)

    @property
    def is_clear(self) -> bool:
        return not self.problems and not self.waiting

    @property
    def things(self) -> Mapping[tuple[str, str], tuple[CellChange, ...]]:
        """The changes of each report, milestone and value, and what follows of them, in the form's order."""
        found: dict[tuple[str, str], tuple[CellChange, ...]] = {}
        for change in (*self.changes, *self.follows):
            thing = (change.kind, change.key)
            found[thing] = (*found.get(thing, ()), change)
        return found


def unreadable(filled: Filled) -> Preview:
    """The preview of a file that is no form of this plan: its problems and nothing else."""
    return Preview("", (), (), (), (), filled.problems, ())


def compared(
    filled: Filled, base: Snapshot, now: Snapshot, today: date, *, answers: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None, sure: Collection[str] = (),
) -> Preview:  # fmt: skip
    """Compare a form with the plan it was made from (`base`) and the plan as it stands.

    `answers` says what unknown words stand for, by `UnknownWord.name`; `choices` who is right where both have
    changed a cell, `THEIRS` or `OURS`, by `Clash.name`; `sure` has the places of the cells that look wrong
    and are right.
    """
    if filled.marker is None:
        return unreadable(filled)
    return _Comparison(filled, base, now, today, answers or {}, choices or {}, sure).preview()


class _Comparison:
    """Goes through the rows once, and gathers."""

    def __init__(
        self, filled: Filled, base: Snapshot, now: Snapshot, today: date, answers: Mapping[str, str],
        choices: Mapping[str, str], sure: Collection[str],
    ) -> None:  # fmt: skip
        self.filled, self.today, self.snapshot = filled, today, now
        self.base = form.Plan(base)
        self.now = self.base if now is base else form.Plan(now)
        self.answers, self.choices, self.sure = answers, choices, sure
        self.versions = filled.marker.versions if filled.marker else {}
        self.problems = list(filled.problems)
        self.changes: list[CellChange] = []
        self.clashes: list[Clash] = []
        self.unknown: dict[str, UnknownWord] = {}
        self.wanted: list[Wanted] = []
        self.waiting: set[tuple[str, str, str]] = set()

    def preview(self) -> Preview:
        rows = {(row.kind, row.key): row for row in self.filled.rows}
        for row in rows.values():
            self._row(row)
        found = record.previewed(self.snapshot, self.wanted, today=self.today)
        questions = tuple(self._question(rows[doubt.kind, doubt.key], doubt) for doubt in found.doubts)
        self._answer(questions, found.doubts)
        for flaw in found.flaws:
            row = rows[flaw.kind, flaw.key]
            if flaw.is_doubt or self._is_told(row, flaw.field):
                continue
            self.problems.append(Problem(row.places.get(flaw.field, row.places["key"]), flaw.sentence))
        left_out = {(flaw.kind, flaw.key, flaw.field): flaw for flaw in found.left_out}
        self.changes = [c for c in self.changes if (c.kind, c.key, c.field) not in left_out]
        return Preview(
            self.filled.marker.person if self.filled.marker else "",
            tuple(self.changes), tuple(self._follows(found)), tuple(self.clashes),
            tuple(self.unknown.values()),
            tuple(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.order)),
            tuple(self.wanted),
            tuple(Problem(rows[f.kind, f.key].places[f.field], f.sentence) for f in left_out.values()),
            questions,
        )  # fmt: skip

    def _question(self, row: Written, doubt: record.Flaw) -> Question:
        place = row.places[doubt.field]
        return Question(place, doubt.sentence, place in self.sure)

    def _answer(self, questions: Iterable[Question], doubts: Iterable[record.Flaw]) -> None:
        """What somebody is sure of is wanted so."""
        pairs = zip(questions, doubts, strict=True)
        sure = {(doubt.kind, doubt.key) for question, doubt in pairs if question.sure}
        self.wanted = [replace(each, sure=each.ident in sure) for each in self.wanted]

    def _row(self, row: Written) -> None:
        base, now = self.base.standing(row.kind, row.key), self.now.standing(row.kind, row.key)
        made_with = (row.kind, row.key) in self.versions
        if base is None or not (made_with or row.kind == form.VALUE):
            self._say(row, "key", self._stranger(row))
            return
        if self.versions.get((row.kind, row.key), base.version) != base.version:
            self._say(row, "key", _("raden passer ikke med det skjemaet ble laget av. Hent et nytt skjema."))
            return
        fields = dict(self._fields(row, base.values, now.values if now else base.values, made_with))
        if not fields:
            return
        if now is None:
            said = _("«{key}» er tatt ut av planen siden skjemaet ble laget. Slett raden.")
            self._say(row, "key", said.format(key=row.key))
            return
        self.wanted.append(Wanted(row.kind, row.key, now.version, fields))

    def _is_told(self, row: Written, field: str) -> bool:
        """Whether a cell is at fault or waits for a choice already, so that no more need be said of it."""
        sheet = form.SHEET_OF[row.kind]
        faulty = field in {column.field for column in sheet.editable} and field not in row.values
        return faulty or (row.kind, row.key, field) in self.waiting

    def _fields(
        self, row: Written, base: Mapping[str, Any], now: Mapping[str, Any], made_with: bool
    ) -> Iterator[tuple[str, Any]]:
        """The fields the row changes, and what to; notes what stands in the way."""
        for field, written in row.values.items():
            ours = self._resolved(row, field, written)
            if ours is _UNRESOLVED or ours == base[field] or ours == now[field]:
                continue
            if ours in ("", None) and not made_with:  # a row of its own leaves out what it does not say
                continue
            if now[field] != base[field] and not self._is_ours(row, field, base[field], now[field], ours):
                continue
            if self._must_stand(row, field, ours):
                continue
            self.changes.append(CellChange(row.kind, row.key, field, row.places[field], now[field], ours))
            yield field, ours

    def _resolved(self, row: Written, field: str, written: Any) -> Any:
        """What a cell means: an unknown word by its answer, yes and no where that is the question."""
        if isinstance(written, Word):
            return self._answered(row, field, written)
        if field != "value" or written is None:
            return written
        asks = self.now.indicator(row.key) or self.base.indicator(row.key)
        if isinstance(written, bool):
            if asks is None or asks.direction is Direction.YES_NO:
                return Decimal(int(written))
            self._say(row, field, _("her skal det stå et tall, som 1234,5, ikke ja eller nei."))
            return _UNRESOLVED
        if isinstance(written, PerCent):
            return self._share(row, field, written.number, asks)
        return written

    def _share(self, row: Written, field: str, number: Decimal, asks: Indicator | None) -> Any:
        """A number in per cent, where that is the unit."""
        if asks is None or dates.is_per_cent(asks.unit):
            return number
        said = _("cellen er i prosent, men det måles i «{unit}». Skriv bare tallet.")
        self._say(row, field, said.format(unit=asks.unit))
        return _UNRESOLVED

    def _answered(self, row: Written, field: str, written: Word) -> Any:
        """What an unknown word stands for; notes the word and where it stands."""
        options = tuple(form.SHEET_OF[row.kind].column(field).terms or ())
        found = UnknownWord(row.kind, field, written.text, (row.places[field],), options)
        if there := self.unknown.get(found.name):
            found = replace(there, places=(*there.places, *found.places))
        answer = self.answers.get(found.name)
        found = replace(found, chosen=next((term for term in options if term.value == answer), None))
        self.unknown[found.name] = found
        if found.chosen is None:
            self.waiting.add((row.kind, row.key, field))
            return _UNRESOLVED
        return found.chosen

    def _is_ours(self, row: Written, field: str, base: Any, theirs: Any, ours: Any) -> bool:
        """Whether the form's is to stand where somebody else has changed the same cell."""
        clash = Clash(row.kind, row.key, field, row.places[field], base, theirs, ours)
        chosen = self.choices.get(clash.name, "")
        if chosen not in (THEIRS, OURS):
            self.waiting.add((row.kind, row.key, field))
        self.clashes.append(replace(clash, chosen=chosen if chosen in (THEIRS, OURS) else ""))
        return chosen == OURS

    def _must_stand(self, row: Written, field: str, ours: Any) -> bool:
        """Whether a cell was emptied that has to say one of its words."""
        shape = form.SHEET_OF[row.kind].column(field)
        if ours is not None or shape.entry is not Entry.TERM:
            return False
        self._say(row, field, _("cellen er tom. Velg ett av ordene i lista."))
        return True

    def _follows(self, found: record.Preview) -> Iterator[CellChange]:
        """What the edits do beyond the cells."""
        told = {(change.kind, change.key, change.field) for change in self.changes}
        fields = {kind: {c.field for c in sheet.editable} for kind, sheet in form.SHEET_OF.items()}
        for edit in found.edits:
            for change in edit.fields:
                new = (edit.kind, edit.key, change.field) not in told and change.before != change.after
                if new and change.field in fields[edit.kind] and not _goes_without_saying(change):
                    yield CellChange(edit.kind, edit.key, change.field, "", change.before, change.after)

    def _stranger(self, row: Written) -> str:
        if self.now.standing(row.kind, row.key) is None:
            return _("«{key}» finnes ikke i planen. Rett nøkkelen, eller slett raden.").format(key=row.key)
        return _("«{key}» hører ikke til i dette skjemaet. Slett raden.").format(key=row.key)

    def _say(self, row: Written, field: str, message: str) -> None:
        self.problems.append(Problem(row.places[field], message))


def _goes_without_saying(change: Any) -> bool:
    """Whether nothing became nothing, or a new value final."""
    return change.before in (None, "") and change.after in (None, "", Quality.FINAL)


_UNRESOLVED = object()
