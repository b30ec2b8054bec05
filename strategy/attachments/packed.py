"""What an Office file is: a packed folder, looked through to its end, and refused where something can run.

Nothing of it is unpacked to the disk, and no XML of it is parsed.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from strategy.i18n import mark
from strategy.terms import FileType

UNPACKED, PARTS = 200 * 2**20, 5_000
"""How much may be in it when it is unpacked, in bytes, and in how many parts."""

_STEP = 2**20
_TYPES = "[Content_Types].xml"
_OF_TYPES = {
    FileType.DOCX: b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"',
    FileType.XLSX: b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"',
    FileType.PPTX: b'"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"',
}
_RUNS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"#!")
"""How a part begins that is a store of macros, an object of another program, or a program."""
_SCRIPTS = ("basic/", "scripts/", "word/activex/", "xl/activex/", "ppt/activex/", "xl/macrosheets/")

OTHER = mark(
    "«{name}» er ikke det navnet sier, eller fila er ødelagt. Åpne den, lagre den på nytt, og prøv igjen."
)
BOMB = mark("«{name}» blir for stor når den pakkes ut, og er ikke lagret.")
MACROS = mark(
    "«{name}» har makroer eller programmer i seg, og kan ikke legges ved. Lagre den uten, eller som PDF."
)
LOCKED = mark("«{name}» er låst med passord, så den kan ikke kontrolleres. Ta bort passordet, og prøv igjen.")


def packed_format(content: bytes) -> FileType | str:
    """Which Office file it is, or a sentence on why it cannot be kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return next(_flaws(packed), None) or _which(packed)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return OTHER


def _flaws(packed: zipfile.ZipFile) -> Iterator[str]:
    """Why it cannot be kept; each part is read to its end: what it says of its size may be a lie."""
    parts, left = packed.infolist(), UNPACKED
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        yield BOMB
    for part in parts:
        if part.flag_bits & 1:
            yield LOCKED
        name = part.filename.casefold()
        if name.startswith(_SCRIPTS) or "vbaproject" in name:
            yield MACROS
        with packed.open(part) as opened:
            first = True
            while read := opened.read(_STEP):
                if first and read.startswith(_RUNS):
                    yield MACROS
                first, left = False, left - len(read)
                if left < 0:
                    yield BOMB


def _which(packed: zipfile.ZipFile) -> FileType | str:
    names = set(packed.namelist())
    if _TYPES in names:
        said = packed.read(_TYPES)
        if b"macroenabled" in said.lower() or b"vbaproject" in said.lower():
            return MACROS
        is_plain = (
            b"&" not in said and b"<!" not in said
        )  # nothing is written so that it only looks like another
        return next((of for of, main in _OF_TYPES.items() if is_plain and main in said), OTHER)
    if "mimetype" in names:
        if "META-INF/manifest.xml" in names and b"encryption-data" in packed.read("META-INF/manifest.xml"):
            return LOCKED
        said = packed.read("mimetype").strip()
        return next((of for of in (FileType.ODT, FileType.ODS) if of.mime.encode() == said), OTHER)
    return OTHER
