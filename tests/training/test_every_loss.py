"""Every loss and every recipe of the catalogue trains for real; the critic's special rules are kept."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.recipes import RECIPES, Plan, make_plan
from aigc_demo.text import VisitorError
from aigc_demo.training import Trainer
from tests import tiny
from tests.training.conftest import Ready


def _three_steps(trainer: Trainer) -> np.ndarray:
    before = trainer.state()
    chunk = trainer.steps(3)
    assert chunk.finite
    assert chunk.values.shape == (3, len(trainer.keys))
    for player in ("generator", "discriminator", "ema"):
        moved = [name for name, value in trainer.state().items() if not np.array_equal(value, before[name])]
        assert any(name.startswith(f"{player}/") for name in moved), player
    return chunk.values


# One loss of each family, and one that charges for slopes; on the tiny networks below all of them train.
OF_EACH_FAMILY = tuple({loss.family: key for key, loss in reversed(LOSSES.items())}.values())


@pytest.mark.usefixtures("eagerly")
@pytest.mark.parametrize("loss", [*OF_EACH_FAMILY, "wgan_gp"])
def test_every_family_trains_the_default_recipe(tiny_dataset: Dataset, loss: str) -> None:
    plan = make_plan("fast", loss, settings={"batch_size": 4, "weight.g_recon_x": 0.01})
    trainer = Trainer(plan, tiny_dataset)
    values = dict(zip(trainer.keys, _three_steps(trainer).T, strict=True))
    for player, terms in (("d", plan.loss_object().d_terms), ("g", plan.loss_object().g_terms)):
        expected = sum(plan.weights.get(term.key, term.weight) * values[term.key] for term in terms)
        np.testing.assert_allclose(values[f"{player}_total"], expected, rtol=1e-4, atol=1e-4)
    assert (values["g_recon_x"] != 0).all()


def _carrying_all_it_can(recipe: str, loss: str | None = None) -> Plan:
    """A plan with every addition that is not refused."""
    weights: dict[str, object] = {"batch_size": 3}
    for item in AUXILIARIES.values():
        asked = {f"weight.{term.key}": term.weight for term in item.terms}
        with contextlib.suppress(VisitorError):
            make_plan(recipe, loss, settings=asked)
            weights |= asked
    return make_plan(recipe, loss, settings=weights)


@pytest.mark.usefixtures("eagerly")
@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_trains_with_all_that_it_can_carry(tiny_dataset: Dataset, recipe: str) -> None:
    trainer = Trainer(_carrying_all_it_can(recipe), tiny_dataset)
    assert {"d_r1", "d_r2", "d_gp", "d_gp_one_sided", "d_dragan", "d_drift", "g_feature_match"} < set(trainer.keys)
    assert ("d_smooth" in trainer.keys) == (trainer.plan.loss == "non_saturating")
    assert ("d_class" in trainer.keys) == trainer.plan.recipe.class_head
    values = dict(zip(trainer.keys, _three_steps(trainer).T, strict=True))
    assert (values["grad_norm_d"] > 0).all()
    assert (values["grad_norm_g"] > 0).all()
    z = np.zeros((2, trainer.plan.recipe.latent_size), np.float32)
    assert trainer.sample(z, np.array([0, 1])).shape == (2, 28, 28)


# Between them all layers that a recipe has; those of attention, of spectral norms and of styles are compiled in the tiny
# networks of other tests, and so is the fading in of networks that grow, of which here only the first stage begins.
@pytest.mark.parametrize("recipe", ["dcgan", "projection", "r3gan", "mlp", "shuffle", "progressive"])
def test_recipes_of_every_layer_compile(tiny_dataset: Dataset, recipe: str) -> None:
    trainer = Trainer(make_plan(recipe, settings={"batch_size": 2}), tiny_dataset)
    assert trainer.steps(1).finite
    assert trainer._loops[0].traces == 1


def test_a_compiled_step_is_the_step_that_is_computed_operation_by_operation(
    ready: Ready, tiny_dataset: Dataset
) -> None:
    """So what the other tests see without compiling holds of what is compiled."""
    plan = tiny.plan("lsgan", auxiliaries=tuple(AUXILIARIES), discriminator="tiny_q", discriminator_steps=2)
    trainer = ready(plan, tiny_dataset)
    compiled, end = trainer.steps(3).values, trainer.state()
    assert trainer._loops[-1].traces == 1
    trainer.reset(plan, tiny_dataset)
    tf.config.run_functions_eagerly(True)
    try:
        by_operation = trainer.steps(3).values
    finally:
        tf.config.run_functions_eagerly(False)
    np.testing.assert_allclose(by_operation, compiled, rtol=1e-4, atol=1e-5)
    assert int(trainer._players.d_optimiser.iterations) == 6
    for name, value in trainer.state().items():
        np.testing.assert_allclose(value, end[name], rtol=1e-3, atol=2e-3, err_msg=name)  # a step of Adam is 1e-2


@pytest.mark.usefixtures("eagerly")
@pytest.mark.parametrize(
    "chosen",
    [
        {"discriminator": "fast_bn", "generator": "fast_no_norm", "dropout": 0.3, "augment": 2, "optimiser": "rmsprop"},
        {"pac": 3, "dropout": 0.2, "augment": 1, "weight.d_gp": 1},
    ],
    ids=["norm", "packs"],
)
def test_networks_and_views_of_d_can_be_chosen(tiny_dataset: Dataset, chosen: dict[str, object]) -> None:
    """7 images to a batch: packs of three leave one out."""
    recipe = "tutorial_cnn" if "pac" in chosen else "fast"
    trainer = Trainer(make_plan(recipe, settings={**chosen, "batch_size": 7}), tiny_dataset)
    values = dict(zip(trainer.keys, _three_steps(trainer).T, strict=True))
    assert (values["grad_norm_d"] > 0).all()
    assert (values["grad_norm_g"] > 0).all()


@pytest.mark.usefixtures("eagerly")
@pytest.mark.parametrize("loss", OF_EACH_FAMILY)
def test_every_family_trains_on_one_shared_pass_with_every_auxiliary(
    ready: Ready, tiny_dataset: Dataset, loss: str
) -> None:
    """Scores are read as the loss says: probabilities through the sigmoid, others as they are, however large."""
    plan = tiny.plan(loss, updates="simultaneous", auxiliaries=tuple(AUXILIARIES), discriminator="tiny_q")
    trainer = ready(plan, tiny_dataset)
    values = dict(zip(trainer.keys, _three_steps(trainer).T, strict=True))
    assert (values["grad_norm_d"] > 0).all()
    assert (values["grad_norm_g"] > 0).all()
    trainer.reset(trainer.plan, tiny_dataset)
    bias = next(v for v in trainer.discriminator.trainable_variables if v.path == "logit/bias")
    bias.assign([7.0])
    row = dict(zip(trainer.keys, trainer.steps(1).values[0], strict=True))
    for key in ("score_real", "score_fake"):
        assert (row[key] > 3) == (LOSSES[loss].readout == "score")


def test_the_wasserstein_critic_makes_five_steps_and_keeps_its_weights_clipped(
    ready: Ready, tiny_dataset: Dataset
) -> None:
    plan = tiny.plan("wgan", discriminator_steps=LOSSES["wgan"].discriminator_steps, optimiser="rmsprop")
    assert make_plan("fast", "wgan").discriminator_steps == 5
    trainer = ready(plan, tiny_dataset)
    seen = []
    for _ in range(3):
        assert trainer.steps(1).finite
        seen.append(max(abs(v.numpy()).max() for v in trainer.discriminator.trainable_variables))
    clip = LOSSES["wgan"].clip
    assert clip is not None
    assert all(largest == pytest.approx(clip) for largest in seen)  # pressed against the wall, never over it
    assert int(trainer._players.d_optimiser.iterations) == 15
    assert int(trainer._players.g_optimiser.iterations) == 3


def test_other_discriminators_are_not_clipped_and_step_as_often_as_asked(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    for steps in (1, 3):
        trainer.reset(tiny.plan(discriminator_steps=steps), tiny_dataset)
        trainer.steps(4)
        assert int(trainer._players.d_optimiser.iterations) == 4 * steps
        assert int(trainer._players.g_optimiser.iterations) == 4
        assert max(abs(v.numpy()).max() for v in trainer.discriminator.trainable_variables) > 0.1


def test_a_short_run_beats_every_trivial_generator(trained: Trainer) -> None:
    """A hundred steps of the default recipe: not yet digits worth showing, but far from noise and the mean digit."""
    from aigc_demo.metrics.classes import class_kl, label_accuracy
    from aigc_demo.metrics.features import feature_net

    labels = np.arange(500) % 10
    z = np.random.default_rng(0).standard_normal((500, trained.plan.recipe.latent_size), np.float32)
    net = feature_net()
    reading = net.read(trained.sample(z, labels))
    assert net.digit_fd(reading.features) < 0.3 * net.yardsticks["mean_digit"]
    assert net.digit_fd(reading.features) < 0.4 * net.yardsticks["noise"]
    assert label_accuracy(reading.predicted, labels) > 0.8
    assert class_kl(reading.predicted) < 0.2
