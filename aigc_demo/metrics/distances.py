"""Distances between two sets of feature vectors. Pure NumPy, float64."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Moments(NamedTuple):
    """Mean [d] and covariance [d, d] of a set of features."""

    mean: np.ndarray
    covariance: np.ndarray


def moments(features: np.ndarray) -> Moments:
    """Mean and unbiased covariance of features [n, d], n >= 2."""
    features = np.asarray(features, np.float64)
    if len(features) < 2:
        raise ValueError("moments need at least two feature vectors")
    return Moments(features.mean(axis=0), np.cov(features, rowvar=False))


def frechet_distance(first: Moments, second: Moments) -> float:
    """Squared Fréchet distance of two Gaussians: ||m1-m2||^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2).

    Heusel et al. 2017, arXiv:1706.08500, equation 6. The root is taken of a symmetric matrix by eigenvalues, so a
    singular covariance (fewer samples than dimensions) needs no correction term.
    """
    root = _symmetric_root(first.covariance)
    eigenvalues = np.linalg.eigvalsh(root @ second.covariance @ root)
    cross = np.sqrt(np.clip(eigenvalues, 0.0, None)).sum()
    difference = first.mean - second.mean
    trace = np.trace(first.covariance) + np.trace(second.covariance)
    return float(max(0.0, difference @ difference + trace - 2.0 * cross))


def _symmetric_root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T


class KernelDistance(NamedTuple):
    """An estimate of KID and the standard error of that estimate."""

    value: float
    error: float


def kernel_distance(first: np.ndarray, second: np.ndarray, blocks: int = 5) -> KernelDistance:
    """KID: unbiased squared MMD with the kernel (u.v/d + 1)^3 (Bińkowski et al. 2018, arXiv:1801.01401).

    Both sets [n, d] are cut into `blocks`; the value is the mean over blocks and the error their standard error. The
    diagonal is left out of both self terms, so the estimate may be negative.
    """
    size = min(len(first), len(second)) // blocks
    if size < 2:
        raise ValueError(f"KID over {blocks} blocks needs at least {2 * blocks} samples on each side")
    values = [_unbiased_mmd(first[k * size : (k + 1) * size], second[k * size : (k + 1) * size]) for k in range(blocks)]
    return KernelDistance(float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(blocks)))


def _unbiased_mmd(x: np.ndarray, y: np.ndarray) -> float:
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    xx, yy, xy = (_cubic_kernel(a, b) for a, b in ((x, x), (y, y), (x, y)))
    n, m = len(x), len(y)
    within_x = (xx.sum() - np.trace(xx)) / (n * (n - 1))
    within_y = (yy.sum() - np.trace(yy)) / (m * (m - 1))
    return float(within_x + within_y - 2.0 * xy.mean())


def _cubic_kernel(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x @ y.T / x.shape[1] + 1.0) ** 3


class Neighbourhood(NamedTuple):
    """How two sets overlap, judged by k-nearest-neighbour balls; see `neighbourhood`."""

    precision: float
    recall: float
    density: float
    coverage: float


def neighbourhood(real: np.ndarray, fake: np.ndarray, k: int = 5) -> Neighbourhood:
    """Precision and recall (Kynkäänniemi et al. 2019, arXiv:1904.06991), density and coverage (Naeem et al. 2020,
    arXiv:2002.09797) of features real [n, d] and fake [m, d], with balls that reach each point's k-th neighbour.
    """
    if min(len(real), len(fake)) <= k:
        raise ValueError(f"neighbourhoods of {k} need more than {k} samples on each side")
    between = _distances(real, fake)
    real_radius, fake_radius = _radii(real, k), _radii(fake, k)
    inside_real = between <= real_radius[:, None]
    return Neighbourhood(
        precision=float(inside_real.any(axis=0).mean()),
        recall=float((between <= fake_radius[None, :]).any(axis=1).mean()),
        density=float(inside_real.sum(axis=0).mean() / k),
        coverage=float(inside_real.any(axis=1).mean()),
    )


def _radii(points: np.ndarray, k: int) -> np.ndarray:
    """Distance of each point to its k-th neighbour, itself not counted."""
    return np.partition(_distances(points, points), k, axis=1)[:, k]


def _distances(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    squared = (x**2).sum(axis=1)[:, None] + (y**2).sum(axis=1)[None, :] - 2.0 * x @ y.T
    return np.sqrt(np.clip(squared, 0.0, None))


def mean_distance(points: np.ndarray) -> float:
    """Mean Euclidean distance of two different rows of points [n, d], n >= 2."""
    count = len(points)
    return float(_distances(points, points).sum() / (count * (count - 1)))


def nearest_distances(images: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Distance in pixels, Euclidean on [0, 1], of each image uint8 [n, 28, 28] to its nearest reference [m, 28, 28]."""
    return nearest_rows(*(part.reshape(len(part), -1).astype(np.float32) / 255.0 for part in (images, references)))


def nearest_rows(rows: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Euclidean distance of each row float32 [n, d] to its nearest reference [m, d]."""
    flat = (rows, references)
    squares = [(part**2).sum(axis=1) for part in flat]
    nearest = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), 500):  # 500 x 5,000 float32 distances are 10 MB at a time
        part = slice(start, start + 500)
        squared = squares[0][part, None] + squares[1][None, :] - 2.0 * flat[0][part] @ flat[1].T
        nearest[part] = np.sqrt(np.clip(squared.min(axis=1), 0.0, None))
    return nearest
