"""Said versus done before a meeting: each contradiction is corrected, or explained and shown with why."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from strategy import checks, dates, empty, record
from strategy.access import Verb, may
from strategy.checks import Contradiction
from strategy.i18n import _, plural
from strategy.snapshot import Explanation, Meeting, Snapshot
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import UPDATE, measure_link, paged
from strategy.ui.view import at, cached, view
from strategy.values import spoken

PAGE = 8

Pair = tuple[Contradiction, Explanation | None]


def of_meeting(meeting: Meeting) -> None:
    """Every contradiction in what the meeting reports on; those that are not explained come first."""
    found: tuple[Pair, ...] = cached(_found, meeting.key)
    st.markdown(f"**{plain(finding(found, _told(view().snapshot, meeting)))}**")
    for clash, why in paged(found, PAGE, "motstrid"):
        with st.container(border=True, gap="xsmall"):
            _shown(clash, why)
            if _editable(meeting):
                _answer(meeting, clash, why)


def finding(found: Iterable[Pair], plan: Snapshot) -> str:
    """«Fire steder stemmer ikke det som er sagt, med det som er gjort. Tre må rettes eller forklares.»"""
    pairs = tuple(found)
    if not pairs:
        return spoken(empty.contradictions(plan))
    explained = sum(why is not None for _clash, why in pairs)
    said = plural(
        "Ett sted stemmer ikke det som er sagt, med det som er gjort.",
        "{number} steder stemmer ikke det som er sagt, med det som er gjort.", len(pairs),
    ).format(number=dates.in_words(len(pairs), capital=True))  # fmt: skip
    if explained == len(pairs):
        return f"{said} {_('Alt er forklart.')}"
    left = len(pairs) - explained
    rest = _("{number} må rettes eller forklares.").format(number=_number(left))
    return f"{said} {rest}"


def _found(shown: Snapshot, today: date, key: str) -> tuple[Pair, ...]:
    """Of the numbers the meeting was frozen with, where it is; what is explained is always the newest."""
    meeting = shown.meeting(key)
    day = meeting.reported_on if meeting.as_of and meeting.reported_on else today
    return checks.explained(_told(shown, meeting), day, key, written=shown.explanations)


def _told(shown: Snapshot, meeting: Meeting) -> Snapshot:
    """The plan the meeting was frozen with, or as it is shown."""
    return at(meeting.as_of) if meeting.as_of and meeting.reported_on else shown


def _number(count: int) -> str:
    """At the start of a sentence; sted is neuter."""
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)


def _shown(clash: Contradiction, why: Explanation | None) -> None:
    seen = view().snapshot
    aim = next((aim for aim in seen.aims if aim.key == clash.key), None)
    if aim:
        st.markdown(f"**{plain(f'{aim.key} {aim.text}')}**")
    else:
        measure_link(seen.measure(clash.key))
    st.markdown(plain(clash.sentence))
    if why:
        st.markdown(f"**{_('Forklaring')}:** {plain(why.text)}")


def _editable(meeting: Meeting) -> bool:
    seen = view()
    return seen.editable and may(seen.actor, Verb.MEET) and not meeting.state.is_locked


def _answer(meeting: Meeting, clash: Contradiction, why: Explanation | None) -> None:
    """The link to correct it, and folded below it the text that explains it."""
    if not meeting.as_of:
        link = _("Rett det i en ny rapport")
        st.page_link(UPDATE, label=link, icon=":material/edit:", query_params={"t": clash.key})
    title = _("Endre forklaringen") if why else _("Forklar hvorfor det står")
    with st.expander(title, key=f"forklar-{clash.key}-{clash.kind}", on_change="rerun") as folded:
        if folded.open:
            _explain(meeting, clash, why)


def _explain(meeting: Meeting, clash: Contradiction, why: Explanation | None) -> None:
    seen = view()
    draft = Draft(f"explanation:{clash.explained_by(meeting.key)}", why.version if why else 0)
    draft.conflict([plain(why.text)] if why else [])
    text = st.text_area(
        _("Forklaringen står i papirene til møtet"), why.text if why else "", key=draft.key("text"),
        persist_state="session", height="content",
    )  # fmt: skip
    if st.button(_("Lagre forklaringen"), key=draft.button):
        draft.save(
            lambda session, now: record.explanation(
                session, seen.actor, seen.strategy, draft.base, meeting=meeting.key, thing=clash.key,
                clash=clash.kind, text=text or "", now=now,
            ),
            _("forklaring til {key}").format(key=clash.key),
        )  # fmt: skip
