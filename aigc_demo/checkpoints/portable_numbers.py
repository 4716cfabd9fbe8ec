"""The numbers of a node as they stand in a network file: what follows from the weights alone is worked into them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aigc_demo.checkpoints.portable_graph import Node

_OUTPUT_AXIS = {"dense": 1, "conv": 3, "conv_transposed": 2, "attention": 1}  # of a kernel


def numbers_of(node: Node, weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The tensors of a node by role, spectrally normalised where its layer does that, with its norms worked in."""
    numbers = {role: weights[name] for role, name in node.weights.items()}
    for role, vector in node.divided.items():
        numbers[role] = _divided(numbers[role], weights[vector], _OUTPUT_AXIS[node.op])
    for role, factor in node.factors.items():
        with np.errstate(over="ignore"):
            numbers[role] = numbers[role] * np.float32(factor)
    if not node.norms:
        return numbers
    with np.errstate(over="ignore", invalid="ignore"):
        scale, shift = _affine(node, weights)
        if node.op == "norm":
            return {"scale": scale.astype(np.float32), "shift": shift.astype(np.float32)}
        bias = scale * numbers["bias"] + shift if "bias" in numbers else shift
        kernel, axis = numbers["kernel"], _OUTPUT_AXIS[node.op]
        factors = scale.astype(np.float32).reshape([-1 if place == axis else 1 for place in range(kernel.ndim)])
        return {"kernel": kernel * factors, "bias": bias.astype(np.float32)}


def _affine(node: Node, weights: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """All norms of a node as one scale and one shift, float64 [channels]."""
    scale, shift = np.ones(()), np.zeros(())
    for norm in node.norms:
        mean, variance = (weights[f"{norm.layer}/{name}"] for name in ("moving_mean", "moving_variance"))
        factor = 1.0 / np.sqrt(variance.astype(np.float64) + norm.epsilon)
        if norm.has_scale:
            factor = factor * weights[f"{norm.layer}/gamma"]
        beta = weights[f"{norm.layer}/beta"] if norm.has_shift else 0.0
        scale, shift = scale * factor, (shift - mean) * factor + beta
    return scale, shift


def _divided(kernel: np.ndarray, u: np.ndarray, axis: int) -> np.ndarray:
    """`kernel` by its largest singular value, as `networks.spectral` finds it: one power iteration from `u`."""
    matrix = np.moveaxis(kernel, axis, -1).reshape(-1, kernel.shape[axis]).astype(np.float64)
    with np.errstate(all="ignore"):
        left = matrix @ u
        left /= max(float(np.linalg.norm(left)), 1e-6)
        sigma = np.linalg.norm(left @ matrix)
        return (kernel / max(float(sigma), 1e-12)).astype(np.float32)
