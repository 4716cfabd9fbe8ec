"""Figures read off predicted classes."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.metrics.classes import class_histogram, class_kl, label_accuracy

PREDICTED = st.lists(st.integers(0, 9), min_size=1, max_size=200).map(np.array)


@given(PREDICTED)
def test_shares_add_up_to_one(predicted: np.ndarray) -> None:
    share = class_histogram(predicted)
    assert share.shape == (10,)
    assert share.sum() == pytest.approx(1)
    np.testing.assert_allclose(share * len(predicted), [(predicted == digit).sum() for digit in range(10)])


@given(PREDICTED, st.permutations(range(10)))
def test_kl_lies_between_even_and_a_single_class_and_does_not_care_which(
    predicted: np.ndarray, renamed: list[int]
) -> None:
    kl = class_kl(predicted)
    assert -1e-12 <= kl <= log(10) + 1e-12
    assert class_kl(np.array(renamed)[predicted]) == pytest.approx(kl, abs=1e-12)
    share = class_histogram(predicted)
    entropy = -sum(p * log(p) for p in share if p > 0)
    assert kl == pytest.approx(log(10) - entropy, abs=1e-9)


def test_kl_of_known_shares() -> None:
    assert class_kl(np.arange(10)) == pytest.approx(0, abs=1e-12)
    assert class_kl(np.full(50, 7)) == pytest.approx(log(10))
    assert class_kl(np.arange(50) % 5) == pytest.approx(log(2))


def test_kl_of_an_even_sampler_is_biased_as_predicted() -> None:
    """(10 - 1) / 2n: .0045 at a thousand samples."""
    generator = np.random.default_rng(0)
    measured = [class_kl(generator.integers(0, 10, 1000)) for _ in range(400)]
    assert np.mean(measured) == pytest.approx(0.0045, rel=0.1)


def test_accuracy_is_the_share_read_as_asked() -> None:
    assert label_accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 0, 4])) == 0.75
    assert label_accuracy(np.array([1]), np.array([1])) == 1.0
