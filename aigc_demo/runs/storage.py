"""What uses the disk, and what goes when it is too much: the oldest of what nobody keeps, and never anything else.

Runs, sets fetched from the Hub and what was derived from models may go. Models that were brought in, data of one's own
and searches are counted and left alone: only who made them deletes them.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aigc_demo.checkpoints import IMPORTED
from aigc_demo.checkpoints.about import read_about
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.data.own import OwnStore
from aigc_demo.runs import record as records
from aigc_demo.runs.guards import Guard, is_pinned, pin, stays, take_off
from aigc_demo.runs.shelf import Shelf, is_id
from aigc_demo.runs.trash import FOLDER as TRASH
from aigc_demo.text import NotFound, Text, VisitorError, plain

Kind = Literal["run", "hub", "cache", "model", "data", "study", "trash", "other"]
GOES: tuple[Kind, ...] = ("run", "hub", "cache")
FOLDERS: dict[str, Kind] = {
    **{"runs": "run", "hub": "hub", "cache": "cache", IMPORTED: "model", "datasets": "data", "studies": "study"},
    TRASH: "trash",
}
MEGABYTE = 1_000_000

_UNKNOWN = Text("数据文件夹里没有“{id}”。", "There is no “{id}” in the data folder.")
_PINS = Text("只有训练和下载的数据可以固定。", "Only runs and fetched sets can be pinned.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Item:
    """A folder, or of the cache also a file. `used` is when it was last changed, in seconds since 1970."""

    kind: Kind
    id: str
    path: Path
    bytes: int
    used: float
    guard: Guard
    title: Text


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

    def going(self, target: int) -> list[Item]:
        """What would go, oldest first, until no more than `target` bytes are used or nothing else may."""
        over, chosen = self.used - target, []
        for item in self.items:
            if over <= 0:
                break
            if not item.guard and item.bytes:
                chosen.append(item)
                over -= item.bytes
        return chosen


class Storage:
    """The data folder `home`, which is to use at most `megabytes` (0: no limit). For any thread."""

    def __init__(self, home: Path, shelf: Shelf, megabytes: int) -> None:
        self._home, self._shelf = home, shelf
        self.budget = megabytes * MEGABYTE
        self._removing = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._is_waiting = threading.Event()
        self._sizes: dict[str, tuple[float, int]] = {}  # of runs, by the date of their record

    def report(self) -> Report:
        """All that lies in the data folder now."""
        items = sorted(self._items(), key=lambda item: (item.used, item.id))
        return Report(self.budget, _free(self._home), tuple(items))

    def find(self, kind: str, item_id: str) -> Item:
        """Raises `NotFound`."""
        for item in self._items():
            if (item.kind, item.id) == (kind, item_id):
                return item
        raise NotFound(_UNKNOWN.format(id=item_id[:40]))

    def pin(self, kind: str, item_id: str, pinned: bool) -> None:
        """Let a run or a fetched set stay whatever it takes, or no more. Raises `NotFound`, `VisitorError`."""
        item = self.find(kind, item_id)
        if item.kind not in ("run", "hub"):
            raise VisitorError(_PINS)
        pin(item.path, pinned)

    def free(self, target: int | None = None) -> list[Item]:
        """Remove what may go, oldest first, until `target` bytes (None: the budget) are used; gives what went."""
        wanted = self.budget if target is None else target
        with self._removing:
            return [item for item in self.report().going(wanted) if self._remove(item)]

    def remove(self, kind: str, item_id: str) -> Item:
        """Remove this one. Raises `NotFound`, or `Refused` with the reason why it stays."""
        with self._removing:
            item = self.find(kind, item_id)
            if item.guard:
                raise stays(item.guard)
            self._remove(item)
            return item

    def tidy_soon(self) -> None:
        """Bring the folder within its budget, in a thread of its own; many calls at once are one."""
        if self.budget and not self._is_waiting.is_set():
            self._is_waiting.set()
            with contextlib.suppress(RuntimeError):  # the program ends
                self._thread.submit(self._tidy)

    def close(self) -> None:
        """May be called twice."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _tidy(self) -> None:
        self._is_waiting.clear()
        try:
            for item in self.free():
                logger.info("%s %s was removed: the data folder was over its budget", item.kind, item.id)
        except Exception:
            logger.exception("the data folder could not be brought within its budget")

    def _remove(self, item: Item) -> bool:
        self._sizes.pop(item.id, None)
        if item.kind == "run":
            return self._shelf.remove(item.path)
        return take_off(item.path, self._home / TRASH)

    def _items(self) -> Iterator[Item]:
        own = OwnStore(self._home / "datasets")
        for path in _inside(self._home):
            kind = FOLDERS.get(path.name, "other")
            if kind == "other" or not path.is_dir():
                yield Item("other", path.name, path, _size(path), _changed(path), "kept", plain(path.name))
                continue
            for entry in _inside(path):
                if kind == "run" and is_id(entry.name):
                    yield self._run(entry)
                else:
                    yield _item(kind, entry, own)

    def _run(self, path: Path) -> Item:
        name = read_about(path).name
        guard = self._shelf.guard(path) or ("pinned" if is_pinned(path) else "named" if name else "")
        used = max(records.changed_at(path / records.FILE), _changed(path))
        return Item("run", path.name, path, self._size_of_run(path, guard), used, guard, _title(path, name))

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


def _title(path: Path, name: str) -> Text:
    """The name that it was given, else its recipe."""
    if name:
        return plain(name)
    try:
        return records.read(path).plan.recipe.title
    except VisitorError:
        return plain(path.name)


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


def _free(folder: Path) -> int:
    """Bytes that the disk has left; 0 where the folder is not there yet."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
