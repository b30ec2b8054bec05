"""What the year taught, in the annual report: deviations, lessons, and how the plan itself was changed."""

from collections.abc import Iterator
from datetime import date

from strategy import dates, empty, since
from strategy.exports.annual import chapters
from strategy.exports.annual.facts import Year
from strategy.exports.measure import said_by
from strategy.exports.outline import Block, Bullets, Heading, Line, Run, Table, body, line, listed
from strategy.i18n import _
from strategy.since import Between
from strategy.snapshot import Goal, Measure


def of_year(year: Year) -> Iterator[Block]:
    """The chapter on what did not go as planned, and on what became of the plan itself."""
    yield Heading(1, _("Avvik, læring og endringer"), "avvik")
    yield Heading(2, _("Avvik {when}").format(when=chapters.when(year)), "avvik-na")
    if year.deviating:
        yield _deviations_table(year)
    else:
        yield body(empty.deviations(year.end.measures, year.day))
    if recovered := year.recovered:
        yield Heading(2, _("Rettet opp i løpet av året"), "rettet")
        yield Bullets(
            tuple(line(*chapters.named(m), f": {r.cause} (", *said_by(r), ")") for m, r in recovered)
        )
    none = _("Det er ikke skrevet ned noen lærdom for {year}.").format(year=year.number)
    yield from listed(2, _("Lærdommer"), "lardom", _learnt(year), none)
    yield from listed(2, _("Endringer i planen"), "endringer", _changes(year), _no_changes(year))


def _deviations_table(year: Year) -> Table:
    header = (_("Tiltak"), _("Vurdering"), _("Årsak"), _("Slik rettes det opp"))
    rows = tuple(
        (
            line(*chapters.named(m)),
            line(chapters.shown(m.report, year.day), "\n", *said_by(m.report)),
            line(m.report.cause),
            line(m.report.remedy),
        )
        for m in year.deviating
        if m.report
    )
    caption = _("Tiltak med avvik {when}").format(when=chapters.when(year))
    return Table(caption, header, rows, (22, 17, 30, 31))


def _learnt(year: Year) -> Iterator[Line]:
    for thing in year.end.aims:
        written = year.attainment(thing)
        if written and written.lesson:
            form = _("Hovedmål {key}: ") if isinstance(thing, Goal) else _("Delmål {key}: ")
            yield line(
                Run(form.format(key=thing.key), strong=True), written.lesson, " (", *said_by(written), ")"
            )


def _changes(year: Year) -> Iterator[Line]:
    for measure in year.added:
        yield _changed(_("Nytt tiltak: "), measure, line(_of_decision(measure)))
    for measure in year.retired:
        yield _changed(_("Tatt ut av planen: "), measure, _last_word(measure))
    for measure in year.dropped:
        yield _changed(_("Utgått: "), measure, _last_word(measure))
    for old, new in year.postponed:
        yield _changed(_("Ny frist: "), new, line(f" – {_moved(old, new)}"))
    yield from _aimed_anew(year)
    for text in year.reworded:
        what = _("visjonen") if text.key == "vision" else text.key
        said = _("Ny ordlyd i {what}: ").format(what=what)
        yield line(
            Run(said, strong=True),
            _("«{before}» er nå «{after}»").format(before=text.before, after=text.after),
        )


def _aimed_anew(year: Year) -> Iterator[Line]:
    """Targets and baselines that were changed, each with the case it was decided in."""
    if year.before is None:
        return
    seen = Between(year.before, date(year.number - 1, 12, 31), year.end, year.day)
    for old, new in year.aimed_anew:
        keys = (new.key, *(target.key for target in (*old.targets, *new.targets)))
        made = {decision.key: decision for key in keys for decision, _effect in seen.decided.get(key, ())}
        cases = ", ".join(dict.fromkeys(since.case(decision, seen) for decision in made.values()))
        for fact in since.of_aims(old, new):
            yield line(Run(_("Nytt mål: "), strong=True), fact.text, f" ({cases})" if cases else "")


def _changed(what: str, measure: Measure, more: Line) -> Line:
    return line(Run(what, strong=True), f"{measure.key} {measure.name}", *more)


def _of_decision(measure: Measure) -> str:
    return _(" – vedtatt av {who}").format(who=measure.decided_by) if measure.decided_by else ""


def _last_word(measure: Measure) -> Line:
    report = measure.report
    if not report or not (report.cause or report.done):
        return ()
    return line(f" – {report.cause or report.done} (", *said_by(report), ")")


def _moved(old: Measure, new: Measure) -> str:
    before = dates.day(old.due) if old.due else _("ingen frist")
    after = dates.day(new.due) if new.due else _("ingen frist")
    times = _(" ({n}. gang den flyttes)").format(n=new.due_moves) if new.due_moves else ""
    return _("{before} → {after}").format(before=before, after=after) + times


def _no_changes(year: Year) -> str:
    if year.before is None:
        return _(
            "Planen ble lagt inn i {year}, så det finnes ingen utgave fra året før å sammenligne med."
        ).format(year=year.number)
    return _(
        "Ingen tiltak er lagt til, tatt ut eller utgått, og ingen frister, måltall eller vedtatte tekster er "
        "endret."
    )
