"""What was deleted lies here for some minutes, so that it can be had back."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
import time
from pathlib import Path

from aigc_demo.text import Refused, Text, VisitorError

UNDO_SECONDS = 600.0
FOLDER = "trash"

GONE = Text(
    "已经无法恢复：超过了 {minutes} 分钟，或服务器已重启。",
    "It cannot be had back any more: more than {minutes} minutes have passed, or the server was started anew.",
)
IN_PLACE = Text("那个位置上已有同名的模型。", "A model of that name lies in its place.")
_NOT_MOVED = Text("无法移动模型的文件夹：{reason}。", "The model's folder cannot be moved: {reason}.")


class Trash:
    """For any thread. Servers that share a data folder share it; each undoes what it deleted itself."""

    def __init__(self, folder: Path, seconds: float = UNDO_SECONDS) -> None:
        self._folder = folder
        self._seconds = seconds
        self._lock = threading.Lock()
        self._places: dict[str, Path] = {}  # undo key -> where it lay
        self._put_at: dict[str, float] = {}  # undo key -> by a clock that nobody sets
        self.sweep()

    def put(self, path: Path) -> str:
        """Move the folder `path` here; returns the secret with which it can be had back. Raises `VisitorError`."""
        self.sweep()
        key = secrets.token_hex(16)
        with self._lock:
            try:
                (self._folder / key).mkdir(parents=True)
            except OSError as error:
                raise VisitorError(_NOT_MOVED.format(reason=error.strerror or type(error).__name__)) from error
            _move(path, self._folder / key / path.name)
            self._places[key] = path
            self._put_at[key] = time.monotonic()
        return key

    def restore(self, key: str) -> Path:
        """Move back what `put` gave `key` for. Raises `Refused` where its time is over."""
        self.sweep()
        with self._lock:
            path = self._places.get(key)
            if path is None or not (self._folder / key / path.name).exists():
                raise Refused(GONE.format(minutes=f"{self._seconds / 60:g}"))
            if path.exists():
                raise Refused(IN_PLACE)
            _move(self._folder / key / path.name, path)
            del self._places[key]
            shutil.rmtree(self._folder / key, ignore_errors=True)
            return path

    def sweep(self) -> None:
        """Remove what nobody can have back any more, also what a server left that ended before its time was over."""
        with self._lock:
            for place in self._folder.glob("*"):
                put_at = self._put_at.get(place.name)
                age = _age_of(place) if put_at is None else time.monotonic() - put_at
                if age > self._seconds:
                    self._places.pop(place.name, None)
                    self._put_at.pop(place.name, None)
                    shutil.rmtree(place, ignore_errors=True)

    def close(self) -> None:
        """Nobody can ask this server any more."""
        with self._lock:
            for key in self._places:
                shutil.rmtree(self._folder / key, ignore_errors=True)
            self._places.clear()


def _age_of(place: Path) -> float:
    """Seconds since it was made; the folder inside keeps its own date."""
    try:
        return time.time() - place.stat().st_mtime
    except OSError:
        return 0.0


def _move(path: Path, target: Path) -> None:
    try:
        os.rename(path, target)
    except OSError as error:
        raise VisitorError(_NOT_MOVED.format(reason=error.strerror or type(error).__name__)) from error
