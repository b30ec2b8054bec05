"""The annual report as Word and PDF, and the year's own texts that go into it."""

from datetime import date
from functools import partial

import streamlit as st

from strategy import exports, ui
from strategy.i18n import _
from strategy.snapshot import Goal, Subgoal
from strategy.ui import choices, forms

FORMS = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
}

view = ui.view()
snapshot, today = view.snapshot, view.today


def years() -> list[int]:
    """The years of the strategy that have begun and have a history, newest first."""
    first, last = snapshot.strategy.start.year, min(today.year, snapshot.strategy.end.year)
    begun = range(last, first - 1, -1)
    return [number for number in begun if ui.earlier(date(number, 12, 31))] or [last]


def annual_report(form: str) -> bytes:
    """The annual report of the chosen year, made when it is asked for."""
    with view.database.reading() as session:
        return exports.annual_report(session, view.strategy, year, today, form)


def target() -> Goal | Subgoal:
    """The goal or subgoal whose text is being written."""
    things = {aim.key: aim for aim in snapshot.aims}
    key = choices.select(
        _("Mål"), "mal", list(things), lambda key: f"{key} {things[key].text}", required=True
    )
    return things[key or snapshot.goals[0].key]


def missing() -> str:
    """What the report will have to say is not there."""
    quiet = [g.key for g in snapshot.goals if not any(a.year == year and a.narrative for a in g.attainments)]
    if not quiet:
        return _("Alle hovedmål har tekst for {year}.").format(year=year)
    return _("Hovedmål uten tekst for {year}: {keys}. Rapporten sier fra om det.").format(
        year=year, keys=", ".join(quiet)
    )


ui.heading(_("Rapporter"), _("Årsmeldingen skriver seg selv av det som er rapportert"))
year = int(choices.pills(_("År"), "ar", [str(y) for y in years()], str, required=True) or years()[0])
st.caption(ui.plain(missing()))
with st.container(horizontal=True):
    for form, (name, mime) in FORMS.items():
        st.download_button(
            _("Last ned årsmeldingen som {form}").format(form=name), data=partial(annual_report, form),
            file_name=f"arsmelding-{year}.{form}", mime=mime, key=f"arsmelding-{form}", on_click="ignore",
            type="primary" if form == "docx" else "secondary", icon=":material/download:",
        )  # fmt: skip
ui.section(_("Tekst for {year}").format(year=year))
if view.editable:
    forms.attainment(target(), year)
else:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å skrive."), icon=":material/history:"
    )
