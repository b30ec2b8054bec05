"""What has happened between two snapshots, as a board reads it: what became of each measure, and of promises.

    two snapshots ─ between ─▶ facts ─▶ lines ─┐
                          └──▶ promises ───────┴─▶ account ─ wording ─▶ sentences

The rules are in `docs/numbers.md`. Only values: which two snapshots is found by `history.span`.
"""

from strategy.since.account import Account, Group, account
from strategy.since.between import Between
from strategy.since.facts import Aim, Fact, News, case, of_aims
from strategy.since.lines import Line
from strategy.since.promises import Promise
from strategy.since.sentences import basis, compared, headline, named, nothing_said
from strategy.since.steps import Gone, Step, Way

__all__ = [
    "Account",
    "Aim",
    "Between",
    "Fact",
    "Gone",
    "Group",
    "Line",
    "News",
    "Promise",
    "Step",
    "Way",
    "account",
    "basis",
    "case",
    "compared",
    "headline",
    "named",
    "nothing_said",
    "of_aims",
]
