"""Variety inside the classes, which a class histogram cannot see: ten prototypes have a perfect one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from aigc_demo.data import load
from aigc_demo.metrics.classes import CLASSES
from aigc_demo.metrics.distances import mean_distance
from aigc_demo.metrics.features import feature_net

FEWEST = 4  # images of a class, for a mean over their pairs that says anything


def diversity(features: np.ndarray, predicted: np.ndarray) -> float | None:
    """Mean distance of two features of the same class, over the same on real digits; classes count by their images.

    Features [n, 64] and the classes [n] that the feature net reads. 1 is the variety of real digits, 0 a single image
    per class; None where no class has enough images.
    """
    real, total, counted = _real_distances(), 0.0, 0
    for digit in range(CLASSES):
        members = features[predicted == digit]
        if len(members) >= FEWEST:
            total += len(members) * mean_distance(members) / real[digit]
            counted += len(members)
    return total / counted if counted else None


@lru_cache(maxsize=1)
def _real_distances() -> tuple[float, ...]:
    """For each class the mean distance of two held-out digits."""
    digits = load("digits5k")
    features = feature_net().read(digits.held_out).features
    return tuple(mean_distance(features[digits.held_out_labels == digit]) for digit in range(CLASSES))
