"""Named axes: the direction that makes digits lean, and so on, found by regression and tested on other points.

By Stein's lemma E[z a(G(z))] = E[∇a] for z ~ N(0, I): the regression of an attribute on z is its mean slope.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.latent.axes import orthonormal


def centred(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Rows [n, …] less the mean of their class: what differs between digits of the same kind is left."""
    left = rows.copy()
    for label in np.unique(labels):
        left[labels == label] -= left[labels == label].mean(axis=0)
    return left


def effects(z: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Slopes [d, k] of values [n, k] along z [n, d], both centred: ridge regression.

    The ridge is the one that fits when z explains half of a value. Against the plain mean of z·a it takes out what the
    sample's own chance correlations add, which matters where few points have to do.
    """
    size = z.shape[1]
    return np.linalg.solve(z.T @ z + size * np.eye(size), z.T @ values)


def regress(z: np.ndarray, values: np.ndarray, labels: np.ndarray) -> tuple[list[int], np.ndarray, list[float]]:
    """The order in which the k attributes took their directions, these [k, d] (orthonormal), and the R² of each.

    Of z [n, d], values [n, k] and classes [n]. Attributes that z says most about come first, and the direction of each
    is at right angles to those before. R² is measured on the half of the points that a direction was not fitted to, for
    each half in turn; the directions returned are fitted to all. Only the first d attributes have room.
    """
    z, values = centred(z, labels), centred(values, labels)
    halves = slice(len(z) // 2), slice(len(z) // 2, None)
    alone = _held_out(z, values, [[place] for place in range(values.shape[1])], halves)
    order = sorted(range(values.shape[1]), key=lambda place: -alone[place])[: z.shape[1]]
    found = _held_out(z, values, [order], halves)
    return order, orthonormal(effects(z, values[:, order]).T), [found[place] for place in order]


def _held_out(
    z: np.ndarray, values: np.ndarray, orders: list[list[int]], halves: tuple[slice, slice]
) -> dict[int, float]:
    """R² by attribute, each order of attributes made orthonormal by itself; the mean over both ways round."""
    total: dict[int, float] = {}
    for fitted, tested in (halves, halves[::-1]):
        for order in orders:
            directions = orthonormal(effects(z[fitted], values[fitted][:, order]).T)
            for place, direction in zip(order, directions, strict=True):
                share = explained(z[tested] @ direction, values[tested][:, place])
                total[place] = total.get(place, 0.0) + share / len(halves)
    return total


def explained(coordinate: np.ndarray, value: Any) -> float:
    """Share of the variance of `value` [n] that a line through `coordinate` [n] explains; 0 where it runs downwards.

    0 as well for a value that is the same everywhere.
    """
    x, y = coordinate - coordinate.mean(), value - value.mean()
    spread = float(np.sqrt((x @ x) * (y @ y)))
    return max(0.0, float(x @ y) / spread) ** 2 if spread > 1e-9 else 0.0
