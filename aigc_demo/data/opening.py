"""What lies at a path: a folder, a zip archive or an `.npz` file of pictures."""

from __future__ import annotations

from pathlib import Path

from aigc_demo.data.archive import opened
from aigc_demo.data.npz import NpzSource
from aigc_demo.data.sources import FolderSource, Source, ZipSource
from aigc_demo.text import NotFound, Text, VisitorError

_UNKNOWN = Text(
    "“{name}”既不是文件夹，也不是 zip 或 .npz 文件；请给出其中一种。",
    "“{name}” is no folder, no zip archive and no .npz file; give one of these.",
)


def source_of(path: Path, name: str = "") -> Source:
    """The pictures at `path`, told by what is in the file and not by its name; `name` is what to call them.

    Raises `NotFound`, or `VisitorError` with what to do.
    """
    if path.is_dir():
        return FolderSource(path)
    if not path.is_file():
        raise NotFound(Text("找不到 {path}。", "There is nothing at {path}.").format(path=path))
    try:
        with path.open("rb") as file:
            is_archive = file.read(2) == b"PK"
    except OSError as error:
        raise VisitorError(_UNKNOWN.format(name=path.name)) from error
    if not is_archive:
        raise VisitorError(_UNKNOWN.format(name=(name or path.name)[:60]))
    with opened(path) as archive:
        is_npz = any(entry.filename.endswith(".npy") for entry in archive.infolist())
    return NpzSource(path, name) if is_npz else ZipSource(path, name)
