"""The codes that InfoGAN puts into z: what a coordinate of N(0, I) means to its generator. Needs TensorFlow alone.

Chen et al. 2016, arXiv:1606.03657, section 7.1: one category of ten and two codes uniform in [-1, 1].
"""

from __future__ import annotations

from typing import Any

from aigc_demo.backend import tf

EDGE = 3.0  # standard deviations within which a coordinate stands for the uniform code's own range


def uniform_codes(z: Any) -> Any:
    """Codes of coordinates z ~ N(0, 1) of any shape: erf(z / sqrt 2), which is uniform in (-1, 1).

    Beyond `EDGE` standard deviations, which one draw in 370 passes, they go on at a slope of 1, so that a slider can ask
    for codes outside the range that training has seen.
    """
    within = tf.clip_by_value(z, -EDGE, EDGE)
    return tf.math.erf(within * 2.0**-0.5) + (z - within)


def split_codes(z: Any, count: int) -> tuple[Any, Any]:
    """z [B, n] as its noise [B, n - count] and its uniform codes [B, count], which are its last coordinates."""
    return z[:, :-count], uniform_codes(z[:, -count:])
