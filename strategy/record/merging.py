"""Two have changed the same things: what merges by itself, and what clashes, field by field.

Pure: three sides, each by kind and key, with values as in `Snapshot.flat`. What only one side has changed, or
both to the same, merges; what both have changed differently is a `Clash`, and somebody chooses. The Excel
form, the tables and the forms meet here, by way of `judging`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from strategy.record.wanted import Clash, Ident, Values, Wanted

THEIRS, OURS = "theirs", "ours"
"""Whose is to stand: what is there now, or what is wanted here."""

Choices = Mapping[str, str]
"""`THEIRS` or `OURS`, by `Clash.name`."""

UNCHOSEN: Choices = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be written on top of what stands, and every clash, with what was chosen.

    A clash that waits, or in which theirs is to stand, is not in `wanted`.
    """

    wanted: tuple[Wanted, ...]
    clashes: tuple[Clash, ...]


def merged(
    base: Mapping[Ident, Values],
    theirs: Mapping[Ident, Values],
    ours: Mapping[Ident, Values | None],
    *,
    versions: Mapping[Ident, int] = MappingProxyType({}),
    choices: Choices = UNCHOSEN,
) -> Merge:
    """Merge what is wanted (`ours`) with what stands (`theirs`); both began with `base`.

    `ours` has the things it speaks of, None for what it takes out; a field it does not have is as in `base`.
    A thing that is not in `base` is added: what a side leaves empty there it does not say. One that is there
    with a field left out is not known there, and whoever says something of that field has changed it.
    `versions` are of `theirs`, 0 where none stands.
    """
    found = [
        _thing(ident, base.get(ident), theirs.get(ident), said, versions.get(ident, 0), choices)
        for ident, said in ours.items()
    ]
    return Merge(
        tuple(wanted for wanted, _clashes in found if wanted),
        tuple(clash for _wanted, clashes in found for clash in clashes),
    )


def clash(
    ident: Ident, version: int, field: str, base: Any, theirs: Any, ours: Any, choices: Choices
) -> Clash:
    """One clash, with what was chosen; what is neither side is no choice."""
    name = Clash(*ident, version, field, base, theirs, ours).name
    chosen = choices.get(name, "")
    return Clash(*ident, version, field, base, theirs, ours, chosen if chosen in (THEIRS, OURS) else "")


_Found = tuple[Wanted | None, tuple[Clash, ...]]


def _thing(
    ident: Ident,
    base: Values | None,
    theirs: Values | None,
    ours: Values | None,
    version: int,
    choices: Choices,
) -> _Found:
    if ours is None:
        wanted = Wanted(*ident, version, retired=True)
        return _whole(wanted, base, theirs, None, choices) if theirs is not None else (None, ())
    if theirs is not None:
        return _fields(ident, base, theirs, ours, version, choices)
    if base is None:
        return Wanted(*ident, version, dict(ours)), ()
    if not any(_is_news(base, name, said) for name, said in ours.items()):
        return None, ()
    back = {**base, **ours}
    return _whole(Wanted(*ident, version, back), base, None, back, choices)


def _whole(
    wanted: Wanted, base: Values | None, theirs: Values | None, ours: Values | None, choices: Choices
) -> _Found:
    """A thing one side takes out: it clashes where the other has changed it."""
    if theirs == base:
        return wanted, ()
    found = clash(wanted.ident, wanted.base_version, "", base, theirs, ours, choices)
    return (wanted if found.chosen == OURS else None), (found,)


def _fields(
    ident: Ident, base: Values | None, theirs: Values, ours: Values, version: int, choices: Choices
) -> _Found:
    fields, clashes = dict[str, Any](), list[Clash]()
    for name, said in ours.items():
        now = theirs.get(name)
        if said == now or not _is_news(base, name, said):
            continue
        if _is_news(base, name, now):
            found = clash(ident, version, name, (base or {}).get(name), now, said, choices)
            clashes.append(found)
            if found.chosen != OURS:
                continue
        fields[name] = said
    return (Wanted(*ident, version, fields) if fields else None), tuple(clashes)


def _is_news(base: Values | None, name: str, value: Any) -> bool:
    """Whether a side has changed a field, or said something where nothing was."""
    if base is None:
        return value not in (None, "", [], ())
    return name not in base or value != base[name]
