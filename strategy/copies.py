"""How it stands with the backups there are, and the newest of them packed with its files, to take away."""

import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from strategy import attachments, backup, changes
from strategy.errors import Refusal
from strategy.i18n import plural


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest of `count` backups in a folder; `stamp` is how far it goes, None where it cannot be read."""

    file: Path
    taken_at: datetime
    size: int
    count: int
    stamp: changes.Stamp | None


def newest(folder: Path) -> Newest | None:
    """The newest backup in `folder`, by the day in its name; it was looked through when it was taken.

    Raises `Unavailable`.
    """
    with backup.explained():
        found = backup.listed(folder)
        if not found:
            return None
        first = found[0]
        size = first.file.stat().st_size
    return Newest(first.file, first.taken_at, size, len(found), _stamp(first.file))


def since(found: Newest, session: Session) -> int | None:
    """How many changes came after a backup; None where it is of another history than the one that stands."""
    if not found.stamp:
        return None
    there = changes.hash_of(session, found.stamp.change)
    is_ours = changes.is_of(found.stamp.fingerprint, there)
    return changes.newest(session) - found.stamp.change if is_ours else None


def packed(file: Path) -> bytes:
    """A backup and the files it names as one zip: unpacked, it is a folder that `restore` takes.

    What is not whole is left out, as `lacking` tells. Raises `Unavailable`.
    """
    folder = backup.files(file.parent)
    with backup.explained(), tempfile.TemporaryFile() as content:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(file, file.name)
            for name in sorted(backup.named(file)):
                if attachments.is_whole(folder, name):
                    archive.write(folder / name, f"{folder.name}/{name}")
        content.seek(0)
        return content.read()


def lacking(file: Path, folder: Path) -> str:
    """How many of the files a backup names are not whole in `folder`; empty where all are."""
    count = backup.lacking(file, folder)
    said = plural("{n} fil som er lagt ved, mangler.", "{n} filer som er lagt ved, mangler.", count)
    return said if count else ""


def _stamp(file: Path) -> changes.Stamp | None:
    try:
        with backup.explained():
            return backup.stamp(file)
    except Refusal:
        return None
