"""A plan written back as a file a person likes to read and edit."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from strategy import texts
from strategy.document.flat import Things
from strategy.document.schema import (
    Goal,
    Indicator,
    Measure,
    Person,
    Responsible,
    Strategy,
    Subgoal,
    Target,
)

WIDTH = 100


def write(flat: Things, strategy_key: str) -> str:
    """The strategy `strategy_key` of `flat` as YAML; reading it gives the same things."""
    lines = [_HEADER]
    for name, value in parts(flat, strategy_key).items():
        lines += ["", *_comment(_ABOUT[name]), *field(name, value, "")]
    return "\n".join(lines) + "\n"


def parts(flat: Things, strategy_key: str) -> dict[str, Any]:
    """The strategy `strategy_key` of `flat` nested as the file nests it, without what says nothing."""
    plan = _Plan(flat)
    strategy = flat["strategy", strategy_key]
    return {
        "strategy": _fields(Strategy, strategy_key, strategy),
        **{name: strategy[name] for name in ("headings", "sections", "notes") if strategy[name]},
        "people": [_fields(Person, key, values) for key, values in plan.of("person")],
        "goals": [plan.goal(*row) for row in plan.of("goal")],
    }


def field(name: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of one field."""
    if isinstance(value, dict):
        yield f"{indent}{name}:"
        for inner, each in value.items():
            yield from field(inner, each, indent + "  ")
    elif isinstance(value, list | tuple):
        yield f"{indent}{name}:" if value else f"{indent}{name}: []"
        for number, each in enumerate(value):
            if number and name in APART:
                yield ""
            yield from item(each, indent + "  ")
    else:
        yield from scalar(f"{indent}{name}: ", value, indent + "  ")


def item(value: Any, indent: str) -> Iterator[str]:
    """The lines of one item of a list, from its dash."""
    if not isinstance(value, dict):
        yield from scalar(f"{indent}- ", value, indent + "  ")
        return
    rows = [row for name, each in value.items() if _is_said(each) for row in field(name, each, indent + "  ")]
    yield f"{indent}- {rows[0].lstrip()}"
    yield from rows[1:]


def scalar(start: str, value: Any, indent: str, *, in_quotes: bool = False) -> Iterator[str]:
    """A single value after `start`; where a text may not stand as a block, it is `in_quotes`."""
    if isinstance(value, bool):
        yield start + ("true" if value else "false")
    elif isinstance(value, int):
        yield start + str(value)
    elif isinstance(value, Decimal):
        yield start + f"{value.normalize():f}"
    elif isinstance(value, date):
        yield start + value.isoformat()
    elif isinstance(value, Enum):
        yield start + str(value)
    elif "\n" in value and not in_quotes and not _is_unsafe_in_block(value):
        yield f"{start}|-"
        yield from (indent + line if line else "" for line in value.split("\n"))
    else:
        yield from _quoted(start, value, indent)


class _Plan:
    """The things of a plan nested as the file nests them."""

    def __init__(self, flat: Things) -> None:
        self.under: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
        told = ((ident, values) for ident, values in flat.items() if ident[0] in _TOLD)
        for (kind, key), values in sorted(told, key=_place):
            parent = str(values.get(_PARENT.get(kind, ""), ""))
            self.under.setdefault((kind, parent), []).append((key, values))

    def of(self, kind: str, parent: str = "") -> list[tuple[str, dict[str, Any]]]:
        return self.under.get((kind, parent), [])

    def goal(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        subgoals = [self.subgoal(*row) for row in self.of("subgoal", key)]
        return _fields(Goal, key, values, indicators=self.indicators(key), subgoals=subgoals)

    def subgoal(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        measures = [self.measure(*row) for row in self.of("measure", key)]
        return _fields(Subgoal, key, values, indicators=self.indicators(key), measures=measures)

    def measure(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        shares = [_fields(Responsible, "", share) for _key, share in self.of("responsibility", key)]
        return _fields(Measure, key, values, responsible=shares, indicators=self.indicators(key))

    def indicators(self, owner: str) -> list[dict[str, Any]]:
        return [
            _fields(
                Indicator, key, values, targets=[_fields(Target, "", t) for _key, t in self.of("target", key)]
            )
            for key, values in self.of("indicator", owner)
        ]


def _place(row: tuple[tuple[str, str], dict[str, Any]]) -> tuple[Any, ...]:
    (_kind, key), values = row
    return values.get("order") or 0, values.get("due") or date.min, texts.natural(key)


def _fields(of: type[BaseModel], key: str, values: Mapping[str, Any], **lists: Any) -> dict[str, Any]:
    """The fields of one thing in the order of the schema, without those that say nothing."""
    said = {"key": key, **values, **lists}
    return {
        name: said[name]
        for name, field in of.model_fields.items()
        if name in said
        and (field.is_required() or name in _ALWAYS or said[name] not in (field.default, None, "", []))
    }


def _is_said(value: Any) -> bool:
    return value not in ("", None) and value not in ([], ())


def _quoted(start: str, text: str, indent: str) -> Iterator[str]:
    """The text in quotes, broken only at a single space between two words, so that it folds back the same."""
    words = _FOLD.split(_escaped(text))
    line = start + '"' + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent + word
        else:
            line += " " + word
    yield line + '"'


def _is_unsafe_in_block(text: str) -> bool:
    return bool(_UNSAFE_IN_BLOCK.search(text)) or not all(_is_shown(c) for c in text if c != "\n")


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(c) or (c if _is_shown(c) else _code(c)) for c in text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or character in _SHOWN_TOO


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _comment(text: str) -> list[str]:
    return [
        f"# {line}".rstrip() for part in text.split("\n") for line in textwrap.wrap(part, WIDTH - 2) or [""]
    ]


_TOLD = {"person", "goal", "subgoal", "measure", "responsibility", "indicator", "target"}
"""What the file tells beside the strategy itself; what people have said of it is not in it."""

_PARENT = {
    "subgoal": "goal",
    "measure": "subgoal",
    "responsibility": "measure",
    "indicator": "belongs_to",
    "target": "indicator",
}
APART = {"sections", "goals", "subgoals", "measures"}
"""The lists with a blank line between their items."""
_ALWAYS = {"kind", "part"}
_FOLD = re.compile(r"(?<=[^ ]) (?=[^ ])")
_UNSAFE_IN_BLOCK = re.compile(r" \n|\t")
"""Editors strip blanks at the end of a line, and turn tabs into spaces."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_SHOWN_TOO = "\u00a0\u00ad\u200c\u200d"
"""Not printable to Python, but ordinary in Norwegian text and in emoji."""
_HEADER = """\
# yaml-language-server: $schema=docs/strategy.schema.json
#
# STRATEGIEN OG HANDLINGSPLANEN SOM TEKST
#
# Slik endrer du planen:
# - Endre det som står etter kolon. La ordet foran kolon stå som det er.
# - Tekst står i anførselstegn: "slik". En lang tekst kan gå over flere linjer.
# - Datoer skrives år-måned-dag, som 2026-12-31. Desimaltall skrives med punktum, som 0.5.
# - Behold innrykket. Bruk mellomrom, aldri tabulator.
# - Et nytt punkt i ei liste begynner med «- ».
# - Endre aldri en nøkkel (key). Den holder historien sammen.
# - Linjer som begynner med #, er forklaringer. De blir ikke lest.
#
# Kontroller fila: python -m strategy check strategy.yaml
# Alle felt er forklart i docs/strategy-yaml.md."""
_ABOUT = {
    "strategy": """\
Hva strategien heter, og når den gjelder.
title og vision er vedtatt tekst. name er vårt kortnavn.""",
    "headings": "Trykte overskrifter som ikke hører til et avsnitt eller et mål.",
    "sections": "Teksten foran handlingsplanen, bokstav for bokstav.",
    "notes": "Våre merknader. De er ikke en del av det vedtatte dokumentet.",
    "people": """\
Rollene som kan ha ansvar. Skriv aldri navnet på en person.
«proposal: true» betyr at noe bare er et forslag.""",
    "goals": """\
Handlingsplanen: hovedmål (goals), delmål (subgoals) og tiltak (measures).
- printed og text er vedtatt tekst, bokstav for bokstav.
- name er vårt kortnavn til lister. Det er ikke vedtatt tekst.
- key på tiltakene er vår. Tiltakene har ikke nummer i dokumentet.
- kind er vår lesning: limited er et tiltak med en slutt, continuous er løpende arbeid.
- responsible er hvem som gjør hva, og indicators er hva som måles.
- Det som er merket «proposal: true», er forslag. Forslag teller ikke med.
- Et tiltak kan også ha start, due (frist) og decided_by (vedtak).""",
}
