"""A visitor's pictures made into training images, one at a time, with a report of all that was done and left out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from aigc_demo.data.datasets import MAX_IMAGES
from aigc_demo.data.pictures import DONE, SKIPPED, Choices, Unusable, convert, grey_of, is_light
from aigc_demo.data.sources import Source, check_count
from aigc_demo.text import Lang, Text, VisitorError

FEWEST = 2
FEW = 20  # images below which G is bound to learn them by heart
SHOWN = 12  # pairs of a preview
ASKED = 24  # pictures that are asked whether their paper is light
EVERY = 50  # pictures between two pieces of news
MOST_PIXELS_IN_ALL = 20_000_000_000  # that one conversion unpacks
SKIPS_NAMED = 5

NOTHING = Text(
    "没有一张可用的图片：{why}。请给出 PNG、JPEG、GIF、BMP、WebP 或 TIFF 图片。",
    "Not one picture could be used: {why}. Give PNG, JPEG, GIF, BMP, WebP or TIFF pictures.",
)
_COUNTED, _AND = Text("{count} 个", "{count} × "), Text("、", ", ")
EMPTY = Text(
    "这里没有图片；请给出 PNG、JPEG、GIF、BMP、WebP 或 TIFF 图片。",
    "There are no pictures in it; give PNG, JPEG, GIF, BMP, WebP or TIFF pictures.",
)
ONLY_ONE = Text(
    "只有一张可用的图片；至少要两张不同的（十张以上才学得出变化）。",
    "Only one picture can be used; give at least two different ones (ten or more for any variety).",
)
TOO_MUCH = Text(
    "这些图片的像素总数超过这里的上限；请先缩小图片，或减少张数。",
    "These pictures have more pixels in all than can be taken here; scale them down first, or give fewer.",
)


@dataclass(frozen=True)
class Bounds:
    """How much one conversion may take."""

    images: int = MAX_IMAGES
    pixels: int = MOST_PIXELS_IN_ALL


class Pair(NamedTuple):
    """A picture before (None where it cannot be read) and after (None where it is left out, for the reason `skipped`)."""

    name: str
    class_name: str
    before: Image.Image | None
    after: np.ndarray | None
    done: tuple[str, ...]
    skipped: str


class Progress(NamedTuple):
    """So many of so many pictures have been looked at."""

    seen: int
    total: int


@dataclass(eq=False)
class Converted:
    """Images uint8 [n, 28, 28] with their labels int64 [n], and the report: counts of what was done and left out."""

    images: np.ndarray
    labels: np.ndarray
    class_names: tuple[str, ...]
    choices: Choices
    kind: str
    name: str
    done: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)  # of what is left out: the first few names

    @property
    def counts(self) -> list[int]:
        """Images of each class."""
        return np.bincount(self.labels, minlength=len(self.class_names)).tolist()

    def report(self, lang: Lang) -> dict[str, Any]:
        """What a page or a terminal shows of it."""
        return {
            "images": len(self.images),
            "classes": [
                {"name": name, "count": count} for name, count in zip(self.class_names, self.counts, strict=True)
            ],
            "done": _lines(self.done, DONE, lang),
            "skipped": [
                line | {"names": self.examples.get(line["key"], [])} for line in _lines(self.skipped, SKIPPED, lang)
            ],
            "few": len(self.images) < FEW,
        }


def _lines(counts: Counter[str], words: dict[str, Text], lang: Lang) -> list[dict[str, Any]]:
    return [{"key": key, "text": text(lang), "count": counts[key]} for key, text in words.items() if counts[key]]


def preview(source: Source, choices: Choices, count: int = SHOWN) -> list[Pair]:
    """What becomes of some of the pictures, spread over all of them."""
    paper = paper_is_light(source, choices)
    pairs = []
    with source.some(count) as items:
        for item in items:
            picture, name, class_name = None, item.name, source.class_names[item.label]
            try:
                picture = item.open()
                small = convert(grey_of(picture), choices, paper)
                pairs.append(Pair(name, class_name, picture.image, small.pixels, small.done, ""))
            except Unusable as left_out:
                pairs.append(Pair(name, class_name, picture.image if picture else None, None, (), left_out.reason))
    return pairs


def paper_is_light(source: Source, choices: Choices) -> bool | None:
    """What most of some pictures' edges say, where that is asked for; None where no picture can be read."""
    if choices.invert != "auto" or choices.fit == "ink":
        return None
    votes = []
    with source.some(ASKED) as items:
        for item in items:
            try:
                votes.append(is_light(grey_of(item.open()).levels))
            except Unusable:
                continue
    return sum(votes) * 2 > len(votes) if votes else None


def conversion(
    source: Source, choices: Choices, bounds: Bounds | None = None, has_left: Callable[[], bool] = lambda: False
) -> Iterator[Progress | Converted]:
    """Convert every picture of `source`: progress now and then, the images at last.

    A picture that cannot be used is left out and counted. Raises `VisitorError` where fewer than two are left, or
    there are more than `bounds` allow. Ends early once `has_left()`.
    """
    bounds = bounds or Bounds()
    check_count(len(source), bounds.images)
    result = Converted(np.zeros(0), np.zeros(0), source.class_names, choices, source.kind, source.name)
    result.skipped.update(source.skipped)
    kept: list[bytes] = []
    labels: list[int] = []
    known: set[bytes] = set()
    pixels = 0
    paper = paper_is_light(source, choices)
    with source.items() as items:
        for seen, item in enumerate(items):
            if seen % EVERY == 0:
                yield Progress(seen, len(source))
            if has_left():
                return
            try:
                picture = item.open()
                pixels += picture.pixels
                if pixels > bounds.pixels:
                    raise VisitorError(TOO_MUCH)
                small = convert(grey_of(picture), choices, paper)
                _note(known, small.pixels, item.label)
            except Unusable as left_out:
                result.skipped[left_out.reason] += 1
                names = result.examples.setdefault(left_out.reason, [])
                names += [item.name[-60:]] if len(names) < SKIPS_NAMED else []
                continue
            kept.append(small.pixels.tobytes())
            labels.append(item.label)
            result.done.update(small.done)
    yield _whole(result, kept, labels)


def _note(known: set[bytes], pixels: np.ndarray, label: int) -> None:
    """Raise `Unusable` for an image of the same class that is there already."""
    digest = hashlib.blake2b(pixels.tobytes() + bytes([label]), digest_size=12).digest()
    if digest in known:
        raise Unusable("duplicate")
    known.add(digest)


def _whole(result: Converted, kept: list[bytes], labels: list[int]) -> Converted:
    if not kept:
        why = [reason for reason, count in result.skipped.most_common() if count and reason != "junk"]
        raise VisitorError(_nothing(result, why))
    if len(kept) < FEWEST:
        raise VisitorError(ONLY_ONE)
    found = np.array(labels, np.int64)
    present = np.unique(found)  # a class all of whose pictures are left out is none
    result.class_names = tuple(result.class_names[label] for label in present)
    result.labels = np.searchsorted(present, found).astype(np.int64)
    result.images = np.frombuffer(b"".join(kept), np.uint8).reshape(-1, 28, 28)
    return result


def _nothing(result: Converted, reasons: list[str]) -> Text:
    if not reasons:
        return EMPTY
    parts = [_COUNTED.format(count=result.skipped[reason]) for reason in reasons]
    what = [SKIPPED[reason] for reason in reasons]
    why = Text(
        _AND.zh.join(part.zh + text.zh for part, text in zip(parts, what, strict=True)),
        _AND.en.join(part.en + text.en for part, text in zip(parts, what, strict=True)),
    )
    return Text(NOTHING.zh.format(why=why.zh), NOTHING.en.format(why=why.en))
