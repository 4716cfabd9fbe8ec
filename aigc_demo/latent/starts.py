"""The starts of a search that go on together, the stages that drop the worst of them, and the time it all may take."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np

CHUNK_SECONDS = 0.06  # between two looks at what has been found: within it a search can be abandoned


class Stage(NamedTuple):
    """So many starts make so many steps of Adam at one rate; those that fit best go on."""

    starts: int
    steps: int
    rate: float
    share: float  # of the patience that may be used up when the stage ends


class Starts(NamedTuple):
    """Points that are searched from, with Adam's moments; `loss` and `pixels` are those of the last step."""

    z: np.ndarray  # [n, d]
    labels: np.ndarray  # [n]
    first: np.ndarray  # [n, d]
    second: np.ndarray  # [n, d]
    loss: np.ndarray  # [n], without the prior's term
    pixels: np.ndarray  # [n], mean squared error

    @classmethod
    def at(cls, z: np.ndarray, labels: np.ndarray) -> Starts:
        """Nothing is known of these points yet."""
        unknown = np.full(len(z), np.inf, np.float32)
        return cls(z, labels, np.zeros_like(z), np.zeros_like(z), unknown, unknown)

    def best(self, count: int) -> Starts:
        """The `count` starts that fit best, the best first; those whose numbers overflowed come last."""
        order = np.argsort(np.where(np.isfinite(self.loss), self.loss, np.inf), kind="stable")[:count]
        return Starts(*(part[order] for part in self))


class Clock:
    """How far a search has come, and how many steps fit between two looks."""

    def __init__(self, patience: float, stages: tuple[Stage, ...]) -> None:
        self._patience = patience
        self._began = time.monotonic()
        self._work = sum(stage.starts * stage.steps for stage in stages)
        self._done = 0
        self._seconds = CHUNK_SECONDS  # of a step of one start, as it last was; the first call may have to compile

    @property
    def progress(self) -> float:
        return min(0.99, self._done / self._work)

    def is_over(self, share: float) -> bool:
        return time.monotonic() - self._began >= share * self._patience

    def chunk(self, starts: int, left: int) -> int:
        """How many of the `left` steps to make at once."""
        return int(np.clip(CHUNK_SECONDS / (self._seconds * starts), 1, left))

    def note(self, starts: int, steps: int, seconds: float) -> None:
        """So many steps have been made at once."""
        self._done += starts * steps
        self._seconds = max(1e-6, seconds / (starts * steps))
