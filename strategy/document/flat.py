"""The document as plain values: what a database would hold of it, thing by thing."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from strategy.document.schema import Document

Things = dict[tuple[str, str], dict[str, Any]]


def things(document: Document) -> Things:
    """Every thing of the document as (kind, key) → its fields, named as in the tables.

    `order` is the place among its siblings in the file, from 1.
    """
    return {(kind, key): values for kind, key, values in _things(document)}


def counts(document: Document) -> dict[str, int]:
    """How many there are of each thing in the plan."""
    found = [kind for kind, _key in things(document)]
    kinds = {"goals": "goal", "subgoals": "subgoal", "measures": "measure", "people": "person"}
    kinds |= {"responsibilities": "responsibility", "indicators": "indicator", "targets": "target"}
    return {name: found.count(kind) for name, kind in kinds.items()}


_Row = tuple[str, str, dict[str, Any]]


def _things(document: Document) -> Iterator[_Row]:
    whole = document.model_dump()
    lists = {name: list(whole[name]) for name in ("headings", "notes")}
    sections = [{**section, "points": list(section["points"])} for section in whole["sections"]]
    yield "strategy", document.strategy.key, {**_own(document.strategy), "sections": sections, **lists}
    for order, person in enumerate(document.people, 1):
        yield "person", person.key, {**_own(person), "order": order}
    for order, goal in enumerate(document.goals, 1):
        yield "goal", goal.key, {**_own(goal), "order": order}
        yield from _indicators(goal)
        yield from _subgoals(goal)


def _subgoals(goal: Any) -> Iterator[_Row]:
    for order, subgoal in enumerate(goal.subgoals, 1):
        yield "subgoal", subgoal.key, {"goal": goal.key, **_own(subgoal), "order": order}
        yield from _indicators(subgoal)
        yield from _measures(subgoal)


def _measures(subgoal: Any) -> Iterator[_Row]:
    for order, measure in enumerate(subgoal.measures, 1):
        yield "measure", measure.key, {"subgoal": subgoal.key, **_own(measure), "order": order}
        for place, share in enumerate(measure.responsible, 1):
            key = f"{measure.key}@{share.person}"
            yield "responsibility", key, {"measure": measure.key, **_own(share), "order": place}
        yield from _indicators(measure)


def _indicators(owner: Any) -> Iterator[_Row]:
    for order, indicator in enumerate(owner.indicators, 1):
        yield "indicator", indicator.key, {"belongs_to": owner.key, **_own(indicator), "order": order}
        yield from _targets(indicator)


def _targets(indicator: Any) -> Iterator[_Row]:
    for target in indicator.targets:
        yield (
            "target",
            f"{indicator.key}@{target.due.isoformat()}",
            {"indicator": indicator.key, **_own(target)},
        )


def _own(group: BaseModel) -> dict[str, Any]:
    """The single values of a group of fields; its key and its lists are told apart from it."""
    return {name: value for name, value in group if name != "key" and not isinstance(value, tuple)}
