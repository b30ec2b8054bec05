"""Who may do what."""

import pytest

from strategy.access import LOCAL, Actor, Role, Verb, may, require
from strategy.errors import NotAllowed

MINE, OTHERS = frozenset({"fag"}), frozenset({"leder"})


@pytest.mark.parametrize(
    ("role", "verb", "responsible", "allowed"),
    [
        (Role.READER, Verb.READ, MINE, True),
        (Role.READER, Verb.REPORT, MINE, False),
        (Role.READER, Verb.PLAN, MINE, False),
        (Role.RESPONSIBLE, Verb.READ, OTHERS, True),
        (Role.RESPONSIBLE, Verb.REPORT, MINE, True),
        (Role.RESPONSIBLE, Verb.REPORT, OTHERS, False),
        (Role.RESPONSIBLE, Verb.REPORT, frozenset(), False),
        (Role.RESPONSIBLE, Verb.PLAN, MINE, False),
        (Role.RESPONSIBLE, Verb.ASK, MINE, False),
        (Role.BOARD, Verb.ASK, OTHERS, True),
        (Role.BOARD, Verb.VOTE, OTHERS, True),
        (Role.BOARD, Verb.REPORT, OTHERS, False),
        (Role.BOARD, Verb.REPORT, MINE, True),
        (Role.BOARD, Verb.MEET, MINE, False),
        (Role.BOARD, Verb.PLAN, MINE, False),
        (Role.SECRETARIAT, Verb.MEET, OTHERS, True),
        (Role.SECRETARIAT, Verb.READ, OTHERS, True),
        (Role.SECRETARIAT, Verb.REPORT, OTHERS, True),
        (Role.SECRETARIAT, Verb.PLAN, OTHERS, True),
    ],
)
def test_each_role_may_this_and_no_more(role: Role, verb: Verb, responsible: frozenset[str], allowed: bool):
    actor = Actor("noen", role, "fag")
    assert may(actor, verb, responsible) is allowed
    if allowed:
        require(actor, verb, responsible)
    else:
        with pytest.raises(NotAllowed, match="Be sekretariatet"):
            require(actor, verb, responsible)


def test_no_two_verbs_are_one():
    """As numbers, reporting and planning were two names of the same, and a responsible could have planned."""
    assert len(set(Verb)) == len(Verb.__members__) == 6


def test_a_higher_role_may_all_that_a_lower_may():
    for verb in Verb:
        for lower in Role:
            if may(Actor("x", lower, "fag"), verb, MINE):
                assert all(may(Actor("x", role, "fag"), verb, MINE) for role in Role if role >= lower)


def test_whoever_sits_at_the_machine_is_the_secretariat():
    assert all(may(LOCAL, verb) for verb in Verb)
