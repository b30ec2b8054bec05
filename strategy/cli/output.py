"""What the command line prints and writes: facts as JSON, a comparison line by line, whole files."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from strategy import dates, sync, texts, things, unfinished, wording
from strategy.changes import Action, Edit, FieldChange
from strategy.cli import clashes
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.sync import Changeset
from strategy.terms import Assessment

_CONTEXT = 30
_HAPPENED = {
    Action.ADDED: mark("+ {thing} lagt til"),
    Action.CHANGED: mark("~ {thing} endret"),
    Action.RETIRED: mark("- {thing} tatt ut"),
}
_UNREADABLE = {"→": "->", "−": "-", "≤": "<=", "≥": ">="} | {each.mark: each.typed for each in Assessment}


def closest(error: UnicodeError) -> tuple[str, int]:
    """Write what a console's code page lacks as near as it comes; a codec error handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_UNREADABLE.get(c, "?") for c in missing), error.end


def facts(found: Any) -> None:
    """Print `found` as one line of JSON, in ASCII: a Windows pipe is not UTF-8."""
    print(json.dumps(found, default=_plain))


def comparison(changeset: Changeset) -> dict[str, Any]:
    """What a load does, as facts."""
    found = {action.value: [_edit(edit) for edit in changeset.of(action)] for action in Action}
    return {**found, "clashes": clashes.facts(changeset.clashes), "beside": list(changeset.beside)}


def lines(changeset: Changeset, *, counted: bool = False) -> Iterator[str]:
    """What a load does, thing by thing, with each text word by word; or only how many there are of each."""
    if not counted:
        yield from steps(changeset.edits)
    if changeset.edits:
        counts = {action.value: dates.number(len(changeset.of(action))) for action in Action}
        yield _("{added} lagt til, {changed} endret, {retired} tatt ut.").format(**counts)


def steps(edits: Iterable[Edit]) -> Iterator[str]:
    """Each thing that changes on a line, below it each of its fields before and after."""
    for edit in edits:
        thing = f"{things.KINDS[edit.kind].label} {edit.key}"
        yield _(_HAPPENED[edit.action]).format(thing=thing) + _name(edit)
        if edit.action is Action.CHANGED:
            yield from (
                f"    {wording.field(edit.kind, field.field)}: {_moved(field)}"
                for field in wording.told(edit)
            )


def altered(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """Each thing that changes, as facts."""
    return [{**_edit(edit), "action": edit.action} for edit in edits]


def deliver(content: bytes, out: Path | None) -> None:
    """Write `content` to the file, whole or not at all, or to standard output as it is."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        _write_whole(out, content)
    except OSError as error:
        said = _("Kan ikke skrive {file}: {why}.").format(file=out, why=texts.why(error))
        raise BadInput(said, "--out") from None


def _write_whole(out: Path, content: bytes) -> None:
    with unfinished.draft(out.parent) as draft:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, out)


def _edit(edit: Edit) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": edit.kind, "key": edit.key}
    if edit.action is Action.CHANGED:
        found["fields"] = [{"field": f.field, "from": f.before, "to": f.after} for f in edit.fields]
    return found


def _name(edit: Edit) -> str:
    """The thing's own name or text after a colon, where it has one that just came or went."""
    for field in ("name", "title", "text"):
        change = edit.field(field)
        if change and edit.action is not Action.CHANGED:
            return f": {change.before or change.after}"
    return ""


def _moved(field: FieldChange) -> str:
    before, after = wording.said(field.before), wording.said(field.after)
    if field.before and field.after and isinstance(field.after, str | list):
        return "".join(_worded(before, after)).replace("\n", "\n        ")
    return f"{before} → {after}"


def _worded(before: str, after: str) -> Iterator[str]:
    """The text with its changes in brackets; long stretches that stand are cut short."""
    last = ""
    for sign, text in [*sync.words(before, after), ("", "")]:
        if last and sign == "+":
            yield f"[{last} → {text}]"
        else:
            yield _bracketed("–", last) if last else ""
            yield _bracketed("+", text) if sign == "+" else _short(text) if sign == " " else ""
        last = text if sign == "-" else ""


def _bracketed(sign: str, text: str) -> str:
    """The words alone in brackets, the spaces round them outside."""
    core = text.strip()
    head, _core, tail = text.partition(core) if core else ("", "", "")
    return f"{head}[{sign} {core}]{tail}"


def _short(text: str) -> str:
    return text if len(text) <= 3 * _CONTEXT else f"{text[:_CONTEXT]} … {text[-_CONTEXT:]}"


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)
