"""A filled-in form that has come back: everything it would change, what has to be chosen, and yes or no."""

from dataclasses import dataclass

import streamlit as st

from strategy import wording, workbook
from strategy.changes import Action, Edit, FieldChange
from strategy.errors import BadInput
from strategy.i18n import _, plural
from strategy.record import By, Saved
from strategy.ui import clashes, openings, parts, unknown
from strategy.ui.markdown import plain
from strategy.ui.view import at, save, view
from strategy.workbook import Filled, Preview, Problem

PAGE = 20

_BACK, _ROUND = "excel:back", "excel:round"

_OPENED = "skjema"
"""What says in the address that a form is looked at."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The file that is looked at in this session, and the database it was read for."""

    name: str
    database: str
    filled: Filled


def returned() -> Returned | None:
    """The form being looked at; it stays through a visit to another page."""
    found: Returned | None = st.session_state.get(_BACK)
    return found if found and found.database == view().state.url else None


def taken_in() -> None:
    """Where the filled-in file is dropped; where one was looked at and is lost, that is said."""
    openings.tell(_OPENED, _("Skjemaet du så på, må leses inn på nytt. Ingenting av det er lagret."))
    uploaded = st.file_uploader(_("Det utfylte skjemaet"), key=_key("file"), max_upload_size=2)
    if uploaded is not None:
        filled = workbook.read(uploaded.getvalue())
        _put_away()
        st.session_state[_BACK] = Returned(uploaded.name, view().state.url, filled)
        st.rerun()


def preview(back: Returned) -> Preview:
    """What the form comes to now, with what has been chosen so far."""
    seen = view()
    with seen.database.reading() as session:
        filled = workbook.checked(session, back.filled, seen.snapshot)
    if filled.marker is None:
        return workbook.unreadable(filled)
    chosen = workbook.Chosen(
        answers=clashes.chosen(_key("word")),
        choices=clashes.chosen(_key("clash")),
        sure=tuple(clashes.chosen(_key("sure"))),
        skip_bad=bool(st.session_state.get(_key("skip"))),
    )
    return workbook.compared(filled, at(filled.marker.change), seen.snapshot, seen.today, chosen)


def shown(found: Preview) -> None:
    """Everything the form says: what stands in the way, what is to be chosen, yes or no, what is changed."""
    openings.note(_OPENED, "apent")
    _problems(found)
    _unread(found)
    unknown.ask(found.unknown, _key("word"))
    clashes.choose(found.clashes, _key("clash"), _words(), lambda clash: _thing(clash.kind, clash.key))
    _questions(found)
    _decide(found)
    _changes(found)


def whose(found: Preview) -> str:
    """Who the form was for."""
    titles = {person.key: person.title for person in view().snapshot.people}
    return titles.get(found.person, found.person) or _("alle ansvarlige")


def _problems(found: Preview) -> None:
    """What is wrong, which can be left out where the rest can be taken without it."""
    if found.problems:
        st.error(
            _("Rett dette i fila, lagre den og les den inn på nytt. Ingenting er lagret."),
            icon=":material/error:",
        )
        _table(found.problems, _("Hva er galt"), "feil")
    if found.skipped:
        st.warning(_("Disse cellene blir ikke med når resten lagres."), icon=":material/warning:")
        _table(found.skipped, _("Hva er galt"), "utelatt")
    if found.skipped or (found.problems and found.can_skip):
        st.checkbox(_("Ta ikke med disse cellene"), key=_key("skip"), persist_state="session")


def _unread(found: Preview) -> None:
    """What somebody has written where it is not read."""
    if found.unread:
        st.warning(
            _("Dette står i fila uten å bli lest, eller er lett å overse. Se på det selv."),
            icon=":material/visibility_off:",
        )
        _table(found.unread, _("Hva som står der"), "ulest")


def _table(problems: tuple[Problem, ...], head: str, pages: str) -> None:
    rows = [
        [problem.place or _("Fila"), problem.message[:1].upper() + problem.message[1:]]
        for problem in parts.paged(problems, PAGE, pages)
    ]
    parts.table([_("Celle"), head], rows)


def _words() -> clashes.Words:
    return clashes.Words(
        _("Noen har endret de samme cellene etter at skjemaet ble laget. Velg hva som skal stå."),
        _("Da skjemaet ble laget"),
        _("Lagret siden"),
        _("I skjemaet"),
        _("Det som er lagret"),
        _("Skjemaet"),
    )


def _questions(found: Preview) -> None:
    """Each cell or column that looks wrong, and whether it is right."""
    if not found.questions:
        return
    parts.section(_("Ser galt ut"))
    for each in parts.paged(found.questions, PAGE, "spørsmål"):
        st.markdown(plain(f"{each.place}: {each.sentence}"))
        st.checkbox(
            _("Ja, {cell} er riktig").format(cell=each.place),
            key=_key(f"sure:{each.place}"),
            persist_state="session",
        )


def _changes(found: Preview) -> None:
    for left_out in found.left_out:
        st.caption(plain(str(left_out)))
    edits = _edits(found)
    if not edits:
        return
    parts.section(plural("{n} endring", "{n} endringer", len(found.changes)))
    if found.follows:
        st.caption(_("Når et avvik er over, tømmes årsaken og hvordan det rettes opp."))
    for edit in parts.paged(edits, PAGE, "side"):
        parts.edited(edit)


def _decide(found: Preview) -> None:
    """Yes or no; yes only where everything is clear."""
    reason = ""
    if found.changes:
        reason = st.text_input(
            _("Begrunnelse i endringsloggen"),
            _("Skjema fra {whose}").format(whose=whose(found)),
            key=_key("reason"),
            persist_state="session",
        )
    with st.container(horizontal=True):
        if found.changes:
            label = plural("Lagre {n} endring", "Lagre {n} endringer", len(found.changes))
            if st.button(label, type="primary", disabled=not found.is_clear, key=_key("save")):
                _save(found, reason)
        st.button(
            _("Forkast skjemaet") if found.changes else _("Velg en annen fil"),
            on_click=_put_away,
            key=_key("drop"),
        )


def _save(found: Preview, reason: str) -> None:

    def write(by: By) -> Saved:
        saved = workbook.save(by, found, reason=reason)
        if saved is None:
            raise BadInput(_("Alt står slik fra før."))
        return saved

    said = plural("{n} endring fra skjemaet", "{n} endringer fra skjemaet", len(found.changes))
    if save(write, said):
        _put_away()
        st.rerun()


def _edits(found: Preview) -> tuple[Edit, ...]:
    """The changes thing by thing, as the log shows them."""
    versions = view().snapshot.versions
    return tuple(
        Edit(
            *thing,
            Action.CHANGED if thing in versions else Action.ADDED,
            tuple(FieldChange(change.field, change.before, change.after) for change in these),
        )
        for thing, these in found.things.items()
    )


def _thing(kind: str, key: str) -> str:
    return wording.thing(Edit(kind, key, Action.CHANGED, ()), view().snapshot)


def _put_away() -> None:
    """Forget the form and all that was chosen for it."""
    openings.close(_OPENED)
    st.session_state.pop(_BACK, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _key(name: str) -> str:
    """The key of a widget for the form in hand."""
    return f"excel:{st.session_state.get(_ROUND, 0)}:{name}"
