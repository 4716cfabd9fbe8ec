"""What uses the disk, and what goes when it is too much: the oldest of what nobody keeps, and never anything else.

Runs, sets fetched from the Hub and what was derived from models may go. Models that were brought in, data of one's own
and searches are counted and left alone: only who made them deletes them. A run that somebody removes lies in the trash
for some minutes; what goes because the folder is over its budget goes at once, and so does what can be fetched or made again.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from aigc_demo.runs.guards import pin, stays, take_off
from aigc_demo.runs.inventory import Inventory, Item, Report
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.trash import FOLDER as TRASH
from aigc_demo.runs.trash import Trash
from aigc_demo.text import NotFound, Refused, Text, VisitorError

MEGABYTE = 1_000_000

_UNKNOWN = Text("数据文件夹里没有“{id}”。", "There is no “{id}” in the data folder.")
_NOT_REMOVED = Text(
    "它没能移除：有程序正在使用它，或磁盘不允许。",
    "It was not removed: something uses it, or the disk does not let it go.",
)
_PINS = Text("只有训练和下载的数据可以固定。", "Only runs and fetched sets can be pinned.")

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Storage:
    """The data folder `home`, which is to use at most `megabytes` (0: no limit). For any thread."""

    def __init__(self, home: Path, shelf: Shelf, megabytes: int, trash: Trash | None = None) -> None:
        """`trash`: that of the same data folder, where there is one already."""
        self._home, self._shelf = home, shelf
        self.trash = trash or Trash(home / TRASH)
        self._inventory = Inventory(home, shelf, self.trash)
        self.budget = megabytes * MEGABYTE
        self._removing = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._is_waiting = threading.Event()

    def report(self) -> Report:
        """All that lies in the data folder now."""
        items = sorted(self._inventory.items(), key=lambda item: (item.used, item.id))
        return Report(self.budget, self._inventory.free(), tuple(items))

    def find(self, kind: str, item_id: str) -> Item:
        """Raises `NotFound`."""
        for item in self._inventory.items():
            if (item.kind, item.id) == (kind, item_id):
                return item
        raise NotFound(_UNKNOWN.format(id=item_id[:40]))

    def pin(self, kind: str, item_id: str, pinned: bool) -> None:
        """Let a run or a fetched set stay whatever it takes, or no more. Raises `NotFound`, `VisitorError`."""
        item = self.find(kind, item_id)
        if item.kind not in ("run", "hub"):
            raise VisitorError(_PINS)
        pin(item.path, pinned)

    def free(self, target: int | None = None, for_good: bool = False) -> list[Item]:
        """Remove what may go, oldest first, until `target` bytes (None: the budget) are kept; gives what went.

        With `for_good` what was deleted before goes first, until no more than `target` are used, and nothing can be
        had back.
        """
        wanted = self.budget if target is None else target
        with self._removing:
            report = self.report()
            emptied = self._emptied(report, wanted) if for_good else []
            gone = [self._removed(item, for_good) for item in report.going(wanted)]
            return emptied + [item for item in gone if item is not None]

    def remove(self, kind: str, item_id: str, for_good: bool = False) -> Item:
        """Remove this one; a run can be had back by its `undo`, unless it is `for_good`.

        Raises `NotFound`, `Refused` with the reason why it stays, or `VisitorError` where the disk does not let it go.
        """
        with self._removing:
            item = self.find(kind, item_id)
            if item.guard:
                raise stays(item.guard)
            removed = self._removed(item, for_good)
            if removed is None:
                raise VisitorError(_NOT_REMOVED)
            return removed

    def undo(self, keys: Sequence[str]) -> list[Path]:
        """Have back what lies in the trash, by the `undo` of each. Raises the first refusal where nothing comes back."""
        return _as_many(keys, self.trash.restore)

    def empty(self, keys: Sequence[str]) -> None:
        """Remove for good what lies in the trash, by the `undo` of each. Raises the first refusal where nothing does."""
        _as_many(keys, self.trash.discard)

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
            for item in self.free(for_good=True):
                logger.info("%s %s was removed: the data folder was over its budget", item.kind, item.id)
        except Exception:
            logger.exception("the data folder could not be brought within its budget")

    def _emptied(self, report: Report, target: int) -> list[Item]:
        """What lies in the trash is removed, oldest first, until no more than `target` bytes are used."""
        over, gone = report.used - target, []
        for item in report.items:
            if item.kind == "trash" and item.undo and over > 0:
                with contextlib.suppress(Refused):  # somebody has it back already
                    self.trash.discard(item.undo)
                    gone.append(item)
                    over -= item.bytes
        return gone

    def _removed(self, item: Item, for_good: bool) -> Item | None:
        """The item as it is then; None where something holds it, or the disk."""
        self._inventory.forget(item.id)
        if item.kind != "run":
            return item if take_off(item.path, self._home / TRASH) else None
        if for_good:
            return item if self._shelf.remove(item.path) else None
        keys: list[str] = []
        with contextlib.suppress(VisitorError):
            self._shelf.remove(item.path, lambda path: keys.append(self.trash.put(path)))
        return replace(item, undo=keys[0]) if keys else None


def _as_many(keys: Sequence[str], act: Callable[[str], T]) -> list[T]:
    """What `act` gives for each key that it takes; raises its first refusal where it takes none."""
    done, refusals = [], []
    for key in keys:
        try:
            done.append(act(key))
        except VisitorError as error:
            refusals.append(error)
    if refusals and not done:
        raise refusals[0]
    return done
