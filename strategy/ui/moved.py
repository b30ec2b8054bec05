"""Siden sist as a picture: every mark then and now, what slipped, what was reached, what was not kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, people, progress, texts
from strategy.drawings import uri
from strategy.drawings.moved import COLUMN, MOST
from strategy.i18n import _, plural
from strategy.since import Account, Gone, Line, News, Promise, Step, Way
from strategy.snapshot import Measure, Snapshot
from strategy.terms import Assessment
from strategy.ui import pictures
from strategy.ui.markdown import plain
from strategy.ui.parts import CROSS, faint, page, paged, section, symbol
from strategy.ui.pictures import palette_of
from strategy.ui.since_last import Compared
from strategy.ui.view import as_it_stood, cached, dark, view

ROWS, SHOWN = 6, 5
NARROWEST = 84
"""Pixels: so wide is a group at the least, for its name to stand over it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A measure whose deadline was moved: from when, and which part of its way is new."""

    measure: Measure
    since: date


def draw(compared: Compared) -> None:
    """All that has moved, on one screen: marks, and beside them deadlines, milestones and promises."""
    found, slips = compared.found, tuple(_slips(compared.found))
    moved = tuple(step for each in found.gone if each.way is not Way.SAME for step in each.steps)
    with as_it_stood(compared.end.change, compared.end.day), st.container(gap="xsmall"):
        _ladders(found)
        left, right = st.columns([6, 5], gap="large") if moved else (st.container(), st.container())
        with left, st.container(gap="xsmall"):
            _rows(moved, found)
        with right, st.container(gap="xxsmall"):
            _slipped(slips)
            _milestones(found)
            _broken(found.promises)
        _legend(found, moved=bool(moved), slipped=bool(slips))


def _ladders(found: Account) -> None:
    """A picture for each way the marks went, with how many; those as before in words where none went."""
    with st.container(horizontal=True, gap="medium"):
        for each in found.gone:
            if each.way is Way.SAME and (len(found.gone) == 1 or len(each.steps) > MOST):
                _in_words(each)
            else:
                _ladder(each)


def _ladder(each: Gone) -> None:
    shown = each.steps[:MOST]
    wide = max(NARROWEST, COLUMN * len(shown))
    with st.container(width="stretch" if each.way is Way.SAME else wide, gap="xxsmall"):
        st.markdown(f":small[**{plain(_many(each))}**]")
        marks = tuple((step.before, step.after) for step in shown)
        st.image(cached(_drawn, marks, dark()), alt=f"{_many(each)}: {_told(each)}", width="stretch")


def _in_words(each: Gone) -> None:
    counted = Counter(step.after for step in each.steps)
    marks = " ".join(f"{symbol(mark)}\u00a0{counted[mark]}" for mark in Assessment if counted[mark])
    st.markdown(f"**{plain(_many(each))}:** {marks}", width="content")


def _many(each: Gone) -> str:
    """«3 verre», as the headline counts them."""
    n = len(each.steps)
    return {
        Way.WORSE: _("{n} verre"),
        Way.BETTER: _("{n} bedre"),
        Way.SILENT: _("{n} ikke oppdatert"),
        Way.JUDGED: _("{n} vurdert"),
        Way.SAME: _("{n} som før"),
    }[each.way].format(n=n)


def _told(each: Gone) -> str:
    """What a ladder shows, for whoever does not see it."""
    if each.way is Way.SAME:
        counted = Counter(step.after for step in each.steps)
        return ", ".join(f"{counted[mark]} {mark.shown_as.lower()}" for mark in Assessment if counted[mark])
    form = _("{key} fra {before} til {after}")
    return ", ".join(
        form.format(
            key=step.measure.key, before=step.before.shown_as.lower(), after=step.after.shown_as.lower()
        )
        for step in each.steps[:MOST]
    )


def _rows(moved: tuple[Step, ...], found: Account) -> None:
    """Each measure that moved as a link with its marks, who answers for it, and why."""
    lines = {line.thing.key: line for line in found.measures}
    for step in paged(moved, ROWS, "endret"):
        measure = step.measure
        with st.container(gap=None):
            marks = f"{symbol(step.before)}→{symbol(step.after)}"
            who = faint(people.responsible_text(measure, view().today))
            label = f"{marks} **{plain(measure.key)}** {plain(measure.name)}{who}"
            st.page_link(page("tiltak"), label=label, icon="", query_params={"t": measure.key})
            if said := _why(step, lines.get(measure.key)):
                st.markdown(f":small[{plain(said)}]")


def _why(step: Step, line: Line | None) -> str:
    """The first the newest report says of it; of a silent one, for how long."""
    if step.way is Way.SILENT:
        return f"{progress.mark_of(step.measure.report, view().today).word}."
    return texts.first_sentence(line.report) if line else ""


def _slips(found: Account) -> Iterator[Slip]:
    """The deadlines that were moved later, the measures in the order of the account."""
    for line in found.measures:
        for fact in line.facts:
            if fact.kind is News.DEADLINE and fact.bad and fact.was_due and isinstance(line.thing, Measure):
                yield Slip(line.thing, fact.was_due)


def _slipped(slips: Sequence[Slip]) -> None:
    if not slips:
        return
    form = plural("Én frist er flyttet", "{number} frister er flyttet", len(slips))
    section(form.format(number=dates.in_words(len(slips), capital=True)))
    pictures.years()
    drawn = cached(_hops, tuple((each.measure.key, each.since) for each in slips[:SHOWN]), dark())
    for each, picture in zip(slips[:SHOWN], drawn, strict=True):
        measure = each.measure
        form, n = _("til {day}, {n}. gang"), measure.due_moves
        beside = form.format(day=dates.day(measure.due), n=n) if measure.due else ""
        with st.container(gap=None):
            _named((measure,), beside)
            alt = _("{key}: fristen er flyttet fra {was} {beside}")
            alt = alt.format(key=measure.key, was=dates.day(each.since), beside=beside)
            st.image(picture, alt=alt, width="stretch")
    _more(len(slips) - SHOWN)


def _milestones(found: Account) -> None:
    """Those reached and those not as blocks, the same as in the bar of a year."""
    kinds = Counter(fact.kind for line in found.measures for fact in line.facts)
    reached, missed = kinds[News.REACHED], kinds[News.MISSED]
    if not reached + missed:
        return
    form = plural("Én milepæl er nådd", "{number} milepæler er nådd", reached)
    said = form.format(number=dates.in_words(reached, capital=True) if reached else _("Ingen"))
    if missed:
        said += _(", {number} ikke i tide").format(number=_("én") if missed == 1 else dates.in_words(missed))
    section(said)
    st.image(cached(_bar, reached, missed, dark()), alt=said, width="stretch")


def _broken(promises: Sequence[Promise]) -> None:
    if not promises:
        return
    form = plural("Ett løfte er ikke holdt", "{number} løfter er ikke holdt", len(promises))
    section(form.format(number=dates.in_words(len(promises), capital=True)))
    with st.container(gap="xsmall"):
        for promise in promises[:SHOWN]:
            _named(promise.measures, dates.day(promise.due), f":red[{CROSS}] ")
        _more(len(promises) - SHOWN)


def _named(measures: Sequence[Measure], beside: str, sign: str = "") -> None:
    """A measure as a link with what is said of it; of several their numbers, of none only what is said."""
    said = f":gray[{plain(beside).replace(' ', dates.HARD_SPACE)}]"
    if len(measures) == 1:
        (only,) = measures
        label = f":small[{sign}**{plain(only.key)}** {plain(only.name)} {said}]"
        st.page_link(page("tiltak"), label=label, icon="", query_params={"t": only.key})
    else:
        keys = ", ".join(measure.key for measure in measures)
        st.markdown(f":small[{sign}**{plain(keys)}** {said}]" if keys else f":small[{sign}{said}]")


def _more(count: int) -> None:
    if count > 0:
        st.markdown(f":small[{plain(plural('og {n} til', 'og {n} til', count))}]")


def _legend(found: Account, *, moved: bool, slipped: bool) -> None:
    """How what is shown is read, in words."""
    said = []
    if moved:
        form = _(
            "Øverst er i rute, lenger ned er verre, og nederst er uten fersk vurdering, også det som ikke er "
            "oppdatert på lenge. Lite og blekt er merket den gangen, stort er nå."
        )
        said.append(form)
    if slipped:
        said.append(
            _("Buen er fristen som ble flyttet, flagget der den står nå, og åpne flagg der den var før.")
        )
    if found.promises:
        said.append(_("Dagen ved et løfte er den det var lovet til."))
    if said:
        st.markdown(f":small[:gray[{' '.join(said)}]]")


def _drawn(_s: Snapshot, _t: date, marks: tuple[tuple[Assessment, Assessment], ...], is_dark: bool) -> str:
    return uri(drawings.ladder(marks, palette_of(is_dark)))


def _hops(
    shown: Snapshot, today: date, moved: tuple[tuple[str, date], ...], is_dark: bool
) -> tuple[str, ...]:
    told = pictures.stories(shown, today, [key for key, _since in moved])
    return tuple(
        uri(drawings.slip(story, since, palette_of(is_dark)))
        for story, (_key, since) in zip(told, moved, strict=True)
    )


def _bar(_s: Snapshot, _t: date, reached: int, missed: int, is_dark: bool) -> str:
    return uri(drawings.bar(reached, reached + missed, reached + missed, palette_of(is_dark)))
