"""Weights of a network brought to one of more classes: what is new begins as the mean of the classes that are there."""

from __future__ import annotations

import numpy as np

from aigc_demo.text import Refused, Text

OTHER_NETWORK = Text(
    "这个检查点的网络与这次训练的不同，不能从它开始；请选同一配方的检查点。",
    "The network of this checkpoint is not the one of this run, which cannot begin with it; choose a checkpoint of the "
    "same recipe.",
)


def widened(value: np.ndarray, shape: tuple[int, ...], classes: int, more: int) -> np.ndarray:
    """`value`, a weight of a network of `classes` classes, as one of `shape` for `more` classes than that.

    The one axis that is longer holds the classes at its end, as one-hot labels stand at the end of a generator's code.
    Raises `Refused` for any other difference.
    """
    if value.shape == shape:
        return value
    longer = [axis for axis, (old, new) in enumerate(zip(value.shape, shape, strict=False)) if old != new]
    if value.ndim != len(shape) or len(longer) != 1 or shape[longer[0]] - value.shape[longer[0]] != more:
        raise Refused(OTHER_NETWORK)
    (axis,) = longer
    known = np.take(value, range(value.shape[axis] - classes, value.shape[axis]), axis)
    mean = known.mean(axis=axis, keepdims=True, dtype=np.float64).astype(value.dtype)
    return np.concatenate([value, np.repeat(mean, more, axis)], axis)
