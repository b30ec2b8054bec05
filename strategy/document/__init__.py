"""The plan as text: read it strictly, say everything that is wrong with it, and write it back.

bytes ─ nodes ─▶ tree with places ─ faults (by schema) + rules ─▶ Document, or problems
Document ─ flat ─▶ things ─ writer, or rewriting of the author's own ─▶ text
"""

from typing import Any

from strategy.document import faults, nodes, rewriting, rules, writer
from strategy.document.flat import Things, counts, things
from strategy.document.nodes import MAX_BYTES
from strategy.document.problem import Problem, Problems, did_you_mean, guess
from strategy.document.schema import Document, json_schema

__all__ = [
    "MAX_BYTES",
    "Document",
    "Problem",
    "Things",
    "counts",
    "did_you_mean",
    "guess",
    "json_schema",
    "read",
    "things",
    "write",
]


def read(raw: bytes, *, limit: int = MAX_BYTES) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document and no problems, or None and every problem in the order of the file.

    Takes any bytes and never raises. `limit` is the size in bytes beyond which nothing is read.
    """
    found = Problems()
    text = nodes.decode(raw, limit, found)
    root = nodes.compose(text, found) if text is not None else None
    if root is None:
        if not found:
            found.add(nodes.Spot(1, 1), *nodes.nothing())
        return None, found.sorted()
    document = faults.check(root, found)
    rules.check(root, found)
    return (None if found else document), found.sorted()


def write(flat: Things, strategy_key: str, template: str = "") -> str:
    """The strategy `strategy_key` of `flat` as YAML; reading it gives the same things.

    With `template`, the file its author wrote, every line stands that need not change, comments and all.
    """
    written = _on(template, writer.parts(flat, strategy_key)) if template else None
    return written or writer.write(flat, strategy_key)


def _on(template: str, wanted: dict[str, Any]) -> str | None:
    """The template made to say `wanted`; None where it cannot, as where it is no plan any more."""
    said = _parts(template)
    written = rewriting.rewritten(template, said, wanted) if said else None
    return written if written and _parts(written) == wanted else None


def _parts(text: str) -> dict[str, Any] | None:
    document, _problems = read(text.encode())
    return writer.parts(things(document), document.strategy.key) if document else None
