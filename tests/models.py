"""Checkpoints of the tiny networks, untrained, and a recipe to train them by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo import checkpoints, networks, recipes
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import Plan
from tests import tiny


@contextmanager
def tiny_recipe() -> Iterator[None]:
    """Inside, `tiny` is a recipe like any other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(networks.GENERATORS, "tiny", tiny.GENERATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny", tiny.DISCRIMINATOR)
        patch.setitem(recipes.RECIPES, "tiny", tiny.plan().recipe)
        yield


def plan(**choices: Any) -> Plan:
    return recipes.make_plan("tiny", **choices)


def weights(model: Any, seed: int = 0, player: int = 1) -> dict[str, np.ndarray]:
    initialise(model, seed, player)
    learnt = [variable for variable in model.variables if "seed" not in variable.name]
    return {variable.path.removeprefix(f"{model.name}/"): variable.numpy() for variable in learnt}


def save(folder: Path, seed: int = 0, facts: Mapping[str, Any] | None = None) -> Path:
    """A checkpoint of the tiny networks as `seed` makes them."""
    checkpoints.write(
        folder,
        plan(seed=seed),
        weights(tiny.generator(), seed),
        weights(tiny.discriminator(), seed, 0),
        {"step": 7, "seconds": 1.5, "dataset_fingerprint": "abc", "device": "CPU", **(facts or {})},
    )
    return folder
