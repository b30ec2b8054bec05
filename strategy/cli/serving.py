"""The command that starts the pages."""

import os
import runpy
import sys
from typing import Annotated

from strategy import config
from strategy.cli import usage
from strategy.cli.commands import Url, _command, _option, _settings
from strategy.i18n import _, mark

PORT = "8501"


@_command(
    "run",
    mark("Starter løsningen, som åpnes i nettleseren. Stopp med Ctrl+C."),
    "run",
    "run --port 8600 --database data/example.db",
)
def run(
    port: Annotated[str, _option("--port", "PORT", mark("Porten den svarer på. Ellers 8501."))] = PORT,
    url: Url = "",
) -> int:
    usage.whole(port, "--port", digits=5)
    os.environ["STRATEGY_DATABASE_URL"] = _settings(url).database_url
    os.environ["STRATEGY_ADDRESS"] = os.environ.get("STRATEGY_ADDRESS") or f"http://localhost:{port}"
    print(_("Åpne http://localhost:{port} i nettleseren. Stopp med Ctrl+C.").format(port=port), flush=True)
    sys.argv = ["streamlit", "run", str(config.resource("app.py")), "--server.port", port]
    # As `python -m streamlit` does; it ends with SystemExit.
    runpy.run_module("streamlit", run_name="__main__")
    return 0
