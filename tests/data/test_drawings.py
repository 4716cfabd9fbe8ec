"""Drawings as visitors send them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.data.drawings import as_drawing, check_ink
from aigc_demo.text import VisitorError

NUMBERS = st.one_of(st.integers(0, 255), st.floats(0, 255))


@given(value=NUMBERS, place=st.integers(0, 783))
def test_784_numbers_are_an_image(value: float, place: int) -> None:
    values: list[float] = [255] * 784
    values[place] = value
    image = as_drawing(values)
    assert (image.shape, image.dtype) == ((28, 28), np.uint8)
    assert abs(float(image[place // 28, place % 28]) - value) <= 0.5
    assert image.sum() >= 783 * 255


JUNK = st.one_of(
    st.none(), st.booleans(), st.text(max_size=3), st.integers(256), st.integers(max_value=-1), st.just([0])
)


@given(bad=JUNK, place=st.integers(0, 783))
def test_a_single_thing_that_is_no_pixel_spoils_it(bad: Any, place: int) -> None:
    values: list[Any] = [7] * 784
    values[place] = bad
    with pytest.raises(VisitorError, match="784"):
        as_drawing(values)


@pytest.mark.parametrize(
    "values", [None, 5, "x" * 784, {}, [], [0] * 783, [0] * 785, [[0] * 28] * 28, [float("nan")] * 784, [1e308] * 784]
)
def test_what_is_no_drawing_is_refused(values: Any) -> None:
    with pytest.raises(VisitorError, match="784"):
        as_drawing(values)


def test_without_ink_there_is_nothing_to_search_for() -> None:
    for faint in (0, 31):
        with pytest.raises(VisitorError, match="draw a digit"):
            check_ink(np.full((28, 28), faint, np.uint8))
    image = np.zeros((28, 28), np.uint8)
    image[3, 4] = 32
    assert check_ink(image) is image
