"""The reports and the board's papers as Word and PDF, and the year's own texts for the annual report."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from strategy import dates, exports, meetings, ui
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


def made(what: Callable[..., bytes], *asked: Any) -> bytes:
    """A file, made when it is asked for."""
    with view.database.reading() as session:
        return what(session, view.strategy, *asked)


def downloads(label: str, name: str, make: Callable[[str], bytes], *, main: bool = False) -> None:
    """A button for each form of one report."""
    with st.container(horizontal=True):
        for form, (word, mime) in FORMS.items():
            st.download_button(
                _("{label} som {form}").format(label=label, form=word), data=partial(make, form),
                file_name=f"{name}.{form}", mime=mime, key=f"{name}-{form}", on_click="ignore",
                type="primary" if main and form == "docx" else "secondary", icon=":material/download:",
            )  # fmt: skip


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
        st.info(_("Det er ikke planlagt noen styremøter ennå."), icon=":material/event:")
        return
    key = choices.select(_("Styremøte"), "m", keys, meeting_named, required=True) or keys[0]
    st.caption(ui.plain(_("Tallene låses når møtet er innkalt, og er de samme for alltid.")))
    downloads(
        _("Sakspapirene"), f"sakspapirer-{key}",
        lambda form: made(exports.board_paper, key, form, today, snapshot.change_id),
    )  # fmt: skip
    downloads(
        _("Protokollen"), f"protokoll-{key}",
        lambda form: made(exports.minutes, key, form, today, snapshot.change_id),
    )  # fmt: skip


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


ui.heading(_("Rapporter"), _("Rapporter og papirer skriver seg selv av det som er meldt"))
year = int(choices.pills(_("År"), "ar", [str(y) for y in years()], str, required=True) or years()[0])
st.caption(ui.plain(missing()))
downloads(
    _("Årsmeldingen"), f"arsmelding-{year}",
    lambda form: made(exports.annual_report, year, today, form), main=True,
)  # fmt: skip
ui.section(_("Styremøter"))
meeting_files()
ui.section(_("Status per {day}").format(day=dates.long_day(today)))
downloads(_("Statusrapporten"), f"status-{today}", lambda form: made(exports.status_report, today, form))
ui.section(_("Tekst for {year}").format(year=year))
if view.editable:
    forms.attainment(target(), year)
else:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å skrive."), icon=":material/history:"
    )
