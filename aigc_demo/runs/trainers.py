"""What a run asks of a trainer, and how to get one with everything compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.grid import grid_of
from aigc_demo.training import Chunk, Observation, Trainer, Who
from aigc_demo.training import column_keys as keys_of

Weights = dict[str, np.ndarray]


class TrainerLike(Protocol):
    """`training.Trainer`'s side that is used here; tests bring their own."""

    plan: Plan
    keys: tuple[str, ...]

    @property
    def step(self) -> int: ...
    def fits(self, plan: Plan, dataset: Dataset) -> bool: ...
    def reset(self, plan: Plan, dataset: Dataset) -> None: ...
    def adopt(self, plan: Plan) -> None: ...
    def prepare(self) -> None: ...
    def steps(self, count: int, players: Who = "both") -> Chunk: ...
    def half_step(self, player: Literal["d", "g"]) -> Chunk: ...
    def observe(self, count: int = 8, back: int = 0) -> Observation: ...
    def logits(self, images: np.ndarray, labels: np.ndarray) -> np.ndarray: ...
    def sample(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray: ...
    def scalars(self) -> dict[str, float]: ...
    def state(self) -> Weights: ...
    def begin_with(self, generator: Weights, discriminator: Weights, classes: int) -> None: ...
    def restore(self, state: Weights) -> None: ...
    def generator_weights(self) -> Weights: ...
    def discriminator_weights(self) -> Weights: ...


MakeTrainer = Callable[[Plan, Dataset], TrainerLike]


def column_keys(plan: Plan) -> tuple[str, ...]:
    """The columns of a run's figures, known before any trainer is: D's terms, G's terms, the common ones."""
    return keys_of(plan.loss_object())


def ready_trainer(plan: Plan, dataset: Dataset, make: MakeTrainer = Trainer) -> TrainerLike:
    """A trainer at step 0 with everything compiled, so that the seconds of its calls are training and nothing else."""
    trainer = make(plan, dataset)
    trainer.prepare()
    trainer.steps(1)
    trainer.sample(*grid_of(plan))
    trainer.logits(dataset.images[: plan.pac], dataset.labels[: plan.pac])
    trainer.reset(plan, dataset)
    return trainer
