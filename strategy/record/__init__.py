"""All that people add: each function checks who asks, checks the input, writes one change and tells of it.

The caller owns the transaction (`Database.writing`). `base_version` is the version the form was opened with,
0 for something new: the rule that nobody's text is overwritten unseen. `now` is an aware moment.
"""

from strategy.record import scratch
from strategy.record.agenda import (
    ItemFields,
    case_number,
    item,
    item_key,
    move_on,
    number_cases,
    standard_agenda,
)
from strategy.record.authority import Grounds, check_grounds, ground, needs_grounds
from strategy.record.cancelling import Cancelling, cancel, cancelling, retire_item
from strategy.record.confidence import (
    drop_confidence,
    has_unsealed,
    open_confidence,
    seal_older,
    unreadable,
    vote,
    voted,
)
from strategy.record.decisions import DecisionFields, as_proposed, correct, decision, decision_key, follow_up
from strategy.record.indicators import adopt_indicator, target
from strategy.record.judging import previewed
from strategy.record.links import (
    LASTS,
    accept_draft,
    access_link,
    draft,
    mail_link_key,
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
from strategy.record.notes import comment, comment_key, link, link_key, retire_comment, retire_link, tags
from strategy.record.people import (
    NOBODY,
    answering,
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
    attainment,
    milestone,
    milestone_key,
    report,
    retire_milestone,
    value,
)
from strategy.record.saving import Saved
from strategy.record.undo import Undoing, undo, undo_preview
from strategy.record.wanted import Collision, Flaw, Preview, Sides, Wanted
from strategy.record.writing import save

__all__ = [
    "LASTS",
    "NOBODY",
    "Cancelling",
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
    "as_proposed",
    "attainment",
    "board",
    "cancel",
    "cancelling",
    "case_number",
    "check_grounds",
    "comment",
    "comment_key",
    "contact",
    "contacts",
    "copy_year",
    "correct",
    "decision",
    "decision_key",
    "draft",
    "drop_confidence",
    "explanation",
    "follow_up",
    "ground",
    "handover",
    "has_unsealed",
    "item",
    "item_key",
    "link",
    "link_key",
    "mail",
    "mail_link_key",
    "meeting",
    "meeting_key",
    "milestone",
    "milestone_key",
    "move_milestones",
    "move_on",
    "needs_grounds",
    "number_cases",
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
    "retire_item",
    "retire_link",
    "retire_milestone",
    "retire_person",
    "retire_responsibility",
    "return_draft",
    "save",
    "scratch",
    "seal_older",
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
    "unreadable",
    "value",
    "vote",
    "voted",
    "withdraw_link",
]
