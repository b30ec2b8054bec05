"""Suggested indicators and targets: what they are, and adopting one on the grounds that are given."""

from datetime import date

import streamlit as st

from strategy import dates, empty, indicators, record
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.snapshot import Indicator
from strategy.ui.authority import grounds
from strategy.ui.markdown import plain
from strategy.ui.parts import VALUES, paged, proposal, section
from strategy.ui.view import Write, attempt, view

PROPOSALS = 8
"""How many are shown at a time."""


def proposals() -> None:
    """The suggested indicators and targets; one is adopted at a time, on the grounds that are given."""
    shown = view().snapshot.indicators
    found = indicators.proposed(shown)
    if not found:
        st.markdown(empty.proposals(shown))
        return
    asked = st.query_params.get("i")
    if chosen := next((i for i in shown if i.key == asked), None):
        _adopting(chosen)
    for indicator in paged(found, PROPOSALS, "forslag"):
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(indicator.name)}** {plain(indicator.unit)}{proposal(indicator)}")
            st.caption(plain(" · ".join(_said_of(indicator))))
            st.page_link(
                VALUES,
                label=_("Ta i bruk eller sett måltall"),
                icon=":material/check:",
                query_params={"fane": _("Forslag"), "i": indicator.key},
            )


def _said_of(indicator: Indicator) -> list[str]:
    """How it is measured, which way it should go, and what is suggested as its target."""
    said = [indicator.direction.label, indicator.frequency.label, indicator.method.rstrip(".")]
    aims = (
        f"{indicators.amount(indicator, t.value)} ({dates.day(t.due)})"
        for t in indicator.targets
        if t.example
    )
    return [part for part in (*said, *(_("foreslått mål {aim}").format(aim=aim) for aim in aims)) if part]


def _adopting(indicator: Indicator) -> None:
    """Adopt the indicator, and its target as suggested or another."""
    with st.container(border=True):
        section(f"{indicator.belongs_to} {indicator.name}")
        st.caption(plain(" · ".join(_said_of(indicator))))
        if not indicators.proposed([indicator]):
            st.success(_("Indikatoren er vedtatt."), icon=":material/check:")
        given = grounds(f"indikator-{indicator.key}", 1, asks=_("Hvor er det bestemt?"), slip=False)
        _form(indicator, given)


def _form(indicator: Indicator, given: record.Grounds) -> None:
    """A target, the one suggested or another; the coloured button saves all that is written."""
    seen = view()
    suggested = indicators.suggested(indicator)
    left, right = st.columns(2)
    said = left.text_input(
        _("Mål ({unit})").format(unit=plain(indicator.unit)),
        dates.number(suggested.value) if suggested else "",
        key=f"mal-{indicator.key}",
    ).strip()
    due = right.date_input(
        _("Innen"),
        suggested.due if suggested else seen.snapshot.strategy.end,
        format="DD.MM.YYYY",
        key=f"innen-{indicator.key}",
    )
    with st.container(horizontal=True):
        both = indicator.proposal and st.button(_("Ta indikatoren i bruk"), type="primary", key="adopt")
        alone = st.button(_("Sett måltallet"), key="aim")

    def write(by: record.By) -> record.Saved | None:
        wanted = (
            [record.Wanted("indicator", indicator.key, indicator.version, {"proposal": False})]
            if both
            else []
        )
        wanted += _aim(indicator, said, due) if said or alone else []
        return record.save(by, wanted, grounds=given)

    if both:
        form = _("«{name}» er tatt i bruk med målet {aim}") if said else _("«{name}» er tatt i bruk")
        _attempt(write, form.format(name=indicator.name, aim=said))
    elif alone and due:
        _attempt(write, _("måltall for «{name}»").format(name=indicator.name))


def _aim(indicator: Indicator, said: str, due: date | None) -> list[record.Wanted]:
    """The target that is written. Raises `BadInput` for what is no number, or without its day."""
    if due is None:
        raise BadInput(_("Velg dagen målet skal være nådd."), _("Innen"))
    return [record.aim(indicator, indicators.read_amount(indicator, said, _("Mål")), due)]


def _attempt(write: Write, said: str) -> None:
    if attempt(write, said):
        st.rerun()
