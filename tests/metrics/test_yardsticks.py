"""Samplers without a GAN do what their name says."""

from __future__ import annotations

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.metrics.yardsticks import mean_digit, noise, per_class_gaussian


def _grey(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Two classes of mid-grey images with three directions of variation, so that clipping never acts."""
    generator = np.random.default_rng(0)
    labels = np.arange(count) % 2 * 6  # the classes 0 and 6
    directions = generator.normal(size=(2, 3, 784))
    weights = generator.normal(size=(count, 3))
    flat = 110 + labels[:, None] * 4 + 7 * np.einsum("nk,nkp->np", weights, directions[labels // 6])
    return flat.round().clip(0, 255).astype(np.uint8).reshape(-1, 28, 28), labels


def test_noise_is_uniform_and_belongs_to_its_seed() -> None:
    images = noise(200, 3)
    assert images.shape == (200, 28, 28)
    assert images.dtype == np.uint8
    np.testing.assert_array_equal(images, noise(200, 3))
    assert not np.array_equal(images, noise(200, 4))
    shares = np.bincount(images.ravel(), minlength=256) / images.size
    assert abs(shares * 256 - 1).max() < 0.2


def test_mean_digit_is_the_average_over_and_over(digits: Dataset) -> None:
    images = mean_digit(digits.images, 5)
    assert images.shape == (5, 28, 28)
    assert images.dtype == np.uint8
    assert (images == images[0]).all()
    assert abs(images[0] - digits.images.mean(axis=0)).max() <= 0.5
    nudged = np.clip(images[0].astype(int) + 3, 0, 255)
    errors = [((digits.images - guess.astype(float)) ** 2).mean() for guess in (images[0], nudged, digits.images[0])]
    assert errors[0] == min(errors)  # what minimises the tutorial's distance term


def test_gaussian_has_the_mean_and_covariance_of_each_class() -> None:
    images, labels = _grey()
    asked = np.repeat([0, 6], 4000)
    drawn = per_class_gaussian(images, labels, asked, 0)
    assert drawn.shape == (8000, 28, 28)
    assert drawn.dtype == np.uint8
    for digit in (0, 6):
        members = images[labels == digit].reshape(-1, 784).astype(float)
        samples = drawn[asked == digit].reshape(-1, 784).astype(float)
        assert abs(samples.mean(axis=0) - members.mean(axis=0)).max() < 2
        real, made = np.cov(members, rowvar=False), np.cov(samples, rowvar=False)
        assert np.linalg.norm(real - made) < 0.08 * np.linalg.norm(real)


def test_gaussian_answers_in_the_order_asked() -> None:
    images, labels = _grey()
    asked = np.array([6, 0, 0, 6, 6])
    drawn = per_class_gaussian(images, labels, asked, 1).reshape(5, 784).mean(axis=1)
    assert ((drawn > 122) == (asked == 6)).all()


def test_gaussian_samples_differ_and_belong_to_their_seed() -> None:
    images, labels = _grey()
    asked = np.zeros(6, int)
    drawn = per_class_gaussian(images, labels, asked, 2)
    np.testing.assert_array_equal(drawn, per_class_gaussian(images, labels, asked, 2))
    assert len(np.unique(drawn.reshape(6, -1), axis=0)) == 6
    assert not np.array_equal(drawn, per_class_gaussian(images, labels, asked, 3))


def test_gaussian_of_real_digits_stays_in_pixel_range(digits: Dataset) -> None:
    asked = np.arange(50) % 10
    drawn = per_class_gaussian(digits.images, digits.labels, asked, 0)
    assert drawn.min() == 0
    assert drawn.max() == 255  # clipped, not wrapped round
    assert drawn.mean() < 60
