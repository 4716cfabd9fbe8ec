"""Distances between sets of features against closed forms and against slow, independent implementations."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from aigc_demo.metrics.distances import (
    Moments,
    frechet_distance,
    kernel_distance,
    moments,
    nearest_distances,
    neighbourhood,
)


def _normal(count: int, size: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, size))


def _covariance(size: int, seed: int) -> np.ndarray:
    root = np.random.default_rng(seed).normal(size=(size, size))
    return root @ root.T / size


def test_moments_are_mean_and_unbiased_covariance() -> None:
    features = _normal(7, 3, 0).astype(np.float32)
    made = moments(features)
    centred = features.astype(np.float64) - features.astype(np.float64).mean(axis=0)
    np.testing.assert_allclose(made.mean, features.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(made.covariance, centred.T @ centred / 6, atol=1e-12)
    assert made.covariance.dtype == np.float64
    with pytest.raises(ValueError, match="two"):
        moments(features[:1])


def test_frechet_distance_of_one_dimensional_gaussians() -> None:
    """(m1 - m2)^2 + (s1 - s2)^2."""
    first, second = (Moments(np.array([m]), np.array([[s**2]])) for m, s in ((1.0, 2.0), (-2.0, 0.5)))
    assert frechet_distance(first, second) == pytest.approx(9 + 1.5**2)


def test_frechet_distance_of_gaussians_with_common_axes() -> None:
    generator = np.random.default_rng(0)
    axes = np.linalg.qr(generator.normal(size=(6, 6)))[0]
    scales = generator.uniform(0.1, 3, (2, 6))
    means = generator.normal(size=(2, 6))
    first, second = (Moments(mean, axes * scale**2 @ axes.T) for mean, scale in zip(means, scales, strict=True))
    expected = ((means[0] - means[1]) ** 2).sum() + ((scales[0] - scales[1]) ** 2).sum()
    assert frechet_distance(first, second) == pytest.approx(expected)


def test_frechet_distance_where_the_axes_differ() -> None:
    """The trace of the root by the eigenvalues of the unsymmetric product C1 C2, another way to the same number."""
    one, two = _covariance(5, 1), _covariance(5, 2)
    assert not np.allclose(one @ two, two @ one)
    cross = np.sqrt(np.linalg.eigvals(one @ two)).real.sum()
    expected = np.trace(one) + np.trace(two) - 2 * cross + 5 * 0.09
    assert frechet_distance(Moments(np.zeros(5), one), Moments(np.full(5, 0.3), two)) == pytest.approx(expected)


def test_frechet_distance_is_symmetric_and_zero_on_itself() -> None:
    first = Moments(np.arange(5.0), _covariance(5, 1))
    second = Moments(np.ones(5), _covariance(5, 2))
    assert frechet_distance(first, second) == pytest.approx(frechet_distance(second, first))
    assert frechet_distance(first, first) == pytest.approx(0, abs=1e-9)
    assert frechet_distance(first, second) > 1


def test_frechet_distance_needs_no_full_rank() -> None:
    """Ten samples in 64 dimensions: a singular covariance, and still a finite, correct number."""
    few = moments(_normal(10, 64, 0))
    assert np.linalg.matrix_rank(few.covariance) == 9
    assert frechet_distance(few, few) == pytest.approx(0, abs=1e-5)
    point = Moments(few.mean, np.zeros((64, 64)))
    assert frechet_distance(few, point) == pytest.approx(np.trace(few.covariance))


@pytest.mark.parametrize("count", [500, 2000])
def test_frechet_distance_of_equal_laws_is_biased_up_as_predicted(count: int) -> None:
    """Two sets of N unit Gaussians in d dimensions: about d (d + 5) / 2N, so small sets look worse than they are."""
    size = 16
    measured = [
        frechet_distance(moments(_normal(count, size, seed)), moments(_normal(count, size, 1000 + seed)))
        for seed in range(20)
    ]
    assert np.mean(measured) == pytest.approx(size * (size + 5) / (2 * count), rel=0.08)


def test_frechet_distance_to_known_moments_is_half_as_biased() -> None:
    known = Moments(np.zeros(16), np.eye(16))
    measured = [frechet_distance(moments(_normal(1000, 16, seed)), known) for seed in range(20)]
    assert np.mean(measured) == pytest.approx(16 * 21 / 4000, rel=0.08)


def _slow_kid(x: np.ndarray, y: np.ndarray) -> float:
    def kernel(a: np.ndarray, b: np.ndarray) -> float:
        return float((a @ b / len(a) + 1) ** 3)

    n, m = len(x), len(y)
    within_x = sum(kernel(x[i], x[j]) for i, j in product(range(n), repeat=2) if i != j) / (n * (n - 1))
    within_y = sum(kernel(y[i], y[j]) for i, j in product(range(m), repeat=2) if i != j) / (m * (m - 1))
    return within_x + within_y - 2 * sum(kernel(a, b) for a, b in product(x, y)) / (n * m)


def test_kernel_distance_is_the_mean_of_its_blocks() -> None:
    x, y = _normal(13, 4, 0), 0.5 + _normal(12, 4, 1)
    blocks = [_slow_kid(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 8)]
    made = kernel_distance(x, y, blocks=3)
    assert made.value == pytest.approx(np.mean(blocks))
    assert made.error == pytest.approx(np.std(blocks, ddof=1) / np.sqrt(3))


def test_kernel_distance_of_equal_laws_is_zero_on_average_and_may_be_negative() -> None:
    made = [kernel_distance(_normal(200, 16, seed), _normal(200, 16, 1000 + seed)) for seed in range(60)]
    values = np.array([one.value for one in made])
    assert abs(values.mean()) < 3 * values.std() / np.sqrt(60)
    assert 10 < (values < 0).sum() < 50
    # The printed error is the size of the estimate's own scatter.
    assert np.mean([one.error for one in made]) == pytest.approx(values.std(), rel=0.35)


def test_kernel_distance_sees_a_difference() -> None:
    made = kernel_distance(_normal(200, 16, 0), 0.5 + _normal(200, 16, 1))
    assert made.value > 5 * made.error > 0
    other_spread = kernel_distance(_normal(200, 16, 0), 1.5 * _normal(200, 16, 1))
    assert other_spread.value > 3 * other_spread.error


def test_kernel_distance_needs_two_samples_a_block() -> None:
    with pytest.raises(ValueError, match="at least 10"):
        kernel_distance(_normal(9, 2, 0), _normal(100, 2, 1))


def _slow_neighbourhood(real: np.ndarray, fake: np.ndarray, k: int) -> tuple[float, float, float, float]:
    def radius(points: np.ndarray, index: int) -> float:
        others = [float(np.linalg.norm(points[index] - p)) for j, p in enumerate(points) if j != index]
        return sorted(others)[k - 1]

    n, m = len(real), len(fake)
    real_radii, fake_radii = ([radius(points, i) for i in range(len(points))] for points in (real, fake))
    in_real = [[np.linalg.norm(real[i] - fake[j]) <= real_radii[i] for j in range(m)] for i in range(n)]
    in_fake = [[np.linalg.norm(real[i] - fake[j]) <= fake_radii[j] for j in range(m)] for i in range(n)]
    return (
        sum(any(in_real[i][j] for i in range(n)) for j in range(m)) / m,
        sum(any(row) for row in in_fake) / n,
        sum(sum(row) for row in in_real) / (k * m),
        sum(any(row) for row in in_real) / n,
    )


@pytest.mark.parametrize(("k", "shift"), [(1, 0.0), (3, 0.8), (5, 2.0)])
def test_neighbourhood_is_what_its_definition_says(k: int, shift: float) -> None:
    real, fake = _normal(30, 3, 0), shift + 0.7 * _normal(25, 3, 1)
    np.testing.assert_allclose(neighbourhood(real, fake, k), _slow_neighbourhood(real, fake, k), atol=1e-12)


@pytest.mark.parametrize(("k", "size"), [(5, 2), (5, 16), (3, 16)])
def test_coverage_of_equal_laws_is_known_whatever_the_dimension(k: int, size: int) -> None:
    """1 - prod (N - i) / (M + N - i) for i = 1 .. k, tending to 1 - 2^-k: .969 for k = 5; density is 1."""
    count = 300
    made = [neighbourhood(_normal(count, size, s), _normal(count, size, 1000 + s), k) for s in range(12)]
    expected = 1 - np.prod([(count - i) / (2 * count - i) for i in range(1, k + 1)])
    assert expected == pytest.approx(1 - 0.5**k, abs=0.003)
    assert np.mean([one.coverage for one in made]) == pytest.approx(expected, abs=0.007)
    assert np.mean([one.density for one in made]) == pytest.approx(1, abs=0.05)


def test_neighbourhood_tells_dropping_modes_from_bad_samples() -> None:
    real = np.concatenate([_normal(100, 2, 0), 100 + _normal(100, 2, 1)])
    collapsed = _normal(200, 2, 2)
    scattered = np.concatenate([_normal(100, 2, 3), 100 + _normal(50, 2, 4), 50 + _normal(50, 2, 5)])
    assert neighbourhood(real, collapsed).coverage == pytest.approx(0.5, abs=0.02)
    assert neighbourhood(real, collapsed).recall <= 0.5
    assert neighbourhood(real, collapsed).precision > 0.9
    assert neighbourhood(real, scattered).precision == pytest.approx(0.75, abs=0.05)
    assert neighbourhood(real, scattered).recall > 0.9


def test_neighbourhood_needs_more_samples_than_neighbours() -> None:
    with pytest.raises(ValueError, match="more than 5"):
        neighbourhood(_normal(50, 2, 0), _normal(5, 2, 1))


def test_nearest_distances_against_every_pair() -> None:
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (503, 28, 28), dtype=np.uint8)  # more than one block of rows
    references = generator.integers(0, 256, (17, 28, 28), dtype=np.uint8)
    references[3] = images[500]
    images[7] //= 4
    found = nearest_distances(images, references)
    scaled, others = images / 255.0, references / 255.0
    slow = np.array([np.sqrt(((image - others) ** 2).sum(axis=(1, 2))).min() for image in scaled])
    np.testing.assert_allclose(found, slow, rtol=1e-4, atol=0.02)
    assert found[500] == pytest.approx(0, abs=0.02)
    assert found.shape == (503,)
