"""Sets for a Hub on this machine: entries of the catalogue that are as small as a test wants them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from aigc_demo.data.hub_catalogue import HUB_SETS, HubSet, Source
from aigc_demo.hub import Progress, Stored, fetch
from aigc_demo.hub.client import Hub
from aigc_demo.hub.reading import Part, read_part
from tests.hub.fake_hub import FakeHub
from tests.hub.made_files import parquet, some_images

KANA = HUB_SETS["kmnist"]
REPO = KANA.sources[0].repo
TRAIN, TEST = KANA.sources[0].train[0], KANA.sources[0].test[0]


def put_kana(fake: FakeHub, train: int = 40, test: int = 12) -> tuple[Any, Any]:
    """Put a small `kmnist` where the catalogue looks for it; returns the training images and labels."""
    images, labels = some_images(train)
    fake.put(REPO, TRAIN, parquet(images, labels))
    fake.put(REPO, TEST, parquet(*some_images(test, seed=1)))
    return images, labels


def set_of(*sources: Source, **facts: Any) -> HubSet:
    """The kana's entry with other sources or facts."""
    return replace(KANA, sources=sources or KANA.sources, **facts)


def fetched(item: HubSet, hub: Hub, stop: threading.Event | None = None) -> list[Progress | Stored]:
    return list(fetch(item, hub, stop or threading.Event()))


def unpack_here(
    parts: tuple[tuple[Path, ...], ...], first_label: int, classes: int, to: Path, stop: threading.Event
) -> Iterator[int | tuple[Part, ...]]:
    """What `unpacking.unpack` does, without a process of its own."""
    read = tuple(read_part(paths, first_label, classes) for paths in parts)
    yield sum(len(part.images) for part in read)
    yield read
