"""The server around the pages: what happens at start, a health route, security headers, compressed files."""

import asyncio
import gc
import importlib
import logging
import secrets
import threading
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from strategy import (
    __version__,
    assets,
    changes,
    config,
    current,
    database,
    exports,
    hosts,
    startup,
    update_page,
)
from strategy.errors import Refusal
from strategy.i18n import _

WARM = ("pandas", "pyarrow", "plotly.graph_objects", "strategy.ui")
"""Imported before the first visitor comes; together they cost about half a second."""

CLOSED = ("/_stcore/agent", "/_stcore/metrics")
"""Doors Streamlit opens for programs, without asking who they are."""

LARGE = "/presentasjon"
"""The page that is shown on a wall; its type grows with the screen."""

WEEK = 7 * 24 * 3600

logger = logging.getLogger("strategy")


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the database, import what pages need, and freeze it all before the first visitor.

    A refused database does not stop the server: every page asks for it again and shows the reason.
    """
    await asyncio.to_thread(_open_database)
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # Streamlit collects after every run; what is frozen is not walked again
    threading.Thread(target=_pack_ahead, name="pack", daemon=True).start()
    yield {}


def apology(error: BaseException) -> str:
    """Log an unexpected error under a short reference, and return the sentence that gives it to the user."""
    reference = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _n in range(6))
    logger.error("Unexpected error, reference %s", reference, exc_info=error)
    return _("Noe gikk galt, og feilen er loggført. Prøv igjen, eller oppgi referansen {reference}.").format(
        reference=reference
    )


async def health(_request: Request) -> Response:
    """Whether the database can be opened, for a monitor: 200 or 503, and never why."""
    ok = await asyncio.to_thread(_open_database)
    return JSONResponse({"ok": ok, "version": __version__}, status_code=200 if ok else 503)


async def icon(_request: Request) -> Response:
    """The icon of the browser tab, so that none is fetched from elsewhere."""
    return FileResponse(config.ICON, headers={"cache-control": f"public, max-age={WEEK}"})


async def calendar(request: Request) -> Response:
    """Meetings and deadlines as a feed for people's calendars; 304 to one that has the newest already."""
    try:
        etag, content = await asyncio.to_thread(
            _calendar,
            request.query_params.get("data") == "eksempel",
            request.query_params.get("strategi", ""),
        )
    except Refusal as refusal:
        logger.error("The calendar cannot be made: %s", refusal)
        return Response(status_code=503)
    headers = {"etag": etag, "cache-control": "no-cache"}
    if etag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = 'inline; filename="arshjul.ics"'
    return Response(content, headers=headers, media_type="text/calendar")


class Shell:
    """Turns strangers away, answers for Streamlit's files from memory, and dresses every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, _dressed(send))
        elif scope["type"] == "websocket" and not hosts.is_own(scope):
            await hosts.refuse(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not hosts.is_own(scope):
            await hosts.refuse(scope, receive, send)
        elif scope["path"].startswith(CLOSED):
            await Response(status_code=404)(scope, receive, send)
        elif scope["path"] in assets.names() and scope["method"] in ("GET", "HEAD"):
            found = await asyncio.to_thread(assets.asset, scope["path"])
            cached = f"public, max-age={WEEK}, immutable"
            await _answer(found, scope, cached)(scope, receive, send)
        else:
            await self.app(_unpacked(scope), receive, _paged(scope, receive, send))


ROUTES = [
    Route("/helse", health),
    Route("/ikon.svg", icon),
    Route("/kalender.ics", calendar),
    *update_page.ROUTES,
]
MIDDLEWARE = [Middleware(Shell)]


def _open_database() -> bool:
    try:
        startup.open_database(config.settings(), datetime.now(UTC))
    except Refusal as refusal:
        logger.error("The database cannot be opened: %s", refusal)
        return False
    return True


def _calendar(example: bool, strategy: str) -> tuple[str, bytes]:
    """The calendar with its mark, which is that of the newest change."""
    settings = config.settings()
    opened = startup.open_example(settings) if example else startup.open_database(settings, datetime.now(UTC))
    with opened.reading() as session:
        newest = current.state(opened, session, changes.newest(session), asked=strategy)
    return f'"{__version__}-{newest.hash[:32]}-{zlib.crc32(newest.strategy.encode()):x}"', _calendar_of(
        newest
    )


@lru_cache(maxsize=2)
def _calendar_of(state: current.State) -> bytes:
    with database.connect(state.url).reading() as session:
        return exports.ics(session, current.loaded(state))


def _pack_ahead() -> None:
    for name in assets.first():
        assets.asset(name)


@cache
def _security_headers() -> dict[str, str]:
    scripts = " ".join(("'self'", *assets.script_hashes()))
    policy = {
        "default-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "worker-src": "'self' blob:",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def _dressed(send: Send) -> Send:
    """Put the security headers on whatever is answered; a page may be stricter than they are."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _security_headers().items():
                headers.setdefault(name, value)
        await send(message)

    return dressed


def _paged(scope: Scope, receive: Receive, send: Send) -> Send:
    """Let everything through but Streamlit's page, recognised by its length, and send ours in its place."""
    held = False

    async def paged(message: Message) -> None:
        nonlocal held
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            length = str(len(assets.shipped_page()))
            held = message["status"] == 200 and headers.get("content-length") == length and _is_html(headers)
        if not held:
            await send(message)
        elif message["type"] == "http.response.body" and not message.get("more_body"):
            page = assets.page(large=scope["path"].startswith(LARGE))
            await _answer(page, scope, "no-cache")(scope, receive, send)

    return paged


def _unpacked(scope: Scope) -> Scope:
    """Ask Streamlit for its page uncompressed: only so is it known by its length."""
    return {**scope, "headers": [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]}


def _is_html(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")


def _answer(asset: assets.Asset, scope: Scope, cached: str) -> Response:
    """The asset in the form the client takes, or 304 where it has that form already."""
    asked = Headers(scope=scope)
    packed = _takes_gzip(asked.get("accept-encoding", ""))
    etag = f'"{asset.etag}-gz"' if packed else f'"{asset.etag}"'
    headers = {"cache-control": cached, "etag": etag, "vary": "Accept-Encoding"}
    if etag in _tags(asked.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    body = asset.packed if packed else asset.plain
    headers["content-type"] = asset.media_type
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(body, headers=headers)


def _tags(said: str) -> set[str]:
    """The marks a client has, weak as strong."""
    return {tag.strip().removeprefix("W/") for tag in said.split(",")}


def _takes_gzip(accepted: str) -> bool:
    for coding in accepted.lower().split(","):
        name, _semicolon, weight = coding.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
