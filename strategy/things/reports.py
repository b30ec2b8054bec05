"""What is said of how it goes: reports, measured values, milestones, and what came of a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from strategy import terms
from strategy.i18n import mark
from strategy.things.shape import Thing, Where, document, given, line, paragraph

_FILLED = Where.TABLE | Where.EXCEL
_SENT = Where.EXCEL | Where.LINK
_SAID = _FILLED | Where.LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue(Thing):
    """A measured number or text for a period; key is `indicator@period`."""

    indicator: str = given(mark("indikator"))
    period: str = given(mark("periode"))
    value: Decimal | None = given(mark("verdi"), None, where=_FILLED)
    text: str = paragraph(mark("tekst"), "", called=mark("Vurdering i ord"), where=_FILLED)
    comment: str = paragraph(mark("kommentar"), "", where=_FILLED)
    source: str = line(mark("kilde"), "", where=_FILLED)
    quality: terms.Quality = given(mark("kvalitet"), terms.Quality.FINAL, where=_FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Thing):
    """A step on the way in a measure, in the action plan of one year."""

    measure: str = given(mark("tiltak"))
    title: str = line(mark("tittel"), called=mark("Milepæl"), where=Where.TABLE)
    due: date = given(mark("frist"), where=Where.TABLE)
    done_on: date | None = given(mark("nådd"), None, where=_FILLED)
    evidence: str = paragraph(mark("dokumentasjon"), "", where=_FILLED)
    year: int = given(mark("år"))
    order: int | None = given(mark("rekkefølge"), None, where=Where.TABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport(Thing):
    """What was said of a measure, subgoal or goal; key is that thing's key, each report is its next version.

    Goals and subgoals have an assessment and texts, no phase. `estimate` is the reporter's per cent, 0–100.
    `promise` is what became of the next step the report before it promised; why it is withdrawn is the cause.
    """

    phase: terms.Phase | None = given(mark("fase"), None, where=_SAID)
    assessment: terms.Assessment = given(mark("vurdering"), where=_SAID)
    estimate: int | None = given(mark("anslag i prosent"), None, called=mark("Anslag"), where=Where.EXCEL)
    done: str = paragraph(mark("dette er gjort"), "", where=_SAID)
    cause: str = paragraph(mark("årsak"), "", where=_SAID)
    remedy: str = paragraph(mark("tiltak for å rette opp"), "", where=_SAID)
    next_step: str = paragraph(mark("neste steg"), "", where=_SENT)
    next_due: date | None = given(mark("neste steg innen"), None, where=_SENT)
    promise: terms.Settlement | None = given(mark("løftet fra sist"), None, where=_SAID, anew=True)

    @property
    def is_promise(self) -> bool:
        """Whether it names a day for the next step of work that goes on."""
        return self.next_due is not None and (self.phase is None or self.phase.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment(Thing):
    """What came of a goal or subgoal in a year, for the annual report; key is `thing@year`."""

    belongs_to: str = given(mark("hører til"))
    year: int = given(mark("år"))
    reached: terms.Reached | None = given(mark("måloppnåelse"), None)
    reason: str = paragraph(mark("begrunnelse"), "")
    narrative: str = document(mark("tekst til årsmeldingen"), "")
    lesson: str = paragraph(mark("lærdom"), "")
