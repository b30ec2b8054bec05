"""A milestone as a row: its number, title, deadline, and when and how it was reached."""

from collections.abc import Iterator

from strategy import things
from strategy.errors import BadInput, NotFound
from strategy.i18n import _
from strategy.record import Wanted
from strategy.snapshot import Milestone, Snapshot
from strategy.ui.sheets.sheet import Cells, Rows, read_day, text


def _cells(plan: Snapshot, key: str) -> Cells:
    step = _step(plan, key)
    return {
        "pick": False, "measure": step.measure, "order": step.order, "title": step.title, "due": step.due,
        "done_on": step.done_on, "evidence": step.evidence,
    }  # fmt: skip


def _title(plan: Snapshot, key: str) -> str:
    step = _step(plan, key)
    return f"{step.measure} {step.title}"


def _wanted(plan: Snapshot, key: str, typed: Cells) -> Iterator[Wanted]:
    if "due" in typed and not typed["due"]:
        raise BadInput(_("Milepælen må ha en frist."), _("frist"))
    fields = {name: _read(name, cell) for name, cell in typed.items() if name != "pick"}
    if fields:
        yield Wanted("milestone", key, _step(plan, key).version, fields)


def _read(name: str, cell: object) -> object:
    if name == "order":
        return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return read_day(cell, things.shapes("milestone")[name].label) if name in MILESTONES.days else text(cell)


def _step(plan: Snapshot, key: str) -> Milestone:
    for measure in plan.measures:
        for step in measure.milestones:
            if step.key == key:
                return step
    raise NotFound(_("Fant ikke milepælen. Kanskje er den tatt ut."))


MILESTONES = Rows("milestones", _cells, _title, _wanted, days=("due", "done_on"))
