"""The annual report (årsmelding): its outline from one year's facts, with every gap said as a gap."""

from collections.abc import Iterator

from strategy import dates
from strategy.exports.annual import chapters, indicator_tables, lessons, sources, summary
from strategy.exports.annual.facts import Year
from strategy.exports.outline import (
    Block,
    Bullets,
    Contents,
    Heading,
    Line,
    Outline,
    PageBreak,
    Run,
    Style,
    body,
    line,
)
from strategy.i18n import SOURCE_LANGUAGE, _

LANGUAGES = {SOURCE_LANGUAGE: "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def outline(year: Year, language: str = SOURCE_LANGUAGE) -> Outline:
    """The whole report of `year`, in the language being spoken; `language` is that one's code."""
    strategy = year.end.strategy
    title = _("Årsmelding {year}").format(year=year.number)
    return Outline(
        title,
        strategy.organisation,
        strategy.name,
        LANGUAGES[language],
        year.made_on,
        f"{strategy.organisation} · {title}",
        " · ".join(_marks(year)),
        tuple(_blocks(year, title)),
    )


def _blocks(year: Year, title: str) -> Iterator[Block]:
    yield from _cover(year, title)
    yield PageBreak()
    yield Contents(_("Innhold"))
    yield from summary.of_year(year)
    yield from _vision(year)
    for goal in year.end.goals:
        yield from chapters.of_goal(year, goal)
    yield from lessons.of_year(year)
    yield from indicator_tables.appendix(year)
    yield from sources.appendix(year)


def _marks(year: Year) -> Iterator[str]:
    if not year.is_over:
        yield _("Per {day}").format(day=dates.day(year.day))
    if year.end.example:
        yield example()


def example() -> str:
    """What everything made from the example says."""
    return _("Eksempeldata – oppdiktet")


def _cover(year: Year, title: str) -> Iterator[Block]:
    strategy = year.end.strategy
    yield body(strategy.organisation, style=Style.ORGANISATION)
    yield body(title, style=Style.TITLE)
    yield body(strategy.name, style=Style.SUBTITLE)
    if strategy.vision:
        yield body(strategy.vision, style=Style.VISION)
    yield body(_held_for(year), style=Style.DATE)
    yield body(_("Laget {day}").format(day=dates.long_day(year.made_on)), style=Style.DATE)
    if year.end.example:
        yield body(example(), style=Style.MARK)


def _held_for(year: Year) -> str:
    if year.is_over:
        return _("1. januar–31. desember {year}").format(year=year.number)
    return _("Per {day}. Året er ikke over.").format(day=dates.long_day(year.day))


def _vision(year: Year) -> Iterator[Block]:
    strategy = year.end.strategy
    yield Heading(1, _("Visjon og verdier"), "visjon")
    if strategy.vision:
        yield body(strategy.vision, style=Style.VISION)
    for section in strategy.sections:
        yield Heading(2, section["heading"], f"avsnitt-{section['key']}")
        if section.get("text"):
            yield body(section["text"])
        if points := section.get("points"):
            yield Bullets(tuple(map(_point, points)))


def _point(point: dict[str, str]) -> Line:
    name = point.get("name")
    return line(*([Run(f"{name} ", strong=True)] if name else []), point["text"])
