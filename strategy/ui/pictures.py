"""Pictures on a page with the words beside them, drawn once per change, day and theme for all sessions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, palette, progress, wheel
from strategy.drawings import Story, uri
from strategy.i18n import _
from strategy.progress import Progress
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Assessment
from strategy.ui import findings
from strategy.ui.markdown import plain
from strategy.ui.parts import meanings, page, symbol
from strategy.ui.view import cached, dark, reports, view


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: its mark, its strip, what that says, and in a word its milestones and its deadline."""

    measure: Measure
    assessment: Assessment
    strip: str
    sentence: str
    count: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month to come: its name, the picture of its days, and those with something on them."""

    name: str
    days: str
    events: tuple[wheel.Event, ...]


def rows(measures: Sequence[Measure]) -> tuple[Row, ...]:
    """A row for each measure, with its whole story."""
    return cached(_rows, tuple(measure.key for measure in measures), dark())


def row(
    shown: Row, before: Mapping[str, Assessment], *, in_full: bool = False, also: Sequence[str] = ()
) -> None:
    """The measure as a link with its mark, and before it the one it had then; under it its strip.

    `also` is said of it beside what is counted.
    """
    key, said = shown.measure.key, [shown.count, *also]
    if in_full:
        said.append(shown.deadline)
    mark = symbol(shown.assessment)
    if key in before:
        mark = f"{symbol(before[key])}→{mark}"
    beside = " · ".join(plain(each).replace(" ", dates.HARD_SPACE) for each in said if each)
    name = f"**{plain(key)}** {plain(shown.measure.name)}"
    label = f"{mark} :small[{name} :gray[{beside}]]" if beside else f"{mark} :small[{name}]"
    st.page_link(page("tiltak"), label=label, icon="", query_params={"t": key})
    st.image(shown.strip, alt=f"{key}: {shown.sentence}", width="stretch")


def years() -> None:
    """The years over the strips of a column."""
    period, today = view().snapshot.strategy.period, view().today
    said = _("Årene {first} til {last}; i dag er {day}.").format(
        first=period.start.year, last=view().snapshot.strategy.end.year, day=dates.day(today)
    )
    st.image(cached(_axis, dark()), alt=said, width="stretch")


def legend() -> None:
    """How a strip is read, in words, once a page."""
    marks = " ".join(f"{symbol(mark)}\u00a0{word}" for mark, _n, word in findings.counts().rows)
    st.markdown(f":small[{drawings.legend(marks)}]", help=_explained())  # a caption would fade the marks


def _explained() -> str:
    """The marks, and the bar of a year's milestones."""
    said = _(
        "I søylen over er en fylt rute en milepæl som er nådd, et rødt kryss en som skulle vært nådd "
        "nå, og en åpen rute en som kommer senere i året. Streken er det som er planlagt til nå. «Eldre» er "
        "de som står igjen fra tidligere år, og tallet bak et tiltak er milepælene det har i år."
    )
    return f"{meanings(Assessment)}\n\n{said}"


def bar(found: Progress, height: int = 18) -> None:
    """A year's milestones, where they tell of it."""
    if found.is_drawn:
        drawn = cached(_bar, len(found.reached), len(found.planned), len(found.all), dark(), height)
        st.image(drawn, alt=found.sentence, width="stretch")


def side_by_side(goal: str = "", beside: str = "") -> None:
    """The years of a goal, or of the plan, as bars beside each other, and their numbers in words."""
    drawn, said = cached(_years, goal, dark())
    if drawn:
        st.image(drawn, alt=said, width="stretch")
        st.markdown(f":small[{plain(said)}]", help=plain(beside) or None)


def months(count: int) -> tuple[Month, ...]:
    """This month and those after it, with what is due in each."""
    return cached(_months, count, dark())


def palette_of(is_dark: bool) -> palette.Palette:
    """The colours of the theme a page is seen in."""
    return palette.DARK if is_dark else palette.LIGHT


def stories(shown: Snapshot, today: date, keys: Sequence[str]) -> tuple[Story, ...]:
    """The story of each of these measures."""
    return drawings.stories(shown, keys, reports(keys), today)


def _rows(shown: Snapshot, today: date, keys: tuple[str, ...], is_dark: bool) -> tuple[Row, ...]:
    told = zip(keys, stories(shown, today, keys), strict=True)
    return tuple(_row(shown.measure(key), story, palette_of(is_dark)) for key, story in told)


def _row(measure: Measure, story: Story, of: palette.Palette) -> Row:
    return Row(
        measure,
        story.shown.assessment,
        uri(drawings.strip(story, of)),
        story.sentence,
        progress.in_a_word(measure, story.today),
        story.deadline,
    )


def _axis(shown: Snapshot, today: date, is_dark: bool) -> str:
    return uri(drawings.axis(shown.strategy.period, today, palette_of(is_dark)))


def _bar(_s: Snapshot, _t: date, reached: int, planned: int, every: int, is_dark: bool, height: int) -> str:
    return uri(drawings.bar(reached, planned, every, palette_of(is_dark), height=height))


def _years(shown: Snapshot, today: date, goal: str, is_dark: bool) -> tuple[str, str]:
    measures = shown.goal(goal).measures if goal else shown.measures
    found = progress.years(measures, shown.strategy, today)
    if not any(each.all for each in found):
        return "", ""
    return uri(drawings.years(found, palette_of(is_dark))), progress.side_by_side(found, today)


def _months(shown: Snapshot, today: date, count: int, is_dark: bool) -> tuple[Month, ...]:
    following = tuple(_following(today, count))
    ahead = wheel.coming(shown, today, (following[-1].until - today).days)
    named = [event for event in ahead if event.kind in NAMED]
    held = {meeting.held_on for meeting in shown.meetings}
    return tuple(_month(month, named, held, today, palette_of(is_dark)) for month in following)


def _month(
    month: dates.Period,
    named: Sequence[wheel.Event],
    held: Collection[date],
    today: date,
    of: palette.Palette,
) -> Month:
    events = tuple(event for event in named if event.day in month)
    drawn = drawings.month(month, {event.day for event in events}, held, today, of)
    name = f"{dates.month(month.start.month).capitalize()} {month.start.year}"
    return Month(name, uri(drawn), events)


def _following(today: date, count: int) -> Iterator[dates.Period]:
    month = dates.month_of(today)
    for _n in range(count):
        yield month
        month = dates.month_of(month.until)


NAMED = (wheel.Kind.MEETING, wheel.Kind.MEASURE, wheel.Kind.MILESTONE, wheel.Kind.DECISION)
"""What has a name among the days to come; routines and promises stand on the page Årshjul."""
