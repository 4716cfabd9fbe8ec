"""A film between key-frames of the latent space: what may be asked for, and the points that its pictures are drawn at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from PIL import Image

from aigc_demo.latent.animation import Kind
from aigc_demo.latent.points import slerp
from aigc_demo.recipes import whole_number
from aigc_demo.text import Text, VisitorError

MOST_KEYS = 16
MOST_BETWEEN = 60
MOST_FRAMES = 600
MOST_SIZE = 16
MOST_SQUARES = 30_000  # 28 × 28 pixels each: what all pictures of a film hold together, 70 MB while it is encoded
SHORTEST, LONGEST = 20, 500  # milliseconds a frame; browsers slow down what asks for less
FARTHEST = 100.0  # in one coordinate of a point
_ADD_UP = 1e-3  # shares written with few decimals

_FEW_KEYS = Text("关键帧应有 2 到 {most} 个。", "A film needs 2 to {most} key-frames.")
_KEY = Text(
    "第 {n} 个关键帧的 z 应为 {size} 个 −100 到 100 之间的数。",
    "Key-frame {n} needs a z of {size} numbers between −100 and 100.",
)
_CLASS = Text(
    "第 {n} 个关键帧需要一个 0 到 {last} 的数字，或 {count} 个相加为 1 的权重。",
    "Key-frame {n} needs a digit from 0 to {last}, or {count} weights that add up to 1.",
)
_FORMAT = Text("格式应为 gif 或 webp。", "The format must be gif or webp.")
_LOOP = Text("“loop”应为 true 或 false。", "“loop” must be true or false.")
_TOO_LONG = Text(
    "这段动画有 {frames} 帧，最多 {most} 帧：请减少关键帧或中间的帧。",
    "This film has {frames} frames, more than {most}: use fewer key-frames, or fewer frames between them.",
)
_TOO_LARGE = Text(
    "{frames} 帧、放大 {size} 倍的动画太大了：请减少帧数或缩小尺寸。",
    "{frames} frames enlarged {size} times are too much for one file: use fewer frames or a smaller size.",
)


@dataclass(frozen=True, eq=False)
class Film:
    """Key-frames and how to go from one to the next."""

    points: np.ndarray  # float32 [k, latent_size]
    shares: np.ndarray | None  # float32 [k, 10] of a conditional model's classes
    between: int  # frames between two key-frames
    milliseconds: int  # that a frame stays
    loop: bool  # the last key-frame leads back to the first, for ever
    kind: Kind
    size: int  # a pixel becomes a square of so many

    @property
    def legs(self) -> int:
        return len(self.points) if self.loop else len(self.points) - 1

    @property
    def frames(self) -> int:
        return self.legs * (self.between + 1) + (0 if self.loop else 1)

    def way(self) -> tuple[np.ndarray, np.ndarray | None]:
        """What each frame shows: points float32 [frames, latent_size] along great circles, and classes [frames, 10]
        along the straight way between the key-frames' own.
        """
        places = np.arange(self.frames) / (self.between + 1)
        leg = np.minimum(places.astype(int), self.legs - 1)
        ahead = (leg + 1) % len(self.points)
        share = places - leg
        points = [slerp(self.points[i], self.points[j], t) for i, j, t in zip(leg, ahead, share, strict=True)]
        if self.shares is None:
            return np.stack(points), None
        mixed = (1 - share)[:, None] * self.shares[leg] + share[:, None] * self.shares[ahead]
        return np.stack(points), mixed.astype(np.float32)

    def enlarged(self, images: np.ndarray) -> Iterator[Image.Image]:
        """Images uint8 [n, 28, 28] as pictures of the film's size."""
        for image in images:
            picture = Image.fromarray(image, "L")
            yield picture.resize((picture.width * self.size, picture.height * self.size), Image.Resampling.NEAREST)


def read_film(asked: Mapping[str, Any], latent_size: int, classes: int) -> Film:
    """The film that a request asks for, of a model of so many classes (0: unconditional). Raises `VisitorError` with what is wrong about it."""
    keys = asked.get("keys")
    if not isinstance(keys, list) or not 2 <= len(keys) <= MOST_KEYS:
        raise VisitorError(_FEW_KEYS.format(most=MOST_KEYS))
    loop = asked.get("loop", True)
    if not isinstance(loop, bool):
        raise VisitorError(_LOOP)
    film = Film(
        np.stack([_point(key, place, latent_size) for place, key in enumerate(keys, 1)]),
        np.stack([_shares(key, place, classes) for place, key in enumerate(keys, 1)]) if classes else None,
        whole_number(asked.get("frames_between", 15), 1, MOST_BETWEEN, Text("中间的帧数", "The frames between")),
        whole_number(asked.get("speed", 60), SHORTEST, LONGEST, Text("每帧的毫秒数", "The milliseconds a frame")),
        loop,
        _kind(asked.get("format", "gif")),
        whole_number(asked.get("size", 8), 1, MOST_SIZE, Text("放大倍数", "The size")),
    )
    if film.frames > MOST_FRAMES:
        raise VisitorError(_TOO_LONG.format(frames=film.frames, most=MOST_FRAMES))
    if film.frames * film.size**2 > MOST_SQUARES:
        raise VisitorError(_TOO_LARGE.format(frames=film.frames, size=film.size))
    return film


def _kind(value: object) -> Kind:
    for kind in get_args(Kind):
        if isinstance(value, str) and value.upper() == kind:
            return kind
    raise VisitorError(_FORMAT)


def _point(key: Any, place: int, size: int) -> np.ndarray:
    values = key.get("z") if isinstance(key, dict) else None
    if (
        isinstance(values, list)
        and len(values) == size
        and all(_is_within(value, -FARTHEST, FARTHEST) for value in values)
    ):
        return np.array(values, np.float32)
    raise VisitorError(_KEY.format(n=place, size=size))


def _is_within(value: object, least: float, most: float) -> bool:
    """Whether `value` is a number in [least, most]; NaN is in none, and an integer may have any number of digits."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most


def _shares(key: Mapping[str, Any], place: int, count: int) -> np.ndarray:
    """The share of each class, float32 [count]: from `label`, a digit, or from `classes`, as many weights."""
    label, weights = key.get("label"), key.get("classes")
    if isinstance(label, int) and not isinstance(label, bool) and 0 <= label < count:
        return np.eye(count, dtype=np.float32)[label]
    if isinstance(weights, list) and len(weights) == count and all(_is_within(w, 0, 1) for w in weights):
        total = sum(weights)
        if abs(total - 1) <= _ADD_UP:
            return np.array([weight / total for weight in weights], np.float32)
    raise VisitorError(_CLASS.format(n=place, last=count - 1, count=count))
