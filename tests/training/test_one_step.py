"""Whole steps against an eager implementation by hand: gradients, Adam, batch statistics and moving average."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer
from aigc_demo.training.draws import Batch
from tests import tiny

STEPS, BATCH, CLASS_WEIGHT = 4, 6, 0.7


class ByHand:
    """The game non_saturating + CLASS_WEIGHT x class term, written out once more, step by step and uncompiled."""

    def __init__(self, trainer: Trainer, plan: Plan) -> None:
        self.recipe = plan.recipe
        self.g, self.d = tiny.generator(), tiny.discriminator()
        self.g.set_weights(trainer.generator.get_weights())
        self.d.set_weights(trainer.discriminator.get_weights())
        self.average = [weight.copy() for weight in self.g.get_weights()]
        self.memory: dict[str, list[Any]] = {
            player: [[np.zeros(v.shape), np.zeros(v.shape)] for v in model.trainable_variables]
            for player, model in (("g", self.g), ("d", self.d))
        }
        self.done = 0

    def adam(self, player: str, gradients: list[Any]) -> None:
        """Kingma & Ba 2015, algorithm 1, with its epsilon beside the uncorrected root as in its section 2."""
        settings = getattr(self.recipe, f"{player}_optimiser")
        halving, t = self.recipe.rate_halving_steps, self.done + 1
        rate = settings.learning_rate * halving / (halving + self.done)
        rate *= np.sqrt(1 - settings.beta_2**t) / (1 - settings.beta_1**t)
        model = self.g if player == "g" else self.d
        for memory, variable, gradient in zip(self.memory[player], model.trainable_variables, gradients, strict=True):
            gradient = np.asarray(gradient, np.float64)
            memory[0] = settings.beta_1 * memory[0] + (1 - settings.beta_1) * gradient
            memory[1] = settings.beta_2 * memory[1] + (1 - settings.beta_2) * gradient**2
            variable.assign(variable.numpy() - rate * memory[0] / (np.sqrt(memory[1]) + 1e-7))

    def g_terms(self, z: Any, labels: Any) -> tuple[Any, Any, list[Any]]:
        """G's two terms and its gradients against the present D; leaves the batch statistics as they were."""
        before = self.g.get_weights()
        one_hot = tf.one_hot(labels, 10)
        with tf.GradientTape() as tape:
            out = self.d([self.g([z, one_hot], training=True), one_hot], training=True)
            fool = tf.reduce_mean(tf.math.log1p(tf.exp(-out["logit"])))
            read = -tf.reduce_mean(tf.reduce_sum(one_hot * tf.nn.log_softmax(out["class_logits"]), axis=1))
            total = fool + CLASS_WEIGHT * read
        gradients = tape.gradient(total, self.g.trainable_variables)
        self.g.set_weights(before)
        return fool, read, gradients

    def step(self, real: Any, labels: Any, z: Any) -> dict[str, float]:
        one_hot = tf.one_hot(labels, 10)
        old_d = self.g_terms(z, labels)
        fake = self.g([z, one_hot], training=True)  # once a step: this is what moves the batch statistics
        with tf.GradientTape() as tape:
            on_real, on_fake = (self.d([images, one_hot], training=True) for images in (real, fake))
            d_real = -tf.reduce_mean(tf.math.log(tf.sigmoid(on_real["logit"])))
            d_fake = -tf.reduce_mean(tf.math.log(1 - tf.sigmoid(on_fake["logit"])))
            d_class = -tf.reduce_mean(tf.reduce_sum(one_hot * tf.nn.log_softmax(on_real["class_logits"]), axis=1))
            d_total = d_real + d_fake + CLASS_WEIGHT * d_class
        d_gradients = tape.gradient(d_total, self.d.trainable_variables)
        self.adam("d", d_gradients)
        moved = [v.numpy() for v in self.g.non_trainable_variables]
        fool, read, g_gradients = old_d if self.recipe.updates == "simultaneous" else self.g_terms(z, labels)
        self.adam("g", g_gradients)
        for variable, value in zip(self.g.non_trainable_variables, moved, strict=True):
            np.testing.assert_array_equal(variable, value)
        self.done += 1
        decay = min(self.recipe.ema_decay, (1 + self.done) / (self.recipe.ema_lag + self.done))
        self.average = [
            decay * mean + (1 - decay) * weight for mean, weight in zip(self.average, self.g.get_weights(), strict=True)
        ]
        return {
            "d_real": d_real,
            "d_fake": d_fake,
            "d_class": d_class,
            "g_adversarial": fool,
            "g_class": read,
            "d_total": d_total,
            "g_total": fool + CLASS_WEIGHT * read,
            "score_real": tf.reduce_mean(tf.sigmoid(on_real["logit"])),
            "score_fake": tf.reduce_mean(tf.sigmoid(on_fake["logit"])),
            "grad_norm_d": np.sqrt(sum(float(tf.reduce_sum(g**2)) for g in d_gradients)),
            "grad_norm_g": np.sqrt(sum(float(tf.reduce_sum(g**2)) for g in g_gradients)),
        }


def _with_known_batches(trainer: Trainer) -> tuple[Any, Any, Any]:
    """Make `trainer` play on batches of our own instead of those its seed draws; returns them, one a step."""
    generator = np.random.default_rng(0)
    real = tf.constant(generator.uniform(-1, 1, (STEPS, BATCH, 28, 28, 1)), tf.float32)
    labels = tf.constant(generator.integers(0, 10, (STEPS, BATCH)))
    z = tf.constant(generator.normal(size=(STEPS, BATCH, tiny.LATENT_SIZE)), tf.float32)

    def batch(round_number: Any, back: Any = 0) -> Batch:
        now, seed = trainer._draws.step - back, tf.constant([0, 0])
        return Batch(tf.gather(real, now), tf.gather(labels, now), tf.gather(z, now), seed, seed)

    trainer._draws.batch = batch  # type: ignore[method-assign]
    return real, labels, z


@pytest.mark.usefixtures("tiny_networks")
@pytest.mark.parametrize(("updates", "halving"), [("alternating", 2.0), ("simultaneous", 1e9)])
def test_steps_are_those_made_by_hand(tiny_dataset: Dataset, updates: str, halving: float) -> None:
    weights = {"d_class": CLASS_WEIGHT, "g_class": CLASS_WEIGHT}
    plan = tiny.plan(updates=updates, weights=weights, ema_decay=0.25)  # type: ignore[arg-type]
    plan = replace(plan, recipe=replace(plan.recipe, rate_halving_steps=halving))
    trainer = Trainer(plan, tiny_dataset)
    real, labels, z = _with_known_batches(trainer)
    by_hand = ByHand(trainer, plan)
    for number in range(STEPS):
        expected = by_hand.step(real[number], labels[number], z[number])
        chunk = trainer.steps(1)
        for key, value in zip(trainer.keys, chunk.values[0], strict=True):
            assert value == pytest.approx(float(expected[key]), rel=2e-4, abs=1e-6), (key, number)
        for model, weights_by_hand in (
            (trainer.generator, by_hand.g.get_weights()),
            (trainer.discriminator, by_hand.d.get_weights()),
            (trainer.ema, by_hand.average),
        ):
            for variable, value in zip(model.weights, weights_by_hand, strict=True):
                np.testing.assert_allclose(variable, value, atol=3e-5, err_msg=f"{variable.path} at step {number}")


@pytest.mark.usefixtures("tiny_networks")
def test_the_two_orders_of_play_differ_in_gs_turn_only(tiny_dataset: Dataset) -> None:
    """After one step D is the same either way; G was judged by the new D when alternating, by the old one otherwise."""
    trainers = {
        updates: Trainer(tiny.plan(updates=updates), tiny_dataset) for updates in ("alternating", "simultaneous")
    }  # type: ignore[arg-type]
    rows = {}
    for updates, trainer in trainers.items():
        _with_known_batches(trainer)
        rows[updates] = dict(zip(trainer.keys, trainer.steps(1).values[0], strict=True))
    alternating, simultaneous = rows["alternating"], rows["simultaneous"]
    for key in ("d_real", "d_fake", "d_class", "d_total", "score_real", "score_fake", "grad_norm_d"):
        assert alternating[key] == pytest.approx(simultaneous[key], rel=1e-5)
    for key in ("g_adversarial", "g_total", "grad_norm_g"):
        assert alternating[key] != pytest.approx(simultaneous[key], rel=1e-4)
    one, other = (trainer.discriminator.get_weights() for trainer in trainers.values())
    for left, right in zip(one, other, strict=True):
        np.testing.assert_allclose(left, right, atol=1e-6)
