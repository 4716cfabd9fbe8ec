"""Pictures in an `.npz` file of any sensible shape and number type, read a few rows at a time and never unpickled."""

from __future__ import annotations

import contextlib
import math
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from PIL import Image

from aigc_demo.data.archive import opened
from aigc_demo.data.datasets import MAX_IMAGES, MOST_CLASSES
from aigc_demo.data.pictures import Levels, Picture, levels_of
from aigc_demo.data.sources import TOO_MANY_CLASSES, Closing, Item, check_count, clean_name, clean_names, spread
from aigc_demo.text import Text, VisitorError

IMAGES = ("images", "x_train", "train_images", "x", "data", "arr_0")  # what such an array is usually called
LABELS = ("labels", "y_train", "train_labels", "y", "targets", "arr_1")
NAMES = ("class_names", "classes")
LARGEST_SIDE = 2048  # pixels
CHUNK = 16_000_000  # bytes that are read at once
MOST_LABEL_BYTES = 8 * MAX_IMAGES

_BROKEN = Text("这个 .npz 文件已损坏，无法读取。", "This .npz file is damaged and cannot be read.")
_NO_IMAGES = Text(
    "这个 .npz 文件里没有图像数组；请把它命名为 images（现有：{names}）。",
    "This .npz file has no array of images; name it images (there are: {names}).",
)
_BAD_SHAPE = Text(
    "图像数组的形状应为 [n, 高, 宽]、[n, 高, 宽, 1/3/4]、[n, 1/3/4, 高, 宽] 或 [n, 边长²]，不能是 {shape}。",
    "The array of images must be [n, height, width], [n, height, width, 1/3/4], [n, 1/3/4, height, width] or "
    "[n, side²], not {shape}.",
)
_BAD_KIND = Text("图像数组应为数字，不能是 {kind}。", "The array of images must hold numbers, not {kind}.")
_NOT_FINITE = Text(
    "图像数组里有 NaN 或无穷大；请先清理。", "The array of images contains NaN or infinity; clean it first."
)
_BAD_LABELS = Text(
    "labels 应为 {n} 个不小于 0 的整数，每张图一个。",
    "labels must be {n} whole numbers of 0 or more, one for each image.",
)


class _Header(NamedTuple):
    shape: tuple[int, ...]
    kind: np.dtype
    is_fortran: bool


class NpzSource:
    """The images of an `.npz` file, each with its label where there are any."""

    kind = "npz"

    def __init__(self, path: Path, name: str = "") -> None:
        """Looks at every number once, to learn their range. Raises `VisitorError`."""
        self._path, self.name = path, name or path.stem
        self.skipped: dict[str, int] = {}
        with opened(path) as archive:
            arrays = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
            self._entry = _first(arrays, IMAGES)
            if self._entry is None:
                shown = ", ".join(sorted(arrays)[:8]) or "–"
                raise VisitorError(_NO_IMAGES.format(names=shown[:120]))
            with _array(archive, self._entry) as (_, header):
                self._header = header
            self._shape = _layout(header)
            check_count(len(self))
            self._labels = self._read_labels(archive, arrays)
            self.class_names = self._read_names(archive, arrays)
            self._levels = self._range(archive)

    def __len__(self) -> int:
        return self._header.shape[0]

    def items(self) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(None))

    def some(self, count: int) -> AbstractContextManager[Iterator[Item]]:
        return Closing(self._items(set(spread(len(self), count))))

    def _items(self, wanted: set[int] | None) -> Iterator[Item]:
        with opened(self._path) as archive:
            first = 0
            for rows in self._rows(archive):
                for place, row in enumerate(rows, first):
                    if wanted is None or place in wanted:
                        yield Item(f"#{place + 1}", int(self._labels[place]), partial(self._picture, row))
                first += len(rows)

    def _rows(self, archive: zipfile.ZipFile) -> Iterator[np.ndarray]:
        """The array in pieces of some rows, numbers as they are stored."""
        assert self._entry is not None
        with _array(archive, self._entry) as (stream, header):
            count, *rest = header.shape
            if header.is_fortran:
                raise VisitorError(_BAD_SHAPE.format(shape="Fortran-ordered"))
            size = math.prod(rest) * header.kind.itemsize
            step = max(1, CHUNK // size)
            for first in range(0, count, step):
                rows = min(step, count - first)
                content = _exactly(stream, rows * size)
                yield np.frombuffer(content, header.kind).reshape(rows, *rest)

    def _range(self, archive: zipfile.ZipFile) -> Levels:
        lowest, highest = np.inf, -np.inf
        for rows in self._rows(archive):
            least, most = float(rows.min()), float(rows.max())
            if not (np.isfinite(least) and np.isfinite(most)):  # NaN passes on to both, but not through Python's `min`
                raise VisitorError(_NOT_FINITE)
            lowest, highest = min(lowest, least), max(highest, most)
        levels = levels_of(self._header.kind, lowest, highest) if len(self) else Levels(0.0, 1.0)
        if levels is None:
            raise VisitorError(_NOT_FINITE)
        return levels

    def _picture(self, row: np.ndarray) -> Picture:
        pixels = row.astype(np.uint8) if not self._levels.is_needed else self._levels.apply(row)
        pixels = pixels.reshape(self._shape)
        if pixels.ndim == 3 and pixels.shape[0] in (1, 3, 4) and self._channels_first:
            pixels = pixels.transpose(1, 2, 0)
        if pixels.ndim == 3 and pixels.shape[2] == 1:
            pixels = pixels[..., 0]
        image = Image.fromarray(np.ascontiguousarray(pixels))
        return Picture(image, ("levels",) if self._levels.is_needed else (), image.width * image.height)

    @property
    def _channels_first(self) -> bool:
        return len(self._shape) == 3 and self._shape[2] not in (1, 3, 4)

    def _read_labels(self, archive: zipfile.ZipFile, arrays: dict[str, zipfile.ZipInfo]) -> np.ndarray:
        entry = _first(arrays, LABELS)
        count = len(self)
        if entry is None:
            return np.zeros(count, np.int64)
        labels = _whole(archive, entry)
        if labels.ndim == 2 and labels.shape[1] == 1:
            labels = labels[:, 0]
        if labels.shape != (count,) or not np.issubdtype(labels.dtype, np.integer):
            raise VisitorError(_BAD_LABELS.format(n=f"{count:,}"))
        if count and labels.min() < 0:
            raise VisitorError(_BAD_LABELS.format(n=f"{count:,}"))
        self._values, places = np.unique(labels, return_inverse=True)
        if len(self._values) > MOST_CLASSES:
            raise VisitorError(TOO_MANY_CLASSES.format(n=f"{len(self._values):,}", most=MOST_CLASSES))
        return places.reshape(-1).astype(np.int64)

    _values: np.ndarray | None = None

    def _read_names(self, archive: zipfile.ZipFile, arrays: dict[str, zipfile.ZipInfo]) -> tuple[str, ...]:
        if self._values is None:
            return (clean_name(self.name),)
        entry = _first(arrays, NAMES)
        names = None if entry is None else _whole(archive, entry)
        if names is not None and names.dtype.kind == "U" and names.ndim == 1 and int(self._values.max()) < len(names):
            return clean_names([str(names[value]) for value in self._values])
        return clean_names([str(value) for value in self._values])


def is_plain(path: Path) -> bool:
    """Whether the file claims what `read_npz` takes as it is: `images` uint8 [n, 28, 28] with `labels`.

    What else is wrong with it is for `read_npz` to say; a file that cannot be opened counts as plain as well.
    """
    try:
        with opened(path) as archive:
            arrays = {entry.filename: entry for entry in archive.infolist()}
            if "labels.npy" not in arrays or "images.npy" not in arrays:
                return False
            with _array(archive, arrays["images.npy"]) as (_, header):
                return header.kind == np.uint8 and header.shape[1:] == (28, 28)
    except VisitorError:
        return True


def _first(arrays: dict[str, zipfile.ZipInfo], names: tuple[str, ...]) -> zipfile.ZipInfo | None:
    by_name = {name.lower(): entry for name, entry in arrays.items()}
    return next((by_name[name] for name in names if name in by_name), None)


def _layout(header: _Header) -> tuple[int, ...]:
    """The shape of one image of the array. Raises `VisitorError`."""
    if header.kind.kind not in "buif":
        raise VisitorError(_BAD_KIND.format(kind=str(header.kind)[:40]))
    count, rest = (header.shape[0] if header.shape else 0), header.shape[1:]
    if len(rest) == 1:
        side = round(rest[0] ** 0.5)
        rest = (side, side) if side * side == rest[0] else ()
    sides = rest if len(rest) == 2 else _sides(rest)
    if count < 0 or len(sides) != 2 or not all(1 <= side <= LARGEST_SIDE for side in sides):
        raise VisitorError(_BAD_SHAPE.format(shape=str(list(header.shape))[:80]))
    return tuple(rest)


def _sides(rest: tuple[int, ...]) -> tuple[int, ...]:
    if len(rest) != 3:
        return ()
    if rest[2] in (1, 3, 4):
        return rest[:2]
    return rest[1:] if rest[0] in (1, 3, 4) else ()


@contextlib.contextmanager
def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[IO[bytes], _Header]]:
    """The stream of an entry behind its header. Raises `VisitorError`."""
    if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise VisitorError(_BROKEN)
    try:
        with archive.open(entry) as stream:
            version = np.lib.format.read_magic(stream)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, fortran, kind = read(stream)
            yield stream, _Header(tuple(int(side) for side in shape), kind, fortran and len(shape) > 1)
    except VisitorError:
        raise
    except Exception as error:  # zip, zlib, NumPy's header parser: a damaged file fails in a dozen ways
        raise VisitorError(_BROKEN) from error


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> np.ndarray:
    with _array(archive, entry) as (stream, header):
        size = math.prod(header.shape) * header.kind.itemsize
        if header.kind.hasobject or not 0 <= size <= MOST_LABEL_BYTES:
            raise VisitorError(_BROKEN)
        return np.frombuffer(_exactly(stream, size), header.kind).reshape(header.shape)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise VisitorError(_BROKEN)
    return content
