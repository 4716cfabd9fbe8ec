"""Attributes of drawn shapes whose measures are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.data import Dataset
from aigc_demo.latent import attributes
from aigc_demo.latent.attributes import NAMED, shape_of


def bar(width: int, height: int, left: int = 10, top: int = 4) -> np.ndarray:
    """A white upright bar."""
    image = np.zeros((28, 28), np.uint8)
    image[top : top + height, left : left + width] = 255
    return image


def leaning(shear: float) -> np.ndarray:
    """A bar whose rows move to the right by `shear` pixels a row, going up; its edges are anti-aliased."""
    rows, columns = np.arange(28)[:, None], np.arange(28)[None, :]
    middle = 13.5 + shear * (13.5 - rows)
    cover = np.clip(2.5 - np.abs(columns - middle), 0.0, 1.0)
    return np.where((rows > 3) & (rows < 24), np.round(255 * cover), 0).astype(np.uint8)


def measured(name: str, *images: np.ndarray) -> list[float]:
    return [float(value) for value in getattr(attributes, name)(shape_of(np.stack(images)))]


def test_a_bar_is_as_wide_and_as_high_as_it_was_drawn() -> None:
    assert measured("width", bar(4, 20), bar(9, 3)) == pytest.approx([4, 9], rel=0.05)
    assert measured("height", bar(4, 20), bar(9, 3)) == pytest.approx([20, 3], rel=0.07)
    assert measured("ink", bar(4, 20), bar(9, 3)) == pytest.approx([80, 27])
    assert measured("slant", bar(4, 20), bar(9, 3)) == pytest.approx([0, 0], abs=1e-6)


def test_where_a_digit_stands_does_not_matter() -> None:
    for name in ("slant", "weight", "width", "height", "ink"):
        here, there = measured(name, bar(4, 12, 3, 2), bar(4, 12, 20, 14))
        assert here == pytest.approx(there, abs=1e-5), name


def test_thickness_is_twice_the_area_over_the_outline() -> None:
    for thick in (2, 3, 5):
        exact = 2 * (thick * 24) / (2 * (thick + 24))
        assert measured("weight", bar(thick, 24, top=2)) == pytest.approx([exact], rel=0.03)


def test_a_soft_edge_does_not_change_the_weight() -> None:
    sharp = bar(4, 20)
    soft = sharp.copy()
    soft[4:24, 10] = soft[4:24, 14] = 128  # the same bar, half a pixel further to the right
    assert measured("weight", soft) == pytest.approx(measured("weight", sharp), rel=0.02)


@pytest.mark.parametrize("shear", [-0.5, -0.2, 0.0, 0.3])
def test_slant_is_the_angle_of_the_shear_and_leaves_the_width_alone(shear: float) -> None:
    assert measured("slant", leaning(shear)) == pytest.approx([np.arctan(shear)], abs=0.02)
    assert measured("width", leaning(shear)) == pytest.approx(measured("width", leaning(0.0)), rel=0.1)
    assert measured("height", leaning(shear)) == pytest.approx([20.0], rel=0.02)


def test_a_faint_background_is_no_ink() -> None:
    dirty = np.maximum(bar(4, 20), np.uint8(40))
    for name in ("slant", "width", "height", "ink"):
        assert measured(name, dirty) == pytest.approx(measured(name, bar(4, 20)), abs=1e-6)


@given(st.sampled_from(["empty", "full", "pixel", "row", "noise"]), st.integers(0, 50))
def test_every_image_has_finite_attributes(kind: str, seed: int) -> None:
    image = np.zeros((28, 28), np.uint8)
    if kind == "full":
        image[:] = 255
    elif kind == "pixel":
        image[seed % 28, seed // 28] = 255
    elif kind == "row":
        image[seed % 28] = 255
    elif kind == "noise":
        image[:] = np.random.default_rng(seed).integers(0, 256, (28, 28))
    for attribute in NAMED:
        assert np.isfinite(attribute.of(shape_of(image[None]))).all(), attribute.key


def test_real_digits_measure_as_people_see_them(digits: Dataset) -> None:
    """Ones are thin across, most hands lean to the right, and a pen is two to three pixels wide."""
    shape = shape_of(digits.images)
    wide = [float(np.median(attributes.width(shape)[digits.labels == digit])) for digit in range(10)]
    assert wide[1] < 0.5 * min(wide[:1] + wide[2:])
    assert 0.05 < np.median(attributes.slant(shape)) < 0.3
    assert 1.8 < np.median(attributes.weight(shape)) < 3.0
