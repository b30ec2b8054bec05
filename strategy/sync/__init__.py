"""The plan as text against the plan in the database: decide what a load would do, then do exactly that.

file or form ─ read ─▶ things ─ merged with what stands, on what it said last ─▶ Changeset ─ apply ─▶ rows
"""

from strategy.sync.comparing import PLAN, Changeset, compared, diff
from strategy.sync.editing import Edited, applied, edited, free_key
from strategy.sync.files import PlanFile, opened, read, written
from strategy.sync.loading import apply
from strategy.sync.merging import ABOVE
from strategy.sync.rewording import words

__all__ = [
    "ABOVE",
    "PLAN",
    "Changeset",
    "Edited",
    "PlanFile",
    "applied",
    "apply",
    "compared",
    "diff",
    "edited",
    "free_key",
    "opened",
    "read",
    "words",
    "written",
]
