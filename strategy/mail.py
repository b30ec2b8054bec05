"""Send the reminders: each is written down before it goes out and after, in a change of its own.

A program killed between the two leaves a mail whose state is uncertain: it is not sent again, and the log
says so. A server that says no leaves one that failed, which is tried at the next run.
"""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlmodel import Session

from strategy import changes, dates, links, record, reminders, snapshot
from strategy.access import Actor, Role
from strategy.config import Settings, Smtp
from strategy.database import Database
from strategy.errors import Conflict, Unavailable
from strategy.i18n import _
from strategy.reminders import Digest
from strategy.snapshot import Snapshot
from strategy.terms import MailState, Via

SENDER = Actor("påminnelser", Role.SECRETARIAT)
HEARD = 250
PATIENCE = 20
"""Seconds a mail server may take over each answer."""

Post = Callable[[EmailMessage], None]
Told = tuple["Letter", MailState, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it goes out; `link` is the key of the link in it, empty where there is none.

    `problem` says why it cannot go out at all, as where the address is none a mail can be sent to.
    """

    day: date
    digest: Digest
    message: EmailMessage
    link: str
    until: date
    problem: str = ""

    @property
    def key(self) -> str:
        return f"{self.digest.person.key}@{self.day.isoformat()}"


def letters(
    session: Session, settings: Settings, plan: Snapshot, secret: str, now: datetime
) -> Iterator[Letter]:
    """What there is to send now."""
    known = {key: c for key, c in record.contacts(session, plan.strategy.key).items() if c.email}
    today = dates.oslo_day(now)
    for digest in reminders.digests(plan, frozenset(known), today):
        contact = known[digest.recipient.key]
        until = _until(today)
        own = digest.recipient is digest.person
        link = (
            record.mail_link_key(session, secret, plan.strategy.key, digest.person.key, until) if own else ""
        )
        path = f"/oppdater/{links.token(secret, link)}" if own else f"/ansvarlige?p={digest.person.key}"
        said = reminders.text(
            digest,
            today,
            name=contact.name,
            words=plan.board.mail_text or "",
            organisation=plan.strategy.organisation,
            link=settings.address + path,
            until=until,
        )
        letter = Letter(today, digest, _message(plan, digest, said, now), link, until)
        yield _addressed(letter, settings.smtp, contact.email)


def unreached(session: Session, plan: Snapshot, now: datetime) -> str:
    """A sentence with the roles that should be told and have no address, empty where there are none."""
    known = record.reachable(session, plan.strategy.key)
    found = reminders.unreached(plan, known, dates.oslo_day(now))
    form = _("Uten e-postadresse, og uten en reserve som kan få påminnelsen: {roles}.")
    if instead := reminders.fallback(plan, known):
        form = _("Uten e-postadresse, så {reserve} får påminnelsen: {roles}.")
    said = form.format(reserve=instead.title if instead else "", roles=", ".join(p.title for p in found))
    return said if found else ""


def remind(
    opened: Database, settings: Settings, post: Post, now: datetime, strategy: str = ""
) -> Iterator[Told]:
    """Send what is due, one by one, and tell of each how it went and what the server said.

    Of several strategies the one asked for, else the usual one that day.
    """
    with opened.writing() as session:
        plan = _plan(session, dates.oslo_day(now), strategy)
        found = list(letters(session, settings, plan, record.signing_key(session), now))
    for letter in found:
        with opened.writing() as session:
            version = _noted(_by(session, plan, now), letter)
        if version is None:  # another run has taken it
            continue
        state, problem = _posted(post, letter)
        if state is not MailState.SENDING:
            with opened.writing() as session:
                _note(_by(session, plan, now), letter, version, state, problem)
        yield letter, state, problem


class Server:
    """A connection to the mail server, opened when the first mail goes out and again when it was lost.

    Use as `with Server(smtp) as post: …`. Raises `Unavailable` where the server does not answer at all.
    """

    def __init__(self, smtp: Smtp) -> None:
        self.smtp = smtp
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        self._connect()
        return self.post

    def __exit__(self, *_error: object) -> None:
        self._drop()

    def post(self, message: EmailMessage) -> None:
        """Hand one message over. Raises `Unavailable`, or what smtplib does."""
        connection = self._alive() or self._connect()
        try:
            connection.send_message(message)
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()
            raise

    def _alive(self) -> smtplib.SMTP | None:
        """The connection, unless the server has hung up since the last mail."""
        with suppress(smtplib.SMTPException, OSError):
            if self.connection and self.connection.noop()[0] == HEARD:
                return self.connection
        self._drop()
        return None

    def _drop(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def _connect(self) -> smtplib.SMTP:
        smtp, secure = self.smtp, ssl.create_default_context()
        try:
            if smtp.security == "tls":
                self.connection = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=PATIENCE, context=secure)
            else:
                self.connection = smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE)
            if smtp.security == "starttls":
                self.connection.starttls(context=secure)
            if smtp.user:
                self.connection.login(smtp.user, smtp.password)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            said = _(
                "E-posttjeneren {host} svarer ikke eller slipper oss ikke inn. Ingen e-post er sendt nå."
            )
            raise Unavailable(said.format(host=smtp.host)) from error
        return self.connection


def _posted(post: Post, letter: Letter) -> tuple[MailState, str]:
    """Whether the server took it, said no, or nobody knows."""
    if letter.problem:
        return MailState.FAILED, letter.problem
    try:
        post(letter.message)
    except Unavailable as unreachable:
        return MailState.FAILED, str(unreachable)
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        return MailState.FAILED, _("Tjeneren tok ikke imot adressen (kode {code}).").format(code=code)
    except smtplib.SMTPServerDisconnected:
        return MailState.SENDING, _("Forbindelsen ble brutt; det er usikkert om den kom fram.")
    except smtplib.SMTPResponseException as refused:
        return MailState.FAILED, _("Tjeneren sa nei (kode {code}).").format(code=refused.smtp_code)
    except (smtplib.SMTPException, OSError):
        return MailState.SENDING, _("Forbindelsen ble brutt; det er usikkert om den kom fram.")
    return MailState.SENT, ""


def _by(session: Session, plan: Snapshot, now: datetime) -> record.By:
    return record.By(session, SENDER, plan.strategy.key, now, Via.MAIL)


def _noted(by: record.By, letter: Letter) -> int | None:
    """Write down that it is being sent, with the link that is in it; None where somebody else has."""
    try:
        if letter.link:
            record.access_link(by, letter.digest.person.key, expires_on=letter.until, key=letter.link)
        return _note(by, letter, letter.digest.again, MailState.SENDING, "")
    except Conflict:
        return None


def _note(by: record.By, letter: Letter, version: int, state: MailState, problem: str) -> int:
    digest = letter.digest
    fields = {
        "person": digest.person.key,
        "recipient": digest.recipient.key,
        "day": letter.day,
        "subject": str(letter.message["Subject"]),
        "about": digest.measures,
        "state": state,
        "problem": problem,
    }
    wanted = record.Wanted("mail", letter.key, version, fields)
    return record.save_one(by, wanted).version


def _message(plan: Snapshot, digest: Digest, said: str, now: datetime) -> EmailMessage:
    """The mail but for whom it is from and to."""
    today = dates.oslo_day(now)
    message = EmailMessage()
    message["Subject"] = reminders.subject(digest)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{digest.person.key}.{today}@{plan.strategy.key}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(said)
    return message


def _addressed(letter: Letter, smtp: Smtp | None, email: str) -> Letter:
    """The letter with its addresses; one the mail's format has no room for stops this letter alone."""
    letter.message["From"] = smtp.sender if smtp else ""
    if smtp and smtp.reply_to:
        letter.message["Reply-To"] = smtp.reply_to
    try:
        letter.message["To"] = email
        letter.message.as_bytes()
    except (ValueError, LookupError, AttributeError):  # what Python's reader of addresses fails with
        said = _("«{email}» kan ikke stå som mottaker i en e-post. Rett adressen.")
        return replace(letter, problem=said.format(email=email))
    return letter


def _until(today: date) -> date:
    """The end of the month two months on: the same for all mails of a month, so that one link serves them."""
    month = today.replace(day=1)
    for _n in range(3):
        month = (month + timedelta(days=32)).replace(day=1)
    return month - timedelta(days=1)


def _plan(session: Session, day: date, strategy: str) -> Snapshot:
    newest = changes.newest(session)
    return snapshot.load(session, strategy or snapshot.usual(snapshot.periods(session, newest), day), newest)
