"""Every file is somebody else's: what is not as the catalogue says is refused with a sentence, whatever it holds."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from pathlib import Path

import arro3.core as arrow
import numpy as np
import pytest
from PIL import Image

from aigc_demo.hub.reading import read_part
from aigc_demo.text import VisitorError
from tests.hub.made_files import encode, idx, parquet, some_images, table

IMAGES, LABELS = some_images(12)


def write(folder: Path, *contents: bytes) -> tuple[Path, ...]:
    paths = tuple(folder / f"{place}-file" for place in range(len(contents)))
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says that it has 3,600 million pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def why(folder: Path, *contents: bytes, first_label: int = 0) -> str:
    with pytest.raises(VisitorError) as refused:
        read_part(write(folder, *contents), first_label, 10)
    return refused.value.text.en


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_parquet_with_images_of_any_usual_kind(tmp_path: Path, kind: str) -> None:
    told: list[int] = []
    part = read_part(write(tmp_path, parquet(IMAGES, LABELS, kind)), 0, 10, told.append)
    assert (part.images == IMAGES).all() and (part.labels == LABELS).all() and part.greyed == 0
    assert part.labels.dtype == np.int64 and told[-1] == 12


def test_a_column_of_bare_bytes_will_do(tmp_path: Path) -> None:
    image = arrow.Array([encode(image) for image in IMAGES], arrow.DataType.binary())
    label = arrow.Array([int(one) for one in LABELS], arrow.DataType.int32())
    part = read_part(write(tmp_path, table({"image": image, "label": label})), 0, 10)
    assert (part.images == IMAGES).all() and (part.labels == LABELS).all()


def test_idx_with_labels_from_one(tmp_path: Path) -> None:
    part = read_part(write(tmp_path, idx(IMAGES), idx(LABELS + 1)), 1, 10)
    assert (part.images == IMAGES).all() and (part.labels == LABELS).all()


def test_damaged_parquet_is_refused_and_never_read_as_something_else(tmp_path: Path) -> None:
    whole = parquet(IMAGES, LABELS)
    for damaged in (b"", b"PAR1", whole[:-1], whole[1:], whole[: len(whole) // 2], b"\0" * 100, gzip.compress(whole)):
        assert "not a readable Parquet file" in why(tmp_path, damaged)


def test_images_that_are_none(tmp_path: Path) -> None:
    large = io.BytesIO()
    Image.new("L", (28, 29)).save(large, "PNG")
    for image in (b"", b"not an image", encode(IMAGES[0])[:-30], large.getvalue(), bomb(), b"x" * 30_000):
        found = why(tmp_path, parquet([*IMAGES[:3], image], [0, 1, 2, 3]))
        assert "row 3 is no image of 28×28 pixels" in found


def test_columns_and_labels_that_are_missing_or_wrong(tmp_path: Path) -> None:
    label = arrow.Array([1, 2], arrow.DataType.int64())
    words = arrow.Array(["one", "two"], arrow.DataType.string())
    image = arrow.Array([encode(IMAGES[0])] * 2, arrow.DataType.binary())
    assert "lacks a column" in why(tmp_path, table({"picture": image, "label": label}))
    assert "lacks a column" in why(tmp_path, table({"image": image, "digit": label}))
    assert "not a readable Parquet file" in why(tmp_path, table({"image": image, "label": words}))
    assert "whole numbers from 0 to 9" in why(tmp_path, parquet(IMAGES[:2], [0, 10]))
    assert "whole numbers from 1 to 10" in why(tmp_path, parquet(IMAGES[:2], [0, 1]), first_label=1)
    assert "2 to 200,000 are allowed" in why(tmp_path, parquet(IMAGES[:1], [0]))


def test_damaged_idx_is_refused(tmp_path: Path) -> None:
    images, labels = idx(IMAGES), idx(LABELS)
    plain = gzip.decompress(images)
    longer = gzip.compress(struct.pack(">HBB3I", 0, 8, 3, 100, 28, 28) + plain[16:])
    for damaged in (
        plain,
        images[:-9],
        b"",
        gzip.compress(b"\0\0\x08"),
        gzip.compress(b"\0\0\x0d\x03" + plain[4:]),
        longer,
    ):
        assert "not a readable IDX file" in why(tmp_path, damaged, labels)
    other = gzip.compress(struct.pack(">HBB3I", 0, 8, 3, 12, 14, 56) + plain[16:])
    assert "12 rows" in why(tmp_path, other, labels)
    assert "2 to 200,000" in why(tmp_path, images, idx(LABELS[:5]))


def test_an_idx_bomb_is_not_blown_up(tmp_path: Path) -> None:
    """It announces more images than any set has, and would unpack to a gigabyte."""
    bomb = gzip.compress(struct.pack(">HBB3I", 0, 8, 3, 2_000_000, 28, 28) + bytes(1_000_000))
    assert "2,000,000 rows" in why(tmp_path, bomb, idx(LABELS)).replace("2000000", "2,000,000")
