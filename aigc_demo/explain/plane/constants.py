"""What a tensor of a traced function is, where that does not depend on the function's inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf

Tensor = Any


def value_of(tensor: Tensor) -> Any:
    """The value of a tensor that only shapes and constants determine; None where it depends on an input.

    Beside what TensorFlow folds by itself: arithmetic on such values, and constants that were tiled or reshaped.
    """
    known = tf.get_static_value(tensor)
    if known is not None or tensor.op.type not in _FOLDS:
        return known
    values = [value_of(item) for item in tensor.op.inputs]
    return None if any(value is None for value in values) else _FOLDS[tensor.op.type](*values)


_FOLDS: dict[str, Any] = {
    "FloorDiv": np.floor_divide,
    "Maximum": np.maximum,
    "Mul": np.multiply,
    "RealDiv": np.true_divide,
    "AddV2": np.add,
    "Sub": np.subtract,
    "Neg": np.negative,
    "Tile": np.tile,
    "Reshape": np.reshape,
    "Identity": np.asarray,
}
