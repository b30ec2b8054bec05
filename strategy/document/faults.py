"""What does not fit the schema, put into words: where, what is wrong, and what to write instead."""

from typing import Any

from pydantic import ValidationError

from strategy import dates
from strategy.document import values
from strategy.document.nodes import Node, Shape
from strategy.document.problem import Problems, did_you_mean, guess, shortened
from strategy.document.schema import GROUPS, Document
from strategy.errors import BadInput
from strategy.i18n import _, mark
from strategy.terms import Term

Loc = tuple[int | str, ...]


def check(root: Node, found: Problems) -> Document | None:
    """The document, or None and every way in which it does not fit."""
    if root.shape is not Shape.FIELDS:
        if not root.broken:
            found.add(root, _("Fila må bestå av felt."), _("Begynn med «strategy:» på en linje for seg."))
        return None
    _leave_out_weights(root, found)
    try:
        return Document.model_validate(_plain(root))
    except ValidationError as error:
        _tell_all(root, (), error, found)
        return None


def _leave_out_weights(node: Node, found: Problems) -> None:
    """Take the weights of older files out, and say so: progress is counted in milestones."""
    for name in ("goals", "subgoals", "measures"):
        for thing in node.fields[name].items if name in node.fields else ():
            if "weight" in thing.fields:
                del thing.fields["weight"]
                said = _("«weight» teller ikke lenger. Framdrift telles i milepæler.")
                found.note(thing.keys["weight"], said, _("Linja kan slettes."))
            _leave_out_weights(thing, found)


def _tell_all(root: Node, place: Loc, error: ValidationError, found: Problems) -> None:
    for fault in error.errors(include_url=False, include_input=False):
        _tell(root, fault["type"], (*place, *fault["loc"]), fault.get("ctx", {}), found)


def _plain(node: Node) -> Any:
    """The tree as dictionaries and lists; a scalar stays the node it is, which knows how it was written."""
    if node.shape is Shape.FIELDS:
        return {name: _plain(value) for name, value in node.fields.items()}
    if node.shape is Shape.LIST:
        return [_plain(item) for item in node.items]
    return node


def _tell(root: Node, code: str, loc: Loc, context: dict[str, Any], found: Problems) -> None:
    if found.is_full:
        found.skip()
        return
    if code in ("missing", "extra_forbidden"):
        group, name = _node_at(root, loc[:-1]), str(loc[-1])
        if not group.broken and code == "missing":
            found.add(group, *_missing(group, _owner(loc), name))
        elif not group.broken:
            found.add(group.keys[name], *_unknown(_owner(loc), name))
            _within(root, loc, found)
        return
    node = _node_at(root, loc)
    if not node.broken:
        found.add(node, *_words(code, node, context))


def _within(root: Node, loc: Loc, found: Problems) -> None:
    """Tell also what is wrong inside a part that stands where it cannot, so that it is moved only once."""
    node, group = _node_at(root, loc), GROUPS.get(str(loc[-1]))
    parts = [((*loc, number), item) for number, item in enumerate(node.items)] or [(loc, node)]
    for place, part in parts:
        try:
            if group and part.shape is Shape.FIELDS:
                group.model_validate(_plain(part))
        except ValidationError as error:
            _tell_all(root, place, error, found)


def _node_at(root: Node, loc: Loc) -> Node:
    node = root
    for step in loc:
        node = node.items[step] if isinstance(step, int) else node.fields[step]
    return node


def _owner(loc: Loc) -> str:
    """The field whose group of fields the last step of `loc` stands in."""
    return next((step for step in reversed(loc[:-1]) if isinstance(step, str)), "")


def _missing(node: Node, owner: str, name: str) -> tuple[str, str]:
    key = node.fields.get("key")
    message = _("{thing} mangler feltet «{field}».").format(thing=_thing(owner, key), field=name)
    what = GROUPS[owner].model_fields[name].description or ""
    return message, _("Legg til linja «{field}: …». {what}").format(field=name, what=what)


def _unknown(owner: str, name: str) -> tuple[str, str]:
    if owner == "goals" and name == "measures":
        return (
            _("Tiltak kan ikke stå rett under et hovedmål."),
            _("Legg dem i «measures» under et delmål i «subgoals»."),
        )
    message = _("Feltet «{field}» finnes ikke her.").format(field=shortened(name))
    known = list(GROUPS[owner].model_fields)
    meant = guess(name, known) or next((n for n in known if name.casefold() in _NORWEGIAN.get(n, ())), "")
    if meant:
        return message, did_you_mean(meant)
    homes = [_thing(field) for field, model in GROUPS.items() if name in model.model_fields]
    if homes:
        return message, _("Feltet hører hjemme i: {things}.").format(things=", ".join(homes).lower())
    return message, _("Feltene her er: {fields}.").format(fields=", ".join(known))


def _thing(owner: str, key: Node | None = None) -> str:
    name = {
        "": _("Fila"),
        "strategy": _("Strategien"),
        "sections": _("Avsnittet"),
        "points": _("Punktet"),
        "notes": _("Merknaden"),
        "people": _("Rollen"),
        "goals": _("Hovedmålet"),
        "subgoals": _("Delmålet"),
        "measures": _("Tiltaket"),
        "responsible": _("Ansvaret"),
        "indicators": _("Indikatoren"),
        "targets": _("Måltallet"),
    }[owner]
    return f"{name} «{shortened(key.text)}»" if key and key.text and owner else name


def _words(code: str, node: Node, context: dict[str, Any]) -> tuple[str, str]:
    match code:
        case "flaw":
            return context["flaw"][:1].upper() + context["flaw"][1:], ""
        case "surprise":
            return _surprise(shortened(node.text))
        case "key":
            return _key(shortened(node.text))
        case "number":
            return _number(node)
        case "whole":
            return _whole(shortened(node.text))
        case "day":
            return _day(node)
        case "flag":
            return _flag(node)
        case "word":
            return _word(node, context["of"])
    message, hint = _FIXED.get(code, _FIXED["other"])
    return _(message), _(hint)


def _surprise(text: str) -> tuple[str, str]:
    message = _("«{text}» uten anførselstegn kan bli lest som noe annet enn tekst.").format(text=text)
    return message, _('Skriv "{text}" i anførselstegn.').format(text=text)


def _key(text: str) -> tuple[str, str]:
    hint = _("Bruk bare bokstaver, tall, punktum, bindestrek og understrek, høyst {n} tegn.")
    return _("«{text}» kan ikke være en nøkkel.").format(text=text), hint.format(n=values.MAX_KEY)


def _number(node: Node) -> tuple[str, str]:
    message = _("«{text}» er ikke et tall her.").format(text=shortened(node.text))
    if not node.plain and values.is_number(node.text):
        return message, _("Skriv {number} uten anførselstegn.").format(number=node.text)
    try:
        meant = f"{dates.parse_number(node.text):f}"
    except BadInput:
        meant = ""
    if values.is_number(meant):
        comma = _("Skriv {number}, med punktum foran desimalene.")
        return message, (comma if "," in node.text else _("Skriv {number}.")).format(number=meant)
    return message, _("Skriv et vanlig tall, for eksempel 2 eller 0.5.")


def _whole(text: str) -> tuple[str, str]:
    hint = _("Skriv høyst ni sifre, uten mellomrom, desimaler og anførselstegn, for eksempel 25000.")
    return _("«{text}» er ikke et helt tall her.").format(text=text), hint


def _day(node: Node) -> tuple[str, str]:
    text = shortened(node.text)
    if values.looks_like_day(node.text):
        hint = _("Kontroller dag, måned og år. Året må være fra 1900 til 2200.")
        return _("Datoen {text} finnes ikke.").format(text=text), hint
    message = _("«{text}» er ikke en dato.").format(text=text)
    try:
        return message, _("Skriv {day}.").format(day=dates.parse_day(node.text).isoformat())
    except BadInput:
        return message, _("Skriv år-måned-dag, for eksempel 2026-12-31.")


def _flag(node: Node) -> tuple[str, str]:
    message = _("Her kan det bare stå true (ja) eller false (nei).")
    written = node.text.strip().casefold()
    if meant := next((word for word, said in _YES_AND_NO.items() if written in said), ""):
        return message, _("Skriv {word} uten anførselstegn.").format(word=meant)
    return message, _("Skriv true eller false, eller slett linja.")


def _word(node: Node, of: type[Term]) -> tuple[str, str]:
    message = _("«{text}» er ikke et av ordene som kan stå her.").format(text=shortened(node.text))
    labels = {term.label.casefold(): str(term) for term in of}
    near = guess(node.text.strip(), [*(str(term) for term in of), *labels])
    choices = ", ".join(f"{term} ({term.label})" for term in of)
    hint = _("Velg mellom: {words}.").format(words=choices)
    return message, " ".join(part for part in (did_you_mean(labels.get(near, near)), hint) if part)


_LIST = (mark("Her skal det stå ei liste."), mark("Begynn hvert punkt på en ny linje med «- »."))
_FIXED = {
    "scalar": (
        mark("Her skal det stå én verdi, ikke flere."),
        mark("Skriv den på samme linje som feltet, etter kolon."),
    ),
    "model_type": (
        mark("Her skal det stå felt med innrykk under."),
        mark("Skriv hvert felt på sin egen linje: «felt: verdi»."),
    ),
    "tuple_type": _LIST,
    "empty": (mark("Feltet kan ikke stå tomt."), mark("Skriv innholdet etter kolon.")),
    "lines": (mark("Teksten skal stå på én linje."), mark("Ta bort linjeskiftene.")),
    "unquoted_lines": (
        mark("Teksten går over flere linjer uten anførselstegn."),
        mark("Sett hele teksten i anførselstegn. Er neste linje et nytt felt, kontroller innrykket."),
    ),
    "unquoted_comment": (
        mark("Det som står etter # her, blir ikke lest."),
        mark("Sett hele teksten i anførselstegn. Er det en merknad, skriv den på en egen linje."),
    ),
    "other": (mark("Verdien kan ikke brukes her."), mark("Sammenlign med docs/strategy-yaml.md.")),
}
"""Codes of `values` and of pydantic whose sentence is always the same."""

_YES_AND_NO = {
    "true": ("ja", "j", "yes", "y", "on", "på", "sant", "true", "1"),
    "false": ("nei", "n", "no", "off", "av", "usant", "false", "0"),
}

_NORWEGIAN = {
    "strategy": ("strategi",),
    "headings": ("overskrifter",),
    "sections": ("avsnitt",),
    "notes": ("merknader",),
    "people": ("personer", "roller", "folk"),
    "goals": ("hovedmål", "mål"),
    "subgoals": ("delmål",),
    "measures": ("tiltak",),
    "responsible": ("ansvarlig", "ansvarlige", "ansvar", "owner"),
    "indicators": ("indikator", "indikatorer"),
    "targets": ("måltall",),
    "key": ("id", "nøkkel"),
    "name": ("navn", "kortnavn"),
    "text": ("tekst",),
    "title": ("tittel", "rolle"),
    "heading": ("overskrift",),
    "points": ("punkter",),
    "printed": ("nummer", "trykt"),
    "kind": ("type", "slag"),
    "start": ("fra", "oppstart"),
    "end": ("til", "slutt"),
    "due": ("frist", "dato", "deadline"),
    "decided_by": ("vedtak", "vedtatt"),
    "person": ("rolle", "ansvarlig"),
    "since": ("fra",),
    "until": ("til",),
    "proposal": ("forslag",),
    "example": ("eksempel",),
    "unit": ("enhet",),
    "direction": ("retning",),
    "controllability": ("styrbarhet",),
    "frequency": ("frekvens", "hyppighet"),
    "method": ("metode", "målemetode"),
    "source": ("kilde", "datakilde"),
    "baseline": ("nullpunkt",),
    "value": ("verdi", "tall"),
    "vision": ("visjon",),
    "organisation": ("organisasjon", "organization"),
    "about": ("gjelder", "om"),
}
"""What a secretary may write before having learnt the English names of the fields."""
