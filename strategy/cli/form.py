"""What the command line says of a filled-in form."""

from collections.abc import Iterable, Iterator
from typing import Any

from strategy import wording
from strategy.changes import Action, Edit
from strategy.i18n import _, plural
from strategy.record import Clash, Saved
from strategy.snapshot import Snapshot
from strategy.workbook import CellChange, Preview, Problem


def facts(found: Preview, saved: Saved | None) -> dict[str, Any]:
    """A form and what came of it, as facts."""
    return {
        "changes": [_change(change) for change in found.changes],
        "follows": [_change(change) for change in found.follows],
        "conflicts": [_clash(clash) for clash in found.clashes],
        "problems": _problems(in_the_way(found)),
        "unread": _problems(found.unread),
        "skipped": _problems(found.skipped),
        "change": saved and saved.change_id,
    }


def _problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    return [{"cell": each.place, "message": each.message} for each in found]


def lines(found: Preview, plan: Snapshot) -> Iterator[str]:
    """Every change, thing by thing: the cell, the field, from what and to what."""
    for (kind, key), these in found.things.items():
        yield "~ " + wording.thing(Edit(kind, key, Action.CHANGED, ()), plan)
        for change in these:
            said = f"{wording.said(change.before)} → {wording.said(change.after)}"
            place = change.place or _("følger av det")
            yield f"    {wording.field(kind, change.field)}: {said}  ({place})".replace("\n", "\n        ")


def said_of(found: Preview) -> Iterator[str]:
    """All that is told of the cells, what is not read and what is left out with a word for it."""
    yield from (_("Ikke lest: {problem}").format(problem=each) for each in found.unread)
    yield from (_("Ikke tatt med: {problem}").format(problem=each) for each in found.skipped)
    yield from map(str, (*found.left_out, *in_the_way(found)))


def in_the_way(found: Preview) -> list[Problem]:
    """All that must be mended or chosen before the form can be saved, each with its cell."""
    said = list(found.problems)
    for word in found.unknown:
        words = ", ".join(word.options.values())
        form = _("«{word}» er ikke i lista. Velg et av ordene {words}.")
        said += [Problem(place, form.format(word=word.text, words=words)) for place in word.places]
    form = _(
        "også endret av andre siden skjemaet ble laget. Det var «{base}», er nå «{theirs}», og i skjemaet "
        "står «{ours}». Velg på siden Excel-skjema."
    )
    for clash in found.clashes:
        sides = {side: wording.said(getattr(clash, side)) for side in ("base", "theirs", "ours")}
        said.append(Problem(clash.place, form.format(**sides)))
    form = _("{question} Er det riktig, legg til --sure {cell}.")
    said += [
        Problem(each.place, form.format(question=each.sentence, cell=each.place))
        for each in found.questions
        if not each.sure
    ]
    return said


def outcome(found: Preview, saved: Saved | None, *, yes: bool) -> str:
    """What it came to, and what to do now."""
    if not found.is_clear:
        return _("Ingenting er lagret.")
    if saved:
        return _("Lagret som endring {n}.").format(n=saved.change_id)
    if (yes or not found.changes) and found.unread:
        return _("Ingenting å endre, men det står noe i fila som ikke er lest.")
    if yes or not found.changes:
        return _("Ingenting å endre.")
    count = plural("{n} endring", "{n} endringer", len(found.changes))
    return _("{count}. Ingenting er lagret; legg til --yes for å lagre.").format(count=count)


def _change(change: CellChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "key": change.key,
        "field": change.field,
        "from": change.before,
        "to": change.after,
        "cell": change.place,
    }


def _clash(clash: Clash) -> dict[str, Any]:
    return {
        "kind": clash.kind,
        "key": clash.key,
        "field": clash.field,
        "base": clash.base,
        "theirs": clash.theirs,
        "ours": clash.ours,
        "cell": clash.place,
    }
