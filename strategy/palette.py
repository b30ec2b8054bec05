"""The colours of figures: paper, ink and one accent; those that only ever mean status are in `terms`.

`LIGHT` and `DARK` are those of `.streamlit/config.toml`, `PRINTED` those of files. `MIDDLE` stands on both
grounds, for figures drawn once and shown in either theme. A mark has at least 3:1 against its ground (WCAG
2.2, 1.4.11), and the status colours are told apart by all eyes; shape and word stand beside them too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from strategy.terms import Assessment


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as CSS writes them; `track` is what a bar runs in, `marks` the status colours."""

    ground: str
    ink: str
    muted: str
    line: str
    accent: str
    track: str
    marks: Mapping[Assessment, str]


LIGHT = Palette(
    ground="#fdfcf9",
    ink="#0f1620",
    muted="#4b5563",
    line="#ddd7cb",
    accent="#1d4e5f",
    track="#e6e0d4",
    marks={each: each.colours.light for each in Assessment},
)

DARK = Palette(
    ground="#12181d",
    ink="#e9e6df",
    muted="#b4bcc5",
    line="#33404a",
    accent="#7fb6c4",
    track="#33404a",
    marks={each: each.colours.dark for each in Assessment},
)

PRINTED = Palette(
    ground="#f3f0e9",
    ink="#0f1620",
    muted="#4b5563",
    line="#cfc8ba",
    accent="#1d4e5f",
    track="#e6e0d4",
    marks={each: each.colours.text for each in Assessment},
)
"""For text and tables on white: a table's head stands on `ground`, and the marks are words too."""

PAPER = replace(LIGHT, ground="#ffffff")
"""For drawings in files."""

MIDDLE = Palette(
    ground="rgba(0, 0, 0, 0)",
    ink="#767d86",
    muted="#767d86",
    line="rgba(127, 133, 140, 0.35)",
    accent="#35788c",
    track="rgba(127, 133, 140, 0.22)",
    marks={each: each.colours.middle for each in Assessment},
)
"""For marks and thin lines only: text must take its colour from the theme, no grey can be read on both."""
