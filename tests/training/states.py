"""Comparing what trainers remember."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

State = Mapping[str, np.ndarray]


def assert_same(state: State, other: State) -> None:
    """Every variable is the same, bit for bit."""
    assert state.keys() == other.keys()
    for name, value in state.items():
        np.testing.assert_array_equal(value, other[name], err_msg=name)


def moved(before: State, after: State) -> set[str]:
    """The names of the variables that differ."""
    return {name for name, value in before.items() if not np.array_equal(value, after[name])}
