"""What the plan lacks to be followed: how much of each kind, and each line a link to where it is mended."""

from typing import Any

import streamlit as st

from strategy import checks, dates, empty, progress, ui
from strategy.checks import Gap, Missing
from strategy.i18n import _, mark, plural
from strategy.ui import measure, query
from strategy.ui.authority import mend

PAGE = 25

view = ui.view()
snapshot = view.snapshot

KINDS = {
    Missing.RESPONSIBLE: mark("Uten ansvarlig"),
    Missing.INDICATOR: mark("Uten indikator"),
    Missing.MILESTONE: mark("Uten milepæl"),
    Missing.REPORT: mark("Uten rapport"),
    Missing.UNDER_WAY: mark("Mål uten noe i gang"),
    Missing.VALUE: mark("Ikke målt"),
    Missing.PERIOD: mark("Ført for en annen slags periode"),
    Missing.GROUNDS: mark("Uten vedtak"),
}

MENDED = {
    Missing.RESPONSIBLE: mark(
        "Åpne tiltaket og gi en rolle ansvaret under «Ansvar». Et forslag teller ikke."
    ),
    Missing.INDICATOR: mark(
        "Åpne tiltaket og se hva som er foreslått. Et forslag teller ikke før det er vedtatt."
    ),
    Missing.MILESTONE: mark("Legg til den første milepælen, så kan framdriften telles."),
    Missing.REPORT: mark("Skriv den første rapporten."),
    Missing.UNDER_WAY: mark(
        "Ingen tiltak under målet er meldt i gang. Skriv en vurdering av målet, eller rapporter et tiltak."
    ),
    Missing.VALUE: mark("Før inn den første verdien, eller at indikatoren ikke ble målt."),
    Missing.PERIOD: mark(
        "Tallet er ført for en annen slags periode enn indikatoren har, og står for seg. Før det på nytt for "
        "rett periode, eller endre «frequency» eller «covers» i planfila."
    ),
    Missing.GROUNDS: mark(
        "Vedtatt tekst, frist eller omfang er endret uten at det står hvor det ble bestemt."
    ),
}
"""What to do about each kind."""


def headline(gaps: tuple[Gap, ...]) -> str:
    """How many measures lack something, and what lacks most."""
    if not gaps:
        return _("Planen mangler ingenting") if snapshot.measures else _("Planen har ingen tiltak ennå")
    counting = {measure.key for measure in progress.counting(snapshot.measures)}
    keys = {gap.key for gap in gaps} & counting
    if not keys:
        return plural("Én opplysning mangler", "{n} opplysninger mangler", len(gaps))
    if len(keys) == 1:
        return _("Ett tiltak mangler noe")
    if len(keys) == len(counting):
        return _("Alle {total} tiltak mangler noe").format(total=dates.in_words(len(keys)))
    number, total = dates.in_words(len(keys), capital=True), dates.in_words(len(counting))
    return _("{number} av {total} tiltak mangler noe").format(number=number, total=total)


def line(gap: Gap) -> None:
    """One thing that is missing, as a link to where it is mended."""
    page, address = place(gap)
    with st.container(gap="xxsmall"):
        label = f"**{ui.plain(gap.key)}** {ui.plain(gap.name)}"
        st.page_link(page, label=label, icon="", query_params=address, width="content")
        st.caption(ui.plain(gap.sentence))


def place(gap: Gap) -> tuple[Any, dict[str, str]]:
    """The page where it is mended, and what to ask it for."""
    if gap.kind is Missing.REPORT:
        return ui.UPDATE, {"t": gap.key}
    if gap.kind is Missing.MILESTONE:
        return ui.UPDATE, {"t": gap.key, "hva": "milepael"}
    if gap.kind in (Missing.VALUE, Missing.PERIOD):
        indicator = snapshot.indicator(gap.key)
        return ui.UPDATE, {"t": indicator.belongs_to, "hva": "maling", "i": gap.key}
    if gap.kind is Missing.UNDER_WAY:
        return ui.UPDATE, {"t": gap.key}
    if gap.kind is Missing.GROUNDS:
        return ui.COMPLETENESS, {"vis": str(gap.kind), "s": gap.authority}
    part = measure.HELD if gap.kind is Missing.RESPONSIBLE else measure.INDICATORS
    return ui.MEASURES, {"t": gap.key, "del": part}


def counted(kind: str) -> str:
    """A kind of gap with how many there are."""
    return f"{_(KINDS[Missing(kind)])} ({counts[Missing(kind)]})"


def mended(key: str) -> None:
    """The change the address names, with the form that says what it builds on."""
    gap = next((gap for gap in found if gap.authority == key), None)
    if gap is None or not view.editable:
        return
    authority = next(each for each in snapshot.authorities if each.key == key)
    with st.container(border=True):
        st.markdown(f"**{ui.plain(f'{gap.key} {gap.name}')}** · {ui.plain(gap.sentence)}")
        label = _("Se hva som ble endret")
        st.page_link("log.py", label=label, icon=":material/history:", query_params={"gjelder": gap.key})
        mend(authority)


found = ui.cached(checks.completeness)
counts = {kind: sum(gap.kind is kind for gap in found) for kind in Missing}
there = [kind for kind in Missing if counts[kind]]
ui.heading(
    _("Mangler"),
    headline(found),
    _("Det som skal til for at planen kan følges. Hver linje går dit det rettes."),
)
if not there:
    st.markdown(empty.gaps(snapshot))
    st.stop()
chosen = query.pills(_("Vis"), "vis", [str(kind) for kind in there], counted, required=True)
kind = Missing(chosen or there[0])
st.caption(_(MENDED[kind]))
if kind is Missing.GROUNDS and (asked := st.query_params.get("s")):
    mended(asked)
with st.container(border=True, gap="small"):
    for gap in ui.paged(tuple(gap for gap in found if gap.kind is kind), PAGE, "side"):
        line(gap)
