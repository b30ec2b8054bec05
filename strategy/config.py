"""Settings from the environment: where the data is, and how mail goes out. See `docs/settings.md`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from strategy.errors import BadInput
from strategy.i18n import _

_PACKAGE = Path(__file__).parent
_CARRIED = _PACKAGE / "carried"  # made by the build: what lies beside the package in a checkout

INSTALLED = _CARRIED.is_dir()
ICON = str(_PACKAGE / "icon.svg")


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server mail goes out by; `security` is `none`, `starttls` or `tls`.

    Answers go to `reply_to`, or to the sender where it is empty.
    """

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is; every path is absolute."""

    database_url: str
    example_url: str
    strategy_file: Path
    data_dir: Path
    address: str = "http://localhost:8501"
    smtp: Smtp | None = None
    key_file: Path | None = None

    @property
    def backups(self) -> Path:
        """The folder backups are kept in."""
        return self.data_dir / "backup"

    @property
    def is_local(self) -> bool:
        """Whether the address leads to this machine alone."""
        return urlsplit(self.address).hostname in ("localhost", "127.0.0.1", "::1")


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings as they are now; unset, data are beside `app.py`, or where one stands when installed.

    Raises `BadInput` with the name of the variable at fault.
    """
    given = os.environ if environ is None else environ
    home = Path.cwd() if INSTALLED else _PACKAGE.parent
    data = _path(given, "STRATEGY_DATA_DIR", home / "data")
    plan = home / "strategy.yaml"
    return Settings(
        database_url=_url(given, "STRATEGY_DATABASE_URL") or sqlite_url(data / "strategy.db"),
        example_url=sqlite_url(data / "example.db"),
        strategy_file=_path(given, "STRATEGY_FILE", plan if plan.exists() else resource(plan.name)),
        data_dir=data,
        address=_address(given),
        smtp=_smtp(given),
        key_file=_path(given, "STRATEGY_KEY_FILE", None),
    )


def resource(name: str) -> Path:
    """Find what lies beside the package in a checkout, and inside it when installed, as `data/example`."""
    return (_CARRIED if INSTALLED else _PACKAGE.parent) / name


def sqlite_url(file: Path) -> str:
    """The address of a SQLite file; `/` also on Windows, as SQLAlchemy wants it."""
    return f"sqlite:///{file.absolute().as_posix()}"


def _address(given: Mapping[str, str]) -> str:
    """Where people reach the program, for links in mail; without a slash at the end."""
    raw = given.get("STRATEGY_ADDRESS", "").strip().rstrip("/") or "http://localhost:8501"
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        name = "STRATEGY_ADDRESS"
        raise BadInput(
            _("{name} er ikke en nettadresse. Skriv for eksempel https://plan.eksempel.no.").format(
                name=name
            ),
            name,
        )
    return raw


def _smtp(given: Mapping[str, str]) -> Smtp | None:
    """The mail server as given, never repeated in a refusal: it may hold a password."""
    raw, sender = given.get("STRATEGY_SMTP_URL", "").strip(), given.get("STRATEGY_MAIL_FROM", "").strip()
    if not raw:
        return None
    name = "STRATEGY_SMTP_URL"
    wrong = BadInput(
        _("{name} er ikke en e-posttjener. Skriv smtp://bruker:passord@tjener:587 eller smtps://….").format(
            name=name
        ),
        name,
    )
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _SMTP or not parts.hostname:
        raise wrong
    if "@" not in sender:
        said = _("STRATEGY_MAIL_FROM må være adressen e-posten sendes fra.")
        raise BadInput(said, "STRATEGY_MAIL_FROM")
    reply_to = given.get("STRATEGY_MAIL_REPLY_TO", "").strip()
    if reply_to and "@" not in reply_to:
        said = _("STRATEGY_MAIL_REPLY_TO må være adressen svar på e-posten skal gå til.")
        raise BadInput(said, "STRATEGY_MAIL_REPLY_TO")
    security, usual = _SMTP[parts.scheme]
    if security == "starttls" and not parts.username:
        security = "none"  # a relay on the same machine
    return Smtp(
        parts.hostname,
        port or usual,
        security,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        sender,
        reply_to,
    )


_SMTP = {"smtp": ("starttls", 587), "smtps": ("tls", 465)}


Default = TypeVar("Default", Path, None)


def _path(given: Mapping[str, str], name: str, default: Default) -> Path | Default:
    raw = given.get(name, "").strip()
    if "\0" in raw:
        raise BadInput(_("{name} er ikke en filsti.").format(name=name), name)
    return Path(raw).expanduser().absolute() if raw else default


def _url(given: Mapping[str, str], name: str) -> str:
    """The address as given, never repeated in a refusal: it may hold a password."""
    raw = given.get(name, "").strip()
    kind, separator, rest = raw.partition("://")
    if not raw:
        return ""
    if not separator or not kind:
        raise BadInput(
            _(
                "{name} er ikke en databaseadresse. Skriv sqlite:////full/sti/til/fil.db "
                "eller postgresql+psycopg://bruker:passord@maskin/database."
            ).format(name=name),
            name,
        )
    if kind.startswith("sqlite") and rest.strip("/") in ("", ":memory:"):
        raise BadInput(
            _("{name} peker på en database i minnet, som ville blitt borte. Skriv stien til en fil.").format(
                name=name
            ),
            name,
        )
    return raw
