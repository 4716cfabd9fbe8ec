"""Reading event files back with TensorFlow alone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any


def events_in(folder: Path) -> list[Any]:
    """Every event of every file in `folder`, the oldest file first."""
    import tensorflow as tf

    found = []
    for path in sorted(folder.glob("events.out.tfevents.*"), key=lambda path: path.stat().st_mtime_ns):
        for record in tf.data.TFRecordDataset([str(path)]).as_numpy_iterator():
            found.append(tf.compat.v1.Event.FromString(record))
    return found


def scalars_in(folder: Path) -> dict[str, dict[int, float]]:
    """By tag and step, the value that was written last."""
    table: dict[str, dict[int, float]] = defaultdict(dict)
    for event in events_in(folder):
        for value in event.summary.value:
            if value.HasField("simple_value"):
                table[value.tag][event.step] = value.simple_value
    return dict(table)


def images_in(folder: Path) -> list[tuple[int, bytes]]:
    return [
        (event.step, value.image.encoded_image_string)
        for event in events_in(folder)
        for value in event.summary.value
        if value.HasField("image")
    ]
