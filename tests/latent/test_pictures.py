"""Sheets and moving pictures."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aigc_demo.latent.pictures import columns_for, enlarge, gif, grid, png


def numbered(count: int) -> np.ndarray:
    """Images whose pixels all hold their number, from 1."""
    return np.broadcast_to(np.arange(1, count + 1, dtype=np.uint8)[:, None, None], (count, 28, 28))


def test_a_sheet_reads_like_text_and_fills_up_with_blanks() -> None:
    sheet = grid(numbered(5), 3)
    assert sheet.shape == (56, 84)
    assert sheet[::28, ::28].tolist() == [[1, 2, 3], [4, 5, 0]]
    assert grid(numbered(5), 3, blank=9)[28, 56] == 9


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (7, 7), (10, 10), (100, 10), (101, 20), (1000, 40)])
def test_classes_stay_in_their_columns(count: int, columns: int) -> None:
    assert columns_for(count) == columns


def test_a_png_is_greyscale_and_loses_nothing() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (28, 56), dtype=np.uint8)
    image = Image.open(io.BytesIO(png(pixels)))
    assert (image.format, image.mode) == ("PNG", "L")
    np.testing.assert_array_equal(np.asarray(image), pixels)


def test_a_gif_holds_every_frame_and_repeats() -> None:
    frames = [enlarge(image, 2) for image in numbered(6)]
    with Image.open(io.BytesIO(gif(frames))) as film:
        assert (film.size, film.n_frames, film.info["loop"]) == ((56, 56), 6, 0)
        for place, frame in enumerate(frames):
            film.seek(place)
            np.testing.assert_array_equal(np.asarray(film.convert("L")), frame)
