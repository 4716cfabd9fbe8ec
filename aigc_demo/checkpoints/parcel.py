"""A model as one zip: packed from its folder, and unpacked from a file that anybody may have made.

Nothing of a zip is trusted: not its names (a path, a link), not its sizes (a bomb unpacks to more than it says), not
its directory. Only the files of a model are ever read from one, each up to a size of its own, and none is written here.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from aigc_demo.checkpoints.finding import written_at
from aigc_demo.checkpoints.reading import CONFIG, DISCRIMINATOR, GENERATOR, MAX_CONFIG_BYTES, MAX_FILE_BYTES, read_file
from aigc_demo.checkpoints.writing import CARD
from aigc_demo.text import Text, VisitorError

SAMPLES = "samples.png"
MAX_CARD_BYTES = 200_000
MAX_SAMPLES_BYTES = 5_000_000
MAX_DIRECTORY_BYTES = 64_000  # of a zip: some hundred names; a list of millions would fill the memory
MAX_PARCEL_BYTES = MAX_FILE_BYTES

# What a model consists of, with the largest size of each. `NEEDED` must be there.
FILES = {
    CONFIG: MAX_CONFIG_BYTES,
    GENERATOR: MAX_FILE_BYTES,
    DISCRIMINATOR: MAX_FILE_BYTES,
    CARD: MAX_CARD_BYTES,
    SAMPLES: MAX_SAMPLES_BYTES,
}
NEEDED = (CONFIG, GENERATOR)

_PIECE = 1 << 16
_END, _END_SIZE = b"PK\5\6", 22  # the record at a zip's end, where it has no comment
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20  # in front of it in a zip of the 64-bit kind
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_NO_ZIP = Text("它不是可读的 zip 文件", "it is not a readable zip file")
_DIRECTORY = Text(
    "它的目录太大或不寻常（只要模型的几个文件，请重新压缩）",
    "its directory is too large or unusual; zip the model's few files anew",
)
_PATH = Text("其中的名称“{name}”不是普通的文件名", "the name “{name}” in it is no plain file name")
_TWICE = Text("其中有两个 {name}", "it holds {name} twice")
_LOCKED = Text(
    "其中的 {name} 加了密，或用了少见的压缩方式", "{name} in it is encrypted or compressed in an unusual way"
)
_TOO_LARGE = Text("其中的 {name} 解压后太大", "{name} in it unpacks to too much data")
_LACKS = Text("缺少 {name}", "it lacks {name}")
_CHANGING = Text(
    "这个模型正在被改写，请过几秒再试。", "This model is being written just now; try again in a few seconds."
)


class Parcel(NamedTuple):
    """The files of a model by name, and how many others were left alone."""

    files: dict[str, bytes]
    others: int = 0


def unpack(content: bytes) -> Parcel:
    """The model's files in a zip, which may lie in one folder. Raises `VisitorError` with one sentence."""
    _check_end(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = {}
            others = 0
            for entry in archive.infolist():
                name = _name_of(entry)
                if name in entries:
                    raise _refused(_TWICE.format(name=name))
                if name:
                    entries[name] = entry
                else:
                    others += not entry.is_dir()
            return Parcel({name: _read(archive, entry, name) for name, entry in entries.items()}, others)
    except VisitorError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _refused(_NO_ZIP) from error


def gather(folder: Path) -> Parcel:
    """The model's files in a folder of this machine. Raises `VisitorError`, or `NotFound` without one that is needed."""
    return Parcel(
        {
            name: read_file(folder / name, most)
            for name, most in FILES.items()
            if (folder / name).is_file() or name in NEEDED
        }
    )


def check_complete(files: Mapping[str, bytes]) -> None:
    """Raise `VisitorError` where a file that a model needs is not there."""
    for name in NEEDED:
        if name not in files:
            raise _refused(_LACKS.format(name=name))


def pack(folder: Path) -> Iterator[bytes]:
    """A zip of the model in `folder`, piece by piece. Raises as `gather_whole`, before the first piece."""
    return _zipped(gather_whole(folder).files)


def gather_whole(folder: Path) -> Parcel:
    """As `gather`, of a model that may be learning: what is read belongs together. Raises `VisitorError`, `NotFound`."""
    for _ in range(5):
        before = written_at(folder)
        parcel = gather(folder)
        if before and written_at(folder) == before:
            return parcel
    raise VisitorError(_CHANGING)


class _Pipe:
    """What `zipfile` writes, to be taken away in pieces; it cannot go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _zipped(files: Mapping[str, bytes]) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980, so that the same model is always the same zip
            entry.external_attr = 0o644 << 16
            # Weights and pictures do not get smaller.
            entry.compress_type = zipfile.ZIP_DEFLATED if name in (CONFIG, CARD) else zipfile.ZIP_STORED
            with archive.open(entry, "w") as file:
                for start in range(0, len(content), _PIECE):
                    file.write(content[start : start + _PIECE])
                    yield pipe.take()
    yield pipe.take()


def _check_end(content: bytes) -> None:
    """The end of a zip says how large its directory is: that is looked at before anybody reads the directory."""
    if len(content) > MAX_PARCEL_BYTES:
        raise _refused(Text("它太大", "it is too large"))
    end = content[-_END_SIZE:]
    if not content.startswith(b"PK") or _END not in content[-65_557:]:
        raise _refused(_NO_ZIP)
    is_plain = end.startswith(_END) and end.endswith(b"\0\0")
    has_locator = content[-_END_SIZE - _LOCATOR_SIZE :].startswith(_LOCATOR)
    if not is_plain or has_locator or int.from_bytes(end[12:16], "little") > MAX_DIRECTORY_BYTES:
        raise _refused(_DIRECTORY)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The file of a model that `entry` is, or ''. Raises for a name that leads anywhere but into one folder."""
    given = entry.orig_filename
    path = PurePosixPath(given)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_link or path.is_absolute() or ".." in path.parts or re.search(r"[\x00-\x1f\x7f\\:]", given) or not given:
        raise _refused(_PATH.format(name=re.sub(r"[^\w .\-/\\:]", "?", given)[:80]))
    is_ours = len(path.parts) <= 2 and path.name in FILES and path.parts[0] != "__MACOSX" and not entry.is_dir()
    return path.name if is_ours else ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if entry.flag_bits & 0x1 or entry.compress_type not in _METHODS:
        raise _refused(_LOCKED.format(name=name))
    most = FILES[name]
    if entry.file_size > most:
        raise _refused(_TOO_LARGE.format(name=name))
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:  # it holds more than it said
        raise _refused(_TOO_LARGE.format(name=name))
    return content


def _refused(why: Text) -> VisitorError:
    return VisitorError(Text(f"无法导入这个模型：{why.zh}。", f"This model cannot be imported: {why.en}."))
