"""One picture of any kind as 28 x 28: every mode, what is said to have been done, and what cannot be used."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from aigc_demo.data.fitting import fit
from aigc_demo.data.pictures import (
    DONE,
    SKIPPED,
    Choices,
    Grey,
    Unusable,
    convert,
    grey_of,
    levels_of,
    open_picture,
)
from aigc_demo.text import VisitorError
from tests.data.pictured import drawing, encoded, same


def _levels(content: bytes) -> Grey:
    return grey_of(open_picture(content))


def _reason(content: bytes, choices: Choices | None = None) -> str:
    with pytest.raises(Unusable) as left_out:
        convert(_levels(content), choices or Choices())
    assert left_out.value.reason in SKIPPED
    return left_out.value.reason


PLAIN = np.asarray(drawing(), np.float32)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LA", "RGBA", "PA", "I;16", "I", "F"])
def test_every_mode_gives_the_same_grey(mode: str) -> None:
    image = drawing()
    if mode in ("I;16", "I"):
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
        image = image if mode == "I;16" else image.convert("I")
    else:
        image = image.convert("LA").convert(mode) if mode == "PA" else image.convert(mode)
    content = (
        encoded(image, "TIFF" if mode in ("CMYK", "F", "PA", "I") else "PNG")
        if mode != "PA"
        else encoded(image.convert("RGBA"))
    )
    grey = _levels(content)
    assert same(grey.levels, PLAIN, within=1)
    assert set(grey.done) <= {"levels"}


def test_transparent_places_become_the_paper_that_suits_the_ink() -> None:
    for ink, paper in ((0, 255), (255, 0)):
        image = drawing(ink=(ink, ink, ink, 255), paper=(90, 90, 90, 0), mode="RGBA")
        grey = _levels(encoded(image))
        assert grey.done == ("paper",)
        assert grey.levels[0, 0] == paper


def test_only_the_first_frame_of_an_animation_is_used() -> None:
    content = encoded(drawing(), "GIF", save_all=True, append_images=[drawing(20)])
    grey = _levels(content)
    assert grey.done == ("first_frame",)
    assert same(grey.levels, PLAIN, within=1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photographs_are_turned_upright(orientation: int) -> None:
    turns = {
        1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180], 4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }  # fmt: skip
    image = drawing()
    for turn in turns[orientation]:  # as the camera held it
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    grey = _levels(encoded(image, exif=exif))
    assert same(grey.levels, PLAIN)
    assert ("upright" in grey.done) == (orientation != 1)


def _bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, and that holds none."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_how_many_pixels_there_are_is_asked_before_they_are_unpacked() -> None:
    assert _reason(_bomb(8_000, 7_000)) == "large"
    assert _reason(_bomb(200_000, 200_000)) == "large"
    assert _reason(_bomb(8_000, 6_000)) == "damaged"  # few enough: unpacked, and there are none


def test_a_large_photograph_is_reduced_before_anything_else() -> None:
    picture = open_picture(encoded(drawing(side=60).resize((2400, 2400)), "JPEG"))
    assert max(picture.image.size) <= 1200
    assert picture.pixels == 2400 * 2400
    whole = convert(grey_of(picture), Choices(fit="resize"))
    assert same(whole.pixels, convert(Grey(PLAIN, ()), Choices(fit="resize")).pixels, within=40)


@settings(max_examples=30)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_what_is_no_picture_is_left_out_and_breaks_nothing(noise: bytes, cut: int) -> None:
    for content in (noise, encoded(drawing())[:cut], encoded(drawing(), "GIF")[:cut] + noise):
        try:
            small = convert(_levels(content), Choices())
        except Unusable as left_out:
            assert left_out.reason in SKIPPED
        else:
            assert small.pixels.shape == (28, 28)


def test_blank_pictures_are_left_out() -> None:
    for value in (0, 128, 255):
        for choices in (Choices(), Choices(fit="resize"), Choices(fit="ink", invert="no")):
            assert _reason(encoded(Image.new("L", (50, 40), value)), choices) == "blank"
    assert _reason(encoded(Image.new("L", (1, 1), 9))) == "blank"
    assert _reason(encoded(drawing()), Choices(fit="ink", invert="no")) == "blank"  # nothing is lighter than the paper


sizes = st.tuples(st.integers(1, 90), st.integers(1, 90))


@settings(max_examples=40)
@given(
    arrays.arrays(np.uint8, sizes),
    st.sampled_from(["auto", "yes", "no"]),
    st.sampled_from(["auto", "ink", "resize"]),
    st.sampled_from(["pad", "crop"]),
)
def test_any_picture_becomes_28_by_28_or_is_blank(image: np.ndarray, invert: str, fit_: str, frame: str) -> None:
    try:
        small = convert(Grey(image.astype(np.float32), ()), Choices(invert, fit_, frame))
    except Unusable as left_out:
        assert left_out.reason == "blank"
        return
    assert small.pixels.shape == (28, 28) and small.pixels.dtype == np.uint8
    assert small.done and set(small.done) <= set(DONE) and len(set(small.done)) == len(small.done)


def test_ink_is_fitted_as_drawings_of_digits_are() -> None:
    small = convert(Grey(PLAIN, ()), Choices())
    assert same(small.pixels, fit(PLAIN))
    assert small.done == ("inverted", "cropped", "scaled", "centred")
    light = convert(Grey(255.0 - PLAIN, ()), Choices())
    assert same(light.pixels, small.pixels)
    assert "inverted" not in light.done


def test_28_by_28_stays_exactly_as_it_is_and_inverting_is_exact() -> None:
    image = np.zeros((28, 28), np.float32)
    image[3:26, 2:27] = 200.0
    assert convert(Grey(image, ()), Choices()).done == ("as_is",)
    assert same(convert(Grey(image, ()), Choices()).pixels, image)
    inverted = convert(Grey(image, ()), Choices(invert="yes"))
    assert same(inverted.pixels, 255 - image) and inverted.done == ("inverted",)
    # One whose subject covers its edge is not inverted where the whole set says that the paper is dark.
    full = np.full((28, 28), 220.0, np.float32)
    full[10:14, 10:14] = 0.0
    assert convert(Grey(full, ()), Choices()).done == ("inverted",)
    assert convert(Grey(full, ()), Choices(), paper_is_light=False).done == ("as_is",)


def test_a_square_is_made_by_padding_with_paper_or_by_cropping_to_the_middle() -> None:
    image = np.zeros((28, 56), np.float32)
    image[:, 14:42] = 255.0
    padded = convert(Grey(image, ()), Choices(fit="resize", invert="no"))
    assert padded.done == ("padded", "scaled")
    assert padded.pixels[0].max() == 0  # paper above
    with pytest.raises(Unusable):
        convert(Grey(image, ()), Choices(fit="resize", frame="crop", invert="no"))  # the middle is all white
    image[10:18, 20:30] = 0.0
    cropped = convert(Grey(image, ()), Choices(fit="resize", frame="crop", invert="no"))
    assert cropped.done == ("cropped",)
    assert same(cropped.pixels, image[:, 14:42])


@pytest.mark.parametrize(
    ("kind", "lowest", "highest", "wanted"),
    [
        (np.uint8, 0, 255, (0.0, 255.0)), (np.uint8, 0, 1, (0.0, 1.0)), (np.bool_, 0, 1, (0.0, 1.0)),
        (np.float32, 0.0, 1.0, (0.0, 1.0)), (np.float64, -1.0, 1.0, (-1.0, 1.0)), (np.uint16, 0, 65535, (0, 65535)),
        (np.float32, 0.0, 255.0, (0.0, 255.0)), (np.float32, -3.0, 7.0, (-3.0, 7.0)), (np.int32, -5, 5, (-5.0, 5.0)),
    ],
)  # fmt: skip
def test_any_range_of_numbers_is_mapped_to_0_to_255(kind: type, lowest: float, highest: float, wanted: tuple) -> None:
    levels = levels_of(np.dtype(kind), lowest, highest)
    assert levels is not None
    assert levels.apply(np.array(wanted)).tolist() == [0, 255]
    assert levels.is_needed == (wanted != (0.0, 255.0))


def test_numbers_that_are_not_finite_are_no_picture() -> None:
    assert levels_of(np.dtype(np.float32), float("nan"), 1.0) is None
    values = np.full((4, 4), np.inf, np.float32)
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "TIFF")
    assert _reason(buffer.getvalue()) == "damaged"


def test_choices_are_checked() -> None:
    assert Choices.of({}) == Choices()
    assert Choices.of({"invert": "yes", "fit": None}).invert == "yes"
    for name in ("invert", "fit", "frame"):
        for wrong in ("x", 3, ["auto"]):
            with pytest.raises(VisitorError) as refused:
                Choices.of({name: wrong})
            assert name in refused.value.text.en and name in refused.value.text.zh
