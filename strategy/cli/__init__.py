"""The command line, `python -m strategy …`: the plan as text, a report from a script, files out, upkeep.

Exit codes: 0 done, 1 refused (the reason on stderr), 2 used wrongly. The commands are in `docs/commands.md`.
"""

import codecs
import logging
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from typer import TyperException
from typer.main import get_command

from strategy import backup, config, database, integrity
from strategy.cli import looking, output, sending, serving, usage
from strategy.cli.commands import app, settings_of
from strategy.dates import MINUS
from strategy.errors import Damaged, Refusal
from strategy.i18n import _

__all__ = ["looking", "main", "run", "sending", "serving"]

LOG = Path(tempfile.gettempdir()) / "strategy-feil.log"


def main() -> None:
    """Run the command line and leave with its exit code."""
    codecs.register_error("closest", output.closest)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console has neither → nor −
            stream.reconfigure(errors="closest")
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run one command and return its exit code; never raises."""
    try:
        code = get_command(app).main(
            [_unless_option(arg) for arg in args], usage.PROGRAM, standalone_mode=False
        )
        sys.stdout.flush()
    except TyperException as error:
        return _fail(usage.explain(error), error.exit_code)
    except Refusal as refusal:
        return _refused(refusal)
    except BrokenPipeError:  # whoever reads has had enough; say nothing more, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        found = _damage(args)
        return _refused(found) if found else _fail(_unforeseen(error), 1)
    return int(code or 0)


def _refused(refusal: Refusal) -> int:
    back = f" {backup.way_back(config.settings().backups)}" if isinstance(refusal, Damaged) else ""
    return _fail(f"{refusal}{back}", refusal.exit_code)


def _damage(args: Sequence[str]) -> Damaged | None:
    """Whether something unforeseen comes of a database that is damaged, the one that was asked for."""
    try:
        return integrity.damage(database.connect(settings_of(args).database_url))
    except Refusal:
        return None


def _fail(reason: str, code: int) -> int:
    print(reason, file=sys.stderr)
    return code


def _unless_option(arg: str) -> str:
    """A negative number with a true minus, so that it is not taken for an option."""
    return MINUS + arg[1:] if re.fullmatch(r"-\d[\d ,.]*", arg) else arg


def _unforeseen(error: Exception) -> str:
    """Keep the traceback for whoever maintains the program, and give the user something to quote."""
    reference = secrets.token_hex(3).upper()
    handler = logging.FileHandler(LOG, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.Logger("strategy.cli")
    log.addHandler(handler)
    log.error("%s", reference, exc_info=error)
    handler.close()
    return _("Noe uventet gikk galt. Oppgi {reference} når du melder fra; feilen står i {file}.").format(
        reference=reference, file=LOG
    )
