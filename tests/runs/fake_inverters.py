"""A search that a test holds in its hands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from aigc_demo.latent.inversion import Found, LabelError
from aigc_demo.recipes import make_plan
from aigc_demo.runs.inverters import Abandoned, Inverted

Z = np.array([0.5, -1.5], np.float32)
ERRORS = tuple(LabelError(label, 0.1 + abs(label - 4) / 100) for label in range(10))


class FakeGenerator:
    """As much of a model as the routes look at."""

    class_names = tuple("0123456789")

    latent_size, conditional, plan = 2, True, make_plan("fast", dataset="ten_digits")

    def render(self, z: Any, labels: Any = None, truncation: float = 1.0, styles: Any = None) -> np.ndarray:
        shade = np.asarray(z, np.float64)[:, 0] * truncation
        return np.broadcast_to(shade[:, None, None], (len(shade), 28, 28)).astype(np.uint8)


class FakeInverters:
    """Says "found something" until `finish` is set or whoever asked has left."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.finish = threading.Event()
        self.error: Exception | None = None
        self.searched: list[tuple[int, int | None]] = []  # the first pixel, and the label asked for
        self.abandoned = 0

    def search(
        self, generator: Any, image: np.ndarray, label: int | None, has_left: Callable[[], bool]
    ) -> Iterator[Found | Inverted]:
        self.searched.append((int(image[0, 0]), label))
        self.begun.release()
        found = Found(0.5, Z, 4 if label is None else label, 0.25)
        yield found
        while not self.finish.wait(0.005):
            if has_left():
                self.abandoned += 1
                raise Abandoned
        if self.error is not None:
            raise self.error
        done = Found(1.0, Z, found.label, 0.1, () if label is not None else ERRORS)
        yield Inverted(done, np.full((28, 28), 9, np.uint8), 0.01, 1.5)
