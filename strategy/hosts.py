"""Which addresses the server answers on: its own, and to pages that came from there.

Every visitor is trusted with everything, so a page from elsewhere must not be able to speak for one. A name
made to point here (`Host: evil.example`) is refused, and so is another program's page (`Origin`), also one of
this machine. Streamlit's `server.allowedHosts` looks at the websocket's host only, and lets any page of
`localhost` in.
"""

from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from strategy import config
from strategy.errors import BadInput
from strategy.i18n import _

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where a page is from, as a browser has it: the path is no part of it."""

    scheme: str
    host: str
    port: int


def is_own(scope: Scope) -> bool:
    """Whether a request is for an address of ours, and from a page of that same address.

    A websocket must say which page it is from: every browser does. Of other requests, one without a page is
    a link that was followed, and `null` is a form on a page that tells nobody where it is, as ours behind a
    link.
    """
    said = Headers(scope=scope)
    hosts, origins = said.getlist("host"), said.getlist("origin")
    here = {own for own in _own(_port(scope)) if len(hosts) == 1 and own == _read(own.scheme, hosts[0])}
    if scope["type"] == "http" and origins in ([], ["null"]):
        return bool(here)
    return len(origins) == 1 and _address(origins[0]) in here


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 403, to a browser with the reason."""
    if scope["type"] == "websocket":
        await WebSocketClose()(scope, receive, send)
        return
    said = _(
        "Løsningen svarer bare på sin egen adresse. "
        "Skal den nås på denne, må STRATEGY_ADDRESS være satt til den."
    )
    await PlainTextResponse(said, status_code=403)(scope, receive, send)


@cache
def _own(port: int | None) -> frozenset[Address]:
    """The names of this machine at the port listened on, and the address the settings give."""
    local = [_read("http", f"{name}:{port}") for name in LOOPBACK] if port else []
    try:
        public = _address(config.settings().address)
    except BadInput:  # the pages say which setting is wrong
        public = None
    return frozenset(each for each in (*local, public) if each)


def _port(scope: Scope) -> int | None:
    server = scope.get("server")
    return server[1] if server else None


def _address(raw: str) -> Address | None:
    scheme, separator, netloc = raw.partition("://")
    return _read(scheme, netloc) if separator else None


def _read(scheme: str, netloc: str) -> Address | None:
    """The address of a host with or without a port; None for anything else."""
    try:
        parts = urlsplit(f"{scheme}://{netloc}")
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or not port or parts.netloc != netloc or "@" in netloc:
        return None
    return Address(parts.scheme, parts.hostname, port)
