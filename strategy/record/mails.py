"""Mails: written down before they are sent and after, so that none is sent twice and none is forgotten."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session

from strategy import tables
from strategy.access import Actor, Verb, require
from strategy.errors import NotFound
from strategy.i18n import _
from strategy.record.saving import Saved, cleaned, live, save
from strategy.terms import MailState, Via


def mail(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, person: str,
    recipient: str, day: date, subject: str, about: Collection[str] = (), state: MailState,
    problem: str = "", now: datetime, via: Via = Via.MAIL,
) -> Saved:  # fmt: skip
    """Say what is known of one mail; no address is written. Raises as every write here."""
    require(actor, Verb.PLAN)
    for role in (person, recipient):
        if not live(session, tables.Person, strategy, role):
            raise NotFound(_("Fant ikke rollen «{key}» i planen.").format(key=role))
    row = tables.Mail(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, person=person, recipient=recipient,
        day=day, about=list(about), state=state,
        subject=cleaned(tables.Mail, "subject", subject),
        problem=cleaned(tables.Mail, "problem", problem),
    )  # fmt: skip
    return save(session, actor, row, now=now, via=via)
