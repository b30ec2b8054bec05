"""Pieces of SVG: across in per cent of the width, down in pixels.

A picture without a `viewBox`, as wide as its column and so many pixels high, is stretched and never scaled:
one drawing fills any column and is equally heavy on a phone and on a wall. With a `width` in pixels it is a
picture of its own, for files. What is drawn several times is defined once and placed by `use`.
"""

import base64
from collections.abc import Iterable, Mapping
from functools import lru_cache

from strategy.terms import Assessment

NARROWEST = 240
"""Pixels; in a column at least so wide nothing is cut at the edges."""

INSET = 1.5
"""Per cent left free on each side, so that what stands on the first and the last day is whole."""

_SHAPES = {
    "circle": "M{r} 0A{r} {r} 0 1 1 -{r} 0A{r} {r} 0 1 1 {r} 0Z",
    "triangle-up": "M0 -{r}L{r} {h}H-{r}Z",
    "square": "M-{h} -{h}H{h}V{h}H-{h}Z",
    "diamond": "M0 -{r}L{r} 0L0 {r}L-{r} 0Z",
}
"""Round 0, 0, by the names a term has for its shape; `-open` after one is its outline."""


def picture(parts: Iterable[str], height: int, width: int | None = None) -> str:
    """The parts as one picture."""
    wide = "100%" if width is None else width
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height}">{"".join(parts)}</svg>'


@lru_cache(maxsize=4096)
def uri(drawn: str) -> str:
    """A picture as an address of its own; Streamlit passes one on as it is."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


@lru_cache(maxsize=256)
def mix(tone: str, ground: str, share: float) -> str:
    """A colour thinned with its ground; a share of 1 is the colour itself."""
    pairs = zip(*([int(colour[n : n + 2], 16) for n in (1, 3, 5)] for colour in (tone, ground)), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def placed(name: str, x: float) -> str:
    """What is defined under a name, at its own height."""
    return f'<use href="#{name}" x="{x:g}%"/>'


def defining(body: str, shapes: Mapping[str, str]) -> str:
    """The body after those of the shapes it places, each in the colour of whoever places it."""
    used = (f'<g id="{name}">{shape}</g>' for name, shape in shapes.items() if f'"#{name}"' in body)
    return f"<defs>{''.join(used)}</defs>{body}"


def at(y: float, shape: str) -> str:
    """A shape round 0, 0 moved down."""
    return f'<g transform="translate(0 {y:g})">{shape}</g>'


def within(colour: str, parts: Iterable[str]) -> str:
    """Parts that share a colour, or nothing."""
    inner = "".join(parts)
    return f'<g color="{colour}">{inner}</g>' if inner else ""


def mark(assessment: Assessment, size: float) -> str:
    """● ▲ ■ ○ as shapes, never as letters: a font may lack them, or draw them as emoji."""
    shape, is_open, _rest = assessment.shape.partition("-open")
    return solid(shape, size, 'fill="none" stroke="currentColor" stroke-width="1.4"' if is_open else FILLED)


FILLED = 'fill="currentColor"'


def solid(shape: str, size: float, look: str = FILLED) -> str:
    """One of the shapes, in the colour of whoever places it."""
    path = _SHAPES[shape].format(r=f"{size:g}", h=f"{size * 0.85:g}")
    return f'<path d="{path}" {look}/>'


def cross(size: float, thick: float) -> str:
    """What was to be done by its day, and is not."""
    path = f"M-{size:g} -{size:g}L{size:g} {size:g}M{size:g} -{size:g}L-{size:g} {size:g}"
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="{thick:g}"/>'


def names(said: Iterable[tuple[float, str, bool]], ink: str, muted: str) -> str:
    """Names over a column of pictures, each from its place in per cent; the one that is now stands out."""
    parts = []
    for x, name, is_now in said:
        look = f'fill="{ink}" font-weight="600"' if is_now else f'fill="{muted}"'
        parts.append(f'<text x="{x:g}%" y="12" {look}>{name}</text>')
    return f'<g font-family="sans-serif" font-size="11">{"".join(parts)}</g>'


def rect(x: float, y: float, wide: float, high: float, fill: str, edge: str = "") -> str:
    """A block from `x`, `wide` per cent; the edge stands inside it."""
    inset = 0.5 if edge else 0
    drawn = f' stroke="{edge}"' if edge else ""
    return (
        f'<rect x="{x:.2f}%" y="{y + inset:g}" width="{wide:.2f}%" height="{high - 2 * inset:g}" rx="1.5" '
        f'fill="{fill}"{drawn}/>'
    )


def upright(x: float, top: float, foot: float, tone: str, thick: float) -> str:
    """A line straight down, as that of today."""
    return (
        f'<line x1="{x:g}%" x2="{x:g}%" y1="{top:g}" y2="{foot:g}" stroke="{tone}" stroke-width="{thick:g}"/>'
    )


def across(x: float, until: float, y: float, tone: str, thick: float, dash: str = "") -> str:
    """A level line from one place to another."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:g}%" x2="{until:g}%" y1="{y:g}" y2="{y:g}" stroke="{tone}" '
        f'stroke-width="{thick:g}"{dashed}/>'
    )


def line(points: Iterable[tuple[float, float]], height: int, tone: str, thick: float, dash: str = "") -> str:
    """A line through points in per cent and pixels: stretched with its column, its weight not."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    look = f'fill="none" stroke="{tone}" stroke-width="{thick:g}"{dashed} stroke-linejoin="round"'
    return _stretched(
        f'<polyline points="{_path(points)}" {look} vector-effect="non-scaling-stroke"/>', height
    )


def area(points: Iterable[tuple[float, float]], height: int, tone: str) -> str:
    """A surface with its corners in per cent and pixels."""
    return _stretched(f'<polygon points="{_path(points)}" fill="{tone}"/>', height)


def _path(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _stretched(drawn: str, height: int) -> str:
    frame = f'viewBox="0 0 100 {height}" preserveAspectRatio="none"'
    return f'<svg width="100%" height="{height}" {frame}>{drawn}</svg>'
