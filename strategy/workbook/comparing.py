"""What a filled-in form would change: cell by cell against what it was made from and what stands now."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from strategy import dates, record
from strategy.i18n import _
from strategy.record import Clash, Wanted
from strategy.snapshot import Indicator, Snapshot
from strategy.terms import Direction, Quality
from strategy.workbook import form, suspicions, words
from strategy.workbook.chosen import NOTHING, Chosen
from strategy.workbook.form import Entry
from strategy.workbook.grid import Problem
from strategy.workbook.reading import Filled, PerCent, Word, Written
from strategy.workbook.words import Asking, UnknownWord


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
class Question:
    """A cell or column that looks wrong, what is asked about it, and whether somebody has said that it is."""

    place: str
    sentence: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form comes to. Nothing can be saved before `is_clear`; `wanted` is then what is saved.

    `follows` is what goes with the changes without a cell of its own: the cause of a deviation that is over.
    `left_out` are the cells that say what does not belong there, as the cause of what is no deviation.
    `unread` tells what somebody has written where it is not read, or may be overlooked; it stands in no way.
    `skipped` are the problems of cells that somebody has chosen to leave out.
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
    unread: tuple[Problem, ...] = ()
    skipped: tuple[Problem, ...] = ()

    @property
    def can_skip(self) -> bool:
        """Whether all that is wrong is in cells the rest can be saved without."""
        return all("!" in problem.place and not problem.is_bound for problem in self.problems)

    @property
    def waiting(self) -> int:
        """How many choices have not been made, and questions not answered."""
        words = sum(not word.chosen for word in self.unknown)
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
    return Preview("", (), (), (), (), filled.problems, (), unread=filled.unread)


def compared(
    filled: Filled,
    base: Snapshot,
    now: Snapshot,
    today: date,
    chosen: Chosen = NOTHING,
) -> Preview:
    """Compare a form with the plan it was made from (`base`) and the plan as it stands."""
    if filled.marker is None:
        return unreadable(filled)
    found = _Comparison(filled, base, now, chosen).preview(today)
    left = _LeftOut()
    while chosen.skip_bad and found.problems and found.can_skip:
        left = left.with_these(found.problems)
        found = _Comparison(left.out_of(filled), base, now, chosen, left.cells).preview(today)
    return replace(found, skipped=left.problems)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """The cells that are not taken, and those whose row is not: without the cell it was still at fault."""

    cells: Set[str] = frozenset()
    lines: Set[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def with_these(self, problems: Sequence[Problem]) -> "_LeftOut":
        places = {problem.place for problem in problems}
        told = (
            replace(each, message=_("{flaw} Hele raden er utelatt.").format(flaw=each.message))
            if each.place in self.cells
            else each
            for each in problems
        )
        kept = [each for each in self.problems if each.place not in places]
        return _LeftOut(self.cells | places, self.lines | (places & self.cells), (*kept, *told))

    def out_of(self, filled: Filled) -> Filled:
        rows = (row for row in filled.rows if row.places["key"] not in self.cells)
        kept = (_row_without(row, self.cells) for row in rows if not self.lines & {*row.places.values()})
        problems = (problem for problem in filled.problems if problem.place not in self.cells)
        return replace(filled, rows=tuple(kept), problems=tuple(problems))


def _row_without(row: Written, bad: Set[str]) -> Written:
    values = {field: value for field, value in row.values.items() if row.places[field] not in bad}
    return replace(row, values=values)


class _Comparison:
    """Goes through the rows once: what each says that it did not say when the form was made."""

    def __init__(
        self,
        filled: Filled,
        base: Snapshot,
        now: Snapshot,
        chosen: Chosen,
        skipped: Set[str] = frozenset(),
    ) -> None:
        self.filled, self.chosen, self.asking = filled, chosen, Asking(chosen.answers)
        self.base = form.Plan(base)
        self.now = self.base if now is base else form.Plan(now)
        self.versions = filled.marker.versions if filled.marker else {}
        self.rows = {(row.kind, row.key): row for row in filled.rows}
        self.problems = list(filled.problems)
        self.waiting: set[tuple[str, str, str]] = set()
        self.skipped = skipped
        self.edits: list[suspicions.Edited] = []

    def preview(self, today: date) -> Preview:
        wanted = [each for row in self.rows.values() for each in self._row(row)]
        base, choices = self.base.snapshot.flat, self.chosen.choices
        found = record.previewed(self.now.snapshot, wanted, base=base, today=today, choices=choices)
        questions = {flaw: self._question(flaw) for flaw in found.doubts}
        if right := {(flaw.kind, flaw.key) for flaw, question in questions.items() if question.sure}:
            wanted = [replace(each, sure=each.ident in right) for each in wanted]
            found = record.previewed(self.now.snapshot, wanted, base=base, today=today, choices=choices)
        self.waiting |= {(clash.kind, clash.key, clash.field) for clash in found.waiting}
        for flaw in found.flaws:
            row = self.rows[flaw.kind, flaw.key]
            if not flaw.is_doubt and not self._is_told(row, flaw.field):
                self._say(row, flaw.field, flaw.sentence)
        cells = {(*each.ident, field) for each in wanted for field in each.fields}
        changes = tuple(self._changes(found, cells - {(f.kind, f.key, f.field) for f in found.left_out}))
        return Preview(
            self.filled.marker.person if self.filled.marker else "",
            tuple(change for change in changes if change.place),
            tuple(change for change in changes if not change.place),
            tuple(replace(c, place=self._place(self.rows[c.kind, c.key], c.field)) for c in found.clashes),
            self.asking.words,
            tuple(sorted(dict.fromkeys(self.problems), key=lambda problem: problem.order)),
            found.wanted,
            tuple(Problem(self.rows[f.kind, f.key].places[f.field], f.sentence) for f in found.left_out),
            (*self._suspicions(), *questions.values()),
            (*self.filled.unread, *self._remarks(changes)),
        )

    def _suspicions(self) -> Iterator[Question]:
        for place, sentence in suspicions.found(self.edits):
            yield Question(place, sentence, place in self.chosen.sure)

    def _remarks(self, changes: Sequence[CellChange]) -> Iterator[Problem]:
        for change in changes:
            if said := self.filled.remarks.get(change.place):
                yield Problem(change.place, said)

    def _question(self, doubt: record.Flaw) -> Question:
        place = self._place(self.rows[doubt.kind, doubt.key], doubt.field)
        return Question(place, doubt.sentence, place in self.chosen.sure)

    def _row(self, row: Written) -> Iterator[Wanted]:
        """What a row wants; notes what stands in the way."""
        base = self.base.standing(row.kind, row.key)
        made_with = (row.kind, row.key) in self.versions
        if base is None or not (made_with or row.kind == form.VALUE):
            self._say(row, "key", self._stranger(row))
            return
        if self.versions.get((row.kind, row.key), base.version) != base.version:
            self._say(row, "key", _("raden passer ikke med det skjemaet ble laget av. Hent et nytt skjema."))
            return
        fields = dict(self._fields(row, base.values, made_with))
        if fields and self.now.standing(row.kind, row.key) is None:
            said = _("«{key}» er tatt ut av planen siden skjemaet ble laget. Slett raden.")
            self._say(row, "key", said.format(key=row.key))
        elif fields:
            yield Wanted(row.kind, row.key, base.version, fields)

    def _is_told(self, row: Written, field: str) -> bool:
        """Whether a cell is at fault or waits for a choice already, so that no more need be said of it."""
        sheet = form.SHEET_OF[row.kind]
        faulty = field in {column.field for column in sheet.editable} and field not in row.values
        is_skipped = row.places.get(field) in self.skipped
        return (faulty and not is_skipped) or (row.kind, row.key, field) in self.waiting

    def _fields(self, row: Written, base: Mapping[str, Any], made_with: bool) -> Iterator[tuple[str, Any]]:
        """The cells that say something else than when the form was made; notes what stands in the way."""
        for field, written in row.values.items():
            said = self._resolved(row, field, written)
            if said is _UNRESOLVED or said == base[field]:
                continue
            if said in ("", None) and not made_with:  # a row of its own leaves out what it does not say
                continue
            if not self._must_stand(row, field, said):
                self.edits.append((row, field, base[field], said))
                yield field, said

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
        terms = form.SHEET_OF[row.kind].column(field).terms or ()
        place = row.places[field]
        chosen = self.asking.meaning(
            UnknownWord(row.kind, field, written.text, (place,), words.in_words(terms))
        )
        if not chosen:
            self.waiting.add((row.kind, row.key, field))
            return _UNRESOLVED
        return next(term for term in terms if term.value == chosen)

    def _must_stand(self, row: Written, field: str, ours: Any) -> bool:
        """Whether a cell was emptied that has to say one of its words."""
        shape = form.SHEET_OF[row.kind].column(field)
        if ours is not None or shape.entry is not Entry.TERM:
            return False
        self._say(row, field, _("cellen er tom. Velg ett av ordene i lista."))
        return True

    def _changes(self, found: record.Preview, cells: Set[tuple[str, str, str]]) -> Iterator[CellChange]:
        """The edits in the form's own order, each with the cell that says it, or none where it follows."""
        for edit in found.edits:
            row = self.rows[edit.kind, edit.key]
            for column in form.SHEET_OF[edit.kind].editable:
                change = edit.field(column.field)
                is_said = (edit.kind, edit.key, column.field) in cells
                if change and change.before != change.after and (is_said or not _goes_without_saying(change)):
                    place = row.places[column.field] if is_said else ""
                    yield CellChange(edit.kind, edit.key, column.field, place, change.before, change.after)

    def _stranger(self, row: Written) -> str:
        if self.now.standing(row.kind, row.key) is None:
            return _("«{key}» finnes ikke i planen. Rett nøkkelen, eller slett raden.").format(key=row.key)
        return _("«{key}» hører ikke til i dette skjemaet. Slett raden.").format(key=row.key)

    def _say(self, row: Written, field: str, message: str) -> None:
        self.problems.append(Problem(self._place(row, field), message))

    def _place(self, row: Written, field: str) -> str:
        return row.places.get(field, row.places["key"])


def _goes_without_saying(change: Any) -> bool:
    """Whether nothing became nothing, or a new value final."""
    return change.before in (None, "") and change.after in (None, "", Quality.FINAL)


_UNRESOLVED = object()
