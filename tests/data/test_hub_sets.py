"""Fetched sets on disk: what is kept from training, and what a damaged copy says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.data import DATASETS, Dataset, hub_sets, load
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.text import NotFound, VisitorError

MNIST, KANA = HUB_SETS["mnist"], HUB_SETS["kmnist"]


def arrays(count: int = 20, seed: int = 0) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    images = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return dict(zip(hub_sets.NAMES, (images, np.arange(count) % 10, images[:4], np.arange(4)), strict=True))


def stored(key: str = "kmnist") -> dict[str, np.ndarray]:
    found = arrays()
    hub_sets.store(HUB_SETS[key], found, {"commit": "abc", "changes": [["转了", "turned"], "no text"]})
    return found


def test_every_set_of_the_catalogue_is_a_dataset_that_says_how_to_get_it(home: Path) -> None:
    for key, item in HUB_SETS.items():
        info = DATASETS[key]
        assert (info.class_names, info.is_digits) == (item.class_names, item.is_digits)
        with pytest.raises(VisitorError) as refused:
            load(key)
        for words in (refused.value.text.zh, refused.value.text.en):
            assert f"datasets get {key}" in words and f"{item.megabytes:.0f}" in words
        assert len(item.sources) >= 2 and all("/" in source.repo for source in item.sources)


def test_what_is_stored_is_what_is_loaded(home: Path) -> None:
    before = stored()
    dataset = load("kmnist")
    assert (dataset.images == before["images"]).all() and (dataset.labels == before["labels"]).all()
    assert len(dataset.held_out) == 4 and not dataset.is_digits
    entry = next(each for each in hub_sets.hub_entries("zh") if each["key"] == "kmnist")
    assert entry["ready"] and entry["commit"] == "abc" and entry["changes"] == ["转了"]


def test_held_out_and_reserved_digits_of_mnist_are_kept_from_training(digits: Dataset) -> None:
    """As `benchmarks` keep them from what is shipped; here on fewer digits, of which some are reserved."""
    found = arrays()
    reserved = np.concatenate(list(hub_sets.digits.reserved_rows().values()))
    count = int(np.sort(reserved)[30]) + 1  # so many rows that 31 of them are reserved
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    free = np.setdiff1d(np.arange(count), reserved)
    images[free[:5]] = digits.held_out[:5]
    images[free[5]] = digits.images[0]
    whole = dict(
        zip(hub_sets.NAMES, (images, np.zeros(count, np.int64), images[:0], np.zeros(0, np.int64)), strict=True)
    )
    dataset = hub_sets.as_dataset(MNIST, whole)
    assert len(dataset.images) == count - 31 - 5
    kept = {image.tobytes() for image in dataset.images}
    assert digits.images[0].tobytes() in kept and not kept & {image.tobytes() for image in digits.held_out}
    assert not kept & {images[row].tobytes() for row in reserved if row < count}
    assert (dataset.held_out == digits.held_out).all() and (dataset.held_out_labels == digits.held_out_labels).all()
    assert len(hub_sets.as_dataset(KANA, found).images) == 20


@pytest.mark.parametrize("damage", ["cut", "other", "no card", "strange card"])
def test_a_damaged_copy_says_to_fetch_it_again(home: Path, damage: str) -> None:
    stored()
    place = hub_sets.folder("kmnist")
    whole = (place / hub_sets.ARRAYS).read_bytes()
    if damage == "cut":
        (place / hub_sets.ARRAYS).write_bytes(whole[:-50])
    elif damage == "other":
        np.savez(place / hub_sets.ARRAYS, **arrays(seed=1))
    else:
        (place / hub_sets.CARD).write_text("[1]" if damage == "strange card" else json.dumps({"count": 20}))
    with pytest.raises(VisitorError) as refused:
        load("kmnist")
    assert "--again" in refused.value.text.en and "--again" in refused.value.text.zh


def test_a_write_that_fails_leaves_the_copy_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored()

    def fail(*_: object, **__: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(hub_sets.np, "savez_compressed", fail)
    with pytest.raises(OSError):
        hub_sets.store(KANA, arrays(seed=2), {})
    assert (load("kmnist").images == before["images"]).all()
    assert [path.name for path in hub_sets.folder("kmnist").parent.iterdir()] == ["kmnist"]


def test_there_is_no_other_set(home: Path) -> None:
    with pytest.raises(NotFound):
        hub_sets.find("../runs")


def test_the_fingerprint_is_of_every_array_and_of_their_order() -> None:
    found = arrays()
    first = hub_sets.fingerprint(found)
    for name in hub_sets.NAMES:
        assert hub_sets.fingerprint({**found, name: found[name][::-1]}) != first
    assert hub_sets.fingerprint({**found, "labels": found["labels"].astype(np.int32)}) == first
