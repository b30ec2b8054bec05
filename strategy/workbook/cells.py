"""Read the cells of an Excel workbook in a process of its own, where a hostile file can do no harm.

Run as a script: the file on standard input, the names of the sheets wanted as arguments, JSON on standard
output. It imports the standard library and openpyxl only, so that it starts fast and needs little.
"""

import io
import json
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

MOST_BYTES = 2 * 2**20
"""What the page takes too."""

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
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\shidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"']([0-9]{1,7})[\"']"
)
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*>")
_MIN, _MAX = re.compile(rb"\bmin=[\"']([0-9]{1,5})"), re.compile(rb"\bmax=[\"']([0-9]{1,5})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")


class Refused(Exception):
    """The file is not read; `args[0]` is why, one of the words in `reading.REFUSALS`."""


def read(raw: bytes, sheets: Sequence[str]) -> dict[str, Any]:
    """The cells of those of `sheets` that are there, by sheet. Raises `Refused`; takes little room and time.

    Each sheet has `cells`, as (row, column, kind, value, whether it is shown in per cent), `merged`,
    `begins`, the day the workbook counts its days from, and what a reader of cells does not see: `comments`,
    as (address, text), `hidden`, as rows and columns, and `struck`, the addresses of text that is struck
    through. All other sheets are in "", each with its `title`, `cells` and `comments`; `more` where it
    has more than is read.
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
        found: dict[str, Any] = {"": []}
        strangers = []
        struck = any(font.strike for font in book._fonts)
        for page in book.worksheets:
            name = wanted.get(page.title.strip().casefold())
            if name is None or name in found:
                strangers.append(page)
                continue
            cells, left = _within(page, left)
            if left < 0:
                raise Refused("heavy")
            part = archive.read(page._worksheet_path.lstrip("/"))
            found[name] = {
                "cells": cells,
                "merged": [each.decode() for each in _MERGED.findall(part)[:MOST_ROWS]],
                "begins": book.epoch.date().isoformat(),
                "comments": _comments(archive, page),
                "hidden": [_numbers(_HIDDEN_ROW, part), _hidden_columns(part)],
                "struck": _struck(page) if struck else [],
            }
        for page in strangers:
            cells, left = _within(page, left)
            found[""].append(
                {
                    "title": page.title,
                    "cells": cells,
                    "more": left < 0,
                    "comments": _comments(archive, page),
                    "begins": book.epoch.date().isoformat(),
                }
            )
    return found


def _within(page: Any, left: int) -> tuple[list[tuple[int, int, str, str, bool]], int]:
    """The cells of a sheet, and how many letters are left; less than none where it has too many."""
    cells = []
    for cell in _cells(page) if left >= 0 else ():
        left = -1 if cell[0] > MOST_ROWS else left - len(cell[3])
        if left < 0:
            break
        cells.append(cell)
    return cells, left


def _comments(archive: zipfile.ZipFile, page: Any) -> list[tuple[str, str]]:
    """The comments on the cells of a sheet, old and new; a thread is told instead of its old copy."""
    folder, _slash, name = page._worksheet_path.lstrip("/").rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    found: dict[str, dict[str, str]] = {"comment": {}, "threadedComment": {}}
    for part in _related(archive, relations, folder):
        for node in _parsed(archive, part).iter():
            kind, address = node.tag.rpartition("}")[2], node.get("ref")
            if kind in found and address:
                said = "".join(each.text or "" for each in node.iter() if each.tag.endswith(("}t", "}text")))
                found[kind][address] = "\n".join(filter(None, (found[kind].get(address), said)))
    return list({**found["comment"], **found["threadedComment"]}.items())


def _related(archive: zipfile.ZipFile, relations: str, folder: str) -> Iterator[str]:
    """The parts with comments that a sheet names."""
    names = set(archive.namelist())
    for relation in _parsed(archive, relations).iter() if relations in names else ():
        if (relation.get("Type") or "").endswith(("/comments", "/threadedComment")):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
            if target in names:
                yield target


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    from openpyxl.xml.functions import fromstring

    return fromstring(archive.read(part))


def _numbers(pattern: re.Pattern[bytes], part: bytes) -> list[int]:
    return [int(number) for number in pattern.findall(part)]


def _hidden_columns(part: bytes) -> list[int]:
    spans = [(_numbers(_MIN, each), _numbers(_MAX, each)) for each in _HIDDEN_COLUMN.findall(part)]
    return sorted({n for first, last in spans for n in range(first[0], min(last[0], MOST_COLUMNS) + 1)})


def _struck(page: Any) -> list[str]:
    rows = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    return [cell.coordinate for row in rows for cell in row if cell.value is not None and cell.font.strike]


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
