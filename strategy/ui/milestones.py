"""The milestones of a year on a page: drawn and named, the lists behind its numbers, and the ways to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, progress
from strategy.i18n import _, mark
from strategy.progress import Progress
from strategy.snapshot import Measure, Milestone, Snapshot
from strategy.terms import Assessment
from strategy.ui.markdown import plain
from strategy.ui.parts import page, symbol
from strategy.ui.pictures import palette_of
from strategy.ui.view import cached, dark


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the lists in a year's milestones: its word, and the fields of `Progress` it is made of."""

    word: str
    fields: tuple[str, ...]

    @property
    def label(self) -> str:
        return _(self.word)

    def of(self, found: Progress) -> tuple[Milestone, ...]:
        return tuple(step for name in self.fields for step in getattr(found, name))


LISTS: Mapping[str, Counted] = {
    "teller": Counted(mark("Teller med"), ("all",)),
    "nadd": Counted(mark("Nådd"), ("reached",)),
    "senere": Counted(mark("Nådd etter årets slutt"), ("later",)),
    "frist": Counted(mark("Over frist"), ("late",)),
    "tidligere": Counted(mark("Over frist fra tidligere år"), ("owed",)),
    "kommer": Counted(mark("Kommer"), ("coming",)),
    "igjen": Counted(mark("Ikke gjort"), ("let_go",)),
    "flyttet": Counted(mark("Flyttet til et senere år"), ("moved",)),
    "fort": Counted(mark("Ført etter at året begynte"), ("added",)),
}
"""The lists by their name in the address (`/handlingsplan?ar=2026&vis=frist`)."""


def link(found: Progress, goal: str) -> None:
    """The year's milestones of a goal in a line, as the way to them."""
    _link(plain(found.short), found, goal=goal, shown="teller" if found.all else "")


def links(found: Progress) -> None:
    """Each number of the plan's year with a way to its list."""
    with st.container(horizontal=True, gap="small"):
        for name, each in LISTS.items():
            if name != "teller" and (count := len(each.of(found))):
                _link(f"{each.label} **{count}**", found, goal="", shown=name)


def _link(label: str, found: Progress, *, goal: str, shown: str) -> None:
    where = {"ar": str(found.year), "mal": goal, "vis": shown}
    query = {name: value for name, value in where.items() if value}
    st.page_link(page("handlingsplan"), label=label, query_params=query, width="content")


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure in a year's plan: its mark, its picture with what that tells, and each milestone in words."""

    measure: Measure
    assessment: Assessment
    found: Progress
    drawn: str
    said: str


def plan(measures: Sequence[Measure], year: int) -> None:
    """Each measure with its milestones of the year on their days, and their names below."""
    planned = cached(_planned, tuple(measure.key for measure in measures), year, dark())
    half = (len(planned) + 1) // 2
    if not planned:
        return
    for column, part in zip(st.columns(2, gap="medium"), (planned[:half], planned[half:]), strict=True):
        with column:
            if part:
                st.image(
                    cached(_months, year, dark()),
                    alt=_("Månedene i {year}").format(year=year),
                    width="stretch",
                )
            for each in part:
                _row(each)
    said = _(
        "Tykk strek er en milepæl som er nådd, rødt kryss en som er over frist, tynn strek en som kommer. "
        "Den lange streken er i dag."
    )
    st.markdown(f":small[{said}]")


def _row(each: Planned) -> None:
    with st.container(gap="xxsmall"):
        key, name = plain(each.measure.key), plain(each.measure.name)
        label = f"{symbol(each.assessment)} :small[**{key}** {name} :gray[{plain(each.found.text)}]]"
        st.page_link(page("tiltak"), label=label, icon="", query_params={"t": each.measure.key})
        st.image(each.drawn, alt=f"{each.measure.key}: {each.found.sentence}", width="stretch")
        st.markdown(f":small[{each.said}]")


def _planned(
    shown: Snapshot, today: date, keys: tuple[str, ...], year: int, is_dark: bool
) -> tuple[Planned, ...]:
    found = ((measure, progress.of_year([measure], year, today)) for measure in map(shown.measure, keys))
    return tuple(
        Planned(
            measure,
            progress.mark_of(measure.report, today).assessment,
            each,
            drawings.uri(drawings.plan(each, today, palette_of(is_dark))),
            "  \n".join(_named(each)),
        )
        for measure, each in found
        if each.all
    )


def _named(found: Progress) -> Iterator[str]:
    """«12. mars: Kurset er holdt · nådd 14.03.2026», by day."""
    late = {step.key for step in found.late}
    for step in sorted(found.all, key=lambda step: step.due):
        said = plain(f"{dates.day_and_month(step.due)}: {step.title}")
        if step in found.reached or step in found.later:
            said += f" · :gray[{_('nådd {day}').format(day=dates.day(step.done_on or step.due))}]"
        elif step.key in late:
            said += f" · :red[{_('over frist')}]"
        yield said


def _months(_shown: Snapshot, today: date, year: int, is_dark: bool) -> str:
    return drawings.uri(drawings.months(year, today, palette_of(is_dark)))
