"""The table goes round: the form as Excel for one role or for all, and what comes back."""

import streamlit as st

from strategy import dates, exports, people, ui, workbook
from strategy.i18n import _, plural
from strategy.terms import Phase
from strategy.ui import query, round_trip

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

view = ui.view()
snapshot, today = view.snapshot, view.today
titles = {person.key: person.title for person in snapshot.people}


def form() -> bytes:
    """The form for whoever is chosen, made when it is asked for."""
    with view.database.reading() as session:
        return exports.update_form(session, snapshot, today, person)


def forms() -> bytes:
    """The forms of all roles, made when they are asked for."""
    with view.database.reading() as session:
        return exports.update_forms(session, snapshot, today)


def headline(preview: workbook.Preview) -> str:
    """What came back, in one line."""
    if wrong := len(preview.problems):
        form = plural("{count} ting må rettes i skjemaet", "{count} ting må rettes i skjemaet", wrong)
        return form.format(count=dates.in_words(wrong, capital=True))
    if preview.waiting:
        form = plural("Ett valg gjenstår før lagring", "{count} valg gjenstår før lagring", preview.waiting)
        return form.format(count=dates.in_words(preview.waiting, capital=True))
    count = len(preview.changes)
    if not count and preview.unread:
        return _("Skjemaet endrer ingenting, men har noe som ikke er lest")
    if not count:
        return _("Skjemaet endrer ingenting")
    form = plural("{changes} endring i {rows}", "{changes} endringer i {rows}", count)
    rows = plural("én rad", "{n} rader", len(preview.things))
    return form.format(changes=dates.in_words(count, capital=True), rows=rows)


def lead(back: round_trip.Returned, preview: workbook.Preview) -> str:
    """Which file it is, and that nothing has happened yet."""
    form = _("{name}, skjema for {whose}. Ingenting er lagret ennå.")
    return ui.plain(form.format(name=back.name, whose=round_trip.whose(preview)))


if not view.editable:
    ui.heading(_("Excel-skjema"), _("Skjema kan ikke leses inn her"))
    st.info(_("Gå tilbake til i dag for å sende ut og lese inn skjema."), icon=":material/history:")
    st.stop()
if back := round_trip.returned():
    preview = round_trip.preview(back)
    ui.heading(_("Excel-skjema"), headline(preview), lead(back, preview))
    round_trip.shown(preview)
else:
    ui.heading(
        _("Excel-skjema"),
        _("Send ut skjemaet, og les inn det som kommer tilbake"),
        _("Det fylles ut i Excel, uten konto. Ingenting lagres før du har sett alt og sagt ja."),
    )
    send, receive = st.columns(2, gap="large")
    with send:
        ui.section(_("Send ut"))
        person = query.select(_("Skjemaet er for"), "p", list(titles), titles.__getitem__) or ""
        st.download_button(
            _("Last ned skjemaet"),
            data=form,
            file_name=f"oppdatering-{person or 'alle'}-{today}.xlsx",
            mime=EXCEL,
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
        open_ones = (m for m in snapshot.measures if m.phase is not Phase.DROPPED)
        if any(people.responsible_for(measure, today) for measure in open_ones):
            st.download_button(
                _("Last ned ett skjema for hver rolle (zip)"),
                data=forms,
                file_name=f"oppdatering-alle-roller-{today}.zip",
                mime="application/zip",
                on_click="ignore",
                icon=":material/folder_zip:",
            )
        st.caption(
            _("Skjemaet viser det som gjelder i dag. Send det som vedlegg; bruksanvisningen ligger i.")
        )
    with receive:
        ui.section(_("Les inn"))
        round_trip.taken_in()
        st.caption(_("Den utfylte fila, lagret som Excel-arbeidsbok (.xlsx), høyst 2 MB."))
