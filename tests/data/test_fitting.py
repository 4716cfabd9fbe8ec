"""Fitting images as MNIST was made, tried on MNIST's own digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aigc_demo.data import Dataset
from aigc_demo.data.fitting import fit, read_grey
from aigc_demo.text import NotFound, VisitorError


def error(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.sqrt(np.mean((first / 255.0 - second / 255.0) ** 2)))


@pytest.fixture(scope="module")
def some(digits: Dataset) -> np.ndarray:
    return digits.held_out[::25]


def moved(image: np.ndarray, top: int, left: int, side: int, paper: int = 0) -> np.ndarray:
    field = np.full((side, side), paper, np.uint8)
    field[top : top + image.shape[0], left : left + image.shape[1]] = image
    return field


def enlarged(image: np.ndarray, factor: int) -> np.ndarray:
    return image.repeat(factor, axis=0).repeat(factor, axis=1)


def test_a_digit_of_mnist_stays_what_it_is(some: np.ndarray) -> None:
    errors = [error(fit(image), image) for image in some]
    assert np.median(errors) == 0.0
    assert max(errors) < 0.15  # where its centre lies between two pixels, rounding may go the other way


@pytest.mark.parametrize("factor", [1, 3, 8])
def test_wherever_it_lies_and_however_large_it_comes_back(some: np.ndarray, factor: int) -> None:
    errors = [error(fit(moved(enlarged(image, factor), 9, 70, 28 * factor + 80)), image) for image in some]
    assert np.median(errors) < 0.03
    assert np.quantile(errors, 0.9) < 0.05


def test_dark_ink_on_light_paper_is_the_same_digit(some: np.ndarray) -> None:
    for image in some[:10]:
        light = moved(image, 5, 11, 50)
        np.testing.assert_array_equal(fit(255 - light), fit(light))


def test_grey_paper_and_grey_ink_become_black_and_white(some: np.ndarray) -> None:
    image = some[0]
    pencil = 200 - 0.4 * moved(image, 5, 11, 50).astype(np.float32)
    assert error(fit(pencil), image) < 0.02
    assert fit(pencil).max() == 255


def test_proportions_are_kept_and_the_middle_is_that_of_the_mass() -> None:
    tall = np.zeros((300, 200), np.uint8)
    tall[20:260, 90:114] = 255
    fitted = fit(tall)
    rows, columns = np.flatnonzero(fitted.any(axis=1)), np.flatnonzero(fitted.any(axis=0))
    assert (len(rows), len(columns)) == (20, 2)
    assert abs(float((fitted.sum(axis=1) * np.arange(28)).sum() / fitted.sum()) - 14) <= 0.5


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_nothing_drawn_is_a_blank_field(paper: int) -> None:
    assert not fit(np.full((40, 30), paper, np.uint8)).any()
    assert not fit(np.full((1, 1), paper, np.uint8)).any()


def test_one_pixel_and_a_heavy_corner_stay_inside() -> None:
    dot = np.zeros((28, 28), np.uint8)
    dot[0, 27] = 255
    assert fit(dot).any()
    corner = np.zeros((60, 60), np.uint8)
    corner[0:3, 0:60] = corner[0:60, 57:60] = 255
    corner[0:25, 35:60] = 255
    fitted = fit(corner)
    assert fitted.any(axis=1).sum() == fitted.any(axis=0).sum() == 20, "nothing of it is cut off"


def test_files_of_every_kind_are_read_alike(some: np.ndarray, tmp_path: Path) -> None:
    image = moved(some[3], 5, 5, 60)
    ink = Image.fromarray(image)
    black = Image.new("L", ink.size, 0)
    files = {
        "grey.png": ink,
        "colour.png": ink.convert("RGB"),
        "palette.png": ink.convert("P"),
        "deep.png": Image.fromarray(image.astype(np.uint16) * 257),
        "clear_paper.png": Image.merge("LA", (black, ink)),
        "light_on_clear.png": Image.merge("LA", (Image.new("L", ink.size, 255), ink)),
    }
    for name, picture in files.items():
        picture.save(tmp_path / name)
        assert error(fit(read_grey(tmp_path / name)), fit(image)) < 0.01, name


def test_what_is_no_image_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_grey(tmp_path / "nothing.png")
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "short.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    Image.new("1", (9000, 9000)).save(tmp_path / "huge.png")
    for name in ("text.png", "short.png", "huge.png"):
        with pytest.raises(VisitorError, match=f"{name} cannot be used"):
            read_grey(tmp_path / name)
