"""What a classifier sees in generated digits: which classes there are, and whether they are the ones asked for."""

from __future__ import annotations

import numpy as np

CLASSES = 10


def class_histogram(predicted: np.ndarray) -> np.ndarray:
    """Share of each of the ten classes among predicted labels [n]; float64 [10], adds up to 1."""
    return np.bincount(predicted, minlength=CLASSES)[:CLASSES] / max(len(predicted), 1)


def class_kl(predicted: np.ndarray) -> float:
    """KL(class shares || uniform) in nats: 0 is even, ln 10 = 2.303 a single class. Biased up by (10 - 1) / 2n."""
    share = class_histogram(predicted)
    present = share[share > 0]
    return float((present * np.log(present * CLASSES)).sum())


def label_accuracy(predicted: np.ndarray, asked: np.ndarray) -> float:
    """Share of images read as the digit that was asked for."""
    return float((predicted == asked).mean())
