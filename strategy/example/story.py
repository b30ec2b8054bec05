"""The made-up history as data: the files in `data/example/`, read into events in order of time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from strategy import config, dates
from strategy.document import nodes, problem
from strategy.errors import BadInput
from strategy.terms import Assessment, Phase, Quality, Reached, Settlement

DATA = config.resource("data/example")
GOALS = ("goal-1.yaml", "goal-2.yaml", "goal-3.yaml")

ADOPTED, AIMED = date(2024, 6, 18), date(2024, 9, 6)
"""When the indicators were adopted, and their targets, where the story says nothing else."""

SECRETARY = "Generalsekretær"
BASELINE_ON = "2023-12-31"
ADDED_INDICATORS_LAST = 9

_ENTERED_AFTER = timedelta(days=22)
_ATTAINED = (3, 10)
_FRIDAY = 5
_BYTES_PER_NODE = 4  # the story is denser than a plan
_DECIDED = ("band", "frequency")
_CARRIED = ("by", "phase", "assessment", "estimate")

Said = Mapping[str, Any]


class Told(StrEnum):
    """What kind of thing happened, in the order things happen on one day."""

    LOADED = "loaded"
    SEATED = "seated"
    SCHEDULED = "scheduled"
    MET = "met"
    PLANNED = "planned"
    ADDED = "added"
    REPORTED = "reported"
    MEASURED = "measured"
    REACHED = "reached"
    JUDGED = "judged"
    ATTAINED = "attained"
    TAGGED = "tagged"
    LINKED = "linked"
    NOTED = "noted"
    PREPARED = "prepared"
    MOVED = "moved"
    CALLED = "called"
    ASKED = "asked"
    ANSWERED = "answered"
    EXPLAINED = "explained"
    FOLLOWED = "followed"
    INVITED = "invited"
    SENT = "sent"
    RETURNED = "returned"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Event:
    """What `by` (a role) did on a day with one `thing` (its key, or key and period or year).

    `said` holds the other arguments of the door it goes through, by name.
    """

    day: date
    told: Told
    by: str
    thing: tuple[Any, ...]
    said: Said


def reported() -> Iterator[Event]:
    """The plan and all that is said of its measures, goals and indicators."""
    yield from (*_plan(), *_adoptions(), *_values(), *_measures(), *_goals())


def in_order(found: Iterable[Event]) -> tuple[Event, ...]:
    """Events in order of time, those of one day in the order of `Told`."""
    order = tuple(Told)
    return tuple(sorted(found, key=lambda event: (event.day, order.index(event.told))))


@cache
def meetings() -> tuple[date, ...]:
    """The days of the board meetings, which the reports are dated by."""
    return tuple(day_of(meeting["date"]) for meeting in read("meetings.yaml")["meetings"])


def _plan() -> Iterator[Event]:
    for said in read("plan.yaml"):
        edits = [_plan_edit(edit) for edit in said.get("edits", ())]
        told = Told.LOADED if "load" in said else Told.PLANNED
        how = {"reason": said["reason"], "edits": edits}
        how |= {name: said.get(name, "") for name in ("decision", "grounds")}
        yield Event(day_of(said["date"]), told, said["by"], (), how)


def _plan_edit(edit: Said) -> tuple[str, str, Said | None]:
    """(kind, key, fields); the key `*` is all of a kind, no fields takes the thing out."""
    if "every" in edit:
        return edit["every"], "*", edit["set"]
    kind = next(iter(edit))
    return kind, edit[kind], None if "retire" in edit else edit["set"]


def _adoptions() -> Iterator[Event]:
    adopted = "Styret tok indikatorene i bruk {day}, med nullpunkt for 2023. Tallene er oppdiktet."
    aimed = "Styret satte måltall for indikatorene {day}. Måltallene er oppdiktet."
    for day, edits, reason in ((ADOPTED, _adoption, adopted), (AIMED, _aims, aimed)):
        found = [edit for key, said in read("indicators.yaml").items() for edit in edits(key, said)]
        because = reason.format(day=dates.long_day(day))
        yield Event(day, Told.PLANNED, SECRETARY, (), {"reason": because, "edits": found})


def _adoption(key: str, said: Said) -> Iterator[tuple[str, str, Said]]:
    fields = {"proposal": False, **said.get("new", {})}
    if "new" in said:
        fields["order"] = ADDED_INDICATORS_LAST
    if "baseline" in said:
        fields |= {"baseline": said["baseline"], "baseline_on": said.get("baseline_on", BASELINE_ON)}
    yield "indicator", key, fields | {name: said[name] for name in _DECIDED if name in said}


def _aims(key: str, said: Said) -> Iterator[tuple[str, str, Said]]:
    for aim in said.get("targets", ()):
        yield "target", f"{key}@{aim['due']}", {"indicator": key, **aim}


def _values() -> Iterator[Event]:
    for key, indicator in read("indicators.yaml").items():
        for said in indicator["values"]:
            yield _value(key, said)


def _value(key: str, said: Said) -> Event:
    period = said["period"]
    number = Decimal(said["value"]) if "value" in said else None
    quality = Quality(said.get("quality", Quality.FINAL))
    texts = {name: said.get(name, "") for name in ("text", "comment", "source")}
    entered = day_of(said.get("entered")) or _workday(dates.period_end(period) + _ENTERED_AFTER)
    fields = {"value": number, "quality": quality, **texts}
    return Event(entered, Told.MEASURED, SECRETARY, (key, period), fields)


def _measures() -> Iterator[Event]:
    for name in GOALS:
        for key, said in read(name).items():
            yield from _reports(key, said["reports"])
            for number, milestone in enumerate(said.get("milestones", ()), 1):
                yield from _milestone(key, f"{key}-m{number}", milestone, said["reports"])


def _reports(key: str, reports: Iterable[Said]) -> Iterator[Event]:
    """Each report, with what it does not say taken from the one before."""
    last: Said = {}
    for said in reports:
        last = {name: said.get(name, last.get(name)) for name in _CARRIED}
        yield Event(day_of(said["date"]), Told.REPORTED, last["by"], (key,), _report({**said, **last}))


def _report(said: Said) -> Said:
    texts = {name: said.get(name, "") for name in ("done", "cause", "remedy")}
    phase, estimate = said["phase"], said["estimate"]
    return {
        "phase": Phase(phase) if phase else None,
        "assessment": Assessment(said["assessment"]),
        "estimate": int(estimate) if estimate else None,
        **texts,
        "next_step": said.get("next", ""),
        "next_due": day_of(said.get("next_due")),
        "promise": Settlement(said["promise"]) if "promise" in said else None,
    }


def _milestone(measure: str, key: str, said: Said, reports: list[Said]) -> Iterator[Event]:
    year = int(said["year"])
    noted = day_of(said.get("noted", said.get("done")))
    planned = _first_meeting(year) + timedelta(days=1)
    added = day_of(said.get("added")) or min(planned, noted or planned)
    fields = {"measure": measure, "title": said["title"], "year": year, "due": day_of(said["due"])}
    yield Event(added, Told.ADDED, _who(reports, added), (key,), fields)
    for move in said.get("moved", ()):
        fields = {**fields, "due": day_of(move["due"])}
        yield Event(day_of(move["date"]), Told.REACHED, _who(reports, day_of(move["date"])), (key,), fields)
    if noted:
        fields = {**fields, "done_on": day_of(said["done"]), "evidence": said.get("evidence", "")}
        yield Event(noted, Told.REACHED, _who(reports, noted), (key,), fields)


def _who(reports: Iterable[Said], day: date) -> str:
    """Who reported last before `day`, or will report first."""
    named = [(day_of(said["date"]), str(said["by"])) for said in reports if "by" in said]
    return next((by for on, by in reversed(named) if on <= day), named[0][1])


def _goals() -> Iterator[Event]:
    for key, said in read("goals.yaml").items():
        yield from (replace(event, told=Told.JUDGED) for event in _reports(key, said["assessments"]))
        for attained in said["attainments"]:
            yield _attainment(key, attained)


def _attainment(key: str, said: Said) -> Event:
    year = int(said["year"])
    texts = {name: said[name] for name in ("reason", "narrative", "lesson")}
    fields = {"reached": Reached(said["reached"]), **texts}
    return Event(date(year + 1, *_ATTAINED), Told.ATTAINED, SECRETARY, (key, year), fields)


def _first_meeting(year: int) -> date:
    return next(day for day in meetings() if day.year == year)


def _workday(day: date) -> date:
    """`day`, or the Monday after it."""
    return day + timedelta(days=8 - day.isoweekday() if day.isoweekday() > _FRIDAY else 0)


def before_weekend(day: date) -> date:
    """`day`, or the Friday before it."""
    return day - timedelta(days=max(0, day.isoweekday() - _FRIDAY))


@cache
def read(name: str) -> Any:
    """One file of the story as plain values: dicts, lists and text."""
    found = problem.Problems()
    text = nodes.decode((DATA / name).read_bytes(), nodes.MAX_BYTES, found)
    root = None if text is None else nodes.compose(text, found, bytes_per_node=_BYTES_PER_NODE)
    if root is None or found:
        raise BadInput("\n".join(f"{name}: {flaw}" for flaw in found.sorted()))
    return _plain(root)


def _plain(node: nodes.Node) -> Any:
    if node.shape is nodes.Shape.FIELDS:
        return {name: _plain(inner) for name, inner in node.fields.items()}
    return [_plain(item) for item in node.items] if node.shape is nodes.Shape.LIST else node.text


def day_of(text: str | None) -> Any:
    """The date in `text`; None where there is none."""
    return date.fromisoformat(text) if text else None
