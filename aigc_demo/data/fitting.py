"""An image of any size as MNIST's makers would have stored it.

The ink is scaled into a box of 20 x 20 pixels, its proportions kept and its edges smoothed, and laid into a field of
28 x 28 with its centre of mass in the middle (LeCun, Cortes and Burges), which measured on their digits is pixel 14.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from aigc_demo.data.drawings import FAINTEST, SIDE
from aigc_demo.text import NotFound, Text, VisitorError

INNER = 20  # pixels: the longer side of the ink
MIDDLE = 14.0  # where the centre of mass of MNIST's digits lies, counted from the middle of pixel 0
FAINT = 0.1  # of the darkest ink: what is fainter may be paper or noise
MIDDLE_GREY = 127.5
MOST_PIXELS = 50_000_000


class Fitted(NamedTuple):
    """`image` uint8 [28, 28]; the ink lay in rows and columns `box` (first row, end, first column, end) of the picture."""

    image: np.ndarray
    box: tuple[int, int, int, int] | None  # None: there is no ink


def fit(picture: np.ndarray) -> np.ndarray:
    """Grey levels 0..255 [h, w] as a digit uint8 [28, 28]: 0 is blank, 255 is ink; all blank where there is no ink.

    Dark ink on light paper is told from light ink on dark by the picture's edge.
    """
    return fit_ink(picture, paper_of(picture) > MIDDLE_GREY).image


def fit_ink(picture: np.ndarray, dark_ink: bool) -> Fitted:
    """`fit`, where it is known whether the ink is darker than the paper."""
    ink = _ink(picture.astype(np.float32), dark_ink)
    rows, columns = np.flatnonzero((ink >= FAINT).any(axis=1)), np.flatnonzero((ink >= FAINT).any(axis=0))
    field = np.zeros((SIDE, SIDE), np.float32)
    if not len(rows):
        return Fitted(field.astype(np.uint8), None)
    box = (int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1)
    small = _scaled(ink[box[0] : box[1], box[2] : box[3]])
    top, left = (_place(small.sum(axis=axis)) for axis in (1, 0))
    field[top : top + small.shape[0], left : left + small.shape[1]] = small
    return Fitted(np.rint(255.0 * field).astype(np.uint8), box)


def paper_of(picture: np.ndarray) -> float:
    """The grey level of the paper: the median along the edge of grey levels [h, w]."""
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    return float(np.median(edge))


def read_grey(path: Path) -> np.ndarray:
    """The grey levels float32 0..255 [h, w] of an image file. Raises `NotFound`, or `VisitorError` for anything else."""
    if not path.is_file():
        raise NotFound(Text("找不到文件 {path}。", "There is no file {path}.").format(path=path))
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _bad(path, Text("它的像素太多", "it has too many pixels"))
            return grey_levels(picture)
    except VisitorError:
        raise
    except Exception as error:  # a damaged file fails in a dozen ways; a bomb is one of them
        raise _bad(path, Text("它不是可读的图像", "it is not a readable image")) from error


def grey_levels(picture: Image.Image) -> np.ndarray:
    """float32 [h, w] in 0..255; what is transparent becomes the paper that suits the ink: white for dark, black for light."""
    if picture.mode.startswith(("I", "F")):  # 16 bits a pixel
        return np.clip(np.asarray(picture, np.float32) / 257.0, 0.0, 255.0)
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return np.asarray(picture.convert("L"), np.float32)
    grey, opaque = (np.asarray(band, np.float32) for band in picture.convert("RGBA").convert("LA").split())
    seen = opaque / 255.0
    is_dark = float((grey * seen).sum()) < MIDDLE_GREY * float(seen.sum())
    return grey * seen + (255.0 if is_dark else 0.0) * (1.0 - seen)  # what cannot be seen is paper to this ink


def _ink(picture: np.ndarray, is_dark: bool) -> np.ndarray:
    """How much ink there is in each place, 0..1, from grey levels [h, w]."""
    paper = paper_of(picture)
    ink = np.clip(paper - picture if is_dark else picture - paper, 0.0, None)
    darkest = float(ink.max())
    return ink / darkest if darkest >= FAINTEST else np.zeros_like(ink)


def _scaled(ink: np.ndarray) -> np.ndarray:
    """`ink` [h, w] with its longer side `INNER` pixels long."""
    height, width = ink.shape
    scale = INNER / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    if size == (width, height):
        return ink
    return np.clip(np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.HAMMING)), 0.0, 1.0)


def _place(mass: np.ndarray) -> int:
    """Where the field's rows (or columns) with so much ink [n] begin, for their centre to come to the middle."""
    centre = float((mass * np.arange(len(mass))).sum() / mass.sum())
    return int(np.clip(round(MIDDLE - centre), 0, SIDE - len(mass)))


def _bad(path: Path, why: Text) -> VisitorError:
    return VisitorError(Text(f"无法使用 {path.name}：{why.zh}。", f"{path.name} cannot be used: {why.en}."))
