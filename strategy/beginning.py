"""What an organisation does first, in its order: each step with how far it has come and what is left."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from strategy import indicators, meetings, people, progress
from strategy.i18n import _, mark, plural
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Term


class Part(Term):
    """The steps by their word in the address."""

    ROLES = "roller", mark("Roller og navn")
    HELD = "ansvar", mark("Ansvar for tiltakene")
    BOARD = "styret", mark("Styret og møtene")
    MILESTONES = "milepaeler", mark("Årets milepæler")
    INDICATORS = "indikatorer", mark("Indikatorer")
    REPORTS = "rapporter", mark("Første rapporter")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it is done, and in a sentence how far it has come."""

    part: Part
    is_done: bool
    sentence: str

    @property
    def name(self) -> str:
        return self.part.label


def steps(snapshot: Snapshot, today: date, reached: Collection[str]) -> tuple[Step, ...]:
    """All of them; `reached` are the roles that have an e-mail address."""
    return tuple(_steps(snapshot, today, reached))


def following(found: Collection[Step]) -> Step | None:
    """The first that is not done."""
    return next((step for step in found if not step.is_done), None)


def _steps(plan: Snapshot, today: date, reached: Collection[str]) -> Iterator[Step]:
    counted = progress.counting(plan.measures)
    every = len(counted)
    yield _roles(plan, reached)
    unowned = len(people.unowned(plan, today))
    said = _("{n} av {all} tiltak har en vedtatt ansvarlig.").format(n=every - unowned, all=every)
    yield Step(Part.HELD, bool(every) and not unowned, said)
    yield _board(plan, today)
    planning = sum(_plans(measure, today) for measure in counted)
    form = _("{n} av {all} tiltak har milepæler i {year} eller senere.")
    said = form.format(n=planning, all=every, year=today.year)
    yield Step(Part.MILESTONES, bool(every) and 2 * planning >= every, said)
    adopted = indicators.adopted(plan.indicators)
    followed = sum(bool(indicators.adopted(goal.all_indicators)) for goal in plan.goals)
    said = _("{n} av {all} indikatorer er vedtatt.").format(n=len(adopted), all=len(plan.indicators))
    yield Step(Part.INDICATORS, bool(plan.goals) and followed == len(plan.goals), said)
    told = len(progress.reported(counted))
    said = _("{n} av {all} tiltak er rapportert.").format(n=told, all=every)
    yield Step(Part.REPORTS, bool(every) and told == every, said)


def _roles(plan: Snapshot, reached: Collection[str]) -> Step:
    """Whether each role that answers for something, if only by a proposal, can be reached."""
    answering = {r.person for m in plan.measures for r in m.responsibilities}
    there = [person.key for person in plan.people if person.key in answering] or [p.key for p in plan.people]
    n = sum(key in reached for key in there)
    said = _("{n} av {all} roller har en e-postadresse.").format(n=n, all=len(there))
    return Step(Part.ROLES, bool(there) and n == len(there), said)


def _board(plan: Snapshot, today: date) -> Step:
    ahead = sum(meetings.is_to_come(meeting, today) for meeting in plan.meetings)
    seats = plural("Styret har ett verv", "Styret har {n} verv", len(plan.seats))
    met = plural("og ett kommende møte.", "og {n} kommende møter.", ahead)
    return Step(Part.BOARD, bool(plan.seats and ahead), f"{seats} {met}")


def _plans(measure: Measure, today: date) -> bool:
    return any(step.year >= today.year for step in measure.milestones)
