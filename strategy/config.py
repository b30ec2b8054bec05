"""Settings from the environment: where the data is. See `docs/settings.md`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from strategy.errors import BadInput
from strategy.i18n import _

ROOT = Path(__file__).parent.parent
ICON = str(Path(__file__).with_name("icon.svg"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is; every path is absolute."""

    database_url: str
    example_url: str
    strategy_file: Path
    data_dir: Path


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings as they are now. Raises `BadInput` with the name of the variable at fault."""
    given = os.environ if environ is None else environ
    data = _path(given, "STRATEGY_DATA_DIR", ROOT / "data")
    return Settings(
        database_url=_url(given, "STRATEGY_DATABASE_URL") or sqlite_url(data / "strategy.db"),
        example_url=sqlite_url(data / "example.db"),
        strategy_file=_path(given, "STRATEGY_FILE", ROOT / "strategy.yaml"),
        data_dir=data,
    )


def sqlite_url(file: Path) -> str:
    """The address of a SQLite file; `/` also on Windows, as SQLAlchemy wants it."""
    return f"sqlite:///{file.absolute().as_posix()}"


def _path(given: Mapping[str, str], name: str, default: Path) -> Path:
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
