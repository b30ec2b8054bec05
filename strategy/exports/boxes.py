"""A typeface made on the spot: a box for each character that no typeface of ours has.

A tagged PDF may hold no text its typefaces cannot show, and ours, which come with typst, have no emoji and
no Chinese. With a glyph of its own each, such characters are drawn as boxes and still read and copied as
themselves. The tables are those of OpenType 1.9 that a typeface cannot be without.
"""

import struct
from collections.abc import Sequence

NAME = "Boxes"

_UNITS, _WIDTH = 1000, 600
_OUTER = ((60, -120), (60, 760), (540, 760), (540, -120))
_INNER = ((110, -70), (490, -70), (490, 710), (110, 710))
_LOW, _HIGH = _OUTER[0], _OUTER[2]


def typeface(characters: Sequence[str]) -> bytes:
    """A TrueType file with a box for each of `characters`."""
    codes = sorted(map(ord, characters))
    box = _box()
    count = len(codes) + 1
    tables = {
        b"OS/2": _os2(codes),
        b"cmap": _cmap(codes),
        b"glyf": box * len(codes),
        b"head": struct.pack(
            ">LLLLHHQQhhhhHHhhh",
            0x10000,
            0x10000,
            0,
            0x5F0F3CF5,
            3,
            _UNITS,
            0,
            0,
            *_LOW,
            *_HIGH,
            0,
            8,
            2,
            1,
            0,
        ),
        b"hhea": struct.pack(
            ">LhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, _WIDTH, 60, 60, _HIGH[0], 1, *[0] * 7, count
        ),
        b"hmtx": struct.pack(">Hh", _WIDTH, 60) * count,
        b"loca": struct.pack(f">{count + 1}L", 0, *(n * len(box) for n in range(count))),
        b"maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, count, 8, 2, 0, 0, 1, *[0] * 8),
        b"name": _name(),
        b"post": struct.pack(">LLhhLLLLL", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    return _file(tables)


def _box() -> bytes:
    """One glyph: a square with a smaller one cut out of it, each point by its distance to the one before."""
    points = (*_OUTER, *_INNER)
    steps = [(x - a, y - b) for (x, y), (a, b) in zip(points, ((0, 0), *points), strict=False)]
    head = struct.pack(">hhhhhHHH", 2, *_LOW, *_HIGH, 3, 7, 0)
    drawn = head + bytes([1] * 8) + b"".join(struct.pack(">8h", *axis) for axis in zip(*steps, strict=True))
    return drawn + bytes(-len(drawn) % 4)


def _cmap(codes: Sequence[int]) -> bytes:
    groups = b"".join(struct.pack(">LLL", code, code, n) for n, code in enumerate(codes, 1))
    found = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + found


def _name() -> bytes:
    said = NAME.encode("utf-16-be")
    kinds = (1, 4, 6)  # family, whole name, name in PostScript
    records = b"".join(struct.pack(">HHHHHH", 3, 1, 0x409, kind, len(said), 0) for kind in kinds)
    return struct.pack(">HHH", 0, len(kinds), 6 + len(records)) + records + said


def _os2(codes: Sequence[int]) -> bytes:
    ends = (min(codes[0], 0xFFFF), min(codes[-1], 0xFFFF))
    return struct.pack(
        ">HhHHH11h10sLLLL4sHHHhhhHHLLhhHHH",
        4,
        _WIDTH,
        400,
        5,
        0,
        650,
        600,
        0,
        75,
        650,
        600,
        0,
        350,
        50,
        300,
        0,
        bytes(10),
        0,
        0,
        0,
        0,
        b"NONE",
        0x40,
        *ends,
        800,
        -200,
        0,
        800,
        200,
        0,
        0,
        500,
        700,
        0,
        32,
        1,
    )


def _file(tables: dict[bytes, bytes]) -> bytes:
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for name, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", name, checksum, offset + len(body), len(table))
        body += padded
    power = len(tables).bit_length() - 1
    spread = 16 << power
    head = struct.pack(">LHHHH", 0x10000, len(tables), spread, power, 16 * len(tables) - spread)
    return head + directory + body
