"""A process's claim on a run's folder, so that two servers on one data folder never train the same run.

An advisory lock on a file: the system frees it when its process ends, however that ends. Where there are no such locks
(some network drives), every claim succeeds.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

FILE = "run.lock"
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class Claim:
    """Held from `take` until `release`; for one process, and within it for one holder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._file: int | None = None

    def take(self) -> bool:
        """Claim the folder; False when somebody else holds it. Taking it twice is the same as once."""
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:  # a disk that cannot be written: nobody else can train there either
            return True
        try:
            _lock(file)
        except OSError as error:
            os.close(file)
            return error.errno not in _TAKEN
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def is_claimed(folder: Path) -> bool:
    """Whether anybody holds the folder now."""
    if not (folder / FILE).exists():
        return False
    claim = Claim(folder)
    free = claim.take()
    claim.release()
    return not free


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
