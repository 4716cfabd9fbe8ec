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


def spread(images: np.ndarray, others: np.ndarray | None = None) -> dict[str, float]:
    """`variance_ratio`: the total variance of the pixels of images uint8 [n, 28, 28], over that of real digits, or of
    `others` [m, 28, 28]; 0 is one picture again and again. `mean_distance`: squared distance of the mean image to theirs,
    pixels in [-1, 1].
    """
    centre, variance = _real_spread() if others is None else _centre_and_variance(others)
    mine, own = _centre_and_variance(images)
    return {"variance_ratio": own / max(variance, 1e-6), "mean_distance": float(((mine - centre) ** 2).sum())}


@lru_cache(maxsize=1)
def _real_spread() -> tuple[np.ndarray, float]:
    return _centre_and_variance(load("digits5k").images)


def _centre_and_variance(images: np.ndarray) -> tuple[np.ndarray, float]:
    pixels = images.reshape(len(images), -1).astype(np.float32) / 127.5 - 1.0
    return pixels.mean(axis=0), float(pixels.var(axis=0).sum())
