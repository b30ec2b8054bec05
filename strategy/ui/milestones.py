"""The milestones of a year on a page: the lists behind each of its numbers, and the ways to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from strategy.i18n import _, mark
from strategy.progress import Progress
from strategy.snapshot import Milestone
from strategy.ui.markdown import plain
from strategy.ui.parts import page


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
