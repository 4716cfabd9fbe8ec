"""Networks in NumPy whose latent spaces are known by heart: what must be found in them is found with pencil and paper."""

from __future__ import annotations

import numpy as np

from aigc_demo.latent.axes_finding import Look


class Linear:
    """x = J z with J = U diag(strengths) Vᵀ: along V's columns it moves by the strengths, and nowhere else."""

    conditional, multiplications = False, 1000

    def __init__(self, strengths: tuple[float, ...], seed: int = 0) -> None:
        rng = np.random.default_rng(seed)
        size = self.latent_size = len(strengths)
        self.turn = np.linalg.qr(rng.standard_normal((size, size)))[0]
        out = np.linalg.qr(rng.standard_normal((784, size)))[0]
        self.jacobian = out * np.array(strengths) @ self.turn.T

    def look(self, z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        images = (z @ self.jacobian.T).astype(np.float32)
        pulled = None if v is None else (v.reshape(len(v), -1) @ self.jacobian).astype(np.float32)
        return Look(images.reshape(-1, 28, 28), images, pulled)

    def first_matrix(self) -> np.ndarray:
        """Every unit looks along the first direction, and a few along others as well."""
        units = [self.turn[:, 0] + 0.1 * self.turn[:, number % self.latent_size] for number in range(20)]
        return np.array(units).T


class Leaning:
    """Draws two parallel strokes: z·lean is their slant, z·bold their thickness, z·wide how far they stand apart.

    The class says where they stand.
    """

    conditional, multiplications = True, 1000
    latent_size = 12

    def __init__(self, seed: int = 1) -> None:
        directions = np.random.default_rng(seed).standard_normal((self.latent_size, 3))
        self.directions = np.linalg.qr(directions)[0].T
        self.lean, self.bold, self.wide = self.directions

    def look(self, z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        images = self._draw(z, labels)
        pulled = None
        if v is not None:
            step = 1e-3
            pulled = np.zeros((len(z), self.latent_size), np.float32)
            for direction in self.directions:
                rise = self._draw(z + step * direction, labels) - self._draw(z - step * direction, labels)
                pulled += np.outer((rise / (2 * step) * v).sum(axis=(1, 2)), direction)
        return Look(images.astype(np.float32), images.reshape(len(z), -1).astype(np.float32), pulled)

    def first_matrix(self) -> np.ndarray:
        return self.directions.T

    def _draw(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        lean, bold, wide = (z @ self.directions.T).T[:, :, None, None]
        up, columns = 13.5 - np.arange(28)[None, :, None], np.arange(28)[None, None, :]
        middle = 11.5 + 0.4 * labels[:, None, None] + 0.15 * lean * up
        from_stroke = np.abs(np.abs(columns - middle) - 5.0 - 0.6 * wide)
        cover = 1.0 / (1.0 + np.exp(4.0 * (from_stroke - 1.2 * np.exp(0.15 * bold))))
        return 2.0 * np.where(np.abs(up) < 10, cover, 0.0) - 1.0


class Collapsed:
    """Draws the same image for every z."""

    conditional, latent_size, multiplications = False, 5, 1000

    def look(self, z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        images = np.full((len(z), 28, 28), -1.0, np.float32)
        return Look(images, np.zeros((len(z), 7), np.float32), None if v is None else np.zeros_like(z))

    def first_matrix(self) -> np.ndarray:
        return np.zeros((self.latent_size, 7))
