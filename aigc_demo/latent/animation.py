"""Moving pictures as files: pictures with the time each of them stays, as a GIF or a lossless WebP."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from PIL import Image

Kind = Literal["GIF", "WEBP"]
MOST_GREYS = 256


def encode(
    pictures: Iterable[Image.Image], times: Sequence[int], kind: Kind, greys: int = MOST_GREYS, loop: bool = True
) -> bytes:
    """Grey pictures ("L") one after another, each for its `times` milliseconds; shown for ever, or once.

    A GIF has `greys` levels, 2..256: fewer make a smaller file. A picture equal to the one before it is not stored
    again, its time is added to that one's.
    """
    buffer = io.BytesIO()
    times = list(times)
    if kind == "WEBP":
        first, *rest = (picture.convert("RGB") for picture in pictures)
        options = {"loop": 0 if loop else 1, "lossless": True, "method": 0}
        first.save(buffer, "WEBP", save_all=True, append_images=rest, duration=times, **options)
    else:
        levels = (_with_palette(picture, greys) for picture in pictures)
        repeat = {"loop": 0} if loop else {}  # a GIF that does not say so is shown once
        next(levels).save(buffer, "GIF", save_all=True, append_images=levels, duration=times, optimize=False, **repeat)
    return buffer.getvalue()


def _with_palette(picture: Image.Image, greys: int) -> Image.Image:
    """The picture in evenly spaced greys, 0 and 255 among them."""
    top = greys - 1
    levels = ((np.asarray(picture, np.uint16) * top + 127) // 255).astype(np.uint8)
    reduced = Image.fromarray(levels, "P")
    reduced.putpalette([value for level in range(greys) for value in [level * 255 // top] * 3])
    return reduced
