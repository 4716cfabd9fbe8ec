"""What is turned while a run goes on: as if it had always been so from that step on, and without compiling again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer
from tests import tiny
from tests.training.conftest import Ready
from tests.training.states import State, assert_same, moved

pytestmark = pytest.mark.usefixtures("tiny_networks")

# Everything that may be turned at once: one trainer has all the terms and shifts that the others turn.
BASE = tiny.plan(auxiliaries=("acgan", "r1"), augment=1)


def _with_recipe(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, recipe=replace(plan.recipe, **changes))


TURNED = {
    "rate of D": _with_recipe(BASE, d_optimiser=replace(BASE.recipe.d_optimiser, learning_rate=0.05)),
    "rate of G": _with_recipe(BASE, g_optimiser=replace(BASE.recipe.g_optimiser, learning_rate=1e-4)),
    "halving of rates": _with_recipe(BASE, rate_halving_steps=2.0),
    "moving average": _with_recipe(BASE, ema_decay=0.2),
    "weights": replace(BASE, weights={**BASE.weights, "d_r1": 5.0, "g_class": 0.0}),
    "steps of D": replace(BASE, discriminator_steps=3),
    "shift": replace(BASE, augment=4),
}


def _at_step_three(ready: Ready, dataset: Dataset) -> tuple[Trainer, State]:
    trainer = ready(BASE, dataset)
    trainer.steps(3)
    return trainer, trainer.state()


@pytest.mark.parametrize("plan", TURNED.values(), ids=TURNED)
def test_turning_a_dial_is_having_begun_this_step_with_it(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    trainer, state = _at_step_three(ready, tiny_dataset)
    unturned = trainer.steps(3).values
    left_alone = trainer.state()
    trainer.restore(state)
    trainer.adopt(plan)
    assert trainer.plan == plan
    assert_same(trainer.state(), state)  # turning moves nothing by itself
    figures, after = trainer.steps(3).values, trainer.state()
    assert moved(left_alone, after)
    trainer.reset(replace(plan, seed=99), tiny_dataset)  # a run of that plan, set down at this state
    trainer.steps(1)
    trainer.restore(state)
    np.testing.assert_array_equal(trainer.steps(3).values, figures)
    assert_same(trainer.state(), after)
    assert [loop.traces for loop in trainer._loops] == [1]
    assert unturned.shape == figures.shape


def test_the_clip_of_a_critic_is_a_dial(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan("wgan"), tiny_dataset)
    for clip in (0.05, 0.002):
        trainer.adopt(tiny.plan("wgan", clip=clip))
        trainer.steps(2)
        largest = max(abs(variable.numpy()).max() for variable in trainer.discriminator.trainable_variables)
        assert largest == pytest.approx(clip)


def test_a_plan_of_another_structure_is_not_adopted(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer, state = _at_step_three(ready, tiny_dataset)
    for other in (replace(BASE, augment=0), replace(BASE, loss="hinge"), replace(BASE, dropout=0.5), tiny.plan()):
        with pytest.raises(ValueError, match="another structure"):
            trainer.adopt(other)
    assert trainer.plan == BASE
    assert_same(trainer.state(), state)


def test_names_in_a_state_depend_on_the_networks_and_optimisers_alone(tiny_dataset: Dataset) -> None:
    """So a run may change its loss, its additions, its order of play or its shifts and go on from its state."""
    plans = [tiny.plan(key) for key in LOSSES]
    plans += [tiny.plan(auxiliaries=()), tiny.plan(updates="simultaneous"), tiny.plan(augment=3), BASE]
    shapes = [{name: value.shape for name, value in Trainer(plan, tiny_dataset).state().items()} for plan in plans]
    assert all(shape == shapes[0] for shape in shapes)


@pytest.mark.parametrize(
    "other",
    [tiny.plan("wgan"), tiny.plan(updates="simultaneous"), replace(BASE, augment=0)],
    ids=["loss", "order", "shift"],
)
def test_a_trainer_of_another_structure_takes_over_where_the_first_one_is(
    ready: Ready, tiny_dataset: Dataset, other: Plan
) -> None:
    trainer, state = _at_step_three(ready, tiny_dataset)
    heir = ready(other, tiny_dataset)
    heir.restore(state)
    assert heir.step == 3
    assert_same(heir.state(), state)
    seen, mine = heir.observe(6), trainer.observe(6)
    for name in ("z", "labels", "real", "fake"):  # the draws of the coming step are those it would have had
        np.testing.assert_array_equal(getattr(seen, name), getattr(mine, name))
    chunk = heir.steps(2)
    assert chunk.finite
    assert chunk.first_step == 4
    assert (chunk.values[:, heir.keys.index("grad_norm_d")] > 0).all()


def test_a_penalty_of_weight_zero_is_measured_and_teaches_nothing(ready: Ready, tiny_dataset: Dataset) -> None:
    def plan(auxiliaries: tuple[str, ...], weights: dict[str, float] | None = None) -> Plan:
        return tiny.plan(auxiliaries=auxiliaries, weights=weights)

    trainer = ready(plan(("r1", "drift")), tiny_dataset)
    idle = plan(("r1", "drift"), {"d_r1": 0.0, "d_drift": 0.0})
    trainer.reset(idle, tiny_dataset)
    figures = dict(zip(trainer.keys, trainer.steps(5).values.T, strict=True))
    assert (figures["d_r1"] > 0).all()
    assert (figures["d_drift"] > 0).all()
    without = ready(plan(()), tiny_dataset)
    expected = dict(zip(without.keys, without.steps(5).values.T, strict=True))
    for key, values in expected.items():
        np.testing.assert_allclose(figures[key], values, rtol=1e-3, atol=1e-5, err_msg=key)
    ends = {}
    for weight in (0.0, 1.0):
        trainer.reset(plan(("r1", "drift"), {"d_r1": 10 * weight, "d_drift": weight}), tiny_dataset)
        ends[weight] = dict(zip(trainer.keys, trainer.steps(60, "d").values[-10:].mean(axis=0), strict=True))
    for key in ("d_r1", "d_drift"):
        assert ends[1.0][key] < 0.5 * ends[0.0][key]
