"""What a file changes in the plan that stands, on top of what the file said the last time: a pure function.

Field by field it is `record.merged`; here stand what is particular to a plan as a whole: the order of things,
which is the place in the file, and that nothing is left hanging on what is gone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from strategy import texts
from strategy.record import Choices, Clash, Ident, merged
from strategy.snapshot import Flat

Versions = Mapping[Ident, int]


def with_file(
    base: Flat, theirs: Flat, wanted: Flat, versions: Versions, choices: Choices
) -> tuple[Flat, tuple[Clash, ...]]:
    """The plan `theirs` with what the file has changed from `base` to `wanted`, and where both have.

    Of a clash nothing is written before somebody has chosen. A file as it was changes nothing.
    """
    if base == wanted:
        return theirs, ()
    asked = {ident: wanted.get(ident) for ident in {**base, **wanted}}
    found = merged(
        _unordered(base), _unordered(theirs), _unordered(asked), versions=versions, choices=choices
    )
    target: dict[Ident, dict[str, Any]] = {ident: dict(fields) for ident, fields in theirs.items()}
    for each in found.wanted:
        if each.retired:
            target.pop(each.ident, None)
        else:
            target[each.ident] = {**target.get(each.ident, {}), **each.fields}
    _hold_together(target, theirs, wanted)
    return _ordered(base, theirs, target, wanted), found.clashes


def _unordered(flat: Mapping[Ident, Any]) -> dict[Ident, Any]:
    """Without the order, which no one has written as a field."""
    return {
        ident: fields and {name: value for name, value in fields.items() if name != "order"}
        for ident, fields in flat.items()
    }


ABOVE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "subgoal": {"goal": ("goal",)},
    "measure": {"subgoal": ("subgoal",)},
    "responsibility": {"measure": ("measure",), "person": ("person",)},
    "indicator": {"belongs_to": ("goal", "subgoal", "measure")},
    "target": {"indicator": ("indicator",)},
}
"""What a thing of each kind hangs on: the field with the key, and the kinds it can be of."""

_GOES_ALONG = ("measure", "belongs_to", "indicator")
"""What goes out with the thing in one of these fields, where that goes out."""


def _hold_together(target: Flat, theirs: Flat, wanted: Flat) -> None:
    """Bring back what something that stands hangs on, and take out what only belongs to what is gone."""
    from_before, gone = set(_hanging(theirs)), set[Ident]()
    while loose := [each for each in _hanging(target) if each not in from_before]:
        for ident, field, above in loose:
            there = next((one for one in above if one in wanted and one not in gone), None)
            kept = next((one for one in above if one in theirs), None)
            if there:
                target[there] = dict(theirs.get(there) or wanted[there])
            elif kept and field not in _GOES_ALONG:
                target[kept] = dict(theirs[kept])
            else:
                target.pop(ident, None)
                gone.add(ident)


def _hanging(flat: Flat) -> Iterator[tuple[Ident, str, tuple[Ident, ...]]]:
    """Each thing that hangs on something that is not there, by which field, and on what it could be."""
    for ident, fields in flat.items():
        for field, kinds in ABOVE.get(ident[0], {}).items():
            above = tuple((kind, fields[field]) for kind in kinds)
            if not any(one in flat for one in above):
                yield ident, field, above


_SIBLINGS = {
    "person": "",
    "goal": "",
    "subgoal": "goal",
    "measure": "subgoal",
    "responsibility": "measure",
    "indicator": "belongs_to",
}
"""The kinds that have an order, with the field that says among whom."""

_Group = tuple[str, str]


def _ordered(base: Flat, theirs: Flat, target: Flat, wanted: Flat) -> Flat:
    """`target` with everything in its place: the file's where it has moved or added something."""
    found = dict(target)
    before, stood, file = _groups(base), _groups(theirs), _groups(wanted)
    for group, now in _groups(target).items():
        sides = (before.get(group, []), stood.get(group, []), file.get(group, []))
        for ident, number in _numbered(*sides, now, base, theirs, wanted).items():
            found[ident] = {**target[ident], "order": number}
    return found


def _numbered(
    before: list[Ident],
    stood: list[Ident],
    file: list[Ident],
    now: list[Ident],
    base: Flat,
    theirs: Flat,
    wanted: Flat,
) -> dict[Ident, int]:
    """The order of each of `now`, which are siblings."""
    places = {ident: theirs[ident]["order"] for ident in stood if ident in now}
    if [(one, base[one]["order"]) for one in before] == [(one, theirs[one]["order"]) for one in stood]:
        return places | {one: wanted[one]["order"] for one in file if one in now}
    said = [one for one in file if one in now]
    old, new = [one for one in said if one in before], [one for one in now if one not in places]
    if old == [one for one in before if one in old] and said[len(said) - len(new) :] == _in(said, new):
        first = max(places.values(), default=0) + 1
        return places | {one: number for number, one in enumerate(_in(said, new), first)}
    return {one: number for number, one in enumerate([*said, *(o for o in now if o not in said)], 1)}


def _in(order: list[Ident], some: list[Ident]) -> list[Ident]:
    return [one for one in order if one in some]


def _groups(flat: Flat) -> dict[_Group, list[Ident]]:
    """The things that have an order among each other, each group in that order."""
    found: dict[_Group, list[Ident]] = {}
    for ident in sorted((ident for ident in flat if ident[0] in _SIBLINGS), key=_place(flat)):
        name = _SIBLINGS[ident[0]]
        found.setdefault((ident[0], flat[ident][name] if name else ""), []).append(ident)
    return found


def _place(flat: Flat) -> Any:
    """What sorts things as they stand; what is new has no order yet, and stands last."""
    return lambda ident: (flat[ident].get("order", 10**9), texts.natural(ident[1]))
