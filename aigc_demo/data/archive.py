"""Zip files that anybody may have made: looked at before they are opened, read in memory, never unpacked to disk.

Names in an archive are words to be shown and sorted by; no path is ever made of them.
"""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from aigc_demo.data.pictures import Unusable
from aigc_demo.text import Text, VisitorError

MOST_ENTRIES = 250_000
MOST_UNPACKED = 20_000_000_000  # bytes of all entries together: 200,000 photographs of 100 kB
MOST_ENTRY = 60_000_000  # bytes of one picture
MOST_RATIO = 100  # how many times larger than itself an archive may unpack: pictures hardly shrink at all
RATIO_FROM = 200_000_000  # bytes below which nobody minds: drawings in black and white do shrink
MOST_DIRECTORY = 60_000_000  # bytes of the table of contents, which is read whole

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 65_557 + 100  # bytes in which the end record lies, whatever comment follows it
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for any amount of memory

_BROKEN = Text(
    "这个文件不是完好的 zip 压缩包；请重新压缩后再试。",
    "This is no intact zip archive; please pack it anew and try again.",
)
_ENTRIES = Text(
    "压缩包里的条目太多（最多 {most}）；请只打包图片，或分成几个。",
    "The archive holds too many entries (at most {most}); pack pictures only, or several smaller archives.",
)
_BOMB = Text(
    "这个压缩包解开后大得不合理（{size} MB），未读取；请换一个普通的图片压缩包。",
    "This archive claims to unpack to an absurd size ({size} MB) and was not read; use an ordinary archive of pictures.",
)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`, once its size when unpacked is known to be sensible. Raises `VisitorError`."""
    _check_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # a damaged directory fails in a dozen ways
        raise VisitorError(_BROKEN) from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise VisitorError(_ENTRIES.format(most=f"{MOST_ENTRIES:,}"))
        unpacked, packed = sum(entry.file_size for entry in entries), max(1, path.stat().st_size)
        if unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed):
            raise VisitorError(_BOMB.format(size=f"{unpacked / 1e6:,.0f}"))
        yield archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int = MOST_ENTRY) -> bytes:
    """The bytes of an entry, of at most `most`, whatever it says of itself. Raises `Unusable`."""
    with _entry(archive, entry, most) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise Unusable("large")
    return content


@contextlib.contextmanager
def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[IO[bytes]]:
    if entry.flag_bits & 0x1:
        raise Unusable("locked")
    if entry.file_size > most:
        raise Unusable("large")
    if entry.compress_type not in _READABLE:
        raise Unusable("damaged")
    try:
        with archive.open(entry) as stream:
            yield stream
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unusable("damaged") from error


def _check_directory(path: Path) -> None:
    """Refuse a table of contents that would fill the memory: Python's reader takes it in whole, entry by entry."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except OSError as error:
        raise VisitorError(_BROKEN) from error
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise VisitorError(_BROKEN)
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    far = tail.rfind(_END_64, 0, place)
    if far >= 0:
        directory = max(directory if directory < 0xFFFFFFFF else 0, int.from_bytes(tail[far + 40 : far + 48], "little"))
    if directory > MOST_DIRECTORY:
        raise VisitorError(_ENTRIES.format(most=f"{MOST_ENTRIES:,}"))
