"""What has happened between two ends: found once for all sessions, and shown line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import history, since, sync
from strategy.history import NOW, Moment
from strategy.i18n import _, plural
from strategy.since import Account, Fact, Group, Line, News, Promise
from strategy.snapshot import Goal, Measure, Snapshot
from strategy.ui import markdown
from strategy.ui.markdown import plain
from strategy.ui.parts import badge, goal_page, measure_link, paged, symbol
from strategy.ui.view import at, cached, view

LINES = 8
FACTS = 2
_WIDTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two ends and what happened between them."""

    start: Moment
    end: Moment
    found: Account

    def headline(self) -> str:
        """The finding in words."""
        return since.headline(self.found, self.start, self.end, view().today)


def compared(start: str = "", end: str = NOW) -> Compared:
    """What happened between two ends, as `history.span` takes them. Raises as that does."""
    return cached(_compared, start, end)


def promises(found: Account) -> None:
    """The promises not kept, the oldest first."""
    for promise in paged(found.promises, LINES, "lofter"):
        _promise(promise)


def group(shown: Group) -> None:
    """One goal: how many became worse and better, and its lines, worst first."""
    goal = shown.goal
    with st.container(border=True, gap="medium"):
        label = f"**{plain(f'{goal.key} {goal.name}')}**"
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.page_link(goal_page(goal), label=label, icon="", width="content")
            st.markdown(plain(_counted(shown.lines)), width="content")
        for line in paged(shown.lines, LINES, f"nytt-{goal.key}"):
            _line(line)


def facts(told: Iterable[Fact]) -> str:
    """Facts on one line as markdown; a new wording with what was changed in it."""
    return " · ".join(_fact(fact) for fact in told)


def in_short(line: Line) -> str:
    """One thing's news as one line of markdown, with its first facts, the bad before the good."""
    moved = ""
    if line.before and line.after:
        moved = f"{symbol(line.before)} → {symbol(line.after)} {plain(line.now.lower())}"
    told = sorted(line.facts, key=lambda fact: not fact.bad)
    said = [moved, *(plain(fact.text) for fact in told[:FACTS])]
    if len(told) > FACTS:
        said.append(plain(_("{n} til").format(n=len(told) - FACTS)))
    return f"**{plain(line.thing.key)}** {plain(_name(line.thing))}: {' · '.join(filter(None, said))}"


def _compared(shown: Snapshot, today: date, start: str, end: str) -> Compared:
    with view().database.reading() as session:
        first, last = history.span(session, shown, today, start, end)
    return Compared(first, last, cached(_account, first.change, first.day, last.change, last.day))


def _account(_shown: Snapshot, _today: date, first: int, then: date, last: int, until: date) -> Account:
    """The two as they stood, each on its own day."""
    return since.account(at(first), then, at(last), until)


def _promise(promise: Promise) -> None:
    with st.container(border=True, gap="xxsmall"):
        for measure in promise.measures:
            measure_link(measure)
        st.markdown(plain(promise.sentence))


def _line(line: Line) -> None:
    """The thing, and beside it how its assessment and phase moved, what else happened, and why."""
    name, told = st.columns(_WIDTHS, gap="xxsmall", vertical_alignment="top")
    phase = [fact for fact in line.facts if fact.kind is News.PHASE]
    rest = [fact for fact in line.facts if fact.kind is not News.PHASE]
    with name:
        _named(line.thing)
    with told, st.container(gap="xxsmall"):
        moved = " · ".join((*step(line), *(plain(fact.text) for fact in phase)))
        if moved:
            st.markdown(_capital(moved))
        if rest:
            point = "- " if len(rest) > 1 else ""
            st.markdown("\n".join(f"{point}{_capital(_fact(fact))}" for fact in rest))
        if line.report:
            st.caption(plain(line.report))


def step(line: Line) -> list[str]:
    """How the assessment moved, as markdown; nothing where it did not."""
    if not (line.before and line.after):
        return []
    return [f"{badge(line.before, line.was)} → {badge(line.after, line.now)}"]


def _named(thing: Measure | since.Aim) -> None:
    if isinstance(thing, Measure):
        measure_link(thing)
        return
    kind = _("Hovedmål") if isinstance(thing, Goal) else _("Delmål")
    st.markdown(f"**{plain(f'{kind} {thing.key}')}** {plain(_name(thing))}")


def _name(thing: Measure | since.Aim) -> str:
    return thing.name if isinstance(thing, Measure | Goal) else thing.text


def _fact(fact: Fact) -> str:
    if not (fact.before and fact.after):
        return plain(fact.text)
    return f"{plain(fact.text)}: {markdown.reworded(sync.words(fact.before, fact.after))}"


def _counted(lines: tuple[Line, ...]) -> str:
    """«2 verre · 1 bedre · 5 andre nyheter»."""
    worse, better = (sum(line.step == step for line in lines) for step in (-1, 1))
    rest = len(lines) - worse - better
    said = [_("{n} verre").format(n=worse)] if worse else []
    said += [_("{n} bedre").format(n=better)] if better else []
    return " · ".join((*said, *([plural("{n} annen nyhet", "{n} andre nyheter", rest)] if rest else [])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
