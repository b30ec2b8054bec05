"""Which files may be kept: known by their content, cleaned, and what is refused refused with a sentence."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from strategy.attachments import LIMIT, judged
from strategy.attachments.packed import UNPACKED
from strategy.errors import BadInput
from strategy.terms import FileType

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
}
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODF = "application/vnd.oasis.opendocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200


def picture(of: str = "jpeg", size: tuple[int, int] = (60, 30), mode: str = "RGB", **more: Any) -> bytes:
    made = io.BytesIO()
    drawn = Image.new(mode, size)
    drawn.paste((200, 30, 30) if mode == "RGB" else (200, 30, 30, 90), (0, 0, size[0] // 2, size[1]))
    drawn.save(made, of, **more)
    return made.getvalue()


def phone_photo() -> bytes:
    """As a phone takes it, on its side, with where, by which camera and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = 6, "Fairphone", "hjemme hos Kari"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 49.0), 3: "E", 4: (10.0, 44.0, 20.0)})
    return picture(exif=exif, comment=b"hjemme hos Kari")


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def office(main: str, **more: bytes) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "main.xml": b"<x/>", **more})


def with_part(name: str, content: bytes) -> bytes:
    return office(MAIN["docx"], **{name: content})


def opendocument(kind: str, **more: bytes) -> bytes:
    return zipped({"mimetype": f"{ODF}{kind}".encode(), "content.xml": b"<x/>", **more})


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is this large, in a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def locked() -> bytes:
    """A packed file whose parts say that they are encrypted."""
    raw = bytearray(office(MAIN["docx"]))
    for at in (hit.start() for hit in re.finditer(b"PK\x01\x02", bytes(raw))):
        raw[at + 8] |= 1
    return bytes(raw)


def lying() -> bytes:
    """A part that is larger than its packed file says it is."""
    raw = bytearray(with_part("word/media/stor.bin", b"\0" * 900_000))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(raw)


FINE: dict[str, tuple[Callable[[], bytes], FileType]] = {
    "Referat.pdf": (lambda: PDF, FileType.PDF),
    "IMG_0012.JPG": (picture, FileType.JPEG),
    "bilde.jpeg": (phone_photo, FileType.JPEG),
    "skjermbilde.png": (lambda: picture("png", mode="RGBA"), FileType.PNG),
    "bilde.webp": (lambda: picture("webp"), FileType.WEBP),
    "brev.docx": (lambda: office(MAIN["docx"]), FileType.DOCX),
    "budsjett.xlsx": (lambda: office(MAIN["xlsx"]), FileType.XLSX),
    "foredrag.pptx": (lambda: office(MAIN["pptx"]), FileType.PPTX),
    "brev.odt": (lambda: opendocument("text"), FileType.ODT),
    "tall.ods": (lambda: opendocument("spreadsheet"), FileType.ODS),
    "notat.txt": (lambda: "Blåbær – 3 < 4\r\n".encode(), FileType.TXT),
    "fra excel.csv": (lambda: "Måned;Antall\r\nMai;3\r\n".encode("cp1252"), FileType.CSV),
    "akkurat 25 MB.pdf": (lambda: PDF.replace(b"1 0", b"\0" * (LIMIT - len(PDF) + 3)), FileType.PDF),
}

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("tom.pdf", lambda: b"", "er tom"),
    "25 MB and a byte": ("stor.pdf", lambda: PDF.ljust(LIMIT + 1, b"\0"), "større enn 25 MB"),
    "a program called a PDF": ("faktura.pdf", lambda: EXE, "ikke det navnet sier"),
    "a program with its own name": ("faktura.pdf.exe", lambda: EXE, "kan ikke legges ved"),
    "a program called a text": ("lesmeg.txt", lambda: EXE, "ikke det navnet sier"),
    "a page called a PDF": ("a.pdf", lambda: b"<html><script>1</script>", "ikke det navnet sier"),
    "a page called a text": ("a.txt", lambda: b" \n<!DOCTYPE html><script>1</script>", "et program i seg"),
    "a page within a text": ("a.csv", lambda: b"a;b\n<ScRiPt>1</script>", "et program i seg"),
    "a page": ("a.html", lambda: b"<html>", "et program i seg"),
    "a script in an SVG": ("logo.svg", lambda: SVG, "et program i seg"),
    "an SVG called a picture": ("logo.png", lambda: SVG, "ikke det navnet sier"),
    "an SVG called a text": ("logo.txt", lambda: SVG, "et program i seg"),
    "a picture that is another": ("a.png", picture, "heter .png, men innholdet er bilde (JPEG)"),
    "a Word file called a PDF": ("a.pdf", lambda: office(MAIN["docx"]), "innholdet er Word"),
    "a torn photo": ("a.jpg", lambda: phone_photo()[:-200], "er ødelagt"),
    "the head of a photo": ("a.jpg", lambda: b"\xff\xd8\xff\xe0", "er ødelagt"),
    "a torn drawing": ("a.png", lambda: picture("png")[:50], "er ødelagt"),
    "a torn WebP": ("a.webp", lambda: picture("webp")[:40], "er ødelagt"),
    "a bomb of a picture": ("a.png", lambda: png_of(30_000, 30_000), "for mange bildepunkter"),
    "a smaller bomb": ("a.png", lambda: png_of(8_001, 8_000), "for mange bildepunkter"),
    "a HEIC": ("IMG.HEIC", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC-bilde"),
    "a HEIC called a photo": ("IMG.jpg", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "HEIC-bilde"),
    "a torn PDF": ("a.pdf", lambda: PDF[:20], "ødelagt"),
    "a bomb": ("a.docx", lambda: with_part("a.xml", b"\0" * (UNPACKED + 1)), "for stor når den pakkes ut"),
    "a bomb of many parts": (
        "a.docx",
        lambda: office(MAIN["docx"], **{f"{n}.xml": b"" for n in range(5_001)}),
        "for stor når den pakkes ut",
    ),
    "a part that lies of its size": ("a.docx", lying, "ødelagt"),
    "macros": ("a.docx", lambda: with_part("word/vbaProject.bin", OLE), "makroer"),
    "macros under another name": ("a.docx", lambda: with_part("word/bilde.png", OLE), "makroer"),
    "a file of macros with a plain name": ("a.docx", lambda: office(MACRO_MAIN), "makroer"),
    "a file of macros": ("a.docm", lambda: office(MACRO_MAIN), "makroer"),
    "macros in OpenDocument": ("a.odt", lambda: opendocument("text", **{"Basic/x.xml": b"x"}), "makroer"),
    "a program in a Word file": ("a.docx", lambda: with_part("word/media/a.bin", EXE), "makroer eller progr"),
    "a locked Word file": ("a.docx", locked, "låst med passord"),
    "a locked OpenDocument": (
        "a.odt",
        lambda: opendocument("text", **{"META-INF/manifest.xml": b"<encryption-data/>"}),
        "låst med passord",
    ),
    "an old Word file": ("a.doc", lambda: OLE, "eldre Office-format"),
    "an old Word file with a new name": ("a.docx", lambda: OLE, "eldre Office-format"),
    "a packed folder": ("a.docx", lambda: zipped({"a.txt": b"a"}), "ikke det navnet sier"),
    "a packed folder as it is": ("a.zip", lambda: zipped({"a.txt": b"a"}), "kan ikke legges ved"),
    "a torn Word file": ("a.docx", lambda: office(MAIN["docx"])[:-30], "ødelagt"),
    "types that only look right": (
        "a.docx",
        lambda: office(f'{MAIN["docx"]}" x="&#118;baProject'),
        "ikke det navnet sier",
    ),
    "no name": (".pdf", lambda: PDF, "kan ikke legges ved"),
    "nothing but a name of spaces": (" .pdf", lambda: PDF, "kan ikke legges ved"),
    "no ending": ("Referat", lambda: PDF, "kan ikke legges ved"),
    "a name written backwards": ("regn\u202efdp.exe", lambda: PDF, "skjult retningstegn"),
    "a name without end": ("a" * 300 + ".pdf", lambda: PDF, "304 tegn"),
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_what_may_be_kept_is_known_by_its_content(name: str):
    make, of = FINE[name]
    file = judged(name, make())
    assert (file.format, file.title) == (of, Path(name).stem)
    assert file.format.is_picture or file.content == make()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_may_not_is_refused_with_a_sentence(name: str):
    called, make, said = HOSTILE[name]
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        judged(called, make())
    assert str(refused.value).endswith((".", "kuttet."))


def test_a_name_is_no_path():
    assert judged("..\\..\\etc/passwd/Referat.pdf", PDF).title == "Referat"
    assert judged("Møte. 2.pdf", PDF, title="  Referat fra mai ").title == "Referat fra mai"


BEGINNINGS = (b"", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBP")
ENDINGS = [ending for each in FileType for ending in each.endings]


@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS), st.sampled_from(ENDINGS))
def test_whatever_comes_is_judged_or_refused(content: bytes, begins: bytes, ending: str):
    try:
        found = judged(f"fil{ending}", begins + content)
    except BadInput:
        return
    assert ending in found.format.endings


def test_a_photo_from_a_phone_loses_where_it_was_taken_and_stands_upright():
    raw = phone_photo()
    with Image.open(io.BytesIO(raw)) as taken:
        assert taken.getexif().get_ifd(0x8825)[2] == (59.0, 54.0, 49.0)
        assert taken.size == (60, 30)
    assert b"Kari" in raw
    file = judged("IMG.jpg", raw)
    with Image.open(io.BytesIO(file.content)) as kept:
        assert kept.size == (30, 60)
        assert dict(kept.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & kept.info.keys()
        red = kept.convert("RGB").getchannel("R").getpixel((15, 5))
        assert red == pytest.approx(200, abs=20)  # the left half was red, and is above now
    assert b"Kari" not in file.content
    assert b"Fairphone" not in file.content


def test_what_is_written_beside_a_drawing_is_gone_and_what_is_clear_stays_clear():
    beside = PngInfo()
    beside.add_text("Author", "Kari", zip=False)
    file = judged("a.png", picture("png", mode="RGBA", pnginfo=beside))
    assert b"Kari" not in file.content
    with Image.open(io.BytesIO(file.content)) as kept:
        assert kept.mode == "RGBA"


def test_no_type_is_one_a_browser_runs():
    runs = ("html", "svg", "xml", "javascript")
    assert not [each for each in FileType if each.mime.endswith(runs)]
    assert not {ending for each in FileType for ending in each.endings} & {".html", ".htm", ".svg", ".js"}


def test_each_promise_about_files_names_a_test_there_is():
    root = Path(__file__).parent.parent
    named = re.findall(r"`(tests/\w+\.py)::(\w+)`", (root / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 9
    assert [test for file, test in named if f"def {test}(" not in (root / file).read_text("utf-8")] == []
