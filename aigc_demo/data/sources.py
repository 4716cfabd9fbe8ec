"""Where a visitor's pictures lie: a folder, a zip archive or an `.npz` file, all read picture by picture.

Sub-folders are classes: the folder that a picture lies in names its class.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from aigc_demo.data.archive import MOST_ENTRY, opened, read_entry
from aigc_demo.data.datasets import LONGEST_NAME, MAX_IMAGES, MOST_CLASSES
from aigc_demo.data.pictures import Picture, Unusable, open_picture
from aigc_demo.text import NotFound, Text, VisitorError

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".pnm")
UNNAMED = "?"  # the class of pictures that lie beside the folders of the others

_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store|Thumbs\.db|desktop\.ini|\.)", re.IGNORECASE)

TOO_MANY = Text(
    "图片太多：{n} 张，最多 {most} 张；请分成较小的几份。",
    "There are too many pictures: {n}, and at most {most} can be used; take a part of them.",
)
TOO_MANY_CLASSES = Text(
    "有 {n} 个子文件夹（类），最多 {most} 个；请合并，或全放在一个文件夹里当作一类。",
    "There are {n} sub-folders, that is classes, and at most {most} can be used; merge some, or put all pictures into "
    "one folder for a single class.",
)


@dataclass(frozen=True)
class Item:
    """A picture before it is read: `open` may raise `Unusable`."""

    name: str
    label: int
    open: Callable[[], Picture]


class Source(Protocol):
    """`kind` is "folder", "zip" or "npz"; `skipped` counts, by reason, what is no picture at all."""

    kind: str
    name: str
    class_names: tuple[str, ...]
    skipped: dict[str, int]

    def __len__(self) -> int: ...

    def items(self) -> AbstractContextManager[Iterator[Item]]:
        """All pictures, in order."""

    def some(self, count: int) -> AbstractContextManager[Iterator[Item]]:
        """At most so many of them, spread over the whole."""


@dataclass(frozen=True)
class Listed:
    """Which of some paths are pictures: `places` among the paths, sorted as people count, and what follows of each."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    labels: tuple[int, ...]
    class_names: tuple[str, ...]
    skipped: dict[str, int]


def listed(paths: Sequence[str], name: str) -> Listed:
    """Sort out `paths` (with / between their parts); `name` is the class where no folder names one.

    Raises `VisitorError` for too many pictures or folders.
    """
    skipped = {"other": 0, "junk": 0}
    places: list[int] = []
    for place, path in enumerate(paths):
        if _JUNK.search(path):
            skipped["junk"] += 1
        elif path.lower().endswith(SUFFIXES):
            places.append(place)
        else:
            skipped["other"] += 1
    check_count(len(places))
    places.sort(key=lambda place: _as_counted(paths[place]))
    names = tuple(paths[place] for place in places)
    keys = _folders(names)
    order = sorted(set(keys), key=_as_counted)
    if len(order) > MOST_CLASSES:
        raise VisitorError(TOO_MANY_CLASSES.format(n=f"{len(order):,}", most=MOST_CLASSES))
    label = {key: number for number, key in enumerate(order)}
    shown = clean_names(order) if len(order) > 1 else (clean_name((order or [""])[0] or name),)
    reasons = {reason: count for reason, count in skipped.items() if count}
    return Listed(tuple(places), names, tuple(label[key] for key in keys), shown, reasons)


def _folders(names: Sequence[str]) -> list[str]:
    """The name of the folder that each path lies in; where others have folders of their own, the top has none."""
    parents = [name.rpartition("/")[0] for name in names]
    folders = [parent.rpartition("/")[2] for parent in parents]
    if len(set(parents)) > 1:
        top = posixpath.commonpath(parents)
        folders = [UNNAMED if parent == top else folder for parent, folder in zip(parents, folders, strict=True)]
    return folders


def check_count(count: int, most: int = MAX_IMAGES) -> None:
    if count > most:
        raise VisitorError(TOO_MANY.format(n=f"{count:,}", most=f"{most:,}"))


def _as_counted(text: str) -> list[tuple[int, int, str]]:
    """A key that sorts 2 before 10."""
    parts = re.split(r"([0-9]{1,18})", text)
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts if part]


def clean_name(name: str) -> str:
    """A name as it can be shown: composed, without control characters, at most 20 characters long."""
    shown = "".join(
        character for character in unicodedata.normalize("NFC", name) if unicodedata.category(character)[0] != "C"
    )
    return " ".join(shown.split())[:LONGEST_NAME].strip() or UNNAMED


def clean_names(names: list[str]) -> tuple[str, ...]:
    """`clean_name` of each, with a number where two would be the same."""
    cleaned: list[str] = []
    for name in names:
        shown, number = clean_name(name), 2
        while shown in cleaned:
            tail = f" {number}"
            shown, number = clean_name(name)[: LONGEST_NAME - len(tail)] + tail, number + 1
        cleaned.append(shown)
    return tuple(cleaned)


def spread(total: int, count: int) -> list[int]:
    """At most `count` places of `total`, evenly spread and ascending."""
    if total <= count:
        return list(range(total))
    return sorted({place * total // count for place in range(count)})


class FolderSource:
    """The pictures in a folder and its sub-folders; links to other folders are not followed."""

    kind = "folder"

    def __init__(self, path: Path) -> None:
        """Raises `NotFound`, or `VisitorError`."""
        if not path.is_dir():
            raise NotFound(Text("找不到文件夹 {path}。", "There is no folder {path}.").format(path=path))
        self._path, self.name = path, path.absolute().name
        self._list = listed(list(self._walk()), self.name)
        self.class_names, self.skipped = self._list.class_names, self._list.skipped

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self._path):
            folders.sort()
            for name in files:
                yield (Path(folder) / name).relative_to(self._path).as_posix()

    def __len__(self) -> int:
        return len(self._list.names)

    def items(self) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(range(len(self))))

    def some(self, count: int) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(spread(len(self), count)))

    def _items(self, places: range | list[int]) -> Iterator[Item]:
        for place in places:
            name = self._list.names[place]
            yield Item(name, self._list.labels[place], partial(self._open, name))

    def _open(self, name: str) -> Picture:
        return open_picture(self._read(name))

    def _read(self, name: str) -> bytes:
        path = self._path / name
        try:
            if not path.is_file():  # a pipe or a device would be waited for
                raise Unusable("damaged")
            with path.open("rb") as file:
                content = file.read(MOST_ENTRY + 1)
        except OSError as error:
            raise Unusable("damaged") from error
        if len(content) > MOST_ENTRY:
            raise Unusable("large")
        return content


class ZipSource:
    """The pictures in a zip archive."""

    kind = "zip"

    def __init__(self, path: Path, name: str = "") -> None:
        """Raises `VisitorError`."""
        self._path, self.name = path, name or path.stem
        with opened(path) as archive:
            self._list = listed([_as_path(entry.filename) for entry in _files(archive)], self.name)
        self.class_names, self.skipped = self._list.class_names, self._list.skipped

    def __len__(self) -> int:
        return len(self._list.names)

    def items(self) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(range(len(self))))

    def some(self, count: int) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(spread(len(self), count)))

    def _items(self, places: range | list[int]) -> Iterator[Item]:
        with opened(self._path) as archive:
            entries = _files(archive)
            for place in places:
                entry = entries[self._list.places[place]]
                yield Item(self._list.names[place], self._list.labels[place], partial(_open, archive, entry))


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Picture:
    return open_picture(read_entry(archive, entry))


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [entry for entry in archive.infolist() if not entry.is_dir()]


def _as_path(name: str) -> str:
    """A name from an archive with / between its parts, and none of the ways of leaving a folder."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


class Closing(AbstractContextManager[Iterator[Item]]):
    """A generator that is ended, and with it the file that it reads, when its reader leaves."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items

    def __enter__(self) -> Iterator[Item]:
        return self._items

    def __exit__(self, *_: object) -> None:
        self._items.close()  # type: ignore[attr-defined]
