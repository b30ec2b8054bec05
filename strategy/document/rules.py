"""What must fit together in a plan: keys used once, people that are known, dates in order.

The rules read the nodes and not the finished document, so that what they find is told together with all else
that is wrong; a value of the wrong shape is left to the schema to refuse.
"""

from collections.abc import Iterable
from decimal import Decimal

from strategy import dates
from strategy.document import values
from strategy.document.nodes import Node, Shape
from strategy.document.problem import Problems, did_you_mean, guess, shortened
from strategy.i18n import _
from strategy.terms import Direction
from strategy.things.plan import no_way


def check(root: Node, found: Problems) -> None:
    """Tell every place where the parts of the plan contradict each other."""
    goals = _items(root, "goals")
    subgoals = [child for goal in goals for child in _items(goal, "subgoals")]
    measures = [child for owner in (*goals, *subgoals) for child in _items(owner, "measures")]
    indicators = [child for owner in (*goals, *subgoals, *measures) for child in _items(owner, "indicators")]
    people = _items(root, "people")
    message = _("Nøkkelen «{key}» er brukt to ganger (først på linje {line}).")
    hint = _("Gi den ene en ny nøkkel. Hver nøkkel kan brukes bare én gang.")
    for things in (_items(root, "sections"), people, [*goals, *subgoals, *measures], indicators):
        _unique(things, "key", found, message, hint)
    strategy = root.fields.get("strategy")
    _in_order(strategy, "start", "end", found, _("Siste dag ligger før første dag."))
    for measure in measures:
        _measure(measure, strategy, found)
    _merged(measures, found)
    _people(measures, people, found)
    for indicator in indicators:
        _indicator(indicator, found)


def _measure(measure: Node, strategy: Node | None, found: Problems) -> None:
    _in_order(measure, "start", "due", found, _("Fristen ligger før starten på tiltaket."))
    first, last = values.day_of(_field(strategy, "start")), values.day_of(_field(strategy, "end"))
    if not first or not last or last < first:
        return
    for name, word in (("start", _("Starten")), ("due", _("Fristen"))):
        node = _field(measure, name)
        day = values.day_of(node)
        if node and day and not first <= day <= last:
            message = _("{what} {day} ligger utenfor strategiperioden.").format(
                what=word, day=day.isoformat()
            )
            hint = _("Velg en dato fra {first} til {last}.")
            found.add(node, message, hint.format(first=first.isoformat(), last=last.isoformat()))


def _merged(measures: list[Node], found: Problems) -> None:
    """What a measure was merged with is out of the plan."""
    there = {key.text for measure in measures if (key := _field(measure, "key"))}
    message = _("Tiltaket «{key}» står i planen, og er ikke slått sammen med et annet.")
    for measure in measures:
        node = _field(measure, "merged_from")
        if node and node.text in there:
            hint = _("Ta det ut, eller ta bort linja.")
            found.add(node, message.format(key=shortened(node.text)), hint)


def _people(measures: list[Node], people: list[Node], found: Problems) -> None:
    known = {key.text: _text(person, "title") for person in people if (key := _field(person, "key"))}
    by_title = {title.casefold(): key for key, title in known.items() if title}
    message = _("Rollen «{key}» står to ganger på tiltaket (først på linje {line}).")
    for measure in measures:
        shares = _items(measure, "responsible")
        _unique(shares, "person", found, message, _("Behold bare én av linjene."))
        for share in shares:
            _in_order(
                share, "since", "until", found, _("Ansvaret er slutt før det begynner."), may_equal=False
            )
            person = _field(share, "person")
            if person and person.text and not person.broken and person.text not in known:
                _unknown_person(person, known, by_title, found)


def _unknown_person(node: Node, known: dict[str, str], by_title: dict[str, str], found: Problems) -> None:
    if found.is_full:
        found.skip()
        return
    near = guess(node.text, list(known)[:_COMPARED] + list(by_title)[:_COMPARED])
    message = _("Rollen «{person}» finnes ikke under «people».").format(person=shortened(node.text))
    add = _("Legg den til under «people», eller skriv en nøkkel som står der.")
    found.add(node, message, did_you_mean(by_title.get(near, near)) or add)


def _indicator(indicator: Node, found: Problems) -> None:
    targets = _items(indicator, "targets")
    _unique(
        targets,
        "due",
        found,
        _("Datoen {key} har to måltall (først på linje {line})."),
        _("Behold bare ett måltall for hver dato."),
    )
    band = _field(indicator, "band")
    if band and (_number(band) or 0) < 0:
        found.add(band, _("Slingringsmonnet kan ikke være mindre enn null."), _("Skriv for eksempel 2."))
    _band_fits(indicator, band, found)
    _leads_on(indicator, targets, found)
    begins = values.day_of(_field(indicator, "baseline_on"))
    for target in targets:
        due = _field(target, "due")
        day = values.day_of(due)
        if due and begins and day and day <= begins:
            found.add(due, _("Måltallet ligger ikke etter nullpunktet."), _("Velg en senere dato."))


def _band_fits(indicator: Node, band: Node | None, found: Problems) -> None:
    """Of whole things there is no half one to spare."""
    spare = _number(band) if band else None
    if band and spare is not None and 0 < spare < 1 and dates.is_count(_text(indicator, "unit")):
        message = _("Slingringsmonnet {band} er mindre enn én, men det telles i hele.")
        hint = _("Skriv 1 eller mer, eller 0 når måltallet må treffes.")
        found.add(band, message.format(band=dates.number(spare)), hint)


def _leads_on(indicator: Node, targets: list[Node], found: Problems) -> None:
    """The last target is on the right side of the baseline; the same number asks that it is kept."""
    counted = [target for target in targets if _text(target, "example") != "true"]
    dated = [(day, target) for target in counted if (day := values.day_of(_field(target, "due")))]
    last = max(dated, key=lambda pair: pair[0])[1] if dated else None
    baseline, aim = _field(indicator, "baseline"), _field(last, "value")
    direction = _text(indicator, "direction")
    if not baseline or not aim or direction not in list(Direction):
        return
    start, end = _number(baseline), _number(aim)
    if start is not None and end is not None and not Direction(direction).leads(start, end):
        hint = _("Rett det ene, eller skriv «hold» som retning hvis nivået skal holdes.")
        tell = found.note if start == end else found.add
        tell(aim, no_way(Direction(direction), start, end), hint)


def _unique(things: Iterable[Node], name: str, found: Problems, message: str, hint: str) -> None:
    first: dict[str, int] = {}
    for thing in things:
        node = _field(thing, name)
        if node is None or not node.text:
            continue
        if node.text in first:
            found.add(node, message.format(key=shortened(node.text), line=first[node.text]), hint)
        first.setdefault(node.text, node.line)


def _in_order(
    group: Node | None, earlier: str, later: str, found: Problems, message: str, *, may_equal: bool = True
) -> None:
    first, node = values.day_of(_field(group, earlier)), _field(group, later)
    last = values.day_of(node)
    if node and first and last and (last < first or (last == first and not may_equal)):
        after = _("Velg en dato etter {day}.").format(day=first.isoformat())
        found.add(node, message, after)


def _items(node: Node, name: str) -> list[Node]:
    found = node.fields.get(name)
    return [item for item in found.items if item.shape is Shape.FIELDS] if found else []


def _field(node: Node | None, name: str) -> Node | None:
    found = node.fields.get(name) if node else None
    return found if found and found.shape is Shape.SCALAR else None


def _text(node: Node, name: str) -> str:
    found = _field(node, name)
    return found.text.strip() if found else ""


def _number(node: Node) -> Decimal | None:
    return Decimal(node.text) if values.is_number(node.text) else None


_COMPARED = 200
"""How many roles a misspelt one is compared with; bounds the time."""
