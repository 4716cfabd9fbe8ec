"""Points z of the latent space N(0, I), and the ways from one to another. Pure NumPy."""

from __future__ import annotations

import numpy as np

# Below this angle (radians) two directions count as one: the arc between them is straight to float32 precision.
_PARALLEL = 1e-6


def draw(seed: int, count: int, size: int) -> np.ndarray:
    """`count` points from N(0, I), float32 [count, size]; the first k rows do not depend on `count`."""
    return np.random.default_rng(seed).standard_normal((count, size), np.float32)


def truncate(z: np.ndarray, factor: float) -> np.ndarray:
    """z [n, size] drawn towards the mean, 0: below 1 more typical and less varied, above 1 stranger."""
    return z * np.float32(factor)


def lerp(start: np.ndarray, end: np.ndarray, t: float | np.ndarray) -> np.ndarray:
    """The straight way between two points [size]: float32 [size], or [k, size] for k values of t in [0, 1].

    Its middle lies nearer to 0 than almost any drawn point, which is why images there look washed out.
    """
    share = np.asarray(t, np.float64)[..., None]
    return ((1.0 - share) * start + share * end).astype(np.float32)


def slerp(start: np.ndarray, end: np.ndarray, t: float | np.ndarray) -> np.ndarray:
    """The way along the great circle (Shoemake 1985), the length changing evenly; shapes as in `lerp`.

    From a point to its opposite there are many such ways: one of them is taken, always the same.
    """
    start, end = np.asarray(start, np.float64), np.asarray(end, np.float64)
    share = np.asarray(t, np.float64)[..., None]
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    if min(lengths) == 0.0:  # the origin has no direction
        return lerp(start, end, t)
    first, last = start / lengths[0], end / lengths[1]
    across = last - (first @ last) * first
    angle = np.arctan2(np.linalg.norm(across), first @ last)
    if angle < _PARALLEL:
        return lerp(start, end, t)
    if np.pi - angle < _PARALLEL and len(first) > 1:
        across = _perpendicular(first)
    across = across / np.linalg.norm(across)
    directions = np.cos(share * angle) * first + np.sin(share * angle) * across
    return (((1.0 - share) * lengths[0] + share * lengths[1]) * directions).astype(np.float32)


def path(points: np.ndarray, frames: int, closed: bool = False) -> np.ndarray:
    """`frames` points, evenly spaced in time, on the great circles through `points` [k, size]: float32 [frames, size].

    An open path begins at the first point and ends at the last. A closed one returns from the last towards the first
    and stops one frame short of it, so that it may be repeated without a jerk.
    """
    points = np.asarray(points, np.float32)
    stations = np.concatenate([points, points[:1]]) if closed else points
    legs = len(stations) - 1
    if legs == 0 or frames == 0:
        return np.repeat(points[:1], frames, axis=0)
    times = np.linspace(0.0, legs, frames, endpoint=not closed)
    leg = np.minimum(times.astype(int), legs - 1)
    return np.stack([slerp(stations[i], stations[i + 1], time - i) for i, time in zip(leg, times, strict=True)])


def _perpendicular(direction: np.ndarray) -> np.ndarray:
    """A unit vector at right angles to a unit vector, made from the axis it is least along."""
    axis = np.zeros_like(direction)
    axis[np.argmin(np.abs(direction))] = 1.0
    across = axis - (axis @ direction) * direction
    length = np.linalg.norm(across)
    return across / length if length else across
