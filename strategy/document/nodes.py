"""Strict YAML: bytes to a tree of nodes that know their place, with every surprise refused.

Only what a plan needs is let through: one UTF-8 document of fields, lists and scalars, of bounded size, depth
and count. No aliases, anchors, tags or merge keys, and no field twice. Scalars stay text: what they mean is
for the schema to say, so nothing is converted behind the author's back.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import yaml

from strategy import texts
from strategy.document.problem import Problems, shortened
from strategy.i18n import _

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
BYTES_PER_NODE = 12
"""A plan has one value for every twenty bytes or so; this bounds the memory."""


class Shape(Enum):
    SCALAR = auto()
    FIELDS = auto()
    LIST = auto()


@dataclass(slots=True, eq=False)
class Node:
    """A value in the file; `broken` where its problem is told already, `plain` where it has no quotes."""

    shape: Shape
    line: int
    column: int
    text: str = ""
    plain: bool = False
    broken: bool = False
    is_many_lines: bool = False
    has_comment: bool = False
    fields: dict[str, "Node"] = field(default_factory=lambda: _NO_FIELDS)
    keys: dict[str, "Node"] = field(default_factory=lambda: _NO_FIELDS)
    items: list["Node"] = field(default_factory=lambda: _NO_ITEMS)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written after the colon."""
        return self.shape is Shape.SCALAR and self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Spot:
    line: int
    column: int


class _TooMuch(Exception):
    """The rest of the file is not read; the problem is told."""


_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of office programs begin, the newer and the older."""


def decode(raw: bytes, limit: int, found: Problems) -> str | None:
    """The text of the file, or None where it cannot be trusted."""
    if len(raw) > limit:
        found.add(
            Spot(1, 1),
            _("Fila er på {size} byte, og grensen er {limit}.").format(size=len(raw), limit=limit),
            _("Kontroller at dette er planfila."),
        )
        return None
    if raw.startswith(_OFFICE):
        hint = _("Planen leses fra en tekstfil. Skriv av det som skal med, etter docs/strategy-yaml.md.")
        found.add(Spot(1, 1), _("Fila er fra Excel, Word eller et annet kontorprogram."), hint)
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        found.add(
            _spot(before, len(before)),
            _("Fila er ikke lagret som UTF-8."),
            _("Lagre den på nytt og velg tegnkodingen UTF-8."),
        )
        return None
    _hidden_characters(text, found)
    return None if found else text


def compose(text: str, found: Problems, *, bytes_per_node: int = BYTES_PER_NODE) -> Node | None:
    """The root of the document, or None where it could not be read to its end."""
    composer = _Composer(text, found, bytes_per_node)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except _TooMuch:
        return None
    except yaml.YAMLError as error:
        _syntax(error, text, composer.last, found)
        return None
    except (ValueError, OverflowError, RecursionError):
        found.add(Spot(1, 1), _("Fila kan ikke leses som YAML."), _("Sammenlign med docs/strategy-yaml.md."))
        return None
    return composer.root


def nothing() -> tuple[str, str]:
    """What to say of a file without content."""
    return _("Fila er tom."), _("Begynn med «strategy:» på en linje for seg.")


class _Composer:
    """Builds nodes from parser events without recursion, so no depth can exhaust the stack."""

    def __init__(self, text: str, found: Problems, bytes_per_node: int) -> None:
        self.text, self.found = text, found
        self.root: Node | None = None
        self.open: list[Node] = []
        self.pending: list[Node | None] = []
        self.left = max(10_000, len(text) // bytes_per_node)
        self.documents = 0
        self.last: yaml.ScalarEvent | None = None

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.pending.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event, _("Fila har flere dokumenter, skilt med «---»."), _("Behold bare ett."))

    def _node(self, event: yaml.NodeEvent) -> None:
        self.left -= 1
        if self.left < 0:
            self._stop(event, _("Fila har for mange verdier."), _("Kontroller at dette er planfila."))
        node = self._made(event)
        self._place(node)
        if node.shape is not Shape.SCALAR:
            self.open.append(node)
            self.pending.append(None)
            if len(self.open) > MAX_DEPTH:
                message = _("Innholdet er nøstet dypere enn {n} nivåer.").format(n=MAX_DEPTH)
                self._stop(event, message, _("Kontroller innrykket."))

    def _made(self, event: yaml.NodeEvent) -> Node:
        spot = _at(event.start_mark)
        line, column = spot.line, spot.column
        if isinstance(event, yaml.MappingStartEvent):
            node = Node(Shape.FIELDS, line, column, fields={}, keys={})
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Node(Shape.LIST, line, column, items=[])
        elif isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, line, column)
        else:
            node = Node(Shape.SCALAR, line, column, broken=True)
        self._refuse_shorthand(event, node)
        return node

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Node:
        self.last = event
        plain = not event.style
        end: Any = event.end_mark
        many = plain and bool(event.value) and end.line + 1 > line
        comment = plain and _COMMENT.match(self.text, end.index) is not None
        return Node(Shape.SCALAR, line, column, event.value, plain, False, many, comment)

    def _refuse_shorthand(self, event: yaml.NodeEvent, node: Node) -> None:
        name = shortened(event.anchor or "")
        if isinstance(event, yaml.AliasEvent):
            message = _("Henvisningen «*{name}» er ikke lov.").format(name=name)
            hint = _("Skriv innholdet helt ut. Skal teksten begynne med *, må den stå i anførselstegn.")
            self._refuse(node, message, hint)
        elif name:
            message = _("Merkelappen «&{name}» er ikke lov.").format(name=name)
            self._refuse(
                node, message, _("Slett den. Skal teksten begynne med &, må den stå i anførselstegn.")
            )
        if tag := getattr(event, "tag", None):
            name = shortened(tag.replace("tag:yaml.org,2002:", "!!"))
            message = _("Typemerket «{name}» er ikke lov.").format(name=name)
            self._refuse(
                node, message, _("Slett det. Skal teksten begynne med !, må den stå i anførselstegn.")
            )

    def _refuse(self, node: Node, message: str, hint: str) -> None:
        node.broken = True
        self.found.add(node, message, hint)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent, key = self.open[-1], self.pending[-1]
        if parent.shape is Shape.LIST:
            parent.items.append(node)
        elif key is None:
            self.pending[-1] = node
            self._check_key(node, parent)
        else:
            self.pending[-1] = None
            if not key.broken:
                parent.fields[key.text], parent.keys[key.text] = node, key

    def _check_key(self, key: Node, parent: Node) -> None:
        if key.broken:
            return
        if key.shape is not Shape.SCALAR or not key.text:
            self._refuse(key, _("Foran kolon skal det stå et feltnavn."), _("Skriv for eksempel «text: …»."))
        elif key.text == "<<":
            self._refuse(key, _("Innfletting med «<<» er ikke lov."), _("Skriv feltene helt ut."))
        elif first := parent.keys.get(key.text):
            message = _("Feltet «{field}» står to ganger (først på linje {line}).")
            message = message.format(field=shortened(key.text), line=first.line)
            self._refuse(key, message, _("Behold bare ett av dem."))

    def _stop(self, event: yaml.Event, message: str, hint: str) -> None:
        self.found.add(_at(event.start_mark), message, hint)
        raise _TooMuch


def _hidden_characters(text: str, found: Problems) -> None:
    """Find what is not seen, or not what it looks like, wherever it stands: it makes a line lie."""
    for hit in texts.HIDDEN.finditer(text):
        if found.is_full:
            found.skip()
        else:
            said = texts.hidden(text[max(0, hit.start() - 1) : hit.end()])
            found.add(_spot(text, hit.start()), _sentence(said))
    flaws = {c: texts.flaw(f"x{c}x", 9) for c in set(text) if not c.isprintable()}
    if not any(flaws.values()):
        return
    for number, line in enumerate(_BREAK.split(text), 1):
        for column, character in enumerate(line, 1):
            if flaw := flaws.get(character):
                found.add(Spot(number, column), _sentence(flaw))


def _sentence(flaw: str) -> str:
    return flaw[:1].upper() + flaw[1:]


def _syntax(error: yaml.YAMLError, text: str, last: yaml.ScalarEvent | None, found: Problems) -> None:
    """Say in plain words what the parser stumbled on; it cannot go on after this."""
    if _is_about_quotes(error, last, found):
        return
    problem, context = getattr(error, "problem", "") or "", getattr(error, "context", "") or ""
    mark = getattr(error, "problem_mark", None)
    if context in _BEGINS_AT_FAULT and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]
    spot = _at(mark) if mark else _spot(text, getattr(error, "position", 0))
    if problem == "found character that cannot start any token" and _character(text, mark) == "\t":
        problem = "tab"
    message, hint = next(
        (said for start, said in _syntax_words().items() if problem.startswith(start)),
        (_("Linja kan ikke leses."), _("Kontroller innrykk, kolon og anførselstegn her og på linja over.")),
    )
    found.add(spot, message, hint)


def _is_about_quotes(error: yaml.YAMLError, last: yaml.ScalarEvent | None, found: Problems) -> bool:
    """Blame the quoted text before the fault where it ended too early, or too late for want of its quote."""
    if last is None or last.style != '"' or getattr(error, "problem", "") != "did not find expected key":
        return False
    fault: Any = getattr(error, "problem_mark", None)
    start, end = _at(last.start_mark), _at(last.end_mark)
    inner = _('Inne i teksten skrives anførselstegn \\" eller «».')
    if start.line < end.line:
        message = _("Teksten som begynner her, slutter først på linje {line}.").format(line=end.line)
        found.add(start, message, f"{_('Mangler den anførselstegn til slutt?')} {inner}")
    elif fault and end.line == fault.line + 1:
        found.add(_at(fault), _("Det står noe etter det siste anførselstegnet."), inner)
    else:
        return False
    return True


def _syntax_words() -> dict[str, tuple[str, str]]:
    indent = _(
        "La linja begynne like langt inn som feltene den hører sammen med. "
        "Kontroller også at teksten på linja over er avsluttet."
    )
    first = _("Teksten kan ikke begynne med dette tegnet.")
    escape = (
        _("Skråstreken \\ foran dette tegnet betyr ingenting."),
        _("Skriv \\\\ for en vanlig omvendt skråstrek."),
    )
    quote = _('Sett hele teksten i anførselstegn: "…".')
    return {
        "tab": (_("Innrykket har en tabulator."), _("Bruk mellomrom i stedet.")),
        "mapping values are not allowed": (
            _("Kolon her kan ikke leses."),
            _("Tekst med kolon må stå i anførselstegn. Er dette et nytt felt, kontroller innrykket."),
        ),
        "found unexpected end of stream": (
            _("Teksten som begynner her, mangler anførselstegn til slutt."),
            _('Avslutt den med ".'),
        ),
        "found unexpected document indicator": (
            _("Teksten som begynner her, mangler anførselstegn til slutt."),
            _('Avslutt den med ".'),
        ),
        "could not find expected ':'": (_("Linja mangler kolon etter feltnavnet."), indent),
        "did not find expected key": (_("Innrykket passer ikke med linjene rundt."), indent),
        "did not find expected <document start>": (_("Linja hører ikke til noe felt over."), indent),
        "did not find expected node content": (_("Her mangler det en verdi."), quote),
        "did not find expected '-' indicator": (_("Innrykket passer ikke med linjene rundt."), indent),
        "block sequence entries are not allowed": (
            _("Lista kan ikke begynne på samme linje som feltet."),
            _("Begynn punktet med «- » på neste linje, eller sett teksten i anførselstegn."),
        ),
        "found character that cannot start any token": (first, quote),
        "found unknown escape character": escape,
        "did not find expected hexdecimal number": escape,
        "found invalid Unicode character escape": (_("Tegnkoden finnes ikke."), _("Skriv tegnet selv.")),
        "did not find expected ',' or": (_("En klamme er ikke lukket."), quote),
        "did not find expected alphabetic": (first, quote),
        "did not find expected comment or line break": (first, quote),
        "found undefined tag handle": (_("Teksten kan ikke begynne med utropstegn."), quote),
    }


def _character(text: str, mark: Any) -> str:
    return text[mark.index : mark.index + 1] if mark else ""


def _at(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1)


def _spot(text: str, index: int) -> Spot:
    lines = _BREAK.split(text[:index])
    return Spot(len(lines), len(lines[-1]) + 1)


_NO_FIELDS: dict[str, Node] = {}
_NO_ITEMS: list[Node] = []
"""Shared by all nodes that hold none, to save memory; never filled."""
_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]+#")
_BEGINS_AT_FAULT = (
    "while scanning a simple key",
    "while scanning a quoted scalar",
    "while parsing a flow sequence",
    "while parsing a flow mapping",
)
"""Where the parser names the beginning of what went wrong, and that is where the author should look."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it, some fifteen times faster; the pure parser reads the same."""
