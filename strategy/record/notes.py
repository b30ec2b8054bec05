"""What is attached to a thing: comments, with those they mention, links to documents, and tags."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from strategy import dates, tables, texts
from strategy.access import Actor, Verb, require
from strategy.errors import BadInput, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.saving import (
    Saved,
    all_live,
    cleaned,
    current,
    live,
    next_key,
    responsible,
    save,
    taken_out,
)
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.terms import Via

ABOUT = (
    tables.Measure, tables.Subgoal, tables.Goal, tables.Indicator, tables.AgendaItem, tables.Meeting,
    tables.Decision,
)  # fmt: skip
"""The kinds of things a comment or a link can be attached to."""


def comment(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, thing: str, text: str,
    mentions: Iterable[str] = (), now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Write a comment on a thing, or correct one's own; a new one takes its key from `comment_key`.

    `mentions` are keys of roles, who are told of it. Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    _may_attach(session, actor, strategy, thing, now)
    row = tables.Comment(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, thing=thing,
        text=cleaned(tables.Comment, "text", text),
        mentions=list(dict.fromkeys(mentions)),
    )  # fmt: skip
    _stays(session, row)
    if base_version and _written_by(session, row) not in (actor.name, None):
        raise NotAllowed(_("Bare den som skrev kommentaren, kan rette den."))
    if not row.text:
        raise BadInput(_("Skriv en kommentar."), _("Kommentar"))
    for role in row.mentions:
        if not live(session, tables.Person, strategy, role):
            raise NotFound(_("Fant ikke rollen «{key}».").format(key=role))
    return save(session, actor, row, now=now, via=via)


def link(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, thing: str, url: str,
    title: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Attach a document or a web page to a thing, or change it; a new one takes its key from `link_key`.

    Only web addresses (http and https), see `texts.web_address`. Without a title it is called by its site.
    Raises as `comment`.
    """
    _may_attach(session, actor, strategy, thing, now)
    address = texts.web_address(url, _("Adresse"))
    standing = live(session, tables.Link, strategy, key)
    beside = all_live(session, tables.Link, strategy, thing=thing)
    row = tables.Link(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, thing=thing, url=address,
        title=cleaned(tables.Link, "title", title) or texts.host(address),
        order=standing["order"] if standing else 1 + max((row["order"] for row in beside), default=0),
    )  # fmt: skip
    _stays(session, row)
    return save(session, actor, row, now=now, via=via)


def retire_comment(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, now: datetime,
    via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take a comment away; it stays in the history. Raises as `comment`."""
    return _retire(session, actor, tables.Comment, strategy, key, base_version, now, via)


def retire_link(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, now: datetime,
    via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take a link away; it stays in the history. Raises as `comment`."""
    return _retire(session, actor, tables.Link, strategy, key, base_version, now, via)


def comment_key(session: Session, strategy: str) -> str:
    """A key for the next comment; also retired ones keep theirs."""
    return next_key(session, tables.Comment, strategy, "kommentar-")


def link_key(session: Session, strategy: str) -> str:
    """A key for the next link; also retired ones keep theirs."""
    return next_key(session, tables.Link, strategy, "lenke-")


def tags(
    session: Session, actor: Actor, strategy: str, measure: str, base_version: int, *,
    tags: Sequence[str], now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say which tags a measure has. Raises as `comment`."""
    wanted = Wanted("tagging", measure, base_version, {"tags": tags})
    return save_one(session, actor, strategy, wanted, now=now, via=via)


def _may_attach(session: Session, actor: Actor, strategy: str, thing: str, now: datetime) -> None:
    """Those who may report on a thing may attach to it."""
    if not any(live(session, table, strategy, thing) for table in ABOUT):
        raise NotFound(
            _("Fant ikke «{key}» i planen. Kanskje er det tatt ut siden du åpnet siden.").format(key=thing)
        )
    require(actor, Verb.REPORT, responsible(session, strategy, thing, dates.oslo_day(now)))


def _stays(session: Session, row: tables.Comment | tables.Link) -> None:
    """Refuse to move what stands on one thing to another."""
    standing = current(session, type(row), row.strategy, row.key)
    if standing and standing["thing"] != row.thing:
        raise BadInput(_("«{key}» hører til noe annet.").format(key=row.key))


def _written_by(session: Session, row: tables.Comment) -> str | None:
    """Who wrote the first version of a comment; None where there is none."""
    t, c = tables.Comment.__table__.c, tables.Change.__table__.c
    first = sa.select(c.actor).where(
        c.id == t.change_id, t.strategy == row.strategy, t.key == row.key, t.version == 1
    )
    return session.execute(first).scalar()


def _retire(
    session: Session, actor: Actor, table: type[tables.Comment] | type[tables.Link], strategy: str,
    key: str, base_version: int, now: datetime, via: Via,
) -> Saved:  # fmt: skip
    missing = _("Fant ikke det du vil ta bort. Kanskje er det allerede gjort.")
    row = taken_out(session, table, strategy, key, base_version, missing)
    require(actor, Verb.REPORT, responsible(session, strategy, row.thing, dates.oslo_day(now)))
    return save(session, actor, row, now=now, via=via)
