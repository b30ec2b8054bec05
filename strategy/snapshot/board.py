"""What is in a plan beside the plan itself, as of one change: the board's work and the secretariat's."""

from dataclasses import dataclass

from strategy import things
from strategy.snapshot.things import Told

USUAL = things.Board()
"""The days and limits the board and the secretariat work by, until they have chosen others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Told, things.Comment):
    """A note on a thing, and who wrote it when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Told, things.Authority):
    """What permitted a change of `thing`, in that same change; `decision` is empty where none was named."""

    @property
    def is_settled(self) -> bool:
        """Whether the decision is named, here or in `note` by another than the board, or it was a slip."""
        return bool(self.decision or self.note) or not self.effect.is_decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Told, things.Question):
    """A question before a meeting, and when it was asked or answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Told, things.Explanation):
    """Why a seeming contradiction stands, or that it is unexplained, and who said so when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Told, things.Draft):
    """A report sent in by link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(Told, things.Mail):
    """One mail, and when it became known what became of it."""
