"""Where two have changed the same field: what both began with, what stands now, ours, and whose is to stand.

The Excel form, the tables and the forms on one thing all draw it here. A choice is kept in the session under
its clash's name, so that one made before somebody saved anew does not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from strategy import wording
from strategy.i18n import _
from strategy.record import OURS, THEIRS, Choices, Clash, Values
from strategy.ui.markdown import plain
from strategy.ui.parts import paged, section, table

MOST = 10
"""How many clashes are shown at a time."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the sides are called: in the head of the table, and on the choice between the two."""

    why: str
    began: str
    stands: str
    said: str
    theirs: str
    ours: str


def typed() -> Words:
    """The words for what somebody is writing on a page."""
    return Words(
        _("Her har du skrevet, og noen andre har lagret siden du begynte. Velg hva som skal stå."),
        _("Da du begynte"),
        _("Står nå"),
        _("Du skrev"),
        _("La deres stå"),
        _("Bruk det jeg skrev"),
    )


def chosen(scope: str) -> Choices:
    """What has been chosen so far, by name; `scope` is the head of the keys in the session."""
    found = ((str(key), value) for key, value in st.session_state.items() if value)
    return {key.removeprefix(f"{scope}:"): value for key, value in found if key.startswith(f"{scope}:")}


def choose(clashes: tuple[Clash, ...], scope: str, words: Words, title: Callable[[Clash], str]) -> None:
    """Show every clash with all three sides, and let one choose in each, or in all at once."""
    if not clashes:
        return
    section(_("Endret begge steder"))
    if any(not clash.chosen for clash in clashes):
        st.warning(words.why, icon=":material/compare_arrows:")
    labels = {THEIRS: words.theirs, OURS: words.ours}
    if len(clashes) > 1:
        with st.container(horizontal=True):
            for side, label in labels.items():
                said = _("{choice} i alle").format(choice=label)
                st.button(said, on_click=_choose_all, args=(clashes, scope, side), key=f"all:{scope}:{side}")
    for clash in paged(clashes, MOST, "konflikt"):
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(title(clash))}**")
            table([_("Felt"), words.began, words.stands, _placed(words.said, clash)], sides(clash))
            st.segmented_control(
                _("Det som skal stå"),
                list(labels),
                format_func=labels.__getitem__,
                key=f"{scope}:{clash.name}",
                persist_state="session",
            )


def whole(
    began: list[str], theirs: list[str], keep: Callable[[], None], drop: Callable[[], None], key: str
) -> None:
    """Theirs above the form of what is said as a whole, as a report; the form still holds what was typed.

    Only the lines that are others than those one `began` with, where there are such.
    """
    changed = [line for line in theirs if line not in began] or theirs
    with st.container(border=True):
        st.warning(
            _("Noen andre lagret mens du skrev. Teksten din står i skjemaet under og er ikke lagret."),
            icon=":material/compare_arrows:",
        )
        st.markdown(f"**{_('Dette lagret de')}**  \n" + "  \n".join(changed))
        if len(changed) < len(theirs):
            st.caption(_("Resten er som da du begynte."))
        with st.container(horizontal=True):
            st.button(_("Behold min tekst, og lagre den etter deres"), on_click=keep, key=f"keep:{key}")
            st.button(_("Forkast min tekst"), on_click=drop, key=f"drop:{key}", type="tertiary")


def sides(clash: Clash) -> Iterator[tuple[str, ...]]:
    """A line for each field in which the sides differ, and what each of them says."""
    whole = (clash.base, clash.theirs, clash.ours)
    if clash.field:
        yield wording.field(clash.kind, clash.field), *map(_said, whole)
        return
    there = [side for side in whole if side]
    for name in dict.fromkeys(name for side in there for name in side):
        if len({_said(side.get(name)) for side in there}) > 1:
            yield wording.field(clash.kind, name), *(_of(side, name) for side in whole)


def _of(side: Values | None, name: str) -> str:
    return _("tatt ut") if side is None else _said(side.get(name))


def _said(value: Any) -> str:
    """A value as a reader knows it; a list on one line."""
    said = wording.said(value)
    return said.replace("\n", ", ") if isinstance(value, list | tuple) else said


def _placed(head: str, clash: Clash) -> str:
    return f"{head} ({clash.place})" if clash.place else head


def _choose_all(clashes: tuple[Clash, ...], scope: str, side: str) -> None:
    for clash in clashes:
        st.session_state[f"{scope}:{clash.name}"] = side
