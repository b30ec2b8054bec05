"""How sure each board member is that a goal will be reached: hidden until it is opened, then without who.

A vote is no row of the history and no change, so no log, page, export or copy of the history can show one.
Opening writes the answers in ascending order and deletes the votes, in one transaction.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import tables
from strategy.access import Actor, Role, Verb, require
from strategy.errors import BadInput, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.meetings import check_unlocked, the_meeting
from strategy.record.saving import Saved, all_live, live, save_many
from strategy.terms import MeetingState, Via

HIGHEST = 10

_BALLOT: sa.Table = tables.Ballot.__table__


def vote(
    session: Session, actor: Actor, strategy: str, meeting: str, goal: str, seat: str, value: int, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved | None:  # fmt: skip
    """Answer from 0 to 10 for one seat, or change the answer; gives what was saved where it opened them all.

    The last of those present opens the answers. A board member answers for their own seat alone.
    Raises `BadInput`, `NotFound`, `NotAllowed`.
    """
    require(actor, Verb.VOTE)
    if actor.role < Role.SECRETARIAT and actor.person != seat:
        raise NotAllowed(_("Du kan bare svare for ditt eget verv."))
    home = the_meeting(session, strategy, meeting)
    _check_open(session, home)
    _check_voter(session, home, seat)
    if not live(session, tables.Goal, strategy, goal):
        raise NotFound(_("Fant ikke målet «{key}» i planen.").format(key=goal))
    if type(value) is not int or not 0 <= value <= HIGHEST:
        raise BadInput(_("Svar med et helt tall fra 0 til 10."), _("Tillit"))
    mine = {"strategy": strategy, "meeting": meeting, "goal": goal, "seat": seat}
    session.execute(sa.delete(_BALLOT).filter_by(**mine))
    session.execute(sa.insert(_BALLOT).values(**mine, value=value))
    return _open(session, actor, home, now=now, via=via) if _all_have(session, home) else None


def voted(session: Session, strategy: str, meeting: str) -> Mapping[str, frozenset[str]]:
    """Which seats have answered on each goal, never what; empty once the answers are opened."""
    found: dict[str, set[str]] = defaultdict(set)
    b = _BALLOT.c
    mine = sa.select(b.goal, b.seat).where(b.strategy == strategy, b.meeting == meeting)
    for goal, seat in session.execute(mine):
        found[goal].add(seat)
    return {goal: frozenset(seats) for goal, seats in sorted(found.items())}


def open_confidence(
    session: Session, actor: Actor, strategy: str, meeting: str, *, now: datetime, via: Via = Via.PAGE
) -> Saved:
    """Open what has been answered so far, as the meeting's chair or the secretariat for them.

    Raises as `vote`.
    """
    require(actor, Verb.VOTE)
    home = the_meeting(session, strategy, meeting)
    if actor.role < Role.SECRETARIAT and actor.person != home["chair"]:
        raise NotAllowed(_("Bare møtelederen kan åpne stemmene."))
    _check_open(session, home)
    saved = _open(session, actor, home, now=now, via=via)
    if not saved:
        raise BadInput(_("Ingen har svart ennå. Det er ingenting å åpne."), _("Tillit"))
    return saved


def _open(
    session: Session, actor: Actor, home: Mapping[str, Any], *, now: datetime, via: Via
) -> Saved | None:
    b, key = _BALLOT.c, home["key"]
    mine = (b.strategy == home["strategy"]) & (b.meeting == key)
    answers: dict[str, list[int]] = defaultdict(list)
    for goal, value in session.execute(sa.select(b.goal, b.value).where(mine).order_by(b.goal, b.value)):
        answers[goal].append(value)
    rows = [
        tables.Confidence(
            strategy=home["strategy"], key=f"{key}@{goal}", version=1, change_id=0, meeting=key, goal=goal,
            answers=given,
        )
        for goal, given in answers.items()
    ]  # fmt: skip
    session.execute(sa.delete(_BALLOT).where(mine))
    return save_many(session, actor, rows, now=now, via=via)


def _check_open(session: Session, home: Mapping[str, Any]) -> None:
    """Raise `BadInput` where the meeting takes no answers, or they have been opened."""
    check_unlocked(home)
    if home["state"] is MeetingState.DRAFT:
        raise BadInput(_("Møtet er ikke innkalt ennå. Da kan ingen svare."), _("Tillit"))
    if all_live(session, tables.Confidence, home["strategy"], meeting=home["key"]):
        raise BadInput(_("Svarene er åpnet, og kan ikke endres."), _("Tillit"))


def _check_voter(session: Session, home: Mapping[str, Any], seat: str) -> None:
    found = live(session, tables.Seat, home["strategy"], seat)
    if not found:
        raise NotFound(_("Fant ikke vervet «{key}» i styret.").format(key=seat))
    if seat in home["absent"]:
        raise BadInput(_("Den som har forfall, kan ikke svare."), _("Tillit"))
    if found["deputy"] and seat not in home["present"]:
        raise BadInput(_("En vara svarer bare når vedkommende møter."), _("Tillit"))


def _all_have(session: Session, home: Mapping[str, Any]) -> bool:
    """Whether everybody present has answered on every goal, in a meeting that has begun."""
    if home["state"] is not MeetingState.UNDER_WAY or not home["present"]:
        return False
    given = voted(session, home["strategy"], home["key"])
    goals = {goal["key"] for goal in all_live(session, tables.Goal, home["strategy"])}
    return all(frozenset(home["present"]) <= given.get(goal, frozenset()) for goal in goals)
