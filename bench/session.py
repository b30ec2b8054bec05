"""One browser tab without a browser: Streamlit's own messages over its websocket (Streamlit 1.67)."""

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its address: the path without the first slash, and the query."""

    path: str = ""
    query: str = ""

    @property
    def address(self) -> str:
        return f"/{self.path}" + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page: milliseconds from the question until the script had finished, and what came back."""

    milliseconds: float
    bytes: int
    elements: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Answer:
    """What has come back of one run so far."""

    bytes: int = 0
    elements: int = 0
    faults: list[str] = field(default_factory=list)


class Tab:
    """An open page. Asks for runs one at a time, remembers cached messages as a browser does."""

    def __init__(self, url: str, page: Page = Page()) -> None:
        self.page = page
        self._origin = url
        self._socket_url = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        self._script_hash = ""
        self._seen: set[str] = set()

    async def __aenter__(self) -> "Tab":
        self._socket = await websockets.connect(
            self._socket_url, origin=websockets.Origin(self._origin), max_size=None, compression=None,
            subprotocols=[websockets.Subprotocol("streamlit")], ping_interval=None, open_timeout=TIMEOUT,
        )  # fmt: skip
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def run(self) -> Run:
        """Run the page once. Raises `TimeoutError` or `websockets.ConnectionClosed`."""
        answer = _Answer()
        question = self._question()
        asked = time.perf_counter()
        await self._socket.send(question)
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), TIMEOUT)
            answer.bytes += len(raw)
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            if self._read(message, answer):
                break
        took = (time.perf_counter() - asked) * 1000
        return Run(took, answer.bytes, answer.elements, tuple(answer.faults))

    def _question(self) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.page.query
        state.page_script_hash = self._script_hash
        state.page_name = "" if self._script_hash else self.page.path
        state.cached_message_hashes.extend(self._seen)
        state.widget_states.SetInParent()
        state.context_info.timezone = "Europe/Oslo"
        state.context_info.locale = "nb-NO"
        state.context_info.color_scheme = "light"
        state.context_info.url = f"{self._origin}/{self.page.path}"
        return bytes(message.SerializeToString())

    def _read(self, message: ForwardMsg, answer: _Answer) -> bool:
        """Take in one message; whether it was the last of its run."""
        if message.metadata.cacheable and message.hash:
            self._seen.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "delta":
            answer.elements += 1
            answer.faults += _faults(message.delta.new_element)
        elif kind == "new_session":
            self._script_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._script_hash = message.navigation.page_script_hash or self._script_hash
        elif kind == "page_not_found":
            answer.faults.append(f"{self.page.address}: no such page")
        elif kind == "script_finished":
            status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            if status == "FINISHED_WITH_COMPILE_ERROR":
                answer.faults.append(status)
            return not status.startswith("FINISHED_EARLY")
        return False


def _faults(element: Element) -> list[str]:
    """An exception or a red message on the page: what was measured is then not the page."""
    kind = element.WhichOneof("type")
    if kind == "exception":
        return [f"{element.exception.type}: {element.exception.message}"]
    if kind == "alert" and element.alert.format == Alert.ERROR:
        return [element.alert.body]
    return []
