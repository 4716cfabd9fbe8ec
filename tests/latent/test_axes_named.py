"""Regression of attributes on z, and the honesty of its R²."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.latent import draw
from aigc_demo.latent.axes_named import explained, regress

COUNT, SIZE = 600, 100
LABELS = np.arange(COUNT) % 10


@pytest.fixture(scope="module")
def z() -> np.ndarray:
    return draw(3, COUNT, SIZE).astype(np.float64)


def test_noise_is_not_explained(z: np.ndarray) -> None:
    """Judged on the points it was fitted to, a regression on 100 numbers would explain a sixth of pure noise."""
    noise = np.random.default_rng(0).standard_normal((COUNT, 2))
    _, directions, r2 = regress(z, noise, LABELS)
    assert max(r2) < 0.05
    assert explained(z @ directions[0], noise[:, 0]) > 0.1


def test_the_share_that_z_explains_is_the_share_that_is_reported(z: np.ndarray) -> None:
    direction = np.eye(SIZE)[7]
    value = 2.0 * z @ direction + np.random.default_rng(1).standard_normal(COUNT)
    _, directions, r2 = regress(z, value[:, None], LABELS)
    assert directions[0] @ direction > 0.95
    assert 0.65 < r2[0] <= 0.82  # 4/5 is there to be explained; the direction is not quite the true one


def test_differences_between_classes_do_not_count(z: np.ndarray) -> None:
    direction = np.eye(SIZE)[0]
    value = z @ direction + 50.0 * LABELS
    _, directions, r2 = regress(z, value[:, None], LABELS)
    assert directions[0] @ direction > 0.99
    assert r2[0] > 0.95
    pure = regress(z, (50.0 * LABELS)[:, None], LABELS)
    assert pure[2] == [0.0]


def test_the_clearest_attribute_takes_its_direction_first(z: np.ndarray) -> None:
    first, second = np.eye(SIZE)[:2]
    noise = np.random.default_rng(2).standard_normal(COUNT)
    blurred = z @ (first + second) / np.sqrt(2) + 0.5 * noise
    order, directions, r2 = regress(z, np.stack([blurred, z @ first], axis=1), LABELS)
    assert order == [1, 0]
    assert r2[0] > r2[1] > 0.1
    assert directions[0] @ first > 0.99
    assert abs(directions[1] @ second) > 0.9, "what is left at right angles to the first"


def test_explained_knows_up_from_down_and_something_from_nothing() -> None:
    x = np.linspace(-1, 1, 50)
    assert explained(x, 3 * x + 1) == pytest.approx(1.0)
    assert explained(x, -x) == 0.0
    assert explained(x, np.ones(50)) == 0.0
