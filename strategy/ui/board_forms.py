"""The forms for when the board meets, who sits on it and the days it works by."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from strategy import dates, record
from strategy.errors import BadInput
from strategy.i18n import _, plural
from strategy.snapshot import Board, Meeting, Seat
from strategy.ui import draft_fields, meeting_parts, query
from strategy.ui.drafts import NEW, Draft
from strategy.ui.markdown import plain
from strategy.ui.view import view


def meeting(standing: Meeting | None = None) -> None:
    """Plan a meeting, or change when and where one is."""
    seen = view()
    draft = Draft(f"meeting:{standing.key if standing else NEW}", standing.version if standing else 0)
    draft.conflict(_meeting_lines(standing) if standing else [])
    period, number = (
        (standing.period, standing.number) if standing else meeting_parts.next_number(seen.snapshot)
    )
    if not standing:
        left, right = st.columns(2)
        period = draft_fields.line(draft, "period", _("Styreperiode"), period, at=left)
        number = (
            draft_fields.number(draft, "number", _("Møte nummer"), number, at=right, least=1, most=99) or 0
        )
    left, middle, right = st.columns(3)
    held_on = draft_fields.day(draft, "held_on", _("Dato"), standing.held_on if standing else None, at=left)
    starts = draft_fields.line(
        draft, "starts", _("Klokkeslett"), standing.starts if standing else "", at=middle
    )
    place = draft_fields.line(draft, "place", _("Sted"), standing.place if standing else "", at=right)
    if not st.button(_("Lagre møtet"), type="primary", key=draft.button):
        return

    def write(by: record.By) -> record.Saved:
        key = standing.key if standing else record.meeting_key(period, number)
        said: dict[str, Any] = {"held_on": held_on, "starts": starts, "place": place}
        if not standing:
            said |= {"number": number, "period": period}
        return record.meeting(by, key, draft.base, **said)

    day = dates.long_day(held_on) if held_on else ""
    said = _("styremøte nr. {n}, {day}").format(n=number, day=day)
    draft.save(write, said)


def seats() -> None:
    """The seats of the board (verv): add one, rename one, or end it. Names are in `contact`."""
    seen = view()
    held = {seat.key: seat for seat in seen.snapshot.seats}
    if not held:
        st.markdown(_("Styret har ingen verv ennå. Legg dem inn, så kan de møte, spørre og svare på tillit."))
    names = {NEW: _("Nytt verv"), **{key: seat.title for key, seat in held.items()}}
    chosen = query.select(_("Verv"), "verv", list(names), names.__getitem__, required=True) or NEW
    seat = held.get(chosen)
    draft = Draft(f"seat:{chosen}", seat.version if seat else 0)
    draft.conflict(_seat_lines(seat) if seat else [])
    left, right = st.columns([3, 1])
    title = draft_fields.line(draft, "title", _("Hva vervet heter"), seat.title if seat else "", at=left)
    order = draft_fields.number(
        draft, "order", _("Rekkefølge"), seat.order if seat else len(held) + 1, at=right, least=1
    )
    left, right = st.columns(2)
    since = draft_fields.day(draft, "since", _("Fra"), seat.since if seat else None, at=left)
    until = draft_fields.day(draft, "until", _("Til"), seat.until if seat else None, at=right)
    deputy = st.checkbox(_("Vara"), value=bool(seat and seat.deputy), key=draft.key("deputy"))
    if st.button(_("Lagre vervet"), key=draft.button):

        def write(by: record.By) -> record.Saved:
            key = seat.key if seat else record.seat_key(by.session, by.strategy)
            return record.seat(
                by, key, draft.base, title=title, order=order or 1, deputy=deputy, since=since, until=until
            )

        draft.save(write, _("vervet «{title}»").format(title=title))


def routines() -> None:
    """The days counted back from a meeting, and how often people are reminded."""
    seen = view()
    board = seen.snapshot.board
    draft = Draft("board", board.version)
    draft.conflict(_board_lines(board))
    left, right = st.columns(2)
    papers = draft_fields.number(
        draft, "papers", _("Send papirene så mange dager før møtet"), board.papers_days, at=left, most=365
    )
    updates = draft_fields.number(
        draft, "updates", _("Rapporter inne, dager før møtet"), board.updates_days, at=right, most=365
    )
    before = draft_fields.line(
        draft, "before", _("Påminnelser før fristen, dager"), _days(board.reminders), at=left
    )
    after = draft_fields.line(
        draft, "after", _("Påminnelser etter fristen, dager"), _days(board.overdue_reminders), at=right
    )
    gap = draft_fields.number(
        draft, "gap", _("Minst så mange dager mellom e-poster"), board.mail_gap, at=left, most=365
    )
    ceiling = draft_fields.number(
        draft, "ceiling", _("Høyst så mange e-poster i kvartalet"), board.mail_ceiling, at=right, most=365
    )
    quorum = draft_fields.number(
        draft,
        "quorum",
        _("Beslutningsdyktig når minst så mange er til stede"),
        board.quorum,
        at=left,
        most=99,
    )
    titles = {person.key: person.title for person in seen.snapshot.people}
    fallback = draft_fields.one_of(
        draft, "fallback", _("Reserve, som får beskjed når ingen svarer"), titles, board.fallback
    )
    words = draft_fields.area(
        draft,
        "words",
        _("Egen tekst i påminnelsene (kan stå tom)"),
        board.mail_text or "",
        placeholder=_("Står først i e-posten, etter «Hei»"),
    )
    if st.button(_("Lagre rutinene"), key=draft.button):
        draft.save(
            lambda by: record.board(
                by,
                draft.base,
                papers_days=papers or 0,
                updates_days=updates or 0,
                reminders=_numbers(before, _("Påminnelser før fristen")),
                overdue_reminders=_numbers(after, _("Påminnelser etter fristen")),
                mail_gap=gap or 0,
                mail_ceiling=ceiling or 0,
                fallback=fallback,
                quorum=quorum,
                mail_text=words or None,
            ),
            _("styrets rutiner"),
        )


def _days(days: Sequence[int]) -> str:
    """«30, 7, 1»"""
    return ", ".join(map(str, days))


def _numbers(typed: str, field: str) -> list[int]:
    """The days in «30, 7, 1». Raises `BadInput`."""
    words = typed.replace(",", " ").split()
    if not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
        raise BadInput(_("{field}: skriv dager med komma imellom, som 30, 7, 1.").format(field=field), field)
    return [int(word) for word in words]


def _meeting_lines(standing: Meeting) -> list[str]:
    said = (dates.long_day(standing.held_on), dates.o_clock(standing.starts), standing.place)
    return [plain(part) for part in said if part]


def _seat_lines(seat: Seat) -> list[str]:
    return [plain(seat.title), plain(_("Rekkefølge {n}").format(n=seat.order))]


def _board_lines(board: Board) -> list[str]:
    said = (
        plural("Papirene ut {n} dag før", "Papirene ut {n} dager før", board.papers_days),
        plural("Rapporter inne {n} dag før", "Rapporter inne {n} dager før", board.updates_days),
        _("Påminnelser {before} dager før og {after} dager etter").format(
            before=_days(board.reminders), after=_days(board.overdue_reminders)
        ),
    )
    return [plain(part) for part in said]
