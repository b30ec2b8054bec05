"""What permits a change of adopted text or a deadline, asked of whoever makes it at a page."""

import streamlit as st

from strategy import dates, meetings, record, texts
from strategy.i18n import _, mark, plural
from strategy.snapshot import Authority, Decision, Snapshot
from strategy.terms import Term
from strategy.ui.drafts import Draft
from strategy.ui.view import view


class _Kind(Term):
    DECISION = "vedtak", mark("Et vedtak i styret")
    CORRECTION = "skrivefeil", mark("Retting av skrivefeil")
    ELSEWHERE = "annet", mark("Bestemt et annet sted")


def grounds(name: str, count: int, *, asks: str = "", slip: bool = True) -> record.Grounds:
    """Ask what permits `count` changes; what is given is empty until it is said. `name` is the form's.

    `asks` is another question to ask; without `slip` a correction is not offered.
    """
    shown = view().snapshot
    said = asks or plural(
        "Én endring gjelder vedtatt tekst, en frist eller hvilke tiltak som finnes. Hva bygger den på?",
        "{n} endringer gjelder vedtatt tekst, frister eller hvilke tiltak som finnes. Hva bygger de på?",
        count,
    )
    kinds = [kind for kind in _Kind if kind is not _Kind.DECISION or shown.decisions]
    if not slip:
        kinds.remove(_Kind.CORRECTION)
    only = 0 if len(kinds) == 1 else None
    kind = st.radio(
        said, kinds, format_func=lambda kind: _Kind(kind).label, index=only, key=f"grunnlag-{name}"
    )
    if kind is _Kind.DECISION:
        return record.Grounds(decision=_decision(shown, name))
    if kind is _Kind.ELSEWHERE:
        where = st.text_input(
            _("Hvor og når, for eksempel «Årsmøtet 9. juni 2026, sak 9»"), key=f"hvor-{name}"
        )
        return record.Grounds(note=where)
    return record.Grounds(correction=kind is _Kind.CORRECTION)


def mend(found: Authority) -> None:
    """Say afterwards what permitted a change that was written without it."""
    seen = view()
    draft = Draft(f"grunnlag:{found.key}", found.version)
    draft.conflict([])
    decision = _decision(seen.snapshot, found.key) if seen.snapshot.decisions else ""
    note = st.text_input(
        _("Eller hvor og når, for eksempel «Årsmøtet 9. juni 2026, sak 9»"),
        key=draft.key("note"),
        max_chars=texts.PARAGRAPH,
    )
    if st.button(_("Lagre hva den bygger på"), type="primary", key=draft.button):
        draft.save(
            lambda by: record.ground(by, found.key, draft.base, decision=decision, note=note),
            _("hva endringen av {key} bygger på").format(key=found.thing),
        )


def _decision(shown: Snapshot, name: str) -> str:
    newest = {decision.key: _named(shown, decision) for decision in reversed(shown.decisions)}
    chosen = st.selectbox(
        _("Vedtak"), list(newest), index=None, format_func=newest.__getitem__, key=f"vedtak-{name}"
    )
    return chosen or ""


def _named(shown: Snapshot, decision: Decision) -> str:
    """«Sak 39/2026, 12.11.2026: Styret flytter fristen …»"""
    meeting = shown.meeting(decision.meeting)
    case = meetings.case(shown, decision)
    head = (
        _("Sak {number}/{year}").format(number=case.number, year=case.year)
        if case and case.number
        else decision.key
    )
    return f"{head}, {dates.day(meeting.held_on)}: {decision.text.splitlines()[0]}"
