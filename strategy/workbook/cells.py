"""Read the cells of an Excel workbook in a process of its own, where a hostile file can do no harm.

Run as a script: the file on standard input, the names of the sheets wanted as arguments, JSON on standard
output. It imports the standard library and openpyxl only, so that it starts fast and needs little.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

MOST_BYTES = 2 * 2**20
"""What the page takes too (`maxUploadSize` in `.streamlit/config.toml`)."""

MOST_UNPACKED = 20_000_000
MOST_PARTS = 200
MOST_RATIO = 100
SMALL = 100_000
"""Parts below this may be packed tighter than `MOST_RATIO`: empty cells are very alike."""

MOST_ROWS, MOST_COLUMNS = 20_000, 60
MOST_TEXT, MOST_LETTERS = 32_767, 12_000_000

MEMORY = 192 * 2**20
"""Address space, which what is in use cannot pass; a form of 2,000 measures takes half."""

CPU_SECONDS, SECONDS = 4, 20
"""Of work, and by the clock: a busy machine makes no form hostile."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRANGERS = {
    "mimetype": "ods",
    "word/document.xml": "word",
    "ppt/presentation.xml": "powerpoint",
    "xl/workbook.bin": "xlsb",
    "Index/Document.iwa": "numbers",
}
_OUTSIDE = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/")
_DTD = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le"))
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")


class Refused(Exception):
    """The file is not read; `args[0]` is why, one of the words in `reading.REFUSALS`."""


def read(raw: bytes, sheets: Sequence[str]) -> dict[str, Any]:
    """The cells of those of `sheets` that are there, by sheet. Raises `Refused`; takes little room and time.

    Each sheet has `cells`, as (row, column, kind, value, whether it is shown in per cent), `merged`, and
    `begins`, the day the workbook counts its days from.
    """
    glance(raw)
    command = [sys.executable, "-I", __file__, *sheets]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise Refused("heavy") from None
    if done.returncode:  # it ran out of memory or time
        raise Refused("heavy")
    found: dict[str, Any] = json.loads(done.stdout)
    if "refused" in found:
        raise Refused(found["refused"])
    return found


def glance(raw: bytes) -> None:
    """Look at size, kind and table of contents, without unpacking anything. Raises `Refused`."""
    if not raw:
        raise Refused("empty")
    if len(raw) > MOST_BYTES:
        raise Refused("big")
    if raw.startswith(_OLE):
        raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in raw else "xls")
    if not raw.startswith(b"PK"):
        raise Refused("text" if b"\0" not in raw[:4096] else "unreadable")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_contents(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise Refused("unreadable") from None


def _check_contents(parts: Sequence[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    for name, stranger in _STRANGERS.items():
        if name in names:
            raise Refused(stranger)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("heavy")
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts):
        raise Refused("heavy")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if any(name.startswith(_OUTSIDE) for name in names):
        raise Refused("outside")
    if "[Content_Types].xml" not in names or len(names) < len(parts):
        raise Refused("unreadable")


def extract(raw: bytes, sheets: Sequence[str]) -> dict[str, Any]:
    """What `read` gives, in this very process."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        _check_parts(archive)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        wanted = {name.casefold(): name for name in sheets}
        left = MOST_LETTERS
        found: dict[str, Any] = {}
        for page in book.worksheets:
            name = wanted.get(page.title.strip().casefold())
            if name is None or name in found:
                continue
            cells = []
            for cell in _cells(page):
                cells.append(cell)
                left -= len(cell[3])
                if left < 0:
                    raise Refused("heavy")
            merged = _MERGED.findall(archive.read(page._worksheet_path.lstrip("/")))
            ranges = [each.decode() for each in merged[:MOST_ROWS]]
            found[name] = {"cells": cells, "merged": ranges, "begins": book.epoch.date().isoformat()}
    return found


def _check_parts(archive: zipfile.ZipFile) -> None:
    """No part of a workbook has a document type of its own; one that has wants to grow."""
    for part in archive.infolist():
        content = archive.read(part)
        if any(word in content for word in _DTD):
            raise Refused("unreadable")
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
            raise Refused("macros")


def _cells(page: Any) -> Iterator[tuple[int, int, str, str, bool]]:
    page.reset_dimensions()
    for row in page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS):
        for cell in row:
            if cell.value is None:
                continue
            if cell.row > MOST_ROWS:
                raise Refused("heavy")
            kind, text = _plain(cell)
            yield cell.row, cell.column, kind, text, "%" in (cell.number_format or "")


def _plain(cell: Any) -> tuple[str, str]:
    """The kind and value of a cell: t(ext), n(umber), d(ay), b(oolean), f(ormula) or e(rror)."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        return cell.data_type, str(value)[:MOST_TEXT]
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, datetime):
        return "d", value.date().isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, int | float):
        return "n", f"{value:.15g}"
    return "t", str(value)[:MOST_TEXT]


def _limit() -> None:
    """Take no more memory or time than a form needs; where there are no limits the caller has a clock."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))


def _main() -> None:
    _limit()
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and it is large
    try:
        found = extract(sys.stdin.buffer.read(), sys.argv[1:])
    except Refused as refused:
        found = {"refused": refused.args[0]}
    except MemoryError:
        found = {"refused": "heavy"}
    except Exception:  # whatever is wrong with it, it is no workbook
        found = {"refused": "unreadable"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
