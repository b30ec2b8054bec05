"""What somebody edits of the plan in the app, judged and merged as the file that would say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from string import ascii_lowercase
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import document, tables, things
from strategy.document import Problem
from strategy.errors import BadInput
from strategy.record import UNCHOSEN, Choices, Ident, roles_adopted
from strategy.snapshot import Flat, Snapshot
from strategy.sync.comparing import PLAN, Changeset, diff, plan_of
from strategy.sync.files import things_of
from strategy.sync.merging import ABOVE, with_file

Edited = Mapping[Ident, Mapping[str, Any] | None]
"""The fields that are to be another of each thing in the plan, all of a new one; None takes it out."""


def edited(base: Snapshot, standing: Snapshot, edits: Edited, choices: Choices = UNCHOSEN) -> Changeset:
    """What the edits of the plan `base` do to the plan that is `standing`; the file is not touched.

    Raises `BadInput` with what a file that said so would be refused for, and the field where it is known.
    """
    before, wanted = plan_of(base), _as_a_file(base, edits)
    target, clashes = with_file(before, plan_of(standing), wanted, standing.versions, choices)
    return replace(diff(standing, roles_adopted(plan_of(standing), target)), clashes=clashes)


def free_key(session: Session, strategy: str, kind: str, parent: str, taken: Iterable[str] = ()) -> str:
    """The next key of a new thing: «1.2.4» under «1.2», «1.2.4b» of what it measures.

    It comes after all there are and have been, so that nothing new takes over another's history.
    """
    kinds = ("goal", "subgoal", "measure") if kind != "indicator" else ("indicator",)
    used = {*taken, *(key for each in kinds for key in _keys(session, strategy, each))}
    if kind == "indicator":
        return next(key for n in count() if (key := f"{parent}{_letters(n)}") not in used)
    head = f"{parent}." if parent else ""
    return f"{head}{_last(used, head) + 1}"


def _keys(session: Session, strategy: str, kind: str) -> Iterable[str]:
    t = tables.VERSIONED[kind].__table__.c
    return session.execute(sa.select(t.key).where(t.strategy == strategy).distinct()).scalars()


def _letters(n: int) -> str:
    """a, b … z, aa, ab …"""
    return (_letters(n // 26 - 1) if n > 25 else "") + ascii_lowercase[n % 26]


def _last(taken: set[str], head: str) -> int:
    """The highest number among the keys with this head."""
    ends = [key.removeprefix(head) for key in taken if key.startswith(head)]
    return max((int(end) for end in ends if end.isascii() and end.isdecimal()), default=0)


def _as_a_file(base: Snapshot, edits: Edited) -> Flat:
    """The things a file with the edits would have. Raises `BadInput`."""
    text = document.write(applied(base, edits), base.strategy.key)
    if said := things_of(text):
        return said
    _plan, problems = document.read(text.encode())
    raise BadInput(*_in_words(text, next(problem for problem in problems if not problem.is_note)))


def applied(base: Snapshot, edits: Edited) -> Flat:
    """The plan `base` with the edits, not yet judged: what is taken out takes along all that hangs on it."""
    plan = plan_of(base)
    target = {ident: dict(fields) for ident, fields in plan.items()}
    for ident, fields in edits.items():
        if fields is None:
            for each in (ident, *_below(target, ident)):
                target.pop(each, None)
        else:
            target[ident] = _changed(target, ident, fields)
    return target


def _changed(target: Flat, ident: Ident, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The thing with its fields, last among its new siblings where it is new or moved; nothing is dropped."""
    stands = target.get(ident, {})
    found = {**things.defaults(ident[0]), **stands, **fields}
    above = tuple(ABOVE.get(ident[0], {}))
    if "order" in things.shapes(ident[0]) and (not stands or any(found[a] != stands[a] for a in above)):
        places = (
            each["order"] for other, each in target.items() if _are_siblings(ident[0], other, each, found)
        )
        found["order"] = max(places, default=0) + 1
    return found


def _are_siblings(kind: str, other: Ident, each: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return other[0] == kind and all(each[above] == found[above] for above in ABOVE.get(kind, {}))


def _below(plan: Flat, ident: Ident) -> Iterator[Ident]:
    for other, fields in plan.items():
        if any(
            ident[0] in kinds and fields[field] == ident[1]
            for field, kinds in ABOVE.get(other[0], {}).items()
        ):
            yield other
            yield from _below(plan, other)


def _in_words(text: str, problem: Problem) -> tuple[str, str]:
    """What is wrong, with fields by the names a reader knows, and the field it is in."""
    lines = text.splitlines()
    on_line = lines[problem.line - 1].strip().removeprefix("- ").partition(":")[0]
    said = " ".join(filter(None, (problem.message, problem.hint)))
    labels = {name: shape.label for kind in PLAN for name, shape in things.shapes(kind).items()}
    named = [name for name in labels if f"«{name}»" in said]
    for name in named:
        said = said.replace(f"«{name}»", f"«{labels[name]}»")
    return said, on_line if on_line in labels else next(iter(named), "")
