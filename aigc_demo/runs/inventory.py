"""What uses the disk: every folder of the data folder with its size, when it was last used, and what holds it there."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aigc_demo.checkpoints import IMPORTED
from aigc_demo.checkpoints.about import read_about
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.data.own import OwnStore
from aigc_demo.runs import record as records
from aigc_demo.runs.guards import Guard, is_pinned
from aigc_demo.runs.shelf import Shelf, is_id
from aigc_demo.runs.trash import FOLDER as TRASH
from aigc_demo.runs.trash import Trash
from aigc_demo.text import Text, VisitorError, plain

Kind = Literal["run", "hub", "cache", "model", "data", "study", "trash", "other"]
GOES: tuple[Kind, ...] = ("run", "hub", "cache")
FOLDERS: dict[str, Kind] = {
    **{"runs": "run", "hub": "hub", "cache": "cache", IMPORTED: "model", "datasets": "data", "studies": "study"},
    TRASH: "trash",
}


@dataclass(frozen=True)
class Item:
    """A folder, or of the cache also a file. `used` is when it was last changed, in seconds since 1970.

    `undo` is the key with which it can be had back, of what lies in the trash or was just put there.
    """

    kind: Kind
    id: str
    path: Path
    bytes: int
    used: float
    guard: Guard
    title: Text
    undo: str = ""


@dataclass(frozen=True)
class Report:
    """`budget` is 0 where there is no limit; `free` is what the disk has left. `items` are the oldest first."""

    budget: int
    free: int
    items: tuple[Item, ...]

    @property
    def used(self) -> int:
        """Bytes of all items."""
        return sum(item.bytes for item in self.items)

    @property
    def kept(self) -> int:
        """Bytes of all items but those that were deleted, whose minutes run out by themselves."""
        return self.used - sum(item.bytes for item in self.items if item.kind == "trash")

    def going(self, target: int) -> list[Item]:
        """What would go, oldest first, until no more than `target` bytes are kept or nothing else may."""
        over, chosen = self.kept - target, []
        for item in self.items:
            if over <= 0:
                break
            if not item.guard and item.bytes:
                chosen.append(item)
                over -= item.bytes
        return chosen


class Inventory:
    """Of the data folder `home`. For any thread."""

    def __init__(self, home: Path, shelf: Shelf, trash: Trash) -> None:
        self._home, self._shelf, self._trash = home, shelf, trash
        self._sizes: dict[str, tuple[float, int]] = {}  # of runs, by the date of their record

    def forget(self, item_id: str) -> None:
        """Look at the size of a run anew."""
        self._sizes.pop(item_id, None)

    def free(self) -> int:
        """Bytes that the disk has left; 0 where the folder is not there yet."""
        try:
            return shutil.disk_usage(self._home).free
        except OSError:
            return 0

    def items(self) -> Iterator[Item]:
        """In no order."""
        own = OwnStore(self._home / "datasets")
        for path in _inside(self._home):
            kind = FOLDERS.get(path.name, "other")
            if kind == "other" or not path.is_dir():
                yield Item("other", path.name, path, _size(path), _changed(path), "kept", plain(path.name))
                continue
            for entry in _inside(path):
                if kind == "run" and is_id(entry.name):
                    yield self._run(entry)
                elif kind == "trash":
                    yield self._deleted(entry)
                else:
                    yield _item(kind, entry, own)

    def _run(self, path: Path) -> Item:
        name = read_about(path).name
        guard = self._shelf.guard(path) or ("pinned" if is_pinned(path) else "named" if name else "")
        used = max(records.changed_at(path / records.FILE), _changed(path))
        return Item("run", path.name, path, self._size_of_run(path, guard), used, guard, _title(path, name))

    def _deleted(self, entry: Path) -> Item:
        """What lies in the trash; without a key, what a program left there that broke down while it removed it."""
        found = self._trash.lying(entry.name)
        title = plain(entry.name)
        if found is not None:
            title = _title(found[0], read_about(found[0]).name, found[1].name)
        undo = "" if found is None else entry.name
        return Item("trash", entry.name, entry, _size(entry), _changed(entry), "deleted", title, undo)

    def _size_of_run(self, path: Path, guard: Guard) -> int:
        """The record of a run that is over is written last: its hundreds of frames need not be looked at again."""
        date = records.changed_at(path / records.FILE)
        known = self._sizes.get(path.name)
        if known is not None and known[0] == date and guard not in ("going", "elsewhere"):
            return known[1]
        self._sizes[path.name] = (date, _size(path))
        return self._sizes[path.name][1]


def _item(kind: Kind, path: Path, own: OwnStore) -> Item:
    title = plain(path.name)
    if kind == "hub" and path.name in HUB_SETS:
        title = HUB_SETS[path.name].title
    elif kind == "model":
        title = plain(read_about(path).name or path.name)
    elif kind == "data":
        with contextlib.suppress(VisitorError):
            title = plain(own.info(path.name).name)
    guard: Guard = "pinned" if is_pinned(path) else "" if kind in GOES and not path.name.startswith(".") else "kept"
    return Item(kind, path.name, path, _size(path), _changed(path), guard, title)


def _title(path: Path, name: str, otherwise: str = "") -> Text:
    """The name that it was given, else its recipe, else what its folder is called."""
    if name:
        return plain(name)
    try:
        return records.read(path).plan.recipe.title
    except VisitorError:
        return plain(otherwise or path.name)


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; links count as nothing and are not followed."""
    try:
        if path.is_symlink() or not path.is_dir():
            return path.lstat().st_size
        with os.scandir(path) as entries:
            return sum(
                _size(Path(entry.path))
                if entry.is_dir(follow_symlinks=False)
                else entry.stat(follow_symlinks=False).st_size
                for entry in entries
            )
    except OSError:  # it goes just now
        return 0


def _changed(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
