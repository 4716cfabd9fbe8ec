"""Sets of a visitor's own on disk: whole or not at all, named by ids, and files that anybody may have changed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.data import DIGITS, check_name, class_names_of, is_digits, load, title_of
from aigc_demo.data import own as module
from aigc_demo.data.conversion import Converted
from aigc_demo.data.own import OwnStore, is_own
from aigc_demo.data.pictures import Choices
from aigc_demo.home import datasets_home
from aigc_demo.text import NotFound, VisitorError


def converted(count: int = 40, names: tuple[str, ...] = ("cat", "dog")) -> Converted:
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28), np.uint8)
    made = Converted(images, np.arange(count) % len(names), names, Choices(invert="yes"), "zip", "pets")
    made.done, made.skipped = Counter(inverted=count), Counter(damaged=3)
    return made


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnStore:
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path))
    return OwnStore(datasets_home())


def test_what_is_kept_comes_back(store: OwnStore) -> None:
    made = converted()
    info = store.add(made, "  My\n pets ")
    assert store.info(info.id) == info
    assert (info.name, info.class_names, info.kind) == ("My pets", ("cat", "dog"), "zip")
    assert info.images == 36 and info.held_out == 4 and sum(info.counts) == 36
    dataset = load(info.key)
    assert dataset.class_names == ("cat", "dog") and not dataset.is_digits and dataset.name == info.key
    everything = np.concatenate([dataset.images, dataset.held_out])
    assert sorted(image.tobytes() for image in everything) == sorted(image.tobytes() for image in made.images)
    by_pixels = {image.tobytes(): label for image, label in zip(made.images, made.labels, strict=True)}
    for image, label in zip(everything, [*dataset.labels, *dataset.held_out_labels], strict=True):
        assert by_pixels[image.tobytes()] == label
    assert check_name(info.key) == info.key
    assert class_names_of(info.key) == ("cat", "dog") and not is_digits(info.key)
    assert title_of(info.key).en == "images of the user's own, “My pets”"


def test_few_images_are_all_trained_on(store: OwnStore) -> None:
    assert [store.add(converted(count)).held_out for count in (2, 9, 10, 100)] == [0, 0, 1, 10]


def test_only_all_ten_digits_are_digits_and_only_when_said_so(store: OwnStore) -> None:
    ten = converted(names=DIGITS)
    assert store.add(ten, is_digits=True).is_digits
    assert not store.add(ten).is_digits
    assert not store.add(converted(names=("0", "1")), is_digits=True).is_digits


def test_names_deleting_and_listing(store: OwnStore) -> None:
    one, two = store.add(converted(4), "one"), store.add(converted(4), "two")
    assert {info.id for info in store.listing()} == {one.id, two.id}
    assert [info.id for info in store.listing([one.id, "0" * 20, "../x", one.id])] == [one.id]
    assert store.rename(one.id, "eins").name == "eins" == store.info(one.id).name
    with pytest.raises(VisitorError):
        store.rename(one.id, " \n ")
    store.delete(one.id)
    for gone in (lambda: store.delete(one.id), lambda: load(one.key), lambda: check_name(one.key)):
        with pytest.raises(NotFound):
            gone()
    assert class_names_of(one.key) == DIGITS and not is_digits(one.key)  # never raises
    assert [path.name for path in store.folder.iterdir()] == [two.id]


def test_the_same_images_need_not_be_kept_twice(store: OwnStore) -> None:
    first = store.add(converted(), reuse=True)
    assert store.add(converted(), reuse=True).id == first.id
    assert store.add(converted(), "again").id != first.id
    assert store.add(converted(20), reuse=True).id != first.id
    guarded = store.add(converted(22), token="t")
    assert store.add(converted(22), reuse=True).id != guarded.id
    assert guarded.is_owned_with("t") and not guarded.is_owned_with("x") and not first.is_owned_with("")


def test_the_oldest_are_pruned(store: OwnStore) -> None:
    for number in range(4):
        store.add(converted(4), str(number))
    store.prune(0)
    assert len(store.listing()) == 4
    store.prune(2)
    assert len(store.listing()) == 2


def test_a_set_is_written_whole_or_not_at_all(store: OwnStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.np, "savez_compressed", full)
    with pytest.raises(VisitorError) as refused:
        store.add(converted())
    assert "No space left" in refused.value.text.en
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["own:", "own:../../etc", "own:" + "0" * 19, "own:" + "Z" * 20, "own:" + "0" * 20 + "/x"]
)
def test_only_ids_are_names(store: OwnStore, name: str) -> None:
    assert not is_own(name)
    with pytest.raises(NotFound):
        load(name)
    with pytest.raises(NotFound):
        check_name(name)


@pytest.mark.parametrize(
    "change",
    [
        {"class_names": []}, {"class_names": ["a"] * 65, "counts": [1] * 65}, {"class_names": ["a" * 21, "b"]},
        {"counts": [1]}, {"counts": [-1, 2]}, {"counts": [True, 2]}, {"is_digits": True}, {"is_digits": 1},
        {"name": 3}, {"held_out": "x"}, {"done": []}, {"class_names": "ab"},
    ],
)  # fmt: skip
def test_a_card_that_no_set_has_is_refused(store: OwnStore, change: dict) -> None:
    info = store.add(converted())
    path = store.folder / info.id / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(VisitorError):
        store.info(info.id)
    assert store.listing() == []
    assert class_names_of(info.key) == DIGITS


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"[" * 100_000, b"{}", b"\xff", b" " * 200_000])
def test_a_card_that_is_none_is_refused(store: OwnStore, content: bytes) -> None:
    info = store.add(converted())
    (store.folder / info.id / "card.json").write_bytes(content)
    with pytest.raises(VisitorError):
        store.load(info.id)


@pytest.mark.parametrize(
    "change",
    [
        {"images": np.zeros((3, 28, 28), np.float32)}, {"labels": np.full(36, 9)}, {"labels": np.zeros(35, int)},
        {"images": np.zeros((36, 27, 28), np.uint8)}, {"held_out": np.zeros((2, 28, 28), np.uint8)},
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_refused(store: OwnStore, change: dict[str, np.ndarray]) -> None:
    info = store.add(converted())
    path = store.folder / info.id / "images.npz"
    with np.load(path) as stored:
        arrays = dict(stored)
    np.savez(path, **(arrays | change))
    with pytest.raises(VisitorError):
        store.load(info.id)
    path.write_bytes(b"PK no more")
    with pytest.raises(VisitorError):
        store.load(info.id)
