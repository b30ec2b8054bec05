"""The plan edited in the app: a form for each thing, and all that is edited seen before it is one change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from strategy import record, sync, texts, things, wording
from strategy.changes import Action, Edit
from strategy.errors import BadInput, Conflict
from strategy.i18n import _, mark, plural
from strategy.record import Clash, Ident, Saved
from strategy.snapshot import Flat
from strategy.things import Where
from strategy.ui import clashes, plan_drafts, plan_fields, query
from strategy.ui.authority import grounds
from strategy.ui.markdown import plain
from strategy.ui.parts import edited, page, paged, section
from strategy.ui.plan_drafts import Drafted, Edits
from strategy.ui.view import at, refused, save, view

NEW = "ny"
SHOWN = 25
KINDS = {
    "measure": mark("Tiltak"),
    "indicator": mark("Indikator"),
    "target": mark("Måltall"),
    "subgoal": mark("Delmål"),
    "goal": mark("Hovedmål"),
}


def draw() -> None:
    """The form for one thing, and all that is edited so far."""
    now = plan_drafts.opened()
    st.caption(_("Rett så mange du vil. Ingenting lagres før du har sett alt, og det blir én endring."))
    if now.found_again:
        st.info(_("Det du rettet sist og ikke lagret, er her ennå."), icon=":material/history_edu:")
    labels = {kind: _(name) for kind, name in KINDS.items()}
    kind = query.pills(_("Hva"), "hva", list(labels), labels.__getitem__, required=True) or "measure"
    plan = sync.applied(at(now.base), now.edits)
    names = {NEW: _("Legg til et nytt"), **_named(plan, kind)}
    if st.query_params.get("n") not in names:  # what was taken out, or is of another kind
        st.query_params.pop("n", None)
    key = query.select(_("Hvilket"), "n", list(names), names.__getitem__, nothing=_("Velg"))
    if key:
        _form(now, plan, kind, key)
    label = _("Roller rettes på Kom i gang")
    where = {"steg": "roller"}
    st.page_link(page("kom-i-gang"), label=label, icon=":material/arrow_forward:", query_params=where)
    if now.edits:
        _pending(now)


def _named(plan: Flat, kind: str) -> dict[str, str]:
    """Every thing of a kind by its key, also those that are only drafted."""
    there = sorted((ident for ident in plan if ident[0] == kind), key=lambda ident: texts.natural(ident[1]))
    return {key: _title(key, plan[kind, key]) for _kind, key in there}


def _title(key: str, fields: Mapping[str, Any]) -> str:
    return f"{key} {fields.get('name') or fields.get('text') or ''}".strip()


def _form(now: Drafted, plan: Flat, kind: str, key: str) -> None:
    """One thing, as it stands or would; what is written goes into the draft, and nothing is saved."""
    stands = plan.get((kind, key), {})
    scope = _scope(now, kind, key)
    with st.container(border=True):
        try:
            said = _said(plan, kind, stands, scope)
        except BadInput as refusal:
            refused(str(refusal), scope, refusal.field)
            return
        with st.container(horizontal=True):
            label = _("Legg til") if key == NEW else _("Endre")
            put = st.button(label, type="primary", key=f"{scope}:put")
            out = key != NEW and st.button(_("Ta ut av planen"), type="tertiary", key=f"{scope}:out")
        if kind == "measure" and key != NEW:
            _merging(now, plan, key, scope)
    if put:
        _put(now, kind, key, stands, said)
    elif out:
        rest = {ident: fields for ident, fields in now.edits.items() if ident != (kind, key)}
        gone = {(kind, key): None} if (kind, key) in at(now.base).flat else {}
        _try(now, {**rest, **gone}, scope)


def _merging(now: Drafted, plan: Flat, key: str, scope: str) -> None:
    """Let the measure go into another: it is taken out, and the other names it."""
    others = {other: name for other, name in _named(plan, "measure").items() if other != key}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        heir = st.selectbox(
            _("Slå sammen med"),
            list(others),
            index=None,
            format_func=others.__getitem__,
            placeholder=_("Velg tiltaket som skal stå"),
            key=f"{scope}:heir",
        )
        pressed = st.button(_("Slå sammen"), disabled=heir is None, type="tertiary", key=f"{scope}:merge")
    if pressed and heir:
        other = ("measure", heir)
        if plan[other].get("merged_from"):
            refused(_("Det er slått sammen med et annet før. Velg et annet tiltak."), f"{scope}:heir")
            return
        named = {**(now.edits.get(other) or {}), "merged_from": key}
        _try(now, {**now.edits, other: named, ("measure", key): None}, scope)


def _scope(now: Drafted, kind: str, key: str) -> str:
    """What the keys of a form begin with; that of a new thing is another for each that is added."""
    number = len(now.edits) if key == NEW else 0
    return f"plan:{now.turn}:{number}:{kind}:{key}"


def _said(plan: Flat, kind: str, stands: Mapping[str, Any], scope: str) -> dict[str, Any]:
    """What is written in each field."""
    said: dict[str, Any] = {}
    for above, kinds in sync.ABOVE.get(kind, {}).items():
        holders = {key: name for of in reversed(kinds) for key, name in _named(plan, of).items()}
        place = list(holders).index(stands[above]) if stands.get(above) in holders else None
        said[above] = st.selectbox(
            things.shapes(kind)[above].refused,
            list(holders),
            index=place,
            format_func=holders.__getitem__,
            key=f"{scope}:{above}",
            disabled=kind == "target" and bool(stands),
            persist_state="session",
        )
    for name in things.edited(kind, Where.FILE):
        if not (kind == "target" and name == "due" and stands):
            usual = things.defaults(kind).get(name)
            said[name] = plan_fields.field(kind, name, stands.get(name, usual), f"{scope}:{name}")
    return said


def _put(now: Drafted, kind: str, key: str, stands: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    """Take what is written into the draft, a new thing under a key of its own, where it can be used."""
    scope = _scope(now, kind, key)
    for above in sync.ABOVE.get(kind, {}):
        if not said[above]:
            refused(_("Velg hva det hører til."), f"{scope}:{above}")
            return
    fields = plan_fields.changed(stands, said)
    if not fields:
        st.info(_("Ingenting er endret her."))
        return
    ident = (kind, key) if key != NEW else (kind, _key(now, kind, said))
    drafted = now.edits.get(ident) or {}
    _try(now, {**now.edits, ident: {**drafted, **fields}}, scope)


def _key(now: Drafted, kind: str, said: Mapping[str, Any]) -> str:
    if kind == "target":
        due = said["due"]
        return f"{said['indicator']}@{due.isoformat() if isinstance(due, date) else ''}"
    seen = view()
    taken = [key for known, key in now.edits if known == kind]
    parent = "".join(str(said[above]) for above in sync.ABOVE.get(kind, {}))
    with seen.database.reading() as session:
        return sync.free_key(session, seen.strategy, kind, parent, taken)


def _try(now: Drafted, edits: Edits, scope: str) -> None:
    """Keep the edits where a file that said so would be read; else say why, at the field."""
    try:
        sync.edited(at(now.base), view().snapshot, edits)
    except BadInput as refusal:
        refused(_("Ikke tatt med. {why}").format(why=refusal), f"{scope}:{refusal.field}")
        return
    now.put(edits)
    st.rerun()


def _pending(now: Drafted) -> None:
    """All that is edited, as a load of the file would tell it; then what it rests on, and the button."""
    scope = f"plan:clash:{now.turn}"
    section(_("Dette blir endret"))
    try:
        changeset = sync.edited(at(now.base), view().snapshot, now.edits, clashes.chosen(scope))
    except BadInput as refusal:  # what was saved since does not go together with it
        st.error(plain(str(refusal)), icon=":material/error:")
        changeset = None
    if changeset:
        clashes.choose(changeset.clashes, scope, clashes.typed(), _clashing)
        for edit in paged(changeset.edits, SHOWN, "endringer"):
            edited(edit)
            _taken_back(now, edit)
        if not changeset.edits:
            st.markdown(_("Ingenting: det som skal stå, står der fra før."))
    reason = st.text_input(_("Hvorfor endres planen? (kan utelates)"), key=f"hvorfor:{now.turn}")
    needing = record.needs_grounds(changeset.edits) if changeset else ()
    given = grounds(f"plan-{now.turn}", len(needing)) if needing else record.Grounds()
    with st.container(horizontal=True):
        count = len(changeset.edits) if changeset and not changeset.waiting else 0
        said = plural("én endring", "{n} endringer", count)
        pressed = count and st.button(_("Lagre {what}").format(what=said), type="primary", key="lagre-planen")
        st.button(_("Forkast alt"), type="tertiary", on_click=now.begin_anew, key="forkast-planen")
    if pressed and changeset:
        _save(now, changeset, reason, given, said)


def _taken_back(now: Drafted, edit: Edit) -> None:
    """A drafted edit can be given up alone."""
    ident = (edit.kind, edit.key)
    if ident in now.edits:
        st.button(
            _("Ta tilbake"),
            key=f"tilbake:{edit.kind}:{edit.key}",
            type="tertiary",
            on_click=_take_back,
            args=(now, ident),
        )


def _take_back(now: Drafted, ident: Ident) -> None:
    now.put({other: fields for other, fields in now.edits.items() if other != ident})


def _save(now: Drafted, changeset: sync.Changeset, reason: str, given: record.Grounds, said: str) -> None:
    def write(by: record.By) -> Saved:
        record.check_grounds(changeset.edits, given)
        done = sync.apply(by, changeset, reason=reason, grounds=given)
        return Saved("", 0, done.id if done else 0, by.now, again=done is None)

    try:
        saved = save(write, said)
    except Conflict:
        st.rerun()  # somebody was first: what stands in the way is shown
    if saved:
        now.begin_anew()
        st.rerun()


def _clashing(clash: Clash) -> str:
    return wording.thing(Edit(clash.kind, clash.key, Action.CHANGED, ()), view().snapshot)
