"""A trainer without TensorFlow: its figures are a function of seed and step, its state is one number that adds up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs import Studio
from aigc_demo.runs.trainers import column_keys
from aigc_demo.text import Text
from aigc_demo.training import Chunk, Device, Who

DEVICE = Device("CPU · 2 cores", "cpu", Text("没有 GPU。", "There is no GPU."))


def tiny_dataset(name: str = "digits5k") -> Dataset:
    images = np.random.default_rng(0).integers(0, 256, (20, 28, 28), dtype=np.uint8)
    labels = np.arange(20, dtype=np.int64) % 10
    return Dataset(name, images, labels, images[:0], labels[:0])


def fake_studio(home: Path, trainer: type[FakeTrainer] | None = None, **options: Any) -> Studio:
    """A studio at `home` that imports no TensorFlow: its trainers are `trainer`'s, its figures one and the same."""
    chosen: dict[str, Any] = {
        "warm": False,
        "live_figures": False,
        "measure": lambda folder: {"digit_fd": 1.5},
        "make_trainer": trainer or FakeTrainer,
        "load_dataset": tiny_dataset,
        "describe_device": lambda: DEVICE,
    }
    return Studio(home, **chosen | options)


class FakeTrainer:
    """`step_seconds` is how long a step takes; `nan_at` and `break_at` are the steps at which it goes wrong."""

    built: ClassVar[list[FakeTrainer]] = []
    build_seconds = 0.0
    step_seconds = 0.004
    nan_at = break_at = -1

    def __init__(self, plan: Plan, dataset: Dataset) -> None:
        time.sleep(type(self).build_seconds)
        type(self).built.append(self)
        self.keys = column_keys(plan)
        self._structure = self._structure_of(plan)
        self.reset(plan, dataset)

    def fits(self, plan: Plan, dataset: Dataset) -> bool:
        return self._structure_of(plan) == self._structure

    def adopt(self, plan: Plan) -> None:
        assert self.fits(plan, tiny_dataset())
        self.plan = plan

    @staticmethod
    def _structure_of(plan: Plan) -> tuple[object, ...]:
        return (plan.recipe.generator, plan.recipe.discriminator, plan.loss, plan.auxiliaries, plan.recipe.updates)

    def reset(self, plan: Plan, dataset: Dataset) -> None:
        self.plan, self.step, self.sum = plan, 0, float(plan.seed)
        self.learnt: list[Who] = []

    def begin_with(self, generator: object, discriminator: object, classes: int) -> None:
        """As good as any beginning."""

    def prepare(self) -> None:
        """There is nothing to compile."""

    def steps(self, count: int, players: Who = "both") -> Chunk:
        first, rows = self.step + 1, []
        for _ in range(count):
            time.sleep(self.step_seconds)
            self.step += 1
            if self.step == self.break_at:
                raise RuntimeError("a secret of the machine: /home/somebody")
            self.sum = self.sum * 0.9 + self.step
            row = np.full(len(self.keys), self.sum, np.float32) + np.arange(len(self.keys))
            row[-4:-2] = 0.7, 0.3  # score_real, score_fake
            self.learnt.append(players)
            rows.append(row)
            if self.step == self.nan_at:
                row[[0, -6]] = np.nan  # a term, and so its player's total
                break
        values = np.array(rows, np.float32)
        opinions = np.full((len(rows), 4), 1.0, np.float32)
        finite = bool(np.isfinite(values).all())
        return Chunk(first, values, len(rows) * self.step_seconds, finite, opinions, -opinions)

    def logits(self, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
        return np.zeros(len(images), np.float32)

    def sample(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        return np.full((len(z), 28, 28), self.step % 256, np.uint8)

    def scalars(self) -> dict[str, float]:
        return {}

    def state(self) -> dict[str, np.ndarray]:
        return {"step": np.array(self.step), "sum": np.array(self.sum)}

    def restore(self, state: dict[str, np.ndarray]) -> None:
        if set(state) != {"step", "sum"}:
            raise ValueError("not mine")
        self.step, self.sum = int(state["step"]), float(state["sum"])

    def generator_weights(self) -> dict[str, np.ndarray]:
        return {"dense/kernel": np.full((2, 2), self.sum, np.float32)}

    def discriminator_weights(self) -> dict[str, np.ndarray]:
        return {"dense/kernel": np.full((3, 3), self.sum, np.float32)}
