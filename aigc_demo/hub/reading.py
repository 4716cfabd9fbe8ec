"""Images and labels out of the files that the Hub holds: Parquet with encoded images, or gzipped IDX.

Everything read is somebody else's: sizes are checked before anything is made of them, and a file that is not as the
catalogue says is refused. `unpacking` calls this in a process of its own.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from aigc_demo.text import Text, VisitorError

SIDE = 28
MOST_ROWS = 200_000
LARGEST_IMAGE = 20_000  # bytes of one encoded image; 28 x 28 greys are 800 at most
FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF")
IDX_HEAD = {3: 16, 1: 8}  # bytes before the data, by the number of dimensions

UNEXPECTED = Text(
    "{path} 的内容不是预期的样子（{why}），没有使用它。",
    "{path} does not hold what was expected ({why}) and is not used.",
)
_NOT_PARQUET = Text("不是可读的 Parquet 文件", "it is not a readable Parquet file")
_NO_COLUMNS = Text("缺少 image 或 label 列", "it lacks a column image or label")
_NO_IMAGE = Text("第 {row} 行不是 28×28 的图像", "row {row} is no image of 28×28 pixels")
_BAD_LABELS = Text("标签不是 {first} 到 {last} 的整数", "labels are not whole numbers from {first} to {last}")
_COUNT = Text("有 {n} 行，应为 2 到 {most} 行", "it has {n} rows, and 2 to {most} are allowed")
_NOT_IDX = Text("不是可读的 IDX 文件", "it is not a readable IDX file")


class Part(NamedTuple):
    """`images` uint8 [n, 28, 28], `labels` int64 [n] from 0; `greyed` images were stored in another mode than grey."""

    images: np.ndarray
    labels: np.ndarray
    greyed: int


Told = Callable[[int], None]  # how many rows have been read


def read_part(paths: tuple[Path, ...], first_label: int, classes: int, told: Told = lambda rows: None) -> Part:
    """Read one Parquet file, or an IDX file of images and one of labels. Raises `VisitorError`."""
    if len(paths) == 1:
        images, labels, greyed = _parquet(paths[0], told)
    else:
        images, labels, greyed = _idx(paths[0], 3), _idx(paths[1], 1).astype(np.int64), 0
        told(len(images))
    if not 2 <= len(images) <= MOST_ROWS or len(images) != len(labels):
        raise _unexpected(paths[0], _COUNT.format(n=len(images), most=f"{MOST_ROWS:,}"))
    labels = labels - first_label
    if labels.min() < 0 or labels.max() >= classes:
        raise _unexpected(paths[-1], _BAD_LABELS.format(first=first_label, last=first_label + classes - 1))
    return Part(images, labels, greyed)


def _parquet(path: Path, told: Told) -> tuple[np.ndarray, np.ndarray, int]:
    images: list[np.ndarray] = []
    labels: list[np.ndarray] = []
    greyed = 0
    for encoded, numbers in _rows(path):
        for one in encoded:
            image, was_grey = _decoded(one)
            if image is None:
                raise _unexpected(path, _NO_IMAGE.format(row=len(images)))
            images.append(image)
            greyed += not was_grey
        labels.append(numbers)
        if len(images) > MOST_ROWS:
            break
        told(len(images))
    if not images:
        raise _unexpected(path, _COUNT.format(n=0, most=f"{MOST_ROWS:,}"))
    return np.stack(images), np.concatenate(labels), greyed


def _rows(path: Path) -> Iterator[tuple[list[Any], np.ndarray]]:
    """The encoded images (bytes, or None) and the labels int64 of one batch after the other."""
    with path.open("rb") as file:  # Arrow's reader does not raise at a file without these, it panics
        if file.read(4) != b"PAR1" or not file.seek(-4, io.SEEK_END) or file.read(4) != b"PAR1":
            raise _unexpected(path, _NOT_PARQUET)
    from arro3.core import DataType, struct_field
    from arro3.io import read_parquet

    try:
        batches = read_parquet(str(path))
        names = batches.schema.names
        if "image" not in names or "label" not in names:
            raise _unexpected(path, _NO_COLUMNS)
        for batch in batches:
            image, label = batch["image"], batch["label"]
            column: Any = image if not DataType.is_struct(image.type) else struct_field(image, _bytes_place(image))
            yield list(column.to_pylist()), np.array(label.to_pylist(), np.int64)
    except VisitorError:
        raise
    except Exception as error:
        raise _unexpected(path, _NOT_PARQUET) from error


def _bytes_place(image: Any) -> int:
    """Which part of the struct `{bytes, path}` holds the encoded image."""
    return next(place for place, field in enumerate(image.type.fields) if field.name == "bytes")


def _decoded(encoded: Any) -> tuple[np.ndarray | None, bool]:
    """The image uint8 [28, 28], None where it is not one; and whether it was stored as greys."""
    if not isinstance(encoded, bytes) or len(encoded) > LARGEST_IMAGE:
        return None, False
    try:
        with Image.open(io.BytesIO(encoded), formats=FORMATS) as picture:
            if picture.size != (SIDE, SIDE):
                return None, False
            return np.asarray(picture.convert("L")), picture.mode == "L"
    except Exception:  # a damaged image fails in a dozen ways
        return None, False


def _idx(path: Path, dimensions: int) -> np.ndarray:
    """The bytes of a gzipped IDX file: two zeros, 8 for unsigned bytes, the dimensions, then their sizes (LeCun)."""
    most = MOST_ROWS * (SIDE * SIDE if dimensions == 3 else 1)
    try:
        with gzip.open(path) as file:
            head = file.read(IDX_HEAD[dimensions])
            if head[:4] != bytes((0, 0, 8, dimensions)) or len(head) < IDX_HEAD[dimensions]:
                raise _unexpected(path, _NOT_IDX)
            shape = tuple(int(size) for size in np.frombuffer(head, ">u4", offset=4))
            if shape[1:] not in ((), (SIDE, SIDE)) or not 2 <= shape[0] <= MOST_ROWS:
                raise _unexpected(path, _COUNT.format(n=shape[0], most=f"{MOST_ROWS:,}"))
            content = file.read(most + 1)
            return np.frombuffer(content, np.uint8).reshape(shape)
    except VisitorError:
        raise
    except Exception as error:  # not gzip, cut off, of another size than it says
        raise _unexpected(path, _NOT_IDX) from error


def _unexpected(path: Path, why: Text) -> VisitorError:
    return VisitorError(
        Text(UNEXPECTED.zh.format(path=path.name, why=why.zh), UNEXPECTED.en.format(path=path.name, why=why.en))
    )
