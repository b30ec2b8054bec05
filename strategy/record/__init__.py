"""All that people add: each function checks who asks, checks the input, writes one change and tells of it.

The caller owns the transaction (`Database.writing`). `base_version` is the version the form was opened with,
0 for something new: the rule that nobody's text is overwritten unseen. `now` is an aware moment.
"""

from strategy.record.door import Saved
from strategy.record.reports import (
    FULL,
    attainment,
    milestone,
    milestone_key,
    report,
    retire_milestone,
    value,
)

__all__ = ["FULL", "Saved", "attainment", "milestone", "milestone_key", "report", "retire_milestone", "value"]
