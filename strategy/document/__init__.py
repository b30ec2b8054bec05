"""The plan as text: read it strictly, say everything that is wrong with it, and write it back.

bytes ─ nodes ─▶ tree with places ─ faults (by schema) + rules ─▶ Document, or problems
Document ─ flat ─▶ things ─ writer ─▶ text
"""

from datetime import date

from strategy.document import faults, nodes, rules
from strategy.document.flat import Things, counts, things
from strategy.document.nodes import MAX_BYTES
from strategy.document.problem import Problem, Problems, did_you_mean, guess
from strategy.document.schema import Document, json_schema
from strategy.document.writer import write

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


def read(
    raw: bytes, *, limit: int = MAX_BYTES, today: date | None = None
) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document and no problems, or None and every problem in the order of the file.

    Takes any bytes and never raises. `limit` is the size in bytes beyond which nothing is read. With `today`
    it is a problem that the plan's period has not begun: it is read to be loaded, and nothing can be shown
    of a plan before its first day.
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
    if document and today:
        rules.begun(root, today, found)
    return (None if found else document), found.sorted()
