"""The shape of a plan as text: which fields there are, what each may hold, and what each is for.

The descriptions are bokmål: they stand in the published JSON Schema, which an editor shows while one types.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from strategy import terms, texts
from strategy.document import values
from strategy.document.nodes import Node


def _text(limit: int, least: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "minLength": least, "maxLength": limit})


def _one_of(of: type[terms.Term]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [str(term) for term in of]})


Key = Annotated[
    str,
    BeforeValidator(values.key),
    WithJsonSchema({"type": "string", "maxLength": values.MAX_KEY, "pattern": values.KEY_PATTERN}),
]
Number = Annotated[Decimal, BeforeValidator(values.number), WithJsonSchema({"type": "number"})]
Day = Annotated[
    date,
    BeforeValidator(values.day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": values.DATE_PATTERN}),
]
Flag = Annotated[bool, BeforeValidator(values.flag), WithJsonSchema({"type": "boolean"})]

_line, _paragraph = values.text(texts.LINE, is_line=True), values.text(texts.PARAGRAPH)
Line = Annotated[str, BeforeValidator(_line), _text(texts.LINE, 1)]
Paragraph = Annotated[str, BeforeValidator(_paragraph), _text(texts.PARAGRAPH, 1)]
MaybeLine = Annotated[
    str, BeforeValidator(values.text(texts.LINE, is_line=True, may_be_empty=True)), _text(texts.LINE, 0)
]
MaybeParagraph = Annotated[
    str, BeforeValidator(values.text(texts.PARAGRAPH, may_be_empty=True)), _text(texts.PARAGRAPH, 0)
]
MaybeDocument = Annotated[
    str, BeforeValidator(values.text(texts.DOCUMENT, may_be_empty=True)), _text(texts.DOCUMENT, 0)
]

Kind = Annotated[terms.Kind, BeforeValidator(values.word(terms.Kind)), _one_of(terms.Kind)]
Part = Annotated[terms.Part, BeforeValidator(values.word(terms.Part)), _one_of(terms.Part)]
Direction = Annotated[
    terms.Direction, BeforeValidator(values.word(terms.Direction)), _one_of(terms.Direction)
]
Controllability = Annotated[
    terms.Controllability,
    BeforeValidator(values.word(terms.Controllability)),
    _one_of(terms.Controllability),
]
Frequency = Annotated[
    terms.Frequency, BeforeValidator(values.word(terms.Frequency)), _one_of(terms.Frequency)
]


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


class Point(_Fields):
    name: MaybeLine = Field(
        "", description="Ordet punktet begynner med, slik det er trykt, for eksempel «Samle:»."
    )
    text: Paragraph = Field(description="Teksten i punktet, bokstav for bokstav.")


class Section(_Fields):
    key: Key = Field(description="Kort nøkkel for avsnittet. Den skal aldri endres.")
    heading: Line = Field(description="Overskriften slik den er trykt.")
    text: MaybeDocument = Field("", description="Teksten under overskriften, bokstav for bokstav.")
    points: tuple[Point, ...] = Field((), description="Kulepunktene under overskriften.")


class Note(_Fields):
    about: MaybeLine = Field(
        "", description="Nøkkelen til det merknaden gjelder. Tom når den gjelder hele dokumentet."
    )
    text: Paragraph = Field(description="Merknaden. Den er vår og ikke en del av det vedtatte dokumentet.")


class Person(_Fields):
    key: Key = Field(description="Kort nøkkel for rollen. Den skal aldri endres.")
    title: Line = Field(description="Rollen, for eksempel «Generalsekretær». Skriv aldri navn på en person.")
    proposal: Flag = Field(False, description="true når rollen bare er et forslag.")


class Responsible(_Fields):
    person: Key = Field(description="Nøkkelen til en rolle under people.")
    part: Part = Field(
        terms.Part.RESPONSIBLE,
        description="responsible (ansvarlig), contributor (medansvarlig) eller reviewer (kvalitetssikrer).",
    )
    since: Day | None = Field(None, description="Første dag rollen har ansvaret.")
    until: Day | None = Field(None, description="Dagen ansvaret er slutt. Denne dagen er ikke med.")
    proposal: Flag = Field(False, description="true når fordelingen bare er et forslag.")


class Target(_Fields):
    due: Day = Field(description="Dagen måltallet skal være nådd.")
    value: Number = Field(description="Måltallet.")
    example: Flag = Field(
        False, description="true når måltallet er et oppdiktet eksempel. Eksempler teller aldri."
    )


class Indicator(_Fields):
    key: Key = Field(description="Kort nøkkel for indikatoren. Den skal aldri endres.")
    name: Line = Field(description="Hva som måles.")
    unit: Line = Field(description="Enheten, for eksempel «antall» eller «%».")
    direction: Direction = Field(
        description="up (øke), down (redusere), hold (holde nivået), yes_no (ja eller nei) "
        "eller follow (følges uten mål)."
    )
    controllability: Controllability = Field(
        description="Hvor mye som er i egne hender: high (høy), medium (middels) eller low (lav)."
    )
    frequency: Frequency = Field(
        description="Hvor ofte det måles: quarter (kvartal), half_year (halvår), year (år), "
        "event (arrangement), election_year (valgår) eller external (når kilden publiserer)."
    )
    method: MaybeParagraph = Field("", description="Hvordan tallet blir til.")
    source: MaybeLine = Field("", description="Hvor tallet hentes fra.")
    proposal: Flag = Field(False, description="true når indikatoren bare er et forslag.")
    baseline: Number | None = Field(None, description="Nullpunktet: verdien før arbeidet begynte.")
    baseline_on: Day | None = Field(None, description="Dagen nullpunktet gjelder for.")
    band: Number | None = Field(
        None, description="Hvor langt fra måltallet verdien kan være når retningen er hold."
    )
    targets: tuple[Target, ...] = Field((), description="Måltallene, ett for hver dato.")


class Measure(_Fields):
    key: Key = Field(
        description="Nøkkelen til tiltaket, for eksempel «1.2.1». "
        "Den skal aldri endres, heller ikke når tiltaket flyttes."
    )
    name: Line = Field(description="Kort navn til lister. Det er vårt og ikke vedtatt tekst.")
    text: Paragraph = Field(description="Den vedtatte teksten, bokstav for bokstav.")
    kind: Kind = Field(
        terms.Kind.LIMITED,
        description="limited (tidsavgrenset) eller continuous (løpende). Det er vår lesning.",
    )
    start: Day | None = Field(None, description="Dagen arbeidet begynner.")
    due: Day | None = Field(None, description="Fristen.")
    weight: Number = Field(
        Decimal(1), description="Hvor mye tiltaket teller i delmålet. 1 når ikke noe annet står."
    )
    decided_by: MaybeLine = Field(
        "", description="Vedtaket som fristen eller tiltaket bygger på, for eksempel «Styresak 12/2025»."
    )
    responsible: tuple[Responsible, ...] = Field((), description="Hvem som gjør hva med tiltaket.")
    indicators: tuple[Indicator, ...] = Field((), description="Indikatorene for tiltaket.")


class Subgoal(_Fields):
    key: Key = Field(description="Nøkkelen til delmålet, for eksempel «1.2». Den skal aldri endres.")
    printed: Line = Field(description="Nummeret slik det er trykt i det vedtatte dokumentet.")
    text: Paragraph = Field(description="Den vedtatte teksten, bokstav for bokstav.")
    weight: Number = Field(
        Decimal(1), description="Hvor mye delmålet teller i hovedmålet. 1 når ikke noe annet står."
    )
    indicators: tuple[Indicator, ...] = Field((), description="Indikatorene for delmålet.")
    measures: tuple[Measure, ...] = Field((), description="Tiltakene under delmålet.")


class Goal(_Fields):
    key: Key = Field(description="Nøkkelen til hovedmålet, for eksempel «1». Den skal aldri endres.")
    printed: Line = Field(description="Nummeret slik det er trykt i det vedtatte dokumentet.")
    text: Paragraph = Field(description="Den vedtatte teksten, bokstav for bokstav.")
    name: Line = Field(description="Kort navn til menyer og kort. Det er vårt og ikke vedtatt tekst.")
    weight: Number = Field(
        Decimal(1), description="Hvor mye hovedmålet teller i helheten. 1 når ikke noe annet står."
    )
    indicators: tuple[Indicator, ...] = Field((), description="Indikatorene for hovedmålet.")
    subgoals: tuple[Subgoal, ...] = Field((), description="Delmålene under hovedmålet.")


class Strategy(_Fields):
    key: Key = Field(description="Nøkkelen til hele strategien. Den skal aldri endres.")
    organisation: Line = Field(description="Organisasjonen strategien gjelder for.")
    title: Line = Field(description="Tittelen slik den er trykt på dokumentet.")
    name: Line = Field(description="Kort navn. Det er vårt og ikke vedtatt tekst.")
    start: Day = Field(description="Første dag i perioden.")
    end: Day = Field(description="Siste dag i perioden.")
    vision: Paragraph = Field(description="Visjonen, bokstav for bokstav.")


class Document(_Fields):
    """A whole plan as its author wrote it."""

    strategy: Strategy = Field(description="Hva dokumentet heter, hvem det gjelder for og når.")
    headings: tuple[Line, ...] = Field(
        (), description="Trykte overskrifter som ikke hører til et avsnitt eller et mål."
    )
    sections: tuple[Section, ...] = Field(
        (), description="Teksten foran handlingsplanen, i dokumentets rekkefølge."
    )
    notes: tuple[Note, ...] = Field((), description="Våre merknader til det vedtatte dokumentet.")
    people: tuple[Person, ...] = Field((), description="Rollene som kan ha ansvar. Bare roller, aldri navn.")
    goals: tuple[Goal, ...] = Field(description="Hovedmålene med delmål og tiltak.")


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
