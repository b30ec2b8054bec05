"""What a document or a sentence says, as values with their source; here alone they become words.

Word, PDF and the page print `words(value)`; a spreadsheet, a slide or open data can read the value itself.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, assert_never

from strategy import dates
from strategy.i18n import _, plural
from strategy.terms import Assessment
from strategy.things import kind_of


@dataclass(frozen=True, slots=True)
class Number:
    """An amount with its unit; `spelled` in letters as in prose, with a `capital` where a sentence begins."""

    amount: Decimal | int | float
    unit: str = ""
    spelled: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Percent:
    """A share from 0 to 1."""

    share: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in figures unless it is `long`."""

    day: date
    long: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An assessment as it may be shown: its shape, and its word or how many have it."""

    assessment: Assessment
    word: str


@dataclass(frozen=True, slots=True)
class Votes:
    """How many were for, against and abstained, None where nobody has written it.

    `casting` where the vote of the chair decided between as many for as against.
    """

    ayes: int | None
    noes: int | None
    abstained: int | None = None
    casting: bool = False


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text as it was and as it is."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known, with the words for it or why."""

    why: str


Value = str | Number | Percent | Share | Day | Mark | Votes | Reworded | Unknown
Phrase = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value is from: a thing in the plan as of a change; of a report also the day and who said it."""

    kind: str
    key: str
    change: int
    day: date | None = None
    who: str = ""


class Stored(Protocol):
    """Anything in a snapshot."""

    @property
    def key(self) -> str: ...
    @property
    def change_id(self) -> int: ...


def source(thing: Stored) -> Source:
    """The source of what is said of a thing, as a snapshot has it."""
    day, who = getattr(thing, "recorded_on", None), getattr(thing, "actor", "")
    return Source(kind_of(type(thing)), thing.key, thing.change_id, day, who)


def words(value: Value) -> str:
    """The words for a value, in the language being spoken."""
    match value:
        case str():
            return value
        case Number(spelled=True):
            return dates.in_words(int(value.amount), capital=value.capital)
        case Number():
            return dates.number(value.amount) + (dates.HARD_SPACE + value.unit if value.unit else "")
        case Percent():
            return dates.percent(value.share)
        case Share():
            return _("{n} av {all}").format(n=value.count, all=value.of)
        case Day():
            return dates.long_day(value.day) if value.long else dates.day(value.day)
        case Mark():
            return f"{value.assessment.mark}{dates.HARD_SPACE}{value.word}"
        case Votes():
            return outcome(value)
        case Reworded():
            return _("«{before}» er nå «{after}»").format(before=value.before, after=value.after)
        case Unknown():
            return value.why
        case _:
            assert_never(value)


def spoken(phrase: Phrase) -> str:
    """The words of a whole phrase."""
    return "".join(map(words, phrase))


def phrase(form: str, **values: Value | Phrase) -> Phrase:
    """The sentence `form` with its values in their places, each kept as it is: `frist {day}`."""
    parts = re.split(r"\{(\w+)\}", form)
    found: list[Value] = []
    for number, part in enumerate(parts):
        value = values[part] if number % 2 else part
        found.extend(value if isinstance(value, tuple) else (value,))
    return tuple(each for each in found if each != "")


def outcome(votes: Votes) -> str:
    """«Enstemmig vedtatt.», or how many were for and against; nothing where nobody has written it.

    Nobody for and nobody against is no decision by all: then there are no votes to tell of.
    """
    said = [_counted(votes), *([_("Møteleders dobbeltstemme avgjorde.")] if votes.casting else [])]
    if votes.abstained:
        said.append(plural("{n} avholdende.", "{n} avholdende.", votes.abstained))
    return " ".join(filter(None, said))


def _counted(votes: Votes) -> str:
    ayes, noes = votes.ayes, votes.noes
    if not noes:
        if ayes is None and noes is None:
            return ""
        if ayes == 0:
            return _("Ingen stemmer er ført.")
        return _("Vedtatt uten motstemmer.") if votes.abstained else _("Enstemmig vedtatt.")
    if ayes is None:
        return plural("{n} stemte mot.", "{n} stemte mot.", noes)
    form = _("{ayes} stemte for, {noes} mot.")
    if ayes > noes or votes.casting:
        form = _("Vedtatt med {ayes} mot {noes} stemmer.")
    return form.format(ayes=ayes, noes=noes)
