"""Penalties on D's slope against critics whose slope is known, and their gradients through a small network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.losses import AUXILIARIES, DOutput, Round, Term, evaluate
from tests.losses.rounds import linear_critic, round_of

PENALTIES = {key: AUXILIARIES[key].d_terms[0] for key in ("gp", "gp_one_sided", "r1", "r2", "dragan")}
every_penalty = pytest.mark.parametrize("term", PENALTIES.values(), ids=PENALTIES)

# What a critic a.x pays, the term's own weight included, when ||a|| is 5, 0 and 1.
ROWS = {
    "gp": (160.0, 10.0, 0.0),
    "gp_one_sided": (160.0, 0.0, 0.0),
    "r1": (12.5, 0.0, 0.5),
    "r2": (12.5, 0.0, 0.5),
    "dragan": (160.0, 10.0, 0.0),
}


def _images(count: int, seed: int, dtype: str = "float64") -> Any:
    return tf.constant(np.random.default_rng(seed).uniform(-1, 1, (count, 28, 28, 1)), dtype)


def _round(critic: Callable[..., DOutput], real: Any, fake: Any, seed: tuple[int, int] = (3, 4), **more: Any) -> Round:
    """A round in which `critic` judged both batches."""
    round_ = round_of([0.0], [0.0], discriminator=critic, real=real, fake=fake, seed=tf.constant(seed), **more)
    return round_._replace(real_out=critic(real, round_.labels), fake_out=critic(fake, round_.labels))


def _paid(term: Term, round_: Round) -> float:
    return float(evaluate((term,), round_, {})[0])


@every_penalty
def test_a_linear_critic_pays_what_its_slope_says(term: Term) -> None:
    key = next(name for name, item in PENALTIES.items() if item is term)
    for pull, expected in zip(([3.0, 4.0], [0.0], [0.6, 0.8]), ROWS[key], strict=True):
        paid = _paid(term, _round(linear_critic(pull), _images(4, 0), _images(4, 1)))
        assert paid == pytest.approx(expected, abs=1e-9)


def test_drift_is_the_squared_real_score() -> None:
    term = AUXILIARIES["drift"].d_terms[0]
    assert _paid(term, round_of([2.0], [-9.0])) == pytest.approx(0.004)
    assert _paid(term, round_of([1.0, -3.0], [0.0, 0.0])) == pytest.approx(0.001 * (1 + 9) / 2)


def test_matched_features_cost_nothing_and_a_distance_costs_its_square() -> None:
    term = AUXILIARIES["feature_match"].g_terms[0]
    features = np.random.default_rng(0).normal(size=(5, 3))

    def paid(of_real: np.ndarray, of_fake: np.ndarray) -> float:
        outs = {
            f"{side}_out": DOutput(tf.zeros(len(rows)), None, tf.constant(rows))
            for side, rows in (("real", of_real), ("fake", of_fake))
        }
        return float(term.fn(round_of([0.0], [0.0])._replace(**outs)))

    assert paid(features, features[::-1]) == pytest.approx(0.0, abs=1e-24)  # only the means count
    assert paid(features, features + np.array([1.0, 2.0, 0.0])) == pytest.approx(5.0)
    assert paid(np.ones((4, 2)), np.zeros((2, 2))) == pytest.approx(2.0)


class _SmallCritic:
    """s(x) = v . tanh(W x), whose slope depends on x and on both its matrices."""

    def __init__(self) -> None:
        generator = np.random.default_rng(5)
        self.weights = [generator.normal(0, 0.1, (784, 4)), generator.normal(size=4)]

    def at(self, weights: list[Any]) -> Callable[..., DOutput]:
        def opinion(images: Any, labels: Any) -> DOutput:
            hidden = tf.tanh(tf.matmul(tf.reshape(images, [-1, 784]), weights[0]))
            return DOutput(tf.linalg.matvec(hidden, weights[1]))

        return opinion


@every_penalty
def test_gradients_by_ds_weights_are_those_of_finite_differences(term: Term) -> None:
    """Twice through D: once by the pixels for the slope, once by the weights for learning."""
    critic = _SmallCritic()
    real, fake = _images(3, 0), _images(3, 1)
    direction = [np.random.default_rng(6).normal(size=weight.shape) for weight in critic.weights]

    def value(step: Any) -> Any:
        moved = [
            tf.constant(weight) + step * tf.constant(way) for weight, way in zip(critic.weights, direction, strict=True)
        ]
        return evaluate((term,), _round(critic.at(moved), real, fake), {})[0]

    step = tf.constant(0.0, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(step)
        total = value(step)
    size = 1e-5
    ahead, behind = (float(value(tf.constant(sign * size, tf.float64))) for sign in (1, -1))
    derivative = float(tape.gradient(total, step))
    assert derivative == pytest.approx((ahead - behind) / (2 * size), rel=1e-6)
    assert abs(derivative) > 1e-3


@every_penalty
def test_the_slope_is_that_of_each_image_alone(term: Term) -> None:
    """Of a batch, the mean of what each of its images pays; a sum of slopes over the batch would pay more."""
    critic = _SmallCritic()
    real = _images(2, 0)
    opinion = critic.at([tf.constant(weight) for weight in critic.weights])
    if term in (PENALTIES["r1"], PENALTIES["r2"]):  # the others draw points, which depend on the batch
        both = term.fn(_round(opinion, real, real)).numpy()
        alone = [
            term.fn(_round(opinion, real[place : place + 1], real[place : place + 1])).numpy()[0] for place in (0, 1)
        ]
        np.testing.assert_allclose(both, alone, rtol=1e-12)
    assert term.fn(_round(opinion, real, _images(2, 1))).shape == (2,)


@pytest.mark.parametrize("pull", [0.0, 1e-30, 1e6])
@every_penalty
def test_flat_and_steep_critics_leave_finite_gradients(term: Term, pull: float) -> None:
    """The square root has no slope at 0: without care a D that is flat would learn NaN."""
    images = [_images(3, seed, "float32") for seed in (0, 1)]
    weight = tf.constant(pull, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(weight)

        def opinion(pictures: Any, labels: Any) -> DOutput:
            return DOutput(weight * tf.reduce_sum(pictures, axis=[1, 2, 3]))

        value = tf.reduce_mean(term.fn(_round(opinion, *images)))
    assert np.isfinite(value)
    assert np.isfinite(tape.gradient(value, weight))


def _points(key: str, real: Any, fake: Any, seed: tuple[int, int] = (3, 4), rows: int | None = None) -> np.ndarray:
    """Where the penalty asks for D's slope."""
    asked = []

    def opinion(images: Any, labels: Any) -> DOutput:
        asked.append(images.numpy())
        return DOutput(tf.reduce_sum(tf.reshape(images, [rows or len(images), -1]), axis=1))

    round_ = _round(opinion, real, fake, seed)
    asked.clear()
    PENALTIES[key].fn(round_)
    assert len(asked) == 1
    return asked[0]


@pytest.mark.parametrize("key", ["gp", "gp_one_sided"])
def test_the_points_between_are_uniform_on_each_line(key: str) -> None:
    """With reals at 1 and fakes at 0 a point's pixels are all its share of the real image."""
    real, fake = tf.ones((2000, 28, 28, 1), tf.float32), tf.zeros((2000, 28, 28, 1), tf.float32)
    points = _points(key, real, fake).reshape(2000, -1)
    np.testing.assert_array_equal(points.min(axis=1), points.max(axis=1))
    shares = np.sort(points[:, 0])
    assert abs(shares - (np.arange(2000) + 0.5) / 2000).max() < 0.04  # Kolmogorov's distance; 0.031 is its 5 %
    assert not np.array_equal(points, _points(key, real, fake, seed=(3, 5)).reshape(2000, -1))


def test_a_pack_has_one_point_on_the_line_between_two_packs() -> None:
    real, fake = tf.ones((8, 28, 28, 1), tf.float32), tf.zeros((8, 28, 28, 1), tf.float32)
    shares = _points("gp", real, fake, rows=4)[:, 0, 0, 0].reshape(4, 2)
    np.testing.assert_array_equal(shares[:, 0], shares[:, 1])
    assert len(np.unique(shares)) == 4


def test_r1_looks_at_the_real_images_and_r2_at_the_fakes() -> None:
    real, fake = _images(3, 0), _images(3, 1)
    np.testing.assert_array_equal(_points("r1", real, fake), real)
    np.testing.assert_array_equal(_points("r2", real, fake), fake)


def test_dragan_adds_half_a_batchs_spread_of_one_sided_noise_to_each_pixel() -> None:
    real = _images(40, 0)
    noise = (_points("dragan", real, _images(40, 1)) - real.numpy()) / (0.5 * real.numpy().std())
    assert noise.min() >= 0.0
    assert 0.99 < noise.max() < 1.0
    assert noise.mean() == pytest.approx(0.5, abs=0.01)
    assert noise.std() == pytest.approx(12**-0.5, abs=0.01)
    assert noise[0].std() == pytest.approx(12**-0.5, abs=0.03)  # drawn for each pixel, not for each image


def test_a_penalty_without_a_discriminator_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="needs D"):
        PENALTIES["r1"].fn(round_of([0.0], [0.0], real=_images(1, 0), fake=_images(1, 1)))
