"""Shifting the images that D sees, real and fake alike, so that a few thousand digits last longer.

The shift must be applied to real and fake images and in G's step too, or it leaks into what G draws (Zhao et al. 2020,
Differentiable Augmentation, arXiv:2006.10738). Digits are never mirrored: a mirrored 3 is no digit.
"""

from __future__ import annotations

from typing import Any

from aigc_demo.backend import tf

Tensor = Any
PAPER = -1.0  # black, the value of an empty pixel in [-1, 1]; padding with 0 would frame the digit in mid-grey


def translate(images: Tensor, most: Tensor | int, seed: Tensor) -> Tensor:
    """Each of `images` [B, H, W, C] moved by its own whole number of pixels in [-most, most], down and to the right.

    What moves in from outside is `PAPER`. Drawn from `seed` [2] alone, so the same seed moves alike; differentiable any
    number of times. `most` may be a scalar tensor, which changes without a new trace.
    """
    shape = tf.shape(images)
    shifts = tf.random.stateless_uniform([2, shape[0]], seed, -most, most + 1, dtype=tf.int32)
    down, right = (_shift_matrix(shifts[place], shape[place + 1], images.dtype) for place in (0, 1))
    moved = tf.einsum("brh,bhwc,bsw->brsc", down, images, right)
    covered = tf.reduce_sum(down, axis=2)[:, :, None] * tf.reduce_sum(right, axis=2)[:, None, :]
    return tf.ensure_shape(moved + PAPER * (1.0 - covered)[..., None], images.shape)


def _shift_matrix(shifts: Tensor, size: Tensor, dtype: Any) -> Tensor:
    """[B, size, size]: row r has its one at column r - shift, or no one at all where that lies outside."""
    return tf.one_hot(tf.range(size)[None, :] - shifts[:, None], size, dtype=dtype)
