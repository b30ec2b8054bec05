"""What a visitor meets in Chromium: when the first content stands there, when all of it, how many bytes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT = 60_000

# The first element with words in the page's own part; spinners and skeletons do not count.
# All of it: the script has finished, and nothing was drawn for 300 ms (which are not counted).
_WATCH = """
window.__first = 0; window.__drawn = 0;
const seen = () => {
  for (const e of document.querySelectorAll('[data-testid="stMain"] [data-testid="stElementContainer"]')) {
    if (!e.querySelector('[data-testid$="Skeleton"]') && e.innerText.trim()) return true;
  }
  return false;
};
new MutationObserver(() => {
  window.__drawn = performance.now();
  if (!window.__first && seen()) window.__first = performance.now();
}).observe(document, {childList: true, subtree: true, attributes: true, characterData: true});
"""
_ALL = """() => window.__first > 0
  && document.querySelector('[data-test-script-state="notRunning"]') !== null
  && performance.now() - window.__drawn > 300 ? {first: window.__first, whole: window.__drawn} : false"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds since the address was asked for, and bytes over the network, websocket included."""

    first: float
    whole: float
    bytes: int


@contextmanager
def chromium() -> Iterator[Playwright]:
    """Start the driver; each visit starts a browser of its own."""
    with sync_playwright() as driver:
        yield driver


def cold_and_warm(driver: Playwright, address: str) -> tuple[Visit, Visit]:
    """Visit an address in a browser that has never been started, then again in the same one."""
    with tempfile.TemporaryDirectory(prefix="bench-chromium-", ignore_cleanup_errors=True) as folder:
        context = driver.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1400, "height": 900},
            locale="nb-NO",
        )
        try:
            context.add_init_script(_WATCH)
            return _visit(context, address), _visit(context, address)
        finally:
            context.close()


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    received = [0]
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def loaded(event: dict[str, Any]) -> None:
        received[0] += int(event["encodedDataLength"])

    def framed(event: dict[str, Any]) -> None:
        received[0] += len(event["response"]["payloadData"]) * 3 // 4  # base64

    network.on("Network.loadingFinished", loaded)
    network.on("Network.webSocketFrameReceived", framed)
    page.wait_for_timeout(500)  # the browser's own start is not the page's
    page.goto(address, wait_until="commit")
    found = page.wait_for_function(_ALL, timeout=WAIT, polling=50).json_value()
    visit = Visit(found["first"], found["whole"], received[0])
    page.close()
    return visit
