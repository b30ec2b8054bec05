"""The findings in words: the headline, what needs attention, what is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from strategy import dates, indicators, people, progress
from strategy.contradictions import worsening
from strategy.i18n import _, plural
from strategy.snapshot import Goal, Indicator, Measure, Report, Snapshot
from strategy.terms import Assessment, Phase

STALE_AFTER = progress.STALE_AFTER

MOVES_TO_MENTION = 2
"""How many times a deadline has been moved later before it is mentioned."""


def headline(snapshot: Snapshot, today: date, limit: int = STALE_AFTER) -> str:
    """The finding, the late first: «To tiltak er over frist. Ni av tjue tiltak er i rute.»"""
    measures = progress.counting(snapshot.measures)
    if not measures:
        return _("Planen har ingen tiltak ennå.")
    return " ".join((*_late(measures, today), *_assessed(measures, today, limit)))


def goal_headline(goal: Goal, today: date, limit: int = STALE_AFTER) -> str:
    """The goal by its name, and of it the late and the worst: «…: to tiltak over frist, ett med …»"""
    measures = progress.counting(goal.measures)
    said = (*_late_in_short(measures, today), *_worst(measures, today, limit))
    return _("{name}: {finding}").format(name=goal.name, finding=", ".join(said))


def subline(snapshot: Snapshot, today: date, limit: int = STALE_AFTER) -> str:
    """The year's milestones in numbers, and what is known of how many measures."""
    return f"{progress.in_words(snapshot.measures, today)} {basis(snapshot.measures, today, limit)}"


def basis(measures: Iterable[Measure], today: date, limit: int = STALE_AFTER) -> str:
    """«18 av 20 tiltak har milepæler i 2026; 17 er rapportert siste 120 dager.»

    The two are not always the same measures. Those completed before the `limit` days are named.
    """
    counted = progress.counting(measures)
    if not counted:
        return _("Ingen tiltak teller.")
    reported = progress.reported(counted), progress.freshly_reported(counted, today, limit)
    fresh = len(reported[1])
    ever, lately = (sum(m.phase is Phase.COMPLETED for m in each) for each in reported)
    done = ever - lately
    planning = len(progress.now(counted, today).planning)
    form = (
        _("{planning} av {total} tiltak har milepæler i {year}; {fresh} er rapportert siste {limit} dager")
        if planning
        else _("{fresh} av {total} tiltak er rapportert siste {limit} dager")
    )
    said = form.format(planning=planning, total=len(counted), year=today.year, fresh=fresh, limit=limit)
    return said + (_(", {n} fullført tidligere").format(n=done) if done else "") + "."


class Reason(StrEnum):
    """Why a measure needs attention, the worst first."""

    MAJOR_DEVIATION = "major_deviation"
    OVERDUE = "overdue"
    DEADLINE_MOVED = "deadline_moved"
    STALE = "stale"
    WORSENING = "worsening"
    LATE_MILESTONES = "late_milestones"
    PROMISE_PASSED = "promise_passed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure that needs attention: its worst reason in `sentence`, the other reasons in `others`.

    `assessment` says colour and shape; `cause` and `remedy` are the reporter's own words or empty,
    and stand in `report`.
    """

    measure_key: str
    kind: Reason
    assessment: Assessment
    sentence: str
    others: tuple[str, ...]
    cause: str
    remedy: str
    report: Report | None = None

    @property
    def text(self) -> str:
        """All reasons on one line."""
        return " · ".join((self.sentence, *self.others))


def attention(snapshot: Snapshot, today: date, limit: int = STALE_AFTER) -> tuple[Finding, ...]:
    """The open measures that need attention, worst first, one finding each."""
    found = [f for m in snapshot.measures if progress.is_open(m) and (f := _finding(m, today, limit))]
    severity = list(Reason)
    return tuple(sorted(found, key=lambda f: (severity.index(f.kind), f.assessment.rank, -len(f.others))))


class Missing(StrEnum):
    """What a plan that can be followed should have."""

    RESPONSIBLE = "responsible"
    INDICATOR = "indicator"
    MILESTONE = "milestone"
    REPORT = "report"
    UNDER_WAY = "under_way"
    VALUE = "value"
    PERIOD = "period"
    GROUNDS = "grounds"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing from `key`: a measure, goal, subgoal or indicator; `name` is what it is called.

    `authority` is the key of what lacks its grounds, empty for the other kinds.
    """

    kind: Missing
    key: str
    sentence: str
    name: str = ""
    authority: str = ""


def completeness(snapshot: Snapshot, today: date) -> tuple[Gap, ...]:
    """What is missing, kind by kind in the plan's order; proposals do not fill a gap."""
    gaps = [
        gap for measure in snapshot.measures if progress.is_open(measure) for gap in _gaps_of(measure, today)
    ]
    closed = {measure.key for measure in snapshot.measures if not progress.is_open(measure)}
    gaps.extend(_idle(goal) for goal in snapshot.goals if _is_idle(goal))
    gaps.extend(
        Gap(Missing.VALUE, i.key, _("Ikke målt"), i.name)
        for i in snapshot.indicators
        if not i.proposal
        and i.belongs_to not in closed
        and indicators.latest(i, today) is None
        and indicators.unmeasured(i, today) is None
        and indicators.awaited(i, today) is None
    )
    gaps.extend(gap for indicator in snapshot.indicators for gap in _misfits(indicator))
    gaps.extend(_without_grounds(snapshot))
    order = list(Missing)
    return tuple(sorted(gaps, key=lambda gap: order.index(gap.kind)))


def _misfits(indicator: Indicator) -> Iterator[Gap]:
    """The values that are in no series, since their period is of another kind."""
    for value in indicator.misfits:
        said = _("{value} er ført for {period}, og regnes ikke med").format(
            value=indicators.said(indicator, value), period=dates.period_label(value.period)
        )
        yield Gap(Missing.PERIOD, indicator.key, said, indicator.name)


def _without_grounds(snapshot: Snapshot) -> Iterator[Gap]:
    """Changes of adopted text, a deadline or a thing's existence that nobody has told the grounds of."""
    names = {aim.key: aim.name if isinstance(aim, Goal) else aim.text for aim in snapshot.aims}
    names |= {measure.key: measure.name for measure in (*snapshot.retired, *snapshot.measures)}
    for found in snapshot.authorities:
        if not found.is_settled:
            said = _("{effect} {day} uten vedtak").format(
                effect=found.effect.label, day=dates.day(dates.oslo_day(found.recorded_at))
            )
            yield Gap(Missing.GROUNDS, found.thing, said, names.get(found.thing, ""), found.key)


def _late(measures: Sequence[Measure], today: date) -> Iterator[str]:
    """What is past its deadline, the first thing said: measures, and where there are none milestones."""
    if n := sum(progress.is_overdue(measure, today) for measure in measures):
        said = plural("Ett tiltak er over frist.", "{number} tiltak er over frist.", n)
        yield said.format(number=_number(n))
    elif n := sum(len(progress.late_milestones(measure, today)) for measure in measures):
        said = plural("Én milepæl er over frist.", "{number} milepæler er over frist.", n)
        yield said.format(number=_number(n))


def _assessed(measures: Sequence[Measure], today: date, limit: int) -> Iterator[str]:
    """How the measures are assessed: those on track, then the worst of the rest."""
    counted = progress.counts(measures, today, limit)
    if not progress.reported(measures):
        yield _("Ingen tiltak er rapportert ennå.")
    elif counted.not_reported == counted.total:
        yield _("Ingen tiltak har en fersk vurdering.")
    elif counted.total == 1:
        yield _of_one(counted)
    else:
        yield _on_track(counted)
        yield from _the_rest(counted)


def _late_in_short(measures: Sequence[Measure], today: date) -> Iterator[str]:
    """The same, within a sentence."""
    if n := sum(progress.is_overdue(measure, today) for measure in measures):
        yield plural("ett tiltak over frist", "{number} tiltak over frist", n).format(
            number=dates.in_words(n)
        )
    elif n := sum(len(progress.late_milestones(measure, today)) for measure in measures):
        form = plural("én milepæl over frist", "{number} milepæler over frist", n)
        yield form.format(number=dates.in_words(n))


def _worst(measures: Sequence[Measure], today: date, limit: int) -> Iterator[str]:
    """The worst assessment there is, or how many are on track; that nothing is said, where nobody has."""
    counted = progress.counts(measures, today, limit)
    if not measures:
        yield _("ingen tiltak ennå")
    elif not progress.reported(measures):
        yield _("ingen tiltak er rapportert ennå")
    elif not (worst := _shown(counted)[0]).is_judged:
        yield _("ingen tiltak har en fersk vurdering")
    elif worst.is_on_track:
        said = _on_track(counted).rstrip(".")
        yield said[:1].lower() + said[1:]
    else:
        form = plural("ett tiltak med {how}", "{number} tiltak med {how}", n := counted.of(worst))
        yield form.format(number=dates.in_words(n), how=worst.label.lower())


def _on_track(counted: progress.Counts) -> str:
    total, on_track = counted.total, counted.on_track
    if on_track == total:
        return _("Alle {total} tiltak er i rute.").format(total=dates.in_words(total))
    return _("{some} av {total} tiltak er i rute.").format(
        some=_number(on_track), total=dates.in_words(total)
    )


def _the_rest(counted: progress.Counts) -> Iterator[str]:
    """The worst of the rest, and the grey where they are half or more, or all that is left."""
    off = [each for each in _shown(counted) if each.is_judged and not each.is_on_track]
    grey = counted.not_reported
    if off:
        number, standing = _number(counted.of(off[0])), _(off[0].predicate)
        yield _("{number} {standing}.").format(number=number, standing=standing)
    if grey and (2 * grey >= counted.total or not off):
        yield _("{number} er {grey}.").format(number=_number(grey), grey=counted.grey)


def _of_one(counted: progress.Counts) -> str:
    return _("Det ene tiltaket {standing}.").format(standing=_(_shown(counted)[0].predicate))


def _shown(counted: progress.Counts) -> list[Assessment]:
    """The assessments that are there, the worst first."""
    return sorted((each for each in Assessment if counted.of(each)), key=lambda each: each.rank)


def _number(count: int) -> str:
    """A number of measures at the start of a sentence; tiltak is neuter."""
    if count == 0:
        return _("Ingen")
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)


def _finding(measure: Measure, today: date, limit: int) -> Finding | None:
    reasons = list(_reasons(measure, today, limit))
    if not reasons:
        return None
    (kind, assessment, sentence), *others = reasons
    report = measure.report
    return Finding(
        measure.key,
        kind,
        assessment,
        sentence,
        tuple(said for _kind, _mark, said in others),
        report.cause if report else "",
        report.remedy if report else "",
        report,
    )


def _reasons(measure: Measure, today: date, limit: int) -> Iterator[tuple[Reason, Assessment, str]]:
    """Every reason for attention with the mark it carries, worst first."""
    shown = progress.mark_of(measure.report, today, limit)
    some = Assessment.SOME_DEVIATION
    if shown.assessment.is_serious:
        yield Reason.MAJOR_DEVIATION, shown.assessment, shown.word
    if measure.due and progress.is_overdue(measure, today):
        said = _("Over frist siden {day}").format(day=dates.day(measure.due))
        yield Reason.OVERDUE, Assessment.MAJOR_DEVIATION, said
    if measure.due_moves >= MOVES_TO_MENTION:
        yield Reason.DEADLINE_MOVED, some, _("Frist flyttet {n}. gang").format(n=measure.due_moves)
    if shown.stale:
        yield Reason.STALE, Assessment.NOT_ASSESSED, shown.word
    if shown.assessment.is_on_track:
        yield from ((Reason.WORSENING, some, said) for said in worsening(measure.indicators, today))
    if late := progress.late_milestones(measure, today):
        yield (
            Reason.LATE_MILESTONES,
            some,
            plural("{n} milepæl over frist", "{n} milepæler over frist", len(late)),
        )
    if measure.report and measure.report.next_due and measure.report.next_due < today:
        said = _("Lovet neste steg til {day}").format(day=dates.day(measure.report.next_due))
        yield Reason.PROMISE_PASSED, some, said


def _gaps_of(measure: Measure, today: date) -> Iterator[Gap]:
    held = people.responsible_for(measure, today)
    if all(r.proposal for r in held):
        yield Gap(Missing.RESPONSIBLE, measure.key, people.Unowned(measure, held).sentence, measure.name)
    if all(i.proposal for i in measure.indicators):
        said = _("Bare foreslåtte indikatorer") if measure.indicators else _("Ingen indikator")
        yield Gap(Missing.INDICATOR, measure.key, said, measure.name)
    if not measure.milestones:
        yield Gap(Missing.MILESTONE, measure.key, _("Ingen milepæler"), measure.name)
    if measure.report is None:
        yield Gap(Missing.REPORT, measure.key, _("Ikke rapportert"), measure.name)


def _is_idle(goal: Goal) -> bool:
    return any(map(progress.is_open, goal.measures)) and not any(
        m.phase and m.phase.is_under_way for m in goal.measures
    )


def _idle(goal: Goal) -> Gap:
    return Gap(Missing.UNDER_WAY, goal.key, _("Ingen tiltak er meldt i gang"), goal.name)
