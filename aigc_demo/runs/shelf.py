"""The runs in memory, and on disk those they came from: found by id, claimed while somebody acts on them, pruned."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from aigc_demo.runs import record as records
from aigc_demo.runs.claim import Claim, is_claimed
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.guards import Guard, is_pinned, take_off
from aigc_demo.runs.recorded import RECORDED, open_recorded
from aigc_demo.runs.run import Run
from aigc_demo.runs.trash import FOLDER as TRASH
from aigc_demo.text import NotFound, Refused, Text, VisitorError

MOST_IN_MEMORY = 32
_RUN_ID = re.compile(r"[0-9a-f]{20}")

ELSEWHERE = Text(
    "另一个使用同一数据文件夹的服务器正在管这次训练，请到那里查看。",
    "Another server that uses the same data folder has this run in hand; open it there.",
)
BUSY = Text(
    "这次训练还没有结束（或正在测量），不能删除：请先停止它，或过几秒再试。",
    "This run is not over yet, or is being measured, and cannot be deleted: stop it first, or try again in a few seconds.",
)

T = TypeVar("T")

logger = logging.getLogger(__name__)


def is_id(name: str) -> bool:
    """Whether `name` could be the id of a run or a race: such names, and no others, become paths."""
    return bool(_RUN_ID.fullmatch(name))


class Shelf:
    """For any thread. A run that was put here or acted on stays claimed until it leaves the memory."""

    def __init__(self, folder: Path, most_on_disk: int = 0) -> None:
        """`folder` holds a folder for each run; 0 keeps them all."""
        self.folder = folder
        self._most_on_disk = most_on_disk
        self._lock = threading.RLock()
        self._runs: dict[str, Run] = {}  # least recently asked for first
        self._claims: dict[str, Claim] = {}

    def get(self, run_id: str) -> Run:
        """The run called `run_id`. Raises `NotFound`, `VisitorError` for a damaged one, `Refused` for another's."""
        with self._lock:
            run = self._runs.pop(run_id, None) or self._load(run_id)
            self._keep(run)
            return run

    def find(self, run_id: str) -> Run | None:
        """The run of that name if it is in memory."""
        return self._runs.get(run_id)

    def put(self, run: Run) -> None:
        """Take in a new run of this process."""
        with self._lock:
            self._keep(run)

    def discard(self, run: Run) -> None:
        """Forget a run that was not accepted, and take its folder off the disk."""
        with self._lock:
            self._drop(run.id)
            run.folder.remove()

    def claim(self, run: Run) -> Run:
        """This process is about to act on `run`; gives it as it stands, should another have gone on with it meanwhile.

        Raises `Refused` where another one has it in hand.
        """
        with self._lock:
            if run.id in self._claims:
                return run
            claim = Claim(run.folder.path)
            if not claim.take():
                raise Refused(ELSEWHERE)
            if run.id in self._runs and _has_gone_on(run):
                run = Run(_opened(run.folder.path))
                self._keep(run)
            self._claims[run.id] = claim
            return run

    def runs(self) -> tuple[Run, ...]:
        """The runs in memory, the one last asked for at the end."""
        with self._lock:
            return tuple(run for run in self._runs.values() if not run.recorded)

    def close(self) -> None:
        """Give up all claims: other processes may go on with what lies here."""
        with self._lock:
            while self._claims:
                self._claims.popitem()[1].release()

    def prune(self) -> None:
        """Remove the oldest run folders beyond the number kept, none of which is going, watched, pinned or in other
        hands.
        """
        if not self._most_on_disk:
            return
        folders = sorted(self.folder.glob(f"*/{records.FILE}"), key=records.changed_at)
        for path in folders[: max(0, len(folders) - self._most_on_disk)]:
            if not is_pinned(path.parent) and self.remove(path.parent):
                logger.info("run %s was removed to make room", path.parent.name)

    def guard(self, folder: Path) -> Guard:
        """Why the run in `folder` has to stay just now; '' where it need not."""
        with self._lock:
            run = self._runs.get(folder.name)
            if run is not None and (run.is_going or run.measuring or not (run.is_over and run.feed.ended)):
                return "going"
            if run is not None and run.feed.followers:
                return "followed"
            return "elsewhere" if folder.name not in self._claims and is_claimed(folder) else ""

    def remove(self, folder: Path, move: Callable[[Path], object] | None = None) -> bool:
        """Take a run off the disk, or have its folder moved by `move`; False where something holds it."""
        with self._lock:
            if not is_id(folder.name) or self.guard(folder):
                return False
            self._drop(folder.name)
            if move is None:
                return take_off(folder, self.folder.parent / TRASH)
            move(folder)
            return True

    def take_away(self, run_id: str, move: Callable[[], T]) -> T:
        """Forget the run and let `move` take its folder, while nobody can begin to act on it.

        Raises `Refused` for one that is not over, is being measured, or is in another server's hands.
        """
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and (run.is_going or run.measuring or not run.is_over):
                raise Refused(BUSY)
            if run_id not in self._claims and is_claimed(self.folder / run_id):
                raise Refused(ELSEWHERE)
            self._drop(run_id)
            return move()

    def _keep(self, run: Run) -> None:
        self._runs[run.id] = run
        idle = [key for key, kept in self._runs.items() if not (kept.is_going or kept.measuring or kept is run)]
        for key in idle[: max(0, len(self._runs) - MOST_IN_MEMORY)]:
            self._drop(key)

    def _drop(self, run_id: str) -> None:
        self._runs.pop(run_id, None)
        claim = self._claims.pop(run_id, None)
        if claim is not None:
            claim.release()

    def _load(self, run_id: str) -> Run:
        if run_id == RECORDED:
            return Run(open_recorded(), recorded=True)
        if not is_id(run_id):
            raise NotFound(records.UNKNOWN)
        folder = _opened(self.folder / run_id)
        if folder.record.state == "interrupted" and is_claimed(folder.path):
            raise Refused(ELSEWHERE)
        return Run(folder)


def _opened(path: Path) -> RunFolder:
    """The run in `path` as nobody trains it: where its record says otherwise, the process that did is gone."""
    folder = RunFolder.open(path)
    if folder.record.state not in records.OVER:
        folder.set(state="interrupted")
    return folder


def _has_gone_on(run: Run) -> bool:
    try:
        return records.read(run.folder.path).step != run.step
    except VisitorError:  # it was never written, or is damaged by now: what is in memory is all there is
        return False
