"""A discriminator that is read back judges as the one that was saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.checkpoints import Discriminator
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import make_plan
from aigc_demo.training.players import named_weights


@pytest.mark.parametrize("recipe", ["fast", "dcgan_tf"])
def test_a_discriminator_is_saved_and_read_back(tmp_path: Path, recipe: str) -> None:
    """TensorFlow's own has dropout, whose source of randomness is no weight."""
    plan = make_plan(recipe)
    weights = named_weights(build_discriminator(plan.recipe.discriminator))
    generator = named_weights(build_generator(plan.recipe.generator))
    checkpoints.write(tmp_path / "m", plan, generator, weights, {"step": 1, "seconds": 1})
    images, labels = np.random.default_rng(0).integers(0, 256, (6, 28, 28), np.uint8), np.arange(6)
    read, made = Discriminator.load(tmp_path / "m"), Discriminator(plan, weights)
    assert read.logits(images, labels).std() > 0
    np.testing.assert_array_equal(read.logits(images, labels), made.logits(images, labels))
