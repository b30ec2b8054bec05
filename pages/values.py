"""Measured values: a sheet for a year, and suggested indicators and targets that become adopted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from strategy import dates, history, indicators, ui, wording
from strategy.i18n import _, mark, plural
from strategy.snapshot import Indicator
from strategy.terms import Quality
from strategy.ui import adoption, query, sheets
from strategy.ui.sheets.values import VALUES, columns, key

PAGE = 25

view = ui.view()
snapshot, today = view.snapshot, view.today

DAY = "dag"
PARTS = {
    "": mark("Hele året"),
    "-H1": mark("1. halvår"),
    "-H2": mark("2. halvår"),
    "-Q1": mark("1. kvartal"),
    "-Q2": mark("2. kvartal"),
    "-Q3": mark("3. kvartal"),
    "-Q4": mark("4. kvartal"),
    DAY: mark("En dag"),
}
"""The periods that are offered, as they end; those no indicator takes are left out."""


def headline() -> str:
    """How many of the adopted are answered for the year, measured or not."""
    adopted = indicators.adopted(snapshot.indicators)
    if not adopted:
        proposed = _("Ingen indikatorer er vedtatt ennå. Ta i bruk dem som er foreslått.")
        return proposed if snapshot.indicators else _("Planen har ingen indikatorer.")
    year = today.year
    without = [i for i in adopted if not indicators.measured_in(i, year, today)]
    missed = sum(indicators.answered(i, year) is not None for i in without)
    form, measured = _("{n} av {all} indikatorer er målt i {year}."), len(adopted) - len(without)
    said = form.format(n=measured, all=len(adopted), year=year)
    later = [i for i in without if i.frequency.is_year_of(year) and not indicators.is_due(i, year, today)]
    if later:
        said += " " + plural("Én måles senere i år.", "{n} måles senere, når perioden er over.", len(later))
    if missed:
        said += " " + plural("Én er svart «ikke målt».", "{n} er svart «ikke målt».", missed)
    return said


def chosen_period() -> str:
    """The period in the address; this year where there is none."""
    first = min(snapshot.strategy.start.year - 1, today.year)
    years = [str(number) for number in range(today.year, first - 1, -1)]
    year = query.pills(_("År"), "ar", years, str, required=True) or years[0]
    there = [part for part in PARTS if any(i.takes(named(year, part)) for i in snapshot.indicators)]
    part = query.pills(_("Periode"), "del", there, lambda key: _(PARTS[key]), required=True) or ""
    if part != DAY:
        return year + part
    last = min(today, date(int(year), 12, 31))
    day = st.date_input(_("Dag"), last, max_value=today, format="DD.MM.YYYY", key=f"dag-{year}")
    return (day or last).isoformat()


def named(year: str, part: str) -> str:
    """The period of a button in a year; for a day its last."""
    return f"{year}-12-31" if part == DAY else year + part


def narrowed(period: str) -> tuple[Indicator, ...]:
    """A page of the chosen indicators that are measured for such a period; the adopted first."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        only = st.toggle(_("Bare dem uten svar i perioden"), key="uten", bind="query-params")
    found = snapshot.goal(goal).all_indicators if goal else snapshot.indicators
    fitting = (i for i in found if i.takes(period) or i.value_in(period))
    kept = (i for i in fitting if not only or not i.value_in(period))
    return ui.paged(tuple(sorted(kept, key=lambda indicator: indicator.proposal)), PAGE, "side")


def entered_in(period: str) -> None:
    """The values of the period in one grid, checked and saved as one change."""
    sheet = sheets.opened(VALUES)
    sheet.again()
    found = narrowed(period)
    if found:
        keys = [key(indicator, period) for indicator in found]
        sheet.show(keys, columns(), locked=("name", "before"), alt=_("Indikatorene, til å føre inn i"))
    else:
        st.markdown(_("Ingen indikatorer her. Velg et annet hovedmål, eller vis også dem som har svar."))
    sheets.finish(sheet, lambda n: plural("én måling", "{n} målinger", n))


def versions() -> None:
    """Every value that was entered for one indicator, the corrected ones too."""
    measured = {i.key: f"{i.belongs_to} {i.name}" for i in ui.paged(answered(), 100, "malte")}
    if not measured:
        st.markdown(_("Ingen tall er ført ennå."))
        return
    key = query.select(_("Indikator"), "v", list(measured), measured.__getitem__, required=True)
    indicator = snapshot.indicator(key or next(iter(measured)))
    with view.database.reading() as session:
        trails = [
            (
                value.period,
                history.trail(session, view.strategy, "indicator_value", value.key, snapshot.change_id),
            )
            for value in reversed(indicator.values)
        ]
    header = [
        _("Periode"),
        _("Versjon"),
        _("Verdi"),
        _("I ord"),
        _("Kommentar"),
        _("Kilde"),
        _("Når"),
        _("Hvem"),
    ]
    ui.table(
        header,
        [
            [
                dates.period_label(period),
                str(each.version),
                entered(each.fields),
                each.fields["text"],
                each.fields["comment"],
                each.fields["source"],
                dates.clock(each.recorded_at),
                each.actor,
            ]
            for period, trail in trails
            for each in reversed(trail)
        ],
    )


def entered(fields: Mapping[str, Any]) -> str:
    """The number of one version, or that it was not measured."""
    missed = fields["quality"] is Quality.NOT_MEASURED
    return Quality.NOT_MEASURED.label if missed else wording.said(fields["value"])


def answered() -> tuple[Indicator, ...]:
    """The indicators somebody has entered something for."""
    return tuple(indicator for indicator in snapshot.indicators if indicator.values)


ui.heading(_("Målinger"), headline())
if not view.editable:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å føre inn."), icon=":material/history:"
    )
    st.stop()
st.markdown(
    _(
        "Skriv tallene i tabellen. Ble noe ikke målt, kryss av for det og skriv hvorfor i kommentaren. "
        "Et tall som rettes, blir stående i historikken."
    )
)
entering, suggested, trail = st.tabs(
    [_("Før inn"), _("Forslag"), _("Historikk")], key="fane", bind="query-params"
)
if entering.open:
    with entering:
        entered_in(chosen_period())
if suggested.open:
    with suggested:
        adoption.proposals()
if trail.open:
    with trail:
        versions()
