"""A photo drawn anew: turned the right way, and with nothing beside what is seen."""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

from strategy.attachments.shelf import content as kept_content
from strategy.i18n import mark
from strategy.terms import FileType

PIXELS = 64_000_000
"""The largest picture: more than most phones take, and few enough to be drawn in half a gigabyte."""

SMALL = 320
"""How wide and high a picture is where it is shown small."""

BROKEN = mark("Bildet «{name}» er ødelagt eller ufullstendig. Prøv å lagre eller sende det på nytt.")
HUGE = mark("Bildet «{name}» har for mange bildepunkter. Gjør det mindre, og prøv igjen.")
_HOW: dict[FileType, dict[str, int]] = {
    FileType.JPEG: {"quality": 90},
    FileType.PNG: {"compress_level": 6},
    FileType.WEBP: {"quality": 90},
}


def redrawn(content: bytes, of: FileType) -> bytes | str:
    """The picture without what was written beside it, or a sentence on why it cannot be kept."""
    try:
        with Image.open(io.BytesIO(content), formats=(of.value,)) as opened:
            if opened.width * opened.height > PIXELS:
                return HUGE
            return _saved(ImageOps.exif_transpose(opened), of)
    except Image.DecompressionBombError:
        return HUGE
    except Exception:  # whatever a torn or hostile picture makes its reader say, it is no picture
        return BROKEN


@lru_cache(maxsize=128)
def thumbnail(folder: Path, name: str) -> bytes:
    """A kept picture, small. Raises `Unavailable` where it is gone or altered."""
    with Image.open(io.BytesIO(kept_content(folder, name))) as opened:
        opened.thumbnail((SMALL, SMALL))
        return _saved(opened, FileType.PNG if opened.mode == "RGBA" else FileType.JPEG)


def _saved(picture: Image.Image, of: FileType) -> bytes:
    """Only what is seen: no position, camera, comment or profile, and of several pictures the first."""
    is_clear = of is not FileType.JPEG and picture.has_transparency_data
    bare = picture.convert("RGBA" if is_clear else "RGB")
    bare.info = {}
    made = io.BytesIO()
    bare.save(made, of.value, **_HOW[of])
    return made.getvalue()
