"""Samplers that need no GAN. One that has not beaten the per-class Gaussian has earned no praise."""

from __future__ import annotations

import json

import numpy as np

from aigc_demo.home import SHIPPED


def measured_yardsticks() -> dict[str, float]:
    """The digit-FD of each of these samplers at N = 1,000, as measured with the shipped feature net; read, not computed."""
    facts = json.loads((SHIPPED / "features" / "config.json").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in facts["yardsticks"].items()}


def noise(count: int, seed: int) -> np.ndarray:
    """Uniform pixels, uint8 [count, 28, 28]."""
    return np.random.default_rng(seed).integers(0, 256, (count, 28, 28), dtype=np.uint8)


def mean_digit(images: np.ndarray, count: int) -> np.ndarray:
    """The average of `images`, `count` times; what minimises the tutorial's distance term."""
    return np.repeat(images.mean(axis=0, keepdims=True).round().astype(np.uint8), count, axis=0)


def per_class_gaussian(images: np.ndarray, labels: np.ndarray, asked: np.ndarray, seed: int) -> np.ndarray:
    """Samples of one 784-dimensional Gaussian a class, fitted to `images` and clipped to pixel range.

    Returns uint8 [len(asked), 28, 28], the i-th drawn from the class asked[i].
    """
    generator = np.random.default_rng(seed)
    result = np.empty((len(asked), 784), np.float64)
    for digit in np.unique(asked):
        members = images[labels == digit].reshape(-1, 784).astype(np.float64)
        centred = members - members.mean(axis=0)
        rows = np.flatnonzero(asked == digit)
        # A Gaussian with the sample covariance, without forming it: random combinations of the centred members.
        mix = generator.standard_normal((len(rows), len(members))) / np.sqrt(len(members) - 1)
        result[rows] = members.mean(axis=0) + mix @ centred
    return np.clip(result.round(), 0, 255).astype(np.uint8).reshape(-1, 28, 28)
