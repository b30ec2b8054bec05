"""By whom something is written: what every write takes first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from strategy import dates
from strategy.access import Actor
from strategy.terms import Via


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, in which strategy, when and by which door; the caller owns the transaction.

    `now` is an aware moment.
    """

    session: Session
    actor: Actor
    strategy: str
    now: datetime
    via: Via = Via.PAGE

    @property
    def today(self) -> date:
        """The day it is in Norway."""
        return dates.oslo_day(self.now)
