"""Finds the axes of a generator in a second or two: one round of drawing serves all four families."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from aigc_demo.latent import axes_named
from aigc_demo.latent.attributes import NAMED, shape_of
from aigc_demo.latent.axes import DEAD, Axes, Axis, make_family, with_sign
from aigc_demo.latent.axes_linear import principal_directions, semantic_directions
from aigc_demo.latent.points import draw
from aigc_demo.text import Text, VisitorError

SEED = 20_26
MOST_POINTS, FEWEST_POINTS = 2048, 512
WORK = (
    12e9  # multiplications that drawing may take, about a second on two cores; the least number of points comes first
)
KEPT = {"output": 24, "pca": 12, "sefa": 12}  # axes of each family, where the latent space has as many
_BATCH = 128
_CLASSES = 10

OVERFLOWS = Text(
    "这个模型的数值溢出了，找不出它的方向。", "This model's numbers overflow: no axes can be found in its latent space."
)


class Look(NamedTuple):
    """What a network shows of some points."""

    images: np.ndarray  # float32 [n, 28, 28] in [-1, 1]
    hidden: np.ndarray  # float32 [n, units]: what its last layer with weights is given
    pulled: np.ndarray | None  # float32 [n, latent_size]: Jᵀv of each point, where v was given


class Network(Protocol):
    """A generator as this needs it."""

    latent_size: int
    conditional: bool
    multiplications: int  # for one image

    def look(self, z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        """Of z float32 [n, latent_size] and labels int [n]; v float32 [n, 28, 28] is pulled back through J = ∂x/∂z."""

    def first_matrix(self) -> np.ndarray:
        """[latent_size, units]: what the first layer with weights multiplies z by."""


class Sample(NamedTuple):
    """Everything that the families are made of."""

    z: np.ndarray  # float64 [n, d]
    images: np.ndarray  # uint8 [n, 28, 28]
    hidden: np.ndarray  # float32 [n, units]
    labels: np.ndarray  # int [n], what was asked for; of an unconditional network what is read in the images
    gram: np.ndarray  # float64 [d, d]: the estimate of E[JᵀJ]
    pullbacks: int


def find_axes(network: Network, read_classes: Callable[[np.ndarray], np.ndarray], seed: int = SEED) -> Axes:
    """The axes of `network`; the same for the same weights. Raises `VisitorError` where its numbers overflow.

    `read_classes` tells which digit images uint8 [n, 28, 28] show, int [n]: within a class is where style is looked
    for, and an unconditional network does not say which class it draws.
    """
    started = time.perf_counter()
    sample = _take(network, read_classes, seed)
    # Output-aware axes: along the first the pixels move most, along the next most of what is left, and so on.
    _, vectors = np.linalg.eigh(sample.gram)
    moving = with_sign(vectors[:, ::-1].T)
    families = {
        "named": _named(sample),
        "output": _linear("output", moving[: KEPT["output"]], sample),
        "pca": _linear("pca", principal_directions(sample.z, sample.hidden, sample.labels, KEPT["pca"]), sample),
        "sefa": _linear("sefa", semantic_directions(network.first_matrix(), KEPT["sefa"]), sample),
    }
    dead = int((energy_shares(sample.gram, moving) < DEAD).sum())
    seconds = time.perf_counter() - started
    return Axes(network.latent_size, len(sample.z), sample.pullbacks, dead, seconds, families)


def points_for(multiplications: int) -> int:
    """How many points a network of that cost is looked at with; a vector is pulled back at every second of them."""
    batches = WORK / max(1, multiplications) // _BATCH
    return int(min(MOST_POINTS, max(FEWEST_POINTS, batches * _BATCH)))


def _take(network: Network, read_classes: Callable[[np.ndarray], np.ndarray], seed: int) -> Sample:
    count = points_for(network.multiplications)
    z = draw(seed, count, network.latent_size)
    labels = np.arange(count, dtype=np.int32) % _CLASSES
    rng = np.random.default_rng(seed)
    looks = []
    for number, start in enumerate(range(0, count, _BATCH)):
        part = slice(start, start + _BATCH)
        v = None if number % 2 else rng.standard_normal((len(z[part]), 28, 28), np.float32)
        looks.append(network.look(z[part], labels[part], v))
    images, hidden = (np.concatenate([getattr(look, name) for look in looks]) for name in ("images", "hidden"))
    pulled = np.concatenate([look.pulled for look in looks if look.pulled is not None]).astype(np.float64)
    if not all(np.isfinite(numbers).all() for numbers in (images, hidden, pulled)):
        raise VisitorError(OVERFLOWS)
    pixels = np.round(np.clip(images * 127.5 + 127.5, 0.0, 255.0)).astype(np.uint8)
    shown = labels if network.conditional else read_classes(pixels)
    # E over v ~ N(0, I) of (Jᵀv)(Jᵀv)ᵀ is JᵀJ (Wang & Ponce 2021, arXiv:2101.06006).
    return Sample(z.astype(np.float64), pixels, hidden, shown, pulled.T @ pulled / len(pulled), len(pulled))


def _linear(family: str, directions: np.ndarray, sample: Sample) -> tuple[Axis, ...]:
    names = [str(number) for number in range(len(directions))]
    return make_family(family, names, directions, energy_shares(sample.gram, directions))


def _named(sample: Sample) -> tuple[Axis, ...]:
    shape = shape_of(sample.images)
    values = np.stack([attribute.of(shape) for attribute in NAMED], axis=1)
    order, directions, r2 = axes_named.regress(sample.z, values, sample.labels)
    names = [NAMED[place].key for place in order]
    return make_family("named", names, directions, energy_shares(sample.gram, directions), r2)


def energy_shares(gram: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """uᵀ E[JᵀJ] u of unit rows u [k, d], as shares of the trace; 0 for a network that draws one and the same image."""
    whole = float(np.trace(gram))
    if whole < 1e-12:
        return np.zeros(len(directions))
    return np.clip(np.einsum("kd,de,ke->k", directions, gram, directions) / whole, 0.0, 1.0)
