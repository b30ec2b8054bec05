"""Files under way: hidden until they are whole, gone when that fails, and cleared away where it was killed.

Each has a lock beside it, held by whoever writes it; what nobody holds belongs to a process that is dead.
"""

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDINGS = ("", "-journal", "-wal", "-shm")
"""What SQLite lays beside a file."""

_LOCK = re.compile(r"(\.strategi-[0-9a-f]{16})\.lock")
_OLDER = re.compile(r"\.[0-9a-f]{16}\.part|\.[^/]+\.db\.[0-9a-f]{8}")
_HOUR = 3600.0
_OURS = (b"", b"SQLite format 3\0")


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """A hidden name in `folder`, which is there; what is left under it is gone afterwards."""
    clear(folder)
    with _held(folder) as stem:
        path = folder / f"{stem}.part"
        try:
            yield path
        finally:
            remove(path)


def clear(folder: Path, *, older: bool = False) -> tuple[Path, ...]:
    """Remove what processes that are dead left under way in `folder`, and return it; others' are not touched.

    With `older` also what was left before there were locks, where it is ours and an hour old.
    """
    there = tuple(folder.iterdir()) if folder.is_dir() else ()
    locks = [(file, hit[1]) for file in there if (hit := _LOCK.fullmatch(file.name))]
    gone = [file.with_name(f"{stem}.part") for file, stem in locks if _let_go(file, stem)]
    left = [file for file in there if older and _OLDER.fullmatch(file.name) and _is_old(file)]
    for file in left:
        remove(file)
    return (*gone, *left)


def remove(path: Path) -> None:
    """Remove a file and what SQLite lays beside it."""
    for ending in ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def finish(draft: Path, final: Path) -> Path:
    """Move a finished file to its final name, so that it is there after a power cut too."""
    _sync(draft)
    draft.replace(final)
    _sync(final.parent)
    return final


def made(folder: Path) -> None:
    """Make a folder where it is missing, so that it is there after a power cut too."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _held(folder: Path) -> Iterator[str]:
    """A name of one's own, held as long as this lasts; taken anew where `clear` took it for a dead one's."""
    while True:
        stem = f".strategi-{secrets.token_hex(8)}"
        lock = folder / f"{stem}.lock"
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if _take(handle) and os.fstat(handle).st_nlink:
            break
        os.close(handle)
    try:
        yield stem
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def _let_go(lock: Path, stem: str) -> bool:
    """Remove what a lock that nobody holds stands for, then the lock; whether that was so."""
    try:
        handle = os.open(lock, os.O_RDWR)
    except OSError:
        return False
    try:
        if not _take(handle):
            return False
        with suppress(OSError):
            remove(lock.with_name(f"{stem}.part"))
            lock.unlink(missing_ok=True)
        return True
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Lock a file unless another process holds it; the lock goes with the process, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_old(file: Path) -> bool:
    """Whether a file from before there were locks is ours, and nobody has written to it for an hour."""
    try:
        with file.open("rb") as content:
            ours = content.read(16) in _OURS
        return ours and time.time() - file.stat().st_mtime > _HOUR
    except OSError:
        return False
