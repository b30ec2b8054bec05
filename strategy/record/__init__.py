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
from strategy.record.notes import comment, comment_key, link, link_key, retire_comment, retire_link
from strategy.record.people import (
    NOBODY,
    contact,
    contacts,
    handed_over,
    handover,
    person,
    person_key,
    responsibility,
    retire_person,
    retire_responsibility,
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
from strategy.record.undo import Undoing, undo, undo_preview

__all__ = [
    "FULL",
    "LASTS",
    "NOBODY",
    "Collision",
    "Flaw",
    "Preview",
    "Saved",
    "Sides",
    "Undoing",
    "Wanted",
    "accept_draft",
    "access_link",
    "answering",
    "attainment",
    "bulk",
    "clean_tags",
    "comment",
    "comment_key",
    "contact",
    "contacts",
    "draft",
    "handed_over",
    "handover",
    "link",
    "link_key",
    "milestone",
    "milestone_key",
    "person",
    "person_key",
    "previewed",
    "report",
    "responsibility",
    "retire_comment",
    "retire_link",
    "retire_milestone",
    "retire_person",
    "retire_responsibility",
    "return_draft",
    "scratch",
    "signing_key",
    "stored_signing_key",
    "tags",
    "undo",
    "undo_preview",
    "value",
    "withdraw_link",
]
