"""The matching of categories with digits, against trying every one."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from aigc_demo.metrics.matching import match
from aigc_demo.metrics.report import asked_for


def test_a_permutation_is_found_and_counted_whole() -> None:
    order = np.array([3, 1, 4, 0, 5, 9, 2, 6, 8, 7])
    categories = np.arange(50) % 10
    assert match(order[categories], categories) == (order.tolist(), 1.0)


def test_no_digit_is_given_twice() -> None:
    categories = np.arange(100) % 10
    predicted = np.where(categories < 2, 7, categories)  # categories 0 and 1 both draw sevens, and so does 7
    matching = match(predicted, categories)
    assert sorted(matching.digits) == list(range(10))
    assert matching.accuracy == pytest.approx(0.8)


def test_it_is_the_best_of_all_matchings() -> None:
    generator = np.random.default_rng(5)
    categories, predicted = generator.integers(0, 4, 60), generator.integers(0, 4, 60)
    best = max(np.mean(np.array(digits)[categories] == predicted) for digits in permutations(range(4)))
    assert match(predicted, categories).accuracy == pytest.approx(best)


def test_only_a_model_that_sorts_itself_is_matched() -> None:
    predicted, asked = np.array([1, 2, 2]), np.array([5, 6, 6])
    assert asked_for(predicted, asked, False) == {"label_accuracy": 0.0}
    assert asked_for(predicted, None, True) == {"label_accuracy": None}
    found = asked_for(predicted, asked, True)
    assert found["label_accuracy"] == 1.0 and found["categories"][5:7] == [1, 2]
