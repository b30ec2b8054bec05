"""The author's own file with what has changed since written into it: every other line stands as it was.

The places are those of the parser; only the value, the field or the item that differs is replaced. What a
place cannot tell, as where a list is written in brackets, is written anew from the nearest field that can.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from strategy.document import writer

BOM = "\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN_BY = {
    "people": "key",
    "goals": "key",
    "subgoals": "key",
    "measures": "key",
    "indicators": "key",
    "responsible": "person",
    "targets": "due",
}
"""The lists whose items are known by a field, so that one of them can be told from the next."""
_COMMENTED = re.compile(r"[ \t]+#")

_Edit = tuple[int, int, str]
"""From where to where, and what stands there instead."""


class _Unfit(Exception):
    """Nothing can be written in at this place."""


def rewritten(template: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """`template`, which says `old`, made to say `new`, as `writer.parts` nests them; None where it cannot."""
    text = template.removeprefix(BOM)
    try:
        edits = list(_Places(text).mapping(yaml.compose(text, Loader=_LOADER), old, new))
    except (_Unfit, yaml.YAMLError):
        return None
    at, pieces = 0, [template[: len(template) - len(text)]]
    for start, end, said in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[at:start], said]
        at = end
    return "".join((*pieces, text[at:]))


class _Places:
    """Finds what to replace in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def mapping(self, node: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Edit]:
        """What makes a group of fields say `new`."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise _Unfit
        places = {key.value: (key, value) for key, value in node.value}
        above = None
        for name, value in new.items():
            if name not in places:
                if value == old.get(name):
                    continue
                yield self._inserted(above, writer.field(name, value, " " * node.start_mark.column))
                continue
            above = places[name][1]
            if name not in old or old[name] != value:
                yield from self._field(name, *places[name], old.get(name), value)
        for name in old:
            if name not in new:
                yield self._without(node, *places[name])

    def _field(self, name: str, key: Any, node: Any, old: Any, new: Any) -> Iterator[_Edit]:
        try:
            yield from list(self._value(name, key, node, old, new))
        except _Unfit:
            lines = list(writer.field(name, new, " " * key.start_mark.column))
            said = self.newline.join((lines[0].lstrip(), *lines[1:]))
            yield key.start_mark.index, self._end(node), said

    def _value(self, name: str, key: Any, node: Any, old: Any, new: Any) -> Iterator[_Edit]:
        if isinstance(new, dict) and old is not None:
            yield from self.mapping(node, old, new)
        elif isinstance(new, list | tuple):
            if not old or not new or name not in _KNOWN_BY:
                raise _Unfit
            yield from self._list(name, key, node, old, new)
        elif isinstance(node, yaml.ScalarNode):
            yield self._scalar(key, node, new)
        else:
            raise _Unfit

    def _scalar(self, key: Any, node: Any, value: Any) -> _Edit:
        start, end = node.start_mark.index, self._end(node)
        begins = self.text[self._line_start(start) : start]
        space = " " if begins.endswith(":") else ""
        indent = " " * (key.start_mark.column + 2)
        has_comment = _COMMENTED.match(self.text, end) is not None
        lines = list(writer.scalar(begins + space, value, indent, in_quotes=has_comment))
        return start, end, self.newline.join((lines[0][len(begins) :], *lines[1:]))

    def _list(self, name: str, key: Any, node: Any, old: Any, new: Any) -> Iterator[_Edit]:
        """What makes a list of known items say `new`; those that stay keep their places."""
        if not isinstance(node, yaml.SequenceNode) or node.flow_style:
            raise _Unfit
        known = _KNOWN_BY[name]
        places = {_said(item, known): item for item in node.value}
        before, after = ({str(each[known]): each for each in side} for side in (old, new))
        stays = [one for one in places if one in after]
        if name != "targets" and stays != [one for one in after if one in places]:
            raise _Unfit
        yield from (self._taken_out(node, item) for one, item in places.items() if one not in after)
        above, indent = None, " " * node.start_mark.column
        for one, value in after.items():
            if one in places:
                above = places[one]
                if before[one] != value:
                    yield from self.mapping(above, before[one], value)
                continue
            lines = list(writer.item(value, indent))
            if above and name in writer.APART:
                lines = ["", *lines]
            yield self._inserted(above or key, lines)

    def _inserted(self, above: Any, lines: Any) -> _Edit:
        """Whole lines below the last one of what is `above`."""
        if above is None:
            raise _Unfit
        end = self._line_end(self._end(above))
        said = "".join(line + self.newline for line in lines)
        if not self.text[:end].endswith("\n"):
            said = self.newline + said.removesuffix(self.newline)
        return end, end, said

    def _without(self, group: Any, key: Any, node: Any) -> _Edit:
        """A field taken out with its lines; the first stands after a dash and cannot be."""
        if key is group.value[0][0]:
            raise _Unfit
        return self._line_start(key.start_mark.index), self._line_end(self._end(node)), ""

    def _taken_out(self, of: Any, item: Any) -> _Edit:
        """An item taken out with the comment right above it, unless that stands at the head of the list."""
        start = self._line_start(self.text.rindex("-", 0, item.start_mark.index))
        if item is not of.value[0]:
            dash = " " * of.start_mark.column
            while (above := self._line_start(start - 1)) < start and (
                self.text[above:start].startswith(f"{dash}#") or not self.text[above:start].strip()
            ):
                start = above
        return start, self._line_end(self._end(item)), ""

    def _end(self, node: Any) -> int:
        """Right after the last sign of a value, without the comments and blank lines that follow it."""
        if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return max(start, len(self.text[:end].rstrip()))

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, max(index, 0)) + 1

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1


def _said(item: Any, name: str) -> str:
    """What the field an item is known by says."""
    if not isinstance(item, yaml.MappingNode):
        raise _Unfit
    return next(str(value.value) for key, value in item.value if key.value == name)
