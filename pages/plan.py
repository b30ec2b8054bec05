"""The plan as text: check the file, see what loading it would change, load it, write it back."""

import zlib
from datetime import UTC, datetime

import streamlit as st

from strategy import backup, checks, config, document, empty, record, sync, ui, wording
from strategy.changes import Action, Edit
from strategy.errors import Refusal
from strategy.i18n import _, mark, plural
from strategy.terms import Via
from strategy.ui import clashes, openings, plan_editing, query

PAGE = 25

view = ui.view()
snapshot = view.snapshot


def raw_file() -> bytes | None:
    """The uploaded file, or else the one on the server."""
    uploaded = st.file_uploader(
        _("Legg inn en annen fil"), type=["yaml", "yml"], key="fil", max_upload_size=2
    )
    if uploaded is not None:
        openings.note("planfil", "lagt-inn")
        return uploaded.getvalue()
    openings.tell("planfil", _("Fila du la inn, må legges inn på nytt. Ingenting av den er lest inn."))
    path = config.settings().strategy_file
    return path.read_bytes() if path.is_file() and not snapshot.example else None


def shown_problems(problems: tuple[document.Problem, ...]) -> None:
    """Everything that is wrong with the file, with line and column."""
    if errors := sum(not problem.is_note for problem in problems):
        said = plural(
            "Fila har én feil. Ingenting er lest inn.", "Fila har {n} feil. Ingenting er lest inn.", errors
        )
        st.error(said, icon=":material/error:")
    else:
        st.info(_("Fila kan leses inn. Dette bør du vite:"), icon=":material/info:")
    header = [_("Linje"), _("Kolonne"), _("Hva er galt"), _("Hva du kan skrive")]
    ui.table(header, [[str(p.line), str(p.column), p.message, p.hint] for p in problems])


def compared(file: sync.PlanFile) -> None:
    """What loading the file would do, thing by thing, and the button that does it."""
    scope = f"planfil:{zlib.crc32(file.text.encode())}"
    with view.database.reading() as session:
        changeset = sync.compared(session, file, clashes.chosen(scope))
    told_anew(changeset)
    if changeset.is_empty and not changeset.waiting:
        st.success(_("Ingenting å endre: alt i fila står i planen."), icon=":material/check:")
        return
    clashes.choose(changeset.clashes, scope, words(), named)
    if changeset.beside:
        st.warning(ui.plain(changeset.said_of_new), icon=":material/library_add:")
    if changeset.edits:
        form = _("{added} legges til, {changed} endres og {retired} tas ut. Ingenting slettes.")
        st.markdown(form.format(**{str(action): len(changeset.of(action)) for action in Action}))
    elif not changeset.waiting:
        st.markdown(_("Planen er som før. Fila blir tatt vare på slik den nå er skrevet."))
    for edit in ui.paged(changeset.edits, PAGE, "side"):
        ui.edited(edit)
    if view.editable and not changeset.waiting:
        apply(changeset)


def words() -> clashes.Words:
    """What the sides are called where both have changed something."""
    return clashes.Words(
        _("Dette er endret både i fila og i løsningen siden fila ble lest inn sist. Velg hva som skal stå."),
        _("Forrige gang i fila"),
        _("I løsningen nå"),
        _("I fila nå"),
        _("La løsningen stå"),
        _("Bruk fila"),
    )


def named(clash: record.Clash) -> str:
    """The thing a clash is about."""
    return wording.thing(Edit(clash.kind, clash.key, Action.CHANGED, ()), snapshot)


def told_anew(changeset: sync.Changeset) -> None:
    """Say that the file, or the plan, is another than it was when the button was pressed."""
    shown = st.session_state.pop("lest", None)
    if shown and shown != changeset.fingerprint:
        said = _(
            "Fila eller planen ble endret etter at du så på den. Ingenting er lest inn. Se gjennom på nytt."
        )
        st.warning(said, icon=":material/edit:")


def apply(changeset: sync.Changeset) -> None:
    """Load what is shown above, as one change with a reason and, where it is needed, its grounds.

    The button has the fingerprint of what is shown: where that is another when it is pressed, it is no press.
    """
    reason = st.text_input(_("Hvorfor endres planen?"), key="hvorfor")
    needing = record.needs_grounds(changeset.edits)
    grounds = ui.grounds("fil", len(needing)) if needing else record.Grounds()
    tick = _("Ja, dette er en ny strategi ved siden av")
    new = bool(changeset.beside) and st.checkbox(tick, key=f"ny:{changeset.strategy}")
    if not st.button(
        _("Les inn endringene"),
        type="primary",
        disabled=bool(changeset.beside) and not new,
        key=f"les:{changeset.fingerprint}",
        on_click=pressed,
        args=(changeset.fingerprint,),
    ):
        return
    try:
        record.check_grounds(needing, grounds)
        kept = (
            None
            if snapshot.example
            else backup.take(view.database.url, config.settings().backups, datetime.now(UTC))
        )
        with view.database.writing() as session:
            done = sync.apply(view.by(session, Via.YAML), changeset, reason=reason, grounds=grounds, new=new)
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


def pressed(fingerprint: str) -> None:
    """Remember what was shown when the button was pressed."""
    st.session_state["lest"] = fingerprint


def written_back() -> bytes:
    """The plan in the database as the file that would make it."""
    with view.database.reading() as session:
        return sync.written(session, snapshot).encode()


def gaps() -> None:
    """How much the plan lacks, and the way to the list."""
    found = ui.cached(checks.completeness)
    ui.section(_("Det som mangler"))
    if not found:
        st.markdown(empty.gaps(snapshot))
        return
    label = plural("{n} opplysning mangler", "{n} opplysninger mangler", len(found))
    st.page_link(ui.COMPLETENESS, label=label, icon=":material/arrow_forward:")


def as_text() -> None:
    """The plan as a file, out and in."""
    st.download_button(
        _("Last ned planen som fil"),
        data=written_back,
        file_name="strategy.yaml",
        mime="application/yaml",
        on_click="ignore",
        icon=":material/download:",
    )
    raw = raw_file()
    if raw is None:
        st.caption(_("Eksempeldata har ingen fil på tjeneren. Legg inn en fil for å prøve."))
        return
    plan, problems = document.read(raw)
    if problems:
        shown_problems(problems)
    if plan is not None:
        compared(sync.PlanFile(raw.decode(), document.things(plan)))


PARTS = {"rediger": mark("Rediger"), "tekst": mark("Som tekst")}

ui.heading(
    _("Planen"),
    _("Endre planen"),
    _("I skjema her, eller i fila. Begge gir den samme endringen, og du ser alt før det lagres."),
)
labels = {part: _(name) for part, name in PARTS.items()}
part = query.pills(_("Vis"), "del", list(labels), labels.__getitem__, required=True, hidden=True)
if part == "tekst":
    as_text()
elif view.editable:
    plan_editing.draw()
else:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
gaps()
