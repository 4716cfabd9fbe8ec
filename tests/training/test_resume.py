"""A run that was stopped goes on as if nothing had happened, whatever it remembers besides weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load, save

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from tests import tiny
from tests.training.conftest import Ready
from tests.training.states import assert_same

pytestmark = pytest.mark.usefixtures("tiny_networks")

PLANS = {
    "as it comes": tiny.plan(),
    "critic with RMSProp, clipped, five D steps": tiny.plan("wgan", discriminator_steps=5, optimiser="rmsprop"),
    "dropout in D, with penalties that draw": tiny.plan(
        discriminator="tiny_dropout", auxiliaries=("acgan", "gp", "dragan")
    ),
    "norm in D, shifts": tiny.plan(discriminator="tiny_norm", augment=2, discriminator_steps=2),
    "packs": tiny.plan("rasgan", generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("gp",), pac=2),
    "one shared pass": tiny.plan("r3gan", updates="simultaneous"),
    "power iterations": tiny.SPECTRAL_PLAN,
    "mixed styles and noise": tiny.STYLE_PLAN,
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_resumed_is_uninterrupted(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    """Written to a file's bytes, and read by a trainer that has played another seed in between."""
    trainer = ready(plan, tiny_dataset)
    trainer.steps(3)
    file = save(trainer.state())
    whole, state = trainer.steps(4).values, trainer.state()
    assert np.isfinite(whole).all()
    trainer.reset(replace(plan, seed=5), tiny_dataset)
    assert not np.array_equal(trainer.steps(4).values, whole)
    trainer.restore(load(file))
    assert trainer.step == 3
    np.testing.assert_array_equal(np.concatenate([trainer.steps(1).values, trainer.steps(3).values]), whole)
    assert_same(trainer.state(), state)


def test_the_average_copies_the_mean_w_which_is_an_average_already(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.STYLE_PLAN, tiny_dataset)
    trainer.steps(3)
    means = [model.get_layer("w").mean.numpy() for model in (trainer.generator, trainer.ema)]
    assert np.abs(means[0]).max() > 0
    np.testing.assert_array_equal(*means)
    weights = [model.get_layer("to_grey").kernel.numpy() for model in (trainer.generator, trainer.ema)]
    assert not np.array_equal(*weights)
