"""What a search needs of each network and each state of its weights, kept for the next; and what a search comes to."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from aigc_demo.checkpoints import Generator
from aigc_demo.latent.encoder import Encoder
from aigc_demo.latent.inversion import PATIENCE, Found, Inverter
from aigc_demo.metrics.features import feature_net
from aigc_demo.runs.desk import Abandoned

KEPT_NETWORKS = 3
KEPT_ENCODERS = 6  # of four megabytes each

Kept = TypeVar("Kept")


@dataclass(frozen=True, eq=False)
class Inverted:
    """What a search came to, as it is really drawn: `image` uint8 [28, 28] and its error in pixels of [0, 1]."""

    found: Found
    image: np.ndarray
    mse: float
    seconds: float

    @property
    def error(self) -> float:
        return float(np.sqrt(self.mse))


@dataclass(frozen=True, eq=False)
class _Engine:
    """A compiled search, and the generator it reads: a twin, since a live one may learn on meanwhile."""

    twin: Generator
    inverter: Inverter


class Inverters:
    """For one thread at a time."""

    def __init__(self) -> None:
        self._engines: OrderedDict[str, _Engine] = OrderedDict()
        self._encoders: OrderedDict[str, Encoder] = OrderedDict()

    def search(
        self,
        generator: Generator,
        image: np.ndarray,
        label: int | None = None,
        has_left: Callable[[], bool] = lambda: False,
        patience: float = PATIENCE,
    ) -> Iterator[Found | Inverted]:
        """The best so far, again and again, then what it came to, for an image uint8 [28, 28].

        `label` is the only one to try; unconditional models take no notice. Raises `VisitorError` where the model's
        numbers overflow, and `Abandoned` soon after `has_left()` has become true.
        """
        started = time.monotonic()
        key = f"{generator.plan.recipe.generator} {generator.classes}"
        engine = _kept(self._engines, key, KEPT_NETWORKS, lambda: _engine(generator))
        weights = generator.weights()
        engine.twin.assign(weights)
        version = hashlib.sha256(key.encode())
        for name in sorted(weights):
            version.update(weights[name].tobytes())
        encoder = _kept(self._encoders, version.hexdigest(), KEPT_ENCODERS, lambda: _encoder(engine.twin, has_left))
        for found in engine.inverter.search(image, encoder, label, patience):
            if has_left():
                raise Abandoned
            yield found
        yield _inverted(engine.twin, found, image, time.monotonic() - started)


def _engine(generator: Generator) -> _Engine:
    twin = generator.twin()
    return _Engine(twin, Inverter(twin.forward, feature_net().look, twin.latent_size, twin.conditional, twin.classes))


def _encoder(twin: Generator, has_left: Callable[[], bool]) -> Encoder:
    def draw(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        if has_left():
            raise Abandoned
        return twin.render(z, labels)

    return Encoder(draw, feature_net().glance, twin.latent_size, twin.conditional, twin.classes)


def _inverted(twin: Generator, found: Found, image: np.ndarray, seconds: float) -> Inverted:
    labels = None if found.label is None else [found.label]
    drawn = twin.render(found.z[None], labels)[0]
    mse = float(np.mean((drawn.astype(np.float64) - image) ** 2)) / 255.0**2
    return Inverted(replace(found, error=mse**0.5), drawn, mse, seconds)


def _kept(shelf: OrderedDict[str, Kept], key: str, most: int, make: Callable[[], Kept]) -> Kept:
    """What `shelf` holds under `key`, made now where there is none; the least recently used beyond `most` is dropped."""
    thing = shelf.pop(key, None) or make()
    shelf[key] = thing
    while len(shelf) > most:
        shelf.popitem(last=False)
    return thing
