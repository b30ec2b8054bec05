"""A measure's life in full: each deadline and how it moved, quarters, reports, decisions and milestones.

The strip is the same story on one line. Here each kind has a lane of its own, under the years.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import pi, sin

from strategy import progress
from strategy.drawings import svg
from strategy.drawings.story import Story
from strategy.drawings.strip import Lanes, Scale, cells, flags, named, scale, shapes, signs
from strategy.palette import Palette
from strategy.snapshot import Milestone, Report
from strategy.terms import Assessment

HEIGHT, STEP = 150, 14
LANES = Lanes(top=58, band=26, pole=42, decided=120, steps=140, sign=1.6)
_YEARS, _PEAK, _GIVEN, _SAID = 17, 20, 90, 102
_POINTS = 12

NARROWEST = 300
"""Pixels; its signs are larger than those of a strip, and so is the column they need."""


@dataclass(frozen=True, slots=True)
class Life:
    """A story, and the days a strip has no room for: each report's, the adoption's, and of who got it."""

    story: Story
    adopted: date
    assigned: tuple[date, ...]
    said: tuple[tuple[date, Assessment], ...]


def life(story: Story, adopted: date, assigned: Iterable[date], reports: Sequence[Report]) -> Life:
    """The life of a measure: `adopted` and `assigned` are days, `reports` are all on it, oldest first."""
    said = tuple((report.recorded_on, report.assessment) for report in reports)
    return Life(story, adopted, tuple(sorted({day for day in assigned if day <= story.today})), said)


def lifeline(told: Life, of: Palette, width: int | None = None) -> str:
    """The life in the colours of a theme, or of paper."""
    story, on = told.story, scale(told.story.period)
    parts = [
        *_years(on, of),
        named(on, story.today, of),
        svg.upright(on.at(story.today), _YEARS - 2, HEIGHT, of.ink, 1.5),
        *cells(story, on, of, LANES),
        *_hops(story, on, of),
        *flags(story, on, of),
        *_thread(told, on, of),
        *signs(story, on, of),
    ]
    drawn = {**shapes(on.wide, LANES), **_SHAPES}
    return svg.picture([svg.defining("".join(parts), drawn)], HEIGHT, width)


def milestone(step: Milestone, story: Story, of: Palette, width: int | None = None) -> str:
    """One milestone on the same line of time: from its day till it was reached, or till now."""
    on, today = scale(story.period), story.today
    red, due, now = of.marks[Assessment.MAJOR_DEVIATION], on.at(step.due), on.at(today)
    ground = svg.across(svg.INSET, 100 - svg.INSET, STEP / 2, of.line, 1)
    parts = [ground, svg.upright(now, 0, STEP, of.ink, 1.5)]
    if step.done_on and progress.is_done(step, today):
        done = on.at(step.done_on)
        if step.done_on > step.due:
            parts += [svg.across(due, done, STEP / 2, of.muted, 1.5, "2 2"), _stroke(due, 4, of.muted, 1.5)]
        parts.append(_stroke(done, 1, of.ink, 3))
    elif step.due in story.late:
        parts.append(svg.across(due, now, STEP / 2, red, 2.5))
        parts.append(svg.defining(svg.within(red, [svg.placed("late", due)]), _LATE))
    elif step.due in story.left:
        parts.append(svg.defining(svg.within(of.muted, [svg.placed("left", due)]), _ENDED))
    else:
        parts.append(_stroke(due, 2, of.muted, 2))
    return svg.picture(parts, STEP, width)


_LATE = {"late": svg.at(STEP / 2, svg.cross(4, 2.2))}
_ENDED = {"left": svg.at(STEP / 2, svg.cross(3, 1))}
_SHAPES = {
    **{f"said-{each.value}": svg.at(_SAID, svg.mark(each, 4)) for each in Assessment},
    "assigned": svg.at(_GIVEN, '<path d="M-3.5 0h7M0 -3.5v7" stroke="currentColor" stroke-width="2"/>'),
    "adopted": svg.at(_SAID, '<path d="M0 -7v14" stroke="currentColor" stroke-width="2.5"/>'),
}


def _stroke(x: float, inset: float, tone: str, thick: float) -> str:
    return svg.upright(x, inset, STEP - inset, tone, thick)


def _years(on: Scale, of: Palette) -> Iterator[str]:
    """A quiet line where each year begins, through all lanes."""
    for quarter, x in zip(on.quarters, on.starts, strict=True):
        if quarter.start.month == 1 and x > svg.INSET:
            yield svg.upright(round(x - 0.7, 2), _YEARS, HEIGHT, of.line, 1)


def _hops(story: Story, on: Scale, of: Palette) -> Iterator[str]:
    """Each move of the deadline as a hop from flag to flag; one back in time is dotted."""
    for was, now in pairwise(story.deadlines) if story.flies else ():
        if (start := on.at(was)) != (end := on.at(now)):
            tone, dash = (of.ink, "") if now > was else (of.muted, "2 3")
            yield svg.line(arc(start, end, LANES.pole, _PEAK), HEIGHT, tone, 2, dash)


def arc(start: float, end: float, foot: float, peak: float) -> Iterator[tuple[float, float]]:
    """The points of a hop from one place to another, in per cent and pixels."""
    for n in range(_POINTS + 1):
        share = n / _POINTS
        yield round(start + (end - start) * share, 2), round(foot - (foot - peak) * sin(pi * share), 2)


def _thread(told: Life, on: Scale, of: Palette) -> Iterator[str]:
    """From when it was adopted to now, or to when it ended: each report by its mark, and who got it when."""
    start, end = on.at(told.adopted), on.at(told.story.ends or told.story.today)
    if end > start:
        yield svg.across(start, end, _SAID, of.muted, 1.5)
    yield svg.within(of.ink, [svg.placed("adopted", start)])
    yield svg.within(of.muted, (svg.placed("assigned", on.at(day)) for day in told.assigned))
    for each in Assessment:
        days = (on.at(day) for day, mark in told.said if mark is each)
        yield svg.within(of.marks[each], (svg.placed(f"said-{each.value}", x) for x in days))
