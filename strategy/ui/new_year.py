"""«Nytt år»: all that is copied to a year, seen in one place, and saved as one change at one press."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from strategy import dates, indicators, new_year, record, wording
from strategy.i18n import _, mark, plural
from strategy.new_year import Offer, Part, Row
from strategy.snapshot import Meeting, Milestone, Target
from strategy.ui import meeting_parts, query
from strategy.ui.authority import grounds
from strategy.ui.markdown import plain
from strategy.ui.parts import page
from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.preview import fault
from strategy.ui.view import attempt, view

STEP = "nytt-ar"
"""The choice on the page *Kom i gang*, as it stands in the address."""

MOST = 60
"""A table with so many rows is as high as they are."""


def link(label: str, year: int) -> None:
    """The way to what can be copied to a year."""
    st.page_link(
        page("kom-i-gang"),
        label=label,
        icon=":material/event_repeat:",
        query_params={"steg": STEP, "ar": str(year)},
    )


def show() -> None:
    """The year, a table with ticks for each kind of thing, and the button."""
    seen = view()
    year = _year()
    called_off = [each.key for each in meeting_parts.called_off(seen.snapshot)]
    found = new_year.offer(seen.snapshot, year, called_off)
    if found.is_empty:
        st.markdown(f"**{_('Det er ingenting å kopiere til {year}.').format(year=year)}**")
    else:
        st.markdown(_("Det som gjentas hvert år, samlet. Se over, fjern det som ikke skal med, og lagre."))
    picked = {part: _part(found, part, rows) for part, rows in found.parts.items()}
    if not found.is_empty:
        _save(found, picked)


def _year() -> int:
    today = view().today
    years = [str(today.year), str(today.year + 1)]
    first = str(new_year.usual(today))
    return int(query.pills(_("År"), "ar", years, str, required=True, first=first) or first)


def _part(found: Offer, part: Part, rows: Sequence[Row[Any]]) -> frozenset[str]:
    """One kind of thing: how many there are, the table behind that, and which are picked."""
    if not rows:
        nothing = new_year.why_nothing(found.plan, found.year, part)
        st.markdown(f"**{part.label}**: {plain(nothing)}")
        return frozenset()
    what, beside = _in_short(part, rows)
    with st.expander(f"**{plain(what[:1].upper() + what[1:])}**{plain(beside)}"):
        return _ticked(part, rows)


def _in_short(part: Part, rows: Sequence[Row[Any]]) -> tuple[str, str]:
    """How many, and what there is to say of them: «7 møter», «: 14. januar–9. desember»."""
    if part is Part.MEETINGS:
        ends = dict.fromkeys(dates.day_and_month(rows[n].thing.held_on) for n in (0, -1))
        return new_year.counted(part, len(rows)), f": {'–'.join(ends)}"
    if part is Part.TARGETS:
        return new_year.counted(part, len(rows)), ""
    usual = sum(row.usual for row in rows)
    recurring = plural("én milepæl som går igjen", "{n} milepæler som går igjen", usual)
    if not usual:
        return plural("én milepæl å velge", "{n} milepæler å velge blant", len(rows)), ""
    others = plural(", og én til å velge", ", og {n} til å velge blant", len(rows) - usual)
    return recurring, others if len(rows) > usual else ""


def _ticked(part: Part, rows: Sequence[Row[Any]]) -> frozenset[str]:
    """The rows with a tick each; all, none or the open ones at one press."""
    name = f"{STEP}:{part}:{zlib.crc32(repr([row.key for row in rows]).encode())}"
    usual = frozenset(row.key for row in rows if row.usual)
    began, drawn = st.session_state.setdefault(name, (usual, 0))

    def tick(keys: Iterable[str]) -> None:
        st.session_state[name] = (frozenset(keys), drawn + 1)

    with st.container(horizontal=True):
        for label, keys in _choices(part, rows).items():
            st.button(label, key=f"{name}:{label}", on_click=partial(tick, keys), type="tertiary")
    grid = f"grid:{STEP}:{part}:{name}:{drawn}"
    st.data_editor(
        [{"pick": row.key in began, **_cells(part, row)} for row in rows],
        key=grid,
        hide_index=True,
        num_rows="fixed",
        column_config={"pick": st.column_config.CheckboxColumn(_("Kopier"), width=70), **_columns(part)},
        disabled=list(_COLUMNS[part]),
        height="content" if len(rows) <= MOST else "auto",
        alt=_("{what}, til å krysse av").format(what=part.label),
    )
    edited = {int(n): cells for n, cells in st.session_state.get(grid, {}).get("edited_rows", {}).items()}
    ticked = (edited.get(n, {}).get("pick", row.key in began) for n, row in enumerate(rows))
    return frozenset(row.key for row, is_ticked in zip(rows, ticked, strict=True) if is_ticked)


def _choices(part: Part, rows: Sequence[Row[Any]]) -> Mapping[str, list[str]]:
    """What can be ticked at one press, by the words on the button."""
    found = {_("Kryss av alle"): [row.key for row in rows], _("Fjern alle"): []}
    if part is Part.MILESTONES:
        label = _("Kryss av dem som går igjen eller ikke er nådd")
        found[label] = [row.key for row in rows if row.usual or not row.thing.done_on]
    return found


def _cells(part: Part, row: Row[Any]) -> Cells:
    match part:
        case Part.MEETINGS:
            return _of_meeting(row.thing)
        case Part.MILESTONES:
            return _of_milestone(row.thing, is_usual=row.usual)
        case Part.TARGETS:
            return _of_target(row.thing)


def _of_meeting(each: Meeting) -> Cells:
    number = _("{n}, {period}").format(n=each.number, period=each.period)
    return {"held_on": dates.long_day(each.held_on), "starts": each.starts, "place": each.place, "nr": number}


def _of_milestone(step: Milestone, *, is_usual: bool) -> Cells:
    before = _("nådd") if step.done_on else _("ikke nådd")
    said = _("går igjen, {reached} sist").format(reached=before) if is_usual else before
    return {"title": f"{step.measure} {step.title}", "due": dates.day(step.due), "before": said}


def _of_target(aim: Target) -> Cells:
    indicator = view().snapshot.indicator(aim.indicator)
    return {
        "name": f"{indicator.belongs_to} {indicator.name}",
        "value": indicators.amount(indicator, aim.value),
        "unit": indicator.unit,
        "direction": indicator.direction.label,
        "due": dates.day(aim.due),
    }


_COLUMNS: Mapping[Part, Mapping[str, tuple[str, Any]]] = {
    Part.MEETINGS: {
        "held_on": (mark("Dato"), 160),
        "starts": (mark("Klokkeslett"), 110),
        "place": (mark("Sted"), "medium"),
        "nr": (mark("Nr. og periode"), 140),
    },
    Part.MILESTONES: {
        "title": (mark("Milepæl"), "large"),
        "due": (mark("Frist"), 105),
        "before": (mark("Sist"), 190),
    },
    Part.TARGETS: {
        "name": (mark("Indikator"), "large"),
        "value": (mark("Mål"), 90),
        "unit": (mark("Enhet"), 100),
        "direction": (mark("Retning"), 120),
        "due": (mark("Innen"), 105),
    },
}
"""What the columns of each table are called, and how wide they are."""


def _columns(part: Part) -> dict[str, Any]:
    config = st.column_config.TextColumn
    return {name: config(_(label), width=width) for name, (label, width) in _COLUMNS[part].items()}


def _save(found: Offer, picked: Mapping[Part, frozenset[str]]) -> None:
    """What stands in the way, what the targets rest on, and the button that saves all of it."""
    counts = [new_year.counted(part, len(keys)) for part, keys in picked.items() if keys]
    if not counts:
        st.caption(_("Kryss av for det som skal kopieres."))
        return
    keys = frozenset[str]().union(*picked.values())
    if flaws := _flaws(found, keys):
        fault(flaws)
        st.caption(_("Rett det der det står, eller ta bort krysset, så kan resten lagres."))
        return
    given = record.NO_GROUNDS
    if aims := len(picked[Part.TARGETS]):
        asks = plural("Hvor er måltallet bestemt?", "Hvor er måltallene bestemt?", aims)
        given = grounds(STEP, aims, asks=asks, slip=False)
    said = _listed(counts)
    reason = _("Nytt år: kopiert til {year}").format(year=found.year)
    label = _("Lagre {what} i {year}").format(what=said, year=found.year)
    st.caption(_("Alt blir én endring, og kan angres samlet i endringsloggen."))
    if st.button(label, type="primary", key=f"lagre:{STEP}", shortcut="Ctrl+Enter") and attempt(
        lambda by: record.save(by, new_year.wanted(by, found, keys), reason=reason, grounds=given), said
    ):
        st.rerun()


def _listed(counts: Sequence[str]) -> str:
    """«7 møter, 4 milepæler og 2 måltall»."""
    *first, last = counts
    return _("{first} og {last}").format(first=", ".join(first), last=last) if first else last


def _flaws(found: Offer, keys: frozenset[str]) -> list[list[str]]:
    """Each thing that cannot be copied: what it is, its field, and why."""
    seen = view()
    with seen.database.reading() as session:
        edits = new_year.wanted(seen.by(session), found, keys)
    named = {each.ident: _named(each) for each in edits}
    return [
        [named[flaw.kind, flaw.key], flaw.field and wording.field(flaw.kind, flaw.field), flaw.sentence]
        for flaw in record.previewed(seen.snapshot, edits, today=seen.today).flaws
    ]


def _named(edit: record.Wanted) -> str:
    if edit.kind == "meeting":
        return _("Styremøte {day}").format(day=dates.day(edit.fields["held_on"]))
    if edit.kind == "target":
        return view().snapshot.indicator(edit.key.partition("@")[0]).name
    return str(edit.fields["title"])
