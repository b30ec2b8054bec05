"""The rules of what is said of how it goes: reports, milestones, and what came of a year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from strategy import dates, texts
from strategy.access import Actor, Verb, require
from strategy.i18n import _, mark
from strategy.record import saving
from strategy.record.around import Around, Stored
from strategy.record.rules.rule import (
    NO_MEASURE,
    NO_THING,
    Rules,
    Told,
    halves,
    in_plan,
    may_report,
    year,
)
from strategy.record.wanted import Values
from strategy.terms import Assessment, DraftState, Phase, Reached, Settlement
from strategy.things import Attainment, Draft, Milestone, StatusReport

LEFT_OUT = mark("{field} hører bare til et avvik, og er ikke tatt med.")

R = TypeVar("R", StatusReport, Draft)


def report_normal(report: R) -> R:
    """What is no deviation has neither cause nor remedy; what is dropped or withdrawn keeps its cause."""
    if report.assessment.is_deviation:
        return report
    keeps = report.phase is Phase.DROPPED or report.promise is Settlement.WITHDRAWN
    return replace(report, remedy="", cause=report.cause if keeps else "")


def report_flaws(report: StatusReport, around: Around) -> Iterator[Told]:
    """A measure has a phase; an aim has none, and words for its assessment."""
    is_measure = around.thing("measure", report.key) is not None
    if is_measure and report.phase is None:
        yield "phase", _("Velg hvor arbeidet er: fase.")
    if not is_measure and report.phase is not None:
        yield "phase", _("Et mål har ingen fase, bare en vurdering.")
    if not is_measure and not report.done:
        yield "done", _("Skriv en kort begrunnelse for vurderingen.")
    yield from deviation_flaws(report)
    yield from promise_flaws(report, around.thing("status_report", report.key), around.today)
    if report.estimate is not None and not 0 <= report.estimate <= 100:
        yield "estimate", _("Anslaget må være mellom 0 og 100 prosent.")
    yield from next_due_flaws(report, around)


def next_due_flaws(report: StatusReport | Draft, around: Around) -> Iterator[Told]:
    """A next step that is promised anew has its day today or later; one that stood before may have passed."""
    before = around.thing("status_report", report.key) if isinstance(report, StatusReport) else None
    is_new = before is None or before.next_due != report.next_due
    if report.next_due and is_new and report.next_due < around.today:
        form = _("Neste steg kan ikke ha frist {day}, for den dagen er over. Velg en dag fra i dag av.")
        yield "next_due", form.format(day=dates.day(report.next_due))


def deviation_flaws(report: StatusReport | Draft) -> Iterator[Told]:
    """A deviation has a cause and a remedy, what is dropped a cause."""
    if report.assessment.is_deviation and not report.cause:
        yield "cause", _("Et avvik må ha en årsak. Skriv hvorfor det ikke går som planlagt.")
    if report.assessment.is_deviation and not report.remedy:
        yield "remedy", _("Et avvik må ha et svar. Skriv hva som gjøres med det.")
    if report.phase is Phase.DROPPED and not report.cause:
        yield "cause", _("Skriv hvorfor tiltaket utgår.")


def promise_flaws(report: StatusReport | Draft, before: StatusReport | None, today: date) -> Iterator[Told]:
    """A promise whose day has passed is answered; not done yet has a new day, and withdrawn a cause."""
    is_open = report.phase is None or report.phase.is_open
    if report.promise is Settlement.WITHDRAWN and not report.cause:
        yield "cause", _("Skriv i «Årsak» hvorfor løftet er trukket.")
    if report.promise is Settlement.NOT_YET and is_open and (not report.next_due or report.next_due < today):
        yield "next_due", _("Løftet er ikke gjort ennå. Sett en ny dag for neste steg, eller trekk det.")
    if report.promise or not is_open or not before or not before.is_promise:
        return
    if before.next_due and before.next_due < today:
        said = _("Forrige rapport lovet «{what}» til {day}. Si hva som ble av det: {answers}.")
        answers = ", ".join(each.label.lower() for each in Settlement)
        what = before.next_step or _("neste steg")
        yield "promise", said.format(what=what, day=dates.day(before.next_due), answers=answers)


def draft_flaws(draft: Draft, around: Around) -> Iterator[Told]:
    """What is sent in says what was done, as a report it would be; what is sent back says what is missing."""
    if draft.state is DraftState.RETURNED and not draft.word:
        yield "word", _("Skriv en beskjed, så den som skrev utkastet vet hva som mangler.")
    if draft.state is not DraftState.SUBMITTED:
        return
    if draft.phase is None:
        yield "phase", _("Velg hvor arbeidet er: fase.")
    yield from deviation_flaws(draft)
    yield from next_due_flaws(draft, around)
    if not draft.done:
        yield "done", _("Skriv kort hva som er gjort.")
    yield from promise_flaws(draft, around.thing("status_report", draft.measure), around.today)


def milestone_flaws(milestone: Milestone, around: Around) -> Iterator[Told]:
    """A milestone has a name and a year of ours, and is not reached in the future."""
    if not milestone.title:
        yield "title", _("Gi milepælen et navn.")
    yield from year("year", milestone.year)
    if milestone.done_on and milestone.done_on > around.today:
        yield "done_on", _("Datoen milepælen ble nådd, kan ikke være i framtiden.")


def milestone_doubts(milestone: Milestone, around: Around) -> Iterator[Told]:
    """One that says the same as another of its measure and year is perhaps a press too many."""
    for other in around.all("milestone", measure=milestone.measure, year=milestone.year):
        if other.key != milestone.key and texts.folded(other.title) == texts.folded(milestone.title):
            form = _("Tiltaket har alt milepælen «{title}» i {year}. Er det riktig?")
            yield "title", form.format(title=other.title, year=other.year)
            return


def attainment_flaws(attainment: Attainment, around: Around) -> Iterator[Told]:
    """What came of a year that has begun, with a reason unless it is too early to say."""
    yield from year("year", attainment.year)
    if attainment.year > around.today.year:
        yield "year", _("Året har ikke begynt ennå.")
    if attainment.reached not in (None, Reached.TOO_EARLY) and not attainment.reason:
        yield "reason", _("Skriv en kort begrunnelse for måloppnåelsen.")


def _reported_on(raw: Values, around: Around) -> Iterator[Told]:
    if not any(around.thing(kind, raw["key"]) for kind in ("measure", "goal", "subgoal")):
        yield "", _(NO_THING).format(key=raw["key"])


def _aimed_at(raw: Values, around: Around) -> Iterator[Told]:
    if not any(around.thing(kind, raw["belongs_to"]) for kind in ("goal", "subgoal")):
        yield "", _("Fant ikke målet «{key}» i planen.").format(key=raw["belongs_to"])


def _thing_and_year(key: str) -> Values:
    thing, _at, said = key.rpartition("@")
    return {"belongs_to": thing, "year": int(said) if said.isdecimal() else 0}


def _may_send_in(actor: Actor, raw: Values, around: Stored) -> None:
    """Who answers for the measure or contributes, also by proposal, sends in; the secretariat handles it."""
    held = saving.senders(around.session, around.strategy, raw["measure"], around.today)
    require(actor, Verb.REPORT, held & {raw["person"]})


RULES: Mapping[str, Rules] = {
    "status_report": Rules(
        NO_THING,
        may=lambda actor, raw, around: may_report(actor, raw["key"], around),
        stands_on=_reported_on,
        begun=lambda _raw, _around: {"assessment": Assessment.NOT_ASSESSED},
        normal=report_normal,
        flaws=report_flaws,
        left_out=LEFT_OUT,
    ),
    "milestone": Rules(
        mark("Fant ikke milepælen. Kanskje er den allerede tatt ut."),
        may=lambda actor, raw, around: may_report(actor, raw["measure"], around),
        named=lambda key: {"measure": key.rpartition("-")[0]},
        needs={"due": mark("Milepælen må ha en frist.")},
        stands_on=lambda raw, around: in_plan("measure", raw["measure"], around, NO_MEASURE),
        begun=lambda raw, _around: {"year": raw["due"].year},
        flaws=milestone_flaws,
        doubts=milestone_doubts,
    ),
    "draft": Rules(
        mark("Fant ikke utkastet."),
        may=_may_send_in,
        named=halves("measure", "person"),
        needs={"assessment": mark("Velg hvordan det går.")},
        stands_on=lambda raw, around: in_plan("measure", raw["measure"], around, NO_MEASURE),
        normal=report_normal,
        flaws=draft_flaws,
        left_out=LEFT_OUT,
    ),
    "attainment": Rules(
        NO_THING,
        may=lambda actor, _raw, _around: require(actor, Verb.REPORT),
        named=_thing_and_year,
        stands_on=_aimed_at,
        flaws=attainment_flaws,
    ),
}
