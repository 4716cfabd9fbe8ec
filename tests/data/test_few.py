"""The datasets that are small on purpose."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import DATASETS, Dataset, load
from aigc_demo.data.hub_catalogue import HUB_SETS


@pytest.mark.parametrize(("name", "labels"), [("ten_digits", list(range(10))), ("one_image", [5])])
def test_few_digits_are_training_digits_of_the_classes_they_promise(
    name: str, labels: list[int], digits: Dataset
) -> None:
    few = load(name)
    assert few.name == name
    assert few.labels.tolist() == labels
    for image, label in zip(few.images, few.labels, strict=True):
        found = np.flatnonzero((digits.images == image).all(axis=(1, 2)))
        assert digits.labels[found].tolist() == [label]
        assert not (digits.held_out == image).all(axis=(1, 2)).any()
    np.testing.assert_array_equal(few.held_out, digits.held_out)  # what a D that knows only these is held against


def test_every_dataset_is_another_one() -> None:
    bundled = [name for name in DATASETS if name not in HUB_SETS]
    assert len({load(name).fingerprint for name in bundled}) == len(bundled)
