"""The plan as text: check the file, see what loading it would change, load it, write it back."""

from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from strategy import backup, checks, config, current, document, empty, record, sync, ui, wording
from strategy.changes import Action, Edit
from strategy.errors import BadInput, Refusal
from strategy.i18n import _, plural

PAGE = 25

view = ui.view()
snapshot = view.snapshot


def raw_file() -> bytes | None:
    """The uploaded file, or else the one on the server."""
    uploaded = st.file_uploader(_("Legg inn en annen fil"), type=["yaml", "yml"], key="fil")
    if uploaded is not None:
        return uploaded.getvalue()
    path = config.settings().strategy_file
    return path.read_bytes() if path.is_file() and not snapshot.example else None


def shown_problems(problems: tuple[document.Problem, ...]) -> None:
    """Everything that is wrong with the file, with line and column."""
    st.error(plural("Fila har én feil. Ingenting er lest inn.", "Fila har {n} feil. Ingenting er lest inn.",
                    len(problems)), icon=":material/error:")  # fmt: skip
    header = [_("Linje"), _("Kolonne"), _("Hva er galt"), _("Hva du kan skrive")]
    ui.table(header, [[str(p.line), str(p.column), p.message, p.hint] for p in problems])


def compared(plan: document.Document) -> None:
    """What loading the file would do, thing by thing, and the button that does it."""
    wanted = document.things(plan)
    try:
        with view.database.reading() as session:
            changeset = sync.compared(session, wanted)
            taken_back = sync.taken_back(session, changeset)
    except BadInput as refusal:
        st.warning(ui.plain(str(refusal)), icon=":material/edit:")
        return
    if changeset.is_empty:
        st.success(_("Fila og planen er like. Det er ingenting å lese inn."), icon=":material/check:")
        return
    if taken_back:
        undoing(taken_back)
    form = _("{added} legges til, {changed} endres og {retired} tas ut. Ingenting slettes.")
    st.markdown(form.format(**{str(action): len(changeset.of(action)) for action in Action}))
    for edit in ui.paged(changeset.edits, PAGE, "side"):
        ui.edited(edit)
    if view.editable:
        apply(changeset, takes_back=bool(taken_back))


def undoing(taken_back: tuple[Edit, ...]) -> None:
    """What was changed here and the file has never heard of, and how to keep it."""
    said = _(
        "Disse ble vedtatt eller endret i løsningen etter at fila ble lest inn sist, og vil bli tatt tilbake:"
    )
    way = _("Hent først ut planen slik den er nå, med knappen over, og gjør endringene dine i den.")
    things = (f"- {ui.plain(wording.thing(edit, snapshot))}" for edit in taken_back)
    st.warning("\n".join((f"**{said}**", "", *things, "", way)), icon=":material/undo:")


def apply(changeset: sync.Changeset, *, takes_back: bool) -> None:
    """Load what is shown above, as one change with a reason and, where it is needed, its grounds.

    What takes back anything must be asked for by a tick.
    """
    reason = st.text_input(_("Hvorfor endres planen?"), key="hvorfor")
    needing = record.needs_grounds(changeset.edits)
    grounds = ui.grounds("fil", len(needing)) if needing else record.Grounds()
    tick = _("Ta tilbake det som ble vedtatt eller endret i løsningen")
    ready = not takes_back or st.checkbox(tick, key=f"tilbake:{changeset.base}")
    kind: Literal["primary", "secondary"] = "secondary" if takes_back else "primary"
    if not st.button(_("Les inn endringene"), type=kind, disabled=not ready):
        return
    try:
        record.check_grounds(needing, grounds)
        kept = None if snapshot.example else backup.take(
            view.database.url, config.settings().backups, datetime.now(UTC)
        )  # fmt: skip
        with view.database.writing() as session:
            done = sync.apply(session, view.actor, changeset, now=view.now(), reason=reason, grounds=grounds)
    except Refusal as refusal:
        st.error(ui.plain(str(refusal)), icon=":material/error:")
        return
    if done:
        said = _("Planen er lest inn som endring {n}.").format(n=done.id)
        if kept:
            before = _("Sikkerhetskopi fra rett før: {file}").format(file=kept)
            said = " ".join((said, ui.plain(before), backup.stamp(kept).sentence))
        st.session_state["saved"] = said
    st.rerun()


def written_back() -> bytes:
    """The plan in the database as the file that would make it."""
    return document.write(snapshot.flat, view.strategy).encode()


def gaps() -> None:
    """How much the plan lacks, and the way to the list."""
    found = ui.cached(checks.completeness)
    ui.section(_("Det som mangler"))
    if not found:
        st.markdown(empty.gaps(snapshot))
        return
    label = plural("{n} opplysning mangler", "{n} opplysninger mangler", len(found))
    st.page_link(ui.COMPLETENESS, label=label, icon=":material/arrow_forward:")


ui.heading(
    _("Planen"),
    _("Planen som tekst"),
    _("Du retter i fila, ser hva som endres, og leser inn."),
)
st.download_button(
    _("Last ned planen som fil"), data=written_back, file_name="strategy.yaml", mime="application/yaml",
    on_click="ignore", icon=":material/download:",
)  # fmt: skip
raw = raw_file()
if raw is None:
    st.caption(_("Eksempeldata har ingen fil på tjeneren. Legg inn en fil for å prøve."))
else:
    plan, problems = document.read(raw, today=current.today(snapshot))
    if plan is None or problems:
        shown_problems(problems)
    else:
        compared(plan)
gaps()
