"""The sample grids of a run in the order they were drawn, thinned so that a long run stays small."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from pathlib import Path

from aigc_demo.home import write_atomically

CAPACITY = 240  # a minute at four a second; beyond it, every second frame goes
_NAME = re.compile(r"(\d{6,})-(\d{6,})\.png")


@dataclass(frozen=True)
class Frame:
    """One drawn grid. `index` counts the frames ever drawn and never changes its meaning, so it may be cached."""

    index: int
    step: int
    png: bytes


class Frames:
    """A bounded list of frames, evenly spread over the run; one thread writes, any thread reads.

    The newest frame is always kept. Whenever the list is full, every second one goes and from then on only every
    second new one stays.
    """

    def __init__(self, folder: Path, capacity: int = CAPACITY) -> None:
        self.folder = folder
        self._capacity = capacity
        self._lock = threading.Lock()
        self._frames: dict[int, Frame] = {}
        self._on_disk: set[Frame] = set()
        self._stride = 1
        self._next = 0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def last(self) -> Frame | None:
        with self._lock:
            return self._frames[max(self._frames)] if self._frames else None

    def add(self, step: int, png: bytes) -> Frame:
        with self._lock:
            if self._frames and max(self._frames) % self._stride:
                del self._frames[max(self._frames)]
            frame = Frame(self._next, step, png)
            self._next += 1
            self._frames[frame.index] = frame
            while len(self._frames) > self._capacity:
                self._stride *= 2
                self._frames = {i: f for i, f in self._frames.items() if i % self._stride == 0 or i == frame.index}
        return frame

    def listing(self) -> list[dict[str, int]]:
        """`[{"index", "step"}, ...]`, oldest first."""
        with self._lock:
            return [{"index": frame.index, "step": frame.step} for frame in self._frames.values()]

    def get(self, index: int) -> Frame | None:
        with self._lock:
            return self._frames.get(index)

    def drop_after(self, step: int) -> None:
        """Forget the frames of steps that are about to be run again; their indices are not given out twice."""
        with self._lock:
            self._frames = {i: frame for i, frame in self._frames.items() if frame.step <= step}

    def flush(self) -> None:
        """Make the folder hold exactly the frames kept. Raises OSError and may then be called again."""
        with self._lock:
            wanted = set(self._frames.values())
        for frame in sorted(wanted - self._on_disk, key=lambda frame: frame.index):
            write_atomically(self._path(frame), frame.png)
            self._on_disk.add(frame)
        for frame in self._on_disk - wanted:
            self._path(frame).unlink(missing_ok=True)
        self._on_disk &= wanted

    def _path(self, frame: Frame) -> Path:
        return self.folder / f"{frame.index:06d}-{frame.step:06d}.png"

    @classmethod
    def load(cls, folder: Path, capacity: int = CAPACITY) -> Frames:
        """The frames that `folder` holds; a missing folder holds none."""
        frames = cls(folder, capacity)
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        for name in names:
            match = _NAME.fullmatch(name)
            if match:
                frame = Frame(int(match[1]), int(match[2]), (folder / name).read_bytes())
                frames._frames[frame.index] = frame
        frames._frames = dict(sorted(frames._frames.items()))
        frames._on_disk = set(frames._frames.values())
        frames._next = max(frames._frames, default=-1) + 1
        while frames._next > capacity * frames._stride:
            frames._stride *= 2
        return frames
