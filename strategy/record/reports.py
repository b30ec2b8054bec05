"""What is said of how it goes: reports, measured values, milestones, and what came of a year."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from strategy import dates, tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotFound
from strategy.i18n import _, mark
from strategy.record.saving import (
    Saved,
    check_number,
    check_year,
    current,
    live,
    next_key,
    responsible,
    save,
    taken_out,
)
from strategy.terms import Assessment, Direction, Phase, Quality, Reached, Via

FULL = Decimal(1)
"""The weight of everything that has been given none."""

REPORT_LABELS = {
    "phase": mark("Fase"),
    "assessment": mark("Vurdering"),
    "estimate": mark("Anslag"),
    "done": mark("Dette er gjort"),
    "cause": mark("Årsak"),
    "remedy": mark("Tiltak for å rette opp"),
    "next_step": mark("Neste steg"),
    "next_due": mark("Neste steg innen"),
}
"""What each field of a report is called where it is refused."""

VALUE_LABELS = {
    "value": mark("Verdi"),
    "text": mark("Vurdering i ord"),
    "comment": mark("Kommentar"),
    "source": mark("Kilde"),
    "period": mark("Periode"),
}
MILESTONE_LABELS = {
    "title": mark("Milepæl"),
    "done_on": mark("Nådd"),
    "evidence": mark("Dokumentasjon"),
    "weight": mark("Vekt"),
    "year": mark("År"),
}


def report(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    assessment: Assessment, phase: Phase | None = None, estimate: int | None = None,
    done: str = "", cause: str = "", remedy: str = "",
    next_step: str = "", next_due: date | None = None, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say where a measure, subgoal or goal stands.

    A measure needs a phase; goals and subgoals have none. A deviation needs its cause and its remedy, a
    dropped measure its cause. `estimate` is whole per cent.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    measure = live(session, tables.Measure, strategy, key)
    if not measure and not any(live(session, kind, strategy, key) for kind in (tables.Goal, tables.Subgoal)):
        raise NotFound(
            _("Fant ikke «{key}» i planen. Kanskje er det tatt ut siden du åpnet siden.").format(key=key)
        )
    require(actor, Verb.REPORT, responsible(session, strategy, key, now))
    row = checked_report(
        strategy, key, base_version, is_measure=bool(measure), phase=phase, assessment=assessment,
        estimate=estimate, done=done, cause=cause, remedy=remedy, next_step=next_step, next_due=next_due,
    )  # fmt: skip
    return save(session, actor, row, now=now, via=via, repeat=True)


def value(
    session: Session, actor: Actor, strategy: str, indicator: str, period: str, base_version: int, *,
    value: Decimal | None = None, text: str = "", comment: str = "", source: str = "",
    quality: Quality = Quality.FINAL, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Enter or correct what an indicator was in a period (`2026`, `2026-H1`, `2026-Q3`, `2026-06`, a day).

    A number, a text, or both; a yes/no indicator takes 1 or 0. What was not measured has neither, and a
    comment that says why. Raises as `report`.
    """
    measured = live(session, tables.Indicator, strategy, indicator)
    if not measured:
        raise NotFound(_("Fant ikke indikatoren «{key}» i planen.").format(key=indicator))
    require(actor, Verb.REPORT, responsible(session, strategy, measured["belongs_to"], now))
    row = tables.IndicatorValue(
        strategy=strategy, key=f"{indicator}@{period}", version=base_version + 1, change_id=0,
        indicator=indicator, period=period, value=value, quality=quality,
        text=texts.clean(text, texts.PARAGRAPH, _("Vurdering i ord")),
        comment=texts.clean(comment, texts.PARAGRAPH, _("Kommentar")),
        source=texts.clean(source, texts.LINE, _("Kilde")),
    )  # fmt: skip
    for flaw in value_flaws(row, measured["direction"], dates.oslo_day(now)):
        raise flaw
    return save(session, actor, row, now=now, via=via)


def milestone(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, measure: str, title: str,
    due: date, done_on: date | None = None, evidence: str = "", year: int | None = None,
    weight: Decimal = FULL, order: int | None = None, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Add or change a milestone; a new one takes its key from `milestone_key`. Raises as `report`."""
    if not live(session, tables.Measure, strategy, measure):
        raise NotFound(_("Fant ikke tiltaket «{key}» i planen.").format(key=measure))
    require(actor, Verb.REPORT, responsible(session, strategy, measure, now))
    standing = current(session, tables.Milestone, strategy, key)
    if not key.startswith(f"{measure}-") or (standing and standing["measure"] != measure):
        raise BadInput(_("Milepælen «{key}» hører til et annet tiltak.").format(key=key), _("Milepæl"))
    row = tables.Milestone(
        strategy=strategy, key=key, version=base_version + 1, change_id=0,
        measure=measure, due=due, done_on=done_on, year=due.year if year is None else year, weight=weight,
        order=order,
        title=texts.clean(title, texts.LINE, _("Milepæl")),
        evidence=texts.clean(evidence, texts.PARAGRAPH, _("Dokumentasjon")),
    )  # fmt: skip
    for flaw in milestone_flaws(row, dates.oslo_day(now)):
        raise flaw
    return save(session, actor, row, now=now, via=via)


def milestone_key(session: Session, strategy: str, measure: str) -> str:
    """A key for the measure's next milestone; also retired ones keep theirs."""
    return next_key(session, tables.Milestone, strategy, f"{measure}-m")


def attainment(
    session: Session, actor: Actor, strategy: str, belongs_to: str, year: int, base_version: int, *,
    reached: Reached | None = None, reason: str = "", narrative: str = "", lesson: str = "",
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say what came of a goal or subgoal in a year, for the annual report. Raises as `report`."""
    if not any(live(session, kind, strategy, belongs_to) for kind in (tables.Goal, tables.Subgoal)):
        raise NotFound(_("Fant ikke målet «{key}» i planen.").format(key=belongs_to))
    require(actor, Verb.REPORT)
    check_year(year)
    if year > dates.oslo_day(now).year:
        raise BadInput(_("Året har ikke begynt ennå."), _("År"))
    row = tables.Attainment(
        strategy=strategy, key=f"{belongs_to}@{year}", version=base_version + 1, change_id=0,
        belongs_to=belongs_to, year=year, reached=reached,
        reason=texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse")),
        narrative=texts.clean(narrative, texts.DOCUMENT, _("Tekst til årsmeldingen")),
        lesson=texts.clean(lesson, texts.PARAGRAPH, _("Lærdom")),
    )  # fmt: skip
    if reached and reached is not Reached.TOO_EARLY and not row.reason:
        raise BadInput(_("Skriv en kort begrunnelse for måloppnåelsen."), _("Begrunnelse"))
    return save(session, actor, row, now=now, via=via)


def retire_milestone(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
) -> Saved:
    """Take a milestone out of the plan; it and its history stay in the database. Raises as `report`."""
    missing = _("Fant ikke milepælen. Kanskje er den allerede tatt ut.")
    row = taken_out(session, tables.Milestone, strategy, key, base_version, missing)
    require(actor, Verb.REPORT, responsible(session, strategy, row.measure, now))
    return save(session, actor, row, now=now, via=via)


def checked_report(
    strategy: str, key: str, base_version: int, *, is_measure: bool, assessment: Assessment,
    phase: Phase | None, estimate: int | None, done: str, cause: str, remedy: str, next_step: str,
    next_due: date | None,
) -> tables.StatusReport:  # fmt: skip
    """A report as it would be saved, cleaned. Raises `BadInput` for what is missing or does not fit."""
    row = tables.StatusReport(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, phase=phase, assessment=assessment,
        estimate=estimate, next_due=next_due,
        done=texts.clean(done, texts.PARAGRAPH, _("Dette er gjort")),
        cause=texts.clean(cause, texts.PARAGRAPH, _("Årsak")),
        remedy=texts.clean(remedy, texts.PARAGRAPH, _("Tiltak for å rette opp")),
        next_step=texts.clean(next_step, texts.PARAGRAPH, _("Neste steg")),
    )  # fmt: skip
    for flaw in report_flaws(row, is_measure=is_measure):
        raise flaw
    return row


def report_flaws(row: tables.StatusReport, *, is_measure: bool) -> Iterator[BadInput]:
    """Everything that is missing from a report or does not fit, field by field."""
    if is_measure and row.phase is None:
        yield BadInput(_("Velg hvor arbeidet er: fase."), _("Fase"))
    if not is_measure and row.phase is not None:
        yield BadInput(_("Et mål har ingen fase, bare en vurdering."), _("Fase"))
    if not is_measure and not row.done:
        yield BadInput(_("Skriv en kort begrunnelse for vurderingen."), _("Dette er gjort"))
    if row.assessment.is_deviation and not row.cause:
        yield BadInput(_("Et avvik må ha en årsak. Skriv hvorfor det ikke går som planlagt."), _("Årsak"))
    if row.assessment.is_deviation and not row.remedy:
        yield BadInput(
            _("Et avvik må ha et svar. Skriv hva som gjøres med det."), _("Tiltak for å rette opp")
        )
    if row.phase is Phase.DROPPED and not row.cause:
        yield BadInput(_("Skriv hvorfor tiltaket utgår."), _("Årsak"))
    if row.estimate is not None and not 0 <= row.estimate <= 100:
        yield BadInput(_("Anslaget må være mellom 0 og 100 prosent."), _("Anslag"))


def value_flaws(row: tables.IndicatorValue, direction: Direction, today: date) -> Iterator[BadInput]:
    """Everything that is missing from a measured value or does not fit."""
    try:
        if dates.period_end(row.period).year > today.year:
            yield BadInput(_("Perioden har ikke begynt ennå. Velg et tidligere år."), _("Periode"))
        check_number(row.value, _("Verdi"))
    except BadInput as flaw:
        yield flaw
    if row.quality is Quality.NOT_MEASURED:
        yield from _not_measured_flaws(row)
        return
    if row.value is None and not row.text:
        yield BadInput(_("Skriv et tall eller en vurdering i ord."), _("Verdi"))
    if direction is Direction.YES_NO and row.value not in (None, 0, 1):
        yield BadInput(_("Denne indikatoren besvares med ja eller nei (1 eller 0)."), _("Verdi"))


def _not_measured_flaws(row: tables.IndicatorValue) -> Iterator[BadInput]:
    """What was not measured has nothing that could be read as a value, and a reason."""
    if row.value is not None or row.text:
        said = _("Det som ikke er målt, har ingen verdi. Fjern verdien, eller si at det er målt.")
        yield BadInput(said, _("Verdi"))
    if not row.comment:
        yield BadInput(_("Skriv i kommentaren hvorfor det ikke er målt."), _("Kommentar"))


def milestone_flaws(row: tables.Milestone, today: date) -> Iterator[BadInput]:
    """Everything that is missing from a milestone or does not fit."""
    if not row.title:
        yield BadInput(_("Gi milepælen et navn."), _("Milepæl"))
    try:
        check_number(row.weight, _("Vekt"))
        check_year(row.year)
    except BadInput as flaw:
        yield flaw
    if row.weight <= 0:
        yield BadInput(_("Vekten må være større enn null."), _("Vekt"))
    if row.done_on and row.done_on > today:
        yield BadInput(_("Datoen milepælen ble nådd, kan ikke være i framtiden."), _("Nådd"))
