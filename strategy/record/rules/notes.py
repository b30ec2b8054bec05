"""The rules of what is attached to a thing: comments, links to documents, files, and tags."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import sqlalchemy as sa

from strategy import attachments, tables, texts
from strategy.access import Actor
from strategy.errors import BadInput, NotAllowed
from strategy.i18n import _, mark
from strategy.record.around import Around, Stored
from strategy.record.rules.rule import NO_MEASURE, NO_THING, Rules, Told, in_plan, last, may_report
from strategy.record.wanted import Values
from strategy.things import Attachment, Comment, Link, Tagging

ABOUT = ("measure", "subgoal", "goal", "indicator", "agenda_item", "meeting", "decision")
"""The kinds of things a comment or a link can be attached to."""
FILED = (*ABOUT, "milestone", "indicator_value")
"""The kinds of things a file can be attached to."""
MISSING = mark("Fant ikke det du vil ta bort. Kanskje er det allerede gjort.")
MOST_TAGS = 20


def comment_normal(comment: Comment) -> Comment:
    """Each who is mentioned stands once."""
    return replace(comment, mentions=tuple(dict.fromkeys(comment.mentions)))


def comment_flaws(comment: Comment, around: Around) -> Iterator[Told]:
    """A comment says something, and stays on its thing."""
    yield from _moved("comment", comment, around)
    if not comment.text:
        yield "text", _("Skriv en kommentar.")


def link_normal(link: Link) -> Link:
    """An address is written in one way; without a title it is called by its site."""
    try:
        address = texts.web_address(link.url, "")
    except BadInput:
        return link
    return replace(link, url=address, title=link.title or texts.host(address))


def link_flaws(link: Link, around: Around) -> Iterator[Told]:
    """A link leads to the web (http and https, see `texts.web_address`), and stays on its thing."""
    yield from _moved("link", link, around)
    try:
        texts.web_address(link.url, "")
    except BadInput as refusal:
        yield "url", str(refusal)


def attachment_flaws(file: Attachment, around: Around) -> Iterator[Told]:
    """A file stays the one it was, on its thing, and is there once; only what it is called may be another."""
    yield from _moved("attachment", file, around)
    standing = around.thing("attachment", file.key)
    kept = ("sha256", "format", "size")
    if standing and any(getattr(standing, name) != getattr(file, name) for name in kept):
        yield "sha256", _("En fil byttes ikke ut. Ta den bort, og legg ved den nye.")
    if not attachments.is_name(file.sha256) or not 0 < file.size <= attachments.LIMIT:
        yield "sha256", _("Fila er ikke kontrollert, og kan ikke legges ved.")
    if not file.title:
        yield "title", _("Skriv hva fila er.")
    for other in around.all("attachment", thing=file.thing, sha256=file.sha256):
        if other.key != file.key:
            yield "sha256", _("Den samme fila ligger her allerede, som «{title}».").format(title=other.title)


def tagging_normal(tagging: Tagging) -> Tagging:
    """Each tag stands once, whatever its case."""
    found = {texts.folded(tag): tag for tag in reversed(tagging.tags) if tag}
    return replace(tagging, tags=tuple(reversed(found.values())))


def tagging_flaws(tagging: Tagging, _around: Around) -> Iterator[Told]:
    """A measure has no more tags than anybody reads."""
    if len(tagging.tags) > MOST_TAGS:
        yield "tags", _("Et tiltak kan ha {n} stikkord.").format(n=MOST_TAGS)


def _moved(kind: str, note: Comment | Link | Attachment, around: Around) -> Iterator[Told]:
    there = around.thing(kind, note.key)
    if there and there.thing != note.thing:
        yield "thing", _("«{key}» hører til noe annet.").format(key=note.key)


def _attached(raw: Values, around: Around, kinds: Iterable[str] = ABOUT) -> Iterator[Told]:
    if "thing" not in raw:
        yield "", _(MISSING)
    elif not any(around.thing(kind, raw["thing"]) for kind in kinds):
        yield "", _(NO_THING).format(key=raw["thing"])
    for role in raw.get("mentions", ()):
        yield from in_plan("person", role, around, mark("Fant ikke rollen «{key}»."), "mentions")


def _may_attach(kind: str) -> Callable[[Actor, Values, Stored], None]:
    """Those who may report on a thing may attach to it, and take away what is attached."""

    def may(actor: Actor, raw: Values, around: Stored) -> None:
        standing = around.newest(kind, raw["key"]) or raw
        may_report(actor, _answered(standing.get("thing", ""), around), around)

    return may


def _answered(thing: str, around: Stored) -> str:
    """The measure somebody answers for a thing by: a milestone's, a value's, or the thing itself."""
    if milestone := around.thing("milestone", thing):
        return str(milestone.measure)
    value = around.thing("indicator_value", thing)
    indicator = around.thing("indicator", value.indicator) if value else None
    return str(indicator.belongs_to) if indicator else thing


def _may_comment(actor: Actor, raw: Values, around: Stored) -> None:
    """Whoever wrote a comment corrects it, nobody else."""
    _may_attach("comment")(actor, raw, around)
    is_said = raw.keys() - {"key"}
    if is_said and around.thing("comment", raw["key"]) and _wrote(raw["key"], around) != actor.name:
        raise NotAllowed(_("Bare den som skrev kommentaren, kan rette den."))


def _wrote(comment: str, around: Stored) -> str:
    t, c = tables.Comment.__table__.c, tables.Change.__table__.c
    first = (c.id == t.change_id) & (t.strategy == around.strategy) & (t.key == comment) & (t.version == 1)
    return str(around.session.execute(sa.select(c.actor).where(first)).scalar_one())


RULES: Mapping[str, Rules] = {
    "comment": Rules(
        MISSING,
        may=_may_comment,
        stands_on=_attached,
        normal=comment_normal,
        flaws=comment_flaws,
    ),
    "link": Rules(
        MISSING,
        may=_may_attach("link"),
        stands_on=_attached,
        begun=lambda raw, around: {"title": "", **last("link", "thing")(raw, around)},
        normal=link_normal,
        flaws=link_flaws,
    ),
    "attachment": Rules(
        MISSING,
        may=_may_attach("attachment"),
        stands_on=lambda raw, around: _attached(raw, around, FILED),
        begun=last("attachment", "thing"),
        flaws=attachment_flaws,
    ),
    "tagging": Rules(
        NO_MEASURE,
        stands_on=lambda raw, around: in_plan("measure", raw["key"], around, NO_MEASURE),
        normal=tagging_normal,
        flaws=tagging_flaws,
        is_nothing=lambda tagging: not tagging.tags,
    ),
}
