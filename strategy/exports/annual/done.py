"""What was done in a measure in a year, each fact told once, and what was corrected since as it became."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from strategy import dates, texts
from strategy.history import Recount
from strategy.i18n import _
from strategy.snapshot import Milestone, Report

LEAST = 100
"""A smaller number in a text may be of anything, so it is not taken for one that was corrected."""

YEARS = range(1900, 2101)
"""Nor is what may be a year."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something done on a day: reported, or a milestone reached."""

    day: date
    text: str
    milestone: Milestone | None = None


def told(
    reports: Sequence[Report], reached: Iterable[Milestone], recounts: Sequence[Recount]
) -> tuple[Done, ...]:
    """Reports, oldest first, and milestones reached, by day.

    A report is replaced by one the same person gives later that day, and is not told where a later one takes
    up its text. A number measured anew stands as it became: sentences with the old one are left out where a
    later report has the new one, and corrected where none has.
    """
    said = [Done(r.recorded_on, _corrected(r, reports[n + 1 :], recounts)) for n, r in _last_of_day(reports)]
    kept = [d for n, d in enumerate(said) if d.text and not any(d.text in o.text for o in said[n + 1 :])]
    steps = [Done(m.done_on, m.title, m) for m in reached if m.done_on]
    found = (*_not_told_by(kept, steps), *_not_told_as(steps, kept))
    return tuple(sorted(found, key=lambda done: (done.day, done.milestone is None)))


def _last_of_day(reports: Sequence[Report]) -> Iterator[tuple[int, Report]]:
    """The reports somebody did not give anew the same day, with their places."""
    following = [*reports[1:], None]
    for number, (report, later) in enumerate(zip(reports, following, strict=False)):
        if not later or (later.actor, later.recorded_on) != (report.actor, report.recorded_on):
            yield number, report


def _not_told_by(said: Iterable[Done], steps: Iterable[Done]) -> Iterator[Done]:
    """The reports that say more than the name of a milestone reached the same day."""
    names = {(step.day, _bare(step.text)) for step in steps}
    return (done for done in said if (done.day, _bare(done.text)) not in names)


def _not_told_as(steps: Iterable[Done], said: Sequence[Done]) -> Iterator[Done]:
    """The milestones no report of the same day names among more."""
    for step in steps:
        same_day = (_bare(done.text) for done in said if done.day == step.day)
        name = _bare(step.text)
        if not any(name in text and name != text for text in same_day):
            yield step


def _bare(text: str) -> str:
    return texts.folded(text).strip().rstrip(".!")


def _corrected(report: Report, later: Iterable[Report], recounts: Sequence[Recount]) -> str:
    """What a report says, without the numbers that were measured anew after it."""
    mine = {r.before: r for r in recounts if _is_telling(r.before) and r.change > report.change_id}
    if not mine or not report.done:
        return report.done
    known = {number for each in later for number in _numbers(each.done)}
    kept, replaced = list[str](), dict[str, None]()
    for sentence in texts.sentences(report.done):
        old = [mine[n] for n in _numbers(sentence) if n in mine and mine[n].after not in _numbers(sentence)]
        kept += [] if old else [sentence]
        replaced |= dict.fromkeys(_anew(each) for each in old if each.after not in known)
    return " ".join((*kept, *replaced))


def _is_telling(number: Decimal) -> bool:
    return abs(number) >= LEAST and number not in YEARS


def _anew(found: Recount) -> str:
    """«Publikum ble senere rettet til 5 420.»"""
    return _("{name} ble senere rettet til {number}.").format(
        name=found.name, number=dates.number(found.after)
    )


def _numbers(text: str) -> set[Decimal]:
    """The numbers in a text, whether their thousands are parted by a space or not."""
    found = re.findall(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    return {Decimal(re.sub(r"\s", "", each).replace(",", ".")) for each in found}
