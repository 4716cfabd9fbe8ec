"""The nearest real digits, against a search by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.data import Dataset
from aigc_demo.latent.neighbours import Neighbours


def some(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 28, 28), dtype=np.uint8)


@given(seed=st.integers(0, 1000), known=st.integers(1, 12), count=st.integers(1, 15))
def test_against_brute_force(seed: int, known: int, count: int) -> None:
    references, images = some(seed, known), some(seed + 1, 3)
    found = Neighbours(references, np.arange(known) % 10, references[:0]).nearest(images, count)
    every = np.array([[np.linalg.norm(a / 255.0 - b / 255.0) for b in references] for a in images])
    order = np.argsort(every, axis=1)[:, :count]
    assert found.rows.shape == (3, min(count, known))
    np.testing.assert_allclose(found.distances, np.take_along_axis(every, order, axis=1), rtol=1e-5)
    np.testing.assert_array_equal(found.rows, order)


def test_a_copy_is_at_distance_zero(digits: Dataset) -> None:
    neighbours = Neighbours(digits.images, digits.labels, digits.held_out)
    found = neighbours.nearest(digits.images[[5, 3999]], 2)
    assert found.rows[:, 0].tolist() == [5, 3999]
    assert found.distances[:, 0].tolist() == [0.0, 0.0]
    assert (found.distances[:, 1] > 1).all()


def test_the_typical_distance_is_that_of_new_digits(digits: Dataset) -> None:
    few = Neighbours(digits.images[:500], digits.labels[:500], digits.held_out[:100])
    by_hand = [
        min(np.linalg.norm(new / 255.0 - old / 255.0) for old in digits.images[:500]) for new in digits.held_out[:100]
    ]
    assert few.typical == pytest.approx(np.median(by_hand), rel=1e-4)
