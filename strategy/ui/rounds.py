"""A round at the desk: what is to be reported, one after another, until the list is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from strategy.i18n import _, plural
from strategy.record.scratch import Kept
from strategy.ui import queue, reporting
from strategy.ui.markdown import plain
from strategy.ui.parts import section
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


def turn(now: Round, kept: Mapping[str, Kept]) -> None:
    """One thing of the round: where we are, why it is asked about, and the form."""
    thing = queue.thing_of(now.key)
    said = _("{n} av {total}").format(n=now.at + 1, total=len(now.keys))
    st.progress((now.at + 1) / len(now.keys), text=said)
    section(queue.name_of(thing))
    queue.why(now.key)
    if reporting.form(thing, kept, label=_("Lagre og gå til neste"), onward=_ways(now)):
        reported(now.key)
        st.rerun()


def following(now: Round) -> None:
    """What comes next, each a press away."""
    left = now.following
    st.markdown(f"**{_('Så kommer')}**" if left else _("Dette er den siste."))
    with st.container(gap="xxsmall"):
        for key in left[: queue.SHOWN]:
            _next_up(key)
    if len(left) > queue.SHOWN:
        st.caption(_("og {n} til").format(n=len(left) - queue.SHOWN))


def over(now: Round) -> None:
    """The end of the round, and what was gone past."""
    st.success(
        plural(
            "Runden er ferdig, og ett tiltak er meldt. Takk!",
            "Runden er ferdig, og {n} er meldt. Takk!",
            len(now.saved),
        )
        if now.saved
        else _("Runden er ferdig. Ingenting ble meldt denne gangen."),
        icon=":material/check_circle:",
    )
    if now.passed_over:
        said = plural("Ta det ene du hoppet over", "Ta de {n} du hoppet over", len(now.passed_over))
        st.button(said, on_click=again, args=(now.passed_over,), type="primary")
    st.page_link("overview.py", label=_("Se hvor vi står nå"), icon=":material/arrow_forward:")


def _ways(now: Round) -> Callable[[], None]:
    """The buttons that go past one thing of the round, or back to the one before."""

    def buttons() -> None:
        st.button(
            _("Hopp over"),
            on_click=step,
            args=(1,),
            shortcut=reporting.SKIP,
            key="round:skip",
            type="tertiary",
        )
        if now.at:
            st.button(_("Forrige"), on_click=step, args=(-1,), key="round:back", type="tertiary")

    return buttons


def _next_up(key: str) -> None:
    """A name to press, whole at any width, and in words why it is in the queue."""
    there = queue.asked().get(key)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        label = plain(queue.name_of(queue.thing_of(key)))
        st.button(label, on_click=take_up, args=(key,), key=f"round:{key}", type="tertiary", wrap=True)
        if there:
            st.caption(there.why.label.lower(), width="content")
