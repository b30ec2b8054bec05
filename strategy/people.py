"""Who answers for what, what of it is late or silent, and what nobody answers for; proposals never count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from strategy import progress, texts
from strategy.i18n import _
from strategy.snapshot import Measure, Person, Responsibility, Snapshot
from strategy.terms import Part

STALE_AFTER = progress.STALE_AFTER


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day something is due in `measure`; `text` says what."""

    day: date
    measure: Measure
    text: str


@dataclass(frozen=True, slots=True)
class Load:
    """What one role has on its table.

    `responsible`, `contributes` and `reviews` are adopted; `proposed` is where it is only proposed.
    `late`, `silent` and `next_deadline` are among `responsible`, whatever is only proposed.
    """

    person: Person
    responsible: tuple[Measure, ...]
    proposed: tuple[Measure, ...]
    contributes: tuple[Measure, ...]
    reviews: tuple[Measure, ...]
    late: tuple[Measure, ...]
    silent: tuple[Measure, ...]
    next_deadline: Deadline | None

    @property
    def title(self) -> str:
        """What the role is called, marked where it is a proposal: not where it is adopted to anything."""
        adopted = self.responsible or self.contributes or self.reviews
        return marked(self.person.title, proposal=self.person.proposal and not adopted)


@dataclass(frozen=True, slots=True)
class Unowned:
    """An open measure without an adopted responsible; `proposed` are those somebody has proposed."""

    measure: Measure
    proposed: tuple[Responsibility, ...]

    @property
    def sentence(self) -> str:
        if not self.proposed:
            return _("Ingen ansvarlig")
        return _("Ingen vedtatt ansvarlig, foreslått: {names}").format(
            names=", ".join(r.title or r.person for r in self.proposed)
        )


@dataclass(frozen=True, slots=True)
class Answering:
    """What one role answers for; of `proposed` it is only proposed. Without a `person`: nobody answers."""

    person: str
    title: str
    measures: tuple[Measure, ...]
    proposed: tuple[Measure, ...]


def answering(measures: Iterable[Measure], today: date) -> tuple[Answering, ...]:
    """Who answers for each of `measures`, role by role, and last what nobody answers for."""
    titles = {"": _("Ingen ansvarlig")}
    held: dict[tuple[str, bool], list[Measure]] = {}
    for measure in measures:
        found = [(r.person, r.proposal, r.title or r.person) for r in responsible_for(measure, today)]
        for person, proposal, title in found or [("", False, titles[""])]:
            titles[person] = title
            held.setdefault((person, proposal), []).append(measure)
    order = sorted(dict.fromkeys(person for person, _proposal in held), key=lambda person: not person)
    return tuple(
        Answering(key, titles[key], tuple(held.get((key, False), ())), tuple(held.get((key, True), ())))
        for key in order
    )


def load(snapshot: Snapshot, today: date, limit: int = STALE_AFTER) -> tuple[Load, ...]:
    """The load of every role, in the plan's order; roles with nothing are there too."""
    held: dict[str, list[tuple[Responsibility, Measure]]] = {person.key: [] for person in snapshot.people}
    for measure in progress.counting(snapshot.measures):
        for responsibility in in_force(measure, today):
            held.setdefault(responsibility.person, []).append((responsibility, measure))
    return tuple(_load(person, held[person.key], today, limit) for person in snapshot.people)


def unowned(snapshot: Snapshot, today: date) -> tuple[Unowned, ...]:
    """Open measures nobody has been made responsible for; a proposal does not count, and is named."""
    found = ((m, responsible_for(m, today)) for m in snapshot.measures if progress.is_open(m))
    return tuple(Unowned(measure, held) for measure, held in found if all(r.proposal for r in held))


def lines_of(snapshot: Snapshot, person: str, day: date) -> tuple[tuple[Measure, Responsibility], ...]:
    """What `person` has to do with each measure from `day` on, proposals too: what a handover is about."""
    return tuple(
        (measure, held)
        for measure in snapshot.measures
        for held in measure.responsibilities
        if held.person == person and (held.until is None or held.until > day)
    )


def upcoming(measures: tuple[Measure, ...], today: date, until: date) -> tuple[Deadline, ...]:
    """What is late and what is due before `until` in the open ones of `measures`, by day.

    A step that is promised on the day of the milestone it is called after is told once.
    """
    found: dict[tuple[date, str, str], Deadline] = {}
    for measure in measures:
        for due in deadlines(measure, today) if progress.is_open(measure) else ():
            if due.day < until:
                found.setdefault((due.day, measure.key, due.text.rstrip(".").casefold()), due)
    in_order = sorted(found, key=lambda each: (each[0], texts.natural(each[1]), each[2]))
    return tuple(found[key] for key in in_order)


def in_force(measure: Measure, today: date) -> tuple[Responsibility, ...]:
    """Every responsibility that holds on `today`, adopted before proposed, in the plan's order."""
    held = (r for r in measure.responsibilities if r.holds(today))
    return tuple(sorted(held, key=lambda r: (r.proposal, r.order)))


def responsible_for(measure: Measure, today: date) -> tuple[Responsibility, ...]:
    """Those who answer for it on `today`, adopted before proposed."""
    return tuple(r for r in in_force(measure, today) if r.part is Part.RESPONSIBLE)


def reporting_on(measure: Measure, today: date) -> tuple[Responsibility, ...]:
    """Those who may be given a link to report by: who answers for it on `today`, or contributes."""
    return tuple(r for r in in_force(measure, today) if r.part.reports)


def responsible_text(measure: Measure, today: date) -> str:
    """«Generalsekretær (forslag)», or «Ingen ansvarlig»."""
    return ", ".join(map(name, responsible_for(measure, today))) or _("Ingen ansvarlig")


def name(responsibility: Responsibility) -> str:
    """The role's title, marked where it is a proposal."""
    return marked(responsibility.title or responsibility.person, proposal=responsibility.proposal)


def marked(title: str, *, proposal: bool) -> str:
    """The title of a role, marked where what it is told for is a proposal."""
    return _("{title} (forslag)").format(title=title) if proposal else title


def next_deadline(measures: tuple[Measure, ...], today: date) -> Deadline | None:
    """The first thing due on or after `today` in the open ones of `measures`."""
    coming = [
        d
        for measure in measures
        if progress.is_open(measure)
        for d in deadlines(measure, today)
        if d.day >= today
    ]
    return min(coming, key=lambda d: d.day, default=None)


def deadlines(measure: Measure, today: date) -> tuple[Deadline, ...]:
    """The measure's own deadline, its milestones not reached and the promised next step, by day."""
    found = [Deadline(m.due, measure, m.title) for m in measure.milestones if not progress.is_done(m, today)]
    if measure.due:
        found.append(Deadline(measure.due, measure, _("Frist for tiltaket")))
    if measure.report and measure.report.next_due:
        found.append(Deadline(measure.report.next_due, measure, measure.report.next_step or _("Neste steg")))
    return tuple(sorted(found, key=lambda d: d.day))


def _load(person: Person, held: list[tuple[Responsibility, Measure]], today: date, limit: int) -> Load:
    def part(wanted: Part, *, proposal: bool = False) -> tuple[Measure, ...]:
        return tuple(measure for r, measure in held if r.part is wanted and r.proposal is proposal)

    mine = part(Part.RESPONSIBLE)
    return Load(
        person,
        mine,
        part(Part.RESPONSIBLE, proposal=True),
        part(Part.CONTRIBUTOR),
        part(Part.REVIEWER),
        progress.late(mine, today),
        tuple(measure for measure in mine if progress.is_silent(measure, today, limit)),
        next_deadline(mine, today),
    )
