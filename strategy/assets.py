"""Streamlit's own page and scripts as we serve them: changed, compressed once, and kept in memory."""

import base64
import gzip
import hashlib
import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from strategy import chrome

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
"""What is served from here, by suffix; fonts and pictures are packed already and left to Streamlit."""

_FOCUS = b"<script>\n" + Path(__file__).with_name("focus.js").read_bytes() + b"</script>\n</head>"
"""Where the focus goes, also after a save: `view.lead_to` names the form."""

_STYLE = b"""<style>
@media (min-width: 641px) and (max-width: 1200px) { [class*="st-key-named-"] a { min-height: 2lh } }
[data-testid="stMain"] { scroll-padding: 4.5rem 0 min(10rem, 30vh) }
:focus-visible {
  outline: 2px solid color-mix(in srgb, currentColor 70%, transparent) !important; outline-offset: -2px;
}
[data-testid="stTopNavSection"][aria-current] {
  font-weight: 600; text-decoration: underline; text-underline-offset: .3em;
}
[data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden }
[data-testid="stExpandSidebarButton"] { width: auto !important; gap: .25rem }
[data-testid="stExpandSidebarButton"]::after { content: "Meny"; font-size: 1rem }
[data-testid="stMarkdownContainer"] blockquote { opacity: 1 !important }
[data-testid="stButtonGroup"] button { height: auto !important }
[data-testid="stButtonGroup"] p { margin: 0 !important }
@media (forced-colors: active) {
  [data-testid="stButtonGroup"] [data-selected="true"],
  [data-testid="stButtonGroup"] [data-selected="true"] *,
  [data-testid="stRadioOption"][data-selected="true"] > div > div:first-child,
  [data-testid="stCheckbox"] [data-selected="true"] > div:first-of-type {
    forced-color-adjust: none; background: Highlight !important; color: HighlightText !important;
  }
}
[aria-invalid="true"]:not([type="number"]), div:has(> [aria-invalid="true"][type="number"]) {
  outline: 2px solid #bf302c; outline-offset: 2px; border-radius: 4px;
}
[data-why]::after {
  content: attr(data-why); content: attr(data-why) / ""; margin-top: .25rem;
  border-left: .25rem solid #bf302c; padding-left: .5rem;
}
@media print {
  [class*="st-key-whole-"], [data-testid="stImage"] { break-inside: avoid }
  [data-testid="stHeader"], [data-testid="stButton"], [data-testid="stDownloadButton"],
  [data-testid="stPopover"], [data-testid="stFileUploader"] { display: none !important }
  [data-testid="stExpander"] details::details-content { content-visibility: visible; block-size: auto }
  [data-testid="stHorizontalBlock"]:has([data-testid="stExpander"]) { display: block !important }
  [data-testid="stHorizontalBlock"]:has([data-testid="stExpander"]) > [data-testid="stColumn"] { width: 100% }
}
</style>
</head>"""
"""Names above what should stand level have room for two lines where columns are narrow; on paper a
picture stays with its words, and what opens there pushes down all that follows. By the keys of containers
that begin with `named-` and `whole-`. What is proposed or decided is in ink. What has the focus is seen
and not under the bar at the top, the phone's menu is no stop for Tab while it is shut, a field that was
refused is framed and has the reason under it, a choice is as high as its text, and is told by the
system's own colours where these are forced."""

_PAGE = [
    (rb'<html lang="en">', b'<html lang="nb">'),
    (rb"<title>Streamlit</title>", b"<title>Strategi</title>"),
    (rb'<link rel="shortcut icon" href="\./favicon\.png" />', b'<link rel="icon" href="/ikon.svg" />'),
    (rb"<!--.*?-->\s*", b""),
    # without it the client first looks for the server below the page's own address, and meets two 404s
    (
        rb"(window\.prerenderReady = false)",
        rb"\1; window.__streamlit = {BACKEND_BASE_URL: window.location.origin}",
    ),
    (rb'<link rel="service-desc"[^>]*/>\s*', b""),
    (rb"</head>", _FOCUS),
    (rb"</head>", _STYLE),
    (
        rb"<noscript>.*?</noscript>",
        "<noscript><p>Slå på JavaScript for å bruke løsningen.</p></noscript>".encode(),
    ),
]

_EVERYWHERE = ("/static/js/PageLink.", "/static/js/ImageList.", "/static/js/withFullScreenWrapper.")

_LARGE = [
    (rb'<html lang="nb">', b'<html lang="nb" style="font-size: max(16px, min(1.6vw, 2.8vh))">'),
    (
        rb"</head>",
        b"""<style>
@media (min-width: 1400px) and (min-height: 760px) { [data-testid="stImage"] img { zoom: 1.4 } }
@media (min-width: 1800px) and (min-height: 980px) { [data-testid="stImage"] img { zoom: 1.8 } }
@media (min-width: 2500px) and (min-height: 1350px) { [data-testid="stImage"] img { zoom: 2.5 } }
[data-testid="stBottomBlockContainer"] { padding-block: .5rem 1rem !important }
@media (max-height: 480px) { [data-testid="stBottom"] { position: static !important } }
@media (max-width: 480px) { [data-testid="stMain"] { scroll-padding-bottom: 45vh } }
</style>
</head>""",
    ),
]


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, compressed; `etag` is that of its content, without quotes."""

    media_type: str
    packed: bytes
    etag: str

    @property
    def plain(self) -> bytes:
        """The content for a client that takes no gzip."""
        return gzip.decompress(self.packed)


@cache
def names() -> frozenset[str]:
    """The address of every file we serve; what is not here is never looked for on disk."""
    root = _folder()
    files = (root / "static").rglob("*")
    return frozenset(f"/{file.relative_to(root).as_posix()}" for file in files if file.suffix in TYPES)


@cache
def asset(name: str) -> Asset:
    """Read, change and compress one of `names`."""
    content = (_folder() / name.lstrip("/")).read_bytes()
    suffix = name[name.rindex(".") :]
    return _asset(TYPES[suffix], chrome.changed(content) if suffix == ".js" else content)


@cache
def page(*, large: bool = False) -> Asset:
    """Streamlit's page with our language, title and icon, and without what it says to machines.

    `large` is for the wall: all of Streamlit's sizes hang on the page's own, which then follows the screen.
    """
    html = shipped_page()
    for was, now in (*_PAGE, (rb"</head>", _ahead()), *(_LARGE if large else [])):
        html = re.sub(was, now, html, flags=re.DOTALL)
    return _asset("text/html; charset=utf-8", html)


def _ahead() -> bytes:
    """Asks at once for the parts every page of ours is made of; Streamlit asks when it meets one."""
    parts = sorted(name for name in names() if name.startswith(_EVERYWHERE) and name.endswith(".js"))
    links = (f'<link rel="modulepreload" crossorigin href=".{name}">' for name in parts)
    return "\n".join((*links, "</head>")).encode()


def first() -> tuple[str, ...]:
    """What every first visit asks for, then the charts and tables, which are the largest."""
    asked = re.findall(r'(?:src|href)="\.(/static/[^"]+)"', shipped_page().decode())
    heavy = sorted(name for name in names() if "/PlotlyChart." in name or "/DataFrame." in name)
    return tuple(name for name in [*asked, *heavy] if name in names())


def script_hashes() -> tuple[str, ...]:
    """The inline scripts of the page, as a content security policy names them."""
    scripts = re.findall(rb"<script>(.*?)</script>", page().plain, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return tuple(f"'sha256-{digest}'" for digest in digests)


@cache
def shipped_page() -> bytes:
    """The page as Streamlit has it on disk."""
    return (_folder() / "index.html").read_bytes()


def _asset(media_type: str, content: bytes) -> Asset:
    packed = gzip.compress(content, 6, mtime=0)  # no time in it: equal content packs equal
    return Asset(media_type, packed, hashlib.sha256(content).hexdigest()[:20])


@cache
def _folder() -> Path:
    """Where the installed Streamlit keeps what it serves, found without importing it."""
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("streamlit")
    return Path(spec.origin).parent / "static"
