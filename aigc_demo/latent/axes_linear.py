"""Axes read off a network's layers: the principal components of what a deep one shows, and the first one's weights."""

from __future__ import annotations

import numpy as np

from aigc_demo.latent.axes import orthonormal, with_sign
from aigc_demo.latent.axes_named import centred, effects

_ROUNDS = 2  # of subspace iteration: the leading components stand apart after as many
_EXTRA = 8  # columns more than wanted, which is what makes so few rounds enough


def principal_directions(z: np.ndarray, hidden: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """The z-directions of the leading components of hidden activations: float64 [k, d], k ≤ `count`.

    GANSpace (Härkönen et al. 2020, arXiv:2004.02546): PCA of the activations [n, units], here within each class, since
    the class is no matter of z; then least squares between the scores and z [n, d], and orthonormal.
    """
    largest = np.abs(hidden).max(initial=0.0)  # of a network that has run away, whose squares would overflow
    rows = centred(hidden / (largest or np.float32(1.0)), labels)
    scores = rows @ _leading(rows, min(count, z.shape[1], *rows.shape))
    return with_sign(orthonormal(effects(centred(z, labels), scores.astype(np.float64)).T))


def _leading(rows: np.ndarray, count: int) -> np.ndarray:
    """The leading principal components of centred rows [n, units], as columns [units, count]: by subspace iteration."""
    width = min(count + _EXTRA, *rows.shape)
    basis = np.random.default_rng(0).standard_normal((rows.shape[1], width), np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(rows.T @ (rows @ basis))[0]
    # Within that subspace the components are those of a small matrix.
    _, turned = np.linalg.eigh((scores := rows @ basis).T @ scores)
    return basis @ turned[:, ::-1][:, :count]


def semantic_directions(matrix: np.ndarray, count: int) -> np.ndarray:
    """Eigenvectors of AAᵀ of the first layer's matrix A [d, units]: float64 [k, d], k ≤ `count`.

    SeFa (Shen & Zhou 2021, arXiv:2007.06600), in which, as in its authors' program, each unit's weights are first
    brought to length 1: a batch normalisation behind them would undo their scale anyway.
    """
    weights = matrix.astype(np.float64)
    lengths = np.linalg.norm(weights, axis=0, keepdims=True)
    weights = weights / np.where(lengths > 0, lengths, 1.0)
    _, vectors = np.linalg.eigh(weights @ weights.T)
    return with_sign(vectors[:, ::-1].T[: min(count, len(vectors))])
