"""The folder files lie in, each by the SHA-256 of its content: it is there as it was, or it is not there."""

import re
from hashlib import sha256
from pathlib import Path

from strategy import texts, unfinished
from strategy.errors import Unavailable
from strategy.i18n import _

_NAME = re.compile(r"[0-9a-f]{64}")


def is_name(text: str) -> bool:
    """Whether this is a name a file here can have: no path, and nothing of another program's."""
    return bool(_NAME.fullmatch(text))


def put(folder: Path, content: bytes) -> str:
    """Keep a file, and return its name; it is on the disk, whole, when this returns.

    Raises `Unavailable` where the disk says no; then nothing stands under the name.
    """
    name = sha256(content).hexdigest()
    if is_whole(folder, name):
        return name
    try:
        unfinished.made(folder)
        with unfinished.draft(folder) as draft:
            draft.write_bytes(content)
            unfinished.finish(draft, folder / name)
    except OSError as error:
        said = _("Fila kunne ikke lagres: {why}. Ingenting er endret.")
        raise Unavailable(said.format(why=texts.why(error))) from error
    return name


def is_whole(folder: Path, name: str) -> bool:
    """Whether a file is there with the content it was kept with."""
    return _read(folder, name) is not None


def content(folder: Path, name: str) -> bytes:
    """What a file holds. Raises `Unavailable` where it is gone, or another than the one that was kept."""
    found = _read(folder, name)
    if found is None:
        said = _("Fila er borte fra mappa {folder}, eller endret der. Hent den fra en sikkerhetskopi.")
        raise Unavailable(said.format(folder=folder.name))
    return found


def _read(folder: Path, name: str) -> bytes | None:
    try:
        found = (folder / name).read_bytes() if is_name(name) else b""
    except OSError:
        return None
    return found if sha256(found).hexdigest() == name else None
