"""The rules of a measure's frame, of who answers for it, and of its tags."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from strategy import texts
from strategy.i18n import _, mark
from strategy.record.around import Around
from strategy.record.rules.rule import NO_MEASURE, NO_ROLE, Rules, Told, halves, in_plan
from strategy.record.wanted import Values
from strategy.things import Measure, Responsibility, Tagging, Where, edited

MOST_TAGS = 20


def measure_flaws(measure: Measure, _around: Around) -> Iterator[Told]:
    """A measure has a short name, and begins before it is due."""
    if not measure.name:
        yield "name", _("Tiltaket må ha et kortnavn.")
    for name, day in (("start", measure.start), ("due", measure.due)):
        if day and not 1900 <= day.year <= 2200:
            yield name, _("Datoen kan ikke brukes.")
    if measure.start and measure.due and measure.due < measure.start:
        yield "due", _("Fristen er før tiltaket begynner.")


def responsibility_flaws(held: Responsibility, _around: Around) -> Iterator[Told]:
    """A responsibility lasts a day at least."""
    if held.since and held.until and held.since >= held.until:
        yield "until", _("Ansvaret er slutt før det begynner. Velg en senere sluttdato.")


def tagging_normal(tagging: Tagging) -> Tagging:
    """Each tag stands once, whatever its case."""
    found = {texts.folded(tag): tag for tag in reversed(tagging.tags) if tag}
    return replace(tagging, tags=tuple(reversed(found.values())))


def tagging_flaws(tagging: Tagging, _around: Around) -> Iterator[Told]:
    """A measure has no more tags than anybody reads."""
    if len(tagging.tags) > MOST_TAGS:
        yield "tags", _("Et tiltak kan ha {n} stikkord.").format(n=MOST_TAGS)


def _parties(raw: Values, around: Around) -> Iterator[Told]:
    yield from in_plan("measure", raw["measure"], around, NO_MEASURE)
    yield from in_plan("person", raw["person"], around, NO_ROLE, "person")


def _last(raw: Values, around: Around) -> Values:
    if "order" in raw:
        return {}
    beside = around.all("responsibility", measure=raw["measure"])
    return {"order": 1 + max((held.order for held in beside), default=0)}


RULES: Mapping[str, Rules] = {
    "measure": Rules(
        NO_MEASURE,
        flaws=measure_flaws,
        only=edited("measure", Where.APP),
    ),
    "responsibility": Rules(
        mark("Fant ikke ansvaret. Kanskje er det allerede tatt bort."),
        named=halves("measure", "person"),
        stands_on=_parties,
        begun=_last,
        flaws=responsibility_flaws,
    ),
    "tagging": Rules(
        NO_MEASURE,
        stands_on=lambda raw, around: in_plan("measure", raw["key"], around, NO_MEASURE),
        normal=tagging_normal,
        flaws=tagging_flaws,
        is_nothing=lambda tagging: not tagging.tags,
    ),
}
