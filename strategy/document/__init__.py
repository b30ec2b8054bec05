"""The plan as text: read it strictly, say everything that is wrong with it, and write it back.

bytes ─ nodes ─▶ tree with places ─ faults (by schema) + rules ─▶ Document, or problems
Document ─ flat ─▶ things ─ writer ─▶ text
"""

from strategy.document import faults, nodes, rules
from strategy.document.flat import Things, counts, things
from strategy.document.nodes import MAX_BYTES
from strategy.document.problem import Problem, Problems
from strategy.document.schema import Document, json_schema
from strategy.document.writer import write

__all__ = ["MAX_BYTES", "Document", "Problem", "Things", "counts", "json_schema", "read", "things", "write"]


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
