"""A board meeting as a row: its number in the board's period, the day, the hour and the place."""

from collections.abc import Collection, Iterator
from typing import Any

from strategy import meetings, record
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Snapshot
from strategy.ui import meeting_parts
from strategy.ui.sheets.columns import column
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.sheet import Rows, read_day, read_whole, text

_KIND = "meeting"
_TEXTS = ("period", "starts", "place")


def columns() -> dict[str, Any]:
    """How each column is edited."""
    return {
        "held_on": column(_KIND, "held_on", width="small"),
        "starts": column(_KIND, "starts", width="small"),
        "place": column(_KIND, "place", width="medium"),
        "period": column(_KIND, "period", width="small"),
        "number": column(_KIND, "number", _("Nr."), width=70),
    }


def _cells(plan: Snapshot, key: str) -> Cells:
    meeting = plan.meeting(key)
    said = {name: getattr(meeting, name) for name in _TEXTS}
    return {"held_on": meeting.held_on, "number": str(meeting.number), **said}


def _title(plan: Snapshot, key: str) -> str:
    return meeting_parts.name(plan.meeting(key))


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    yield Wanted(_KIND, key, plan.meeting(key).version, _fields(typed))


def _added(_by: record.By, plan: Snapshot, typed: Cells, taken: Collection[str]) -> Iterator[Wanted]:
    """In the period its day is in, with the next number of that, where none is typed."""
    fields = _fields(typed)
    day = fields.get("held_on")
    usual = meetings.period_of(plan, day) if day else meeting_parts.next_number(plan)[0]
    period = fields["period"] = fields.get("period") or usual
    if fields.get("number") is None:
        first = meetings.next_number(plan, period)
        fields["number"] = next(
            n for n in range(first, first + 100) if record.meeting_key(period, n) not in taken
        )
    yield Wanted(_KIND, record.meeting_key(period, fields["number"]), 0, fields)


def _fields(typed: Cells) -> dict[str, Any]:
    said: dict[str, Any] = {name: text(typed[name]) for name in _TEXTS if name in typed}
    if "held_on" in typed:
        said["held_on"] = read_day(typed["held_on"], _("Dato"))
    if "number" in typed:
        said["number"] = read_whole(typed["number"], _("Nr."))
    return said


MEETINGS = Rows("meetings", _cells, _title, _wanted, days=("held_on",), added=_added)
