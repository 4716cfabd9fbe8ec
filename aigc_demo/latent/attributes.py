"""What can be measured of a digit's shape: its slant, the weight of its stroke, its ink and its size. Pure NumPy.

The quantities follow Morpho-MNIST (Castro et al. 2019, arXiv:1809.10780), but are taken from the grey levels instead of
from an enlarged black and white copy: a thousand images take milliseconds, and an image may be blurred.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aigc_demo.text import Text

FAINT = 64  # grey levels below this are no ink: a generator's background is hardly ever quite black
_LEAST = 1e-3  # pixels, or pixels², below which a length or a spread is none and divides nothing
_BOX = np.sqrt(12.0)  # a box of side s has the standard deviation s / √12


@dataclass(frozen=True)
class Shape:
    """What all attributes of n images are made of, each float [n].

    `across`, `up` and `mixed` are the central moments μ20, μ02 and μ11 in pixels², with rows counted upwards; they are
    0 for an image without ink.
    """

    ink: np.ndarray  # sum of the grey levels, in white pixels
    outline: np.ndarray  # its length in pixels
    across: np.ndarray
    up: np.ndarray
    mixed: np.ndarray


def shape_of(images: np.ndarray) -> Shape:
    """The moments of images uint8 [n, h, w]."""
    grey = np.where(images < FAINT, 0, images).astype(np.float32) / 255.0
    ink = grey.sum(axis=(1, 2), dtype=np.float64)
    whole = np.maximum(ink, _LEAST)
    # Counted from the middle, so that the squares below stay small.
    rows = (images.shape[1] - 1) / 2 - np.arange(images.shape[1])
    columns = np.arange(images.shape[2]) - (images.shape[2] - 1) / 2
    by_row, by_column = grey.sum(axis=2), grey.sum(axis=1)
    x, y = by_column @ columns / whole, by_row @ rows / whole
    across = by_column @ columns**2 / whole - x**2
    up = by_row @ rows**2 / whole - y**2
    mixed = (grey @ columns.astype(np.float32)) @ rows / whole - x * y
    return Shape(ink, _outline(grey), np.maximum(across, 0.0), np.maximum(up, 0.0), mixed)


def _outline(grey: np.ndarray) -> np.ndarray:
    """Length of the outlines in images [n, h, w] in [0, 1]: their total variation, which a blur leaves as it is."""
    padded = np.pad(grey, ((0, 0), (1, 1), (1, 1)))
    right = padded[:, :-1, 1:] - padded[:, :-1, :-1]
    down = padded[:, 1:, :-1] - padded[:, :-1, :-1]
    return np.sqrt(right**2 + down**2).sum(axis=(1, 2), dtype=np.float64)


def slant(shape: Shape) -> np.ndarray:
    """The angle by which a digit leans, radians: that of the shear μ11/μ02; positive leans to the right."""
    return np.arctan(_ratio(shape.mixed, shape.up))


def weight(shape: Shape) -> np.ndarray:
    """Thickness of the stroke in pixels: twice the ink over the length of its outline."""
    return _ratio(2.0 * shape.ink, shape.outline)


def ink(shape: Shape) -> np.ndarray:
    """How much is drawn, in white pixels."""
    return shape.ink


def width(shape: Shape) -> np.ndarray:
    """Width in pixels of a box that spreads as far as the digit does when set upright.

    Leaning alone makes √μ20 larger; μ20 − μ11²/μ02 is its least value over all shears.
    """
    return _BOX * np.sqrt(np.maximum(shape.across - _ratio(shape.mixed**2, shape.up), 0.0))


def height(shape: Shape) -> np.ndarray:
    """Height in pixels of a box that spreads as far up and down as the ink: √12 √μ02."""
    return _BOX * np.sqrt(shape.up)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below, and 0 where there is nothing to divide by."""
    is_there = below > _LEAST
    return np.where(is_there, above / np.where(is_there, below, 1.0), 0.0)


@dataclass(frozen=True)
class Attribute:
    """One measurable property of a digit and its name."""

    key: str
    title: Text
    of: Callable[[Shape], np.ndarray]  # float [n], finite for every image


# Without ink: it goes with the weight of the stroke so closely that, at right angles to it, neither would be left.
NAMED: tuple[Attribute, ...] = (
    Attribute("slant", Text("倾斜", "slant"), slant),
    Attribute("weight", Text("笔画粗细", "stroke weight"), weight),
    Attribute("width", Text("宽度", "width"), width),
    Attribute("height", Text("高度", "height"), height),
)
