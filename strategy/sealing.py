"""Seal what nobody may read yet, by a key that stands in a file outside the database and its backups.

AES-256 in GCM: each answer under a nonce of its own, bound to what it is about, all of one length.
"""

import base64
import binascii
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from strategy import texts, unfinished
from strategy.errors import Unavailable
from strategy.i18n import _

NAME = ".tillit-nokkel"
_SIZE, _NONCE = 32, 12


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 32 random bytes; `lock` names it and tells nothing of it."""

    secret: bytes = field(repr=False)

    @property
    def lock(self) -> str:
        return hashlib.sha256(b"lock" + self.secret).hexdigest()[:16]

    def seal(self, value: int, about: str) -> str:
        """Return a number from 0 to 255 as text that only this key opens, and only as being `about` that."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.secret).encrypt(nonce, bytes([value]), about.encode())
        return base64.b64encode(nonce + sealed).decode()

    def opened(self, sealed: str, about: str) -> int | None:
        """The number that was sealed; None for what this key did not seal as being `about` that."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            return AESGCM(self.secret).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())[0]
        except (InvalidTag, ValueError, binascii.Error):
            return None


def stored(file: Path) -> Key | None:
    """The key in a file; None where there is none. Raises `Unavailable` for one that cannot be used."""
    try:
        return Key(_decoded(file))
    except FileNotFoundError:
        return None
    except OSError as error:
        said = _("Nøkkelfila {file} kan ikke leses: {why}.")
        raise Unavailable(said.format(file=file, why=texts.why(error))) from None
    except ValueError:
        said = _("Nøkkelfila {file} er skadet. Legg den tilbake, eller flytt den: da lages en ny.")
        raise Unavailable(said.format(file=file)) from None


def made(file: Path) -> Key:
    """The key in a file, made at random where there is none; nobody but its owner may read it."""
    if not (found := stored(file)):
        _make(file)
        found = stored(file)
    if not found:
        raise Unavailable(_("Nøkkelfila {file} kan ikke lages.").format(file=file))
    return found


def _decoded(file: Path) -> bytes:
    raw = bytes.fromhex(file.read_text("ascii"))
    if len(raw) != _SIZE:
        raise ValueError
    return raw


def _make(file: Path) -> None:
    """Write it under another name and name it when whole, unless another came first."""
    try:
        with unfinished.draft(file.parent) as draft:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_bytes(_SIZE).hex())
                handle.flush()
                os.fsync(handle.fileno())
            with suppress(FileExistsError):
                os.link(draft, file)
    except OSError as error:
        said = _("Nøkkelfila {file} kan ikke lages: {why}.")
        raise Unavailable(said.format(file=file, why=texts.why(error))) from None
