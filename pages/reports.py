"""The reports and the board's papers as Word and PDF, and the year's own texts for the annual report."""

from datetime import date

import streamlit as st

from strategy import dates, exports, meetings, ui
from strategy.i18n import _
from strategy.snapshot import Goal, Subgoal
from strategy.ui import entry_forms, files, query

view = ui.view()
snapshot, today = view.snapshot, view.today


def years() -> list[int]:
    """The years of the strategy that have begun and have a history, newest first."""
    first, last = snapshot.strategy.start.year, min(today.year, snapshot.strategy.end.year)
    begun = range(last, first - 1, -1)
    return [number for number in begun if ui.earlier(date(number, 12, 31))] or [last]


def meeting_named(key: str) -> str:
    """«Styremøte 2, 23.11.2026 – innkalt»."""
    found = snapshot.meeting(key)
    said = _("Styremøte {n}, {day} – {state}")
    return said.format(n=found.number, day=dates.day(found.held_on), state=found.state.label.lower())


def meeting_files() -> None:
    """The papers and the minutes of one meeting, the next one first."""
    coming = meetings.upcoming(snapshot, today) or meetings.latest(snapshot, today)
    others = [m for m in reversed(snapshot.meetings) if m != coming]
    keys = [m.key for m in ([coming] if coming else []) + others]
    if not keys:
        st.markdown(
            _("Ingen styremøter er satt opp ennå. Når de er det, ligger sakspapirer og protokoll her.")
        )
        st.page_link(ui.MEETINGS, label=_("Til Styremøter"), icon=":material/event:", query_params={})
        return
    key = query.select(_("Styremøte"), "m", keys, meeting_named, required=True) or keys[0]
    st.caption(ui.plain(_("Tallene låses når møtet er innkalt, og er de samme for alltid.")))
    files.papers(snapshot.meeting(key))
    files.minutes(snapshot.meeting(key))


def target() -> Goal | Subgoal:
    """The goal or subgoal whose text is being written."""
    things = {aim.key: aim for aim in snapshot.aims}
    key = query.select(_("Mål"), "mal", list(things), lambda key: f"{key} {things[key].text}", required=True)
    return things[key or snapshot.goals[0].key]


def missing() -> str:
    """What the report will have to say is not there."""
    if not snapshot.goals:
        return _("Planen har ingen hovedmål.")
    quiet = [g.key for g in snapshot.goals if not any(a.year == year and a.narrative for a in g.attainments)]
    if not quiet:
        return _("Alle hovedmål har tekst for {year}.").format(year=year)
    return _("Hovedmål uten tekst for {year}: {keys}. Rapporten sier fra om det.").format(
        year=year, keys=", ".join(quiet)
    )


ui.heading(_("Rapporter"), _("Rapportene og papirene lages av det som er meldt"))
ui.section(_("Årsmelding"))
year = int(query.pills(_("År"), "ar", [str(y) for y in years()], str, required=True) or years()[0])
st.caption(ui.plain(missing()))
files.report(
    "annual-report",
    exports.annual_report,
    _("Årsmeldingen som {form}"),
    f"arsmelding-{year}",
    year,
    today,
    main=True,
)
ui.section(_("Styremøter"))
meeting_files()
ui.section(_("Status per {day}").format(day=dates.long_day(today)))
files.report(
    "status-report", exports.status_report, _("Statusrapporten som {form}"), f"status-{today}", today
)
ui.section(_("Tekst for {year}").format(year=year))
if view.editable:
    entry_forms.attainment(target(), year)
else:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å skrive."), icon=":material/history:"
    )
