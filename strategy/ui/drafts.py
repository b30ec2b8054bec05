"""A form on a draft: what is being written about one thing, until it is saved or given up.

What is typed lives under keys that carry the thing and a draft number, so that it survives a refusal, a
conflict and a visit to another page; the number goes up when it has been saved. Beside it stands the version
the form was opened with.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from strategy import record
from strategy.errors import Conflict, Doubtful
from strategy.i18n import _
from strategy.ui import clashes
from strategy.ui.markdown import plain
from strategy.ui.view import Write, lead_to, save

NEW = "ny"


@dataclass(frozen=True, slots=True)
class Draft:
    """One form on one thing: `what` names it in the session, `version` is what stands in the plan now."""

    what: str
    version: int

    def __post_init__(self) -> None:
        st.session_state.setdefault(self.key("base"), self.version)

    @property
    def number(self) -> int:
        """How many times this form has been saved or given up in this session."""
        return int(st.session_state.get(f"draft:{self.what}", 0))

    @property
    def button(self) -> str:
        """The key of the button that saves: the same for every draft, so that the focus stays on it."""
        return f"save:{self.what}"

    def key(self, field: str) -> str:
        """The widget key of one field."""
        return f"{field}:{self.what}:{self.number}"

    @property
    def base(self) -> int:
        """The version the form was opened with."""
        return int(st.session_state[self.key("base")])

    def rebase(self) -> None:
        """Let what is typed stand on top of what somebody else saved, now that both have been seen."""
        st.session_state[self.key("base")] = self.version

    def close(self) -> None:
        """Begin anew after a save, or when what was typed is given up."""
        st.session_state[f"draft:{self.what}"] = self.number + 1

    def save(
        self,
        write: Write,
        said: str,
        about: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Save, and `then` go on; on a conflict remember it, so that both sides are shown.

        What looks wrong is asked about, and saved by another press on the same: `write` asks `is_sure` of
        what it is `about`.
        """
        try:
            saved = save(write, said)
        except Doubtful as doubt:
            self.ask(str(doubt), about)
            return
        except Conflict as refusal:
            st.session_state[self.key("conflict")] = refusal
            st.rerun()
        if saved:
            self.close()
            lead_to(f":{self.what}:")
            if then:
                then()
            st.rerun()

    def ask(self, question: str, about: str = "") -> None:
        """Ask before it is saved; another press on the same is the answer."""
        st.session_state[self.key("asked")] = about
        again = _("Ikke lagret ennå. {question} Er det riktig, trykker du en gang til.")
        st.warning(plain(again.format(question=question)), icon=":material/help:")

    def is_sure(self, of: str) -> bool:
        """Whether this was asked about the last time, so that another press says that it is right."""
        return bool(st.session_state.get(self.key("asked")) == of)

    @property
    def choices(self) -> record.Choices:
        """Whose is to stand where somebody else has changed the same fields, as far as it is chosen."""
        return clashes.chosen(self.key("clash"))

    def merge(self, title: str) -> None:
        """Where somebody saved first: let one choose, field by field; the form saves by `choices`.

        What only one of the two has changed is kept without a question.
        """
        refusal: Conflict | None = st.session_state.get(self.key("conflict"))
        if refusal is None:
            return
        chosen = self.choices
        found = tuple(replace(clash, chosen=chosen.get(clash.name, "")) for clash in refusal.clashes)
        clashes.choose(found, self.key("clash"), clashes.typed(), lambda _clash: title)
        st.button(_("Forkast min tekst"), on_click=self.close, key=self.key("drop"), type="tertiary")

    def conflict(self, theirs: list[str]) -> None:
        """Where somebody saved first: show theirs above the form, which still holds what was typed here.

        For what is said as a whole, and not merged field by field.
        """
        began = st.session_state.setdefault(self.key("began"), theirs)
        if not st.session_state.get(self.key("conflict")) or self.base == self.version:
            return
        clashes.whole(began, theirs, self.rebase, self.close, f"{self.what}:{self.number}")
