"""Documents and photos on a thing: small where it is, to be taken away, and the form for one more."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from strategy import attachments, dates, record, texts
from strategy.errors import BadInput, Unavailable
from strategy.i18n import _
from strategy.snapshot import Attachment
from strategy.terms import FileType
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import paged
from strategy.ui.view import refused, save, view, writes

PAGE = 12
_ACCEPTED = [ending for each in FileType for ending in each.endings]
"""What a picker offers, the photos of a phone too; whatever comes is judged by its content all the same."""


def of(thing: str) -> None:
    """The files of a thing; nothing where it has none."""
    found = view().snapshot.attachments_of(thing)
    for each in paged(found, PAGE, f"filer-{thing}"):
        _one(each)


def form(things: Mapping[str, str]) -> None:
    """The form for one more file on one of `things`, by what they are called; the first is usual."""
    if not view().editable:
        return
    first = next(iter(things))
    with st.expander(
        _("Legg ved en fil eller et bilde"), key=f"ny-fil-{first}", icon=":material/attach_file:"
    ):
        _form(first, things)


def _form(first: str, things: Mapping[str, str]) -> None:
    draft = Draft(f"file:{first}", 0)
    chosen = st.file_uploader(
        _("Dokument eller bilde, høyst 25 MB"),
        _ACCEPTED,
        key=draft.key("file"),
        max_upload_size=attachments.LIMIT // 10**6,
        help=_("Hvor et bilde er tatt, og annet som ikke vises i det, blir fjernet."),
    )
    title = st.text_input(
        _("Hva fila er (kan stå tomt)"),
        key=draft.key("file-title"),
        max_chars=texts.LINE,
        persist_state="session",
    )
    thing = first
    if len(things) > 1:
        thing = st.selectbox(
            _("Fila gjelder"), list(things), format_func=things.__getitem__, key=draft.key("file-thing")
        )
    if st.button(_("Legg ved fila"), key=draft.button):
        _attach(draft, thing, title, (chosen.name, chosen.getvalue()) if chosen else None)


def _attach(draft: Draft, thing: str, title: str, chosen: tuple[str, bytes] | None) -> None:
    """Judge what was chosen before the database is asked to wait, then keep it."""
    try:
        if chosen is None:
            raise BadInput(_("Velg en fil først, og vent til den er lastet opp."), _("Fil"))
        file = attachments.judged(*chosen, title=title)
    except BadInput as refusal:
        refused(_("Ikke lagret. {why}").format(why=refusal), "file")
        return
    folder = view().database.files
    draft.save(
        lambda by: record.attach(by, folder, thing, file), _("fila «{title}»").format(title=file.title)
    )


def _one(file: Attachment) -> None:
    """One file: a picture small, all else by name; with what it is, and the way to take it away."""
    folder = view().database.files
    with st.container(border=True, gap="xsmall"):
        if file.format.is_picture:
            _picture(folder, file)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(file.title)}** :small[{plain(said(file))}]", width="content")
            st.download_button(
                _("Last ned"),
                data=_reader(folder, file),
                file_name=file.name,
                mime=file.format.mime,
                key=f"file:{file.key}:{file.thing}",
                on_click="ignore",
                icon=":material/download:",
            )
            if view().editable:
                _remove(file)


def _picture(folder: Path, file: Attachment) -> None:
    try:
        st.image(attachments.thumbnail(folder, file.sha256), alt=file.title)
    except Unavailable as refusal:
        st.warning(plain(str(refusal)), icon=":material/broken_image:")


def _reader(folder: Path, file: Attachment) -> Callable[[], bytes]:
    """What fetches the content when it is asked for."""
    return lambda: attachments.content(folder, file.sha256)


def _remove(file: Attachment) -> None:
    wanted = record.Wanted("attachment", file.key, file.version, retired=True)
    label = _("Ta bort")
    if st.button(label, key=f"remove:{file.key}", type="tertiary") and save(
        writes(wanted), _("fila er tatt bort")
    ):
        st.rerun()


def said(file: Attachment) -> str:
    """«PDF, 1,2 MB»."""
    return f"{file.format.label}, {dates.file_size(file.size)}"
