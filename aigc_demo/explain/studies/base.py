"""What a study of a layer is made of: the batch it looks at, and what it finds there, each claim held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

BINS = 48
Relation = Literal["=", "≈"]


@dataclass(frozen=True, eq=False)
class Batch:
    """One batch, and the networks that it goes through. They are read only: no study changes a weight of theirs.

    `z` float32 [n, latent_size]; `labels` int64 [n]; `real` and `fake` float32 [n, 28, 28, 1] in [-1, 1], of these
    labels. `generator` and `discriminator` are `keras.Model`s.
    """

    generator: Any
    discriminator: Any
    z: np.ndarray
    labels: np.ndarray
    real: np.ndarray
    fake: np.ndarray

    def classes(self) -> np.ndarray:
        """The labels as float32 [n, 10]."""
        return np.eye(10, dtype=np.float32)[self.labels]

    def at(self, player: Literal["g", "d"], tensor: Any, images: np.ndarray | None = None) -> np.ndarray:
        """What a symbolic tensor of a network is for this batch, as outside training; D is shown `images`."""
        import keras

        model = self.generator if player == "g" else self.discriminator
        first = self.z if player == "g" else images
        given = [first, self.classes()] if len(model.inputs) == 2 else first
        return np.asarray(keras.Model(model.input, tensor)(given, training=False))


@dataclass(frozen=True)
class Claim:
    """What must come out, by a formula that has not seen the outcome, and what did."""

    key: str
    predicted: float
    measured: float
    relation: Relation = "="
    tolerance: float = 0.0

    @property
    def holds(self) -> bool:
        return bool(np.isfinite(self.measured) and abs(self.measured - self.predicted) <= self.tolerance)


@dataclass(frozen=True, eq=False)
class Picture:
    """Maps float32 [h, w, n] side by side: `ink` from -1 to 1, `signed` in two hues, `plain` from 0."""

    key: str
    kind: Literal["ink", "signed", "plain"]
    maps: np.ndarray


@dataclass(frozen=True)
class Spread:
    """A histogram: how many values lie in each of equally wide bins from `low` to `high`."""

    key: str
    low: float
    high: float
    counts: tuple[int, ...]
    mean: float
    std: float


@dataclass(frozen=True, eq=False)
class Finding:
    """What a study found. `layer` is the layer looked at, `player` whose it is; `channels` are rows of numbers, one
    number a channel, by name.
    """

    player: Literal["g", "d"]
    layer: str
    claims: tuple[Claim, ...]
    figures: dict[str, float] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    spreads: tuple[Spread, ...] = ()
    channels: dict[str, np.ndarray] = field(default_factory=dict)


def spreads(**values: np.ndarray) -> tuple[Spread, ...]:
    """Histograms of all these on one axis, which holds all but a thousandth of the values on either side."""
    together = np.concatenate([each.ravel() for each in values.values()])
    low, high = np.quantile(together, [0.001, 0.999])
    high = high if high > low else low + 1.0
    return tuple(
        Spread(
            key,
            float(low),
            float(high),
            tuple(np.histogram(each, BINS, (low, high))[0].tolist()),
            float(each.mean()),
            float(each.std()),
        )
        for key, each in values.items()
    )


def layers_of(model: Any, *kinds: str) -> list[Any]:
    """A model's layers of these kinds, from its input to its output."""
    return [layer for layer in model.layers if type(layer).__name__ in kinds]
