"""Said versus done before a meeting: each is corrected, explained, or put forward as unexplained."""

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st

from strategy import contradictions, dates, empty, record
from strategy.access import Verb
from strategy.contradictions import Answered, Contradiction
from strategy.exports.measure import answer
from strategy.i18n import _, plural
from strategy.snapshot import Explanation, Meeting, Snapshot
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import UPDATE, measure_link, paged
from strategy.ui.view import Write, at, cached, view
from strategy.values import spoken

PAGE = 8


def of_meeting(meeting: Meeting) -> None:
    """Every contradiction in what the meeting reports on; those that wait for an answer come first."""
    found: tuple[Answered, ...] = cached(_found, meeting.key)
    st.markdown(f"**{plain(finding(found, _told(view().snapshot, meeting)))}**")
    for each in paged(found, PAGE, "motstrid"):
        with st.container(border=True, gap="xsmall"):
            _shown(each)
            if view().may(Verb.MEET) and not meeting.state.is_locked:
                _answer(meeting, each)


def waiting(meeting: Meeting) -> int:
    """How many contradictions wait for an answer before the papers can go out."""
    return 0 if meeting.as_of else sum(not each.is_settled for each in cached(_found, meeting.key))


def finding(found: Iterable[Answered], plan: Snapshot) -> str:
    """«Fire steder stemmer ikke det som er sagt, med det som er gjort. Tre venter på svar, og …»"""
    every = tuple(found)
    if not every:
        return spoken(empty.contradictions(plan))
    said = plural(
        "Ett sted stemmer ikke det som er sagt, med det som er gjort.",
        "{number} steder stemmer ikke det som er sagt, med det som er gjort.",
        len(every),
    ).format(number=dates.in_words(len(every), capital=True))
    return " ".join((said, *_settled(every)))


def _settled(found: tuple[Answered, ...]) -> list[str]:
    """How many wait, and how many the board gets without an explanation."""
    waiting = sum(not each.is_settled for each in found)
    unexplained = sum(each.is_unexplained for each in found)
    if not waiting and not unexplained:
        return [_("Alt er forklart.")]
    wait = _("{number} må rettes, forklares eller legges fram som uforklart før innkallingen.")
    put = _("{number} er lagt fram som uforklart.")
    told = ((wait, waiting), (put, unexplained))
    return [form.format(number=_number(count)) for form, count in told if count]


def _found(shown: Snapshot, today: date, key: str) -> tuple[Answered, ...]:
    """Of the numbers the meeting was frozen with, where it is; what is explained is always the newest."""
    meeting = shown.meeting(key)
    day = meeting.reported_on if meeting.as_of and meeting.reported_on else today
    return contradictions.for_meeting(_told(shown, meeting), day, key, shown.explanations)


def _told(shown: Snapshot, meeting: Meeting) -> Snapshot:
    """The plan the meeting was frozen with, or as it is shown."""
    return at(meeting.as_of) if meeting.as_of and meeting.reported_on else shown


def _number(count: int) -> str:
    """At the start of a sentence; sted is neuter."""
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)


def _shown(found: Answered) -> None:
    seen, clash = view().snapshot, found.clash
    aim = next((aim for aim in seen.aims if aim.key == clash.key), None)
    if aim:
        st.markdown(f"**{plain(f'{aim.key} {aim.text}')}**")
    else:
        measure_link(seen.measure(clash.key))
    st.markdown(plain(clash.sentence))
    if found.answer:
        name = "" if found.is_unexplained else f"**{_('Forklaring')}:** "
        st.markdown(f"{name}{plain(spoken(answer(found)))}")


def _answer(meeting: Meeting, found: Answered) -> None:
    """The link to correct it, the text that explains it, and the act that puts it forward without one."""
    clash, why = found.clash, found.answer
    if not meeting.as_of:
        link = _("Rett det i en ny rapport")
        st.page_link(UPDATE, label=link, icon=":material/edit:", query_params={"t": clash.key})
    if contradictions.settles(clash.kind, unexplained=False):
        title = _("Endre forklaringen") if why and why.text else _("Forklar hvorfor det står")
        with st.expander(title, key=f"forklar-{clash.key}-{clash.kind}", on_change="rerun") as folded:
            if folded.open:
                _explain(meeting, clash, why)
    elif not found.is_settled:
        st.caption(
            _("En forklaring er ikke nok her. Legg inn dokumentasjon på tiltaket, eller rett rapporten.")
        )
    if not found.is_settled:
        _put_forward(meeting, clash, why)


def _explain(meeting: Meeting, clash: Contradiction, why: Explanation | None) -> None:
    draft = Draft(f"explanation:{clash.explained_by(meeting.key)}", why.version if why else 0)
    draft.conflict([plain(why.text)] if why else [])
    text = st.text_area(
        _("Forklaringen står i papirene til møtet"),
        why.text if why else "",
        key=draft.key("text"),
        persist_state="session",
        height="content",
    )
    if st.button(_("Lagre forklaringen"), key=draft.button):
        write = _writing(record.explanation, draft, meeting, clash, text=text or "")
        draft.save(write, _("forklaring til {key}").format(key=clash.key))


def _put_forward(meeting: Meeting, clash: Contradiction, why: Explanation | None) -> None:
    draft = Draft(f"unexplained:{clash.explained_by(meeting.key)}", why.version if why else 0)
    draft.conflict([plain(why.text)] if why else [])
    if st.button(_("Legg fram som uforklart"), key=draft.button):
        write = _writing(record.unexplained, draft, meeting, clash)
        draft.save(write, _("{key} legges fram som uforklart").format(key=clash.key))


def _writing(
    write: Callable[..., record.Saved], draft: Draft, meeting: Meeting, clash: Contradiction, **said: str
) -> Write:
    """Say something of a contradiction for a meeting, on top of what the form was opened with."""
    return lambda by: write(by, draft.base, meeting=meeting.key, thing=clash.key, clash=clash.kind, **said)
