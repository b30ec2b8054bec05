"""How a change reads: the names of things and fields, and their values, as a secretary would say them."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from textwrap import shorten
from typing import Any

from strategy import dates, progress, things
from strategy.changes import Action, Edit, FieldChange
from strategy.errors import NotFound
from strategy.i18n import _, mark, plural
from strategy.snapshot import AgendaItem, Measure, Snapshot
from strategy.terms import Term

_ACTIONS = {
    Action.ADDED: mark("{thing} lagt til"),
    Action.CHANGED: mark("{thing} endret"),
    Action.RETIRED: mark("{thing} tatt ut"),
}


def happened(edit: Edit, plan: Snapshot) -> str:
    """«Tiltak 1.2.1 Høringer endret», «Ny rapport på 1.2.1 Høringer», «Ny rapport på delmål 1.2 NOKU …»."""
    if edit.kind == "status_report" and edit.action is not Action.RETIRED:
        return _("Ny rapport på {thing}").format(thing=f"{_aim(edit.key, plan)}{called(edit.key, plan)}")
    if (put := edit.field("unexplained")) and put.after:
        named = called(_attached_to(edit, plan), plan)
        return _("Motstrid på {thing} lagt fram som uforklart").format(thing=named)
    return _(_ACTIONS[edit.action]).format(thing=thing(edit, plan))


def thing(edit: Edit, plan: Snapshot) -> str:
    """«Tiltak 1.2.1 Høringer», «Måling Høringssvar 2026», «Kommentar på 1.2.1 Høringer»."""
    head, _at, tail = edit.key.partition("@")
    named = called(head, plan)
    if edit.kind == "milestone":
        title = edit.field("title")
        named = str(title.after or title.before) if title else called(head.rpartition("-")[0], plan)
    if edit.kind in _ATTACHED:
        named = _("på {thing}").format(thing=called(_attached_to(edit, plan), plan))
    elif edit.kind == "access_link":
        named = _("for {role}").format(role=called(_told(edit, "person", plan.access_links), plan))
    elif tail:
        other = dates.period_label(tail) if edit.kind in ("indicator_value", "target") else called(tail, plan)
        named += f" {other}"
    return f"{things.KINDS[edit.kind].label} {named}"


_ATTACHED = ("comment", "link", "attachment", "question", "explanation", "draft")
"""What is known by the thing it stands on."""


def _attached_to(edit: Edit, plan: Snapshot) -> str:
    """The key of what a comment or a question stands on; its own where that is no longer known."""
    match edit.kind:
        case "draft":
            return edit.key.partition("@")[0]
        case "explanation":
            return edit.key.split("@")[1]
        case "question":
            return _told(edit, "measure", plan.questions) or _told(edit, "meeting", plan.questions)
    there = {"comment": plan.comments, "attachment": plan.attachments}
    return _told(edit, "thing", there.get(edit.kind, plan.links))


def _told(edit: Edit, field: str, there: Iterable[Any]) -> str:
    """A field of the thing as the change tells it, else as it stands; its own key where neither does."""
    if change := edit.field(field):
        return str(change.after or change.before or "")
    return next((str(getattr(thing, field)) for thing in there if thing.key == edit.key), edit.key)


_IN_A_LINE = 60
"""How many characters of an adopted text a line of the log has room for."""


def _aim(key: str, plan: Snapshot) -> str:
    """«hovedmål » or «delmål » before the number of one, which a measure's own number does without."""
    for find, kind in ((plan.goal, "goal"), (plan.subgoal, "subgoal")):
        with suppress(NotFound):
            find(key)
            return f"{things.KINDS[kind].label.lower()} "
    return ""


def called(key: str, plan: Snapshot) -> str:
    """The key with the short name of what it stands for; a role, indicator or meeting by name alone.

    A subgoal has no short name: it begins as it was adopted.
    """
    for find, show in (
        (plan.measure, lambda found: f"{key} {found.name}"),
        (plan.goal, lambda found: f"{key} {found.name}"),
        (plan.subgoal, lambda found: f"{key} {shorten(found.text, _IN_A_LINE, placeholder=' …')}"),
        (plan.indicator, lambda found: found.name),
        (plan.person, lambda found: found.title),
        (plan.seat, lambda found: found.title),
        (plan.meeting, lambda met: _("nr. {n}, {day}").format(n=met.number, day=dates.day(met.held_on))),
        (plan.item, lambda found: _case(found, key)),
        (plan.decision, lambda found: _("i sak {case}").format(case=_case(plan.item(found.item), key))),
    ):
        with suppress(NotFound):
            return str(show(find(key)))
    return _said_of(key, plan)


def _said_of(key: str, plan: Snapshot) -> str:
    """A milestone by its title, a value by its indicator and period; else the key itself."""
    if milestone := plan.things.get(("milestone", key)):
        return str(milestone.title)
    value = plan.things.get(("indicator_value", key))
    return f"{called(value.indicator, plan)} {dates.period_label(value.period)}" if value else key


def _case(item: AgendaItem, key: str) -> str:
    """A case by its number, since a title may be withheld; `key` where it has none yet."""
    return f"{item.number}/{item.year}" if item.number else key


def field(kind: str, name: str) -> str:
    """The Norwegian name, in lower case, of a field of a kind of thing."""
    return things.shapes(kind)[name].label


def told(edit: Edit) -> tuple[FieldChange, ...]:
    """The fields of a change that say something before or after; nothing that stays nothing is no change.

    What is said anew each time is not taken back where it is not said again.
    """
    return tuple(f for f in edit.fields if said(f.after) != NOTHING or _is_gone(edit, f))


def _is_gone(edit: Edit, change: FieldChange) -> bool:
    anew = edit.action is Action.CHANGED and things.shapes(edit.kind)[change.field].anew
    return said(change.before) != NOTHING and not anew


NOTHING = "–"


_GROUPED = 10_000
"""From here on the digits of a whole number stand in groups."""


def said(value: Any) -> str:
    """A stored value as a reader knows it; nothing is «–»."""
    if value is None or value in ("", [], ()):
        return NOTHING
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, Term):
        return value.label
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, int) and abs(value) < _GROUPED:
        return str(value)  # a year, or a number of something, has no space in it
    if isinstance(value, Decimal | int):
        return dates.number(value)
    if isinstance(value, list | tuple):
        return "\n".join(said(part) for part in value)
    if isinstance(value, Mapping):
        return " ".join(said(part) for key, part in value.items() if key != "key" and part)
    return str(value)


def dropped_among(measures: Iterable[Measure]) -> str:
    """«, hvorav 1 utgått», after how many there are; empty where none is."""
    left = len(progress.dropped(measures))
    return plural(", hvorav {n} utgått", ", hvorav {n} utgåtte", left) if left else ""
