"""The real digits that look most like an image: how near the nearest is tells a copy from an invention."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from aigc_demo.metrics.distances import nearest_distances

_AT_ONCE = 500  # images compared in one product: 500 x 10,000 float32 distances are 20 MB


class Nearest(NamedTuple):
    """The k digits nearest to each of n images, the nearest first: rows and distances, both [n, k]."""

    rows: np.ndarray
    distances: np.ndarray  # Euclidean, pixels in [0, 1]: 0 (the same) to 28 (black against white)


class Neighbours:
    """Digits that images are compared with, kept flat for one matrix product. For any thread."""

    def __init__(self, images: np.ndarray, labels: np.ndarray, held_out: np.ndarray) -> None:
        """`images` uint8 [m, 28, 28] and `labels` [m]; `held_out` are like them, but none of them."""
        self.images, self.labels = images, labels
        self._held_out = held_out
        self._flat = _flatten(images)
        self._squares = (self._flat**2).sum(axis=1)

    def nearest(self, images: np.ndarray, count: int = 1) -> Nearest:
        """The `count` digits (or as many as there are) nearest to each of the images uint8 [n, 28, 28]."""
        count = min(count, len(self._flat))
        parts = [self._part(images[start : start + _AT_ONCE], count) for start in range(0, len(images), _AT_ONCE)]
        return Nearest(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    @cached_property
    def typical(self) -> float:
        """The median distance of a held-out digit to the nearest of these: what is new and real lies about so far."""
        return float(np.median(nearest_distances(self._held_out, self.images)))

    @cached_property
    def typical_by_label(self) -> list[float]:
        """`typical` of those held-out digits whose nearest digit is a 0, a 1 …; `typical` where there are none.

        The figures differ by a factor of two: a new and real 1 lies nearer to some other 1 than many a copied 2 to its
        original.
        """
        found = self.nearest(self._held_out)
        labels, distances = self.labels[found.rows[:, 0]], found.distances[:, 0]
        return [
            float(np.median(distances[labels == label])) if (labels == label).any() else self.typical
            for label in range(max(10, int(self.labels.max(initial=0)) + 1))
        ]

    def _part(self, images: np.ndarray, count: int) -> Nearest:
        flat = _flatten(images)
        squared = (flat**2).sum(axis=1)[:, None] + self._squares[None, :] - 2.0 * flat @ self._flat.T
        rows = np.argpartition(squared, count - 1, axis=1)[:, :count]
        # The product above cancels digits of nearly equal images: the few that are shown are measured directly.
        exact = np.linalg.norm(flat[:, None, :] - self._flat[rows], axis=2)
        order = np.argsort(exact, axis=1, kind="stable")
        return Nearest(np.take_along_axis(rows, order, axis=1), np.take_along_axis(exact, order, axis=1))


def _flatten(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1).astype(np.float32) / 255.0
