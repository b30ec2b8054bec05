"""Measured values: a sheet for a year, and suggested indicators and targets that become adopted."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from strategy import dates, history, indicators, record, ui, wording
from strategy.i18n import _, mark, plural
from strategy.snapshot import Indicator
from strategy.terms import Quality
from strategy.ui import choices, sheets
from strategy.ui.sheets.values import VALUES, key, there

PAGE = 25
PROPOSALS = 8

view = ui.view()
snapshot, today = view.snapshot, view.today

PARTS = {
    "": mark("Hele året"),
    "-H1": mark("1. halvår"),
    "-H2": mark("2. halvår"),
    "-Q1": mark("1. kvartal"),
    "-Q2": mark("2. kvartal"),
    "-Q3": mark("3. kvartal"),
    "-Q4": mark("4. kvartal"),
}


def headline() -> str:
    """How many of the adopted are answered for the year, measured or not."""
    adopted = [i for i in snapshot.indicators if not i.proposal]
    if not adopted:
        return _("Ingen indikatorer er vedtatt ennå. Ta i bruk dem som er foreslått.")
    year = str(today.year)
    answers = [[v for v in i.values if v.period.startswith(year)] for i in adopted]
    measured = sum(any(v.quality is not Quality.NOT_MEASURED for v in found) for found in answers)
    missed = sum(bool(found) for found in answers) - measured
    said = _("{n} av {all} indikatorer er målt i {year}.").format(n=measured, all=len(adopted), year=year)
    if missed:
        said += " " + plural("Én er svart «ikke målt».", "{n} er svart «ikke målt».", missed)
    return said


def chosen_period() -> str:
    """The period in the address; this year where there is none."""
    first = min(snapshot.strategy.start.year - 1, today.year)
    years = [str(number) for number in range(today.year, first - 1, -1)]
    year = choices.pills(_("År"), "ar", years, str, required=True) or years[0]
    part = choices.pills(_("Periode"), "del", list(PARTS), lambda key: _(PARTS[key]), required=True) or ""
    return year + part


def narrowed(period: str) -> tuple[Indicator, ...]:
    """A page of the chosen indicators; the adopted first, in the plan's order."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = choices.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        only = st.toggle(_("Bare dem uten svar i perioden"), key="uten", bind="query-params")
    found = snapshot.goal(goal).all_indicators if goal else snapshot.indicators
    kept = (i for i in found if not only or not there(i, period))
    return ui.paged(tuple(sorted(kept, key=lambda indicator: indicator.proposal)), PAGE, "side")


def entered_in(period: str) -> None:
    """The values of the period in one grid, checked and saved as one change."""
    column = st.column_config
    sheet = sheets.opened(VALUES)
    sheet.again()
    found = narrowed(period)
    if found:
        keys = [key(indicator, period) for indicator in found]
        columns = {
            "name": column.TextColumn(_("Indikator"), width=330),
            "before": column.TextColumn(_("Sist"), width=150),
            "value": column.TextColumn(_("Verdi"), width=90),
            "so_far": column.CheckboxColumn(_("Foreløpig"), width=95),
            "missed": column.CheckboxColumn(_("Ikke målt"), width=95),
            "comment": column.TextColumn(_("Kommentar"), width="medium"),
            "text": column.TextColumn(_("I ord"), width="medium"),
            "source": column.TextColumn(_("Kilde"), width="medium"),
        }
        sheet.show(keys, columns, locked=("name", "before"), alt=_("Indikatorene, til å føre inn i"))
    else:
        st.markdown(_("Ingen indikatorer her. Velg et annet hovedmål, eller vis også dem som har svar."))
    sheets.finish(sheet, lambda n: plural("én måling", "{n} målinger", n))


def proposals() -> None:
    """The suggested indicators and targets; one is adopted at a time, on the grounds that are given."""
    found = tuple(i for i in snapshot.indicators if i.proposal or any(t.example for t in i.targets))
    if not found:
        st.markdown(_("Alle indikatorer og måltall er vedtatt."))
        return
    asked = st.query_params.get("i")
    if chosen := next((i for i in snapshot.indicators if i.key == asked), None):
        adoption(chosen)
    for indicator in ui.paged(found, PROPOSALS, "forslag"):
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{ui.plain(indicator.name)}** {ui.plain(indicator.unit)}{ui.proposal(indicator)}")
            st.caption(ui.plain(" · ".join(said_of(indicator))))
            st.page_link(
                ui.VALUES, label=_("Ta i bruk eller sett måltall"), icon=":material/check:",
                query_params={"fane": _("Forslag"), "i": indicator.key},
            )  # fmt: skip


def said_of(indicator: Indicator) -> list[str]:
    """How it is measured, which way it should go, and what is suggested as its target."""
    said = [indicator.direction.label, indicator.frequency.label, indicator.method.rstrip(".")]
    aims = (
        f"{indicators.amount(indicator, t.value)} ({dates.day(t.due)})"
        for t in indicator.targets
        if t.example
    )
    return [part for part in (*said, *(_("foreslått mål {aim}").format(aim=aim) for aim in aims)) if part]


def adoption(indicator: Indicator) -> None:
    """Adopt the indicator, and its target as suggested or another."""
    with st.container(border=True):
        ui.section(f"{indicator.belongs_to} {indicator.name}")
        st.caption(ui.plain(" · ".join(said_of(indicator))))
        if not indicator.proposal and not any(t.example for t in indicator.targets):
            st.success(_("Indikatoren er vedtatt."), icon=":material/check:")
        grounds = ui.grounds(f"indikator-{indicator.key}", 1, asks=_("Hvor er det bestemt?"), slip=False)
        if indicator.proposal and st.button(_("Ta indikatoren i bruk"), type="primary", key="adopt"):
            done = ui.attempt(
                lambda session, now: record.adopt_indicator(
                    session,
                    view.actor,
                    view.strategy,
                    indicator.key,
                    indicator.version,
                    grounds=grounds,
                    now=now,
                ),
                _("«{name}» er tatt i bruk").format(name=indicator.name),
            )
            if done:
                st.rerun()
        aim(indicator, grounds)


def aim(indicator: Indicator, grounds: record.Grounds) -> None:
    """A target: the one suggested, or another number on another day."""
    suggested = next((t for t in indicator.targets if t.example), None)
    left, right = st.columns(2)
    said = left.text_input(
        _("Mål ({unit})").format(unit=ui.plain(indicator.unit)),
        dates.number(suggested.value) if suggested else "", key=f"mal-{indicator.key}",
    ).strip()  # fmt: skip
    due = right.date_input(
        _("Innen"), suggested.due if suggested else snapshot.strategy.end, format="DD.MM.YYYY",
        key=f"innen-{indicator.key}",
    )  # fmt: skip
    pressed = st.button(_("Sett måltallet"), key="aim")
    if pressed and due:
        standing = next((t for t in indicator.targets if t.due == due), None)
        done = ui.attempt(
            lambda session, now: record.target(
                session, view.actor, view.strategy, indicator.key, due, standing.version if standing else 0,
                value=dates.parse_number(said, _("Mål")), grounds=grounds, now=now,
            ),
            _("måltall for «{name}»").format(name=indicator.name),
        )  # fmt: skip
        if done:
            st.rerun()


def versions() -> None:
    """Every value that was entered for one indicator, the corrected ones too."""
    measured = {i.key: f"{i.belongs_to} {i.name}" for i in ui.paged(answered(), 100, "malte")}
    if not measured:
        st.markdown(_("Ingenting er målt ennå."))
        return
    key = choices.select(_("Indikator"), "v", list(measured), measured.__getitem__, required=True)
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
                dates.period_label(period), str(each.version), entered(each.fields), each.fields["text"],
                each.fields["comment"], each.fields["source"], dates.clock(each.recorded_at), each.actor,
            ]
            for period, trail in trails
            for each in reversed(trail)
        ],
    )  # fmt: skip


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
        proposals()
if trail.open:
    with trail:
        versions()
