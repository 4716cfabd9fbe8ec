"""Which digit each category of a model stands for that was never told: the one-to-one matching that fits best."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from aigc_demo.metrics.classes import CLASSES


class Matching(NamedTuple):
    """`digits[c]` is the digit that category c stands for; `accuracy` the share of images that show theirs."""

    digits: list[int]
    accuracy: float


def match(predicted: np.ndarray, categories: np.ndarray) -> Matching:
    """The best matching of categories [n] in 0..9 with the digits [n] that are read in the images.

    By the Hungarian method (Kuhn 1955): no digit is given to two categories, so that a model which draws the same digit
    in two of them does not count both.
    """
    seen = np.zeros((CLASSES, CLASSES), np.int64)
    np.add.at(seen, (categories, predicted), 1)
    rows, digits = linear_sum_assignment(seen, maximize=True)
    return Matching([int(digit) for digit in digits], float(seen[rows, digits].sum() / max(len(predicted), 1)))
