"""Copies: how near generated digits are to the digits that a run learns from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.metrics.distances import nearest_distances

MOST_TRAINING = 10_000  # of the training digits images are compared with; nobody learns more by heart within minutes


@dataclass(frozen=True)
class _Key:
    """A dataset that a cache can hold: told from others by what it contains."""

    dataset: Dataset = field(compare=False)
    fingerprint: str


def memorisation(images: np.ndarray, dataset: Dataset) -> float:
    """Median distance of images uint8 [n, 28, 28] to the nearest training digit, divided by that of held-out digits.

    Near 0 means copies, 1 as new as real digits are. A dataset that holds nothing out is held against the bundled
    held-out digits.
    """
    training = dataset.images[:MOST_TRAINING]
    unit = _held_out_distance(_Key(dataset, dataset.fingerprint))
    return float(np.median(nearest_distances(images, training))) / unit


@lru_cache(maxsize=8)
def _held_out_distance(key: _Key) -> float:
    held_out = key.dataset.held_out
    others = held_out if len(held_out) else load("digits5k").held_out
    # A data file of the visitor's may contain these very digits, and its own digits were copies of themselves.
    return max(float(np.median(nearest_distances(others, key.dataset.images[:MOST_TRAINING]))), 1.0)
