"""The reminders: what would go out now, whom none can reach, the button that sends, and what was sent."""

import secrets
from collections.abc import Sequence
from zlib import crc32

import streamlit as st

from strategy import config, dates, mail, record
from strategy.access import Verb
from strategy.errors import Refusal
from strategy.i18n import _, plural
from strategy.mail import Letter
from strategy.snapshot import Mail
from strategy.terms import MailState
from strategy.ui.markdown import plain
from strategy.ui.parts import page, section, table
from strategy.ui.view import view

SHOWN = 50
"""How many sent mails are listed."""

_SENT = "mails:sent"


def mails() -> None:
    """What would be sent today, with the button that does it, and what has been sent, newest first."""
    seen = view()
    _told()
    section(_("Påminnelser som skal ut i dag"))
    with seen.database.reading() as session:
        secret = record.stored_signing_key(session) or secrets.token_urlsafe()  # no letter has gone out yet
        letters = list(mail.letters(session, config.settings(), seen.snapshot, secret, seen.now()))
        unreached = mail.unreached(session, seen.snapshot, seen.now())
    _unreached(unreached)
    if not letters:
        nothing = _("Ingen. Det sendes ingenting når ingenting venter.")
        st.markdown(_("Ingen kan sendes før noen har en adresse.") if unreached else nothing)
    for letter in letters:
        with st.expander(plain(f"{letter.digest.recipient.title}: {letter.message['Subject']}")):
            if letter.problem:
                st.warning(plain(letter.problem), icon=":material/edit:")
            st.text(letter.message.get_content())
    _send([letter for letter in letters if not letter.problem])
    section(_("Sendte påminnelser"))
    sent = sorted(seen.snapshot.mails, key=lambda each: -each.change_id)
    if sent:
        table((_("Dag"), _("E-post"), _("Tilstand")), map(_mail, sent[:SHOWN]))
    else:
        st.markdown(_("Ingen e-post er sendt."))


def _unreached(said: str) -> None:
    """Name the roles without an address, with the way to where it is written."""
    if said:
        st.warning(plain(said), icon=":material/unsubscribe:")
        label, where = _("Skriv inn adresser"), {"steg": "roller"}
        st.page_link(page("kom-i-gang"), label=label, icon=":material/arrow_forward:", query_params=where)


def _send(letters: Sequence[Letter]) -> None:
    """The button, where mail is set up; else how it is. The example is sent to nobody."""
    if view().snapshot.example:
        st.caption(_("Dette er eksempelet, og det sendes aldri til noen."))
    elif not config.settings().smtp:
        st.caption(
            _(
                "E-post er ikke satt opp, så ingenting kan sendes. Be den som drifter løsningen, sette "
                "STRATEGY_SMTP_URL og STRATEGY_MAIL_FROM, og kjøre kommandoen «remind» hver dag."
            )
        )
    elif letters and view().may(Verb.PLAN):
        label = plural("Send {n} påminnelse nå", "Send {n} påminnelser nå", len(letters))
        if st.button(label, type="primary", icon=":material/send:", key=f"send:{_fingerprint(letters)}"):
            _post()
            st.rerun()


def _fingerprint(letters: Sequence[Letter]) -> str:
    """What tells these letters from others, so that only those that were seen are sent."""
    to = "|".join(str(letter.message["To"]) for letter in letters)
    return f"{view().snapshot.change_id}:{crc32(to.encode())}"


def _post() -> None:
    """Send them, and keep for the next run how it went."""
    seen, settings = view(), config.settings()
    counts, problems = dict.fromkeys(MailState, 0), list[str]()
    try:
        if settings.smtp:
            with st.spinner(_("Sender …")), mail.Server(settings.smtp) as post:
                for letter, state, why in mail.remind(
                    seen.database, settings, post, seen.now(), seen.strategy
                ):
                    counts[state] += 1
                    problems += [f"{letter.digest.person.title}: {why}"] if why else []
    except Refusal as refusal:
        problems.append(str(refusal))
    st.session_state[_SENT] = counts[MailState.SENT], problems


def _told() -> None:
    """How the sending in the run before went."""
    count, problems = st.session_state.pop(_SENT, (0, []))
    if count:
        st.success(plural("{n} e-post sendt.", "{n} e-poster sendt.", count), icon=":material/check:")
    for problem in problems:
        st.error(plain(problem), icon=":material/error:")


def _mail(each: Mail) -> tuple[str, ...]:
    plan = view().snapshot
    person, recipient = (plan.person(key).title for key in (each.person, each.recipient))
    form = _("{subject} · til {recipient}")
    if person != recipient:
        form = _("{subject} · til {recipient} for {person}")
    state = f"{each.state.label}. {each.problem}" if each.state is MailState.FAILED else each.state.label
    return dates.day(each.day), form.format(subject=each.subject, recipient=recipient, person=person), state
