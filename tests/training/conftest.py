"""Trainers are slow to compile, so tests share them: a run always begins with a reset, which is tested by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer

Ready = Callable[[Plan, Dataset], Trainer]


@pytest.fixture(scope="session")
def ready(tiny_networks: None) -> Ready:
    """A trainer at the beginning of a run; perhaps one that has run before."""
    pool: list[Trainer] = []

    def trainer_for(plan: Plan, dataset: Dataset) -> Trainer:
        for trainer in pool:
            if trainer.fits(plan, dataset):
                trainer.reset(plan, dataset)
                return trainer
        pool.append(Trainer(plan, dataset))
        return pool[-1]

    return trainer_for
