"""What has become of one measure, subgoal or goal, fact by fact, as half sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from strategy import dates, indicators, people, progress, wording
from strategy.i18n import _, plural
from strategy.since.between import Between
from strategy.snapshot import Decision, Goal, Indicator, IndicatorValue, Measure, Milestone, Subgoal
from strategy.terms import Effect, Quality
from strategy.things import Telling, Thing, shapes
from strategy.values import Day, Phrase, Reworded, phrase, spoken

Aim = Goal | Subgoal

_MONTHS_FROM = 60
"""Days from which a deadline's move is told in months."""
_A_MONTH = 30.4375


class News(StrEnum):
    """What a fact is about."""

    ADDED = "added"
    RETIRED = "retired"
    MERGED = "merged"
    PHASE = "phase"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    WORDING = "wording"
    FRAME = "frame"
    REACHED = "reached"
    MISSED = "missed"
    MILESTONE = "milestone"
    INDICATOR = "indicator"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, as half a sentence of values; `bad` where it went the wrong way.

    `texts` are a changed text as it was and as it is, `was_due` the deadline a moved one had.
    """

    kind: News
    said: Phrase
    bad: bool = False
    texts: Reworded | None = None
    was_due: date | None = None

    @property
    def text(self) -> str:
        return spoken(self.said)

    @property
    def full(self) -> Phrase:
        """What happened, with the text that was changed."""
        return (*self.said, ": ", self.texts) if self.texts else self.said


def of_measure(old: Measure, new: Measure, seen: Between) -> Iterator[Fact]:
    """All that became of a measure that is in both snapshots."""
    if old.phase is not new.phase and new.phase:
        yield Fact(News.PHASE, (_phase_moved(old, new),))
    if old.due != new.due:
        yield _due_moved(old, new)
    then, now = people.responsible_text(old, seen.then), people.responsible_text(new, seen.today)
    if then != now:
        yield Fact(News.RESPONSIBLE, phrase(_("ansvarlig: {before} → {after}"), before=then, after=now))
    yield from _framed(old, new)
    yield from _milestones(old, new, seen)
    yield from _measured(old.indicators, new.indicators, seen)
    yield from _decided(new.key, seen)


def of_added(measure: Measure, seen: Between) -> Iterator[Fact]:
    """That a measure is new, and by whose decision."""
    yield Fact(News.ADDED, (_("nytt tiltak"),))
    yield from _decided(measure.key, seen)
    if measure.decided_by:
        yield Fact(News.DECISION, phrase(_("vedtatt: {by}"), by=measure.decided_by))


def of_retired(measure: Measure, seen: Between) -> Iterator[Fact]:
    """That a measure left the plan, or what it was merged with."""
    if heir := seen.heirs.get(measure.key):
        said = phrase(_("slått sammen med {key} {name}"), key=heir, name=seen.new[heir].name)
        yield Fact(News.MERGED, said)
    else:
        yield Fact(News.RETIRED, (_("tatt ut av planen"),))
    yield from _decided(measure.key, seen)


def of_aim(old: Aim | None, new: Aim, seen: Between) -> Iterator[Fact]:
    """All that became of a goal or subgoal itself."""
    if old is None:
        yield Fact(News.ADDED, (_("nytt hovedmål") if isinstance(new, Goal) else _("nytt delmål"),))
        return
    yield from _reworded(old.text, new.text)
    yield from _reframed("goal" if isinstance(new, Goal) else "subgoal", old, new)
    yield from _measured(old.indicators, new.indicators, seen)
    yield from _decided(new.key, seen)


def of_whole(seen: Between) -> Iterator[Fact]:
    """What changed in the document that stands above the goals."""
    old, new = seen.before.strategy, seen.after.strategy
    if old.vision != new.vision:
        texts = Reworded(old.vision, new.vision) if old.vision and new.vision else None
        yield Fact(News.WORDING, (_("visjonen har ny ordlyd"),), texts=texts)
    if (old.sections, old.headings) != (new.sections, new.headings):
        yield Fact(News.WORDING, (_("den innledende teksten er endret"),))
    if (old.start, old.end) != (new.start, new.end):
        form = _("perioden er {start}–{end}")
        yield Fact(News.FRAME, phrase(form, start=Day(new.start), end=Day(new.end)))
    yield from _reframed("strategy", old, new)


def distance(days: int) -> str:
    """How far a day was moved: in days up to two months, then in whole months."""
    days = abs(days)
    if days < _MONTHS_FROM:
        return plural("{n} dag", "{n} dager", days)
    return plural("{n} måned", "{n} måneder", round(days / _A_MONTH))


def case(decision: Decision, seen: Between) -> str:
    """«sak 41/2026», «styremøte 3» where the case has no number yet, or «et vedtak»."""
    item = next((item for item in seen.after.items if item.key == decision.item), None)
    if item and item.number:
        return _("sak {number}/{year}").format(number=item.number, year=item.year)
    meeting = next((each for each in seen.after.meetings if each.key == decision.meeting), None)
    return _("styremøte {n}").format(n=meeting.number) if meeting else _("et vedtak")


def _phase_moved(old: Measure, new: Measure) -> str:
    after = new.phase.label.lower() if new.phase else ""
    return _("{old} → {new}").format(old=old.phase.label.lower(), new=after) if old.phase else after


def _due_moved(old: Measure, new: Measure) -> Fact:
    if new.due is None:
        return Fact(News.DEADLINE, (_("fristen er tatt bort"),))
    if old.due is None:
        return Fact(News.DEADLINE, phrase(_("frist satt til {day}"), day=Day(new.due)))
    later = new.due > old.due
    form = (
        _("frist flyttet {old} → {new}, {far} senere{times}")
        if later
        else _("frist flyttet {old} → {new}, {far} tidligere")
    )
    far, times = distance((new.due - old.due).days), _times(old, new)
    said = phrase(form, old=Day(old.due), new=Day(new.due), far=far, times=times)
    return Fact(News.DEADLINE, said, bad=later, was_due=old.due)


def _times(old: Measure, new: Measure) -> str:
    """Which time in a row it was moved later; two moves between the snapshots are both told."""
    if new.due_moves < 1:
        return ""
    if new.due_moves - old.due_moves > 1:
        form = _(" ({first}.–{last}. gang)")
        return form.format(first=old.due_moves + 1, last=new.due_moves)
    return _(" ({n}. gang)").format(n=new.due_moves)


def _framed(old: Measure, new: Measure) -> Iterator[Fact]:
    """What was changed of the adopted text and of what stands round it."""
    yield from _reworded(old.text, new.text)
    if old.subgoal != new.subgoal:
        yield Fact(News.FRAME, phrase(_("flyttet til delmål {key}"), key=new.subgoal))
    yield from _reframed("measure", old, new)
    if new.decided_by and old.decided_by != new.decided_by:
        yield Fact(News.DECISION, phrase(_("vedtatt: {by}"), by=new.decided_by))


def _reworded(before: str, after: str) -> Iterator[Fact]:
    if before != after:
        texts = Reworded(before, after) if before and after else None
        yield Fact(News.WORDING, (_("ny ordlyd"),), texts=texts)


def _reframed(kind: str, old: Thing, new: Thing) -> Iterator[Fact]:
    """The fields that are told by their name: «vekt: 1 → 2»."""
    for name, shape in shapes(kind).items():
        before, after = getattr(old, name), getattr(new, name)
        if shape.telling is Telling.PLAIN and before != after:
            form = _("{what}: {before} → {after}")
            said = {"before": wording.said(before), "after": wording.said(after)}
            yield Fact(News.FRAME, phrase(form, what=shape.label, **said))


def _milestones(old: Measure, new: Measure, seen: Between) -> Iterator[Fact]:
    """Those reached and those missed by name; those moved, and how many came and went."""
    was = {step.key: step for step in old.milestones}
    for step in new.milestones:
        before = was.pop(step.key, None)
        if progress.is_done(step, seen.today):
            if not before or not progress.is_done(before, seen.then):
                yield Fact(News.REACHED, phrase(_("milepæl nådd: {title}"), title=step.title))
        elif _missed(step, new, seen):
            form = _("milepæl ikke nådd innen {day}: {title}")
            yield Fact(News.MISSED, phrase(form, day=Day(step.due), title=step.title), bad=True)
        elif before and before.due != step.due:
            form = _("milepæl flyttet {old} → {new}: {title}")
            said = phrase(form, old=Day(before.due), new=Day(step.due), title=step.title)
            yield Fact(News.MILESTONE, said, bad=step.due > before.due)
        elif not before:
            yield Fact(News.MILESTONE, phrase(_("ny milepæl: {title}"), title=step.title))
    for gone in was.values():
        yield Fact(News.MILESTONE, phrase(_("milepæl tatt ut: {title}"), title=gone.title))


def _missed(step: Milestone, measure: Measure, seen: Between) -> bool:
    """Whether its day passed between the two and the work is still open; it was no news before."""
    return progress.is_open(measure) and seen.then <= step.due < seen.today


def _measured(old: Sequence[Indicator], new: Sequence[Indicator], seen: Between) -> Iterator[Fact]:
    was = {indicator.key: indicator for indicator in old}
    for indicator in new:
        before = was.pop(indicator.key, None)
        if before is None:
            yield Fact(News.INDICATOR, phrase(_("ny indikator: {name}"), name=indicator.name))
        elif before != indicator:
            yield from _indicator(before, indicator, seen.today)
    for gone in was.values():
        yield Fact(News.INDICATOR, phrase(_("indikator tatt ut: {name}"), name=gone.name))


def _indicator(old: Indicator, new: Indicator, today: date) -> Iterator[Fact]:
    if old.proposal and not new.proposal:
        yield Fact(News.INDICATOR, phrase(_("indikatoren «{name}» er tatt i bruk"), name=new.name))
    was = {value.key: value for value in old.values}
    trend = indicators.trend(new, today)
    for value in new.values:
        before = was.pop(value.key, None)
        if before is None:
            yield _new_value(new, value, trend)
        elif said := _corrected(new, before, value):
            yield Fact(News.INDICATOR, (f"{new.name} ", *said))
    for gone in was.values():
        form = _("{name}: målingen for {period} er tatt ut")
        yield Fact(News.INDICATOR, phrase(form, name=new.name, period=dates.period_label(gone.period)))
    yield from of_aims(old, new)


def of_aims(old: Indicator, new: Indicator) -> Iterator[Fact]:
    """What an indicator begins with and should come to, where that was changed."""
    yield from _baseline(old, new)
    yield from _targets(old, new)


def _baseline(old: Indicator, new: Indicator) -> Iterator[Fact]:
    was, now = ((each.baseline, each.baseline_on) for each in (old, new))
    if was == now or old.proposal:
        return
    before, after = (_begun(each) for each in (old, new))
    form = (
        _("{name}: nullpunktet er endret fra {before} til {after}")
        if old.baseline is not None
        else _("{name}: nullpunktet er satt til {after}")
    )
    yield Fact(News.INDICATOR, phrase(form, name=new.name, before=before, after=after))


def _begun(indicator: Indicator) -> str:
    """«218 (01.01.2023)»."""
    if indicator.baseline is None:
        return _("ingenting")
    said = indicators.amount(indicator, indicator.baseline)
    return said + (f" ({dates.day(indicator.baseline_on)})" if indicator.baseline_on else "")


def _new_value(indicator: Indicator, value: IndicatorValue, trend: indicators.Trend | None) -> Fact:
    """A new value; the newest number also tells where it went from the one before."""
    if trend is None or trend.latest.key != value.key:
        form = _("{name}: {value} i {period}")
        measured, period = indicators.measured(indicator, value), dates.period_label(value.period)
        return Fact(News.INDICATOR, phrase(form, name=indicator.name, value=measured, period=period))
    way = {True: _(", riktig vei"), False: _(", feil vei"), None: ""}[trend.better]
    bad = trend.better is False and indicators.is_coloured(indicator)
    return Fact(News.INDICATOR, tuple(filter(None, (f"{indicator.name} ", *trend.said, way))), bad)


def _corrected(indicator: Indicator, old: IndicatorValue, new: IndicatorValue) -> Phrase:
    period = dates.period_label(new.period)
    if (old.value, old.text) != (new.value, new.text):
        form = _("for {period} er rettet fra {before} til {after}")
        before, after = (indicators.measured(indicator, value) for value in (old, new))
        return phrase(form, period=period, before=before, after=after)
    if old.quality is Quality.PRELIMINARY and new.quality is Quality.FINAL:
        return phrase(_("for {period} er nå endelig"), period=period)
    return ()


def _targets(old: Indicator, new: Indicator) -> Iterator[Fact]:
    before = {target.due: target.value for target in indicators.targets(old)}
    for target in indicators.targets(new):
        value, was = indicators.quantity(new, target.value), before.get(target.due)
        if was is None:
            form = _("{name}: måltall {value} til {day}")
            yield Fact(News.INDICATOR, phrase(form, name=new.name, value=value, day=Day(target.due)))
        elif was != target.value:
            form = _("{name}: måltallet til {day} er endret fra {before} til {after}")
            earlier = indicators.quantity(new, was)
            said = phrase(form, name=new.name, day=Day(target.due), before=earlier, after=value)
            yield Fact(News.INDICATOR, said)
    for due in before.keys() - {target.due for target in indicators.targets(new)}:
        form = _("{name}: måltallet til {day} er tatt ut")
        yield Fact(News.INDICATOR, phrase(form, name=new.name, day=Day(due)))


def _decided(key: str, seen: Between) -> Iterator[Fact]:
    """The decisions made between the two that name or change a thing."""
    for decision, effect in seen.decided.get(key, ()):
        where = case(decision, seen)
        if effect is None or effect is Effect.CORRECTED:
            said = phrase(_("vedtak i {where}: «{text}»"), where=where, text=decision.text)
        else:
            said = phrase(_("{effect} ved vedtak i {where}"), effect=effect.label.lower(), where=where)
        yield Fact(News.DECISION, said)
