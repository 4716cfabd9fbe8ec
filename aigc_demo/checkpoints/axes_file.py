"""The axes of a checkpoint, kept in its folder as `axes.json`, or in the cache: those of a model that ships, whose folder
is the program's own, and those of a folder that cannot be written.

The file names the weights it belongs to by their hash. One that belongs to others, or is damaged, counts as none: the
axes are found again and the file is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from aigc_demo.checkpoints.reading import GENERATOR, MAX_FILE_BYTES, read_file
from aigc_demo.home import SHIPPED, write_atomically
from aigc_demo.latent.axes import Axes
from aigc_demo.text import VisitorError

AXES = "axes.json"
FORMAT = "aigc-axes-1"
MAX_BYTES = 2_000_000
MOST_CACHED = 100  # files in the cache, of some 50 kB each


def read_axes(folder: Path, latent_size: int, cache: Path) -> Axes | None:
    """The axes kept for the generator in `folder`; None where there are none that fit. Raises as `read_file` does for
    the generator's own file.
    """
    weights = _hash(folder)
    for path in (folder / AXES, cache / f"{weights}.json"):
        with contextlib.suppress(VisitorError, ValueError, RecursionError):
            data = json.loads(read_file(path, MAX_BYTES))
            if isinstance(data, dict) and (data.get("format"), data.get("generator")) == (FORMAT, weights):
                return Axes.from_json(data, latent_size)
    return None


def write_axes(folder: Path, axes: Axes, cache: Path) -> Path | None:
    """Keep the axes of the generator in `folder`: there, else in `cache`; gives the file, None where neither can be.

    What ships is never written to, also where it could be: a program that runs leaves its own files as they are.
    """
    cached = cache / f"{_hash(folder)}.json"
    is_shipped = folder.resolve().is_relative_to(SHIPPED)
    for path in (cached,) if is_shipped else (folder / AXES, cached):
        with contextlib.suppress(OSError):
            write_atomically(path, axes_content(folder, axes))
            _prune(cache)
            return path
    return None


def axes_content(folder: Path, axes: Axes) -> bytes:
    """`axes.json` as it is kept for the generator in `folder`."""
    data = {"format": FORMAT, "generator": _hash(folder), **axes.to_json()}
    return (json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _hash(folder: Path) -> str:
    return hashlib.sha256(read_file(folder / GENERATOR, MAX_FILE_BYTES)).hexdigest()


def _prune(cache: Path) -> None:
    """Remove the files of the cache that are the oldest beyond the number kept."""
    files = sorted(cache.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in files[: max(0, len(files) - MOST_CACHED)]:
        path.unlink(missing_ok=True)
