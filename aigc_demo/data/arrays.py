"""Images that a program hands over as numbers: checked, and made into what the store of own data keeps."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.data.conversion import Converted
from aigc_demo.data.datasets import LONGEST_NAME
from aigc_demo.data.pictures import Choices
from aigc_demo.text import Text, VisitorError

FEWEST, MOST = 2, 200

_WRONG = Text(
    "images 应为 {fewest} 到 {most} 张 28×28 的图，每个像素是 0（底）到 255（墨）的整数，且不能全都一样。",
    "images must be {fewest} to {most} images of 28×28, each pixel a whole number from 0 (blank) to 255 (ink), and not all "
    "the same.",
).format(fewest=str(FEWEST), most=str(MOST))
_NAME = Text("name 应为 1 到 {most} 个可见字符。", "name must be 1 to {most} visible characters.").format(
    most=str(LONGEST_NAME)
)


def images_given(images: Any, name: Any) -> Converted:
    """`images` (nested lists) as one class called `name`. Raises `VisitorError`."""
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise VisitorError(_NAME)
    if not isinstance(images, list) or not FEWEST <= len(images) <= MOST:
        raise VisitorError(_WRONG)
    try:
        pixels = np.asarray(images)
    except (TypeError, ValueError, OverflowError) as error:
        raise VisitorError(_WRONG) from error
    whole = pixels.dtype.kind in "iu" and pixels.shape[1:] == (28, 28)
    if not whole or pixels.min() < 0 or pixels.max() > 255 or (pixels == pixels[0]).all():
        raise VisitorError(_WRONG)
    labels = np.zeros(len(pixels), np.int64)
    return Converted(pixels.astype(np.uint8), labels, (name.strip(),), Choices(), "pictures", name.strip())
