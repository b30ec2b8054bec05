"""What is said of the strips in a file: the years over a column of them, and how they are read."""

from strategy import drawings
from strategy.exports.outline import Run
from strategy.i18n import _
from strategy.snapshot import Snapshot
from strategy.terms import Assessment


def head(plan: Snapshot) -> str:
    """«Forløp 2024–2028», over a column of strips."""
    first, last = plan.strategy.start.year, plan.strategy.end.year
    return _("Forløp {first}–{last}").format(first=first, last=last)


def alt(run: Run) -> str:
    """What a strip tells, for whoever cannot see it."""
    return _("Forløp: {said}").format(said=run.text)


def legend() -> str:
    """How a strip is read, in words, once a report."""
    return drawings.legend(", ".join(f"{each.mark} {each.shown_as.lower()}" for each in Assessment))
