"""Searching without TensorFlow: trainers whose digits are as good as a formula of their settings says."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from aigc_demo.recipes import Plan, make_plan
from aigc_demo.search import Searcher, StudyFolder, define, parse_over
from aigc_demo.training import Chunk
from tests.runs.fake_trainer import FakeTrainer, tiny_dataset

OVER = "lr.g=1e-4..1e-1,batch_size=8/16/32/64"
STEPS = 20


class Trainer(FakeTrainer):
    """A step takes as long as its batch is large; it is not finite above the learning rate `too_much`."""

    step_seconds = 0.0
    too_much = math.inf
    present: ClassVar[Plan]
    at: ClassVar[int]

    def steps(self, count: int, players: Any = "both") -> Chunk:
        chunk = super().steps(count)
        Trainer.present, Trainer.at = self.plan, self.step
        rate = self.plan.recipe.g_optimiser.learning_rate
        return chunk._replace(seconds=count * self.plan.recipe.batch_size / 1000, finite=rate <= type(self).too_much)


def digit_fd(images: np.ndarray) -> float:
    """Best at a rate of 0.01, better with larger batches, and still falling."""
    recipe = Trainer.present.recipe
    rate = math.log10(recipe.g_optimiser.learning_rate) + 2
    return 10.0 + 40 * rate**2 + 100 / recipe.batch_size + 100 / Trainer.at


def study(home: Path, name: str = "a", sampler: str = "tpe", over: str = OVER) -> StudyFolder:
    plan = make_plan("fast")
    return StudyFolder.create(home, name, define("fast", parse_over(plan, over), steps=STEPS, sampler=sampler))


def searcher(folder: StudyFolder, trainer: type[FakeTrainer] = Trainer, measure: Any = digit_fd) -> Searcher:
    return Searcher(folder, tiny_dataset(), 0, trainer, measure)


def search(folder: StudyFolder, trials: int, **more: Any) -> StudyFolder:
    for _ in searcher(folder, **more).turns(trials):
        pass
    return folder
