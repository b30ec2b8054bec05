"""What the numbers of the annual report rest on: the rules in words, the sums, and the changes behind."""

from collections.abc import Iterator, Sequence

from strategy import dates, indicators, progress
from strategy.exports.annual.facts import Year
from strategy.exports.outline import Block, Bullets, Heading, Line, Run, Table, body, line
from strategy.i18n import _
from strategy.snapshot import Measure, Snapshot


def appendix(year: Year) -> Iterator[Block]:
    """The second appendix."""
    yield Heading(1, _("Vedlegg 2: Hva tallene bygger på"), "grunnlag")
    yield body(
        _(
            "Alt i meldingen er hentet fra planen og det som er rapportert. Ingenting er lagt til. "
            "Det som ikke er rapportert eller målt, er sagt å mangle og regnes aldri som null."
        )
    )
    yield Bullets(tuple(_source(year)))
    yield Table(_("Reglene for tallene"), (_("Tall"), _("Slik blir det til")), tuple(_rules()), (24, 76))
    yield Table(_("Milepælene talt opp"), (_("Mål"), _("Slik er de talt")), tuple(_sums(year)), (24, 76))


def _rules() -> Iterator[tuple[Line, Line]]:
    for name, said in (
        (_("Milepæler"), _of_milestones()),
        (_("Vurdering"), _of_assessment()),
        (_("Over frist"), _("Regnes ut av fristen i planen og fasen i siste rapport.")),
        (_("Vurdering av en indikator"), _of_indicator()),
        (_("Forslag"), _("Foreslåtte ansvarlige, indikatorer og måltall er merket og teller aldri.")),
    ):
        yield line(Run(name, strong=True)), line(said)


def _of_milestones() -> str:
    return _(
        "Milepælene telles i det året de er ført for: hvor mange som er nådd, av hvor mange. Fristens egen "
        "dag er i tide. Ingenting vektes, og ingen snitt regnes ut. Et utgått tiltak går ut med milepælene "
        "sine. Det som sto igjen i et fullført tiltak, skyldes ikke. Et tidsavgrenset tiltak uten milepæler "
        "viser anslaget til den som rapporterte, bare på seg selv og merket «anslått»."
    )


def _of_assessment() -> str:
    return _(
        "Skjønnet til den som rapporterte; det regnes aldri ut. En vurdering eldre enn {n} dager vises "
        "som ○, med alderen og den siste vurderingen i ord."
    ).format(n=progress.STALE_AFTER)


def _of_indicator() -> str:
    some, major = (dates.percent(s) for s in (indicators.ON_TRACK_WITHIN, indicators.SOME_DEVIATION_WITHIN))
    return _(
        "Ventet verdi er den rette linja mellom nullpunkt og måltall. Etterslepet måles mot hele veien fra "
        "nullpunkt til siste måltall: inntil {some} er i rute, inntil {major} er noe avvik, mer er vesentlig "
        "avvik. "
        "Indikatorer som bare følges, eller som er ute av våre hender, får ingen vurdering."
    ).format(some=some, major=major)


def _sums(year: Year) -> Iterator[tuple[Line, Line]]:
    yield line(Run(_("Hele planen"), strong=True)), line(_counted(year.end.measures, year))
    for goal in year.end.goals:
        name = _("Hovedmål {key}").format(key=goal.key)
        yield line(Run(name, strong=True)), line(_counted(goal.measures, year))


def _counted(measures: Sequence[Measure], year: Year) -> str:
    """The year's milestones, what stands beside the number, and the years before."""
    found = progress.of_year(measures, year.number, year.day)
    before = [each for each in progress.years(measures, year.end.strategy, year.day) if each.has_begun]
    said = progress.side_by_side(before, year.day)
    return " ".join(filter(None, (found.sentence, found.coverage, found.beside, f"{said}.")))


def _source(year: Year) -> Iterator[Line]:
    said = _("Planen, fasene og vurderingene slik de sto {day}: {change}.")
    yield line(said.format(day=dates.long_day(year.day), change=_change(year.end)))
    if year.before:
        said = _("Sammenlignet med året før: {change}.")
        yield line(said.format(change=_change(year.before)))
    if year.entered.change_id != year.end.change_id:
        said = _("Måloppnåelse, årets tekster og målte verdier slik de var ført inn {day}: {change}.")
        yield line(said.format(day=dates.long_day(year.made_on), change=_change(year.entered)))


def _change(snapshot: Snapshot) -> str:
    return _("endring {n} i endringsloggen, {moment}").format(
        n=dates.number(snapshot.change_id), moment=dates.clock(snapshot.recorded_at)
    )
