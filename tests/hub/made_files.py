"""Small files as the Hub holds them, made from arrays: Parquet with encoded images, and gzipped IDX."""

from __future__ import annotations

import gzip
import io
import struct
from typing import Any

import arro3.core as arrow
import numpy as np
from arro3.io import write_parquet
from PIL import Image, ImageDraw, ImageFont


def some_images(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Images uint8 [count, 28, 28] of noise, and labels int64 [count] that go round the ten classes."""
    images = np.random.default_rng(seed).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return images, np.arange(count, dtype=np.int64) % 10


def parquet(images: Any, labels: Any, kind: str = "PNG") -> bytes:
    """A Parquet file with the columns that the Hub's conversion makes: `image` {bytes, path} and `label`.

    `images` are arrays, or the bytes that are to stand for an image.
    """
    encoded = [image if isinstance(image, bytes) else encode(image, kind) for image in images]
    parts = [arrow.Array(encoded, arrow.DataType.binary()), arrow.Array([None] * len(encoded), arrow.DataType.string())]
    fields = [arrow.Field("bytes", arrow.DataType.binary()), arrow.Field("path", arrow.DataType.string())]
    image = arrow.struct_array(parts, fields=fields)
    label = arrow.Array([int(one) for one in labels], arrow.DataType.int64())
    return table({"image": image, "label": label})


def table(columns: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    write_parquet(arrow.Table.from_pydict(columns), out, compression="SNAPPY")
    return out.getvalue()


def encode(image: np.ndarray, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.fromarray(image).save(out, kind)
    return out.getvalue()


def idx(array: np.ndarray) -> bytes:
    """A gzipped IDX file of bytes."""
    head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return gzip.compress(head + array.astype(np.uint8).tobytes(), mtime=0)


def letters(each: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Upright capital letters as an EMNIST image has them, `each` of all 26, a little displaced."""
    images, labels = [], []
    for label in range(26):
        for place in range(each):
            picture = Image.new("L", (28, 28))
            draw = ImageDraw.Draw(picture)
            draw.text((9 + place % 3, 2 + place % 2), chr(65 + label), fill=255, font=ImageFont.load_default(20))
            images.append(np.asarray(picture))
            labels.append(label)
    return np.stack(images), np.array(labels, np.int64)
