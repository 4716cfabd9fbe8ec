"""What is read off a batch of generated images: how far from the data, how alike, how white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aigc_demo.explain.moments import digits5k


@dataclass(frozen=True)
class Reading:
    """Of images [n, 784] in [-1, 1] against the training digits, all summed over the 784 pixels.

    `distance` is R = E||G(z) - x||^2 with z and x independent, which is E||G - mu||^2 + tr Sigma; `off_mean` is
    ||E G - mu||^2; `variance_ratio` is tr Cov(G) / tr Sigma; `white` the share of pixels above 0.9.
    """

    distance: float
    off_mean: float
    variance_ratio: float
    white: float


def read(images: np.ndarray) -> Reading:
    moments = digits5k()
    mean = moments.mean_image.reshape(-1).astype(np.float64) / 127.5 - 1.0
    flat = images.reshape(len(images), -1).astype(np.float64)
    return Reading(
        distance=float(np.square(flat - mean).sum(axis=1).mean()) + moments.spread,
        off_mean=float(np.square(flat.mean(axis=0) - mean).sum()),
        variance_ratio=float(flat.var(axis=0).sum()) / moments.spread,
        white=float((flat > 0.9).mean()),
    )
