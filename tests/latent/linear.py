"""A generator whose inverse is known: each class has an image of its own, and z moves the pixels along fixed patterns."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.latent.encoder import Encoder
from aigc_demo.latent.inversion import Inverter

SIZE = 4
_RNG = np.random.default_rng(5)
PATTERNS = np.linalg.qr(_RNG.standard_normal((784, SIZE)))[0].T.astype(np.float32) * 2.0  # [SIZE, 784]
CLASSES = _RNG.uniform(-0.5, 0.5, (10, 784)).astype(np.float32)
CELLS = 49  # features: the means of 16 pixels each


def forward(z: Any, classes: Any) -> Any:
    """Images [n, 28, 28, 1] in [-1, 1] as tensors."""
    return tf.reshape(tf.matmul(z, PATTERNS) + tf.matmul(classes, CLASSES), [-1, 28, 28, 1])


def draw(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The same in NumPy, uint8 [n, 28, 28]."""
    images = (z @ PATTERNS + CLASSES[labels]).reshape(-1, 28, 28)
    return np.clip(np.rint(127.5 * images + 127.5), 0, 255).astype(np.uint8)


def look(images: Any) -> Any:
    return tf.reduce_mean(tf.reshape(images, [-1, CELLS, 784 // CELLS]), axis=2)


def glance(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), CELLS, -1).mean(axis=2).astype(np.float32) / 255.0


def encoder(conditional: bool = True) -> Encoder:
    return Encoder(draw, glance, SIZE, conditional)


def inverter(conditional: bool = True) -> Inverter:
    return Inverter(forward, look, SIZE, conditional)


def typical(seed: int) -> np.ndarray:
    """A point as long as most are, so that the prior has no wish to move it."""
    z = np.random.default_rng(seed).standard_normal(SIZE)
    return (z * np.sqrt(SIZE) / np.linalg.norm(z)).astype(np.float32)
