"""What people say of the plan: one function each, that checks, writes one change and tells what was saved.

The caller owns the transaction (`Database.writing`). `base_version` is the version the form was opened with,
0 for something new: the rule that nobody's text is overwritten unseen. `now` is an aware moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, Conflict, NotFound
from strategy.i18n import _
from strategy.terms import Assessment, Direction, Part, Phase, Quality, Reached, Via

FULL = Decimal(1)
"""The weight of everything that has been given none."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save became; `again` where the very same stood there already, as after a second click."""

    key: str
    version: int
    change_id: int
    recorded_at: datetime
    again: bool = False


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
    measure = _live(session, tables.Measure, strategy, key)
    if not measure and not any(_live(session, kind, strategy, key) for kind in (tables.Goal, tables.Subgoal)):
        raise NotFound(
            _("Fant ikke «{key}» i planen. Kanskje er det tatt ut siden du åpnet siden.").format(key=key)
        )
    require(actor, Verb.REPORT, _responsible(session, strategy, key, now))
    row = tables.StatusReport(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, phase=phase, assessment=assessment,
        estimate=estimate, next_due=next_due,
        done=texts.clean(done, texts.PARAGRAPH, _("Dette er gjort")),
        cause=texts.clean(cause, texts.PARAGRAPH, _("Årsak")),
        remedy=texts.clean(remedy, texts.PARAGRAPH, _("Tiltak for å rette opp")),
        next_step=texts.clean(next_step, texts.PARAGRAPH, _("Neste steg")),
    )  # fmt: skip
    _check_report(row, is_measure=bool(measure))
    return _save(session, actor, row, now=now, via=via, repeat=True)


def value(
    session: Session, actor: Actor, strategy: str, indicator: str, period: str, base_version: int, *,
    value: Decimal | None = None, text: str = "", comment: str = "", source: str = "",
    quality: Quality = Quality.FINAL, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Enter or correct what an indicator was in a period (`2026`, `2026-H1`, `2026-Q3`, `2026-06`, a day).

    A number, a text, or both; a yes/no indicator takes 1 or 0. Raises as `report`.
    """
    measured = _live(session, tables.Indicator, strategy, indicator)
    if not measured:
        raise NotFound(_("Fant ikke indikatoren «{key}» i planen.").format(key=indicator))
    require(actor, Verb.REPORT, _responsible(session, strategy, measured["belongs_to"], now))
    if dates.period_end(period).year > dates.oslo_day(now).year:
        raise BadInput(_("Perioden har ikke begynt ennå. Velg et tidligere år."), _("Periode"))
    row = tables.IndicatorValue(
        strategy=strategy, key=f"{indicator}@{period}", version=base_version + 1, change_id=0,
        indicator=indicator, period=period, value=value, quality=quality,
        text=texts.clean(text, texts.PARAGRAPH, _("Vurdering i ord")),
        comment=texts.clean(comment, texts.PARAGRAPH, _("Kommentar")),
        source=texts.clean(source, texts.LINE, _("Kilde")),
    )  # fmt: skip
    _check_number(value, _("Verdi"))
    if value is None and not row.text:
        raise BadInput(_("Skriv et tall eller en vurdering i ord."), _("Verdi"))
    if measured["direction"] is Direction.YES_NO and value not in (None, 0, 1):
        raise BadInput(_("Denne indikatoren besvares med ja eller nei (1 eller 0)."), _("Verdi"))
    return _save(session, actor, row, now=now, via=via)


def milestone(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, measure: str, title: str,
    due: date, done_on: date | None = None, evidence: str = "", year: int | None = None,
    weight: Decimal = FULL, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Add or change a milestone; a new one takes its key from `milestone_key`. Raises as `report`."""
    if not _live(session, tables.Measure, strategy, measure):
        raise NotFound(_("Fant ikke tiltaket «{key}» i planen.").format(key=measure))
    require(actor, Verb.REPORT, _responsible(session, strategy, measure, now))
    current = _current(session, tables.Milestone, strategy, key)
    if not key.startswith(f"{measure}-") or (current and current["measure"] != measure):
        raise BadInput(_("Milepælen «{key}» hører til et annet tiltak.").format(key=key), _("Milepæl"))
    row = tables.Milestone(
        strategy=strategy, key=key, version=base_version + 1, change_id=0,
        measure=measure, due=due, done_on=done_on, year=due.year if year is None else year, weight=weight,
        title=texts.clean(title, texts.LINE, _("Milepæl")),
        evidence=texts.clean(evidence, texts.PARAGRAPH, _("Dokumentasjon")),
    )  # fmt: skip
    if not row.title:
        raise BadInput(_("Gi milepælen et navn."), _("Milepæl"))
    _check_number(weight, _("Vekt"))
    _check_year(row.year)
    if weight <= 0:
        raise BadInput(_("Vekten må være større enn null."), _("Vekt"))
    if done_on and done_on > dates.oslo_day(now):
        raise BadInput(_("Datoen milepælen ble nådd, kan ikke være i framtiden."), _("Nådd"))
    return _save(session, actor, row, now=now, via=via)


def milestone_key(session: Session, strategy: str, measure: str) -> str:
    """A key for the measure's next milestone; also retired ones keep theirs."""
    t = tables.Milestone.__table__.c  # type: ignore[attr-defined]
    count = sa.select(sa.func.count(t.key.distinct())).where(t.strategy == strategy, t.measure == measure)
    return f"{measure}-m{session.execute(count).scalar_one() + 1}"


def attainment(
    session: Session, actor: Actor, strategy: str, belongs_to: str, year: int, base_version: int, *,
    reached: Reached | None = None, reason: str = "", narrative: str = "", lesson: str = "",
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say what came of a goal or subgoal in a year, for the annual report. Raises as `report`."""
    if not any(_live(session, kind, strategy, belongs_to) for kind in (tables.Goal, tables.Subgoal)):
        raise NotFound(_("Fant ikke målet «{key}» i planen.").format(key=belongs_to))
    require(actor, Verb.REPORT)
    _check_year(year)
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
    return _save(session, actor, row, now=now, via=via)


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
    current = _current(session, tables.Milestone, strategy, key)
    if not current or (current["retired"] and current["version"] != base_version + 1):
        raise NotFound(_("Fant ikke milepælen. Kanskje er den allerede tatt ut."))
    require(actor, Verb.REPORT, _responsible(session, strategy, current["measure"], now))
    row = tables.Milestone(**{**current, "version": base_version + 1, "retired": True})
    return _save(session, actor, row, now=now, via=via)


def _check_report(row: tables.StatusReport, *, is_measure: bool) -> None:
    if is_measure and row.phase is None:
        raise BadInput(_("Velg hvor arbeidet er: fase."), _("Fase"))
    if not is_measure and row.phase is not None:
        raise BadInput(_("Et mål har ingen fase, bare en vurdering."), _("Fase"))
    if not is_measure and not row.done:
        raise BadInput(_("Skriv en kort begrunnelse for vurderingen."), _("Dette er gjort"))
    if row.assessment.is_deviation and not row.cause:
        raise BadInput(_("Et avvik må ha en årsak. Skriv hvorfor det ikke går som planlagt."), _("Årsak"))
    if row.assessment.is_deviation and not row.remedy:
        raise BadInput(
            _("Et avvik må ha et svar. Skriv hva som gjøres med det."), _("Tiltak for å rette opp")
        )
    if row.phase is Phase.DROPPED and not row.cause:
        raise BadInput(_("Skriv hvorfor tiltaket utgår."), _("Årsak"))
    if row.estimate is not None and not 0 <= row.estimate <= 100:
        raise BadInput(_("Anslaget må være mellom 0 og 100 prosent."), _("Anslag"))


def _check_number(number: Decimal | None, field: str) -> None:
    if number is None:
        return
    if not number.is_finite() or abs(number) >= 10**15 or number != round(number, 9):
        raise BadInput(_("Tallet er for stort eller har for mange desimaler."), field)


def _check_year(year: int) -> None:
    if not 1900 <= year <= 2200:
        raise BadInput(_("«{year}» er ikke et årstall. Skriv for eksempel 2026.").format(year=year), _("År"))


def _save(
    session: Session, actor: Actor, row: tables.Versioned, *, now: datetime, via: Via, repeat: bool = False
) -> Saved:
    """Write one row as one change, unless it stands there already; `repeat` allows saying the same again."""
    table = type(row)
    current = _current(session, table, row.strategy, row.key)
    version = current["version"] if current else 0
    same = current is not None and _said(table, current) == _said(table, row.model_dump())
    if current and same and (version == row.version or not repeat):
        moment = session.execute(_recorded_at(current["change_id"])).scalar_one()
        return Saved(row.key, version, current["change_id"], moment, again=True)
    if version != row.version - 1:
        raise Conflict(
            _(
                "Noen andre har lagret siden du åpnet dette. Din tekst er ikke lagret ennå; "
                "se på begge og velg."
            ),
            row.key,
            version,
            dict(current or {}),
        )
    change = changes.append(session, actor, [row], via=via, reason="", now=now)
    return Saved(row.key, row.version, change.id, now)


def _said(table: type[tables.Versioned], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in (*tables.fields_of(table), "retired")}


def _current(
    session: Session, table: type[tables.Versioned], strategy: str, key: str
) -> Mapping[str, Any] | None:
    t: sa.Table = table.__table__  # type: ignore[attr-defined]
    mine = sa.select(t).where(t.c.strategy == strategy, t.c.key == key).order_by(t.c.version.desc()).limit(1)
    found = session.execute(mine).mappings().first()
    return dict(found) if found else None


def _live(
    session: Session, table: type[tables.Versioned], strategy: str, key: str
) -> Mapping[str, Any] | None:
    current = _current(session, table, strategy, key)
    return current if current and not current["retired"] else None


def _responsible(session: Session, strategy: str, measure: str, now: datetime) -> frozenset[str]:
    """Who may report on a measure without being the secretariat: those who answer for it now, by adoption."""
    today = dates.oslo_day(now)
    t = tables.Responsibility.__table__.c  # type: ignore[attr-defined]
    people = session.execute(
        sa.select(t.person).distinct().where(t.strategy == strategy, t.measure == measure)
    ).scalars()  # fmt: skip
    held = (_live(session, tables.Responsibility, strategy, f"{measure}@{person}") for person in people)
    return frozenset(
        row["person"]
        for row in held
        if row and row["part"] is Part.RESPONSIBLE and not row["proposal"] and _holds(row, today)
    )


def _holds(row: Mapping[str, Any], today: date) -> bool:
    return (row["since"] is None or row["since"] <= today) and (row["until"] is None or today < row["until"])


def _recorded_at(change_id: int) -> sa.Select[tuple[datetime]]:
    t = tables.Change.__table__.c  # type: ignore[attr-defined]
    return sa.select(t.recorded_at).where(t.id == change_id)
