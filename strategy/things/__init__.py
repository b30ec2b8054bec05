"""Every kind of thing that can change and its fields, each declared once.

The tables, the snapshot's values, the plan file's rules and schema, the refusals, the words of a change,
*Siden sist*, the editable tables and the Excel form read what stands here.
"""

from collections.abc import Mapping
from dataclasses import MISSING
from dataclasses import fields as _fields
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from strategy.i18n import mark
from strategy.things.board import (
    AgendaItem,
    Authority,
    Board,
    Confidence,
    Decision,
    Explanation,
    Meeting,
    Question,
    Seat,
)
from strategy.things.desk import AccessLink, Attachment, Comment, Draft, Link, Mail, Tagging
from strategy.things.plan import (
    Goal,
    Indicator,
    Measure,
    Person,
    PlanFile,
    Responsibility,
    Strategy,
    Subgoal,
    Target,
)
from strategy.things.reports import Attainment, IndicatorValue, Milestone, StatusReport
from strategy.things.shape import Kind, Shape, Telling, Thing, Where

KINDS: Mapping[str, Kind] = {
    "strategy": Kind(Strategy, mark("Strategi")),
    "goal": Kind(Goal, mark("Hovedmål"), "name"),
    "subgoal": Kind(Subgoal, mark("Delmål"), "text"),
    "measure": Kind(Measure, mark("Tiltak"), "name"),
    "person": Kind(Person, mark("Rolle")),
    "responsibility": Kind(Responsibility, mark("Ansvar"), "person"),
    "indicator": Kind(Indicator, mark("Indikator"), "name"),
    "target": Kind(Target, mark("Måltall"), "indicator"),
    "indicator_value": Kind(IndicatorValue, mark("Måling"), "indicator"),
    "milestone": Kind(Milestone, mark("Milepæl")),
    "status_report": Kind(StatusReport, mark("Rapport"), "key"),
    "attainment": Kind(Attainment, mark("Måloppnåelse"), "belongs_to"),
    "tagging": Kind(Tagging, mark("Stikkord"), "key"),
    "link": Kind(Link, mark("Lenke")),
    "attachment": Kind(Attachment, mark("Fil")),
    "comment": Kind(Comment, mark("Kommentar"), "thing"),
    "board": Kind(Board, mark("Rutiner"), "key", sought=False),
    "seat": Kind(Seat, mark("Verv")),
    "meeting": Kind(Meeting, mark("Styremøte"), "held_on"),
    "agenda_item": Kind(AgendaItem, mark("Sak")),
    "decision": Kind(Decision, mark("Vedtak"), "text"),
    "authority": Kind(Authority, mark("Hjemmel"), "thing"),
    "question": Kind(Question, mark("Spørsmål"), "text"),
    "explanation": Kind(Explanation, mark("Forklaring"), "thing"),
    "confidence": Kind(Confidence, mark("Tillit"), "goal"),
    "draft": Kind(Draft, mark("Innsendt rapport"), "measure", sought=False),
    "access_link": Kind(AccessLink, mark("Rapporteringslenke"), "person"),
    "mail": Kind(Mail, mark("E-post"), "subject", sought=False),
    "plan_file": Kind(PlanFile, mark("Planfil"), "key"),
}
"""Every kind of thing that can change, by its name in the database, parents before children."""

KEPT = ("plan_file",)
"""What is kept with a change as what it came from: told in no log, taken back by no undoing."""


@cache
def shapes(kind: str) -> Mapping[str, Shape]:
    """The fields of a kind that say something of the thing, in their order, and what is known of each."""
    found = {f.name: f.metadata["shape"] for f in _fields(KINDS[kind].of) if "shape" in f.metadata}
    return MappingProxyType(found)


@cache
def types(kind: str) -> Mapping[str, Any]:
    """What each of the fields in `shapes` holds, as it is annotated."""
    hints = get_type_hints(KINDS[kind].of)
    return MappingProxyType({name: hints[name] for name in shapes(kind)})


def holds(kind: str, name: str) -> Any:
    """The type of a field, where it says anything."""
    return plain(types(kind)[name])


@cache
def lists(kind: str) -> frozenset[str]:
    """The fields of a kind that hold many."""
    return frozenset(name for name, hint in types(kind).items() if get_origin(hint) is tuple)


@cache
def worded(kind: str) -> tuple[str, ...]:
    """The fields of a kind that have words in them, for a search to look in: no days, no keys."""
    return tuple(
        name
        for name, shape in shapes(kind).items()
        if shape.limit or shape.adopted or get_origin(next(iter(get_args(types(kind)[name])), None)) is dict
    )


@cache
def defaults(kind: str) -> Mapping[str, Any]:
    """What the fields of a kind say where nothing is said; those that must be said are not in it."""
    said = {f.name: f.default for f in _fields(KINDS[kind].of) if "shape" in f.metadata}
    return MappingProxyType({name: value for name, value in said.items() if value is not MISSING})


@cache
def kind_of(of: type) -> str:
    """The name of the kind a class is of, also of one that adds to the declared."""
    return next(name for name, kind in KINDS.items() if issubclass(of, kind.of))


def plain(hint: Any) -> Any:
    """What is annotated, but for that it may be nothing."""
    held = [part for part in get_args(hint) if part is not type(None)]
    return held[0] if isinstance(hint, UnionType) else hint


def edited(kind: str, where: Where) -> tuple[str, ...]:
    """The fields of a kind that may be edited in one place."""
    return tuple(name for name, shape in shapes(kind).items() if where in shape.where)


__all__ = [
    "KEPT",
    "KINDS",
    "AccessLink",
    "AgendaItem",
    "Attachment",
    "Attainment",
    "Authority",
    "Board",
    "Comment",
    "Confidence",
    "Decision",
    "Draft",
    "Explanation",
    "Goal",
    "Indicator",
    "IndicatorValue",
    "Kind",
    "Link",
    "Mail",
    "Measure",
    "Meeting",
    "Milestone",
    "Person",
    "PlanFile",
    "Question",
    "Responsibility",
    "Seat",
    "Shape",
    "StatusReport",
    "Strategy",
    "Subgoal",
    "Tagging",
    "Target",
    "Telling",
    "Thing",
    "Where",
    "defaults",
    "edited",
    "holds",
    "kind_of",
    "lists",
    "plain",
    "shapes",
    "types",
    "worded",
]
