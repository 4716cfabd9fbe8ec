"""Every step's figures: in memory for the charts, and as one JSON line a step in `metrics.jsonl`."""

from __future__ import annotations

import math
import os
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import orjson


class MetricsLog:
    """Rows of float32 figures, one a step, counted from 1; one thread writes, any thread reads.

    Memory comes first and `flush` brings the file up to date, so a disk that fails for a while loses nothing as long
    as the program lives. A step that is run again (after a resume) appends a new line; readers let the later line win.
    """

    def __init__(self, path: Path, keys: tuple[str, ...]) -> None:
        self.path = path
        self.keys = keys
        self._lock = threading.Lock()
        self._rows = np.empty((256, len(keys)), np.float32)
        self._seconds = np.empty(256, np.float64)
        self._count = 0
        self._on_disk = 0
        self._tail_checked = False

    def __len__(self) -> int:
        return self._count

    def append(self, values: np.ndarray, seconds: np.ndarray) -> None:
        """Add rows [n, m] in the order of `keys`; `seconds` [n] is the training time spent when each step ended."""
        count = len(values)
        with self._lock:
            needed = self._count + count
            if needed > len(self._rows):
                room = max(needed, 2 * len(self._rows)) - self._count
                self._rows = np.concatenate([self._rows[: self._count], np.empty((room, len(self.keys)), np.float32)])
                self._seconds = np.concatenate([self._seconds[: self._count], np.empty(room)])
            self._rows[self._count : needed] = values
            self._seconds[self._count : needed] = seconds
            self._count = needed

    def rows(self, first: int = 1, last: int | None = None) -> np.ndarray:
        """A copy of the rows of steps `first`..`last`, both included; steps that do not exist are left out."""
        with self._lock:
            end = self._count if last is None else min(max(last, 0), self._count)
            return self._rows[max(first, 1) - 1 : end].copy()

    def seconds(self, first: int = 1, last: int | None = None) -> np.ndarray:
        """The training time spent when each of the steps `first`..`last` ended, float64 [n], as a copy."""
        with self._lock:
            end = self._count if last is None else min(max(last, 0), self._count)
            return self._seconds[max(first, 1) - 1 : end].copy()

    def widen(self, keys: tuple[str, ...]) -> None:
        """From now on the rows have these columns, which begin with those of before; earlier rows have no number there."""
        with self._lock:
            rows = np.full((len(self._rows), len(keys)), np.nan, np.float32)
            rows[: self._count, : len(self.keys)] = self._rows[: self._count]
            self._rows, self.keys = rows, keys

    def truncate(self, step: int) -> None:
        """Forget all steps after `step`: they are about to be run again."""
        with self._lock:
            self._count = min(self._count, step)
            self._on_disk = min(self._on_disk, step)

    def flush(self) -> None:
        """Append to the file what it lacks. Raises OSError and may then be called again."""
        first = self._on_disk
        if first == self._count:
            return
        with self._lock:
            values, seconds = self._rows[first : self._count].copy(), self._seconds[first : self._count].copy()
            keys = self.keys
        lines = b"".join(_line(keys, first + 1 + i, seconds[i], row) for i, row in enumerate(values))
        if not self._tail_checked:
            _drop_half_line(self.path)
        self._tail_checked = False
        _append(self.path, lines)
        self._tail_checked = True
        self._on_disk = first + len(values)

    @classmethod
    def load(cls, path: Path, keys: tuple[str, ...]) -> MetricsLog:
        """The log that `path` holds; a missing file is an empty log, and lines that are not a step are skipped."""
        log = cls(path, keys)
        found: dict[int, dict] = {}
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return log
        for line in content.splitlines():
            try:
                figures = orjson.loads(line)
                found[int(figures["step"])] = figures
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                continue
        count = 0
        while count + 1 in found:  # steps beyond a gap cannot be drawn in their place
            count += 1
        ordered = [found[step] for step in range(1, count + 1)]
        values = [[_number(line.get(key)) for key in keys] for line in ordered]
        with np.errstate(over="ignore"):  # what somebody else has written may not fit
            rows = np.array(values, np.float32).reshape(count, len(keys))
        log.append(rows, np.array([_number(line.get("seconds", 0.0)) for line in ordered], np.float64))
        log._on_disk = count
        return log


def _number(value: object) -> float:
    """A figure of a line that anybody may have written; not-a-number for what is none."""
    return float(value) if isinstance(value, int | float) else math.nan


def _line(keys: tuple[str, ...], step: int, seconds: float, row: np.ndarray) -> bytes:
    figures = {"step": step, "seconds": round(float(seconds), 6), **dict(zip(keys, row, strict=True))}
    return orjson.dumps(figures, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE)


def _append(path: Path, content: bytes) -> None:
    """All of it or, as far as the disk lets us, nothing. Raises OSError."""
    with path.open("ab", buffering=0) as file:
        before = path.stat().st_size
        try:
            while content:
                content = content[file.write(content) :]
        except OSError:
            with suppress(OSError):
                os.truncate(path, before)
            raise


def _drop_half_line(path: Path) -> None:
    """Cut off what a killed process or a full disk left of a line, so that every line of the file is whole."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("r+b") as file:
        content = file.read()
        if not content.endswith(b"\n"):
            file.truncate(content.rfind(b"\n") + 1)
