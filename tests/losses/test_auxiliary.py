"""The terms that any loss can carry: closed forms on real digits, and what carrying them changes."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset, to_unit_range
from aigc_demo.losses import AUXILIARIES, LOSSES, Auxiliary, DOutput, Loss, Round, carry, evaluate
from tests.losses.rounds import round_of, term_of

RECON, ACGAN = AUXILIARIES["recon_x"], AUXILIARIES["acgan"]


def _distance(real: np.ndarray, fake: np.ndarray) -> float:
    round_ = round_of([0.0], [0.0], real=tf.constant(real), fake=tf.constant(fake))
    return float(tf.reduce_mean(RECON.g_terms[0].fn(round_)))


def _trace(images: np.ndarray) -> float:
    """tr Cov of images, the sum of the pixels' variances."""
    return float(images.reshape(len(images), -1).var(axis=0).sum())


@pytest.fixture(scope="module")
def sample(digits: Dataset) -> np.ndarray:
    """50 digits in [-1, 1], as float64."""
    return to_unit_range(digits.images[::80]).astype(np.float64)


def test_distance_of_each_pair_is_summed_over_the_pixels() -> None:
    real, fake = np.zeros((2, 28, 28, 1)), np.zeros((2, 28, 28, 1))
    fake[0], fake[1, 3, 4] = 0.5, -2.0
    round_ = round_of([0.0], [0.0], real=tf.constant(real), fake=tf.constant(fake))
    np.testing.assert_allclose(RECON.g_terms[0].fn(round_), [784 * 0.25, 4.0])


def test_a_perfect_generator_pays_twice_the_variance(sample: np.ndarray) -> None:
    """Over all pairs of two independent draws of the same digits: exactly 2 tr Sigma."""
    count = len(sample)
    assert _distance(np.repeat(sample, count, axis=0), np.tile(sample, (count, 1, 1, 1))) == pytest.approx(
        2 * _trace(sample), rel=1e-9
    )


def test_the_average_digit_pays_half_of_that_and_nothing_pays_less(sample: np.ndarray) -> None:
    mean = np.broadcast_to(sample.mean(axis=0), sample.shape)
    floor = _distance(sample, mean)
    assert floor == pytest.approx(_trace(sample), rel=1e-9)
    for nudge in (0.01, -0.01):
        assert _distance(sample, mean + nudge) == pytest.approx(floor + 784 * nudge**2, rel=1e-9)


def test_the_distance_pulls_every_image_to_the_average_one(sample: np.ndarray) -> None:
    """Its gradient is 2 (G(z) - mean), averaged over x: not zero even where the fakes are distributed as the data."""
    for one in sample[:3]:
        fake = tf.constant(np.broadcast_to(one, sample.shape))
        with tf.GradientTape() as tape:
            tape.watch(fake)
            distance = tf.reduce_mean(RECON.g_terms[0].fn(round_of([0.0], [0.0], real=tf.constant(sample), fake=fake)))
        np.testing.assert_allclose(
            tf.reduce_sum(tape.gradient(distance, fake), axis=0), 2 * (one - sample.mean(axis=0)), atol=1e-12
        )


def test_variance_of_all_bundled_digits(digits: Dataset) -> None:
    """210.97 over 10,000 digits (211.26 over 5,000): the level that the distance's curve cannot go below."""
    assert _trace(to_unit_range(digits.images)) == pytest.approx(211.2, abs=0.7)


def _classes(real: np.ndarray, fake: np.ndarray, labels: list[int]) -> Round:
    empty = dict.fromkeys(("discriminator", "generator", "z", "real", "fake"))
    outs = [DOutput(tf.zeros(len(labels)), tf.constant(logits, tf.float32)) for logits in (real, fake)]
    return Round(**empty, labels=tf.constant(labels), real_out=outs[0], fake_out=outs[1])


def test_class_terms_are_ln_10_at_chance_and_0_when_perfect() -> None:
    labels = [3, 7]
    chance, perfect = np.zeros((2, 10)), 100.0 * np.eye(10)[labels]
    for term, arguments in ((ACGAN.d_terms[0], (perfect, chance)), (ACGAN.g_terms[0], (chance, perfect))):
        np.testing.assert_allclose(term.fn(_classes(*arguments, labels)), 0.0, atol=1e-6)
        np.testing.assert_allclose(term.fn(_classes(*arguments[::-1], labels)), log(10), rtol=1e-6)


def test_class_terms_charge_for_the_wrong_digit() -> None:
    logits = np.zeros((1, 10))
    logits[0, 4] = 2.0
    expected = log(np.exp(2.0) + 9)
    for term in ACGAN.terms:
        np.testing.assert_allclose(term.fn(_classes(logits, logits, [5])), expected, rtol=1e-6)
        np.testing.assert_allclose(term.fn(_classes(logits, logits, [4])), expected - 2.0, rtol=1e-6)


@pytest.mark.parametrize("auxiliary", AUXILIARIES.values(), ids=AUXILIARIES)
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_every_loss_carries_every_auxiliary_once(loss: Loss, auxiliary: Auxiliary) -> None:
    full = carry(carry(loss, auxiliary), auxiliary)
    for player in ("d", "g"):
        keys = [term.key for term in full.terms(player)]
        assert len(keys) == len(set(keys))
        assert set(keys) == {term.key for term in loss.terms(player)} | {
            term.key for term in getattr(auxiliary, f"{player}_terms")
        }
        assert full.terms(player)[: len(loss.terms(player))] == loss.terms(player)  # a loss's own terms come first
    assert full.equilibrium == loss.equilibrium
    assert carry(loss) == loss


@pytest.mark.parametrize("auxiliary", AUXILIARIES.values(), ids=AUXILIARIES)
def test_auxiliary_terms_say_so_and_can_be_tuned(auxiliary: Auxiliary) -> None:
    assert auxiliary.terms
    assert all(term.auxiliary and term.symbol for term in auxiliary.terms)


def test_the_words_of_the_tutorial_maximise_the_distance() -> None:
    images = {"real": tf.zeros((2, 28, 28, 1)), "fake": tf.ones((2, 28, 28, 1))}
    distances = [
        term_of(LOSSES[key], "g_recon_x").fn(round_of([0.0], [0.0], **images)).numpy()
        for key in ("doc_literal", "doc_literal_words")
    ]
    np.testing.assert_array_equal(distances, [[784.0] * 2, [-784.0] * 2])


def test_gradients_of_the_auxiliaries_are_those_of_finite_differences() -> None:
    generator = np.random.default_rng(1)
    real, fake = generator.uniform(-1, 1, (2, 2, 28, 28, 1))
    logits = generator.normal(size=(2, 10))
    direction, class_direction = generator.normal(size=fake.shape), generator.normal(size=logits.shape)

    def value(step: object) -> object:
        out = DOutput(tf.zeros(2, tf.float64), tf.constant(logits) + step * tf.constant(class_direction))
        round_ = Round(
            None, None, None, tf.constant(real), tf.constant(fake) + step * tf.constant(direction), tf.constant([1, 8]),
            out, out,
        )  # fmt: skip
        return evaluate(RECON.terms + ACGAN.terms, round_, {})[0]

    step = tf.constant(0.0, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(step)
        total = value(step)
    size = 1e-5
    finite = (float(value(tf.constant(size, tf.float64))) - float(value(tf.constant(-size, tf.float64)))) / (2 * size)
    assert float(tape.gradient(total, step)) == pytest.approx(finite, rel=1e-7)
