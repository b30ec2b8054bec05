"""The backup on a page: taken by a button, told of, and taken away as one file."""

from datetime import UTC, datetime

import streamlit as st

from strategy import backup, config, copies, dates
from strategy.access import LOCAL, Verb
from strategy.copies import Newest
from strategy.errors import Refusal
from strategy.i18n import _
from strategy.ui.markdown import plain
from strategy.ui.view import view

_DONE = "backup:done"


def tools(newest: Newest | None) -> None:
    """The button that takes one, and for whoever sits at the machine the newest to take away."""
    if view().snapshot.example or not view().may(Verb.PLAN):
        return
    _told()
    with st.container(horizontal=True):
        label, icon = _("Ta sikkerhetskopi nå"), ":material/save:"
        if st.button(label, key="ta-kopi", icon=icon, type="secondary" if newest else "primary"):
            _take()
            st.rerun()
        if newest and newest.stamp and view().actor == LOCAL:
            _download(newest)
    st.caption(
        _(
            "Kopien har alt i databasen, også navn, e-postadresser og nøkkelen til lenkene. Filer som "
            "er lagt ved, ligger i mappa «{files}» ved siden av, og er med i nedlastingen. Legg den et "
            "trygt sted, og helst på en annen maskin."
        ).format(files=backup.files(config.settings().backups).name)
    )


def _take() -> None:
    """Take one as the command does, and keep for the next run how it went."""
    folder = config.settings().backups
    try:
        with st.spinner(_("Tar en sikkerhetskopi …")):
            made = backup.take(view().database.url, folder, datetime.now(UTC))
            backup.prune(folder)
            lacking = copies.lacking(made, backup.files(folder))
    except Refusal as refusal:
        st.session_state[_DONE] = str(refusal), ""
    else:
        said = _("Sikkerhetskopien er tatt, åpnet og kontrollert: {file}.").format(file=made.name)
        st.session_state[_DONE] = lacking, f"{said} {backup.stamp(made).sentence}"


def _told() -> None:
    problem, done = st.session_state.pop(_DONE, ("", ""))
    if done:
        st.success(plain(done), icon=":material/check:")
    if problem:
        st.error(plain(problem), icon=":material/error:")


def _download(newest: Newest) -> None:
    day = dates.oslo_day(newest.taken_at)
    st.download_button(
        _("Last ned kopien fra {day}").format(day=dates.day(day)),
        data=lambda: copies.packed(newest.file),
        file_name=f"sikkerhetskopi-{day.isoformat()}.zip",
        mime="application/zip",
        key="hent-kopi",
        on_click="ignore",
        icon=":material/download:",
    )
