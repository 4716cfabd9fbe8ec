"""Where to begin the search for a given image: a guess in closed form, from digits that the generator itself has drawn.

A ridge regression from what an image looks like (its pixels, and the features of the frozen net) to the point it was
drawn from, one for each class. It is solved in the space of the samples: a class has fewer of them than pixels.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aigc_demo.latent.points import draw

SAMPLES = 1000  # 100 a class; measured on the shipped model: twice as many make the search no better
_BATCH = 100
_LEAST = 300  # samples that even the slowest generator has to draw
_SECONDS = 1.5  # after which a slow one has drawn enough
_RIDGE = 0.5  # penalty on the squared weights, in units of a view's mean squared distance to its class's mean
_SEED = 20_170_301

Draw = Callable[[np.ndarray, np.ndarray], np.ndarray]  # z [n, d] and labels [n] -> images uint8 [n, 28, 28]
Glance = Callable[[np.ndarray], np.ndarray]  # images uint8 [n, 28, 28] -> features float32 [n, f]


@dataclass(frozen=True, eq=False)
class _Class:
    """The samples of one class, and what the regression learnt from them."""

    z: np.ndarray  # [n, d]
    views: np.ndarray  # [n, v], less their mean
    mean: np.ndarray  # [v]
    dual: np.ndarray  # [n, d]: weights = views.T @ dual


class Encoder:
    """Guesses z for images of one generator, as its weights are now. Pure NumPy after it has been made."""

    def __init__(
        self, draw_images: Draw, glance: Glance, latent_size: int, conditional: bool, classes: int = 10
    ) -> None:
        """Draws up to `SAMPLES` digits with `draw_images` and looks at them with `glance`."""
        self._glance = glance
        classes = classes if conditional else 1
        points = draw(_SEED, SAMPLES, latent_size)
        labels = np.arange(SAMPLES) % classes
        views = self._sample(draw_images, points, labels)
        points, labels = points[: len(views)], labels[: len(views)]
        self._classes = [_fit(points[labels == label], views[labels == label]) for label in range(classes)]

    def view(self, images: np.ndarray) -> np.ndarray:
        """What images uint8 [n, 28, 28] look like: pixels in [0, 1] and features, float32 [n, 784 + f]."""
        pixels = images.reshape(len(images), -1).astype(np.float32) / 255.0
        return np.concatenate([pixels, self._glance(images)], axis=1)

    def guess(self, view: np.ndarray, label: int) -> np.ndarray:
        """The regression's z [d] for the view [v] of an image, taken for a `label`; unconditional models have label 0."""
        known = self._classes[label]
        return (known.z.mean(axis=0) + known.views @ (view - known.mean) @ known.dual).astype(np.float32)

    def nearest(self, view: np.ndarray, label: int, count: int) -> np.ndarray:
        """The points [count, d] whose drawn digits of that label look most like it, the best first."""
        known = self._classes[label]
        distances = ((known.views - (view - known.mean)) ** 2).sum(axis=1)
        return known.z[np.argsort(distances, kind="stable")[:count]]

    def _sample(self, draw_images: Draw, points: np.ndarray, labels: np.ndarray) -> np.ndarray:
        until = time.monotonic() + _SECONDS
        views: list[np.ndarray] = []
        for start in range(0, SAMPLES, _BATCH):
            if start >= _LEAST and time.monotonic() >= until:
                break
            rows = slice(start, start + _BATCH)
            views.append(self.view(draw_images(points[rows], labels[rows])))
        return np.concatenate(views)


def _fit(z: np.ndarray, views: np.ndarray) -> _Class:
    mean = views.mean(axis=0)
    centred = views - mean
    penalty = _RIDGE * max(float((centred**2).sum(axis=1).mean()), 1e-6)  # a collapsed class is all the same
    gram = centred @ centred.T + penalty * np.eye(len(z), dtype=np.float32)
    return _Class(z, centred, mean, np.linalg.solve(gram, z - z.mean(axis=0)).astype(np.float32))
