"""A meeting that is called off, and a case taken off an agenda: what waits goes on to the next meeting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.record.agenda import place, usual_titles
from strategy.record.meetings import cases, check_unlocked, the_meeting
from strategy.record.saving import Saved, all_live, following, live, save, taken_out
from strategy.terms import ItemContent, ItemState, Via


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What calling a meeting off would do; `refusal` says why it cannot be done.

    The cases in `moved` and the open `questions` go on to the meeting `to`. The usual cases in `dropped` fall
    away, as every meeting has its own.
    """

    to: str
    moved: tuple[str, ...]
    dropped: tuple[str, ...]
    questions: tuple[str, ...]
    refusal: str = ""


def cancelling(session: Session, strategy: str, key: str) -> Cancelling:
    """Show what calling a meeting off would do, and whether it can be done. Raises `NotFound`."""
    home = the_meeting(session, strategy, key)
    found, usual = cases(session, strategy, key), usual_titles(session, home)
    moved = tuple(case["key"] for case in found if _is_own(case, usual))
    dropped = tuple(case["key"] for case in found if case["key"] not in moved)
    questions = tuple(q["key"] for q in all_live(session, tables.Question, strategy, meeting=key)
                      if not q["answer"])  # fmt: skip
    later = _next(session, home)
    refusal = _refusal(session, home, found, is_lost=not later and bool(moved or questions))
    return Cancelling(later["key"] if later else "", moved, dropped, questions, refusal)


def cancel(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, reason: str,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Call a meeting off, as one change: its own cases and open questions go on to the next meeting.

    Answers on confidence that are not opened are deleted. Raises `NotAllowed`, `NotFound`, `Conflict`, and
    `BadInput` without a reason, or where something has come of the meeting or it has nowhere to leave its
    cases.
    """
    require(actor, Verb.MEET)
    missing = _("Fant ikke styremøtet. Kanskje er det allerede avlyst.")
    row = taken_out(session, tables.Meeting, strategy, key, base_version, missing)
    standing = live(session, tables.Meeting, strategy, key)
    if not standing:  # a second click
        return save(session, actor, row, now=now, via=via)
    check_unlocked(standing)
    if not (why := texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))):
        raise BadInput(_("Skriv hvorfor møtet avlyses."), _("Begrunnelse"))
    found = cancelling(session, strategy, key)
    if found.refusal:
        raise BadInput(found.refusal, _("Møte"))
    saved = save(session, actor, row, now=now, via=via, reason=why, beside=[*_beside(session, row, found)])
    ballot: sa.Table = tables.Ballot.__table__
    session.execute(sa.delete(ballot).where(ballot.c.strategy == strategy, ballot.c.meeting == key))
    return saved


def retire_item(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take a case off the agenda of a meeting that is not closed; its number is not used again.

    Raises `NotAllowed`, `NotFound`, `Conflict`, and `BadInput` for one that has been treated or decided in.
    """
    require(actor, Verb.MEET)
    missing = _("Fant ikke saken. Kanskje er den allerede tatt ut av sakslista.")
    row = taken_out(session, tables.AgendaItem, strategy, key, base_version, missing)
    if not live(session, tables.AgendaItem, strategy, key):  # a second click
        return save(session, actor, row, now=now, via=via)
    check_unlocked(the_meeting(session, strategy, row.meeting))
    if row.state is ItemState.TREATED or all_live(session, tables.Decision, strategy, item=key):
        raise BadInput(_("Saken er behandlet og kan ikke tas ut av sakslista."), _("Sak"))
    return save(session, actor, row, now=now, via=via)


def _is_own(case: Mapping[str, Any], usual: frozenset[str]) -> bool:
    """Whether a case is this meeting's own, and not one that every meeting has."""
    return case["content"] is ItemContent.PLAIN and case["title"] not in usual


def _next(session: Session, home: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first meeting after another that takes cases."""
    found = all_live(session, tables.Meeting, home["strategy"])
    later = [m for m in found if m["held_on"] > home["held_on"] and not m["state"].is_locked]
    return min(later, key=lambda m: (m["held_on"], m["key"]), default=None)


def _refusal(
    session: Session, home: Mapping[str, Any], found: list[Mapping[str, Any]], *, is_lost: bool
) -> str:
    here = {"meeting": home["key"]}
    done = any(case["state"] is ItemState.TREATED for case in found) or any(
        all_live(session, table, home["strategy"], **here) for table in (tables.Decision, tables.Confidence)
    )
    if done:
        return _(
            "Styret har alt behandlet noe i møtet, så det kan ikke avlyses. Utsett sakene som står igjen, "
            "og avslutt møtet."
        )
    if is_lost:
        return _("Sett opp neste møte først, så sakene og spørsmålene har et møte å gå til.")
    return ""


def _beside(session: Session, row: tables.Meeting, found: Cancelling) -> Iterator[tables.Versioned]:
    """What is written in the same change as the meeting is taken out."""
    strategy, here = row.strategy, row.key
    later = live(session, tables.Meeting, strategy, found.to)
    there = {"meeting": found.to, "order": place(session, later) if later else 0, "state": ItemState.OPEN}
    for case in cases(session, strategy, here):
        if case["key"] in found.moved:
            yield following(tables.AgendaItem, case, **there)
        else:
            yield following(tables.AgendaItem, case, retired=True)
    for question in all_live(session, tables.Question, strategy, meeting=here):
        if question["key"] in found.questions:
            yield following(tables.Question, question, meeting=found.to)
    for explanation in all_live(session, tables.Explanation, strategy, meeting=here):
        yield following(tables.Explanation, explanation, retired=True)
