"""A run is its seed: the same again, in chunks of any size, resumed in another trainer, or after a reset in place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer, column_keys
from tests import tiny
from tests.training.conftest import Ready

pytestmark = pytest.mark.usefixtures("tiny_networks")


def _run(trainer: Trainer, *counts: int) -> np.ndarray:
    return np.concatenate([trainer.steps(count).values for count in counts])


def _assert_same_state(one: Trainer, other: Trainer) -> None:
    left, right = one.state(), other.state()
    assert left.keys() == right.keys()
    for name, value in left.items():
        np.testing.assert_array_equal(value, right[name], err_msg=name)


@pytest.fixture(scope="module")
def uninterrupted(tiny_networks: None, tiny_dataset: Dataset) -> tuple[Trainer, np.ndarray]:
    """Thirty steps in one call, with a discriminator that draws dropout masks of its own."""
    trainer = Trainer(tiny.plan(discriminator="tiny_dropout"), tiny_dataset)
    return trainer, _run(trainer, 30)


def test_figures_of_a_chunk(ready: Ready, tiny_dataset: Dataset) -> None:
    plan = tiny.plan(weights={"g_class": 0.25})
    trainer = ready(plan, tiny_dataset)
    assert trainer.step == 0
    assert trainer.keys == column_keys(plan.loss_object())
    assert trainer.keys == (
        *("d_real", "d_fake", "d_class", "g_adversarial", "g_class"),
        *("d_total", "g_total", "score_real", "score_fake", "grad_norm_d", "grad_norm_g"),
    )
    first, second = trainer.steps(3), trainer.steps(2)
    assert (first.first_step, second.first_step, trainer.step) == (1, 4, 5)
    assert first.values.shape == (3, 11)
    assert first.values.dtype == np.float32
    assert first.finite
    assert first.seconds > 0
    column = dict(zip(trainer.keys, np.concatenate([first.values, second.values]).T, strict=True))
    np.testing.assert_allclose(
        column["d_total"], column["d_real"] + column["d_fake"] + 0.5 * column["d_class"], rtol=1e-5
    )
    np.testing.assert_allclose(column["g_total"], column["g_adversarial"] + 0.25 * column["g_class"], rtol=1e-5)
    for key in ("score_real", "score_fake"):
        assert ((column[key] > 0) & (column[key] < 1)).all()  # read through the sigmoid
    for key in ("grad_norm_d", "grad_norm_g"):
        assert (column[key] > 0).all()


def test_the_same_seed_gives_the_same_figures(uninterrupted: tuple[Trainer, np.ndarray], tiny_dataset: Dataset) -> None:
    trainer = Trainer(tiny.plan(discriminator="tiny_dropout"), tiny_dataset)
    np.testing.assert_array_equal(_run(trainer, 30), uninterrupted[1])
    _assert_same_state(trainer, uninterrupted[0])
    trainer.reset(tiny.plan(discriminator="tiny_dropout", seed=1), tiny_dataset)
    assert not np.allclose(_run(trainer, 3), uninterrupted[1][:3])


def test_the_size_of_the_chunks_changes_nothing(
    uninterrupted: tuple[Trainer, np.ndarray], ready: Ready, tiny_dataset: Dataset
) -> None:
    trainer = ready(tiny.plan(discriminator="tiny_dropout"), tiny_dataset)
    np.testing.assert_array_equal(_run(trainer, 10, 1, 1, 5, 13), uninterrupted[1])
    _assert_same_state(trainer, uninterrupted[0])


def test_a_resumed_run_goes_on_as_if_nothing_had_happened(
    uninterrupted: tuple[Trainer, np.ndarray], ready: Ready, tiny_dataset: Dataset
) -> None:
    """Stopped after 11 steps, written to a file's bytes, read by a trainer that has done something else before."""
    plan = tiny.plan(discriminator="tiny_dropout")
    stopped = ready(plan, tiny_dataset)
    _run(stopped, 11)
    file = save(stopped.state())
    resumed = Trainer(plan, tiny_dataset)
    _run(resumed, 3)
    resumed.restore(load(file))
    assert resumed.step == 11
    np.testing.assert_array_equal(_run(resumed, 7, 12), uninterrupted[1][11:])
    _assert_same_state(resumed, uninterrupted[0])


def test_names_in_the_state_do_not_depend_on_what_was_built_before(tiny_dataset: Dataset) -> None:
    names = [set(Trainer(tiny.plan(discriminator="tiny_dropout"), tiny_dataset).state()) for _ in range(2)]
    assert names[0] == names[1]


def test_a_state_of_something_else_is_refused_and_changes_nothing(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    _run(trainer, 2)
    before = trainer.state()
    good = {name: value + 1 for name, value in before.items()}
    shape = {**good, "ema/dense2/kernel": good["ema/dense2/kernel"].T}
    missing = {name: value for name, value in good.items() if name != "ema/dense2/bias"}
    for spoilt in (shape, missing, {**good, "extra": np.zeros(3)}, {}):
        with pytest.raises(ValueError, match="saved state"):
            trainer.restore(spoilt)
        for name, value in trainer.state().items():
            np.testing.assert_array_equal(value, before[name])


def _other(plan: Plan) -> Plan:
    """A plan of the same structure in which everything else differs."""
    return tiny.plan(
        seed=plan.seed + 5, weights={"d_class": 0.1, "g_class": 2.0}, learning_rate=3e-3, discriminator_steps=2,
        discriminator=plan.recipe.discriminator,
    )  # fmt: skip


def test_reset_in_place_is_as_good_as_a_new_trainer(ready: Ready, tiny_dataset: Dataset) -> None:
    plan, other_data = tiny.plan(discriminator="tiny_dropout"), tiny.dataset(seed=9)
    used = ready(plan, tiny_dataset)
    _run(used, 8)
    plan = _other(plan)
    assert used.fits(plan, other_data)
    used.reset(plan, other_data)
    assert used.step == 0
    assert used.plan == plan
    fresh = Trainer(plan, other_data)
    np.testing.assert_array_equal(_run(used, 6), _run(fresh, 6))
    _assert_same_state(used, fresh)
    assert [loop.traces for loop in used._loops] == [1]


@pytest.mark.parametrize(
    "changed",
    [
        {"loss": "hinge"},
        {"updates": "simultaneous"},
        {"auxiliaries": ()},
        {"auxiliaries": ("acgan", "recon_x")},
        {"discriminator": "tiny_dropout"},
        {"batch_size": 8},
        {"optimiser": "rmsprop"},
    ],
    ids=str,
)
def test_another_structure_needs_another_trainer(ready: Ready, tiny_dataset: Dataset, changed: dict[str, Any]) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    other = tiny.plan(**changed)
    assert trainer.fits(_other(tiny.plan()), tiny_dataset)
    assert not trainer.fits(other, tiny_dataset)
    with pytest.raises(ValueError, match="another structure"):
        trainer.reset(other, tiny_dataset)


def test_a_dataset_of_another_size_needs_another_trainer(ready: Ready, tiny_dataset: Dataset) -> None:
    assert not ready(tiny.plan(), tiny_dataset).fits(tiny.plan(), tiny.dataset(30))


def test_weights_act_without_compiling_again(ready: Ready, tiny_dataset: Dataset) -> None:
    """At weight 0 the class terms are still measured but no longer trained; a larger weight trains them sooner."""
    trainer = ready(tiny.plan(), tiny_dataset)
    ends = {}
    for weight in (0.0, 0.5, 10.0):
        trainer.reset(tiny.plan(weights={"d_class": weight, "g_class": weight}), tiny_dataset)
        row = dict(zip(trainer.keys, _run(trainer, 40).T, strict=True))
        np.testing.assert_allclose(
            row["d_total"], row["d_real"] + row["d_fake"] + weight * row["d_class"], rtol=1e-4, atol=1e-5
        )
        ends[weight] = row["d_class"][-10:].mean()
    assert ends[0.0] > ends[0.5] > ends[10.0]
    assert ends[0.0] > 1.9 > 1.0 > ends[10.0]
    assert [loop.traces for loop in trainer._loops] == [1]


def test_a_dataset_smaller_than_a_batch_will_do() -> None:
    assert Trainer(tiny.plan(batch_size=6), tiny.dataset(2)).steps(3).finite


def test_each_round_of_each_step_draws_anew(tiny_dataset: Dataset) -> None:
    trainer = Trainer(tiny.plan(batch_size=30), tiny_dataset)
    draws = []
    for seed in (0, 1):
        trainer.reset(tiny.plan(batch_size=30, seed=seed), tiny_dataset)
        for step in (0, 1, 2):
            trainer._draws.step.assign(step)
            draws += [trainer._draws.batch(number) for number in range(3)]
    latents = [batch.z.numpy() for batch in draws]
    assert len({z.tobytes() for z in latents}) == 18
    assert len({seed.numpy().tobytes() for batch in draws for seed in (batch.seed, batch.shift_seed)}) == 36
    assert len({real.numpy().tobytes() for real, *_ in draws}) == 18
    everything = np.concatenate(latents).ravel()
    assert everything.mean() == pytest.approx(0, abs=0.1)
    assert everything.std() == pytest.approx(1, abs=0.05)
    pictures = {image.tobytes(): label for image, label in zip(tiny_dataset.images, tiny_dataset.labels, strict=True)}
    seen = set()
    for real, labels, *_ in draws:
        assert real.shape == (30, 28, 28, 1)
        pixels = np.round((real.numpy()[..., 0] + 1) * 127.5).astype(np.uint8)
        for image, label in zip(pixels, labels.numpy(), strict=True):
            assert pictures[image.tobytes()] == label  # each with its own label
            seen.add(image.tobytes())
    assert len(seen) == 40  # and all of them come


def test_samples_are_pictures_of_the_averaged_generator(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    _run(trainer, 20)
    z = np.random.default_rng(0).normal(size=(5, tiny.LATENT_SIZE)).astype(np.float32)
    labels = np.array([0, 1, 2, 9, 9])
    drawn = trainer.sample(z, labels)
    assert drawn.shape == (5, 28, 28)
    assert drawn.dtype == np.uint8
    averaged, raw = (
        np.asarray(model([z, np.eye(10, dtype=np.float32)[labels]], training=False))[..., 0]
        for model in (trainer.ema, trainer.generator)
    )
    assert abs(drawn - (averaged * 127.5 + 127.5)).max() <= 0.51
    assert abs(drawn - (raw * 127.5 + 127.5)).max() > 2
    np.testing.assert_array_equal(trainer.sample(z[:2], labels[:2]), drawn[:2])
    before = trainer.state()
    trainer.sample(z, labels)
    for name, value in trainer.state().items():
        np.testing.assert_array_equal(value, before[name])  # looking changes nothing


def test_exported_weights_are_the_average_and_carry_the_networks_names(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(discriminator="tiny_dropout"), tiny_dataset)
    _run(trainer, 5)
    exported = trainer.generator_weights()
    assert set(exported) == {
        *("dense1/kernel", "dense2/kernel", "dense2/bias"),
        *(f"norm1/{name}" for name in ("gamma", "beta", "moving_mean", "moving_variance")),
    }
    for variable, (name, value) in zip(trainer.ema.variables, exported.items(), strict=True):
        assert variable.path.endswith(name)
        np.testing.assert_array_equal(variable, value)
    assert set(trainer.discriminator_weights()) == {
        f"{layer}/{name}" for layer in ("dense1", "logit", "classes") for name in ("kernel", "bias")
    }


def test_without_a_decay_the_average_is_the_generator_itself(tiny_dataset: Dataset) -> None:
    trainer = Trainer(tiny.plan(ema_decay=0.0), tiny_dataset)
    _run(trainer, 4)
    for mean, variable in zip(trainer.ema.variables, trainer.generator.variables, strict=True):
        np.testing.assert_array_equal(mean, variable)
