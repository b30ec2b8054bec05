"""Measured values: a sheet for a year, and suggested indicators and targets that become adopted."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from strategy import dates, history, indicators, record, ui, wording
from strategy.errors import BadInput
from strategy.i18n import _, mark, plural
from strategy.record import Wanted
from strategy.snapshot import Indicator, IndicatorValue
from strategy.terms import Direction, Quality
from strategy.ui import choices, sheets
from strategy.ui.sheets import Fault, Line

PAGE = 25
PROPOSALS = 8

view = ui.view()
snapshot, today = view.snapshot, view.today

NAME, BEFORE, VALUE, MISSED = _("Indikator"), _("Sist"), _("Verdi"), _("Ikke målt")
TEXT, COMMENT, SOURCE, SO_FAR = _("I ord"), _("Kommentar"), _("Kilde"), _("Foreløpig")
FIELDS = {"value": VALUE, "text": TEXT, "comment": COMMENT, "source": SOURCE, "quality": _("Tallet er")}
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


def narrowed(period: str) -> tuple[str, tuple[Indicator, ...]]:
    """What is chosen, as a name, and a page of its indicators; the adopted first, in the plan's order."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
        goal = choices.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
        only = st.toggle(_("Bare dem uten svar i perioden"), key="uten", bind="query-params")
    found = snapshot.goal(goal).all_indicators if goal else snapshot.indicators
    kept = (i for i in found if not only or not there(i, period))
    part = ui.paged(tuple(sorted(kept, key=lambda indicator: indicator.proposal)), PAGE, "side")
    return f"{period}:{goal or ''}:{int(only)}:{st.session_state.get('side', 1)}", part


def there(indicator: Indicator, period: str) -> IndicatorValue | None:
    """What is entered for the period already."""
    return next((value for value in indicator.values if value.period == period), None)


def line(indicator: Indicator, period: str) -> Line:
    """One indicator as a row, with what stands in the period."""
    value = there(indicator, period)
    missed = value is not None and value.quality is Quality.NOT_MEASURED
    name = f"{indicator.belongs_to} {indicator.name}" + (_(" (forslag)") if indicator.proposal else "")
    cells = {
        NAME: f"{name} · {indicator.unit}",
        BEFORE: before(indicator),
        VALUE: number_said(indicator, value),
        MISSED: missed,
        TEXT: value.text if value else "",
        COMMENT: value.comment if value else "",
        SOURCE: value.source if value else indicator.source[:200],
        SO_FAR: value is not None and value.quality is Quality.PRELIMINARY,
    }
    ident = ("indicator_value", f"{indicator.key}@{period}")
    return Line(ident, value.version if value else 0, name, cells)


def before(indicator: Indicator) -> str:
    """The newest value and its period."""
    newest = indicators.latest(indicator, today)
    return f"{indicators.said(indicator, newest)} ({dates.period_label(newest.period)})" if newest else "–"


def number_said(indicator: Indicator, value: IndicatorValue | None) -> str:
    """The number as it is written; yes and no in words."""
    if value is None or value.value is None:
        return ""
    if indicator.direction is Direction.YES_NO:
        return _("ja") if value.value else _("nei")
    return dates.number(value.value)


def wanted(indicator: Indicator, base: int, of: Line, cells: dict[str, Any]) -> Wanted | None:
    """What the row says; None where nothing is said. Raises `BadInput` for what is no number."""
    said, missed = sheets.text(cells, VALUE), bool(cells[MISSED])
    if not base and not missed and not said and not sheets.text(cells, TEXT):
        return None
    yes_no = {_("ja"): Decimal(1), _("nei"): Decimal(0)} if indicator.direction is Direction.YES_NO else {}
    number = yes_no.get(said.casefold()) if said else None
    if said and number is None:
        number = dates.parse_number(said, VALUE)
    quality = Quality.PRELIMINARY if cells[SO_FAR] else Quality.FINAL
    fields = {
        "value": number, "quality": Quality.NOT_MEASURED if missed else quality,
        **{field: sheets.text(cells, FIELDS[field]) for field in ("text", "comment", "source")},
    }  # fmt: skip
    return Wanted(*of.ident, base, fields)


def sheet(period: str) -> None:
    """The values of the period in one grid, checked and saved as one change."""
    name, found = narrowed(period)
    open_sheet = sheets.opened(f"maling:{name}", [line(indicator, period) for indicator in found])
    if not open_sheet.lines:
        st.markdown(_("Ingen indikatorer her. Velg et annet hovedmål, eller vis også dem som har svar."))
        return
    open_sheet.drawn(
        {
            NAME: st.column_config.TextColumn(width=330),
            BEFORE: st.column_config.TextColumn(width=150),
            VALUE: st.column_config.TextColumn(width=90),
            SO_FAR: st.column_config.CheckboxColumn(width=95),
            MISSED: st.column_config.CheckboxColumn(width=95),
            COMMENT: st.column_config.TextColumn(width="medium"),
            TEXT: st.column_config.TextColumn(width="medium"),
            SOURCE: st.column_config.TextColumn(width="medium"),
        },
        locked=(NAME, BEFORE),
    )
    asked, faults = [], []
    for row, cells in open_sheet.edited():
        try:
            indicator = snapshot.indicator(row.ident[1].rpartition("@")[0])
            if said := wanted(indicator, open_sheet.base(row), row, cells):
                asked.append(said)
        except BadInput as refusal:
            faults.append(Fault(row.name, refusal.field, str(refusal)))
    sheets.finish(
        open_sheet, asked, faults, FIELDS,
        lambda n: plural("én måling for {period}", "{n} målinger for {period}", n).format(
            period=dates.period_label(period)
        ),
    )  # fmt: skip


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
            done = sheets.attempt(
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
        done = sheets.attempt(
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
    header = [_("Periode"), _("Versjon"), VALUE, TEXT, COMMENT, SOURCE, _("Når"), _("Hvem")]
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
        sheet(chosen_period())
if suggested.open:
    with suggested:
        proposals()
if trail.open:
    with trail:
        versions()
