"""What has happened between two meetings, or a meeting and now, and which promises were not kept."""

from contextlib import suppress
from datetime import date

import streamlit as st

from strategy import dates, history, since, ui
from strategy.errors import BadInput, NotFound
from strategy.exports.board import since_last as outline
from strategy.history import NOW
from strategy.i18n import _, plural
from strategy.snapshot import Meeting
from strategy.ui import document, files, moved, query, since_last

QUIET = 50
A_DAY = "dag"

view = ui.view()
snapshot, today = view.snapshot, view.today


def ends() -> tuple[str, str]:
    """The two ends the address asks for, with their choosers; what cannot be used falls back to the usual."""
    with second:
        until = chosen(_("Til"), "til", [NOW, *meetings(before=None)])
    meeting = next((each for each in snapshot.meetings if each.key == until), None)
    last = meeting.held_on if meeting else day_of(until) or today
    with first:
        start = chosen(_("Fra"), "fra", meetings(before=last) or [(last - history.BACK).isoformat()], last)
    return start, until


def meetings(before: date | None) -> list[str]:
    """The keys of the meetings one can compare with, the newest first."""
    return [m.key for m in reversed(snapshot.meetings) if (m.held_on < before if before else is_past(m))]


def is_past(meeting: Meeting) -> bool:
    """Whether its numbers can be known: it has been, or its papers are frozen."""
    return meeting.held_on <= today or meeting.as_of is not None


def chosen(label: str, name: str, options: list[str], last: date = today) -> str:
    """One end: a meeting, now, or a day of one's own."""
    asked = day_of(st.query_params.get(name, ""))
    days = [asked.isoformat()] if asked and asked <= last else []
    found = query.select(
        label,
        name,
        list(dict.fromkeys((*options, *days, A_DAY))),
        lambda key: f"{label} {option(key)}",
        required=True,
        hidden=True,
    )
    if found == A_DAY or (days and found == days[0]):
        return picked(label, name, days[0] if days else (last - history.BACK).isoformat(), last)
    return found or options[0]


def picked(label: str, name: str, shown: str, last: date) -> str:
    """A day of one's own."""
    first = snapshot.strategy.start
    day = day_of(shown)
    value = st.date_input(
        _("{label} dag").format(label=label),
        min(max(day, first), last) if day else last,
        min_value=min(first, last),
        max_value=last,
        format="DD.MM.YYYY",
        key=f"since:{name}:{shown}:{last}",
    )
    if value.isoformat() != st.query_params.get(name) and value != day:
        st.query_params[name] = value.isoformat()
        st.rerun()
    return value.isoformat()


def day_of(text: str) -> date | None:
    """The day a text is, if it is one."""
    with suppress(BadInput):
        return dates.parse_day(text)
    return None


def option(key: str) -> str:
    """How an end is said in its chooser."""
    if key == NOW:
        return _("nå")
    if key == A_DAY:
        return _("en annen dag …")
    if day := day_of(key):
        return dates.day(day)
    meeting = snapshot.meeting(key)
    return _("styremøte {n}, {day}").format(n=meeting.number, day=dates.day(meeting.held_on))


def quiet(found: since.Account) -> None:
    """What nothing happened to."""
    if found.quiet:
        ui.section(plural("{n} tiltak uten endring", "{n} tiltak uten endring", len(found.quiet)))
        document.draw([outline.unchanged(ui.paged(found.quiet, QUIET, "uendret-side"))])


def shown(compared: since_last.Compared) -> None:
    """The picture first; all of it in words, promises and then goal by goal, is one press away."""
    found = compared.found
    if found.is_empty and found.reported:
        st.markdown(
            _("Ingen tiltak er rapportert eller endret i denne tiden. Velg et tidligere tidspunkt over.")
        )
    if found.reported or found.promises:
        moved.draw(compared)
    if found.is_empty and not found.promises:
        return
    with st.expander(_("Les alt som er nytt, mål for mål"), key="alt", on_change="rerun") as folded:
        if folded.open:
            since_last.show(found)
            quiet(found)
    files.since(start, end)


top = st.container()
first, second, rest = st.columns([4, 2, 6], gap="small")
start, end = ends()
try:
    compared = since_last.compared(start, end)
except (NotFound, BadInput) as refusal:
    with top:
        ui.heading(_("Siden sist"), _("Det er ingenting å sammenligne med ennå."))
        st.markdown(ui.plain(str(refusal)))
        if not snapshot.meetings:
            st.markdown(
                _("Her kommer alt som er nytt fra et styremøte til det neste. Sett opp det første møtet.")
            )
            st.page_link(ui.MEETINGS, label=_("Til Styremøter"), icon=":material/event:", query_params={})
else:
    with top:
        ui.heading(_("Siden sist"), compared.headline())
    with rest:
        rests_on = since.compared(compared.start, compared.end, today)
        st.markdown(f":small[{ui.plain(f'{rests_on} {since.basis(compared.found)}')}]")
    shown(compared)
