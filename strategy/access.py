"""Who acts, and what they may do; asked again inside every write."""

from dataclasses import dataclass
from enum import Enum, IntEnum, auto

from strategy.errors import NotAllowed
from strategy.i18n import _


class Role(IntEnum):
    """What a user is to the plan; a higher role may all that a lower may."""

    READER = 1
    RESPONSIBLE = 2
    BOARD = 3
    SECRETARIAT = 4


class Verb(Enum):
    """What is asked for; MEET is all that makes a board meeting, from its date to its minutes."""

    READ = auto()
    REPORT = auto()
    PLAN = auto()
    ASK = auto()
    VOTE = auto()
    MEET = auto()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at a door: `name` is written into the change, `person` is their key in the plan, if any."""

    name: str
    role: Role
    person: str = ""


_MAY_ANYTHING = {
    Verb.READ: Role.READER,
    Verb.REPORT: Role.SECRETARIAT,
    Verb.PLAN: Role.SECRETARIAT,
    Verb.ASK: Role.BOARD,
    Verb.VOTE: Role.BOARD,
    Verb.MEET: Role.SECRETARIAT,
}
"""The lowest role that may do it to anything."""

LOCAL = Actor("sekretariatet", Role.SECRETARIAT)
"""Whoever sits at the machine: without login the app listens on loopback only and trusts its user."""

STRANGER = Actor("", Role.READER)
"""Whoever comes without an account: what they hold, as a link, says who they are."""


def may(actor: Actor, verb: Verb, responsible: frozenset[str] = frozenset()) -> bool:
    """Whether `actor` may do `verb`; `responsible` holds the keys of those who answer for the thing.

    A responsible may report on their own measures and nothing else.
    """
    if actor.role >= _MAY_ANYTHING[verb]:
        return True
    return verb is Verb.REPORT and actor.role >= Role.RESPONSIBLE and actor.person in responsible


def require(actor: Actor, verb: Verb, responsible: frozenset[str] = frozenset()) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, verb, responsible):
        raise NotAllowed(_("Du har lesetilgang. Be sekretariatet om å gjøre endringen."))
