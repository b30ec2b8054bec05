"""Whole plans as hypothesis draws them: odd texts in every field, keys unique because they count."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

from strategy import terms, texts
from strategy.document import schema

T = TypeVar("T")

# fmt: off
ODD_LINES = [
    "ja", "no", "010", "- a", "# a", "a # b", "a: b", "'", '"', "\\", "\\n", "é", "A\u030a", "Ærlig øl på å",
    "{a}", "[a]", "*a", "&a", "!a", "%a", "@a", "`a`", "| a", "> a", "?", "? a", ":", "---", "...", "null",
    "~", "a  b", "a\tb", "a\u00a0b", "a\u2028b", "\ufeffa", "a\u200db", "a\u00adb", "12:30", "2026-01-01",
    "=1+1", "</p>", "«Kultur»", "\U0001f3ad\U0001f3fd\u200d♀\ufe0f", "x" * 150, "ord " * 40 + "slutt",
    "ord  " * 30 + "slutt",
]
ODD_TEXTS = [
    *ODD_LINES,
    "a\nb", "a\n\nb", "a\n  b\n c", "a \nb", "- a\n- b", "a:\n  b: 1", "a\n# b", "a\n\tb", "a\n---\nb",
]
# fmt: on


def _clean(found: st.SearchStrategy[str], limit: int) -> st.SearchStrategy[str]:
    return found.map(texts.normal).filter(lambda text: bool(text) and not texts.flaw(text, limit))


ANY = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30)
LINE = _clean(st.sampled_from(ODD_LINES) | ANY, texts.LINE).filter(lambda text: "\n" not in text)
TEXT = _clean(st.sampled_from(ODD_TEXTS) | ANY | st.lists(LINE, max_size=5).map("\n".join), texts.PARAGRAPH)
DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NUMBER = st.decimals(-999_999, 999_999, places=3, allow_nan=False).map(lambda number: number + 0)
MAYBE = st.booleans()


@st.composite
def plans(draw: st.DrawFn) -> schema.Document:
    return _Plans(draw).document()


class _Plans:
    """Draws the parts of one plan."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count()
        first, last = self.two_days(DAY)
        self.first, self.last = first, last
        self.people = self.many(self.person)

    def key(self) -> str:
        return f"k{next(self.numbers)}"

    def many(self, make: Callable[[], T], most: int = 2) -> tuple[T, ...]:
        return tuple(make() for _n in range(self.draw(st.integers(0, most))))

    def maybe(self, value: T) -> T | None:
        return value if self.draw(MAYBE) else None

    def two_days(self, of: st.SearchStrategy[date]) -> list[date]:
        return sorted(self.draw(st.tuples(of, of)))

    def line(self, *, may_be_empty: bool = False) -> str:
        return self.draw(st.just("") | LINE if may_be_empty else LINE)

    def text(self, *, may_be_empty: bool = False) -> str:
        return self.draw(st.just("") | TEXT if may_be_empty else TEXT)

    def document(self) -> schema.Document:
        return schema.Document(
            strategy=schema.Strategy(
                key=self.key(), organisation=self.line(), title=self.line(), name=self.line(),
                start=self.first, end=self.last, vision=self.text(),
            ),
            headings=self.many(self.line), sections=self.many(self.section), people=self.people,
            notes=self.many(lambda: schema.Note(about=self.line(may_be_empty=True), text=self.text())),
            goals=self.many(self.goal),
        )  # fmt: skip

    def section(self) -> Any:
        return schema.Section(
            key=self.key(), heading=self.line(), text=self.text(may_be_empty=True),
            points=self.many(lambda: schema.Point(name=self.line(may_be_empty=True), text=self.text())),
        )  # fmt: skip

    def person(self) -> Any:
        return schema.Person(key=self.key(), title=self.line(), proposal=self.draw(MAYBE))

    def goal(self) -> Any:
        return schema.Goal(
            key=self.key(), printed=self.line(), text=self.text(), name=self.line(),
            indicators=self.many(self.indicator, 1), subgoals=self.many(self.subgoal),
        )  # fmt: skip

    def subgoal(self) -> Any:
        return schema.Subgoal(
            key=self.key(), printed=self.line(), text=self.text(),
            indicators=self.many(self.indicator, 1), measures=self.many(self.measure),
        )  # fmt: skip

    def measure(self) -> Any:
        start, due = self.two_days(st.dates(self.first, self.last))
        return schema.Measure(
            key=self.key(), name=self.line(), text=self.text(), kind=self.draw(st.sampled_from(terms.Kind)),
            start=self.maybe(start), due=self.maybe(due),
            decided_by=self.line(may_be_empty=True), indicators=self.many(self.indicator, 1),
            responsible=tuple(self.share(person.key) for person in self.people),
        )  # fmt: skip

    def share(self, person: str) -> Any:
        since, until = sorted(self.draw(st.lists(DAY, min_size=2, max_size=2, unique=True)))
        return schema.Responsible(
            person=person, part=self.draw(st.sampled_from(terms.Part)), proposal=self.draw(MAYBE),
            since=self.maybe(since), until=self.maybe(until),
        )  # fmt: skip

    def indicator(self) -> Any:
        baseline_on, *days = sorted(self.draw(st.sets(DAY, min_size=1, max_size=3)))
        direction, baseline = self.draw(st.sampled_from(terms.Direction)), self.maybe(self.draw(NUMBER))
        kept = baseline is not None and not direction.leads(baseline, baseline)
        on_the_way = st.just(baseline) if kept else NUMBER
        return schema.Indicator(
            key=self.key(), name=self.line(), unit=self.line(), direction=direction,
            controllability=self.draw(st.sampled_from(terms.Controllability)),
            frequency=self.draw(st.sampled_from(terms.Frequency)),
            method=self.text(may_be_empty=True), source=self.line(may_be_empty=True),
            proposal=self.draw(MAYBE), baseline=baseline,
            baseline_on=self.maybe(baseline_on), band=self.maybe(abs(self.draw(NUMBER))),
            targets=tuple(self.target(day, on_the_way) for day in days),
        )  # fmt: skip

    def target(self, due: date, numbers: Any) -> Any:
        return schema.Target(due=due, value=self.draw(numbers), example=self.draw(MAYBE))
