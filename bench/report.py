"""Put the newest table into `docs/performance.md`, between its two marks."""

from collections.abc import Sequence
from pathlib import Path

from bench import table
from bench.server import ROOT
from bench.table import Section

DOCUMENT = ROOT / "docs" / "performance.md"
BEGINS, ENDS = "<!-- the table begins -->", "<!-- the table ends -->"


def write(head: Sequence[str], sections: Sequence[Section], document: Path = DOCUMENT) -> None:
    """Replace what stands between the marks. Raises `ValueError` where a mark is missing."""
    text = document.read_text()
    before, _begins, rest = text.partition(BEGINS)
    _old, ends, after = rest.partition(ENDS)
    if not ends:
        raise ValueError(f"{document.name} has no «{BEGINS}» … «{ENDS}»")
    measured = "\n".join(f"- {line}" for line in head)
    parts = (before + BEGINS, measured, table.markdown(sections), table.summary(sections), ENDS + after)
    document.write_text("\n\n".join(parts))
