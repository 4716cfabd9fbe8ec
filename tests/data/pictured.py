"""Picture files of every kind, made for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw


def drawing(turn: int = 0, side: int = 60, ink: Any = 0, paper: Any = 255, mode: str = "L") -> Image.Image:
    """A bold stroke whose place depends on `turn`."""
    image = Image.new(mode, (side, side), paper)
    ImageDraw.Draw(image).line((15, 10 + turn, 40, 45 - turn), fill=ink, width=8)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def zipped(path: Path, entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path


def drawings(count: int, folder: str = "") -> list[tuple[str, bytes]]:
    return [(f"{folder}{number}.png", encoded(drawing(number % 30, ink=number // 30 * 5))) for number in range(count)]


def same(one: np.ndarray, other: np.ndarray, within: int = 0) -> bool:
    return bool(np.abs(one.astype(int) - other.astype(int)).max() <= within)
