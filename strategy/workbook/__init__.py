"""The plan as an Excel workbook that goes round: read back, compared, and saved as one change.

`exports` makes the form. What comes back is data with problems, never an exception: `read`, then `previewed`
as often as somebody chooses, then `save`.
"""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from strategy import changes, record, snapshot
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record import By, Saved
from strategy.snapshot import Snapshot
from strategy.terms import Via
from strategy.workbook.chosen import NOTHING, Chosen
from strategy.workbook.comparing import (
    CellChange,
    Preview,
    Question,
    compared,
    unreadable,
)
from strategy.workbook.grid import Problem
from strategy.workbook.reading import Filled, Marker, read
from strategy.workbook.words import Asking, Options, UnknownWord, bare, in_words, term_of

__all__ = [
    "Asking",
    "CellChange",
    "Chosen",
    "Filled",
    "Marker",
    "Options",
    "Preview",
    "Problem",
    "Question",
    "UnknownWord",
    "bare",
    "checked",
    "compared",
    "in_words",
    "previewed",
    "read",
    "save",
    "term_of",
    "unreadable",
]


def previewed(
    session: Session,
    filled: Filled,
    now: Snapshot,
    today: date,
    chosen: Chosen = NOTHING,
) -> Preview:
    """What a form would change in the plan as it stands, as `compared`; nothing is written."""
    found = checked(session, filled, now)
    if found.marker is None:
        return unreadable(found)
    change = found.marker.change
    base = now if change == now.change_id else snapshot.load(session, now.strategy.key, change)
    return compared(found, base, now, today, chosen)


def checked(session: Session, filled: Filled, now: Snapshot) -> Filled:
    """The form, without its marker and with a problem where it was not made from this plan's own history."""
    marker = filled.marker
    if marker is None:
        return filled
    if marker.strategy != now.strategy.key:
        said = _("Skjemaet gjelder planen «{key}», ikke «{other}». Velg skjemaet for planen du ser på.")
        return _refused(filled, said.format(key=marker.strategy, other=now.strategy.key))
    if marker.change > now.change_id or changes.hash_of(session, marker.change) != marker.hash:
        return _refused(
            filled,
            _(
                "Skjemaet er laget av en annen database, eller før en sikkerhetskopi ble hentet tilbake. "
                "Hent et nytt skjema og lim inn det som er skrevet."
            ),
        )
    return filled


def _refused(filled: Filled, why: str) -> Filled:
    return Filled(None, (), (Problem("", why), *filled.problems))


def save(by: By, preview: Preview, *, reason: str) -> Saved | None:
    """Write all that the preview shows as one change, or nothing; None where there is nothing to change.

    Raises `BadInput` where the preview is not clear, and as `record.save`: `Several` where somebody has saved
    since it was made, `NotAllowed`.
    """
    if not preview.is_clear:
        raise BadInput(_("Det er noe å rette eller velge i skjemaet først. Ingenting er lagret."))
    return record.save(replace(by, via=Via.EXCEL), preview.wanted, reason=reason)
