"""The figures of a probe on pictures whose faults are known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from aigc_demo.data import Dataset, load
from aigc_demo.metrics import yardsticks
from aigc_demo.metrics.live import live_figures
from aigc_demo.metrics.memorising import memorisation
from aigc_demo.metrics.report import evaluate_images

KEYS = {
    *("digit_fd", "digit_fd_floor", "kid", "kid_error", "precision", "recall", "density", "coverage"),
    *("class_kl", "classes", "data_classes", "label_accuracy", "diversity", "variance_ratio", "mean_distance"),
    *("memorisation", "d_gap", "d_gap_share", "n", "seed"),
}


@pytest.fixture(scope="module")
def real(digits: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """500 held-out digits, 50 a class."""
    rows = np.concatenate([np.flatnonzero(digits.held_out_labels == digit)[:50] for digit in range(10)])
    return digits.held_out[rows], digits.held_out_labels[rows]


def test_real_digits_score_as_real_digits_do(real: tuple[np.ndarray, np.ndarray]) -> None:
    figures = live_figures(*real)
    assert set(figures) == KEYS
    assert figures["digit_fd"] < 2 * figures["digit_fd_floor"]
    assert figures["diversity"] == pytest.approx(1, abs=0.1)
    assert figures["variance_ratio"] == pytest.approx(1, abs=0.05)
    assert figures["mean_distance"] < 2
    assert figures["memorisation"] == pytest.approx(1, abs=0.05)
    assert figures["classes"] == pytest.approx([0.1] * 10, abs=0.01)
    assert figures["label_accuracy"] > 0.97
    assert (figures["n"], figures["seed"]) == (500, 0)
    json.dumps(figures, allow_nan=False)  # as a message holds them


def test_the_distances_are_those_of_the_report(real: tuple[np.ndarray, np.ndarray]) -> None:
    images = real[0][:200]
    figures, report = live_figures(images, seed=3), evaluate_images(images, seed=3)
    for key in ("digit_fd", "digit_fd_floor", "kid", "precision", "recall", "density", "coverage", "class_kl"):
        assert figures[key] == report[key]


def test_one_class_is_one_bar_with_all_its_variety(digits: Dataset) -> None:
    figures = live_figures(digits.images[digits.labels == 3][:200])
    assert figures["classes"][3] > 0.95
    assert figures["class_kl"] == pytest.approx(np.log(10), abs=0.2)
    assert figures["diversity"] == pytest.approx(1, abs=0.15)
    assert figures["label_accuracy"] is None


def test_ten_prototypes_have_every_class_and_no_variety(digits: Dataset) -> None:
    means = [digits.images[digits.labels == digit].mean(axis=0) for digit in range(10)]
    figures = live_figures(np.repeat(np.stack(means).round().astype(np.uint8), 20, axis=0))
    assert figures["class_kl"] == pytest.approx(0, abs=1e-6)
    assert figures["diversity"] == pytest.approx(0, abs=1e-3)


def test_the_mean_digit_is_one_picture_at_the_mean(digits: Dataset) -> None:
    figures = live_figures(yardsticks.mean_digit(digits.images, 100))
    assert figures["variance_ratio"] == pytest.approx(0, abs=1e-6)
    assert figures["mean_distance"] == pytest.approx(0, abs=0.1)
    assert figures["digit_fd"] == pytest.approx(yardsticks.measured_yardsticks()["mean_digit"], rel=0.01)


def test_noise_is_far_from_every_digit() -> None:
    figures = live_figures(yardsticks.noise(300, 0))
    assert figures["memorisation"] > 2
    assert figures["digit_fd"] > 300


def test_copies_are_copies_of_what_the_run_learns_from(digits: Dataset) -> None:
    few = load("ten_digits")
    copies = np.repeat(few.images, 5, axis=0)
    assert live_figures(copies, dataset=few)["memorisation"] == pytest.approx(0, abs=0.01)
    assert live_figures(digits.images[:50], dataset=few)["memorisation"] > 0.5  # real, but none of the ten
    assert live_figures(digits.images[:50])["memorisation"] == pytest.approx(0, abs=0.01)
    assert live_figures(copies, dataset=few)["data_classes"] == pytest.approx([0.1] * 10)


def test_a_dataset_without_held_out_digits_is_held_against_ours(digits: Dataset) -> None:
    own = Dataset("mine", digits.images[:200], digits.labels[:200], digits.images[:0], digits.labels[:0])
    assert memorisation(digits.held_out, own) == pytest.approx(1, abs=0.01)
    same = Dataset("same", digits.held_out, digits.held_out_labels, digits.images[:0], digits.labels[:0])
    assert np.isfinite(memorisation(digits.images[:50], same))  # our held-out digits are all in it


def test_d_overfits_where_it_knows_only_what_it_was_shown() -> None:
    images = load("digits5k").held_out[:20]
    ones = np.ones(8)
    figures = live_figures(images, d_scores_train=3 * ones, d_scores_held_out=ones, d_scores_fake=-ones)
    assert figures["d_gap"] == pytest.approx(2)
    assert figures["d_gap_share"] == pytest.approx(0.5)
    beaten = live_figures(images, d_scores_train=ones, d_scores_held_out=0 * ones, d_scores_fake=2 * ones)
    assert beaten["d_gap_share"] is None  # it has no lead to take a part of
    assert live_figures(images, d_scores_train=ones, d_scores_held_out=ones)["d_gap_share"] is None
    assert live_figures(images, d_scores_train=ones, d_scores_held_out=ones[:0])["d_gap"] is None


@pytest.mark.parametrize("count", [1, 2, 6, 12])
def test_a_few_images_have_the_figures_they_can_have(digits: Dataset, count: int) -> None:
    figures = live_figures(digits.held_out[::80][:count])
    assert all(np.isfinite(value) for value in figures.values() if isinstance(value, float))
    assert (figures["digit_fd"] is None) == (count == 1)


def test_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        live_figures(np.zeros((0, 28, 28), np.uint8))
