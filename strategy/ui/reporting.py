"""The report form: one set of fields that every report is written in, one thing after another.

The fields keep their keys from thing to thing, so that the focus stays where it is when a save brings up the
next. What is written and not saved is kept in the database under the writer's name, and is there again after
a reload, in another browser, or when the server was killed.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

import streamlit as st

from strategy import dates, progress, record
from strategy.errors import Conflict
from strategy.i18n import _
from strategy.record.scratch import Kept
from strategy.snapshot import Goal, Measure, Report, Subgoal
from strategy.terms import Assessment, Kind, Phase, Settlement, Term
from strategy.ui import clashes, draft_fields, scratch
from strategy.ui.markdown import plain
from strategy.ui.parts import meanings, report_lines
from strategy.ui.view import lead_to, refused, reports, save, view

Thing = Measure | Goal | Subgoal

SAVE = "report:save"
"""The key of the button that saves: the same for everything, so that the focus stays on it."""

ENTER, SKIP, AGAIN = "Ctrl+Enter", "Ctrl+Shift+Enter", "Ctrl+Alt+Enter"
"""Each with Ctrl and Enter, for that makes a text field hand over what is typed before the button acts."""

_OPEN = "report:open"
_DAYS = ("next_due",)


@dataclass(frozen=True, slots=True)
class Opened:
    """The report being written: what it began with, what is kept of it, and what stood in the field before.

    `base` is the version it was opened on; `collided` that somebody saved since, and that it has been told.
    """

    whose: tuple[str, str, str]
    base: int
    began: Mapping[str, Any]
    kept: Mapping[str, Any]
    kept_at: str = ""
    carried: str = ""
    collided: bool = False
    told: str = field(default="")


def half_written(found: Mapping[str, Kept]) -> tuple[str, ...]:
    """The keys of all that has a half-written report."""
    return tuple(form.removeprefix("report:") for form in found if form.startswith("report:"))


def form(
    thing: Thing, found: Mapping[str, Kept], *, label: str, onward: Callable[[], None] | None = None
) -> bool:
    """Show the report form of `thing`; return whether it was saved in this run.

    `found` is what `kept` gave; `onward` draws the buttons beside those that save.
    """
    opened = _open(thing, found.get(_form(thing.key)))
    with st.container():  # always there: what comes and goes above a field would take the focus from it
        _collision(thing, opened)
        if opened.kept_at:
            _resumed(opened)
    written = _fields(thing, opened)
    _keep(thing, opened, written)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(label, type="primary", shortcut=ENTER, key=SAVE)
        again = thing.report is not None and st.button(
            _("Uendret siden sist"),
            shortcut=AGAIN,
            key="report:again",
            help=_("Sier det samme en gang til, med dagens dato."),
        )
        if onward:
            onward()
    if again and thing.report and written != opened.began:
        st.info(_("Du har skrevet noe her. Lagre det, eller sett feltene tilbake."), icon=":material/edit:")
    elif again and thing.report:
        return _write(thing, opened, _again(thing.report))
    if not pressed:
        return False
    if written == opened.began:
        refused(
            _("Skriv hva som er gjort, så lagres en ny rapport. Står alt som før, velg «Uendret siden sist».")
            if thing.report
            else _("Skriv hva som er gjort, så lagres en ny rapport."),
            "done",
        )
        return False
    return _write(thing, opened, written)


def start_from_last() -> None:
    """Put the last report's text into the field, to be changed instead of written anew."""
    opened: Opened = st.session_state[_OPEN]
    st.session_state[_key("done")] = opened.told


def _open(thing: Thing, there: Kept | None) -> Opened:
    """The report as it is being written; another thing's is kept before this one's is brought up."""
    seen = view()
    whose = (seen.database.url, seen.strategy, thing.key)
    opened: Opened | None = st.session_state.get(_OPEN)
    if opened and opened.whose == whose and _key("done") in st.session_state:
        _strip_carried(opened)
        return opened
    carried = ""
    if opened and _key("done") in st.session_state:
        if opened.whose[:2] == whose[:2] and opened.whose != whose:
            _keep_aside(opened)
        carried = st.session_state[_key("done")] or ""
    began = _began(thing)
    base = thing.report.version if thing.report else 0
    written = began | (_read(there.fields) if there else {})
    for name, value in written.items():
        if st.session_state.get(_key(name), ...) != value:
            st.session_state[_key(name)] = value
    opened = Opened(
        whose,
        int(there.fields.get("base", base)) if there else base,
        began,
        written,
        dates.clock(there.saved_at) if there else "",
        carried,
        told=thing.report.done if thing.report else "",
    )
    st.session_state[_OPEN] = opened
    return opened


def _began(thing: Thing) -> dict[str, Any]:
    """What a new report starts from: the last one, but for what has been done."""
    if thing.report:
        return _said(thing.report) | {"done": "", "promise": None}
    first = None
    if isinstance(thing, Measure):
        first = Phase.CONTINUOUS if thing.kind is Kind.CONTINUOUS else Phase.IN_PROGRESS
    return {
        "done": "",
        "phase": first,
        "assessment": Assessment.NOT_ASSESSED,
        "cause": "",
        "remedy": "",
        "next_step": "",
        "next_due": None,
        "estimate": None,
        "promise": None,
    }


def _again(report: Report) -> dict[str, Any]:
    """The same once more; whether what it promised must be answered is the rule's to say."""
    return _said(report) | {"promise": None}


def _said(report: Report) -> dict[str, Any]:
    names = ("done", "phase", "assessment", "cause", "remedy", "next_step", "next_due", "estimate", "promise")
    return {name: getattr(report, name) for name in names}


def _fields(thing: Thing, opened: Opened) -> dict[str, Any]:
    """Every field; those that are not shown just now keep what they had."""
    measure = thing if isinstance(thing, Measure) else None
    label = _("Dette er gjort") if measure else _("Vurderingen i ord")
    done = _area("done", label, _("Sist: {text}").format(text=opened.told) if opened.told else "")
    with st.container():
        if opened.told:
            st.button(
                _("Begynn med teksten fra sist"),
                on_click=start_from_last,
                type="tertiary",
                icon=":material/content_copy:",
                key="report:last",
                shortcut="Alt+T",
            )
    promise = draft_fields.settlement(thing.report, key=_key("promise")) if measure else None
    phase = _phase() if measure else None
    assessment = _assessment()
    written = dict(opened.began) | {
        "done": done,
        "phase": phase,
        "assessment": assessment,
        "promise": promise,
    }
    deviates = assessment.is_deviation
    with st.container():
        if deviates or phase is Phase.DROPPED or promise is Settlement.WITHDRAWN:
            written["cause"] = _area("cause", _("Årsak"))
        if deviates:
            written["remedy"] = _area("remedy", _("Slik rettes det opp"))
    if measure:
        written |= _ahead(measure)
    return written


def _area(name: str, label: str, hint: str = "") -> str:
    text: str | None = st.text_area(
        label,
        key=_key(name),
        persist_state="session",
        height="content",
        placeholder=hint or None,
    )
    return text or ""


def _phase() -> Phase:
    return (
        draft_fields.choice(
            _("Fase"), list(Phase), key=_key("phase"), said=attrgetter("label"), help=meanings(Phase)
        )
        or Phase.IN_PROGRESS
    )


def _assessment() -> Assessment:
    chosen = draft_fields.choice(
        _("Vurdering"),
        list(Assessment),
        key=_key("assessment"),
        said=attrgetter("marked"),
        help=meanings(Assessment),
    )
    return chosen or Assessment.NOT_ASSESSED


def _ahead(measure: Measure) -> dict[str, Any]:
    """What comes next and by when, and the reporter's guess at how far it has come."""
    step = _area("next_step", _("Neste steg"))
    left, right = st.columns(2)
    due = left.date_input(
        _("Neste steg er gjort innen"),
        value=None,
        format="DD.MM.YYYY",
        key=_key("next_due"),
        persist_state="session",
        min_value=date(2000, 1, 1),
        max_value=date(2100, 12, 31),
    )
    guess = right.number_input(
        _("Anslag i prosent"),
        0,
        100,
        value=None,
        step=5,
        key=_key("estimate"),
        persist_state="session",
        disabled=not progress.may_estimate(measure),
        help=_("Bare for tidsavgrensede tiltak uten milepæler. Vises på tiltaket, merket «anslått»."),
    )
    return {"next_step": step, "next_due": due, "estimate": guess}


def _write(thing: Thing, opened: Opened, written: Mapping[str, Any]) -> bool:
    """Save, and forget what was kept of it; on a collision show both texts."""
    said = {**written, "phase": written["phase"] if isinstance(thing, Measure) else None}

    def write(by: record.By) -> record.Saved:
        record.scratch.drop(by, _form(thing.key))
        return record.report(by, thing.key, opened.base, **said)

    try:
        saved = save(write, _("rapport på {key}").format(key=thing.key))
    except Conflict:
        st.session_state[_OPEN] = replace(opened, collided=True)
        st.rerun()
    if saved:
        _close()
        lead_to(":report:")
    return saved


def _close() -> None:
    """Let the next run bring up what comes then, from the start."""
    opened: Opened = st.session_state[_OPEN]
    st.session_state[_OPEN] = replace(opened, whose=(*opened.whose[:2], ""))


def _collision(thing: Thing, opened: Opened) -> None:
    """Where somebody saved first: show theirs above the form, which still holds what was typed here."""
    if not opened.collided or not thing.report or thing.report.version == opened.base:
        return
    keep = partial(_rebase, thing.report.version)
    before = [report for report in reports([thing.key])[thing.key] if report.version == opened.base]
    began = report_lines(before[0]) if before else []
    clashes.whole(began, report_lines(thing.report), keep, _give_up, "report")


def _resumed(opened: Opened) -> None:
    """Say that what stands here was written earlier, and offer to begin anew."""
    with st.container(horizontal=True, vertical_alignment="center"):
        said = _("Du begynte på denne {when}. Teksten er hentet fram igjen.").format(when=opened.kept_at)
        st.caption(f":material/history_edu: {plain(said)}", width="content")
        st.button(_("Forkast og begynn på nytt"), on_click=_give_up, type="tertiary", key="report:anew")


def _rebase(version: int) -> None:
    """Let what is typed stand on top of what somebody else saved, now that both have been seen."""
    opened: Opened = st.session_state[_OPEN]
    st.session_state[_OPEN] = replace(opened, base=version, collided=False, kept={})


def _give_up() -> None:
    """Forget what is written here and kept of it."""
    opened: Opened = st.session_state[_OPEN]
    _store(opened.whose[2], None)
    _close()


def _keep(thing: Thing, opened: Opened, written: Mapping[str, Any]) -> None:
    """Keep what has changed since it was last kept; forget it where nothing differs from the start."""
    if dict(written) == dict(opened.kept):
        return
    changed = dict(written) != dict(opened.began)
    if _store(thing.key, _plain(written) | {"base": opened.base} if changed else None):
        st.session_state[_OPEN] = replace(opened, kept=dict(written), carried="")


def _keep_aside(opened: Opened) -> None:
    """Keep what was typed in the run that brought up something else."""
    written = {name: st.session_state.get(_key(name), value) for name, value in opened.began.items()}
    if written != dict(opened.kept) and written != dict(opened.began):
        _store(opened.whose[2], _plain(written) | {"base": opened.base})


def _store(key: str, fields: Mapping[str, Any] | None) -> bool:
    """Keep or forget one half-written report; say so where it cannot be kept."""

    def write(by: record.By) -> None:
        if fields is None:
            record.scratch.drop(by, _form(key))
        else:
            record.scratch.keep(by, _form(key), fields)

    return view().editable and scratch.change(write)


def _strip_carried(opened: Opened) -> None:
    """Take away the former text where the next was begun before the browser had cleared the field."""
    typed = st.session_state[_key("done")] or ""
    if opened.carried and typed.startswith(opened.carried) and not opened.kept["done"]:
        st.session_state[_key("done")] = typed.removeprefix(opened.carried)


def _plain(written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as JSON can say them."""
    return {
        n: v.isoformat() if isinstance(v, date) else str(v) if isinstance(v, Term) else v
        for n, v in written.items()
    }


def _read(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What `_plain` wrote; what an earlier version of the form kept and cannot be read is left out."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        with suppress(ValueError, TypeError):
            if name == "phase" and value:
                found[name] = Phase(value)
            elif name == "assessment":
                found[name] = Assessment(value)
            elif name == "promise" and value:
                found[name] = Settlement(value)
            elif name in _DAYS and value:
                found[name] = date.fromisoformat(value)
            elif name != "base":
                found[name] = value
    return found


def _form(key: str) -> str:
    return f"report:{key}"


def _key(name: str) -> str:
    return f"report:{name}"
