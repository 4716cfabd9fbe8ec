from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from aigc_demo.recipes import make_plan
from aigc_demo.runs.frames import Frames
from aigc_demo.runs.grid import fixed_grid, grid_of, grid_png, small_png


def drawn(folder: Path, count: int, capacity: int = 8) -> Frames:
    frames = Frames(folder, capacity)
    for number in range(count):
        frames.add(number * 10, b"picture %d" % number)
        frames.flush()
    return frames


def test_a_full_list_drops_every_second_frame_and_keeps_first_and_last(tmp_path: Path) -> None:
    frames = drawn(tmp_path, 100)
    indices = [entry["index"] for entry in frames.listing()]
    assert len(indices) <= 8
    assert indices[0] == 0
    assert indices[-1] == 99
    gaps = np.diff(indices[:-1])
    assert (gaps == gaps[0]).all(), "what is kept is spread evenly over the run"


def test_an_index_keeps_its_meaning(tmp_path: Path) -> None:
    frames = drawn(tmp_path, 100)
    for entry in frames.listing():
        frame = frames.get(entry["index"])
        assert frame is not None
        assert frame.png == b"picture %d" % entry["index"]
    assert frames.get(1) is None


def test_the_folder_holds_what_is_kept_and_can_be_read_back(tmp_path: Path) -> None:
    frames = drawn(tmp_path, 100)
    assert len(list(tmp_path.glob("*.png"))) == len(frames)
    again = Frames.load(tmp_path, 8)
    assert again.listing() == frames.listing()
    assert again.add(5000, b"new").index == 100


def test_rewinding_forgets_later_frames_but_never_reuses_an_index(tmp_path: Path) -> None:
    frames = drawn(tmp_path, 6)
    frames.drop_after(20)
    assert [entry["step"] for entry in frames.listing()] == [0, 10, 20]
    assert frames.add(30, b"again").index == 6


def test_the_grid_is_one_z_a_row_and_one_class_a_column() -> None:
    z, labels = fixed_grid(7, 64)
    assert z.shape == (60, 64)
    assert labels[:10].tolist() == list(range(10))
    assert (z[0] == z[9]).all()
    assert (z[0] != z[10]).any()
    np.testing.assert_array_equal(z, fixed_grid(7, 64).z)
    assert (z != fixed_grid(8, 64).z).any()


def test_a_generator_without_labels_has_another_z_at_every_place() -> None:
    z, _ = fixed_grid(7, 64, conditional=False)
    assert len({point.tobytes() for point in z}) == 60
    assert grid_of(make_plan("dcgan", seed=7)).z.tobytes() == z.tobytes()
    assert grid_of(make_plan("fast", seed=7)).z.tobytes() == fixed_grid(7, 64).z.tobytes()


def test_the_picture_is_a_small_grey_png_of_the_right_size() -> None:
    images = np.zeros((60, 28, 28), np.uint8)
    images[13] = 255  # row 1, column 3
    picture = Image.open(BytesIO(grid_png(images)))
    assert picture.size == (280, 168)
    pixels = np.asarray(picture.convert("L"))
    assert (pixels[28:56, 84:112] == 255).all()
    assert pixels.sum() == 255 * 784


def test_sixteen_greys_are_the_nearest_ones() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    pixels = np.asarray(Image.open(BytesIO(small_png(ramp))).convert("L")).astype(int)
    assert np.abs(pixels - ramp).max() <= 9
    body = small_png(ramp)
    assert struct.unpack(">I", body[29:33])[0] == zlib.crc32(body[12:29])
