"""What is known of one field and of one kind of thing, declared once where the field stands."""

from dataclasses import MISSING, dataclass, field
from enum import Enum, Flag, auto
from typing import Any

from strategy import texts
from strategy.i18n import _


class Where(Flag):
    """Where a field may be edited, beside the form that most things have.

    The plan file, what of the plan can be edited in the app too, a column of an editable table, a cell of the
    Excel form, the page behind a link.
    """

    NOWHERE = 0
    FILE = auto()
    APP = auto()
    TABLE = auto()
    EXCEL = auto()
    LINK = auto()


class Telling(Enum):
    """How *Siden sist* tells a change of the strategy, a goal, a subgoal or a measure.

    By the field's name and both values, in words of its own (`since.facts`), or not.
    """

    PLAIN = auto()
    OWN = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: `word` is its name in lower case, `called` the one in a refusal.

    `limit` is the longest text, 0 for what is no text. `adopted` is what an assembly has adopted letter by
    letter, `description` what the plan file's schema says of it. What is said `anew` holds for its own
    version, and is not taken over by the next.
    """

    word: str
    called: str = ""
    limit: int = 0
    one_line: bool = False
    adopted: bool = False
    where: Where = Where.NOWHERE
    telling: Telling = Telling.PLAIN
    anew: bool = False
    description: str = ""

    @property
    def label(self) -> str:
        """The name in the user's language, in lower case."""
        return _(self.word)

    @property
    def refused(self) -> str:
        """The name a refusal begins with."""
        said = _(self.called or self.word)
        return said[:1].upper() + said[1:]

    def flaw(self, text: str) -> str:
        """Say what is wrong with a text for this field, or return the empty string."""
        return texts.flaw(text, self.limit, one_line=self.one_line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One version of something that can change; `version` is 0 for what is not stored yet."""

    key: str
    version: int = 0
    change_id: int = 0


def line(word: str, default: Any = MISSING, **more: Any) -> Any:
    """A text on one line."""
    return given(word, default, **{"limit": texts.LINE, **more}, one_line=True)


def paragraph(word: str, default: Any = MISSING, **more: Any) -> Any:
    """A text of a few paragraphs."""
    return given(word, default, limit=texts.PARAGRAPH, **more)


def document(word: str, default: Any = MISSING, **more: Any) -> Any:
    """A text of some pages."""
    return given(word, default, limit=texts.DOCUMENT, **more)


def given(word: str, default: Any = MISSING, **more: Any) -> Any:
    """A day, a number, a term, a flag, a key or a list: what its annotation says."""
    return field(default=default, metadata={"shape": Shape(word, **more)})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: `of` its class, `word` for a reader, `title` the field it is known by.

    What is not `sought` is found by no search: it is the secretariat's own, and may have an address in it.
    """

    of: type[Thing]
    word: str
    title: str = "title"
    sought: bool = True

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return _(self.word)
