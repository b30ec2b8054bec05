"""The indicators in the annual report: what was measured against what was wanted, drawn, and how."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from strategy import dates, indicators
from strategy.exports.annual.facts import Year
from strategy.exports.outline import (
    Block,
    Heading,
    Line,
    Picture,
    Point,
    Run,
    Style,
    Table,
    Trend,
    Trends,
    body,
    line,
)
from strategy.i18n import _, plural
from strategy.snapshot import Goal, Indicator, IndicatorValue, Strategy
from strategy.terms import Direction, Quality
from strategy.values import Day, Mark, Phrase, Unknown, Value, phrase, source

IN_A_PICTURE = 4
AT_MOST = 12
"""How many of a goal's indicators are drawn; the rest stand in its table."""


def of_goal(year: Year, goal: Goal) -> Iterator[Block]:
    """The indicators of a main goal, its subgoals and measures: a table, and those that can be drawn."""
    found = tuple(map(year.indicator, goal.all_indicators))
    yield Heading(2, _("Indikatorer for hovedmål {key}").format(key=goal.key), f"indikatorer-{goal.key}")
    if not found:
        yield body(_("Hovedmålet har ingen indikatorer."), style=Style.NOTE)
        return
    caption = _("Indikatorene for hovedmål {key}").format(key=goal.key)
    header = (
        _("Indikator"),
        _("Nullpunkt"),
        str(year.number - 1),
        str(year.number),
        _("Måltall"),
        _("Vurdering"),
    )
    yield Table(caption, header, tuple(_row(year, i) for i in found), (30, 14, 14, 15, 14, 13))
    yield from _pictures(year, goal, found)


def reached(year: Year) -> Iterator[Line]:
    """The indicators whose newest number this year is at its target, as one sentence."""
    wanted = [i for i in year.indicators if indicators.target(i, year.day)]
    names = [said for i in wanted if (said := _reached(i, year))]
    if names:
        said = plural(
            "{n} av {all} indikatorer med måltall har nådd det: {names}.",
            "{n} av {all} indikatorer med måltall har nådd det: {names}.",
            len(names),
        )
        yield line(said.format(all=len(wanted), names="; ".join(names)))


def appendix(year: Year) -> Iterator[Block]:
    """How each indicator is measured and judged."""
    yield Heading(1, _("Vedlegg 1: Slik måles indikatorene"), "metode")
    if not year.indicators:
        yield body(_("Planen har ingen indikatorer."))
    header = (_("Indikator"), _("Målemetode"), _("Kilde og hyppighet"), _("Slik vurderes den"))
    for goal in year.end.goals:
        if found := tuple(map(year.indicator, goal.all_indicators)):
            caption = _("Målemetode og kilde for indikatorene under hovedmål {key}").format(key=goal.key)
            yield Table(caption, header, tuple(_method(i, year.day) for i in found), (25, 27, 22, 26))
    if any(_ahead(i, year.day) for i in year.indicators):
        form = _(
            "En prognose er en rett linje gjennom målingene som tåler at én avviker (Theil–Sen). Den trenger "
            "tre målinger, og «trolig» er den midterste halvdelen av det som er ventet."
        )
        yield body(form, style=Style.NOTE)


def _row(year: Year, indicator: Indicator) -> tuple[Line, ...]:
    last_year, day = year.number - 1, year.day
    before = indicators.measured_in(indicator, last_year, day) or indicators.answered(indicator, last_year)
    return (
        named(indicator),
        baseline(indicator),
        _value(indicator, before, _missing(indicator, last_year, year.made_on)),
        _this_year(indicator, year),
        aim(indicator, day),
        line(marked(indicator, day)),
    )


def named(indicator: Indicator) -> Line:
    """What it belongs to and its name, marked where it is a proposal."""
    proposed = _(" (forslag)") if indicator.proposal else ""
    return line(Run(f"{indicator.belongs_to} ", strong=True), indicator.name + proposed)


def baseline(indicator: Indicator) -> Line:
    """The value it began with, and its day."""
    if indicator.baseline is None:
        return line(Unknown(_("Ikke målt")), source=source(indicator))
    when = ("\n", Day(indicator.baseline_on)) if indicator.baseline_on else ()
    return line((indicators.quantity(indicator, indicator.baseline), *when), source=source(indicator))


def _value(indicator: Indicator, value: IndicatorValue | None, missing: str) -> Line:
    """The value, with its period where that is not the whole year, and whether it is preliminary.

    Where there is none, what is `missing`.
    """
    if value is None:
        return line(Unknown(missing), source=source(indicator))
    said: list[Value] = [indicators.measured(indicator, value)]
    if value.quality is not Quality.NOT_MEASURED and len(value.period) > 4:
        said += ["\n", dates.period_label(value.period)]
    if value.quality is Quality.PRELIMINARY:
        said += ["\n", _("foreløpig")]
    return line(tuple(said), source=source(value))


def _this_year(indicator: Indicator, year: Year) -> Line:
    counted = indicators.measured_in(indicator, year.number, year.day)
    running = None if year.is_over else indicators.so_far(indicator, year.day)
    if running is None:
        missing = _missing(indicator, year.number, year.made_on)
        return _value(indicator, counted or indicators.answered(indicator, year.number), missing)
    so_far = (*line(_("hittil ")), *_value(indicator, running, ""))
    return (*_value(indicator, counted, ""), Run("\n"), *so_far) if counted else so_far


def _missing(indicator: Indicator, year: int, today: date) -> str:
    """That it was not measured, or that it is not to be, or not yet."""
    if indicators.is_due(indicator, year, today):
        return _("Ikke målt")
    if not indicator.frequency.is_year_of(year):
        return _("Måles ikke i {year}").format(year=year)
    return _("Måles etter {day}").format(day=dates.day(_first_end(indicator, year)))


def _first_end(indicator: Indicator, year: int) -> date:
    span = indicator.frequency.span or dates.Span.YEAR
    return dates.period_end(span.named(year)[0])


def latest(indicator: Indicator, day: date) -> Line:
    """The newest value that counts on `day`, with its period."""
    value = indicators.latest(indicator, day)
    year = line(f"\n{value.period}") if value and len(value.period) == 4 else ()
    return (*_value(indicator, value, indicators.unmeasured_said(indicator, day)), *year)


def aim(indicator: Indicator, day: date) -> Line:
    """What it should be next, and by when."""
    if indicator.direction is Direction.FOLLOW:
        return line("–")
    if found := indicators.target(indicator, day):
        wanted = indicators.quantity(indicator, found.value)
        return line((wanted, "\n", *_by(found.due)), source=source(found))
    level = indicators.expected(indicator, day) if indicator.direction is Direction.HOLD else None
    known = Unknown(_("Ikke satt")) if level is None else indicators.quantity(indicator, level)
    return line(known, source=source(indicator))


def _by(due: date) -> Phrase:
    """«innen 2028» for a whole year, else the day."""
    whole = due == date(due.year, 12, 31)
    return phrase(_("innen {when}"), when=str(due.year) if whole else Day(due))


def marked(indicator: Indicator, day: date) -> Run:
    """The mark it may carry and its word; a proposal has none."""
    if indicator.proposal:
        return Run(_("Forslag"))
    if not indicators.is_coloured(indicator):
        return Run(_("Følges"))
    found = indicators.mark(indicator, day)
    word = _("Gammel måling") if indicators.is_outdated(indicator, day) else found.label
    return Run(Mark(found, word), source=source(indicator))


def _reached(indicator: Indicator, year: Year) -> str:
    """«Medlemmer» (228, måltall 220), where it is so."""
    value, aim = (
        indicators.measured_in(indicator, year.number, year.day),
        indicators.target(indicator, year.day),
    )
    number = indicators.number(indicator, value) if value else None
    if aim is None or number is None or indicator.direction in _NEVER_REACHED:
        return ""
    if number > aim.value if indicator.direction is Direction.DOWN else number < aim.value:
        return ""
    return _("«{name}» ({value}, måltall {aim} for {year})").format(
        name=indicator.name,
        value=indicators.amount(indicator, number),
        aim=indicators.amount(indicator, aim.value),
        year=aim.due.year,
    )


_NEVER_REACHED = (Direction.HOLD, Direction.FOLLOW)


def _pictures(year: Year, goal: Goal, found: tuple[Indicator, ...]) -> Iterator[Block]:
    strategy = year.end.strategy
    drawn = [(i, trend) for i in found if (trend := _trend(i, strategy, year.day))]
    if len(drawn) > AT_MOST:
        said = _("{n} av {all} indikatorer er tegnet, de med størst avvik først. Alle står i tabellen.")
        yield body(said.format(n=AT_MOST, all=len(drawn)), style=Style.NOTE)
        drawn = sorted(drawn, key=lambda pair: indicators.mark(pair[0], year.day).rank)[:AT_MOST]
    parts = [drawn[n : n + IN_A_PICTURE] for n in range(0, len(drawn), IN_A_PICTURE)]
    for number, part in enumerate(parts, 1):
        caption = _("Indikatorene for hovedmål {key}: målt (hel linje) mot ventet (stiplet linje)").format(
            key=goal.key
        )
        which = _(", del {n} av {all}").format(n=number, all=len(parts)) if len(parts) > 1 else ""
        chart = Trends(tuple(t for _i, t in part), strategy.start.year, strategy.end.year)
        alt = " ".join(f"{i.name}: {indicators.sentence(i, year.day)}" for i, _t in part)
        yield Picture(chart, caption + which, alt)
        if ahead := [f"{i.name}: {coming.sentence}" for i, _t in part if (coming := _ahead(i, year.day))]:
            yield body(" ".join(ahead), style=Style.NOTE)


def _ahead(indicator: Indicator, day: date) -> indicators.Forecast | None:
    """Where it is heading on the day of its last target, as its sentence says too."""
    aims = indicators.targets(indicator)
    return indicators.forecast(indicator, aims[-1].due, day) if aims else None


def _trend(indicator: Indicator, strategy: Strategy, day: date) -> Trend | None:
    """The indicator as lines, where there is something to see: two numbers, or one and what was expected."""
    start, end = date(strategy.start.year - 1, 12, 31), date(strategy.end.year, 12, 31)
    values = [(v.measured_on, v.value) for v in indicators.series(indicator, day) if v.value is not None]
    values = [(on, number) for on, number in values if start <= on <= end]
    expected = _expected(indicator, start, end)
    if (
        indicator.proposal
        or indicator.direction is Direction.YES_NO
        or len(values) + bool(expected) < 2
        or not values
    ):
        return None
    return Trend(
        indicator.name,
        _finding(indicator, day),
        _points(values),
        _points(expected),
        indicators.amount(indicator, values[-1][1]),
        _aim(indicator, expected),
        indicator.direction is Direction.HOLD,
    )


def _aim(indicator: Indicator, expected: list[tuple[date, Decimal]]) -> str:
    """What the line ends at: the last target by its year, or the level that is held."""
    if not expected:
        return ""
    if aims := indicators.targets(indicator):
        return indicators.aim(indicator, aims[-1])
    return _("mål {value}").format(value=indicators.amount(indicator, expected[-1][1]))


def _expected(indicator: Indicator, start: date, end: date) -> list[tuple[date, Decimal]]:
    """The corners of the line it should follow, from edge to edge of the chart."""
    corners = {start, end, indicator.baseline_on, *(t.due for t in indicators.targets(indicator))}
    days = sorted(day for day in corners if day and start <= day <= end)
    found = ((day, indicators.expected(indicator, day)) for day in days)
    return [(day, number) for day, number in found if number is not None]


def _points(pairs: list[tuple[date, Decimal]]) -> tuple[Point, ...]:
    return tuple(Point(day, float(number)) for day, number in pairs)


def _finding(indicator: Indicator, day: date) -> str:
    mark = marked(indicator, day).text
    trend = indicators.trend(indicator, day)
    return f"{mark}\n{trend.sentence if trend else _('én måling')}"


def _method(indicator: Indicator, day: date) -> tuple[Line, ...]:
    unit = f"\n{indicator.unit}" if indicator.unit else ""
    source = indicator.source or _("Ingen kilde oppgitt")
    return (
        (*named(indicator), Run(unit)),
        line(indicator.method or _("Ikke beskrevet")),
        line(f"{source}\n{indicator.frequency.label}"),
        line(_judged(indicator, day)),
    )


def _judged(indicator: Indicator, day: date) -> str:
    """How the expected value and the attainment come about, with their numbers."""
    if indicator.proposal:
        return _("Forslag, ikke vedtatt. Teller ikke i noen tall.")
    if indicator.direction is Direction.FOLLOW:
        return _("Følges uten måltall, og vurderes ikke.")
    said = [_line_of(indicator, day)]
    share = indicators.attainment(indicator, day)
    if share is not None and indicator.direction in (Direction.UP, Direction.DOWN):
        said.append(_come(share))
    if not indicators.is_coloured(indicator):
        said.append(_("Ute av våre hender, og får derfor ingen farge."))
    return " ".join(said)


def _come(share: float) -> str:
    if share < 0:
        return _("Lenger unna siste måltall enn nullpunktet.")
    return _("Kommet {share} av veien til siste måltall.").format(share=dates.percent(share))


def _line_of(indicator: Indicator, day: date) -> str:
    if indicator.direction is Direction.YES_NO:
        return _("Ja eller nei; vurderes mot måltallet når fristen er ute.")
    level = indicators.expected(indicator, day)
    if level is None:
        return _("Uten nullpunkt og måltall med dato er det ikke noe å vurdere mot.")
    if indicator.direction is Direction.HOLD:
        form = _("Skal holdes på {level}, med {band} i slingringsmonn.")
        return form.format(
            level=indicators.amount(indicator, level),
            band=indicators.amount(indicator, indicators.band(indicator, level)),
        )
    form = _("{way} langs rett linje mellom nullpunkt og måltall. Ventet {day}: {level}.")
    return form.format(
        way=indicator.direction.label, day=dates.day(day), level=indicators.amount(indicator, round(level, 1))
    )
