"""Words no list has, asked about one by one: in the form from Excel and in the tables."""

from collections.abc import Sequence

import streamlit as st

from strategy import document, wording
from strategy.i18n import _
from strategy.ui.markdown import plain
from strategy.ui.parts import paged
from strategy.workbook import UnknownWord

MOST = 10
"""How many are asked about at a time."""


def ask(words: Sequence[UnknownWord], scope: str) -> None:
    """What does each stand for; the answers are kept in the session under `scope` and the word's name."""
    for word in paged(tuple(words), MOST, "ord"):
        with st.container(border=True, gap="xsmall"):
            said = _("«{word}» er ikke et ord for {field}. Det står i {places}. {guess}")
            st.markdown(
                plain(
                    said.format(
                        word=word.text,
                        field=wording.field(word.kind, word.field),
                        places=_listed(word.places),
                        guess=document.did_you_mean(word.likely),
                    ).strip()
                )
            )
            st.selectbox(
                _("«{word}» betyr").format(word=plain(word.text)),
                list(word.options),
                format_func=word.options.__getitem__,
                index=None,
                placeholder=_("Velg"),
                key=f"{scope}:{word.name}",
                persist_state="session",
            )


def _listed(places: Sequence[str]) -> str:
    more = len(places) - 5
    said = ", ".join(places[:5])
    return _("{places} og {n} til").format(places=said, n=more) if more > 0 else said
