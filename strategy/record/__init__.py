"""All that people add: each function checks who asks, checks the input, writes one change and tells of it.

The caller owns the transaction (`Database.writing`). `base_version` is the version the form was opened with,
0 for something new: the rule that nobody's text is overwritten unseen. `now` is an aware moment.
"""

from strategy.record import scratch
from strategy.record.agenda import ItemFields, case_number, item, item_key, move_on, standard_agenda
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
from strategy.record.confidence import open_confidence, vote, voted
from strategy.record.decisions import DecisionFields, correct, decision, decision_key, follow_up
from strategy.record.door import Saved
from strategy.record.grounds import Grounds, check_grounds, ground, needs_grounds
from strategy.record.indicators import adopt_indicator, target
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
from strategy.record.mails import mail
from strategy.record.meetings import (
    MeetingFields,
    board,
    meeting,
    meeting_key,
    refreeze,
    seat,
    seat_key,
    step,
)
from strategy.record.milestones import copy_year, move_milestones
from strategy.record.notes import comment, comment_key, link, link_key, retire_comment, retire_link
from strategy.record.people import (
    NOBODY,
    contact,
    contacts,
    handover,
    person,
    person_key,
    responsibility,
    retire_person,
    retire_responsibility,
)
from strategy.record.questions import answer, explanation, question, question_key
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
    "DecisionFields",
    "Flaw",
    "Grounds",
    "ItemFields",
    "MeetingFields",
    "Preview",
    "Saved",
    "Sides",
    "Undoing",
    "Wanted",
    "accept_draft",
    "access_link",
    "adopt_indicator",
    "answer",
    "answering",
    "attainment",
    "board",
    "bulk",
    "case_number",
    "check_grounds",
    "clean_tags",
    "comment",
    "comment_key",
    "contact",
    "contacts",
    "copy_year",
    "correct",
    "decision",
    "decision_key",
    "draft",
    "explanation",
    "follow_up",
    "ground",
    "handover",
    "item",
    "item_key",
    "link",
    "link_key",
    "mail",
    "meeting",
    "meeting_key",
    "milestone",
    "milestone_key",
    "move_milestones",
    "move_on",
    "needs_grounds",
    "open_confidence",
    "person",
    "person_key",
    "previewed",
    "question",
    "question_key",
    "refreeze",
    "report",
    "responsibility",
    "retire_comment",
    "retire_link",
    "retire_milestone",
    "retire_person",
    "retire_responsibility",
    "return_draft",
    "scratch",
    "seat",
    "seat_key",
    "signing_key",
    "standard_agenda",
    "step",
    "stored_signing_key",
    "tags",
    "target",
    "undo",
    "undo_preview",
    "value",
    "vote",
    "voted",
    "withdraw_link",
]
