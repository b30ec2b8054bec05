"""A round at the desk: what is to be reported, one after another, until the list is done."""

from dataclasses import dataclass, replace

import streamlit as st

from strategy.ui.view import view


@dataclass(frozen=True, slots=True)
class Round:
    """The keys as they stood when the round began; `at` is the one in hand, past the last when it is over."""

    whose: tuple[str, str]
    keys: tuple[str, ...]
    at: int = 0
    saved: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.keys)

    @property
    def key(self) -> str:
        return self.keys[self.at]

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What was gone past without a report."""
        return tuple(key for key in self.keys[: self.at] if key not in self.saved)

    @property
    def following(self) -> tuple[str, ...]:
        """What comes after the one in hand and is not reported yet."""
        return tuple(key for key in self.keys[self.at + 1 :] if key not in self.saved)


_ROUND = "round"


def current(keys: tuple[str, ...]) -> Round:
    """The round under way in this session; a new one of `keys` where there is none."""
    seen = view()
    whose = (seen.database.url, seen.strategy)
    found: Round | None = st.session_state.get(_ROUND)
    if found is None or found.whose != whose:
        found = st.session_state[_ROUND] = Round(whose, keys)
    return found


def again(keys: tuple[str, ...]) -> None:
    """Begin a new round from the first of `keys`."""
    now: Round = st.session_state[_ROUND]
    st.session_state[_ROUND] = Round(now.whose, keys)


def reported(key: str) -> None:
    """Note that `key` was reported, and take up the next that is not."""
    now: Round = st.session_state[_ROUND]
    saved = now.saved | {key}
    left = (at for at in range(now.at, len(now.keys)) if now.keys[at] not in saved)
    st.session_state[_ROUND] = replace(now, saved=saved, at=next(left, len(now.keys)))


def step(by: int) -> None:
    """Go `by` places on or back without reporting."""
    now: Round = st.session_state[_ROUND]
    st.session_state[_ROUND] = replace(now, at=max(0, min(len(now.keys), now.at + by)))


def take_up(key: str) -> None:
    """Bring up one of the round's keys."""
    now: Round = st.session_state[_ROUND]
    st.session_state[_ROUND] = replace(now, at=now.keys.index(key))
