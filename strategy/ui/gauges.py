"""Indicators as small multiples: each with its trend, its newest value, its gap and its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, indicators, palette, people
from strategy.drawings import uri
from strategy.i18n import _
from strategy.snapshot import Indicator, Snapshot
from strategy.terms import Assessment
from strategy.ui.markdown import plain
from strategy.ui.parts import faint, page, symbol
from strategy.ui.pictures import palette_of
from strategy.ui.view import cached, dark


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measured indicator: its mark, its drawing and what that says, its newest value and its target.

    `whose` is what it measures, and who answers for that where it is a measure.
    """

    key: str
    name: str
    whose: str
    assessment: Assessment
    trend: str
    sentence: str
    value: str
    gap: str
    aim: str


def has_figure(indicator: Indicator) -> bool:
    """Whether it is among the small multiples, and not told in words."""
    return indicator.key in figures()


def figures() -> frozenset[str]:
    """The keys of all that have a figure."""
    return cached(_figures)


def _figures(shown: Snapshot, today: date) -> frozenset[str]:
    return frozenset(each.key for each in shown.indicators if drawings.has_trend(each, today))


def multiples(found: Iterable[Indicator], columns: int, narrowest: int, *, in_full: bool = False) -> None:
    """The indicators that have a figure, on one line of time, each as the way to explore it.

    `in_full` they say what they measure, and who answers for it.
    """
    keys = tuple(indicator.key for indicator in found if has_figure(indicator))
    with st.grid(columns, min_column_width=narrowest):
        for gauge in cached(_gauges, keys, dark()):
            with st.container(gap="xxsmall", key=f"whole-{gauge.key}"):
                st.image(gauge.trend, alt=f"{gauge.name}: {gauge.sentence}", width="stretch")
                aim = plain(gauge.aim).replace(" ", dates.HARD_SPACE)
                beside = " · ".join(each for each in (plain(gauge.gap), aim) if each)
                value = f"{symbol(gauge.assessment)} **{plain(gauge.value)}**"
                st.markdown(f":small[{value} :gray[· {beside}]]" if beside else f":small[{value}]")
                label = f":small[{plain(gauge.name)}{faint(gauge.whose if in_full else '')}]"
                st.page_link(page("indikatorer"), label=label, icon="", query_params={"i": gauge.key})


def legend() -> None:
    """How a figure is read, in words, once a page."""
    said = _(
        "Hel linje er det som er målt, prikket linje veien til målet (ringen). Den skyggede siden er der det "
        "er bra å være; fargen fra merket dit er det som mangler. Den loddrette streken er i dag. Hver figur "
        "har sin egen skala."
    )
    st.markdown(f":small[{said}]")


def _gauges(shown: Snapshot, today: date, keys: tuple[str, ...], is_dark: bool) -> tuple[Gauge, ...]:
    return tuple(_gauge(shown, today, shown.indicator(key), palette_of(is_dark)) for key in keys)


def _gauge(shown: Snapshot, today: date, indicator: Indicator, of: palette.Palette) -> Gauge:
    newest, aim = indicators.series(indicator, today)[-1], indicators.target(indicator, today)
    sentence = indicators.sentence(indicator, today, shown.strategy.end)
    said = (sentence, indicators.better(indicator))
    return Gauge(
        indicator.key,
        indicator.name,
        _whose(shown, today, indicator),
        indicators.mark(indicator, today),
        uri(drawings.trend(indicator, shown.strategy.period, today, of)),
        " ".join(filter(None, said)),
        indicators.said(indicator, newest),
        indicators.gap_said(indicator, today),
        indicators.aim(indicator, aim) if aim else "",
    )


def _whose(shown: Snapshot, today: date, indicator: Indicator) -> str:
    """«2.1.1 Generalsekretær» of a measure's, «2.1» of a subgoal's, «Hovedmål 2» of a goal's."""
    of = indicator.belongs_to
    if any(goal.key == of for goal in shown.goals):
        return _("Hovedmål {n}").format(n=of)
    measure = next((each for each in shown.measures if each.key == of), None)
    return f"{of} {people.responsible_text(measure, today)}" if measure else of
