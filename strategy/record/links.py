"""Links for those without an account, and the reports they send in: drafts until somebody accepts them."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import dates, links, tables
from strategy.access import Actor, Role, Verb, require
from strategy.errors import Conflict, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.rules.rule import whole
from strategy.record.saving import Saved, current, live, responsible
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import DraftState, Via

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


def access_link(
    session: Session,
    actor: Actor,
    strategy: str,
    person: str,
    *,
    key: str = "",
    now: datetime,
    via: Via = Via.PAGE,
    **fields: Any,
) -> Saved:
    """Make a link for a person, to report on `measures` or on all they answer for, to the end of a day.

    Raises as `save_one`, and `Conflict` where the link with that key is withdrawn.
    """
    key = key or f"lenke-{secrets.token_hex(10)}"
    standing = live(session, tables.AccessLink, strategy, key)
    said = whole("access_link", {"person": person, **fields})
    wanted = Wanted("access_link", key, standing["version"] if standing else 0, said)
    saved = save_one(session, actor, strategy, wanted, now=now, via=via)
    signing_key(session)  # a link there is has something to be signed with
    return saved


def mail_link_key(session: Session, secret: str, strategy: str, person: str, until: date) -> str:
    """The key of the link in a person's mails to the end of a day: never one that was withdrawn."""
    keys = (links.key_for(secret, person, until.isoformat(), n) for n in count())
    standing = ((key, current(session, tables.AccessLink, strategy, key)) for key in keys)
    return next(key for key, link in standing if not (link and link["retired"]))


def draft(
    session: Session,
    strategy: str,
    link: str,
    measure: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.LINK,
    **fields: Any,
) -> Saved:
    """Send in a report through a link; it counts nowhere until the secretariat has accepted it.

    It takes no actor: whoever holds the link is the role it was made for.

    The field `base` is the version of the report it was written on. Raises `NotAllowed` where the link is
    withdrawn or has expired, or is not for a measure its person answers for today; else as `report`.
    """
    actor = _holder(session, strategy, link, measure, now)
    wanted = Wanted("draft", f"{measure}@{actor.person}", base_version, whole("draft", fields))
    return save_one(session, actor, strategy, wanted, now=now, via=via)


def accept_draft(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    base: int,
    now: datetime,
    **fields: Any,
) -> Saved:
    """Make what was sent in, or what the secretariat has made of it, the measure's newest report.

    Report and draft are written in one change. `base` is the version of the report that was seen beside the
    draft, whose estimate stands. Raises `Conflict` where there is a newer one or the draft was sent in anew,
    else as `report`.
    """
    measure = _waiting(session, actor, strategy, key, base_version)["measure"]
    said = whole("status_report", fields)
    del said["estimate"]
    taken = Wanted("draft", key, base_version, {"state": DraftState.ACCEPTED, "word": ""})
    wanted = Wanted("status_report", measure, base, said, anew=True)
    return save_one(session, actor, strategy, wanted, taken, now=now)


def return_draft(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    base_version: int,
    *,
    now: datetime,
    via: Via = Via.PAGE,
    **fields: Any,
) -> Saved:
    """Send a draft back with a `word`; the sender sees it on their link. Raises as `accept_draft`."""
    _waiting(session, actor, strategy, key, base_version)
    wanted = Wanted("draft", key, base_version, {"state": DraftState.RETURNED, **fields})
    return save_one(session, actor, strategy, wanted, now=now, via=via)


def _holder(session: Session, strategy: str, key: str, measure: str, now: datetime) -> Actor:
    """Whoever holds a link, if it still is good for the measure: the link is all they have to show."""
    link = live(session, tables.AccessLink, strategy, key)
    person = live(session, tables.Person, strategy, link["person"]) if link else None
    if not link or not person or link["expires_on"] < dates.oslo_day(now):
        raise NotAllowed(_("Lenka gjelder ikke lenger. Be sekretariatet om en ny."))
    named = not link["measures"] or measure in link["measures"]
    there = live(session, tables.Measure, strategy, measure)
    if not (
        named
        and there
        and person["key"] in responsible(session, strategy, measure, dates.oslo_day(now), proposed=True)
    ):
        raise NotAllowed(_("Lenka gjelder ikke for tiltak {key}.").format(key=measure))
    return Actor(person["title"], Role.RESPONSIBLE, person["key"])


def _waiting(session: Session, actor: Actor, strategy: str, key: str, base_version: int) -> Mapping[str, Any]:
    """The draft, if it is the one that was seen and still waits."""
    require(actor, Verb.REPORT)
    standing = live(session, tables.Draft, strategy, key)
    if not standing:
        raise NotFound(_("Fant ikke utkastet."))
    if standing["version"] != base_version or standing["state"] is not DraftState.SUBMITTED:
        said = _("Utkastet er endret eller behandlet siden du åpnet det. Se på det på nytt.")
        raise Conflict(said, key, standing["version"], dict(standing))
    return standing
