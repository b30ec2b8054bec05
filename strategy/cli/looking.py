"""The commands that find and show what is written in the plan."""

from typing import Annotated

from strategy import dates, searching, wording
from strategy.cli import kinds, output, usage
from strategy.cli.commands import AsJson, Of, Url, _argument, _command, _opened, _option, _settings
from strategy.errors import NotFound
from strategy.i18n import _, mark
from strategy.snapshot import Snapshot


@_command(
    "search",
    mark(
        "Søker i alt som er skrevet: mål, tiltak, milepæler, rapporter, indikatorer, målinger, saker, "
        "vedtak, spørsmål og svar. Ordene kan stå i hvilken som helst rekkefølge."
    ),
    "search okte midler",
    "search vedtak kulturarena --json",
)
def search(
    words: Annotated[list[str], _argument("ORD", mark("Ett eller flere ord; alle må finnes."))],
    most: Annotated[
        str, _option("--most", "ANTALL", mark("Hvor mange treff som vises, høyst 1000. Ellers 20."))
    ] = "20",
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    asked = " ".join(words)
    count = usage.whole(most, "--most", digits=4)
    with _opened(_settings(url)).reading() as session:
        plan = kinds.newest(session, strategy)
        found = searching.read(session, plan).find(asked)
    hits = [searching.hit(entry, plan, found.words) for entry in found.entries[:count]]
    if as_json:
        told = [searching.facts(each) for each in hits]
        output.facts({"total": found.total, "missing": found.missing, "hits": told})
        return 0
    for each in hits:
        said = " ".join(f"{each.field}: {each.said}".split()) if each.excerpt else ""
        print("\n    ".join(filter(None, (_headed(each), said, searching.path(each.place)))))
    print(f"{searching.sentence(found, asked)}.")
    return 0


@_command(
    "show",
    mark("Viser alt som står på en nøkkel, som et tiltak og alle rapportene på det. «search» finner nøkler."),
    "show 1.2.1",
    "show vedtak-4 --json",
)
def show(
    key: Annotated[str, _argument("NØKKEL", mark("Nøkkelen, som 1.2.1, vedtak-4 eller sak-12."))],
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    with _opened(_settings(url)).reading() as session:
        plan = kinds.newest(session, strategy)
        found = searching.of_key(searching.everything(session, plan), key)
    if not found:
        said = _("Fant ikke «{key}» i planen. Finn nøkkelen med «{program} search».")
        raise NotFound(said.format(key=key, program=usage.PROGRAM))
    if as_json:
        output.facts([searching.thing_facts(each, plan) for each in found])
        return 0
    print("\n".join(_whole(each, plan) for each in found))
    return 0


def _headed(found: searching.Hit) -> str:
    """What it is, and its day."""
    return f"{dates.day(found.day)}  {found.label} {found.key}: {found.name}"


def _whole(entry: searching.Entry, plan: Snapshot) -> str:
    """A thing with all it says, field by field, and where it is read."""
    shown = searching.hit(entry, plan, ())
    said = [
        f"{wording.field(entry.kind, name)}: {told}".replace("\n", "\n        ")
        for name, value in entry.fields.items()
        if (told := wording.said(value)) != wording.NOTHING
    ]
    return "\n    ".join((_headed(shown), *said, searching.path(shown.place)))
