"""One scalar in the file to one value: text, number, date, yes or no, or a word from a closed list.

What YAML 1.1 would quietly read as something else (`no`, `010`, `12:30`, `1_000`) is refused. Each refusal is
a code, which `faults` puts into words; values that are not nodes pass, so that the models of `schema` can
also be made in Python.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from pydantic_core import PydanticCustomError

from strategy import dates, texts
from strategy.document.nodes import Node
from strategy.errors import BadInput
from strategy.terms import Term

MAX_KEY = 60
_LETTERS = "A-Za-z0-9À-ÖØ-öø-ɏḀ-ỿ"
KEY_PATTERN = f"^[{_LETTERS}][{_LETTERS}._-]{{0,{MAX_KEY - 1}}}$"
NUMBER_PATTERN = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$"
WHOLE_PATTERN = r"^(-?[1-9][0-9]{0,8}|0)$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


Reader = Callable[[Any], Any]


def _reader(read: Callable[[Node], Any]) -> Reader:
    """Let `read` see single values of the file: groups and lists are refused, what Python made passes."""

    def checked(value: Any) -> Any:
        if isinstance(value, dict | list):
            raise refused("scalar")
        return read(value) if isinstance(value, Node) else value

    return checked


def text(limit: int, *, is_line: bool = False, may_be_empty: bool = False) -> Reader:
    """A reader of text with at most `limit` characters; a line has no line break."""

    @_reader
    def read(node: Node) -> str:
        written = _quoted(node)
        if flaw := texts.hidden(written) or texts.flaw(written, limit):
            raise refused("flaw", flaw=flaw)
        value = texts.normal(written)
        if not value and not may_be_empty:
            raise refused("empty")
        if is_line and "\n" in value:
            raise refused("lines")
        return value

    return read


@_reader
def key(node: Node) -> Any:
    """A key: what a thing is called for ever."""
    written = texts.normal(_bare(node))
    if not written:
        raise refused("empty")
    if not _KEY.fullmatch(written):
        raise refused("key")
    return written


@_reader
def number(node: Node) -> Any:
    """A plain decimal number with a point."""
    if node.is_empty:
        raise refused("empty")
    if not node.plain or not is_number(node.text):
        raise refused("number")
    return Decimal(node.text) + 0  # makes -0 into 0


@_reader
def whole(node: Node) -> Any:
    """A whole number, as large as both databases hold."""
    if node.is_empty:
        raise refused("empty")
    if not node.plain or not _WHOLE.fullmatch(node.text):
        raise refused("whole")
    return int(node.text)


@_reader
def day(node: Node) -> Any:
    """A date as 2026-12-31."""
    if node.is_empty:
        raise refused("empty")
    if found := day_of(node):
        return found
    raise refused("day")


def day_of(node: Node | None) -> date | None:
    """The date a scalar says, or None where it says none."""
    if node is None or not looks_like_day(node.text):
        return None
    try:
        return dates.parse_day(node.text)
    except BadInput:
        return None


@_reader
def flag(node: Node) -> Any:
    """`true` or `false`, nothing else."""
    if not node.plain or node.text not in ("true", "false"):
        raise refused("flag")
    return node.text == "true"


def word(of: type[Term]) -> Reader:
    """A reader of one word from a closed list."""

    @_reader
    def read(node: Node) -> Term:
        written = node.text.strip()
        if not written:
            raise refused("empty")
        if written not in list(of):
            raise refused("word", of=of)
        return of(written)

    return read


def refused(code: str, **context: Any) -> PydanticCustomError:
    """The error pydantic carries to `faults`, where `code` becomes a sentence."""
    return PydanticCustomError(code, code, context or None)


def is_surprise(written: str) -> bool:
    """Whether some reader of YAML takes `written`, without quotes, for something else than text."""
    if len(written) > 100:
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, written, (True, False))  # type: ignore[no-untyped-call]
    return tag != _STR or bool(_ALSO_SURPRISING.fullmatch(written))


def is_number(written: str) -> bool:
    """Whether it is written as a number, decimal comma or point."""
    return bool(_NUMBER.fullmatch(written))


def looks_like_day(written: str) -> bool:
    """Whether it is written as a date, whatever the calendar says of it."""
    return bool(_DATE.fullmatch(written))


def _bare(node: Node) -> str:
    """The text of a node, refused where YAML could take it for something else."""
    if not node.is_empty and node.plain and is_surprise(node.text):
        raise refused("surprise")
    return node.text


def _quoted(node: Node) -> str:
    """As `_bare`; also text on several lines or before a comment needs quotes, lest a part is lost unseen."""
    written = _bare(node)
    if node.is_many_lines:
        raise refused("unquoted_lines")
    if node.has_comment and not node.is_empty:
        raise refused("unquoted_comment")
    return written


_KEY, _NUMBER, _WHOLE, _DATE = map(re.compile, (KEY_PATTERN, NUMBER_PATTERN, WHOLE_PATTERN, DATE_PATTERN))
_ALSO_SURPRISING = re.compile(
    r"[yYnN]|0o[0-7]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII
)
"""What YAML 1.2 and other readers take for a yes, a no or a number, and PyYAML does not."""
_RESOLVER = yaml.resolver.Resolver()
_STR = "tag:yaml.org,2002:str"
