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
    """Median distance of images uint8 [n, 28, 28] to the nearest training image, divided by that of held-out images.

    Near 0 means copies, 1 as new as real ones are. Digits that hold nothing out are held against the bundled held-out
    digits; other images against themselves: how far each is from the nearest other one.
    """
    training = dataset.images[:MOST_TRAINING]
    unit = _held_out_distance(_Key(dataset, dataset.fingerprint))
    return float(np.median(nearest_distances(images, training))) / unit


@lru_cache(maxsize=8)
def _held_out_distance(key: _Key) -> float:
    held_out = key.dataset.held_out
    if not len(held_out) and not key.dataset.is_digits:
        return max(float(np.median(_nearest_others(key.dataset.images[:MOST_TRAINING]))), 1.0)
    others = held_out if len(held_out) else load("digits5k").held_out
    # A data file of the visitor's may contain these very digits, and its own digits were copies of themselves.
    return max(float(np.median(nearest_distances(others, key.dataset.images[:MOST_TRAINING]))), 1.0)


def _nearest_others(images: np.ndarray) -> np.ndarray:
    """Distance of each image to the nearest that differs from it; 0 where all are the same."""
    different = np.unique(images, axis=0)
    if len(different) < 2:
        return np.zeros(1, np.float32)
    some = different[:100]
    return np.array(
        [nearest_distances(each[None], np.delete(different, place, axis=0))[0] for place, each in enumerate(some)]
    )
