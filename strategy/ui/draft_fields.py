"""The fields of a form on a draft: each keeps what is typed until the draft is saved or given up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

import streamlit as st

from strategy import texts
from strategy.exports import measure as measure_said
from strategy.i18n import _
from strategy.snapshot import Report
from strategy.terms import Settlement
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain

T = TypeVar("T")


def line(draft: Draft, field: str, label: str, now: str = "", *, at: Any = st, **more: Any) -> str:
    """A line of text."""
    text: str | None = at.text_input(
        label, now, max_chars=texts.LINE, key=draft.key(field), persist_state="session", **more
    )
    return (text or "").strip()


def area(draft: Draft, field: str, label: str, now: str = "", *, placeholder: str = "") -> str:
    """A text of any length."""
    text: str | None = st.text_area(
        label, now, key=draft.key(field), persist_state="session", height="content", placeholder=placeholder
    )
    return text or ""


def day(draft: Draft, field: str, label: str, now: date | None = None, *, at: Any = st) -> date | None:
    """A date, or none."""
    chosen: date | None = at.date_input(
        label,
        now,
        format="DD.MM.YYYY",
        key=draft.key(field),
        persist_state="session",
        min_value=date(2000, 1, 1),
        max_value=date(2100, 12, 31),
    )
    return chosen


def number(
    draft: Draft, field: str, label: str, now: int | None, *, at: Any = st, least: int = 0, most: int = 9999
) -> int | None:
    """A whole number, or none."""
    given: int | None = at.number_input(
        label, least, most, value=now, step=1, key=draft.key(field), persist_state="session"
    )
    return given


def tick(draft: Draft, field: str, label: str, *, now: bool = False) -> bool:
    """Whether something is so."""
    return bool(st.checkbox(label, now, key=draft.key(field), persist_state="session"))


def one_of(
    draft: Draft, field: str, label: str, options: Mapping[str, str], now: str = "", *, at: Any = st
) -> str:
    """One of the named options, or none; what stands there already is always among them."""
    names = {**({now: now} if now and now not in options else {}), **options}
    chosen: str | None = at.selectbox(
        label,
        list(names),
        index=list(names).index(now) if now else None,
        format_func=names.__getitem__,
        key=draft.key(field),
        persist_state="session",
        placeholder=_("Velg"),
    )
    return chosen or ""


def some_of(
    draft: Draft, field: str, label: str, options: Mapping[str, str], now: Sequence[str] = (), *, at: Any = st
) -> list[str]:
    """Any of the named options; what stands there already is always among them."""
    names = {**{key: key for key in now if key not in options}, **options}
    chosen: list[str] = at.multiselect(
        label,
        list(names),
        default=list(now),
        format_func=names.__getitem__,
        key=draft.key(field),
        persist_state="session",
        placeholder=_("Velg en eller flere"),
        wrap=True,
    )
    return chosen


def term(draft: Draft, field: str, label: str, options: Sequence[Any], now: Any) -> Any:
    """Exactly one of a closed list."""
    return choice(label, options, key=draft.key(field), now=now, said=attrgetter("label")) or now


def settlement(report: Report | None, *, key: str, now: Settlement | None = None) -> Settlement | None:
    """What became of what a report promised; asked only where it promised anything."""
    if not (promised := measure_said.promised(report)):
        return None
    return choice(
        _("Sist lovet: {what}").format(what=plain(promised)),
        list(Settlement),
        key=key,
        now=now,
        said=attrgetter("label"),
    )


def choice(
    label: str,
    options: Sequence[T],
    *,
    key: str,
    now: T | None = None,
    said: Callable[[T], str] = str,
    help: str = "",
) -> T | None:
    """One of a few, with what is chosen kept for the session.

    Radio buttons: a row of toggles moves the focus back to what was chosen before when the page is drawn
    anew, and takes Ctrl+Enter, which saves the form, for a press of the one in focus.
    """
    chosen: T | None = st.radio(
        label,
        options,
        None if now is None else list(options).index(now),
        format_func=said,
        key=key,
        persist_state="session",
        horizontal=True,
        help=help or None,
    )
    return chosen
