"""Files that are no filled-in form: each is a sentence, in bounded memory and time."""

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from strategy import workbook
from strategy.workbook import cells, form, reading

MEMORY = 200 * 2**20

NAMES = [*form.SHEET_NAMES, form.MARKER]
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain_book() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title, book.active["A1"] = "Tiltak", "Nøkkel"
    book.save(out)
    return out.getvalue()


def archive(parts: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_parts(**changed: bytes) -> bytes:
    """A workbook with parts added or replaced; `__` in a name stands for `/`."""
    with zipfile.ZipFile(io.BytesIO(plain_book())) as there:
        parts = {name: there.read(name) for name in there.namelist()}
    return archive(parts | {name.replace("__", "/"): content for name, content in changed.items()})


def bomb() -> bytes:
    """38 MB of cells packed into 0.1 MB: four hundred megabytes and fourteen seconds to openpyxl."""
    row = b"<row>" + b'<c t="inlineStr"><is><t>x</t></is></c>' * 1000 + b"</row>"
    return with_parts(**{"xl__worksheets__sheet1.xml": sheet(row * 1000)})


def sheet(rows: bytes) -> bytes:
    return f'<worksheet xmlns="{SHEET}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def dense() -> bytes:
    """As much as is let through: 19 MB of cells that do not pack well."""
    chance = random.Random(1)
    cell = b'<c t="str"><v>%s</v></c>'
    rows = (
        b"<row>" + b"".join(cell % chance.randbytes(6).hex().encode() for _n in range(60))
        for _m in range(8300)
    )
    return with_parts(**{"xl__worksheets__sheet1.xml": sheet(b"".join(rows))})


def one_text_many_times() -> bytes:
    """A long text that a thousand cells point to: thirty million letters to hand on."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Tiltak")
        for row in range(1000):
            page.write_string(row, 0, "æ" * 30_000)
    return out.getvalue()


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")


def locked_zip() -> bytes:
    raw = bytearray(plain_book())
    place = raw.index(b"PK\x01\x02")
    raw[place + 8] |= 1
    return bytes(raw)


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

CONTENT = "[Content_Types].xml"
FIRST = "xl__worksheets__sheet1.xml"
STRINGS = "xl__sharedStrings.xml"
PARTS = {CONTENT: TYPES}

HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "Fila er tom"),
    "2 MB and a byte": (lambda: plain_book().ljust(2 * 2**20 + 1, b"\0"), "større enn 2 MB"),
    "old format": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "det gamle formatet .xls"),
    "encrypted": (encrypted, "beskyttet med passord"),
    "locked zip": (locked_zip, "beskyttet med passord"),
    "CSV renamed": (lambda: "Nøkkel;Fase\n1.1.1;Pågår\n".encode(), "Fila er ren tekst, som CSV"),
    "web page renamed": (lambda: b"<html><table></table></html>", "Fila er ren tekst"),
    "picture renamed": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "kan ikke leses som en Excel-arbeidsbok"),
    "half a file": (lambda: plain_book()[:3000], "kan ikke leses som en Excel-arbeidsbok"),
    "zip of nothing": (lambda: archive({}), "kan ikke leses som en Excel-arbeidsbok"),
    "zip of texts": (lambda: archive({"../../etc/passwd": b"x", "les.txt": b"x"}), "kan ikke leses"),
    "zip in a zip": (lambda: archive({"skjema.xlsx": plain_book()}), "kan ikke leses"),
    "types and nothing": (lambda: archive(PARTS), "kan ikke leses"),
    "Word": (lambda: archive(PARTS | {"word/document.xml": b""}), "et Word-dokument"),
    "ODF": (lambda: archive({"mimetype": b"application/vnd.oasis"}), "lagret som ODF-regneark"),
    "binary workbook": (lambda: archive(PARTS | {"xl/workbook.bin": b""}), "binær arbeidsbok"),
    "macros": (lambda: with_parts(**{"xl__vbaProject.bin": b"x"}), "Fila har makroer"),
    "macro type": (lambda: with_parts(**{CONTENT: TYPES + b"<!-- macroEnabled -->"}), "Fila har makroer"),
    "outside": (lambda: with_parts(**{"xl__externalLinks__externalLink1.xml": b"<x/>"}), "henter tall"),
    "no form": (plain_book, "Fila er ikke et skjema herfra"),
    "laughs": (lambda: with_parts(**{STRINGS: DTD + b"<sst>&b;</sst>"}), "kan ikke leses"),
    "laughs in UTF-16": (lambda: with_parts(**{STRINGS: DTD.decode().encode("utf-16")}), "kan ikke leses"),
    "broken sheet": (lambda: with_parts(**{FIRST: b"<worksheet><row>"}), "kan ikke leses"),
    "deep": (lambda: with_parts(**{FIRST: b"<a>" * 30_000}), "kan ikke leses"),
    "bomb": (bomb, "for stor eller for tung"),
    "many parts": (lambda: archive(PARTS | {f"p{n}": b"" for n in range(300)}), "for tung"),
    "thirty million letters": (lambda: archive({CONTENT: b"x" * 30_000_000}), "for tung"),
    "one text many times": (one_text_many_times, "for stor eller for tung"),
}  # fmt: skip


def problems(raw: bytes) -> list[str]:
    return [str(problem) for problem in workbook.read(raw).problems]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_one_sentence_that_says_what_to_do(what: str):
    make, sentence = HOSTILE[what]
    (said,) = problems(make())
    assert sentence in said


def test_every_refusal_has_its_sentence_and_every_sentence_a_refusal():
    source = Path(cells.__file__).read_text("utf-8")
    assert all(f'"{why}"' in source for why in reading.REFUSALS)


MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-I", *sys.argv[1:]], stdin=sys.stdin.buffer, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
"""Between us and the one measured: a child begins with the memory of whoever started it."""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
@pytest.mark.parametrize("make", [dense, bomb], ids=lambda make: make.__name__)
def test_the_worst_that_is_unpacked_stays_within_its_memory_and_time(make: Callable[[], bytes]):
    """The child's own limits, past the first look that stops most."""
    command = [sys.executable, "-I", "-c", MEASURED, cells.__file__, *NAMES]
    done = subprocess.run(command, input=make(), capture_output=True, check=True)
    kilobytes, seconds = map(float, done.stdout.split())
    assert kilobytes * 1024 < MEMORY
    assert seconds < 5.5


def test_any_bytes_are_answered_with_values_or_problems():
    """A form with bytes knocked out never becomes an error; most are caught by the zip's own sums."""
    raw = plain_book()
    for place in range(0, len(raw), 997):
        hit = raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]
        try:
            cells.glance(hit)
            found = cells.extract(hit, NAMES)
        except Exception:  # the child makes a word of it, whatever it is
            continue
        assert reading.read_cells(found).problems
