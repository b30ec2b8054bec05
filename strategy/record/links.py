"""Links for those without an account, and the reports they send in: drafts until somebody accepts them."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import links, tables
from strategy.access import Actor, Role, Verb, require
from strategy.errors import Conflict, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.by import By
from strategy.record.rules.rule import whole
from strategy.record.saving import Saved, current, live, senders
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import DraftState

LASTS = timedelta(days=60)
"""How long a link is good for, unless something else is said."""


def signing_key(session: Session) -> str:
    """The database's own secret, made at random the first time; the transaction must be a writing one."""
    t = tables.Secret.__table__.c
    found = session.execute(sa.select(t.value).where(t.name == "links")).scalar()
    if found:
        return str(found)
    made = secrets.token_urlsafe(32)
    session.execute(sa.insert(tables.Secret).values(name="links", value=made))
    return made


def stored_signing_key(session: Session) -> str:
    """The secret as it stands; empty before the first link was made."""
    t = tables.Secret.__table__.c
    return session.execute(sa.select(t.value).where(t.name == "links")).scalar() or ""


def access_link(by: By, person: str, *, key: str = "", **fields: Any) -> Saved:
    """Make a link for a person, to report on `measures` or on all they answer for, to the end of a day.

    Raises as `save_one`, and `Conflict` where the link with that key is withdrawn.
    """
    key = key or f"lenke-{secrets.token_hex(10)}"
    standing = live(by.session, tables.AccessLink, by.strategy, key)
    said = whole("access_link", {"person": person, **fields})
    wanted = Wanted("access_link", key, standing["version"] if standing else 0, said)
    saved = save_one(by, wanted)
    signing_key(by.session)  # a link there is has something to be signed with
    return saved


def mail_link_key(session: Session, secret: str, strategy: str, person: str, until: date) -> str:
    """The key of the link in a person's mails to the end of a day: never one that was withdrawn."""
    keys = (links.key_for(secret, person, until.isoformat(), n) for n in count())
    standing = ((key, current(session, tables.AccessLink, strategy, key)) for key in keys)
    return next(key for key, link in standing if not (link and link["retired"]))


def draft(by: By, link: str, measure: str, base_version: int, **fields: Any) -> Saved:
    """Send in a report through a link; it counts nowhere until the secretariat has accepted it.

    Whoever comes with the link is the role it was made for, and writes as that.

    The field `base` is the version of the report it was written on. Raises `NotAllowed` where the link is
    withdrawn or has expired, or is not for a measure its person answers for or contributes to today; else as
    `report`.
    """
    holder = _holder(by, link, measure)
    wanted = Wanted("draft", f"{measure}@{holder.person}", base_version, whole("draft", fields))
    return save_one(replace(by, actor=holder), wanted)


def accept_draft(by: By, key: str, base_version: int, *, base: int, **fields: Any) -> Saved:
    """Make what was sent in, or what the secretariat has made of it, the measure's newest report.

    Report and draft are written in one change. `base` is the version of the report that was seen beside the
    draft, whose estimate stands. Raises `Conflict` where there is a newer one or the draft was sent in anew,
    else as `report`.
    """
    measure = _waiting(by, key, base_version)["measure"]
    said = whole("status_report", fields)
    del said["estimate"]
    taken = Wanted("draft", key, base_version, {"state": DraftState.ACCEPTED, "word": ""})
    wanted = Wanted("status_report", measure, base, said, anew=True)
    return save_one(by, wanted, taken)


def return_draft(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Send a draft back with a `word`; the sender sees it on their link. Raises as `accept_draft`."""
    _waiting(by, key, base_version)
    return save_one(by, Wanted("draft", key, base_version, {"state": DraftState.RETURNED, **fields}))


def _holder(by: By, key: str, measure: str) -> Actor:
    """Whoever holds a link, if it still is good for the measure: the link is all they have to show."""
    link = live(by.session, tables.AccessLink, by.strategy, key)
    person = live(by.session, tables.Person, by.strategy, link["person"]) if link else None
    if not link or not person or link["expires_on"] < by.today:
        raise NotAllowed(_("Lenka gjelder ikke lenger. Be sekretariatet om en ny."))
    named = not link["measures"] or measure in link["measures"]
    there = live(by.session, tables.Measure, by.strategy, measure)
    held = senders(by.session, by.strategy, measure, by.today)
    if not (named and there and person["key"] in held):
        raise NotAllowed(_("Lenka gjelder ikke for tiltak {key}.").format(key=measure))
    return Actor(person["title"], Role.RESPONSIBLE, person["key"])


def _waiting(by: By, key: str, base_version: int) -> Mapping[str, Any]:
    """The draft, if it is the one that was seen and still waits."""
    require(by.actor, Verb.REPORT)
    standing = live(by.session, tables.Draft, by.strategy, key)
    if not standing:
        raise NotFound(_("Fant ikke utkastet."))
    if standing["version"] != base_version or standing["state"] is not DraftState.SUBMITTED:
        said = _("Utkastet er endret eller behandlet siden du åpnet det. Se på det på nytt.")
        raise Conflict(said, key, standing["version"], dict(standing))
    return standing
