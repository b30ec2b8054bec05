"""One way to write: what is wanted is judged by the rules of its kind, and all of it is one change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from strategy import changes, tables, texts, things
from strategy.access import Actor
from strategy.errors import BadInput, Doubtful, NotFound, Several
from strategy.i18n import _
from strategy.record import saving
from strategy.record.around import Stored
from strategy.record.authority import NONE, Grounds, authorities, check_grounds
from strategy.record.by import By
from strategy.record.judging import Judged, judge, preview
from strategy.record.merging import UNCHOSEN, Choices
from strategy.record.rules import RULES
from strategy.record.saving import Saved
from strategy.record.wanted import Flaw, Preview, Wanted
from strategy.terms import Via


def save(by: By, wanted: Sequence[Wanted], *, reason: str = "", grounds: Grounds = NONE) -> Saved | None:
    """Do what `previewed` shows as one change, with one reason; None where all of it stands already.

    A deadline is moved on `grounds`, which a person at a page must give. What somebody else has saved since
    is merged with it, as `previewed` does.

    Each asks for the right its kind needs. Raises `Several` with every clash and flaw, `NotAllowed`, and
    `BadInput` for the reason.
    """
    around = Stored.of(by)
    found = _judged(by.actor, wanted, around)
    shown = preview(found)
    if not shown.is_clear:
        raise Several(_in_the_way(shown), shown.clashes, shown.flaws)
    reason = texts.clean(reason, texts.PARAGRAPH, _("Begrunnelse"))
    return _written(by, found, around, grounds, reason=reason) if shown.edits else None


def save_one(
    by: By, wanted: Wanted, *also: Wanted, grounds: Grounds = NONE, choices: Choices = UNCHOSEN
) -> Saved:
    """Do one edit, as `save` does, and say what stands where it is the very same, as after a second click.

    What is wanted `also` is part of the same change; `choices` as in `previewed`. Raises what is wrong as
    itself: `NotAllowed`, `NotFound`, `BadInput` with the field's name, `Conflict` with what stands and every
    clash.
    """
    around = Stored.of(by)
    found = _judged(by.actor, (wanted, *also), around, choices)
    for flaw in (flaw for judged in found for flaw in judged.flaws):
        _refuse(flaw)
    standing = around.newest(*wanted.ident)
    if _is_again(wanted, found[0], standing):
        return _stands(by.session, wanted.key, standing, by.now)
    if wanted.retired and not found[0].before:
        raise NotFound(_(RULES[wanted.kind].missing).format(key=wanted.key))
    for judged in (each for each in found if each.collides):
        ident = judged.wanted.ident
        raise saving.conflict(ident[1], around.newest(*ident), judged.clashes)
    reason = texts.clean(wanted.reason or "", texts.PARAGRAPH, _("Begrunnelse"))
    return _written(by, found, around, grounds, reason=reason)


def _judged(
    actor: Actor, wanted: Sequence[Wanted], around: Stored, choices: Choices = UNCHOSEN
) -> tuple[Judged, ...]:
    """Each as it would be. Raises `NotAllowed` before anything is said of it."""
    for each in wanted:
        if rules := RULES.get(each.kind):
            rules.may(actor, {**each.fields, "key": each.key, **rules.named(each.key)}, around)
    return judge(wanted, around, choices)


def _written(by: By, found: Sequence[Judged], around: Stored, grounds: Grounds, *, reason: str) -> Saved:
    """Append what would change, with what permits it, as one change."""
    edits = [each.edit for each in found if each.edit]
    if by.via is Via.PAGE:
        check_grounds(edits, grounds)
    permits = authorities(around.session, around.strategy, edits, grounds, aims=True)
    rows = [_row(around, each) for each in found if each.edit]
    change = changes.append(
        around.session, by.actor, [*rows, *permits], via=by.via, reason=reason, now=by.now
    )
    left_out = tuple(flaw.sentence for each in found for flaw in each.left_out)
    return Saved(rows[0].key, rows[0].version, change.id, by.now, left_out=left_out)


def _is_again(wanted: Wanted, judged: Judged, standing: Any) -> bool:
    """Whether the very same stands there; what is said anew does so only after a second click."""
    clicked_twice = standing is not None and standing["version"] == wanted.base_version + 1
    if wanted.retired and judged.before is None:
        return clicked_twice
    return judged.before == judged.after and (clicked_twice if wanted.anew else not judged.collides)


def _stands(session: Session, key: str, standing: Any, now: datetime) -> Saved:
    if standing is None:  # nothing was said where nothing stood
        return Saved(key, 0, changes.newest(session), now, again=True)
    moment = saving.recorded_at(session, standing["change_id"])
    return Saved(key, standing["version"], standing["change_id"], moment, again=True)


def _row(around: Stored, judged: Judged) -> tables.Versioned:
    """The next version; what was taken out earlier goes on where it stopped."""
    kind, key = judged.wanted.ident
    table, version = tables.VERSIONED[kind], judged.version
    if not version and (gone := around.newest(kind, key)):
        version = gone["version"]
    said = judged.before if judged.after is None else judged.after
    return table(
        strategy=around.strategy,
        key=key,
        version=version + 1,
        change_id=0,
        retired=judged.after is None,
        **(said or {}),
    )


def _refuse(flaw: Flaw) -> None:
    shape = things.shapes(flaw.kind).get(flaw.field)
    if flaw.is_missing:
        raise NotFound(flaw.sentence)
    kind = Doubtful if flaw.is_doubt else BadInput
    raise kind(flaw.sentence, shape.refused if shape else things.KINDS[flaw.kind].label, flaw.field)


def _in_the_way(found: Preview) -> str:
    """What stands in the way, in one sentence and the first of it."""
    said = [_("Ingenting er lagret.")]
    if found.clashes:
        keys = ", ".join(dict.fromkeys(each.key for each in found.clashes))
        said.append(_("Noen andre har lagret {keys} siden du begynte.").format(keys=keys))
    said += [f"{flaw.key}: {flaw.sentence}" for flaw in found.flaws]
    return "\n".join(said)
