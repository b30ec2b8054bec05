"""The plan as it is adopted: the strategy, its goals and measures, who answers, and what is measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from strategy import dates, terms
from strategy.i18n import _, mark
from strategy.things.shape import Telling, Thing, Where, given, line, paragraph

_FILE, _OWN, _QUIET = Where.FILE, Telling.OWN, Telling.QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Thing):
    """The adopted document but for its goals; `sections` are `{key, heading, text, points}`.

    `end` is the last day of the period.
    """

    organisation: str = line(
        mark("organisasjon"),
        where=_FILE,
        description="Organisasjonen strategien gjelder for.",
    )
    title: str = line(
        mark("tittel"),
        where=_FILE,
        description="Tittelen slik den er trykt på dokumentet.",
    )
    name: str = line(
        mark("kortnavn"),
        where=_FILE,
        telling=_QUIET,
        description="Kort navn. Det er vårt og ikke vedtatt tekst.",
    )
    start: date = given(mark("start"), where=_FILE, telling=_OWN, description="Første dag i perioden.")
    end: date = given(mark("slutt"), where=_FILE, telling=_OWN, description="Siste dag i perioden.")
    vision: str = paragraph(
        mark("visjon"), where=_FILE, telling=_OWN, adopted=True, description="Visjonen, bokstav for bokstav."
    )
    sections: tuple[dict[str, Any], ...] = given(mark("innledende tekst"), (), telling=_OWN, adopted=True)
    headings: tuple[str, ...] = given(mark("overskrifter"), (), telling=_OWN, adopted=True)
    notes: tuple[dict[str, Any], ...] = given(mark("merknader"), (), telling=_QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Thing):
    """A main goal (hovedmål)."""

    printed: str = line(
        mark("trykt nummer"),
        where=_FILE,
        telling=_QUIET,
        description="Nummeret slik det er trykt i det vedtatte dokumentet.",
    )
    text: str = paragraph(
        mark("tekst"),
        where=_FILE,
        telling=_OWN,
        adopted=True,
        description="Den vedtatte teksten, bokstav for bokstav.",
    )
    name: str = line(
        mark("kortnavn"),
        where=_FILE,
        telling=_QUIET,
        description="Kort navn til menyer og kort. Det er vårt og ikke vedtatt tekst.",
    )
    order: int = given(mark("rekkefølge"), telling=_QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgoal(Thing):
    """A subgoal (delmål) under a goal."""

    goal: str = given(mark("hovedmål"))
    printed: str = line(
        mark("trykt nummer"),
        where=_FILE,
        telling=_QUIET,
        description="Nummeret slik det er trykt i det vedtatte dokumentet.",
    )
    text: str = paragraph(
        mark("tekst"),
        where=_FILE,
        telling=_OWN,
        adopted=True,
        description="Den vedtatte teksten, bokstav for bokstav.",
    )
    order: int = given(mark("rekkefølge"), telling=_QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Thing):
    """A measure (tiltak) under a subgoal; `name` is our short name, never adopted text."""

    subgoal: str = given(mark("delmål"), telling=_OWN)
    text: str = paragraph(
        mark("tekst"),
        where=_FILE,
        telling=_OWN,
        adopted=True,
        description="Den vedtatte teksten, bokstav for bokstav.",
    )
    name: str = line(
        mark("kortnavn"),
        where=_FILE | Where.APP,
        telling=_QUIET,
        description="Kort navn til lister. Det er vårt og ikke vedtatt tekst.",
    )
    order: int = given(mark("rekkefølge"), telling=_QUIET)
    kind: terms.Kind = given(
        mark("type"),
        terms.Kind.LIMITED,
        where=_FILE,
        description="limited (tidsavgrenset) eller continuous (løpende). Det er vår lesning.",
    )
    start: date | None = given(
        mark("start"),
        None,
        where=_FILE | Where.APP,
        description="Dagen arbeidet begynner.",
    )
    due: date | None = given(
        mark("frist"), None, where=_FILE | Where.APP | Where.TABLE, telling=_OWN, description="Fristen."
    )
    decided_by: str = line(
        mark("vedtatt av"),
        "",
        where=_FILE,
        telling=_OWN,
        description="Vedtaket som fristen eller tiltaket bygger på, for eksempel «Styresak 12/2025».",
    )
    succeeds: str | None = given(
        mark("viderefører"),
        None,
        where=_FILE,
        description="Nøkkelen til tiltaket i forrige strategi som dette tiltaket viderefører.",
    )
    merged_from: str | None = given(
        mark("slått sammen med"),
        None,
        where=_FILE,
        description="Nøkkelen til tiltaket i denne planen som er slått sammen med dette og tatt ut.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Thing):
    """A role that answers for measures. Names and e-mails are not here and never will be."""

    title: str = line(
        mark("tittel"),
        called=mark("Rolle"),
        where=_FILE,
        description="Rollen, for eksempel «Generalsekretær». Skriv aldri navn på en person.",
    )
    order: int = given(mark("rekkefølge"))
    proposal: bool = given(
        mark("forslag"), False, where=_FILE, description="true når rollen bare er et forslag."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Thing):
    """Who does what for a measure; key is `measure@person`. The day `until` itself is not in it."""

    measure: str = given(mark("tiltak"))
    person: str = given(mark("rolle"), where=_FILE, description="Nøkkelen til en rolle under people.")
    part: terms.Part = given(
        mark("oppgave"),
        terms.Part.RESPONSIBLE,
        where=_FILE,
        description="responsible (ansvarlig), contributor (medansvarlig) eller reviewer (kvalitetssikrer).",
    )
    since: date | None = given(mark("fra"), None, where=_FILE, description="Første dag rollen har ansvaret.")
    until: date | None = given(
        mark("til"),
        None,
        where=_FILE,
        description="Dagen ansvaret er slutt. Denne dagen er ikke med.",
    )
    order: int = given(mark("rekkefølge"), 0)
    proposal: bool = given(
        mark("forslag"),
        False,
        where=_FILE,
        description="true når fordelingen bare er et forslag.",
    )

    def holds(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return dates.holds(self.since, self.until, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Thing):
    """Something measured for a goal, subgoal or measure; `belongs_to` is that thing's key."""

    belongs_to: str = given(mark("hører til"))
    name: str = line(mark("kortnavn"), where=_FILE, description="Hva som måles.")
    unit: str = line(mark("enhet"), where=_FILE, description="Enheten, for eksempel «antall» eller «%».")
    direction: terms.Direction = given(
        mark("retning"),
        where=_FILE,
        description="up (øke), down (redusere), hold (holde nivået), yes_no (ja eller nei) "
        "eller follow (følges uten mål).",
    )
    controllability: terms.Controllability = given(
        mark("styrbarhet"),
        where=_FILE,
        description="Hvor mye som er i egne hender: high (høy), medium (middels) eller low (lav).",
    )
    frequency: terms.Frequency = given(
        mark("måles"),
        where=_FILE,
        description="Hvor ofte det måles: quarter (kvartal), half_year (halvår), year (år), "
        "event (arrangement), election_year (valgår) eller external (når kilden publiserer).",
    )
    covers: terms.Covers | None = given(
        mark("tallet er"),
        None,
        where=_FILE,
        description="Hva ett tall gjelder: period (sum over en periode) eller day (tall på en dag, som et "
        "medlemstall). Uten det er prosent og ja eller nei et tall på en dag, og alt annet en sum.",
    )
    method: str = paragraph(mark("målemetode"), "", where=_FILE, description="Hvordan tallet blir til.")
    source: str = line(mark("kilde"), "", where=_FILE, description="Hvor tallet hentes fra.")
    baseline: Decimal | None = given(
        mark("nullpunkt"),
        None,
        where=_FILE | Where.APP,
        description="Nullpunktet: verdien før arbeidet begynte.",
    )
    baseline_on: date | None = given(
        mark("nullpunkt målt"),
        None,
        where=_FILE | Where.APP,
        description="Dagen nullpunktet gjelder for.",
    )
    band: Decimal | None = given(
        mark("slingringsmonn"),
        None,
        where=_FILE,
        description="Hvor langt fra måltallet verdien kan være når retningen er hold.",
    )
    order: int = given(mark("rekkefølge"), 0)
    proposal: bool = given(
        mark("forslag"), False, where=_FILE, description="true når indikatoren bare er et forslag."
    )

    @property
    def is_of_a_day(self) -> bool:
        """Whether a number is a count or a level on a day, and no sum; a share is never a sum."""
        if self.covers is not None:
            return self.covers is terms.Covers.DAY
        return self.direction is terms.Direction.YES_NO or dates.is_per_cent(self.unit)

    @property
    def spans(self) -> tuple[dates.Span, ...]:
        """The kinds of period a value of it may be for, its own first.

        A level is told on a day, and so for every period that ends on a day its own periods end on.
        """
        own = self.frequency.span
        if own is None:
            return tuple(dates.Span)
        if not self.is_of_a_day or self.frequency.every > 1:
            return (own,)
        longer = [span for span in dates.Span if span.months > own.months]
        return (own, *longer, dates.Span.DAY)

    def takes(self, period: str) -> bool:
        """Whether a value may be for this period."""
        return dates.span(period) in self.spans

    def is_history(self, period: str, measured: Iterable[str]) -> bool:
        """Whether it is a whole year before the first of the periods that are measured, as they should be."""
        begun = [dates.period_start(each) for each in measured if self.takes(each)]
        is_year = dates.span(period) is dates.Span.YEAR and not self.takes(period)
        return is_year and bool(begun) and dates.period_end(period) < min(begun)

    @property
    def is_whole(self) -> bool:
        """Whether it counts whole things."""
        return dates.is_count(self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Thing):
    """What an indicator should be on a day; key is `indicator@date`. Examples never count."""

    indicator: str = given(mark("indikator"))
    due: date = given(
        mark("frist"), called=mark("Innen"), where=_FILE, description="Dagen måltallet skal være nådd."
    )
    value: Decimal = given(mark("verdi"), called=mark("Mål"), where=_FILE, description="Måltallet.")
    example: bool = given(
        mark("eksempel"),
        False,
        where=_FILE,
        description="true når måltallet er et oppdiktet eksempel. Eksempler teller aldri.",
    )


def no_way(direction: terms.Direction, baseline: Decimal, aim: Decimal) -> str:
    """That the last target is no better than the baseline."""
    form = (
        _("Det siste måltallet, {aim}, er ikke over nullpunktet, {baseline}, men indikatoren skal øke.")
        if direction is terms.Direction.UP
        else _("Det siste måltallet, {aim}, er ikke under nullpunktet, {baseline}, men indikatoren skal ned.")
    )
    return form.format(aim=dates.number(aim), baseline=dates.number(baseline))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile(Thing):
    """The plan file as it was loaded, to the letter; the next is compared with it. Key is the strategy's."""

    text: str = given(mark("tekst"))
