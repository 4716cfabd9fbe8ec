"""Long curves made short enough to send: minimum and maximum over buckets of steps."""

from __future__ import annotations

from typing import Any

import numpy as np

MOST_BUCKETS = 2000
DIGITS = 5


def shorten(values: np.ndarray) -> np.ndarray:
    """`values` as float64 of five significant digits: what a chart can show, in half the bytes."""
    wide = values.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        exponent = DIGITS - 1 - np.floor(np.log10(np.abs(wide)))
        scale = np.power(10.0, np.abs(exponent))
        rounded = np.where(exponent >= 0, np.rint(wide * scale) / scale, np.rint(wide / scale) * scale)
    return np.where(np.isfinite(rounded), rounded, wide)


def buckets(rows: np.ndarray, keys: tuple[str, ...], most: int = MOST_BUCKETS) -> dict[str, Any]:
    """The curves of steps 1..n as a snapshot carries them, from rows [n, m].

    `{"first", "last", "bucket", "steps", "min": {key: [...]}, "max": {key: [...]}}`; `steps` holds the first step of
    each bucket. With at most `most` steps a bucket is one step, `min` is its exact float32 value and `max` is empty.
    Non-finite values are passed over where a bucket has others.
    """
    count = len(rows)
    bucket = max(1, -(-count // most))
    starts = np.arange(0, count, bucket)
    if bucket == 1:
        low = high = rows
    else:
        low, high = (shorten(extreme.reduceat(rows, starts, axis=0)) for extreme in (np.fmin, np.fmax))
    return {
        "first": 1,
        "last": count,
        "bucket": bucket,
        "steps": starts + 1,
        "min": {key: np.ascontiguousarray(low[:, i]) for i, key in enumerate(keys)},
        "max": {key: np.ascontiguousarray(high[:, i]) for i, key in enumerate(keys)} if bucket > 1 else {},
    }
