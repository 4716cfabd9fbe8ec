"""What somebody may send who wishes us ill, made by code: values, texts, JSON and files of every kind, the same each time."""

from __future__ import annotations

import copy
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

DEEP = "[" * 5_000 + "]" * 5_000
TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\n2026-01-01 00:00:00 WARNING aigc_demo: all is well\n",
    "\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe",
    "\ufeff\u200b\u2028\u2029",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "'; DROP TABLE runs; --",
    "$(touch /tmp/owned)`touch /tmp/owned`;|&&",
    "../../../../../../etc/passwd",
    "..\\..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "CON",
    "%s%s%s%n%x{}{0}{self.__class__}",
    "javascript:alert(1)",
    "__proto__",
    "None",
    "NaN",
    "-1",
    "1e400",
    "九" * 300,
    "a" * 5_000,
    "e\u0301" * 200,
    "\U0001f4a9" * 100,
    "\u0000\u0001\u0002\u007f\u0080\u009f",
)
NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**400, 0.0, -0.0, 1e-320, 1e308, -1e308, 0.1)
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        [],
        {},
        [[]],
        [{}],
        [None],
        {"": None},
        [0] * 2_000,
        ["x"] * 101,
        {str(n): n for n in range(500)},
    ),
    *NUMBERS,
    *TEXTS,
    [1e308] * 64,
    [[0.0] * 64] * 70,
    {"zh": "<b>", "en": 5},
    {"__class__": "os", "__reduce__": ["os.system", "id"]},
    {"class_name": "Lambda", "config": {"function": ["4wEAAAA=", None, None]}},
)
BODIES = (
    *(
        b"",
        b"{",
        b"}",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"{}}",
        b"NaN",
        b'{"a":NaN}',
        b'{"a":1e999}',
        b"\xff\xfe{\x00",
        b"\x00",
    ),
    *(
        b'{"a":1,"a":2}',
        b'{"\xff":1}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0000"}',
        b"\xef\xbb\xbf{}",
        b"<xml/>",
        b"a=1&b=2",
    ),
    DEEP.encode(),
    (b'{"a":' * 3_000) + b"1" + b"}" * 3_000,
    b'{"a": 1' + b"0" * 5_000 + b"}",
)
PATHS = (
    *(
        "..",
        ".",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5c..%5c",
        "%00",
        "a%00b",
        "%0d%0aX-Evil:1",
        "%0aERROR",
        "%1b[2J",
    ),
    *(
        "nothing",
        "0" * 20,
        "f" * 32,
        "i-" + "0" * 20,
        "a" * 3_000,
        "%ff%fe",
        "%e2%80%ae",
        "-1",
        "1e9",
        "NaN",
        "null",
        "None",
    ),
    *(
        "own:" + "0" * 20,
        "own:..%2f..",
        "hub:a%2fb",
        "CON",
        "con.txt",
        "~root",
        "$HOME",
        "`id`",
        "|id",
        "<svg>",
        "{x}",
        "%7b%7d",
    ),
)


def texts_as_json() -> Iterator[bytes]:
    for text in TEXTS:
        yield json.dumps(text).encode()


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every entry of nested JSON, of long lists to their first two."""
    entries: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value[:2]))
    for key, inner in entries:
        yield (*before, key)
        yield from places(inner, (*before, key))


def spoilt_json(good: Any, count: int, seed: int = 0) -> Iterator[bytes]:
    """`good` with an entry replaced by what it should not be, with one missing, and what is no JSON."""
    rng = random.Random(seed)
    ways = list(places(good))
    for turn in range(count):
        if turn % 5 == 4:
            yield BODIES[(turn // 5) % len(BODIES)]
            continue
        spoilt = copy.deepcopy(good)
        for _ in range(1 + turn % 2):
            way = rng.choice(ways) if ways else ()
            _spoil(spoilt, way, rng)
        yield json.dumps(spoilt).encode()


def _spoil(value: Any, way: tuple[Any, ...], rng: random.Random) -> None:
    for key in way[:-1]:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return
    if way and isinstance(value, dict | list):
        try:
            if rng.random() < 0.15:
                del value[way[-1]]
            else:
                value[way[-1]] = rng.choice(VALUES)
        except (KeyError, IndexError):
            return


def spoilt_bytes(good: bytes, count: int, seed: int = 0) -> Iterator[bytes]:
    """`good` cut short, with bytes flipped, doubled, left out, or a number in it made huge; and no such file at all."""
    rng = random.Random(seed)
    size = max(1, len(good))
    for turn in range(count):
        content = bytearray(good)
        kind = turn % 7
        # Headers and tables of contents are at the ends, where damage does most.
        place = rng.choice(
            (rng.randrange(min(size, 200)), rng.randrange(size), size - 1 - rng.randrange(min(size, 120)))
        )
        if kind == 0:
            del content[rng.randrange(size) :]
        elif kind == 1:
            for _ in range(rng.choice((1, 3, 40))):
                content[rng.randrange(size)] ^= 1 << rng.randrange(8)
        elif kind == 2 and content:
            content[place] = rng.choice((0, 0xFF, 0x7F, 0x80))
        elif kind == 3:
            content[place : place + 4] = struct.pack("<I", rng.choice((0, 2**32 - 1, 2**31, 10**9)))
        elif kind == 4:
            content[place : place + 8] = struct.pack(rng.choice(("<Q", ">Q")), rng.choice((2**64 - 1, 2**62, 2**40, 0)))
        elif kind == 5:
            del content[place : place + rng.choice((1, 2, 64))]
        else:
            content = bytearray(rng.randbytes(rng.choice((0, 1, 8, 300)))) + content[: rng.choice((0, 8, size))]
        yield bytes(content)


def tensors(header: Any, body: bytes = b"", length: int | None = None) -> bytes:
    """A safetensors file with any header, which may lie about its length."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def tensor_bombs() -> Iterator[bytes]:
    """Headers that promise more than there is, overlap, count backwards, or are bombs themselves."""

    def one(**changes: Any) -> dict[str, Any]:
        return {"a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]} | changes}

    for changes in (
        *(
            {"shape": [2**40, 2**40]},
            {"shape": [2**62]},
            {"shape": [-1, 4]},
            {"shape": [0] * 5_000},
            {"shape": [1] * 65 + [4]},
        ),
        *({"shape": "4"}, {"shape": [2.5]}, {"shape": None}, {"shape": [4, [1]]}, {"dtype": "F128"}, {"dtype": "BOOL"}),
        *({"dtype": "F64"}, {"dtype": None}, {"dtype": "I8"}, {"dtype": "BF16"}, {"dtype": "F8_E4M3"}, {"dtype": "F4"}),
        *({"data_offsets": [16, 0]}, {"data_offsets": [0, 2**63]}, {"data_offsets": [-16, 0]}, {"data_offsets": []}),
        *({"data_offsets": [0, 17]}, {"data_offsets": [8, 24]}, {"data_offsets": [0, 1e300]}, {"extra": 1}),
    ):
        yield tensors(one(**changes), b"\0" * 16)
    yield tensors({name: {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]} for name in "ab"}, b"\0" * 16)
    yield tensors({str(n): {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]} for n in range(20_000)})
    yield tensors({"__metadata__": {str(n): "x" * 20 for n in range(30_000)}} | one(), b"\0" * 16)
    yield tensors({"__metadata__": {"sha256": "0" * 64}} | one(), b"\0" * 16)
    yield tensors({"__metadata__": []} | one(), b"\0" * 16)
    yield tensors({"../../etc/passwd": one()["a"], "a\n\x1b[2J": one()["a"]}, b"\0" * 16)
    yield tensors(DEEP.encode())
    yield tensors(b'{"a":' * 5_000)
    for length in (0, 1, 2**63, 2**64 - 1, 100_000_001, 99_999_999):
        yield tensors(one(), b"\0" * 16, length)


def zip_of(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `entries`, whose names may be anything."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def zip_bombs(name: str, others: dict[str, bytes]) -> Iterator[bytes]:
    """Archives that unpack to far more than they are, hold thousands of files, or lead out of their folder."""
    yield zip_of({**others, name: b"\0" * 20_000_000})
    yield zip_of({**others, f"../../{name}": b"x"})
    yield zip_of({**others, f"/etc/{name}": b"x"})
    yield zip_of({**others, f"C:\\{name}": b"x"})
    yield zip_of({f"{n}/{name}": b"" for n in range(3_000)})
    for text in TEXTS[2:12]:
        yield zip_of({**others, f"{text}{name}"[:300].replace("\x00", "") or "x": b"x"})
    inner = zip_of({name: b"\0" * 5_000_000})
    yield zip_of({**others, name: inner})
    lying = bytearray(zip_of({name: b"\0" * 3_000_000}))
    place = lying.rfind(b"PK\1\2")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)  # says it unpacks to ten bytes
    yield bytes(lying)
    link = zipfile.ZipInfo(name)
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    yield buffer.getvalue()


def png_of(width: int, height: int, body: bytes | None = None) -> bytes:
    """A PNG that says it is so wide and high; without `body` its pixels are as many zeros as fit into a small file."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixels = zlib.compress(b"\0" * min(5_000_000, (width + 1) * height)) if body is None else body
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def picture_bombs() -> Iterator[bytes]:
    for width, height in (
        (60_000, 60_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (0, 0),
        (5_000, 5_000),
        (2**31 - 1, 2**31 - 1),
    ):
        yield png_of(width, height)
    yield png_of(28, 28, zlib.compress(b"\0" * 50_000_000))
    yield png_of(28, 28, b"")
    yield b"GIF89a" + b"\xff" * 7 + b"\0" * 50
    yield b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
    yield b"%PDF-1.4\n%%EOF"
    yield b"P5 99999 99999 255\n"
    yield b"P6 1 1 70000\n\0\0\0"
    yield b"BM" + b"\xff" * 60
    yield b"II*\0" + b"\xff" * 60
    yield b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\xff" * 20


def npz_bombs() -> Iterator[bytes]:
    """Arrays whose headers lie, or that are no arrays but code."""
    for header in (
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1099511627776, 28, 28)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 28, 28)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 28, 28)}",
        "{'descr': '<U1000000', 'fortran_order': False, 'shape': (10000,)}",
        "{'descr': [('a', '<i8'), ('b', '|O')], 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '|V0', 'fortran_order': False, 'shape': (2, 0, 0)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 28, 28)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 0, 28)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<c16', 'fortran_order': False, 'shape': (2, 4, 4)}",
        "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (2, 4, 4)}",
        "__import__('os').system('id')",
        "(" * 500,
        "{}",
        "[]",
        "{'descr': '|u1', 'fortran_order': 1, 'shape': [2, 28, 28]}",
        "9" * 9_000,
    ):
        for name in ("images.npy", "labels.npy"):
            padded = header.encode() + b" " * (-(len(header) + 11) % 64) + b"\n"
            array = b"\x93NUMPY\x01\x00" + struct.pack("<H", min(len(padded), 65_535)) + padded + b"\0" * 2_000
            yield zip_of({name: array})
    yield zip_of({"images.npy": b"\x80\x04\x95cos\nsystem\n(S'id'\ntR."})
    yield zip_of({"images.npy": b""})
    yield zip_of({"images.npy": b"\x93NUMPY\x09\x00"})
