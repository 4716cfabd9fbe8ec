"""The report on generated digits, held against samples whose quality is known."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.metrics import recognisable, yardsticks
from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.report import FIGURES, evaluate_images

KEYS = [
    *("digit_fd", "digit_fd_floor", "kid", "kid_error", "precision", "recall", "density", "coverage"),
    *("class_kl", "label_accuracy", "memorisation", "n"),
]


@pytest.fixture(scope="module")
def real(digits: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """1,000 training digits, sorted by class, as a model's samples may be."""
    rows = np.concatenate([np.flatnonzero(digits.labels == digit)[:100] for digit in range(10)])
    return digits.images[rows], digits.labels[rows]


@pytest.fixture(scope="module")
def gaussian(digits: Dataset) -> tuple[np.ndarray, np.ndarray]:
    asked = np.arange(1000) % 10
    return yardsticks.per_class_gaussian(digits.images, digits.labels, asked, 0), asked


def test_real_digits_score_as_real_digits_do(real: tuple[np.ndarray, np.ndarray]) -> None:
    figures = evaluate_images(*real)
    assert list(figures) == KEYS
    assert figures["digit_fd"] < 2 * figures["digit_fd_floor"]
    # Sorted by class as they come, each block of KID would compare two classes with two others.
    assert abs(figures["kid"]) < 20
    assert figures["kid_error"] < 20
    assert min(figures["precision"], figures["recall"], figures["density"], figures["coverage"]) > 0.9
    assert figures["label_accuracy"] > 0.98
    assert figures["class_kl"] < 0.001
    assert figures["n"] == 1000


def test_copies_of_training_digits_are_called_copies(real: tuple[np.ndarray, np.ndarray], digits: Dataset) -> None:
    assert evaluate_images(*real)["memorisation"] == pytest.approx(0, abs=0.01)  # float32 leaves a trace
    assert evaluate_images(digits.held_out)["memorisation"] == pytest.approx(1)


def test_the_gaussian_yardstick_is_measured_as_the_feature_nets_card_says(
    gaussian: tuple[np.ndarray, np.ndarray],
) -> None:
    assert evaluate_images(*gaussian)["digit_fd"] == pytest.approx(
        feature_net().yardsticks["per_class_gaussian"], rel=1e-3
    )


def test_a_single_class_is_found_out(digits: Dataset) -> None:
    figures = evaluate_images(digits.images[digits.labels == 3][:300], np.full(300, 3))
    assert figures["class_kl"] == pytest.approx(np.log(10), abs=0.1)
    assert figures["recall"] < 0.5
    assert figures["precision"] > 0.9


def test_without_labels_there_is_no_accuracy(digits: Dataset) -> None:
    assert evaluate_images(digits.held_out[:50])["label_accuracy"] is None


@pytest.mark.parametrize(
    ("count", "missing"),
    [
        (1, {"digit_fd", "digit_fd_floor", "kid", "kid_error", "precision", "recall", "density", "coverage"}),
        (2, {"kid", "kid_error", "precision", "recall", "density", "coverage"}),
        (6, {"kid", "kid_error"}),
        (10, set()),
    ],
)
def test_a_few_images_have_the_figures_they_can_have(digits: Dataset, count: int, missing: set[str]) -> None:
    figures = evaluate_images(digits.held_out[::90][:count], digits.held_out_labels[::90][:count])
    assert {key for key, value in figures.items() if value is None} == missing
    assert all(np.isfinite(value) for value in figures.values() if value is not None)


def test_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        evaluate_images(np.zeros((0, 28, 28), np.uint8))


def test_a_seed_names_a_report(gaussian: tuple[np.ndarray, np.ndarray]) -> None:
    images, asked = gaussian
    assert evaluate_images(images[:200], asked[:200], 1) == evaluate_images(images[:200], asked[:200], 1)
    assert evaluate_images(images[:200], asked[:200], 1)["kid"] != evaluate_images(images[:200], asked[:200], 2)["kid"]


def test_every_figure_has_a_name_for_people() -> None:
    assert set(FIGURES) == set(KEYS) - {"n", "kid_error"}
    assert all(name.zh and name.en for name in FIGURES.values())


def test_recognisable_digits(real: tuple[np.ndarray, np.ndarray], gaussian: tuple[np.ndarray, np.ndarray]) -> None:
    images, labels = real
    assert recognisable.is_recognisable(images, labels)
    assert not recognisable.is_recognisable(images, (labels + 1) % 10)  # not what was asked for
    assert not recognisable.is_recognisable(np.repeat(images[:100], 10, axis=0), np.zeros(1000, int))  # one class only
    asked = gaussian[1]
    assert not recognisable.judge(yardsticks.noise(1000, 0), asked).recognisable


def test_beating_the_gaussian_is_part_of_being_recognisable() -> None:
    good = recognisable.Quality(label_accuracy=0.95, class_kl=0.01, digit_fd=10.0, yardstick=55.0)
    assert good.recognisable
    assert not good._replace(digit_fd=55.0).recognisable
    assert not good._replace(label_accuracy=0.89).recognisable
    assert not good._replace(class_kl=0.05).recognisable
