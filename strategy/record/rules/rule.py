"""What is judged of a kind of thing: which functions hold its rules, and what holds for every field alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin

from strategy import texts, things
from strategy.access import Actor, Verb, may, require
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.record import saving
from strategy.record.around import Around, Stored
from strategy.record.wanted import Values, Wanted

Told = tuple[str, str]
"""A field, empty for the whole, and in a sentence what is wrong with it."""


def _plan(actor: Actor, _raw: Values, _around: Stored) -> None:
    require(actor, Verb.PLAN)


def may_meet(actor: Actor, _raw: Values, _around: Stored) -> None:
    """Raise `NotAllowed` for who may not make a board meeting."""
    require(actor, Verb.MEET)


def _nothing(*_asked: Any) -> Iterator[Any]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one kind; `raw` is what is said on top of what stands, with its key and not yet judged.

    `may` raises `NotAllowed`, and sees only what is said. `named` is what the key says. `needs` has a
    sentence for each field that may not be empty, `stands_on` tells what must be there and is not, `missing`
    that the thing itself is not, so that it cannot be changed. `begun` is what a new thing says where nothing
    is said of it, `follows` what is never said but follows from the rest, `normal` what follows by itself.
    `locks` tells of an edit, or a taking out, that cannot be made of what stands; `flaws` all that is wrong
    with what it would be, `doubts` what looks wrong in a field that changes, until whoever wants it is sure.
    `left_out` says of a field that `normal` has emptied it. `only` are the fields that may be wanted, where
    not all may, `corrected` those of a correction. What `is_whole` is never merged with what others have
    saved since. A new one that `is_nothing` is none. `brings` is what else is so, in the same change, once a
    thing is saved.
    """

    missing: str
    may: Callable[[Actor, Values, Stored], None] = _plan
    named: Callable[[str], Values] = lambda _key: {}
    needs: Mapping[str, str] = field(default_factory=dict)
    stands_on: Callable[[Values, Around], Iterator[Told]] = _nothing
    begun: Callable[[Values, Around], Values] = lambda _raw, _around: {}
    follows: Callable[[Values, Around], Values] = lambda _raw, _around: {}
    normal: Callable[[Any], Any] = lambda thing: thing
    locks: Callable[[Wanted, Any, Around], Iterator[Told]] = _nothing
    flaws: Callable[[Any, Around], Iterator[Told]] = _nothing
    doubts: Callable[[Any, Around], Iterator[Told]] = _nothing
    left_out: str = ""
    only: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    is_whole: bool = False
    is_nothing: Callable[[Any], bool] = lambda _thing: False
    brings: Callable[[Any, Around], Iterator[Wanted]] = _nothing


def may_report(actor: Actor, measure: str, around: Stored) -> None:
    """Raise `NotAllowed` for who may report neither on anything nor on this measure."""
    if not may(actor, Verb.REPORT):  # else nobody need be looked up
        require(
            actor,
            Verb.REPORT,
            saving.responsible(around.session, around.strategy, measure, around.today),
        )


def whole(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """All that a form says of a thing: what it leaves out is said to be as in nothing."""
    return {**things.defaults(kind), **said}


def unfit(kind: str, said: Values) -> Iterator[Told]:
    """The fields that hold what their type cannot."""
    for name, value in said.items():
        if not _fits(value, things.types(kind)[name]):
            empty, strange = _("Dette kan ikke stå tomt."), _("«{value}» kan ikke brukes her.")
            yield name, empty if value is None else strange.format(value=str(value)[:80])


def cleaned(kind: str, said: Values) -> tuple[dict[str, Any], list[Told]]:
    """The fields with their texts as they are kept, and what is wrong with these; a faulty one is as it came.

    How long each may be and whether it holds one line, its declaration says.
    """
    found, flaws = dict[str, Any](), list[Told]()
    for name, value in said.items():
        shape = things.shapes(kind)[name]
        parts = [value] if isinstance(value, str) else list(value or ()) if shape.limit else []
        wrong = next(filter(None, map(shape.flaw, parts)), "") if shape.limit else ""
        if wrong:
            flaws.append((name, _("{field}: {flaw}").format(field=shape.refused, flaw=wrong)))
        if isinstance(value, str):
            found[name] = texts.normal(value) if shape.limit and not wrong else value
        elif isinstance(value, tuple | list | set | frozenset):
            found[name] = tuple(texts.normal(part) if shape.limit and not wrong else part for part in value)
        else:
            found[name] = value
    return found, flaws


def in_plan(kind: str, key: str, around: Around, sentence: str, field: str = "") -> Iterator[Told]:
    """Tell by `sentence`, which takes the key, that a thing is not there."""
    if around.thing(kind, key) is None:
        yield field, _(sentence).format(key=key)


def last(kind: str, *beside: str) -> Callable[[Values, Around], Values]:
    """What is new stands after those of its kind that have the same in the fields `beside`."""

    def begun(raw: Values, around: Around) -> Values:
        if "order" in raw:
            return {}
        others = around.all(kind, **{name: raw[name] for name in beside})
        return {"order": 1 + max((other.order for other in others), default=0)}

    return begun


def halves(first: str, last: str) -> Callable[[str], Values]:
    """What a key says that is put together of two, as `measure@person`."""

    def named(key: str) -> Values:
        one, _at, other = key.partition("@")
        return {first: one, last: other}

    return named


NO_INDICATOR = mark("Fant ikke indikatoren «{key}» i planen.")
NO_MEASURE = mark("Fant ikke tiltaket «{key}» i planen.")
NO_ROLE = mark("Fant ikke rollen «{key}» i planen.")
NO_THING = mark("Fant ikke «{key}» i planen. Kanskje er det tatt ut siden du åpnet siden.")


def number(field: str, value: Decimal | None) -> Iterator[Told]:
    """A number must be one that any file and database can keep."""
    try:
        saving.check_number(value, field)
    except BadInput as refusal:
        yield field, str(refusal)


def year(field: str, value: int) -> Iterator[Told]:
    """A year must be one of ours."""
    try:
        saving.check_year(value)
    except BadInput as refusal:
        yield field, str(refusal)


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of the type a field is annotated with."""
    if isinstance(hint, UnionType):
        return any(_fits(value, part) for part in get_args(hint))
    if get_origin(hint) is tuple:
        is_many = isinstance(value, tuple | list | set | frozenset)
        return is_many and all(_fits(part, get_args(hint)[0]) for part in value)
    if isinstance(value, bool | datetime) and hint in (int, date):
        return False
    return isinstance(value, hint)
