"""The shape of a plan as text: which fields there are, what each may hold, and what each is for.

A thing's fields are those of its declaration in `things` that are edited in the file; here stand its key, the
lists it holds, and what is no thing of its own. The descriptions are bokmål: they stand in the published JSON
Schema, which an editor shows while one types.
"""

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    WithJsonSchema,
    create_model,
    model_validator,
)

from strategy import terms, texts, things
from strategy.document import values
from strategy.document.nodes import Node
from strategy.things import Shape, Where


class _Fields(BaseModel):
    """A group of fields; a field that may be left out may also stand empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if not _is_left_out(cls, name, value)}


def _is_left_out(of: type[BaseModel], name: str, value: Any) -> bool:
    found = of.model_fields.get(name)
    return bool(found and not found.is_required() and isinstance(value, Node) and value.is_empty)


def _text(limit: int = texts.LINE, *, is_line: bool = True, may_be_empty: bool = False) -> Any:
    reader = values.text(limit, is_line=is_line, may_be_empty=may_be_empty)
    shown = {"type": "string", "minLength": 0 if may_be_empty else 1, "maxLength": limit}
    return Annotated[str, BeforeValidator(reader), WithJsonSchema(shown)]


def _term(of: type[terms.Term]) -> Any:
    shown = {"type": "string", "enum": [str(term) for term in of]}
    return Annotated[of, BeforeValidator(values.word(of)), WithJsonSchema(shown)]


_KEY: Any = Annotated[
    str,
    BeforeValidator(values.key),
    WithJsonSchema({"type": "string", "maxLength": values.MAX_KEY, "pattern": values.KEY_PATTERN}),
]
_PLAIN: dict[type, Any] = {
    str: _KEY,
    bool: Annotated[bool, BeforeValidator(values.flag), WithJsonSchema({"type": "boolean"})],
    Decimal: Annotated[Decimal, BeforeValidator(values.number), WithJsonSchema({"type": "number"})],
    int: Annotated[int, BeforeValidator(values.whole), WithJsonSchema({"type": "integer"})],
    date: Annotated[
        date,
        BeforeValidator(values.day),
        WithJsonSchema({"type": "string", "format": "date", "pattern": values.DATE_PATTERN}),
    ],
}
"""How what is no text and no term is read; a text without a limit is a key."""


def _group(kind: str, key: str = "", first: Sequence[str] = (), name: str = "", **lists: Any) -> Any:
    """The group of fields of a kind of thing: its key, what stands `first`, all else, and its lists.

    `key` is what the key is for, empty where it is made of other fields.
    """
    edited = things.edited(kind, Where.FILE)
    names = [*first, *(each for each in edited if each not in first)]
    fields = {"key": (_KEY, Field(description=key))} if key else {}
    return _model(name or kind.title(), **fields, **{each: _field(kind, each) for each in names}, **lists)


def _field(kind: str, name: str) -> Any:
    """A field as it is declared; what has a default may be left out."""
    shape, of = things.shapes(kind)[name], things.KINDS[kind].of
    default = next(each.default for each in dataclasses.fields(of) if each.name == name)
    given = () if default is dataclasses.MISSING else (default,)
    return _read(things.types(kind)[name], shape, is_free=bool(given)), Field(
        *given, description=shape.description
    )


def _read(hint: Any, shape: Shape, *, is_free: bool) -> Any:
    """How what is annotated is read from the file."""
    if isinstance(hint, UnionType):
        return _read(things.plain(hint), shape, is_free=is_free) | None
    if shape.limit:
        return _text(shape.limit, is_line=shape.one_line, may_be_empty=is_free)
    return _term(hint) if issubclass(hint, terms.Term) else _PLAIN[hint]


def _many(of: Any, description: str) -> Any:
    """A list that may be left out."""
    return _each(of), Field((), description=description)


def _each(of: Any) -> Any:
    return tuple.__class_getitem__((of, ...))


def _model(name: str, /, **fields: Any) -> Any:
    return create_model(name, __base__=_Fields, **fields)


def _holds(of: Any) -> GetPydanticSchema:
    """Read a field as `of`, which is made here and so is no type to a type checker."""
    return GetPydanticSchema(lambda _source, handler: handler(of))


Point = _model(
    "Point",
    name=(
        _text(may_be_empty=True),
        Field("", description="Ordet punktet begynner med, slik det er trykt, for eksempel «Samle:»."),
    ),
    text=(
        _text(texts.PARAGRAPH, is_line=False),
        Field(description="Teksten i punktet, bokstav for bokstav."),
    ),
)
Section = _model(
    "Section",
    key=(_KEY, Field(description="Kort nøkkel for avsnittet. Den skal aldri endres.")),
    heading=(_text(), Field(description="Overskriften slik den er trykt.")),
    text=(
        _text(texts.DOCUMENT, is_line=False, may_be_empty=True),
        Field("", description="Teksten under overskriften, bokstav for bokstav."),
    ),
    points=_many(Point, "Kulepunktene under overskriften."),
)
Note = _model(
    "Note",
    about=(
        _text(may_be_empty=True),
        Field("", description="Nøkkelen til det merknaden gjelder. Tom når den gjelder hele dokumentet."),
    ),
    text=(
        _text(texts.PARAGRAPH, is_line=False),
        Field(description="Merknaden. Den er vår og ikke en del av det vedtatte dokumentet."),
    ),
)
Person = _group("person", "Kort nøkkel for rollen. Den skal aldri endres.")
Responsible = _group("responsibility", name="Responsible")
Target = _group("target")
Indicator = _group(
    "indicator",
    "Kort nøkkel for indikatoren. Den skal aldri endres.",
    ("name", "unit", "direction", "controllability", "frequency", "covers", "method", "source", "proposal"),
    targets=_many(Target, "Måltallene, ett for hver dato."),
)
Measure = _group(
    "measure",
    "Nøkkelen til tiltaket, for eksempel «1.2.1». Den skal aldri endres, heller ikke når tiltaket flyttes.",
    ("name", "text", "kind", "start", "due"),
    responsible=_many(Responsible, "Hvem som gjør hva med tiltaket."),
    indicators=_many(Indicator, "Indikatorene for tiltaket."),
)
Subgoal = _group(
    "subgoal",
    "Nøkkelen til delmålet, for eksempel «1.2». Den skal aldri endres.",
    indicators=_many(Indicator, "Indikatorene for delmålet."),
    measures=_many(Measure, "Tiltakene under delmålet."),
)
Goal = _group(
    "goal",
    "Nøkkelen til hovedmålet, for eksempel «1». Den skal aldri endres.",
    indicators=_many(Indicator, "Indikatorene for hovedmålet."),
    subgoals=_many(Subgoal, "Delmålene under hovedmålet."),
)
Strategy = _group("strategy", "Nøkkelen til hele strategien. Den skal aldri endres.")


class Document(_Fields):
    """A whole plan as its author wrote it."""

    strategy: Annotated[Any, _holds(Strategy)] = Field(
        description="Hva dokumentet heter, hvem det gjelder for og når."
    )
    headings: Annotated[tuple[str, ...], _holds(_each(_text()))] = Field(
        (), description="Trykte overskrifter som ikke hører til et avsnitt eller et mål."
    )
    sections: Annotated[tuple[Any, ...], _holds(_each(Section))] = Field(
        (), description="Teksten foran handlingsplanen, i dokumentets rekkefølge."
    )
    notes: Annotated[tuple[Any, ...], _holds(_each(Note))] = Field(
        (), description="Våre merknader til det vedtatte dokumentet."
    )
    people: Annotated[tuple[Any, ...], _holds(_each(Person))] = Field(
        (), description="Rollene som kan ha ansvar. Bare roller, aldri navn."
    )
    goals: Annotated[tuple[Any, ...], _holds(_each(Goal))] = Field(
        description="Hovedmålene med delmål og tiltak."
    )


LISTS: dict[str, type[BaseModel]] = {
    "sections": Section,
    "points": Point,
    "notes": Note,
    "people": Person,
    "goals": Goal,
    "subgoals": Subgoal,
    "measures": Measure,
    "responsible": Responsible,
    "indicators": Indicator,
    "targets": Target,
}
"""The fields that hold a list of groups of fields, and what such a group is."""

GROUPS: dict[str, type[BaseModel]] = {"": Document, "strategy": Strategy, **LISTS}
"""Every group of fields by the field it stands in; the whole file has none."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema that editors complete and check the plan by (`docs/strategy.schema.json`)."""
    schema = Document.model_json_schema()
    for group in (schema, *schema["$defs"].values()):
        group.pop("description", None)
        for name, field in group["properties"].items():
            _simplify(field, name in group.get("required", ()))
    schema["title"] = "Strategi og handlingsplan"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _simplify(field: dict[str, Any], is_required: bool) -> None:
    """Drop what pydantic adds, and let a field that may be left out stand empty, as the reader does."""
    field.pop("title", None)
    field.pop("default", None)
    if options := field.pop("anyOf", None):
        field.update(next(option for option in options if option != {"type": "null"}))
    if not is_required and "type" in field:
        field["type"] = [field["type"], "null"]
    if not is_required and "enum" in field:
        field["enum"] = [*field["enum"], None]
