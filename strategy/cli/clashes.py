"""What the command line says of what both the plan file and the app have changed, and how one chooses."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from strategy import things, wording
from strategy.cli import usage
from strategy.i18n import _
from strategy.record import OURS, THEIRS, Choices, Clash

ALL = "all"


def choices(found: Sequence[Clash], mine: Iterable[str] | None, theirs: Iterable[str] | None) -> Choices:
    """What `--mine` and `--theirs` choose, by the clash's name; what is named goes before `all`."""
    asked = {
        (option, word): side
        for option, side, words in (("--mine", OURS, mine or ()), ("--theirs", THEIRS, theirs or ()))
        for word in words
    }
    said = {_name(clash) for clash in found}
    for option, word in asked:
        if word not in (ALL, *said):
            form = _("«{word}» er ikke endret begge steder. Velg blant {words}.")
            usage.refuse(form.format(word=word, words=", ".join((*sorted(said), ALL))), option)
    return {clash.name: _chosen(clash, asked) for clash in found}


def lines(waiting: Sequence[Clash]) -> Iterator[str]:
    """Each clash with all its sides, and how one chooses."""
    if not waiting:
        return
    yield _("Endret både i fila og i løsningen siden fila ble lest inn sist:")
    for clash in waiting:
        field = f", {wording.field(clash.kind, clash.field)}" if clash.field else ""
        yield f"  {things.KINDS[clash.kind].label} {clash.key}{field} ({_name(clash)})"
        for word, side in (
            (_("før"), clash.base),
            (_("i løsningen"), clash.theirs),
            (_("i fila"), clash.ours),
        ):
            yield f"    {word}: {_said(clash, side)}".replace("\n", "\n      ")
    yield _(
        "Velg med «--mine {name}» (fila) eller «--theirs {name}» (løsningen); «all» gjelder alle."
    ).format(name=_name(waiting[0]))


def facts(found: Iterable[Clash]) -> list[dict[str, Any]]:
    """The clashes as facts; `name` is what one chooses by."""
    return [
        {
            "kind": c.kind,
            "key": c.key,
            "field": c.field,
            "base": c.base,
            "theirs": c.theirs,
            "ours": c.ours,
            "name": _name(c),
        }
        for c in found
    ]


def _name(clash: Clash) -> str:
    return f"{clash.key}:{clash.field}" if clash.field else clash.key


def _said(clash: Clash, side: Any) -> str:
    if clash.field:
        return wording.said(side)
    return (
        _("tatt ut")
        if side is None
        else "; ".join(
            f"{wording.field(clash.kind, name)}: {wording.said(value)}" for name, value in side.items()
        )
    )


def _chosen(clash: Clash, asked: dict[tuple[str, str], str]) -> str:
    by_word = {word: side for (_option, word), side in asked.items()}
    return by_word.get(_name(clash), by_word.get(ALL, ""))
