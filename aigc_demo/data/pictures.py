"""One picture of any kind as 28 x 28 grey levels, with a list of what had to be done to it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from aigc_demo.data.drawings import FAINTEST, SIDE
from aigc_demo.data.fitting import INNER, MIDDLE_GREY, MOST_PIXELS, fit_ink, grey_levels, paper_of
from aigc_demo.text import Text, VisitorError

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")  # of Pillow's readers, those that pictures come in
LONGEST = 560  # pixels of a side, which is twenty times what is kept; larger ones are reduced before anything else

# What can be done to a picture, in the order in which it is done.
DONE = {
    "upright": Text("按 EXIF 转正", "turned upright (EXIF)"),
    "first_frame": Text("动画只取第一帧", "first frame of an animation"),
    "paper": Text("透明处填成纸色", "transparent places filled with paper"),
    "grey": Text("彩色转灰度", "colours to grey"),
    "levels": Text("灰度换算到 0–255", "levels mapped to 0–255"),
    "inverted": Text("反相（黑底浅色）", "inverted (light on black)"),
    "cropped": Text("裁剪", "cropped"),
    "padded": Text("补边成正方形", "padded to a square"),
    "scaled": Text("缩放", "scaled"),
    "centred": Text("重心居中", "centred by its mass"),
    "as_is": Text("原样使用", "used exactly as it is"),
}
# Why a picture is left out.
SKIPPED = {
    "damaged": Text("无法读取", "cannot be read"),
    "large": Text("像素或字节太多", "too many pixels or bytes"),
    "blank": Text("空白，没有可学的内容", "blank: nothing to learn"),
    "duplicate": Text("与前面某张完全相同", "exactly the same as an earlier one"),
    "locked": Text("有密码", "locked with a password"),
    "other": Text("不是图片", "not a picture"),
    "junk": Text("系统留下的附属文件", "left there by an operating system"),
}

_CHOICES = {"invert": ("auto", "yes", "no"), "fit": ("auto", "ink", "resize"), "frame": ("pad", "crop")}


class Unusable(Exception):
    """A picture that is left out; `reason` is a key of `SKIPPED`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Choices:
    """How pictures are converted.

    `invert`: whether they are dark on light. `fit`: "ink" scales the ink into MNIST's box of 20 x 20 and centres it,
    "resize" keeps the whole picture, "auto" leaves a picture of 28 x 28 as it is and fits the ink of any other.
    `frame`: how "resize" makes a square of a picture that is none.
    """

    invert: str = "auto"
    fit: str = "auto"
    frame: str = "pad"

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Choices:
        """The choices in `given`, the usual ones where it says nothing. Raises `VisitorError`."""
        for name, allowed in _CHOICES.items():
            if given.get(name) is not None and given[name] not in allowed:
                raise VisitorError(
                    Text("{name} 应为 {allowed} 之一。", "{name} must be one of {allowed}.").format(
                        name=name, allowed=", ".join(allowed)
                    )
                )
        return cls(**{name: given[name] for name in _CHOICES if given.get(name) is not None})

    def to_json(self) -> dict[str, str]:
        return asdict(self)


class Picture(NamedTuple):
    """`image` is RGBA, RGB or L, and reduced where it was very large; `done`, keys of `DONE`, is how it came to be so.

    `pixels` is how many there were in the file.
    """

    image: Image.Image
    done: tuple[str, ...]
    pixels: int


class Grey(NamedTuple):
    """Grey levels float32 [h, w] in 0..255, and what was done so far."""

    levels: np.ndarray
    done: tuple[str, ...]


class Small(NamedTuple):
    """`pixels` uint8 [28, 28], 0 = background; `done` is all that led there."""

    pixels: np.ndarray
    done: tuple[str, ...]


def open_picture(content: bytes) -> Picture:
    """The picture in a file's bytes. Raises `Unusable`; how large it is, is looked at before it is unpacked."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unusable("large")
            return _prepared(image)
    except Unusable:
        raise
    except Image.DecompressionBombError as error:
        raise Unusable("large") from error
    except Exception as error:  # a damaged file fails in a dozen ways
        raise Unusable("damaged") from error


def _prepared(image: Image.Image) -> Picture:
    done = []
    pixels = image.width * image.height
    orientation = _orientation(image)
    if getattr(image, "is_animated", False):
        done.append("first_frame")
        image.seek(0)
    if image.format == "JPEG":
        image.draft(None, (LONGEST, LONGEST))  # unpacks an eighth of a large photograph, at no cost
    image.load()
    if image.mode.startswith(("I", "F")):
        levels, is_mapped = _eight_bits(np.asarray(image))
        image = Image.fromarray(levels)
        done += ["levels"] if is_mapped else []
    elif "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
    else:
        image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    longest = max(image.size)
    if longest > 2 * LONGEST:
        image = image.reduce(longest // LONGEST)
        done.append("scaled")
    if orientation is not None:
        image = image.transpose(orientation)
        done.insert(0, "upright")
    return Picture(image, tuple(done), pixels)


# EXIF's orientations, and the turn that undoes each.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _orientation(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(0x0112, 1))
    except Exception:  # damaged notes about a picture do not damage the picture
        return None


def _eight_bits(values: np.ndarray) -> tuple[np.ndarray, bool]:
    """Grey levels of more than eight bits as uint8, and whether they had to be mapped. Raises `Unusable`."""
    lowest, highest = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    mapping = levels_of(values.dtype, lowest, highest)
    if mapping is None:
        raise Unusable("damaged")
    return mapping.apply(values), mapping.is_needed


class Levels(NamedTuple):
    """Values become `scale` * (value - `zero`), rounded and cut to 0..255."""

    zero: float
    scale: float

    @property
    def is_needed(self) -> bool:
        return (self.zero, self.scale) != (0.0, 1.0)

    def apply(self, values: np.ndarray) -> np.ndarray:
        mapped = (values.astype(np.float32) - np.float32(self.zero)) * np.float32(self.scale)
        return np.rint(np.clip(mapped, 0.0, 255.0)).astype(np.uint8)


def levels_of(kind: np.dtype, lowest: float, highest: float) -> Levels | None:
    """How values between `lowest` and `highest` become 0..255; None where they are not finite.

    What lies in 0..1 counts as shares, what lies in -1..1 as a tanh's output, whole numbers above 255 as 16 bits; what
    fits none of these is stretched.
    """
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        return None
    is_whole = np.issubdtype(kind, np.integer) or kind == np.bool_
    if lowest >= 0.0 and highest <= 1.0:
        return Levels(0.0, 255.0)
    if lowest >= 0.0 and highest <= 255.0:
        return Levels(0.0, 1.0)
    if not is_whole and lowest >= -1.0 and highest <= 1.0:
        return Levels(-1.0, 127.5)
    if is_whole and lowest >= 0.0 and highest <= 65535.0:
        return Levels(0.0, 1.0 / 257.0)
    return Levels(lowest, 255.0 / max(highest - lowest, 1e-30))


def grey_of(picture: Picture) -> Grey:
    """The picture's grey levels."""
    done = list(picture.done)
    if picture.image.mode == "RGBA" and int(np.asarray(picture.image.getchannel("A")).min()) < 255:
        done.append("paper")
    if picture.image.mode != "L" and not _is_grey(picture.image):
        done.append("grey")
    return Grey(grey_levels(picture.image), tuple(done))


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = np.asarray(image)[..., :3].transpose(2, 0, 1)
    return bool((red == green).all() and (green == blue).all())


def is_light(levels: np.ndarray) -> bool:
    """Whether the edge of grey levels [h, w] says that this is dark ink on light paper."""
    return paper_of(levels) > MIDDLE_GREY


def convert(grey: Grey, choices: Choices, paper_is_light: bool | None = None) -> Small:
    """Bring a picture to 28 x 28. Raises `Unusable` where nothing is to be seen on it.

    `paper_is_light` is what a whole set says, for `invert` "auto" where pictures are kept whole: one whose subject
    reaches its edge does not tell by itself.
    """
    levels, is_small = grey.levels, grey.levels.shape == (SIDE, SIDE)
    fits_ink = choices.fit == "ink" or (choices.fit == "auto" and not is_small)
    if choices.invert != "auto":
        dark_ink = choices.invert == "yes"
    elif fits_ink or paper_is_light is None:
        dark_ink = is_light(levels)
    else:
        dark_ink = paper_is_light
    done = [*grey.done, *(["inverted"] if dark_ink else [])]
    if fits_ink and not (is_small and _is_fitted(255.0 - levels if dark_ink else levels)):
        fitted = fit_ink(levels, dark_ink)
        if fitted.box is None:
            raise Unusable("blank")
        return Small(fitted.image, tuple(dict.fromkeys((*done, *_fitting(fitted.box, levels.shape)))))
    pixels, made = _resized(255.0 - levels if dark_ink else levels, choices.frame)
    if int(pixels.max()) - int(pixels.min()) < FAINTEST:
        raise Unusable("blank")
    done += made
    return Small(pixels, tuple(dict.fromkeys(done)) or ("as_is",))


def _is_fitted(levels: np.ndarray) -> bool:
    """Whether light ink on 28 x 28 already lies in a box of 20 x 20 on black, as MNIST's does."""
    rows, columns = (np.flatnonzero((levels > 0).any(axis=axis)) for axis in (1, 0))
    return bool(len(rows)) and max(int(np.ptp(rows)), int(np.ptp(columns))) < INNER and not levels[[0, -1]].any()


def _fitting(box: tuple[int, int, int, int], shape: tuple[int, ...]) -> list[str]:
    top, bottom, left, right = box
    done = [] if (bottom - top, right - left) == shape[:2] else ["cropped"]
    return [*done, *([] if max(bottom - top, right - left) == INNER else ["scaled"]), "centred"]


def _resized(levels: np.ndarray, frame: str) -> tuple[np.ndarray, list[str]]:
    """`levels` [h, w] as uint8 [28, 28], and what was done for it."""
    height, width = levels.shape
    done = []
    if height != width:
        levels = _middle(levels) if frame == "crop" else _padded(levels)
        done.append("cropped" if frame == "crop" else "padded")
    if len(levels) != SIDE:
        small = Image.fromarray(levels.astype(np.float32)).resize((SIDE, SIDE), Image.Resampling.HAMMING)
        levels = np.asarray(small)
        done.append("scaled")
    return np.rint(np.clip(levels, 0.0, 255.0)).astype(np.uint8), done


def _middle(levels: np.ndarray) -> np.ndarray:
    height, width = levels.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return levels[top : top + side, left : left + side]


def _padded(levels: np.ndarray) -> np.ndarray:
    height, width = levels.shape
    side = max(height, width)
    field = np.full((side, side), paper_of(levels), np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    field[top : top + height, left : left + width] = levels
    return field
