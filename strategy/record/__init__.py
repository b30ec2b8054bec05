"""All that people add: each function checks who asks, checks the input, writes one change and tells of it.

The caller owns the transaction (`Database.writing`). `base_version` is the version the form was opened with,
0 for something new: the rule that nobody's text is overwritten unseen. `now` is an aware moment.
"""

from strategy.record import scratch
from strategy.record.bulk import (
    Collision,
    Flaw,
    Preview,
    Sides,
    Wanted,
    answering,
    bulk,
    clean_tags,
    previewed,
    tags,
)
from strategy.record.door import Saved
from strategy.record.links import (
    LASTS,
    accept_draft,
    access_link,
    draft,
    return_draft,
    signing_key,
    stored_signing_key,
    withdraw_link,
)
from strategy.record.reports import (
    FULL,
    attainment,
    milestone,
    milestone_key,
    report,
    retire_milestone,
    value,
)

__all__ = [
    "FULL",
    "LASTS",
    "Collision",
    "Flaw",
    "Preview",
    "Saved",
    "Sides",
    "Wanted",
    "accept_draft",
    "access_link",
    "answering",
    "attainment",
    "bulk",
    "clean_tags",
    "draft",
    "milestone",
    "milestone_key",
    "previewed",
    "report",
    "retire_milestone",
    "return_draft",
    "scratch",
    "signing_key",
    "stored_signing_key",
    "tags",
    "value",
    "withdraw_link",
]
