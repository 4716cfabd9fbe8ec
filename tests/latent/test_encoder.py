"""Where a search begins."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.latent import encoder as encoders
from aigc_demo.latent.encoder import SAMPLES, Encoder
from tests.latent import linear


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return linear.encoder()


@pytest.mark.parametrize("label", [0, 7])
def test_the_guess_is_nearly_right_where_the_generator_is_linear(encoder: Encoder, label: int) -> None:
    z = np.random.default_rng(1).standard_normal((20, linear.SIZE)).astype(np.float32)
    views = encoder.view(linear.draw(z, np.full(20, label)))
    guesses = np.stack([encoder.guess(view, label) for view in views])
    assert np.abs(guesses - z).mean() < 0.25 * np.abs(z).mean()
    wrong = np.stack([encoder.guess(view, (label + 1) % 10) for view in views])
    assert np.abs(wrong - z).mean() > np.abs(guesses - z).mean()


def test_the_nearest_samples_are_those_that_look_most_like_it(encoder: Encoder) -> None:
    image = linear.draw(linear.typical(3)[None], np.array([4]))
    points = encoder.nearest(encoder.view(image)[0], 4, 5)
    views = encoder.view(linear.draw(points, np.full(5, 4)))
    distances = np.linalg.norm(views - encoder.view(image), axis=1)
    assert (np.diff(distances) >= 0).all()
    others = np.random.default_rng(2).standard_normal((100, linear.SIZE)).astype(np.float32)
    random = np.linalg.norm(encoder.view(linear.draw(others, np.full(100, 4))) - encoder.view(image), axis=1)
    assert distances[0] < np.quantile(random, 0.1)


def test_a_slow_generator_draws_fewer_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def draw(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        drawn.append(len(z))
        return linear.draw(z, labels)

    Encoder(draw, linear.glance, linear.SIZE, conditional=True)
    assert sum(drawn) == SAMPLES
    drawn.clear()
    monkeypatch.setattr(encoders, "_SECONDS", 0.0)
    few = Encoder(draw, linear.glance, linear.SIZE, conditional=True)
    assert sum(drawn) == 300
    view = few.view(linear.draw(linear.typical(0)[None], np.array([9])))[0]
    assert few.nearest(view, 9, 100).shape == (30, linear.SIZE)


def test_an_unconditional_model_has_one_class() -> None:
    encoder = linear.encoder(conditional=False)
    view = encoder.view(linear.draw(linear.typical(0)[None], np.array([0])))[0]
    assert encoder.guess(view, 0).shape == (linear.SIZE,)
    with pytest.raises(IndexError):
        encoder.guess(view, 1)
