"""What a few noisy measurements say: medians and ranges, fair orders of measuring, costs against a baseline, slopes."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median of `values` and their range; raises `statistics.StatisticsError` where there are none."""
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def back_and_forth(conditions: Sequence[T], rounds: int) -> list[list[T]]:
    """Each round all conditions, every second one in reverse: what drifts slowly falls on all of them alike."""
    return [list(conditions if number % 2 == 0 else reversed(conditions)) for number in range(rounds)]


def costs(rounds: Sequence[Mapping[str, float]], baseline: str) -> dict[str, dict[str, float]]:
    """By how much each condition is slower than the baseline of its own round: 0.1 is a tenth fewer steps a second."""
    names = [name for name in rounds[0] if name != baseline]
    return {name: spread([1.0 - figures[name] / figures[baseline] for figures in rounds]) for name in names}


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """The rise of the straight line through the points by least squares; 0 for fewer than two different `x`."""
    if len(set(x)) < 2:
        return 0.0
    return statistics.linear_regression(x, y).slope


def thinned(samples: Sequence[T], most: int) -> list[T]:
    """At most `most` of the samples, evenly chosen, with the first and the last; `most` is 2 or more."""
    if len(samples) <= most:
        return list(samples)
    last = len(samples) - 1
    return [samples[round(place * last / (most - 1))] for place in range(most)]
