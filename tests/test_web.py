"""The server around the pages: what it answers, and what it never does."""

import asyncio
import gc
import gzip
import hashlib
import http.client
import json
import logging
import re
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit
from websockets import Origin, Subprotocol
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from strategy import __version__, assets, chrome, web
from tests.servers import ROOT, Server, Starter, Tab, _wait, free_port

SCRIPT = next(name for name in sorted(assets.names()) if "/js/index." in name)
STATIC = Path(streamlit.__file__).parent / "static"
PAGE = """
import altair, pandas, plotly.graph_objects as go, streamlit as st
from strategy import config
st.set_page_config(page_title="Prøve", page_icon=config.ICON)
st.title("Prøve")
rows = pandas.DataFrame({"a": [1, 2], "b": [3, 4]})
st.dataframe(rows)
st.plotly_chart(go.Figure(go.Bar(x=[1, 2], y=[3, 4])))
st.altair_chart(altair.Chart(rows).mark_line().encode(x="a", y="b"))
st.multiselect("Flere", ["a", "b"])
with st.form("skjema"):
    st.text_input("Navn")
    st.form_submit_button("Lagre", type="primary")
if st.button("Krasj"):
    raise ValueError("hemmelig detalj")
"""


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request, with the path sent letter by letter."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    connection.close()
    return found


@pytest.fixture(scope="module")
def server(serve_on: Starter) -> Server:
    return serve_on(None)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Our shell around a page with everything Streamlit loads a script for."""
    folder = tmp_path_factory.mktemp("stage")
    (folder / "page.py").write_text(PAGE, "utf-8")
    source = (ROOT / "app.py").read_text("utf-8").replace("pages/frame.py", str(folder / "page.py"))
    (folder / "app.py").write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{source}", "utf-8")
    server = Server(folder, f"sqlite:///{folder / 'strategy.db'}", free_port())
    with (folder / "server.log").open("wb") as log:
        server.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", folder / "app.py", "--server.port", str(server.port)],
            cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        _wait(server.url + "/_stcore/health")
        yield server
        server.kill()


def test_health_says_that_the_database_opens(server: Server):
    answer = ask(server, "/helse")
    assert (answer.status, json.loads(answer.body)) == (200, {"ok": True, "version": __version__})


def test_a_damaged_database_leaves_the_server_up_and_says_so(
    serve: Callable[[Path | None], Server], tmp_path: Path
):
    (tmp_path / "damaged.db").write_bytes(b"not a database " * 1000)
    damaged = serve(tmp_path / "damaged.db")
    answer = ask(damaged, "/helse")
    assert (answer.status, json.loads(answer.body)["ok"]) == (503, False)
    assert ask(damaged, "/").status == 200
    assert b"Traceback" not in (damaged.folder / "server.log").read_bytes()


def test_the_page_shows_why_the_database_cannot_be_opened(
    serve: Callable[[Path | None], Server], tab: Callable[..., Tab], tmp_path: Path
):
    (tmp_path / "damaged.db").write_bytes(b"not a database " * 1000)
    shown = tab()
    shown.open(serve(tmp_path / "damaged.db").url)
    assert "Databasefila er skadet" in shown.text


def test_uvicorn_serves_the_same_app(tmp_path: Path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "error"],
        cwd=ROOT, env={"STRATEGY_DATA_DIR": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/helse")
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "path",
    ["/", "/tiltak", "/helse", "/ikon.svg", "/_stcore/health", "/_stcore/metrics", "/finnes/ikke.js", SCRIPT],
)
def test_every_answer_carries_the_security_headers(server: Server, path: str):
    headers = ask(server, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_policy_allows_the_one_inline_script_and_no_other(server: Server):
    answer = ask(server, "/")
    policy = answer.headers["content-security-policy"]
    allowed = next(part for part in policy.split("; ") if part.startswith("script-src"))
    inline = re.findall(rb"<script>(.*?)</script>", answer.body, re.DOTALL)
    hashes = [f"'sha256-{b64encode(hashlib.sha256(script).digest()).decode()}'" for script in inline]
    assert allowed.split() == ["script-src", "'self'", *hashes]


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/metrics"]
)
def test_the_doors_for_programs_are_closed(server: Server, path: str):
    assert ask(server, path).status == ask(server, path, "POST").status == 404


@pytest.fixture(scope="module")
def public(serve_on: Starter) -> Server:
    """A server people reach as https://plan.eksempel.no, behind a web server that passes the name on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRATEGY_ADDRESS", "https://Plan.eksempel.no")
        return serve_on(None)


def connects(server: Server, host: str, origin: str | None) -> bool:
    """Whether the websocket opens for a page from `origin`; `{port}` is the server's."""
    host = host.replace("{port}", str(server.port))
    said = None if origin is None else Origin(origin.replace("{port}", str(server.port)))
    with socket.create_connection(("127.0.0.1", server.port)) as here:
        opening = connect(
            f"ws://{host}/_stcore/stream", sock=here, origin=said,
            subprotocols=[Subprotocol("streamlit")], proxy=None,
        )  # fmt: skip
        with opening:
            return True


def refused(server: Server, host: str, origin: str | None) -> bool:
    """Whether the websocket is answered with 403."""
    with pytest.raises(InvalidStatus) as answer:
        connects(server, host, origin)
    return answer.value.response.status_code == 403


OWN = [("127.0.0.1:{port}", "http://127.0.0.1:{port}"), ("localhost:{port}", "http://localhost:{port}"),
       ("[::1]:{port}", "http://[::1]:{port}")]  # fmt: skip


@pytest.mark.parametrize(("host", "origin"), OWN)
def test_the_pages_of_this_machine_open_the_websocket(server: Server, host: str, origin: str):
    assert connects(server, host, origin)
    assert ask(server, "/", Host=host.format(port=server.port)).status == 200


@pytest.mark.parametrize("origin", [
    None, "null", "file://", "http://evil.example", "http://evil.example:{port}", "http://127.0.0.1:9999",
    "http://localhost:3000", "http://localhost", "https://localhost", "https://127.0.0.1:{port}",
    "http://localhost:{port}", "http://x@127.0.0.1:{port}", "http://127.0.0.1:{port}/", "127.0.0.1:{port}",
    "http://127.0.0.1:{port}.evil.example", "http://127.0.0.1:999999", "",
])  # fmt: skip
def test_a_page_from_elsewhere_never_opens_the_websocket(server: Server, origin: str | None):
    assert refused(server, "127.0.0.1:{port}", origin)


STRANGERS = [
    "evil.example", "evil.example:{port}", "127.0.0.1:9999", "localhost", "127.0.0.1", "0.0.0.0:{port}",
    "x@127.0.0.1:{port}", "localhost.evil.example:{port}", "plan.eksempel.no", "[::1", "",
]  # fmt: skip


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("path", ["/", "/kalender.ics", "/helse", "/_stcore/health", "/oppdater/x", SCRIPT])
def test_another_name_is_answered_with_a_reason_and_nothing_else(server: Server, host: str, path: str):
    answer = ask(server, path, Host=host.format(port=server.port))
    assert answer.status == 403
    assert answer.body.decode().startswith("Løsningen svarer bare på sin egen adresse.")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", STRANGERS[:6])
def test_another_name_never_opens_the_websocket(server: Server, host: str):
    assert refused(server, host, f"http://{host}")


@pytest.mark.parametrize(("origin", "turned_away"), [("http://evil.example", True), ("null", False)])
def test_a_form_on_a_page_from_elsewhere_is_turned_away(server: Server, origin: str, turned_away: bool):
    """Our page behind a link tells nobody where it is, and its form comes from `null`."""
    answer = ask(server, "/oppdater/x", "POST", Origin=origin)
    assert (b"sin egen adresse" in answer.body) is turned_away


def test_the_public_address_is_answered_and_so_is_this_machine(public: Server):
    for host in ("plan.eksempel.no", "plan.eksempel.no:443", "PLAN.eksempel.no"):
        assert ask(public, "/", Host=host).status == 200
    assert connects(public, "plan.eksempel.no", "https://plan.eksempel.no")
    assert connects(public, "127.0.0.1:{port}", "http://127.0.0.1:{port}")
    assert refused(public, "plan.eksempel.no", "http://plan.eksempel.no")
    assert refused(public, "plan.eksempel.no", "http://127.0.0.1:{port}")
    assert ask(public, "/", Host="plan.eksempel.no:80").status == 403


def test_the_page_is_norwegian_and_speaks_of_nobody_else(server: Server):
    page = ask(server, "/").body.decode()
    assert '<html lang="nb">' in page
    assert 'href="/ikon.svg"' in page
    assert "Slå på JavaScript" in page
    assert not re.search(r"Streamlit |>Streamlit|agent|https?://", page)


def test_every_address_of_a_page_gets_the_page(server: Server):
    assert ask(server, "/tiltak").body == ask(server, "/").body


@pytest.mark.parametrize("path", ["/", "/tiltak", SCRIPT])
def test_compressed_and_plain_are_the_same(server: Server, path: str):
    packed, plain = ask(server, path, accept_encoding="br, gzip"), ask(server, path)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True), ("*", True), ("GZIP;q=0.5", True), ("br, gzip", True),
        ("gzip;q=0", False), ("gzip; q=0.0", False), ("br", False), ("", False),
    ],
)  # fmt: skip
def test_only_a_client_that_takes_gzip_gets_it(server: Server, accepted: str, packed: bool):
    answer = ask(server, SCRIPT, accept_encoding=accepted)
    assert ("content-encoding" in answer.headers) is packed


@pytest.mark.parametrize("path", ["/", "/tiltak", SCRIPT])
def test_head_says_what_get_would_and_sends_nothing(server: Server, path: str):
    got, head = ask(server, path, accept_encoding="gzip"), ask(server, path, "HEAD", accept_encoding="gzip")
    dated = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in dated} == {
        k: v for k, v in got.headers.items() if k not in dated
    }
    assert (head.status, head.body, int(head.headers["content-length"])) == (200, b"", len(got.body))


@pytest.mark.parametrize("path", ["/", "/tiltak", SCRIPT])
def test_a_client_that_has_it_gets_nothing_again(server: Server, path: str):
    tag = ask(server, path, accept_encoding="gzip").headers["etag"]
    again = ask(server, path, accept_encoding="gzip", if_none_match=f'"other", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert ask(server, path, accept_encoding="gzip", if_none_match='"other"').status == 200


def test_scripts_are_kept_by_the_browser_and_the_page_is_asked_for_again(server: Server):
    assert "immutable" in ask(server, SCRIPT).headers["cache-control"]
    assert ask(server, "/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../__init__.py",
        "/static/js/../../../__init__.py",
        "/static/%2e%2e/%2e%2e/__init__.py",
        "/static/..%2f..%2f__init__.py",
        "/static/..\\..\\__init__.py",
        "//static/js",
        "/static//etc/passwd",
        "/static/js/%00",
    ],
)
def test_no_path_leads_out_of_the_folder(server: Server, path: str):
    answer = ask(server, path)
    assert answer.status in (400, 404) or answer.body == ask(server, "/").body


def test_a_write_to_a_file_is_refused(server: Server):
    assert ask(server, SCRIPT, "POST").status == 405


def test_a_script_is_served_as_shipped_but_for_our_changes():
    for name in sorted(assets.names())[::9]:
        shipped = (STATIC / name.lstrip("/")).read_bytes()
        expected = chrome.changed(shipped) if name.endswith(".js") else shipped
        assert assets.asset(name).plain == expected


def test_what_comes_first_is_there():
    assert len(assets.first()) > 20
    assert set(assets.first()) <= assets.names()
    assert any("PlotlyChart" in name for name in assets.first())


def test_an_apology_has_a_reference_that_finds_the_error_in_the_log(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, "strategy"):
        said = web.apology(ValueError("hemmelig detalj"))
    reference = re.search(r"referansen ([A-Z2-9]{6})\.", said)
    assert reference
    assert "hemmelig" not in said
    assert reference.group(1) in caplog.text
    assert "hemmelig detalj" in caplog.text


def test_start_leaves_nothing_for_the_collector(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("STRATEGY_DATA_DIR", str(tmp_path))

    async def started() -> int:
        async with web.lifespan(None):
            return gc.get_freeze_count()

    before = gc.get_freeze_count()
    try:
        with ThreadPoolExecutor() as apart:  # this thread may hold the loop of the browser
            assert apart.submit(asyncio.run, started()).result() > before
    finally:
        gc.unfreeze()
    assert (tmp_path / "strategy.db").exists()


def test_charts_and_tables_run_under_the_policy_and_ask_nobody_else(stage: Server, tab: Callable[..., Tab]):
    shown = tab()
    asked: set[str] = set()
    shown.page.on("request", lambda request: asked.add(request.url))
    shown.open(stage.url)
    shown.page.wait_for_selector(".js-plotly-plot .main-svg")
    shown.page.wait_for_selector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    shown.page.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert shown.errors == []
    assert {url for url in asked if not url.startswith((stage.url, "data:", "blob:"))} == set()


def test_the_words_round_the_page_are_norwegian(stage: Server, tab: Callable[..., Tab]):
    shown = tab()
    shown.open(stage.url)
    assert shown.page.get_attribute("html", "lang") == "nb"
    shown.page.get_by_placeholder("Velg en eller flere").wait_for()
    shown.page.get_by_label("Navn").fill("x")
    shown.page.get_by_text("Trykk Enter for å lagre").wait_for()


def test_the_accent_carries_dark_text_in_dark_mode(stage: Server, tab: Callable[..., Tab]):
    shown = tab(scheme="dark")
    shown.open(stage.url)
    button = shown.page.get_by_role("button", name="Lagre")
    assert button.evaluate("b => getComputedStyle(b).color") == "rgb(18, 24, 29)"


def test_an_error_in_a_page_is_a_sentence_with_a_reference(stage: Server, tab: Callable[..., Tab]):
    shown = tab()
    shown.open(stage.url)
    shown.page.get_by_role("button", name="Krasj").click()
    shown.page.get_by_text("Noe gikk galt").wait_for()
    assert re.search(r"referansen [A-Z2-9]{6}\.", shown.text)
    assert "hemmelig" not in shown.page.content()
    assert "hemmelig detalj" in (stage.folder / "server.log").read_text("utf-8")


def test_the_letter_r_does_not_run_the_page_again(stage: Server, tab: Callable[..., Tab]):
    shown = tab()
    shown.open(stage.url)
    sent: list[object] = []
    shown.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    shown.page.reload()
    shown.settled()
    sent.clear()
    shown.page.keyboard.press("r")
    shown.page.get_by_label("Navn").focus()  # a turn of the event loop
    assert sent == []
