"""Looking at a step changes nothing, and shows what the step itself reports."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer
from tests import tiny
from tests.training.conftest import Ready
from tests.training.states import assert_same

pytestmark = pytest.mark.usefixtures("tiny_networks")

PLANS = {
    "plain": tiny.plan(),
    "norm in D, shifts": tiny.plan(discriminator="tiny_norm", augment=2),
    "dropout in D, R1": tiny.plan(discriminator="tiny_dropout", auxiliaries=("acgan", "r1")),
    "one shared pass": tiny.plan(updates="simultaneous", discriminator="tiny_norm"),
    "power iterations": tiny.SPECTRAL_PLAN,
    "mixed styles and noise": tiny.STYLE_PLAN,
}


def _begun(ready: Ready, plan: Plan, dataset: Dataset) -> Trainer:
    trainer = ready(plan, dataset)
    trainer.steps(2)
    return trainer


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_what_is_seen_is_what_the_step_then_reports(ready: Ready, tiny_dataset: Dataset, plan: Plan) -> None:
    """D's figures always; G's too where both gradients come from the same pass."""
    trainer = _begun(ready, plan, tiny_dataset)
    state = trainer.state()
    seen = [trainer.observe(4) for _ in range(2)]
    assert_same(trainer.state(), state)
    for first, second in zip(*seen, strict=True):
        np.testing.assert_equal(first, second)  # looking twice is looking once
    one, chunk = seen[0], trainer.steps(1)
    row = dict(zip(trainer.keys, chunk.values[0], strict=True))
    assert set(one.terms) == set(trainer.keys) & set(one.terms)
    for key, value in {**one.terms, "d_total": one.d_total, "g_total": one.g_total}.items():
        if key.startswith("d_") or plan.recipe.updates == "simultaneous":
            assert value == pytest.approx(row[key], rel=1e-5), key
    np.testing.assert_allclose(one.real_logit, chunk.real_logits[0, :4], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(one.fake_logit, chunk.fake_logits[0, :4], rtol=1e-4, atol=1e-6)


def test_after_ds_half_it_shows_what_gs_half_will_report(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = _begun(ready, tiny.plan(), tiny_dataset)
    before = trainer.observe(6)
    trainer.half_step("d")
    between = trainer.observe(6)
    np.testing.assert_array_equal(between.fake, before.fake)  # the same z, and G has not moved
    assert between.d_total < before.d_total  # D has learnt from this very batch
    row = dict(zip(trainer.keys, trainer.half_step("g").values[0], strict=True))
    for key in ("g_adversarial", "g_class"):
        assert between.terms[key] == pytest.approx(row[key], rel=1e-5)
    after = trainer.observe(6, back=1)
    np.testing.assert_array_equal(after.z, before.z)
    assert after.g_total < between.g_total


def test_the_batch_of_the_step_just_made_can_be_looked_at_again(ready: Ready, tiny_dataset: Dataset) -> None:
    """The same z, labels and real images as before the step; the players as they have become; nothing moves."""
    trainer = _begun(ready, tiny.plan(), tiny_dataset)
    before = trainer.observe(6)
    trainer.steps(1)
    state = trainer.state()
    again, coming = trainer.observe(6, back=1), trainer.observe(6)
    assert_same(trainer.state(), state)
    for name in ("z", "labels", "real"):
        np.testing.assert_array_equal(getattr(again, name), getattr(before, name))
        assert not np.array_equal(getattr(coming, name), getattr(again, name))
    assert abs(again.fake - before.fake).max() > 1e-3  # G has learnt
    assert abs(again.real_logit - before.real_logit).max() > 1e-4  # and so has D
    one_hot = np.eye(10, dtype=np.float32)[again.labels]
    np.testing.assert_allclose(again.fake, trainer.generator([again.z, one_hot], training=True), atol=1e-6)


def test_a_step_before_the_first_cannot_be_looked_at(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    for back in (1, -1):
        with pytest.raises(ValueError, match="no step"):
            trainer.observe(back=back)


def test_no_more_is_shown_than_the_batch_holds(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    for count, shown in ((3, 3), (100, 6)):
        seen = trainer.observe(count)
        assert all(len(getattr(seen, name)) == shown for name in ("z", "labels", "real", "fake", "real_logit"))
        assert seen.g_pixel_gradient.shape == seen.d_pixel_gradient.shape == (shown, 28, 28)


def test_gradients_of_the_pixels_are_those_of_finite_differences(ready: Ready, tiny_dataset: Dataset) -> None:
    """Of the batch's totals, by nudging every fake image along the gradient itself and asking D once more."""
    plan = tiny.plan(generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("r2", "recon_x"))
    trainer = _begun(ready, plan, tiny_dataset)
    seen = trainer.observe(6)
    real = tf.constant(seen.real)

    def totals(fake: tf.Tensor) -> tuple[float, float]:
        with tf.GradientTape() as tape:
            tape.watch(fake)
            s_fake = trainer.discriminator(fake)["logit"][:, 0]
        slope = tf.reduce_sum(tf.square(tape.gradient(s_fake, fake)), axis=[1, 2, 3])
        s_real = trainer.discriminator(real)["logit"][:, 0]
        distance = tf.reduce_sum(tf.square(fake - real), axis=[1, 2, 3])
        d_total = tf.reduce_mean(tf.nn.softplus(-s_real) + tf.nn.softplus(s_fake) + 0.5 * slope)
        g_total = tf.reduce_mean(tf.nn.softplus(-s_fake) + 0.01 * distance)
        return float(d_total), float(g_total)

    assert totals(tf.constant(seen.fake)) == pytest.approx((seen.d_total, seen.g_total), rel=1e-5)
    for place, gradient in enumerate((seen.d_pixel_gradient, seen.g_pixel_gradient)):
        length = float(np.sqrt((gradient**2).sum()))
        assert length > 1e-4
        step = 0.05 * gradient[..., None] / length
        ahead, behind = (totals(tf.constant(seen.fake + sign * step))[place] for sign in (1, -1))
        assert (ahead - behind) / 0.1 == pytest.approx(length, rel=0.02)


def test_the_two_players_pull_each_pixel_apart(ready: Ready, tiny_dataset: Dataset) -> None:
    """With the non-saturating loss dL_G / dL_D = -exp(-s) for each image: opposite, and stronger the surer D is."""
    trainer = _begun(ready, tiny.plan(generator="tiny_plain", discriminator="tiny_plain", auxiliaries=()), tiny_dataset)
    seen = trainer.observe(6)
    expected = -np.exp(-seen.fake_logit)[:, None, None] * seen.d_pixel_gradient
    np.testing.assert_allclose(seen.g_pixel_gradient, expected, rtol=1e-3, atol=1e-8)


def test_with_packs_an_image_has_its_packs_logit(ready: Ready, tiny_dataset: Dataset) -> None:
    plan = tiny.plan(generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("gp",), pac=2)
    trainer = _begun(ready, plan, tiny_dataset)
    seen = trainer.observe(6)
    packs = np.moveaxis(seen.fake[..., 0].reshape(3, 2, 28, 28), 1, -1)
    logits = trainer.discriminator(packs)["logit"].numpy()[:, 0]
    np.testing.assert_allclose(seen.fake_logit, np.repeat(logits, 2), atol=1e-5)
    chunk = trainer.steps(1)
    assert chunk.fake_logits.shape == (1, 3)
    np.testing.assert_allclose(chunk.fake_logits[0], logits, atol=1e-5)
    assert seen.terms["d_fake"] == pytest.approx(np.log1p(np.exp(logits)).mean(), rel=1e-5)
    assert LOSSES[plan.loss].readout == "probability"
    images = tiny_dataset.images[:5]
    together = trainer.logits(images, tiny_dataset.labels[:5])
    assert together.shape == (2,)  # the fifth has no partner
