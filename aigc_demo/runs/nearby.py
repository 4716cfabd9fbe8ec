"""The real digits that a model has learnt from, to compare its images with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from aigc_demo.checkpoints import Generator
from aigc_demo.data import DATASETS, load
from aigc_demo.latent.neighbours import Neighbours

BUNDLED = "digits5k"


@dataclass(frozen=True, eq=False)
class Nearby:
    """`dataset` is its name in the catalogue."""

    dataset: str
    neighbours: Neighbours


def nearby(generator: Generator) -> Nearby:
    """The digits of the dataset that `generator` was trained on; the bundled training digits where that was a file.

    A file's path in a checkpoint is not followed: the checkpoint may be anybody's.
    """
    trained_on = generator.plan.dataset
    return _load(trained_on if trained_on in DATASETS else BUNDLED)


@lru_cache(maxsize=len(DATASETS))
def _load(name: str) -> Nearby:
    dataset = load(name)
    return Nearby(name, Neighbours(dataset.images, dataset.labels, dataset.held_out))
