"""Training the two sides of an experiment, side by side, by the project's own trainer."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.explain.experiments.base import MOST_IMAGES, Frame, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.networks import CLASSES
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer

FRAMES = 24  # of one side in one experiment
SHOWN = ("d_total", "g_total", "grad_norm_d", "grad_norm_g", "score_real", "score_fake")
_PICTURE_SEED = 20_141_206  # of the points whose pictures are shown, the same on both sides and in every run

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, eq=False)
class Played:
    """What a side came to. `figures` has every step's figure by name, float32 [steps]."""

    trainer: Trainer
    figures: dict[str, np.ndarray]

    def end(self, key: str, steps: int = 20) -> float:
        """The mean of a figure over the last `steps` steps."""
        return float(np.mean(self.figures[key][-steps:]))

    def samples(self, count: int, seed: int = 1) -> np.ndarray:
        """Images of the generator as it is (not its moving average) in [-1, 1], float32 [count, 784]."""
        return sample(self.trainer, count, seed)


def play(
    bench: Bench,
    side: Side,
    plan: Plan,
    steps: int,
    dataset: Dataset | None = None,
    shown: Iterable[str] = SHOWN,
    frames: int = FRAMES,
) -> Generator[Frame, None, Played]:
    """Train `plan` for `steps` steps, or until a figure is not finite, and yield a frame after each `steps / frames`.

    A frame has the mean of each figure of `shown` over its steps, and the pictures of fixed points.
    """
    trainer = bench.trainer(plan, dataset)
    rows: list[np.ndarray] = []
    while trainer.step < steps:
        chunk = trainer.steps(min(math.ceil(steps / frames), steps - trainer.step))
        rows.append(chunk.values)
        means = dict(zip(trainer.keys, chunk.values.mean(axis=0).tolist(), strict=True))
        figures = {key: means[key] for key in shown if key in means}
        yield Frame(side, trainer.step / steps, trainer.step, figures, pictures(trainer))
        if not chunk.finite:
            break
    columns = np.concatenate(rows).T
    return Played(trainer, dict(zip(trainer.keys, columns, strict=True)))


def sample(trainer: Trainer, count: int, seed: int = 1) -> np.ndarray:
    """Images of the generator as it is trained, in [-1, 1], float32 [count, 784], from points of this seed."""
    z = np.random.default_rng(seed).standard_normal((count, trainer.plan.recipe.latent_size)).astype(np.float32)
    network = trainer.generator
    inputs = [z, np.eye(CLASSES, dtype=np.float32)[np.arange(count) % CLASSES]] if len(network.inputs) > 1 else z
    return np.asarray(network(inputs, training=False)).reshape(count, -1)


def as_pictures(images: np.ndarray) -> np.ndarray:
    """Images in [-1, 1], [n, 784], as uint8 [n, 28, 28]."""
    return np.round(np.clip(images * 127.5 + 127.5, 0.0, 255.0)).astype(np.uint8).reshape(-1, 28, 28)


def pictures(trainer: Trainer, count: int = MOST_IMAGES) -> np.ndarray:
    """What the generator makes of fixed points now, uint8 [count, 28, 28]."""
    return as_pictures(sample(trainer, count, _PICTURE_SEED))


def side_by_side(
    first: Generator[Frame, None, A], second: Generator[Frame, None, B]
) -> Generator[Frame, None, tuple[A, B]]:
    """The frames of both, turn by turn; returns what each returns."""
    results: dict[int, A | B] = {}
    waiting: dict[int, Iterator[Frame]] = {0: first, 1: second}
    while waiting:
        for place, side in list(waiting.items()):
            try:
                yield next(side)
            except StopIteration as end:
                results[place] = end.value
                del waiting[place]
    return results[0], results[1]  # type: ignore[return-value]
