"""What may be said of each kind of thing: the rules every road in is judged by, each in one function."""

from collections.abc import Mapping

from strategy.record.rules import board, cases, meetings, notes, people, plan, reports, values
from strategy.record.rules.rule import Rules

RULES: Mapping[str, Rules] = {
    **plan.RULES,
    **people.RULES,
    **notes.RULES,
    **reports.RULES,
    **values.RULES,
    **board.RULES,
    **meetings.RULES,
    **cases.RULES,
}
"""The rules of every kind that can be wanted, by its name in the database."""
