"""What is usual for an unseen real digit depends on which digit it is."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.latent.neighbours import Neighbours


@pytest.fixture(scope="module")
def neighbours(digits: Dataset) -> Neighbours:
    return Neighbours(digits.images, digits.labels, digits.held_out)


def test_ones_lie_near_each_other_by_nature(neighbours: Neighbours) -> None:
    usual = neighbours.typical_by_label
    assert len(usual) == 10
    assert usual[1] < 0.5 * neighbours.typical < min(usual[:1] + usual[2:])


def test_the_page_calls_no_unseen_real_digit_copied_and_few_near(neighbours: Neighbours, digits: Dataset) -> None:
    """The page's own limits, 0.5 and 0.75, and what it says of them."""
    found = neighbours.nearest(digits.held_out)
    usual = np.array(neighbours.typical_by_label)[neighbours.labels[found.rows[:, 0]]]
    ratios = found.distances[:, 0] / usual
    assert len(ratios) == 1000
    assert (ratios < 0.5).sum() == 0
    assert (ratios < 0.75).mean() == pytest.approx(0.06, abs=0.005)


def test_a_blurred_training_digit_is_called_copied(neighbours: Neighbours, digits: Dataset) -> None:
    images = digits.images[::40].astype(np.float32)
    blurred = sum(np.roll(images, shift, axis) for shift in (1, -1) for axis in (1, 2)) / 8 + images / 2
    found = neighbours.nearest(blurred.round().astype(np.uint8))
    usual = np.array(neighbours.typical_by_label)[neighbours.labels[found.rows[:, 0]]]
    assert (found.distances[:, 0] / usual < 0.5).mean() > 0.95


def test_a_label_that_no_unseen_digit_is_near_to_has_the_figure_of_all() -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    images[1] = 255
    held_out = images[:1] + np.uint8(51)
    few = Neighbours(images, np.array([0, 7]), held_out)
    assert few.typical_by_label == pytest.approx([0.2 * 28] * 10)
