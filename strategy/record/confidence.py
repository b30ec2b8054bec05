"""How sure each board member is that a goal will be reached: hidden until it is opened, then without who.

A vote is no row of the history and no change, so no log, page or export can show one; it is sealed by a key
that is not in the database, so no backup or copy of it can either. Opening takes three answers at the least
to each goal, writes them in ascending order and deletes the votes, in one transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import config, sealing, tables
from strategy.access import Role, Verb, require
from strategy.errors import BadInput, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.by import By
from strategy.record.meetings import check_unlocked, the_meeting
from strategy.record.saving import Saved, all_live, live, save_many
from strategy.terms import MeetingState

HIGHEST = 10
FEWEST = 3
"""With fewer answers than these to a goal, who gave which can be guessed."""

_BALLOT: sa.Table = tables.Ballot.__table__
_KEY = ("strategy", "meeting", "goal", "seat")


def vote(by: By, meeting: str, goal: str, seat: str, value: int) -> Saved | None:
    """Answer from 0 to 10 for one seat, or change the answer; gives what was saved where it opened them all.

    The last of those present opens the answers. A board member answers for their own seat alone.
    Raises `BadInput`, `NotFound`, `NotAllowed`.
    """
    require(by.actor, Verb.VOTE)
    if by.actor.role < Role.SECRETARIAT and by.actor.person != seat:
        raise NotAllowed(_("Du kan bare svare for ditt eget verv."))
    home = the_meeting(by.session, by.strategy, meeting)
    _check_open(by.session, home)
    _check_voter(by.session, home, seat)
    if not live(by.session, tables.Goal, by.strategy, goal):
        raise NotFound(_("Fant ikke målet «{key}» i planen.").format(key=goal))
    if type(value) is not int or not 0 <= value <= HIGHEST:
        raise BadInput(_("Svar med et helt tall fra 0 til 10."), _("Tillit"))
    mine = {"strategy": by.strategy, "meeting": meeting, "goal": goal, "seat": seat}
    key = sealing.made(_key_file(by.session))
    by.session.execute(sa.delete(_BALLOT).filter_by(**mine))
    sealed = key.seal(value, _about(mine))
    by.session.execute(sa.insert(_BALLOT).values(**mine, lock=key.lock, sealed=sealed))
    if not _all_have(by.session, home) or (given := _given(by.session, home)).flaw:
        return None
    return _open(by, home, given)


def voted(session: Session, strategy: str, meeting: str) -> Mapping[str, frozenset[str]]:
    """Which seats have answered on each goal, never what; empty once the answers are opened.

    What was sealed by a key that is lost is no answer: see `unreadable`.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for goal, seat, readable in _answered(session, strategy, meeting):
        if readable:
            found[goal].add(seat)
    return {goal: frozenset(seats) for goal, seats in sorted(found.items())}


def unreadable(session: Session, strategy: str, meeting: str) -> frozenset[str]:
    """The seats with an answer that nobody can read any more, as its key is lost; they may answer anew."""
    answered = _answered(session, strategy, meeting)
    return frozenset(seat for _goal, seat, readable in answered if not readable)


def seal_older(session: Session) -> int:
    """Seal the answers written before answers were sealed, and return how many there were."""
    key, b = sealing.made(_key_file(session)), _BALLOT.c
    found = session.execute(sa.select(_BALLOT).where(b.lock == "")).mappings().all()
    for row in found:
        mine = {name: row[name] for name in _KEY}
        sealed = key.seal(int(row["sealed"]), _about(mine))
        session.execute(sa.update(_BALLOT).filter_by(**mine).values(lock=key.lock, sealed=sealed))
    return len(found)


def has_unsealed(session: Session) -> bool:
    """Whether there are answers from before answers were sealed."""
    found = sa.select(_BALLOT.c.seat).where(_BALLOT.c.lock == "").limit(1)
    return session.execute(found).first() is not None


def open_confidence(by: By, meeting: str) -> Saved:
    """Open what has been answered so far, as the meeting's chair or the secretariat for them.

    Raises as `vote`, and `BadInput` where fewer than three have answered to some goal or a key is lost.
    """
    home = _to_open(by, meeting)
    given = _given(by.session, home)
    if given.flaw:
        raise BadInput(given.flaw, _("Tillit"))
    return _open(by, home, given)


def drop_confidence(by: By, meeting: str) -> int:
    """Throw away answers that were never opened, as where too few answer, and return how many.

    Raises as `vote`.
    """
    home = _to_open(by, meeting)
    return int(by.session.execute(sa.delete(_BALLOT).where(_mine(home))).rowcount)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers to each goal in ascending order, and in a sentence why they cannot be opened."""

    answers: Mapping[str, list[int]]
    flaw: str


def _given(session: Session, home: Mapping[str, Any]) -> _Given:
    answers: dict[str, list[int]] = defaultdict(list)
    key, lost = sealing.stored(_key_file(session)), set()
    for row in session.execute(sa.select(_BALLOT).where(_mine(home))).mappings():
        value = _read(key, row)
        if value is None:
            lost.add(row["seat"])
        else:
            answers[row["goal"]].append(value)
    return _Given(
        {goal: sorted(answers[goal]) for goal in sorted(answers)}, _flaw(session, home, answers, lost)
    )


def _flaw(session: Session, home: Mapping[str, Any], answers: Mapping[str, list[int]], lost: set[str]) -> str:
    if lost:
        seats = {seat["key"]: seat["title"] for seat in all_live(session, tables.Seat, home["strategy"])}
        who = ", ".join(seats.get(key, key) for key in sorted(lost))
        return _(
            "Svarene fra {who} kan ikke leses, for nøkkelen de ble låst med er borte, eller de er "
            "endret utenom programmet. De som svarte, må svare på nytt."
        ).format(who=who)
    if not answers:
        return _("Ingen har svart ennå. Det er ingenting å åpne.")
    if (fewest := min(map(len, answers.values()))) < FEWEST:
        said = _(
            "Svarene åpnes når minst {n} har svart; med færre kan noen gjette hvem som svarte hva. "
            "Så langt har {given} svart."
        )
        return said.format(n=FEWEST, given=fewest)
    return ""


def _read(key: sealing.Key | None, row: "Mapping[str, Any] | sa.RowMapping") -> int | None:
    if not row["lock"]:
        return int(row["sealed"])
    return key.opened(row["sealed"], _about(row)) if key else None


def _open(by: By, home: Mapping[str, Any], given: _Given) -> Saved:
    key = home["key"]
    rows = [
        tables.Confidence(
            strategy=home["strategy"],
            key=f"{key}@{goal}",
            version=1,
            change_id=0,
            meeting=key,
            goal=goal,
            answers=answers,
        )
        for goal, answers in given.answers.items()
    ]
    by.session.execute(sa.delete(_BALLOT).where(_mine(home)))
    saved = save_many(by, rows)
    if not saved:
        raise BadInput(_("Ingen har svart ennå. Det er ingenting å åpne."), _("Tillit"))
    return saved


def _answered(session: Session, strategy: str, meeting: str) -> Iterator[tuple[str, str, bool]]:
    """The goal and the seat of each answer, and whether it can be read; what it is, is not asked for."""
    b = _BALLOT.c
    rows = session.execute(
        sa.select(b.goal, b.seat, b.lock).where(b.strategy == strategy, b.meeting == meeting)
    ).all()
    key = sealing.stored(_key_file(session)) if rows else None
    known = {"", key.lock if key else ""}
    yield from ((goal, seat, lock in known) for goal, seat, lock in rows)


def _to_open(by: By, meeting: str) -> Mapping[str, Any]:
    """The meeting, where the actor may open its answers."""
    require(by.actor, Verb.VOTE)
    home = the_meeting(by.session, by.strategy, meeting)
    if by.actor.role < Role.SECRETARIAT and by.actor.person != home["chair"]:
        raise NotAllowed(_("Bare møtelederen kan åpne stemmene."))
    _check_open(by.session, home)
    return home


def _key_file(session: Session) -> Path:
    """Where the key is: as set, else beside the file, or in the data folder of a database that is none."""
    settings, url = config.settings(), session.connection().engine.url
    in_file = url.get_backend_name() == "sqlite" and url.database
    folder = Path(url.database).parent if in_file and url.database else settings.data_dir
    return settings.key_file or folder / sealing.NAME


def _about(row: "Mapping[str, Any] | sa.RowMapping") -> str:
    """What an answer is bound to: it opens as no other seat's, goal's or meeting's."""
    return "\n".join(row[name] for name in _KEY)


def _mine(home: Mapping[str, Any]) -> "sa.ColumnElement[bool]":
    return sa.and_(_BALLOT.c.strategy == home["strategy"], _BALLOT.c.meeting == home["key"])


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
