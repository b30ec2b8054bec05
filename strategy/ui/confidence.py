"""How sure the board is of each goal: answered in secret, opened together, then shown with its trend.

What somebody chooses lives in this run of the form alone: it is not kept in the session, not put back after
a save, and never read from the database before it is opened.
"""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from strategy import charts, meetings, record
from strategy.access import Verb
from strategy.i18n import _
from strategy.snapshot import Meeting, Snapshot
from strategy.ui import meeting_parts
from strategy.ui.draft_fields import choice
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import cards, chart, section
from strategy.ui.view import cached, refused, view

SCALE = tuple(range(11))


def of_meeting(meeting: Meeting) -> None:
    """Answer, see who has, open; and once it is opened, what the board believes."""
    if found := meetings.confidence(view().snapshot, meeting.key):
        _opened(found)
    elif meeting.state.is_locked:
        st.markdown(_("Det ble ikke svart på tillit i dette møtet."))
    elif not meeting_parts.seats_on(meeting):
        st.markdown(_("Styret har ingen verv ennå, så ingen kan svare. Legg inn vervene først."))
        meeting_parts.to_list(_("Til vervene i styret"))
    else:
        _hidden(meeting)


def trends() -> None:
    """How sure the board has been of each goal, meeting by meeting."""
    with cards():
        for goal in view().snapshot.goals:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{plain(f'{goal.key} {goal.name}')}**")
                chart(cached(_trend, goal.key), key=f"tillit-{goal.key}")


def _opened(found: tuple[meetings.Belief, ...]) -> None:
    """The middle and the ends of the answers to each goal, then the trend."""
    names = {goal.key: f"{goal.key} {goal.name}" for goal in view().snapshot.goals}
    for each in found:
        st.markdown(f"**{plain(names[each.goal])}:** {plain(each.sentence)}")
    section(_("Over tid"))
    trends()


def _hidden(meeting: Meeting) -> None:
    """Who has answered and who has not; the form for a seat; and the chair's button."""
    st.markdown(
        _(
            "Hvor sikkert er det at vi når hvert hovedmål? 0 er «umulig», 10 er «helt sikkert». "
            "Svarene er skjult, også ditt, til alle til stede har svart eller møteleder åpner dem. "
            "Det må være minst tre svar på hvert mål."
        )
    )
    seen, seats = view(), _voters(meeting)
    with seen.database.reading() as session:
        given = record.voted(session, seen.strategy, meeting.key)
        lost = record.unreadable(session, seen.strategy, meeting.key)
    goals = {goal.key for goal in seen.snapshot.goals}
    done = [key for key in seats if all(key in given.get(goal, ()) for goal in goals)]
    left = [title for key, title in seats.items() if key not in done]
    st.markdown(f"**{_('{done} av {all} har svart').format(done=len(done), all=len(seats))}**")
    if done:
        st.caption(plain(_("Har svart: {who}").format(who="; ".join(seats[key] for key in done))))
    if left:
        st.caption(plain(_("Har ikke svart: {who}").format(who="; ".join(left))))
    if lost:
        who = "; ".join(seats.get(key, key) for key in sorted(lost))
        said = _("Nøkkelen svarene ble låst med, er borte, så ingen kan lese dem. Svar på nytt: {who}")
        st.warning(plain(said.format(who=who)), icon=":material/key_off:")
    if not seen.may(Verb.VOTE):
        return
    _vote(meeting, seats, answered=frozenset().union(*given.values()))
    _kept()
    if given or lost:
        _chair_opens(meeting)


def _kept() -> None:
    """How secret the answers are, and from whom they are not."""
    with st.expander(_("Hvor hemmelig er svarene?")):
        st.markdown(
            _(
                "Svarene er låst med en nøkkel som ligger utenfor databasen og sikkerhetskopiene. "
                "Den som har både databasen og nøkkelen, kan lese dem til de åpnes; etterpå står "
                "bare svarene, sortert, uten hvem. Løsningen har ikke innlogging for hvert verv "
                "ennå: den som har siden åpen, kan svare for hvilket som helst verv."
            )
        )


def _voters(meeting: Meeting) -> dict[str, str]:
    """Those who may answer: the present where that is said, else all but the absent and the deputies."""
    seats = {s.key: s for s in view().snapshot.seats if s.holds(meeting.held_on)}
    if meeting.present:
        return {key: seats[key].title for key in seats if key in meeting.present}
    return {k: s.title for k, s in seats.items() if k not in meeting.absent and not s.deputy}


def _vote(meeting: Meeting, seats: Mapping[str, str], answered: frozenset[str]) -> None:
    seen = view()
    goals = seen.snapshot.goals
    with st.container(border=True):
        seat = st.selectbox(
            _("Jeg svarer som"),
            list(seats),
            index=None,
            format_func=seats.__getitem__,
            key="svarer",
            placeholder=_("Velg verv"),
        )
        if not seat:
            return
        if seat in answered:
            st.caption(_("Du har svart. Svarer du igjen, er det det nye svaret som gjelder."))
        draft = Draft(f"vote:{meeting.key}:{seat}", 0)
        answers = {
            goal.key: choice(plain(f"{goal.key} {goal.name}"), SCALE, key=draft.key(goal.key))
            for goal in goals
        }
        if not st.button(_("Lagre svarene"), type="primary", shortcut="Ctrl+Enter", key=draft.button):
            return
    missing = [goal.key for goal in goals if answers[goal.key] is None]
    if missing:
        form = _("Ikke lagret. Svar på alle hovedmålene; det mangler: {goals}.")
        refused(form.format(goals=", ".join(missing)), label=f"{missing[0]} ")
        return

    def write(by: record.By) -> record.Saved | None:
        saved = None
        for goal, value in answers.items():
            saved = record.vote(by, meeting.key, goal, seat, int(value or 0))
        return saved

    draft.save(write, _("svarene fra {who}").format(who=seats[seat]))


def _chair_opens(meeting: Meeting) -> None:
    draft = Draft(f"open:{meeting.key}", 0)
    label = _("Åpne svarene nå")
    said = _("Møteleder åpner det som er svart. Etter det kan ingen svare eller endre svaret sitt.")
    if st.button(label, key=draft.button, icon=":material/lock_open:", help=said):
        draft.save(lambda by: record.open_confidence(by, meeting.key), _("svarene er åpnet"))
    with st.popover(_("Forkast svarene"), type="tertiary"):
        st.markdown(_("Svarene slettes uten å bli åpnet. Det kan ikke angres."))
        if st.button(_("Forkast dem"), key=f"drop:{meeting.key}"):
            draft.save(lambda by: _dropped(by, meeting.key), _("svarene er forkastet"))


def _dropped(by: record.By, meeting: str) -> None:
    record.drop_confidence(by, meeting)


def _trend(shown: Snapshot, _today: date, key: str) -> charts.Chart | None:
    goal = shown.goal(key)
    return charts.confidence(meetings.trend(shown, goal), f"{goal.key} {goal.name}")
