"""What is said where a list is empty: that there is nothing yet, or that all there was is done.

No list is good news because nobody has said anything.
"""

from collections.abc import Iterable, Sized
from datetime import date

from strategy import meetings, progress
from strategy.i18n import _, plural
from strategy.snapshot import Decision, Measure, Question, Snapshot
from strategy.terms import Effect
from strategy.values import Phrase, Share, phrase


def contradictions(plan: Snapshot) -> Phrase:
    """Of said versus done: of how many measures anything is said at all."""
    counted = progress.counting(plan.measures)
    reported = progress.reported(counted)
    if not reported:
        return (_("Ingen tiltak er rapportert ennå, så det er ingenting å sammenligne."),)
    if len(reported) == len(counted):
        return (_("Det er ingen motstrid mellom det som er meldt, og det som er gjort."),)
    form = _("Det er ingen motstrid mellom det som er meldt om {share} tiltak, og det som er gjort.")
    return phrase(form, share=Share(len(reported), len(counted)))


def deviations(measures: Iterable[Measure], today: date, when: str = "") -> str:
    """Of measures that show a deviation on the day."""
    counted = progress.counting(measures)
    if not counted:
        return _("Planen har ingen tiltak ennå.")
    if not progress.reported(counted):
        return _("Ingen tiltak er rapportert ennå.")
    if not any(progress.mark_of(m.report, today).assessment.is_judged for m in counted):
        return _("Ingen tiltak har en fersk vurdering.")
    said = _("Ingen tiltak med fersk vurdering er meldt med avvik")
    return f"{said} {when}." if when else f"{said}."


def attention(plan: Snapshot) -> str:
    """Of measures that need attention."""
    counted = progress.counting(plan.measures)
    if not counted:
        return _("Planen har ingen tiltak ennå.")
    if not progress.reported(counted):
        return _("Ingen tiltak er rapportert ennå.")
    return _("Ingen tiltak krever oppmerksomhet nå.")


def decisions(made: Iterable[Decision]) -> str:
    """Of decisions that wait; `made` are all there are."""
    every = tuple(made)
    if not every:
        return _("Det er ingen vedtak å følge opp.")
    if all(map(meetings.is_followed_up, every)):
        return _("Alle tidligere vedtak er fulgt opp.")
    return _("Alle tidligere vedtak er fulgt opp eller avsluttet uten oppfølging.")


def questions(answered: Iterable[Question]) -> str:
    """Of questions that wait for an answer; `answered` are those that have one."""
    if not (n := len(tuple(answered))):
        return _("Ingen har spurt om noe ennå.")
    return plural("Spørsmålet er besvart.", "Alle {n} spørsmål er besvart.", n)


def gaps(plan: Snapshot) -> str:
    """Of what is missing in the plan."""
    if not progress.counting(plan.measures):
        return _("Planen har ingen tiltak ennå.")
    said = _("Alle tiltak har ansvarlig, indikator, milepæl og rapport.")
    if any(each.effect is not Effect.CORRECTED for each in plan.authorities):
        said += " " + _("Alle endringer av det vedtatte har et grunnlag.")
    return said


def proposals(indicators: Sized) -> str:
    """Of indicators and targets that are only proposed; `indicators` are all there are."""
    if not len(indicators):
        return _("Planen har ingen indikatorer.")
    return _("Alle indikatorer og måltall er vedtatt.")
