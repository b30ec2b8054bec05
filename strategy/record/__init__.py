"""All that people add: each function checks who asks, checks the input, writes one change and tells of it.

Each takes first by whom it is written (`By`); the caller owns the transaction (`Database.writing`).
`base_version` is the version the form was opened with, 0 for something new: the rule that nobody's text is
overwritten unseen.
"""

from strategy.record import scratch
from strategy.record.agenda import (
    as_proposed,
    case_number,
    decision,
    decision_key,
    item,
    item_key,
    move_on,
    number_cases,
    retire_item,
    standard_agenda,
)
from strategy.record.aims import aim
from strategy.record.authority import NONE as NO_GROUNDS
from strategy.record.authority import Grounds, check_grounds, ground, needs_grounds
from strategy.record.by import By
from strategy.record.confidence import (
    drop_confidence,
    has_unsealed,
    open_confidence,
    seal_older,
    unreadable,
    vote,
    voted,
)
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
)
from strategy.record.meetings import (
    board,
    cancel,
    cancelling,
    meeting,
    meeting_key,
    refreeze,
    seat,
    seat_key,
)
from strategy.record.merging import OURS, THEIRS, UNCHOSEN, Choices, Merge, merged
from strategy.record.milestones import copyable, copying, moving
from strategy.record.notes import attach, comment_key, link_key
from strategy.record.people import (
    NOBODY,
    Handover,
    answering,
    contact,
    contacts,
    handover,
    person_key,
    reachable,
    retire_person,
)
from strategy.record.questions import answer, explanation, question, question_key, unexplained
from strategy.record.reports import (
    attainment,
    milestone,
    milestone_key,
    report,
    value,
)
from strategy.record.rules.meetings import Cancelling
from strategy.record.rules.people import roles_adopted
from strategy.record.saving import Saved
from strategy.record.undo import Undoing, undo, undo_preview
from strategy.record.wanted import Clash, Flaw, Ident, Preview, Values, Wanted
from strategy.record.writing import save, save_one

__all__ = [
    "LASTS",
    "NOBODY",
    "NO_GROUNDS",
    "OURS",
    "THEIRS",
    "UNCHOSEN",
    "By",
    "Cancelling",
    "Choices",
    "Clash",
    "Flaw",
    "Grounds",
    "Handover",
    "Ident",
    "Merge",
    "Preview",
    "Saved",
    "Undoing",
    "Values",
    "Wanted",
    "accept_draft",
    "access_link",
    "aim",
    "answer",
    "answering",
    "as_proposed",
    "attach",
    "attainment",
    "board",
    "cancel",
    "cancelling",
    "case_number",
    "check_grounds",
    "comment_key",
    "contact",
    "contacts",
    "copyable",
    "copying",
    "decision",
    "decision_key",
    "draft",
    "drop_confidence",
    "explanation",
    "ground",
    "handover",
    "has_unsealed",
    "item",
    "item_key",
    "link_key",
    "mail_link_key",
    "meeting",
    "meeting_key",
    "merged",
    "milestone",
    "milestone_key",
    "move_on",
    "moving",
    "needs_grounds",
    "number_cases",
    "open_confidence",
    "person_key",
    "previewed",
    "question",
    "question_key",
    "reachable",
    "refreeze",
    "report",
    "retire_item",
    "retire_person",
    "return_draft",
    "roles_adopted",
    "save",
    "save_one",
    "scratch",
    "seal_older",
    "seat",
    "seat_key",
    "signing_key",
    "standard_agenda",
    "stored_signing_key",
    "undo",
    "undo_preview",
    "unexplained",
    "unreadable",
    "value",
    "vote",
    "voted",
]
