"""A figure that is not finite ends the run at once, and the last good average is kept."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import Dataset
from tests import tiny
from tests.training.conftest import Ready

pytestmark = pytest.mark.usefixtures("tiny_networks")


@pytest.mark.parametrize("updates", ["alternating", "simultaneous"])
@pytest.mark.parametrize(
    ("victim", "poison"), [("generator", np.nan), ("discriminator", np.nan), ("discriminator", np.inf)]
)
def test_a_poisoned_weight_stops_the_run(
    ready: Ready, tiny_dataset: Dataset, updates: str, victim: str, poison: float
) -> None:
    trainer = ready(tiny.plan(updates=updates), tiny_dataset)  # type: ignore[arg-type]
    assert trainer.steps(5).finite
    good = trainer.generator_weights()
    picture = trainer.sample(np.zeros((1, tiny.LATENT_SIZE), np.float32), np.array([3]))
    variable = getattr(trainer, victim).trainable_variables[-1]
    variable.assign(np.full(variable.shape, poison))
    chunk = trainer.steps(100)
    assert not chunk.finite
    assert chunk.first_step == 6
    assert len(chunk.values) == 1  # not one step more
    assert not np.isfinite(chunk.values[-1]).all()
    assert trainer.step == 6
    for name, value in trainer.generator_weights().items():
        np.testing.assert_array_equal(value, good[name])
    np.testing.assert_array_equal(trainer.sample(np.zeros((1, tiny.LATENT_SIZE), np.float32), np.array([3])), picture)


@pytest.mark.parametrize("whose", ["generator", "discriminator"])
def test_a_poisoned_state_stops_the_run_that_goes_on_from_it(ready: Ready, tiny_dataset: Dataset, whose: str) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    trainer.steps(5)
    good, state = trainer.generator_weights(), trainer.state()
    poisoned = next(name for name in state if name.startswith(f"{whose}/"))
    trainer.restore(state | {poisoned: np.full_like(state[poisoned], np.nan)})
    chunk = trainer.steps(100)
    assert (chunk.finite, len(chunk.values)) == (False, 1)
    for name, value in trainer.generator_weights().items():
        np.testing.assert_array_equal(value, good[name])


def test_a_run_that_explodes_by_itself_stops_and_keeps_a_finite_average(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(learning_rate=1e18), tiny_dataset)
    chunk = trainer.steps(200)
    assert not chunk.finite
    assert len(chunk.values) < 200
    assert np.isfinite(chunk.values[:-1]).all()
    for value in trainer.generator_weights().values():
        assert np.isfinite(value).all()


def test_a_trainer_can_be_used_again_after_trouble(ready: Ready, tiny_dataset: Dataset) -> None:
    plan = tiny.plan()
    trainer = ready(plan, tiny_dataset)
    healthy = trainer.steps(4).values
    for model in (trainer.generator, trainer.discriminator):
        for variable in model.variables:
            variable.assign(np.full(variable.shape, np.nan))
    assert not trainer.steps(4).finite
    trainer.reset(plan, tiny_dataset)
    np.testing.assert_array_equal(trainer.steps(4).values, healthy)
