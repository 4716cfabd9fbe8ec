"""What was deleted lies here for some minutes, so that it can be had back."""

from __future__ import annotations

import os
import re
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
_NOT_MOVED = Text("无法移动它的文件夹：{reason}。", "Its folder cannot be moved: {reason}.")

_KEY = re.compile(r"[0-9a-f]{32}")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_JOINT = "+"  # between the parts of where something lay, which is how it is called here


class Trash:
    """For any thread. Servers and commands that share a data folder share it: whoever has a key may undo."""

    def __init__(self, folder: Path, seconds: float = UNDO_SECONDS) -> None:
        """`folder` lies in the data folder, from elsewhere in which everything comes."""
        self._folder, self._home = folder, folder.parent
        self.seconds = seconds
        self._lock = threading.Lock()
        self._put_at: dict[str, float] = {}  # of what was put here by this process, by a clock that nobody sets
        self._timer: threading.Timer | None = None
        self.sweep()

    @property
    def minutes(self) -> str:
        """For how long what is deleted can be had back, as words have it."""
        return f"{self.seconds / 60:g}"

    def put(self, path: Path) -> str:
        """Move the folder `path` here; returns the secret with which it can be had back. Raises `VisitorError`."""
        self.sweep()
        key = secrets.token_hex(16)
        with self._lock:
            try:
                (self._folder / key).mkdir(parents=True)
            except OSError as error:
                raise VisitorError(_NOT_MOVED.format(reason=error.strerror or type(error).__name__)) from error
            _move(path, self._folder / key / _JOINT.join(path.relative_to(self._home).parts))
            self._put_at[key] = time.monotonic()
            self._sweep_later()
        return key

    def restore(self, key: str) -> Path:
        """Move back what `put` gave `key` for. Raises `Refused` where its time is over."""
        self.sweep()
        with self._lock:
            place, path = self._found(key)
            if path.exists():
                raise Refused(IN_PLACE)
            _move(place, path)
            self._remove(key)
            return path

    def lying(self, key: str) -> tuple[Path, Path] | None:
        """Where what `put` gave `key` for lies, and where it lay; None where nothing can be had back for it."""
        if not _KEY.fullmatch(key):
            return None
        inside = [*(self._folder / key).glob("*")]
        parts = inside[0].name.split(_JOINT) if len(inside) == 1 else []
        if not parts or not all(map(_PART.fullmatch, parts)):
            return None
        return inside[0], self._home.joinpath(*parts)

    def discard(self, key: str) -> None:
        """Remove for good what `put` gave `key` for. Raises `Refused` where nothing lies here for it any more."""
        with self._lock:
            self._found(key)
            self._remove(key)

    def sweep(self) -> None:
        """Remove what nobody can have back any more, also what a server left that ended before its time was over."""
        with self._lock:
            for place in self._folder.glob("*"):
                put_at = self._put_at.get(place.name)
                age = _age_of(place) if put_at is None else time.monotonic() - put_at
                if age > self.seconds:
                    self._remove(place.name)

    def close(self) -> None:
        """Nobody can ask this server any more: what it has put here goes."""
        with self._lock:
            for key in [*self._put_at]:
                self._remove(key)
            if self._timer is not None:
                self._timer.cancel()

    def _found(self, key: str) -> tuple[Path, Path]:
        """What `lying` says. Raises `Refused` where nothing lies here for the key any more."""
        if (found := self.lying(key)) is None:
            raise Refused(GONE.format(minutes=self.minutes))
        return found

    def _remove(self, key: str) -> None:
        self._put_at.pop(key, None)
        shutil.rmtree(self._folder / key, ignore_errors=True)

    def _sweep_later(self) -> None:
        """The disk has its room back in time, even where nothing more is deleted; one thread waits for all."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self.seconds + 1.0, self.sweep)
        self._timer.daemon = True
        self._timer.start()


def _age_of(place: Path) -> float:
    """Seconds since something was put into it; what lies inside keeps its own date."""
    try:
        return time.time() - place.stat().st_mtime
    except OSError:
        return 0.0


def _move(path: Path, target: Path) -> None:
    try:
        os.rename(path, target)
    except OSError as error:
        raise VisitorError(_NOT_MOVED.format(reason=error.strerror or type(error).__name__)) from error
