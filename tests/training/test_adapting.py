"""A run that begins with a trained model: its weights, what is new in them, and what is held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aigc_demo.recipes import Plan
from aigc_demo.text import Refused
from aigc_demo.training import Trainer
from aigc_demo.training.widening import widened
from tests import tiny
from tests.training.conftest import Ready

ELEVEN = (*"0123456789", "ʘ")


def test_a_longer_axis_ends_in_the_mean_of_the_classes() -> None:
    code = np.arange(24, dtype=np.float32).reshape(12, 2)  # two rows of z, then ten of the label
    wide = widened(code, (14, 2), 10, 2)
    np.testing.assert_array_equal(wide[:12], code)
    np.testing.assert_allclose(wide[12:], [code[2:].mean(axis=0)] * 2)
    head = np.arange(30, dtype=np.float32).reshape(3, 10)
    np.testing.assert_allclose(widened(head, (3, 11), 10, 1)[:, 10], head.mean(axis=1))
    assert widened(code, (12, 2), 10, 0) is code


@pytest.mark.parametrize("shape", [(13, 3), (15, 2), (11, 2), (12, 2, 1)])
def test_any_other_difference_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(Refused):
        widened(np.zeros((12, 2), np.float32), shape, 10, 1)


@pytest.fixture(scope="module")
def trained(ready: Ready) -> tuple[Plan, dict[str, np.ndarray], dict[str, np.ndarray]]:
    trainer = ready(tiny.plan(), tiny.dataset())
    trainer.steps(5)
    return trainer.plan, trainer.generator_weights(), trainer.discriminator_weights()


def test_it_begins_where_the_model_was(trained: tuple, tiny_networks: None) -> None:
    plan, generator, discriminator = trained
    data = replace(tiny.dataset(), class_names=ELEVEN)
    trainer = Trainer(replace(plan, class_names=ELEVEN, freeze_d=1), data)
    trainer.reset(trainer.plan, data)
    trainer.begin_with(generator, discriminator, 10)
    z = np.random.default_rng(0).standard_normal((4, tiny.LATENT_SIZE)).astype(np.float32)
    known = Trainer(plan, tiny.dataset())
    known.begin_with(generator, discriminator, 10)
    labels = np.array([0, 3, 9, 5])
    np.testing.assert_array_equal(trainer.sample(z, labels), known.sample(z, labels))
    assert trainer.step == 0

    before = trainer.discriminator_weights()
    trainer.steps(3)
    after = trainer.discriminator_weights()
    same = {name for name in before if np.array_equal(before[name], after[name])}
    assert same == {"dense1/kernel", "dense1/bias"}  # the one layer that is held, and all of it


def test_other_networks_are_refused(trained: tuple, ready: Ready) -> None:
    _, generator, discriminator = trained
    trainer = ready(tiny.plan(), tiny.dataset())
    with pytest.raises(Refused):
        trainer.begin_with({**generator, "more/kernel": np.zeros(1, np.float32)}, discriminator, 10)
